//! The trained weights, as they lie in the file: a bucket is one cache line, a fact costs one look at one line.
//!
//! A bucket of 64 bytes holds eight one-byte fingerprints (the first unused) and seven slots of eight bytes: one signed
//! weight for each of seven labels and a second fingerprint byte. The eighth label, "no name", is the zero all others
//! are measured against. Made by `cargo run --release --example train-person`.

use super::element::LINKS;

/// How many labels there are.
pub(crate) const LABELS: usize = 8;
/// Labels: first and later word of a person, place, organisation; other names; no name.
pub(crate) const PERSON: usize = 0;
pub(crate) const PERSON_ON: usize = 1;
pub(crate) const PLACE: usize = 2;
pub(crate) const PLACE_ON: usize = 3;
pub(crate) const ORG: usize = 4;
pub(crate) const ORG_ON: usize = 5;
pub(crate) const MISC: usize = 6;
pub(crate) const NONE: usize = 7;

/// Weights are stored in these parts of a nat (the natural unit of log-odds).
pub const PARTS: f32 = 24.0;

/// Bytes of a bucket.
const LINE: usize = 64;
/// Slots of a bucket.
pub(crate) const SLOTS: usize = 7;
/// Bytes of the transitions before the buckets, fine and coarse.
const HEAD: usize = 2 * LINKS * LABELS * LABELS * 2;
/// `HEAD` rounded up so that buckets begin a cache line.
const BUCKETS_AT: usize = HEAD.next_multiple_of(LINE);
/// Buckets of the coarse facts: 128 KB, so that they stay in the nearer caches.
pub(crate) const COARSE: usize = 2048;

/// Makes the file begin a cache line.
#[repr(align(64))]
struct Aligned<T: ?Sized>(T);
static FILE: &Aligned<[u8]> = &Aligned(*include_bytes!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/lexicons/person-model.bin")));

/// Which of the two models: over coarse facts alone, or over all.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Grain {
    Coarse,
    Fine,
}

/// Weights to tag with: the embedded ones, or others while training.
#[derive(Clone, Copy)]
pub struct Model<'a> {
    steps: &'a [[[u8; 2]; LABELS]],
    coarse: &'a [[u8; LINE]],
    fine: &'a [[u8; LINE]],
}

impl<'a> Model<'a> {
    /// The embedded model.
    #[inline]
    pub(crate) fn embedded() -> Model<'static> {
        Model::over(&FILE.0)
    }

    /// A model over the bytes of a file.
    #[must_use]
    pub fn over(bytes: &'a [u8]) -> Self {
        let (steps, lines) = bytes.split_at_checked(BUCKETS_AT).unwrap_or((&[], &[]));
        let (coarse, fine) = lines.as_chunks::<LINE>().0.split_at_checked(COARSE).unwrap_or((&[], &[]));
        Self { steps: steps.as_chunks::<2>().0.as_chunks::<LABELS>().0, coarse, fine }
    }

    /// The sum of the coarse weights of `facts`.
    #[inline]
    pub(crate) fn coarse(&self, facts: &[u64]) -> [i16; LABELS] {
        Self::score(self.coarse, facts)
    }

    /// The sum of the fine weights of `facts`.
    #[inline]
    pub(crate) fn fine(&self, facts: &[u64]) -> [i16; LABELS] {
        Self::score(self.fine, facts)
    }

    /// The sum of the weights of `facts`, at most [`super::features::MOST`].
    ///
    /// Without a branch on whether a fact is known: half of them are, and no processor guesses which. Weights lie in
    /// the file with 128 added, so that sixteen-bit lanes of two words sum all labels at once without carrying.
    #[inline]
    fn score(lines: &[[u8; LINE]], facts: &[u64]) -> [i16; LABELS] {
        const LOW: u64 = 0x00FF_00FF_00FF_00FF;
        const ZERO: u64 = 0x0080_8080_8080_8080;
        let (mut even, mut odd) = (0_u64, 0_u64);
        for &fact in facts {
            let (bucket, print, second) = place(fact, lines.len() as u64);
            let Some(line) = lines.get(bucket) else { continue };
            let (words, _) = line.as_chunks::<8>();
            let x = u64::from_le_bytes(words[0]) ^ (u64::from(print) * 0x0101_0101_0101_0101);
            let alike = x.wrapping_sub(0x0101_0101_0101_0101) & !x & 0x8080_8080_8080_8080;
            // No fingerprint alike: 64 / 8 & 7 is slot 0, the fingerprints themselves, not taken below.
            let word = u64::from_le_bytes(words[(alike.trailing_zeros() / 8) as usize & 7]);
            let known = (alike != 0) & (word >> 56 == u64::from(second));
            let word = if known { word } else { ZERO };
            even += word & LOW;
            odd += word >> 8 & LOW;
        }
        #[expect(clippy::cast_possible_truncation, clippy::cast_possible_wrap, reason = "72 weights of eight bits fit in fifteen")]
        let lane = |x: u64, n: usize| (x >> (n * 16)) as u16 as i16 - 128 * facts.len() as i16;
        [lane(even, 0), lane(odd, 0), lane(even, 1), lane(odd, 1), lane(even, 2), lane(odd, 2), lane(even, 3), 0]
    }

    /// The weights of all labels after `from` over `link`; [`NEVER`] where they must not follow.
    #[inline]
    pub(crate) fn step(&self, grain: Grain, link: u8, from: usize) -> [i16; LABELS] {
        let part = if grain == Grain::Fine { 0 } else { LINKS };
        self.steps.get((part + usize::from(link)) * LABELS + from).map_or([0; LABELS], |row| row.map(i16::from_le_bytes))
    }
}

