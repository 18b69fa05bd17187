//! References: what a page loads from other hosts or points at, and pictures without a text alternative. They are no text,
//! so nothing is looked for in them; a rule asks whose the host is.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use std::collections::HashSet;

use super::html::Tag;
use super::{DocumentBuilder, PlaceId, Step};
use crate::text::{Span, Src};

/// How a document refers to something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum How {
    /// A script that runs when the page is shown.
    Script,
    /// An address inside a script.
    Inline,
    /// A frame or another embedded page.
    Frame,
    /// A picture.
    Image,
    /// Sound or moving pictures.
    Media,
    /// A style sheet, a font, or an address in a style.
    Style,
    /// Where a form sends what is written into it.
    Form,
    /// A link that somebody must follow.
    Link,
    /// An address written out in running text.
    Written,
}

impl How {
    /// All of them.
    pub const ALL: [Self; 9] =
        [Self::Script, Self::Inline, Self::Frame, Self::Image, Self::Media, Self::Style, Self::Form, Self::Link, Self::Written];

    /// The name used in rules.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Script => "script",
            Self::Inline => "inline",
            Self::Frame => "frame",
            Self::Image => "image",
            Self::Media => "media",
            Self::Style => "style",
            Self::Form => "form",
            Self::Link => "link",
            Self::Written => "written",
        }
    }

    /// The one with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|how| how.name() == name)
    }
}

/// A picture's text alternative.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Alternative {
    /// There is one, or there need not be.
    #[default]
    Fine,
    /// There is none.
    Missing,
    /// The name of a file stands in its place.
    FileName,
}

/// What a document loads, or points at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reference {
    /// How.
    pub how: How,
    /// Host in small letters, and the start of the path; empty: the document's own host, or one that the tag named before.
    pub address: Box<str>,
    /// For a picture, its text alternative.
    pub alternative: Alternative,
    /// Where it stands: the host, or the fault.
    pub span: Span<Src>,
    /// Where it was in the source's structure.
    pub place: Option<PlaceId>,
    /// Which of the document's channels it is for.
    pub channel: Option<u16>,
}

/// How far back the start of an address is looked for, in characters.
const BACK: usize = 40;
/// The most bytes of a path that are kept.
const PATH: usize = 24;

/// The host that `address` names, and the start of its path; `None`: it is on the same host, or no web address. Gives the
/// bytes of `address` that are the host.
pub(crate) fn host_of(address: &str) -> Option<(Box<str>, std::ops::Range<usize>)> {
    let colon = address.find("//")?;
    if !matches!(&address[..colon], "" | "https:" | "http:")
        && !matches!(address[..colon].to_ascii_lowercase().as_str(), "https:" | "http:")
    {
        return None;
    }
    let mut start = colon + 2;
    let len = |from: usize| {
        let is_host = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_');
        address[from..].find(|c: char| !is_host(c)).unwrap_or(address.len() - from)
    };
    let mut end = start + len(start);
    if address[end..].starts_with('@') {
        start = end + 1;
        end = start + len(start);
    }
    let host = address[start..end].trim_end_matches('.');
    if !host.contains('.') {
        return None;
    }
    let mut kept = host.to_lowercase();
    let port = address[end..].strip_prefix(':').map_or(0, |p| 1 + p.bytes().take_while(u8::is_ascii_digit).count());
    let path = &address[end + port..];
    if path.starts_with('/') {
        let until = path
            .find(|c: char| matches!(c, '?' | '#' | '"' | '\'' | '`' | ')' | ';' | '<' | '>') || c.is_whitespace())
            .unwrap_or(path.len())
            .min(PATH);
        kept.push_str(&path[..path.floor_char_boundary(until)]);
    }
    Some((kept.into(), start..start + host.len()))
}

/// Whether an address has a word with a capital letter, an escape or a long number in it, as names of files may; or names
/// its file with two words, unless it is one of a set for the same picture.
pub(super) fn names_something(address: &str, is_set: bool) -> bool {
    let bytes = address.as_bytes();
    let file = &bytes[address.rfind('/').unwrap_or(0)..];
    bytes.iter().any(|b| b.is_ascii_uppercase() || matches!(b, b'%' | b'@') || *b >= 0x80)
        || bytes.windows(6).any(|six| six.iter().all(u8::is_ascii_digit))
        || !is_set
            && file.windows(3).any(|w| matches!(w, [a, b'-' | b'_' | b'+', c] if a.is_ascii_alphabetic() && c.is_ascii_alphanumeric()))
}

