//! One way to write each character: what detectors read after disguises and typography are folded away.
//!
//! Folded: invisible characters (soft hyphen, zero-width, bidi marks) vanish; decomposed letters are composed;
//! full-width and styled digits and letters become plain ones. Dashes and spaces stay as written: detectors know them.

use unicode_normalization::UnicodeNormalization;

/// Whether [`normalise`] would change `text`; far cheaper than doing it.
#[must_use]
pub fn needs_normalising(text: &str) -> bool {
    text.as_bytes().chunks(64).enumerate().any(|(i, chunk)| {
        // Leads C2 and from C4 up may start something to fold; C3 (most of å, ä, ö, é) never does.
        chunk.iter().fold(false, |odd, &b| odd | (b == 0xC2) | (b > 0xC3)) && has_foldable(text, i * 64, i * 64 + chunk.len())
    })
}

/// Whether a character that starts in `from..to` is folded. Looks at bytes, so a cut character does no harm.
fn has_foldable(text: &str, from: usize, to: usize) -> bool {
    let bytes = text.as_bytes();
    (from..to).any(|i| {
        let next = |n: usize| bytes.get(i + n).copied().unwrap_or(0);
        match bytes[i] {
            0xC2 => next(1) == 0xAD,
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
    })
}

/// Splits `text` into pieces: `(bytes of the source, what they become)`, `None` meaning "as it stands".
pub fn normalise(text: &str, mut piece: impl FnMut(std::ops::Range<usize>, Option<&str>)) {
    let mut plain = 0;
    let mut chars = text.char_indices().peekable();
    let mut folded = String::new();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        let marks = chars.peek().is_some_and(|&(_, next)| is_mark(next)) && c.is_alphabetic();
        if !marks && !is_ignorable(c) && !is_styled(c) {
            continue;
        }
        while marks
            && let Some(&(p, next)) = chars.peek()
            && is_mark(next)
        {
            end = p + next.len_utf8();
            chars.next();
        }
        if plain < at {
            piece(plain..at, None);
        }
        folded.clear();
        if marks {
            folded.extend(text[at..end].nfc());
        } else if !is_ignorable(c) {
            folded.extend(c.nfkc());
            if let Some(digit) = other_digit(c) {
                folded.clear();
                folded.push(digit);
            }
        }
        piece(at..end, Some(&folded));
        plain = end;
    }
    if plain < text.len() {
        piece(plain..text.len(), None);
    }
}

const fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// Characters that no reader sees: Unicode's default ignorables that occur in text, bidi controls included.
const fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Full-width forms and mathematical letters and digits; and digits of other scripts.
const fn is_styled(c: char) -> bool {
    matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{1d400}'..='\u{1d7ff}' | '\u{660}'..='\u{669}' | '\u{6f0}'..='\u{6f9}')
}

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
