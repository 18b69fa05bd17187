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
