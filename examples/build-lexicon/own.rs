//! The project's own lists: `rules/lexicons/person/*.txt`, words parted by space or line, `#` for remarks,
//! `[list]` begins a list.

use std::error::Error;
use std::fs;
use std::path::Path;

use ombud::detect::person::build::List;

use crate::{Entry, Words};

/// Reads every list, in the order of the files' names.
pub(crate) fn read(folder: &Path, words: &mut Words) -> Result<(), Box<dyn Error>> {
    let mut paths: Vec<_> = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    for path in paths {
        let mut list = String::new();
        for (n, line) in fs::read_to_string(&path)?.lines().enumerate() {
            let line = line.split('#').next().unwrap_or("").trim();
            if let Some(name) = line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
                name.clone_into(&mut list);
                continue;
            }
            for word in line.split_whitespace() {
                let e = words.entry(word.to_lowercase()).or_default();
                set(&list, e).ok_or_else(|| format!("{}:{}: unknown list `{list}`", path.display(), n + 1))?;
            }
        }
    }
    Ok(())
}

fn set(list: &str, e: &mut Entry) -> Option<()> {
    let bit = match list {
        "given" => {
            e.given = e.given.max(4);
            return Some(());
        }
        "nick" => {
            e.given = e.given.max(3);
            List::Nick
        }
        "surname" => {
            e.surname = e.surname.max(4);
            return Some(());
        }
        "country" => {
            e.world = 3;
            return Some(());
        }
        "place" => {
            e.world = e.world.max(2);
            return Some(());
        }
        "title" => List::Title,
        "role" => List::Role,
        "speech" => List::Speech,
        "kin" => List::Kin,
        "cue" => List::Cue,
        "org-head" => List::OrgHead,
        "street" => List::Street,
        "firm" => List::Firm,
        "calendar" => List::Calendar,
        "people" => List::People,
        "org" => List::Org,
        "particle" => List::Particle,
        "animal" => List::Animal,
        "thing" => List::Thing,
        "prize" => List::Prize,
        "tail" => List::Tail,
        "word" => {
            e.lower = e.lower.max(5);
            return Some(());
        }
        "function" => {
            e.given = 0;
            e.surname = 0;
            List::Function
        }
        _ => return None,
    };
    e.lists |= bit as u32;
    Some(())
}
