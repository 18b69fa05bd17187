//! Report: findings become output. A reporter gets places, masked words, reasons and remedies; it cannot reach a value.

#[cfg(feature = "program")]
mod card;
mod checkstyle;
mod compact;
#[cfg(feature = "program")]
mod due;
mod escape;
#[cfg(feature = "program")]
mod extract;
mod github;
mod gitlab;
#[cfg(feature = "program")]
mod human;
mod json;
mod junit;
mod lang;
mod locate;
mod markdown;
#[cfg(feature = "program")]
mod narrated;
mod rdjson;
pub(crate) mod sarif;
#[cfg(feature = "program")]
mod when;
#[cfg(feature = "program")]
mod whole;
mod wording;

pub use checkstyle::Checkstyle;
pub use compact::Compact;
#[cfg(feature = "program")]
pub use due::{Reminder, Window};
pub use escape::inert;
#[cfg(feature = "program")]
pub use extract::{Extract, Form};
pub use github::Github;
pub use gitlab::Gitlab;
#[cfg(feature = "program")]
pub use human::{Human, Width};
pub use json::{Json, JsonLines, evidence_name};
pub use junit::Junit;
pub use lang::Lang;
pub use locate::{IN_FULL, InField, Located, Post, Snippet, Snippets, locate};
pub use markdown::Markdown;
#[cfg(feature = "program")]
pub use narrated::Narrated;
pub use rdjson::RdJsonl;
pub use sarif::Sarif;
#[cfg(feature = "program")]
pub use when::iso;
#[cfg(feature = "program")]
pub use whole::{WholeFile, private_file};
pub use wording::Wording;

use std::io;

use serde::{Deserialize, Serialize};

use crate::finding::{Finding, Severity};
use crate::source::{Class, Unread};

/// How one source ended.
#[derive(Clone, Debug)]
pub enum SourceReport {
    /// It was read.
    Scanned {
        /// The name it is reported under.
        path: String,
    },
    /// It was not, or not all of it.
    Unread(Unread),
}

impl SourceReport {
    /// The name it is reported under.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Scanned { path } => path,
            Self::Unread(unread) => &unread.name,
        }
    }
}

/// The sums of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Sources read whole.
    pub scanned: u64,
    /// Sources left out, with a reason.
    pub skipped: u64,
    /// Sources that could not be read, or not all of them.
    pub failed: u64,
    /// Sources skipped because their format is not read.
    pub unsupported: u64,
    /// Findings by severity.
    pub errors: u64,
    /// Findings by severity.
    pub warnings: u64,
    /// Findings by severity.
    pub notes: u64,
    /// Findings that somebody has accepted, by a suppression, an exception or the baseline.
    pub suppressed: u64,
    /// How long it took.
    pub millis: u64,
}

impl Summary {
    /// Whether everything that was found was read, or left out on purpose.
    #[must_use]
    pub const fn is_complete(&self) -> bool {
        self.failed == 0 && self.unsupported == 0
    }

    /// Findings that count.
    #[must_use]
    pub const fn found(&self) -> u64 {
        self.errors + self.warnings + self.notes
    }

    /// Counts one finding.
    pub const fn count(&mut self, finding: &Finding<'_>) {
        if !finding.counts() {
            self.suppressed += 1;
            return;
        }
        match finding.severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }

    /// Counts the end of one source: read whole, or why it was not.
    pub fn source(&mut self, name: &str, unread: Option<Unread>) -> SourceReport {
        let Some(unread) = unread else {
            self.scanned += 1;
            return SourceReport::Scanned { path: name.to_owned() };
        };
        match unread.class {
            Class::Error => self.failed += 1,
            Class::Unsupported => {
                self.skipped += 1;
                self.unsupported += 1;
            }
            Class::Excluded => self.skipped += 1,
        }
        SourceReport::Unread(unread)
    }
}

/// How far a run has come: what it takes to go on from there another day.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Progress {
    /// Sources and pieces of sources that are done, in their order.
    pub units: u64,
    /// Bytes read.
    pub bytes: u64,
    /// The sums so far.
    pub summary: Summary,
    /// Lines of the source that is being read, before the next piece.
    pub lines: u64,
    /// Why a part of the source that is being read could not be.
    #[serde(skip)]
    pub unread: Option<Unread>,
}

/// Writes a run's findings in one form. Findings come source by source, in order of place.
pub trait Reporter {
    /// Takes one finding.
    ///
    /// # Errors
    /// The output cannot be written.
    fn finding(&mut self, finding: &Located<'_>) -> io::Result<()>;

    /// Takes the end of one source.
    ///
    /// # Errors
    /// The output cannot be written.
    fn source(&mut self, source: &SourceReport) -> io::Result<()>;

    /// Hears how far the run has come, after each batch.
    ///
    /// # Errors
    /// The output cannot be written.
    fn progress(&mut self, _progress: &Progress) -> io::Result<()> {
        Ok(())
    }

    /// Takes the sums, and ends the output.
    ///
    /// # Errors
    /// The output cannot be written.
    fn finish(&mut self, summary: &Summary) -> io::Result<()>;
}

impl<R: Reporter + ?Sized> Reporter for &mut R {
    fn finding(&mut self, finding: &Located<'_>) -> io::Result<()> {
        (**self).finding(finding)
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        (**self).source(source)
    }

    fn progress(&mut self, progress: &Progress) -> io::Result<()> {
        (**self).progress(progress)
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        (**self).finish(summary)
    }
}

/// The sums in one line: sources, findings, exceptions.
#[must_use]
pub fn totals(s: &Summary, lang: Lang) -> String {
    let count = |n: u64, sv: (&str, &str), en: (&str, &str)| {
        let (one, many) = match lang {
            Lang::Sv => sv,
            Lang::En => en,
        };
        format!("{n} {}", if n == 1 { one } else { many })
    };
    let mut line = count(s.scanned, ("fil läst", "filer lästa"), ("file read", "files read"));
    line += &format!(", {} {}", s.skipped, lang.of("hoppades över", "skipped"));
    if s.failed > 0 {
        line += &format!(", {} {}", s.failed, lang.of("kunde inte läsas", "could not be read"));
    }
    line += " · ";
    line += &count(s.errors, ("fel", "fel"), ("error", "errors"));
    line += ", ";
    line += &count(s.warnings, ("varning", "varningar"), ("warning", "warnings"));
    line += ", ";
    line += &count(s.notes, ("anmärkning", "anmärkningar"), ("note", "notes"));
    if s.suppressed > 0 {
        line += &format!(" · {} {}", s.suppressed, lang.of("godtagna sedan tidigare", "accepted before"));
    }
    line
}
