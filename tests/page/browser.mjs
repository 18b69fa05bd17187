// The page in a real browser: typing, marks, replacing, files, a board, the keyboard alone, no request, axe-core, 320 px.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../../target/page-tests/", import.meta.url));
const { chromium } = require("playwright-core");
const axe = require("axe-core").source;

export const launch = () => chromium.launch({
  executablePath: process.env.CHROMIUM,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
});

const POST = "Grattis Alva Ekdahl i 3B som vann! Ring 070-174 06 12.";
const PNR = "Sökandens personnummer är 800102-2386.";
const page_url = pathToFileURL("target/page/ombud.html").href;

/** Opens the page, with an eye on every request and every error. */
async function open(browser, options = {}, url = page_url) {
  const context = await browser.newContext({ locale: "sv-SE", offline: url === page_url, ...options });
  const page = await context.newPage();
  const left = [];
  const errors = [];
  page.on("request", (request) => { if (!/^(file|blob|data):/.test(request.url()) && !request.url().startsWith(new URL(url).origin)) left.push(request.url()); });
  page.on("pageerror", (error) => errors.push(error.message));
  page.on("console", (message) => { if (message.type() === "error") errors.push(message.text()); });
  const start = Date.now();
  await page.goto(url);
  await page.waitForSelector("html[data-ready]", { timeout: 20_000 });
  return { page, left, errors, millis: Date.now() - start, close: () => context.close() };
}

async function settled(page, words) {
  await page.waitForFunction((words) => document.getElementById("verdict").textContent === words, words, { timeout: 5000 });
}

