//! `ombud explain` and `ombud rules`: the rule files' own words.

use std::fmt::Write;

use super::check::print;
use super::rulescheck::{self, RulesCheckArgs};
use super::settings::Settings;
use super::{CLEAN, SettingsArgs, Stop};
use crate::policy::{Class, Rule};
use crate::report::Lang;
use crate::rulefile::OwnDetectorFile;
use crate::{Kind, Rulebook};

#[derive(Debug, clap::Args)]
pub(super) struct ExplainArgs {
    /// A rule's id or short name (OMB101, personnummer), or a kind of data (phone, address …).
    name: String,
    #[command(flatten)]
    settings: SettingsArgs,
}

#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct RulesArgs {
    #[command(subcommand)]
    action: Option<RulesAction>,
    #[command(flatten)]
    settings: SettingsArgs,
}

#[derive(Debug, clap::Subcommand)]
enum RulesAction {
    /// Run the examples of all rules, built-in and own, and say which conditions no example needs.
    Check(RulesCheckArgs),
}

pub(super) fn explain(args: &ExplainArgs, lang: Lang) -> Result<u8, Stop> {
    let settings = Settings::load(&args.settings)?;
    let text = if let Some(rule) = settings.policy.rule(&args.name) {
        about_rule(rule, lang)
    } else if let Some(text) = Kind::from_name(&args.name).and_then(|kind| about_kind(kind, lang)) {
        text
    } else if let Some(file) = settings.own.rules.detectors.iter().find(|d| d.detector == args.name) {
        about_own(file, lang)
    } else {
        let own = settings.own.rules.detectors.iter().map(|d| &*d.detector);
        let known = settings.policy.rules().iter().flat_map(|r| [r.id, r.slug]).chain(Kind::ALL.iter().map(|k| k.name())).chain(own);
        let near = crate::detect::nearest(&args.name, known)
            .map_or_else(String::new, |n| format!(", {} `{n}`?", lang.of("menade du", "did you mean")));
        return Err(Stop::Message(format!("{} `{}`{near}", lang.of("okänd regel", "unknown rule"), args.name)));
    };
    print(&text)?;
    Ok(CLEAN)
}

pub(super) fn rules(args: &RulesArgs, lang: Lang) -> Result<u8, Stop> {
    if let Some(RulesAction::Check(args)) = &args.action {
        return rulescheck::run(args, lang);
    }
    let settings = Settings::load(&args.settings)?;
    let mut text = String::new();
    let level = |rule: &Rule, class| rule.severity_in(class).map_or("–", crate::finding::Severity::name);
    let _ = writeln!(text, "{:<7} {:<24} {:<9} {:<9} {:<9} {:<9} ", "", "", "own-web", "us-dpf", "third", "internal");
    for rule in settings.policy.rules() {
        let _ = writeln!(
            text,
            "{:<7} {:<24} {:<9} {:<9} {:<9} {:<9} {}",
            rule.id,
            rule.slug,
            level(rule, Class::OwnWeb),
            level(rule, Class::UsDpf),
            level(rule, Class::ThirdCountry),
            level(rule, Class::Internal),
            lang.pick(&rule.title)
        );
    }
    print(&text)?;
    Ok(CLEAN)
}

fn about_rule(rule: &Rule, lang: Lang) -> String {
    let mut text = format!("{} {} · {}\n\n", rule.id, rule.slug, lang.pick(&rule.title));
    let _ = writeln!(text, "{}\n", lang.pick(&rule.message));
    let _ = writeln!(text, "{} {}\n", lang.of("Varför: ", "Why: "), lang.pick(&rule.why));
    let _ = writeln!(text, "{} {}\n", lang.of("Gör så: ", "Do:  "), lang.pick(&rule.remedy));
    for law in &rule.law {
        let _ = writeln!(text, "{} {} ({})", lang.of("Grund:  ", "Basis:"), law.reference, law.date);
    }
    text.push('\n');
    for class in Class::ALL {
        let level = rule.severity_in(class).map_or_else(|| lang.of("av", "off"), crate::finding::Severity::name);
        let _ = writeln!(text, "  {:<14} {level}", class.name());
    }
    text
}

fn about_kind(kind: Kind, lang: Lang) -> Option<String> {
    let book = Rulebook::built_in();
    let rule = book.rule(kind)?;
    let mut text = format!("{} · {}\n\n{}\n\n", kind.name(), lang.pick(&rule.title), lang.pick(&rule.why));
    for source in &rule.source {
        let _ = writeln!(text, "{} {} ({})", lang.of("Källa:", "Source:"), source.text, source.checked);
    }
    Some(text)
}

fn about_own(file: &OwnDetectorFile, lang: Lang) -> String {
    let mut text = format!("{} · {}\n\n", file.detector, lang.pick(&file.title));
    if let Some(why) = &file.why {
        let _ = writeln!(text, "{}\n", lang.pick(why));
    }
    let kind = file.kind.as_deref().unwrap_or(Kind::Own.name());
    let _ = writeln!(text, "{} {kind}", lang.of("Egen detektor av slaget:", "Own detector of the kind:"));
    text
}
