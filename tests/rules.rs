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

mod drafts {
    use ombud::document::{Document, DocumentBuilder, Format, Role};
    use ombud::rulefile::CheckExample;

    /// The document that an example is: read as its format, or one region of its role.
    pub(super) fn document<'t>(example: &CheckExample, text: &'t str) -> Document<'t> {
        let format = example.format.as_deref().map(|f| Format::from_name(f).unwrap_or_else(|| panic!("unknown format {f}")));
        if let Some(format) = format.filter(|f| matches!(f, Format::Html | Format::Markdown)) {
            let mut document = format.read(text).expect("readable");
            document.format = Some(format);
            return document;
        }
        let mut b = DocumentBuilder::default();
        let role = example.role.as_deref().map_or(Role::Body, |r| Role::from_name(r).expect("a role"));
        b.open(role, None, 0);
        b.text.verbatim(text, 0);
        let mut document = b.finish();
        document.directives = ombud::document::directives(text, Format::Markdown);
        document.format = format;
        document
    }
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
    use ombud::policy::{Day, Judge, Policy, config::Config};

    let policy = Policy::new("kommun", &Config::default()).expect("the built-in pack loads");
    let engine = Engine::new(Rulebook::built_in(), Sensitivity::Normal);
    let mut scratch = Scratch::default();
    let mut wrong = Vec::new();
    for (id, hits, misses) in examples().1 {
        assert!(hits.len() >= 3 && misses.len() >= 3, "{id} needs three hits and three misses");
        for (example, is_hit) in hits.iter().map(|h| (h, true)).chain(misses.iter().map(|m| (m, false))) {
            let item = marked::unmark(&example.text);
            let document = drafts::document(example, &item.text);
            let day = example.day.as_deref().map_or(policy.today(), |d| Day::parse(d).expect("a day"));
            let judge = Judge::new(&policy).on(day);
            let found = engine.detect(document.text.as_str(), &mut scratch);
            let channel = policy.channels().find(&example.channel).expect("a channel");
            let mut findings = judge.judge(&document, &found, channel, engine.rules());
            findings.extend(judge.stale_policy());
            let fired = |at: std::ops::Range<usize>| {
                findings.iter().find(|f| (f.rule.id == id || f.also.iter().any(|r| r.id == id)) && f.span.range() == at)
            };
            if !is_hit {
                if let Some(f) = findings.iter().find(|f| f.rule.id == id || f.also.iter().any(|r| r.id == id)) {
                    wrong.push(format!("{id}: fires on {:?} in {:?} ({:?})", f.masked.as_str(), item.text, example.because));
                }
                continue;
            }
            let whole = [marked::Mark { kind: String::new(), attributes: Vec::new(), start: 0, end: 0 }];
            for mark in if item.marks.is_empty() { &whole[..] } else { &item.marks } {
                let severity = example.severity.as_deref().unwrap_or_default();
                match fired(mark.start..mark.end) {
                    // A rule that is off says nothing; its hit is that nothing graver is said either.
                    None if severity == "off" => {}
                    None => wrong.push(format!("{id}: silent on {:?} in {:?}", &item.text[mark.start..mark.end], item.text)),
                    Some(f) if f.rule.id == id && f.severity.name() != severity => {
                        wrong.push(format!("{id}: {} instead of {severity} in {:?}", f.severity.name(), item.text));
                    }
                    Some(_) => {}
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
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
