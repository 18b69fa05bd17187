//! A day: what laws, exceptions and reviews are dated with. The engine has no clock; whoever runs it says which day it is.

use std::fmt;

use serde::{Deserialize, Deserializer};

/// A day of the Gregorian calendar. Days compare as they follow each other.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// The day written `YYYY-MM-DD`, if there is such a day.
    ///
    /// ```
    /// use ombud::policy::Day;
    /// assert!(Day::parse("2026-02-28") < Day::parse("2026-03-01"));
    /// assert_eq!(Day::parse("2026-02-29"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
        let digits = |part: &str, len: usize| part.len() == len && part.bytes().all(|b| b.is_ascii_digit());
        if parts.next().is_some() || !digits(year, 4) || !digits(month, 2) || !digits(day, 2) {
            return None;
        }
        let found = Self { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
        (found.day >= 1 && found.day <= days_in(found.year, found.month)).then_some(found)
    }

    /// A day that is known to exist.
    pub(super) const fn of(year: u16, month: u8, day: u8) -> Self {
        Self { year, month, day }
    }

    /// The day that is `days` after 1970-01-01.
    #[must_use]
    pub fn from_unix(days: u64) -> Self {
        let mut left = days;
        let mut year = 1970;
        loop {
            let length = if days_in(year, 2) == 29 { 366 } else { 365 };
            if left < length {
                break;
            }
            left -= length;
            year += 1;
        }
        let mut month = 1;
        while left >= u64::from(days_in(year, month)) {
            left -= u64::from(days_in(year, month));
            month += 1;
        }
        Self { year, month, day: u8::try_from(left + 1).unwrap_or(1) }
    }

    /// The same day of the month so many months on; the month's last day where it has no such day.
    #[must_use]
    pub fn plus_months(self, months: u16) -> Self {
        let count = u32::from(self.year) * 12 + u32::from(self.month - 1) + u32::from(months);
        let year = u16::try_from(count / 12).unwrap_or(u16::MAX);
        let month = u8::try_from(count % 12 + 1).unwrap_or(12);
        Self { year, month, day: self.day.min(days_in(year, month)) }
    }
}

const fn days_in(year: u16, month: u8) -> u8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400)) => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

impl fmt::Debug for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// From TOML's own dates (`2026-12-31`) and from the same in quotes.
impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let value = toml::Value::deserialize(deserializer)?;
        let text = match &value {
            toml::Value::String(text) => text.clone(),
            toml::Value::Datetime(date) => date.to_string(),
            _ => String::new(),
        };
        Self::parse(&text).ok_or_else(|| serde::de::Error::custom("not a date: write it `2026-12-31`"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn only_real_days_are_days() {
        for text in ["2026-13-01", "2026-00-10", "2026-04-31", "26-04-30", "2026-4-3", "2026-04-30T10:00", "", "2023-02-29"] {
            assert_eq!(Day::parse(text), None, "{text}");
        }
        assert_eq!(day("2024-02-29").to_string(), "2024-02-29");
    }

    #[test]
    fn the_clock_counts_days_since_1970() {
        for (days, text) in [(0, "1970-01-01"), (58, "1970-02-28"), (59, "1970-03-01"), (11_016, "2000-02-29"), (20_780, "2026-11-23")] {
            assert_eq!(Day::from_unix(days), day(text));
        }
    }

    #[test]
    fn months_run_over_years_and_short_months() {
        for (from, months, to) in [("2026-11-23", 12, "2027-11-23"), ("2026-11-30", 3, "2027-02-28"), ("2026-01-31", 1, "2026-02-28")] {
            assert_eq!(day(from).plus_months(months), day(to));
        }
    }
}
