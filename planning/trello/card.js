// One card: what the library gives of it, checked by the engine in the browser.
"use strict";

/** `name = channel`, one a line, as the table of an `ombud.toml`. */
function toToml({ policy, labels } = {}) {
  const rows = (labels ?? "").split("\n").map((row) => row.split("=").map((part) => part.trim())).filter(([name, channel]) => name && channel);
  const text = (words) => JSON.stringify(words);
  return [policy && `extends = ${text(policy)}`, "[trello.labels]", ...rows.map(([name, channel]) => `${text(name)} = ${text(channel)}`)].filter(Boolean).join("\n");
}

let starting;

/** The engine under the board's settings; started once for a page. */
async function engineFor(t) {
  starting ??= Engine.start();
  const engine = await starting;
  const toml = toToml(await t.get("board", "shared", "ombud"));
  if (engine.toml !== toml) engine.configure(toml);
  return engine;
}

/** The answer for the card that `t` stands on. */
async function checkCard(t) {
  const engine = await engineFor(t);
  const [card, list] = await Promise.all([t.card("id", "name", "desc", "labels"), t.list("name").catch(() => null)]);
  // The shape of a single card's export, so that the same reader reads it; the list's name tells the channel as a label does.
  const labels = [...(card.labels ?? []), ...(list?.name ? [{ name: list.name }] : [])].map(({ name }) => ({ name: name ?? "" }));
  const source = { idBoard: "", name: card.name, desc: card.desc ?? "", labels };
  const answer = await engine.check({ name: "kort.json", lang }, new TextEncoder().encode(JSON.stringify(source)));
  if (!answer.summary.complete) throw new Error(answer.sources[0].reason);
  return answer;
}

/** The verdict as words, a state of the page's and a colour of Trello's. */
function verdictOf({ summary }) {
  if (summary.errors) return { state: "stop", color: "red", words: say("cardStop", { n: summary.errors }) };
  if (summary.warnings) return { state: "look", color: "yellow", words: say("cardLook", { n: summary.warnings }) };
  if (summary.notes) return { state: "note", color: "sky", words: say("cardNote", { n: summary.notes }) };
  return { state: "good", color: "green", words: say("cardGood") };
}

/** Trello's own language decides: Swedish unless it is another. */
function speakAs(t) {
  const locale = t.getContext?.()?.locale ?? navigator.language ?? "sv";
  lang = locale.toLowerCase().startsWith("sv") ? "sv" : "en";
  document.documentElement.lang = lang;
}
