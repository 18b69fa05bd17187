//! Services that pages load from or link to: whose they are, and what the owner's country means on a given day.

use std::sync::OnceLock;

use super::Day;
use crate::document::How;
use crate::rulefile::{AdequacyFile, Bilingual, CountryFile, ServiceRow, ServiceTable};

/// What a transfer to the owner of a service rests on, as far as the country says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Country {
    /// In the EU or the EEA: none is needed.
    Eu,
    /// The Commission has found the country's protection adequate.
    Adequate,
    /// The USA while the Data Privacy Framework stands: adequate for those on its list.
    Us,
    /// No decision.
    Third,
}

impl Country {
    pub(super) const ALL: [Self; 4] = [Self::Eu, Self::Adequate, Self::Us, Self::Third];

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Eu => "eu",
            Self::Adequate => "adequate",
            Self::Us => "us",
            Self::Third => "third-country",
        }
    }

    pub(super) const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// A service.
#[derive(Debug)]
pub(super) struct Service {
    /// Its domain.
    pub(super) domain: &'static str,
    /// The number of its category in [`CATEGORIES`].
    pub(super) category: usize,
    /// Its name, owner and the owner's country, for people to read.
    pub(super) about: &'static str,
    country: &'static str,
    /// A path that must follow the domain.
    path: &'static str,
    /// What to use in place of it, and whether that says something only of what is embedded.
    instead: Option<&'static (Bilingual, bool)>,
    /// Whether pages refer to it by scripts alone: then an address in a script's text is one.
    only_script: bool,
}

/// What services do: the names that rules use.
pub(super) const CATEGORIES: [&str; 23] = [
    "accessibility",
    "ads",
    "ai",
    "analytics",
    "audio",
    "captcha",
    "cdn",
    "chat",
    "consent",
    "dashboard",
    "font",
    "form",
    "link-shortener",
    "map",
    "meeting",
    "newsletter",
    "payment",
    "search",
    "social",
    "storage",
    "tag-manager",
    "translation",
    "video",
];

/// All services, by domain; read when a document first refers to another host.
#[derive(Debug)]
pub(super) struct Services {
    all: Vec<Service>,
    adequacy: AdequacyFile,
}

static BUILT_IN: OnceLock<Services> = OnceLock::new();

fn files() -> (ServiceTable<&'static str>, AdequacyFile) {
    postcard::from_bytes(include_bytes!(concat!(env!("OUT_DIR"), "/services.bin"))).expect("build.rs wrote them with the same types")
}

/// When a person last read the lists of services and of countries.
pub(super) fn reviews() -> [(String, String); 2] {
    let (services, adequacy) = files();
    [("services".to_owned(), services.reviewed.to_owned()), ("adequacy".to_owned(), adequacy.reviewed)]
}

