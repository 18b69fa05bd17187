//! Calendar dates, as far as numbers need them.

/// Days in `month` (1–12) of `year` in the Gregorian calendar; 0 for another month.
#[must_use]
pub(super) const fn days_in_month(year: u16, month: u8) -> u8 {
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        _ => 0,
    }
}

/// Whether the date exists.
#[must_use]
pub(super) const fn is_date(year: u16, month: u8, day: u8) -> bool {
    day >= 1 && day <= days_in_month(year, month)
}

/// Whether `digits` (YYMMDD or YYYYMMDD) are a date of 1840–2039; two-digit years count in any century.
#[must_use]
pub(super) fn is_birth_date(digits: &[u8]) -> bool {
    match *digits {
        [a, b, c, d, e, f, g, h] => {
            let year = u16::from(a) * 1000 + u16::from(b) * 100 + u16::from(c) * 10 + u16::from(d);
            (1840..2040).contains(&year) && is_date(year, e * 10 + f, g * 10 + h)
        }
        // 29 February exists in some century for every year divisible by four; 2000 stands for 00.
        [a, b, c, d, e, f] => is_date(2000 + u16::from(a * 10 + b), c * 10 + d, e * 10 + f),
        _ => false,
    }
}

/// The number (1–12) of a Swedish or English month name or its three-letter form, any case; a full stop may follow.
#[must_use]
pub(super) fn month_of(word: &str) -> Option<u8> {
    const NAMES: [(&str, &str); 12] = [
        ("januari", "january"),
        ("februari", "february"),
        ("mars", "march"),
        ("april", "april"),
        ("maj", "may"),
        ("juni", "june"),
        ("juli", "july"),
        ("augusti", "august"),
        ("september", "september"),
        ("oktober", "october"),
        ("november", "november"),
        ("december", "december"),
    ];
    let word = word.trim_end_matches('.');
    let is = |name: &str| word.eq_ignore_ascii_case(name) || word.len() == 3 && word.eq_ignore_ascii_case(&name[..3]);
    let found = NAMES.iter().position(|(sv, en)| is(sv) || is(en) || word.eq_ignore_ascii_case("sept") && *sv == "september")?;
    u8::try_from(found + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn leap_days_exist_in_leap_years_only() {
        for (date, real) in [
            ((2024, 2, 29), true),
            ((2023, 2, 29), false),
            ((1900, 2, 29), false),
            ((2000, 2, 29), true),
            ((1999, 4, 31), false),
            ((1999, 0, 1), false),
        ] {
            assert_eq!(is_date(date.0, date.1, date.2), real, "{date:?}");
        }
        assert!(is_birth_date(&[0, 0, 0, 2, 2, 9]));
        assert!(!is_birth_date(&[1, 7, 9, 9, 0, 1, 0, 1]));
    }

    #[test]
    fn months_are_known_by_name_and_short_form() {
        assert_eq!(month_of("Mars"), Some(3));
        assert_eq!(month_of("sept."), Some(9));
        assert_eq!(month_of("okt"), Some(10));
        assert_eq!(month_of("Oct"), Some(10));
        assert_eq!(month_of("ma"), None);
    }
}
