//! Attributes that are text: alternatives, titles, descriptions, addresses.

use super::super::entities::push_html_text;
use super::super::{DocumentBuilder, PlaceId, Role, Step, percent};
use super::Tag;
use crate::text::{Span, Src};

/// An attribute's value that is text in itself; read after the block it stands in.
pub(in super::super) struct AttributeText {
    pub(super) role: Role,
    pub(super) place: PlaceId,
    pub(super) value: Span<Src>,
}

/// Notes the attributes of a tag that are text: alternatives, titles, descriptions, addresses of mail and telephone.
pub(in super::super) fn collect(b: &mut DocumentBuilder, source: &str, name: &str, tag: &Tag, out: &mut Vec<AttributeText>) {
    let value =
        |wanted: &str| tag.attributes.iter().find(|(n, _)| source[n.range()].eq_ignore_ascii_case(wanted)).map(|(_, v)| &source[v.range()]);
    let meta = if name == "meta" { value("property").or_else(|| value("name")) } else { None };
    for &(attribute, text) in &tag.attributes {
        let role = match source[attribute.range()].to_ascii_lowercase().as_str() {
            "alt" | "aria-label" | "aria-description" | "aria-roledescription" | "aria-valuetext" | "data-alt" => Role::Alt,
            "title" | "label" | "data-title" | "abbr" => Role::Title,
            "placeholder" | "data-caption" | "caption" => Role::Caption,
            "data-description" | "data-text" | "download" => Role::Meta,
            "summary" => Role::Meta,
            "href" if name == "a" || name == "area" => Role::Url,
            // The names of files, and what is asked for.
            "src" | "srcset" | "poster" | "action" | "data" if name != "script" && names_something(&source[text.range()]) => Role::Url,
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
                    || is_prose(&source[text.range()])) =>
            {
                Role::Meta
            }
            _ => continue,
        };
        if source[text.range()].contains(char::is_alphanumeric) {
            let element = b.places.add(None, Step::Element(tag.name));
            let place = b.places.add(Some(element), Step::Attribute(attribute));
            out.push(AttributeText { role, place, value: text });
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

/// Whether an address has a word with a capital letter, an escape or a long number in it, as names of files may.
fn names_something(address: &str) -> bool {
    let bytes = address.as_bytes();
    bytes.iter().any(|b| b.is_ascii_uppercase() || matches!(b, b'%' | b'@') || *b >= 0x80)
        || bytes.windows(6).any(|six| six.iter().all(u8::is_ascii_digit))
}

/// Adds the attribute texts in `found` as regions of their own.
pub(in super::super) fn push_attributes(b: &mut DocumentBuilder, source: &str, found: &mut Vec<AttributeText>) {
    for one in found.drain(..) {
        b.open(one.role, Some(one.place), one.value.start);
        push_value(b, source, &one);
        b.close();
    }
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
            if !known && (text.contains('@') || words() > 1 && text.contains(' ')) && !source[attribute.range()].starts_with("xmlns") {
                let element = b.places.add(None, Step::Element(self.name));
                let place = b.places.add(Some(element), Step::Attribute(attribute));
                out.push(AttributeText { role: Role::Meta, place, value });
            }
        }
    }
}
