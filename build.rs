//! Packs the files under `rules/` into two blobs: what the program needs at start, and the examples that tests run.

#[path = "src/rulefile/mod.rs"]
#[allow(dead_code, unused_imports, unreachable_pub)]
mod rulefile;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{env, fs};

use regex_syntax::hir::literal::Extractor;
use rulefile::{
    AdequacyFile, ChannelsFile, CheckExample, CheckFile, DetectorExample, DetectorFile, Leads, LexiconFile, PackFile, ServicesFile,
};

type Error = Box<dyn std::error::Error>;

fn main() -> Result<(), Error> {
    println!("cargo::rerun-if-changed=rules");
    println!("cargo::rerun-if-changed=src/rulefile");
    let out = PathBuf::from(env::var("OUT_DIR")?);

    let mut detectors: Vec<DetectorFile> = read_folder("rules/detectors")?;
    let mut checks: Vec<CheckFile> = read_folder("rules/checks")?;
    let packs: Vec<PackFile> = read_folder("rules/policies")?;
    let mut lexicons: Vec<LexiconFile> = read_folder("rules/lexicons")?;
    for lexicon in &mut lexicons {
        // Only tests read them, from the files themselves.
        lexicon.hits.clear();
        lexicon.misses.clear();
        lexicon.leads = lexicon.patterns.iter().map(|p| leads(p)).collect::<Result<_, _>>()?;
    }
    let channels: ChannelsFile = read("rules/channels.toml".as_ref())?;
    let services: ServicesFile = read("rules/services.toml".as_ref())?;
    let adequacy: AdequacyFile = read("rules/adequacy.toml".as_ref())?;

    let detector_examples: Vec<(String, Vec<DetectorExample>, Vec<DetectorExample>)> =
        detectors.iter_mut().map(|d| (d.kind.clone(), take(&mut d.hits), take(&mut d.misses))).collect();
    let check_examples: Vec<(String, Vec<CheckExample>, Vec<CheckExample>)> =
        checks.iter_mut().map(|c| (c.id.clone(), take(&mut c.hits), take(&mut c.misses))).collect();

    fs::write(out.join("detectors.bin"), postcard::to_allocvec(&detectors)?)?;
    fs::write(out.join("policy.bin"), postcard::to_allocvec(&(checks, packs, channels, lexicons))?)?;
    fs::write(out.join("services.bin"), postcard::to_allocvec(&(services.table()?, adequacy))?)?;
    fs::write(out.join("examples.bin"), postcard::to_allocvec(&(detector_examples, check_examples))?)?;
    Ok(())
}

/// What the matches of a pattern start with, if that can be told.
fn leads(pattern: &str) -> Result<Option<Leads>, Error> {
    let parsed = regex_syntax::parse(pattern.strip_prefix("(?i)").unwrap_or(pattern)).map_err(|e| format!("{pattern}: {e}"))?;
    let starts = |len: usize| {
        let mut extractor = Extractor::new();
        extractor.limit_class(128).limit_repeat(2).limit_literal_len(len).limit_total(1_000);
        let found = extractor.extract(&parsed);
        found.literals().map(|literals| {
            let capital = literals.iter().all(|l| String::from_utf8_lossy(l.as_bytes()).starts_with(char::is_uppercase));
            (capital, literals.iter().map(|literal| small(literal.as_bytes())).collect::<BTreeSet<_>>())
        })
    };
    // Where a name may stand first, fewer letters are told apart.
    let Some((capital, leads)) = [8, 3, 2, 1].into_iter().find_map(starts) else { return Ok(None) };
    let mut free: Vec<Vec<u8>> = Vec::new();
    for lead in leads {
        if lead.is_empty() {
            return Ok(None);
        }
        if free.last().is_none_or(|last| !lead.starts_with(last)) {
            free.push(lead);
        }
    }
    let letters = free.iter().flat_map(|lead| (0..8).map(|i| lead.get(i).copied().unwrap_or(0))).collect();
    Ok(Some(Leads { capital: capital && !pattern.starts_with("(?i)"), letters }))
}

/// Bytes in small letters: ASCII, and À to Þ, whose second byte follows 0xC3.
fn small(bytes: &[u8]) -> Vec<u8> {
    let is_capital = |i: usize, b: u8| b.is_ascii_uppercase() || i > 0 && bytes[i - 1] == 0xC3 && (0x80..0x9F).contains(&b) && b != 0x97;
    bytes.iter().enumerate().map(|(i, &b)| if is_capital(i, b) { b | 0x20 } else { b }).collect()
}

fn take<T>(list: &mut Vec<T>) -> Vec<T> {
    std::mem::take(list)
}

/// Every `.toml` of a folder, in the order of their names.
fn read_folder<T: serde::de::DeserializeOwned>(folder: &str) -> Result<Vec<T>, Error> {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)?.map(|e| e.map(|e| e.path())).collect::<Result<_, _>>()?;
    paths.retain(|p| p.extension().is_some_and(|e| e == "toml"));
    paths.sort();
    paths.iter().map(|p| read(p)).collect()
}

fn read<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T, Error> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    toml::from_str(&text).map_err(|e| format!("{}: {e}", path.display()).into())
}
