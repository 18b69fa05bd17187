//! Lines, columns and masked snippets: made here, and only here.

use std::sync::Arc;

use crate::detect::{Attribute, Confidence, Entity, Kind};
use crate::document::{Document, Format, Item, front_matter};
use crate::finding::{Finding, Fingerprint};
use crate::policy::with_path;
use crate::sensitive::Sensitive;
use crate::source::Decoded;
use crate::text::{Span, Src};

/// A finding with everything a reporter needs.
#[derive(Clone, Debug)]
pub struct Located<'p> {
    /// The finding.
    pub finding: Finding<'p>,
    /// The source's name.
    pub path: Arc<str>,
    /// The place in the source's structure, spelt out: a JSON pointer, an element and attribute.
    pub place: String,
    /// The card of a planning board it stands in.
    pub item: Option<Box<Item>>,
    /// First byte, counted in the original file.
    pub byte_start: u64,
    /// One past the last byte.
    pub byte_end: u64,
    /// Line of the first character, from 1.
    pub line: u64,
    /// Column of the first character, from 1, in Unicode scalar values.
    pub column: u64,
    /// Line of the end.
    pub end_line: u64,
    /// Column one past the last character.
    pub end_column: u64,
    /// The columns of its start and end in bytes of UTF-8, from 1.
    pub byte_columns: (u64, u64),
    /// Whether other words can stand in their place as they are: the source has them as they were read, without entities,
    /// escapes or markup among them, and not as a bare value of front matter, where brackets would make a list.
    pub literal: bool,
    /// What a child with a school class after the name can be called: `en elev`.
    pub pupil: Option<&'static str>,
    /// The mark that stays the same.
    pub fingerprint: Fingerprint,
    /// The masked line, where one was asked for.
    pub snippet: Option<Snippet>,
    /// The place in a draft's fields, where one was asked for.
    pub in_field: Option<InField>,
    /// The post it stands in, where that was asked for.
    pub post: Option<Post>,
}

/// The post, row or page of a source that a finding stands in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Post {
    /// Where it starts in the source, in bytes.
    pub start: u64,
    /// The month it was published, counted from year 0; where it says so.
    pub month: Option<u16>,
}

impl<'p> Located<'p> {
    /// A finding on a whole line of a file that is no draft: the configuration.
    #[must_use]
    pub fn at_line(finding: Finding<'p>, path: &str, line: u64) -> Self {
        Self {
            fingerprint: with_path(finding.fingerprint, path),
            path: path.into(),
            place: String::new(),
            item: None,
            byte_start: 0,
            byte_end: 0,
            line,
            column: 1,
            end_line: line,
            end_column: 1,
            byte_columns: (1, 1),
            literal: false,
            pupil: None,
            snippet: None,
            in_field: None,
            post: None,
            finding,
        }
    }
}

/// A place in one of a draft's fields, in the unit that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InField {
    /// 0 is the text, from 1 on the alternative texts of its images.
    pub field: usize,
    /// First unit.
    pub start: usize,
    /// One past the last unit.
    pub end: usize,
}

/// A piece of the source with every entity in it masked.
#[derive(Clone, Debug)]
pub struct Snippet {
    /// The text: the masked line, cut to a window.
    pub text: String,
    /// Where the finding starts in it, in bytes.
    pub start: usize,
    /// How many bytes of it are the finding.
    pub len: usize,
}

/// Whether snippets are made, and how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Snippets {
    /// None: machine formats carry none.
    #[default]
    None,
    /// With all entities masked.
    Masked,
    /// As it stands; only for a terminal.
    Revealed,
    /// With the findings' own words as they stand and all other people and their data masked: an extract for one person.
    Own,
}

/// Findings that are shown in full; the others get one line each.
pub const IN_FULL: u64 = 50;

/// How much of a long line a snippet shows on either side, in bytes.
const WINDOW: usize = 90;

