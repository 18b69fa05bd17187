//! Every rule file does what its `hits` and `misses` claim.

#[path = "common/marked.rs"]
mod marked;

use ombud::engine::{Engine, Scratch};
use ombud::rulefile::{CheckExample, DetectorExample};
use ombud::{Attribute, Rulebook, Sensitivity};

type Examples = (Vec<(String, Vec<DetectorExample>, Vec<DetectorExample>)>, Vec<(String, Vec<CheckExample>, Vec<CheckExample>)>);

fn examples() -> Examples {
    postcard::from_bytes(ombud::EXAMPLES).expect("build.rs wrote them")
}

#[test]
fn detectors_hit_and_miss_as_their_files_claim() {
    let engine = Engine::new(Rulebook::built_in(), Sensitivity::Normal);
    let mut scratch = Scratch::default();
    let mut wrong = Vec::new();
    for (kind, hits, misses) in examples().0 {
        assert!(!hits.is_empty() && !misses.is_empty(), "{kind} needs hits and misses");
        for hit in hits {
            let item = marked::unmark(&hit.text);
            let found = engine.detect(&item.text, &mut scratch);
            for mark in &item.marks {
                let there = found.iter().any(|e| {
                    e.kind.name() == mark.kind
                        && e.span.range() == (mark.start..mark.end)
                        && mark.attributes.iter().all(|a| Attribute::from_name(a).is_some_and(|a| e.attributes.has(a)))
                });
                if !there {
                    wrong.push(format!("{kind}: not found {:?} in {:?}: {found:?}", mark, item.text));
                }
            }
        }
        for miss in misses {
            let item = marked::unmark(&miss.text);
            let found = engine.detect(&item.text, &mut scratch);
            if let Some(entity) = found.iter().find(|e| e.kind.name() == kind && !item.marks.iter().any(|m| m.kind == kind)) {
                wrong.push(format!("{kind}: {:?} called one in {:?}: {entity:?}", &item.text[entity.span.range()], item.text));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn checks_hit_and_miss_as_their_files_claim() {
    use ombud::policy::{Policy, config::Config};
    use ombud::trial::{self, Wrong};

    let policy = Policy::new("kommun", &Config::default()).expect("the built-in pack loads");
    let engine = Engine::new(Rulebook::built_in(), Sensitivity::Normal);
    let mut scratch = Scratch::default();
    let mut wrong = Vec::new();
    let mut run = 0;
    for (id, hits, misses) in examples().1 {
        run += hits.len() + misses.len();
        wrong.extend(trial::rule(&policy, &engine, &mut scratch, &id, &hits, &misses));
        // What runs them can tell: hits called misses fire, and misses called hits are silent.
        let turned = trial::rule(&policy, &engine, &mut scratch, &id, &misses, &hits);
        let fires = turned.iter().filter(|f| f.what == Wrong::Fires).count();
        let off = hits.iter().filter(|h| h.severity.as_deref() == Some("off")).count();
        assert!(fires + off >= hits.len(), "{id}: {fires} of {} hits fire", hits.len());
        let conditions = policy.rule(&id).expect("a rule").conditions();
        for n in (0..conditions).filter(|_| conditions > 1) {
            let alone = Policy::new("kommun", &Config::default()).expect("the built-in pack loads").with_condition(&id, n);
            assert!(trial::fires(&alone, &engine, &mut scratch, &id, &hits), "{id}: no hit needs condition {}", n + 1);
        }
    }
    assert!(run > 400, "only {run} examples seen");
    assert!(wrong.is_empty(), "{} wrong: {wrong:#?}", wrong.len());
}

#[test]
fn lexicons_hit_and_miss_as_their_files_claim() {
    use ombud::policy::{Policy, config::Config};
    use ombud::rulefile::LexiconFile;

    let policy = Policy::new("kommun", &Config::default()).expect("the built-in pack loads");
    policy.check_patterns().expect("patterns compile");
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/lexicons");
    let mut wrong = Vec::new();
    let mut seen = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is there").flatten() {
        if entry.path().extension().is_none_or(|e| e != "toml") {
            continue;
        }
        let file: LexiconFile = toml::from_str(&std::fs::read_to_string(entry.path()).expect("readable")).expect("a lexicon");
        assert!(entry.path().file_stem().is_some_and(|s| s == file.lexicon.as_str()), "{} is named otherwise", file.lexicon);
        assert!(!file.hits.is_empty() && !file.misses.is_empty(), "{} needs hits and misses", file.lexicon);
        seen += 1;
        for text in file.hits.iter().chain(&file.misses) {
            let item = marked::unmark(text);
            let found = policy.words_of(&file.lexicon, &item.text).expect("the list is known");
            for mark in &item.marks {
                if !found.iter().any(|f| f.start < mark.end && mark.start < f.end) {
                    wrong.push(format!("{}: silent on {:?} in {:?}", file.lexicon, &item.text[mark.start..mark.end], item.text));
                }
            }
            if let Some(f) = found.iter().find(|f| !item.marks.iter().any(|m| f.start < m.end && m.start < f.end)) {
                wrong.push(format!("{}: hears {:?} in {:?}", file.lexicon, &item.text[f.clone()], item.text));
            }
        }
    }
    assert!(seen > 5, "only {seen} lexicons seen");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
