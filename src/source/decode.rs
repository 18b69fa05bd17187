//! Bytes to text: UTF-8, UTF-16, and the older one-byte encoding that Swedish files still come in.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use std::borrow::Cow;

use crate::text::{Span, Src, Text, TextBuilder};

/// A source's text, and the way back to its bytes.
#[derive(Debug)]
pub struct Decoded<'b> {
    /// The text.
    pub text: Cow<'b, str>,
    /// Bytes before the text: a byte order mark.
    pub skipped: u32,
    /// The way back, where the text's bytes are not the source's.
    back: Option<Text<'static>>,
    /// Where the bytes are broken: the text before and after was read, this place was not.
    pub broken: Option<usize>,
}

impl Decoded<'static> {
    /// A text taken out of a packed source, with the way back to the source's parts.
    #[must_use]
    pub fn unpacked(text: Text<'static>) -> Self {
        decoded(text, None)
    }
}

impl Decoded<'_> {
    /// The bytes of the source that `span` of the text was made from.
    #[must_use]
    pub fn source_span(&self, span: Span<Src>) -> Span<Src> {
        match &self.back {
            Some(back) => back.source_span(span.in_norm()),
            None => Span::new(span.start + self.skipped, span.end + self.skipped),
        }
    }
}

/// Decodes a source. Never fails: bytes that are no text are named in [`Decoded::broken`].
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if let Some(form) = wide_form(bytes) {
        return wide(bytes, form);
    }
    let skipped = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    match simdutf8::basic::from_utf8(&bytes[skipped..]) {
        Ok(text) => Decoded { text: Cow::Borrowed(text), skipped: skipped as u32, back: None, broken: None },
        Err(_) => mixed(bytes),
    }
}

/// How characters of two or four bytes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Wide {
    /// Bytes of a unit: 2 or 4.
    unit: usize,
    /// Whether the most significant byte stands first.
    is_big: bool,
}

/// UTF-16 or UTF-32, told by its mark or by where the zero bytes of Latin text stand.
fn wide_form(bytes: &[u8]) -> Option<Wide> {
    // Plain bytes among the wide ones: text was put together from files of several encodings, and is read byte by byte.
    let wide = |unit, is_big| (bytes.len() > unit && !has_plain_run(bytes)).then_some(Wide { unit, is_big });
    match bytes {
        [0xFF, 0xFE, 0, 0, ..] => return wide(4, false),
        [0, 0, 0xFE, 0xFF, ..] => return wide(4, true),
        [0xFF, 0xFE, ..] => return wide(2, false),
        [0xFE, 0xFF, ..] => return wide(2, true),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(512) & !3];
    memchr::memchr(0, head)?;
    // How many units of `unit` bytes have a zero at `place`.
    let zeros = |unit: usize, place: usize| head.iter().skip(place).step_by(unit).filter(|b| **b == 0).count();
    let (pairs, fours) = (head.len() / 2, head.len() / 4);
    let most = |count: usize, of: usize| count * 4 > of * 3;
    if fours > 1 && zeros(4, 2) == fours && zeros(4, 3) == fours && most(zeros(4, 1), fours) && zeros(4, 0) == 0 {
        wide(4, false)
    } else if fours > 1 && zeros(4, 0) == fours && zeros(4, 1) == fours && most(zeros(4, 2), fours) && zeros(4, 3) == 0 {
        wide(4, true)
    } else if pairs > 2 && most(zeros(2, 1), pairs) && zeros(2, 0) == 0 {
        wide(2, false)
    } else if pairs > 2 && most(zeros(2, 0), pairs) && zeros(2, 1) == 0 {
        wide(2, true)
    } else {
        None
    }
}

/// Whether twenty bytes of text without a zero stand together: no Swedish text has them in UTF-16, and what mixes
/// encodings has.
fn has_plain_run(bytes: &[u8]) -> bool {
    let mut run = 0;
    bytes.iter().any(|b| {
        run = if matches!(b, b' '..=b'~' | b'\n' | b'\r' | b'\t') { run + 1 } else { 0 };
        run >= 20
    })
}

