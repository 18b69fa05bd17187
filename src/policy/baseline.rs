//! The baseline: findings accepted on one date, so that only new ones fail.
//!
//! JSON Lines, sorted, one entry a line, so that it merges well. An entry is rule, path, a hash of the masked context and a
//! count: no value, no hash of a value (a personnummer's can be undone by trying them all), no line number, no date. Lines may
//! move, and files too: what is left of files that are gone goes to files that the baseline does not know.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize};

/// What an entry is for. Sorted by path, so that a file's entries stand together.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Key {
    path: String,
    rule: String,
    context: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    path: String,
    rule: String,
    context: String,
    count: u32,
}

/// Findings that are accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline(BTreeMap<Key, u32>);

impl Baseline {
    /// Reads JSON Lines; the same entry twice, as a merge may leave it, counts as the larger of both.
    ///
    /// # Errors
    /// The number of the line that is no entry.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let mut all = Self::default();
        for (line, n) in text.lines().zip(1_usize..).filter(|(line, _)| !line.trim().is_empty()) {
            let line: Line = serde_json::from_str(line).map_err(|_| n)?;
            let context = u64::from_str_radix(&line.context, 16).map_err(|_| n)?;
            let count = all.0.entry(Key { path: line.path, rule: line.rule, context }).or_default();
            *count = (*count).max(line.count);
        }
        Ok(all)
    }

    /// The entries as JSON Lines.
    #[must_use]
    pub fn to_lines(&self) -> String {
        let line = |(key, &count): (&Key, &u32)| {
            let line = Line { path: key.path.clone(), rule: key.rule.clone(), context: format!("{:016x}", key.context), count };
            serde_json::to_string(&line).unwrap_or_default() + "\n"
        };
        self.0.iter().map(line).collect()
    }

    /// Accepts one finding more.
    pub fn add(&mut self, path: &str, rule: &str, context: u64) {
        *self.0.entry(Key { path: path.to_owned(), rule: rule.to_owned(), context }).or_default() += 1;
    }

    /// Lines of the file.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is accepted.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Findings that it accepts.
    #[must_use]
    pub fn findings(&self) -> u64 {
        self.0.values().map(|&n| u64::from(n)).sum()
    }

    /// Paths and rules with how many findings of each it accepts.
    #[must_use]
    pub fn sums(&self) -> (BTreeMap<&str, u64>, BTreeMap<&str, u64>) {
        let (mut paths, mut rules) = (BTreeMap::new(), BTreeMap::new());
        for (key, &count) in &self.0 {
            *paths.entry(key.path.as_str()).or_default() += u64::from(count);
            *rules.entry(key.rule.as_str()).or_default() += u64::from(count);
        }
        (paths, rules)
    }

    /// The paths it speaks of.
    #[must_use]
    pub fn paths(&self) -> BTreeSet<&str> {
        self.0.keys().map(|k| k.path.as_str()).collect()
    }

    /// This, with what was found `now` in the sources `read`, and without what is `gone`.
    #[must_use]
    pub fn updated(&self, now: &Self, read: impl Fn(&str) -> bool, gone: impl Fn(&str) -> bool) -> Self {
        let kept = self.0.iter().filter(|(key, _)| !read(&key.path) && !gone(&key.path));
        Self(kept.chain(&now.0).map(|(k, n)| (k.clone(), *n)).collect())
    }
}

/// A baseline being held against findings.
#[derive(Debug)]
pub struct Matching {
    left: HashMap<Key, u32>,
    /// What is left of files that are gone, by rule and context.
    moved: HashMap<(String, u64), u32>,
    known: BTreeSet<String>,
    /// What was matched, under the paths where it stands now.
    matched: Baseline,
}

