//! Makes `rules/lexicons/person-lexicon.bin` from the public tables and the project's own lists.
//!
//! Usage: `cargo run --release --example build-lexicon -- ../shared/lexicon`
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::needless_range_loop, clippy::unwrap_used, reason = "a maintainer's command")]

mod own;
mod tables;

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::Path;

use ombud::detect::person::build::{Class, Traits, layout, word};

/// What is gathered of one lower-cased word.
#[derive(Default, Clone)]
pub(crate) struct Entry {
    pub(crate) given: u32,
    pub(crate) surname: u32,
    pub(crate) swedish: bool,
    pub(crate) world: u32,
    pub(crate) lower: u32,
    pub(crate) capital: u32,
    pub(crate) lists: u32,
    pub(crate) cluster: u16,
    pub(crate) capital_cluster: u16,
}

pub(crate) type Words = BTreeMap<String, Entry>;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: build-lexicon FOLDER")?;
    let folder = Path::new(&folder);
    let mut words = Words::new();
    tables::counts(folder, &mut words)?;
    tables::given(folder, &mut words)?;
    tables::surnames(folder, &mut words)?;
    tables::places(folder, &mut words)?;
    tables::occupations(folder, &mut words)?;
    tables::clusters(folder, &mut words)?;
    own::read(Path::new("rules/lexicons/person"), &mut words)?;

    let mut classes = vec![Class::default()];
    let mut numbers: BTreeMap<Class, u16> = BTreeMap::new();
    // Worth first: when two words fall together in the table, the better known stays.
    let mut entries: Vec<(u32, u64, u16)> = Vec::new();
    for (text, e) in &words {
        let mut traits = Traits::pack(e.given, e.surname, e.swedish, e.world, e.lower, e.capital);
        traits.0 |= e.lists;
        let class = Class { traits, lower: e.cluster, capital: e.capital_cluster, kind: traits.kind() };
        if class == Class::default() {
            continue;
        }
        let number = *numbers.entry(class).or_insert_with(|| {
            classes.push(class);
            u16::try_from(classes.len() - 1).expect("fewer than 65,536 different answers")
        });
        let worth = e.given * 4 + e.surname * 3 + e.lower * 4 + u32::from(e.lists != 0) * 40 + e.world + u32::from(e.cluster != 0) * 4;
        entries.push((worth, word(text), number));
    }
    entries.sort_by_key(|&(worth, hash, _)| (std::cmp::Reverse(worth), hash));
    let pairs: Vec<(u64, u16)> = entries.iter().map(|&(_, h, n)| (h, n)).collect();
    let (table, lost) = layout(&pairs);
    let class_bytes: Vec<u8> = classes.iter().flat_map(|c| c.pack()).collect();
    let mut out = Vec::new();
    for part in [&class_bytes, &table] {
        out.extend_from_slice(&u32::try_from(part.len())?.to_le_bytes());
        out.extend_from_slice(part);
    }
    fs::write("rules/lexicons/person-lexicon.bin", &out)?;
    println!("{} words ({lost} fell together), {} classes, {} bytes", pairs.len(), classes.len(), out.len());
    Ok(())
}
