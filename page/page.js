// The page: fields in, findings out. Checks run as one types; nothing is kept but settings.
"use strict";

const CHIPS = ["facebook", "instagram", "linkedin", "web", "intranat"];
const TEXTS = /\.(txt|text)$/i;
const IMAGES = /\.(jpe?g|png|webp|gif|heic|avif)$/i;
const EXAMPLE = "Grattis Alva Ekdahl i 3B som vann höstens läsutmaning! Alva får ett bokpaket på fredag kl. 14 i biblioteket.\n\nVill du också vara med? Ring Torbjörn Edvardsson på 070-174 06 12 eller mejla torbjorn.edvardsson@example.se. Uppge barnets personnummer, till exempel 580404-3643.";

let engine;
let book = { rules: [], channels: [], policies: [] };
let draft;
const images = [];
let board = null;
let files = [];
let last = { findings: [] };
const settings = { policy: "", mailbox: "", switchboard: "", channel: "facebook" };

const ruleOf = (id) => book.rules.find((rule) => rule.id === id);
const channelName = (channel) => ({ web: say("web"), intranat: say("internal") })[channel.id] ?? channel.name;
const announce = (words) => { $("said").textContent = words; };

function keep() {
  try { localStorage.setItem("ombud", JSON.stringify({ ...settings, lang })); } catch { /* A browser may forbid it; then nothing is kept. */ }
}

function recall() {
  try {
    const kept = JSON.parse(localStorage.getItem("ombud") ?? "{}");
    for (const key of Object.keys(settings)) if (typeof kept[key] === "string") settings[key] = kept[key];
    if (kept.lang in WORDS) lang = kept.lang;
  } catch { /* As above. */ }
}

function trouble(words) {
  $("trouble").textContent = words ?? "";
  $("trouble").hidden = !words;
}

// ---- Channels and settings

function showChannels() {
  const chips = CHIPS.map((id) => book.channels.find((channel) => channel.id === id)).filter(Boolean);
  const rest = book.channels.filter((channel) => !CHIPS.includes(channel.id));
  const chip = (channel) => {
    const input = make("input", { type: "radio", name: "channel", value: channel.id, onchange: () => choose(channel.id) });
    input.checked = channel.id === settings.channel;
    return make("label", { class: "chip" }, input, make("span", {}, channelName(channel)));
  };
  const isRest = rest.some((channel) => channel.id === settings.channel);
  const select = make("select", { "aria-label": say("more"), class: isRest ? "chosen" : null, onchange: (event) => event.target.value && choose(event.target.value) },
    make("option", { value: "" }, say("more")), ...rest.map((channel) => make("option", { value: channel.id }, channel.name)));
  select.value = isRest ? settings.channel : "";
  const now = book.channels.find((channel) => channel.id === settings.channel);
  const note = make("p", { class: "channel-note" }, now ? say(`class-${now.class}`) : "");
  $("channels").replaceChildren(...chips.map(chip), select);
  $("channels").parentElement.querySelector(".channel-note")?.remove();
  $("channels").after(note);
}

function choose(id) {
  settings.channel = id;
  keep();
  const focused = document.activeElement?.value;
  showChannels();
  [...document.querySelectorAll("input[name=channel]")].find((input) => input.value === focused)?.focus();
  check();
}

function showWords() {
  document.documentElement.lang = lang;
  document.title = say("title");
  for (const element of document.querySelectorAll("[data-t]")) element.textContent = say(element.dataset.t);
  $("draft").placeholder = say("placeholder");
  $("language").textContent = say("other");
  $("language").lang = say("otherLang");
  showChannels();
  showImages();
  show(last);
  showFiles();
  showBoard();
}

// ---- The draft and its images

function fields() {
  return [draft, ...images.map((image) => image.field)];
}

function showImages() {
  $("images").replaceChildren(...images.map((image, i) => {
    const n = i + 1;
    const id = `alt-${n}`;
    image.field.area.id = id;
    image.field.area.setAttribute("aria-describedby", `hint-${n}`);
    const picture = image.url ? make("img", { src: image.url, alt: "" }) : make("span", { class: "no-picture" });
    const remove = make("button", { type: "button", class: "link", "aria-label": say("removeImage", { n }), onclick: () => removeImage(image) }, say("remove"));
    const hint = [say("altHint"), image.meta && say(image.meta, { n: image.found })].filter(Boolean).join(" ");
    return make("div", { class: "image" }, picture, make("label", { for: id }, say("alt", { n })), remove, image.paper, make("p", { class: "hint", id: `hint-${n}` }, hint));
  }));
}

