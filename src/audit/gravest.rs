//! The gravest findings of each rule: a few places, so that a report can be read.

use std::collections::BTreeMap;

use super::row::Row;
use crate::finding::Severity;

/// Places shown of one rule.
const OF_A_RULE: usize = 10;

/// How a place is ranked: the gravest, then the surest, then the first.
type Rank = (std::cmp::Reverse<Severity>, u8, u64);

/// The gravest findings, by rule.
#[derive(Clone, Debug, Default)]
pub struct Gravest(BTreeMap<String, BTreeMap<Rank, Row<'static>>>);

impl Gravest {
    /// Takes the `nth` finding of the run.
    pub(super) fn take(&mut self, row: &Row<'_>, nth: u64) {
        let doubt = match &*row.confidence {
            "high" => 0,
            "medium" => 1,
            _ => 2,
        };
        let rank = (std::cmp::Reverse(row.severity), doubt, nth);
        if !self.0.contains_key(&*row.rule) {
            self.0.insert(row.rule.to_string(), BTreeMap::new());
        }
        let Some(rows) = self.0.get_mut(&*row.rule) else { return };
        if rows.len() == OF_A_RULE {
            if rows.last_key_value().is_some_and(|(last, _)| *last < rank) {
                return;
            }
            rows.pop_last();
        }
        rows.insert(rank, row.clone().into_owned());
    }

    /// The rules and their places, the gravest rule first.
    pub fn rules(&self) -> Vec<(&str, Vec<&Row<'static>>)> {
        let mut rules: Vec<_> = self.0.iter().filter(|(_, rows)| !rows.is_empty()).collect();
        rules.sort_by_key(|(rule, rows)| (rows.keys().next().map(|(severity, ..)| *severity), *rule));
        rules.into_iter().map(|(rule, rows)| (rule.as_str(), rows.values().collect())).collect()
    }
}
