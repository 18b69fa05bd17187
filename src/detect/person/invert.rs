//! `Berg, Anna` is one mention when it stands as an entry of a register, two in a list of people.

use super::gap::Gap;
use super::hash;
use super::lexicon::{self, Traits};
use super::token::{Shape, Token};

/// A mention as far as spans go: numbers of its first and last token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Range {
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// Endings of Swedish surnames.
const ENDINGS: [&str; 34] = [
    "sson", "sen", "berg", "bergh", "qvist", "quist", "kvist", "ström", "strøm", "lund", "gren", "stedt", "holm", "blad", "blom", "dahl",
    "hielm", "hjelm", "mark", "skog", "strand", "ander", "sköld", "borg", "stam", "löf", "löv", "feldt", "dotter", "wall", "vall", "back",
    "bäck", "nius",
];

/// Whether a word may be a surname by its looks.
pub(crate) fn surname_ending(word: &str) -> bool {
    word.chars().count() > 5 && {
        let low = word.to_lowercase();
        ENDINGS.iter().any(|e| low.ends_with(e)) || low.ends_with("én") || low.ends_with("ell") || low.ends_with("lin")
    }
}

/// Whether the mentions `a` and `b` are one inverted name.
pub(crate) fn inverted(text: &str, tokens: &[Token], a: Range, b: Range) -> bool {
    if b.first != a.last + 1 || tokens[b.first].gap != Gap::Comma || b.last - b.first > 2 || a.last - a.first > 2 {
        return false;
    }
    let listed = |g: Gap| matches!(g, Gap::Comma | Gap::And);
    let begins = a.first == 0 || (tokens[a.first].gap != Gap::Space && !listed(tokens[a.first].gap));
    let ends = tokens
        .get(b.last + 1)
        .is_none_or(|n| !listed(n.gap) && (n.gap != Gap::Space || n.shape == Shape::Number || n.shape == Shape::Lower));
    let after_number = a.first > 0 && tokens[a.first - 1].shape == Shape::Number;
    if !(begins || after_number) || !ends {
        return false;
    }
    let of = |word: &str| lexicon::traits(hash::word(word));
    // A name in full is no surname: `Kaisa Ahonen, Ulla Bengts` are two. Nor does a first name stand in quotes.
    let full = tokens[a.first..a.last].iter().any(|t| t.capital() && t.traits.given() >= 2 && t.traits.surname() < 4);
    let quoted = text[tokens[a.last].end as usize..tokens[b.first].start as usize].contains(['"', '”', '“', '»', '«', '\'', '’']);
    if full || quoted {
        return false;
    }
    let (last_name, given) = (&tokens[a.last], &tokens[b.first]);
    // Of two given names in one the first is telling: `Ann-Charlotte`.
    let first = given.text(text).split('-').next().unwrap_or_default();
    let (s, g): (Traits, Traits) = (of(last_name.text(text)), of(first));
    let surname = s.surname() >= 3 || surname_ending(last_name.text(text)) || s.given() < 3;
    let is_given = g.given() >= 2 || given.shape == Shape::Initial;
    // `Nils, Warda` is two children, `Viggo-Lee, Rami` too.
    let strong = |t: Traits| t.given() >= 4 && t.surname() < 4;
    let strong_given = strong(s) || last_name.text(text).split_once('-').is_some_and(|(first, _)| strong(of(first)));
    // `Ohm, Vivi-Ann Skoog`: the second is a name in full.
    let end = &tokens[b.last];
    if b.last > b.first && end.traits.surname() >= 3 && end.traits.given() < 4 {
        return false;
    }
    surname && is_given && !strong_given && (g.surname() < 5 || g.given() >= 4)
}