impl Matching {
    /// Starts matching; `gone` says whether nothing stands at a path any more.
    #[must_use]
    pub fn new(baseline: &Baseline, gone: impl Fn(&str) -> bool) -> Self {
        let lost: BTreeSet<&str> = baseline.paths().into_iter().filter(|p| gone(p)).collect();
        let (mut left, mut moved) = (HashMap::new(), HashMap::new());
        for (key, &count) in &baseline.0 {
            if lost.contains(key.path.as_str()) {
                *moved.entry((key.rule.clone(), key.context)).or_default() += count;
            } else {
                left.insert(key.clone(), count);
            }
        }
        let known = baseline.paths().difference(&lost).map(|&p| p.to_owned()).collect();
        Self { left, moved, known, matched: Baseline::default() }
    }

    /// Whether the baseline accepts one more finding like this.
    pub fn accepts(&mut self, path: &str, rule: &str, context: u64) -> bool {
        let count = if self.known.contains(path) {
            self.left.get_mut(&Key { path: path.to_owned(), rule: rule.to_owned(), context })
        } else {
            self.moved.get_mut(&(rule.to_owned(), context))
        };
        let Some(count) = count.filter(|n| **n > 0) else { return false };
        *count -= 1;
        self.matched.add(path, rule, context);
        true
    }

    /// What was matched: the baseline without what is not found any more.
    #[must_use]
    pub const fn matched(&self) -> &Baseline {
        &self.matched
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn baseline(entries: &[(&str, &str, u64)]) -> Baseline {
        let mut all = Baseline::default();
        entries.iter().for_each(|(path, rule, context)| all.add(path, rule, *context));
        all
    }

    #[test]
    fn one_entry_a_line_sorted_and_read_again() {
        let all = baseline(&[("b.md", "OMB101", 7), ("a.md", "OMB201", 1), ("b.md", "OMB101", 7)]);
        let lines = all.to_lines();
        assert_eq!(
            lines,
            "{\"path\":\"a.md\",\"rule\":\"OMB201\",\"context\":\"0000000000000001\",\"count\":1}\n\
             {\"path\":\"b.md\",\"rule\":\"OMB101\",\"context\":\"0000000000000007\",\"count\":2}\n"
        );
        assert_eq!(Baseline::parse(&lines), Ok(all.clone()));
        // A merge that kept both sides.
        assert_eq!(Baseline::parse(&(lines.clone() + &lines)), Ok(all));
        assert_eq!(Baseline::parse("\n<<<<<<< HEAD\n"), Err(2));
    }

    #[test]
    fn one_more_of_the_same_is_new() {
        let mut matching = Matching::new(&baseline(&[("a.md", "OMB101", 7), ("a.md", "OMB101", 7)]), |_| false);
        assert_eq!([0; 3].map(|_| matching.accepts("a.md", "OMB101", 7)), [true, true, false]);
        assert!(!matching.accepts("a.md", "OMB102", 7) && !matching.accepts("a.md", "OMB101", 8) && !matching.accepts("b.md", "OMB101", 7));
    }

    #[test]
    fn what_moved_goes_along_and_what_stayed_does_not() {
        let old = baseline(&[("gammal.md", "OMB101", 7), ("a.md", "OMB101", 8)]);
        let mut matching = Matching::new(&old, |path| path == "gammal.md");
        assert!(matching.accepts("ny.md", "OMB101", 7), "the old file is gone");
        assert!(!matching.accepts("ny.md", "OMB101", 7), "it had one");
        assert!(!matching.accepts("ny.md", "OMB101", 8), "a.md is still there");
        assert_eq!(*matching.matched(), baseline(&[("ny.md", "OMB101", 7)]));
    }

    #[test]
    fn an_update_leaves_what_was_not_read() {
        let old = baseline(&[("a.md", "OMB101", 1), ("b.md", "OMB101", 2), ("borta.md", "OMB101", 3)]);
        let now = baseline(&[("a.md", "OMB201", 4)]);
        let new = old.updated(&now, |path| path == "a.md", |path| path == "borta.md");
        assert_eq!(new, baseline(&[("a.md", "OMB201", 4), ("b.md", "OMB101", 2)]));
    }
}
