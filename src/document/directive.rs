//! Directives: what an author says to `ombud` in a comment or in front matter.
//!
//! `<!-- ombud:ignore OMB301 skäl="samtycke finns" till=2027-06-30 -->`, in the form of comment that the format has. It is
//! looked for in the source's own text, so that it works in every format alike, and only where it stands first in a comment.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use super::Format;
use crate::text::{Span, Src};

/// An exception that an author has written down, not yet judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Directive {
    /// Where it stands: the words `ombud:ignore`.
    pub at: Span<Src>,
    /// From there to the end of its last rule.
    pub words: Span<Src>,
    /// The part of the source it is for.
    pub covers: Span<Src>,
    /// Rules, as written.
    pub rules: Vec<String>,
    /// Why.
    pub reason: String,
    /// The last day, as written.
    pub until: Option<String>,
    /// Since when, as written.
    pub since: Option<String>,
    /// Whether there is something in it that cannot be understood.
    pub is_unclear: bool,
}

/// What starts and ends comments.
type Comment = (&'static str, &'static str);

const MARKUP: Comment = ("<!--", "-->");
const TEMPLATES: [Comment; 4] = [("{{/*", "*/}}"), ("{{!--", "--}}"), ("{#", "#}"), ("{/*", "*/}")];
const HASH: Comment = ("#", "\n");

/// The most exceptions that count in one source; each is compared with each finding.
pub(super) const MOST: usize = 1_000;

/// The directives of a source, in order; one more than [`MOST`] where there are more.
#[must_use]
pub fn directives(source: &str, format: Format) -> Vec<Directive> {
    let bytes = source.as_bytes();
    let mut found: Vec<(Directive, bool)> = Vec::new();
    let mut head = None;
    let mut fences = Fences { source, at: 0, count: 0 };
    for at in memchr::memmem::find_iter(bytes, b"ombud") {
        let rest = &source[at + 5..];
        let head = *head.get_or_insert_with(|| front_matter(source, format));
        if rest.starts_with("-ignore") {
            found.extend(in_front_matter(source, at, head).map(|d| (d, false)));
            continue;
        }
        let Some(rest) = rest.strip_prefix(':') else { continue };
        let verb_len = rest.find(|c: char| !c.is_ascii_lowercase() && c != '-').unwrap_or(rest.len());
        let Some((start, end)) = comment_around(source, at, at + 6 + verb_len, format, at < head, &mut fences) else { continue };
        if found.len() > MOST {
            break;
        }
        let words = at + 6 + verb_len..end;
        let mut directive = Directive::new(span(at, at + 6 + verb_len));
        directive.read(&source[words.clone()], words.start);
        let (line_start, line_end) = (line_start(source, start), line_end(source, end));
        let is_alone = source[line_start..start].trim().is_empty() && source[end..line_end].trim_end().trim_end_matches("-->").len() < 4;
        match &rest[..verb_len] {
            "ignore" if !is_alone => directive.covers = span(line_start, line_end),
            "ignore" | "ignore-next-line" => directive.covers = span(line_start, next_line(source, line_end)),
            "ignore-file" => directive.covers = span(0, source.len()),
            "off" => {
                directive.covers = span(line_start, source.len());
                found.push((directive, true));
                continue;
            }
            "on" => {
                for (open, is_open) in found.iter_mut().filter(|(_, is_open)| *is_open) {
                    if directive.rules.is_empty() || directive.rules == open.rules {
                        open.covers.end = end as u32;
                        *is_open = false;
                    }
                }
                continue;
            }
            _ => directive.is_unclear = true,
        }
        found.push((directive, false));
    }
    found.into_iter().map(|(directive, _)| directive).collect()
}

impl Directive {
    const fn new(at: Span<Src>) -> Self {
        Self { at, words: at, covers: at, rules: Vec::new(), reason: String::new(), until: None, since: None, is_unclear: false }
    }

    /// Reads `OMB301 skäl="samtycke finns" till=2027-06-30`.
    /// `at` is where the text stands in the source.
    fn read(&mut self, text: &str, at: usize) {
        let mut rest = text.trim();
        while let Some(c) = rest.chars().next() {
            if c == ',' || c.is_whitespace() {
                rest = &rest[c.len_utf8()..];
                continue;
            }
            let end = rest.find(|c: char| c == '=' || c == ',' || c.is_whitespace()).unwrap_or(rest.len());
            let (word, after) = rest.split_at(end);
            let Some(after) = after.strip_prefix('=') else {
                self.rules.push(word.to_owned());
                self.words.end = (at + text.trim_end().len() - after.len()) as u32;
                rest = after;
                continue;
            };
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\'' | '”' | '“' | '»'));
            let (value, after) = match quote {
                None => after.split_at(after.find([' ', '\t', '\n', ',']).unwrap_or(after.len())),
                Some(quote) => {
                    let inside = &after[quote.len_utf8()..];
                    let close = if quote == '“' { '”' } else { quote };
                    inside.split_once(close).unwrap_or_else(|| {
                        self.is_unclear = true;
                        (inside, "")
                    })
                }
            };
            match word {
                "skäl" | "skal" | "reason" => self.reason = value.trim().to_owned(),
                "till" | "until" => self.until = Some(value.to_owned()),
                "sedan" | "since" => self.since = Some(value.to_owned()),
                _ => self.is_unclear = true,
            }
            rest = after;
        }
    }
}

