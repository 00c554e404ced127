// The wall board: clocks that run, rows that fit, the band of a cut stream, videos in place. It must run for nights.
import { remaining } from "../remaining";

const BAND_AFTER = 4000; // ms without the stream until it is said
const AGAIN = 60_000; // ms: what changes by time alone, like rests that end
const ASK = 15_000; // ms while cut off: whether the sign-in has run out

const board = document.querySelector<HTMLElement>("#board")!;
const cut = document.querySelector<HTMLElement>("#cut")!;
const seen = document.querySelector<HTMLTimeElement>("[data-seen]")!;
const map = document.querySelector<HTMLElement>("#board-map")!;
const clock = new Intl.DateTimeFormat("zh-CN", { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23", timeZone: "Asia/Shanghai" });
const filled = (words: string | undefined, n: number) => (words ?? "{n}").replace("{n}", String(n));
const seconds = (said: string | undefined) => Math.floor((new Date(said!).getTime() - Date.now()) / 1000);

// --- clocks
function span(count: number): string {
  const left = Math.abs(count);
  const sign = count < 0 ? "−" : "";
  if (left >= 48 * 3600) return sign + filled(board.dataset.days, Math.floor(left / 86_400));
  const two = (n: number) => String(n).padStart(2, "0");
  const rest = `${two(Math.floor((left % 3600) / 60))}:${two(left % 60)}`;
  return left >= 3600 ? `${sign}${Math.floor(left / 3600)}:${rest}` : sign + rest;
}

function tick(): void {
  let ranOut = false;
  for (const shown of document.querySelectorAll<HTMLElement>("[data-due]")) {
    const left = seconds(shown.dataset.due);
    shown.textContent = span(left);
    const look = left < 0 ? "late" : left < 3600 ? "soon" : "fine";
    ranOut ||= look === "late" && !shown.classList.contains("late");
    shown.className = `tick ${look}`;
  }
  for (const shown of document.querySelectorAll<HTMLElement>("[data-since]")) shown.textContent = span(Math.max(0, -seconds(shown.dataset.since)));
  for (const shown of document.querySelectorAll<HTMLElement>("[data-until]")) shown.textContent = remaining(shown.dataset.until!, map);
  if (ranOut) refresh("#board-incidents");
  if (cutSince && !cut.hidden) cut.querySelector("[data-cut-for]")!.textContent = span(Math.round((Date.now() - cutSince) / 1000));
}

// --- what does not fit is counted, never cut silently
function fit(): void {
  for (const box of document.querySelectorAll<HTMLElement>("[data-fit]")) {
    const more = box.parentElement!.querySelector<HTMLElement>("[data-more]");
    const rows = [...box.children] as HTMLElement[];
    rows.forEach((row) => (row.hidden = false));
    const all = Number(box.dataset.all ?? rows.length);
    const tell = (count: number) => {
      if (!more) return;
      more.hidden = count === 0;
      more.firstElementChild!.textContent = filled(more.dataset.words, count);
    };
    tell(all - rows.length);
    if (getComputedStyle(box).overflowY !== "hidden" || box.scrollHeight <= box.clientHeight) continue;
    if (more) more.hidden = false;
    const end = box.getBoundingClientRect().bottom + 1;
    const over = rows.filter((row) => row.getBoundingClientRect().bottom > end);
    over.forEach((row) => (row.hidden = true));
    tell(all - rows.length + over.length);
  }
}

// --- the stream
let cutSince = 0;
let band: ReturnType<typeof setTimeout> | undefined;

function refresh(what = "[data-live]"): void {
  document.querySelectorAll(what).forEach((part) => part.dispatchEvent(new CustomEvent("fenghuo:entry")));
}

document.addEventListener("fenghuo:stream", (event) => {
  const on = (event as CustomEvent<boolean>).detail;
  if (on && cutSince) {
    clearTimeout(band);
    cutSince = 0;
    cut.hidden = true;
    document.body.classList.remove("is-cut");
    refresh();
  } else if (!on && !cutSince) {
    cutSince = Date.now();
    const at = clock.format(cutSince);
    band = setTimeout(() => {
      cut.querySelector("[data-cut-at]")!.textContent = at;
      cut.querySelector("[data-cut-for]")!.textContent = span(Math.round((Date.now() - cutSince) / 1000));
      cut.hidden = false;
      document.body.classList.add("is-cut");
      void signedOut();
    }, BAND_AFTER);
  }
});
// A board that runs for longer than its sign-in does not come back by itself, and says so.
async function signedOut(): Promise<void> {
  const out = await fetch(cut.dataset.ask!, { headers: { "HX-Request": "true" } }).then((answer) => answer.status === 403, () => false);
  cut.querySelector<HTMLElement>("[data-lost]")!.hidden = out;
  cut.querySelector<HTMLElement>("[data-signed-out]")!.hidden = !out;
}

document.addEventListener("fenghuo:seen", (event) => {
  const at = (event as CustomEvent<string>).detail;
  if (new Date(at) < new Date(seen.dateTime)) return;
  seen.dateTime = at;
  seen.textContent = clock.format(new Date(at));
});
document.addEventListener("htmx:after:swap", () => {
  tick();
  fit();
});
window.addEventListener("resize", fit);
setInterval(tick, 1000);
setInterval(() => cutSince || refresh("#board-incidents, #board-strip"), AGAIN);
setInterval(() => cutSince && void signedOut(), ASK);
tick();
fit();
void document.fonts.ready.then(fit);

// --- videos
const panel = document.querySelector<HTMLElement>("#video")!;
const film = panel.querySelector<HTMLElement>("[data-film]")!;
const why = panel.querySelector<HTMLElement>("[data-why]")!;
let opener: HTMLElement | undefined;

function show(link: HTMLAnchorElement): void {
  panel.querySelector("h2")!.textContent = link.textContent!.trim();
  const way = link.dataset.video;
  film.replaceChildren();
  film.hidden = way === "away";
  why.hidden = way !== "away";
  // Also for what plays here: a host may itself refuse to be framed.
  panel.querySelector<HTMLAnchorElement>("[data-away]")!.href = link.href;
  if (way === "away") why.querySelector("[data-host]")!.textContent = link.dataset.host ?? "";
  else if (way === "file") {
    const video = document.createElement("video");
    Object.assign(video, { src: link.href, controls: true, autoplay: true, muted: true });
    film.append(video);
  } else {
    const frame = document.createElement("iframe");
    Object.assign(frame, { src: link.href, title: link.textContent!.trim(), allow: "autoplay; fullscreen; camera; microphone", referrerPolicy: "no-referrer" });
    frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-forms allow-popups");
    film.append(frame);
  }
  panel.hidden = false;
  panel.scrollIntoView({ block: "nearest" });
  panel.querySelector<HTMLElement>("[data-close]")!.focus();
}

function close(): void {
  film.replaceChildren();
  panel.hidden = true;
  // Its row may have been made anew meanwhile.
  const again = opener?.isConnected ? opener : document.querySelector<HTMLElement>(`a[data-video][href="${CSS.escape(opener?.getAttribute("href") ?? "")}"]`);
  again?.focus();
}

document.addEventListener("click", (event) => {
  const pressed = event as MouseEvent;
  const link = (event.target as HTMLElement).closest<HTMLAnchorElement>("a[data-video]");
  if (!link || pressed.ctrlKey || pressed.metaKey || pressed.shiftKey) return;
  event.preventDefault();
  opener = link;
  show(link);
});
panel.querySelector("[data-close]")!.addEventListener("click", close);
panel.addEventListener("keydown", (event) => event.key === "Escape" && close());
