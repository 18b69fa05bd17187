//! Percent-encoding (`%C3%A5`), undone with a way back.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use crate::text::{Span, Src, TextBuilder, percent_encoded};

/// Adds the bytes `span` of `source` with their percent-encoding undone; what is no UTF-8 then stays as written.
pub(super) fn push(text: &mut TextBuilder, source: &str, span: Span<Src>) {
    let raw = &source[span.range()];
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'%', &raw.as_bytes()[at..]) {
        let stop = at + found;
        text.verbatim(&raw[at..stop], span.start + at as u32);
        at = match percent_encoded(&raw.as_bytes()[stop..]) {
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
