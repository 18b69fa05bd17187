//! Attributes that are text: alternatives, titles, descriptions, addresses.

use super::super::entities::push_html_text;
use super::super::{DocumentBuilder, PlaceId, Role, Step, keys, percent, reference};
use super::Tag;
use crate::text::{Span, Src};

/// An attribute's value that is text in itself; read after the block it stands in.
pub(in super::super) struct AttributeText {
    pub(super) role: Role,
    pub(super) place: PlaceId,
    /// What the attribute's name says of the value.
    pub(super) cue: Option<&'static str>,
    pub(super) value: Span<Src>,
}

/// Notes the attributes of a tag that are text: alternatives, titles, descriptions, addresses of mail and telephone.
pub(in super::super) fn collect(b: &mut DocumentBuilder, source: &str, name: &str, tag: &Tag, out: &mut Vec<AttributeText>) {
    let value =
        |wanted: &str| tag.attributes.iter().find(|(n, _)| source[n.range()].eq_ignore_ascii_case(wanted)).map(|(_, v)| &source[v.range()]);
    let meta = if name == "meta" { value("property").or_else(|| value("name")) } else { None };
    for &(attribute, text) in &tag.attributes {
        let attribute_name = source[attribute.range()].to_ascii_lowercase();
        let role = match attribute_name.as_str() {
            "alt" | "aria-label" | "aria-description" | "aria-roledescription" | "aria-valuetext" | "data-alt" => Role::Alt,
            "title" | "label" | "data-title" | "abbr" => Role::Title,
            "placeholder" | "data-caption" | "caption" => Role::Caption,
            "data-description" | "data-text" | "download" => Role::Meta,
            "summary" => Role::Meta,
            "href" if name == "a" || name == "area" => Role::Url,
            // The names of files, and what is asked for.
            "src" | "srcset" | "poster" | "action" | "data"
                if name != "script" && reference::names_something(&source[text.range()], attribute_name == "srcset") =>
            {
                Role::Url
            }
            "value" if matches!(name, "input" | "option" | "button" | "data" | "param" | "meter") => Role::Body,
            "srcdoc" => Role::Body,
            "content" if name != "meta" => Role::Meta,
            "content" => match meta.map(str::to_ascii_lowercase).as_deref() {
                Some("og:image:alt" | "twitter:image:alt") => Role::Alt,
                Some("og:title" | "twitter:title" | "dc.title") => Role::Title,
                Some(
                    "description"
                    | "og:description"
                    | "twitter:description"
                    | "author"
                    | "article:author"
                    | "keywords"
                    | "copyright"
                    | "dc.creator"
                    | "dc.description"
                    | "dc.contributor"
                    | "dcterms.creator"
                    | "reply-to"
                    | "geo.position"
                    | "icbm",
                ) => Role::Meta,
                Some("viewport" | "generator" | "robots" | "theme-color" | "csrf-token") => continue,
                _ if is_prose(&source[text.range()]) => Role::Meta,
                _ => continue,
            },
            data if data.starts_with("data-")
                && (["pnr", "person", "phone", "tel", "mail", "name", "namn"].iter().any(|w| data.contains(w))
                    || is_prose(&source[text.range()])
                    || holds_number(&source[text.range()])) =>
            {
                Role::Meta
            }
            // What happens at a click.
            on if on.starts_with("on") && holds_number(&source[text.range()]) => Role::Meta,
            _ => continue,
        };
        if source[text.range()].contains(char::is_alphanumeric) {
            let element = b.places.add(None, Step::Element(tag.name));
            let place = b.places.add(Some(element), Step::Attribute(attribute));
            let name = &source[attribute.range()];
            let cue = name.get(5..).filter(|_| role == Role::Meta && name.starts_with("data-")).and_then(|name| keys::meaning(name).cue);
            out.push(AttributeText { role, place, cue, value: text });
        }
    }
}

