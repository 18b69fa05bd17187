//! IP addresses (RFC 791, RFC 4291): personal data where they can lead to somebody (C-582/14 Breyer).

use core::net::{Ipv4Addr, Ipv6Addr};

use super::number::{Joint, Number};
use super::{Anchor, At, Attribute, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};

/// Finds IP addresses.
#[derive(Debug)]
pub struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Ip
    }

    fn anchors(&self) -> At {
        At::LONG.or(At::COLON)
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let Anchor::Number(number) = at else { return };
        out.extend(v4(&number, p).or_else(|| v6(&number, p)));
    }
}

fn v4(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    if number.groups.len() < 4 || (1..4).any(|i| number.joint(i) != Joint::Dot) || number.len(0) > 3 {
        return None;
    }
    let end = number.groups[3].end;
    let address: Ipv4Addr = number.text[number.start()..end].parse().ok()?;
    // A fifth group, or a letter before, makes it a version or a section.
    if number.is_glued_before() || number.joint(4) == Joint::Dot || number.char_at(end).is_some_and(|c| c.is_alphanumeric()) {
        return None;
    }
    let mut evidence = EvidenceList::from([Reason::Shape]);
    let octets = address.octets();
    // Versions and section numbers are made of small figures, and end in zeros where they are large (`120.0.0.0`).
    let large = octets.iter().filter(|o| **o >= 20).count();
    if octets[0] > 0 && (large >= 2 || octets[0] >= 100 && octets[2..] != [0, 0]) {
        evidence.push(Reason::Form);
    }
    Some(finish(number.start(), end, evidence, address.is_documentation() || address.is_loopback(), p))
}

fn v6(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let is_sign = |b: &u8| b.is_ascii_hexdigit() || *b == b':';
    let bytes = number.text.as_bytes();
    let lead = bytes[..number.start()].iter().rev().take(5).take_while(|b| b.is_ascii_hexdigit()).count();
    let start = number.start() - lead;
    let len = bytes[start..].iter().take(40).take_while(|b| is_sign(b)).count();
    let end = start + len - bytes[start..start + len].iter().rev().take_while(|b| **b == b':').count();
    let text = number.text.get(start..end)?;
    if text.bytes().filter(|b| *b == b':').count() < 3 && !text.contains("::") || text.len() < 6 {
        return None;
    }
    let address: Ipv6Addr = text.parse().ok()?;
    if number.text[..start].ends_with(|c: char| c.is_alphanumeric() || c == ':') || number.char_at(end).is_some_and(char::is_alphanumeric) {
        return None;
    }
    let documentation = address.segments()[..2] == [0x2001, 0xdb8];
    Some(finish(start, end, EvidenceList::from([Reason::Shape, Reason::Form]), documentation, p))
}

fn finish(start: usize, end: usize, mut evidence: EvidenceList, documentation: bool, p: &Passage<'_>) -> Entity {
    let cue = p.rules.cues(Kind::Ip).around(p.text, start..end);
    if let Some(word) = cue.speaks_for() {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    } else if let Some(word) = cue.speaks_against() {
        evidence.push(Evidence { reason: Reason::Against, detail: Some(word) });
    }
    if documentation {
        evidence.push(Reason::Listed);
    }
    let entity = Entity::new(Kind::Ip, start, end, evidence);
    if documentation { entity.with(Attribute::Test) } else { entity }
}
