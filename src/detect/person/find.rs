//! From labels to mentions: one text after another, stretch by stretch.

use super::element::joins;
use super::gap::Gap;
use super::genitive::{self, Stands};
use super::invert::{self, Range};
use super::lexicon::List;
use super::model::{Model, PERSON, PERSON_ON};
use super::stretches::Word;
use super::tag::{Effort, Tagger};
use super::token::{Mode, Shape, Token};
use super::{Found, Thoroughness, clue, guards, hash, pair};

/// Least margin of a mention that is reported, in parts of a nat.
pub(crate) const fn threshold(t: Thoroughness) -> i32 {
    match t {
        Thoroughness::Normal => 20,
        Thoroughness::High => -40,
    }
}

/// Least margin of what may still become a mention when the rest of the text speaks for it.
pub(crate) const DOUBTFUL: i32 = -90;

/// What an age right after a given name adds to the margin.
const AGED: i32 = 80;

/// A mention among the words it stands in.
pub(crate) struct Near<'a> {
    pub(crate) tokens: &'a [Token],
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// A mention before the whole text has spoken.
pub(crate) struct Candidate {
    pub(crate) found: Found,
    /// Hashes of its first and last word, the genitive left out.
    pub(crate) first_word: u64,
    pub(crate) last_word: u64,
    /// The words around say that it is something else.
    pub(crate) guarded: bool,
    /// It is the name of a thing, an animal or a brand, beyond doubt.
    pub(crate) is_thing: bool,
}

/// What a text is searched with.
pub(crate) struct Search<'a> {
    pub(crate) model: Model<'a>,
    pub(crate) tagger: Tagger,
    pub(crate) ranges: Vec<(Range, i32)>,
    pub(crate) found: Vec<Candidate>,
}

impl<'a> Search<'a> {
    pub(crate) fn new(model: Model<'a>) -> Self {
        Self { model, tagger: Tagger::default(), ranges: Vec::new(), found: Vec::new() }
    }

    /// Finds the candidates in a stretch of `text`. `certain` are people already known there.
    pub(crate) fn stretch(&mut self, text: &str, (from, to): (usize, usize), effort: Effort, certain: &[(usize, usize)]) {
        self.tagger.run(&self.model, text, from, to, effort, certain);
        self.ranges.clear();
        read(&self.tagger, &mut self.ranges);
        let tokens = &self.tagger.tokens;
        let mut i = 0;
        while i < self.ranges.len() {
            let (mut range, mut margin) = self.ranges[i];
            while range.first < range.last && is_word_for_people(&tokens[range.first]) {
                range.first += 1;
            }
            let cut = starts_sentence(tokens, range);
            range.last -= usize::from(cut);
            let mut last = range.last;
            let mut inverted = false;
            let entry = Range { first: particles(text, tokens, range.first), ..range };
            if let Some(&(next, m)) = self.ranges.get(i + 1)
                && invert::inverted(text, tokens, entry, next)
            {
                last = next.last;
                margin = margin.max(m);
                inverted = true;
                i += 1;
            }
            i += 1;
            let taken = guards::taken(text, tokens, range.first, last);
            let is_thing = taken > 0 && guards::names_thing(text, tokens, range.first, last);
            margin -= taken;
            // Where capitals say nothing, a balanced reading is the best one.
            if tokens[range.first].mode != Mode::Cased {
                margin += threshold(Thoroughness::Normal);
            }
            let first = particles(text, tokens, range.first);
            let near = Near { tokens, first: range.first, last };
            let start = tokens[first].start;
            // The dot is the sentence's.
            let end = end(text, &near) - u32::from(cut && text[..tokens[last].end as usize].ends_with('.'));
            let word = |from: u32, to: u32| hash::word(text.get(from as usize..to as usize).unwrap_or(""));
            let first_word = tokens[range.first];
            let last_word = word(tokens[last].start, end);
            if taken == 0 && first_word.traits.given() > 1 && has_age(&text[end as usize..]) {
                margin += AGED;
            }
            let found = Found { start, end, margin, evidence: clue::of(text, &near, inverted), full: last > range.first };
            let first_word = if last > range.first { first_word.hash } else { last_word };
            self.found.push(Candidate { found, first_word, last_word, guarded: taken > 0, is_thing });
        }
    }
}

/// Whether an age in years follows a name: `, 9 år`, ` 92 år`.
fn has_age(after: &str) -> bool {
    let Some(text) = after.strip_prefix(", ").or_else(|| after.strip_prefix(' ')) else { return false };
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    matches!(digits, 1..=3)
        && text[digits..].strip_prefix(" år").is_some_and(|t| !t.starts_with(char::is_alphanumeric) && !t.starts_with(" i "))
}

