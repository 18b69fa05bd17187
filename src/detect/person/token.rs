//! Words of a stretch of text, each with what parts it from the word before.
//!
//! The tagger needs names as readers see them: `Anna-Karin`, `O'Brien`, `S:t`, `J. P.` are one word each, and a gap is
//! not "some bytes" but a comma, a quote, a new line, the end of a sentence.

use super::lexicon::{self, Class, Traits};
use super::{gap, gap::Gap, hash};

/// How a word is written.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(u8)]
pub(crate) enum Shape {
    /// `anna`
    #[default]
    Lower,
    /// `Anna`
    Title,
    /// `ANNA`, two letters or more
    Caps,
    /// `A` or `A.`
    Initial,
    /// `McDonald`, `iPhone`, `al-Assad`, `LaRouche`
    Mixed,
    /// Begins with a digit.
    Number,
}

/// How the sentence a word stands in is written; decides which words may be names.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
#[repr(u8)]
pub(crate) enum Mode {
    /// Ordinary writing.
    #[default]
    Cased,
    /// No capital at all.
    Lower,
    /// Nothing but capitals.
    Caps,
}

/// One word.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Token {
    /// First byte in the text.
    pub(crate) start: u32,
    /// Byte after the last.
    pub(crate) end: u32,
    /// Hash of the word in lower case.
    pub(crate) hash: u64,
    pub(crate) traits: Traits,
    /// Its gist in few bits: [`Traits::kind`] and the shape; never 0.
    pub(crate) kind: u16,
    /// Cluster of words used like it, as written; 0 when unknown.
    pub(crate) cluster: u16,
    pub(crate) shape: Shape,
    /// What parts it from the word before.
    pub(crate) gap: Gap,
    pub(crate) mode: Mode,
    /// Part of an address, path, handle or hashtag: never a name.
    pub(crate) glued: bool,
    /// Begins a sentence.
    pub(crate) first: bool,
}

impl Token {
    /// The word as written.
    #[inline]
    pub(crate) fn text<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
    /// Whether it begins with a capital.
    #[inline]
    pub(crate) const fn capital(&self) -> bool {
        matches!(self.shape, Shape::Title | Shape::Caps | Shape::Initial) || (matches!(self.shape, Shape::Mixed))
    }
}

/// Most words of one stretch.
const MOST: usize = 2000;

/// Reads the words of `text[from..to]` into `out`, which is cleared. Both ends must lie between characters.
pub(crate) fn read(text: &str, from: usize, to: usize, out: &mut Vec<Token>) {
    out.clear();
    let bytes = text.as_bytes();
    let mut at = from;
    let mut before = from;
    // Hashes first, look-ups after: the memory then answers for many words at once.
    while at < to && out.len() < MOST {
        let len = letter(bytes, at);
        if len == 0 {
            at += width(bytes[at]);
            continue;
        }
        let (end, shape) = word(bytes, at, to);
        let gap = gap::between(bytes, before, at, out.last().map(|t| t.shape));
        let glued = glued(bytes, at, end);
        let hash = hash::within(bytes, at, end);
        #[expect(clippy::cast_possible_truncation, reason = "texts are shorter than 4 GiB")]
        out.push(Token { start: at as u32, end: end as u32, hash, shape, gap, glued, first: gap.ends_sentence(), ..Token::default() });
        at = end;
        before = end;
    }
    for t in out.iter_mut() {
        let class = if t.shape == Shape::Number { Class::default() } else { lexicon::class(t.hash) };
        t.traits = class.traits;
        t.kind = class.kind | (t.shape as u16) << 12 | 1 << 15;
        t.cluster = if t.shape == Shape::Lower || class.capital == 0 { class.lower } else { class.capital };
    }
    modes(out);
}

