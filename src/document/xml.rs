//! XML: RSS, Atom, WordPress exports, drawings (SVG) and anything else with elements.
//!
//! Read with the HTML reader's tags, since every byte must lead back to the source and feeds are seldom well formed.
//! Entities that a DTD defines are not expanded: there is nothing to blow up.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use super::entities::push_html_text;
use super::html::{self, Html, Tag};
use super::{Document, DocumentBuilder, PlaceId, ReadError, Reader, Role, Step, keys};
use crate::text::{Span, Src, TextBuilder};

/// Reads XML.
#[derive(Debug)]
pub(super) struct Xml;

/// Deepest nesting whose names are remembered; what is deeper is read as part of that.
const MOST_DEPTH: usize = 200;

impl Reader for Xml {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let b = DocumentBuilder::for_source(source.len());
        let mut walk = Walk { b, source, open: Vec::new(), attributes: Vec::new(), meta_key: None, unended: None };
        walk.read()?;
        Ok(walk.b.finish())
    }
}

struct Walk<'s> {
    b: DocumentBuilder,
    source: &'s str,
    /// The elements that are open, by their names.
    open: Vec<Span<Src>>,
    attributes: Vec<html::AttributeText>,
    /// What the last `wp:meta_key` said: it names the value that follows.
    meta_key: Option<&'s str>,
    /// The role of the text that ended right before the last tag or section, without a blank; then the next goes on in it.
    unended: Option<Role>,
}

impl<'s> Walk<'s> {
    fn read(&mut self) -> Result<(), ReadError> {
        let bytes = self.source.as_bytes();
        let to = bytes.len();
        let mut at = 0;
        while at < to {
            let stop = memchr::memchr(b'<', &bytes[at..]).map_or(to, |p| at + p);
            self.text(at, stop, false)?;
            if stop == to {
                break;
            }
            at = self.markup(stop, to)?;
        }
        Ok(())
    }

    fn markup(&mut self, at: usize, to: usize) -> Result<usize, ReadError> {
        let rest = &self.source[at..];
        let end_of = |sign: &str, skip: usize| memchr::memmem::find(&rest.as_bytes()[skip..], sign.as_bytes()).map(|p| at + skip + p);
        if rest.starts_with("<![CDATA[") {
            let end = end_of("]]>", 9).unwrap_or(to);
            self.text(at + 9, end, true)?;
            return Ok((end + 3).min(to));
        }
        if rest.starts_with("<!--") {
            let end = end_of("-->", 4).unwrap_or(to);
            if self.source[at + 4..end].contains(char::is_alphanumeric) {
                let role = html::role_of_comment(&self.source[at + 4..end]);
                self.region(role, None, Span::new((at + 4) as u32, end as u32));
            }
            return Ok((end + 3).min(to));
        }
        if rest.starts_with("<?") {
            let end = end_of("?>", 2).map_or(at + 2, |p| p + 2);
            self.declared(at, end);
            return Ok(end);
        }
        // What an entity stands for is read where it is defined, once: it is never expanded.
        if let Some(entity) = rest.strip_prefix("<!ENTITY")
            && let Some(open) = entity.find(['"', '\'', '>']).filter(|p| entity.as_bytes()[*p] != b'>')
            && let Some(len) = memchr::memchr(entity.as_bytes()[open], &entity.as_bytes()[open + 1..])
        {
            let start = at + "<!ENTITY".len() + open + 1;
            if self.source[start..start + len].contains(char::is_alphanumeric) {
                self.region(Role::Meta, None, Span::new(start as u32, (start + len) as u32));
            }
            return Ok(start + len + 1);
        }
        if rest.starts_with("<!") {
            let end = memchr::memchr2(b'>', b'[', rest.as_bytes()).map_or(at + 2, |p| at + p + 1);
            self.declared(at, end);
            return Ok(end);
        }
        let Some(tag) = Tag::parse(self.source, at, to) else {
            self.text(at, at + 1, false)?;
            return Ok(at + 1);
        };
        let name = local(&self.source[tag.name.range()]).to_ascii_lowercase();
        if tag.closing {
            // The nearest open element of that name, with what was left open in it.
            let raw = &self.source[tag.name.range()];
            if let Some(i) = self.open.iter().rposition(|o| &self.source[o.range()] == raw) {
                self.open.truncate(i);
            }
            return Ok(tag.end);
        }
        html::collect(&mut self.b, self.source, &name, &tag, &mut self.attributes);
        tag.prose(&mut self.b, self.source, &mut self.attributes);
        html::push_attributes(&mut self.b, self.source, &mut self.attributes);
        if !tag.self_closing && self.open.len() < MOST_DEPTH {
            self.open.push(tag.name);
        }
        if matches!(name.as_str(), "script" | "style") && !tag.self_closing {
            self.open.pop();
            return Ok(html::end_of_element(self.source, tag.end, &name));
        }
        Ok(tag.end)
    }

