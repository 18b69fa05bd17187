//! Services that pages load from or link to: the file that people write, and the table that the program reads.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Bilingual;

/// `rules/services.toml`: whose the services are that pages load from or link to.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServicesFile {
    /// When a person last read the whole file, `YYYY-MM-DD`.
    pub reviewed: String,
    /// The services.
    pub service: Vec<ServiceFile>,
    /// What to use in place of them, by name.
    pub instead: BTreeMap<String, InsteadFile>,
}

/// What to use in place of a service: a sentence for the remedy.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InsteadFile {
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
    /// Whether it says something only of what is embedded, not of a link.
    #[serde(default)]
    pub embedded: bool,
}

/// One service.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceFile {
    /// Its domain and all below it; a path may follow.
    pub domain: String,
    /// What it is called.
    pub name: String,
    /// Who owns it.
    pub owner: String,
    /// The owner's country, ISO 3166 alpha-2.
    pub country: String,
    /// What it does.
    pub category: String,
    /// How pages commonly refer to it.
    pub by: Vec<String>,
    /// What to use in place of it; left out: nothing better is known, or it is in the EU.
    #[serde(default)]
    pub instead: Option<String>,
}

/// The services as the program reads them: nothing is left to work out at start. `build.rs` writes it with owned strings,
/// the program reads it with borrowed ones.
#[derive(Debug, Serialize, Deserialize)]
pub struct ServiceTable<S> {
    /// When a person last read the file, `YYYY-MM-DD`.
    pub reviewed: S,
    /// The services by domain, those of one domain the longest path first.
    pub rows: Vec<ServiceRow<S>>,
    /// What to use in place of them, and whether that says something only of what is embedded.
    pub instead: Vec<(Bilingual, bool)>,
}

/// One service of the table.
#[derive(Debug, Serialize, Deserialize)]
pub struct ServiceRow<S> {
    /// Its domain and all below it.
    pub domain: S,
    /// A path that must follow the domain.
    pub path: S,
    /// Its name, owner and the owner's country, for people to read.
    pub about: S,
    /// The owner's country, ISO 3166 alpha-2.
    pub country: S,
    /// What it does.
    pub category: S,
    /// The number of its [`ServiceTable::instead`].
    pub instead: Option<u32>,
    /// Whether pages refer to it by scripts alone: then an address in a script's text is one.
    pub only_script: bool,
}

impl ServicesFile {
    /// The table of the file; an error names the service whose `instead` is not there.
    pub fn table(self) -> Result<ServiceTable<String>, String> {
        let keys: Vec<String> = self.instead.keys().cloned().collect();
        let row = |s: ServiceFile| {
            let (domain, path) = s.domain.find('/').map_or((s.domain.as_str(), ""), |p| s.domain.split_at(p));
            let instead = match &s.instead {
                Some(key) => Some(keys.binary_search(key).map_err(|_| format!("`{}`: no `{key}` in [instead]", s.domain))? as u32),
                None => None,
            };
            Ok(ServiceRow {
                domain: domain.to_owned(),
                path: path.to_owned(),
                about: format!("{}, {} ({})", s.name, s.owner, s.country),
                only_script: s.by.iter().any(|b| b == "script") && s.by.iter().all(|b| matches!(b.as_str(), "script" | "img")),
                country: s.country,
                category: s.category,
                instead,
            })
        };
        let mut rows: Vec<ServiceRow<String>> = self.service.into_iter().map(row).collect::<Result<_, String>>()?;
        rows.sort_by(|a, b| a.domain.cmp(&b.domain).then(b.path.len().cmp(&a.path.len())));
        let instead = self.instead.into_values().map(|i| (Bilingual { sv: i.sv, en: i.en }, i.embedded)).collect();
        Ok(ServiceTable { reviewed: self.reviewed, rows, instead })
    }
}
