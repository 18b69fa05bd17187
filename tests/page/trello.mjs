// The Power-Up in a real browser, against a stub that follows the documentation of Trello's client library.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join } from "node:path";

const require = createRequire(new URL("../../target/page-tests/", import.meta.url));
const { chromium } = require("playwright-core");
execFileSync("planning/trello/build.sh", ["--or-skip"]);

const kinds = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".wasm": "application/wasm", ".svg": "image/svg+xml" };
const server = createServer(async (request, response) => {
  try {
    const path = new URL(request.url, "http://x").pathname;
    const body = await readFile(join("target/trello", path));
    response.writeHead(200, { "Content-Type": kinds[extname(path)] ?? "application/octet-stream" }).end(body);
  } catch {
    response.writeHead(404).end();
  }
}).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const base = `http://127.0.0.1:${server.address().port}`;

/** What the library does, as documented: fields of the card on request, plugin data by scope, capabilities by name. */
function stub(world) {
  const pick = (source, names) => Promise.resolve(Object.fromEntries(names.map((name) => [name, source[name]])));
  const t = {
    card: (...names) => pick(world.card, names),
    list: (...names) => pick(world.list, names),
    get: (scope, visibility, key) => Promise.resolve(world.data[`${scope}/${visibility}/${key}`]),
    set: (scope, visibility, key, value) => { world.data[`${scope}/${visibility}/${key}`] = value; return Promise.resolve(); },
    getContext: () => ({ locale: "sv" }),
    signUrl: (url) => url,
    sizeTo: () => Promise.resolve(),
    popup: (options) => { window.popped = options; return Promise.resolve(); },
    render: (draw) => { window.draw = draw; window.addEventListener("load", () => draw().then(() => { document.documentElement.dataset.drawn = ""; })); },
  };
  window.world = world;
  window.t = t;
  window.TrelloPowerUp = { initialize: (capabilities) => { window.capabilities = capabilities; }, iframe: () => t };
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});
const errors = [];
const left = [];

async function open(path, world) {
  const page = await browser.newPage();
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  page.on("request", (request) => { if (!request.url().startsWith(base) && !request.url().startsWith("data:")) left.push(request.url()); });
  await page.route("https://p.trellocdn.com/**", (route) => route.fulfill({ contentType: "text/javascript", body: `(${stub})(${JSON.stringify(world)})` }));
  await page.goto(`${base}/${path}`);
  return page;
}

const world = (card, data = {}, list = "Planerat") => ({ card: { id: "5f", labels: [], ...card }, list: { name: list }, data });
const STOP = { name: "Simskola", desc: "Ring **070-174 06 12**. Barnets personnummer är 800102-2386.", labels: [{ name: "FB" }] };
const badge = (page, name) => page.evaluate(async (name) => (await window.capabilities[name](window.t))[0].dynamic(), name);

// The badge on the front, and in the card's head.
let page = await open("index.html", world(STOP));
assert.deepEqual(await badge(page, "card-badges"), { text: "Stopp 2", color: "red", refresh: 10 });
assert.equal((await badge(page, "card-detail-badges")).title, "ombud");
const section = await page.evaluate(() => window.capabilities["card-back-section"](window.t));
assert.equal(section.content.url, "./section.html");
await page.evaluate(() => window.capabilities["show-settings"](window.t));
assert.equal(await page.evaluate(() => window.popped.url), "./settings.html");
// The text changes under the badge.
await page.evaluate(() => { window.world.card.desc = "Välkommen till simhallen."; });
assert.deepEqual(await badge(page, "card-badges"), { text: "Klart", color: "green", refresh: 10 });
await page.close();
console.log("ok   badges follow the card");

// Without the engine nothing is called clean.
page = await open("index.html", world(STOP));
await page.route("**/ombud.wasm", (route) => route.abort());
assert.deepEqual(await badge(page, "card-badges"), { text: "Ej granskat", color: "light-gray", refresh: 10 });
await page.close();
errors.length = 0;
console.log("ok   what is not checked is not called clean");

// The back of the card.
page = await open("section.html", world(STOP));
await page.waitForSelector("[data-drawn]");
assert.equal(await page.textContent("#verdict"), "Stopp 2");
const text = await page.textContent("#findings");
assert.ok(text.includes("Personnummer") && !text.includes("800102-2386") && !text.includes("070-174 06 12"), text);
await page.evaluate(require("axe-core").source);
const found = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21aa"] }));
assert.deepEqual(found.violations.filter((one) => ["serious", "critical"].includes(one.impact)).map((one) => one.id), []);
await page.close();
console.log("ok   the section shows findings, masked");

// What to use instead of a service is the finding's own.
page = await open("section.html", world({ name: "Film", desc: '<iframe src="https://www.youtube.com/embed/abc"></iframe>', labels: [] }));
await page.waitForSelector("[data-drawn]");
assert.match(await page.textContent("#findings"), /PeerTube/);
await page.close();
console.log("ok   the section says what to use instead");

// The board's own words for channels.
const named = { name: "Kören söker fler", desc: "Hör av dig till Torbjörn Edvardsson.", labels: [] };
const channelOf = async (data, list) => {
  const one = await open("section.html", world(named, data, list));
  await one.waitForSelector("[data-drawn]");
  const line = await one.textContent("#verdict-line");
  await one.close();
  return line;
};
assert.match(await channelOf({}, "Facebook vecka 7"), /facebook$/);
assert.match(await channelOf({ "board/shared/ombud": { policy: "kommun", labels: "Folkets lista = linkedin" } }, "Folkets lista"), /linkedin$/);
console.log("ok   lists and labels tell the channel");

page = await open("settings.html", world(named));
await page.waitForSelector("[data-ready]");
await page.fill("#labels", "Folkets lista = linkedn");
await page.click("button[type=submit]");
await page.waitForFunction(() => document.getElementById("said").textContent.includes("linkedin"));
assert.equal(await page.evaluate(() => Object.keys(window.world.data).length), 0, "a fault is not kept");
await page.fill("#labels", "Folkets lista = linkedin");
await page.click("button[type=submit]");
await page.waitForFunction(() => document.getElementById("said").textContent === "Sparat.");
assert.equal(await page.evaluate(() => window.world.data["board/shared/ombud"].labels), "Folkets lista = linkedin");
await page.close();
console.log("ok   settings are tried before they are kept");

assert.deepEqual(errors, []);
assert.ok(left.every((url) => url.startsWith("https://p.trellocdn.com/")), left.join(" "));
await browser.close();
server.close();
console.log("page: the Power-Up against a stub of Trello's library: 0 failures");
