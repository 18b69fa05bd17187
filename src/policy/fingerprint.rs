//! Fingerprints: the same finding is known again after lines have moved, without keeping anything of its value.

use crate::finding::Fingerprint;
use crate::text::{Norm, Span};

/// How far around a finding its surroundings count, in bytes.
const REACH: usize = 32;

/// The fingerprint of a finding: rule, role and the letters around it on its line. Everything that is an entity, and
/// every digit, counts as masked.
pub(super) fn fingerprint(rule: &str, role: &str, text: &str, span: Span<Norm>, entities: impl Iterator<Item = Span<Norm>>) -> Fingerprint {
    let range = span.range();
    let from = text.ceil_char_boundary(range.start.saturating_sub(REACH));
    let to = text.floor_char_boundary((range.end + REACH).min(text.len()));
    let from = text[from..range.start].rfind('\n').map_or(from, |p| from + p + 1);
    let to = text[range.end..to].find('\n').map_or(to, |p| range.end + p);
    let mut around = text.as_bytes()[from..to].to_vec();
    for entity in entities {
        let (start, end) = (entity.range().start.max(from), entity.range().end.min(to));
        if start < end {
            around[start - from..end - from].fill(b'*');
        }
    }
    let mut hash = Fnv::default();
    hash.write(rule.as_bytes());
    hash.write(role.as_bytes());
    // Runs of masks count as one: a longer name does not make it another finding.
    let mut last = 0;
    for byte in around {
        let byte = if byte.is_ascii_digit() { b'*' } else { byte };
        if !(byte == b'*' && last == b'*') {
            hash.write(&[byte]);
        }
        last = byte;
    }
    Fingerprint(hash.0)
}

/// Mixes the path in, where the finding's source has one.
#[must_use]
pub(crate) fn with_path(fingerprint: Fingerprint, path: &str) -> Fingerprint {
    let mut hash = Fnv(fingerprint.0);
    hash.write(path.as_bytes());
    Fingerprint(hash.0)
}

/// FNV-1a, 64 bits: stable over versions and machines, as a stored mark must be.
struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv {
    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        self.0 = (self.0 ^ 0xff).wrapping_mul(0x0100_0000_01b3);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_does_not_count() {
        let print =
            |text: &str, at: u32, end: u32| fingerprint("OMB101", "body", text, Span::new(at, end), std::iter::once(Span::new(at, end)));
        assert_eq!(print("Nummer 800102-2386 här", 7, 18), print("Nummer 800103-2385 här", 7, 18));
        assert_ne!(print("Nummer 800102-2386 här", 7, 18), print("Nummer 800102-2386 där", 7, 18));
        assert_eq!(print("a\nNummer 1", 9, 10), print("bcd\nNummer 2", 11, 12));
    }
}
