//! The whole finds the right bytes: all detectors on all documents of `corpus/`, exact spans compared.
//!
//! `tests/floors.toml` holds the least F1 and the least share of right attributes of each kind, in percent.
//! `UPDATE=1 cargo test --test corpus` writes it from what is measured.

#[path = "common/marked.rs"]
mod marked;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};

use ombud::engine::{Engine, Scratch};
use ombud::{Attribute, Entity, Kind, Rulebook, Sensitivity};
use serde::Deserialize;

/// How far below its floor a score may fall, in percentage points.
const SLACK: f64 = 0.5;

/// Marked in mixed drafts to show where names end; no kinds of entity.
const NO_KINDS: [&str; 3] = ["place", "organisation", "none"];

/// Attributes that decide whom an entity is about; the others name a form.
const TELLING: [Attribute; 8] = [
    Attribute::Official,
    Attribute::Minor,
    Attribute::Dead,
    Attribute::Fictional,
    Attribute::Switchboard,
    Attribute::Work,
    Attribute::Shared,
    Attribute::Organisation,
];

#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Floor {
    f1: f64,
    attributes: f64,
}

#[derive(Default)]
struct Score {
    marked: usize,
    found: usize,
    right: usize,
    attributes: usize,
    wrong: Vec<String>,
}

impl Score {
    fn f1(&self) -> f64 {
        percent(2 * self.right, self.marked + self.found)
    }

    fn attributes(&self) -> f64 {
        percent(self.attributes, self.right)
    }
}