    /// Takes text between tags, or of a CDATA section.
    fn text(&mut self, from: usize, to: usize, is_cdata: bool) -> Result<(), ReadError> {
        let raw = &self.source[from..to];
        let goes_on = self.unended.take().filter(|_| !raw.starts_with(char::is_whitespace));
        if !raw.contains(char::is_alphanumeric) {
            // A tag right after a tag.
            self.unended = goes_on.filter(|_| !raw.is_empty());
            return Ok(());
        }
        let span = Span::new(from as u32, to as u32);
        let path = |up: usize| self.open.len().checked_sub(up).and_then(|i| self.open.get(i)).map_or("", |n| &self.source[n.range()]);
        let (name, parent) = (path(1), path(2));
        if name == "wp:meta_key" {
            self.meta_key = Some(raw.trim());
            return Ok(());
        }
        let Some(role) = role_of(name, parent, self.meta_key) else { return Ok(()) };
        self.unended = Some(role).filter(|_| !raw.ends_with(char::is_whitespace));
        let place = self.open.last().map(|n| self.b.places.add(None, Step::Element(*n)));
        // Feeds carry HTML, escaped or in CDATA: undone once it is XML's text, and that is HTML.
        if is_cdata && raw.contains('<') || raw.contains("&lt;") {
            let mut outer = TextBuilder::with_capacity(raw.len());
            if is_cdata {
                outer.verbatim(raw, span.start)
            } else {
                push_html_text(&mut outer, raw, span.start)
            }
            let outer = outer.finish();
            let inner = Html.read(outer.as_str())?;
            self.b.append(&inner, &outer, role, place);
        } else {
            if goes_on == Some(role) {
                self.b.open_glued(role, place, span.start);
                push_html_text(&mut self.b.text, raw.trim_end(), span.start);
                self.b.close();
            } else {
                self.region(role, place, span);
            }
        }
        Ok(())
    }

    /// Reads what a declaration says (an entity's text, an instruction), where that is somebody's number or address.
    fn declared(&mut self, at: usize, end: usize) {
        if html::holds_number(&self.source[at..end]) {
            self.region(Role::Meta, None, Span::new(at as u32 + 2, end as u32));
        }
    }

    fn region(&mut self, role: Role, place: Option<PlaceId>, span: Span<Src>) {
        let raw = &self.source[span.range()];
        let skip = (raw.len() - raw.trim_start().len()) as u32;
        self.b.open(role, place, span.start);
        push_html_text(&mut self.b.text, raw.trim(), span.start + skip);
        self.b.close();
    }
}

