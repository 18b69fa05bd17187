//! Firms, brands and bands whose names read as a person's in full: `Gudrun Sjödén`, `Lasse Stefanz`, `Calvin Klein`.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Whether `name` is one of them, in any case.
pub(crate) fn is(name: &str) -> bool {
    static NAMES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        let lines = include_str!("../../../rules/lexicons/brands.txt").lines();
        lines.filter(|line| !line.starts_with('#')).collect()
    });
    name.contains([' ', '-']) && NAMES.contains(name.to_lowercase().as_str())
}

#[cfg(test)]
mod tests {
    use super::is;

    #[test]
    fn brands_are_known_whole_and_in_any_case() {
        assert!(is("Gudrun Sjödén") && is("LASSE STEFANZ") && is("Sven-Ingvars"));
        assert!(!is("Gudrun") && !is("Gudrun Sjö"));
    }
}