/// Whether the address of a picture is worth reading: it names something, and is no picture itself.
pub(super) fn says_who(address: &str) -> bool {
    !address.starts_with("data:") && names_something(address, false)
}

/// Whether a picture's text alternative is the name of a file.
pub(super) fn is_file_name(alt: &str) -> bool {
    let alt = alt.trim();
    let low = alt.to_lowercase();
    let ends = |e: &str| low.strip_suffix(e).is_some_and(|rest| !rest.is_empty() && !rest.contains(". ") && rest.split(' ').count() < 4);
    if [".jpg", ".jpeg", ".png", ".gif", ".webp", ".svg", ".heic", ".tif", ".tiff", ".avif", ".bmp"].into_iter().any(ends) {
        return true;
    }
    let camera = ["img", "dsc", "dscn", "dscf", "pxl", "image", "mvimg", "screenshot", "skärmavbild", "_dsc", "imag", "gopr", "dji"];
    let rest = camera.iter().filter_map(|c| low.strip_prefix(c)).min_by_key(|rest| rest.len());
    rest.is_some_and(|rest| {
        let digits = rest.bytes().filter(u8::is_ascii_digit).count();
        digits >= 3 && rest.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'_' | b'-' | b' ' | b'.' | b'~'))
    })
}

/// Whether the address of a picture without a text says that it is decoration: Markdown has no other way to say so.
pub(super) fn is_decoration(address: &str) -> bool {
    let name = address.rsplit('/').next().unwrap_or(address).to_ascii_lowercase();
    let words = [
        "linje",
        "line",
        "divider",
        "avdelare",
        "spacer",
        "separator",
        "dekor",
        "prydnad",
        "ornament",
        "ikon",
        "icon",
        "bakgrund",
        "background",
        "pixel",
        "blank",
    ];
    words.iter().any(|w| name.contains(w))
}

/// Notes what the tag refers to on other hosts, and a picture without a text alternative.
pub(super) fn of_tag(b: &mut DocumentBuilder, source: &str, name: &str, tag: &Tag) {
    let mut seen: HashSet<Box<str>> = HashSet::new();
    for &(attribute, value) in &tag.attributes {
        if value.is_empty() {
            continue;
        }
        let attribute_name = &source[attribute.range()];
        let how = match (name, attribute_name.to_ascii_lowercase().as_str()) {
            ("script", "src") => How::Script,
            ("iframe" | "frame" | "embed", "src") | ("object", "data") => How::Frame,
            ("img" | "input", "src") | ("img" | "source", "srcset") | ("video", "poster") | ("image", "href" | "xlink:href") => How::Image,
            ("video" | "audio" | "source" | "track", "src") => How::Media,
            ("link", "href") if loads(source, tag) => How::Style,
            ("form", "action") | ("button" | "input", "formaction") => How::Form,
            (_, "style") => How::Style,
            _ => continue,
        };
        let range = value.range();
        let (is_set, is_style) = (attribute_name.eq_ignore_ascii_case("srcset"), attribute_name.eq_ignore_ascii_case("style"));
        if is_style {
            of_style(b, source, range.start, range.end, Some((tag.name, attribute)));
            continue;
        }
        let mut at = range.start;
        for piece in source[range.clone()].split(if is_set { ',' } else { '\0' }) {
            let lead = piece.len() - piece.trim_start().len();
            if let Some((address, host)) = host_of(piece.trim()) {
                let from = at + lead + host.start;
                let place = place(b, tag.name, attribute);
                // The same host twice in one tag is one fact, but not a link either.
                let again = !seen.insert(host_part(&address).into());
                let kept = if again { Box::default() } else { address };
                b.refer(how, kept, Span::new(from as u32, (from + host.len()) as u32), Some(place));
            }
            at += piece.len() + 1;
        }
    }
    if name == "img" {
        picture(b, source, tag);
    }
}

fn host_part(address: &str) -> &str {
    address.split('/').next().unwrap_or(address)
}

fn place(b: &mut DocumentBuilder, element: Span<Src>, attribute: Span<Src>) -> PlaceId {
    let element = b.places.add(None, Step::Element(element));
    b.places.add(Some(element), Step::Attribute(attribute))
}

