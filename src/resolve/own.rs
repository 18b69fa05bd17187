//! What is the organisation's own: its switchboards, mail domains and premises are no person's.

use crate::detect::{Attribute, Entity, Kind, Reason};

/// The organisation's own numbers, domains and addresses, made ready to compare.
#[derive(Clone, Debug, Default)]
pub struct Own {
    switchboards: Vec<String>,
    domains: Vec<String>,
    premises: Vec<String>,
    holders: Vec<String>,
}

impl Own {
    /// Takes numbers, domains and addresses as people write them.
    #[must_use]
    pub fn new(switchboards: &[String], domains: &[String], premises: &[String]) -> Self {
        Self {
            switchboards: switchboards.iter().map(|n| national(n)).collect(),
            domains: domains.iter().map(|d| d.trim_start_matches('@').to_lowercase()).collect(),
            premises: premises.iter().map(|a| plain(a)).collect(),
            holders: Vec::new(),
        }
    }

    /// The same, knowing the names of those who hold a public office.
    #[must_use]
    pub fn with_holders<'n>(self, names: impl IntoIterator<Item = &'n str>) -> Self {
        Self { holders: names.into_iter().map(plain).collect(), ..self }
    }

    fn is_empty(&self) -> bool {
        self.switchboards.is_empty() && self.domains.is_empty() && self.premises.is_empty()
    }
}

/// Marks the entities that are the organisation's own.
pub(super) fn mark(found: &mut [Entity], text: &str, own: &Own) {
    if own.is_empty() {
        return;
    }
    for entity in found {
        let words = &text[entity.span.range()];
        let attribute = match entity.kind {
            Kind::Phone if own.switchboards.contains(&national(words)) => Attribute::Switchboard,
            Kind::Email if !entity.attributes.has(Attribute::Shared) && is_own_domain(words, &own.domains) => Attribute::Work,
            Kind::Address if own.premises.iter().any(|p| plain(words).starts_with(p.as_str())) => Attribute::Organisation,
            _ => continue,
        };
        if attribute == Attribute::Switchboard {
            entity.attributes = entity.attributes.without(Attribute::Work);
        }
        entity.attributes = entity.attributes.with(attribute);
        entity.evidence.push(Reason::Listed);
    }
}

/// Marks those who hold an office by their full name, and by one of their names in a document that has it in full.
pub(super) fn holders(found: &mut [Entity], text: &str, own: &Own) {
    if own.holders.is_empty() {
        return;
    }
    let name = |e: &Entity| plain(&text[e.span.range()]);
    let is = |written: &str, holder: &str| written == holder || written.strip_suffix('s') == Some(holder);
    let here: Vec<&String> = own.holders.iter().filter(|h| found.iter().any(|e| e.kind == Kind::Person && is(&name(e), h))).collect();
    for person in found.iter_mut().filter(|e| e.kind == Kind::Person) {
        let written = name(person);
        let is_part = |h: &str| !written.contains(' ') && h.split(' ').any(|part| is(&written, part));
        let other = [Attribute::Minor, Attribute::Dead, Attribute::Fictional].iter().any(|&a| person.attributes.has(a));
        if !other && here.iter().any(|h| is(&written, h) || is_part(h)) {
            person.attributes = person.attributes.with(Attribute::Official);
            person.evidence.push(Reason::Listed);
        }
    }
}

/// A telephone number's digits with one leading zero.
fn national(number: &str) -> String {
    let digits: String = number.replace("(0)", "").chars().filter(char::is_ascii_digit).collect();
    let abroad = number.trim_start().starts_with('+') || digits.starts_with("0046");
    let bare = digits.trim_start_matches('0');
    format!("0{}", if abroad { bare.strip_prefix("46").unwrap_or(bare) } else { bare })
}

fn is_own_domain(email: &str, domains: &[String]) -> bool {
    let Some((_, domain)) = email.rsplit_once('@') else { return false };
    let domain = domain.to_lowercase();
    domains.iter().any(|own| domain == *own || domain.strip_suffix(own.as_str()).is_some_and(|rest| rest.ends_with('.')))
}

/// An address in small letters with single blanks.
fn plain(address: &str) -> String {
    address.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_is_known_however_it_is_written() {
        for written in ["031-390 06 00", "+46 31 390 06 00", "+46 (0)31-3900600", "0046313900600"] {
            assert_eq!(national(written), "0313900600", "{written}");
        }
    }

    #[test]
    fn office_holders_are_known_by_their_names() {
        use crate::engine::{Engine, Scratch};
        use crate::{Rulebook, Sensitivity};
        let own = Own::default().with_holders(["Linnea Ek"]);
        let engine = Engine::new(Rulebook::built_in(), Sensitivity::Normal).with_own(own);
        let text = "Linnea Ek vann. Kim Ström kom tvåa. Tack, Linnea Ek!";
        let found = engine.detect(text, &mut Scratch::default());
        let official: Vec<_> = found.iter().filter(|e| e.attributes.has(Attribute::Official)).map(|e| &text[e.span.range()]).collect();
        assert_eq!(official, ["Linnea Ek", "Linnea Ek"]);
    }

    #[test]
    fn domains_match_at_dots() {
        let own = vec!["example.se".to_owned()];
        assert!(is_own_domain("a@skola.example.se", &own) && is_own_domain("a@Example.se", &own));
        assert!(!is_own_domain("a@minskola.example.se", &["skola.example.se".to_owned()]));
    }
}