/// The weight of a label that must not follow.
pub const NEVER: i16 = -20_000;

/// Bucket, first and second fingerprint of a fact; the first is never 0.
#[inline]
fn place(hash: u64, buckets: u64) -> (usize, u8, u8) {
    // The upper half for the bucket, the lower for the fingerprints.
    let bucket = ((hash >> 32) * buckets) >> 32;
    #[expect(clippy::cast_possible_truncation, reason = "fingerprints are single bytes of the hash")]
    let (print, second) = ((hash as u8).max(1), (hash >> 8) as u8);
    (bucket as usize, print, second)
}

/// A fact and its weights.
pub type Fact = (u64, [i8; 7]);

/// Lays out a model file from transitions, the coarse facts and `buckets` buckets of fine facts. When a bucket
/// overflows, the facts with the least weight are left out. Returns the bytes and how many were left out.
#[must_use]
pub fn layout(fine_steps: &[i16], coarse_steps: &[i16], coarse: &[Fact], buckets: usize, fine: &[Fact]) -> (Vec<u8>, usize) {
    let mut bytes: Vec<u8> = fine_steps.iter().chain(coarse_steps).flat_map(|w| w.to_le_bytes()).collect();
    bytes.resize(BUCKETS_AT, 0);
    let (a, lost_a) = fill(COARSE, coarse);
    let (b, lost_b) = fill(buckets, fine);
    bytes.extend_from_slice(&a);
    bytes.extend_from_slice(&b);
    (bytes, lost_a + lost_b)
}

fn fill(buckets: usize, facts: &[Fact]) -> (Vec<u8>, usize) {
    let mut bytes = vec![0; buckets * LINE];
    let worth = |w: &[i8; 7]| w.iter().map(|&x| i32::from(x) * i32::from(x)).sum::<i32>();
    let mut order: Vec<&Fact> = facts.iter().filter(|f| worth(&f.1) > 0).collect();
    order.sort_by_key(|f| (-worth(&f.1), f.0));
    let mut lost = 0;
    for (hash, weights) in order {
        let (bucket, print, second) = place(*hash, buckets as u64);
        let at = bucket * LINE;
        let taken = (1..=SLOTS).find(|s| matches!(bytes[at + s], p if p == 0 || p == print));
        match taken {
            Some(slot) if bytes[at + slot] == 0 => {
                bytes[at + slot] = print;
                let to = at + slot * 8;
                for (b, w) in bytes[to..to + 7].iter_mut().zip(weights) {
                    *b = w.cast_unsigned() ^ 0x80;
                }
                bytes[to + 7] = second;
            }
            _ => lost += 1,
        }
    }
    (bytes, lost)
}
