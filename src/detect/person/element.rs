//! Which words of a stretch may be part of a name, and how each is linked to the one before.
//!
//! The tagger walks over these only. Lower-case words between names never get a label; what they say (a comma, `och`,
//! `von`, a verb) lives in the link, so that a list `Anna, Yusuf och Áile` is three neighbours, not seven words.

use super::gap::{GAPS, Gap};
use super::lexicon::List;
use super::token::{Mode, Shape, Token};

/// A word that may be part of a name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Element {
    /// Number of the token in its stretch.
    pub(crate) token: u16,
    /// How it is linked to the element before, below [`LINKS`].
    pub(crate) link: u8,
}

/// One particle (`von`, `de la`) between two names.
pub(crate) const PARTICLE: u8 = GAPS as u8;
const AND_WORD: u8 = PARTICLE + 1;
const ONE_WORD: u8 = PARTICLE + 2;
const ONE_WORD_SIGNS: u8 = PARTICLE + 3;
const FEW_WORDS: u8 = PARTICLE + 4;
const MANY_WORDS: u8 = PARTICLE + 5;
const OTHER_SENTENCE: u8 = PARTICLE + 6;
/// How many kinds of links there are.
pub(crate) const LINKS: usize = GAPS + 7;

/// Whether a name of a person may go on over `link`.
pub(crate) const fn joins(link: u8) -> bool {
    link == PARTICLE || link == Gap::Space as u8 || link == Gap::QuoteOpen as u8 || link == Gap::QuoteClose as u8 || link == Gap::Line as u8
}

/// Whether the name of a place or an organisation may go on over `link`.
pub(crate) const fn joins_loosely(link: u8) -> bool {
    joins(link) || link == Gap::And as u8 || link == AND_WORD || link == ONE_WORD || link == Gap::Dash as u8 || link == Gap::Slash as u8
}

/// Finds the elements of `tokens` into `out`, which is cleared.
pub(crate) fn find(tokens: &[Token], out: &mut Vec<Element>) {
    out.clear();
    let mut last = 0;
    let mut last_was = false;
    for (i, t) in tokens.iter().enumerate() {
        let is = candidate(t, last_was, tokens.get(i + 1));
        last_was = is && t.shape == Shape::Lower;
        if is {
            let link = if out.is_empty() { Gap::Start as u8 } else { link(tokens, last, i) };
            #[expect(clippy::cast_possible_truncation, reason = "a stretch has at most 2,000 words")]
            out.push(Element { token: i as u16, link });
            last = i;
        }
    }
}

/// Whether a word may be part of a name. `after_lower_name`: the word before is a lower-case element.
fn candidate(t: &Token, after_lower_name: bool, next: Option<&Token>) -> bool {
    let w = t.traits;
    if t.glued || t.shape == Shape::Number {
        return false;
    }
    if t.shape == Shape::Initial && t.end - t.start > 1 {
        return true;
    }
    if w.is(List::Function) {
        return false;
    }
    let named = w.given() >= 4 || w.surname() >= 4;
    match (t.mode, t.shape) {
        (Mode::Cased, Shape::Lower) => {
            let name =
                w.given() >= 3 && w.lower() <= 1 && !w.any(List::Title as u32 | List::Kin as u32 | List::Speech as u32 | List::Role as u32);
            name || (after_lower_name && w.lower() <= 1 && t.gap == Gap::Space && (w.surname() >= 2 || w.0 == 0))
        }
        (Mode::Cased, _) => {
            // An ordinary word that only begins its sentence.
            let ordinary = t.first && w.common() && w.given() < 3 && w.surname() < 4;
            let alone = !next.is_some_and(|n| n.gap == Gap::Space && n.capital());
            !(ordinary && (alone || w.given() == 0))
        }
        _ => {
            if w.common() {
                named
            } else {
                w.given() > 0 || w.surname() > 0 || w.lower() <= 1
            }
        }
    }
}

/// The link from token `a` to token `b`.
fn link(tokens: &[Token], a: usize, b: usize) -> u8 {
    let between = &tokens[a + 1..=b];
    if between.iter().any(|t| t.gap == Gap::Start) {
        return Gap::Start as u8;
    }
    if between.len() == 1 {
        return tokens[b].gap as u8;
    }
    if between.iter().any(|t| t.first) {
        return OTHER_SENTENCE;
    }
    let words = &tokens[a + 1..b];
    let plain = between.iter().all(|t| t.gap == Gap::Space);
    if plain && words.len() <= 2 && words.iter().all(|t| t.traits.is(List::Particle) && t.shape == Shape::Lower) {
        return PARTICLE;
    }
    match words.len() {
        1 if and(&words[0]) => AND_WORD,
        1 if plain => ONE_WORD,
        1 => ONE_WORD_SIGNS,
        2 | 3 => FEW_WORDS,
        _ => MANY_WORDS,
    }
}

/// Whether the word is `och`, `samt`, `o`, `eller`.
fn and(t: &Token) -> bool {
    const WORDS: [u64; 5] = [const_word(b"och"), const_word(b"samt"), const_word(b"eller"), const_word(b"o"), const_word(b"og")];
    WORDS.contains(&t.hash)
}

/// The hash of a short ASCII word, at compile time.
const fn const_word(word: &[u8]) -> u64 {
    super::hash::short(word)
}
