//! How telephone numbers are written: which groups of digits make one, and how far it goes.

use smallvec::SmallVec;

use super::plan::{self, Series, Use};
use crate::detect::number::{Digits, Joint, Number};

/// A telephone number as it was found written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Written {
    /// One past the last digit.
    pub end: usize,
    /// How many groups of the number it takes.
    pub groups: usize,
    /// What its series is used for.
    pub used: Use,
    /// How it is written.
    pub form: Form,
}

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// With its country code.
    International,
    /// With the country code of another country.
    Foreign,
    /// In the groups of the Swedish writing rules, the code set apart: `08-123 456 78`.
    Usual,
    /// With the code set apart by a hyphen, the rest in other groups: `070-1740 612`.
    Dashed,
    /// In some other groups.
    Loose,
    /// Without any sign between.
    Glued,
}

/// A group of digits of which the first may have been taken away.
#[derive(Clone, Copy, Debug)]
struct Part {
    len: usize,
    joint: Joint,
    end: usize,
}

/// The digits of a number, and in which groups they stand.
struct Parts {
    digits: Digits,
    parts: SmallVec<[Part; 12]>,
    /// Groups that were taken away from the front.
    gone: usize,
}

impl Parts {
    fn of(number: &Number<'_>) -> Self {
        let mut parts = SmallVec::new();
        for (i, group) in number.groups.iter().enumerate().take(12) {
            if i > 0 && !group.joint.is_tight() {
                break;
            }
            parts.push(Part { len: group.len(), joint: group.joint, end: group.end });
        }
        Self { digits: number.digits(0..parts.len()), parts, gone: 0 }
    }

    /// Takes away the first `count` digits.
    fn strip(&mut self, count: usize) -> Option<()> {
        let mut left = count;
        while left > 0 {
            let first = self.parts.first_mut()?;
            if first.len > left {
                first.len -= left;
                break;
            }
            left -= first.len;
            self.parts.remove(0);
            self.gone += 1;
        }
        self.digits.drain(..count.min(self.digits.len()));
        (!self.parts.is_empty()).then_some(())
    }
}

/// A number that starts with 0: of Sweden, or of any country after 00.
pub(super) fn domestic(number: &Number<'_>) -> Option<Written> {
    let mut parts = Parts::of(number);
    match *parts.digits {
        [0, 0, 1..=9, ..] => {
            parts.strip(2)?;
            abroad(parts)
        }
        [0, 1..=9, ..] => swedish(&parts),
        _ => None,
    }
}

/// A number after `+`.
pub(super) fn international(number: &Number<'_>) -> Option<Written> {
    abroad(Parts::of(number))
}

fn abroad(mut parts: Parts) -> Option<Written> {
    let (code, most) = plan::country(&parts.digits)?;
    let is_swedish = parts.digits[..code] == [4, 6];
    parts.strip(code)?;
    // The trunk 0, which is not dialled from abroad: `+46 (0)70`.
    if parts.digits.first() == Some(&0) && (is_swedish || parts.parts[0].joint == Joint::Paren) {
        parts.strip(1)?;
    }
    if is_swedish {
        parts.digits.insert(0, 0);
        parts.parts[0].len += 1;
        return swedish(&parts).map(|w| Written { form: Form::International, ..w });
    }
    foreign(&parts, code, most)
}

fn foreign(parts: &Parts, code: usize, most: usize) -> Option<Written> {
    let (mut total, mut found) = (0, None);
    for (i, part) in parts.parts.iter().enumerate() {
        if i > 0 && !matches!(part.joint, Joint::Space | Joint::Hyphen | Joint::Dot | Joint::Slash | Joint::Paren) || i > 1 && part.len < 2 {
            break;
        }
        total += part.len;
        if total > most {
            break;
        }
        if total + code >= 8 {
            found = Some(Written { end: part.end, groups: parts.gone + i + 1, used: Use::Mobile, form: Form::Foreign });
        }
    }
    found
}

fn swedish(parts: &Parts) -> Option<Written> {
    let series = plan::series(&parts.digits)?;
    let (code, min, max) = (usize::from(series.code), usize::from(series.min), usize::from(series.max));
    let (mut total, mut found): (usize, Option<Written>) = (0, None);
    for (i, part) in parts.parts.iter().enumerate() {
        if i > 0 && (part.len < 2 || !joins(part.joint, i)) {
            break;
        }
        total += part.len;
        if total > code + max {
            break;
        }
        if total < code + min {
            continue;
        }
        let Some(form) = form(series, &parts.parts[..=i]) else { continue };
        // Of two lengths that a number may have, the one in usual groups is meant, else the longer.
        if form == Form::Usual || found.is_none_or(|f| f.form != Form::Usual) {
            found = Some(Written { end: part.end, groups: parts.gone + i + 1, used: series.used, form });
        }
    }
    found
}

