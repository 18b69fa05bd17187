//! GitHub annotations: workflow commands that mark the lines of a pull request. GitHub shows ten of each level, so the
//! others are plain lines in the log.

use std::io::{self, Write};

use super::{Lang, Located, Reporter, SourceReport, Summary, compact, inert, totals};
use crate::finding::Severity;

/// Most annotations of each level that GitHub shows for a step.
const SHOWN: u64 = 10;

/// Writes workflow commands.
#[derive(Debug)]
pub struct Github<W> {
    out: W,
    lang: Lang,
    written: [u64; 3],
}

impl<W: Write> Github<W> {
    /// Writes to `out`, with messages in `lang`.
    pub const fn new(out: W, lang: Lang) -> Self {
        Self { out, lang, written: [0; 3] }
    }
}

impl<W: Write> Reporter for Github<W> {
    fn finding(&mut self, f: &Located<'_>) -> io::Result<()> {
        if !f.finding.counts() {
            return Ok(());
        }
        let (level, slot) = match f.finding.severity {
            Severity::Error => ("error", 0),
            Severity::Warning => ("warning", 1),
            Severity::Note => ("notice", 2),
        };
        self.written[slot] += 1;
        if self.written[slot] > SHOWN {
            return writeln!(self.out, "{}", compact::line(f, self.lang));
        }
        let rule = f.finding.rule;
        writeln!(
            self.out,
            "::{level} file={},line={},endLine={},col={},endColumn={},title={}::{}",
            property(&f.path),
            f.line,
            f.end_line,
            f.column,
            f.end_column,
            property(&format!("{} {}", rule.id, self.lang.pick(&rule.title))),
            message(&format!("{} ({})\n{}", self.lang.pick(&rule.message), f.finding.masked, self.lang.remedy(&f.finding)))
        )
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        let SourceReport::Unread(unread) = source else { return Ok(()) };
        if unread.class == crate::source::Class::Excluded {
            return Ok(());
        }
        let reason = self.lang.of(&unread.reason.sv, &unread.reason.en);
        writeln!(self.out, "::error file={},title={}::{}", property(&unread.name), self.lang.of("Inte läst", "Not read"), message(reason))
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        if self.written.iter().any(|&n| n > SHOWN) {
            let text = self.lang.of(
                "GitHub visar högst 10 anmärkningar av varje slag; resten står i loggen.",
                "GitHub shows at most 10 annotations of each level; the rest are in the log.",
            );
            writeln!(self.out, "::notice::{text}")?;
        }
        writeln!(self.out, "ombud: {}", totals(summary, self.lang))?;
        self.out.flush()
    }
}

fn message(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    message(&inert(text)).replace(':', "%3A").replace(',', "%2C")
}
