//! From labels to mentions: one text after another, stretch by stretch.

use super::element::joins;
use super::gap::Gap;
use super::genitive::{self, Stands};
use super::invert::{self, Range};
use super::lexicon::List;
use super::model::{Model, PERSON, PERSON_ON};
use super::tag::{Effort, Tagger};
use super::token::{Shape, Token};
use super::{Found, Thoroughness, guards};

/// Least margin of a mention that is reported, in parts of a nat.
pub(crate) const fn threshold(t: Thoroughness) -> i32 {
    match t {
        Thoroughness::Normal => 0,
        Thoroughness::High => -45,
    }
}

/// Finds the mentions in `text[from..to]` and adds them to `out`.
pub(crate) fn stretch(
    tagger: &mut Tagger,
    model: &Model<'_>,
    text: &str,
    (from, to): (usize, usize),
    effort: Effort,
    certain: &[(usize, usize)],
    least: i32,
    out: &mut Vec<Found>,
) {
    tagger.run(model, text, from, to, effort, certain);
    let mut ranges: Vec<(Range, i32)> = Vec::new();
    read(tagger, text, least, &mut ranges);
    let tokens = &tagger.tokens;
    let mut i = 0;
    while i < ranges.len() {
        let (mut range, mut margin) = ranges[i];
        let mut end = range.last;
        if let Some(&(next, m)) = ranges.get(i + 1)
            && invert::inverted(text, tokens, range, next)
        {
            end = next.last;
            margin = margin.max(m);
            i += 1;
        }
        i += 1;
        margin -= guards::taken(text, tokens, range.first, end);
        if margin <= least {
            continue;
        }
        range.first = particles(text, tokens, range.first);
        let start = tokens[range.first].start;
        let word = tokens[end].text(text);
        let stands = match tokens.get(end + 1) {
            Some(n) if n.gap == Gap::Space && n.shape == Shape::Lower && !n.traits.any(List::Function as u32 | List::Speech as u32) => {
                Stands::BeforeNoun
            }
            _ => Stands::Elsewhere,
        };
        let cut = if tokens[end].shape == Shape::Initial { word.len() } else { genitive::cut(word, end > range.first, stands) };
        #[expect(clippy::cast_possible_truncation, reason = "texts are shorter than 4 GiB")]
        let end_byte = tokens[end].start + cut as u32;
        out.push(Found { start, end: end_byte, margin, evidence: Vec::new(), full: end > range.first });
    }
}

/// Joins labelled elements into ranges of tokens, each with its margin.
fn read(tagger: &Tagger, text: &str, least: i32, out: &mut Vec<(Range, i32)>) {
    let (elements, verdicts) = (&tagger.elements, &tagger.verdicts);
    let person = |e: usize| verdicts[e].margin > least;
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
        let mut last = e;
        while last + 1 < elements.len() && person(last + 1) && label(last + 1) == PERSON_ON && joined(tagger, text, last + 1) {
            last += 1;
        }
        let margin = (e..=last).map(|k| verdicts[k].margin).max().unwrap_or(0);
        out.push((Range { first: usize::from(elements[e].token), last: usize::from(elements[last].token) }, margin));
        e = last + 1;
    }
}

/// Whether element `e` may go on the name before it: a quote must hold one word and close again.
fn joined(tagger: &Tagger, _text: &str, e: usize) -> bool {
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
