//! How good is it: exact and overlapping mentions, false alarms.

use ombud::detect::person::build::{Model, find_with};

use crate::data::Item;

/// Counts over a set.
#[derive(Default, Clone, Copy)]
pub(crate) struct Score {
    pub(crate) gold: usize,
    pub(crate) found: usize,
    pub(crate) exact: usize,
    pub(crate) gold_touched: usize,
    pub(crate) found_touching: usize,
    pub(crate) empty: usize,
    pub(crate) alarms: usize,
}

impl Score {
    pub(crate) fn f1(&self) -> f64 {
        200.0 * self.exact as f64 / (self.gold + self.found).max(1) as f64
    }
    pub(crate) fn line(&self) -> String {
        let p = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
        format!(
            "F1 {:5.1}  P {:5.1} R {:5.1} | touch P {:5.1} R {:5.1} | alarms {:3}/{:3} {:4.1} % | {} spans",
            self.f1(),
            p(self.exact, self.found),
            p(self.exact, self.gold),
            p(self.found_touching, self.found),
            p(self.gold_touched, self.gold),
            self.alarms,
            self.empty,
            p(self.alarms, self.empty),
            self.gold
        )
    }
}

/// Scores `items`; `show` writes every mistake.
pub(crate) fn score(model: Model<'_>, items: &[Item], least: i32, show: bool) -> Score {
    let mut s = Score::default();
    for item in items {
        let gold: Vec<(usize, usize)> = item.persons().collect();
        let found: Vec<(usize, usize)> = find_with(model, &item.text, least).iter().map(|f| (f.start as usize, f.end as usize)).collect();
        // The news sets keep the genitive inside, and quotes or dots at times.
        let same = |g: &(usize, usize), f: &(usize, usize)| {
            g.0 == f.0 && (g.1 == f.1 || (item.complete && matches!(item.text.get(f.1..g.1), Some("s" | ":s" | "S"))))
        };
        let touch = |g: &(usize, usize), f: &(usize, usize)| g.0 < f.1 && f.0 < g.1;
        s.gold += gold.len();
        s.found += found.len();
        s.exact += gold.iter().filter(|g| found.iter().any(|f| same(g, f))).count();
        s.gold_touched += gold.iter().filter(|g| found.iter().any(|f| touch(g, f))).count();
        s.found_touching += found.iter().filter(|f| gold.iter().any(|g| touch(g, f))).count();
        if gold.is_empty() {
            s.empty += 1;
            s.alarms += usize::from(!found.is_empty());
        }
        if show {
            let missed: Vec<&str> = gold.iter().filter(|g| !found.iter().any(|f| same(g, f))).map(|g| &item.text[g.0..g.1]).collect();
            let wrong: Vec<&str> = found.iter().filter(|f| !gold.iter().any(|g| same(g, f))).map(|f| &item.text[f.0..f.1]).collect();
            if !missed.is_empty() || !wrong.is_empty() {
                println!("{}  MISSED {missed:?}  WRONG {wrong:?}\n    {}", item.id, item.text.replace('\n', " ⏎ "));
            }
        }
    }
    s
}
