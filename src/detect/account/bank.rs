//! Bank accounts: a clearing number from the banks' table and the account number after it.

use std::sync::LazyLock;

use super::super::number::{Joint, Number};
use super::super::{Attribute, Entity, EvidenceList, Kind, Passage, Reason};
use super::hear;

/// First and last clearing number of each bank and the most digits of its accounts: `from`, `to`, `digits`.
static CLEARING: &str = include_str!("../../../rules/lexicons/clearing.tsv");

/// The account that starts the number: `6123-123 456 789`, `8123-4, 123 456 789-0`, `9023-12.345.67`.
pub(super) fn find(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    if number.len(0) != 4 || number.groups.len() < 2 {
        return None;
    }
    let clearing = number.group(0).parse().ok()?;
    let most = account_digits(clearing)?;
    // Swedbank's clearing numbers 8xxx have a fifth digit of their own.
    let fifth = (8000..9000).contains(&clearing) && number.len(1) == 1 && number.joint(1) == Joint::Hyphen;
    let first = if fifth { 2 } else { 1 };
    let (mut count, mut last) = (0, 0);
    for i in first..number.groups.len() {
        // `4010.12.300.7` is a ledger's account or a version: a clearing number ends otherwise.
        if i == first && number.joint(i) == Joint::Dot {
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
