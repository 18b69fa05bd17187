//! A map from 64-bit hashes to 16-bit values that is used as it lies in the file.
//!
//! Buckets of sixteen (16-bit fingerprint, 16-bit value) pairs, one cache line each; a full bucket overflows into the
//! next. A third of a million words take 2 MB, a look-up touches one line, and nothing is parsed at start.
//! One look-up in eight thousand answers for a word that is not there: evidence, never proof.

/// Bytes of a bucket.
const BUCKET: usize = 64;
const SLOTS: usize = 16;
/// Where the values begin.
const VALUES: usize = SLOTS * 2;
/// Buckets a look-up may visit.
const REACH: usize = 6;

/// A table lying in bytes.
#[derive(Clone, Copy)]
pub(crate) struct Table {
    lines: &'static [[u8; BUCKET]],
    buckets: u64,
}

impl Table {
    /// The value stored under `hash`; 0 when there is none.
    #[inline]
    pub(crate) fn get(self, hash: u64) -> u16 {
        let (start, print) = place(hash, self.buckets);
        let all = u64::from(print) * 0x0001_0001_0001_0001;
        for bucket in self.lines.iter().skip(start).take(REACH) {
            let (words, _) = bucket.as_chunks::<8>();
            let mut hit = 0_u64;
            let mut value = 0_u64;
            let mut hole = 0_u64;
            for n in 0..4 {
                let prints = u64::from_le_bytes(words[n]);
                let lanes = zero_lanes(prints ^ all);
                // The value beside the lowest lane that is alike, without a branch.
                let found = u64::from_le_bytes(words[n + 4]) >> (lanes.trailing_zeros() & 0x30);
                value |= found & 0u64.wrapping_sub(u64::from(lanes != 0 && hit == 0));
                hit |= lanes;
                hole |= zero_lanes(prints);
            }
            #[expect(clippy::cast_possible_truncation, reason = "one lane of four")]
            if hit != 0 || hole != 0 {
                return if hit != 0 { value as u16 } else { 0 };
            }
        }
        0
    }
}

/// The top bit of the lowest 16-bit lane that is zero, and of some after it.
#[inline]
const fn zero_lanes(x: u64) -> u64 {
    x.wrapping_sub(0x0001_0001_0001_0001) & !x & 0x8000_8000_8000_8000
}

/// First bucket and fingerprint (never 0) of a hash.
#[inline]
fn place(hash: u64, buckets: u64) -> (usize, u16) {
    let spread = super::hash::mix(7, hash);
    let bucket = (u128::from(spread) * u128::from(buckets)) >> 64;
    #[expect(clippy::cast_possible_truncation, reason = "the low 16 bits are the fingerprint")]
    let print = (spread as u16).max(1);
    (bucket as usize, print)
}

/// Lays out a table for `entries` (hash, value), given in order of worth: a later entry with the same bucket and
/// fingerprint as an earlier one is left out. Returns the bytes and how many entries were left out.
#[must_use]
pub fn layout(entries: &[(u64, u16)]) -> (Vec<u8>, usize) {
    let buckets = (entries.len() * 3 / 2 / SLOTS + 8) as u64;
    let mut bytes = vec![0_u8; (buckets as usize + REACH) * BUCKET];
    let mut lost = 0;
    for &(hash, value) in entries {
        let (start, print) = place(hash, buckets);
        let free = (start..start + REACH).flat_map(|b| (0..SLOTS).map(move |s| (b * BUCKET, s))).find(|&(at, s)| {
            let p = u16::from_le_bytes([bytes[at + s * 2], bytes[at + s * 2 + 1]]);
            p == 0 || p == print
        });
        match free {
            Some((at, s)) if bytes[at + s * 2] == 0 && bytes[at + s * 2 + 1] == 0 => {
                bytes[at + s * 2..at + s * 2 + 2].copy_from_slice(&print.to_le_bytes());
                bytes[at + VALUES + s * 2..at + VALUES + 2 + s * 2].copy_from_slice(&value.to_le_bytes());
            }
            _ => lost += 1,
        }
    }
    // The spare buckets at the end are only for overflow: `get` must compute places from the same count.
    let mut out = (buckets as u32).to_le_bytes().to_vec();
    out.extend_from_slice(&bytes);
    (out, lost)
}

/// A table as [`layout`] wrote it: four bytes of bucket count, then buckets.
pub(crate) const fn open(bytes: &'static [u8]) -> Table {
    let (head, rest) = bytes.split_at(4);
    let buckets = u32::from_le_bytes([head[0], head[1], head[2], head[3]]) as u64;
    Table { lines: rest.as_chunks::<BUCKET>().0, buckets }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_put_in_comes_out() {
        let entries: Vec<(u64, u16)> = (1..5000_u16).map(|n| (super::super::hash::mix(1, u64::from(n)), n)).collect();
        let (bytes, lost) = layout(&entries);
        let table = open(Box::leak(bytes.into_boxed_slice()));
        let wrong = entries.iter().filter(|(h, v)| table.get(*h) != *v).count();
        assert!(wrong <= lost, "{wrong} {lost}");
        let strangers = (0..100_000_u64).filter(|n| table.get(super::super::hash::mix(2, *n)) != 0).count();
        assert!(strangers < 40, "{strangers}");
    }

    #[test]
    fn an_empty_table_answers_nothing() {
        assert_eq!(open(&[0; 4]).get(123), 0);
    }
}
