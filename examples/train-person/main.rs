//! Trains the tagger of people's names and prints its scores on a part held back.
//!
//! Usage: `cargo run --release --example train-person -- ../shared [--all] [--but SET] [--show SET] [--score MODEL]`
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::type_complexity,
    clippy::needless_range_loop,
    clippy::unwrap_used,
    reason = "a maintainer's command"
)]

mod change;
mod crf;
mod data;
mod score;

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use change::{Dice, Names, rewrite};
use data::{Item, Name};
use ombud::detect::person::build::{Model, seen};

struct Sets {
    train: Vec<Item>,
    tests: Vec<(&'static str, Vec<Item>)>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let shared = PathBuf::from(args.first().ok_or("usage: train-person SHARED [--all] [--show SET]")?);
    let value = |name: &str| args.iter().position(|a| a == name).and_then(|i| args.get(i + 1)).cloned();
    let number = |name: &str, or: f32| value(name).and_then(|v| v.parse().ok()).unwrap_or(or);
    let corpus = PathBuf::from(value("--corpus").unwrap_or_else(|| "corpus".to_owned()));
    let sets = split(&shared, &corpus)?;
    let names = names(&shared)?;
    let settings = crf::Settings {
        epochs: number("--epochs", 8.0) as usize,
        rate: number("--rate", 0.1),
        drop: number("--drop", 8.0) as usize,
        l2: number("--l2", 0.0),
        least: number("--least", 2.0) as u32,
        seed: number("--seed", 1.0) as u64,
    };
    let begun = std::time::Instant::now();
    let buckets = number("--buckets", 24_576.0) as usize;
    let learn = |items: &[Item]| {
        let items = grow(items, &names, &number);
        let seen: Vec<(&Item, Vec<ombud::detect::person::build::Seen>)> =
            items.iter().map(|i| (i, seen(&i.text))).filter(|s| !s.1.is_empty()).collect();
        let grain = |coarse: bool, settings: crf::Settings| {
            let mut index = crf::Index::default();
            let rows: Vec<crf::Row> = seen.iter().map(|(i, s)| crf::row(&mut index, s, coarse, gold(i, s), i.weight)).collect();
            (crf::train(&rows, &index, settings, number("--rounds", 20.0) as u64), index)
        };
        let coarse = grain(true, crf::Settings { drop: 0, epochs: 6, ..settings });
        let fine = grain(false, settings);
        let (bytes, [a, b, lost]) = crf::file((&coarse.0, &coarse.1), (&fine.0, &fine.1), buckets);
        eprintln!(
            "{} texts; {a} coarse and {b} fine facts with weight, {lost} left out; {} bytes; {:.0} s",
            items.len(),
            bytes.len(),
            begun.elapsed().as_secs_f32()
        );
        bytes
    };
    let scored = value("--score").map(fs::read).transpose()?;
    let only_scores = scored.is_some();
    // All but one set: what that one is scored with.
    let but = value("--but");
    let rest = sets.tests.iter().filter(|t| but.is_some() && but.as_deref() != Some(t.0) && is_own_text(t.0)).flat_map(|t| &t.1);
    let learnt: Vec<Item> = sets.train.iter().chain(rest).cloned().collect();
    let bytes = scored.unwrap_or_else(|| learn(&learnt));
    let model = Model::over(&bytes);
    // What is shipped may have learnt from all; what is printed never has.
    let shipped = if args.iter().any(|a| a == "--all") {
        let everything: Vec<Item> =
            sets.train.iter().chain(sets.tests.iter().filter(|t| is_own_text(t.0)).flat_map(|t| &t.1)).cloned().collect();
        learn(&everything)
    } else {
        bytes.clone()
    };
    if !only_scores {
        fs::write(value("--out").unwrap_or_else(|| "rules/lexicons/person-model.bin".to_owned()), shipped)?;
    }
    let show = value("--show");
    for (name, items) in &sets.tests {
        let shown = show.as_deref() == Some(*name);
        let normal = number("--normal", 20.0) as i32;
        println!("{name:12} {}", score::score(model, items, normal, shown).line());
        println!("{:12} {}", "  high", score::score(model, items, number("--high", -40.0) as i32, false).line());
        if args.iter().any(|a| a == "--sweep") {
            for least in [-60, -30, 0, 10, 20, 30, 40, 60] {
                println!("{least:12} {}", score::score(model, items, least, false).line());
            }
        }
    }
    Ok(())
}

/// Whether a set is no changed copy of another.
fn is_own_text(set: &str) -> bool {
    !set.contains(' ') || set.contains('(')
}

/// Parts the labelled text in what is learnt from and what is held back.
fn split(shared: &Path, corpus: &Path) -> Result<Sets, Box<dyn Error>> {
    let mut train = Vec::new();
    let mut posts = Vec::new();
    let mut own = Vec::new();
    for letter in ["a", "b", "c", "d"] {
        let items = data::posts(&shared.join(format!("posts/dev-{letter}.txt")))?;
        for (i, item) in items.into_iter().enumerate() {
            if i % 5 == 4 { posts.push(item) } else { train.push(item) }
        }
    }
    for folder in ["posts", "person"] {
        for path in data::files(&corpus.join(folder)) {
            for (i, item) in data::posts(&path)?.into_iter().enumerate() {
                if i % 5 == 4 { own.push(item) } else { train.push(item) }
            }
        }
    }
    let hard = data::posts(&shared.join("posts/dev-e.txt"))?;
    let mut news = Vec::new();
    for (i, item) in data::news(&shared.join("training/news_train.jsonl"))?.into_iter().enumerate() {
        if i % 10 == 9 { news.push(item) } else { train.push(item) }
    }
    train.extend(data::norwegian(&shared.join("training/norwegian_ndt.conll.gz"))?);
    let lower = news.iter().map(|i| rewrite(i, |t, _| t.to_lowercase())).collect();
    let caps = news.iter().filter(|i| i.text.len() < 90).map(|i| rewrite(i, |t, _| t.to_uppercase())).collect();
    Ok(Sets {
        train,
        tests: vec![("posts", posts), ("hard (e)", hard), ("own", own), ("news", news), ("news lower", lower), ("news CAPS", caps)],
    })
}

/// The labelled text and its changed copies.
fn grow(items: &[Item], names: &Names, number: &dyn Fn(&str, f32) -> f32) -> Vec<Item> {
    let mut dice = Dice::new(7);
    let mut out = Vec::new();
    let post_weight = number("--post-weight", 1.0);
    let swaps = number("--swaps", 1.0) as usize;
    for item in items {
        let post = !item.complete;
        let norwegian = item.id.starts_with("nb-");
        let mut item = item.clone();
        item.weight *= if norwegian {
            number("--nb", 1.0)
        } else if post {
            post_weight
        } else {
            number("--news", 1.0)
        };
        let has_person = item.persons().next().is_some();
        if post && !has_person {
            item.weight *= number("--negative", 1.5);
        }
        let with = |i: Item, w: f32| Item { weight: i.weight * w, ..i };
        for _ in 0..swaps {
            if has_person {
                let swapped = rewrite(&item, |t, n| match n {
                    Some(Name::Person) => names.swap(t, &mut dice),
                    Some(Name::Place) if dice.once_in(3) && t.chars().all(char::is_alphabetic) => {
                        names.places[dice.below(names.places.len())].clone()
                    }
                    _ => t.to_owned(),
                });
                if dice.once_in(3) {
                    out.push(with(rewrite(&swapped, |t, _| t.to_lowercase()), 0.5));
                }
                out.push(with(swapped, number("--swap-weight", 0.7)));
            }
        }
        if !norwegian || dice.once_in(3) {
            out.push(with(rewrite(&item, |t, _| t.to_lowercase()), number("--lower", 0.6)));
        }
        if has_person && post {
            out.push(with(rewrite(&item, |t, n| if n == Some(Name::Person) { t.to_lowercase() } else { t.to_owned() }), 0.3));
        }
        if dice.once_in(4) {
            out.push(with(rewrite(&item, |t, _| t.to_uppercase()), 0.4));
        }
        out.push(item);
    }
    out
}

/// Which labels may be right for each element.
fn gold(item: &Item, seen: &[ombud::detect::person::build::Seen]) -> Vec<u8> {
    let mut last: Option<usize> = None;
    seen.iter()
        .map(|s| {
            let span = item.spans.iter().position(|x| x.0 < s.end && s.start < x.1);
            let first = last != span;
            last = span;
            let Some(k) = span else { return if item.complete { 1 << 7 } else { 0b1111_1100 } };
            let label = match item.spans[k].2 {
                Name::Person => 0,
                Name::Place => 2,
                Name::Organisation => 4,
                Name::Other => return 1 << 6,
            };
            let on = !first && ombud::detect::person::build::allowed(s.link, label, label + 1);
            1 << (label + u8::from(on) as usize)
        })
        .collect()
}

fn names(shared: &Path) -> Result<Names, Box<dyn Error>> {
    let heap = |list: Vec<(String, f64)>| {
        let mut sum = 0.0;
        list.into_iter()
            .map(|(n, w)| {
                sum += w;
                (n, sum)
            })
            .collect::<Vec<_>>()
    };
    let ok = |n: &str| {
        n.chars().count() > 1
            && n.chars().all(|c| c.is_alphabetic() || c == '-')
            && n.chars().skip(1).filter(|c| c.is_uppercase()).count() <= 1
    };
    let mut given = Vec::new();
    for line in fs::read_to_string(shared.join("lexicon/given_names.tsv"))?.lines().skip(1) {
        let f: Vec<&str> = line.split('\t').collect();
        let called: f64 = f[3].parse::<f64>()? + f[4].parse::<f64>()?;
        if ok(f[0]) && called > 4.0 {
            given.push((f[0].to_owned(), called.powf(0.35)));
        }
    }
    for line in fs::read_to_string(shared.join("lexicon/given_names_abroad.tsv"))?.lines().skip(1) {
        if let Some(n) = line.split('\t').next().filter(|n| ok(n)) {
            given.push((n.to_owned(), 1.0));
        }
    }
    let mut surnames = Vec::new();
    for line in fs::read_to_string(shared.join("lexicon/surnames.tsv"))?.lines().skip(1) {
        let f: Vec<&str> = line.split('\t').collect();
        let n: f64 = f[1].parse()?;
        if ok(f[0]) && f[0].chars().filter(|c| c.is_uppercase()).count() < f[0].chars().count() {
            let w = if n > 0.0 {
                n.powf(0.4)
            } else if f[2] == "us" {
                0.15
            } else {
                1.5
            };
            surnames.push((f[0].to_owned(), w));
        }
    }
    let mut places: Vec<String> = fs::read_to_string(shared.join("lexicon/places_se.tsv"))?
        .lines()
        .skip(1)
        .filter_map(|l| l.split('\t').next())
        .filter(|n| ok(n))
        .map(str::to_owned)
        .collect();
    for line in fs::read_to_string(shared.join("lexicon/places_world.tsv"))?.lines().skip(1) {
        let f: Vec<&str> = line.split('\t').collect();
        if f[0].chars().all(char::is_alphabetic) && f[1].parse::<u64>()? > 400_000 && f[0].is_ascii() {
            let mut c = f[0].chars();
            places.extend(c.next().map(|a| a.to_uppercase().chain(c).collect::<String>()));
        }
    }
    Ok(Names { given: heap(given), surnames: heap(surnames), places })
}
