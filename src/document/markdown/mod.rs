//! Markdown: headings, paragraphs, lists, tables, image alternatives and titles, HTML inside.
//!
//! pulldown-cmark does the work where there is markup to speak of. Blocks of plain words, and those with nothing but
//! simple links and images, are most of most files: `quick` reads them several times faster and gives the same text.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

mod blocks;
mod quick;

use std::ops::Range;

use blocks::Blocks;
use pulldown_cmark::{Event, Options, Parser, Tag as Mark, TagEnd};

use super::html::{self, AttributeText};
use super::{Alternative, Document, DocumentBuilder, How, ReadError, Reader, Role, frontmatter, reference};
use crate::text::Span;

/// Reads Markdown.
#[derive(Debug)]
pub(super) struct Markdown;

impl Reader for Markdown {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut b = DocumentBuilder::for_source(source.len());
        let body = frontmatter::read(&mut b, source);
        // Link definitions reach over the whole document, and a carriage return alone ends a line where blocks are not
        // cut: then it is parsed as one.
        let bytes = &source.as_bytes()[body..];
        let odd_line = || memchr::memchr_iter(b'\r', bytes).any(|at| bytes.get(at + 1) != Some(&b'\n'));
        if memchr::memmem::find(bytes, b"]:").is_some() || odd_line() {
            parse(&mut b, source, body..source.len());
        } else {
            for block in Blocks::new(source, body) {
                if !(block.quick && quick::read(&mut b, source, block.range.clone())) {
                    parse(&mut b, source, block.range);
                }
            }
        }
        Ok(b.finish())
    }
}

/// Parses a piece of Markdown in full.
fn parse(b: &mut DocumentBuilder, source: &str, range: Range<usize>) {
    let options = Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
    let base = range.start;
    let parser = Parser::new_ext(&source[range], options);
    let mut definitions: Vec<Definition> = parser
        .reference_definitions()
        .iter()
        .map(|(_, d)| Definition {
            address: d.dest.to_string(),
            title: d.title.as_deref().unwrap_or("").to_owned(),
            at: d.span.start + base..d.span.end + base,
            is_used: false,
        })
        .collect();
    definitions.sort_by_key(|d| d.at.start);
    let mut walk = Walk { b, source, waiting: Vec::new(), attributes: Vec::new(), alt: None, html: None, definitions };
    for (event, at) in parser.into_offset_iter() {
        walk.event(&event, at.start + base..at.end + base);
    }
    walk.flush();
    walk.unused();
}

/// A link's address apart from the link: `[1]: mailto:… "title"`.
struct Definition {
    address: String,
    title: String,
    at: Range<usize>,
    is_used: bool,
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
    /// Addresses that links name, in their order.
    definitions: Vec<Definition>,
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
            Mark::Image { dest_url, title, .. } => {
                self.wait_for(Role::Alt, title, at);
                self.image(dest_url, at);
                if reference::says_who(dest_url) {
                    self.wait_for(Role::Url, dest_url, at);
                }
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
                    if let Some((text, at)) = pieces.first().filter(|(text, _)| pieces.len() == 1 && reference::is_file_name(text)) {
                        let found = self.source[at.clone()].find(text.as_str()).map(|p| at.start + p);
                        let at = found.map_or(at.clone(), |start| start..start + text.len());
                        let span = Span::new(at.start as u32, at.end as u32);
                        self.b.picture(Alternative::FileName, span, None);
                    }
                    self.waiting.push(Waiting { role: Role::Alt, pieces });
                }
            }
            TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::Item | TagEnd::TableCell | TagEnd::CodeBlock => self.flush(),
            _ => {}
        }
    }

    /// Notes the host of an image, and one without a text.
    fn image(&mut self, address: &str, at: &Range<usize>) {
        if let Some((kept, host)) = reference::host_of(address) {
            let found = self.source[at.clone()].rfind(address).map(|p| at.start + p + host.start);
            let at = found.map_or(at.clone(), |start| start..start + host.len());
            self.b.refer(How::Image, kept, Span::new(at.start as u32, at.end as u32), None);
        }
        if self.source[at.clone()].starts_with("![]") && !reference::is_decoration(address) {
            self.b.picture(Alternative::Missing, Span::new(at.start as u32, at.start as u32 + 2), None);
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
        let defined = self.definitions.iter_mut().find(|d| d.address == value || d.title == value);
        let at = if let Some(found) = self.source[at.clone()].rfind(value) {
            at.start + found..at.start + found + value.len()
        } else if let Some(definition) = defined {
            definition.is_used = true;
            within(self.source, &definition.at, value)
        } else {
            at.clone()
        };
        self.waiting.push(Waiting { role, pieces: vec![(value.to_owned(), at)] });
    }

    /// Adds what the definitions say that no link uses: `[//]: # (…)` is how Markdown writes a comment.
    fn unused(&mut self) {
        for definition in std::mem::take(&mut self.definitions).into_iter().filter(|d| !d.is_used) {
            let (address, title) = (&definition.address, &definition.title);
            let is_elsewhere = address.contains([':', '@']);
            for (role, text, says) in [(Role::Url, address, is_elsewhere), (html::role_of_comment(title), title, true)] {
                if says && text.contains(char::is_alphanumeric) {
                    let at = within(self.source, &definition.at, text);
                    self.b.open(role, None, at.start as u32);
                    push(self.b, self.source, text, at);
                    self.b.close();
                }
            }
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
                reference::of_tag(self.b, self.source, &name, &tag);
            }
        } else if self.source[at.clone()].starts_with("<!--") {
            let role = html::role_of_comment(&self.source[at.clone()]);
            self.waiting.push(Waiting { role, pieces: vec![(self.source[at.clone()].to_owned(), at)] });
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

/// Where `value` stands in `at`, or all of that.
fn within(source: &str, at: &Range<usize>, value: &str) -> Range<usize> {
    source[at.clone()].find(value).map_or(at.clone(), |p| at.start + p..at.start + p + value.len())
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
    fn quick_blocks_read_as_the_parser_reads_them() {
        for source in [
            "Ett stycke\nmed rader.\n\n12 personer kom.\n\n1) lista\n\nSlut – på ”allt”!",
            "Se [2 kap. 3 §](#k2) och [Åsa](mailto:asa@example.se \"Mejl\").\n\n![Bild på sjön](/b/1.jpg)",
            "![A](b.png)![](c.png) text [ej länk] och [x] (y)\n\n## Rubrik ##\n\n- en punkt\n\n3. en till [l](m)",
            "[a [b](c) d](e)\n\n[a](b c)\n\n[a](<b>)\n\n[a](b(c))\n\n[a](b 'c')\n\n[a]()\n\n[a\nb](c)",
            "#rubrik\n\n# \n\n-\n\n1.\n\n- - a\n\n- # b\n\n1. 2. c\n\na\n# b\n\na\n- b\n\na\n===",
        ] {
            let mut whole = DocumentBuilder::default();
            for block in source.split("\n\n") {
                let at = block.as_ptr() as usize - source.as_ptr() as usize;
                parse(&mut whole, source, at..at + block.len());
            }
            let whole = whole.finish();
            let ours = Markdown.read(source).unwrap();
            assert_eq!(ours.text.as_str(), whole.text.as_str(), "{source}");
            assert_eq!(ours.regions, whole.regions, "{source}");
        }
    }
}