/// Sets the mode of every sentence.
fn modes(tokens: &mut [Token]) {
    let mut from = 0;
    while from < tokens.len() {
        let to = (from + 1..tokens.len()).find(|&i| tokens[i].first).unwrap_or(tokens.len());
        let sentence = &mut tokens[from..to];
        let words = sentence.iter().filter(|t| t.shape != Shape::Number).count();
        let lower = sentence.iter().filter(|t| t.shape == Shape::Lower).count();
        let caps = sentence.iter().filter(|t| matches!(t.shape, Shape::Caps | Shape::Initial)).count();
        let mode = if words == lower {
            Mode::Lower
        } else if caps >= 2 && caps * 5 >= words * 4 {
            Mode::Caps
        } else {
            Mode::Cased
        };
        sentence.iter_mut().for_each(|t| t.mode = mode);
        from = to;
    }
}

/// Bytes of the letter or digit at `at`; 0 when there is none.
#[inline]
pub(crate) fn letter(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        b if b.is_ascii_alphanumeric() => 1,
        0..0xC3 => 0,
        // `×` and `÷` stand among the letters.
        0xC3 => match bytes.get(at + 1) {
            Some(0x97 | 0xB7) | None => 0,
            Some(_) => 2,
        },
        0xC4..=0xCB => 2,
        0xCC..=0xDF => 2,
        // Latin Extended Additional: Vietnamese letters.
        0xE1 if matches!(bytes.get(at + 1), Some(0xB8..=0xBB)) => 3,
        0xE1 => 3,
        _ => 0,
    }
}

/// Bytes of the character that `lead` begins.
#[inline]
pub(crate) const fn width(lead: u8) -> usize {
    match lead {
        0..0xC0 => 1,
        0xC0..0xE0 => 2,
        0xE0..0xF0 => 3,
        _ => 4,
    }
}

/// Whether the letter at `at` is a capital.
#[inline]
fn upper(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b if b < 0x80 => b.is_ascii_uppercase(),
        0xC3 => matches!(bytes.get(at + 1), Some(0x80..=0x9E)),
        _ => {
            let end = (at + width(bytes[at])).min(bytes.len());
            std::str::from_utf8(&bytes[at..end]).ok().and_then(|s| s.chars().next()).is_some_and(char::is_uppercase)
        }
    }
}

/// What a byte is in a word.
const CLASS: [u8; 256] = {
    let mut t = [OUT; 256];
    let mut b = 0;
    while b < 256 {
        let c = b as u8;
        t[b] = match c {
            b'a'..=b'z' => LOW,
            b'A'..=b'Z' => UP,
            b'0'..=b'9' => DIGIT,
            0xC3 => LATIN,
            b'-' | b'\'' | b'.' | b':' | 0xE2 => JOINT,
            0xC4..=0xDF | 0xE1 => FAR,
            _ => OUT,
        };
        b += 1;
    }
    t
};
const OUT: u8 = 0;
const LOW: u8 = 1;
const UP: u8 = 2;
const DIGIT: u8 = 3;
const LATIN: u8 = 4;
const JOINT: u8 = 5;
const FAR: u8 = 6;

/// End of the word that begins at `at`, and its shape.
#[inline]
fn word(bytes: &[u8], at: usize, to: usize) -> (usize, Shape) {
    let (mut uppers, mut lowers, mut inner) = (0_u32, 0_u32, false);
    let mut new_part = true;
    let mut p = at;
    let mut first_upper = false;
    while p < to {
        let (up, len) = match CLASS[usize::from(bytes[p])] {
            LOW => (false, 1),
            UP => (true, 1),
            DIGIT => {
                new_part = false;
                p += 1;
                continue;
            }
            LATIN => match bytes.get(p + 1) {
                Some(0x97 | 0xB7) | None => break,
                Some(&b) => (b < 0x9F, 2),
            },
            FAR => match letter(bytes, p) {
                0 => break,
                len => (upper(bytes, p), len),
            },
            JOINT => {
                let joint = joiner(bytes, p);
                if joint == 0 || p + joint >= to || letter(bytes, p + joint) == 0 {
                    break;
                }
                p += joint;
                new_part = true;
                continue;
            }
            _ => break,
        };
        if up {
            first_upper |= p == at;
            uppers += 1;
            inner |= !new_part && lowers > 0;
        } else {
            lowers += 1;
        }
        new_part = false;
        p += len;
    }
    let mut end = p.min(to);
    let shape = if bytes[at].is_ascii_digit() {
        Shape::Number
    } else if uppers == 0 {
        Shape::Lower
    } else if uppers == 1 && lowers == 0 && first_upper {
        // The dot of an initial belongs to it.
        if bytes.get(end) == Some(&b'.') && end < to && !matches!(bytes.get(end + 1), Some(b'.')) {
            end += 1;
        }
        Shape::Initial
    } else if lowers == 0 {
        Shape::Caps
    } else if inner || !first_upper {
        Shape::Mixed
    } else {
        Shape::Title
    };
    (end, shape)
}

