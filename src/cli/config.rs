//! `ombud config --show`: what applies to a path, and where each value comes from.

use std::fmt::Write;
use std::path::{Path, PathBuf};

use globset::Glob;

use super::check::print;
use super::settings::Settings;
use super::{CLEAN, SettingsArgs, Stop};
use crate::policy::Origin;
use crate::report::Lang;
use crate::{Sensitivity, finding::Severity};

#[derive(Debug, clap::Args)]
pub(super) struct ConfigArgs {
    /// Show what applies to a draft at this path; to drafts that no path names, if left out.
    #[arg(long, value_name = "PATH", num_args = 0..=1, required = true)]
    show: Option<Option<PathBuf>>,
    #[command(flatten)]
    settings: SettingsArgs,
}

pub(super) fn run(args: &ConfigArgs, lang: Lang) -> Result<u8, Stop> {
    let settings = Settings::load(&args.settings)?;
    let path = args.show.as_ref().and_then(Option::as_ref).map(|p| p.to_string_lossy().replace('\\', "/"));
    let shown = Shown { settings: &settings, args: &args.settings, lang };
    let mut text = String::new();
    for (key, value, origin) in shown.rows(path.as_deref()) {
        let _ = writeln!(text, "{key:<14} {value:<44} {origin}");
    }
    text.push('\n');
    let channel = shown.channel(path.as_deref()).0;
    let class = settings.policy.channels().at(channel).class;
    for rule in settings.policy.rules() {
        let level = rule.severity(channel, class).map_or_else(|| lang.of("av", "off"), Severity::name);
        let _ = writeln!(
            text,
            "{:<14} {:<34} {level:<9} {}",
            rule.id,
            rule.slug,
            shown.origin(rule.origin(channel, class), rule.id, rule.slug)
        );
    }
    print(&text)?;
    Ok(CLEAN)
}

/// The settings, as they are shown.
struct Shown<'s> {
    settings: &'s Settings,
    args: &'s SettingsArgs,
    lang: Lang,
}

