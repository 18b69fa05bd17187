//! One hash for a word in any case, and small hashes for its ends.
//!
//! `Anna`, `ANNA` and `anna` must meet in the lexicon, so bytes are hashed with bit 5 set: that folds ASCII and
//! Latin-1 (`Å` C3 85 → C3 A5) at once and costs nothing. Words with other letters (`Š` C5 A0, `Č`) are lower-cased first.

/// Longest part of a word that is looked at, in bytes. Longer words differ in their first 64 bytes or not at all.
pub(crate) const LONGEST: usize = 64;

const K: u64 = 0x9E37_79B9_7F4A_7C15;
const FOLD: u64 = 0x2020_2020_2020_2020;

/// Mixes `value` under `seed` to 64 well-spread bits: one wide multiplication, its halves folded together.
#[inline]
pub(crate) const fn mix(seed: u64, value: u64) -> u64 {
    let wide = ((value ^ seed.wrapping_mul(K)) as u128) * 0xD6E8_FEB8_6659_FD93_u128;
    let h = (wide as u64) ^ ((wide >> 64) as u64);
    h.wrapping_mul(K)
}

/// Hash of a word, the same for all its ways with capitals.
#[inline]
pub fn word(text: &str) -> u64 {
    within(text.as_bytes(), 0, text.len())
}

/// [`word`] of `bytes[from..to]`; quicker, for it may read over the word's end.
#[inline]
pub(crate) fn within(bytes: &[u8], from: usize, to: usize) -> u64 {
    let to = to.min(from + LONGEST);
    let mut h = (to - from) as u64;
    let mut strange = 0;
    let mut at = from;
    while at < to {
        let left = to - at;
        let mut chunk = match bytes.get(at..at + 8).and_then(|c| c.as_array::<8>()) {
            Some(c) => u64::from_le_bytes(*c),
            None => bytes[at..to].iter().rev().fold(0, |x, &b| x << 8 | u64::from(b)),
        };
        if left < 8 {
            chunk &= (1 << (left * 8)) - 1;
        }
        strange |= beyond_latin(chunk);
        h = step(h, chunk);
        at += 8;
    }
    if strange != 0 { slow(&bytes[from..to]) } else { h ^ (h >> 29) }
}

/// Nonzero when a byte is `C4` or above: a letter that bit 5 does not fold.
#[inline]
const fn beyond_latin(chunk: u64) -> u64 {
    // Top two bits set (C0–FF) and any of the next four: not C0–C3.
    let top = chunk & (chunk << 1) & 0x8080_8080_8080_8080;
    let rest = (chunk << 2 | chunk << 3 | chunk << 4 | chunk << 5) & 0x8080_8080_8080_8080;
    top & rest
}

/// Words with letters outside Latin-1 are lower-cased one by one.
#[cold]
fn slow(bytes: &[u8]) -> u64 {
    let text = String::from_utf8_lossy(bytes);
    let mut low = Vec::with_capacity(LONGEST + 8);
    fold(&text, &mut low);
    folded(&low[..low.len().min(LONGEST)])
}

fn folded(bytes: &[u8]) -> u64 {
    let mut h = bytes.len() as u64;
    let (chunks, tail) = bytes.as_chunks::<8>();
    for c in chunks {
        h = step(h, u64::from_le_bytes(*c));
    }
    if !tail.is_empty() {
        h = step(h, tail.iter().rev().fold(0, |x, &b| x << 8 | u64::from(b)));
    }
    h ^ (h >> 29)
}

#[inline]
const fn step(h: u64, chunk: u64) -> u64 {
    let h = (h ^ (chunk | FOLD)).wrapping_mul(K);
    h ^ (h >> 31)
}

/// [`word`] of an ASCII word of at most eight bytes, at compile time.
pub(crate) const fn short(bytes: &[u8]) -> u64 {
    let mut last = [0_u8; 8];
    let mut i = 0;
    while i < bytes.len() {
        last[i] = bytes[i];
        i += 1;
    }
    let h = step(bytes.len() as u64, u64::from_le_bytes(last));
    h ^ (h >> 29)
}

/// Writes the lower-cased word to the end of `out`.
#[inline]
pub(crate) fn fold(text: &str, out: &mut Vec<u8>) {
    if text.bytes().any(|b| b >= 0xC4) {
        let mut room = [0; 4];
        for c in text.chars().flat_map(char::to_lowercase) {
            out.extend_from_slice(c.encode_utf8(&mut room).as_bytes());
        }
        return;
    }
    let mut lead = false;
    for b in text.bytes() {
        let upper = b.is_ascii_uppercase() || (lead && b <= 0x9E && b != 0x97);
        lead = b == 0xC3;
        out.push(if upper { b | 0x20 } else { b });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_does_not_matter() {
        for (a, b) in [
            ("Łukasz", "łukasz"),
            ("Anna Şahin ÅÄÖ", "anna şahin åäö"),
            ("Anna", "ANNA"),
            ("åsa", "ÅSA"),
            ("Šárka", "šárka"),
            ("Öst-Åke", "öst-åke"),
            ("", ""),
        ] {
            assert_eq!(word(a), word(b), "{a} {b}");
            let (mut x, mut y) = (Vec::new(), Vec::new());
            fold(a, &mut x);
            fold(b, &mut y);
            assert_eq!(x, y);
        }
    }

    #[test]
    fn neighbours_differ() {
        for (a, b) in [("anna", "anne"), ("anna", "annas"), ("åsa", "äsa"), ("a", "aa"), ("anna lind", "annalind")] {
            assert_ne!(word(a), word(b), "{a} {b}");
        }
    }

    #[test]
    fn compile_time_words_are_the_same() {
        for w in ["och", "o", "eller"] {
            assert_eq!(short(w.as_bytes()), word(w));
        }
    }

    #[test]
    fn very_long_words_are_cut_not_refused() {
        let long = "å".repeat(200);
        assert_eq!(word(&long), word(&long.to_uppercase()));
        let odd = format!("a{}", "č".repeat(60));
        let _ = word(&odd);
    }
}