/// End of the mention without a genitive, in bytes.
fn end(text: &str, near: &Near<'_>) -> u32 {
    let t = &near.tokens[near.last];
    if t.shape == Shape::Initial {
        return t.end;
    }
    let stands = match near.tokens.get(near.last + 1) {
        Some(n) if n.gap == Gap::Space && n.shape == Shape::Lower && !n.traits.any(List::Function as u32 | List::Speech as u32) => {
            Stands::BeforeNoun
        }
        _ => Stands::Elsewhere,
    };
    #[expect(clippy::cast_possible_truncation, reason = "a word is shorter than its text")]
    let cut = genitive::cut(t.text(text), near.last > near.first, stands) as u32;
    t.start + cut
}

/// Whether a word says what a person is to others, and is no name: `Storebror`, `Kompisen` at the start of a sentence.
const fn is_word_for_people(t: &Token) -> bool {
    t.traits.any(List::Kin as u32 | List::Title as u32) && t.traits.given() == 0 && t.traits.surname() == 0
}

/// Whether the last word of a name after an initial starts a sentence: `Pekka V. Roll: …`. It is a common word then.
fn starts_sentence(tokens: &[Token], range: Range) -> bool {
    let last = &tokens[range.last];
    range.last > range.first + 1
        && tokens[range.last - 1].shape == Shape::Initial
        && last.shape == Shape::Title
        && last.traits.surname() == 0
        && last.traits.given() == 0
        && last.traits.lower() > 0
}

/// Joins labelled elements into ranges of tokens, each with its margin.
fn read(tagger: &Tagger, out: &mut Vec<(Range, i32)>) {
    let (elements, verdicts) = (&tagger.elements, &tagger.verdicts);
    let person = |e: usize| verdicts[e].margin > DOUBTFUL;
    let label = |e: usize| {
        let v = verdicts[e];
        usize::from(if matches!(usize::from(v.label), PERSON | PERSON_ON) { v.label } else { v.person })
    };
    let mut e = 0;
    while e < elements.len() {
        if !person(e) {
            e += 1;
            continue;
        }
        // What is more likely a name than not is never lengthened by what is not.
        let likely = verdicts[e].margin > 0;
        let mut last = e;
        while last + 1 < elements.len()
            && person(last + 1)
            && (verdicts[last + 1].margin > 0) == likely
            && label(last + 1) == PERSON_ON
            && joined(tagger, last + 1)
        {
            last += 1;
        }
        let margin = (e..=last).map(|k| verdicts[k].margin).max().unwrap_or(0);
        out.push((Range { first: usize::from(elements[e].token), last: usize::from(elements[last].token) }, margin));
        e = last + 1;
    }
}

/// Whether element `e` may go on the name before it: a quote must hold one word and close again.
fn joined(tagger: &Tagger, e: usize) -> bool {
    let link = tagger.elements[e].link;
    if !joins(link) {
        return false;
    }
    let next = usize::from(tagger.elements[e].token) + 1;
    link != Gap::QuoteOpen as u8 || tagger.tokens.get(next).is_some_and(|n| n.gap == Gap::QuoteClose)
}

/// `von Sydow`, `de la Gardie`: particles before the first word belong to the name.
fn particles(text: &str, tokens: &[Token], mut first: usize) -> usize {
    let is = |t: &Token| {
        t.traits.is(List::Particle)
            && t.shape == Shape::Lower
            && t.text(text).len() > 1
            && !matches!(t.text(text), "av" | "den" | "lo" | "du" | "le" | "do" | "la" | "el" | "der")
    };
    let follows =
        |t: &Token| t.traits.is(List::Particle) && t.shape == Shape::Lower && matches!(t.text(text), "la" | "der" | "den" | "los");
    while first > 0 && tokens[first].gap == Gap::Space {
        let prev = &tokens[first - 1];
        if is(prev) {
            first -= 1;
        } else if first > 1 && follows(prev) && prev.gap == Gap::Space && is(&tokens[first - 2]) {
            first -= 2;
        } else {
            break;
        }
    }
    first
}

/// A full name beyond doubt.
#[expect(clippy::cast_possible_truncation, reason = "texts are shorter than 4 GiB")]
pub(crate) fn pair(given: &Word, surname: &Word) -> Candidate {
    let evidence = clue::pair(given.traits, surname.traits);
    let found = Found { start: given.at as u32, end: surname.end as u32, margin: pair::MARGIN, evidence, full: true };
    Candidate { found, first_word: given.hash, last_word: surname.hash, guarded: false, is_thing: false }
}
