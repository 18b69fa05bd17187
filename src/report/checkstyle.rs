//! Checkstyle XML: for the many tools that read nothing newer.

use std::io::{self, Write};

use super::escape::xml;
use super::{Lang, Located, Reporter, SourceReport, Summary, inert};
use crate::finding::Severity;
use crate::source::Class;

/// Writes Checkstyle XML.
#[derive(Debug)]
pub struct Checkstyle<W> {
    out: W,
    lang: Lang,
    begun: bool,
    /// The errors of the source that is being taken.
    errors: String,
}

impl<W: Write> Checkstyle<W> {
    /// Writes to `out`, with messages in `lang`.
    pub const fn new(out: W, lang: Lang) -> Self {
        Self { out, lang, begun: false, errors: String::new() }
    }

    fn begin(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) {
            return Ok(());
        }
        self.out.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">\n")
    }
}

impl<W: Write> Reporter for Checkstyle<W> {
    fn finding(&mut self, f: &Located<'_>) -> io::Result<()> {
        if !f.finding.counts() {
            return Ok(());
        }
        let severity = match f.finding.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "info",
        };
        let rule = f.finding.rule;
        let message = format!("{} ({}) {}", self.lang.pick(&rule.message), f.finding.masked, self.lang.remedy(&f.finding));
        self.errors += &format!(
            "    <error line=\"{}\" column=\"{}\" severity=\"{severity}\" message=\"{}\" source=\"ombud.{}\"/>\n",
            f.line,
            f.column,
            xml(&message),
            rule.id
        );
        Ok(())
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        if let SourceReport::Unread(unread) = source
            && unread.class != Class::Excluded
        {
            let reason = format!("{}: {}", self.lang.of("Inte läst", "Not read"), self.lang.of(&unread.reason.sv, &unread.reason.en));
            self.errors += &format!("    <error line=\"1\" severity=\"error\" message=\"{}\" source=\"ombud.not-read\"/>\n", xml(&reason));
        }
        let errors = std::mem::take(&mut self.errors);
        if errors.is_empty() {
            return Ok(());
        }
        self.begin()?;
        write!(self.out, "  <file name=\"{}\">\n{errors}  </file>\n", xml(&inert(source.name())))
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        self.begin()?;
        self.out.write_all(b"</checkstyle>\n")?;
        self.out.flush()
    }
}
