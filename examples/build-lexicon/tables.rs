//! Readers of the public tables, each with its filter against noise.

use std::error::Error;
use std::fs;
use std::path::Path;

use ombud::detect::person::build::List;

use crate::Words;

type Done = Result<(), Box<dyn Error>>;

/// A single word of letters, hyphens and apostrophes, at least two letters long.
fn is_name(text: &str) -> bool {
    text.chars().count() >= 2
        && text.chars().all(|c| c.is_alphabetic() || c == '-' || c == '\'' || c == '’')
        && text.starts_with(char::is_alphabetic)
        && text.ends_with(char::is_alphabetic)
}

fn rows(folder: &Path, file: &str) -> Result<Vec<Vec<String>>, Box<dyn Error>> {
    let text = fs::read_to_string(folder.join(file)).map_err(|e| format!("{file}: {e}"))?;
    Ok(text.lines().skip(1).map(|l| l.split('\t').map(str::to_owned).collect()).collect())
}

fn bucket(n: u64, limits: &[u64]) -> u32 {
    limits.iter().filter(|&&l| n >= l).count() as u32
}

pub(crate) fn counts(folder: &Path, words: &mut Words) -> Done {
    for r in rows(folder, "word_case_counts.tsv")? {
        let [word, lower, capital] = &r[..] else { continue };
        let e = words.entry(word.clone()).or_default();
        e.lower = bucket(lower.parse()?, &[1, 3, 8, 30, 150, 1000, 5000]);
        e.capital = bucket(capital.parse()?, &[2, 10, 60]);
    }
    Ok(())
}

pub(crate) fn given(folder: &Path, words: &mut Words) -> Done {
    for r in rows(folder, "given_names.tsv")? {
        let [name, women, men, women_called, men_called] = &r[..] else { continue };
        if !is_name(name) {
            continue;
        }
        let bearers: u64 = women.parse::<u64>()? + men.parse::<u64>()?;
        let called: u64 = women_called.parse::<u64>()? + men_called.parse::<u64>()?;
        // A name nobody is called by (a surname given as a middle name) counts little.
        let weight = if called * 20 < bearers { bearers / 20 + called } else { bearers };
        let e = words.entry(name.to_lowercase()).or_default();
        e.given = e.given.max(bucket(weight.max(1), &[1, 10, 50, 300, 2000, 10_000, 50_000]));
    }
    for r in rows(folder, "given_names_abroad.tsv")? {
        if is_name(&r[0]) {
            let e = words.entry(r[0].to_lowercase()).or_default();
            e.given = e.given.max(2);
        }
    }
    Ok(())
}

pub(crate) fn surnames(folder: &Path, words: &mut Words) -> Done {
    for r in rows(folder, "surnames.tsv")? {
        let [name, bearers, seen] = &r[..] else { continue };
        let capitals = name.chars().filter(|c| c.is_uppercase()).count();
        if !is_name(name) || capitals == name.chars().count() || name.chars().count() < 2 {
            continue;
        }
        let bearers: u64 = bearers.parse()?;
        let lists = seen.split(',').count();
        let only_us = seen == "us";
        let level = match (bearers, lists, only_us) {
            (10_000.., ..) => 6,
            (2_000.., ..) => 5,
            (1.., ..) => 4,
            (0, 3.., _) => 3,
            (0, _, false) => 2,
            _ => 1,
        };
        let e = words.entry(name.to_lowercase()).or_default();
        // Lists of vague origin hold ordinary words: `Och`, `Per`, `Den`.
        if level <= 2 && e.lower >= 4 && e.capital == 0 {
            continue;
        }
        e.surname = e.surname.max(level);
    }
    Ok(())
}

pub(crate) fn places(folder: &Path, words: &mut Words) -> Done {
    for r in rows(folder, "places_se.tsv")? {
        if is_name(&r[0]) {
            words.entry(r[0].to_lowercase()).or_default().swedish = true;
        }
    }
    for r in rows(folder, "places_world.tsv")? {
        let [name, population] = &r[..] else { continue };
        if is_name(name) && name.chars().count() >= 3 {
            let e = words.entry(name.clone()).or_default();
            // Other tongues' names of towns fall on Swedish words: `och`, `vara`.
            if e.lower >= 3 && e.capital == 0 {
                continue;
            }
            e.world = e.world.max(bucket(population.parse()?, &[50_000, 300_000, 2_000_000]));
        }
    }
    Ok(())
}

pub(crate) fn occupations(folder: &Path, words: &mut Words) -> Done {
    for line in fs::read_to_string(folder.join("occupations.txt"))?.lines() {
        if is_name(line) {
            words.entry(line.to_lowercase()).or_default().lists |= List::Role as u32;
        }
    }
    Ok(())
}

pub(crate) fn clusters(folder: &Path, words: &mut Words) -> Done {
    for r in rows(folder, "word_clusters.tsv")? {
        let [word, _, number] = &r[..] else { continue };
        if !word.starts_with(char::is_alphabetic) {
            continue;
        }
        let upper = word.starts_with(char::is_uppercase);
        let e = words.entry(word.to_lowercase()).or_default();
        *(if upper { &mut e.capital_cluster } else { &mut e.cluster }) = number.parse::<u16>()? + 1;
    }
    Ok(())
}
