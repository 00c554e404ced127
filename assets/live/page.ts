// What is new arrives as the journal's positions; each part of the page that concerns it fetches itself anew.
import { Line, type Entry, type State, type Word } from "./line";

const HIDDEN = 30_000; // ms out of sight after which a tab hangs up; it takes up where it was when it is seen again
const GATHER = 150; // ms: a burst of entries is one fetch
const SPREAD = 350; // ms: everybody hears the same at the same moment, and need not ask for it at the same moment
const REST = 1000; // ms between two fetches of a page, however much happens
const RELOADED = 3000; // ms over which pages that must fetch everything spread themselves
const AGAIN = 5000; // ms after which a part that could not be fetched is fetched again
const TYPING = 3000; // ms after which a part in which somebody types is tried again

let last = "";
let port: MessagePort | undefined;
let line: Line | undefined;
let hidden: ReturnType<typeof setTimeout> | undefined;

export function startLive(): void {
  const after = document.body.dataset.liveAfter;
  if (after === undefined || !document.querySelector("[data-live]")) return;
  last = after;
  document.addEventListener("visibilitychange", look);
  document.addEventListener("freeze", hangUp);
  document.addEventListener("resume", look);
  window.addEventListener("pagehide", hangUp);
  window.addEventListener("pageshow", look);
  // The browser knows at once that there is no network; a stream may take a minute to notice.
  window.addEventListener("offline", () => tell("off"));
  window.addEventListener("online", () => {
    hangUp();
    look();
  });
  look();
}

function look(): void {
  clearTimeout(hidden);
  if (!document.hidden) listen();
  else hidden = setTimeout(hangUp, HIDDEN);
}

function listen(): void {
  if (port || line) return;
  const { liveWorker, liveWho } = document.body.dataset;
  if (!liveWorker || !("SharedWorker" in window)) {
    line = new Line(last, take);
    return;
  }
  const worker = new SharedWorker(liveWorker);
  const mine = worker.port;
  port = mine;
  mine.onmessage = ({ data }: MessageEvent<Word>) => port === mine && take(data);
  worker.onerror = () => {
    if (port !== mine) return;
    port = undefined;
    line = new Line(last, take);
  };
  mine.postMessage({ after: last, who: liveWho ?? "" });
}

function hangUp(): void {
  port?.postMessage("leave");
  port = undefined;
  line?.close();
  line = undefined;
}

function take(word: Word): void {
  if (word.is === "state") return tell(word.state);
  if (word.is === "entry") {
    document.dispatchEvent(new CustomEvent("fenghuo:seen", { detail: word.entry.at }));
    arrived(word.entry);
  } else if (word.is === "reload") {
    document.querySelectorAll("[data-live]").forEach((part) => waiting.add(part));
    plan(Math.random() * RELOADED);
  }
  if (word.id) last = word.id;
}

// --- fetching anew
const waiting = new Set<Element>();
let timer: ReturnType<typeof setTimeout> | undefined;
let rest = 0; // not before this moment

function arrived(entry: Entry): void {
  for (const part of document.querySelectorAll<HTMLElement>("[data-live]")) {
    const wanted = (part.dataset.live ?? "").split(" ");
    const meant = (word: string) => word === "*" || entry.kinds.includes(word) || entry.records.includes(Number(word));
    if (wanted.some(meant)) waiting.add(part);
  }
  if (waiting.size) plan(GATHER + Math.random() * SPREAD);
}

function plan(ms: number): void {
  timer ??= setTimeout(refresh, Math.max(ms, rest - Date.now()));
}

function refresh(): void {
  timer = undefined;
  rest = Date.now() + REST * (1 + Math.random() / 2);
  for (const part of waiting) {
    // It may have been made anew meanwhile, by an answer that was on its way before this entry.
    const now = part.isConnected ? part : document.getElementById(part.id);
    if (now && beingTyped(now)) continue;
    waiting.delete(part);
    now?.dispatchEvent(new CustomEvent("fenghuo:entry"));
  }
  if (waiting.size) timer = setTimeout(refresh, TYPING);
}

// A page that waits long for its answer asks less often, and one that was turned away asks again: the server is busy.
interface Asked extends Event {
  detail: { ctx: { sourceElement: Element; response?: { status: number } } };
}
const began = new WeakMap<object, number>();
document.addEventListener("htmx:before:request", (event) => began.set((event as Asked).detail.ctx, Date.now()));
document.addEventListener("htmx:finally:request", (event) => {
  const { ctx } = (event as Asked).detail;
  rest = Math.max(rest, Date.now() + 3 * (Date.now() - (began.get(ctx) ?? Date.now())));
  const part = ctx.sourceElement;
  if (!part.matches("[data-live]") || (ctx.response && ctx.response.status < 500)) return;
  waiting.add(part);
  plan(AGAIN * (1 + Math.random()));
});

const chosenAnew = (field: HTMLInputElement | HTMLTextAreaElement): boolean =>
  field instanceof HTMLInputElement && field.checked !== field.defaultChecked;

// Nothing typed may be swept away by what arrives.
function beingTyped(part: Element): boolean {
  if (part.querySelector("details.act[open]")) return true;
  for (const field of part.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("form input, form textarea"))
    if (field.type !== "hidden" && (field.value !== field.defaultValue || chosenAnew(field))) return true;
  const at = document.activeElement;
  return at !== null && part.contains(at) && at.matches("input, textarea, select");
}

// --- how the line is, in words
function tell(said: State): void {
  const state = navigator.onLine || said === "out" ? said : "off";
  document.dispatchEvent(new CustomEvent("fenghuo:stream", { detail: state === "on" || state === "polling" }));
  const shown = document.querySelector<HTMLElement>("[data-live-state]");
  if (!shown || shown.dataset.state === state) return;
  shown.dataset.state = state;
  shown.classList.toggle("off", state !== "on");
  const now = new Date().toLocaleTimeString("zh-CN", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const { on = "", polling = "", off = "", out = "" } = shown.dataset;
  shown.textContent = { on, polling, off: `${off} ${now}`, out }[state];
}
