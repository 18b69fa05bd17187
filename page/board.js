// A Trello board: its cards by the time they are published, each with its verdict.
"use strict";

/** Whether parsed JSON is a board's export, or a single card's. */
function boardOf(json) {
  if (Array.isArray(json?.cards) && Array.isArray(json?.lists)) return json;
  if (json?.idBoard && typeof json.desc === "string") return { ...json, cards: [json], lists: [], single: true };
  return null;
}

/** The card that a finding stands on. */
function cardOf(place, board) {
  const steps = place.split("/").slice(1);
  if (board.single) return board.cards[0];
  if (steps[0] === "cards") return board.cards[Number(steps[1])];
  if (steps[0] === "checklists") {
    const id = board.checklists?.[Number(steps[1])]?.idCard;
    return board.cards.find((card) => card.id === id);
  }
  return undefined;
}

/** The channel that a card's labels or list name, as the engine reads them: whole names first, then words of them. */
function channelOf(card, board, channels) {
  const list = board.lists.find((one) => one.id === card.idList)?.name;
  const names = [...(card.labels ?? []).map((label) => label.name), list].filter(Boolean).map((name) => name.trim().toLowerCase());
  const is = (channel, name) => channel.id === name || channel.name.toLowerCase() === name || channel.aliases.includes(name);
  const find = (all) => all.map((name) => channels.find((channel) => is(channel, name))).find(Boolean);
  return find(names) ?? find(names.flatMap((name) => name.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 1)));
}

/** The cards that are not archived, what is published next first, what has no date last. */
function planned(board, findings, channels) {
  const rows = new Map(board.cards.map((card) => [card, { card, findings: [] }]));
  for (const finding of findings) rows.get(cardOf(finding.place, board))?.findings.push(finding);
  const open = [...rows.values()].filter(({ card }) => !card.closed);
  for (const row of open) {
    row.list = board.lists.find((one) => one.id === row.card.idList)?.name ?? "";
    row.channel = channels.find((one) => one.id === row.findings[0]?.channel) ?? channelOf(row.card, board, channels);
    row.due = row.card.due ? new Date(row.card.due) : null;
    row.count = (severity) => row.findings.filter((finding) => finding.severity === severity).length;
  }
  const now = Date.now();
  const rank = ({ due, card }) => (due ? (due < now || card.dueComplete ? 1 : 0) : 2);
  return open.sort((a, b) => rank(a) - rank(b) || (a.due ?? 0) - (b.due ?? 0));
}

function when(due) {
  const words = due.toLocaleString(lang === "sv" ? "sv-SE" : "en-GB", { weekday: "short", day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" });
  return lang === "sv" ? words.replace(/(\d\d):(\d\d)/, "$1.$2") : words;
}

/** A card's verdict as a word and a class: never by colour alone. */
function cardVerdict(row) {
  for (const [severity, state, key] of [["error", "stop", "cardStop"], ["warning", "look", "cardLook"], ["note", "note", "cardNote"]]) {
    if (row.count(severity)) return { state, words: say(key, { n: row.count(severity) }) };
  }
  return { state: "good", words: say("cardGood") };
}

/** The list to paste into a chat or a meeting: what goes out within 48 hours and is not clean. No words of the drafts. */
function reminder(rows, titleOf) {
  const now = Date.now();
  const soon = rows.filter(({ due, findings }) => due && due >= now && due - now <= 48 * 3600e3 && findings.length);
  if (!soon.length) return say("remindNone");
  const line = (row) => `- [ ] ${when(row.due)} · ${row.card.name.replace(/[\\[\]*_`<>]/g, "\\$&")}${row.channel ? ` · ${row.channel.name}` : ""}: ${[...new Set(row.findings.map(titleOf))].join(", ")}${row.card.shortUrl ? ` ${row.card.shortUrl}` : ""}`;
  return [say("remindHead"), "", ...soon.map(line), ""].join("\n");
}