/// Bytes of a sign that joins two parts of one word: `-`, `'`, `’`, `.` and `:` without spaces.
#[inline]
fn joiner(bytes: &[u8], at: usize) -> usize {
    match bytes[at] {
        b'-' | b'\'' | b'.' | b':' => 1,
        0xE2 if bytes.get(at + 1) == Some(&0x80) && matches!(bytes.get(at + 2), Some(0x90 | 0x91 | 0x99)) => 3,
        _ => 0,
    }
}

/// Whether the word touches `@`, `#`, `_` or `/…` of an address.
#[inline]
fn glued(bytes: &[u8], at: usize, end: usize) -> bool {
    let before = at.checked_sub(1).map(|p| bytes[p]);
    let after = bytes.get(end);
    if matches!(before, Some(b' ' | b'\n') | None) && matches!(after, Some(b' ' | b',' | b'.' | b'\n') | None) {
        return false;
    }
    let two_before = at.checked_sub(2).map(|p| bytes[p]);
    matches!(before, Some(b'@' | b'#' | b'\\' | b'=' | b'%'))
        || matches!(after, Some(b'@' | b'\\' | b'='))
        || (before == Some(b'_') && two_before.is_some_and(|b| b.is_ascii_alphanumeric()))
        || (after == Some(&b'_') && bytes.get(end + 1).is_some_and(u8::is_ascii_alphanumeric))
        || (before == Some(b'/')
            && (two_before == Some(b'/') || two_before.is_some_and(|b| b.is_ascii_lowercase()))
            && bytes[at].is_ascii_lowercase())
        || (after == Some(&b'/') && bytes[at].is_ascii_lowercase() && bytes[at..end].contains(&b'.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<(&str, Shape)> {
        let mut out = Vec::new();
        read(text, 0, text.len(), &mut out);
        out.iter().map(|t| (t.text(text), t.shape)).collect()
    }

    #[test]
    fn a_name_is_one_word() {
        for (text, first, shape) in [
            ("Anna-Karin bor", "Anna-Karin", Shape::Title),
            ("O'Brien", "O'Brien", Shape::Mixed),
            ("O’Brien", "O’Brien", Shape::Mixed),
            ("J. Berg", "J.", Shape::Initial),
            ("EU:s råd", "EU:s", Shape::Mixed),
            ("ÅSA!", "ÅSA", Shape::Caps),
            ("al-Assad", "al-Assad", Shape::Mixed),
            ("Šárka", "Šárka", Shape::Title),
            ("3:e", "3:e", Shape::Number),
            ("Nguyễn", "Nguyễn", Shape::Title),
        ] {
            assert_eq!(words(text).first().map(|w| w.0), Some(first), "{text}");
            if first != "O'Brien" && first != "O’Brien" && first != "EU:s" {
                assert_eq!(words(text)[0].1, shape, "{text}");
            }
        }
    }

    #[test]
    fn handles_and_addresses_are_glued() {
        for (text, expected) in
            [("@anna", true), ("#Anna", true), ("anna@x", true), ("Anna", false), ("Karin/Olle", false), ("_Anna_", false)]
        {
            let mut out = Vec::new();
            read(text, 0, text.len(), &mut out);
            assert_eq!(out[0].glued, expected, "{text}");
        }
    }

    #[test]
    fn the_case_of_a_sentence_is_seen() {
        for (text, mode) in
            [("hej anna", Mode::Lower), ("MALIN HÄGG VINNER SM", Mode::Caps), ("Hej Anna", Mode::Cased), ("EU vann", Mode::Cased)]
        {
            let mut out = Vec::new();
            read(text, 0, text.len(), &mut out);
            assert_eq!(out[0].mode, mode, "{text}");
        }
    }
}
