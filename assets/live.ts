// What is new arrives as the journal's positions; each part of the page that concerns it fetches itself anew.
interface Entry {
  verb: string;
  at: string;
  kinds: string[];
  records: number[];
}

const GATHER = 150; // ms: a burst of entries is one fetch
const LONGEST = 30_000; // ms between tries
const SILENCE = 40_000; // ms without a beat (one every 15 s): the line is dead, though nobody said so

let last = "";
let tries = 0;
let heard = 0;
let stream: EventSource | undefined;
let timer: ReturnType<typeof setTimeout> | undefined;
const waiting = new Set<Element>();

export function startLive(): void {
  const after = document.body.dataset.liveAfter;
  if (after === undefined || !document.querySelector("[data-live]")) return;
  last = after;
  open();
  setInterval(() => {
    if (stream?.readyState === EventSource.CLOSED || Date.now() - heard < SILENCE) return;
    tell(false);
    open();
  }, 5000);
  // The browser may hold on to a stream through which nothing comes any more.
  window.addEventListener("offline", () => {
    stream?.close();
    tell(false);
    setTimeout(open, 2000);
  });
}

function open(): void {
  stream?.close();
  heard = Date.now();
  stream = new EventSource(`/live/?after=${last}`);
  stream.onopen = () => {
    tries = 0;
    heard = Date.now();
    tell(true);
  };
  stream.addEventListener("beat", hear);
  stream.addEventListener("entry", (event) => {
    hear(event);
    const entry = JSON.parse(event.data) as Entry;
    document.dispatchEvent(new CustomEvent("fenghuo:seen", { detail: entry.at }));
    arrived(entry);
  });
  stream.onerror = (event) => {
    if (event.target !== stream) return;
    tell(false);
    // A refused stream is not opened again by the browser: try ourselves, more and more rarely.
    if (stream.readyState === EventSource.CLOSED) {
      stream.close();
      tries += 1;
      setTimeout(open, Math.min(LONGEST, 1000 * 2 ** tries));
    }
  };
}

function hear(event: MessageEvent): void {
  heard = Date.now();
  if (event.lastEventId) last = event.lastEventId;
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
  document.dispatchEvent(new CustomEvent("fenghuo:stream", { detail: on }));
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
