// Questions to the roads beside a map: the way of a team, how far one comes, what a closure would change.
import type * as GeoJSON from "geojson";
import type { Roads } from "./map";

interface Said { metres: number; seconds: number; estimate: boolean; steps: { text: string }[] }
interface Verdict { rows: { before: number | null; after: number | null }[]; roads: string[]; met: number; loaded: boolean }

const PANEL = "[data-roads][data-to]";
const HERE = 30; // metres: no way worth drawing
const asked = { from: "", name: "", around: false, drawn: "", mode: "" }; // kept when the panel fetches itself anew
let asking: AbortController | undefined;

export function startRoads(): void {
  document.addEventListener("click", (event) => {
    const target = event.target as HTMLElement;
    const panel = target.closest<HTMLElement>(PANEL);
    if (!panel) return;
    if (target.closest("[data-show]")) team(panel, target.closest<HTMLElement>("[data-from]")!);
    if (target.closest("[data-choose]")) choose(panel, target.closest<HTMLElement>("[data-choose]")!);
  });
  document.addEventListener("change", (event) => {
    const target = event.target as HTMLElement;
    const mode = target.closest<HTMLSelectElement>("[data-for-mode]");
    if (mode) asked.mode = mode.value; // the panel fetches itself with it
    const effect = target.closest<HTMLFormElement>("[data-what-if]");
    if (effect && target.closest(".effect")) void whatIf(effect.closest<HTMLElement>(PANEL)!, effect);
    const box = target.closest<HTMLInputElement>("[data-around]");
    const panel = box?.closest<HTMLElement>(PANEL);
    if (!box || !panel) return;
    asked.around = box.checked;
    void around(panel);
  });
  document.addEventListener("fenghuo:picked", (event) => {
    const panel = document.querySelector<HTMLElement>(PANEL);
    const button = panel?.querySelector<HTMLElement>("[data-choose][aria-pressed=true]");
    if (!panel || !button) return;
    const { latitude, longitude } = (event as CustomEvent<{ latitude: number; longitude: number }>).detail;
    button.setAttribute("aria-pressed", "false");
    void way(panel, `${latitude.toFixed(6)},${longitude.toFixed(6)}`, panel.dataset.place!);
  });
  document.addEventListener("fenghuo:drawn", (event) => {
    const form = (event.target as HTMLElement).closest<HTMLFormElement>("[data-what-if]");
    const panel = form?.closest<HTMLElement>(PANEL);
    if (form && panel) void whatIf(panel, form);
  });
  document.addEventListener("htmx:after:swap", again);
}

// What was asked before the panel fetched itself anew is asked again: a closure may have changed the answer.
function again(): void {
  const panel = document.querySelector<HTMLElement>(PANEL);
  if (!panel || panel.dataset.asked) return;
  panel.dataset.asked = "1";
  const mode = panel.querySelector<HTMLSelectElement>("[data-for-mode]");
  if (mode && asked.mode && asked.mode !== panel.dataset.mode) {
    mode.value = asked.mode;
    return void mode.dispatchEvent(new Event("change", { bubbles: true }));
  }
  if (asked.from) void way(panel, asked.from, asked.name);
  const box = panel.querySelector<HTMLInputElement>("[data-around]");
  if (box && asked.around) {
    box.checked = true;
    void around(panel);
  }
  const form = panel.querySelector<HTMLFormElement>("[data-what-if]");
  if (form && asked.drawn) {
    form.querySelector<HTMLInputElement>("[name=geometry]")!.value = asked.drawn;
    form.closest("details")!.open = true;
    void whatIf(panel, form);
  }
  map(panel)?.dispatchEvent(new CustomEvent("fenghuo:data"));
}

const also = (panel: HTMLElement) => ({ mode: panel.dataset.mode!, ...(panel.dataset.exercise ? { exercise: "1" } : {}) });
const map = (panel: HTMLElement) => document.getElementById(panel.dataset.roads!);
const show = (panel: HTMLElement, roads: Roads) => map(panel)?.dispatchEvent(new CustomEvent("fenghuo:roads", { detail: roads }));
const minutes = (panel: HTMLElement, seconds: number | null) =>
  seconds === null ? panel.dataset.noWay! : panel.dataset.minutes!.replace("{n}", String(Math.max(1, Math.round(seconds / 60))));
const far = (metres: number) => (metres < 1000 ? `${Math.round(metres / 10) * 10} m` : `${(metres / 1000).toFixed(1)} km`);

function say(place: HTMLElement, ...words: (string | Node)[]): void {
  const line = document.createElement("p");
  line.append(...words);
  place.replaceChildren(line);
}

function choose(panel: HTMLElement, button: HTMLElement): void {
  const on = button.getAttribute("aria-pressed") !== "true";
  button.setAttribute("aria-pressed", String(on));
  if (on) say(panel.querySelector<HTMLElement>("[data-answer]")!, panel.dataset.choosing!);
  if (on) map(panel)?.querySelector("canvas")?.focus();
}

function team(panel: HTMLElement, row: HTMLElement): void {
  const shown = row.querySelector<HTMLElement>("[data-show]")!;
  if (shown.getAttribute("aria-pressed") === "true") {
    asked.from = "";
    pressed(panel, "");
    panel.querySelector("[data-answer]")!.replaceChildren();
    show(panel, { route: null });
    return;
  }
  void way(panel, row.dataset.from!, shown.textContent ?? "");
}