fn percent(part: usize, whole: usize) -> f64 {
    if whole == 0 { 100.0 } else { (1000.0 * part as f64 / whole as f64).round() / 10.0 }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The marked files, with their paths below `corpus/`. `demo/` and `formats/` hold unmarked drafts.
fn files() -> Vec<(String, Vec<marked::Item>)> {
    let mut paths: Vec<PathBuf> = Vec::new();
    for folder in fs::read_dir(root().join("corpus")).expect("the corpus is there").flatten() {
        if folder.file_name() != "demo" && folder.file_name() != "formats" {
            paths.extend(fs::read_dir(folder.path()).into_iter().flatten().flatten().map(|e| e.path()));
        }
    }
    paths.retain(|p| p.extension().is_some_and(|e| e == "txt"));
    paths.sort();
    let name = |p: &Path| p.strip_prefix(root()).unwrap_or(p).display().to_string();
    paths.iter().map(|p| (name(p), marked::items(&fs::read_to_string(p).expect("UTF-8")))).collect()
}

#[test]
fn marks_are_well_formed_and_ids_unique() {
    let mut wrong = Vec::new();
    let mut ids = BTreeSet::new();
    for (file, items) in files() {
        for item in items {
            if item.id.is_empty() || !ids.insert(item.id.clone()) {
                wrong.push(format!("{file}: the id {:?} is missing or used twice", item.id));
            }
            if item.text.contains("[[") || item.text.contains("]]") {
                wrong.push(format!("{file} {}: a mark is not closed", item.id));
            }
            for mark in &item.marks {
                if Kind::from_name(&mark.kind).is_none() && !NO_KINDS.contains(&mark.kind.as_str()) {
                    wrong.push(format!("{file} {}: no kind {:?}", item.id, mark.kind));
                }
                if mark.start == mark.end || item.text[mark.start..mark.end].contains("\n\n") {
                    wrong.push(format!("{file} {}: a mark is empty or crosses a blank line", item.id));
                }
                wrong.extend(
                    mark.attributes
                        .iter()
                        .filter(|a| Attribute::from_name(a).is_none())
                        .map(|a| format!("{file} {}: no attribute {a:?}", item.id)),
                );
            }
        }
    }
    assert!(ids.len() >= 40, "{} documents", ids.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn measure() -> BTreeMap<&'static str, Score> {
    let engine = Engine::new(Rulebook::built_in(), Sensitivity::Normal);
    let mut scratch = Scratch::default();
    let mut scores: BTreeMap<&'static str, Score> = BTreeMap::new();
    for (_, items) in files() {
        for item in items {
            let found = engine.detect(&item.text, &mut scratch);
            for mark in &item.marks {
                let Some(kind) = Kind::from_name(&mark.kind) else { continue };
                let score = scores.entry(kind.name()).or_default();
                score.marked += 1;
                match found.iter().find(|e| e.kind == kind && e.span.range() == (mark.start..mark.end)) {
                    None => score.wrong.push(format!("{} missed {}", item.id, context(&item.text, mark.start..mark.end))),
                    Some(entity) => {
                        score.right += 1;
                        if same_attributes(entity, mark) {
                            score.attributes += 1;
                        } else {
                            let place = context(&item.text, mark.start..mark.end);
                            score.wrong.push(format!("{} {:?} instead of {:?} {place}", item.id, entity.attributes, mark.attributes));
                        }
                    }
                }
            }
            for entity in &found {
                let score = scores.entry(entity.kind.name()).or_default();
                score.found += 1;
                if !item.marks.iter().any(|m| m.kind == entity.kind.name() && (m.start..m.end) == entity.span.range()) {
                    score.wrong.push(format!("{} wrong  {}", item.id, context(&item.text, entity.span.range())));
                }
            }
        }
    }
    scores
}

fn same_attributes(entity: &Entity, mark: &marked::Mark) -> bool {
    TELLING.iter().all(|&a| entity.attributes.has(a) == mark.attributes.iter().any(|name| name == a.name()))
}

/// The place with its surroundings; the corpus is invented, so it may be shown.
fn context(text: &str, at: std::ops::Range<usize>) -> String {
    let from = text.floor_char_boundary(at.start.saturating_sub(30));
    let to = text.ceil_char_boundary((at.end + 20).min(text.len()));
    format!("{}⟦{}⟧{}", &text[from..at.start], &text[at.clone()], &text[at.end..to]).replace('\n', "⏎")
}

#[test]
fn scores_stay_above_their_floors() {
    let path = root().join("tests/floors.toml");
    let floors: BTreeMap<String, Floor> = fs::read_to_string(&path)
        .map_or_else(|_| BTreeMap::new(), |text| toml::from_str(&text).unwrap_or_else(|e| panic!("tests/floors.toml: {e}")));
    let book = Rulebook::built_in();
    let scores = measure();
    let mut table = format!("{:<20} {:>6} {:>6} {:>6} {:>10} {:>7}\n", "kind", "marked", "found", "F1", "attributes", "floor");
    let mut written =
        "# Least scores on corpus/, in percent: F1 of exact spans, and right attributes among the spans found.\n# Written by `UPDATE=1 cargo test --test corpus`.\n"
            .to_owned();
    let mut wrong = Vec::new();
    for (&kind, score) in &scores {
        if Kind::from_name(kind).is_none_or(|k| book.rule(k).is_none()) {
            let _ = writeln!(table, "{kind:<20} {:>6}   skipped: no detector of this kind yet", score.marked);
            continue;
        }
        let (f1, attributes) = (score.f1(), score.attributes());
        let floor = floors.get(kind);
        let shown = floor.map_or_else(|| "none".to_owned(), |f| format!("{:.1}", f.f1));
        let _ = writeln!(table, "{kind:<20} {:>6} {:>6} {f1:>6.1} {attributes:>10.1} {shown:>7}", score.marked, score.found);
        let _ = writeln!(written, "\n[{kind}]\nf1 = {f1:.1}\nattributes = {attributes:.1}");
        match floor {
            None => wrong.push(format!("{kind} has no floor: write it with UPDATE=1 cargo test --test corpus")),
            Some(floor) if f1 < floor.f1 - SLACK || attributes < floor.attributes - SLACK => {
                wrong.push(format!("{kind}: F1 {f1:.1}, floor {:.1}; attributes {attributes:.1}, floor {:.1}", floor.f1, floor.attributes));
                wrong.extend(score.wrong.iter().take(40).map(|w| format!("    {w}")));
            }
            Some(_) => {}
        }
    }
    println!("{table}");
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, written).expect("floors are written");
        return;
    }
    wrong.extend(floors.keys().filter(|k| !scores.contains_key(k.as_str())).map(|k| format!("{k} has a floor and no documents")));
    assert!(wrong.is_empty(), "{table}\n{}", wrong.join("\n"));
}

/// Most false alarms for names on `corpus/person/misses.txt`, as measured: streets, firms, storms, dishes, works, animals, words.
const MOST_FALSE_PERSONS: usize = 4;

#[test]
fn streets_firms_and_storms_are_no_persons() {
    let engine = Engine::new(Rulebook::built_in(), Sensitivity::Normal);
    let mut scratch = Scratch::default();
    let text = fs::read_to_string(root().join("corpus/person/misses.txt")).expect("UTF-8");
    let mut alarms = Vec::new();
    for item in marked::items(&text) {
        assert!(item.marks.iter().all(|m| m.kind != "person"), "{} marks a person", item.id);
        let found = engine.detect(&item.text, &mut scratch);
        alarms.extend(
            found.iter().filter(|e| e.kind == Kind::Person).map(|e| format!("{} {}", item.id, context(&item.text, e.span.range()))),
        );
    }
    assert!(alarms.len() <= MOST_FALSE_PERSONS, "{} false alarms:\n{}", alarms.len(), alarms.join("\n"));
}
