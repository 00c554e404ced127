import htmx from "htmx.org/dist/htmx.esm.js";

declare global {
  var htmx: unknown;
}
globalThis.htmx = htmx;
