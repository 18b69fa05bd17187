// What the page says, in Swedish and English. What rules say comes from the rule files, by way of the engine.
"use strict";

const WORDS = {
  sv: {
    title: "ombud – kolla utkastet innan det publiceras", other: "English", otherLang: "en",
    skipDraft: "Hoppa till utkastet", skipFindings: "Hoppa till fynden",
    tagline: "Kolla utkastet innan det publiceras", local: "Ingenting lämnar din dator",
    draft: "Utkast", where: "Var ska det publiceras?", text: "Text", example: "Visa ett exempel",
    placeholder: "Skriv eller klistra in ditt inlägg. Det granskas medan du skriver.",
    copy: "Kopiera texten", addImage: "Lägg till bild", clear: "Rensa", count: "{n} tecken",
    dropHere: "Släpp en fil här: Trello-export, Word, Markdown, webbsida eller bild.", choose: "Välj fil",
    settings: "Inställningar", policy: "Policy", mailbox: "Vår funktionsbrevlåda", switchboard: "Vår växel",
    settingsHint: "Används i förslagen. Sparas bara i den här webbläsaren; utkastet sparas aldrig. Släpp er ombud.toml här för att granska med era egna regler.",
    files: "Filer", remind: "Kopiera påminnelse (48 timmar)", print: "Skriv ut", close: "Stäng",
    footer: "ombud säger var risken finns; ni avgör. Texten granskas på din dator och skickas ingenstans.",
    more: "Fler kanaler …", internal: "Internt", web: "Webb",
    "class-own-web": "Egen webb eller tjänst inom EU.", "class-us-dpf": "Plattform i USA som stöder sig på Data Privacy Framework: publicering kan innebära tredjelandsöverföring.",
    "class-third-country": "Tredjeland: publicering kan innebära överföring utan skyddsnivå enligt EU-beslut.", "class-internal": "Publiceras inte.",
    empty: "Klar att läsa", emptyLine: "Skriv i fältet, så syns här vad som är personuppgifter och vad du kan skriva i stället.",
    good: "Inget att invända", goodLine: "Inga personuppgifter som policyn invänder mot i {channel}.",
    stop: "Publicera inte än", look: "Se över först", noteHead: "Bra att veta",
    stopLine: "{stop} att åtgärda{look}.", stopLook: ", {n} att se över", lookLine: "{n} att se över innan det publiceras.", noteLine: "{n} att känna till.",
    error: "Stopp", warning: "Se över", note: "Notera", why: "Varför", do: "Gör så", law: "Stöd", evidence: "Varför tror ombud det?", more1: "Varför och lagstöd",
    swap: "Byt mot", remove: "Ta bort", inText: "i texten", inAlt: "i bildtext {n}", show: "Visa ”{words}” i texten",
    swapped: "Bytte ut mot ”{words}”.", removed: "Togs bort.", copied: "Texten är kopierad.", copiedStop: "Kopierad, men {n} saker bör åtgärdas först.", cannotCopy: "Det gick inte att kopiera. Markera texten och tryck Ctrl+C.",
    alt: "Alt-text till bild {n}", altHint: "Beskriv vad som händer på bilden och vilken roll personerna har. Namnge ingen.", removeImage: "Ta bort bild {n}",
    line: "rad {n}", unread: "Kunde inte granskas", partly: "Delvis oläst", fileGood: "Inget att invända", reading: "Läser {name} …", toDraft: "Öppna som utkast",
    boardTitle: "Tavlan {name}", boardLine: "{all} kort, {bad} behöver åtgärdas före publicering.", noDate: "Utan datum", published: "Klart", past: "Passerat",
    closedCards: "{n} arkiverade kort visas inte.", reminded: "Påminnelsen är kopierad.", remindHead: "Publiceras inom 48 timmar och är inte klart:", remindNone: "Allt som publiceras inom 48 timmar är klart.",
    cardStop: "Stopp {n}", cardLook: "Se över {n}", cardNote: "Notera {n}", cardGood: "Klart", findingsIn: "Visa fynden",
    configured: "Granskar nu enligt {name}.", badConfig: "{name}: {why}", noEngine: "Motorn saknas i den här filen. Öppna ombud.html, eller starta ombud serve.",
    engineFault: "Granskningen gick inte att göra ({why}). Lita inte på att texten är fri från personuppgifter.", cleared: "Fältet är tömt.",
    asDraft: "{name} öppnades som utkast.", imageMeta: "Bildens dolda uppgifter är granskade: {n} fynd.", imageClean: "Bildens dolda uppgifter: inget att invända.",
    imageUnread: "Bildens dolda uppgifter kunde inte läsas.",
  },
  en: {
    title: "ombud – check the draft before it is published", other: "Svenska", otherLang: "sv",
    skipDraft: "Skip to the draft", skipFindings: "Skip to the findings",
    tagline: "Check the draft before it is published", local: "Nothing leaves your computer",
    draft: "Draft", where: "Where will it be published?", text: "Text", example: "Show an example",
    placeholder: "Write or paste your post. It is checked as you type.",
    copy: "Copy the text", addImage: "Add an image", clear: "Clear", count: "{n} characters",
    dropHere: "Drop a file here: Trello export, Word, Markdown, web page or image.", choose: "Choose a file",
    settings: "Settings", policy: "Policy", mailbox: "Our shared mailbox", switchboard: "Our switchboard",
    settingsHint: "Used in suggestions. Kept in this browser only; the draft is never kept. Drop your ombud.toml here to check by your own rules.",
    files: "Files", remind: "Copy reminder (48 hours)", print: "Print", close: "Close",
    footer: "ombud says where the risk is; you decide. The text is checked on your computer and sent nowhere.",
    more: "More channels …", internal: "Internal", web: "Web",
    "class-own-web": "Your own web site or a service in the EU.", "class-us-dpf": "A US platform that relies on the Data Privacy Framework: publishing may amount to a transfer to a third country.",
    "class-third-country": "Third country: publishing may amount to a transfer without an adequacy decision.", "class-internal": "Not published.",
    empty: "Ready to read", emptyLine: "Write in the field: what is personal data, and what to write instead, shows here.",
    good: "Nothing to object to", goodLine: "No personal data that the policy objects to for {channel}.",
    stop: "Do not publish yet", look: "Look it over first", noteHead: "Good to know",
    stopLine: "{stop} to fix{look}.", stopLook: ", {n} to look over", lookLine: "{n} to look over before it is published.", noteLine: "{n} to know about.",
    error: "Stop", warning: "Look over", note: "Note", why: "Why", do: "Do this", law: "Basis", evidence: "Why does ombud think so?", more1: "Why, and the law",
    swap: "Replace with", remove: "Remove", inText: "in the text", inAlt: "in alt text {n}", show: "Show “{words}” in the text",
    swapped: "Replaced with “{words}”.", removed: "Removed.", copied: "The text is copied.", copiedStop: "Copied, but {n} things should be fixed first.", cannotCopy: "Copying failed. Select the text and press Ctrl+C.",
    alt: "Alt text of image {n}", altHint: "Say what happens in the picture and which role people have. Name nobody.", removeImage: "Remove image {n}",
    line: "line {n}", unread: "Could not be checked", partly: "Partly unread", fileGood: "Nothing to object to", reading: "Reading {name} …", toDraft: "Open as draft",
    boardTitle: "The board {name}", boardLine: "{all} cards, {bad} need fixing before publication.", noDate: "No date", published: "Done", past: "Past",
    closedCards: "{n} archived cards are not shown.", reminded: "The reminder is copied.", remindHead: "Published within 48 hours and not clean:", remindNone: "Everything that publishes within 48 hours is clean.",
    cardStop: "Stop {n}", cardLook: "Look over {n}", cardNote: "Note {n}", cardGood: "Clean", findingsIn: "Show findings",
    configured: "Now checking by {name}.", badConfig: "{name}: {why}", noEngine: "The engine is not in this file. Open ombud.html, or start ombud serve.",
    engineFault: "The check could not be done ({why}). Do not trust that the text is free from personal data.", cleared: "The field is empty.",
    asDraft: "{name} was opened as a draft.", imageMeta: "The image's hidden data was checked: {n} findings.", imageClean: "The image's hidden data: nothing to object to.",
    imageUnread: "The image's hidden data could not be read.",
  },
};

let lang = "sv";

/** The words for `key`, with `{name}` filled in. */
function say(key, values = {}) {
  return (WORDS[lang][key] ?? key).replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

/** An element with attributes, listeners (`onclick`) and children; text is never read as markup. */
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value != null) element.setAttribute(name, value);
  }
  element.append(...children.filter((child) => child != null && child !== false));
  return element;
}

const $ = (id) => document.getElementById(id);
