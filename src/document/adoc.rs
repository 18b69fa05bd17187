//! AsciiDoc and reStructuredText, line by line: headings, paragraphs, picture alternatives and captions, comments.
//!
//! Signs of emphasis inside a paragraph leave no gap in its words; what is not known as markup is read as text.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use super::lines::{Line, lines};
use super::{Document, DocumentBuilder, ReadError, Reader, Role};

/// Reads AsciiDoc.
#[derive(Debug)]
pub(super) struct AsciiDoc;

/// Reads reStructuredText.
#[derive(Debug)]
pub(super) struct Rst;

impl Reader for AsciiDoc {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut b = DocumentBuilder::for_source(source.len());
        let mut comment = false;
        for line in lines(source) {
            let text = line.text.trim_end();
            if text == "////" {
                comment = !comment;
                b.close();
            } else if comment || text.starts_with("//") && !text.starts_with("///") {
                let from = text.len() - text.trim_start_matches('/').len();
                whole(&mut b, line, from, text.len(), Role::Comment);
            } else if text.is_empty()
                || text.len() > 3 && text.bytes().all(|c| c == text.as_bytes()[0]) && !text.as_bytes()[0].is_ascii_alphanumeric()
            {
                b.close();
            } else if let Some(level) = marks(text, '=').or_else(|| marks(text, '#')) {
                whole(&mut b, line, level, text.len(), Role::Title);
            } else if text.starts_with("image:") && text.ends_with(']') {
                b.close();
                image(&mut b, line, text);
            } else if text.starts_with('.') && text[1..].starts_with(|c: char| c.is_alphabetic()) {
                whole(&mut b, line, 1, text.len(), Role::Caption);
            } else if text.starts_with(':') && text[1..].contains(':') {
                let from = 1 + text[1..].find(':').unwrap_or(0) + 1;
                whole(&mut b, line, from, text.len(), Role::Meta);
            } else {
                paragraph(&mut b, line, text, text.starts_with(['*', '-', '.', '|']));
            }
        }
        Ok(b.finish())
    }
}

impl Reader for Rst {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut b = DocumentBuilder::for_source(source.len());
        let mut all = lines(source).peekable();
        while let Some(line) = all.next() {
            let text = line.text.trim_end();
            let first = text.trim_start();
            let indent = text.len() - first.len();
            if first.is_empty() || is_rule(first) {
                b.close();
            } else if all
                .peek()
                .is_some_and(|next| is_rule(next.text.trim_end()) && next.text.trim_end().chars().count() >= first.chars().count())
            {
                whole(&mut b, line, indent, text.len(), Role::Title);
            } else if let Some(rest) = first.strip_prefix("..") {
                // A directive's words, or a comment.
                let role = if rest.contains("::") || rest.trim_start().starts_with(['_', '[', '|']) { Role::Meta } else { Role::Comment };
                whole(&mut b, line, indent + 2, text.len(), role);
            } else if let Some((name, _)) = first.strip_prefix(':').and_then(|f| f.split_once(": ")) {
                let role = match name {
                    "alt" => Role::Alt,
                    "caption" => Role::Caption,
                    _ => Role::Meta,
                };
                whole(&mut b, line, indent + name.len() + 3, text.len(), role);
            } else {
                paragraph(&mut b, line, text, first.starts_with(['*', '-', '|', '#']));
            }
        }
        Ok(b.finish())
    }
}

/// How many of `sign` start a heading, its blank included.
fn marks(text: &str, sign: char) -> Option<usize> {
    let n = text.len() - text.trim_start_matches(sign).len();
    ((1..=6).contains(&n) && text[n..].starts_with(' ')).then_some(n + 1)
}

/// A row of one sign: what underlines a heading or draws a table.
fn is_rule(text: &str) -> bool {
    text.len() >= 3 && text.bytes().all(|b| b.is_ascii_punctuation() && (b == text.as_bytes()[0] || matches!(b, b'+' | b'-' | b'=')))
        || text.len() > 6 && text.bytes().all(|b| matches!(b, b'=' | b' '))
}

