//! The words around a place, read outwards from it: nothing is copied, and no further than is asked for.

use std::ops::Range;

use crate::text::{blank_line, fold};

/// How far back and ahead words are looked for, in bytes.
const REACH: usize = 128;

/// Which side of a place.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Before,
    After,
}

/// Calls `hear` with each of the `most` nearest words on one side of byte `at`, the nearest first: the bytes of `text`
/// from the word's first to the end of what may be read, and how many words away it is. A blank line ends the look.
pub(super) fn each(text: &str, at: usize, side: Side, most: usize, hear: impl FnMut(Range<usize>, usize)) {
    match side {
        Side::Before => before(text, at, most, hear),
        Side::After => after(text, at, most, hear),
    }
}

fn before(text: &str, at: usize, most: usize, mut hear: impl FnMut(Range<usize>, usize)) {
    let bytes = text.as_bytes();
    let floor = text.ceil_char_boundary(at.saturating_sub(REACH));
    let mut start = at;
    let mut inside = false;
    let mut count = 0;
    while start > floor {
        let byte = bytes[start - 1];
        let (is_word, len) = if byte.is_ascii() { (byte.is_ascii_alphanumeric(), 1) } else { char_before(text, start) };
        if inside && !is_word {
            count += 1;
            hear(start..at, count);
            if count == most {
                return;
            }
        }
        if byte == b'\n' && start - 1 > floor && bytes[start - 2] == b'\n' {
            return;
        }
        inside = is_word;
        start -= len;
    }
    if inside {
        hear(start..at, count + 1);
    }
}

fn after(text: &str, at: usize, most: usize, mut hear: impl FnMut(Range<usize>, usize)) {
    let bytes = text.as_bytes();
    let mut end = text.floor_char_boundary((at + REACH).min(text.len()));
    if let Some(blank) = blank_line(&bytes[at..end]) {
        end = at + blank;
    }
    let mut start = at;
    let mut inside = false;
    let mut count = 0;
    while start < end {
        let byte = bytes[start];
        let (is_word, len) = match fold::letter_at(text, start) {
            0 => (false, fold::width(byte)),
            len => (true, len),
        };
        if is_word && !inside {
            count += 1;
            hear(start..end, count);
            if count == most {
                return;
            }
        }
        inside = is_word;
        start += len;
    }
}

/// Whether the character that ends at `end` belongs to a word, and how many bytes it has.
fn char_before(text: &str, end: usize) -> (bool, usize) {
    let start = text.floor_char_boundary(end - 1);
    (fold::letter_at(text, start) > 0, end - start)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str, at: usize, side: Side, most: usize) -> Vec<&str> {
        let mut out = Vec::new();
        each(text, at, side, most, |range, _| out.push(&text[range]));
        out
    }

    #[test]
    fn words_come_outwards() {
        let text = "en två, Åsa 12 tre – fyra";
        let at = text.find("12").expect("a number");
        assert_eq!(words(text, at, Side::Before, 9), ["Åsa ", "två, Åsa ", "en två, Åsa "]);
        assert_eq!(words(text, at, Side::Before, 1), ["Åsa "]);
        assert_eq!(words(text, at + 2, Side::After, 9), [" tre – fyra".trim_start(), "fyra"]);
    }

    #[test]
    fn a_blank_line_and_the_reach_end_the_look() {
        assert_eq!(words("a\n\nb\nc 1", 7, Side::Before, 9), ["c ", "b\nc "]);
        assert_eq!(words("1 a\nb\n\nc", 1, Side::After, 9), ["a\nb", "b"]);
        assert_eq!(words(&"ö".repeat(200), 400, Side::Before, 9).len(), 1);
        assert!(words("", 0, Side::Before, 9).is_empty());
    }
}
