//! Every way to disguise a value, tried on every kind: `corpus/disguises/matrix.tsv` says which are found.
//!
//! A class is one function over the written value, or over the text around it. The table is a golden file: what was found
//! must stay found (`UPDATE=1` rewrites it), and the share of what is found has a floor.

#[path = "common/classes.rs"]
mod classes;

use std::fmt::Write;

use classes::{Class, KINDS, classes};
use ombud::document::Format;
use ombud::engine::{Engine, Scratch};
use ombud::source::decode;
use ombud::{Rulebook, Sensitivity};

/// The least share of the table that must be found, in percent.
const FLOOR: usize = 90;

/// What becomes of `kind` in this disguise: found at its own bytes or not; `None`: the disguise leaves it as it is.
fn is_found(class: &Class, kind: usize, engine: &Engine, scratch: &mut Scratch) -> Option<bool> {
    let (bytes, at) = class.write(kind)?;
    let decoded = decode(&bytes);
    let format = Format::from_extension(class.ending).expect("a format").refine(&decoded.text);
    let document = format.read(&decoded.text).ok()?;
    Some(engine.detect_in(&document, scratch).iter().any(|e| {
        let found = decoded.source_span(document.text.source_span(e.span)).range();
        let shared = found.end.min(at.end).saturating_sub(found.start.max(at.start));
        // A tag or a mark at either end may be in or out.
        // In a mail the whole line is encoded, and only a part of it is the value.
        let most = if class.name.starts_with("mail ") { found.len().max(14) } else { at.len() };
        e.kind.name() == KINDS[kind].name && shared * 4 >= most * 3 && found.len() <= at.len() + 12
    }))
}

#[test]
fn no_disguise_that_was_seen_through_works_again() {
    let engine = Engine::new(Rulebook::built_in(), Sensitivity::Normal);
    let mut scratch = Scratch::default();
    let heads: Vec<&str> = KINDS.iter().map(|k| k.label).collect();
    let mut table = format!(
        "# Written by `UPDATE=1 cargo test --test disguise_matrix`: what is found of each kind in each disguise.\nclass\t{}\n",
        heads.join("\t")
    );
    let (mut found, mut all) = (0, 0);
    for class in classes() {
        let _ = write!(table, "{}", class.name);
        for kind in 0..KINDS.len() {
            let cell = is_found(&class, kind, &engine, &mut scratch);
            all += usize::from(cell.is_some());
            found += usize::from(cell == Some(true));
            let _ = write!(table, "\t{}", cell.map_or("-", |found| if found { "found" } else { "MISSED" }));
        }
        table.push('\n');
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus/disguises/matrix.tsv");
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path, &table).expect("the table is written");
    }
    let golden = std::fs::read_to_string(path).expect("the table is there");
    println!("{found} of {all}");
    assert_eq!(table, golden, "found {found} of {all}");
    assert!(found * 100 >= all * FLOOR, "found {found} of {all}");
}

#[test]
fn the_table_is_broad() {
    let names: Vec<String> = classes().into_iter().map(|c| c.name.to_owned()).collect();
    let mut once = names.clone();
    once.sort();
    once.dedup();
    assert!(names.len() >= 150 && once.len() == names.len(), "{} classes", names.len());
}
