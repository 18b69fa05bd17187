//! Letters and small letters without a copy: bytes are classed and folded one by one, which is right for ASCII and for
//! the letters from À to ÿ, whose capitals and small letters have as many bytes.

/// The byte as in the small letter; `before` is the byte before it.
#[inline]
pub(crate) const fn fold(before: u8, byte: u8) -> u8 {
    let ascii = byte.wrapping_sub(b'A') < 26;
    // À to Þ, × (C3 97) apart.
    let latin = (before == 0xC3) & (byte.wrapping_sub(0x80) < 0x1F) & (byte != 0x97);
    byte | ((ascii | latin) as u8) << 5
}

/// Eight bytes as in the small letters, the first byte on top: [`fold`] on all at once. The first is folded as if nothing
/// stood before it.
#[inline]
pub(crate) const fn fold_eight(bytes: u64) -> u64 {
    const HIGH: u64 = 0x8080_8080_8080_8080;
    let low = bytes & !HIGH;
    let ascii = (low + all(0x80 - b'A')) & !(low + all(0x80 - b'Z' - 1)) & !bytes & HIGH;
    let after = equals(bytes, 0xC3) >> 8;
    // 80 to 9F, × and ß apart.
    let latin = if after == 0 { 0 } else { after & bytes & !(bytes << 1) & !(bytes << 2) & !equals(bytes, 0x97) & !equals(bytes, 0x9F) };
    bytes | (ascii | latin) >> 2
}

/// Whether one of eight bytes is of a letter that does not fold byte by byte.
#[inline]
pub(crate) const fn has_foreign(bytes: u64) -> bool {
    bytes & ((bytes & all(0x7F)) + all(0x80 - 0x44)) & all(0x80) != 0
}

/// Eight of one byte.
const fn all(byte: u8) -> u64 {
    byte as u64 * 0x0101_0101_0101_0101
}

/// The high bit of each byte that is `byte`.
const fn equals(bytes: u64, byte: u8) -> u64 {
    let differ = bytes ^ all(byte);
    !(((differ & all(0x7F)) + all(0x7F)) | differ | all(0x7F))
}

/// Whether a letter of `word` is beyond those that fold byte by byte.
pub(crate) fn is_foreign(word: &[u8]) -> bool {
    word.iter().fold(0, |most, &b| most.max(b)) >= 0xC4
}

/// Whether `raw` in small letters starts with `low`.
pub(crate) fn starts_with(raw: &[u8], low: &[u8]) -> bool {
    raw.len() >= low.len() && {
        let mut before = 0;
        raw.iter().zip(low).all(|(&r, &l)| fold(std::mem::replace(&mut before, r), r) == l)
    }
}

/// Whether `raw` in small letters ends with `low`.
pub(crate) fn ends_with(raw: &[u8], low: &[u8]) -> bool {
    raw.len().checked_sub(low.len()).is_some_and(|at| starts_with(&raw[at..], low))
}

/// How many bytes the letter or digit at byte `at` has; 0 where none stands.
#[inline]
pub(crate) fn letter_at(text: &str, at: usize) -> usize {
    match text.as_bytes()[at] {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' => 1,
        0..=0x7F => 0,
        0xC3 => 2 * usize::from(!matches!(text.as_bytes()[at + 1], 0x97 | 0xB7)),
        _ => foreign_at(text, at),
    }
}

#[cold]
fn foreign_at(text: &str, at: usize) -> usize {
    text.get(at..).and_then(|rest| rest.chars().next()).filter(|c| c.is_alphanumeric()).map_or(0, char::len_utf8)
}

/// How many bytes the character has that starts with `byte`.
#[inline]
pub(crate) const fn width(byte: u8) -> usize {
    match byte {
        0..=0xBF => 1,
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        _ => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn capitals_and_small_letters_are_one() {
        for (raw, low) in [("ÅSA Ærø", "åsa ærø"), ("ÞÞ×÷", "þþ×÷"), ("abc1-", "abc1-")] {
            assert!(starts_with(raw.as_bytes(), low.as_bytes()), "{raw}");
            assert_eq!(raw.to_lowercase(), low);
        }
        assert!(!starts_with("ås".as_bytes(), "åsa".as_bytes()));
        assert!(ends_with("KommunCHEF".as_bytes(), b"chef") && !ends_with(b"hef", b"chef"));
        assert!(is_foreign("Šárka".as_bytes()) && !is_foreign("Ängla".as_bytes()));
    }

    #[test]
    fn eight_bytes_fold_as_one_by_one() {
        let some = [
            0x00, 0x20, b'@', b'A', b'Z', b'[', b'a', b'z', 0x7F, 0x80, 0x84, 0x96, 0x97, 0x98, 0x9E, 0x9F, 0xA0, 0xB7, 0xC2, 0xC3, 0xC4,
            0xFF,
        ];
        for first in some {
            for second in some {
                for third in some {
                    let bytes = [first, second, third, second, first, third, third, first];
                    let mut before = 0;
                    let one_by_one = bytes.map(|b| fold(std::mem::replace(&mut before, b), b));
                    assert_eq!(fold_eight(u64::from_be_bytes(bytes)).to_be_bytes(), one_by_one, "{bytes:x?}");
                    assert_eq!(has_foreign(u64::from_be_bytes(bytes)), is_foreign(&bytes), "{bytes:x?}");
                }
            }
        }
    }

    #[test]
    fn letters_have_their_width() {
        for (text, len) in [("a", 1), ("5", 1), ("Å", 2), ("×", 0), ("÷", 0), ("Š", 2), ("–", 0), ("😀", 0), ("字", 3), (" ", 0)] {
            assert_eq!(letter_at(text, 0), len, "{text}");
            assert_eq!(width(text.as_bytes()[0]), text.len(), "{text}");
        }
    }
}
