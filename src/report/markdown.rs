//! A page of Markdown: what a pull request's summary shows. The gravest findings, then how many more there are.

use std::io::{self, Write};

use super::{Lang, Located, Reporter, SourceReport, Summary, inert, totals};
use crate::finding::Severity;
use crate::source::Class;

/// Rows of the table; a step's summary holds 1 MiB, a reader's patience less.
const ROWS: usize = 50;

/// Collects the gravest findings and writes a table of them.
#[derive(Debug)]
pub struct Markdown<W> {
    out: W,
    lang: Lang,
    /// By severity, gravest first, each list in order.
    rows: [Vec<String>; 3],
    accepted: Vec<String>,
    unread: Vec<String>,
}

impl<W: Write> Markdown<W> {
    /// Writes to `out`, with messages in `lang`.
    pub const fn new(out: W, lang: Lang) -> Self {
        Self { out, lang, rows: [Vec::new(), Vec::new(), Vec::new()], accepted: Vec::new(), unread: Vec::new() }
    }
}

/// Text inside a cell: no markup, no end of the cell.
fn cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in inert(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '&' => out.push_str("&amp;"),
            '|' | '\\' | '*' | '_' | '`' | '[' | ']' | '~' | '#' | '@' => {
                // `@` too: a masked handle must not call anybody.
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

impl<W: Write> Reporter for Markdown<W> {
    fn finding(&mut self, f: &Located<'_>) -> io::Result<()> {
        let rule = f.finding.rule;
        let place = format!("{}:{}:{}", f.path, f.line, f.column);
        if let Some(accepted) = &f.finding.accepted {
            if accepted.is_spoken() && self.accepted.len() < ROWS {
                let until = accepted.until.map_or_else(String::new, |day| day.to_string());
                self.accepted.push(format!("| {} | {} | {} | {until} |", rule.id, cell(&place), cell(&accepted.reason)));
            }
            return Ok(());
        }
        let (slot, level) = match f.finding.severity {
            Severity::Error => (0, self.lang.of("fel", "error")),
            Severity::Warning => (1, self.lang.of("varning", "warning")),
            Severity::Note => (2, self.lang.of("anmärkning", "note")),
        };
        if self.rows[slot].len() < ROWS {
            let (title, masked) = (cell(self.lang.pick(&rule.title)), cell(f.finding.masked.as_str()));
            self.rows[slot].push(format!("| {level} | {} {title} | {} | {masked} |", rule.id, cell(&place)));
        }
        Ok(())
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        if let SourceReport::Unread(unread) = source
            && unread.class != Class::Excluded
            && self.unread.len() < ROWS
        {
            self.unread.push(format!("- {}: {}", cell(&unread.name), cell(self.lang.of(&unread.reason.sv, &unread.reason.en))));
        }
        Ok(())
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        writeln!(self.out, "### ombud\n\n{}\n", totals(summary, self.lang))?;
        let rows: Vec<&String> = self.rows.iter().flatten().take(ROWS).collect();
        if !rows.is_empty() {
            writeln!(self.out, "{}", self.lang.of("| | Regel | Plats | Maskerat |", "| | Rule | Place | Masked |"))?;
            writeln!(self.out, "|---|---|---|---|")?;
            rows.iter().try_for_each(|row| writeln!(self.out, "{row}"))?;
            let rest = (summary.errors + summary.warnings + summary.notes).saturating_sub(rows.len() as u64);
            if rest > 0 {
                writeln!(self.out, "\n{}", self.lang.of(&format!("… och {rest} till."), &format!("… and {rest} more.")))?;
            }
            writeln!(self.out)?;
        }
        if !self.unread.is_empty() {
            writeln!(self.out, "{}\n", self.lang.of("**Inte läst:**", "**Not read:**"))?;
            self.unread.iter().try_for_each(|row| writeln!(self.out, "{row}"))?;
            writeln!(self.out)?;
        }
        if !self.accepted.is_empty() {
            writeln!(self.out, "{}", self.lang.of("| Undantag | Plats | Skäl | Till |", "| Exception | Place | Reason | Until |"))?;
            writeln!(self.out, "|---|---|---|---|")?;
            self.accepted.iter().try_for_each(|row| writeln!(self.out, "{row}"))?;
            writeln!(self.out)?;
        }
        self.out.flush()
    }
}
