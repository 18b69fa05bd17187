//! A user's configuration, `ombud.toml`: the pack it extends and what it changes. Unknown keys are errors.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::ops::Range;

use serde::Deserialize;

use super::{Class, Day};
use crate::detect::nearest;
use crate::document::Limits;

/// An `ombud.toml`.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Config {
    /// Whose drafts they are.
    pub organisation: Option<String>,
    /// `sv` or `en`.
    pub language: Option<String>,
    /// The pack it extends; `kommun` if left out.
    pub extends: Option<String>,
    /// Globs of paths and the channel each is for; the first that matches decides.
    #[serde(default)]
    pub paths: Paths,
    /// How a board's cards tell their channel.
    #[serde(default)]
    pub trello: Trello,
    /// What is the organisation's own.
    #[serde(default)]
    pub own: Own,
    /// What the transfers rest on.
    #[serde(default)]
    pub transfer: Transfer,
    /// Severities by rule, then by channel or channel class.
    #[serde(default)]
    pub severity: BTreeMap<String, BTreeMap<String, String>>,
    /// Globs of paths, or names of a board's lists, and the department each belongs to; for `ombud audit`.
    #[serde(default)]
    pub departments: Paths,
    /// Files and folders with the organisation's own rules and lists of words.
    #[serde(default)]
    pub rules: Vec<std::path::PathBuf>,
    /// Globs of files to leave out.
    #[serde(default)]
    pub exclude: Vec<String>,
    /// Exceptions for sources that have no comments, or for many at once.
    #[serde(default)]
    pub suppress: Vec<Exception>,
    /// Services that the organisation has an agreement with.
    #[serde(default)]
    pub agreements: Vec<Agreement>,
    /// Whether exceptions need a reason.
    #[serde(default)]
    pub reasons: Reasons,
    /// What `ombud fix` writes in place of a person's own.
    #[serde(default)]
    pub wording: OwnWords,
    /// What is too much to read.
    #[serde(default)]
    pub limits: OwnLimits,
}

/// `[limits]`
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct OwnLimits {
    /// Mebibytes of a source that is read as a whole.
    pub file_mib: Option<NonZeroU32>,
    /// Mebibytes of one unpacked part.
    pub part_mib: Option<NonZeroU32>,
    /// Mebibytes of all that is unpacked out of one source.
    pub total_mib: Option<NonZeroU32>,
    /// Parts of one archive.
    pub entries: Option<NonZeroU32>,
    /// Archives in archives.
    pub depth: Option<NonZeroU32>,
    /// How many times its packed size a part may grow.
    pub ratio: Option<NonZeroU32>,
}

impl From<OwnLimits> for Limits {
    fn from(own: OwnLimits) -> Self {
        let all = [own.file_mib, own.part_mib, own.total_mib, own.entries, own.depth, own.ratio];
        let set = LIMITS.iter().zip(all).filter_map(|(name, number)| Some((name, number?)));
        set.fold(Self::DEFAULT, |limits, (name, number)| with_limit(limits, name, number.get().into()))
    }
}

/// The names of limits, in the configuration and on the command line.
const LIMITS: [&str; 6] = ["file-mib", "part-mib", "total-mib", "entries", "depth", "ratio"];

/// `limits` with the one of this name changed.
#[must_use]
pub fn with_limit(limits: Limits, name: &str, number: u64) -> Limits {
    let count = usize::try_from(number).unwrap_or(usize::MAX);
    match name {
        // Offsets into a source have 32 bits.
        "file-mib" => Limits { file: number.min(4095) << 20, ..limits },
        "part-mib" => Limits { part: number.min(4095) << 20, ..limits },
        "total-mib" => Limits { total: number << 20, ..limits },
        "entries" => Limits { entries: count, ..limits },
        "depth" => Limits { depth: count, ..limits },
        "ratio" => Limits { ratio: number, ..limits },
        _ => limits,
    }
}

