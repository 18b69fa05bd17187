// The program and the WebAssembly engine say the same of every document of the corpus, byte for byte.
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const engine = (await WebAssembly.instantiate(readFileSync("target/page/ombud.wasm"), {})).instance.exports;
const encoder = new TextEncoder();

function check(request, bytes) {
  const header = encoder.encode(JSON.stringify(request));
  const at = engine.ombud_input(header.length + bytes.length);
  const input = new Uint8Array(engine.memory.buffer, at, header.length + bytes.length);
  input.set(header);
  input.set(bytes, header.length);
  const length = engine.ombud_check(header.length);
  return Buffer.from(new Uint8Array(engine.memory.buffer, engine.ombud_output(), length)).toString();
}

const files = readdirSync("corpus", { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
  .sort();
const channels = ["facebook", "web", "intranat"];
let findings = 0;
let different = 0;
files.forEach((name, i) => {
  const channel = channels[i % channels.length];
  let program;
  try {
    program = execFileSync("target/debug/ombud", ["check", name, "--no-config", "--channel", channel, "--format", "json", "--lang", "sv"], { maxBuffer: 1 << 28 });
  } catch (end) {
    // Status 1 is findings, 2 something unread: both have a report.
    program = end.stdout;
  }
  const own = check({ name, channel, lang: "sv" }, readFileSync(name));
  findings += JSON.parse(own).summary?.errors ?? 0;
  if (own !== program.toString()) {
    different += 1;
    console.error(`different: ${name}\n  program: ${program.toString().slice(0, 400)}\n  page:    ${own.slice(0, 400)}`);
  }
});
if (files.length < 20 || findings < 100) throw new Error(`only ${files.length} files and ${findings} errors: nothing was compared`);
console.log(`page: program and WebAssembly agree on ${files.length - different} of ${files.length} documents of the corpus`);
if (different) process.exit(1);

// Speed: what the page does while somebody writes.
const text = readFileSync("corpus/posts/own-c.txt", "utf8").replace(/\[\[[^|\]]*\|([^\]]*)\]\]/g, "$1").slice(0, 10_000);
const times = Array.from({ length: 50 }, () => {
  const start = performance.now();
  check({ text, channel: "facebook", offsets: "utf16" }, new Uint8Array());
  return performance.now() - start;
}).sort((a, b) => a - b);
console.log(`page: a draft of 10 KB is checked in ${times[25].toFixed(1)} ms (median), ${times[48].toFixed(1)} ms (98th percentile)`);
