// What is new arrives as the journal's positions; each part of the page that concerns it fetches itself anew.
interface Entry {
  verb: string;
  kinds: string[];
  records: number[];
}

const GATHER = 150; // ms: a burst of entries is one fetch
const LONGEST = 30_000; // ms between tries

let last = "";
let tries = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
const waiting = new Set<Element>();

export function startLive(): void {
  const after = document.body.dataset.liveAfter;
  if (after === undefined || !document.querySelector("[data-live]")) return;
  last = after;
  open();
}

function open(): void {
  const stream = new EventSource(`/live/?after=${last}`);
  stream.onopen = () => {
    tries = 0;
    tell(true);
  };
  stream.addEventListener("entry", (event) => {
    if (event.lastEventId) last = event.lastEventId;
    arrived(JSON.parse(event.data) as Entry);
  });
  stream.onerror = () => {
    tell(false);
    // A refused stream is not opened again by the browser: try ourselves, more and more rarely.
    if (stream.readyState === EventSource.CLOSED) {
      stream.close();
      tries += 1;
      setTimeout(open, Math.min(LONGEST, 1000 * 2 ** tries));
    }
  };
}

function arrived(entry: Entry): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const wanted = (part.dataset.live ?? "").split(" ");
    const meant = (word: string) => word === "*" || entry.kinds.includes(word) || entry.records.includes(Number(word));
    if (wanted.some(meant)) waiting.add(part);
  }
  timer ??= setTimeout(refresh, GATHER);
}

const TYPING = 3000; // ms after which a part in which somebody types is tried again

function refresh(): void {
  timer = undefined;
  for (const part of waiting) {
    if (part.isConnected && beingTyped(part)) continue;
    waiting.delete(part);
    part.dispatchEvent(new CustomEvent("fenghuo:entry"));
  }
  if (waiting.size) timer = setTimeout(refresh, TYPING);
}

// Nothing typed may be swept away by what arrives.
function beingTyped(part: Element): boolean {
  if (part.querySelector("details.act[open]")) return true;
  for (const field of part.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("form input, form textarea"))
    if (field.type !== "hidden" && field.value !== field.defaultValue) return true;
  const at = document.activeElement;
  return at !== null && part.contains(at) && at.matches("input, textarea, select");
}

function tell(on: boolean): void {
  const state = document.querySelector<HTMLElement>("[data-live-state]");
  if (!state) return;
  if (on) {
    state.classList.remove("off");
    state.textContent = state.dataset.on ?? "";
  } else if (!state.classList.contains("off")) {
    const now = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
    state.classList.add("off");
    state.textContent = `${state.dataset.off ?? ""} ${now}`;
  }
}
