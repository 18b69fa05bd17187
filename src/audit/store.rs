//! The store of runs: what later ones are compared with. JSON Lines, one file a run, no values: sums, and of each finding
//! its rule and fingerprint. docs/audit.md says why this is no database.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::report::WholeFile;

/// A run's sums: the first line of its file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Run {
    /// Its name: when it was started.
    pub run: String,
    /// When, as ISO 8601.
    pub at: String,
    /// The program's version.
    pub version: String,
    /// The pack, and when it was last reviewed.
    pub pack: String,
    /// Sources read, and those that were not.
    pub scanned: u64,
    /// Sources left out.
    pub skipped: u64,
    /// Sources that could not be read.
    pub failed: u64,
    /// Findings by severity.
    pub errors: u64,
    /// Findings by severity.
    pub warnings: u64,
    /// Findings by severity.
    pub notes: u64,
    /// Findings that somebody has accepted.
    pub accepted: u64,
    /// People named in full.
    pub people: u64,
    /// Children among them and among those known by a given name.
    pub children: u64,
    /// Findings by rule.
    pub rules: BTreeMap<String, u64>,
}

/// What has changed since an earlier run.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Change {
    /// The earlier run.
    pub since: Run,
    /// New, fixed and remaining findings, by rule.
    pub rules: BTreeMap<String, [u64; 3]>,
}

impl Change {
    /// New, fixed and remaining findings.
    #[must_use]
    pub fn all(&self) -> [u64; 3] {
        self.rules.values().fold([0; 3], |a, b| [a[0] + b[0], a[1] + b[1], a[2] + b[2]])
    }
}

/// The fingerprints of a run, by rule: eight bytes a finding.
#[derive(Clone, Debug, Default)]
pub struct Prints(BTreeMap<String, Vec<u64>>);

impl Prints {
    pub(super) fn take(&mut self, rule: &str, print: u64) {
        if let Some(prints) = self.0.get_mut(rule) {
            prints.push(print);
        } else {
            self.0.insert(rule.to_owned(), vec![print]);
        }
    }

    /// Sorts them, as they are compared and kept.
    fn sort(&mut self) {
        self.0.values_mut().for_each(|prints| prints.sort_unstable());
    }

    fn get(&self, rule: &str) -> &[u64] {
        self.0.get(rule).map_or(&[], Vec::as_slice)
    }
}

/// A rule's fingerprint and how often it stands there.
#[derive(Serialize, Deserialize)]
struct PrintRow<'a> {
    #[serde(rename = "r")]
    rule: &'a str,
    #[serde(rename = "f")]
    print: &'a str,
    #[serde(rename = "n", default = "one", skip_serializing_if = "is_one")]
    count: u64,
}

const fn one() -> u64 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
const fn is_one(count: &u64) -> bool {
    *count == 1
}

/// The fingerprints of an earlier run, to tell new findings from those that remain.
#[derive(Debug)]
pub struct Known {
    run: Run,
    prints: Prints,
}

impl Known {
    /// `new` or `remaining`.
    #[must_use]
    pub fn change(&self, rule: &str, print: u64) -> &'static str {
        if self.prints.get(rule).binary_search(&print).is_ok() { "remaining" } else { "new" }
    }

    /// What has changed since.
    pub fn compare(&self, now: &mut Prints) -> Change {
        now.sort();
        let mut rules = BTreeMap::new();
        for rule in self.prints.0.keys().chain(now.0.keys()) {
            rules.entry(rule.clone()).or_insert_with(|| compare(self.prints.get(rule), now.get(rule)));
        }
        Change { since: self.run.clone(), rules }
    }
}

/// New, fixed and remaining of two sorted lists.
fn compare(then: &[u64], now: &[u64]) -> [u64; 3] {
    let (mut i, mut j, mut sums) = (0, 0, [0; 3]);
    while i < then.len() || j < now.len() {
        let (old, new) = (then.get(i), now.get(j));
        let slot = match (old, new) {
            (Some(a), Some(b)) if a == b => 2,
            (Some(a), Some(b)) if a < b => 1,
            (Some(_), None) => 1,
            _ => 0,
        };
        sums[slot] += 1;
        i += usize::from(slot > 0);
        j += usize::from(slot != 1);
    }
    sums
}

/// A folder of runs.
#[derive(Clone, Debug)]
pub struct Store(PathBuf);

impl Store {
    /// The store in a folder, which need not be there yet.
    #[must_use]
    pub const fn new(folder: PathBuf) -> Self {
        Self(folder)
    }

