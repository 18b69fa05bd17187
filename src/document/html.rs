//! HTML: text, image alternatives and the descriptions in the head; never scripts or styles.
//!
//! A small reader of its own, since every byte must lead back to the source: it knows tags, attributes, comments and
//! the few elements whose contents are not text. Tags inside a line (`<b>`) leave no gap in the text.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

mod attributes;
mod tag;

use std::ops::Range;

use attributes::push_one;
pub(super) use attributes::{AttributeText, collect, holds_number, is_prose, push_attributes, role_of_comment};
pub(super) use tag::{Tag, end_of_element};

use super::entities::push_html_text;
use super::{Document, DocumentBuilder, ReadError, Reader, Role, Step, keys, reference};
use crate::text::{Span, Src, TextBuilder};

/// Reads HTML.
#[derive(Debug)]
pub(super) struct Html;

impl Reader for Html {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut b = DocumentBuilder::for_source(source.len());
        read_into(&mut b, source, 0, source.len());
        Ok(b.finish())
    }
}

/// Reads the HTML in bytes `from..to` of `source` into `b`.
pub(super) fn read_into(b: &mut DocumentBuilder, source: &str, from: usize, to: usize) {
    let mut reader = HtmlReader {
        b,
        source,
        role: Role::Body,
        element: None,
        fresh: Some(Gap::Block),
        attributes: Vec::new(),
        lost: 0,
        in_drawing: false,
    };
    reader.read(from, to);
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    /// The next text belongs beside the last (a cell, an item).
    Line,
    /// The next text is a block of its own.
    Block,
}

struct HtmlReader<'b, 's> {
    b: &'b mut DocumentBuilder,
    source: &'s str,
    role: Role,
    element: Option<Span<Src>>,
    /// Whether the next text starts a region, and how far from the last.
    fresh: Option<Gap>,
    attributes: Vec<AttributeText>,
    /// Bytes that were looked through for the ends of tags that have none.
    lost: usize,
    in_drawing: bool,
}

/// How many bytes may be looked through for the ends of tags that have none, however short the source.
const LOST: usize = 1 << 20;

impl HtmlReader<'_, '_> {
    fn read(&mut self, from: usize, to: usize) {
        let bytes = &self.source.as_bytes()[..to];
        let mut at = from;
        while at < to {
            let tag = memchr::memchr(b'<', &bytes[at..]).map_or(to, |p| at + p);
            self.text(at, tag);
            at = if tag < to { self.markup(tag, to) } else { to };
        }
        self.break_here(Gap::Block);
    }

    fn text(&mut self, from: usize, to: usize) {
        let raw = &self.source[from..to];
        let blank = raw.bytes().all(|b| b.is_ascii_whitespace());
        if let Some(gap) = self.fresh {
            if blank {
                return;
            }
            let place = self.element.map(|e| self.b.places.add(None, Step::Element(e)));
            match gap {
                Gap::Block => self.b.open(self.role, place, from as u32),
                Gap::Line => self.b.open_beside(self.role, place, from as u32),
            }
            self.fresh = None;
            let skip = raw.len() - raw.trim_start().len();
            push_html_text(&mut self.b.text, &raw[skip..], (from + skip) as u32);
        } else if !raw.is_empty() {
            push_html_text(&mut self.b.text, raw, from as u32);
        }
    }

    /// Ends the region and reads the attribute texts that waited for it.
    fn break_here(&mut self, gap: Gap) {
        self.b.close();
        self.fresh = Some(self.fresh.map_or(gap, |f| f.max(gap)));
        for found in std::mem::take(&mut self.attributes) {
            push_one(self.b, self.source, &found);
            self.fresh = Some(Gap::Block);
        }
    }

