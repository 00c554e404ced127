// The map: the county's boundary and towns from its own data, tiles beneath when they are loaded, places on top.
import { AttributionControl, Map as MapLibre, Marker, NavigationControl, Popup, ScaleControl, addProtocol, setWorkerUrl } from "maplibre-gl";
import type { GeoJSONSource, LayerSpecification, SourceSpecification } from "maplibre-gl";
import { Protocol } from "pmtiles";
import type * as GeoJSON from "geojson";
import { Grounds, asked } from "./backgrounds";
import type { Background } from "./backgrounds";
import { ground, names } from "./basemap";
import { startDots } from "./dots";
import { offerLayers } from "./layers";
import { Pins } from "./pins";
import type { Pin } from "./pins";

export interface Spot { latitude: number; longitude: number; approximate: boolean }
interface Point { latitude: number; longitude: number; title: string; url: string; level: number; word: string; sign?: string }
type Collection = GeoJSON.FeatureCollection;
// What a question to the roads draws; null takes away, what is left out stays.
export interface Roads { route?: GeoJSON.Feature | null; reach?: Collection | null }
interface Shape { name: string; geometry: GeoJSON.Geometry }
interface Data { fit?: GeoJSON.Geometry; spot?: Spot | null; areas?: Shape[]; points?: Point[]; ways?: [number, number][][] }
interface Base { boundary: GeoJSON.FeatureCollection; towns: GeoJSON.FeatureCollection; bounds: [number, number, number, number] | null; tiles: boolean; backgrounds: Background[] }

const FONTS = '"Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif';
const SOURCE = "© OpenStreetMap contributors"; // its licence asks for these words
const EMPTY: GeoJSON.FeatureCollection = { type: "FeatureCollection", features: [] };
const SIGNS = ["?", "Ⅰ", "Ⅱ", "Ⅲ", "Ⅳ"]; // the level is told by more than a colour
// The paper, the county, its border, letters and their edge, areas, what is on the way.
const LIGHT = { paper: "#edf0ee", county: "#fcfaf5", border: "#9c917c", letters: "#4d566a", edge: "#ffffff", area: "#c4161c", areaName: "#8c1014", way: "#1560bd", shut: "#8c1014", slow: "#8a4b00", flood: "#0b5a8a", reach: "#0b6b5d" };
const DARK = { paper: "#0c1526", county: "#132038", border: "#3b5078", letters: "#8fa3c6", edge: "#0a1120", area: "#ff5a5f", areaName: "#ff9a9d", way: "#5aa9ff", shut: "#ff8a3d", slow: "#ffd23f", flood: "#6fc3ff", reach: "#5fd3bf" };
const LEVELS = ["#5a657a", "#c4161c", "#a84606", "#8a6a00", "#1560bd"];

export async function startMap(box: HTMLElement): Promise<void> {
  if (box.dataset.started) {
    box.dispatchEvent(new CustomEvent("fenghuo:data"));
    return;
  }
  box.dataset.started = "1";
  let base: Base;
  let map: MapLibre;
  try {
    base = (await (await fetch(box.dataset.base!)).json()) as Base;
    setWorkerUrl(new URL(box.dataset.worker!, location.href).href);
    map = drawn(box, base);
  } catch {
    box.textContent = box.dataset.failed ?? "";
    box.classList.add("map-failed");
    box.dataset.ready = "1";
    return;
  }
  map.addControl(new NavigationControl({ showCompass: false }), "top-right");
  if (base.tiles || base.backgrounds.length)
    map.addControl(new AttributionControl({ compact: false, ...(base.tiles ? { customAttribution: SOURCE } : {}) }), "bottom-right");
  map.addControl(new ScaleControl({ unit: "metric", maxWidth: box.dataset.wall ? 240 : 100 }), "bottom-left");
  const canvas = map.getCanvas();
  canvas.setAttribute("aria-label", box.getAttribute("aria-label") ?? "");
  map.on("load", () => {
    // A wall has no hands to choose with, and is dark.
    if (base.backgrounds.length && !box.dataset.wall) map.addControl(choice(box, base), "top-left");
    const pins = box.dataset.wall ? new Pins(box, map, base.towns) : undefined;
    fill(box, map, dataOf(box), true, pins);
    if (box.dataset.layer) void bring(map, box.dataset.layer).then(() => fill(box, map, dataOf(box), false, pins), () => undefined);
    // A swap keeps the map and brings new data beside it.
    box.addEventListener("fenghuo:data", () => {
      fill(box, map, dataOf(box), false, pins);
      startDrawing(box, map);
    });
    box.addEventListener("fenghuo:spot", (event) => mark(box, map, (event as CustomEvent<Spot | null>).detail));
    map.on("click", (event) => picked(box, event.lngLat.lat, event.lngLat.lng));
    canvas.addEventListener("keydown", (event) => event.key === "Enter" && !box.dataset.pick && picked(box, map.getCenter().lat, map.getCenter().lng));
    box.addEventListener("fenghuo:roads", (event) => roads(map, (event as CustomEvent<Roads>).detail));
    if (box.dataset.closures) shut(box, map, box.dataset.closures);
    startDots(box, map);
    startDrawing(box, map);
    offerLayers(box, map, letterOf(box));
  });
  map.once("idle", () => (box.dataset.ready = "1"));
}

