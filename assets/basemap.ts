// The base map drawn of the county's own tiles: quiet under everything else, light for pages, dark for the wall.
import type { LayerSpecification } from "maplibre-gl";

const LIGHT = { water: "#b9d3e3", wood: "#dfe8d3", green: "#e6eed9", town: "#f1ede4", works: "#ece6ea", building: "#e3dccf", minor: "#ffffff", edge: "#d9d0bd", major: "#f4dfa6", trunk: "#eebd84", rail: "#a9a49a", name: "#5b6271", place: "#3d4659", waterName: "#3f6f90", halo: "#ffffff" };
const DARK = { water: "#12304f", wood: "#12261f", green: "#14291f", town: "#172643", works: "#1a2445", building: "#1d2d50", minor: "#26385c", edge: "#0e182b", major: "#3d547f", trunk: "#587099", rail: "#3a4661", name: "#7f94b8", place: "#a6b8d8", waterName: "#6fa3cf", halo: "#0a1120" };

const MAJOR = ["primary", "secondary"];
const TRUNK = ["motorway", "trunk"];
const kind = (...kinds: string[]) => ["in", ["get", "kind"], ["literal", kinds]] as unknown as boolean;
const width = (letter: number, far: number, near: number) =>
  ["interpolate", ["exponential", 1.5], ["zoom"], 8, letter * far, 16, letter * near] as unknown as number;

// Under the county's border and everything that is shown on the map. `letter`: px of a letter on this screen.
export function ground(wall: boolean, letter: number): LayerSpecification[] {
  const ink = wall ? DARK : LIGHT;
  const tiles = { source: "tiles" };
  const roads = { ...tiles, "source-layer": "roads", layout: { "line-cap": "round" as const, "line-join": "round" as const } };
  return [
    { id: "land", type: "fill", ...tiles, "source-layer": "land", paint: { "fill-color": ["match", ["get", "kind"], "wood", ink.wood, "green", ink.green, "works", ink.works, ink.town] } },
    { id: "water", type: "fill", ...tiles, "source-layer": "water", paint: { "fill-color": ink.water } },
    { id: "streams", type: "line", ...tiles, "source-layer": "streams", paint: { "line-color": ink.water, "line-width": width(letter, 0.05, 0.4) } },
    { id: "buildings", type: "fill", ...tiles, "source-layer": "buildings", minzoom: 14, paint: { "fill-color": ink.building } },
    { id: "rail", type: "line", ...roads, filter: kind("rail"), paint: { "line-color": ink.rail, "line-width": width(letter, 0.05, 0.2), "line-dasharray": [4, 2] } },
    { id: "roads-edge", type: "line", ...roads, filter: ["!", kind("rail")], minzoom: 11, paint: { "line-color": ink.edge, "line-width": width(letter, 0.1, 0.95) } },
    { id: "roads-minor", type: "line", ...roads, filter: ["!", kind("rail", ...MAJOR, ...TRUNK)], paint: { "line-color": ink.minor, "line-width": width(letter, 0.03, 0.6) } },
    { id: "roads-major", type: "line", ...roads, filter: kind(...MAJOR), paint: { "line-color": ink.major, "line-width": width(letter, 0.08, 0.8) } },
    { id: "roads-trunk", type: "line", ...roads, filter: kind(...TRUNK), paint: { "line-color": ink.trunk, "line-width": width(letter, 0.12, 0.9) } },
  ];
}

// Above the roads, below what the house itself shows. Towns are named by the county's own register.
export function names(wall: boolean, letter: number): LayerSpecification[] {
  const ink = wall ? DARK : LIGHT;
  const label = (color: string) => ({ "text-color": color, "text-halo-color": ink.halo, "text-halo-width": 1.4 });
  const text = (size: number) => ({ "text-field": ["get", "name"] as unknown as string, "text-size": letter * size });
  return [
    { id: "road-names", type: "symbol", source: "tiles", "source-layer": "roads", minzoom: 12, filter: ["has", "name"], layout: { ...text(0.82), "symbol-placement": "line", "symbol-spacing": 300 }, paint: label(ink.name) },
    { id: "stream-names", type: "symbol", source: "tiles", "source-layer": "streams", minzoom: 11, filter: ["has", "name"], layout: { ...text(0.82), "symbol-placement": "line" }, paint: label(ink.waterName) },
    { id: "water-names", type: "symbol", source: "tiles", "source-layer": "water", minzoom: 11, filter: ["has", "name"], layout: text(0.82), paint: label(ink.waterName) },
    { id: "place-names", type: "symbol", source: "tiles", "source-layer": "places", minzoom: 11, filter: ["!", kind("city", "town")], layout: text(0.9), paint: label(ink.place) },
  ];
}