/// Whether a source starts as UTF-16 or UTF-32 does: then it must not be cut between any two bytes.
#[cfg(feature = "program")]
pub(crate) fn is_wide(head: &[u8]) -> bool {
    wide_form(head).is_some()
}

fn wide(bytes: &[u8], form: Wide) -> Decoded<'static> {
    let units = bytes.chunks_exact(form.unit).map(|unit| {
        let join = |whole: u32, byte: &u8| whole << 8 | u32::from(*byte);
        if form.is_big { unit.iter().fold(0, join) } else { unit.iter().rev().fold(0, join) }
    });
    let mut text = TextBuilder::with_capacity(bytes.len() / form.unit);
    let mut at = 0;
    let mut broken = None;
    let mut push = |c: Option<char>| {
        let c = c.unwrap_or_else(|| {
            broken.get_or_insert(at);
            '\u{fffd}'
        });
        let len = if form.unit == 2 { c.len_utf16() * 2 } else { 4 };
        if !(at == 0 && c == '\u{feff}') {
            text.replaced(c.encode_utf8(&mut [0; 4]), at as u32, len as u32);
        }
        at += len;
    };
    if form.unit == 2 {
        char::decode_utf16(units.map(|unit| unit as u16)).for_each(|c| push(c.ok()));
    } else {
        units.for_each(|unit| push(char::from_u32(unit)));
    }
    // A last character cut in two.
    if at < bytes.len() {
        broken.get_or_insert(at);
    }
    decoded(text.finish(), broken)
}

/// An encoding of one byte a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Old {
    Windows1252,
    MacRoman,
    /// Code pages 437, 850 and 865: they agree on the letters of Swedish.
    Dos,
}

impl Old {
    /// The bytes for å, ä, ö, Å, Ä, Ö and é: by them the encoding is told.
    const fn letters(self) -> [u8; 7] {
        match self {
            Self::Windows1252 => [0xE5, 0xE4, 0xF6, 0xC5, 0xC4, 0xD6, 0xE9],
            Self::MacRoman => [0x8C, 0x8A, 0x9A, 0x81, 0x80, 0x85, 0x8E],
            Self::Dos => [0x86, 0x84, 0x94, 0x8F, 0x8E, 0x99, 0x82],
        }
    }

    /// The encoding whose letters stand beside letters most often among the bytes that are not UTF-8.
    fn of(bytes: &[u8]) -> Self {
        let mut votes = [0_usize; 3];
        let all = [Self::Windows1252, Self::MacRoman, Self::Dos];
        for (i, &byte) in bytes.iter().enumerate().filter(|(_, b)| **b >= 0x80) {
            let is_letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(|b| b.is_ascii_alphabetic() || *b >= 0x80);
            if is_letter(i.checked_sub(1)) || is_letter(Some(i + 1)) {
                for (vote, old) in votes.iter_mut().zip(all) {
                    *vote += usize::from(old.letters().contains(&byte));
                }
            }
        }
        let most = votes.iter().copied().max().unwrap_or(0);
        votes.iter().position(|v| *v == most).map_or(Self::Windows1252, |i| all[i])
    }

    /// The character of a byte from 80 up; `None` for those that no text holds.
    fn char(self, byte: u8) -> Option<char> {
        let table = match self {
            Self::Windows1252 if matches!(byte, 0xFE | 0xFF | 0xD0 | 0xDE | 0xF0) => return None,
            Self::Windows1252 => encoding_rs::WINDOWS_1252,
            Self::MacRoman => encoding_rs::MACINTOSH,
            Self::Dos => {
                if let Some(i) = self.letters().iter().position(|b| *b == byte) {
                    return "åäöÅÄÖé".chars().nth(i);
                }
                // What else Swedish text holds, in code page 850.
                return Some(match byte {
                    0xFF => '\u{a0}',
                    0x81 => 'ü',
                    0x9B => 'ø',
                    0x9D => 'Ø',
                    0x91 => 'æ',
                    0x92 => 'Æ',
                    0x90 => 'É',
                    0x8A => 'è',
                    0x85 => 'à',
                    0xAE => '«',
                    0xAF => '»',
                    0xF0 => '\u{ad}',
                    0xF5 => '§',
                    0xF8 => '°',
                    0xFA => '·',
                    _ => return None,
                });
            }
        };
        let byte = [byte];
        let (text, _) = table.decode_without_bom_handling(&byte);
        text.chars().next().filter(|c| !c.is_control())
    }
}

