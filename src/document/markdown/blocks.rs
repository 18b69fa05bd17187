//! Blocks: a Markdown body cut where its parts can be read one by one.

use std::ops::Range;

/// Blocks of lines that can be parsed one by one: cut at blank lines before a line without indentation, never inside
/// a code fence or an HTML block that may hold blank lines.
pub(super) struct Blocks<'s> {
    source: &'s str,
    at: usize,
}

pub(super) struct Block {
    pub(super) range: Range<usize>,
    /// Whether it has no sign of markup but what [`super::quick`] reads.
    pub(super) quick: bool,
}

/// Whether a line holds a byte that may be markup; brackets are looked at by [`super::quick`]. Written without branches
/// so that it is done many bytes at a time.
fn has_markup(line: &str) -> bool {
    line.as_bytes()
        .chunks(32)
        .any(|chunk| chunk.iter().fold(false, |found, &b| found | matches!(b, b'*' | b'_' | b'`' | b'<' | b'&' | b'\\' | b'~' | b'|')))
}

impl<'s> Blocks<'s> {
    pub(super) const fn new(source: &'s str, at: usize) -> Self {
        Self { source, at }
    }

    /// The line at `at`: its end, line feed left out.
    fn line(&self, at: usize) -> usize {
        memchr::memchr(b'\n', &self.source.as_bytes()[at..]).map_or(self.source.len(), |p| at + p)
    }
}

impl Iterator for Blocks<'_> {
    type Item = Block;

    fn next(&mut self) -> Option<Block> {
        let bytes = self.source.as_bytes();
        while self.at < bytes.len() && matches!(bytes[self.at], b'\n' | b'\r') {
            self.at += 1;
        }
        let start = self.at;
        let (mut end, mut at) = (start, start);
        let mut quick = true;
        let mut inside: Option<Inside> = None;
        let mut blank = false;
        while at < bytes.len() {
            let stop = self.line(at);
            let line = &self.source[at..stop];
            let first = line.trim_ascii_start();
            if first.is_empty() {
                blank = true;
            } else {
                if blank && inside.is_none() && !line.starts_with([' ', '\t']) && !first.starts_with([':', '[']) {
                    break;
                }
                quick &= !blank && !line.ends_with("  ") && (at == start || is_paragraph_line(line)) && !has_markup(line);
                blank = false;
                inside = match inside {
                    Some(open) => (!open.ends(line)).then_some(open),
                    None => Inside::opened(first),
                };
                end = stop;
            }
            at = stop + 1;
        }
        self.at = at.min(bytes.len());
        (start < end).then_some(Block { range: start..end, quick: quick && inside.is_none() })
    }
}

/// Whether a line can be nothing but the text of a paragraph, by its start.
pub(super) fn is_paragraph_line(line: &str) -> bool {
    let bytes = line.as_bytes();
    match bytes.first() {
        None | Some(b'#' | b'>' | b'-' | b'+' | b'=' | b' ' | b'\t' | b':') => false,
        Some(b'0'..=b'9') => !matches!(bytes.iter().find(|b| !b.is_ascii_digit()), Some(b'.' | b')')),
        Some(_) => true,
    }
}

/// What may hold blank lines.
#[derive(Clone, Copy)]
enum Inside {
    Fence(u8),
    Html(&'static str),
}

impl Inside {
    fn opened(first: &str) -> Option<Self> {
        if first.starts_with("```") || first.starts_with("~~~") {
            return Some(Self::Fence(first.as_bytes()[0]));
        }
        if !first.starts_with('<') {
            return None;
        }
        let low: String = first.chars().take(12).collect::<String>().to_ascii_lowercase();
        [("<!--", "-->"), ("<script", "</script"), ("<style", "</style"), ("<pre", "</pre"), ("<textarea", "</textarea")]
            .into_iter()
            .find(|(open, close)| low.starts_with(open) && !first.to_ascii_lowercase().contains(close))
            .map(|(_, close)| Self::Html(close))
    }

    fn ends(self, line: &str) -> bool {
        match self {
            Self::Fence(sign) => {
                let line = line.trim();
                line.len() >= 3 && line.bytes().all(|b| b == sign)
            }
            Self::Html(close) => line.to_ascii_lowercase().contains(close),
        }
    }
}
