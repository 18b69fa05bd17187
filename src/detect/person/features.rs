//! What the tagger is told of a word: some forty facts of it and its neighbours, each a 64-bit hash.
//!
//! The same code makes the facts for training and for use, so they cannot drift apart. Nothing is allocated: facts are
//! hashed as they are met and given to `sink` one by one.

use super::element::Element;
use super::gap::Gap;
use super::hash::mix;
use super::lexicon::{self, List, Traits};
use super::token::{Mode, Shape, Token};

/// What the facts of one stretch are made from.
pub(crate) struct Stretch<'a> {
    pub(crate) text: &'a str,
    pub(crate) tokens: &'a [Token],
    pub(crate) elements: &'a [Element],
}

/// Most facts of one element.
pub(crate) const MOST: usize = 72;

/// A word that stands where no word is.
const EDGE: u64 = 0xED6E;

/// What both halves of the facts are made from.
struct View<'a> {
    t: &'a Token,
    /// Two words before and after, in the same sentence.
    near: [Option<&'a Token>; 4],
    /// First token of the sentence and the one after its last, at most four away.
    bounds: (usize, usize),
    i: usize,
}

impl<'a> View<'a> {
    #[inline]
    fn new(s: &Stretch<'a>, e: usize) -> Self {
        let i = s.elements[e].token as usize;
        let (from, to) = bounds(s.tokens, i);
        let at = |d: isize| i.checked_add_signed(d).filter(|j| (from..to).contains(j)).map(|j| &s.tokens[j]);
        Self { t: &s.tokens[i], near: [at(-2), at(-1), at(1), at(2)], bounds: (from, to), i }
    }
}

const fn kind(t: &Token) -> u64 {
    t.kind as u64
}

/// Gives the dozen coarse facts of element `e` of `s` to `sink`: what kind of word among what kinds of words.
///
/// They fit a table that stays in the nearest cache, and settle most stretches.
#[inline]
pub(crate) fn coarse(s: &Stretch<'_>, e: usize, mut sink: impl FnMut(u64)) {
    let View { t, near: [_, p1, n1, _], i, .. } = View::new(s, e);
    let mode = t.mode as u64;
    let low = u64::from(t.shape == Shape::Lower);
    let gap = t.gap as u64;
    let next_gap = s.tokens.get(i + 1).map_or(Gap::Start as u64, |n| n.gap as u64);
    let t_kind = kind(t);
    let (k_p1, k_n1) = (p1.map_or(0, kind), n1.map_or(0, kind));
    let mut put = |seed: u64, value: u64| sink(mix(seed, value));
    put(1, mode);
    put(3, t.shape as u64 | mode << 4 | u64::from(t.first) << 8);
    put(4, u64::from(t.traits.counts()) | mode << 32 | low << 36);
    put(6, u64::from(t.traits.given()) | mode << 8 | u64::from(t.traits.lower()) << 12 | u64::from(t.first) << 16 | low << 20);
    put(7, u64::from(t.traits.surname()) | mode << 8 | u64::from(t.traits.lower()) << 12 | u64::from(t.first) << 16 | low << 20);
    put(29, k_p1 | t_kind << 16);
    put(30, k_n1 | t_kind << 16);
    put(34, gap | next_gap << 4 | u64::from(t.first) << 8 | t_kind << 16);
    let (pos, len) = run(s.elements, e);
    put(46, pos | len << 4 | t_kind << 8);
    let of = |x: usize| kind(&s.tokens[s.elements[x].token as usize]);
    let before = if e > 0 { of(e - 1) } else { 0 };
    let after = s.elements.get(e + 1).map_or(0, |x| of(e + 1) | u64::from(x.link) << 16);
    put(48, u64::from(s.elements[e].link) | before << 8 | t_kind << 32);
    put(49, after | t_kind << 32);
}

/// Gives the fine facts of element `e` of `s` to `sink`: the very words, their ends, their clusters.
#[inline]
pub(crate) fn fine(s: &Stretch<'_>, e: usize, mut sink: impl FnMut(u64)) {
    let View { t, near: [_, p1, n1, n2], bounds: (from, to), i } = View::new(s, e);
    let mode = t.mode as u64;
    let hash = |t: Option<&Token>| t.map_or(EDGE, |t| t.hash);
    let t_kind = kind(t);
    let k_n1 = n1.map_or(0, kind);
    let mut put = |seed: u64, value: u64| sink(mix(seed, value));

    // The word itself.
    put(2, t.hash);
    let word = t.text(s.text);
    ends(word.as_bytes(), &mut put);
    if word.as_bytes().contains(&b'-') {
        parts(word, &mut put);
    }
    let stem = stem_traits(word);
    if stem.0 != 0 {
        put(
            20,
            u64::from(stem.given())
                | u64::from(stem.surname()) << 4
                | u64::from(stem.counts() >> 6 & 7) << 8
                | u64::from(t.traits.given() > 3) << 12
                | mode << 16,
        );
    }
    put(21, u64::from(t.cluster) | mode << 16);

    // Its neighbours.
    put(22, hash(p1));
    put(23, hash(n1));
    put(33, k_n1 | n2.map_or(0, kind) << 16);
    let cluster = |t: Option<&Token>| t.map_or(0, |t| u64::from(t.cluster));
    let (c1, d1) = (cluster(p1), cluster(n1));
    put(36, c1);
    put(37, d1);
    for (seed, near) in [(43, p1), (44, n1)] {
        if let Some(n) = near {
            put(seed, tail(n.text(s.text)));
        }
    }

    // Further away: a title or a speech verb in the sentence.
    let lists = |a: usize, b: usize| s.tokens.get(a..b).unwrap_or(&[]).iter().fold(0, |m, t| m | t.traits.0);
    let far_title = lists(from, i.saturating_sub(1).max(from)) & (List::Title as u32 | List::Kin as u32 | List::Role as u32) != 0;
    let far_speech = lists((i + 2).min(to), to) & List::Speech as u32 != 0;
    put(45, u64::from(far_title) | u64::from(far_speech) << 1 | t_kind << 8);
    if t.mode == Mode::Cased {
        put(50, u64::from(s.elements[e].link) | (t.shape as u64 + 1) << 8);
    }
}

