//! A linear-chain conditional random field, trained by AdaGrad with dropped facts; single-threaded and in fixed order,
//! with its own `exp`, so that the same text gives the same bytes.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

use ombud::detect::person::build::{Fact, LINKS, NEVER, PARTS, Seen, allowed, begins, layout_model};

use crate::change::Dice;

const L: usize = 8;

/// One text ready for training.
pub(crate) struct Row {
    pub(crate) links: Vec<u8>,
    /// Numbers of facts, per element.
    pub(crate) facts: Vec<Vec<u32>>,
    /// Labels that may be right, one bit each.
    pub(crate) gold: Vec<u8>,
    pub(crate) weight: f32,
}

/// Facts are hashes already.
#[derive(Default)]
pub(crate) struct Plain(u64);
impl Hasher for Plain {
    fn finish(&self) -> u64 {
        self.0
    }
    fn write(&mut self, _: &[u8]) {}
    fn write_u64(&mut self, n: u64) {
        self.0 = n;
    }
}

/// Numbers for facts.
#[derive(Default)]
pub(crate) struct Index {
    numbers: HashMap<u64, u32, BuildHasherDefault<Plain>>,
    pub(crate) hashes: Vec<u64>,
    pub(crate) counts: Vec<u32>,
}

impl Index {
    pub(crate) fn number(&mut self, fact: u64) -> u32 {
        let n = *self.numbers.entry(fact).or_insert_with(|| {
            self.hashes.push(fact);
            self.counts.push(0);
            (self.hashes.len() - 1) as u32
        });
        self.counts[n as usize] += 1;
        n
    }
}

pub(crate) fn row(index: &mut Index, seen: &[Seen], coarse: bool, gold: Vec<u8>, weight: f32) -> Row {
    Row {
        links: seen.iter().map(|s| s.link).collect(),
        facts: seen
            .iter()
            .map(|s| s.facts[..if coarse { s.coarse } else { s.facts.len() }].iter().map(|&f| index.number(f)).collect())
            .collect(),
        gold,
        weight,
    }
}

/// What the training is told.
#[derive(Clone, Copy)]
pub(crate) struct Settings {
    pub(crate) epochs: usize,
    pub(crate) rate: f32,
    /// A fact is dropped once in so many times.
    pub(crate) drop: usize,
    pub(crate) l2: f32,
    /// Facts seen fewer times are left out.
    pub(crate) least: u32,
    pub(crate) seed: u64,
}

pub(crate) struct Trained {
    weights: Vec<[f32; L]>,
    steps: Vec<[f32; L]>,
}

/// e to the `x`, to seven digits, the same on every machine.
fn exp(x: f32) -> f32 {
    if x < -80.0 {
        return 0.0;
    }
    let x = x.min(80.0);
    let n = (x * std::f32::consts::LOG2_E).round();
    let r = x - n * 0.693_359_4 + n * 2.121_944_4e-4;
    let p = 1.0 + r * (1.0 + r * (0.5 + r * (0.166_666_67 + r * (0.041_666_668 + r * (0.008_333_334 + r * 0.001_388_889)))));
    p * f32::from_bits((((n as i32) + 127) as u32) << 23)
}

/// Scaled forward and backward sums of one row under masks; returns marginals of labels and of pairs.
struct Sums {
    alpha: Vec<[f32; L]>,
    beta: Vec<[f32; L]>,
    scale: Vec<f32>,
}

