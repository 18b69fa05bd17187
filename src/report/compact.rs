//! One line a finding, `path:line:column: severity OMB101 slug: message`: for editors, `grep` and quickfix lists.

use std::io::{self, Write};

use super::{Lang, Located, Reporter, SourceReport, Summary, inert, totals};
use crate::source::Class;

/// Writes one line a finding.
#[derive(Debug)]
pub struct Compact<W> {
    out: W,
    lang: Lang,
}

impl<W: Write> Compact<W> {
    /// Writes to `out`, with messages in `lang`.
    pub const fn new(out: W, lang: Lang) -> Self {
        Self { out, lang }
    }
}

/// A finding on one line. Severities keep their English names: editors know them.
pub(super) fn line(f: &Located<'_>, lang: Lang) -> String {
    let rule = f.finding.rule;
    let (path, severity) = (inert(&f.path), f.finding.severity.name());
    format!("{path}:{}:{}: {severity} {} {}: {} ({})", f.line, f.column, rule.id, rule.slug, lang.pick(&rule.message), f.finding.masked)
}

impl<W: Write> Reporter for Compact<W> {
    fn finding(&mut self, f: &Located<'_>) -> io::Result<()> {
        if f.finding.counts() { writeln!(self.out, "{}", line(f, self.lang)) } else { Ok(()) }
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        match source {
            SourceReport::Unread(unread) if unread.class != Class::Excluded => {
                let reason = self.lang.of(&unread.reason.sv, &unread.reason.en);
                writeln!(self.out, "{}:1:1: error {}: {}", inert(&unread.name), self.lang.of("inte läst", "not read"), inert(reason))
            }
            _ => Ok(()),
        }
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        writeln!(self.out, "{}", totals(summary, self.lang))?;
        self.out.flush()
    }
}
