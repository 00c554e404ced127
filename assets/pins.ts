// Pins of the wall board: a sign each, and a label where it can be read. Incidents come first, then teams under
// orders, then what is quiet, then towns; who finds no room for its label beside its sign goes without.
import { Marker } from "maplibre-gl";
import type { Map as MapLibre } from "maplibre-gl";
import type * as GeoJSON from "geojson";
import { remaining } from "./remaining";

export interface Pin {
  sort: "incident" | "team" | "shelter" | "area" | "town";
  latitude: number;
  longitude: number;
  title: string;
  word: string;
  look: string;
  level: number;
  url: string;
  until?: string | null;
}
interface Box { left: number; top: number; right: number; bottom: number }
interface Placed { rank: number; marker: Marker; element: HTMLElement; sign: HTMLElement; label: HTMLElement | null; at: [number, number] }

const UNGRADED = 5;
const TOWN = 50;
const RINGS = 6;
const TOUCH = 0.12; // of a label of an incident or a team under orders may lie under others
const SMALL = 700; // px: on a narrower map every label gives way; the list says the same
const DIRECTIONS: [number, number][] = [[1, 0], [-1, 0], [0, -1], [0, 1], [0.8, -0.8], [-0.8, -0.8], [0.8, 0.8], [-0.8, 0.8]];

function rankOf(pin: Pin): number {
  if (pin.sort === "incident") return (pin.look === "held" ? 10 : 0) + (pin.level || UNGRADED);
  if (pin.sort === "team") return pin.look === "idle" ? 40 : 20;
  return { shelter: 30, area: 35, town: TOWN }[pin.sort];
}

export class Pins {
  private placed: Placed[] = [];
  private readonly towns: Pin[];
  private moved = false;

  constructor(private readonly box: HTMLElement, private readonly map: MapLibre, towns: GeoJSON.FeatureCollection) {
    this.towns = towns.features.map((town) => {
      const [longitude, latitude] = (town.geometry as GeoJSON.Point).coordinates as [number, number];
      return { sort: "town", latitude, longitude, title: String(town.properties?.title ?? ""), word: "", look: "", level: 0, url: "" };
    });
    for (const name of ["dragstart", "zoomstart"] as const)
      map.on(name, (event: { originalEvent?: unknown }) => (this.moved ||= Boolean(event.originalEvent)));
    map.on("moveend", () => this.arrange());
    map.on("resize", () => this.frame());
  }

  show(pins: Pin[], areas: { name: string; geometry: GeoJSON.Geometry }[]): void {
    for (const one of this.placed) one.marker.remove();
    this.placed = [...pins, ...areas.map(named), ...this.towns].map((pin) => this.place(pin)).sort((one, other) => one.rank - other.rank);
    this.frame();
    this.arrange();
  }

  // Until somebody moves it by hand the map shows every town and every pin.
  private frame(): void {
    const all = this.placed.map((one) => one.at);
    if (this.moved || !all.length) return;
    const [east, north] = [0, 1].map((axis) => all.map((at) => at[axis as 0 | 1]));
    const letter = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const bounds: [number, number, number, number] = [Math.min(...east!), Math.min(...north!), Math.max(...east!), Math.max(...north!)];
    this.map.fitBounds(bounds, { padding: { top: 2.5 * letter, bottom: 2.5 * letter, left: 3 * letter, right: 7 * letter }, maxZoom: 13, animate: false });
  }

  private place(pin: Pin): Placed {
    const element = document.createElement(pin.url ? "a" : "div");
    element.className = `wpin ${pin.sort} ${pin.look} wl${pin.level}`;
    const sign = document.createElement("i");
    element.append(sign);
    if (element instanceof HTMLAnchorElement) {
      element.href = pin.url;
      element.title = pin.title;
      element.setAttribute("aria-label", [pin.title, pin.word].filter(Boolean).join(" "));
    }
    let label: HTMLElement | null = null;
    if (pin.look !== "idle") {
      label = document.createElement("span");
      const name = document.createElement("span");
      name.textContent = pin.title;
      label.append(name);
      if (pin.word) {
        const word = document.createElement("b");
        word.textContent = pin.until ? remaining(pin.until, this.box) : pin.word;
        if (pin.until) word.dataset.until = pin.until;
        label.append(" ", word);
      }
      element.append(label);
    }
    const at: [number, number] = [pin.longitude, pin.latitude];
    const rank = rankOf(pin);
    element.style.zIndex = String(60 - rank);
    return { rank, element, sign, label, at, marker: new Marker({ element }).setLngLat(at).addTo(this.map) };
  }

