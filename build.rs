//! Packs the files under `rules/` into two blobs: what the program needs at start, and the examples that tests run.

#[path = "src/rulefile/mod.rs"]
#[allow(dead_code, unused_imports, unreachable_pub)]
mod rulefile;

use std::path::{Path, PathBuf};
use std::{env, fs};

use rulefile::{ChannelsFile, CheckExample, CheckFile, DetectorExample, DetectorFile, LexiconFile, PackFile};

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
    }
    let channels: ChannelsFile = read("rules/channels.toml".as_ref())?;

    let detector_examples: Vec<(String, Vec<DetectorExample>, Vec<DetectorExample>)> =
        detectors.iter_mut().map(|d| (d.kind.clone(), take(&mut d.hits), take(&mut d.misses))).collect();
    let check_examples: Vec<(String, Vec<CheckExample>, Vec<CheckExample>)> =
        checks.iter_mut().map(|c| (c.id.clone(), take(&mut c.hits), take(&mut c.misses))).collect();

    fs::write(out.join("detectors.bin"), postcard::to_allocvec(&detectors)?)?;
    fs::write(out.join("policy.bin"), postcard::to_allocvec(&(checks, packs, channels, lexicons))?)?;
    fs::write(out.join("examples.bin"), postcard::to_allocvec(&(detector_examples, check_examples))?)?;
    Ok(())
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
