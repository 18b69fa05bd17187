//! Numbers and names as readers write them.

use crate::finding::Severity;
use crate::report::Lang;

/// A number with its thousands apart.
pub(super) fn number(n: u64, lang: Lang) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (at, digit) in digits.char_indices() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(match lang {
                Lang::Sv => '\u{a0}',
                Lang::En => ',',
            });
        }
        out.push(digit);
    }
    out
}

/// A number and its noun: one, or many.
pub(super) fn count(n: u64, lang: Lang, sv: (&str, &str), en: (&str, &str)) -> String {
    let (one, many) = match lang {
        Lang::Sv => sv,
        Lang::En => en,
    };
    format!("{} {}", number(n, lang), if n == 1 { one } else { many })
}

/// A share in per cent with one decimal.
pub(super) fn per_cent(n: f64, lang: Lang) -> String {
    let text = format!("{n:.1}");
    match lang {
        Lang::Sv => format!("{} %", text.replace('.', ",")),
        Lang::En => format!("{text}%"),
    }
}

/// A severity in words.
pub(super) const fn severity(severity: Severity, lang: Lang) -> &'static str {
    match severity {
        Severity::Error => lang.of("fel", "error"),
        Severity::Warning => lang.of("varning", "warning"),
        Severity::Note => lang.of("anmärkning", "note"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        for (n, sv, en) in
            [(0, "0", "0"), (999, "999", "999"), (1_000, "1\u{a0}000", "1,000"), (1_234_567, "1\u{a0}234\u{a0}567", "1,234,567")]
        {
            assert_eq!((number(n, Lang::Sv).as_str(), number(n, Lang::En).as_str()), (sv, en));
        }
        assert_eq!(per_cent(87.25, Lang::Sv), "87,2 %");
    }
}