async function accessible(page, what) {
  await page.evaluate(axe);
  const result = await page.evaluate(() => axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"] }));
  const grave = result.violations.filter((one) => one.impact === "serious" || one.impact === "critical");
  assert.deepEqual(grave.map((one) => `${one.id}: ${one.nodes.map((node) => node.target).join(" ")}`), [], what);
  return result.violations.length;
}

const board = () => {
  const due = (hours) => new Date(Date.now() + hours * 3600e3).toISOString();
  return JSON.stringify({
    id: "5f0000000000000000000000", name: "Sociala medier",
    lists: [{ id: "5f0000000000000000000001", name: "Planerat" }], labels: [], members: [], actions: [],
    cards: [
      { id: "5f0000000000000000000011", name: "Senare", desc: "Höstlov i biblioteket.", due: due(90), idList: "5f0000000000000000000001", labels: [{ name: "FB" }], closed: false },
      { id: "5f0000000000000000000012", name: "Simskolan börjar", desc: PNR, due: due(20), idList: "5f0000000000000000000001", labels: [{ name: "Facebook" }], closed: false },
      { id: "5f0000000000000000000013", name: "Gammalt", desc: "", due: null, idList: "5f0000000000000000000001", labels: [], closed: true },
    ],
  });
};

const tests = {
  async "typing marks what is found, and the verdict follows"({ page }) {
    await page.fill("#draft", "");
    await page.locator("#draft").pressSequentially(POST);
    await settled(page, "Publicera inte än");
    const marks = await page.locator("#paper mark").allTextContents();
    assert.deepEqual(marks, ["Alva Ekdahl", "070-174 06 12"]);
    // The marks lie where the words are: the twin has the same lines as the field.
    const same = await page.evaluate(() => Math.abs(document.getElementById("draft").scrollHeight - document.querySelector("#paper .marks").scrollHeight));
    assert.ok(same <= 2, `heights differ by ${same}`);
    await page.fill("#draft", "Välkommen till biblioteket på lördag.");
    await settled(page, "Inget att invända");
  },

  async "one press replaces, and undo takes it back"({ page }) {
    await page.fill("#draft", POST);
    await settled(page, "Publicera inte än");
    await page.click("text=en elev i åk 3");
    assert.equal(await page.inputValue("#draft"), "Grattis en elev i åk 3 som vann! Ring 070-174 06 12.");
    await page.click(".swaps >> text=kontaktcenter");
    await settled(page, "Inget att invända");
    assert.equal(await page.inputValue("#draft"), "Grattis en elev i åk 3 som vann! Ring kontaktcenter.");
    await page.focus("#draft");
    await page.keyboard.press("Control+z");
    assert.match(await page.inputValue("#draft"), /070-174 06 12/);
  },

  async "the channel decides"({ page }) {
    await page.fill("#draft", "Hör av dig till Torbjörn Edvardsson om du vill sjunga i kören.");
    await page.check("input[value=facebook]", { force: true });
    await page.waitForSelector(".finding");
    const before = await page.textContent("#verdict-line");
    await page.check("input[value=intranat]", { force: true });
    await page.waitForFunction((before) => document.getElementById("verdict-line").textContent !== before, before);
    await page.check("input[value=facebook]", { force: true });
  },

  async "alternative texts are read with the draft"({ page }) {
    await page.fill("#draft", "Bilder från invigningen.");
    await page.click("#add-image");
    await page.keyboard.type("Torbjörn Edvardsson klipper bandet, ring 070-174 06 12");
    await page.waitForSelector(".image mark");
    assert.ok((await page.textContent("#findings")).includes("i bildtext 1"));
    await page.click(".image >> text=Ta bort");
    await settled(page, "Inget att invända");
  },

  async "nobody's words are markup"({ page }) {
    await page.fill("#draft", `<img src=x onerror="document.title='x'"> ${PNR}`);
    await settled(page, "Publicera inte än");
    assert.equal(await page.locator("#paper img, #findings img").count(), 0);
    assert.equal(await page.title(), "ombud – kolla utkastet innan det publiceras");
  },

  async "files are read, and what cannot be read is said"({ page }) {
    await page.setInputFiles("#file", [
      { name: "sida.html", mimeType: "text/html", buffer: Buffer.from(`<p>${PNR}</p><img src=a.jpg alt="Åsa, tel 070-174 06 12">`) },
      { name: "trasig.json", mimeType: "application/json", buffer: Buffer.from("{\"a\": ") },
    ]);
    await page.waitForFunction(() => document.querySelectorAll(".file").length === 2);
    const text = await page.textContent("#file-list");
    assert.ok(text.includes("Personnummer") && text.includes("Kunde inte granskas") && text.includes("inte JSON"), text);
    assert.ok(!text.includes("800102-2386"), "a file's words are masked");
  },

  async "a dropped text becomes the draft"({ page }) {
    const data = await page.evaluateHandle((text) => {
      const transfer = new DataTransfer();
      transfer.items.add(new File([text], "utkast.txt", { type: "text/plain" }));
      return transfer;
    }, PNR);
    await page.dispatchEvent("body", "drop", { dataTransfer: data });
    await settled(page, "Publicera inte än");
    assert.equal(await page.inputValue("#draft"), PNR);
  },

  async "a board lists its cards by the time they are published"({ page }) {
    await page.setInputFiles("#file", { name: "tavla.json", mimeType: "application/json", buffer: Buffer.from(board()) });
    await page.waitForSelector(".card");
    assert.deepEqual(await page.locator(".card h3").allTextContents(), ["Simskolan börjar", "Senare"]);
    assert.deepEqual(await page.locator(".card .badge").first().textContent(), "Stopp 1");
    assert.deepEqual(await page.locator(".card").nth(1).locator(".badge").textContent(), "Klart");
    assert.ok((await page.textContent("#board-line")).includes("1 arkiverade"));
    await accessible(page, "board");
    await page.locator(".card summary").first().click();
    await page.locator(".card >> text=Öppna som utkast").first().click();
    await page.waitForFunction(() => document.getElementById("draft").value.startsWith("Simskolan"));
  },

  async "the keyboard alone goes from a draft to a clean post"({ page }) {
    const reach = async (matches) => {
      for (let i = 0; i < 80; i++) {
        await page.keyboard.press("Tab");
        if (await page.evaluate(matches)) return;
      }
      assert.fail(`not reached with Tab: ${matches}`);
    };
    await page.evaluate(() => document.activeElement.blur());
    await reach(() => document.activeElement.name === "channel");
    await page.keyboard.press("ArrowRight");
    assert.equal(await page.evaluate(() => document.querySelector("input[name=channel]:checked").value), "instagram");
    await reach(() => document.activeElement.id === "draft");
    await page.keyboard.type("Ring 070-174 06 12.");
    await settled(page, "Publicera inte än");
    await reach(() => document.activeElement.textContent === "kontaktcenter");
    await page.keyboard.press("Enter");
    await settled(page, "Inget att invända");
    assert.equal(await page.evaluate(() => document.activeElement.id), "verdict", "focus is not lost");
    assert.equal(await page.inputValue("#draft"), "Ring kontaktcenter.");
  },

  async "the language is switched, and said"({ page }) {
    await page.fill("#draft", PNR);
    await settled(page, "Publicera inte än");
    await page.click("#language");
    await settled(page, "Do not publish yet");
    assert.equal(await page.evaluate(() => document.documentElement.lang), "en");
    assert.ok((await page.textContent("#findings")).includes("Personal identity number"));
  },
};

const browser = await launch();
let failed = 0;
const opened = [];
for (const [name, test] of Object.entries(tests)) {
  const one = await open(browser);
  opened.push(one.millis);
  try {
    await test(one);
    assert.deepEqual(one.left, [], "requests left the page");
    assert.deepEqual(one.errors, [], "errors on the page");
    console.log(`ok   ${name}`);
  } catch (error) {
    failed += 1;
    console.log(`FAIL ${name}\n${error.message}`);
  }
  await one.close();
}

// Every width, light and dark: nothing sticks out, and axe-core finds nothing serious.
for (const width of [320, 768, 1280]) {
  for (const colorScheme of ["light", "dark"]) {
    const { page, close } = await open(browser, { viewport: { width, height: 800 }, colorScheme });
    await page.click("#example");
    await settled(page, "Publicera inte än");
    await page.click("#add-image");
    await page.click(".settings summary");
    await page.locator(".finding summary").first().click();
    const over = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    const lesser = await accessible(page, `${width} ${colorScheme}`);
    if (over > 0) { failed += 1; console.log(`FAIL ${width} ${colorScheme}: ${over} px stick out`); }
    else console.log(`ok   ${width} px, ${colorScheme}: axe-core has nothing serious, ${lesser} lesser`);
    await close();
  }
}

// Nothing can leave: the policy refuses every way out, and a listener on this machine hears nothing.
{
  let heard = 0;
  const listener = createServer((_, response) => { heard += 1; response.end(); }).listen(0, "127.0.0.1");
  await new Promise((resolve) => listener.once("listening", resolve));
  const port = listener.address().port;
  const { page, close } = await open(browser, { offline: false });
  await page.evaluate(async (port) => {
    const url = `http://127.0.0.1:${port}/`;
    const image = new Image();
    const form = document.createElement("form");
    Object.assign(form, { action: url, method: "post", target: "other" });
    const frame = document.createElement("iframe");
    Object.assign(frame, { name: "other", src: url });
    const script = document.createElement("script");
    document.body.append(form, frame, script);
    const ways = [() => fetch(url), () => { image.src = `${url}x.png`; }, () => navigator.sendBeacon(url, "x"), () => new WebSocket(`ws://127.0.0.1:${port}/`),
      () => new EventSource(url), () => form.submit(), () => { script.src = url; }, () => new Worker(url)];
    for (const way of ways) try { await way(); } catch { /* Refused, as it should be. */ }
    await new Promise((resolve) => setTimeout(resolve, 500));
  }, port);
  await close();
  // The listener does hear: asked without the page's policy, it counts.
  const plain = await (await browser.newContext()).newPage();
  await plain.goto(`http://127.0.0.1:${port}/`);
  assert.ok(heard >= 1, "the listener hears nothing at all");
  const out = heard - 1 - (await plain.evaluate(() => performance.getEntriesByType("resource").length));
  console.log(out > 0 ? `FAIL ${out} requests left the page` : "ok   no request leaves, even when the page itself tries");
  failed += Math.max(0, out);
  await plain.close();
  listener.close();
}

// The same page from the program.
{
  const service = spawn("target/debug/ombud", ["serve", "--port", "0", "--no-config", "--lang", "en"], { stdio: ["ignore", "pipe", "inherit"] });
  const line = await new Promise((resolve) => service.stdout.once("data", (data) => resolve(String(data))));
  const url = /http:\S+/.exec(line)[0];
  const { page, left, errors, close } = await open(browser, {}, url);
  await page.fill("#draft", POST);
  await settled(page, "Publicera inte än");
  assert.deepEqual(await page.locator("#paper mark").allTextContents(), ["Alva Ekdahl", "070-174 06 12"]);
  assert.ok(!page.url().includes("token"), "the token does not stay in the address");
  assert.deepEqual([left, errors], [[], []]);
  console.log("ok   the same page from ombud serve");
  await close();
  service.kill();
}

await browser.close();
opened.sort((a, b) => a - b);
console.log(`page: opened in ${opened[opened.length >> 1]} ms (median of ${opened.length}), ${failed} failures`);
process.exit(failed ? 1 : 0);