/// Text that is not UTF-8, or not all of it: what is UTF-8 is read so, other bytes in the older encoding that they speak
/// for. Bytes that are no text there either become U+FFFD, and the first is named.
fn mixed(bytes: &[u8]) -> Decoded<'static> {
    let old = Old::of(bytes);
    let mut text = TextBuilder::with_capacity(bytes.len() + bytes.len() / 16);
    let mut at = 0;
    let mut broken = None;
    for chunk in bytes.utf8_chunks() {
        text.verbatim(chunk.valid(), at as u32);
        at += chunk.valid().len();
        for &byte in chunk.invalid() {
            let c = old.char(byte).unwrap_or_else(|| {
                broken.get_or_insert(at);
                '\u{fffd}'
            });
            text.replaced(c.encode_utf8(&mut [0; 4]), at as u32, 1);
            at += 1;
        }
    }
    decoded(text.finish(), broken)
}

fn decoded(back: Text<'static>, broken: Option<usize>) -> Decoded<'static> {
    Decoded { text: Cow::Owned(back.as_str().to_owned()), skipped: 0, back: Some(back), broken }
}

/// Whether the first bytes of a source say that it is no text at all: a signature, or many zero bytes that are not
/// UTF-16's or UTF-32's. A few zeros are no reason to leave a text unread.
#[must_use]
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    has_signature(bytes) || wide_form(bytes).is_none() && head.iter().filter(|b| **b == 0).count() * 3 > head.len()
}

/// Whether a source starts as a packed format does.
#[must_use]
pub(crate) fn has_signature(bytes: &[u8]) -> bool {
    const SIGNATURES: [&[u8]; 9] =
        [b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"\x1F\x8B", b"\xD0\xCF\x11\xE0", b"7z\xBC\xAF", b"\x7FELF"];
    SIGNATURES.iter().any(|s| bytes.starts_with(s))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_lead_back_to_their_bytes() {
        let utf16: Vec<u8> = [0xFF, 0xFE].into_iter().chain("Åsa 070".encode_utf16().flat_map(u16::to_le_bytes)).collect();
        let text = decode(&utf16);
        assert_eq!(text.text, "Åsa 070");
        assert_eq!(text.source_span(Span::new(5, 8)), Span::new(10, 16));
        let text = decode(b"R\xE5d \xE4r bra");
        assert_eq!(text.text, "Råd är bra");
        assert_eq!(text.source_span(Span::new(1, 3)), Span::new(1, 2));
        for (bytes, text) in [
            (&b"R\x8Cd \x8Ar \x9Al"[..], "Råd är öl"),
            (b"R\x86d \x84r \x94l \x8Fsa", "Råd är öl Åsa"),
            (b"R\xC3\xA5d \xE4r bra", "Råd är bra"),
            (b"A\0\0\0s\0\0\0a\0\0\0", "Asa"),
            (b"\0\0\xFE\xFF\0\0\0\xC5\0\0\0s", "Ås"),
            (b"\0A\0n\0n\0a", "Anna"),
            (b"a\0b\0c\0\nElevens personnummer", "a\0b\0c\0\nElevens personnummer"),
        ] {
            let decoded = decode(bytes);
            assert_eq!((decoded.text.as_ref(), decoded.broken), (text, None));
        }
        let text = decode(b"\xEF\xBB\xBFabc");
        assert_eq!((text.text.as_ref(), text.source_span(Span::new(0, 1))), ("abc", Span::new(3, 4)));
    }

    #[test]
    fn broken_bytes_are_named() {
        let text = decode(b"v\xC3\xA4rld \xFF\xFE slut");
        assert_eq!(text.broken, Some(7));
        assert!(text.text.ends_with(" slut"));
        assert!(is_binary(b"%PDF-1.7") && is_binary(b"a\0b\0\0\0") && !is_binary("åäö".as_bytes()));
    }
}