/// A line that is a region of its own.
fn whole(b: &mut DocumentBuilder, line: Line<'_>, from: usize, to: usize, role: Role) {
    b.close();
    if from < to && line.text[from..to].contains(char::is_alphanumeric) {
        b.open(role, None, line.start + from as u32);
        inline(b, line, from, to);
        b.close();
    }
}

/// A line of a paragraph; `apart`: it starts an item or a row.
fn paragraph(b: &mut DocumentBuilder, line: Line<'_>, text: &str, apart: bool) {
    let lead = text.len() - text.trim_start().len();
    if b.role().is_none() {
        b.open(Role::Body, None, line.start);
    } else if apart {
        b.open_beside(Role::Body, None, line.start);
    } else {
        b.text.replaced("\n", line.start.saturating_sub(1), 1);
    }
    inline(b, line, lead, text.len());
}

/// Adds bytes of a line; emphasis and pictures' alternatives are undone.
fn inline(b: &mut DocumentBuilder, line: Line<'_>, from: usize, to: usize) {
    let text = &line.text[from..to];
    let mut done = 0;
    while let Some(found) = text[done..].find(['*', '`']).map(|p| done + p) {
        let len = text[found..].bytes().take_while(|b| matches!(b, b'*' | b'`')).count();
        b.text.verbatim(&text[done..found], line.start + (from + done) as u32);
        // A sign between blanks is a list's or a sum's.
        let alone = text[..found].chars().next_back().is_none_or(char::is_whitespace)
            && text[found + len..].chars().next().is_none_or(char::is_whitespace);
        if alone {
            b.text.verbatim(&text[found..found + len], line.start + (from + found) as u32);
        }
        done = found + len;
    }
    b.text.verbatim(&text[done..], line.start + (from + done) as u32);
}

/// `image::bild.jpg[Barn i vatten, title="Simskola"]`
fn image(b: &mut DocumentBuilder, line: Line<'_>, text: &str) {
    let Some(open) = text.find('[') else { return };
    let mut from = open + 1;
    for (i, piece) in text[open + 1..text.len() - 1].split(',').enumerate() {
        let name = piece.split('=').next().unwrap_or("").trim();
        let role = match name {
            "title" | "caption" => Some(Role::Caption),
            "alt" => Some(Role::Alt),
            _ if i == 0 || !piece.contains('=') && piece.trim().contains(' ') => Some(Role::Alt),
            _ => None,
        };
        if let Some(role) = role {
            let skip = if piece.contains('=') { piece.find('=').unwrap_or(0) + 1 } else { 0 };
            let words = piece[skip..].trim_matches(['"', ' ']);
            let at = from + (words.as_ptr() as usize - piece.as_ptr() as usize);
            whole(b, line, at, at + words.len(), role);
        }
        from += piece.len() + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(reader: &dyn Reader, source: &str) -> Vec<String> {
        let doc = reader.read(source).unwrap();
        doc.regions.iter().map(|r| format!("{}|{}", r.role.name(), &doc.text.as_str()[r.span.range()])).collect()
    }

    #[test]
    fn asciidoc() {
        let source = "= Simskola\n:author: Åsa Öst\n\nRing *070*-174\n06 12 nu.\n\n// dolt\n.Barn i vatten\nimage::a.jpg[Åsa vid bassängen, 300, title=\"Fest\"]\n\n* ett\n* två\n----\nkod\n----\n";
        assert_eq!(
            regions(&AsciiDoc, source),
            [
                "title|Simskola",
                "meta| Åsa Öst",
                "body|Ring 070-174\n06 12 nu.",
                "comment| dolt",
                "caption|Barn i vatten",
                "alt|Åsa vid bassängen",
                "caption|Fest",
                "body|* ett",
                "body|* två",
                "body|kod"
            ]
        );
    }

    #[test]
    fn restructuredtext() {
        let source = "Simskola\n========\n\nRing **070**-174\nnu.\n\n.. image:: a.jpg\n   :alt: Åsa vid bassängen\n\n.. dolt ord\n\n:Författare: Eva\n";
        assert_eq!(
            regions(&Rst, source),
            ["title|Simskola", "body|Ring 070-174\nnu.", "meta| image:: a.jpg", "alt|Åsa vid bassängen", "comment| dolt ord", "meta|Eva"]
        );
    }
}