fn span(start: usize, end: usize) -> Span<Src> {
    Span::new(start as u32, end as u32)
}

/// `ombud-ignore: OMB301 skäl="…"` in front matter, or at the top of a YAML or TOML file: for all of the source.
fn in_front_matter(source: &str, at: usize, head: usize) -> Option<Directive> {
    let end = line_end(source, at);
    if at >= head || line_start(source, at) != at {
        return None;
    }
    let value = source[at + 12..end].trim_start().strip_prefix([':', '='])?.trim();
    // A value in quotes holds the other sort inside.
    let value = ['\'', '"'].iter().find_map(|&q| value.strip_prefix(q)?.strip_suffix(q)).unwrap_or(value);
    let mut directive = Directive::new(span(at, at + 12));
    directive.covers = span(0, source.len());
    directive.read(value, value.as_ptr() as usize - source.as_ptr() as usize);
    Some(directive)
}

/// Where front matter ends; of YAML and TOML files it is all.
pub(crate) fn front_matter(source: &str, format: Format) -> usize {
    if format == Format::Settings {
        return source.len();
    }
    let start = if source.starts_with('\u{feff}') { 3 } else { 0 };
    match source.get(start..start + 3) {
        Some(fence @ ("---" | "+++")) => source[start + 3..].find(&format!("\n{fence}")).map_or(0, |p| start + 3 + p),
        _ => 0,
    }
}

/// The comment whose first word stands at `at`: its start, and where its words end. `words` is where they may begin.
fn comment_around(source: &str, at: usize, words: usize, format: Format, in_head: bool, fences: &mut Fences<'_>) -> Option<(usize, usize)> {
    let before = source[..at].trim_end_matches([' ', '\t', '\n', '\r']);
    let find = |&(open, close): &Comment| {
        let start = before.strip_suffix(open)?.len();
        let end = words + source[words..].find(close).or_else(|| (close == "\n").then_some(source.len() - words))?;
        Some((start, end))
    };
    // A comment to the end of a line stands first on it or after a blank.
    let by_line = |comment: &Comment| {
        find(comment)
            .filter(|(start, _)| line_start(source, at) <= *start && source[..*start].chars().next_back().is_none_or(char::is_whitespace))
    };
    if in_head {
        return by_line(&HASH);
    }
    match format {
        Format::Markdown => {
            let link = ("[//]: # (", ")");
            let (start, end) = find(&MARKUP).or_else(|| TEMPLATES.iter().find_map(find)).or_else(|| find(&link))?;
            // Code shows a directive, it does not give one.
            (fences.before(start).is_multiple_of(2) && !source[..start].ends_with('`')).then_some((start, end))
        }
        Format::Html | Format::Xml => find(&MARKUP).or_else(|| TEMPLATES.iter().find_map(find)),
        Format::Settings => by_line(&HASH),
        Format::AsciiDoc => by_line(&("//", "\n")),
        Format::Rst => by_line(&("..", "\n")),
        Format::Subtitle => by_line(&("NOTE", "\n")),
        _ => None,
    }
}

/// Counts the lines that start or end blocks of code, once through the source.
struct Fences<'s> {
    source: &'s str,
    at: usize,
    count: usize,
}

impl Fences<'_> {
    /// How many stand before byte `end`, on its own line too.
    fn before(&mut self, end: usize) -> usize {
        let is_fence = |line: &str| line.trim_start().starts_with("```") || line.trim_start().starts_with("~~~");
        while let Some(len) = memchr::memchr(b'\n', &self.source.as_bytes()[self.at.min(end)..end]) {
            self.count += usize::from(is_fence(&self.source[self.at..self.at + len]));
            self.at += len + 1;
        }
        self.count + usize::from(is_fence(&self.source[self.at.min(end)..end]))
    }
}

fn line_start(source: &str, at: usize) -> usize {
    memchr::memrchr(b'\n', &source.as_bytes()[..at]).map_or(0, |p| p + 1)
}

fn line_end(source: &str, at: usize) -> usize {
    memchr::memchr(b'\n', &source.as_bytes()[at..]).map_or(source.len(), |p| at + p)
}