/// Whether a sign can stand before group `i` of a number.
const fn joins(joint: Joint, i: usize) -> bool {
    match joint {
        Joint::Space | Joint::Hyphen | Joint::Dot => true,
        Joint::SpacedHyphen | Joint::Slash | Joint::Paren => i == 1,
        _ => false,
    }
}

/// The form of a whole number in these groups; `None` where the code does not stand apart as it does when people write.
fn form(series: Series, parts: &[Part]) -> Option<Form> {
    let code = usize::from(series.code);
    let (first, rest) = parts.split_first()?;
    if rest.is_empty() {
        return Some(Form::Glued);
    }
    let lens: SmallVec<[usize; 8]> = rest.iter().map(|part| part.len).collect();
    // 0701-74 06 51 and 0771-12 34 56: the first digit after the code of three is drawn to it.
    let drawn = first.len == 4 && code == 3 && series.used != Use::Area;
    if first.len != code && !drawn {
        // 07017 406 51: only where nothing else can be meant.
        return (series.used == Use::Mobile && first.len > code).then_some(Form::Loose);
    }
    // Opening hours: 0900-1130.
    if first.len == 4 && matches!(*lens.as_slice(), [4]) && series.used == Use::Organisation {
        return None;
    }
    let usual = match *lens.as_slice() {
        [2, 2, 2] | [3, 2] | [3, 3] => series.used != Use::Mobile || drawn,
        [3, 2, 2] => !drawn,
        [3, 3, 2] => code == 2,
        [2, 2] | [2, 3] => series.used == Use::Organisation,
        _ => false,
    };
    Some(match rest[0].joint {
        _ if usual => Form::Usual,
        Joint::Hyphen | Joint::SpacedHyphen | Joint::Slash | Joint::Paren => Form::Dashed,
        _ => Form::Loose,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::number::Cluster;

    fn found(text: &str) -> Option<(&str, Form)> {
        let at = text.find(|c: char| c.is_ascii_digit())?;
        let cluster = Cluster::parse(text, at);
        let number = cluster.number(0);
        let written = if text[..at].ends_with('+') { international(&number) } else { domestic(&number) }?;
        Some((&text[at..written.end], written.form))
    }

    #[test]
    fn every_written_style_is_read() {
        use Form::*;
        for (text, form) in [
            ("070-174 06 12", Usual),
            ("0701740612", Glued),
            ("070 174 06 12", Usual),
            ("070/174 06 12", Usual),
            ("070.174.06.12", Usual),
            ("070\u{a0}174\u{a0}06\u{a0}12", Usual),
            ("070\u{2011}174 06 12", Usual),
            ("070-1740612", Dashed),
            ("070 1740 612", Loose),
            ("0701-74 06 12", Usual),
            ("0701-740 612", Usual),
            ("08-465 004 31", Usual),
            ("08 – 465 004 52", Usual),
            ("08 465 00 427", Loose),
            ("031-390 06 00", Usual),
            ("0980-31 92 04", Usual),
            ("0980-319 204", Usual),
            ("020-000 000", Usual),
            ("0771-00 00 00", Usual),
            ("0046701740612", International),
            ("0046 (0)70-174 06 12", International),
        ] {
            assert_eq!(found(text), Some((text, form)), "{text}");
        }
        for text in ["46 (0)70-174 06 12", "46-(0)980-319 288", "4640-628 04 71", "46 (70) 174 06 47", "46(0)701740612", "46 8 465 004 31", "46701740612"] {
            assert_eq!(found(&format!("+{text}")).map(|f| (f.0.len(), f.1)), Some((text.len(), International)), "{text}");
        }
        for text in ["47 22 00 00 00", "358 40 000 0000", "49 (0)30 0000 0000", "1-202-000-0000"] {
            assert_eq!(found(&format!("+{text}")).map(|f| (f.0.len(), f.1)), Some((text.len(), Foreign)), "{text}");
        }
    }

    #[test]
    fn what_follows_is_left_alone() {
        for (text, number) in [
            ("08-465 004 21 2024", "08-465 004 21"),
            ("031-390 06 00 8-16", "031-390 06 00"),
            ("070-174 06 12 18", "070-174 06 12"),
            ("0980-31 92 04 – 05", "0980-31 92 04"),
        ] {
            assert_eq!(found(text).map(|f| f.0), Some(number), "{text}");
        }
    }

    #[test]
    fn other_numbers_are_none() {
        for text in ["070 174 061", "0781740612", "031-3900", "0500-0600", "08-12-24", "12345678", "0000000000", "07017406123", "031:390 06 00"] {
            assert_eq!(found(text), None, "{text}");
        }
        assert_eq!(found("+46 70"), None);
        assert_eq!(found("+210 000 0000"), None);
    }
}
