//! Markdown: headings, paragraphs, lists, tables, image alternatives and titles, HTML inside.
//!
//! pulldown-cmark does the work where there is markup. A paragraph without a byte that could be markup is taken as it
//! stands, which is most of most files: that makes the reader several times faster and gives the same text.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag as Mark, TagEnd};

use super::html::{self, AttributeText};
use super::{Document, DocumentBuilder, ReadError, Reader, Role, frontmatter};

/// Reads Markdown.
#[derive(Debug)]
pub struct Markdown;

impl Reader for Markdown {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut b = DocumentBuilder::for_source(source.len());
        let body = frontmatter::read(&mut b, source);
        // Link definitions reach over the whole document: then it is parsed as one.
        if memchr::memmem::find(&source.as_bytes()[body..], b"]:").is_some() {
            parse(&mut b, source, body..source.len());
        } else {
            for block in Blocks::new(source, body) {
                if block.plain {
                    let text = source[block.range.clone()].trim_end();
                    b.open(Role::Body, None, block.range.start as u32);
                    b.text.verbatim(text, block.range.start as u32);
                    b.close();
                } else {
                    parse(&mut b, source, block.range);
                }
            }
        }
        Ok(b.finish())
    }
}

/// Blocks of lines that can be parsed one by one: cut at blank lines before a line without indentation, never inside
/// a code fence or an HTML block that may hold blank lines.
struct Blocks<'s> {
    source: &'s str,
    at: usize,
}

struct Block {
    range: Range<usize>,
    /// Whether it is one paragraph without any markup.
    plain: bool,
}

/// Bytes that may be markup inside a paragraph.
static MARKUP: [bool; 256] = {
    let mut table = [false; 256];
    let bytes = b"*_`[]<&\\~|!";
    let mut i = 0;
    while i < bytes.len() {
        table[bytes[i] as usize] = true;
        i += 1;
    }
    table
};

