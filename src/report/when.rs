//! Times of publishing: from UTC in a planning board to the clock on the reader's wall.
//!
//! Swedish time: one hour before UTC, two from the last Sunday of March to the last of October, at 01.00 UTC
//! (directive 2000/84/EC, SFS 2001:127).

use super::Lang;

/// A minute of Swedish local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Minute {
    year: i64,
    month: usize,
    day: i64,
    weekday: usize,
    hour: i64,
    minute: i64,
}

const DAYS_SV: [&str; 7] = ["mån", "tis", "ons", "tor", "fre", "lör", "sön"];
const DAYS_EN: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const MONTHS_SV: [&str; 12] = ["jan", "feb", "mars", "apr", "maj", "juni", "juli", "aug", "sep", "okt", "nov", "dec"];
const MONTHS_EN: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// A time in UTC (`2026-02-12T06:30:00.000Z`) as a reader in Sweden writes it: `tor 12 feb 07.30`. The year is named
/// where it is not that of `now`.
#[must_use]
pub(super) fn local(utc: &str, now: &str, lang: Lang) -> Option<String> {
    let m = minute(utc)?;
    let year = if now.is_empty() || now.get(..4) == utc.get(..4) { String::new() } else { format!(" {}", m.year) };
    Some(match lang {
        Lang::Sv => format!("{} {} {}{year} {:02}.{:02}", DAYS_SV[m.weekday], m.day, MONTHS_SV[m.month], m.hour, m.minute),
        Lang::En => format!("{} {} {}{year} {:02}:{:02}", DAYS_EN[m.weekday], m.day, MONTHS_EN[m.month], m.hour, m.minute),
    })
}

fn minute(utc: &str) -> Option<Minute> {
    let number = |from: usize, to: usize| utc.get(from..to)?.parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let (hour, minute) = (number(11, 13)?, number(14, 16)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) || !(0..24).contains(&hour) || !(0..60).contains(&minute) {
        return None;
    }
    let minutes = (days(year, month, day) * 24 + hour) * 60 + minute;
    let is_summer = (summer_edge(year, 3)..summer_edge(year, 10)).contains(&minutes);
    let minutes = minutes + if is_summer { 120 } else { 60 };
    let (year, month, day) = civil(minutes.div_euclid(1440));
    Some(Minute {
        year,
        month: usize::try_from(month - 1).ok()?,
        day,
        weekday: weekday(minutes.div_euclid(1440)),
        hour: minutes.rem_euclid(1440) / 60,
        minute: minutes.rem_euclid(60),
    })
}

/// 01.00 UTC on the last Sunday of a month of 31 days, in minutes since 1970.
fn summer_edge(year: i64, month: i64) -> i64 {
    let last = days(year, month, 31);
    let sunday = last - i64::try_from((weekday(last) + 1) % 7).unwrap_or(0);
    sunday * 1440 + 60
}

/// The day of the week, from Monday 0, of a day since 1970.
fn weekday(day: i64) -> usize {
    usize::try_from((day + 3).rem_euclid(7)).unwrap_or(0)
}

/// Days since 1970-01-01 of a date of the Gregorian calendar.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let year = if month <= 2 { year - 1 } else { year };
    let (era, of_era) = (year.div_euclid(400), year.rem_euclid(400));
    let of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    era * 146_097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719_468
}

/// The date of a day since 1970.
fn civil(day: i64) -> (i64, i64, i64) {
    let day = day + 719_468;
    let (era, of_era) = (day.div_euclid(146_097), day.rem_euclid(146_097));
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let shifted = (5 * of_year + 2) / 153;
    let month = if shifted < 10 { shifted + 3 } else { shifted - 9 };
    (year + era * 400 + i64::from(month <= 2), month, of_year - (153 * shifted + 2) / 5 + 1)
}

/// Seconds since 1970 as ISO 8601 in UTC.
#[must_use]
pub fn iso(seconds: i64) -> String {
    let (year, month, day) = civil(seconds.div_euclid(86_400));
    let (hour, minute, second) = (seconds.rem_euclid(86_400) / 3600, seconds.rem_euclid(3600) / 60, seconds.rem_euclid(60));
    format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}.000Z")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn utc_becomes_the_time_in_sweden() {
        for (utc, sv) in [
            ("2026-02-12T06:30:00.000Z", "tor 12 feb 07.30"),
            ("2026-06-30T22:30:00.000Z", "ons 1 juli 00.30"),
            ("2026-03-29T00:59:00Z", "sön 29 mars 01.59"),
            ("2026-03-29T01:00:00Z", "sön 29 mars 03.00"),
            ("2026-10-25T00:59:00Z", "sön 25 okt 02.59"),
            ("2026-10-25T01:00:00Z", "sön 25 okt 02.00"),
        ] {
            assert_eq!(local(utc, "2026-01-01T00:00:00Z", Lang::Sv).as_deref(), Some(sv));
        }
        assert_eq!(local("2024-12-31T23:05:00Z", "2026", Lang::En).as_deref(), Some("Wed 1 Jan 2025 00:05"));
        assert_eq!(local("snart", "", Lang::Sv), None);
        assert_eq!(iso(1_770_877_800), "2026-02-12T06:30:00.000Z");
    }
}
