// Taking a call: what is typed is kept and read at every pause; guesses fill what is empty and stay marked.
export {};
interface Answer {
  saved: string;
  guesses: Record<string, { value: string; words: string }>;
  side: string;
  level: string;
  place: unknown;
  top: string;
}

const PAUSE = 350; // ms without a key
const form = document.querySelector<HTMLFormElement>("#call")!;
const guessedField = form.querySelector<HTMLInputElement>("[name=guessed]")!;
const savedLine = document.querySelector<HTMLElement>("#saved")!;
const guessed = new Set(guessedField.value.split(" ").filter(Boolean));
const KEPT = `fenghuo-call-${form.dataset.account ?? ""}-`; // and the draft's key
let timer: ReturnType<typeof setTimeout> | undefined;
let asking: AbortController | undefined;
let likeliest = "";
let leaving = false;
let unsent = false; // something was typed since the server last had it
let confirmed = field("text")?.value ?? ""; // what the server has

function field(name: string): HTMLInputElement | undefined {
  const found = form.elements.namedItem(name);
  return found instanceof HTMLElement ? (found as HTMLInputElement) : undefined;
}

function keptAt(): string {
  return KEPT + (field("key")?.value ?? "");
}

function showGuess(name: string, words: string | null): void {
  const input = field(name);
  const label = input?.closest(".field")?.querySelector("label");
  if (!input || !label) return;
  label.querySelector(".guess")?.remove();
  input.toggleAttribute("data-guess", words !== null);
  if (words === null) return;
  const tag = document.createElement("span");
  tag.className = "tag guess";
  tag.textContent = form.dataset.guess ?? "";
  tag.title = words;
  label.append(" ", tag);
}

function take(answer: Answer): void {
  for (const [name, guess] of Object.entries(answer.guesses)) {
    const input = field(name);
    if (!input || (input.value && !guessed.has(name)) || input === document.activeElement) continue;
    input.value = guess.value;
    guessed.add(name);
    showGuess(name, guess.words);
  }
  for (const name of [...guessed]) {
    if (answer.guesses[name]) continue;
    const input = field(name);
    if (input) input.value = "";
    guessed.delete(name);
    showGuess(name, null);
  }
  guessedField.value = [...guessed].join(" ");
  document.querySelector("#side")!.innerHTML = answer.side;
  document.querySelector("#level")!.innerHTML = answer.level;
  document.querySelector("#call-map")?.dispatchEvent(new CustomEvent("fenghuo:spot", { detail: answer.place }));
  likeliest = answer.top;
  savedLine.textContent = `${savedLine.dataset.kept ?? ""} ${answer.saved}`;
}

async function ask(): Promise<void> {
  asking?.abort();
  asking = new AbortController();
  const before = JSON.stringify([...new FormData(form)]);
  const text = field("text")?.value ?? "";
  try {
    const response = await fetch(form.dataset.typing!, { method: "POST", body: new FormData(form), signal: asking.signal });
    if (!response.ok || response.redirected) throw new Error(String(response.status));
    const answer = (await response.json()) as Answer;
    localStorage.removeItem(keptAt());
    confirmed = text;
    unsent = JSON.stringify([...new FormData(form)]) !== before;
    take(answer);
    // A guess changes what is compared: read once more what stands there now.
    if (JSON.stringify([...new FormData(form)]) !== before) later();
  } catch (error) {
    if (leaving || (error as Error).name === "AbortError") return;
    keepHere();
    timer = setTimeout(() => void ask(), 5000);
  }
}

// Without a connection, or signed out: this browser keeps it until the same officer is back.
function keepHere(): void {
  const said: Record<string, string> = { confirmed };
  for (const [name, value] of new FormData(form)) if (typeof value === "string" && name !== "csrfmiddlewaretoken") said[name] = value;
  localStorage.setItem(keptAt(), JSON.stringify(said));
  savedLine.textContent = savedLine.dataset.unkept ?? "";
}