impl Services {
    /// The built-in services.
    pub(super) fn built_in() -> &'static Self {
        BUILT_IN.get_or_init(|| {
            let (services, adequacy) = files();
            let instead: &'static [(Bilingual, bool)] = services.instead.leak();
            let service = |s: ServiceRow<&'static str>| Service {
                domain: s.domain,
                category: CATEGORIES.iter().position(|c| *c == s.category).unwrap_or(CATEGORIES.len()),
                about: s.about,
                country: s.country,
                path: s.path,
                instead: s.instead.and_then(|at| instead.get(at as usize)),
                only_script: s.only_script,
            };
            Self { all: services.rows.into_iter().map(service).collect(), adequacy }
        })
    }

    /// The service at `address` (a host and the start of a path), referred to so: the longest domain that fits.
    pub(super) fn find(&self, address: &str, how: How) -> Option<&Service> {
        let (host, path) = address.find('/').map_or((address, ""), |p| address.split_at(p));
        let mut rest = host;
        loop {
            let of_domain = &self.all[self.all.partition_point(|s| s.domain < rest)..];
            let mut of_domain = of_domain.iter().take_while(|s| s.domain == rest).peekable();
            if of_domain.peek().is_some() {
                let at_path = of_domain.find(|s| path.starts_with(s.path));
                return at_path.filter(|s| how != How::Inline || s.only_script || s.is_tags());
            }
            rest = rest.split_once('.')?.1;
        }
    }

    /// What the country of the service's owner means on this day. `dpf`: whether the Data Privacy Framework counts.
    pub(super) fn country(&self, service: &Service, today: Day, dpf: bool) -> Country {
        if self.adequacy.eu.iter().any(|c| c == service.country) {
            return Country::Eu;
        }
        let holds = |c: &&CountryFile| {
            let day = |text: &str| Day::parse(text);
            c.code == service.country
                && day(&c.adopted).is_some_and(|d| d <= today)
                && c.until.as_deref().and_then(day).is_none_or(|d| today <= d)
        };
        match self.adequacy.country.iter().find(holds) {
            Some(c) if c.code == "US" => {
                if dpf {
                    Country::Us
                } else {
                    Country::Third
                }
            }
            Some(_) => Country::Adequate,
            None => Country::Third,
        }
    }

    /// Whether every category, country and date of the built-in tables can be used.
    ///
    /// # Errors
    /// What is at fault.
    #[cfg(test)]
    pub(super) fn check() -> Result<(), crate::detect::RuleError> {
        let (services, adequacy) = files();
        for s in &services.rows {
            if !CATEGORIES.contains(&s.category) {
                return Err(crate::detect::RuleError::unknown("category", s.category, CATEGORIES));
            }
            let lacks = s.instead.is_none() && !adequacy.eu.iter().any(|c| c == s.country) && s.country != "GB";
            if lacks {
                return Err(crate::detect::RuleError { message: format!("`{}` lacks an `instead`", s.domain) });
            }
        }
        for c in &adequacy.country {
            for date in std::iter::once(&c.adopted).chain(&c.until) {
                Day::parse(date).ok_or_else(|| crate::detect::RuleError { message: format!("`{date}` is no date") })?;
            }
        }
        Ok(())
    }
}

impl Service {
    /// What to use in place of it, for whoever refers to it so.
    pub(super) fn instead(&self, how: How) -> Option<&'static Bilingual> {
        let links = matches!(how, How::Link | How::Written);
        self.instead.filter(|(_, embedded)| !(links && *embedded)).map(|(sentence, _)| sentence)
    }

    /// Whether it loads other scripts: pages start it from a script of their own.
    fn is_tags(&self) -> bool {
        CATEGORIES[self.category.min(CATEGORIES.len() - 1)] == "tag-manager"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn domains_are_matched_by_their_parts() {
        let services = Services::built_in();
        let domain = |address: &str| services.find(address, How::Frame).map(|s| s.domain);
        for (address, found) in [
            ("fonts.googleapis.com/css", Some("fonts.googleapis.com")),
            ("storage.googleapis.com/x", Some("googleapis.com")),
            ("www.youtube.com/embed/x", Some("youtube.com")),
            ("notyoutube.com/embed", None),
            ("youtube.com.exempel.example/", None),
            ("exempel.example/youtube.com", None),
            ("youtube-filmer.exempel.example/", None),
        ] {
            assert_eq!(domain(address), found, "{address}");
        }
        let category = |address: &str| services.find(address, How::Link).map(|s| CATEGORIES[s.category]);
        assert_eq!(category("docs.google.com/forms/d/e/1"), Some("form"));
        assert_eq!(category("docs.google.com/document/d/1"), Some("storage"));
        assert!(services.find("www.facebook.com/exempelkommun", How::Inline).is_none());
        assert!(services.find("connect.facebook.net/sv_SE/sdk.js", How::Inline).is_some());
        Services::check().unwrap();
    }

    #[test]
    fn a_country_is_judged_by_the_day() {
        let services = Services::built_in();
        let country = |host: &str, day: &str, dpf| services.country(services.find(host, How::Link).unwrap(), Day::parse(day).unwrap(), dpf);
        assert_eq!(country("youtube.com", "2026-11-23", true), Country::Us);
        assert_eq!(country("youtube.com", "2026-11-23", false), Country::Third);
        assert_eq!(country("youtube.com", "2022-01-01", true), Country::Third);
        assert_eq!(country("openstreetmap.org", "2026-11-23", true), Country::Adequate);
        assert_eq!(country("openstreetmap.org", "2032-01-01", true), Country::Third);
        assert_eq!(country("plausible.io", "2026-11-23", true), Country::Eu);
        assert_eq!(country("mc.yandex.ru", "2026-11-23", true), Country::Third);
    }
}
