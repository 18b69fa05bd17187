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

  /** Puts `words` in place of a finding, so that the browser's own undo takes it back. */
  replace(finding, words) {
    let { start, end } = finding;
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

/** A pupil by class: "Alva i 3B" and "Alva, åk 3" become "en elev i åk 3". */
function pupil(sentence) {
  const year = /\b(?:åk|årskurs|klass)\.?\s?([1-9F])/iu.exec(sentence)?.[1] ?? /(?:^|\s)i\s([1-9])[A-Da-d]?(?=[\s.,!?]|$)/u.exec(sentence)?.[1];
  if (year) return [/\b(?:åk|årskurs|klass|i\s[1-9][A-D]?\b)/iu.test(sentence) ? `en elev i åk ${year}` : "en elev", "en elev"];
  return /försk/iu.test(sentence) ? ["ett barn på förskolan", "ett barn"] : ["en elev", "ett barn"];
}

/** What may stand in place of a finding; the empty text removes it. Drafts are Swedish, whatever the page speaks. */
function suggestions(finding, text, settings) {
  const has = (attribute) => finding.attributes.includes(attribute);
  const sentence = sentenceAround(text, finding.start, finding.end);
  const isFirst = /(^|[.!?]\s+|\n\s*)$/.test(text.slice(0, finding.start));
  const start = (words) => (isFirst && words ? words[0].toUpperCase() + words.slice(1) : words);
  const of = {
    person: () => {
      if (has("minor")) return pupil(sentence);
      if (has("official")) return ["en medarbetare hos oss"];
      return /\b(elev|klass|åk|skola)/iu.test(sentence) ? pupil(sentence) : ["en invånare", "en besökare"];
    },
    phone: () => [settings.switchboard || "kontaktcenter", ""],
    email: () => [settings.mailbox || "vår funktionsbrevlåda", ""],
    personnummer: () => ["", "[personnummer borttaget]"],
    birthdate: () => ["", "[födelsedatum borttaget]"],
    address: () => ["i området", "[adress borttagen]"],
    handle: () => ["vårt eget konto", ""],
    plate: () => ["", "[registreringsnummer borttaget]"],
    account: () => ["", "[kontonummer borttaget]"],
    casenumber: () => ["", "[ärendenummer borttaget]"],
  }[finding.kind];
  const words = of ? of() : finding.kind === "special" ? [] : [""];
  return [...new Set(words.map(start))];
}
