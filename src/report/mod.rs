//! Report: findings become output. A reporter gets places, masked words, reasons and remedies; it cannot reach a value.

#[cfg(feature = "program")]
mod card;
#[cfg(feature = "program")]
mod due;
mod github;
#[cfg(feature = "program")]
mod human;
mod json;
mod lang;
mod locate;
mod sarif;
#[cfg(feature = "program")]
mod when;
#[cfg(feature = "program")]
mod whole;

#[cfg(feature = "program")]
pub use due::{Reminder, Window};
pub use github::Github;
#[cfg(feature = "program")]
pub use human::{Human, Width};
pub use json::{Json, JsonLines, evidence_name};
pub use lang::Lang;
pub use locate::{InField, Located, Snippet, Snippets, locate};
pub use sarif::Sarif;
#[cfg(feature = "program")]
pub use when::iso;
#[cfg(feature = "program")]
pub use whole::WholeFile;

use std::io;

use crate::finding::Severity;
use crate::source::Unread;

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

/// The sums of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
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
    /// Findings that an author has accepted.
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

    /// Counts one finding.
    pub const fn count(&mut self, severity: Severity) {
        match severity {
            Severity::Error => self.errors += 1,
            Severity::Warning => self.warnings += 1,
            Severity::Note => self.notes += 1,
        }
    }
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

    /// Takes the sums, and ends the output.
    ///
    /// # Errors
    /// The output cannot be written.
    fn finish(&mut self, summary: &Summary) -> io::Result<()>;
}

/// Text with control characters and marks that change its direction made harmless; for names that come from outside.
#[must_use]
pub fn inert(text: &str) -> std::borrow::Cow<'_, str> {
    let odd =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    if text.contains(odd) { text.replace(odd, "\u{fffd}").into() } else { text.into() }
}
