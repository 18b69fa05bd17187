//! reviewdog's rdjsonl: one diagnostic a line, with a suggestion where the wording is mechanical. Its columns count bytes
//! of UTF-8.

use std::io::{self, Write};

use super::escape::{push_json, push_number};
use super::{Lang, Located, Reporter, SourceReport, Summary, Wording};
use crate::finding::Severity;
use crate::source::Class;

/// Writes diagnostics for reviewdog.
#[derive(Debug)]
pub struct RdJsonl<W> {
    out: W,
    lang: Lang,
    wording: Wording,
    row: Vec<u8>,
}

impl<W: Write> RdJsonl<W> {
    /// Writes to `out`, with messages in `lang` and proposals in `wording`.
    pub const fn new(out: W, lang: Lang, wording: Wording) -> Self {
        Self { out, lang, wording, row: Vec::new() }
    }
}

fn push_range(row: &mut Vec<u8>, f: &Located<'_>) {
    let numbers = [
        (&b"\"range\":{\"start\":{\"line\":"[..], f.line),
        (b",\"column\":", f.byte_columns.0),
        (b"},\"end\":{\"line\":", f.end_line),
        (b",\"column\":", f.byte_columns.1),
    ];
    for (before, number) in numbers {
        row.extend_from_slice(before);
        push_number(row, number);
    }
    row.extend_from_slice(b"}}");
}

impl<W: Write> Reporter for RdJsonl<W> {
    fn finding(&mut self, f: &Located<'_>) -> io::Result<()> {
        if !f.finding.counts() {
            return Ok(());
        }
        let rule = f.finding.rule;
        let row = &mut self.row;
        row.clear();
        row.extend_from_slice(b"{\"message\":");
        push_json(row, &format!("{} ({})\n{}", self.lang.pick(&rule.message), f.finding.masked, self.lang.pick(&rule.remedy)));
        row.extend_from_slice(b",\"location\":{\"path\":");
        push_json(row, &f.path);
        row.push(b',');
        push_range(row, f);
        row.extend_from_slice(b"},\"severity\":");
        push_json(
            row,
            match f.finding.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Note => "INFO",
            },
        );
        row.extend_from_slice(b",\"source\":{\"name\":\"ombud\"},\"code\":{\"value\":");
        push_json(row, rule.id);
        row.push(b'}');
        if let Some(text) = self.wording.proposal(f) {
            row.extend_from_slice(b",\"suggestions\":[{");
            push_range(row, f);
            row.extend_from_slice(b",\"text\":");
            push_json(row, text);
            row.extend_from_slice(b"}]");
        }
        row.extend_from_slice(b"}\n");
        self.out.write_all(row)
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        let SourceReport::Unread(unread) = source else { return Ok(()) };
        if unread.class == Class::Excluded {
            return Ok(());
        }
        self.row.clear();
        self.row.extend_from_slice(b"{\"message\":");
        let reason = format!("{}: {}", self.lang.of("Inte läst", "Not read"), self.lang.of(&unread.reason.sv, &unread.reason.en));
        push_json(&mut self.row, &reason);
        self.row.extend_from_slice(b",\"location\":{\"path\":");
        push_json(&mut self.row, &unread.name);
        self.row.extend_from_slice(b"},\"severity\":\"ERROR\",\"source\":{\"name\":\"ombud\"},\"code\":{\"value\":\"not-read\"}}\n");
        self.out.write_all(&self.row)
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.out.flush()
    }
}
