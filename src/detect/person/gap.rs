//! What stands between two words: the commas, quotes and line ends that carry a list, an apposition, an inverted name.

use super::token::Shape;

/// What parts a word from the one before. When several signs stand there the strongest counts.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
#[repr(u8)]
pub(crate) enum Gap {
    /// A space, or emphasis marks and spaces.
    #[default]
    Space,
    /// A quote opens.
    QuoteOpen,
    /// A quote closes.
    QuoteClose,
    /// `@`, `#`, symbols, emoji, bullets.
    Other,
    /// `&` or `+`.
    And,
    /// `/` or `|`.
    Slash,
    /// `,`
    Comma,
    /// A dash between spaces.
    Dash,
    /// `:` or `;`
    Colon,
    /// `)` or `]` closes.
    ParenClose,
    /// `(` or `[` opens.
    ParenOpen,
    /// A dot that ends no sentence.
    Dot,
    /// End of a sentence.
    Stop,
    /// A new line that does not just wrap.
    Line,
    /// An empty line, or where the stretch begins.
    Start,
}

/// How many gaps there are.
pub(crate) const GAPS: usize = 15;

impl Gap {
    /// Whether a new sentence begins after it.
    pub(crate) const fn ends_sentence(self) -> bool {
        matches!(self, Self::Stop | Self::Line | Self::Start)
    }
}

/// Reads the gap `bytes[from..to]`; `last` is the word before it, none when the stretch begins here.
pub(crate) fn between(bytes: &[u8], from: usize, to: usize, last: Option<Shape>) -> Gap {
    let Some(shape) = last else { return Gap::Start };
    if to - from == 1 && bytes[from] == b' ' {
        return Gap::Space;
    }
    let mut gap = Gap::Space;
    let mut lines = 0;
    let mut stop = false;
    let mut p = from;
    while p < to {
        let b = bytes[p];
        let spaced = p > from && (bytes[p - 1].is_ascii_whitespace() || bytes[p - 1] == b'(');
        let this = match b {
            b' ' | b'\t' | b'\r' | b'*' | b'_' | b'`' => Gap::Space,
            b'\n' => {
                lines += 1;
                Gap::Space
            }
            b'-' => Gap::Dash,
            b'.' | b'!' | b'?' => {
                stop = true;
                if b == b'.' { Gap::Dot } else { Gap::Stop }
            }
            b',' => Gap::Comma,
            b':' | b';' => Gap::Colon,
            b'&' | b'+' => Gap::And,
            b'/' | b'|' => Gap::Slash,
            b'(' | b'[' => Gap::ParenOpen,
            b')' | b']' => Gap::ParenClose,
            b'"' | b'\'' => quote(spaced),
            0xE2 if bytes.get(p + 1) == Some(&0x80) => match bytes.get(p + 2) {
                Some(0x93 | 0x94) => Gap::Dash,
                Some(0x98..=0x9F) => quote(spaced),
                Some(0xA6) => {
                    stop = true;
                    Gap::Dot
                }
                Some(0x80..=0x8F) => Gap::Space,
                _ => Gap::Other,
            },
            0xC2 if matches!(bytes.get(p + 1), Some(0xA0 | 0xAD)) => Gap::Space,
            0xC2 if matches!(bytes.get(p + 1), Some(0xAB | 0xBB)) => quote(spaced),
            _ => Gap::Other,
        };
        gap = gap.max(this);
        p += super::token::width(b);
    }
    if lines >= 2 {
        return Gap::Start;
    }
    if lines == 1 {
        return if stop || gap > Gap::Dash || !wrapped(bytes, from) { Gap::Line } else { gap };
    }
    if gap == Gap::Dot {
        // `kl. 9`, `dr. Berg`, `bl.a. Anna`: the sentence goes on.
        let next_lower = bytes[to].is_ascii_lowercase();
        let single = to - from == 2;
        if single && (next_lower || short(bytes, from) || shape == Shape::Number || shape == Shape::Initial) {
            return Gap::Dot;
        }
        return Gap::Stop;
    }
    gap
}

const fn quote(opens: bool) -> Gap {
    if opens { Gap::QuoteOpen } else { Gap::QuoteClose }
}

/// Whether the line that ends at `at` is long enough to have been broken by a margin.
fn wrapped(bytes: &[u8], at: usize) -> bool {
    let from = at.saturating_sub(50);
    at >= 50 && !bytes[from..at].contains(&b'\n')
}

/// Whether the word that ends at `at` is an abbreviation before a name or number: `dr`, `kl`, `tel`, `nr`.
fn short(bytes: &[u8], at: usize) -> bool {
    // No abbreviation is longer; a text without blanks must not be walked back through at every full stop.
    let least = at.saturating_sub(24);
    let from =
        bytes[least..at].iter().rposition(|b| !(b.is_ascii_alphanumeric() || *b == b'.' || *b >= 0x80)).map_or(least, |p| least + p + 1);
    let word = bytes[from..at].to_ascii_lowercase();
    word.contains(&b'.')
        || matches!(
            word.as_slice(),
            b"dr"
                | b"prof"
                | b"st"
                | b"hr"
                | b"fr"
                | b"tel"
                | b"tfn"
                | b"kl"
                | b"nr"
                | b"sid"
                | b"ca"
                | b"ordf"
                | b"bitr"
                | b"doc"
                | b"mvh"
                | b"v"
                | b"resp"
                | b"inkl"
                | b"fig"
                | b"jan"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gaps_are_told_apart() {
        for (text, at, expected) in [
            ("Anna Berg", 5, Gap::Space),
            ("Anna, Berg", 6, Gap::Comma),
            ("Anna. Berg", 6, Gap::Stop),
            ("kl. 9", 4, Gap::Dot),
            ("dr. Berg", 4, Gap::Dot),
            ("Anna \"Berg", 6, Gap::QuoteOpen),
            ("Anna\" Berg", 6, Gap::QuoteClose),
            ("Anna (Berg", 6, Gap::ParenOpen),
            ("Anna\nBerg", 5, Gap::Line),
            ("Anna\n\nBerg", 6, Gap::Start),
            ("Anna – Berg", 9, Gap::Dash),
            ("Anna **Berg", 7, Gap::Space),
            ("Anna! Berg", 6, Gap::Stop),
            ("Anna & Berg", 7, Gap::And),
        ] {
            let from = text.find(|c: char| !c.is_alphanumeric()).unwrap();
            assert_eq!(between(text.as_bytes(), from, at, Some(Shape::Title)), expected, "{text}");
        }
    }
}
