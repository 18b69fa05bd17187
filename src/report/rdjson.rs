//! reviewdog's rdjsonl: one diagnostic a line, with a suggestion where the wording is mechanical. Its columns count bytes
//! of UTF-8.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::{Lang, Located, Reporter, SourceReport, Summary, Wording};
use crate::finding::Severity;
use crate::source::Class;

/// Writes diagnostics for reviewdog.
#[derive(Debug)]
pub struct RdJsonl<W> {
    out: W,
    lang: Lang,
    wording: Wording,
}

impl<W: Write> RdJsonl<W> {
    /// Writes to `out`, with messages in `lang` and proposals in `wording`.
    pub const fn new(out: W, lang: Lang, wording: Wording) -> Self {
        Self { out, lang, wording }
    }

    fn line(&mut self, row: &Value) -> io::Result<()> {
        serde_json::to_writer(&mut self.out, row)?;
        self.out.write_all(b"\n")
    }
}

impl<W: Write> Reporter for RdJsonl<W> {
    fn finding(&mut self, f: &Located<'_>) -> io::Result<()> {
        if !f.finding.counts() {
            return Ok(());
        }
        let rule = f.finding.rule;
        let range = json!({
            "start": { "line": f.line, "column": f.byte_columns.0 },
            "end": { "line": f.end_line, "column": f.byte_columns.1 }
        });
        let mut row = json!({
            "message": format!("{} ({})\n{}", self.lang.pick(&rule.message), f.finding.masked, self.lang.remedy(&f.finding)),
            "location": { "path": &*f.path, "range": range },
            "severity": match f.finding.severity {
                Severity::Error => "ERROR",
                Severity::Warning => "WARNING",
                Severity::Note => "INFO",
            },
            "source": { "name": "ombud" },
            "code": { "value": rule.id }
        });
        if let Some(text) = self.wording.proposal(f) {
            row["suggestions"] = json!([{ "range": range, "text": text }]);
        }
        self.line(&row)
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        let SourceReport::Unread(unread) = source else { return Ok(()) };
        if unread.class == Class::Excluded {
            return Ok(());
        }
        let reason = self.lang.of(&unread.reason.sv, &unread.reason.en);
        self.line(&json!({
            "message": format!("{}: {reason}", self.lang.of("Inte läst", "Not read")),
            "location": { "path": unread.name },
            "severity": "ERROR",
            "source": { "name": "ombud" },
            "code": { "value": "not-read" }
        }))
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.out.flush()
    }
}