impl<'s> Blocks<'s> {
    const fn new(source: &'s str, at: usize) -> Self {
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
        let mut plain = true;
        let mut inside: Option<Inside> = None;
        let mut blank = false;
        while at < bytes.len() {
            let stop = self.line(at);
            let line = &self.source[at..stop];
            let first = line.trim_start();
            if first.is_empty() {
                blank = true;
            } else {
                if blank && inside.is_none() && !line.starts_with([' ', '\t']) && !first.starts_with([':', '[']) {
                    break;
                }
                plain &= !blank && starts_plain(line) && !line.bytes().any(|b| MARKUP[usize::from(b)]);
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
        (start < end).then_some(Block { range: start..end, plain: plain && inside.is_none() })
    }
}

/// Whether a line cannot be anything but paragraph text by its start.
fn starts_plain(line: &str) -> bool {
    let bytes = line.as_bytes();
    match bytes[0] {
        b'#' | b'>' | b'-' | b'+' | b'=' | b' ' | b'\t' | b':' => false,
        b'0'..=b'9' => !matches!(bytes.iter().find(|b| !b.is_ascii_digit()), Some(b'.' | b')')),
        _ => !line.ends_with("  "),
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

/// Parses a piece of Markdown in full.
fn parse(b: &mut DocumentBuilder, source: &str, range: Range<usize>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let base = range.start;
    let mut walk = Walk { b, source, waiting: Vec::new(), attributes: Vec::new(), alt: None, html: None };
    for (event, at) in Parser::new_ext(&source[range], options).into_offset_iter() {
        walk.event(&event, at.start + base..at.end + base);
    }
    walk.flush();
}

/// Text that waits until the block around it ends: an image's alternative, a link's address.
struct Waiting {
    role: Role,
    pieces: Vec<(String, Range<usize>)>,
}

struct Walk<'b, 's> {
    b: &'b mut DocumentBuilder,
    source: &'s str,
    waiting: Vec<Waiting>,
    attributes: Vec<AttributeText>,
    /// The image alternative being read.
    alt: Option<Vec<(String, Range<usize>)>>,
    /// The HTML block being read.
    html: Option<Range<usize>>,
}

impl Walk<'_, '_> {
    fn event(&mut self, event: &Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(Mark::HtmlBlock) => self.html = Some(at),
            Event::End(TagEnd::HtmlBlock) => {
                if let Some(range) = self.html.take() {
                    self.flush();
                    html::read_into(self.b, self.source, range.start, range.end);
                }
            }
            Event::Html(_) => {}
            Event::Start(mark) => self.start(mark, &at),
            Event::End(end) => self.end(*end),
            Event::Text(text) | Event::Code(text) => self.text(text, at),
            Event::SoftBreak | Event::HardBreak => self.text("\n", at),
            Event::InlineHtml(_) => self.inline_html(at),
            _ => {}
        }
    }

    fn start(&mut self, mark: &Mark<'_>, at: &Range<usize>) {
        let start = at.start as u32;
        match mark {
            Mark::Heading { .. } => self.block(|b| b.open(Role::Title, None, start)),
            Mark::Paragraph if self.b.role().is_none() => self.block(|b| b.open(Role::Body, None, start)),
            Mark::Item | Mark::TableCell => self.block(|b| b.open_beside(Role::Body, None, start)),
            Mark::CodeBlock(_) | Mark::FootnoteDefinition(_) | Mark::Table(_) | Mark::List(_) => {
                self.block(|b| b.open(Role::Body, None, start))
            }
            Mark::Image { title, .. } => {
                self.wait_for(Role::Alt, title, at);
                self.alt = Some(Vec::new());
            }
            Mark::Link { dest_url, title, .. } => {
                self.wait_for(Role::Title, title, at);
                self.wait_for(Role::Url, dest_url, at);
            }
            _ => {}
        }
    }

    fn end(&mut self, end: TagEnd) {
        match end {
            TagEnd::Image => {
                if let Some(pieces) = self.alt.take() {
                    self.waiting.push(Waiting { role: Role::Alt, pieces });
                }
            }
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::CodeBlock => self.flush(),
            _ => {}
        }
    }

    fn block(&mut self, open: impl FnOnce(&mut DocumentBuilder)) {
        self.flush();
        open(self.b);
    }

    /// Lets `value`, which stands somewhere in `at`, wait. It has no range of its own, so it is looked for there.
    fn wait_for(&mut self, role: Role, value: &str, at: &Range<usize>) {
        if value.is_empty() {
            return;
        }
        if let Some(found) = self.source[at.clone()].rfind(value) {
            let start = at.start + found;
            self.waiting.push(Waiting { role, pieces: vec![(value.to_owned(), start..start + value.len())] });
        } else {
            self.waiting.push(Waiting { role, pieces: vec![(value.to_owned(), at.clone())] });
        }
    }

    fn text(&mut self, text: &str, at: Range<usize>) {
        if let Some(alt) = &mut self.alt {
            alt.push((text.to_owned(), at));
            return;
        }
        if self.b.role().is_none() {
            self.b.open(Role::Body, None, at.start as u32);
        }
        push(self.b, self.source, text, at);
    }

    fn inline_html(&mut self, at: Range<usize>) {
        if let Some(tag) = html::Tag::parse(self.source, at.start, at.end) {
            let name = self.source[tag.name.range()].to_ascii_lowercase();
            if name == "br" {
                self.text("\n", at);
            } else if !tag.closing {
                html::collect(self.b, self.source, &name, &tag, &mut self.attributes);
            }
        } else if self.source[at.clone()].starts_with("<!--") {
            self.waiting.push(Waiting { role: Role::Comment, pieces: vec![(self.source[at.clone()].to_owned(), at)] });
        }
    }

    /// Ends the open region and adds what waited for its end.
    fn flush(&mut self) {
        self.b.close();
        for waiting in std::mem::take(&mut self.waiting) {
            let Some((_, first)) = waiting.pieces.first() else { continue };
            self.b.open(waiting.role, None, first.start as u32);
            for (text, at) in waiting.pieces {
                push(self.b, self.source, &text, at);
            }
            self.b.close();
        }
        html::push_attributes(self.b, self.source, &mut self.attributes);
    }
}

/// Adds text that the parser gave for `at`: byte for byte where it stands so in the source.
fn push(b: &mut DocumentBuilder, source: &str, text: &str, at: Range<usize>) {
    let raw = &source[at.clone()];
    if let Some(found) = if raw == text { Some(0) } else { raw.find(text).filter(|_| text.len() > 1) } {
        b.text.verbatim(text, (at.start + found) as u32);
    } else {
        b.text.replaced(text, at.start as u32, (at.end - at.start) as u32);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(source: &str) -> Vec<String> {
        let doc = Markdown.read(source).unwrap();
        doc.regions.iter().map(|r| format!("{}|{}", r.role.name(), &doc.text.as_str()[r.span.range()])).collect()
    }

    #[test]
    fn blocks_images_links_and_html() {
        let source = "# Hej *du*\n\nVanlig text\növer två rader.\n\n![Åsa på *scen*](a.jpg \"En titel\") och **070**-174 &aring;\n\n- ett\n- [två](mailto:a@example.se)\n\n\
                      <p>HTML <img alt=\"x y\"></p>\n\n| a | b |\n|---|---|\n| 1 | 2 |\n";
        assert_eq!(
            regions(source),
            [
                "title|Hej du",
                "body|Vanlig text\növer två rader.",
                "body| och 070-174 å",
                "alt|En titel",
                "alt|Åsa på scen",
                "body|ett",
                "body|två",
                "url|mailto:a@example.se",
                "body|HTML ",
                "alt|x y",
                "body|a",
                "body|b",
                "body|1",
                "body|2"
            ]
        );
    }

    #[test]
    fn code_fences_hold_blank_lines() {
        assert_eq!(regions("```\na\n\nb\n```\n\nefter"), ["body|a\n\nb\n", "body|efter"]);
    }

    #[test]
    fn spans_lead_back_through_markup() {
        let source = "Ring *070*-174 &aring;r";
        let doc = Markdown.read(source).unwrap();
        let at = doc.text.as_str().find("070-174").unwrap() as u32;
        assert_eq!(&source[doc.text.source_span(crate::text::Span::new(at, at + 7)).range()], "070*-174");
    }

    #[test]
    fn plain_paragraphs_read_as_the_parser_reads_them() {
        let source = "Ett stycke\nmed rader.\n\n12 personer kom.\n\n1) lista\n\nSlut – på ”allt”.";
        let mut whole = DocumentBuilder::default();
        parse(&mut whole, source, 0..source.len());
        let whole = whole.finish();
        let ours = Markdown.read(source).unwrap();
        assert_eq!(ours.text.as_str(), whole.text.as_str());
    }
}
