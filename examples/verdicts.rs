//! Judges marked posts as drafts for one channel: how many without personal data get an error or a warning, and how many
//! with a private person's data get none.
//!
//! `cargo run --release --example verdicts -- [--channel facebook] [--show quiet|loud] FILE…`
#![allow(clippy::print_stdout, reason = "a maintainer's report")]

#[path = "../tests/common/marked.rs"]
mod marked;

use std::collections::BTreeMap;
use std::fs;

use ombud::document::{DocumentBuilder, Role};
use ombud::engine::{Engine, Scratch};
use ombud::finding::Severity;
use ombud::policy::{Judge, Policy, config::Config};
use ombud::{Rulebook, Sensitivity};

/// Kinds that say nothing of a person by themselves.
const NOBODYS: [&str; 1] = ["casenumber"];
/// Attributes of what is no private person's.
const PUBLIC: [&str; 6] = ["official", "dead", "fictional", "organisation", "switchboard", "shared"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut files, mut show, mut channel) = (Vec::new(), None, "facebook".to_owned());
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--show" => show = args.next(),
            "--channel" => channel = args.next().unwrap_or_default(),
            _ => files.push(arg),
        }
    }
    let policy = Policy::new("kommun", &Config::default())?;
    let channel = policy.channels().find(&channel).ok_or("no such channel")?;
    let (engine, judge, mut scratch) = (Engine::new(Rulebook::built_in(), Sensitivity::Normal), Judge::new(&policy), Scratch::default());
    let (mut clean, mut loud, mut private, mut quiet) = (0_u32, 0_u32, 0_u32, 0_u32);
    let mut by_rule: BTreeMap<&str, u32> = BTreeMap::new();
    for file in &files {
        let text = fs::read_to_string(file)?;
        let kinds: BTreeMap<&str, &str> =
            text.lines().filter(|l| l.starts_with("=== ")).filter_map(|l| Some((field(l, "id=")?, field(l, "kind=")?))).collect();
        for item in marked::items(&text) {
            let is_public = |m: &marked::Mark| m.attributes.iter().any(|a| PUBLIC.contains(&a.as_str()));
            let is_private = item.marks.iter().any(|m| !is_public(m) && !NOBODYS.contains(&m.kind.as_str()));
            // Those that name officials belong to neither side.
            let is_clean = item.marks.iter().all(|m| m.attributes.iter().any(|a| a != "official" && PUBLIC.contains(&a.as_str())));
            let role = match kinds.get(item.id.as_str()) {
                Some(&"alt") => Role::Alt,
                Some(&"caption") => Role::Caption,
                _ => Role::Body,
            };
            let mut builder = DocumentBuilder::default();
            builder.open(role, None, 0);
            builder.text.verbatim(&item.text, 0);
            let document = builder.finish();
            let found = engine.detect(document.text.as_str(), &mut scratch);
            let findings = judge.judge(&document, &found, channel, engine.rules());
            let worst = findings.iter().filter(|f| f.severity >= Severity::Warning).max_by_key(|f| f.severity);
            if is_private {
                private += 1;
                quiet += u32::from(worst.is_none());
            } else if is_clean {
                clean += 1;
                if let Some(worst) = worst {
                    loud += 1;
                    *by_rule.entry(worst.rule.id).or_default() += 1;
                }
            }
            if show.as_deref() == Some("quiet") && is_private && worst.is_none()
                || show.as_deref() == Some("loud") && is_clean && worst.is_some()
            {
                println!("{} {}: {}", item.id, worst.map_or("", |f| f.rule.id), item.text.replace('\n', "⏎"));
            }
        }
    }
    let per = |a: u32, b: u32| f64::from(a) * 100.0 / f64::from(b.max(1));
    println!("without personal data: {clean}, with an error or warning {loud} ({:.1} %) {by_rule:?}", per(loud, clean));
    println!(
        "with a private person's data: {private}, with an error or warning {} ({:.1} %)",
        private - quiet,
        per(private - quiet, private)
    );
    Ok(())
}

fn field<'l>(line: &'l str, name: &str) -> Option<&'l str> {
    line.split(' ').find_map(|f| f.strip_prefix(name))
}