    /// Takes the markup at `at`; returns where the text goes on.
    fn markup(&mut self, at: usize, to: usize) -> usize {
        let rest = &self.source[at..to];
        if let Some(comment) = rest.strip_prefix("<!--") {
            let end = memchr::memmem::find(comment.as_bytes(), b"-->").unwrap_or(comment.len());
            self.comment(at + 4, at + 4 + end);
            return (at + 4 + end + 3).min(to);
        }
        if rest.starts_with("<!") || rest.starts_with("<?") {
            // What never ends is text: nothing may be left unread. What browsers do not show is a comment.
            if let Some(end) = memchr::memchr(b'>', rest.as_bytes()) {
                if !rest.as_bytes().get(2..9).is_some_and(|word| word.eq_ignore_ascii_case(b"doctype")) {
                    self.comment(at + 2, at + end);
                }
                return at + end + 1;
            }
        }
        let is_address = |tag: &Tag| {
            let inside = &self.source[tag.start..tag.end];
            inside.contains('@') && !inside.contains(['=', ' '])
        };
        let Some(tag) = (if self.lost < to - at || self.lost < LOST { Tag::parse(self.source, at, to) } else { None })
            // `<anna.ek@example.se>`
            .filter(|tag| !is_address(tag))
        else {
            // A bare `<` is text. Tags that never end are looked for so long, and then no more: the time stays linear.
            if rest.as_bytes().get(1).is_some_and(u8::is_ascii_alphabetic) {
                self.lost += to - at;
            }
            self.text(at, at + 1);
            return at + 1;
        };
        let name = self.source[tag.name.range()].to_ascii_lowercase();
        if name == "svg" {
            self.in_drawing = !tag.closing && !tag.self_closing;
        }
        if tag.closing {
            self.close_tag(&name)
        } else {
            self.open_tag(&name, &tag)
        }
        if tag.closing || tag.self_closing {
            return tag.end;
        }
        match name.as_str() {
            "script" | "style" | "noembed" | "iframe" => {
                let end = end_of_element(&self.source[..to], tag.end, &name);
                let head = || self.source[tag.start..tag.end].to_ascii_lowercase();
                match name.as_str() {
                    "script" if head().contains("ld+json") || head().contains("application/json") => self.linked_data(tag.end, end),
                    "script" => {
                        self.script(tag.end, end);
                        reference::of_script(self.b, self.source, tag.end, end);
                    }
                    "style" => {
                        self.style(tag.end, end);
                        reference::of_style(self.b, self.source, tag.end, end, None);
                    }
                    _ => self.comment(tag.end, self.source[tag.end..end].rfind("</").map_or(end, |p| tag.end + p)),
                }
                end
            }
            // Tags in these are text.
            "title" | "textarea" if !self.in_drawing => {
                let close = memchr::memmem::find(&self.source.as_bytes()[tag.end..to], b"</").map_or(to, |p| tag.end + p);
                self.text(tag.end, close);
                close
            }
            _ => tag.end,
        }
    }

    /// Reads JSON-LD: what search engines are told of the page.
    fn linked_data(&mut self, from: usize, to: usize) {
        let close = self.source[from..to].rfind("</").map_or(to, |p| from + p);
        self.break_here(Gap::Block);
        if super::json::read_into(self.b, &self.source[..close], from, Role::Meta).is_err() {
            // Templates and slips: read as it stands.
            self.b.close();
            self.b.open(Role::Meta, None, from as u32);
            self.b.text.verbatim(&self.source[from..close], from as u32);
            self.b.close();
        }
    }

    /// Reads what a style sheet adds to the text: the strings of `content`.
    fn style(&mut self, from: usize, to: usize) {
        for content in memchr::memmem::find_iter(&self.source.as_bytes()[from..to], b"content:") {
            let start = from + content + "content:".len();
            let value = &self.source[start..to];
            let Some(open) = value.find(['"', '\'', ';', '}']).filter(|at| matches!(value.as_bytes()[*at], b'"' | b'\'')) else { continue };
            let quote = value.as_bytes()[open];
            let text = start + open + 1..start + open + 1 + memchr::memchr(quote, &value.as_bytes()[open + 1..]).unwrap_or(0);
            if self.source[text.clone()].contains(char::is_alphanumeric) {
                self.break_here(Gap::Block);
                self.b.open(Role::Body, None, text.start as u32);
                push_style_text(&mut self.b.text, self.source, text);
                self.b.close();
            }
        }
    }

