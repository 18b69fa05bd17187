//! The extract for one person: every place where the person appears, with the words around it. The person's own words stand
//! in clear, other people and their data are masked. What was asked for is not in it.

use std::io::{self, Write};

use serde::Serialize;

use super::{Lang, Located, Reporter, SourceReport, Summary, inert};
use crate::detect::Confidence;

/// The form of an extract.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// For reading.
    Human,
    /// One JSON object a line.
    JsonLines,
    /// For spreadsheets.
    Csv,
}

/// Writes an extract.
#[derive(Debug)]
pub struct Extract<W: Write> {
    out: W,
    form: Form,
    lang: Lang,
    begun: bool,
    /// The source of the last place.
    path: String,
    sources: u64,
    unread: Vec<String>,
}

#[derive(Serialize)]
struct Row<'a> {
    r#type: &'a str,
    path: &'a str,
    place: &'a str,
    role: &'a str,
    line: u64,
    column: u64,
    byte_start: u64,
    byte_end: u64,
    kind: &'a str,
    how: &'a str,
    confidence: &'a str,
    text: &'a str,
}

#[derive(Serialize)]
struct UnreadRow<'a> {
    r#type: &'a str,
    path: &'a str,
    reason: &'a str,
    class: &'a str,
}

#[derive(Serialize)]
struct SumRow<'a> {
    r#type: &'a str,
    mentions: u64,
    sources: u64,
    scanned: u64,
    skipped: u64,
    failed: u64,
    complete: bool,
}

const COLUMNS: &str = "path,place,role,line,column,byte_start,byte_end,kind,how,confidence,text";

impl<W: Write> Extract<W> {
    /// An extract that is written to `out`.
    pub const fn new(out: W, form: Form, lang: Lang) -> Self {
        Self { out, form, lang, begun: false, path: String::new(), sources: 0, unread: Vec::new() }
    }

    fn begin(&mut self) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) && self.form == Form::Csv {
            writeln!(self.out, "{COLUMNS}")?;
        }
        Ok(())
    }

    fn line<T: Serialize>(&mut self, row: &T) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, row)?;
        self.out.write_all(b"\n")
    }

    /// For reading: the source once, then a line a place.
    fn human(&mut self, found: &Located<'_>, text: &str) -> io::Result<()> {
        if self.path != *found.path {
            writeln!(self.out, "{}{}", if self.sources > 0 { "\n" } else { "" }, inert(&found.path))?;
        }
        let lang = self.lang;
        let sure = match found.finding.confidence {
            Confidence::High => "",
            Confidence::Medium => lang.of(", troligen", ", likely"),
            Confidence::Low => lang.of(", kanske någon annan", ", maybe somebody else"),
        };
        let place = if found.place.is_empty() { String::new() } else { format!(" {}", inert(&found.place)) };
        writeln!(self.out, "  {}:{}{place}  {}{sure}", found.line, found.column, lang.pick(&found.finding.rule.title))?;
        writeln!(self.out, "      {}", text.trim())
    }
}

impl<W: Write> Reporter for Extract<W> {
    fn finding(&mut self, found: &Located<'_>) -> io::Result<()> {
        self.begin()?;
        let text = found.snippet.as_ref().map_or("", |s| s.text.as_str());
        let row = Row {
            r#type: "mention",
            path: &found.path,
            place: &found.place,
            role: found.finding.role.name(),
            line: found.line,
            column: found.column,
            byte_start: found.byte_start,
            byte_end: found.byte_end,
            kind: found.finding.kind.name(),
            how: found.finding.rule.slug,
            confidence: found.finding.confidence.name(),
            text: text.trim(),
        };
        match self.form {
            Form::Human => self.human(found, text)?,
            Form::JsonLines => self.line(&row)?,
            Form::Csv => {
                let [line, column, start, end] = [row.line, row.column, row.byte_start, row.byte_end].map(|n| n.to_string());
                let cells = [row.path, row.place, row.role, &line, &column, &start, &end, row.kind, row.how, row.confidence, row.text];
                writeln!(self.out, "{}", cells.map(cell).join(","))?;
            }
        }
        if self.path != *found.path {
            self.sources += 1;
            self.path = found.path.to_string();
        }
        Ok(())
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        let SourceReport::Unread(unread) = source else { return Ok(()) };
        let reason = self.lang.of(&unread.reason.sv, &unread.reason.en).to_owned();
        if self.form == Form::JsonLines {
            return self.line(&UnreadRow { r#type: "unread", path: &unread.name, reason: &reason, class: unread.class.name() });
        }
        if self.form == Form::Csv {
            self.begin()?;
            return writeln!(self.out, "{},,,,,,,,unread,,{}", cell(&unread.name), cell(&reason));
        }
        self.unread.push(format!("{}: {reason}", inert(&unread.name)));
        Ok(())
    }

    fn finish(&mut self, s: &Summary) -> io::Result<()> {
        self.begin()?;
        let lang = self.lang;
        match self.form {
            Form::Csv => {}
            Form::JsonLines => {
                let (sources, complete) = (self.sources, s.is_complete());
                let Summary { scanned, skipped, failed, notes: mentions, .. } = *s;
                self.line(&SumRow { r#type: "summary", mentions, sources, scanned, skipped, failed, complete })?;
            }
            Form::Human => {
                for unread in &self.unread {
                    writeln!(self.out, "{} {unread}", lang.of("inte läst:", "not read:"))?;
                }
                let gap = if s.notes > 0 || !self.unread.is_empty() { "\n" } else { "" };
                let (places, read) = (s.notes, s.scanned);
                match lang {
                    Lang::Sv => writeln!(self.out, "{gap}{places} ställen i {} av {read} lästa källor.", self.sources)?,
                    Lang::En => writeln!(self.out, "{gap}{places} places in {} of {read} sources read.", self.sources)?,
                }
                if places > 0 {
                    let note = lang.of(
                        "Andra personers uppgifter är maskerade (GDPR artikel 15.4). Gå igenom utdraget innan det lämnas ut.",
                        "Other people's data are masked (GDPR article 15(4)). Look the extract through before you hand it out.",
                    );
                    writeln!(self.out, "{note}")?;
                }
            }
        }
        self.out.flush()
    }
}

/// A cell of a table: quoted where it must be, and never a formula.
fn cell(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let text = if formula { format!("'{text}") } else { text.to_owned() };
    if formula || text.contains([',', '"', '\n', '\r', ';']) { format!("\"{}\"", text.replace('"', "\"\"")) } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        for (text, want) in [("a", "a"), ("a,b", "\"a,b\""), ("\"a\"", "\"\"\"a\"\"\""), ("=1+1", "\"'=1+1\""), ("@a", "\"'@a\"")] {
            assert_eq!(cell(text), want);
        }
    }
}
