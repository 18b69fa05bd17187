//! Derives the small tables under `rules/lexicons/` from the design material's `domain/` and `lexicon/` folders.
//!
//! `cargo run --release --example build-tables -- ../shared/domain`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let domain = PathBuf::from(env::args().nth(1).ok_or("usage: build-tables DOMAIN_FOLDER")?);
    test_numbers(&domain)?;
    places(&domain)
}

fn test_numbers(domain: &Path) -> Result<(), Error> {
    let mut keys = Vec::new();
    for name in ["test_personnummer.txt", "test_samordningsnummer.txt"] {
        for line in fs::read_to_string(domain.join(name))?.split_whitespace() {
            let digits: Vec<u8> = line.bytes().map(|b| b - b'0').collect();
            keys.push(ombud::detect::testnumbers::key(&digits));
        }
    }
    keys.sort_unstable();
    keys.dedup();
    fs::write("rules/lexicons/testnumbers.bin", keys.iter().flat_map(|k| k.to_le_bytes()).collect::<Vec<u8>>())?;
    Ok(())
}

/// Post towns and localities, and municipalities: lower case, sorted by their bytes, one a line.
fn places(domain: &Path) -> Result<(), Error> {
    let column = |file: &Path, column: usize| -> Result<Vec<String>, Error> {
        let text = fs::read_to_string(file)?;
        Ok(text.lines().skip(1).filter_map(|line| line.split('\t').nth(column)).map(str::to_lowercase).collect())
    };
    let lexicon = domain.with_file_name("lexicon");
    let mut towns: BTreeSet<String> = column(&lexicon.join("postcodes.tsv"), 1)?.into_iter().collect();
    let kinds = column(&lexicon.join("places_se.tsv"), 1)?;
    let names = column(&lexicon.join("places_se.tsv"), 0)?;
    towns.extend(names.into_iter().zip(kinds).filter(|(_, kinds)| kinds.contains("ort")).map(|(name, _)| name));
    let municipalities: BTreeSet<String> = column(&domain.join("municipalities.tsv"), 1)?.into_iter().collect();
    for (file, lines) in [("places.txt", towns), ("municipalities.txt", municipalities)] {
        let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
        fs::write(Path::new("rules/lexicons").join(file), text)?;
    }
    Ok(())
}