function addImage(url) {
  const paper = make("div", { class: "paper small" }, make("div", { class: "marks", "aria-hidden": "true" }), make("textarea", { rows: "2", autocomplete: "off" }));
  const image = { paper, url, field: new MarkedField(paper, soon) };
  images.push(image);
  showImages();
  return image;
}

function removeImage(image) {
  images.splice(images.indexOf(image), 1);
  if (image.url) URL.revokeObjectURL(image.url);
  showImages();
  $("add-image").focus();
  check();
}

// ---- Checking

let timer;
let turn = 0;

function soon() {
  $("count").textContent = say("count", { n: [...draft.value].length });
  clearTimeout(timer);
  timer = setTimeout(check, 120);
}

function request() {
  return { channel: settings.channel, policy: settings.policy || null, lang };
}

async function check() {
  clearTimeout(timer);
  const mine = ++turn;
  if (!engine) return;
  const texts = fields().map((field) => field.value);
  if (texts.every((text) => !text.trim())) {
    show({ findings: [], empty: true });
    return;
  }
  try {
    const answer = await engine.check({ ...request(), text: texts[0], alts: texts.slice(1), offsets: "utf16" });
    if (mine !== turn) return;
    trouble(null);
    show({ findings: answer.findings });
  } catch (fault) {
    if (mine === turn) failed(fault);
  }
}

function failed(fault) {
  trouble(say("engineFault", { why: fault.message }));
  show({ findings: [], failed: true });
}

function verdict({ findings, empty, failed: isFailed }) {
  const count = (severity) => findings.filter((finding) => finding.severity === severity).length;
  const [stops, looks, notes] = ["error", "warning", "note"].map(count);
  const channel = book.channels.find((one) => one.id === settings.channel);
  if (isFailed) return ["stop", say("unread"), ""];
  if (empty) return ["empty", say("empty"), say("emptyLine")];
  if (stops) return ["stop", say("stop"), say("stopLine", { stop: stops, look: looks ? say("stopLook", { n: looks }) : "" })];
  if (looks) return ["look", say("look"), say("lookLine", { n: looks })];
  if (notes) return ["note", say("noteHead"), say("noteLine", { n: notes })];
  return ["good", say("good"), say("goodLine", { channel: channel ? channelName(channel) : "" })];
}

function show(result) {
  last = result;
  const [state, head, line] = verdict(result);
  $("verdict-box").dataset.state = state;
  $("verdict").textContent = head;
  if ($("verdict-line").textContent !== line) $("verdict-line").textContent = line;
  fields().forEach((field, i) => field.show(result.findings.filter((finding) => finding.field === i).sort((a, b) => a.start - b.start)));
  const rank = { error: 0, warning: 1, note: 2 };
  const sorted = [...result.findings].sort((a, b) => rank[a.severity] - rank[b.severity] || a.field - b.field || a.start - b.start);
  $("findings").replaceChildren(...sorted.map(showFinding));
}

function showFinding(finding) {
  const rule = ruleOf(finding.rule);
  const field = fields()[finding.field];
  const words = field.value.slice(finding.start, finding.end);
  const point = (on) => () => { finding.mark?.classList.toggle("here", on); item.classList.toggle("here", on); };
  const swap = (one) => make("button", { type: "button", onclick: () => replace(finding, one) }, one.words || say("remove"));
  const swaps = suggestions(finding, field.value, settings);
  const law = rule?.law?.map((one) => one.ref).join("; ");
  const item = make("li", { class: "finding", onmouseenter: (event) => point(true)(event), onmouseleave: (event) => point(false)(event) },
    make("div", { class: "finding-head" },
      make("span", { class: `badge ${finding.severity}` }, say(finding.severity)),
      make("h3", {}, rule ? rule.title[lang] : finding.message)),
    make("p", {},
      make("button", { type: "button", class: "words", "aria-label": say("show", { words }), onclick: () => field.select(finding) }, `”${words.replace(/\s+/g, " ")}”`),
      " ", make("span", { class: "where" }, finding.field ? say("inAlt", { n: finding.field }) : say("inText"))),
    make("dl", {}, make("dt", {}, say("do")), make("dd", {}, finding.remedy)),
    swaps.length > 0 && make("div", { class: "swaps" }, make("span", {}, say("swap")), ...swaps.map(swap)),
    make("details", {}, make("summary", {}, say("more1")), make("p", {}, rule?.why[lang] ?? ""), law && make("p", { class: "where" }, `${say("law")}: ${law}. ${finding.rule}`)));
  return item;
}

