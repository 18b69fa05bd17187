//! Derives the small tables under `rules/lexicons/` from the design material's `domain/` folder.
//!
//! `cargo run --release --example build-tables -- ../shared/domain`

use std::path::PathBuf;
use std::{env, fs};

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    let domain = PathBuf::from(env::args().nth(1).ok_or("usage: build-tables DOMAIN_FOLDER")?);
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