/// Whether a `link` makes the browser fetch something.
fn loads(source: &str, tag: &Tag) -> bool {
    let rel = value_of(source, tag, "rel").unwrap_or("").to_ascii_lowercase();
    rel.split_ascii_whitespace().any(|r| {
        matches!(r, "stylesheet" | "preload" | "modulepreload" | "prefetch" | "preconnect" | "icon" | "manifest" | "apple-touch-icon")
    })
}

fn value_of<'s>(source: &'s str, tag: &Tag, wanted: &str) -> Option<&'s str> {
    tag.attributes.iter().find(|(n, _)| source[n.range()].eq_ignore_ascii_case(wanted)).map(|(_, v)| &source[v.range()])
}

/// Notes an `img` without a text alternative. What a template or a program may fill in is left alone, and so is a picture
/// that is marked as decoration.
fn picture(b: &mut DocumentBuilder, source: &str, tag: &Tag) {
    if let Some(&(name, value)) = tag.attributes.iter().find(|(n, _)| source[n.range()].eq_ignore_ascii_case("alt")) {
        if is_file_name(&source[value.range()]) {
            let at = place(b, tag.name, name);
            b.picture(Alternative::FileName, value, Some(at));
        }
        return;
    }
    let whole = &source[tag.start..tag.end];
    let is_named = |name: &str| {
        let name = name.to_ascii_lowercase();
        name.ends_with("alt") || name.ends_with("alt]") || matches!(name.as_str(), "aria-label" | "aria-labelledby" | "title")
    };
    let is = |name: &str, values: &[&str]| value_of(source, tag, name).is_some_and(|v| values.contains(&v.trim()));
    let is_open = whole.contains("{{") || whole.contains("{%") || whole.contains("<?") || whole.contains("{...") || whole.contains("<%");
    if is_open
        || tag.attributes.iter().any(|(n, _)| is_named(&source[n.range()]))
        || is("role", &["presentation", "none"])
        || is("aria-hidden", &["true"])
        || is("width", &["0", "1"])
        || is("height", &["0", "1"])
    {
        return;
    }
    let at = b.places.add(None, Step::Element(tag.name));
    b.picture(Alternative::Missing, tag.name, Some(at));
}

/// Notes what a style in bytes `from..to` loads: `url(…)` and `@import "…"`.
pub(super) fn of_style(b: &mut DocumentBuilder, source: &str, from: usize, to: usize, within: Option<(Span<Src>, Span<Src>)>) {
    let bytes = &source.as_bytes()[..to];
    let mut at = from;
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"//").map(|p| at + p) {
        at = found + 2;
        let is_edge = |c: char| matches!(c, '"' | '\'' | '(' | ')') || c.is_whitespace();
        let edge = source[from..found].char_indices().rev().take(BACK).find(|(_, c)| is_edge(*c));
        let start = edge.map_or(from, |(p, c)| from + p + c.len_utf8());
        let before = source[from..start].trim_end_matches(['"', '\'']).trim_end();
        if !(ends_with(before, "url(") || ends_with(before, "@import")) {
            continue;
        }
        let Some((address, host)) = host_of(&source[start..to]) else { continue };
        let place = within.map(|(element, attribute)| place(b, element, attribute));
        b.refer(How::Style, address, Span::new((start + host.start) as u32, (start + host.end) as u32), place);
    }
}

fn ends_with(text: &str, end: &str) -> bool {
    text.len() >= end.len() && text.as_bytes()[text.len() - end.len()..].eq_ignore_ascii_case(end.as_bytes())
}

