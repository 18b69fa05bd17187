//! Words, lines, sentences and paragraphs around a place, found by looking outwards from it.
//!
//! Full segmentation of a document is never done: detectors ask about the surroundings of a candidate only.

use super::fold;

/// How far words, lines and paragraphs are looked for, in bytes either way: a text without line feeds stays linear.
const REACH: usize = 1_200;

/// A word and where it starts, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word<'t> {
    /// First byte.
    pub start: usize,
    /// The letters and digits.
    pub text: &'t str,
}

/// Whether `byte` can be part of a word: an ASCII letter or digit, or any byte of a longer UTF-8 sequence.
///
/// Typographic signs (dashes, quotes, no-break space) are longer sequences too; [`words`] tells them apart.
#[must_use]
pub const fn is_word_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

/// What a byte is to a word: no part of one, a letter or digit by itself, or the first of a longer sequence.
const CLASSES: [Class; 256] = {
    let mut classes = [Class::Gap; 256];
    let mut byte = 0;
    while byte < 256 {
        if byte >= 0x80 {
            classes[byte] = Class::Longer;
        } else if (byte as u8).is_ascii_alphanumeric() {
            classes[byte] = Class::Letter;
        }
        byte += 1;
    }
    classes
};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Gap,
    Letter,
    Longer,
}

/// The words of `text` in order: runs of letters, digits and combining marks.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(&byte) = bytes.get(at) {
            match CLASSES[usize::from(byte)] {
                Class::Gap => at += 1,
                Class::Letter => break,
                Class::Longer if fold::letter_at(text, at) > 0 => break,
                Class::Longer => at += fold::width(byte),
            }
        }
        let start = at;
        while let Some(&byte) = bytes.get(at) {
            at += match CLASSES[usize::from(byte)] {
                Class::Gap => break,
                Class::Letter => 1,
                Class::Longer => match fold::letter_at(text, at) {
                    // A combining mark, U+0300 to U+036F.
                    0 if matches!(byte, 0xCC | 0xCD) && text[at..].starts_with(is_word_char) => 2,
                    0 => break,
                    len => len,
                },
            };
        }
        (start < at).then(|| Word { start, text: &text[start..at] })
    })
}

fn is_word_char(c: char) -> bool {
    c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
}

/// Where the word around byte `at` starts; `at` itself if no letter stands before it.
#[must_use]
pub fn word_start(text: &str, at: usize) -> usize {
    let low = text.ceil_char_boundary(at.saturating_sub(REACH));
    text[low..at].rfind(|c: char| !is_word_char(c)).map_or(low, |p| low + p + text[low + p..].chars().next().map_or(1, char::len_utf8))
}

/// Where the word around byte `at` ends; `at` itself if no letter stands there.
#[must_use]
pub fn word_end(text: &str, at: usize) -> usize {
    let high = text.floor_char_boundary(at + REACH);
    text[at..high].find(|c: char| !is_word_char(c)).map_or(high, |p| at + p)
}

/// The word that ends nearest before `at`, if only blanks, no-break spaces or one of `,.:;(` stand between.
#[must_use]
pub fn word_before(text: &str, at: usize) -> Option<Word<'_>> {
    let from = text.ceil_char_boundary(at.saturating_sub(120));
    let head = text.get(from..at)?.trim_end_matches([' ', '\t', '\u{a0}', ',', '.', ':', ';', '(']);
    let start = word_start(head, head.len());
    (start < head.len()).then(|| Word { start: from + start, text: &head[start..] })
}

/// The line around `at`: start and end in bytes, without the line feed; at most 1,200 bytes either way.
#[must_use]
pub fn line_around(text: &str, at: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let at = at.min(bytes.len());
    let (low, high) = (text.ceil_char_boundary(at.saturating_sub(REACH)), text.floor_char_boundary(at + REACH));
    let start = memchr::memrchr(b'\n', &bytes[low..at]).map_or(low, |p| low + p + 1);
    let end = memchr::memchr(b'\n', &bytes[at..high]).map_or(high, |p| at + p);
    (start, end)
}

/// Where the first blank line of `bytes` is: the line feed that ends the line before it. Short stretches need no searcher.
#[must_use]
pub fn blank_line(bytes: &[u8]) -> Option<usize> {
    memchr::memchr_iter(b'\n', bytes).find(|&at| bytes.get(at + 1) == Some(&b'\n'))
}

/// The same for the last blank line.
#[must_use]
pub fn last_blank_line(bytes: &[u8]) -> Option<usize> {
    memchr::memrchr_iter(b'\n', bytes).find(|&at| bytes.get(at + 1) == Some(&b'\n'))
}

