// Packs page and engine into one file: node page/pack.mjs FOLDER (with ombud.wasm in it) writes FOLDER/ombud.html.
// Its policy names the one script and the one style by their hashes, and forbids every connection.
import { createHash } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const here = fileURLToPath(new URL(".", import.meta.url));
const folder = process.argv[2];
const read = (name) => readFileSync(join(here, name), "utf8");
const hash = (text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;

const style = `\n${read("page.css")}`;
let html = read("index.html");
const script = `\n${[...html.matchAll(/<script src="(.+?)"><\/script>/g)].map(([, name]) => read(name).replace(/^"use strict";\n/m, "")).join("\n")}`;
const engine = gzipSync(readFileSync(join(folder, "ombud.wasm")), { level: 9 }).toString("base64");
const policy = [
  "default-src 'none'", `script-src ${hash(script)} 'wasm-unsafe-eval'`, `style-src ${hash(style)}`, "img-src blob: data:", "connect-src 'none'",
  "base-uri 'none'", "form-action 'none'",
].join("; ");

// A function as replacement: what it gives is taken as it stands, dollar signs and all.
html = html
  .replace("<!-- csp -->", () => `<meta http-equiv="Content-Security-Policy" content="${policy}">`)
  .replace(/<link rel="stylesheet".*?>/, () => `<style>${style}</style>`)
  .replace(/<script src=.*?><\/script>\n/g, "")
  .replace("</body>", () => `<script type="application/gzip" id="engine">${engine}</script>\n<script>${script}</script>\n</body>`);
const out = join(folder, "ombud.html");
writeFileSync(out, html);
console.log(`${out}: ${(html.length / 1e6).toFixed(2)} MB`);
if (html.length > 8e6) {
  console.error("larger than 8 MB");
  process.exit(1);
}