/// Notes the addresses in a script's own text: in quotes, with or without the scheme.
pub(super) fn of_script(b: &mut DocumentBuilder, source: &str, from: usize, to: usize) {
    let bytes = &source.as_bytes()[..to];
    let mut at = from;
    let mut seen: HashSet<Box<str>> = HashSet::new();
    while let Some(found) = memchr::memmem::find(&bytes[at..], b"//").map(|p| at + p) {
        at = found + 2;
        let lead = if bytes[from..found].ends_with(b"https:") { 6 } else { usize::from(bytes[from..found].ends_with(b"http:")) * 5 };
        let start = found - lead;
        if start == from || !matches!(bytes[start - 1], b'"' | b'\'' | b'`') {
            continue;
        }
        let Some((address, host)) = host_of(&source[start..to]) else { continue };
        if seen.insert(address.clone()) {
            b.refer(How::Inline, address, Span::new((start + host.start) as u32, (start + host.end) as u32), None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;

    fn seen(format: &str, source: &str) -> Vec<String> {
        let document = Format::from_name(format).unwrap().read(source).unwrap();
        let line = |r: &Reference| format!("{} {} {:?} {}", r.how.name(), r.address, r.alternative, &source[r.span.range()]);
        document.references.iter().filter(|r| !r.address.is_empty() || r.alternative != Alternative::Fine).map(line).collect()
    }

    #[test]
    fn hosts_of_addresses() {
        for (address, host) in [
            ("https://Www.Exempel.example/a?b=c", Some("www.exempel.example/a")),
            ("//cdn.exempel.example:8080/x", Some("cdn.exempel.example/x")),
            ("HTTP://exempel.example", Some("exempel.example")),
            ("https://kim@exempel.example/", Some("exempel.example/")),
            ("/bilder/a.jpg", None),
            ("mailto:a@example.se", None),
            ("ftp://exempel.example", None),
            ("https://localhost/", None),
        ] {
            assert_eq!(host_of(address).map(|(a, _)| a.to_string()).as_deref(), host, "{address}");
        }
    }

    #[test]
    fn what_html_loads() {
        let source = "<script src='https://a.example/x.js'></script><link rel=stylesheet href=//b.example/c.css><link rel=canonical href='https://c.example/'>\
            <img alt='' src=https://d.example/1 srcset='https://d.example/2 2x, https://e.example/3 3x'><iframe data-src='https://f.example/' src=\"https://g.example/v\"></iframe>\
            <form action='https://h.example/post'></form><div style=\"background: url('//i.example/p.png')\"></div><style>@import 'https://j.example/k'; p{background:url(https://k.example/l)}</style>\
            <script>var s = 'https://l.example/m.js'; // https://m.example/</script><a href='https://n.example/'>N</a>";
        assert_eq!(
            seen("html", source),
            [
                "script a.example/x.js Fine a.example",
                "style b.example/c.css Fine b.example",
                "image d.example/1 Fine d.example",
                "image e.example/3 Fine e.example",
                "frame g.example/v Fine g.example",
                "form h.example/post Fine h.example",
                "style i.example/p.png Fine i.example",
                "style j.example/k Fine j.example",
                "style k.example/l Fine k.example",
                "inline l.example/m.js Fine l.example",
            ]
        );
    }

    #[test]
    fn odd_letters_around_addresses_do_no_harm() {
        for odd in ["\u{a0}", "å", "\u{2028}", "𝟎", ""] {
            let style = format!("<style>{odd}@import{odd}//a.example{odd}; b{{c:url({odd}https://d.example{odd}/)}}</style>");
            let script = format!(
                "<script>{odd}//a.example{odd}'https://b.example{odd}'</script><img src='{odd}//c.example{odd}' srcset='{odd},{odd} //d.example{odd}'>"
            );
            let image = format!(
                "![{odd}IMG_1234{odd}](https://a.example{odd}) ![{odd}]({odd}//b.example) *![IMG\\_1234.jpg](<https://c.example/ {odd}>)*"
            );
            seen("html", &style);
            seen("html", &script);
            for reference in seen("markdown", &image) {
                assert!(reference.starts_with("image"), "{reference}");
            }
        }
    }

    #[test]
    fn pictures_without_a_text() {
        let source = "<img src=a.jpg><img src=b.jpg alt><img src=c.jpg alt=''><img src=d alt='IMG_2041.JPG'><img src=e role=presentation>\
            <img {{ attrs }}><img src=f :alt=text><img src=g width=1 height=1><img alt='Bron över ån' src=h>";
        assert_eq!(seen("html", source), ["image  Missing img", "image  FileName IMG_2041.JPG"]);
        let source =
            "![](a.jpg)\n\n![Bron](b.jpg) och ![](c.png) här\n\n![DSC_0012](https://d.example/e.jpg)\n\n`![](f.jpg)`\n\n![](linje.svg)";
        assert_eq!(
            seen("markdown", source),
            ["image  Missing ![", "image  Missing ![", "image d.example/e.jpg Fine d.example", "image  FileName DSC_0012"]
        );
    }
}
