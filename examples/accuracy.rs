//! Scores the engine on marked text: exact spans, by kind.
//!
//! `cargo run --release --example accuracy -- [--misses KIND] [--high] [--gold-persons] FILE…`
//! prints precision, recall and F1 a kind, the share of right attributes, and with `--misses` every wrong place.
//! `--gold-persons` gives the engine the persons as marked and scores their attributes alone (`--misses ATTRIBUTE`).
#![allow(clippy::print_stdout, reason = "a maintainer's report")]

#[path = "../tests/common/marked.rs"]
mod marked;

use std::collections::BTreeMap;
use std::fs;

use ombud::engine::{Engine, Scratch};
use ombud::{Attribute, Entity, Kind, Reason, Rulebook, Sensitivity};

#[derive(Default)]
struct Score {
    found: usize,
    marked: usize,
    right: usize,
    overlap: usize,
    attributes: usize,
    whose: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut files = Vec::new();
    let (mut misses, mut sensitivity, mut gold) = (None, Sensitivity::Normal, false);
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--misses" => misses = args.next(),
            "--high" => sensitivity = Sensitivity::High,
            "--gold-persons" => gold = true,
            _ => files.push(arg),
        }
    }
    let engine = Engine::new(Rulebook::built_in(), sensitivity);
    let mut scratch = Scratch::default();
    if gold {
        return gold_persons(&engine, &files, misses.as_deref());
    }
    let mut scores: BTreeMap<String, Score> = BTreeMap::new();
    for file in &files {
        for item in marked::items(&fs::read_to_string(file)?) {
            let found = engine.detect(&item.text, &mut scratch);
            for mark in &item.marks {
                let score = scores.entry(mark.kind.clone()).or_default();
                score.marked += 1;
                let exact = found.iter().find(|e| e.kind.name() == mark.kind && e.span.range() == (mark.start..mark.end));
                let near =
                    found.iter().find(|e| e.kind.name() == mark.kind && e.span.range().start < mark.end && mark.start < e.span.range().end);
                score.overlap += usize::from(near.is_some());
                if let Some(entity) = exact {
                    score.right += 1;
                    let says = |e: &ombud::Entity, name: &str| Attribute::from_name(name).is_some_and(|a| e.attributes.has(a));
                    const TELLING: [&str; 8] = ["official", "minor", "dead", "fictional", "switchboard", "work", "shared", "organisation"];
                    let same = TELLING.iter().all(|name| says(entity, name) == mark.attributes.iter().any(|a| a == name));
                    score.attributes += usize::from(same);
                    // A person's, at home or at work, or an organisation's.
                    let whose = TELLING[4..]
                        .iter()
                        .filter(|name| **name != "work")
                        .all(|name| says(entity, name) == mark.attributes.iter().any(|a| a == name));
                    score.whose += usize::from(whose);
                    if !same && misses.as_deref() == Some(&format!("{}:", mark.kind)) {
                        println!(
                            "{} attributes {:?} for {:?}: {}",
                            item.id,
                            entity.attributes,
                            mark.attributes,
                            context(&item.text, mark.start, mark.end)
                        );
                    }
                } else if misses.as_deref() == Some(&mark.kind) {
                    println!("{} missed: {}", item.id, context(&item.text, mark.start, mark.end));
                }
            }
            for entity in &found {
                scores.entry(entity.kind.name().to_owned()).or_default().found += 1;
                let range = entity.span.range();
                if !item.marks.iter().any(|m| m.kind == entity.kind.name() && (m.start..m.end) == range)
                    && misses.as_deref() == Some(entity.kind.name())
                {
                    println!("{} wrong:  {}", item.id, context(&item.text, range.start, range.end));
                }
            }
        }
    }
    println!(
        "| kind | marked | precision | recall | F1 | overlap recall | attributes right | person or organisation |\n|---|--:|--:|--:|--:|--:|--:|--:|"
    );
    // Places and organisations are marked in some files and looked for in none.
    for (kind, s) in scores.iter().filter(|(kind, _)| !matches!(kind.as_str(), "place" | "organisation")) {
        let per = |a: usize, b: usize| if b == 0 { 0.0 } else { 100.0 * a as f64 / b as f64 };
        let (p, r) = (per(s.right, s.found), per(s.right, s.marked));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        println!(
            "| {kind} | {} | {p:.1} | {r:.1} | {f1:.1} | {:.1} | {:.1} | {:.1} |",
            s.marked,
            per(s.overlap, s.marked),
            per(s.attributes, s.right),
            per(s.whose, s.right)
        );
    }
    Ok(())
}

