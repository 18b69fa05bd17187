//! A user's own rules, lists of words and detectors: folders that `ombud.toml` names, in the format of the built-in ones.

use std::path::{Path, PathBuf};

use super::Stop;
use super::settings::at_place;
use crate::detect::RuleError;
use crate::policy::OwnRules;
use crate::policy::config::ConfigError;
use crate::rulefile::{CheckFile, LexiconFile, OwnDetectorFile};

/// Own rule files, with their texts for messages.
#[derive(Debug, Default)]
pub(super) struct OwnFiles {
    pub(super) rules: OwnRules,
    texts: Vec<(String, String)>,
}

impl OwnFiles {
    /// Reads the files and folders in `paths`; a folder's files end in `.toml` and are read in the order of their names.
    pub(super) fn read(folder: &Path, paths: &[PathBuf]) -> Result<Self, Stop> {
        let mut own = Self::default();
        for path in paths {
            let full = folder.join(path);
            let fault = |e: std::io::Error| Stop::Message(format!("{}: {e}", path.display()));
            if !full.is_dir() {
                own.read_one(&full, path)?;
                continue;
            }
            let mut names: Vec<_> =
                std::fs::read_dir(&full).map_err(fault)?.map(|e| e.map(|e| e.file_name())).collect::<Result<_, _>>().map_err(fault)?;
            names.retain(|name| Path::new(name).extension().is_some_and(|e| e == "toml"));
            names.sort();
            for name in names {
                own.read_one(&full.join(&name), &path.join(&name))?;
            }
        }
        Ok(own)
    }

    /// Takes those of `other` in too.
    pub(super) fn add(&mut self, other: Self) {
        self.rules.checks.extend(other.rules.checks);
        self.rules.lexicons.extend(other.rules.lexicons);
        self.rules.detectors.extend(other.rules.detectors);
        self.texts.extend(other.texts);
    }

    fn read_one(&mut self, path: &Path, shown: &Path) -> Result<(), Stop> {
        let name = shown.display().to_string();
        let text = std::fs::read_to_string(path).map_err(|e| Stop::Message(format!("{name}: {e}")))?;
        let at = |e: toml::de::Error| {
            let span = e.span().unwrap_or(0..0);
            let message = crate::policy::config::with_nearest(e.message().lines().next().unwrap_or("not TOML"));
            at_place(&name, &text, &ConfigError { message, span })
        };
        let table: toml::Table = toml::from_str(&text).map_err(at)?;
        if table.contains_key("lexicon") {
            let file: LexiconFile = toml::from_str(&text).map_err(at)?;
            self.rules.lexicons.push(file);
        } else if table.contains_key("detector") {
            let file: OwnDetectorFile = toml::from_str(&text).map_err(at)?;
            self.rules.detectors.push(file);
        } else {
            let file: CheckFile = toml::from_str(&text).map_err(at)?;
            if file.id.starts_with("OMB") || !is_id(&file.id) {
                let fault =
                    RuleError { message: format!("`{}`: an own rule has capitals and three digits as its id, not OMB: KOM001", file.id) };
                self.texts.push((name, text));
                return Err(self.place(&fault));
            }
            self.rules.checks.push(file);
        }
        self.texts.push((name, text));
        Ok(())
    }

    /// A fault in one of the files, with its place: the file that names what the message does, in the rule that it names.
    pub(super) fn place(&self, fault: &RuleError) -> Stop {
        let words: Vec<&str> = fault.message.split('`').skip(1).step_by(2).collect();
        let ends = [" in rule ", " in detector ", " in lexicon "];
        let rule = ends.iter().find_map(|end| fault.message.rsplit_once(end)).map(|(_, id)| id);
        let is_of = |text: &str| rule.is_none_or(|id| text.contains(id));
        for (name, text) in self.texts.iter().rev().filter(|(_, text)| is_of(text)) {
            let quoted = |w: &&str| ['"', '\''].iter().find_map(|q| text.find(&format!("{q}{w}{q}"))).map(|p| p + 1..p + 1 + w.len());
            if let Some(at) = words.first().and_then(quoted) {
                return at_place(name, text, &ConfigError { message: fault.message.clone(), span: at });
            }
        }
        match self.texts.iter().rev().find(|(_, text)| rule.is_some() && is_of(text)) {
            Some((name, text)) => {
                let at = rule.and_then(|id| text.find(id).map(|p| p..p + id.len())).unwrap_or(0..0);
                at_place(name, text, &ConfigError { message: fault.message.clone(), span: at })
            }
            None => Stop::Message(fault.message.clone()),
        }
    }
}

/// Capitals, then three digits.
fn is_id(id: &str) -> bool {
    let (letters, digits) = id.split_at(id.len().saturating_sub(3).min(id.len()));
    (2..=8).contains(&letters.len())
        && letters.bytes().all(|b| b.is_ascii_uppercase())
        && digits.len() == 3
        && digits.bytes().all(|b| b.is_ascii_digit())
}
