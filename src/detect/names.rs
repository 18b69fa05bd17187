//! Common given names, to tell "Maja Ek" from "Norra Posten" beside contact data.

/// Names in lower case, sorted by bytes, one a line.
static GIVEN: &str = include_str!("../../rules/lexicons/given-names.txt");

/// Whether `word`, or a part of it between hyphens, is a common given name in any case.
pub(super) fn is_given_name(word: &str) -> bool {
    word.len() <= 40 && word.split('-').any(|part| is_listed(&part.to_lowercase()))
}

fn is_listed(name: &str) -> bool {
    let (mut low, mut high) = (0, GIVEN.len());
    while low < high {
        let middle = (low + high) / 2;
        let start = GIVEN.as_bytes()[low..middle].iter().rposition(|&b| b == b'\n').map_or(low, |at| low + at + 1);
        let end = GIVEN.as_bytes()[start..].iter().position(|&b| b == b'\n').map_or(GIVEN.len(), |at| start + at);
        match GIVEN.as_bytes()[start..end].cmp(name.as_bytes()) {
            std::cmp::Ordering::Equal => return !name.is_empty(),
            std::cmp::Ordering::Less => low = end + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_listed_name_is_found() {
        assert!(GIVEN.lines().all(is_given_name));
        assert!(is_given_name("Anna-Karin") && is_given_name("ÅSA"));
        for word in ["", "Fonus", "Region", "-", "aaaa", "ööö"] {
            assert!(!is_given_name(word), "{word}");
        }
    }
}