async function replace(finding, one) {
  fields()[finding.field].replace(finding, one);
  await check();
  announce(one.words ? say("swapped", one) : say("removed"));
  $("verdict").focus({ preventScroll: true });
}

async function copy(text, words) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = make("textarea", { class: "visually-hidden" });
    area.value = text;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    if (!done) return announceToo(say("cannotCopy"));
  }
  return announceToo(words);
}

function announceToo(words) {
  announce(words);
  $("count").textContent = words;
}

function copyDraft() {
  const stops = last.findings.filter((finding) => finding.severity === "error").length;
  const alts = images.map((image, i) => image.field.value && `${say("alt", { n: i + 1 })}: ${image.field.value}`).filter(Boolean);
  copy([draft.value, ...alts].join("\n\n"), stops ? say("copiedStop", { n: stops }) : say("copied"));
}

// ---- Files and boards

async function take(list) {
  for (const file of list) {
    const bytes = new Uint8Array(await file.arrayBuffer());
    try {
      await takeOne(file, bytes);
    } catch (fault) {
      files.push({ name: file.name, failed: fault.message });
      showFiles();
    }
  }
}

async function takeOne(file, bytes) {
  announce(say("reading", { name: file.name }));
  if (/\.toml$/i.test(file.name) && engine.isLocal) return configure(file.name, bytes);
  if (TEXTS.test(file.name)) return openDraft(file.name, new TextDecoder().decode(bytes));
  const answer = await engine.check({ ...request(), name: file.name }, bytes);
  if (/\.json$/i.test(file.name)) {
    const found = boardOf(parsed(bytes));
    if (found && answer.summary.complete) return openBoard(found, answer.findings);
  }
  const entry = { name: file.name, answer, text: /\.(md|markdown|html?)$/i.test(file.name) ? new TextDecoder().decode(bytes) : null };
  if (IMAGES.test(file.name)) {
    const image = addImage(URL.createObjectURL(file));
    image.meta = !answer.summary.complete ? "imageUnread" : answer.findings.length ? "imageMeta" : "imageClean";
    image.found = answer.findings.length;
    showImages();
    image.field.area.focus();
    if (!answer.findings.length) return undefined;
  }
  files.push(entry);
  showFiles();
  $("files-title").focus();
  return undefined;
}

function parsed(bytes) {
  try { return JSON.parse(new TextDecoder().decode(bytes)); } catch { return null; }
}

async function configure(name, bytes) {
  try {
    engine.configure(new TextDecoder().decode(bytes));
    book = await engine.rules();
    settings.policy = book.policy;
    showPolicies();
    showChannels();
    trouble(null);
    announceToo(say("configured", { name }));
    check();
  } catch (fault) {
    trouble(say("badConfig", { name, why: fault.message }));
  }
}

function openDraft(name, text) {
  draft.value = text;
  draft.area.focus();
  check();
  announceToo(say("asDraft", { name }));
}

function showFiles() {
  $("files").hidden = !files.length;
  const list = (findings) => make("ul", {}, ...findings.slice(0, 200).map((finding) => make("li", {},
    make("span", { class: `badge ${finding.severity}` }, say(finding.severity)), ` ${ruleOf(finding.rule)?.title[lang] ?? finding.message} · ${finding.masked} · ${finding.place || say("line", { n: finding.line })}`,
    make("br"), make("span", { class: "where" }, ruleOf(finding.rule)?.remedy[lang] ?? finding.remedy))));
  $("file-list").replaceChildren(...files.map((file) => {
    const { answer } = file;
    const unread = file.failed ?? answer.sources.find((source) => source.status !== "scanned")?.reason;
    const worst = answer?.findings.some((finding) => finding.severity === "error") ? "stop" : answer?.findings.length ? "look" : "good";
    const state = unread ? "stop" : worst;
    const words = unread ? say(answer?.findings.length ? "partly" : "unread") : answer.findings.length ? say(worst) : say("fileGood");
    return make("article", { class: "file" },
      make("div", { class: "file-head" }, make("div", {}, make("h3", {}, file.name), make("span", { class: `badge ${state}` }, words)),
        file.text != null && make("button", { type: "button", onclick: () => openDraft(file.name, file.text) }, say("toDraft"))),
      unread && make("p", { class: "where" }, unread), answer?.findings.length ? list(answer.findings) : null);
  }));
}

function openBoard(found, findings) {
  board = { found, findings };
  showBoard();
  $("board-title").focus();
}

function rows() {
  return planned(board.found, board.findings, book.channels);
}