/// First token of the sentence token `i` stands in, and the one after its last; at most four away.
fn bounds(tokens: &[Token], i: usize) -> (usize, usize) {
    let mut from = i;
    while from > 0 && i - from < 4 && !tokens[from].first {
        from -= 1;
    }
    let mut to = i + 1;
    while to < tokens.len() && to - i <= 4 && !tokens[to].first {
        to += 1;
    }
    (from, to)
}

/// Ends of two to five letters, beginnings of three and four, cut at eight bytes.
#[inline]
fn ends(word: &[u8], mut put: impl FnMut(u64, u64)) {
    const FOLD: u64 = 0x2020_2020_2020_2020;
    let n = word.len();
    let begins = |b: u8| b & 0xC0 != 0x80;
    let (last, first) = match (word.last_chunk::<8>(), word.first_chunk::<8>()) {
        (Some(l), Some(f)) => (u64::from_be_bytes(*l) | FOLD, u64::from_le_bytes(*f) | FOLD),
        _ => (word.iter().fold(0, |x, &b| x << 8 | u64::from(b | 0x20)), word.iter().rev().fold(0, |x, &b| x << 8 | u64::from(b | 0x20))),
    };
    let mask = |bytes: usize| if bytes >= 8 { u64::MAX } else { (1 << (bytes * 8)) - 1 };
    let mut chars = 0;
    for len in 1..=n.min(8) {
        if begins(word[n - len]) {
            chars += 1;
            if chars > 1 {
                put(60 + chars, last & mask(len));
            }
            if chars == 5 {
                break;
            }
        }
    }
    let mut chars = 0;
    #[expect(clippy::needless_range_loop, reason = "`len` is a length of the word's head, not only an index")]
    for len in 1..=n.min(8) {
        if len == n || begins(word[len]) {
            chars += 1;
            if chars > 2 {
                put(70 + chars, first & mask(len));
            }
            if chars == 4 {
                break;
            }
        }
    }
}

/// What is known of the first and last part of `Anna-Karin`, `Kalle-priset`.
fn parts(word: &str, mut put: impl FnMut(u64, u64)) {
    let Some((head, rest)) = word.split_once('-') else { return };
    let last = rest.rsplit('-').next().unwrap_or(rest);
    let (a, b) = (lexicon::traits(super::hash::word(head)), lexicon::traits(super::hash::word(last)));
    let upper = last.starts_with(char::is_uppercase);
    put(80, u64::from(a.given()) | u64::from(b.given()) << 4 | u64::from(upper) << 8);
    put(81, u64::from(a.surname()) | u64::from(b.surname()) << 4 | u64::from(upper) << 8);
    put(82, super::hash::word(last));
}

/// What is known of the word without its last `s`.
pub(crate) fn stem_traits(word: &str) -> Traits {
    match word.strip_suffix(['s', 'S']) {
        Some(stem) if stem.len() >= 2 => lexicon::traits(super::hash::word(stem)),
        _ => Traits(0),
    }
}

/// The last four bytes of a neighbour: `-chef`, `-aren`, `-gata`.
fn tail(word: &str) -> u64 {
    let b = word.as_bytes();
    b[b.len().saturating_sub(4)..].iter().fold(b.len().min(6) as u64, |h, &b| h << 8 | u64::from(b | 0x20))
}

/// Place in, and length of, the run of elements joined by spaces, at most 5.
fn run(elements: &[Element], e: usize) -> (u64, u64) {
    let joined = |k: usize| elements[k].link == Gap::Space as u8 || elements[k].link == super::element::PARTICLE;
    let mut from = e;
    while from > 0 && joined(from) && e - from < 4 {
        from -= 1;
    }
    let mut to = e + 1;
    while to < elements.len() && joined(to) && to - from < 5 {
        to += 1;
    }
    ((e - from) as u64, (to - from) as u64)
}
