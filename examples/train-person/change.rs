//! Changed copies of an item: lower-cased, in capitals, with other names.

use crate::data::{Item, Name};

/// A small random source with a fixed seed.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }
    pub(crate) const fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 11
    }
    pub(crate) const fn below(&mut self, n: usize) -> usize {
        (self.next() % n as u64) as usize
    }
    /// True once in `n` times.
    pub(crate) const fn once_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }
}

/// The item with each piece of text changed: `name` is none between spans.
pub(crate) fn rewrite(item: &Item, mut change: impl FnMut(&str, Option<Name>) -> String) -> Item {
    let mut text = String::new();
    let mut spans = Vec::new();
    let mut at = 0;
    for &(a, b, name) in &item.spans {
        if a < at {
            continue;
        }
        text.push_str(&change(&item.text[at..a], None));
        let start = text.len();
        text.push_str(&change(&item.text[a..b], Some(name)));
        spans.push((start, text.len(), name));
        at = b;
    }
    text.push_str(&change(&item.text[at..], None));
    Item { text, spans, ..item.clone() }
}

/// Lists of names to draw from.
pub(crate) struct Names {
    pub(crate) given: Vec<(String, f64)>,
    pub(crate) surnames: Vec<(String, f64)>,
    pub(crate) places: Vec<String>,
}

impl Names {
    fn draw(list: &[(String, f64)], dice: &mut Dice) -> String {
        let total = list.last().map_or(0.0, |l| l.1);
        let x = (dice.next() % (1 << 40)) as f64 / (1_u64 << 40) as f64 * total;
        let i = list.partition_point(|l| l.1 <= x).min(list.len() - 1);
        list[i].0.clone()
    }

    /// The words of a person's name, each another name: the last of several a surname, the others given names.
    pub(crate) fn swap(&self, name: &str, dice: &mut Dice) -> String {
        let words: Vec<&str> = name.split(' ').collect();
        let n = words.len();
        let is_surname = |w: &str| {
            let t = ombud::detect::person::build::traits_of(w);
            t.surname() >= 3 && t.given() < 4
        };
        let genitive = |w: &str| {
            w.strip_suffix('s').is_some_and(|stem| {
                let (a, b) = (ombud::detect::person::build::traits_of(stem), ombud::detect::person::build::traits_of(w));
                a.given().max(a.surname()) > b.given().max(b.surname())
            })
        };
        words
            .iter()
            .enumerate()
            .map(|(i, w)| {
                let plain = w.chars().all(|c| c.is_alphabetic() || c == '-') && w.chars().count() > 1 && w.starts_with(char::is_uppercase);
                if !plain || w.chars().skip(1).any(|c| c.is_uppercase()) && !w.contains('-') {
                    return (*w).to_owned();
                }
                let new = if (n > 1 && i == n - 1) || (n == 1 && is_surname(w)) {
                    Self::draw(&self.surnames, dice)
                } else {
                    Self::draw(&self.given, dice)
                };
                if genitive(w) && !new.ends_with(['s', 'x', 'z']) { new + "s" } else { new }
            })
            .collect::<Vec<_>>()
            .join(" ")
    }
}