/// A limit as the command line gives it: `file-mib=64`.
///
/// # Errors
/// No limit of that name, or no number above 0.
pub fn one_limit(text: &str) -> Result<(String, u64), String> {
    let (name, number) = text.split_once('=').unwrap_or((text, ""));
    let number = number.parse::<NonZeroU32>().map_err(|_| "a number above 0 was expected: file-mib=64".to_owned())?;
    if !LIMITS.contains(&name) {
        return Err(format!("no limit `{name}`: {}", LIMITS.join(", ")));
    }
    Ok((name.to_owned(), number.get().into()))
}

/// `[wording]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OwnWords {
    /// A mailbox of a function.
    #[serde(default, deserialize_with = "plain")]
    pub mailbox: Option<String>,
    /// A number that reaches a function.
    #[serde(default, deserialize_with = "plain")]
    pub phone: Option<String>,
}

/// Text that can stand in every format as it is: no quotes, no markup, no ends of lines.
fn plain<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = String::deserialize(deserializer)?;
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, ' ' | '@' | '.' | '-' | '+' | '_' | '(' | ')');
    if text.is_empty() || !text.chars().all(is_plain) {
        return Err(serde::de::Error::custom("letters, digits and `@.-+_() ` only"));
    }
    Ok(Some(text))
}

/// `[[suppress]]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exception {
    /// Globs of paths it is for; empty: all.
    #[serde(default)]
    pub paths: Vec<String>,
    /// The label that a card of a board must have.
    pub label: Option<String>,
    /// Rules, by id or name.
    pub rules: Vec<String>,
    /// Why.
    #[serde(default)]
    pub reason: String,
    /// The last day it holds.
    pub till: Option<Day>,
    /// Since when.
    pub since: Option<Day>,
    /// Who decided.
    pub who: Option<String>,
}

/// `[[agreements]]`: a service whose use somebody has decided on. What rules say of it is marked as accepted, not left out.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreement {
    /// The service's domain, as in `rules/services.toml`; what lies below it is covered too.
    pub service: String,
    /// What the decision rests on.
    pub reason: String,
    /// Who decided.
    pub who: Option<String>,
    /// The last day it holds.
    pub till: Option<Day>,
    /// Since when.
    pub since: Option<Day>,
}

/// Whether exceptions need a reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Reasons {
    /// One without does not hold.
    #[default]
    Required,
    /// As the author likes.
    Optional,
}

/// Globs and channels, in the order of the file.
#[derive(Clone, Debug, Default)]
pub struct Paths(pub Vec<(String, String)>);

impl<'de> Deserialize<'de> for Paths {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder;
        impl<'de> serde::de::Visitor<'de> for InOrder {
            type Value = Paths;
            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("a table of globs and channels")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Paths, A::Error> {
                let mut all = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    all.push(entry);
                }
                Ok(Paths(all))
            }
        }
        deserializer.deserialize_map(InOrder)
    }
}

/// `[trello]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Trello {
    /// Names of labels (or lists) and the channel each stands for.
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
}

/// `[own]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Own {
    /// Mail domains.
    #[serde(default)]
    pub domains: Vec<String>,
    /// Telephone numbers that reach the organisation, not one person.
    #[serde(default)]
    pub switchboards: Vec<String>,
    /// Addresses of the organisation's premises.
    #[serde(default)]
    pub premises: Vec<String>,
    /// Those who hold a public office: named as such wherever they are named.
    #[serde(default)]
    pub office_holders: Vec<OfficeHolder>,
}

/// `[[own.office-holders]]`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OfficeHolder {
    /// The full name.
    pub name: String,
    /// The office.
    pub role: String,
    /// The last day of the term.
    pub till: Option<Day>,
}

impl Own {
    /// What is the organisation's own on this day: those whose term has ended hold no office.
    #[must_use]
    pub fn on(&self, today: Day) -> crate::resolve::Own {
        let now = self.office_holders.iter().filter(|h| h.till.is_none_or(|till| today <= till));
        crate::resolve::Own::new(&self.switchboards, &self.domains, &self.premises).with_holders(now.map(|h| h.name.as_str()))
    }
}

