//! Rules about what a page loads or links to, and about pictures without a text alternative: judged by the host, never by
//! what else stands in the address.

use std::collections::HashSet;

use super::judge::{AllFired, Fired, Judge, Once, others};
use super::near::Near;
use super::pattern::Pattern;
use super::services::{CATEGORIES, Country, Service, Services};
use super::suppress::Given;
use crate::detect::{Attributes, Confidence, Evidence, EvidenceList, Kind, Reason, RuleError};
use crate::document::{Alternative, Document, Format, How, Region, Role, host_of};
use crate::finding::Finding;
use crate::rulefile::{self, Names};
use crate::sensitive::Masked;
use crate::text::{Norm, Span, Src};

/// What a pattern asks of a reference.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asked {
    /// A bit for each category of service.
    categories: u32,
    /// A bit for each way to refer; none: all.
    ways: u16,
    /// A bit for each sort of country; none: all.
    countries: u8,
    /// A bit for each fault of a text alternative.
    pictures: u8,
}

impl Asked {
    /// What the pattern asks; `None`: it is about something else.
    pub(super) fn load(file: &rulefile::Pattern) -> Result<Option<Self>, RuleError> {
        let fault = |message: &str| Err(RuleError { message: message.into() });
        if file.service.is_empty() && file.picture.is_empty() {
            return if file.by.is_empty() && file.country.is_empty() { Ok(None) } else { fault("`by` and `country` need a `service`") };
        }
        if !file.kind.is_empty() || !file.lexicon.is_empty() {
            return fault("a pattern is about data, words, services or pictures, not about several");
        }
        let bits = |names: &Names, what: &str, known: &[&'static str]| {
            names.iter().try_fold(0_u32, |bits, name| {
                let at = known.iter().position(|k| k == name).ok_or_else(|| RuleError::unknown(what, name, known.iter().copied()))?;
                Ok(bits | 1 << at)
            })
        };
        let ways = bits(&file.by, "way to refer", &How::ALL.map(How::name))?;
        let countries = bits(&file.country, "country", &Country::ALL.map(Country::name))?;
        let pictures = bits(&file.picture, "picture", &["missing", "file-name"])?;
        let categories = if file.service.iter().any(|s| s == "any") { u32::MAX } else { bits(&file.service, "category", &CATEGORIES)? };
        #[expect(clippy::cast_possible_truncation, reason = "there are 9 ways, 4 sorts of country and 2 faults")]
        Ok(Some(Self { categories, ways: ways as u16, countries: countries as u8, pictures: pictures as u8 }))
    }

    fn takes(&self, found: &Found) -> bool {
        let Some((service, country)) = found.service else {
            return match found.alternative {
                Alternative::Fine => false,
                Alternative::Missing => self.pictures & 1 != 0,
                Alternative::FileName => self.pictures & 2 != 0,
            };
        };
        self.categories & 1 << service.category != 0
            && (self.ways == 0 || self.ways & 1 << found.how as u16 != 0)
            && (self.countries == 0 || self.countries & country.bit() != 0)
    }
}

/// A reference, with whose it is.
struct Found {
    how: How,
    alternative: Alternative,
    service: Option<(&'static Service, Country)>,
    /// Where it stands in the text, if it does.
    at: Span<Norm>,
    span: Span<Src>,
    region: Region,
}

impl<'p> Judge<'p> {
    /// Adds what the rules say of the document's references.
    pub(super) fn add_references(
        &self,
        near: &Near<'_, '_>,
        channel_of: &dyn Fn(&Region) -> usize,
        given: &mut Given<'_>,
        once: &mut Once<'p>,
        findings: &mut Vec<Finding<'p>>,
    ) {
        if self.of_references.is_empty() {
            return;
        }
        let document = near.document;
        let before = findings.len();
        self.each_reference(document, &mut |found| {
            let channel = channel_of(&found.region);
            let mut fired = AllFired::new();
            for &rule in &self.of_references {
                let asked = |p: &Pattern| p.asked.is_some_and(|a| a.takes(&found));
                if !rule.when.iter().any(|c| asked(&c.find)) {
                    continue;
                }
                fired.extend(self.fires(near, rule, &found.region, channel, once, |c| asked(&c.find) && near.holds(c, found.at)));
            }
            if fired.is_empty() {
                return;
            }
            let service = found.service.map_or("", |(s, _)| s.domain);
            let (open, hidden, accepted) = given.part(&fired, found.span, document.labels_of(&found.region), service);
            findings.extend(self.of_reference(&found, &open));
            findings.extend(self.of_reference(&found, &hidden).map(|f| Finding { accepted, ..f }));
        });
        if findings.len() > before {
            findings.sort_by_key(|f| f.span.start);
        }
    }

