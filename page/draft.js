// A field whose findings shine through from behind, and what may be written in place of what was found.
"use strict";

/** A textarea with a twin behind it that carries the marks. */
class MarkedField {
  constructor(paper, onInput) {
    this.area = paper.querySelector("textarea");
    this.marks = paper.querySelector(".marks");
    this.area.addEventListener("input", () => {
      // Until the next check, marks stay on the words they were made for only if nothing moved: take them away.
      this.show([]);
      onInput();
    });
    new ResizeObserver(() => this.grow()).observe(paper);
  }

  get value() {
    return this.area.value;
  }

  set value(text) {
    this.area.value = text;
    this.show([]);
  }

  grow() {
    this.area.style.height = "auto";
    this.area.style.height = `${this.area.scrollHeight}px`;
  }

  /** Marks the findings, which are in order of place. */
  show(findings) {
    this.grow();
    const text = this.value;
    const parts = [];
    let at = 0;
    for (const finding of findings) {
      if (finding.start < at || finding.end > text.length) continue;
      parts.push(text.slice(at, finding.start));
      const mark = make("mark", { class: finding.severity }, text.slice(finding.start, finding.end));
      finding.mark = mark;
      parts.push(mark);
      at = finding.end;
    }
    // A last line that is empty has height only with something on it.
    this.marks.replaceChildren(...parts, `${text.slice(at)}\u200b`);
  }

  select(finding) {
    this.area.focus();
    this.area.setSelectionRange(finding.start, finding.end);
    finding.mark?.scrollIntoView({ block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth" });
  }

  /** Puts `words` in place of a finding (up to `end`), so that the browser's own undo takes it back. */
  replace(finding, { words, end }) {
    let { start } = finding;
    const text = this.value;
    if (!words && text[start - 1] === " " && /^[\s.,;:!?)]|^$/.test(text.slice(end, end + 1))) start -= 1;
    this.area.focus();
    this.area.setSelectionRange(start, end);
    const done = words ? document.execCommand("insertText", false, words) : document.execCommand("delete");
    if (!done) {
      this.area.setRangeText(words, start, end, "end");
      this.area.dispatchEvent(new Event("input"));
    }
  }
}

/** The sentence around a place. */
function sentenceAround(text, start, end) {
  const before = Math.max(...[". ", "! ", "? ", "\n"].map((sign) => text.lastIndexOf(sign, start - 1)));
  const after = text.slice(end).search(/[.!?](\s|$)|\n/);
  return text.slice(before + 1, after < 0 ? text.length : end + after);
}

/** A school class right after a name, which goes with the name: "Alva i 3B", "Alva, åk 3", "Alva (klass 7C)". */
const CLASS_AFTER = /^(?:,?\s+|\s*\()(?:i\s+|från\s+)?(?:(?:åk|årskurs|klass)\.?\s?)?([1-9])\s?[A-Ea-e]?\)?(?=[\s.,:;!?)]|$)/u;

/** Words for a child: a pupil by year where the text says one, and in the definite form once there is one in the text. */
function pupil(finding, text) {
  const sentence = sentenceAround(text, finding.start, finding.end);
  if (/\ben elev\b/iu.test(text.slice(0, finding.start))) return [{ words: "eleven" }, { words: "barnet" }];
  const after = CLASS_AFTER.exec(text.slice(finding.end));
  if (after) return [{ words: `en elev i åk ${after[1]}`, end: finding.end + after[0].length }, { words: "en elev" }];
  const year = /\b(?:åk|årskurs|klass)\.?\s?([1-9F])/iu.exec(sentence)?.[1];
  if (year) return [{ words: `en elev i åk ${year}` }, { words: "en elev" }];
  return /försk/iu.test(sentence) ? [{ words: "ett barn på förskolan" }, { words: "ett barn" }] : [{ words: "en elev" }, { words: "ett barn" }];
}

/** What may stand in place of a finding, and up to where; empty words remove it. Drafts are Swedish, whatever the page speaks. */
function suggestions(finding, text, settings) {
  const has = (attribute) => finding.attributes.includes(attribute);
  const plain = (...all) => all.map((words) => ({ words }));
  const before = text.slice(0, finding.start);
  const isFirst = /(^|[.!?]\s+|\n\s*)$/.test(before);
  const start = (words) => (isFirst && words ? words[0].toUpperCase() + words.slice(1) : words);
  const person = () => {
    if (has("minor") || /\b(?:elev|klass|åk|skola)/iu.test(sentenceAround(text, finding.start, finding.end))) return pupil(finding, text);
    if (has("official")) return plain("en medarbetare hos oss");
    return /\ben (?:invånare|besökare)\b/iu.test(before) ? plain("personen") : plain("en invånare", "en besökare");
  };
  const of = {
    person,
    phone: () => plain(settings.switchboard || "kontaktcenter", ""),
    email: () => plain(settings.mailbox || "vår funktionsbrevlåda", ""),
    personnummer: () => plain("", "[personnummer borttaget]"),
    birthdate: () => plain("", "[födelsedatum borttaget]"),
    address: () => plain("i området", "[adress borttagen]"),
    handle: () => plain("vårt eget konto", ""),
    plate: () => plain("", "[registreringsnummer borttaget]"),
    account: () => plain("", "[kontonummer borttaget]"),
    casenumber: () => plain("", "[ärendenummer borttaget]"),
    special: () => [],
  }[finding.kind];
  return (of ? of() : plain("")).map((one) => ({ words: start(one.words), end: one.end ?? finding.end }));
}
