//! Settings: the configuration file, found and read, and the policy it makes.

use std::path::{Path, PathBuf};

use globset::{Glob, GlobMatcher};
use miette::{GraphicalReportHandler, GraphicalTheme, LabeledSpan, MietteDiagnostic, NamedSource, Report};

use super::ownrules::OwnFiles;
use super::{SettingsArgs, Stop};
use crate::detect::{Rulebook, Sensitivity};
use crate::engine::Engine;
use crate::policy::config::{Config, ConfigError};
use crate::policy::{Day, Policy};
use crate::report::Lang;

/// A configuration and the policy it makes.
#[derive(Debug)]
pub(super) struct Settings {
    pub(super) config: Config,
    pub(super) policy: Policy,
    /// The day it is judged as on.
    pub(super) today: Day,
    /// The user's own rules.
    pub(super) own: OwnFiles,
    /// Globs of paths and the channel of each.
    paths: Vec<(GlobMatcher, usize)>,
    /// Globs of each exception, agreements last; none: it is for all paths.
    exceptions: Vec<Vec<GlobMatcher>>,
    /// The name and text of the configuration file.
    file: Option<(String, String)>,
}

impl Settings {
    /// Finds and reads the configuration, and makes the policy.
    pub(super) fn load(args: &SettingsArgs) -> Result<Self, Stop> {
        Self::load_with(args, &[])
    }

    /// The same with more files of own rules.
    pub(super) fn load_with(args: &SettingsArgs, more: &[PathBuf]) -> Result<Self, Stop> {
        let file = match &args.config {
            Some(path) => Some(path.clone()),
            None if args.no_config => None,
            None => nearest_config(),
        };
        let (config, text, name) = match &file {
            None => (Config::default(), String::new(), String::new()),
            Some(path) => {
                let name = path.display().to_string();
                let text = std::fs::read_to_string(path).map_err(|e| Stop::Message(format!("{name}: {e}")))?;
                (Config::parse(&text).map_err(|e| at_place(&name, &text, &e))?, text, name)
            }
        };
        let pack = args.policy.as_deref().or(config.extends.as_deref()).unwrap_or("kommun");
        let at = |what: &str, message: String| {
            // The fault is in a value: point at it where it stands.
            let span = text.find(&format!("\"{what}\"")).map_or(0..0, |p| p + 1..p + 1 + what.len());
            if span.is_empty() { Stop::Message(message) } else { at_place(&name, &text, &ConfigError { message, span }) }
        };
        let today = args.as_of.unwrap_or_else(super::drafts::today);
        let folder = file.as_deref().and_then(Path::parent).unwrap_or(Path::new(""));
        let mut own = OwnFiles::read(folder, &config.rules)?;
        own.add(OwnFiles::read(Path::new(""), more)?);
        Rulebook::check_own(&own.rules.detectors).map_err(|e| own.place(&e))?;
        let own_fault = |e| match own.rules.is_empty() {
            false if Policy::with_rules("kommun", &Config::default(), own.rules.clone()).is_err() => own.place(&e),
            _ => at(quoted(&e.message), e.message.clone()),
        };
        let policy = Policy::with_rules(pack, &config, own.rules.clone()).map_err(own_fault)?.on(today);
        let mut paths = Vec::new();
        for (glob, channel) in &config.paths.0 {
            let matcher = Glob::new(glob).map_err(|e| at(glob, e.kind().to_string()))?.compile_matcher();
            let channel = policy.channels().find(channel).ok_or_else(|| at(channel, policy.channels().unknown(channel).message))?;
            paths.push((matcher, channel));
        }
        let compile = |glob: &String| Ok(Glob::new(glob).map_err(|e| at(glob, e.kind().to_string()))?.compile_matcher());
        let mut exceptions = config.suppress.iter().map(|e| e.paths.iter().map(compile).collect()).collect::<Result<Vec<_>, Stop>>()?;
        exceptions.extend(config.agreements.iter().map(|_| Vec::new()));
        let file = file.map(|_| (name, text));
        Ok(Self { config, policy, today, own, paths, exceptions, file })
    }

    /// What finds: built-in and own detectors, and what is the organisation's own.
    pub(super) fn engine(&self, sensitivity: Sensitivity) -> Engine {
        let rules = Rulebook::built_in().with_own(&self.own.rules.detectors).expect("they were checked when the settings were read");
        Engine::new(rules, sensitivity).with_own(self.config.own.on(self.today))
    }

