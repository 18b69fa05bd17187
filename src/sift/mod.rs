//! Sift: the one pass over a text's bytes that finds the places worth a look.
//!
//! Bytes are classed 64 at a time into bit masks (digit, capital, sign); only set bits are ever looked at again.
//! This is the only place with SIMD; the portable classifier gives the same masks and is its test.

mod classify;
#[cfg(target_arch = "x86_64")]
mod simd;

use classify::Masks;

/// The places of one text worth a look, as byte offsets in rising order.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct Anchors {
    /// Starts of runs of digits.
    pub numbers: Vec<u32>,
    /// `@`, and `(` or `[` before `at)` or `at]`.
    pub ats: Vec<u32>,
    /// `/` between a host name and a path, as in `instagram.com/name`.
    pub slashes: Vec<u32>,
    /// Starts of words with a capital first letter.
    pub capitals: Vec<u32>,
    /// Capitals right after small letters or digits of the same word, one for some: letters in code change so.
    pub coded: Vec<u32>,
}

impl Anchors {
    /// Forgets all places, keeps the room.
    pub fn clear(&mut self) {
        self.numbers.clear();
        self.ats.clear();
        self.slashes.clear();
        self.capitals.clear();
        self.coded.clear();
    }
}

/// Finds the anchors of `text` into `out`, which is cleared first.
pub fn sift(text: &str, out: &mut Anchors) {
    #[cfg(target_arch = "x86_64")]
    if let Some(classify) = simd::classifier() {
        return sift_with(text, out, classify);
    }
    sift_with(text, out, classify::portable);
}

#[inline]
fn sift_with(text: &str, out: &mut Anchors, classify: impl Fn(&[u8; 64]) -> Masks) {
    out.clear();
    let bytes = text.as_bytes();
    let mut before_digit = 0_u64;
    let mut before_word = 0_u64;
    let mut before_upper = 0_u64;
    let mut before_change = false;
    let (blocks, tail) = bytes.as_chunks::<64>();
    let mut last = [0_u8; 64];
    last[..tail.len()].copy_from_slice(tail);
    for (i, block) in blocks.iter().chain(std::iter::once(&last)).enumerate() {
        let masks = classify(block);
        let base = i * 64;
        let digits = masks.digit & !(masks.digit << 1 | before_digit);
        let capitals = masks.capital & !(masks.word << 1 | before_word);
        // Once in a word, as in `iPhone`, is no code.
        let upper = masks.capital & masks.word;
        let change = upper & (masks.word << 1 | before_word) & !(upper << 1 | before_upper);
        if change & change.wrapping_sub(1) != 0 || change != 0 && before_change {
            out.coded.push(offset(base + change.trailing_zeros() as usize));
        }
        (before_change, before_upper) = (change != 0, upper >> 63);
        before_digit = masks.digit >> 63;
        before_word = masks.word >> 63;
        each_bit(digits, |bit| out.numbers.push(offset(base + bit)));
        each_bit(capitals, |bit| {
            if classify::starts_capital_word(text, base + bit) {
                out.capitals.push(offset(base + bit));
            }
        });
        each_bit(masks.sign, |bit| sign(bytes, base + bit, out));
    }
}

fn sign(bytes: &[u8], at: usize, out: &mut Anchors) {
    let near = |n: usize| bytes.get(at + n).map(u8::to_ascii_lowercase);
    match bytes[at] {
        b'@' => out.ats.push(offset(at)),
        b'/' => {
            // A host name ends in letters before the path: `.com/`, `.me/`.
            let alpha = |n: usize| at.checked_sub(n).is_some_and(|p| bytes[p].is_ascii_alphabetic());
            if alpha(1) && alpha(2) && near(1).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'@' | b'_')) {
                out.slashes.push(offset(at));
            }
        }
        // `(at)`, `[at]`, `( at )`, `(a)`
        _ if near(1) == Some(b'a') && matches!(near(2), Some(b')' | b']')) => out.ats.push(offset(at)),
        _ => {
            let skip = usize::from(near(1) == Some(b' '));
            let close = if near(3 + skip) == Some(b' ') { 4 + skip } else { 3 + skip };
            if near(1 + skip) == Some(b'a') && near(2 + skip) == Some(b't') && matches!(near(close), Some(b')' | b']')) {
                out.ats.push(offset(at));
            }
        }
    }
}

#[inline]
fn each_bit(mut mask: u64, mut f: impl FnMut(usize)) {
    while mask != 0 {
        f(mask.trailing_zeros() as usize);
        mask &= mask - 1;
    }
}

#[expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]
const fn offset(at: usize) -> u32 {
    at as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Anchors {
        let mut out = Anchors::default();
        sift(text, &mut out);
        let mut twin = Anchors::default();
        sift_with(text, &mut twin, classify::portable);
        assert_eq!(out, twin, "SIMD and portable differ on {text:?}");
        out
    }

    #[test]
    fn runs_of_digits_are_found_once() {
        assert_eq!(found("a 070-12 3").numbers, [2, 6, 9]);
        let long = format!("{}{}", "x".repeat(60), "1".repeat(20));
        assert_eq!(found(&long).numbers, [60]);
    }

    #[test]
    fn capitals_start_words() {
        assert_eq!(found("Åsa och Éva, iPhone –Örn Šárka ×3 A").capitals, [0, 9, 25, 30, 42]);
    }

    #[test]
    fn signs_are_told_by_their_neighbours() {
        assert_eq!(found("a@b (at) [AT] ( at ) (atom)").ats, [1, 4, 9, 14]);
        assert_eq!(found("insta.com/anna 1/2 och/eller x.se/").slashes, [9, 22]);
    }
}
