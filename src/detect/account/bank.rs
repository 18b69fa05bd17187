//! Bank accounts: a clearing number from the banks' table and the account number after it.

use std::sync::LazyLock;

use super::super::number::{Joint, Number};
use super::super::{Attribute, Entity, Evidence, EvidenceList, Kind, Passage, Reason};
use super::hear;

/// First and last clearing number of each bank and the most digits of its accounts: `from`, `to`, `digits`.
static CLEARING: &str = include_str!("../../../rules/lexicons/clearing.tsv");

/// The account that starts the number: `6123-123 456 789`, `8123-4, 123 456 789-0`, `9023-12.345.67`.
pub(super) fn find(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    if number.len(0) != 4 {
        return None;
    }
    let clearing = number.group(0).parse().ok()?;
    let most = account_digits(clearing)?;
    if let Some(found) = worded(number, most, p) {
        return Some(found);
    }
    if number.groups.len() < 2 {
        return None;
    }
    // Swedbank's clearing numbers 8xxx have a fifth digit of their own.
    let fifth = (8000..9000).contains(&clearing) && number.len(1) == 1 && number.joint(1) == Joint::Hyphen;
    let first = if fifth { 2 } else { 1 };
    let (mut count, mut last) = (0, 0);
    for i in first..number.groups.len() {
        // `4010.12.300.7` is a ledger's account or a version: a clearing number ends otherwise.
        let named = || p.rules.words(Kind::Account, "bank-number").before(p.text, number.start()).pro.is_some_and(|(_, d)| d <= 2);
        if i == first && number.joint(i) == Joint::Dot && !named() {
            return None;
        }
        let loose_first = i == first && number.text[number.groups[i - 1].end..number.groups[i].start].trim_matches([',', ' ', '\u{a0}']).is_empty();
        if !(matches!(number.joint(i), Joint::Space | Joint::Hyphen | Joint::SpacedHyphen | Joint::Dot | Joint::Comma) || loose_first) || count + number.len(i) > most.max(7) {
            break;
        }
        count += number.len(i);
        last = i;
    }
    if !(6..=10).contains(&count) || last == 0 {
        return None;
    }
    let (start, end) = (number.start(), number.groups[last].end);
    if number.is_glued_after(end) {
        return None;
    }
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Table]);
    hear(&mut evidence, "bank", start, end, p).then(|| Entity::new(Kind::Account, start, end, evidence).with(Attribute::Clearing))
}

/// Both numbers by their names: `clearing 5042, kontonr 613 27 50`, `Clearing: 5042 / 613 27 50`.
fn worded(number: &Number<'_>, most: usize, p: &Passage<'_>) -> Option<Entity> {
    // Most years may be clearing numbers: the word is looked for as it is written first.
    let from = p.text.ceil_char_boundary(number.start().saturating_sub(30));
    if !p.text.as_bytes()[from..number.start()].windows(4).any(|part| part.eq_ignore_ascii_case(b"lear") || part.eq_ignore_ascii_case(b"clnr")) {
        return None;
    }
    let (word, _) = p.rules.words(Kind::Account, "clearing").before(p.text, number.start()).pro.filter(|(_, d)| *d <= 2)?;
    let end = number.groups[0].end;
    let bare = |text: &str| text.len() - text.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let rest = &p.text[end..p.text.floor_char_boundary((end + 60).min(p.text.len()))];
    let mut at = bare(rest);
    let letters = rest[at..].find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len() - at);
    let called = letters > 0 && p.rules.words(Kind::Account, "bank").is_listed(&rest[at..at + letters]);
    if called {
        at += letters;
        at += bare(&rest[at..]);
    }
    if at > 24 || letters > 0 && !called {
        return None;
    }
    let (mut count, mut last) = (0, at);
    for (i, c) in rest[at..].char_indices() {
        if c.is_ascii_digit() {
            count += 1;
            last = at + i + 1;
        } else if !matches!(c, ' ' | '-' | '.' | '\u{a0}') || at + i > last + 1 {
            break;
        }
    }
    if !(6..=most.clamp(7, 10)).contains(&count) || number.is_glued_after(end + last) {
        return None;
    }
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Table]);
    evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    Some(Entity::new(Kind::Account, number.start(), end + last, evidence).with(Attribute::Clearing))
}

/// How many digits the accounts of a clearing number have at most.
fn account_digits(clearing: u16) -> Option<usize> {
    static RANGES: LazyLock<Vec<(u16, u16, usize)>> = LazyLock::new(|| {
        let range = |line: &str| {
            let mut fields = line.split('\t');
            Some((fields.next()?.parse().ok()?, fields.next()?.parse().ok()?, fields.next()?.parse().ok()?))
        };
        CLEARING.lines().filter_map(range).collect()
    });
    RANGES.iter().find(|(from, to, _)| (*from..=*to).contains(&clearing)).map(|(_, _, digits)| *digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clearing_numbers_are_in_the_table() {
        assert_eq!(account_digits(6123), Some(9));
        assert_eq!(account_digits(8123), Some(10));
        assert_eq!(account_digits(2200), None);
    }
}
