// The answers of a visit that the server does not have for certain, or that this page's copy does not show yet.
// In localStorage, since what is written there while a page is being left has surely been written.

export interface Answer {
  question: string;
  asked: string; // in words
  value: string;
  word: string; // of the value
  note: string;
  key: string;
  base: string; // key of the answer that was seen when this one was given
  at: string;
  tried?: boolean; // may have arrived: it is not changed any more
  sent?: boolean; // has arrived; kept until a page that is newer shows it
  refused?: string; // why the server would not take it
}

export interface Visit {
  title: string;
  page: string; // where it is answered
  gone?: string; // why it can be sent no more
  answers: Answer[];
}

const START = "fenghuo-visit|";
const key = (who: string, address: string) => `${START}${who}|${address}`;

export function visitAt(who: string, address: string): Visit | undefined {
  return read(key(who, address));
}

export function keepVisit(who: string, address: string, visit: Visit): void {
  if (visit.answers.length) localStorage.setItem(key(who, address), JSON.stringify(visit));
  else localStorage.removeItem(key(who, address));
}

/** By address, those of this post. */
export function visits(who: string): Map<string, Visit> {
  const found = new Map<string, Visit>();
  for (const name of Object.keys(localStorage)) {
    const visit = name.startsWith(key(who, "")) ? read(name) : undefined;
    if (visit) found.set(name.slice(key(who, "").length), visit);
  }
  return found;
}

export function forgetVisits(who: string): void {
  for (const address of visits(who).keys()) localStorage.removeItem(key(who, address));
}

export const unsent = (visit: Visit): Answer[] => visit.answers.filter((one) => !one.sent);

function read(name: string): Visit | undefined {
  try {
    const found = JSON.parse(localStorage.getItem(name) ?? "null") as Visit | null;
    return Array.isArray(found?.answers) ? found : undefined;
  } catch {
    return undefined;
  }
}