/// Gives the findings of one document their places, in order. `first_byte` is where the document starts in its file.
#[must_use]
pub fn locate<'p>(
    mut findings: Vec<Finding<'p>>,
    entities: &[Entity],
    document: &Document<'_>,
    decoded: &Decoded<'_>,
    path: &Arc<str>,
    first_byte: u64,
    snippets: Snippets,
) -> Vec<Located<'p>> {
    let source = &*decoded.text;
    findings.sort_by_key(|f| (f.span.start, f.span.end));
    let masks: Vec<(Span<Src>, Kind)> = if snippets == Snippets::Masked {
        let mut masks: Vec<_> = entities.iter().map(|e| (document.text.source_span(e.span), e.kind)).collect();
        masks.sort_by_key(|(span, _)| *span);
        masks
    } else if snippets == Snippets::Own {
        others(&findings, entities, document)
    } else {
        Vec::new()
    };
    let head = document.format.filter(|_| !findings.is_empty()).map_or(0, |format| front_matter(source, format));
    let is_json = matches!(document.format, Some(Format::Json | Format::JsonLines | Format::Trello));
    let mut lines = Lines::new(source);
    // Beyond those shown in full nobody sees a snippet; a board's findings are put in another order first, and an
    // extract has them all.
    let mut wanted = if document.items.is_empty() && snippets != Snippets::Own { IN_FULL } else { u64::MAX };
    findings
        .into_iter()
        .map(|finding| {
            let span = finding.span.range();
            let (line, column) = lines.place(span.start);
            let start_in_line = span.start - lines.line_start;
            let mut ahead = lines;
            let (end_line, end_column) = ahead.place(span.end);
            let end_in_line = span.end.saturating_sub(ahead.line_start);
            let is_drawn = snippets != Snippets::None && finding.counts() && wanted > 0;
            wanted -= u64::from(is_drawn);
            let bytes = decoded.source_span(finding.span);
            Located {
                place: finding.place.map_or_else(String::new, |p| document.places.name(p, source)),
                item: finding.place.and_then(|p| document.items.of(p)).cloned().map(Box::new),
                path: Arc::clone(path),
                byte_start: first_byte + u64::from(bytes.start),
                byte_end: first_byte + u64::from(bytes.end),
                line,
                column,
                end_line,
                end_column,
                byte_columns: (start_in_line as u64 + 1, end_in_line as u64 + 1),
                // A mask has the length of what it masks.
                literal: finding.masked.as_str().len() == span.len()
                    && bytes.len() as usize == span.len()
                    && !(span.start < head && is_bare_value(source, span.start))
                    && !(is_json && is_bare_number(source, span)),
                pupil: pupil(source, &finding),
                fingerprint: with_path(finding.fingerprint, path),
                in_field: None,
                post: None,
                snippet: is_drawn.then(|| snippet(source, &finding, &masks)),
                finding,
            }
        })
        .collect()
}

