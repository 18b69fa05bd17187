//! Character references of HTML (`&aring;`, `&#229;`), undone with a way back.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use crate::text::TextBuilder;

/// Longest reference that is looked for, in bytes.
const LONGEST: usize = 33;

/// Adds the HTML text `raw`, which stands at `src`, with its references undone. Line breaks with their indentation
/// become one blank, as a browser shows them.
pub(super) fn push_html_text(text: &mut TextBuilder, raw: &str, src: u32) {
    let mut at = 0;
    while let Some(found) = memchr::memchr2(b'&', b'\n', &raw.as_bytes()[at..]) {
        let stop = at + found;
        if raw.as_bytes()[stop] == b'\n' {
            let from = at + raw[at..stop].trim_end_matches([' ', '\t', '\r']).len();
            let to = raw.len() - raw[stop..].trim_start_matches([' ', '\t', '\r', '\n']).len();
            text.verbatim(&raw[at..from], src + at as u32);
            text.replaced(" ", src + from as u32, (to - from) as u32);
            at = to;
            continue;
        }
        text.verbatim(&raw[at..stop], src + at as u32);
        let len = reference_len(&raw[stop..]);
        let reference = &raw[stop..stop + len];
        let decoded = htmlize::unescape(reference);
        // Escaped twice: `&amp;#45;`.
        if let Some((sign, more)) = twice(reference, &raw[stop + len..]) {
            text.replaced(&sign, src + stop as u32, (len + more) as u32);
            at = stop + len + more;
            continue;
        }
        if decoded == reference {
            text.verbatim(reference, src + stop as u32);
        } else {
            text.replaced(&decoded, src + stop as u32, len as u32);
        }
        at = stop + len;
    }
    text.verbatim(&raw[at..], src + at as u32);
}

/// What a reference whose `&` is escaped itself stands for, and how many bytes after `&amp;` it takes.
fn twice(reference: &str, rest: &str) -> Option<(String, usize)> {
    if reference != "&amp;" {
        return None;
    }
    let len = rest.bytes().take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    let whole = format!("&{}", rest.get(..=len).filter(|inner| inner.ends_with(';'))?);
    let decoded = htmlize::unescape(&whole);
    (decoded != whole).then(|| (decoded.into_owned(), len + 1))
}

/// Bytes of the reference at the start of `text`, its `;` included; 1 where only the `&` stands.
fn reference_len(text: &str) -> usize {
    let name = text.bytes().skip(1).take(LONGEST).take_while(|b| b.is_ascii_alphanumeric() || *b == b'#').count();
    if name == 0 { 1 } else { 1 + name + usize::from(text.as_bytes().get(1 + name) == Some(&b';')) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;

    #[test]
    fn references_and_line_breaks_are_undone() {
        let raw = "R&aring;d &amp; d&#229;d &nix; A &\n   B&#xe5;";
        let mut text = TextBuilder::default();
        push_html_text(&mut text, raw, 0);
        let text = text.finish();
        assert_eq!(text.as_str(), "Råd & dåd &nix; A & Bå");
        let at = text.as_str().find("Bå").map(|p| Span::new(p as u32, p as u32 + 3));
        assert_eq!(at.map(|s| &raw[text.source_span(s).range()]), Some("B&#xe5;"));
    }
}
