// Other grounds beneath the map, where the county has set a key. When their tiles do not come, its own map is back.
import type { IControl, Map as MapLibre, RequestParameters } from "maplibre-gl";

export interface Background { name: string; title: string; note: string; credit: string; deepest: number; tiles: string[][] }

const KEPT = "fenghuo-ground";
const BEFORE = "border"; // everything that the house itself shows lies above
const ENOUGH = 3; // tiles that failed while none came

// The key of a county may be bound to its address, so that this much is told, and to these servers only.
export const asked = (grounds: Background[]) => (url: string): RequestParameters =>
  grounds.some((one) => one.tiles.flat().some((tile) => url.startsWith(new URL(tile).origin))) ? { url, referrerPolicy: "origin" } : { url };

export class Grounds implements IControl {
  private box = document.createElement("div");
  private choice = document.createElement("select");
  private note = document.createElement("small");
  private map?: MapLibre;
  private shown: string[] = [];
  private came = false;
  private failed = 0;

  constructor(private grounds: Background[], private own: string[], private words: { label: string; own: string; failed: string }) {}

  onAdd(map: MapLibre): HTMLElement {
    this.map = map;
    this.box.className = "maplibregl-ctrl grounds";
    this.choice.className = "inp";
    this.choice.setAttribute("aria-label", this.words.label);
    for (const { name, title } of [{ name: "", title: this.words.own }, ...this.grounds]) this.choice.append(new Option(title, name));
    this.choice.addEventListener("change", () => {
      localStorage.setItem(KEPT, this.choice.value);
      this.show(this.choice.value);
    });
    this.note.setAttribute("role", "status");
    this.box.append(this.choice, this.note);
    map.on("error", (event) => this.shown.includes((event as { sourceId?: string }).sourceId ?? "") && this.lost());
    map.on("sourcedata", (event) => {
      if (event.tile && this.shown.includes(event.sourceId)) this.came = true;
    });
    const kept = localStorage.getItem(KEPT) ?? "";
    if (this.grounds.some((one) => one.name === kept)) {
      this.choice.value = kept;
      this.show(kept);
    }
    return this.box;
  }

  onRemove(): void {
    this.box.remove();
  }

  private show(name: string): void {
    this.clear();
    const ground = this.grounds.find((one) => one.name === name);
    this.note.textContent = ground?.note ?? "";
    this.box.dataset.ground = name;
    for (const layer of this.own) this.map!.setLayoutProperty(layer, "visibility", ground ? "none" : "visible");
    for (const [place, tiles] of (ground?.tiles ?? []).entries()) {
      const id = `ground-${name}-${place}`;
      this.map!.addSource(id, { type: "raster", tiles, tileSize: 256, maxzoom: ground!.deepest, attribution: place ? "" : ground!.credit });
      this.map!.addLayer({ id, type: "raster", source: id }, BEFORE);
      this.shown.push(id);
    }
  }

  private clear(): void {
    for (const id of this.shown) {
      this.map!.removeLayer(id);
      this.map!.removeSource(id);
    }
    this.shown = [];
    this.came = false;
    this.failed = 0;
  }

  private lost(): void {
    this.failed += 1;
    if (this.came || this.failed < ENOUGH) return;
    this.show("");
    this.choice.value = "";
    this.note.textContent = this.words.failed;
  }
}
