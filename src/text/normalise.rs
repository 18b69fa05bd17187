//! One way to write each character: what detectors read after disguises and typography are folded away.
//!
//! Folded: invisible characters (soft hyphen, zero-width, bidi marks) vanish; decomposed letters are composed;
//! full-width and styled digits and letters become plain ones. Dashes and spaces stay as written: detectors know them.

use unicode_normalization::UnicodeNormalization;

/// Whether [`normalise`] would change `text`; far cheaper than doing it.
#[must_use]
pub fn needs_normalising(text: &str) -> bool {
    next_foldable(text.as_bytes(), 0).is_some()
}

/// The first byte from `from` on that starts a character to be folded.
fn next_foldable(bytes: &[u8], from: usize) -> Option<usize> {
    let mut at = from;
    while at < bytes.len() {
        let end = (at + 64).min(bytes.len());
        // What is folded has a lead from CC up, or is the soft hyphen (C2 AD); letters of Latin scripts have neither.
        if bytes[at..end].iter().fold(false, |odd, &b| odd | (b == 0xAD) | (b > 0xCB))
            && let Some(found) = (at.saturating_sub(1).max(from)..end).find(|&i| is_foldable(bytes, i))
        {
            return Some(found);
        }
        at = end;
    }
    None
}

/// Whether a character to be folded starts at byte `i`.
#[inline]
fn is_foldable(bytes: &[u8], i: usize) -> bool {
    let next = |n: usize| bytes.get(i + n).copied().unwrap_or(0);
    match bytes[i] {
        0xC2 => next(1) == 0xAD,
        0xC3..=0xCB => false,
        0xCC => true,
        0xCD => next(1) < 0xB0,
        0xD9 => matches!(next(1), 0xA0..=0xA9),
        0xDB => next(1) >= 0xB0,
        0xE1 => next(1) == 0xA0 && next(2) == 0x8E,
        0xE2 => match next(1) {
            0x80 => matches!(next(2), 0x8B..=0x8F | 0xAA..=0xAE),
            0x81 => matches!(next(2), 0xA0..=0xA4 | 0xA6..=0xA9),
            _ => false,
        },
        0xEF => next(1) == 0xBC || next(1) == 0xBD || (next(1) == 0xBB && next(2) == 0xBF),
        0xF0 => next(1) == 0x9D,
        _ => false,
    }
}

/// Splits `text` into pieces: `(bytes of the source, what they become)`, `None` meaning "as it stands".
pub fn normalise(text: &str, mut piece: impl FnMut(std::ops::Range<usize>, Option<&str>)) {
    let mut done = 0;
    let mut folded = String::new();
    while let Some(found) = next_foldable(text.as_bytes(), done) {
        let Some(c) = text[found..].chars().next() else { break };
        let mut end = found + c.len_utf8();
        let mut start = found;
        folded.clear();
        if is_mark(c) {
            // The mark belongs to the letter before it, with all marks that follow.
            start = text[done..found].char_indices().next_back().filter(|(_, base)| base.is_alphabetic()).map_or(found, |(i, _)| done + i);
            end += text[end..].chars().take_while(|&c| is_mark(c)).map(char::len_utf8).sum::<usize>();
            folded.extend(text[start..end].nfc());
        } else if let Some(digit) = other_digit(c) {
            folded.push(digit);
        } else if !is_ignorable(c) {
            folded.extend(c.nfkc());
        }
        if done < start {
            piece(done..start, None);
        }
        piece(start..end, Some(&folded));
        done = end;
    }
    if done < text.len() {
        piece(done..text.len(), None);
    }
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Characters that no reader sees: Unicode's default ignorables that occur in text, bidi controls included.
const fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The ASCII digit for a digit of another script.
fn other_digit(c: char) -> Option<char> {
    let zero = match c {
        '\u{660}'..='\u{669}' => 0x660,
        '\u{6f0}'..='\u{6f9}' => 0x6f0,
        _ => return None,
    };
    char::from_digit(u32::from(c) - zero, 10)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fold(text: &str) -> String {
        let mut out = String::new();
        normalise(text, |src, new| out.push_str(new.unwrap_or(&text[src])));
        out
    }

    #[test]
    fn disguises_fold_to_plain_text() {
        for (written, plain) in [
            ("A\u{30a}sa", "Åsa"),
            ("ko\u{308}p", "köp"),
            ("19\u{ad}80", "1980"),
            ("１９８０－０１", "1980-01"),
            ("𝟏𝟗", "19"),
            ("٠٧٠", "070"),
            ("a\u{200b}b\u{feff}", "ab"),
        ] {
            assert!(needs_normalising(written), "{written:?}");
            assert_eq!(fold(written), plain);
        }
    }

    #[test]
    fn ordinary_text_is_left_alone() {
        for text in ["Åsa – ”hej” 5 § 👋🏽 é №", "", "abc", "naïve Łódź Šárka"] {
            assert!(!needs_normalising(text), "{text:?}");
            assert_eq!(fold(text), text);
        }
    }
}