/// `[transfer]`
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
pub struct Transfer {
    /// Whether the Data Privacy Framework counts.
    #[serde(default)]
    pub dpf: Dpf,
    /// The day from which it is not relied on.
    pub dpf_invalid_from: Option<Day>,
    /// Channels, by id, whose owner somebody has looked up on the framework's list, and when.
    #[serde(default)]
    pub confirmed: BTreeMap<String, Confirmed>,
}

/// `[transfer.confirmed]`: `facebook = { on = 2026-10-01, who = "…" }`
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Confirmed {
    /// When the list was read.
    pub on: Day,
    /// Who read it.
    pub who: Option<String>,
}

impl Transfer {
    /// Whether the Data Privacy Framework is relied on on this day.
    #[must_use]
    pub fn counts_dpf(&self, today: Day) -> bool {
        self.dpf == Dpf::Accepted && self.dpf_invalid_from.is_none_or(|from| today < from) && today >= DPF_SINCE
    }

    /// The class that a channel of `class` has on this day.
    #[must_use]
    pub fn class_on(&self, class: Class, today: Day) -> Class {
        if class == Class::UsDpf && !self.counts_dpf(today) { Class::ThirdCountry } else { class }
    }
}

/// The date of (EU) 2023/1795.
const DPF_SINCE: Day = Day::of(2023, 7, 10);

/// How far the Data Privacy Framework is relied on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Dpf {
    /// It stands: (EU) 2023/1795.
    #[default]
    Accepted,
    /// It does not: US platforms count as any third country.
    Invalid,
}

/// A fault in a configuration, with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigError {
    /// What is wrong and what to write instead.
    pub message: String,
    /// The bytes of the file it is about.
    pub span: Range<usize>,
}

impl Config {
    /// Reads the text of an `ombud.toml`.
    ///
    /// # Errors
    /// Not TOML, an unknown key (with the nearest known one) or a value of the wrong type.
    pub fn parse(text: &str) -> Result<Self, ConfigError> {
        toml::from_str(text).map_err(|e| {
            let span = e.span().unwrap_or(0..0);
            let message = e.message().lines().next().unwrap_or("not TOML").to_owned();
            ConfigError { message: with_nearest(&message), span }
        })
    }
}

/// Shortens serde's "unknown field `x`, expected one of `a`, `b`" to the nearest name.
pub(crate) fn with_nearest(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let Some((what, name)) = message.split_once('`').map(|(what, _)| what.trim()).zip(quoted.next()) else { return message.to_owned() };
    if !what.starts_with("unknown") {
        return message.to_owned();
    }
    let near = nearest(name, quoted).map_or_else(String::new, |k| format!(", did you mean `{k}`?"));
    format!("{what} `{name}`{near}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_name_their_place_and_the_nearest_key() {
        let text = "organisation = \"Ex\"\nlangauge = \"sv\"\n";
        let fault = Config::parse(text).map(|_| ()).unwrap_err();
        assert_eq!(fault.message, "unknown field `langauge`, did you mean `language`?");
        assert_eq!(&text[fault.span], "langauge");
    }

    #[test]
    fn paths_keep_their_order() {
        let config = Config::parse("[paths]\n\"b/**\" = \"web\"\n\"a/**\" = \"facebook\"\n[transfer]\ndpf = \"invalid\"\n").unwrap();
        assert_eq!(config.paths.0[0].0, "b/**");
        let day = |text| Day::parse(text).unwrap();
        assert_eq!(config.transfer.class_on(Class::UsDpf, day("2026-11-23")), Class::ThirdCountry);
        let config = Config::parse("[transfer]\ndpf-invalid-from = 2027-01-01\n").unwrap();
        assert_eq!(config.transfer.class_on(Class::UsDpf, day("2026-12-31")), Class::UsDpf);
        assert_eq!(config.transfer.class_on(Class::UsDpf, day("2027-01-01")), Class::ThirdCountry);
        assert_eq!(config.transfer.class_on(Class::UsDpf, day("2023-07-09")), Class::ThirdCountry);
    }
}