/// The entities, in order, without what of them is a finding's own. What is special stays: it may be about this person,
/// and names nobody.
fn others(findings: &[Finding<'_>], entities: &[Entity], document: &Document<'_>) -> Vec<(Span<Src>, Kind)> {
    let mut masks = Vec::new();
    for entity in entities.iter().filter(|e| e.kind != Kind::Special) {
        let Span { start: mut from, end, .. } = document.text.source_span(entity.span);
        let own = findings.iter().map(|f| f.span).filter(|own| own.start < end && from < own.end).collect::<Vec<_>>();
        for own in own {
            if from < own.start {
                masks.push((Span::new(from, own.start), entity.kind));
            }
            from = own.end;
        }
        if from < end {
            masks.push((Span::new(from, end), entity.kind));
        }
    }
    masks.sort_by_key(|(span, _)| *span);
    masks
}

/// Whether the words at `at` start a value that stands without quotes.
fn is_bare_value(source: &str, at: usize) -> bool {
    let line = memchr::memrchr(b'\n', &source.as_bytes()[..at]).map_or(0, |p| p + 1);
    let before = source[line..at].trim();
    before.is_empty() || before.ends_with([':', '=', '-', '[', ','])
}

/// Whether a JSON number may stand there, which other words would break.
fn is_bare_number(source: &str, span: std::ops::Range<usize>) -> bool {
    let (before, after) = (source[..span.start].trim_end(), source[span.end..].trim_start());
    before.ends_with([':', ',', '[']) && (after.is_empty() || after.starts_with([',', '}', ']']))
}

/// `en elev` for a child whose name a school class follows: "Alva i 7B", "Alva, åk 7".
fn pupil(source: &str, finding: &Finding<'_>) -> Option<&'static str> {
    let is_child = finding.kind == Kind::Person && finding.attributes.has(Attribute::Minor) && finding.confidence == Confidence::High;
    let span = finding.span.range();
    let rest = source.get(span.end..).filter(|_| is_child)?;
    let rest = rest.strip_prefix(", ").or_else(|| ["i ", "från ", "ur "].iter().find_map(|w| rest.strip_prefix(' ')?.strip_prefix(w)))?;
    let class = ["åk ", "åk. ", "årskurs ", "klass "].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
    let digits = class.bytes().take_while(u8::is_ascii_digit).count();
    let letters = class[digits..].bytes().take_while(u8::is_ascii_alphabetic).count();
    if digits != 1 || letters > 1 || (letters == 0 && class.len() == rest.len()) {
        return None;
    }
    let before = source[..span.start].trim_end_matches(['*', '_', '"', ' ']);
    Some(if before.is_empty() || before.ends_with(['.', '!', '?', '\n', ':', '#', '-']) { "En elev" } else { "en elev" })
}

/// Counts lines and characters forward through a source; each byte once, also where all of it is one line.
#[derive(Clone, Copy)]
struct Lines<'s> {
    source: &'s str,
    at: usize,
    line: u64,
    line_start: usize,
    /// Characters of the line before `at`.
    chars: u64,
}

impl<'s> Lines<'s> {
    const fn new(source: &'s str) -> Self {
        Self { source, at: 0, line: 1, line_start: 0, chars: 0 }
    }

    /// Line and column of byte `at`, which must not lie before the last one asked for.
    fn place(&mut self, at: usize) -> (u64, u64) {
        let at = at.min(self.source.len()).max(self.at);
        let passed = &self.source.as_bytes()[self.at..at];
        let mut from = 0;
        if let Some(last) = memchr::memrchr(b'\n', passed) {
            self.line += memchr::memchr_iter(b'\n', passed).count() as u64;
            self.line_start = self.at + last + 1;
            self.chars = 0;
            from = last + 1;
        }
        // A character starts at each byte that does not go on with one.
        self.chars += passed[from..].iter().filter(|&&b| b & 0xC0 != 0x80).count() as u64;
        self.at = at;
        (self.line, self.chars + 1)
    }
}

/// The line a finding starts on, cut to a window, with every entity masked.
fn snippet(source: &str, finding: &Finding<'_>, masks: &[(Span<Src>, Kind)]) -> Snippet {
    let span = finding.span.range();
    let line_start = memchr::memrchr(b'\n', &source.as_bytes()[..span.start]).map_or(0, |p| p + 1);
    let line_end = memchr::memchr(b'\n', &source.as_bytes()[span.start..]).map_or(source.len(), |p| span.start + p);
    let from = source.ceil_char_boundary(line_start.max(span.start.saturating_sub(WINDOW)));
    let to = source.floor_char_boundary(line_end.min(span.end.max(span.start + 1) + WINDOW));
    let mut text = String::with_capacity(to - from);
    let mut at = from;
    let first = masks.partition_point(|(m, _)| m.range().end <= from);
    for (mask, kind) in &masks[first..] {
        let (start, end) = (mask.range().start.max(at), mask.range().end.min(to));
        if mask.range().start >= to {
            break;
        }
        if start < end && source.is_char_boundary(start) && source.is_char_boundary(end) {
            push_inert(&mut text, &source[at..start]);
            // A part cut by the window is masked whole: it has lost the prefix that may show.
            let whole = start == mask.range().start;
            let masked = Sensitive::new(&source[start..end]).masked(if whole { *kind } else { Kind::Special });
            text.push_str(masked.as_str());
            at = end;
        }
    }
    push_inert(&mut text, &source[at..to]);
    Snippet { text, start: span.start - from, len: span.end.min(to) - span.start }
}

/// Adds text with control and direction marks replaced by as many bytes.
fn push_inert(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '\t' => out.push(' '),
            c if c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}') =>
            {
                out.push_str(match c.len_utf8() {
                    1 => " ",
                    2 => "\u{a0}",
                    _ => "\u{fffd}",
                });
            }
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters() {
        let source = "första\nÅÄÖ här";
        let mut lines = Lines::new(source);
        let at = source.find("här").unwrap();
        assert_eq!(lines.place(2), (1, 3));
        assert_eq!(lines.place(at), (2, 5));
        assert_eq!(lines.place(source.len()), (2, 8));
    }
}