/// The role of a comment in what is published as it stands. One with a number or an address in it is sent to every reader
/// like the rest; the others are notes among colleagues. An exception is for the program.
pub(in super::super) fn role_of_comment(text: &str) -> Role {
    let holds = text.contains('@') || text.bytes().filter(u8::is_ascii_digit).count() >= 6 || crate::text::needs_normalising(text);
    if holds && !text.trim_start_matches(['<', '!', '-']).trim_start_matches("NOTE").trim_start().starts_with("ombud") {
        Role::Meta
    } else {
        Role::Comment
    }
}

/// Whether a value is words rather than an id: it has blanks or an `@`.
pub(in super::super) fn is_prose(value: &str) -> bool {
    value.contains([' ', '@', '\u{a0}'])
}

/// Whether a value can hardly be anything but somebody's number or address: six digits, a hyphen (as it stands, or as an
/// escape) and four; ten digits with signs between them; a name, an `@` and a host.
pub(in super::super) fn holds_number(value: &str) -> bool {
    let bytes = value.as_bytes();
    let is_hyphen =
        |at: usize| ["-", "+", "\\u002d", "\\u002D", "\\x2d", "\\x2D", "&#45;"].iter().any(|sign| bytes[at..].starts_with(sign.as_bytes()));
    let (mut run, mut all, mut joints) = (0, 0, 0);
    for (at, &b) in bytes.iter().enumerate() {
        if b.is_ascii_digit() {
            (run, all) = (run + 1, all + 1);
            continue;
        }
        if matches!(run, 6 | 8) && is_hyphen(at) {
            return true;
        }
        // `070-174 06 12`: groups of a telephone number.
        if run >= 2 && matches!(b, b'-' | b' ') && bytes.get(at + 1).is_some_and(u8::is_ascii_digit) {
            joints += 1;
        } else {
            (all, joints) = (0, 0);
        }
        if b == b'@' && at > 0 && bytes[at - 1].is_ascii_alphanumeric() && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic) {
            return true;
        }
        run = 0;
    }
    all >= 10 && joints > 1
}

/// Adds the attribute texts in `found` as regions of their own.
pub(in super::super) fn push_attributes(b: &mut DocumentBuilder, source: &str, found: &mut Vec<AttributeText>) {
    for one in found.drain(..) {
        push_one(b, source, &one);
    }
}

/// Adds one as a region.
pub(super) fn push_one(b: &mut DocumentBuilder, source: &str, one: &AttributeText) {
    b.set_cue(one.cue);
    b.open(one.role, Some(one.place), one.value.start);
    push_value(b, source, one);
    b.close();
    b.set_cue(None);
}

/// Adds the value of an attribute: an address without references with its percent-encoding undone.
pub(super) fn push_value(b: &mut DocumentBuilder, source: &str, found: &AttributeText) {
    let raw = &source[found.value.range()];
    if found.role == Role::Url && raw.contains('%') && !raw.contains('&') {
        percent::push(&mut b.text, source, found.value);
    } else {
        push_html_text(&mut b.text, raw, found.value.start);
    }
}

impl Tag {
    /// Notes the attributes that are words and that [`collect`] does not know: in XML any may be.
    pub(in super::super) fn prose(&self, b: &mut DocumentBuilder, source: &str, out: &mut Vec<AttributeText>) {
        for &(attribute, value) in &self.attributes {
            let known = out.iter().any(|one| one.value == value);
            let text = &source[value.range()];
            let words = || text.split(|c: char| !c.is_alphabetic()).filter(|word| word.chars().count() > 1).count();
            let cue = keys::meaning(&source[attribute.range()]).cue;
            let is_drawn =
                matches!(&source[attribute.range()], "d" | "points" | "transform" | "viewBox" | "values" | "path" | "id" | "style");
            let is_text = text.contains('@') || words() > 1 && text.contains(' ') || cue.is_some() || holds_number(text) && !is_drawn;
            if !known && is_text && !source[attribute.range()].starts_with("xmlns") {
                let element = b.places.add(None, Step::Element(self.name));
                let place = b.places.add(Some(element), Step::Attribute(attribute));
                out.push(AttributeText { role: Role::Meta, place, cue, value });
            }
        }
    }
}