    /// A comment of the page's own: every visitor's browser gets it. An exception is for the writers.
    fn comment(&mut self, from: usize, to: usize) {
        if self.source[from..to].contains(char::is_alphanumeric) {
            let place = self.b.places.add(None, Step::Element(Span::new(from.saturating_sub(3) as u32, (from - 1) as u32)));
            let role = role_of_comment(&self.source[from..to]);
            self.attributes.push(AttributeText { role, place, cue: None, value: Span::new(from as u32, to as u32) });
        }
    }

    /// Reads the strings of a script that can hardly be anything but somebody's number or address: with words beside it, or
    /// under a name that says so. `id = "800102-2386"` may be anything.
    fn script(&mut self, from: usize, to: usize) {
        let mut at = from;
        while let Some(open) = self.source[at..to].find(['"', '\'', '`']).map(|p| at + p) {
            let quote = self.source.as_bytes()[open];
            let line = &self.source.as_bytes()[open + 1..to.min(open + MOST_STRING)];
            let Some(close) = line.iter().position(|b| *b == quote || *b == b'\n').map(|p| open + 1 + p) else {
                at = open + 1;
                continue;
            };
            let text = &self.source[open + 1..close];
            let cue = || keys::meaning(name_before(&self.source[from..open])).cue;
            if self.source.as_bytes()[close] == quote && holds_number(text) && (text.contains([' ', '@']) || cue().is_some()) {
                let place = self.b.places.add(None, Step::Element(Span::new((from - 7) as u32, (from - 1) as u32)));
                self.attributes.push(AttributeText { role: Role::Meta, place, cue: None, value: Span::new(open as u32 + 1, close as u32) });
            }
            at = close + 1;
        }
    }

    fn open_tag(&mut self, name: &str, tag: &Tag) {
        collect(self.b, self.source, name, tag, &mut self.attributes);
        reference::of_tag(self.b, self.source, name, tag);
        let Some(gap) = gap_of(name) else {
            if name == "br" && self.fresh.is_none() {
                self.b.text.replaced("\n", tag.start as u32, (tag.end - tag.start) as u32);
            }
            return;
        };
        self.break_here(gap);
        self.element = Some(tag.name);
        self.role = role_of(name).unwrap_or(self.role);
    }

    fn close_tag(&mut self, name: &str) {
        if let Some(gap) = gap_of(name) {
            self.break_here(gap);
            if role_of(name).is_some() {
                self.role = Role::Body;
                self.element = None;
            }
        }
    }
}

/// The name that a value is given in a script: `pnr: `, `"pnr": `, `pnr = `.
fn name_before(script: &str) -> &str {
    let head = script.trim_end().trim_end_matches([':', '=']).trim_end().trim_end_matches(['"', '\'']);
    let start =
        head.rfind(|c: char| !(c.is_alphanumeric() || c == '_')).map_or(0, |p| p + head[p..].chars().next().map_or(1, char::len_utf8));
    &head[start..]
}

/// Longest string of a script that is read, in bytes.
const MOST_STRING: usize = 400;

/// How far an element sets its text apart; `None` for elements inside a line.
fn gap_of(name: &str) -> Option<Gap> {
    Some(match name {
        "li" | "td" | "th" | "tr" | "dt" | "dd" | "option" | "legend" | "label" => Gap::Line,
        "p" | "div" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "section" | "article" | "main" | "header" | "footer" | "nav" | "aside"
        | "figure" | "figcaption" | "ul" | "ol" | "dl" | "table" | "thead" | "tbody" | "tfoot" | "caption" | "blockquote" | "pre"
        | "form" | "fieldset" | "address" | "hr" | "title" | "head" | "body" | "html" | "details" | "summary" | "template" | "textarea"
        | "select" | "button" | "script" | "style" | "svg" | "desc" | "text" | "metadata" | "math" => Gap::Block,
        _ => return None,
    })
}

