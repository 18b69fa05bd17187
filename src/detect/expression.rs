//! Regular expressions that a user wrote: faults are told when rules are loaded, before anything is read.

use regex::{Regex, RegexBuilder};
use regex_syntax::hir::literal::Extractor;
use regex_syntax::hir::{Class, Hir, HirKind};

use super::RuleError;

/// The most states an expression may need, roughly: ranges of characters, times their repetitions.
const MOST: u64 = 50_000;
/// Room for any expression of so many states, in bytes.
const ROOM: usize = 1 << 28;

/// An expression that compiles, and what its matches start with.
#[derive(Debug)]
pub(crate) struct Expression {
    pub(crate) pattern: String,
    /// At least two bytes each; none: matches may start in too many ways.
    pub(crate) starts: Vec<Vec<u8>>,
}

impl Expression {
    /// Reads an expression without compiling it.
    ///
    /// # Errors
    /// It is no regular expression, matches nothing at all, or is too large.
    pub(crate) fn load(pattern: &str) -> Result<Self, RuleError> {
        let fault = |why: &str| Err(RuleError { message: format!("the pattern `{pattern}` {why}") });
        let parsed = match regex_syntax::parse(pattern) {
            Ok(parsed) => parsed,
            Err(why) => {
                let why = match &why {
                    regex_syntax::Error::Parse(e) => e.kind().to_string(),
                    regex_syntax::Error::Translate(e) => e.kind().to_string(),
                    other => other.to_string(),
                };
                return fault(&format!("is no regular expression: {why}"));
            }
        };
        if parsed.properties().minimum_len().is_none_or(|least| least == 0) {
            return fault("matches where nothing stands");
        }
        if states(&parsed) > MOST {
            return fault("is too large: fewer or shorter repetitions");
        }
        let mut extractor = Extractor::new();
        extractor.limit_class(4).limit_repeat(2).limit_literal_len(8).limit_total(64);
        let starts = extractor.extract(&parsed);
        let starts = starts.literals().filter(|all| all.iter().all(|l| l.len() > 1)).map_or_else(Vec::new, |all| {
            let all = all.iter().map(|l| l.as_bytes().to_vec());
            all.collect()
        });
        Ok(Self { pattern: pattern.to_owned(), starts })
    }

    /// The expression, compiled; `None` cannot be, after [`Self::load`].
    pub(crate) fn compile(&self) -> Option<Regex> {
        RegexBuilder::new(&self.pattern).size_limit(ROOM).build().ok()
    }
}

fn states(hir: &Hir) -> u64 {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => 1,
        HirKind::Literal(literal) => literal.0.len() as u64,
        HirKind::Class(Class::Unicode(class)) => class.ranges().len() as u64,
        HirKind::Class(Class::Bytes(class)) => class.ranges().len() as u64,
        HirKind::Repetition(r) => states(&r.sub).saturating_mul(u64::from(r.max.unwrap_or(r.min.saturating_add(1))).max(1)),
        HirKind::Capture(c) => states(&c.sub),
        HirKind::Concat(all) | HirKind::Alternation(all) => all.iter().map(states).fold(0, u64::saturating_add),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fault(pattern: &str) -> String {
        Expression::load(pattern).map_or_else(|e| e.message, |_| "loaded".into())
    }

    #[test]
    fn faults_are_told_in_one_line() {
        assert_eq!(fault("LK-?[0-9]{4}"), "loaded");
        assert_eq!(fault("LK-[0-9"), "the pattern `LK-[0-9` is no regular expression: unclosed character class");
        assert_eq!(fault("[0-9]*"), "the pattern `[0-9]*` matches where nothing stands");
        assert_eq!(fault("[a&&b]"), "the pattern `[a&&b]` matches where nothing stands");
        assert!(fault(r"(\w{1,200}-){50}").contains("is too large"));
    }

    #[test]
    fn the_largest_that_loads_compiles() {
        for pattern in [r"\w{1,60}", r"(?i)[\p{L}\d]{60}", r"(?i)(?:alfa|beta){1,900}", r".{1,9000}x"] {
            let expression = Expression::load(pattern).unwrap_or_else(|e| panic!("{pattern}: {e}"));
            assert!(expression.compile().is_some(), "{pattern}");
        }
    }

    #[test]
    fn what_matches_start_with_is_known_where_it_is_particular() {
        let starts = |pattern| !Expression::load(pattern).expect("an expression").starts.is_empty();
        assert!(starts("LK-?[0-9]{4}") && starts("(?i)pr-[0-9]+") && starts("alfa|beta"));
        assert!(!starts("[A-Z]{2}[0-9]{4}") && !starts("alfa|[0-9]{4}"));
    }
}