function choice(box: HTMLElement, base: Base): Grounds {
  const own = ["county", ...(base.tiles ? [...ground(false, 1), ...names(false, 1)].map((layer) => layer.id) : [])];
  return new Grounds(base.backgrounds, own, { label: box.dataset.ground!, own: box.dataset.ownGround!, failed: box.dataset.groundFailed! });
}

// px, grows with the screen
const letterOf = (box: HTMLElement) => (box.dataset.wall ? 1 : 0.87) * parseFloat(getComputedStyle(document.documentElement).fontSize);

function drawn(box: HTMLElement, base: Base): MapLibre {
  const sources: Record<string, SourceSpecification> = {
    boundary: { type: "geojson", data: base.boundary },
    towns: { type: "geojson", data: base.towns },
    areas: { type: "geojson", data: EMPTY },
    ways: { type: "geojson", data: EMPTY },
    closures: { type: "geojson", data: EMPTY },
    route: { type: "geojson", data: EMPTY },
    reach: { type: "geojson", data: EMPTY },
    drawing: { type: "geojson", data: EMPTY },
  };
  const wall = Boolean(box.dataset.wall);
  const ink = wall ? DARK : LIGHT;
  const letter = letterOf(box);
  if (base.tiles) {
    addProtocol("pmtiles", new Protocol().tile);
    sources.tiles = { type: "vector", url: `pmtiles://${new URL(box.dataset.tiles!, location.href).href}` };
  }
  return new MapLibre({
    container: box,
    localIdeographFontFamily: FONTS,
    attributionControl: false,
    transformRequest: asked(base.backgrounds),
    ...(base.bounds ? { bounds: base.bounds, fitBoundsOptions: { padding: 12 } } : { center: [108.6, 34.1] as [number, number], zoom: 9 }),
    style: {
      version: 8,
      sources,
      layers: [
        { id: "paper", type: "background", paint: { "background-color": ink.paper } },
        { id: "county", type: "fill", source: "boundary", paint: { "fill-color": ink.county } },
        ...(base.tiles ? ground(wall, letter) : []),
        { id: "border", type: "line", source: "boundary", paint: { "line-color": ink.border, "line-width": letter / 9 } },
        ...(base.tiles ? names(wall, letter) : []),
        { id: "town-dots", type: "circle", source: "towns", paint: { "circle-radius": letter / 5, "circle-color": ink.letters } },
        {
          id: "town-names", type: "symbol", source: "towns",
          // On the wall the towns' names give way to pins: they are labels among the others there.
          layout: { visibility: wall ? "none" : "visible", "text-field": ["get", "title"], "text-size": letter, "text-anchor": "left", "text-offset": [0.5, 0] },
          paint: { "text-color": ink.letters, "text-halo-color": ink.edge, "text-halo-width": 1.5 },
        },
        { id: "reach", type: "fill", source: "reach", paint: { "fill-color": ink.reach, "fill-opacity": 0.13 } },
        { id: "reach-lines", type: "line", source: "reach", paint: { "line-color": ink.reach, "line-width": letter / 9 } },
        {
          id: "reach-names", type: "symbol", source: "reach", layout: { "symbol-placement": "line", "symbol-spacing": 260, "text-max-angle": 70, "text-field": ["get", "title"], "text-size": letter * 0.9 },
          paint: { "text-color": ink.reach, "text-halo-color": ink.edge, "text-halo-width": 2 },
        },
        { id: "areas", type: "fill", source: "areas", paint: { "fill-color": ink.area, "fill-opacity": 0.18 } },
        { id: "area-lines", type: "line", source: "areas", paint: { "line-color": ink.area, "line-width": letter / 7 } },
        {
          id: "area-names", type: "symbol", source: "areas", layout: { visibility: wall ? "none" : "visible", "text-field": ["get", "title"], "text-size": letter },
          paint: { "text-color": ink.areaName, "text-halo-color": ink.edge, "text-halo-width": 1.5 },
        },
        { id: "ways", type: "line", source: "ways", layout: { "line-cap": "round" }, paint: { "line-color": ink.way, "line-width": letter / 5, "line-opacity": 0.7, "line-dasharray": [0.5, 2] } },
        { id: "route-edge", type: "line", source: "route", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": ink.edge, "line-width": letter / 1.8 } },
        { id: "route", type: "line", source: "route", layout: { "line-cap": "round", "line-join": "round" }, paint: { "line-color": ink.way, "line-width": letter / 3 } },
        ...closed(ink, letter),
        { id: "drawing", type: "line", source: "drawing", paint: { "line-color": "#1560bd", "line-width": 2, "line-dasharray": [2, 1] } },
        { id: "corners", type: "circle", source: "drawing", paint: { "circle-radius": 4, "circle-color": "#1560bd" } },
      ],
    },
  });
}

// Closed, slowed, flooded: bands with dashes of their own, told apart without colours, and names with a sign.
function closed(ink: typeof LIGHT, letter: number): LayerSpecification[] {
  const source = "closures";
  const color = ["match", ["get", "effect"], "slowed", ink.slow, "flooded", ink.flood, ink.shut] as unknown as string;
  const dash = (effect: string[], pattern: number[]): LayerSpecification => ({
    id: `shut-dash-${effect[0]}`, type: "line", source, filter: ["all", ["!=", ["geometry-type"], "Point"], ["in", ["get", "effect"], ["literal", effect]]],
    paint: { "line-color": ink.edge, "line-width": letter / 6, "line-dasharray": pattern },
  });
  const standing = ["case", ["==", ["get", "standing"], "closed"], 1, 0.45] as unknown as number;
  return [
    { id: "shut", type: "fill", source, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": color, "fill-opacity": 0.25 } },
    { id: "shut-band", type: "line", source, filter: ["!=", ["geometry-type"], "Point"], paint: { "line-color": color, "line-width": letter / 2, "line-opacity": standing } },
    dash(["closed"], [2, 2]),
    dash(["slowed"], [0.5, 3]),
    dash(["flooded"], [5, 1]),
    { id: "shut-place", type: "circle", source, filter: ["==", ["geometry-type"], "Point"], paint: { "circle-radius": letter / 2.2, "circle-color": color, "circle-opacity": standing, "circle-stroke-color": ink.edge, "circle-stroke-width": 2 } },
    {
      id: "shut-names", type: "symbol", source, layout: { "text-field": ["concat", ["get", "sign"], " ", ["get", "title"]], "text-size": letter, "text-offset": [0, 1.1], "text-anchor": "top" },
      paint: { "text-color": color, "text-halo-color": ink.edge, "text-halo-width": 2 },
    },
  ];
}

// The closed roads as they stand, fetched anew when one is drawn, changed or lifted.
function shut(box: HTMLElement, map: MapLibre, address: string): void {
  const fetched = async () => {
    const answer = await fetch(address);
    if (answer.ok) (map.getSource("closures") as GeoJSONSource).setData((await answer.json()) as Collection);
  };
  void fetched().catch(() => undefined);
  document.getElementById(`${box.id}-closures`)?.addEventListener("fenghuo:entry", () => void fetched().catch(() => undefined));
  map.on("click", ["shut", "shut-band", "shut-place", "shut-names"], (event) => {
    const said = event.features?.[0]?.properties;
    if (!said || drawingNow(box)) return;
    const words = document.createElement("p");
    const link = document.createElement("a");
    link.href = String(said.url);
    link.textContent = String(said.title);
    words.append(link, ` ${String(said.word)}`);
    if (said.passes) words.append(document.createElement("br"), String(said.passes));
    new Popup({ closeButton: false }).setLngLat(event.lngLat).setDOMContent(words).addTo(map);
  });
}

function roads(map: MapLibre, said: Roads): void {
  if (said.reach !== undefined) (map.getSource("reach") as GeoJSONSource).setData(said.reach ?? EMPTY);
  if (said.route === undefined) return;
  const line = (said.route?.geometry as GeoJSON.LineString | undefined)?.coordinates as [number, number][] | undefined;
  (map.getSource("route") as GeoJSONSource).setData(said.route ? { type: "FeatureCollection", features: [said.route] } : EMPTY);
  if (!line?.length) return;
  fit(map, line, 56);
}

function fit(map: MapLibre, corners: [number, number][], padding: number): void {
  const [x, y] = [corners.map((at) => at[0]), corners.map((at) => at[1])];
  map.fitBounds([Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)], { padding, maxZoom: 15, animate: false });
}

// All pairs of a geometry, however deep they lie.
function cornersOf(geometry: GeoJSON.Geometry): [number, number][] {
  const pairs = (part: unknown): [number, number][] => (Array.isArray(part) && typeof part[0] === "number" ? [part as [number, number]] : (part as unknown[]).flatMap(pairs));
  return "coordinates" in geometry ? pairs(geometry.coordinates) : [];
}

function dataOf(box: HTMLElement): Data {
  const said = document.getElementById(`${box.id}-data`)?.textContent;
  return said ? (JSON.parse(said) as Data) : {};
}

const pinned = new WeakMap<MapLibre, Marker[]>();
const drawnFrom = new WeakMap<MapLibre, string>();
const layers = new WeakMap<MapLibre, Point[]>();

// What the rooms show on maps; without it the map still has what the page itself brought.
async function bring(map: MapLibre, address: string): Promise<void> {
  const answer = await fetch(address);
  if (!answer.ok) return;
  const found = (await answer.json()) as GeoJSON.FeatureCollection<GeoJSON.Point, Omit<Point, "latitude" | "longitude">>;
  layers.set(map, found.features.map(({ geometry, properties }) => ({ ...properties, longitude: geometry.coordinates[0]!, latitude: geometry.coordinates[1]! })));
}

function fill(box: HTMLElement, map: MapLibre, data: Data, first: boolean, pins?: Pins): void {
  const from = JSON.stringify(data);
  if (pins && drawnFrom.get(map) === from) return;
  drawnFrom.set(map, from);
  mark(box, map, data.spot ?? null, first);
  if (first && data.fit) fit(map, cornersOf(data.fit), 64);
  for (const pin of pinned.get(map) ?? []) pin.remove();
  const placed: Marker[] = [];
  pinned.set(map, placed);
  const features = (data.areas ?? []).map((area) => ({ type: "Feature" as const, geometry: area.geometry, properties: { title: area.name } }));
  (map.getSource("areas") as GeoJSONSource).setData({ type: "FeatureCollection", features });
  const ways = (data.ways ?? []).map((way) => ({ type: "Feature" as const, geometry: { type: "LineString" as const, coordinates: way }, properties: {} }));
  (map.getSource("ways") as GeoJSONSource).setData({ type: "FeatureCollection", features: ways });
  if (pins) {
    pins.show((data.points ?? []) as unknown as Pin[], data.areas ?? []);
    return;
  }
  for (const point of [...(data.points ?? []), ...(layers.get(map) ?? [])]) {
    const pin = document.createElement("a");
    pin.className = "pin";
    pin.href = point.url;
    pin.title = `${point.title} · ${point.word}`;
    pin.setAttribute("aria-label", pin.title);
    const sign = document.createElement("b");
    sign.textContent = point.sign ?? SIGNS[point.level] ?? "?";
    pin.append(sign);
    if (box.dataset.pick) pin.target = "_blank"; // what is being typed stays
    pin.style.color = LEVELS[point.level] ?? LEVELS[0]!;
    const marker = new Marker({ element: pin, anchor: "bottom", offset: [0, -5] }).setLngLat([point.longitude, point.latitude]);
    placed.push(marker.setPopup(new Popup({ closeButton: false }).setText(point.title)).addTo(map));
  }
}

const marks = new WeakMap<MapLibre, Marker>();

function mark(box: HTMLElement, map: MapLibre, spot: Spot | null, first = false): void {
  marks.get(map)?.remove();
  marks.delete(map);
  if (!spot) return;
  const sign = document.createElement("div");
  sign.className = spot.approximate ? "spot about" : "spot";
  sign.textContent = (spot.approximate ? box.dataset.about : box.dataset.here) ?? "";
  const at: [number, number] = [spot.longitude, spot.latitude];
  marks.set(map, new Marker({ element: sign }).setLngLat(at).addTo(map));
  if (first) map.jumpTo({ center: at, zoom: Math.max(map.getZoom(), 10.5) });
  else if (!map.getBounds().contains(at)) map.jumpTo({ center: at });
}

function picked(box: HTMLElement, latitude: number, longitude: number): void {
  box.dispatchEvent(new CustomEvent("fenghuo:picked", { bubbles: true, detail: { latitude, longitude } }));
}

// Drawing: corners by clicks, or by keyboard the middle of the map. A form that has no choice of shape draws areas.
const forms = (box: HTMLElement) => document.querySelectorAll<HTMLFormElement>(`form[data-draw="${box.id}"]`);
const open = (form: HTMLFormElement) => form.isConnected && (form.closest("details")?.open ?? true);
const drawingNow = (box: HTMLElement) => [...forms(box)].some(open);

function startDrawing(box: HTMLElement, map: MapLibre): void {
  for (const form of forms(box)) if (!form.dataset.started) draw(form, map);
}

function draw(form: HTMLFormElement, map: MapLibre): void {
  form.dataset.started = "1";
  const kept = form.querySelector<HTMLInputElement>("[name=geometry]")!;
  const shape = form.querySelector<HTMLSelectElement>("[data-shape]");
  const corners = readCorners(kept.value, shape);
  const line = () => shape?.value === "line";
  const show = () => {
    const ring = corners.length > 2 && !line() ? [...corners, corners[0]!] : corners;
    const features: GeoJSON.Feature[] = corners.map((at) => ({ type: "Feature", geometry: { type: "Point", coordinates: at }, properties: {} }));
    if (ring.length > 1) features.push({ type: "Feature", geometry: { type: "LineString", coordinates: ring }, properties: {} });
    (map.getSource("drawing") as GeoJSONSource).setData({ type: "FeatureCollection", features });
    form.querySelector("[data-corners]")!.textContent = String(corners.length);
  };
  const changed = () => {
    show();
    kept.value = written(corners, line());
    form.dispatchEvent(new CustomEvent("fenghuo:drawn", { bubbles: true }));
  };
  const add = (longitude: number, latitude: number) => {
    corners.push([Number(longitude.toFixed(6)), Number(latitude.toFixed(6))]);
    changed();
  };
  map.on("click", (event) => open(form) && add(event.lngLat.lng, event.lngLat.lat));
  map.getCanvas().addEventListener("keydown", (event) => {
    if (event.key === "Enter" && open(form)) add(map.getCenter().lng, map.getCenter().lat);
  });
  form.querySelector("[data-corner]")!.addEventListener("click", () => add(map.getCenter().lng, map.getCenter().lat));
  form.querySelector("[data-undo]")!.addEventListener("click", () => {
    corners.pop();
    changed();
  });
  shape?.addEventListener("change", changed);
  if (!corners.length) return;
  show();
  fit(map, corners, 80);
}

function written(corners: [number, number][], line: boolean): string {
  if (line && corners.length === 1) return JSON.stringify({ type: "Point", coordinates: corners[0] });
  if (line && corners.length > 1) return JSON.stringify({ type: "LineString", coordinates: corners });
  return corners.length > 2 ? JSON.stringify({ type: "Polygon", coordinates: [[...corners, corners[0]!]] }) : "";
}

// What was drawn before can be gone on with, unless it is of several parts: then it is drawn anew, or left.
function readCorners(value: string, shape: HTMLSelectElement | null): [number, number][] {
  if (!value || value === "null") return [];
  const found = JSON.parse(value) as GeoJSON.Geometry;
  if (found.type === "Point") return [found.coordinates as [number, number]];
  if (found.type === "LineString") return found.coordinates as [number, number][];
  if (shape) shape.value = "area";
  return found.type === "Polygon" && found.coordinates.length === 1 ? (found.coordinates[0]!.slice(0, -1) as [number, number][]) : [];
}