/// The end of the next line that is not blank.
fn next_line(source: &str, mut end: usize) -> usize {
    while end < source.len() {
        let start = end + 1;
        end = line_end(source, start);
        if !source[start..end].trim().is_empty() {
            break;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn covered(source: &str, format: Format) -> Vec<(String, String)> {
        let text = |d: &Directive| (d.rules.join(" "), source[d.covers.range()].to_owned());
        directives(source, format).iter().map(text).collect()
    }

    #[test]
    fn a_line_the_next_a_block_a_file() {
        for (source, covers) in [
            ("a\nb x <!-- ombud:ignore OMB1 skäl=x -->\nc", "b x <!-- ombud:ignore OMB1 skäl=x -->"),
            ("a\n<!-- ombud:ignore OMB1 skäl=x -->\n\nb\nc", "<!-- ombud:ignore OMB1 skäl=x -->\n\nb"),
            ("x <!-- ombud:ignore-next-line OMB1 skäl=x -->\nb\nc", "x <!-- ombud:ignore-next-line OMB1 skäl=x -->\nb"),
            ("a\n<!-- ombud:off OMB1 skäl=x -->\nb\n\nc <!-- ombud:on -->\nd", "<!-- ombud:off OMB1 skäl=x -->\nb\n\nc <!-- ombud:on "),
            ("a\n<!-- ombud:off OMB1 skäl=x -->\nb\n\nc\n", "<!-- ombud:off OMB1 skäl=x -->\nb\n\nc\n"),
            ("a\nb <!-- ombud:ignore-file OMB1 skäl=x -->", "a\nb <!-- ombud:ignore-file OMB1 skäl=x -->"),
            ("---\nombud-ignore: OMB1 skäl=x\n---\nb", "---\nombud-ignore: OMB1 skäl=x\n---\nb"),
            ("+++\nombud-ignore = 'OMB1 skäl=\"x\"'\n+++\nb", "+++\nombud-ignore = 'OMB1 skäl=\"x\"'\n+++\nb"),
            ("---\ntitle: b # ombud:ignore OMB1 skäl=x\n---\nb", "title: b # ombud:ignore OMB1 skäl=x"),
        ] {
            assert_eq!(covered(source, Format::Markdown), [("OMB1".to_owned(), covers.to_owned())], "{source}");
        }
    }

    #[test]
    fn each_format_has_its_comments() {
        for (format, source) in [
            (Format::Html, "<p>a</p><!--ombud:ignore OMB1-->"),
            (Format::Html, "<p>a</p>{# ombud:ignore OMB1 #}"),
            (Format::Xml, "<a>b</a> <!--\n ombud:ignore OMB1 -->"),
            (Format::Markdown, "a {{/* ombud:ignore OMB1 */}}"),
            (Format::Markdown, "a {/* ombud:ignore OMB1 */}"),
            (Format::Markdown, "[//]: # (ombud:ignore OMB1)\na"),
            (Format::Settings, "a: b # ombud:ignore OMB1"),
            (Format::AsciiDoc, "// ombud:ignore OMB1\na"),
            (Format::Rst, ".. ombud:ignore OMB1\n\na"),
            (Format::Subtitle, "NOTE ombud:ignore OMB1\n\n1\n"),
        ] {
            assert_eq!(directives(source, format).iter().map(|d| d.rules.join(" ")).collect::<Vec<_>>(), ["OMB1"], "{source}");
        }
        for (format, source) in [
            (Format::Text, "# ombud:ignore OMB1"),
            (Format::Json, "{\"a\": \"<!-- ombud:ignore OMB1 -->\"}"),
            (Format::Markdown, "skriv ombud:ignore OMB1"),
            (Format::Markdown, "`<!-- ombud:ignore OMB1 -->`"),
            (Format::Markdown, "```\n<!-- ombud:ignore OMB1 -->\n```"),
            (Format::Markdown, "<!-- se ombud:ignore OMB1 -->"),
            (Format::Html, "<!-- ombud:ignore OMB1"),
            (Format::Settings, "a: b#ombud:ignore OMB1"),
        ] {
            assert_eq!(directives(source, format), [], "{source}");
        }
    }

    #[test]
    fn words_are_rules_a_reason_and_days() {
        let read = |text: &str| {
            let mut d = Directive::new(span(0, 0));
            d.read(text, 0);
            (d.rules.join(" "), d.reason, d.until.unwrap_or_default(), d.is_unclear)
        };
        assert_eq!(
            read(" OMB301, OMB305 skäl=\"samtycke, 2026\" till=2027-06-30 "),
            ("OMB301 OMB305".into(), "samtycke, 2026".into(), "2027-06-30".into(), false)
        );
        assert_eq!(read("epost reason='ok' until=x"), ("epost".into(), "ok".into(), "x".into(), false));
        assert_eq!(read("OMB301 skl=\"x\""), ("OMB301".into(), String::new(), String::new(), true));
        assert!(read("OMB301 skäl=\"x").3 && !read("OMB301 skäl=“x y”").3);
    }
}
