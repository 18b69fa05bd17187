//! A stratified sample for review by people: every rule gets its share, and a rare rule enough to say something of it.
//!
//! Which findings are drawn depends on the seed and the findings alone, not on threads or an interruption: of each rule those
//! with the least hash.

use std::collections::BTreeMap;

use super::row::Row;

/// Findings that each rule gets at least, where it has as many.
const LEAST: usize = 5;

/// The findings drawn so far.
#[derive(Clone, Debug, Default)]
pub struct Sample {
    size: usize,
    seed: u64,
    rules: BTreeMap<String, Stratum>,
}

#[derive(Clone, Debug, Default)]
struct Stratum {
    total: u64,
    drawn: BTreeMap<(u64, u64), Row<'static>>,
}

impl Sample {
    /// Draws `size` findings; none for 0.
    #[must_use]
    pub fn new(size: usize, seed: u64) -> Self {
        Self { size, seed, rules: BTreeMap::new() }
    }

    pub(super) fn take(&mut self, row: &Row<'_>, nth: u64) {
        if self.size == 0 {
            return;
        }
        if !self.rules.contains_key(&*row.rule) {
            self.rules.insert(row.rule.to_string(), Stratum::default());
        }
        let Some(stratum) = self.rules.get_mut(&*row.rule) else { return };
        stratum.total += 1;
        let key = (mixed(self.seed ^ mixed(row.fingerprint()) ^ mixed(nth)), nth);
        if stratum.drawn.len() == self.size {
            if stratum.drawn.last_key_value().is_some_and(|(last, _)| *last < key) {
                return;
            }
            stratum.drawn.pop_last();
        }
        stratum.drawn.insert(key, row.clone().into_owned());
    }

    /// The sample, rule by rule: at least five of each where there is room, the rest by how many there are.
    #[must_use]
    pub fn rows(&self) -> Vec<&Row<'static>> {
        let most: Vec<usize> = self.rules.values().map(|s| s.drawn.len()).collect();
        let totals: Vec<u64> = self.rules.values().map(|s| s.total).collect();
        let shares = shares(self.size, &most, &totals);
        self.rules.values().zip(shares).flat_map(|(stratum, share)| stratum.drawn.values().take(share)).collect()
    }
}

/// How many of `size` each stratum gives: no more than it has.
fn shares(size: usize, most: &[usize], totals: &[u64]) -> Vec<usize> {
    let least = LEAST.min((size / most.len().max(1)).max(1));
    let mut left = size;
    let mut shares: Vec<usize> = most
        .iter()
        .map(|&most| {
            let share = most.min(least).min(left);
            left -= share;
            share
        })
        .collect();
    // What is left goes one by one to where the share is least of what there is.
    while left > 0 {
        let open = (0..shares.len()).filter(|&i| shares[i] < most[i]);
        let Some(next) = open.min_by_key(|&i| (shares[i] as u128 * 1_000_000_000 / u128::from(totals[i].max(1)), i)) else { break };
        shares[next] += 1;
        left -= 1;
    }
    shares
}

/// SplitMix64.
const fn mixed(n: u64) -> u64 {
    let n = n.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let n = (n ^ n >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let n = (n ^ n >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
    n ^ n >> 31
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_rules_get_their_five_and_the_rest_follows_size() {
        assert_eq!(shares(100, &[100, 100, 3, 100], &[9_000, 900, 3, 90]), [83, 9, 3, 5]);
        assert_eq!(shares(10, &[4, 2], &[4, 2]), [4, 2]);
        assert_eq!(shares(2, &[5, 5, 5], &[5, 5, 5]), [1, 1, 0]);
        assert_eq!(shares(5, &[], &[]), [0; 0]);
    }
}
