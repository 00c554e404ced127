// Pages with a map. What a swap brings in is started too.
import { startLayers } from "../layers";
import { startMap } from "../map";
import { startRoads } from "../roads";

const all = (within: ParentNode) => within.querySelectorAll<HTMLElement>("[data-map]").forEach((box) => void startMap(box));
all(document);
document.addEventListener("htmx:after:swap", () => all(document));
startRoads();
startLayers();
