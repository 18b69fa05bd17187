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
        // Blank lines belong to no block, whatever blanks they are made of.
        while self.at < bytes.len() && is_blank(&self.source[self.at..self.line(self.at)]) {
            self.at = (self.line(self.at) + 1).min(bytes.len());
        }
        let start = self.at;
        let (mut end, mut at) = (start, start);
        let mut quick = true;
        let mut inside: Option<Inside> = None;
        let mut blank = false;
        let mut html = false;
        while at < bytes.len() {
            let stop = self.line(at);
            let line = &self.source[at..stop];
            let first = line.trim_ascii_start();
            if is_blank(line) {
                blank = true;
            } else {
                if blank && inside.is_none() && !line.starts_with([' ', '\t']) && !first.starts_with([':', '[']) {
                    break;
                }
                quick &=
                    !blank && (at == start || is_paragraph_line(line)) && !line.trim_end_matches('\r').ends_with("  ") && !has_markup(line);
                blank = false;
                html |= first.starts_with('<');
                inside = match inside {
                    Some(open) => open.after(line),
                    None => Inside::opened(line, html),
                };
                end = stop;
            }
            at = stop + 1;
        }
        self.at = at.min(bytes.len());
        (start < end).then_some(Block { range: start..end, quick: quick && inside.is_none() })
    }
}

/// Whether a line is blank as CommonMark 2.1 has it: other spaces than these two are text.
fn is_blank(line: &str) -> bool {
    line.bytes().all(|b| matches!(b, b' ' | b'\t' | b'\r'))
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
    /// A code fence of so many signs.
    Fence(u8, usize),
    Html(&'static str),
    /// The rest of the document: where only the parser can tell what is open.
    Rest,
}

impl Inside {
    /// What `line` opens. Indented, below HTML or with its own sign behind it, a fence may be one or not.
    fn opened(line: &str, html: bool) -> Option<Self> {
        let first = line.trim_start();
        if first.starts_with("```") || first.starts_with("~~~") {
            let sign = first.as_bytes()[0];
            let len = first.bytes().take_while(|b| *b == sign).count();
            let plain = !html && first.len() == line.len() && !first.as_bytes()[len..].contains(&b'`');
            return Some(if plain { Self::Fence(sign, len) } else { Self::Rest });
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

    /// What is open after `line`.
    fn after(self, line: &str) -> Option<Self> {
        match self {
            Self::Fence(sign, len) => {
                let first = line.trim();
                if first.len() < len || first.bytes().any(|b| b != sign) {
                    return Some(self);
                }
                (!line.starts_with(first)).then_some(Self::Rest)
            }
            Self::Html(close) => (!line.to_ascii_lowercase().contains(close)).then_some(self),
            Self::Rest => Some(self),
        }
    }
}