fn sums(row: &Row, emit: &[[f32; L]], steps: &[[[f32; L]; L]], masks: Option<&[u8]>, out: &mut Sums) {
    let n = row.links.len();
    let on = |e: usize, l: usize| masks.is_none_or(|m| m[e] >> l & 1 != 0);
    out.alpha.clear();
    out.scale.clear();
    for e in 0..n {
        let mut a = [0.0; L];
        for l in 0..L {
            if !on(e, l) {
                continue;
            }
            let s = if e == 0 {
                if begins(l) { 1.0 } else { 0.0 }
            } else {
                let before = &out.alpha[e - 1];
                let step = &steps[usize::from(row.links[e])];
                (0..L).map(|f| before[f] * step[f][l]).sum::<f32>()
            };
            a[l] = s * emit[e][l];
        }
        let z: f32 = a.iter().sum::<f32>().max(1e-30);
        a.iter_mut().for_each(|x| *x /= z);
        out.scale.push(z);
        out.alpha.push(a);
    }
    out.beta.clear();
    out.beta.resize(n, [1.0; L]);
    for e in (0..n.saturating_sub(1)).rev() {
        let step = &steps[usize::from(row.links[e + 1])];
        for f in 0..L {
            out.beta[e][f] =
                (0..L).filter(|&l| on(e + 1, l)).map(|l| step[f][l] * emit[e + 1][l] * out.beta[e + 1][l]).sum::<f32>() / out.scale[e + 1];
        }
    }
}

/// The mean of several trainings that see the texts in other orders: chance has less of a say.
pub(crate) fn train(rows: &[Row], index: &Index, s: Settings, rounds: u64) -> Trained {
    let all: Vec<Trained> = std::thread::scope(|scope| {
        let running: Vec<_> =
            (0..rounds).map(|r| scope.spawn(move || train_once(rows, index, Settings { seed: s.seed + r, ..s }))).collect();
        running.into_iter().map(|r| r.join().expect("training does not panic")).collect()
    });
    let mean = |of: fn(&Trained) -> &[[f32; L]]| {
        let mut sum = vec![[0.0_f32; L]; of(&all[0]).len()];
        for (to, from) in all.iter().flat_map(|t| of(t).iter().enumerate()) {
            for (x, y) in sum[to].iter_mut().zip(from) {
                *x += y / rounds as f32;
            }
        }
        sum
    };
    Trained { weights: mean(|t| &t.weights), steps: mean(|t| &t.steps) }
}