    /// Gives every reference to a known service, and every picture at fault, to `take`.
    fn each_reference(&self, document: &Document<'_>, take: &mut dyn FnMut(Found)) {
        let (today, dpf) = (self.today(), self.policy.counts_dpf(self.today()));
        let known = |address: &str, how| {
            let services = Services::built_in();
            let service = services.find(address, how)?;
            Some((service, services.country(service, today, dpf)))
        };
        for r in &document.references {
            let service = if r.address.is_empty() { None } else { known(&r.address, r.how) };
            if service.is_some() || r.alternative != Alternative::Fine {
                let region = Region { span: Span::new(0, 0), role: Role::Url, place: r.place, channel: r.channel };
                take(Found { how: r.how, alternative: r.alternative, service, at: Span::new(0, 0), span: r.span, region });
            }
        }
        let text = document.text.as_str();
        let is_prose =
            matches!(document.format, None | Some(Format::Text | Format::Json | Format::JsonLines | Format::Csv | Format::Trello));
        // A page's own text only mentions addresses; in a post they are links.
        let mut written = is_prose.then(|| memchr::memmem::find_iter(text.as_bytes(), b"://")).into_iter().flatten().peekable();
        if written.peek().is_none() && !is_prose && document.regions.iter().all(|r| r.role != Role::Url) {
            return;
        }
        // An address that is loaded stands in a region of its own where it names something: it is no link.
        let loaded: HashSet<u32> = document.references.iter().map(|r| r.span.start).collect();
        let mut add = |region: &Region, start: usize, how: How| {
            let end = region.span.range().end;
            let Some((address, host)) = host_of(&text[start..end]) else { return };
            if let Some(service) = known(&address, how) {
                #[expect(clippy::cast_possible_truncation, reason = "documents are limited to 4 GiB before they are read")]
                let at = Span::new((start + host.start) as u32, (start + host.end) as u32);
                let span = document.text.source_span(at);
                if loaded.contains(&span.start) {
                    return;
                }
                take(Found { how, alternative: Alternative::Fine, service: Some(service), at, span, region: *region });
            }
        };
        if is_prose {
            for colon in written {
                let start = text[..colon]
                    .rfind(|c: char| !c.is_ascii_alphabetic())
                    .map_or(0, |p| p + text[p..].chars().next().map_or(1, char::len_utf8));
                #[expect(clippy::cast_possible_truncation, reason = "documents are limited to 4 GiB before they are read")]
                let Some(region) = document.region_of(Span::new(start as u32, colon as u32)) else { continue };
                add(region, start, if region.role == Role::Url { How::Link } else { How::Written });
            }
        } else {
            for region in document.regions.iter().filter(|r| r.role == Role::Url) {
                add(region, region.span.range().start, How::Link);
            }
        }
    }

    fn of_reference(&self, found: &Found, fired: &[Fired<'p>]) -> Option<Finding<'p>> {
        let &Fired { severity, rule, channel } = fired.iter().max_by_key(|f| (f.severity, std::cmp::Reverse(f.rule.id)))?;
        let place = self.policy.channels().at(channel);
        let mut evidence = EvidenceList::default();
        let words = match found.service {
            Some((service, _)) => {
                evidence.push(Evidence { reason: Reason::Listed, detail: Some(service.about) });
                service.domain
            }
            None => {
                evidence.push(Reason::Absent);
                "img"
            }
        };
        Some(Finding {
            rule,
            also: others(fired, rule),
            count: 1,
            kind: Kind::Word,
            attributes: Attributes::NONE,
            severity,
            confidence: Confidence::High,
            span: found.span,
            role: found.region.role,
            place: found.region.place,
            channel: place.id,
            channel_name: place.name,
            masked: Masked::own(words),
            who: None,
            evidence,
            fingerprint: super::fingerprint::fingerprint(rule.id, words, "", Span::new(0, 0), std::iter::empty()),
            instead: found.service.and_then(|(service, _)| service.instead(found.how)),
            accepted: None,
        })
    }
}