function pressed(panel: HTMLElement, from: string): void {
  for (const row of panel.querySelectorAll<HTMLElement>("[data-from]"))
    row.querySelector("[data-show]")!.setAttribute("aria-pressed", String(row.dataset.from === from));
  const sheet = panel.querySelector<HTMLAnchorElement>("[data-sheet]");
  if (!sheet) return;
  const address = new URL(sheet.href); // the sheet shows the same way
  const team = [...panel.querySelectorAll<HTMLElement>("[data-from]")].find((row) => row.dataset.from === from)?.dataset.team;
  if (team) address.searchParams.set("team", team);
  else address.searchParams.delete("team");
  sheet.href = address.href;
}

async function way(panel: HTMLElement, from: string, name: string): Promise<void> {
  Object.assign(asked, { from, name });
  pressed(panel, from);
  const place = panel.querySelector<HTMLElement>("[data-answer]")!;
  const answer = await fetch(`${panel.dataset.route}?${new URLSearchParams({ from, to: panel.dataset.to!, ...also(panel) })}`).catch(() => undefined);
  if (asked.from !== from) return;
  const found = (await answer?.json().catch(() => undefined)) as (GeoJSON.Feature & { detail?: string }) | undefined;
  if (!answer?.ok || !found) {
    show(panel, { route: null });
    return say(place, `${name}: `, found?.detail ?? panel.dataset.failed!);
  }
  const said = found.properties as unknown as Said;
  if (said.metres < HERE) {
    show(panel, { route: null });
    return say(place, panel.dataset.atPlace!.replace("{name}", name));
  }
  const head = document.createElement("b");
  head.textContent = panel.dataset.way!.replace("{name}", name).replace("{n}", String(Math.max(1, Math.round(said.seconds / 60)))).replace("{far}", far(said.metres));
  const mark = document.createElement("small");
  mark.textContent = said.estimate ? ` ${panel.dataset.estimate}` : "";
  const steps = document.createElement("ol");
  steps.className = "steps-said";
  for (const step of said.steps) steps.append(Object.assign(document.createElement("li"), { textContent: step.text }));
  say(place, head, mark);
  if (said.steps.length) place.append(steps);
  show(panel, { route: found });
}

async function around(panel: HTMLElement): Promise<void> {
  if (!asked.around) return void show(panel, { reach: null });
  const wanted = panel.querySelector<HTMLElement>("[data-around]")!.dataset.around!;
  const answer = await fetch(`${panel.dataset.reach}?${new URLSearchParams({ at: panel.dataset.to!, minutes: wanted, ...also(panel) })}`).catch(() => undefined);
  if (!answer?.ok) return say(panel.querySelector<HTMLElement>("[data-answer]")!, panel.dataset.failed!);
  const found = (await answer.json()) as GeoJSON.FeatureCollection;
  for (const one of found.features) {
    const title = minutes(panel, Number(one.properties?.minutes) * 60);
    one.properties = { ...one.properties, title: one.properties?.estimate ? `${title} · ${panel.dataset.estimate}` : title };
  }
  if (asked.around) show(panel, { reach: found });
}

// Beside each team's minutes those with what is drawn. The last drawing alone is answered.
async function whatIf(panel: HTMLElement, form: HTMLFormElement): Promise<void> {
  asking?.abort();
  asking = new AbortController();
  const verdict = form.querySelector<HTMLElement>("[data-verdict]")!;
  const rows = [...panel.querySelectorAll<HTMLElement>("[data-from]")];
  const after = [...panel.querySelectorAll<HTMLElement>("[data-after], [data-after-head]")];
  const said = new FormData(form);
  asked.drawn = String(said.get("geometry") ?? "");
  after.forEach((cell) => (cell.hidden = !asked.drawn));
  if (!asked.drawn) return verdict.replaceChildren();
  said.set("to", panel.dataset.to!);
  said.set("mode", panel.dataset.mode!);
  for (const row of rows) said.append("from", row.dataset.from!);
  let answer: Response;
  try {
    answer = await fetch(form.action, { method: "POST", body: said, signal: asking.signal });
  } catch (error) {
    if (!(error instanceof DOMException)) say(verdict, panel.dataset.failed!);
    return;
  }
  const found = (await answer.json().catch(() => ({}))) as Verdict & { detail?: string };
  if (!answer.ok) return say(verdict, found.detail ?? panel.dataset.failed!);
  let later = 0;
  rows.forEach((row, place) => {
    const { before, after: then } = found.rows[place]!;
    const changed = then === null ? before !== null : before !== null && then > before + 1;
    later += Number(changed);
    const cell = row.querySelector<HTMLElement>("[data-after]")!;
    cell.textContent = changed ? `→ ${minutes(panel, then)}` : panel.dataset.same!;
    cell.classList.toggle("late", changed);
  });
  const pieces = panel.dataset.unnamed!.replace("{n}", String(found.met));
  const closed = (said.get("effect") ?? "closed") === "closed";
  const named = (closed ? panel.dataset.closes! : panel.dataset.concerns!).replace("{roads}", found.roads.join("、") || pieces);
  const meets = found.met ? `${named} · ${panel.dataset.later!.replace("{n}", String(later))}` : panel.dataset.meetsNone!;
  say(verdict, found.loaded ? meets : panel.dataset.estimate!);
}