/// A name without its namespace.
fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// The role of the text in an element; `None` for what a machine wrote.
fn role_of(name: &str, parent: &str, meta_key: Option<&str>) -> Option<Role> {
    Some(match name {
        // WordPress: comments, their writers, the site's own writers, and what is kept about posts.
        _ if name.starts_with("wp:comment_") => match name {
            "wp:comment_author" | "wp:comment_author_email" | "wp:comment_author_url" | "wp:comment_author_IP" | "wp:comment_content" => {
                Role::Comment
            }
            _ => return None,
        },
        _ if name.starts_with("wp:author_") => match name {
            "wp:author_id" => return None,
            _ => Role::Staff,
        },
        "wp:meta_value" => match meta_key {
            Some("_wp_attachment_image_alt") => Role::Alt,
            Some(key) if key.starts_with('_') && !key.contains("yoast") => return None,
            _ => Role::Meta,
        },
        _ if name.starts_with("wp:") => match name {
            "wp:cat_name" | "wp:tag_name" | "wp:term_name" | "wp:category_description" | "wp:attachment_url" => Role::Meta,
            _ => return None,
        },
        "guid" | "pubDate" | "lastBuildDate" | "updated" | "published" | "generator" | "language" | "ttl" => return None,
        "id" if matches!(parent, "feed" | "entry") => return None,
        "name" | "email" if matches!(parent, "author" | "contributor") => Role::Meta,
        "dc:creator" | "author" | "creator" | "managingEditor" | "webMaster" | "category" | "dc:subject" | "dc:rights" | "copyright"
        | "subject" => Role::Meta,
        "desc" => Role::Alt,
        "title" if parent == "svg" || parent == "g" || parent == "path" => Role::Alt,
        "excerpt:encoded" | "content:encoded" => Role::Body,
        _ => keys::meaning(local(name)).role.unwrap_or(Role::Body),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(source: &str) -> Vec<String> {
        let doc = Xml.read(source).unwrap();
        doc.regions.iter().map(|r| format!("{}|{}", r.role.name(), &doc.text.as_str()[r.span.range()])).collect()
    }

    #[test]
    fn feeds_carry_html() {
        let source = "<?xml version=\"1.0\"?><rss><channel><title>Nytt &amp; bra</title><item><guid>8001022386</guid>\
            <description>&lt;p&gt;Hej &lt;b&gt;d&lt;/b&gt;u&lt;/p&gt;</description><dc:creator>Eva</dc:creator>\
            <content:encoded><![CDATA[<p>Text <img alt=\"Bild\"></p>]]></content:encoded></item></channel></rss>";
        assert_eq!(regions(source), ["title|Nytt & bra", "body|Hej du", "meta|Eva", "body|Text ", "alt|Bild"]);
        let doc = Xml.read(source).unwrap();
        let at = doc.text.as_str().find("du").unwrap() as u32;
        assert_eq!(&source[doc.text.source_span(Span::new(at, at + 2)).range()], "d&lt;/b&gt;u");
    }

    #[test]
    fn wordpress_and_atom() {
        let wxr = "<wp:author><wp:author_email><![CDATA[e@example.se]]></wp:author_email></wp:author><item><wp:post_id>8001022386</wp:post_id>\
            <wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value><![CDATA[Barn]]></wp:meta_value></wp:postmeta>\
            <wp:postmeta><wp:meta_key>_edit_lock</wp:meta_key><wp:meta_value>8001022386:1</wp:meta_value></wp:postmeta>\
            <wp:comment><wp:comment_author_IP>192.0.2.1</wp:comment_author_IP><wp:comment_content>Bra</wp:comment_content></wp:comment></item>";
        assert_eq!(regions(wxr), ["staff|e@example.se", "alt|Barn", "comment|192.0.2.1", "comment|Bra"]);
        assert_eq!(
            regions("<feed><entry><id>x8001022386</id><author><name>Eva</name></author><summary>Text</summary></entry></feed>"),
            ["meta|Eva", "body|Text"]
        );
    }

    #[test]
    fn drawings_give_their_words() {
        let svg = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>Karta</title><desc>Vid sjön</desc><style>.a{}</style><path d=\"M 800102 2386\"/><text>Å<tspan>n</tspan></text></svg>";
        assert_eq!(regions(svg), ["alt|Karta", "alt|Vid sjön", "body|Å", "body|n"]);
    }
}
