//! CSV and TSV: the separator told from the first lines, the roles from the heading, each row a paragraph.
//!
//! An own splitter, since every cell must lead back to its bytes: quotes, doubled quotes, line feeds in quotes.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use super::{Document, DocumentBuilder, ReadError, Reader, Role, Step, keys};
use crate::text::{Span, Src};

/// Reads tables of separated values.
#[derive(Debug)]
pub(super) struct Csv;

/// A column, as its heading speaks of it.
struct Column {
    name: Option<Span<Src>>,
    says: keys::Meaning,
    /// Whether its words go on those of the column before (a surname after a given name).
    joins: bool,
}

impl Reader for Csv {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut b = DocumentBuilder::for_source(source.len());
        let mut at = if source.starts_with('\u{feff}') { 3 } else { 0 };
        // A line that tells Excel the separator.
        let mut separator = separator(source);
        if let Some(rest) = source[at..].strip_prefix("sep=").filter(|r| !r.is_empty() && r.is_char_boundary(1)) {
            separator = rest.as_bytes()[0];
            at = memchr::memchr(b'\n', source.as_bytes()).map_or(source.len(), |p| p + 1);
        }
        let mut columns: Vec<Column> = Vec::new();
        let mut cells = Vec::new();
        let mut row = 0;
        while at < source.len() {
            at = record(source.as_bytes(), at, separator, &mut cells);
            if row == 0 && is_heading(source, &cells) {
                columns = heading(source, &cells);
                cells_into(&mut b, source, &cells, &[], 0);
            } else {
                let channel = columns.iter().position(|c| c.says.is_channel);
                b.set_channel(channel.and_then(|c| cells.get(c)).map(|s| source[s.range()].trim()).filter(|name| !name.is_empty()));
                cells_into(&mut b, source, &cells, &columns, row);
            }
            row += 1;
        }
        Ok(b.finish())
    }
}

/// The sign that separates cells: the one of `,`, `;`, tab and `|` that most of the first lines agree on.
pub(super) fn separator(source: &str) -> u8 {
    let head: Vec<&str> = source.lines().filter(|l| !l.trim().is_empty()).take(8).collect();
    let score = |sign: u8| {
        let first = head.first().map_or(0, |l| memchr::memchr_iter(sign, l.as_bytes()).count());
        let agree = head.iter().filter(|l| memchr::memchr_iter(sign, l.as_bytes()).count() == first).count();
        if first == 0 { 0 } else { agree * 100 + first.min(99) }
    };
    b";\t,|".iter().copied().max_by_key(|s| score(*s)).filter(|s| score(*s) > 0).unwrap_or(b',')
}

/// Splits the record at `at` into its cells, quotes left out; returns where the next one starts.
fn record(bytes: &[u8], mut at: usize, separator: u8, cells: &mut Vec<Span<Src>>) -> usize {
    cells.clear();
    loop {
        let quoted = bytes.get(at) == Some(&b'"');
        let (start, end);
        if quoted && let Some(close) = closing_quote(bytes, at + 1) {
            (start, end) = (at + 1, close);
            at = close + 1;
            // What stands after a closing quote belongs to nobody; it is read with the cell.
            let rest = bytes[at..].iter().take_while(|b| **b != separator && !matches!(b, b'\n' | b'\r')).count();
            cells.push(Span::new(start as u32, if rest > 0 { at + rest } else { end } as u32));
            at += rest;
        } else {
            let len = memchr::memchr3(separator, b'\n', b'\r', &bytes[at..]).unwrap_or(bytes.len() - at);
            cells.push(Span::new(at as u32, (at + len) as u32));
            at += len;
        }
        match bytes.get(at) {
            Some(b) if *b == separator => at += 1,
            Some(b'\r') if bytes.get(at + 1) == Some(&b'\n') => return at + 2,
            Some(_) => return at + 1,
            None => return at,
        }
    }
}

fn closing_quote(bytes: &[u8], mut at: usize) -> Option<usize> {
    // A quote that never closes is text: no cell is longer than this.
    let limit = bytes.len().min(at + (1 << 20));
    loop {
        at += memchr::memchr(b'"', &bytes[at..limit])?;
        if bytes.get(at + 1) != Some(&b'"') {
            return Some(at);
        }
        at += 2;
        if at >= limit {
            return None;
        }
    }
}