fn train_once(rows: &[Row], index: &Index, s: Settings) -> Trained {
    let facts = index.hashes.len();
    let mut w = vec![[0.0_f32; L]; facts];
    let mut g2 = vec![[1e-6_f32; L]; facts];
    let mut t = vec![[0.0_f32; L]; LINKS * L];
    let mut t2 = vec![[1e-6_f32; L]; LINKS * L];
    let mut mean = vec![[0.0_f32; L]; facts];
    let mut mean_t = vec![[0.0_f32; L]; LINKS * L];
    let mut means = 0.0_f32;
    let mut dice = Dice::new(s.seed);
    let mut order: Vec<usize> = (0..rows.len()).collect();
    let mut full = Sums { alpha: Vec::new(), beta: Vec::new(), scale: Vec::new() };
    let mut part = Sums { alpha: Vec::new(), beta: Vec::new(), scale: Vec::new() };
    let mut emit: Vec<[f32; L]> = Vec::new();
    let mut kept: Vec<Vec<u32>> = Vec::new();
    let mut steps = vec![[[0.0_f32; L]; L]; LINKS];
    for epoch in 0..s.epochs {
        for i in (1..order.len()).rev() {
            order.swap(i, dice.below(i + 1));
        }
        let rate = s.rate * (1.0 - 0.7 * epoch as f32 / s.epochs as f32);
        for (done, &r) in order.iter().enumerate() {
            let row = &rows[r];
            let n = row.links.len();
            if n == 0 {
                continue;
            }
            if done % 64 == 0 {
                for (link, m) in steps.iter_mut().enumerate() {
                    for (f, to) in m.iter_mut().enumerate() {
                        for (l, x) in to.iter_mut().enumerate() {
                            *x = if allowed(link as u8, f, l) { exp(t[link * L + f][l]) } else { 0.0 };
                        }
                    }
                }
            }
            emit.clear();
            kept.clear();
            for facts in &row.facts {
                let kept_now: Vec<u32> = facts
                    .iter()
                    .copied()
                    .filter(|&f| index.counts[f as usize] >= s.least && !(s.drop > 0 && dice.once_in(s.drop)))
                    .collect();
                let scale = 1.0;
                let mut x = [0.0; L];
                for &f in &kept_now {
                    for (x, w) in x.iter_mut().zip(&w[f as usize]) {
                        *x += w * scale;
                    }
                }
                let top = x.iter().copied().fold(f32::MIN, f32::max);
                emit.push(x.map(|v| exp(v - top)));
                kept.push(kept_now);
            }
            sums(row, &emit, &steps, None, &mut full);
            sums(row, &emit, &steps, Some(&row.gold), &mut part);
            if part.scale.iter().any(|&z| z <= 1e-29) {
                continue;
            }
            for e in 0..n {
                let mut grad = [0.0_f32; L];
                for l in 0..L - 1 {
                    let gold = if row.gold[e] >> l & 1 != 0 { part.alpha[e][l] * part.beta[e][l] } else { 0.0 };
                    grad[l] = (full.alpha[e][l] * full.beta[e][l] - gold) * row.weight;
                }
                for &f in &kept[e] {
                    let f = f as usize;
                    for l in 0..L - 1 {
                        let g = grad[l] + s.l2 * w[f][l];
                        g2[f][l] += g * g;
                        w[f][l] -= rate * g / g2[f][l].sqrt();
                    }
                }
                if e > 0 {
                    let link = usize::from(row.links[e]);
                    for f in 0..L {
                        for l in 0..L {
                            if !allowed(row.links[e], f, l) {
                                continue;
                            }
                            let pair = |x: &Sums| x.alpha[e - 1][f] * steps[link][f][l] * emit[e][l] * x.beta[e][l] / x.scale[e];
                            let gold = if row.gold[e] >> l & 1 != 0 { pair(&part) } else { 0.0 };
                            let g = (pair(&full) - gold) * row.weight + s.l2 * t[link * L + f][l];
                            let at = link * L + f;
                            t2[at][l] += g * g;
                            t[at][l] -= rate * g / t2[at][l].sqrt();
                        }
                    }
                }
            }
        }
        if epoch * 2 >= s.epochs {
            means += 1.0;
            for (m, w) in mean.iter_mut().zip(&w).chain(mean_t.iter_mut().zip(&t)) {
                for (m, w) in m.iter_mut().zip(w) {
                    *m += w;
                }
            }
        }
    }
    for m in mean.iter_mut().chain(mean_t.iter_mut()) {
        m.iter_mut().for_each(|x| *x /= means);
    }
    // Dropped facts made the others speak louder.
    let loud = if s.drop > 0 { 1.0 - 1.0 / s.drop as f32 } else { 1.0 };
    mean.iter_mut().for_each(|m| m.iter_mut().for_each(|x| *x *= loud));
    Trained { weights: mean, steps: mean_t }
}

const fn whole(x: f32) -> f32 {
    x * PARTS
}

impl Trained {
    /// Weights of links, for the file.
    fn steps(&self) -> Vec<i16> {
        (0..LINKS * L * L)
            .map(|i| {
                let (link, from, to) = (i / (L * L), i / L % L, i % L);
                if allowed(link as u8, from, to) {
                    whole(self.steps[link * L + from][to]).round().clamp(-2000.0, 2000.0) as i16
                } else {
                    NEVER
                }
            })
            .collect()
    }

    /// Weights of facts, for the file.
    fn facts(&self, index: &Index) -> Vec<Fact> {
        self.weights
            .iter()
            .zip(&index.hashes)
            .map(|(w, &h)| (h, std::array::from_fn(|l| whole(w[l]).round().clamp(-127.0, 127.0) as i8)))
            .filter(|f: &Fact| f.1.iter().any(|&x| x != 0))
            .collect()
    }
}

/// The model file; how many facts have weight and how many of them found no room.
pub(crate) fn file(coarse: (&Trained, &Index), fine: (&Trained, &Index), buckets: usize) -> (Vec<u8>, [usize; 3]) {
    let (a, b) = (coarse.0.facts(coarse.1), fine.0.facts(fine.1));
    let (bytes, lost) = layout_model(&fine.0.steps(), &coarse.0.steps(), &a, buckets, &b);
    (bytes, [a.len(), b.len(), lost])
}