  private arrange(): void {
    const size = this.map.getContainer().getBoundingClientRect();
    const whole: Box = { left: 4, top: 4, right: size.width - 4, bottom: size.height - 4 };
    const taken: Box[] = [];
    const centres = new Map<Placed, [number, number, number]>();
    for (const one of this.placed) {
      one.element.hidden = false;
      const { x, y } = this.map.project(one.at);
      const half = one.sign.offsetWidth / 2;
      const still = half === 0 || one.rank === TOWN;
      const place = still ? ([0, 0] as const) : this.aside(x, y, half, taken);
      // Where a hundred signs crowd, what is quiet waits for a closer look at the map; incidents never do.
      one.element.hidden = !place && one.rank >= 30;
      if (one.element.hidden) continue;
      const [dx, dy] = place ?? [0, 0];
      one.marker.setOffset([dx, dy]);
      taken.push(around(x + dx, y + dy, half));
      centres.set(one, [x + dx, y + dy, half]);
    }
    for (const one of this.placed) {
      const centre = centres.get(one);
      if (!one.label || !centre) continue;
      const [x, y, half] = centre;
      const [width, height] = [one.label.offsetWidth, one.label.offsetHeight];
      const found = beside(x, y, half, width, height, taken, whole);
      const touching = found.overlap < width * height * TOUCH && one.rank < 30 && size.width > SMALL;
      const shown = found.overlap === 0 || touching;
      one.label.style.visibility = shown ? "" : "hidden";
      one.label.style.translate = `${found.box.left - x}px ${found.box.top - y}px`;
      if (shown) taken.push(found.box);
    }
  }

  // Two signs never lie on one another: the lesser one steps aside, as far as it must and no farther than RINGS.
  private aside(x: number, y: number, half: number, taken: Box[]): [number, number] | null {
    for (let ring = 0; ring <= RINGS; ring += 1) {
      const steps = ring === 0 ? 1 : 8 * ring;
      for (let step = 0; step < steps; step += 1) {
        const far = ring * 2.1 * half;
        const [dx, dy] = [Math.cos((step / steps) * 2 * Math.PI) * far, Math.sin((step / steps) * 2 * Math.PI) * far];
        if (!taken.some((box) => area(box, around(x + dx, y + dy, half)))) return [dx, dy];
      }
    }
    return null;
  }
}

// An area is named at its northern corner.
function named(area: { name: string; geometry: GeoJSON.Geometry }): Pin {
  let top: [number, number] = [0, -90];
  const look = (part: unknown): void => {
    const at = part as [number, number];
    if (typeof at[0] !== "number") (part as unknown[]).forEach(look);
    else if (at[1] > top[1]) top = [at[0], at[1]];
  };
  look((area.geometry as GeoJSON.Polygon).coordinates);
  return { sort: "area", latitude: top[1], longitude: top[0], title: area.name, word: "", look: "", level: 0, url: "" };
}

function around(x: number, y: number, half: number): Box {
  return { left: x - half, top: y - half, right: x + half, bottom: y + half };
}

function area(one: Box, other: Box): number {
  const width = Math.min(one.right, other.right) - Math.max(one.left, other.left);
  const height = Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top);
  return width > 0 && height > 0 ? width * height : 0;
}

function beside(x: number, y: number, half: number, width: number, height: number, taken: Box[], whole: Box): { box: Box; overlap: number } {
  let best: { box: Box; overlap: number } | undefined;
  for (const gap of [half + 3, half + height * 0.7, half + height * 1.5]) {
    for (const [right, down] of DIRECTIONS) {
      const middle = [x + Math.sign(right) * (gap + width / 2) * (down && right ? 0.8 : 1), y + down * (gap + height / 2)] as const;
      const box = { left: middle[0] - width / 2, top: middle[1] - height / 2, right: middle[0] + width / 2, bottom: middle[1] + height / 2 };
      const outside = width * height - area(box, whole);
      const overlap = taken.reduce((sum, other) => sum + area(box, other), outside > 1 ? outside * 4 : 0);
      if (overlap === 0) return { box, overlap };
      if (!best || overlap < best.overlap) best = { box, overlap };
    }
  }
  return best!;
}
