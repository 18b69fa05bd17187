//! Raw text in our own hands: a type that cannot be printed, and masks that can.

#[cfg(feature = "audit")]
mod mark;

use std::fmt;

use crate::detect::Kind;

/// Text that may be personal data. It has no `Display` and no `Serialize`; `Debug` prints its length.
#[derive(Clone, Copy)]
pub struct Sensitive<'t>(&'t str);

impl<'t> Sensitive<'t> {
    /// Takes text into custody.
    #[must_use]
    pub const fn new(text: &'t str) -> Self {
        Self(text)
    }

    /// The text with everything that tells something masked, character by character and byte by byte: a mask has the
    /// length of what it masks. What stays visible helps the author to find the place: the century of a number, the
    /// prefix of a telephone number, initials, separators.
    #[must_use]
    pub fn masked(self, kind: Kind) -> Masked {
        let mut out = String::with_capacity(self.0.len());
        let keep = visible_prefix(kind, self.0);
        let mut word_start = true;
        for (at, c) in self.0.char_indices() {
            let telling = c.is_alphanumeric() || c == '_';
            let initial = matches!(kind, Kind::Person) && word_start && c.is_uppercase();
            if !telling || at < keep || initial {
                out.push(if c.is_control() { ' ' } else { c });
            } else {
                out.push_str(mask(c));
            }
            word_start = !telling;
        }
        Masked(out)
    }
}

impl fmt::Debug for Sensitive<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Sensitive({} bytes)", self.0.len())
    }
}

/// A sign of as many UTF-8 bytes as `c`.
const fn mask(c: char) -> &'static str {
    match c.len_utf8() {
        1 => "*",
        2 => "·",
        3 => "•",
        _ => "𛲝",
    }
}

/// How many bytes at the start tell nothing about the person.
fn visible_prefix(kind: Kind, text: &str) -> usize {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match kind {
        Kind::Personnummer if matches!(digits, 8 | 12) => 2,
        // The area code, up to its separator; `+46` and the like.
        Kind::Phone if text.starts_with('+') => 3.min(text.len()),
        Kind::Phone if (2..=4).contains(&digits) && text.len() > digits => digits,
        Kind::Phone if digits >= 6 => 3,
        _ => 0,
    }
}

/// A keyed mark of a person: the same wherever the same person is named, and without the key nobody's.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Who {
    /// The mark.
    pub mark: u64,
    /// Whether it tells one person from others: a name in full or an identity number. A single given name does not.
    pub is_full: bool,
}

#[cfg(feature = "audit")]
pub use mark::Key;
#[cfg(feature = "audit")]
pub(crate) use mark::Names;

/// Masked text: safe to print, store and send.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Masked(String);

impl Masked {
    /// Text that was masked before and has been written down since.
    #[cfg(feature = "audit")]
    pub(crate) const fn again(text: String) -> Self {
        Self(text)
    }

    /// Words of the program's own, which stand for what need not be masked.
    #[must_use]
    pub fn own(words: &'static str) -> Self {
        Self(words.to_owned())
    }

    /// The masked text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Masked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn masks_keep_bytes_and_separators() {
        for (kind, text, want) in [
            (Kind::Personnummer, "19800102-2386", "19******-****"),
            (Kind::Personnummer, "800102-2386", "******-****"),
            (Kind::Phone, "070-174 06 12", "070-*** ** **"),
            (Kind::Phone, "+46 70 174 06 12", "+46 ** *** ** **"),
            (Kind::Phone, "0701740612", "070*******"),
            (Kind::Person, "Åsa Öst-Ek", "Å** Ö**-E*"),
            (Kind::Email, "åsa@example.se", "·**@*******.**"),
        ] {
            let masked = Sensitive::new(text).masked(kind);
            assert_eq!(masked.as_str(), want);
            assert_eq!(masked.as_str().len(), text.len());
        }
        assert_eq!(format!("{:?}", Sensitive::new("abc")), "Sensitive(3 bytes)");
    }
}
