//! `ombud rules check`: the examples of all rules and lists, and conditions that no example needs.

use std::fmt::Write;
use std::path::PathBuf;
use std::time::Instant;

use super::check::print;
use super::settings::Settings;
use super::{CLEAN, FOUND, SettingsArgs, Stop};
use crate::engine::{Engine, Scratch};
use crate::policy::Policy;
use crate::report::Lang;
use crate::rulefile::{CheckExample, DetectorExample};
use crate::trial::{self, Fault, Wrong};
use crate::{Rulebook, Sensitivity};

#[derive(Debug, clap::Args)]
pub(super) struct RulesCheckArgs {
    /// Own rule files or folders, besides those that ombud.toml names.
    files: Vec<PathBuf>,
    #[command(flatten)]
    settings: SettingsArgs,
}

type Examples = (Vec<(String, Vec<DetectorExample>, Vec<DetectorExample>)>, Vec<(String, Vec<CheckExample>, Vec<CheckExample>)>);

pub(super) fn run(args: &RulesCheckArgs, lang: Lang) -> Result<u8, Stop> {
    let start = Instant::now();
    let settings = Settings::load_with(&args.settings, &args.files)?;
    // The examples say what the rules do as they stand, in the pack that changes nothing.
    let policy = settings.plain_policy("kommun")?;
    policy.check_patterns().map_err(|e| settings.own.place(&e))?;
    let engine =
        Engine::new(Rulebook::built_in().with_own(&settings.own.rules.detectors).map_err(|e| settings.own.place(&e))?, Sensitivity::Normal);
    let mut scratch = Scratch::default();
    let (_, mut rules): Examples = postcard::from_bytes(trial::EXAMPLES).map_err(|e| Stop::Message(e.to_string()))?;
    rules.extend(settings.own.rules.checks.iter().map(|c| (c.id.clone(), c.hits.clone(), c.misses.clone())));
    let mut faults: Vec<Fault> = Vec::new();
    let (mut hits, mut misses) = (0, 0);
    for (id, hit, miss) in &rules {
        hits += hit.len();
        misses += miss.len();
        faults.extend(trial::rule(&policy, &engine, &mut scratch, id, hit, miss));
    }
    for file in &settings.own.rules.lexicons {
        hits += file.hits.len();
        misses += file.misses.len();
        faults.extend(trial::lexicon(&policy, file));
    }
    for file in &settings.own.rules.detectors {
        hits += file.hits.len();
        misses += file.misses.len();
        faults.extend(trial::detector(&engine, &mut scratch, file));
    }
    let idle = idle_conditions(&settings, &policy, &rules, &engine, &mut scratch)?;
    let mut text = String::new();
    for fault in &faults {
        let _ = writeln!(text, "{} {}: {}", fault.of, fault.example, wrong(&fault.what, lang));
    }
    for (id, n) in &idle {
        let _ = writeln!(text, "{id} [[when]] {n}: {}", lang.of("ingen hit behöver villkoret", "no hit needs the condition"));
    }
    let own = &settings.own.rules;
    let (own, lists, detectors) = (own.checks.len(), own.lexicons.len(), own.detectors.len());
    let _ = match lang {
        Lang::Sv => writeln!(
            text,
            "{} regler ({own} egna), {lists} egna listor, {detectors} egna detektorer: {hits} hits och {misses} misses, {} fel · {} ms",
            rules.len(),
            faults.len() + idle.len(),
            start.elapsed().as_millis()
        ),
        Lang::En => writeln!(
            text,
            "{} rules ({own} own), {lists} own lists, {detectors} own detectors: {hits} hits and {misses} misses, {} faults · {} ms",
            rules.len(),
            faults.len() + idle.len(),
            start.elapsed().as_millis()
        ),
    };
    print(&text)?;
    Ok(if faults.is_empty() && idle.is_empty() { CLEAN } else { FOUND })
}

/// Conditions of rules with several of which no hit fires by this one alone: the rule, and which, from 1.
fn idle_conditions(
    settings: &Settings,
    policy: &Policy,
    rules: &[(String, Vec<CheckExample>, Vec<CheckExample>)],
    engine: &Engine,
    scratch: &mut Scratch,
) -> Result<Vec<(String, usize)>, Stop> {
    let mut idle = Vec::new();
    for (id, hits, _) in rules {
        let conditions = policy.rule(id).map_or(0, crate::policy::Rule::conditions);
        for n in (0..conditions).filter(|_| conditions > 1) {
            let alone = settings.plain_policy("kommun")?.with_condition(id, n);
            if !trial::fires(&alone, engine, scratch, id, hits) {
                idle.push((id.clone(), n + 1));
            }
        }
    }
    Ok(idle)
}

fn wrong(what: &Wrong, lang: Lang) -> String {
    match what {
        Wrong::Silent => lang.of("tyst där den ska slå till", "silent where it should fire").to_owned(),
        Wrong::Fires => lang.of("slår till där den ska vara tyst", "fires where it should be silent").to_owned(),
        Wrong::Severity(seen) => format!("{} {seen}", lang.of("annan allvarlighet:", "another severity:")),
        Wrong::Unclear(why) => why.clone(),
        Wrong::Few => lang.of("färre än tre", "fewer than three").to_owned(),
    }
}
