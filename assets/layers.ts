// Layers of registers over a map: chosen ones are remembered, and shown again on the next map that offers them.
import { Popup } from "maplibre-gl";
import type { GeoJSONSource, Map as MapLibre } from "maplibre-gl";
import type * as GeoJSON from "geojson";

const KEPT = "fenghuo-layers";
const COLOURS = ["#1560bd", "#0b6b5d", "#6a3fa0", "#8a4b00", "#3d4659"]; // each with the first letter of its name
const maps = new Map<string, { map: MapLibre; letter: number }>();

// Called when a map has been drawn.
export function offerLayers(box: HTMLElement, map: MapLibre, letter: number): void {
  maps.set(box.id, { map, letter });
  document.querySelectorAll<HTMLElement>(`[data-layers="${box.id}"]`).forEach(begin);
}

export function startLayers(): void {
  document.addEventListener("change", (event) => {
    const box = (event.target as HTMLElement).closest<HTMLInputElement>("[data-layers] input");
    if (!box) return;
    keep(box.value, box.checked);
    void toggle(box);
  });
  document.addEventListener("htmx:after:swap", () => document.querySelectorAll<HTMLElement>("[data-layers]").forEach(begin));
}

function kept(): string[] {
  try {
    const said: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "[]");
    return Array.isArray(said) ? said.map(String) : [];
  } catch {
    return [];
  }
}

function keep(name: string, on: boolean): void {
  const others = kept().filter((one) => one !== name);
  localStorage.setItem(KEPT, JSON.stringify(on ? [...others, name] : others));
}

function begin(field: HTMLElement): void {
  if (field.dataset.started || !maps.has(field.dataset.layers!)) return;
  field.dataset.started = "1";
  const wanted = kept();
  for (const box of field.querySelectorAll<HTMLInputElement>("input")) {
    box.checked = "asked" in box.dataset || wanted.includes(box.value);
    if (box.checked) void toggle(box);
  }
}

async function toggle(box: HTMLInputElement): Promise<void> {
  const field = box.closest<HTMLElement>("[data-layers]")!;
  const { map, letter } = maps.get(field.dataset.layers!)!;
  const id = `layer-${box.value}`;
  const count = box.closest(".layer")!.querySelector("output")!;
  if (!box.checked) {
    count.textContent = "";
    if (map.getSource(id)) for (const part of [id, `${id}-sign`]) map.setLayoutProperty(part, "visibility", "none");
    return;
  }
  const answer = await fetch(box.dataset.address!).catch(() => undefined);
  if (!answer?.ok || !box.checked) return;
  const found = (await answer.json()) as GeoJSON.FeatureCollection;
  count.textContent = String(found.features.length);
  const source = map.getSource(id) as GeoJSONSource | undefined;
  if (source) {
    source.setData(found);
    for (const part of [id, `${id}-sign`]) map.setLayoutProperty(part, "visibility", "visible");
    return;
  }
  add(map, letter, id, box, found, [...field.querySelectorAll("input")].indexOf(box));
}

function add(map: MapLibre, letter: number, id: string, box: HTMLInputElement, data: GeoJSON.FeatureCollection, place: number): void {
  const colour = COLOURS[place % COLOURS.length]!;
  map.addSource(id, { type: "geojson", data });
  map.addLayer({ id, type: "circle", source: id, paint: { "circle-radius": letter * 0.62, "circle-color": colour, "circle-stroke-color": "#ffffff", "circle-stroke-width": 1.5 } });
  map.addLayer({
    id: `${id}-sign`, type: "symbol", source: id, layout: { "text-field": box.dataset.sign!, "text-size": letter * 0.75, "text-allow-overlap": true },
    paint: { "text-color": "#ffffff" },
  });
  map.on("click", id, (event) => {
    const said = event.features?.[0]?.properties;
    if (!said) return;
    const words = document.createElement("p");
    const link = Object.assign(document.createElement("a"), { href: String(said.url), textContent: String(said.title) });
    words.append(`${box.dataset.title}: `, link, said.word ? ` · ${String(said.word)}` : "");
    new Popup({ closeButton: false }).setLngLat(event.lngLat).setDOMContent(words).addTo(map);
  });
}
