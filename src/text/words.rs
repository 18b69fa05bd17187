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

/// The words of `text` in order: runs of letters, digits and combining marks.
pub fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() && fold::letter_at(text, at) == 0 {
            at += fold::width(bytes[at]);
        }
        let start = at;
        while at < bytes.len() {
            at += match fold::letter_at(text, at) {
                // A combining mark, U+0300 to U+036F.
                0 if matches!(bytes[at], 0xCC | 0xCD) && text[at..].starts_with(is_word_char) => 2,
                0 => break,
                len => len,
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
    while start > 0 && at - start < REACH && bytes[start - 1] == b'\n' {
        if start > 1 && bytes[start - 2] == b'\n' {
            break;
        }
        let (before, stop) = line_around(text, start - 1);
        if text[before..stop].trim().is_empty() {
            break;
        }
        start = before;
    }
    while end < text.len() && end - at < REACH && bytes[end] == b'\n' && bytes.get(end + 1) != Some(&b'\n') {
        let (next, stop) = line_around(text, end + 1);
        if next > text.len() || text[next.min(stop)..stop].trim().is_empty() {
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
    let mut start = from;
    let mut end = to;
    for i in memchr::memchr3_iter(b'.', b'!', b'?', &text.as_bytes()[from..to]) {
        let stop = from + i + 1;
        if !ends_sentence(text, from, stop, to) {
            continue;
        }
        if stop <= at {
            start = stop;
        } else {
            end = stop;
            break;
        }
    }
    (start, end)
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
    let word = text[from..stop - 1].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    !text[..stop].ends_with('.') || word.chars().count() > 2 || word.chars().all(|c| c.is_ascii_digit()) && !word.is_empty()
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
