//! Which parts of a long text are worth tagging.
//!
//! In two hundred megabytes of ordinary Swedish stand 2.7 million capitalised words, and one in ten has to do with a
//! person. A glance at each (one hash, one line of the lexicon) sends the tagger to those only, with a few words around.

use super::hash;
use super::lexicon::{self, List, Traits};
use super::pair;
use super::token::{letter, width};

/// Texts up to this many bytes are tagged whole: posts, captions, comments.
pub(crate) const SHORT: usize = 2_000;
/// Words read before and after a promising word, and the most bytes they may take.
const WORDS_BEFORE: usize = 4;
const WORDS_AFTER: usize = 3;
const BEFORE: usize = 64;
const AFTER: usize = 64;
/// Longest stretch in bytes.
const LONGEST: usize = 4_000;

/// Words looked up together, so that the memory answers for many at once.
const BATCH: usize = 32;

/// A capitalised word on its way through the gate.
#[derive(Clone, Copy, Default)]
pub(crate) struct Word {
    pub(crate) at: usize,
    pub(crate) end: usize,
    pub(crate) hash: u64,
    pub(crate) traits: Traits,
}

/// What the gate found.
pub(crate) enum Part {
    /// A full name beyond doubt: given name and surname.
    Pair(Word, Word),
    /// Bytes worth tagging.
    Stretch(usize, usize),
}

/// Calls `visit` for each part of `text` worth it. `capitals`: the first bytes of capitalised words, rising.
/// Stretches come in order and do not overlap; a pair may lie in the stretch that comes next.
pub(crate) fn each(text: &str, capitals: &[u32], mut visit: impl FnMut(Part)) {
    let bytes = text.as_bytes();
    let mut done = 0;
    let mut before = Word::default();
    let mut open: Option<(usize, usize)> = None;
    // Two words more than a batch: the next ones are looked at too.
    let mut batch = [Word::default(); BATCH + 2];
    let mut from = 0;
    while from < capitals.len() {
        let starts = &capitals[from..(from + BATCH + 2).min(capitals.len())];
        let mut n = 0;
        for &c in starts {
            let at = c as usize;
            if at < bytes.len() {
                let end = word_end(bytes, at);
                batch[n] = Word { at, end, hash: hash::within(bytes, at, end), traits: Traits(0) };
                n += 1;
            }
        }
        let words = &mut batch[..n];
        for w in words.iter_mut() {
            w.traits = lexicon::traits(w.hash);
        }
        let mut i = 0;
        while i < n.min(BATCH) {
            let w = words[i];
            let next = words.get(i + 1);
            i += 1;
            let (last, at) = (before, w.at);
            before = w;
            if let Some(surname) = next
                && pair::certain(bytes, &w, surname, &last, words.get(i + 1).map(|w| w.at))
            {
                visit(Part::Pair(w, *surname));
                before = *surname;
                i += 1;
                continue;
            }
            if !promising(bytes, &w, next.map(|w| w.at)) {
                continue;
            }
            match &mut open {
                Some((from, to)) if at < *to + BEFORE && at - *from < LONGEST => *to = w.end,
                _ => {
                    if let Some((from, to)) = open.take() {
                        done = close(bytes, from, to, &mut visit);
                    }
                    open = Some((back(bytes, at, done), w.end));
                }
            }
        }
        from += i.max(1);
    }
    if let Some((from, to)) = open {
        close(bytes, from, to, &mut visit);
    }
}

/// Bytes that go on a word: letters, digits, and all bytes of letters beyond ASCII.
const IN_WORD: [bool; 256] = {
    let mut t = [false; 256];
    let mut b = 0;
    while b < 256 {
        let c = b as u8;
        t[b] = c.is_ascii_alphanumeric() || c == b'-' || (c >= 0x80 && c < 0xE2 && c != 0xC2);
        b += 1;
    }
    t
};

/// End of the word at `at`.
#[inline]
fn word_end(bytes: &[u8], at: usize) -> usize {
    let mut end = at;
    while let Some(&b) = bytes.get(end) {
        if !IN_WORD[usize::from(b)] {
            break;
        }
        end += 1;
    }
    while end > at && bytes[end - 1] == b'-' {
        end -= 1;
    }
    end
}

/// First byte of a stretch for the word at `at`: a word's start on the same line, not before `done`.
fn back(bytes: &[u8], at: usize, done: usize) -> usize {
    let least = at.saturating_sub(BEFORE).max(done);
    let mut p = at;
    let mut words = 0;
    while p > least && bytes[p - 1] != b'\n' {
        if bytes[p - 1] == b' ' && p < at {
            words += 1;
            if words == WORDS_BEFORE {
                return p;
            }
        }
        p -= 1;
    }
    if p == least && p > 0 {
        // Not inside a word or a character.
        while p < at && bytes[p - 1] != b' ' && bytes[p - 1] != b'\n' {
            p += 1;
        }
    }
    p
}

fn close(bytes: &[u8], from: usize, to: usize, visit: &mut impl FnMut(Part)) -> usize {
    let most = (to + AFTER).min(bytes.len());
    let mut to = to.min(bytes.len());
    let mut words = 0;
    while to < bytes.len() {
        if bytes[to] == b' ' || bytes[to] == b'\n' {
            words += 1;
            if words > WORDS_AFTER || to >= most {
                break;
            }
        }
        // Without blanks a stretch ends all the same, at a character's start.
        if to >= most + AFTER && bytes[to] & 0xC0 != 0x80 {
            break;
        }
        to += 1;
    }
    visit(Part::Stretch(from, to));
    to
}

/// Whether the capitalised word may begin or end a person's name; `next`: where the next capital stands.
#[inline]
fn promising(bytes: &[u8], word: &Word, next: Option<usize>) -> bool {
    let Word { at, end, traits: w, .. } = *word;
    if w.is(List::Function) {
        return false;
    }
    let initial = sentence_start(bytes, at);
    let pair = next.is_some_and(|n| n > end && n <= end + 2);
    if w.0 == 0 {
        // Unknown: a name only beside another capital, or inside a sentence when no compound.
        let caps = end - at < 6 && bytes[at..end].iter().all(u8::is_ascii_uppercase);
        return !caps && (pair || (!initial && end - at < 12));
    }
    if w.given() >= 3 && !w.common() {
        return true;
    }
    let place = w.swedish_place() || w.world_place() > 0 || w.is(List::Org);
    if initial && w.common() {
        return pair && w.given() >= 3;
    }
    let named = w.given() >= 2 || w.surname() >= 2;
    if place {
        return w.given() >= 3 || (w.surname() >= 3 && pair);
    }
    named || (!w.common() && (w.given() > 0 || w.surname() > 0) && (pair || !initial))
}

/// Whether the word at `at` begins a sentence or a line.
fn sentence_start(bytes: &[u8], at: usize) -> bool {
    for p in (at.saturating_sub(4)..at).rev() {
        match bytes[p] {
            b' ' | b'"' | b'*' | b'_' | b'(' | b'[' => {}
            b'.' | b'!' | b'?' | b'\n' | b':' | b'#' | b'-' => return true,
            b => return b >= 0x80 && letter(bytes, p) == 0 && width(b) > 1 && b == 0xE2,
        }
    }
    at < 4
}
