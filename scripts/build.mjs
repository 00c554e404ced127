// Bundles assets/entries/*.ts and assets/styles/*.css, and makes one sprite of the icons named in assets/icons.txt.
import { build } from "esbuild";
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync, mkdirSync } from "node:fs";

const out = "src/fenghuo/static/build";
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });

const entries = [];
for (const [folder, ending] of [["assets/entries", ".ts"], ["assets/styles", ".css"]])
  for (const name of existsSync(folder) ? readdirSync(folder) : [])
    if (name.endsWith(ending)) entries.push({ in: `${folder}/${name}`, out: name.slice(0, -ending.length) });

// The map's worker is its own file, and it names the package's: a wrapper would be shaken away.
const worker = { in: "node_modules/maplibre-gl/dist/maplibre-gl-worker.mjs", out: "map-worker" };
await build({ entryPoints: [worker], outdir: out, bundle: true, format: "esm", target: "es2022", minify: true,
  legalComments: "linked", logLevel: "warning" });
// es2017: the phones of village heads are old.
await build({ entryPoints: entries, outdir: out, bundle: true, format: "esm", target: "es2017", minify: true,
  legalComments: "linked", logLevel: "warning" });

const symbols = readFileSync("assets/icons.txt", "utf8").split("\n").map((line) => line.trim()).filter(Boolean).sort()
  .map((name) => {
    const file = `node_modules/@tabler/icons/icons/outline/${name}.svg`;
    if (!existsSync(file)) throw new Error(`assets/icons.txt names ${name}, which @tabler/icons does not have`);
    const inner = readFileSync(file, "utf8").replace(/<!--[\s\S]*?-->/g, "").replace(/^[\s\S]*?<svg[^>]*>/, "")
      .replace("</svg>", "").replace(/<path stroke="none"[^>]*>/, "").replace(/\s+/g, " ").trim();
    return `<symbol id="${name}" viewBox="0 0 24 24">${inner}</symbol>`;
  });
writeFileSync(`${out}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`);