fn role_of(name: &str) -> Option<Role> {
    Some(match name {
        "title" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Role::Title,
        "figcaption" | "caption" => Role::Caption,
        _ => return None,
    })
}

/// Adds the string of a style sheet at `range` with its escapes undone: `\38 0`, `\000038`.
fn push_style_text(text: &mut TextBuilder, source: &str, range: Range<usize>) {
    let mut at = range.start;
    while let Some(escape) = memchr::memchr(b'\\', &source.as_bytes()[at..range.end]).map(|p| at + p) {
        text.verbatim(&source[at..escape], at as u32);
        let digits = source[escape + 1..range.end].bytes().take(6).take_while(u8::is_ascii_hexdigit).count();
        let code =
            u32::from_str_radix(&source[escape + 1..escape + 1 + digits], 16).ok().and_then(char::from_u32).filter(|c| !c.is_control());
        let blank = usize::from(digits > 0 && source.as_bytes().get(escape + 1 + digits) == Some(&b' '));
        at = (escape + 1 + digits + blank).min(range.end);
        if let Some(c) = code {
            text.replaced(c.encode_utf8(&mut [0; 4]), escape as u32, (at - escape) as u32);
        }
    }
    text.verbatim(&source[at..range.end], at as u32);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(source: &str) -> Vec<(Role, String, String)> {
        let doc = Html.read(source).unwrap();
        doc.regions
            .iter()
            .map(|r| (r.role, r.place.map_or(String::new(), |p| doc.places.name(p, source)), doc.text.as_str()[r.span.range()].to_owned()))
            .collect()
    }

    #[test]
    fn text_roles_and_places() {
        let source = "<title>T&aring;g</title><style>1</style><p>Ring <b>070</b>-174<br>nu <img alt=\"Å sa\" src=x> hej</p>\
                      <figure><figcaption>Bild</figcaption></figure><script>var a='0701740605'</script>";
        let want = [
            (Role::Title, "title", "Tåg"),
            (Role::Body, "p", "Ring 070-174\nnu  hej"),
            (Role::Alt, "img[alt]", "Å sa"),
            (Role::Caption, "figcaption", "Bild"),
        ];
        let want: Vec<_> = want.map(|(r, p, t)| (r, p.to_owned(), t.to_owned())).into();
        assert_eq!(regions(source), want);
    }

    #[test]
    fn meta_links_and_unfinished_markup() {
        let source = "<meta name=description content='Om Eva'><meta property=\"og:image:alt\" content=\"Bild\"><a href=\"mailto:a@example.se\">Mejla</a> 1 < 2 <p";
        let seen: Vec<_> = regions(source).into_iter().map(|(r, p, t)| format!("{} {p} {t}", r.name())).collect();
        assert_eq!(
            seen,
            ["body  Mejla 1 < 2 <p", "meta meta[content] Om Eva", "alt meta[content] Bild", "url a[href] a@example.se"]
                .map(|s| s.replace("a@example.se", "mailto:a@example.se"))
        );
    }

    #[test]
    fn linked_data_drawings_and_text_elements() {
        let source = "<title>A <b></title><script type=\"application/ld+json\">{\"name\": \"Eva \\u00d6st\"}</script>\
            <script type='application/ld+json'>{{ trasig }}</script><svg><title>Karta</title><text>Ån</text></svg><template><p>Dold</p></template>";
        let seen: Vec<_> = regions(source).into_iter().map(|(r, p, t)| format!("{} {p} {t}", r.name())).collect();
        assert_eq!(
            seen,
            ["title title A <b>", "title /name Eva Öst", "meta  {{ trasig }}", "title title Karta", "body text Ån", "body p Dold"]
        );
    }

    #[test]
    fn what_never_ends_is_text_and_takes_no_longer() {
        assert_eq!(regions("<!oj Eva"), [(Role::Body, String::new(), "<!oj Eva".to_owned())]);
        let many = "<a ".repeat(400_000);
        assert_eq!(regions(&many).len(), 1);
    }
}
