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
    let skipped = if bytes.starts_with(b"\xEF\xBB\xBF") { 3 } else { 0 };
    if let Ok(text) = simdutf8::basic::from_utf8(&bytes[skipped..]) {
        return Decoded { text: Cow::Borrowed(text), skipped: skipped as u32, back: None, broken: None };
    }
    if let Some(order) = utf16_order(bytes) {
        return utf16(bytes, order);
    }
    if is_latin(bytes) { latin(bytes) } else { broken(bytes) }
}

#[derive(Clone, Copy)]
enum Order {
    Little,
    Big,
}

/// The byte order of UTF-16, told by its mark or by where the zero bytes of Latin text stand.
fn utf16_order(bytes: &[u8]) -> Option<Order> {
    match bytes {
        [0xFF, 0xFE, ..] => return (bytes.len() > 2 && bytes.len().is_multiple_of(2)).then_some(Order::Little),
        [0xFE, 0xFF, ..] => return (bytes.len() > 2 && bytes.len().is_multiple_of(2)).then_some(Order::Big),
        _ => {}
    }
    let head = &bytes[..bytes.len().min(512)];
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let most = head.len() / 2 * 3 / 4;
    if most > 2 && zeros(1) > most && zeros(0) == 0 {
        Some(Order::Little)
    } else if most > 2 && zeros(0) > most && zeros(1) == 0 {
        Some(Order::Big)
    } else {
        None
    }
}

fn utf16(bytes: &[u8], order: Order) -> Decoded<'static> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let units = pairs.iter().map(|pair| match order {
        Order::Little => u16::from_le_bytes(*pair),
        Order::Big => u16::from_be_bytes(*pair),
    });
    let mut text = TextBuilder::with_capacity(bytes.len() / 2);
    let mut at = 0;
    let mut broken = None;
    for unit in char::decode_utf16(units) {
        let c = unit.unwrap_or_else(|_| {
            broken.get_or_insert(at);
            '\u{fffd}'
        });
        let len = c.len_utf16() * 2;
        if !(at == 0 && c == '\u{feff}') {
            text.replaced(c.encode_utf8(&mut [0; 4]), at as u32, len as u32);
        }
        at += len;
    }
    decoded(text.finish(), broken)
}

/// Whether bytes that are not UTF-8 look like Windows-1252: no valid longer sequence among them, and mostly letters.
fn is_latin(bytes: &[u8]) -> bool {
    let high = bytes.iter().filter(|b| **b >= 0x80).count();
    let letters = bytes
        .iter()
        .filter(|b| {
            matches!(b, 0xC5 | 0xC4 | 0xD6 | 0xE5 | 0xE4 | 0xF6 | 0xE9 | 0xC9 | 0xFC | 0xE8 | 0xE0 | 0xA0 | 0xA7 | 0x93..=0x97 | 0x85)
        })
        .count();
    let has_utf8 = bytes.utf8_chunks().any(|chunk| !chunk.valid().is_ascii());
    !has_utf8 && letters * 4 >= high * 3 && !bytes.contains(&0)
}

fn latin(bytes: &[u8]) -> Decoded<'static> {
    let mut text = TextBuilder::with_capacity(bytes.len() + bytes.len() / 16);
    let mut at = 0;
    for piece in bytes.chunk_by(|a, b| a.is_ascii() && b.is_ascii()) {
        let (decoded, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(piece);
        if piece[0].is_ascii() {
            text.verbatim(&decoded, at)
        } else {
            text.replaced(&decoded, at, piece.len() as u32)
        }
        at += piece.len() as u32;
    }
    decoded(text.finish(), None)
}

/// Text in which some bytes are no text: they become U+FFFD, and the first is named.
fn broken(bytes: &[u8]) -> Decoded<'static> {
    let mut text = TextBuilder::with_capacity(bytes.len());
    let mut at = 0;
    let mut first = None;
    for chunk in bytes.utf8_chunks() {
        text.verbatim(chunk.valid(), at as u32);
        at += chunk.valid().len();
        if !chunk.invalid().is_empty() {
            first.get_or_insert(at);
            text.replaced("\u{fffd}", at as u32, chunk.invalid().len() as u32);
            at += chunk.invalid().len();
        }
    }
    decoded(text.finish(), first)
}

fn decoded(back: Text<'static>, broken: Option<usize>) -> Decoded<'static> {
    Decoded { text: Cow::Owned(back.as_str().to_owned()), skipped: 0, back: Some(back), broken }
}

/// Whether the first bytes of a source say that it is no text at all: a zero byte that is not UTF-16's.
#[must_use]
pub(crate) fn is_binary(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(4096)];
    const SIGNATURES: [&[u8]; 9] =
        [b"%PDF-", b"PK\x03\x04", b"\x89PNG", b"\xFF\xD8\xFF", b"GIF8", b"\x1F\x8B", b"\xD0\xCF\x11\xE0", b"7z\xBC\xAF", b"\x7FELF"];
    SIGNATURES.iter().any(|s| head.starts_with(s))
        || utf16_order(bytes).is_none() && head.iter().filter(|b| **b == 0).count() * 20 > head.len()
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
