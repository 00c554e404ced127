// A visit's checklist: each answer is kept in this telephone first and sent when there is a connection, once.
export {};

interface Answer {
  question: string;
  value: string;
  note: string;
  key: string;
  base: string; // key of the answer that was seen when this one was given
  at: string;
  tried?: boolean; // may have arrived: it is not changed any more
}

interface Outcome {
  key: string;
  how: "kept" | "known" | "same" | "conflict" | "refused";
  why: string;
  holds: string;
}

const PAUSE = 800; // ms without a key
const AGAIN = 15_000; // ms between tries
const AT_ONCE = 100;
const form = document.querySelector<HTMLFormElement>("#check")!;
const line = document.querySelector<HTMLElement>("#kept")!;
const STORE = `fenghuo-check-${form.dataset.account ?? ""}-${form.dataset.round ?? ""}-${form.dataset.item ?? ""}`;
const heads = new Map<string, string>(); // by question, the newest answer that this page knows
const typing = new Map<string, ReturnType<typeof setTimeout>>();
let sending = false;

function waiting(): Answer[] {
  try {
    return JSON.parse(localStorage.getItem(STORE) ?? "[]") as Answer[];
  } catch {
    return [];
  }
}

function keep(all: Answer[]): void {
  if (all.length) localStorage.setItem(STORE, JSON.stringify(all));
  else localStorage.removeItem(STORE);
}

function say(word: string | undefined, more = ""): void {
  line.hidden = !word;
  line.textContent = `${word ?? ""} ${more}`.trim();
}

function sayWaiting(): void {
  const count = waiting().length;
  if (count) say(line.dataset.kept, String(count));
}

// randomUUID is there only with https; a county's own server may have none.
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function hidden(name: string): HTMLInputElement | null {
  return form.querySelector<HTMLInputElement>(`input[type="hidden"][name="${name}"]`);
}

function noteOf(question: string): HTMLTextAreaElement {
  return form.querySelector<HTMLTextAreaElement>(`textarea[name="note-${question}"]`)!;
}

function valueOf(question: string): string {
  return form.querySelector<HTMLInputElement>(`input[name="value-${question}"]:checked`)?.value ?? "";
}

function give(question: string): void {
  clearTimeout(typing.get(question));
  typing.delete(question);
  const value = valueOf(question);
  if (!value) return; // a note alone is no answer yet; it goes with the answer
  const all = waiting();
  const said = { value, note: noteOf(question).value, at: new Date().toISOString() };
  const last = all.filter((one) => one.question === question).pop();
  if (last && !last.tried) {
    Object.assign(last, said);
  } else {
    const answer = { question, ...said, key: newKey(), base: heads.get(question) ?? "" };
    heads.set(question, answer.key);
    all.push(answer);
  }
  keep(all);
  void send();
}

async function send(): Promise<void> {
  if (sending || !waiting().length) return;
  sending = true;
  try {
    while (waiting().length && (await sendSome()));
  } finally {
    sending = false;
  }
}

// Whether they arrived.
async function sendSome(): Promise<boolean> {
  const some = waiting().slice(0, AT_ONCE);
  const keys = new Set(some.map((one) => one.key));
  keep(waiting().map((one) => (keys.has(one.key) ? { ...one, tried: true } : one)));
  let response: Response;
  try {
    response = await fetch(form.action, {
      method: "POST",
      body: JSON.stringify(some),
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": hidden("csrfmiddlewaretoken")?.value ?? "" },
    });
  } catch {
    sayWaiting();
    return false;
  }
  if (response.redirected) {
    say(line.dataset.signedOut);
    return false;
  }
  const json = (response.headers.get("Content-Type") ?? "").includes("json");
  if (!response.ok || !json) {
    const why = json ? ((await response.json()) as { why?: string }).why : undefined;
    if (why) say(line.dataset.refused, why);
    else if (response.status === 403) say(line.dataset.signedOut);
    else sayWaiting();
    return false;
  }
  settle(((await response.json()) as { outcomes: Outcome[] }).outcomes);
  return true;
}

function settle(outcomes: Outcome[]): void {
  const done = new Map(outcomes.map((one) => [one.key, one]));
  const left = waiting().filter((one) => !done.has(one.key));
  for (const one of outcomes) {
    if (one.how !== "same") continue;
    // Another's answer stands in the place of this one: what follows is given upon that.
    for (const next of left) if (next.base === one.key) next.base = one.holds;
    for (const [question, key] of heads) if (key === one.key) heads.set(question, one.holds);
  }
  keep(left);
  const refused = outcomes.filter((one) => one.how === "refused");
  if (refused.length) say(line.dataset.refused, refused.map((one) => one.why).join("; "));
  else if (outcomes.some((one) => one.how === "conflict")) say(line.dataset.apart);
  else if (!left.length) say(line.dataset.sent);
}

function restore(): void {
  for (const field of form.querySelectorAll<HTMLElement>("[data-question]")) {
    const question = field.dataset.question ?? "";
    heads.set(question, hidden(`base-${question}`)?.value ?? "");
  }
  for (const one of waiting()) {
    const radio = form.querySelector<HTMLInputElement>(`input[name="value-${one.question}"][value="${one.value}"]`);
    if (!radio) continue;
    radio.checked = true;
    noteOf(one.question).value = one.note;
    heads.set(one.question, one.key);
  }
  sayWaiting();
}

function questionAt(event: Event): string {
  return (event.target as HTMLElement).closest<HTMLElement>("[data-question]")?.dataset.question ?? "";
}

form.addEventListener("change", (event) => {
  const question = questionAt(event);
  if (question) give(question);
});
form.addEventListener("input", (event) => {
  const question = questionAt(event);
  if (!question || !(event.target instanceof HTMLTextAreaElement)) return;
  clearTimeout(typing.get(question));
  typing.set(question, setTimeout(() => give(question), PAUSE));
});

function flush(): void {
  for (const question of [...typing.keys()]) give(question);
}

// First what is kept here, then the form, whose answers the server then has already.
form.addEventListener("submit", (event) => {
  flush();
  if (!waiting().length && navigator.onLine) return;
  event.preventDefault(); // the browser's error page would take what stands here
  const pressed = (event as SubmitEvent).submitter;
  void send().then(() => {
    if (waiting().length || !navigator.onLine) sayWaiting();
    else form.requestSubmit(pressed as HTMLButtonElement | null);
  });
});
window.addEventListener("pagehide", flush);
window.addEventListener("online", () => void send());
setInterval(() => void send(), AGAIN);
restore();
void send();