/// The paragraph around `at`: start and end in bytes; a blank line ends it, as do about 1,200 bytes.
#[must_use]
pub fn paragraph_around(text: &str, at: usize) -> (usize, usize) {
    let (mut start, mut end) = line_around(text, at);
    let bytes = text.as_bytes();
    let is_blank = |line: std::ops::Range<usize>| text[line].trim().is_empty();
    let lowest = start.saturating_sub(3 * REACH);
    let mut feeds = memchr::memrchr_iter(b'\n', &bytes[lowest..start.saturating_sub(1).max(lowest)]);
    while start > 0 && at - start < REACH && bytes[start - 1] == b'\n' {
        let low = text.ceil_char_boundary((start - 1).saturating_sub(REACH));
        let before = feeds.next().map_or(low, |feed| low.max(lowest + feed + 1));
        if is_blank(before..start - 1) {
            break;
        }
        start = before;
    }
    let highest = (end + 3 * REACH).min(bytes.len());
    let first = (end + 1).min(highest);
    let mut feeds = memchr::memchr_iter(b'\n', &bytes[first..highest]);
    while end < bytes.len() && end - at < REACH && bytes[end] == b'\n' {
        let high = text.floor_char_boundary(end + 1 + REACH);
        let stop = feeds.next().map_or(high, |feed| high.min(first + feed));
        if is_blank(end + 1..stop) {
            break;
        }
        end = stop;
    }
    (start, end)
}

/// The sentence around `at`, inside its paragraph: ended by `.`, `!` or `?` before a blank and a capital, or by the
/// paragraph. Abbreviations of one or two letters (`t.ex.`, `kl.`) and initials do not end it.
#[must_use]
pub fn sentence_around(text: &str, at: usize) -> (usize, usize) {
    let (from, to) = paragraph_around(text, at);
    let middle = at.clamp(from, to);
    let bytes = text.as_bytes();
    let ends = |stop: &usize| ends_sentence(text, from, *stop, to);
    let before = memchr::memrchr3_iter(b'.', b'!', b'?', &bytes[from..middle]).map(|p| from + p + 1);
    let after = memchr::memchr3_iter(b'.', b'!', b'?', &bytes[middle..to]).map(|p| middle + p + 1);
    ({ before }.find(ends).unwrap_or(from), { after }.find(ends).unwrap_or(to))
}

fn ends_sentence(text: &str, from: usize, stop: usize, to: usize) -> bool {
    let mut after = text[stop..to].trim_start_matches(['"', '”', '\'', ')', '»']).chars();
    if !after.next().is_none_or(char::is_whitespace) {
        return false;
    }
    let next = after.find(|c| !c.is_whitespace());
    if !next.is_none_or(|c| c.is_uppercase() || matches!(c, '–' | '-' | '"' | '”' | '«' | '»' | '•') || !c.is_alphanumeric() && c != '(')
    {
        return false;
    }
    let mut word = text[from..stop - 1].chars().rev().take_while(|c| c.is_alphanumeric());
    let last = [word.next(), word.next(), word.next()];
    text.as_bytes()[stop - 1] != b'.' || last[2].is_some() || last[0].is_some() && last.iter().flatten().all(char::is_ascii_digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_letters_and_digits() {
        let found: Vec<_> = words("Åsa – 3B, e\u{301}n").map(|w| w.text).collect();
        assert_eq!(found, ["Åsa", "3B", "e\u{301}n"]);
    }

    #[test]
    fn word_before_skips_blanks_and_light_punctuation() {
        assert_eq!(word_before("Tfn: 070", 5).map(|w| w.text), Some("Tfn"));
        assert_eq!(word_before("på\u{a0}070", 5).map(|w| w.text), Some("på"));
        assert_eq!(word_before("!070", 1), None);
    }

    #[test]
    fn sentences_end_at_stops_not_at_abbreviations() {
        let text = "Vi ses kl. 8 t.ex. här. Ring A. Ek! Hej";
        let (s, e) = sentence_around(text, 5);
        assert_eq!(&text[s..e], "Vi ses kl. 8 t.ex. här.");
        let (s, e) = sentence_around(text, 30);
        assert_eq!(&text[s..e], " Ring A. Ek!");
    }

    #[test]
    fn a_blank_line_ends_a_paragraph() {
        let text = "a\nb\n\nc";
        assert_eq!(paragraph_around(text, 2), (0, 3));
        assert_eq!(paragraph_around(text, 5), (5, 6));
        assert_eq!(paragraph_around("", 0), (0, 0));
    }
}