impl Shown<'_> {
    /// Key, value and origin of what is not a rule.
    fn rows(&self, path: Option<&str>) -> Vec<(&'static str, String, String)> {
        let (lang, settings, config) = (self.lang, self.settings, &self.settings.config);
        let policy = &settings.policy;
        let pack_of = |name: &str| format!("{} {name}", lang.of("paketet", "the pack"));
        let own = lang.of("inbyggt", "built in").to_owned();
        let mut rows = Vec::new();
        let file = settings.file().map_or_else(|| lang.of("ingen", "none").to_owned(), |(name, _)| name.to_owned());
        let how = if self.args.config.is_some() {
            "--config"
        } else if self.args.no_config {
            "--no-config"
        } else {
            lang.of("närmast uppåt", "nearest upwards")
        };
        rows.push((lang.of("konfiguration", "configuration"), file, how.to_owned()));
        let pack = match (&self.args.policy, &config.extends) {
            (Some(_), _) => "--policy".to_owned(),
            (None, Some(_)) => self.line("extends"),
            (None, None) => own.clone(),
        };
        let reviewed = lang.of("granskat", "reviewed");
        rows.push((lang.of("paket", "pack"), format!("{} · {reviewed} {}", policy.pack(), policy.reviewed()), pack));
        let (channel, origin) = self.channel(path);
        let at = policy.channels().at(channel);
        rows.push((lang.of("kanal", "channel"), format!("{} · {}", at.id, at.class.name()), origin));
        let sensitivity = if policy.sensitivity() == Sensitivity::High { "high" } else { "normal" };
        rows.push((lang.of("känslighet", "sensitivity"), sensitivity.to_owned(), pack_of(policy.pack())));
        let day = if self.args.as_of.is_some() { "--as-of" } else { lang.of("dagens datum", "today") };
        rows.push((lang.of("dag", "day"), settings.today.to_string(), day.to_owned()));
        let counts = if config.transfer.counts_dpf(settings.today) {
            lang.of("räknas", "counts")
        } else {
            lang.of("räknas inte", "does not count")
        };
        let dpf = ["dpf-invalid-from", "dpf"].iter().find_map(|key| self.line_of(key)).map_or_else(|| own.clone(), |n| self.at(n));
        rows.push(("dpf", counts.to_owned(), dpf));
        let list = |rows: &mut Vec<_>, key: &'static str, values: Vec<String>, needle: &str| {
            if !values.is_empty() {
                rows.push((key, values.join(", "), self.line(needle)));
            }
        };
        list(&mut rows, lang.of("organisation", "organisation"), config.organisation.iter().cloned().collect(), "organisation");
        list(&mut rows, lang.of("egna domäner", "own domains"), config.own.domains.clone(), "domains");
        list(&mut rows, lang.of("växlar", "switchboards"), config.own.switchboards.clone(), "switchboards");
        list(&mut rows, lang.of("lokaler", "premises"), config.own.premises.clone(), "premises");
        for holder in &config.own.office_holders {
            let over = holder.till.filter(|till| *till < settings.today).map_or("", |_| lang.of(" · har gått ut", " · has ended"));
            let till = holder.till.map_or_else(String::new, |t| format!(" · {} {t}", lang.of("till", "until")));
            rows.push((lang.of("uppdrag", "office"), format!("{}{till}{over}", holder.role), self.line(&holder.name)));
        }
        for agreement in &config.agreements {
            let over = agreement.till.filter(|till| *till < settings.today).map_or("", |_| lang.of(" · har gått ut", " · has ended"));
            rows.push((lang.of("avtal", "agreement"), format!("{}{over}", agreement.service), self.line(&agreement.service)));
        }
        list(&mut rows, lang.of("egna regler", "own rules"), settings.own.rules.checks.iter().map(|c| c.id.clone()).collect(), "rules");
        if let Some(path) = path {
            for number in settings.exceptions_of(path).into_iter().filter(|n| *n < config.suppress.len()) {
                let e = &config.suppress[number];
                let line = usize::try_from(settings.place_of_exception(number).1).unwrap_or(1);
                rows.push((lang.of("undantag", "exception"), format!("{} · {}", e.rules.join(", "), e.reason), self.at(line)));
            }
            let is_match = |glob: &&String| Glob::new(glob).is_ok_and(|g| g.compile_matcher().is_match(path));
            if let Some(glob) = policy.exclude().iter().find(is_match) {
                let origin = if config.exclude.contains(glob) { self.line(glob) } else { pack_of(policy.pack()) };
                rows.push((lang.of("utelämnas", "left out"), glob.clone(), origin));
            }
        }
        rows
    }

    /// The channel of a draft, and who says so.
    fn channel(&self, path: Option<&str>) -> (usize, String) {
        if let Some((glob, channel)) = path.and_then(|p| self.settings.path_for(p)) {
            return (channel, format!("{} \"{glob}\"", self.line(&format!("\"{glob}\""))));
        }
        let policy = &self.settings.policy;
        (policy.default_channel(), format!("{} {}", self.lang.of("paketet", "the pack"), policy.pack()))
    }

    fn origin(&self, origin: Origin, id: &str, slug: &str) -> String {
        let pack = self.settings.policy.pack();
        match origin {
            Origin::Rule => self.lang.of("regeln", "the rule").to_owned(),
            Origin::Floor => format!("{} {pack} (floor)", self.lang.of("paketet", "the pack")),
            Origin::Pack => format!("{} {pack}", self.lang.of("paketet", "the pack")),
            Origin::Configuration => self.line_of(id).or_else(|| self.line_of(slug)).map_or_else(String::new, |n| self.at(n)),
        }
    }

    fn at(&self, line: usize) -> String {
        let name = self.settings.file().map_or("", |(name, _)| name);
        format!("{}:{line}", Path::new(name).file_name().map_or(name.into(), |n| n.to_string_lossy()))
    }

    fn line(&self, needle: &str) -> String {
        self.line_of(needle).map_or_else(String::new, |n| self.at(n))
    }

    /// The first line of the configuration that has `needle` and is no comment.
    fn line_of(&self, needle: &str) -> Option<usize> {
        let (_, text) = self.settings.file()?;
        text.lines().position(|line| !line.trim_start().starts_with('#') && line.contains(needle)).map(|n| n + 1)
    }
}
