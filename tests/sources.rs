//! Each law, decision and guidance that a rule cites stands in one table, with its date; and nothing stands there in vain.

use std::fs;
use std::path::Path;

use ombud::policy::Day;
use ombud::rulefile::CheckFile;
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sources {
    reviewed: String,
    source: Vec<Source>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    id: String,
    kind: String,
    date: String,
    what: String,
    status: String,
}

#[test]
fn what_rules_cite_stands_in_one_table() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let table: Sources = toml::from_str(&fs::read_to_string(rules.join("sources.toml")).expect("readable")).expect("the table");
    assert!(Day::parse(&table.reviewed).is_some());
    let mut cited = vec![false; table.source.len()];
    let mut wrong = Vec::new();
    for s in &table.source {
        assert!(["law", "case", "decision", "guidance", "standard"].contains(&s.kind.as_str()), "{}: {}", s.id, s.kind);
        assert!(Day::parse(&s.date).is_some() && !s.what.is_empty() && !s.status.is_empty(), "{}", s.id);
    }
    for entry in fs::read_dir(rules.join("checks")).expect("the folder is there").flatten() {
        let rule: CheckFile = toml::from_str(&fs::read_to_string(entry.path()).expect("readable")).expect("a rule");
        if rule.law.is_empty() {
            wrong.push(format!("{} cites nothing", rule.id));
        }
        for law in &rule.law {
            let known: Vec<usize> = (0..table.source.len()).filter(|&i| law.reference.starts_with(&table.source[i].id)).collect();
            match known[..] {
                [i] if table.source[i].date == law.date => cited[i] = true,
                [i] => wrong.push(format!("{}: {} of {}, not {}", rule.id, law.reference, table.source[i].date, law.date)),
                _ => wrong.push(format!("{}: {} stands {} times in the table", rule.id, law.reference, known.len())),
            }
        }
    }
    wrong.extend(table.source.iter().zip(&cited).filter(|(_, c)| !**c).map(|(s, _)| format!("nobody cites {}", s.id)));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
