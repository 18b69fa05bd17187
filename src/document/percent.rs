//! Percent-encoding (`%C3%A5`), undone with a way back.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use crate::text::{Span, Src, TextBuilder};

/// Adds the bytes `span` of `source` with their percent-encoding undone; what is no UTF-8 then stays as written.
pub(super) fn push(text: &mut TextBuilder, source: &str, span: Span<Src>) {
    let raw = &source[span.range()];
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'%', &raw.as_bytes()[at..]) {
        let stop = at + found;
        text.verbatim(&raw[at..stop], span.start + at as u32);
        at = match character(&raw.as_bytes()[stop..]) {
            Some((c, len)) => {
                text.replaced(c.encode_utf8(&mut [0; 4]), span.start + stop as u32, len as u32);
                stop + len
            }
            None => {
                text.verbatim("%", span.start + stop as u32);
                stop + 1
            }
        };
    }
    text.verbatim(&raw[at..], span.start + at as u32);
}

/// The character that starts `bytes`, written as one to four `%XX`, and how many bytes that takes.
fn character(bytes: &[u8]) -> Option<(char, usize)> {
    let one = |n: usize| -> Option<u8> {
        let hex = bytes.get(3 * n..3 * n + 3)?;
        let digit = |b: u8| char::from(b).to_digit(16);
        (hex[0] == b'%').then_some(())?;
        u8::try_from(digit(hex[1])? << 4 | digit(hex[2])?).ok()
    };
    let first = one(0)?;
    let len = match first {
        0..=0x7F => 1,
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let utf8: Vec<u8> = (0..len).map(one).collect::<Option<_>>()?;
    Some((str::from_utf8(&utf8).ok()?.chars().next()?, 3 * len))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_become_readable() {
        let raw = "%C3%85sa%20%C3%96st 100 % %zz %E5 a%";
        let mut text = TextBuilder::default();
        push(&mut text, raw, Span::new(0, raw.len() as u32));
        let text = text.finish();
        assert_eq!(text.as_str(), "Åsa Öst 100 % %zz %E5 a%");
        assert_eq!(text.source_span(Span::new(0, 4)), Span::new(0, 8));
    }
}