/// A person as marked. Numbers and addresses are left to their own detectors: whose they are is judged as a user has it.
fn given(mark: &marked::Mark) -> Option<Entity> {
    let kind = Kind::from_name(&mark.kind).filter(|k| *k == Kind::Person)?;
    Some(Entity::new(kind, mark.start, mark.end, [Reason::Model, Reason::GivenName]))
}

/// Scores the attributes of persons whose places are given.
fn gold_persons(engine: &Engine, files: &[String], misses: Option<&str>) -> Result<(), Box<dyn std::error::Error>> {
    const ATTRIBUTES: [Attribute; 4] = [Attribute::Official, Attribute::Minor, Attribute::Dead, Attribute::Fictional];
    let mut scratch = Scratch::default();
    let mut scores = [(); 4].map(|()| Score::default());
    let mut work = Score::default();
    for file in files {
        for item in marked::items(&fs::read_to_string(file)?) {
            let persons = item.marks.iter().filter(|m| m.kind == "person");
            let given = item.marks.iter().filter_map(given).collect();
            let found = engine.detect_with(&item.text, given, &mut scratch);
            for mark in item.marks.iter().filter(|m| m.kind == "phone" || m.kind == "email") {
                let entity = found.iter().find(|e| e.kind.name() == mark.kind && e.span.range() == (mark.start..mark.end));
                let (is, said) = (mark.attributes.iter().any(|a| a == "work"), entity.is_some_and(|e| e.attributes.has(Attribute::Work)));
                work.marked += usize::from(is);
                work.found += usize::from(said);
                work.right += usize::from(is && said);
                if is != said && misses == Some("work") {
                    println!("{} {} {}", item.id, if is { "missed" } else { "wrong: " }, context(&item.text, mark.start, mark.end));
                }
            }
            for mark in persons {
                let entity = found.iter().find(|e| e.kind == Kind::Person && e.span.range() == (mark.start..mark.end));
                for (attribute, score) in ATTRIBUTES.iter().zip(&mut scores) {
                    let (is, said) =
                        (mark.attributes.iter().any(|a| a == attribute.name()), entity.is_some_and(|e| e.attributes.has(*attribute)));
                    score.marked += usize::from(is);
                    score.found += usize::from(said);
                    score.right += usize::from(is && said);
                    if is != said && misses == Some(attribute.name()) {
                        let why = entity.map(|e| e.evidence.iter().skip(2).map(|e| (e.reason.name(), e.detail)).collect::<Vec<_>>());
                        let what = if is { "missed" } else { "wrong: " };
                        println!("{} {what} {why:?} {}", item.id, context(&item.text, mark.start, mark.end));
                    }
                }
            }
        }
    }
    println!("| attribute | marked | found | precision | recall | F1 |\n|---|--:|--:|--:|--:|--:|");
    for (name, s) in ATTRIBUTES.iter().map(|a| a.name()).zip(&scores).chain([("work (phone, email)", &work)]) {
        let per = |a: usize, b: usize| if b == 0 { 0.0 } else { 100.0 * a as f64 / b as f64 };
        let (p, r) = (per(s.right, s.found), per(s.right, s.marked));
        let f1 = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
        println!("| {} | {} | {} | {p:.1} | {r:.1} | {f1:.1} |", name, s.marked, s.found);
    }
    Ok(())
}

/// The place with its surroundings, for a maintainer's eyes on invented text.
fn context(text: &str, start: usize, end: usize) -> String {
    let from = text.floor_char_boundary(start.saturating_sub(70));
    let to = text.ceil_char_boundary((end + 50).min(text.len()));
    format!("{}⟦{}⟧{}", &text[from..start], &text[start..end], &text[end..to]).replace('\n', "⏎")
}
