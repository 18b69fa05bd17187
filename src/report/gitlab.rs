//! GitLab Code Quality: a list of issues, each with a fingerprint of its own.

use std::collections::HashMap;
use std::io::{self, Write};

use serde_json::json;

use super::{Lang, Located, Reporter, SourceReport, Summary};
use crate::finding::Severity;
use crate::source::Class;

/// Writes a Code Quality report.
#[derive(Debug)]
pub struct Gitlab<W> {
    out: W,
    lang: Lang,
    rows: u64,
    /// How often each mark has come: GitLab shows only the first of those that are equal.
    seen: HashMap<u64, u64>,
}

struct Issue<'a> {
    check: &'a str,
    severity: &'a str,
    mark: u64,
    path: &'a str,
    line: u64,
}

impl<W: Write> Gitlab<W> {
    /// Writes to `out`, with messages in `lang`.
    pub fn new(out: W, lang: Lang) -> Self {
        Self { out, lang, rows: 0, seen: HashMap::new() }
    }

    fn issue(&mut self, issue: &Issue<'_>, description: &str) -> io::Result<()> {
        let nth = self.seen.entry(issue.mark).or_default();
        *nth += 1;
        self.out.write_all(if self.rows == 0 { b"[\n" } else { b",\n" })?;
        self.rows += 1;
        let row = json!({
            "description": description,
            "check_name": issue.check,
            "fingerprint": format!("{:016x}{nth:016x}", issue.mark),
            "severity": issue.severity,
            "location": { "path": issue.path, "lines": { "begin": issue.line } }
        });
        Ok(serde_json::to_writer(&mut self.out, &row)?)
    }
}

impl<W: Write> Reporter for Gitlab<W> {
    fn finding(&mut self, f: &Located<'_>) -> io::Result<()> {
        if !f.finding.counts() {
            return Ok(());
        }
        let severity = match f.finding.severity {
            Severity::Error => "critical",
            Severity::Warning => "major",
            Severity::Note => "info",
        };
        let rule = f.finding.rule;
        let description = format!("{} ({}) {}", self.lang.pick(&rule.message), f.finding.masked, self.lang.remedy(&f.finding));
        self.issue(&Issue { check: rule.id, severity, mark: f.fingerprint.0, path: &f.path, line: f.line }, &description)
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        match source {
            SourceReport::Unread(unread) if unread.class != Class::Excluded => {
                let reason = self.lang.of(&unread.reason.sv, &unread.reason.en);
                let description = format!("{}: {reason}", self.lang.of("Inte läst", "Not read"));
                self.issue(&Issue { check: "not-read", severity: "blocker", mark: 0, path: &unread.name, line: 1 }, &description)
            }
            _ => Ok(()),
        }
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.out.write_all(if self.rows == 0 { b"[]\n" } else { b"\n]\n" })?;
        self.out.flush()
    }
}