function showBoard() {
  $("board").hidden = !board;
  document.body.classList.toggle("board-open", Boolean(board));
  if (!board) return;
  const all = rows();
  const closed = board.found.cards.length - all.length;
  $("board-title").textContent = say("boardTitle", { name: `”${board.found.name ?? ""}”` });
  $("board-line").textContent = [say("boardLine", { all: all.length, bad: all.filter((row) => row.count("error")).length }), closed ? say("closedCards", { n: closed }) : ""].join(" ");
  $("cards").replaceChildren(...all.map((row) => {
    const { state, words } = cardVerdict(row);
    const isPast = row.due && (row.due < Date.now() || row.card.dueComplete);
    const time = row.due ? make("time", { datetime: row.due.toISOString(), class: !isPast && row.due - Date.now() < 48 * 3600e3 ? "soon" : null }, when(row.due), isPast ? ` · ${say(row.card.dueComplete ? "published" : "past")}` : "")
      : make("time", {}, say("noDate"));
    const open = () => {
      settings.channel = row.channel?.id ?? settings.channel;
      showChannels();
      openDraft(row.card.name, [row.card.name, row.card.desc].filter(Boolean).join("\n\n"));
    };
    return make("li", { class: "card" }, time,
      make("div", {}, make("h3", {}, row.card.name), make("span", { class: "where" }, [row.list, row.channel && channelName(row.channel)].filter(Boolean).join(" · "))),
      make("span", { class: "verdict-cell" }, make("span", { class: `badge ${state}` }, words)),
      row.findings.length > 0 && make("details", {}, make("summary", {}, say("findingsIn"), make("span", { class: "visually-hidden" }, `: ${row.card.name}`)),
        make("ul", {}, ...row.findings.map((finding) => make("li", {}, make("span", { class: `badge ${finding.severity}` }, say(finding.severity)), ` ${ruleOf(finding.rule)?.title[lang] ?? finding.message} · ${finding.masked}`))),
        make("button", { type: "button", onclick: open }, say("toDraft"))));
  }));
}

// ---- Start

function showPolicies() {
  $("policy").replaceChildren(...book.policies.map((name) => make("option", { value: name }, name)));
  $("policy").value = settings.policy || book.policy;
}

function listen() {
  const click = (id, action) => $(id).addEventListener("click", action);
  click("language", () => { lang = lang === "sv" ? "en" : "sv"; keep(); showWords(); check(); });
  click("example", () => openDraft(say("example"), EXAMPLE));
  click("copy", copyDraft);
  click("add-image", () => addImage().field.area.focus());
  click("clear", () => {
    draft.value = "";
    images.splice(0).forEach((image) => image.url && URL.revokeObjectURL(image.url));
    files = [];
    showImages();
    showFiles();
    soon();
    check();
    announce(say("cleared"));
    draft.area.focus();
  });
  click("remind", () => copy(reminder(rows(), (finding) => ruleOf(finding.rule)?.title[lang] ?? finding.rule), say("reminded")));
  click("print", () => window.print());
  click("close-board", () => { board = null; showBoard(); draft.area.focus(); });
  $("policy").addEventListener("change", (event) => { settings.policy = event.target.value; keep(); check(); });
  for (const id of ["mailbox", "switchboard"]) {
    $(id).value = settings[id];
    $(id).addEventListener("input", (event) => { settings[id] = event.target.value.trim(); keep(); show(last); });
  }
  $("file").addEventListener("change", (event) => { take([...event.target.files]); event.target.value = ""; });
  let depth = 0;
  const dragging = (change) => { depth = Math.max(0, depth + change); document.body.classList.toggle("dragging", depth > 0); };
  document.addEventListener("dragenter", () => dragging(1));
  document.addEventListener("dragleave", () => dragging(-1));
  document.addEventListener("dragover", (event) => { if (event.dataTransfer.types.includes("Files")) event.preventDefault(); });
  document.addEventListener("drop", (event) => {
    dragging(-depth);
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take([...event.dataTransfer.files]);
  });
}

async function start() {
  recall();
  draft = new MarkedField($("paper"), soon);
  listen();
  showWords();
  show({ findings: [], empty: true });
  $("count").textContent = say("count", { n: 0 });
  try {
    engine = await Engine.start();
    book = await engine.rules();
  } catch (fault) {
    failed(fault);
    return;
  }
  if (!book.policies.includes(settings.policy)) settings.policy = "";
  if (!book.channels.some((channel) => channel.id === settings.channel)) settings.channel = book.channels[0].id;
  showPolicies();
  showChannels();
  document.documentElement.dataset.ready = "";
  check();
}

start();
