// Hundreds of places on a map, each a coloured dot with its number, and what covers them; drawn by the map itself,
// since as many elements of the page would be slow to move. The list beside the map says the same.
import { Popup } from "maplibre-gl";
import type { FilterSpecification, Map as MapLibre } from "maplibre-gl";

interface Dot { latitude: number; longitude: number; sort: string; title: string; word: string; sign: string; url: string }

const PLACES = ["!", ["in", ["get", "sort"], ["literal", ["site", "new"]]]] as unknown as FilterSpecification;
const NEW = "#8c1014"; // as .siting-new
// As .band0 to .band5 in covering.css.
const BANDS = ["#1a7547", "#1560bd", "#8a6a00", "#a84606", "#c4161c", "#182032"];

export function startDots(box: HTMLElement, map: MapLibre): void {
  const said = document.getElementById(`${box.id}-dots`)?.textContent;
  if (!said) return;
  const dots = JSON.parse(said) as Dot[];
  const features = dots.map((dot) => ({
    type: "Feature" as const,
    geometry: { type: "Point" as const, coordinates: [dot.longitude, dot.latitude] },
    properties: { ...dot, label: `${dot.title} ${dot.sort === "site" ? "" : dot.word}`.trim() },
  }));
  const letter = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const colour = ["match", ["get", "sort"], ...BANDS.flatMap((one, band) => [`band${band}`, one]), "#5a657a"] as unknown as string;
  map.addSource("dots", { type: "geojson", data: { type: "FeatureCollection", features } });
  const source = "dots";
  map.addLayer({
    id: "dots", type: "circle", source, filter: PLACES,
    paint: { "circle-radius": ["interpolate", ["linear"], ["zoom"], 8, letter * 0.28, 11, letter * 0.65], "circle-color": colour, "circle-stroke-color": "#fff", "circle-stroke-width": 1.5 },
  });
  map.addLayer({
    id: "dot-signs", type: "symbol", source, minzoom: 10, filter: PLACES,
    layout: { "text-field": ["get", "sign"], "text-size": letter * 0.75, "text-allow-overlap": true, "text-ignore-placement": true }, paint: { "text-color": "#fff" },
  });
  map.addLayer({
    id: "dot-sites", type: "symbol", source, filter: ["==", ["get", "sort"], "site"],
    layout: { "text-field": "▲", "text-size": letter * 1.5, "text-allow-overlap": true },
    paint: { "text-color": "#182032", "text-halo-color": "#fff", "text-halo-width": 2 },
  });
  map.addLayer({
    id: "dot-site-names", type: "symbol", source, minzoom: 9.5, filter: ["==", ["get", "sort"], "site"],
    layout: { "text-field": ["get", "title"], "text-size": letter * 0.87, "text-anchor": "top", "text-offset": [0, 0.9], "text-optional": true },
    paint: { "text-color": "#182032", "text-halo-color": "#fff", "text-halo-width": 2 },
  });
  map.addLayer({
    id: "dot-new", type: "circle", source, filter: ["==", ["get", "sort"], "new"],
    paint: { "circle-radius": letter * 0.9, "circle-color": NEW, "circle-stroke-color": "#fff", "circle-stroke-width": 2.5 },
  });
  map.addLayer({
    id: "dot-new-names", type: "symbol", source, filter: ["==", ["get", "sort"], "new"],
    layout: { "text-field": ["get", "sign"], "text-size": letter * 0.95, "text-allow-overlap": true, "text-ignore-placement": true }, paint: { "text-color": "#fff" },
  });
  const [x, y] = [dots.map((dot) => dot.longitude), dots.map((dot) => dot.latitude)];
  if (dots.length) map.fitBounds([Math.min(...x), Math.min(...y), Math.max(...x), Math.max(...y)], { padding: 2.2 * letter, maxZoom: 13, animate: false });
  map.on("click", ["dots", "dot-sites", "dot-new"], (event) => {
    const about = event.features?.[0]?.properties;
    if (!about) return;
    const words = document.createElement("p");
    const link = document.createElement("a");
    link.href = String(about.url);
    link.textContent = String(about.title);
    words.append(link, ` ${String(about.word)}`);
    new Popup({ closeButton: false }).setLngLat(event.lngLat).setDOMContent(words).addTo(map);
  });
}
