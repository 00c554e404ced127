// A visit's checklist: each answer is kept in this telephone first and sent when there is a connection, once.
import { type Answer, type Visit, keepVisit, unsent, visitAt } from "../visits/answers";
import { takeAlong } from "../visits/pages";
import { token } from "../token";

interface Outcome {
  key: string;
  how: "kept" | "known" | "same" | "conflict" | "refused";
  why: string;
  holds: string;
}

const PAUSE = 800; // ms without a key
const AGAIN = 15_000; // ms between tries
const AT_ONCE = 100;
const part = document.querySelector<HTMLElement>("[data-visit]")!;
const form = document.querySelector<HTMLFormElement>("#check"); // none, once nothing more is answered
const line = document.querySelector<HTMLElement>("#kept")!;
const { who = "", address = "", title = "" } = part.dataset;
const copy = part.dataset.copy !== undefined;
const heads = new Map<string, string>(); // by question, the newest answer that this page knows
const typing = new Map<string, ReturnType<typeof setTimeout>>();
let sending = false;
let apart = false; // an answer waits beside another's: said until the page is opened again

const visit = (): Visit => visitAt(who, address) ?? { title, page: location.pathname, answers: [] };
const answers = (): Answer[] => visit().answers;
const waiting = (): Answer[] => unsent(visit()).filter((one) => !one.refused);

function keep(all: Answer[], gone?: string): void {
  keepVisit(who, address, { title, page: location.pathname, answers: all, ...(gone ? { gone } : {}) });
}

function say(word: string | undefined, more = "", wrong = false): void {
  line.hidden = !word;
  line.classList.toggle("error", wrong);
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

const field = (question: string) => form?.querySelector<HTMLElement>(`[data-question="${question}"]`);
const noteOf = (question: string) => field(question)!.querySelector<HTMLTextAreaElement>("textarea")!;
const chosen = (question: string) => field(question)!.querySelector<HTMLInputElement>("input[type=radio]:checked");

function give(question: string): void {
  clearTimeout(typing.get(question));
  typing.delete(question);
  const radio = chosen(question);
  if (!radio) return; // a note alone is no answer yet; it goes with the answer
  const all = answers();
  const word = radio.closest("label")?.textContent?.trim() ?? "";
  const said = { value: radio.value, word, note: noteOf(question).value, at: new Date().toISOString() };
  const last = all.filter((one) => one.question === question).pop();
  if (last && !last.sent && (!last.tried || last.refused)) {
    Object.assign(last, said);
    delete last.refused;
  } else {
    const asked = field(question)!.querySelector("legend")?.textContent?.trim() ?? "";
    const answer = { question, asked, ...said, key: newKey(), base: heads.get(question) ?? "" };
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
  keep(answers().map((one) => (keys.has(one.key) ? { ...one, tried: true } : one)));
  let response: Response;
  try {
    response = await fetch(address, {
      method: "POST",
      body: JSON.stringify(some.map(({ question, value, note, key, base, at }) => ({ question, value, note, key, base, at }))),
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "X-CSRFToken": token() },
    });
  } catch {
    sayWaiting();
    return false;
  }
  if (response.redirected) {
    say(line.dataset.signedOut, "", true);
    return false;
  }
  const json = (response.headers.get("Content-Type") ?? "").includes("json");
  if (!response.ok || !json) {
    const why = json ? ((await response.json()) as { why?: string }).why : undefined;
    if (why) say(line.dataset.refused, why, true);
    else if (response.status === 403) say(line.dataset.signedOut, "", true);
    else if (response.status === 404) {
      keep(answers(), line.dataset.gone);
      say(line.dataset.gone, "", true);
    } else sayWaiting();
    return false;
  }
  settle(((await response.json()) as { outcomes: Outcome[] }).outcomes);
  return true;
}

function settle(outcomes: Outcome[]): void {
  const done = new Map(outcomes.map((one) => [one.key, one]));
  const all = answers();
  for (const one of outcomes) {
    if (one.how !== "same") continue;
    // Another's answer stands in the place of this one: what follows is given upon that.
    for (const next of all) if (!done.has(next.key) && next.base === one.key) next.base = one.holds;
    for (const [question, key] of heads) if (key === one.key) heads.set(question, one.holds);
  }
  for (const one of all) {
    const outcome = done.get(one.key);
    if (outcome?.how === "refused") one.refused = outcome.why;
    else if (outcome) one.sent = true;
  }
  keep(all);
  apart ||= outcomes.some((one) => one.how === "conflict");
  const refused = outcomes.filter((one) => one.how === "refused");
  if (refused.length) say(line.dataset.refused, refused.map((one) => one.why).join("; "), true);
  else if (apart) say(form ? line.dataset.apart : line.dataset.late, "", true);
  else if (!waiting().length) say(line.dataset.sent);
  if (!waiting().length) void take(); // the copy of this page shows them then
}

// On a page from the server what was sent stands already; a copy made before shows what was answered since.
function restore(): void {
  if (!copy) keep(unsent(visit()));
  for (const one of form?.querySelectorAll<HTMLElement>("[data-question]") ?? []) {
    const question = one.dataset.question ?? "";
    heads.set(question, one.querySelector<HTMLInputElement>('input[name^="base-"]')?.value ?? "");
  }
  for (const one of answers()) {
    const radio = field(one.question)?.querySelector<HTMLInputElement>(`input[type=radio][value="${one.value}"]`);
    if (!radio) continue;
    radio.checked = true;
    noteOf(one.question).value = one.note;
    heads.set(one.question, one.key);
  }
  const refused = answers().find((one) => one.refused);
  if (refused) say(line.dataset.refused, refused.refused, true);
  else sayWaiting();
}

function questionAt(event: Event): string {
  return (event.target as HTMLElement).closest<HTMLElement>("[data-question]")?.dataset.question ?? "";
}

form?.addEventListener("change", (event) => {
  const question = questionAt(event);
  if (question) give(question);
});
form?.addEventListener("input", (event) => {
  const question = questionAt(event);
  if (!question || !(event.target instanceof HTMLTextAreaElement)) return;
  clearTimeout(typing.get(question));
  typing.set(question, setTimeout(() => give(question), PAUSE));
});

function flush(): void {
  for (const question of [...typing.keys()]) give(question);
}

// First what is kept here, then the form, whose answers the server then has already.
form?.addEventListener("submit", (event) => {
  flush();
  if (!waiting().length && navigator.onLine) {
    const held = form.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]");
    if (held) held.value = token(form);
    return;
  }
  event.preventDefault(); // the browser's error page would take what stands here
  const pressed = (event as SubmitEvent).submitter;
  void send().then(() => {
    if (waiting().length || !navigator.onLine) say(line.dataset.later, "", true);
    else form.requestSubmit(pressed as HTMLButtonElement | null);
  });
});

async function take(): Promise<void> {
  const taken = document.querySelector<HTMLElement>("#taken");
  const worker = part.dataset.worker;
  if (!taken || !worker || !((await takeAlong(worker)) || copy)) return;
  taken.textContent = taken.dataset.taken ?? "";
  taken.dataset.done = "";
}

document.addEventListener("fenghuo:brought", () => void take());
window.addEventListener("pagehide", flush);
window.addEventListener("online", () => void send());
setInterval(() => void send(), AGAIN);
restore();
if (copy) document.querySelector<HTMLElement>("#copy")!.hidden = false;
void send();
void take();