/// Whether the first record names the columns: short words, no digits, no addresses.
fn is_heading(source: &str, cells: &[Span<Src>]) -> bool {
    let is_name = |s: &Span<Src>| {
        let cell = source[s.range()].trim();
        cell.len() <= 40 && !cell.contains(['@', '.', '!', '?']) && !cell.contains(|c: char| c.is_ascii_digit())
    };
    let is_known = |s: &Span<Src>| {
        let says = keys::meaning(&source[s.range()]);
        says.role.is_some() || says.cue.is_some()
    };
    cells.iter().any(is_known) || cells.len() > 1 && cells.iter().all(is_name)
}

fn heading(source: &str, cells: &[Span<Src>]) -> Vec<Column> {
    let low = |s: &Span<Src>| source[s.range()].trim().to_lowercase();
    let is_given = |name: &str| matches!(name, "förnamn" | "fornamn" | "tilltalsnamn" | "first name" | "firstname" | "given name");
    let is_last = |name: &str| matches!(name, "efternamn" | "last name" | "lastname" | "surname" | "family name");
    let column = |(i, cell): (usize, &Span<Src>)| Column {
        name: Some(*cell),
        says: keys::meaning(&source[cell.range()]),
        joins: i > 0 && is_last(&low(cell)) && is_given(&low(&cells[i - 1])),
    };
    cells.iter().enumerate().map(column).collect()
}

fn cells_into(b: &mut DocumentBuilder, source: &str, cells: &[Span<Src>], columns: &[Column], row: u32) {
    let above = b.places.add(None, Step::Index(row));
    let mut first = true;
    for (i, cell) in cells.iter().enumerate() {
        if !source[cell.range()].contains(char::is_alphanumeric) {
            continue;
        }
        let column = columns.get(i);
        let step = column.and_then(|c| c.name).map_or(Step::Index(i as u32), Step::Key);
        let place = b.places.add(Some(above), step);
        let role = column.and_then(|c| c.says.role).unwrap_or(Role::Body);
        b.set_cue(column.and_then(|c| c.says.cue));
        match (first, column.is_some_and(|c| c.joins)) {
            (true, _) => b.open(role, Some(place), cell.start),
            (false, true) => b.open_joined(role, Some(place), cell.start),
            (false, false) => b.open_beside(role, Some(place), cell.start),
        }
        b.set_cue(None);
        unquote(b, source, *cell);
        b.close();
        first = false;
    }
}

/// Adds a cell with its doubled quotes undone.
fn unquote(b: &mut DocumentBuilder, source: &str, cell: Span<Src>) {
    let raw = &source[cell.range()];
    let mut at = 0;
    while let Some(found) = memchr::memmem::find(&raw.as_bytes()[at..], b"\"\"") {
        b.text.verbatim(&raw[at..at + found], cell.start + at as u32);
        b.text.replaced("\"", cell.start + (at + found) as u32, 2);
        at += found + 2;
    }
    b.text.verbatim(&raw[at..], cell.start + at as u32);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn regions(source: &str) -> Vec<String> {
        let doc = Csv.read(source).unwrap();
        let line = |r: &super::super::Region| {
            format!("{}{}|{}", r.role.name(), doc.places.name(r.place.unwrap(), source), &doc.text.as_str()[r.span.range()])
        };
        doc.regions.iter().map(line).collect()
    }

    #[test]
    fn headings_give_roles_cues_and_channels() {
        let source = "\u{feff}Kanal;Text;Alt-text;Pnr\r\nfacebook;\"Hej \"\"du\"\";\nvi ses\";Barn;8001022386\r\n";
        assert_eq!(
            regions(source),
            [
                "body/0/0|Kanal",
                "body/0/1|Text",
                "body/0/2|Alt-text",
                "body/0/3|Pnr",
                "body/1/Kanal|facebook",
                "body/1/Text|Hej \"du\";\nvi ses",
                "alt/1/Alt-text|Barn",
                "body/1/Pnr|8001022386"
            ]
        );
        let doc = Csv.read(source).unwrap();
        assert_eq!(doc.channels, ["facebook"]);
        assert!(doc.text.as_str().contains("\npersonnummer: 8001022386"));
    }

    #[test]
    fn separators_quotes_and_tables_without_heading() {
        assert_eq!(separator("a\tb, c\td\ne\tf\tg, h"), b'\t');
        assert_eq!(regions("2026-01-02,Öppet \"hus\",x\n"), ["body/0/0|2026-01-02", "body/0/1|Öppet \"hus\"", "body/0/2|x"]);
        assert_eq!(regions("a,\"b\nc"), ["body/0/0|a", "body/0/1|\"b", "body/1/a|c"]);
        let doc = Csv.read("Förnamn,Efternamn\nÅsa,Öst").unwrap();
        assert!(doc.text.as_str().ends_with("Åsa Öst"));
    }
}
