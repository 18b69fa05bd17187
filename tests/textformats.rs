//! Every format has a sample in `corpus/formats/`, with data in every role and near-misses; what is found leads to the
//! exact bytes of the file as it lies on disk. `UPDATE=1 cargo test --test textformats` rewrites `tests/textformats.tsv`.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use ombud::document::{Format, format_table};
use ombud::engine::{Engine, Scratch};
use ombud::source::decode;
use ombud::{Kind, Rulebook, Sensitivity};

fn samples() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/formats");
    let mut all: Vec<PathBuf> = fs::read_dir(folder).expect("the samples are there").flatten().map(|e| e.path()).collect();
    all.retain(|p| format_of(p).is_some());
    all.sort();
    all
}

fn format_of(path: &Path) -> Option<Format> {
    Format::from_extension(path.extension()?.to_str()?).filter(|f| !f.is_packed())
}

/// One line a finding: file, kind, role, place, and the bytes it leads to.
fn found(path: &Path, engine: &Engine) -> String {
    let bytes = fs::read(path).expect("a file");
    let decoded = decode(&bytes);
    let format = format_of(path).expect("a format").refine(&decoded.text);
    let document = format.read(&decoded.text).expect("the sample is whole");
    assert!(document.faults.is_empty(), "{}: {:?}", path.display(), document.faults);
    let mut out = String::new();
    for entity in engine.detect(document.text.as_str(), &mut Scratch::default()) {
        if matches!(entity.kind, Kind::Person | Kind::Special) {
            continue;
        }
        let region = document.region_of(entity.span).expect("it lies in a region");
        let place = region.place.map_or(String::new(), |p| document.places.name(p, &decoded.text));
        let span = decoded.source_span(document.text.source_span(entity.span));
        let raw: String = bytes[span.range()].iter().map(|b| char::from(*b).escape_default().to_string()).collect();
        let name = path.file_name().expect("a name").to_string_lossy();
        writeln!(out, "{name}\t{}\t{}\t{place}\t{raw}", entity.kind.name(), region.role.name()).expect("a string");
    }
    out
}

#[test]
fn what_is_found_in_each_format_leads_to_its_bytes() {
    let engine = Engine::new(Rulebook::built_in(), Sensitivity::Normal);
    let all: String = samples().iter().map(|p| found(p, &engine)).collect();
    let golden = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/textformats.tsv");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&golden, &all).expect("the golden is written");
    }
    let want = fs::read_to_string(&golden).expect("the golden is there");
    for (have, want) in all.lines().zip(want.lines()) {
        assert_eq!(have, want);
    }
    assert_eq!(all.lines().count(), want.lines().count());
}

#[test]
fn near_misses_in_the_samples_stay_quiet() {
    // Ids, keys, addresses and scripts of the samples hold these; they are published by nobody.
    for line in fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/textformats.tsv")).expect("the golden").lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        for key in [
            "UID",
            "guid",
            "id",
            "wp:post_id",
            "script",
            "style",
            "path",
            "shortLink",
            "pos",
            "url",
            "idOrganization",
            "message-id",
            "received",
            "version",
            "build",
        ] {
            assert_ne!(fields[3].rsplit('/').next().map(str::to_ascii_lowercase), Some(key.to_ascii_lowercase()), "{line}");
        }
        assert_ne!(fields[4], "1234567890", "{line}");
    }
}

#[test]
fn every_format_has_a_sample() {
    let have: BTreeSet<&str> = samples()
        .iter()
        .map(|p| format_of(p).expect("a format").refine(&String::from_utf8_lossy(&fs::read(p).expect("a file"))).name())
        .collect();
    // Plain JSON's samples are the lines of `poster.jsonl`.
    let is_text = |name: &&str| Format::from_name(name).is_some_and(|f| !f.is_packed());
    let missing: Vec<&str> = Format::names().filter(is_text).filter(|n| !have.contains(n) && *n != "json").collect();
    assert_eq!(missing, Vec::<&str>::new());
}

#[test]
fn the_table_in_readme_is_that_of_the_formats() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).expect("README is there");
    let (open, close) = ("<!-- formats -->\n", "<!-- /formats -->");
    let start = readme.find(open).expect("it has a place") + open.len();
    let end = readme.find(close).expect("it has an end");
    if std::env::var_os("UPDATE").is_some() {
        return fs::write(&path, format!("{}{}{}", &readme[..start], format_table(), &readme[end..])).expect("README is written");
    }
    assert_eq!(&readme[start..end], format_table());
}
