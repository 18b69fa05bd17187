//! The sums of an audit, made row by row. From a journal that is read again come the same sums.

use std::collections::BTreeMap;

use super::gravest::Gravest;
use super::people::People;
use super::row::{AcceptedRow, Row, SourceRow};
use super::sample::Sample;
use super::store::Prints;
use crate::detect::Attribute;
use crate::finding::Severity;

/// Most departments that are told apart.
const MOST_DEPARTMENTS: usize = 500;

/// Names of unread sources that are shown for each reason.
const NAMES: usize = 20;

/// Findings by severity: errors, warnings, notes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct By(pub [u64; 3]);

impl By {
    /// Takes one.
    pub const fn take(&mut self, severity: Severity) {
        self.0[match severity {
            Severity::Error => 0,
            Severity::Warning => 1,
            Severity::Note => 2,
        }] += 1;
    }

    /// All of them.
    #[must_use]
    pub const fn all(&self) -> u64 {
        self.0[0] + self.0[1] + self.0[2]
    }

    fn add(&mut self, other: &Self) {
        for (mine, others) in self.0.iter_mut().zip(other.0) {
            *mine += others;
        }
    }
}

/// Sources that one reason kept from being read.
#[derive(Clone, Debug, Default)]
pub struct Unread {
    /// How many.
    pub count: u64,
    /// The first of them.
    pub names: Vec<String>,
}

/// The sums.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Findings that count, by channel and rule.
    pub cells: BTreeMap<(String, String), By>,
    /// By department; an empty name where there is none.
    pub departments: BTreeMap<String, By>,
    /// By month, `2023-05`; an empty name where it is not known.
    pub months: BTreeMap<String, By>,
    /// Findings that somebody has accepted: by whom and why, how many.
    pub accepted: BTreeMap<AcceptedRow, u64>,
    /// Sources not read, by status and reason.
    pub unread: BTreeMap<(String, String), Unread>,
    /// People.
    pub people: People,
    /// Identity numbers.
    pub numbers: People,
    /// The gravest places.
    pub gravest: Gravest,
    /// The sample for review.
    pub sample: Sample,
    /// What a later run is compared with.
    pub prints: Prints,
    /// Findings, also those that are accepted.
    pub rows: u64,
    /// Posts with findings.
    pub posts: u64,
    last: Option<(String, u64)>,
}

impl Tally {
    /// Empty sums that draw this sample.
    #[must_use]
    pub fn new(sample: Sample) -> Self {
        Self { sample, ..Self::default() }
    }

    pub(super) fn finding(&mut self, row: &Row<'_>) {
        self.rows += 1;
        if let Some(accepted) = row.accepted.as_ref().filter(|_| !row.counts()) {
            *self.accepted.entry(accepted.clone()).or_default() += 1;
            return;
        }
        if !self.last.as_ref().is_some_and(|(path, post)| *post == row.post && *path == row.path) {
            self.last = Some((row.path.to_string(), row.post));
            self.next_post();
            self.posts += 1;
        }
        let month = if row.month.is_empty() { "" } else { &*row.month };
        self.cells.entry((row.channel.to_string(), row.rule.to_string())).or_default().take(row.severity);
        count(&mut self.departments, &row.department, row.severity);
        count(&mut self.months, month, row.severity);
        if let Some((mark, is_full)) = row.who().filter(|_| !row.attributes().has(Attribute::Fictional)) {
            let people = if row.kind == "person" { &mut self.people } else { &mut self.numbers };
            people.see(mark, is_full, row.attributes());
        }
        self.gravest.take(row, self.rows);
        self.sample.take(row, self.rows);
        self.prints.take(&row.rule, row.fingerprint());
    }

    pub(super) fn source(&mut self, row: &SourceRow<'_>) {
        self.last = None;
        if row.status == "scanned" {
            return;
        }
        // What differs from one source to the next is where in it.
        let reason = row.reason.split(" (byte ").next().unwrap_or("").to_owned();
        let unread = self.unread.entry((row.status.to_string(), reason)).or_default();
        unread.count += 1;
        if unread.names.len() < NAMES {
            unread.names.push(row.path.to_string());
        }
    }

    pub(super) fn next_post(&mut self) {
        self.people.next_post();
        self.numbers.next_post();
    }

    /// Sums by rule.
    #[must_use]
    pub fn rules(&self) -> BTreeMap<&str, By> {
        self.sums(|(_, rule)| rule)
    }

    /// Sums by channel.
    #[must_use]
    pub fn channels(&self) -> BTreeMap<&str, By> {
        self.sums(|(channel, _)| channel)
    }

    fn sums<'t>(&'t self, name: impl Fn(&'t (String, String)) -> &'t String) -> BTreeMap<&'t str, By> {
        let mut sums: BTreeMap<&str, By> = BTreeMap::new();
        for (key, by) in &self.cells {
            sums.entry(name(key)).or_default().add(by);
        }
        sums
    }

    /// Sums of all findings that count.
    #[must_use]
    pub fn all(&self) -> By {
        let mut all = By::default();
        self.cells.values().for_each(|by| all.add(by));
        all
    }
}

fn count(sums: &mut BTreeMap<String, By>, name: &str, severity: Severity) {
    if let Some(by) = sums.get_mut(name) {
        by.take(severity);
    } else if sums.len() < MOST_DEPARTMENTS {
        sums.entry(name.to_owned()).or_default().take(severity);
    } else {
        sums.entry("…".to_owned()).or_default().take(severity);
    }
}