// As far as this page knows.
function unreachable(): boolean {
  return !navigator.onLine || localStorage.getItem(keptAt()) !== null;
}

function restore(): void {
  const other = confirmed ? undefined : Object.keys(localStorage).find((name) => name.startsWith(KEPT));
  const kept = localStorage.getItem(keptAt()) ?? (other && localStorage.getItem(other));
  if (!kept) return;
  const { confirmed: base = "", ...said } = JSON.parse(kept) as Record<string, string>;
  const typed = said.text ?? "";
  // The same officer went on elsewhere meanwhile: both texts stay, to be read and mended by her.
  if (confirmed && confirmed !== base) said.text = confirmed.includes(typed) ? confirmed : `${confirmed}\n${typed}`;
  for (const [name, value] of Object.entries(said)) {
    const input = field(name);
    if (input) input.value = value;
  }
  for (const name of guessedField.value.split(" ").filter(Boolean)) guessed.add(name);
  later(0);
}

function later(pause = PAUSE): void {
  clearTimeout(timer);
  timer = setTimeout(() => void ask(), pause);
}

function send(how: string): void {
  const hidden = document.createElement("input");
  hidden.type = "hidden";
  hidden.name = "do";
  hidden.value = how;
  form.append(hidden);
  form.requestSubmit();
}

form.addEventListener("input", (event) => {
  const input = event.target as HTMLInputElement;
  if (guessed.delete(input.name)) {
    showGuess(input.name, null);
    guessedField.value = [...guessed].join(" ");
  }
  unsent = true;
  later();
});
form.addEventListener("submit", (event) => {
  if (unreachable()) {
    event.preventDefault(); // the browser's error page would take what stands here
    keepHere();
    later(0);
    return;
  }
  leaving = true;
  unsent = false;
  clearTimeout(timer);
  localStorage.removeItem(keptAt());
});
document.addEventListener("fenghuo:picked", (event) => {
  const at = (event as CustomEvent<{ latitude: number; longitude: number }>).detail;
  field("latitude")!.value = at.latitude.toFixed(6);
  field("longitude")!.value = at.longitude.toFixed(6);
  unsent = true;
  form.querySelector("details")?.setAttribute("open", "");
  later(0);
});
document.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const within = event.target as HTMLElement;
  const inForm = within.closest("#call") !== null;
  if (event.key === "s" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    send("keep");
  } else if (event.key === "Enter" && event.shiftKey && inForm && likeliest) {
    event.preventDefault();
    send(likeliest);
  } else if (event.key === "Enter" && inForm && (event.ctrlKey || event.metaKey || within.matches("input, select"))) {
    event.preventDefault();
    if (document.querySelector("#do-open")) send("open");
    else send("keep");
  } else if (event.key === "Escape") {
    document.querySelector<HTMLElement>("#do-later")?.click();
  }
});
document.querySelector("#paste")?.addEventListener("click", () => {
  const text = field("text")!;
  text.focus();
  void navigator.clipboard?.readText().then((said) => {
    text.value = said;
    unsent = true;
    later(0);
  }, () => undefined);
});
document.querySelector("#do-later")?.addEventListener("click", () => {
  clearTimeout(timer);
  leaving = true;
});
// The last keys, for which no pause came.
window.addEventListener("pagehide", () => {
  leaving = true;
  if (!unsent) return;
  if (unreachable() || !navigator.sendBeacon(form.dataset.typing!, new FormData(form))) keepHere();
});

const since = document.querySelector<HTMLElement>("[data-since]");
const received = field("received_at");
function tick(): void {
  if (!since || !received?.value) return;
  const seconds = Math.max(0, Math.round((Date.now() - new Date(`${received.value}+08:00`).getTime()) / 1000));
  since.textContent = seconds < 3600 ? `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}` : "";
}
setInterval(tick, 1000);
tick();
for (const name of guessed) showGuess(name, "");
restore();
if (field("text")?.value) later(0);
field("text")?.focus();