    /// The runs, the earliest first.
    ///
    /// # Errors
    /// A file cannot be read or is no run.
    pub fn runs(&self) -> io::Result<Vec<Run>> {
        let mut runs = Vec::new();
        let files = match fs::read_dir(&self.0) {
            Ok(files) => files,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(runs),
            Err(e) => return Err(e),
        };
        for file in files {
            let path = file?.path();
            if path.extension().is_some_and(|e| e == "jsonl") {
                let mut head = String::new();
                BufReader::new(File::open(&path)?).read_line(&mut head)?;
                runs.push(serde_json::from_str(&head).map_err(|_| no_run(&path))?);
            }
        }
        runs.sort_by(|a: &Run, b: &Run| a.run.cmp(&b.run));
        Ok(runs)
    }

    /// The run `last`, or the one with this name or day; none where there is no such run.
    ///
    /// # Errors
    /// A file cannot be read or is no run.
    pub fn find(&self, name: &str) -> io::Result<Option<Known>> {
        let fits = |run: &Run| name == "last" || run.run == name || run.at.starts_with(name);
        let Some(run) = self.runs()?.into_iter().rfind(|run| fits(run)) else { return Ok(None) };
        let path = self.path(&run.run);
        let mut prints = Prints::default();
        for line in BufReader::new(File::open(&path)?).lines().skip(1) {
            let line = line?;
            let row: PrintRow<'_> = serde_json::from_str(&line).map_err(|_| no_run(&path))?;
            let print = u64::from_str_radix(row.print, 16).map_err(|_| no_run(&path))?;
            (0..row.count).for_each(|_| prints.take(row.rule, print));
        }
        prints.sort();
        Ok(Some(Known { run, prints }))
    }

    /// Keeps a run.
    ///
    /// # Errors
    /// It cannot be written.
    pub fn keep(&self, run: &Run, prints: &mut Prints) -> io::Result<()> {
        fs::create_dir_all(&self.0)?;
        prints.sort();
        let mut out = WholeFile::create(&self.path(&run.run))?;
        serde_json::to_writer(&mut out, run)?;
        out.write_all(b"\n")?;
        for (rule, prints) in &prints.0 {
            for same in prints.chunk_by(|a, b| a == b) {
                let print = format!("{:016x}", same[0]);
                serde_json::to_writer(&mut out, &PrintRow { rule, print: &print, count: same.len() as u64 })?;
                out.write_all(b"\n")?;
            }
        }
        out.finish()
    }

    fn path(&self, run: &str) -> PathBuf {
        self.0.join(format!("{run}.jsonl"))
    }
}

fn no_run(path: &Path) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("{}: not a run of an audit", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn new_fixed_and_remaining_are_told_apart_by_number_too() {
        for (then, now, want) in [
            (&[1_u64, 2, 2, 5][..], &[2_u64, 3, 5, 5][..], [2, 2, 2]),
            (&[], &[1, 1], [2, 0, 0]),
            (&[1, 1], &[], [0, 2, 0]),
            (&[7, 7], &[7, 7], [0, 0, 2]),
        ] {
            assert_eq!(compare(then, now), want);
        }
    }

    #[test]
    fn runs_are_kept_and_found_again() {
        let dir = tempfile::tempdir().expect("a folder");
        let store = Store::new(dir.path().join("lager"));
        assert!(store.runs().expect("none").is_empty() && store.find("last").expect("none").is_none());
        for (name, prints) in [("20250101T000000Z", [1, 1]), ("20260101T000000Z", [1, 9])] {
            let mut kept = Prints::default();
            prints.into_iter().for_each(|p| kept.take("OMB101", p));
            let run = Run { run: name.to_owned(), at: format!("{}-01-01T00:00:00.000Z", &name[..4]), errors: 2, ..Run::default() };
            store.keep(&run, &mut kept).expect("kept");
        }
        assert_eq!(
            store.runs().expect("read").iter().map(|r| r.run.as_str()).collect::<Vec<_>>(),
            ["20250101T000000Z", "20260101T000000Z"]
        );
        let known = store.find("2025").expect("read").expect("there");
        assert_eq!((known.change("OMB101", 1), known.change("OMB101", 9), known.change("OMB102", 1)), ("remaining", "new", "new"));
        let mut now = Prints::default();
        [1, 9].into_iter().for_each(|p| now.take("OMB101", p));
        assert_eq!(known.compare(&mut now).all(), [1, 1, 1]);
        fs::write(dir.path().join("lager/x.jsonl"), "{}").expect("written");
        assert!(store.runs().is_err());
    }
}