    /// A pack as it stands, with the own rules and nothing else of the configuration.
    pub(super) fn plain_policy(&self, pack: &str) -> Result<Policy, Stop> {
        Policy::with_rules(pack, &Config::default(), self.own.rules.clone()).map_err(|e| self.own.place(&e))
    }

    /// Numbers of the exceptions for a source of this name.
    pub(super) fn exceptions_of(&self, name: &str) -> Vec<usize> {
        let is_for = |globs: &Vec<GlobMatcher>| globs.is_empty() || globs.iter().any(|g| g.is_match(name));
        self.exceptions.iter().enumerate().filter(|(_, globs)| is_for(globs)).map(|(i, _)| i).collect()
    }

    /// The configuration file's name, and the line on which the exception of this number starts.
    pub(super) fn place_of_exception(&self, number: usize) -> (&str, u64) {
        let (name, text) = self.file.as_ref().map_or(("", ""), |(name, text)| (name, text));
        let (head, nth) = match number.checked_sub(self.config.suppress.len()) {
            None => ("[[suppress]]", number),
            Some(nth) => ("[[agreements]]", nth),
        };
        let mut lines = text.lines().zip(1..).filter(|(line, _)| line.trim_start().starts_with(head));
        (name, lines.nth(nth).map_or(1, |(_, n)| n))
    }

    /// Where the configuration names its pack; the command line, where it does not.
    pub(super) fn place_of_pack(&self) -> (&str, u64) {
        let Some((name, text)) = &self.file else { return ("ombud.toml", 1) };
        let line = text.lines().position(|line| line.trim_start().starts_with("extends")).map_or(1, |n| n as u64 + 1);
        (name, line)
    }

    /// The configuration file's name and text, if there is one.
    pub(super) fn file(&self) -> Option<(&str, &str)> {
        self.file.as_ref().map(|(name, text)| (name.as_str(), text.as_str()))
    }

    /// The glob that decides the channel of a path, and the channel.
    pub(super) fn path_for(&self, name: &str) -> Option<(&str, usize)> {
        self.paths.iter().find(|(glob, _)| glob.is_match(name)).map(|(glob, channel)| (glob.glob().glob(), *channel))
    }

    /// The channel of a source by its name, if the configuration says one.
    pub(super) fn channel_of_path(&self, name: &str) -> Option<usize> {
        self.path_for(name).map(|(_, channel)| channel)
    }

    /// The configuration file's folder, in full; `here` without one.
    pub(super) fn folder(&self, here: &Path) -> PathBuf {
        let file = self.file.as_ref().map(|(name, _)| super::drafts::full(here, Path::new(name)));
        file.and_then(|f| f.parent().map(Path::to_owned)).unwrap_or_else(|| here.to_owned())
    }

    /// The language the configuration asks for.
    pub(super) fn lang(&self) -> Option<Lang> {
        self.config.language.as_deref().and_then(super::lang_of)
    }
}

/// The name between the first backticks of a message.
fn quoted(message: &str) -> &str {
    message.split('`').nth(1).unwrap_or("")
}

/// The nearest `ombud.toml` from the working folder upwards; the search ends at a repository's root.
fn nearest_config() -> Option<PathBuf> {
    let mut folder = std::env::current_dir().ok()?;
    loop {
        let file = folder.join("ombud.toml");
        if file.is_file() {
            return Some(file);
        }
        if folder.join(".git").exists() || !folder.pop() {
            return None;
        }
    }
}

/// A fault with the line it stands on.
pub(super) fn at_place(name: &str, text: &str, fault: &ConfigError) -> Stop {
    let label = LabeledSpan::new_with_span(None, fault.span.clone());
    let report = Report::new(MietteDiagnostic::new(fault.message.clone()).with_labels([label]))
        .with_source_code(NamedSource::new(Path::new(name).display().to_string(), text.to_owned()));
    let mut out = String::new();
    let handler = GraphicalReportHandler::new_themed(GraphicalTheme::unicode_nocolor()).with_links(false).with_context_lines(0);
    if handler.render_report(&mut out, report.as_ref()).is_err() {
        out = format!("{name}: {}", fault.message);
    }
    Stop::Message(out)
}
