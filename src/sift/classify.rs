//! Classing of bytes, portable: the masks every SIMD classifier must give too.

/// One bit a byte of a block of 64, lowest bit first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Masks {
    /// `0`–`9`.
    pub digit: u64,
    /// First byte of what may be a capital letter: `A`–`Z`, or a lead byte C3, C4 or C5.
    pub capital: u64,
    /// ASCII letters, digits and `_`: a capital right after one starts no word.
    pub word: u64,
    /// `@`, `/`, `(`, `[`.
    pub sign: u64,
}

const DIGIT: u8 = 1;
const CAPITAL: u8 = 2;
const WORD: u8 = 4;
const SIGN: u8 = 8;

static CLASS: [u8; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let b = i as u8;
        table[i] = match b {
            b'0'..=b'9' => DIGIT | WORD,
            b'A'..=b'Z' => CAPITAL | WORD,
            b'a'..=b'z' | b'_' => WORD,
            0xC3..=0xC5 => CAPITAL,
            b'@' | b'/' | b'(' | b'[' => SIGN,
            _ => 0,
        };
        i += 1;
    }
    table
};

/// Classes a block with a table.
pub(super) fn portable(block: &[u8; 64]) -> Masks {
    let mut masks = Masks::default();
    for (i, &byte) in block.iter().enumerate() {
        let class = CLASS[usize::from(byte)];
        if class == 0 {
            continue;
        }
        masks.digit |= u64::from(class & DIGIT) << i;
        masks.capital |= u64::from(class >> 1 & 1) << i;
        masks.word |= u64::from(class >> 2 & 1) << i;
        masks.sign |= u64::from(class >> 3 & 1) << i;
    }
    masks
}

/// Whether a word with a capital first letter starts at `at`, where a mask says that one may.
#[inline]
pub(super) fn starts_capital_word(text: &str, at: usize) -> bool {
    let bytes = text.as_bytes();
    let capital = match bytes[at] {
        0xC3 => matches!(bytes.get(at + 1), Some(0x80..=0x96 | 0x98..=0x9E)),
        0xC4 | 0xC5 => text[at..].chars().next().is_some_and(char::is_uppercase),
        _ => true,
    };
    // A letter outside ASCII right before means that we are inside a word.
    capital && !(at > 0 && bytes[at - 1] >= 0x80 && text[..at].chars().next_back().is_some_and(char::is_alphabetic))
}
