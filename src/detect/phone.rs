//! Telephone numbers: Swedish ones in every written form, those of other countries after `+` or 00, and short codes.
//!
//! The plan (PTS, ITU-T E.164) says which codes there are and how long their numbers may be; a number that fits no
//! series is none. Whose it is (a switchboard's, an employee's, a private person's) is told by `contact`.

mod plan;
mod short;
mod written;

use plan::Use;
use written::{Form, Written};

use super::contact::{Owner, owner};
use super::number::{Joint, Number, is_blank, is_dash};
use super::personnummer::is_personnummer;
use super::testnumbers::is_test_number;
use super::{Anchor, At, Attribute, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};

/// Finds telephone numbers.
#[derive(Debug)]
pub(super) struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Phone
    }

    fn anchors(&self) -> At {
        At::LONG.or(At::SHORT_CODE)
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let Anchor::Number(number) = at else { return };
        let start = number.start();
        let before = start.checked_sub(1).map(|i| p.text.as_bytes()[i]);
        match p.text.as_bytes()[start] {
            _ if before == Some(b'+') => out.extend(after_plus(&number, p)),
            b'0' if number.len(0) > 1 => out.extend(after_zero(&number, p)),
            b'1' | b'9' if number.len(0) <= 6 => out.extend(short::short(&number, p)),
            b'7' if number.len(0) == 9 => out.extend(without_zero(&number, p)),
            b'4' if number.len(0) == 11 => out.extend(after_code(&number, p)),
            _ => {}
        }
    }
}

/// `+46 70 …`, `+47 22 …`
fn after_plus(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let plus = number.start() - 1;
    // `signal.me/#p/+46…` is a link that calls.
    let is_link = p.text[..plus].ends_with("#p/");
    if !is_link && p.text[..plus].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '+' | '_' | '/' | '.' | ',')) {
        return None;
    }
    let written = written::international(number)?;
    if written.form == Form::Foreign && is_amount(number, &written, p) {
        return None;
    }
    entity(number, plus, written, p)
}

/// `070-…`, `08-…`, `0046 …`
fn after_zero(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    if !stands_free(number, p) {
        return None;
    }
    entity(number, number.start(), written::domestic(number)?, p)
}

/// `46701740612`: a mobile number whose `+` is left out, in a link that calls it or beside a word for it.
fn after_code(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let before = &p.text[..number.start()];
    let is_link = ["wa.me/", "t.me/", "phone=", "tel:", "sms:", "callto:"].iter().any(|scheme| before.ends_with(scheme));
    if !number.group(0).starts_with("467") || !is_link && !stands_free(number, p) {
        return None;
    }
    let found = entity(number, number.start(), written::international(number)?, p)?;
    (is_link || found.evidence.has(Reason::Cue)).then_some(found)
}

/// `701740612` in a column of telephone numbers: a spreadsheet took the zero away.
fn without_zero(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let (start, end) = (number.start(), number.groups[0].end);
    let is_mobile = matches!(number.group(0).as_bytes()[1], b'0' | b'2' | b'3' | b'6' | b'9');
    if !is_mobile || !p.text[..start].ends_with("telefon: ") || !ends_bare(p.text, end) {
        return None;
    }
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Table]);
    evidence.push(Evidence { reason: Reason::Cue, detail: Some("telefon") });
    let entity = Entity::new(Kind::Phone, start, end, evidence);
    Some(match owner(p, start..end, false, true) {
        Owner::Organisation => entity.with(Attribute::Switchboard),
        Owner::Employee => entity.with(Attribute::Work),
        Owner::Person => entity,
    })
}

/// Whether a cell ends at byte `end`.
fn ends_bare(text: &str, end: usize) -> bool {
    text[end..].chars().next().is_none_or(|c| matches!(c, '\n' | ' '))
}

/// Whether what stands right before lets a number start here.
fn stands_free(number: &Number<'_>, p: &Passage<'_>) -> bool {
    let mut before = p.text[..number.start()].chars().rev();
    let Some(c) = before.next() else { return true };
    let second = before.next();
    match c {
        // tel:070…, Tel.070…, Anna,070…
        ':' | '.' | ',' => second.is_none_or(|c| !c.is_ascii_digit()),
        // 070-… /070-…
        '/' => second.is_none_or(|c| !c.is_alphabetic()) && number.len(0) < 8,
        // A dash as a bullet or between a name and a number, not a part number: P-0701-74.
        c if is_dash(c) => second.is_none_or(|s| !s.is_alphanumeric() || c != '-' && s.is_alphabetic()),
        // The rest of a number in groups of three: 12 031 390 060.
        c if is_blank(c) && second.is_some_and(|s| s.is_ascii_digit()) => {
            !(number.groups.iter().take(3).all(|g| g.len() == 3) && number.joint(1) == Joint::Space)
        }
        // `_070-174 06 12_` is emphasis.
        '_' => second.is_none_or(|c| !c.is_alphanumeric()),
        '+' | '#' | '=' | '%' | '&' | '$' | '@' | '\\' => false,
        c => !c.is_alphanumeric(),
    }
}

fn entity(number: &Number<'_>, start: usize, written: Written, p: &Passage<'_>) -> Option<Entity> {
    let end = written.end;
    let heard = p.rules.cues(Kind::Phone).around(p.text, start..end);
    let cue = heard.speaks_for();
    if cue.is_none() && is_known_as_personnummer(number, &written) {
        return None;
    }
    if !ends_well(number, &written, cue.is_some(), p) || is_hours(number, written.groups) {
        return None;
    }
    let paid = p.rules.words(Kind::Phone, "payment").around(p.text, start..end).pro;
    if paid.is_some_and(|(_, d)| heard.pro.is_none_or(|(_, call)| d < call)) {
        return None;
    }
    let alone = p.is_alone(start, end);
    let mut evidence = EvidenceList::from([Reason::Shape]);
    if written.form != Form::Foreign {
        evidence.push(Evidence { reason: Reason::Table, detail: Some("riktnummer") });
    }
    if matches!(written.form, Form::International | Form::Foreign | Form::Usual) {
        evidence.push(Reason::Form);
    }
    if let Some(word) = cue {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    }
    if alone {
        evidence.push(Reason::Alone);
    }
    if let Some(word) = heard.speaks_against() {
        let near = heard.contra.is_some_and(|(_, d)| d <= 3);
        if near && !matches!(written.form, Form::Usual | Form::International) {
            return None;
        }
        evidence.push(Evidence { reason: Reason::Against, detail: Some(word) });
    }
    if cue.is_none() && !alone && is_ambiguous(number, &written, p)? {
        evidence.push(Reason::Ambiguous);
    }
    let start = with_paren(number, start, p);
    let entity = Entity::new(Kind::Phone, start, end, evidence);
    Some(match owner(p, start..end, written.used == Use::Organisation, written.used == Use::Mobile) {
        Owner::Organisation => entity.with(Attribute::Switchboard),
        Owner::Employee => entity.with(Attribute::Work),
        Owner::Person => entity,
    })
}

/// Whether a number without a word near it may as well be something else; `None`: it more likely is.
fn is_ambiguous(number: &Number<'_>, written: &Written, p: &Passage<'_>) -> Option<bool> {
    let spaced = number.joint(1) == Joint::Space;
    let fixed = written.used != Use::Mobile;
    match written.form {
        Form::International => Some(false),
        // 0047… is a telephone number by its word only.
        Form::Foreign => (p.text.as_bytes()[number.start()] != b'0').then_some(false),
        // 08 12 34 56 and 08.12.34.56 are times as likely.
        Form::Usual if fixed && matches!(number.joint(1), Joint::Space | Joint::Dot) && number.len(1) == 2 => None,
        // 031 390 060 is a row of numbers as likely.
        Form::Usual => Some(fixed && spaced && number.len(1) == number.len(2) && number.len(2) == 3),
        // 040-12345 may be a part number.
        Form::Dashed => Some(fixed && written.groups == 2 && number.len(1) < 7),
        Form::Loose => Some(fixed),
        Form::Glued if fixed => (number.len(0) >= 9).then_some(true),
        Form::Glued => Some(false),
    }
}

/// Whether nothing after the number makes it another thing.
fn ends_well(number: &Number<'_>, written: &Written, cue: bool, p: &Passage<'_>) -> bool {
    let end = written.end;
    let mut after = p.text[end..].chars();
    match after.next() {
        Some(c) if c.is_alphanumeric() || matches!(c, '%' | '@') => return false,
        Some('_') if after.next().is_some_and(char::is_alphanumeric) => return false,
        _ => {}
    }
    match number.joint(written.groups) {
        // 070-174 06 12/13: two numbers in short.
        Joint::Slash | Joint::SpacedHyphen | Joint::Loose | Joint::Start | Joint::Paren | Joint::Plus => true,
        Joint::Space => cue || written.form != Form::Glued || number.len(written.groups) != 4,
        Joint::Hyphen | Joint::Dot | Joint::Colon | Joint::Comma => cue && number.len(written.groups) > 1,
    }
}

/// Whether the digits are a personnummer rather: of somebody born in 2000, whose number starts as calls abroad do
/// (`001015-2395`), or one that nobody has been given.
fn is_known_as_personnummer(number: &Number<'_>, written: &Written) -> bool {
    let as_date = match written.groups {
        1 => number.len(0) == 10,
        2 => number.len(0) == 6 && number.len(1) == 4,
        _ => false,
    };
    let digits = number.digits(0..written.groups);
    as_date && is_personnummer(&digits) && (digits.starts_with(&[0, 0]) || written.groups == 1 && is_test_number(&digits))
}

/// Whether the groups are two times of day: `08.00–10.00`, `08 00-16 30`.
fn is_hours(number: &Number<'_>, groups: usize) -> bool {
    let pair = |i: usize| number.len(i) == 2 && number.len(i + 1) == 2 && number.group(i) < "25" && number.group(i + 1) < "60";
    let joined = matches!(number.joint(2), Joint::Hyphen | Joint::SpacedHyphen) && number.joint(1) == number.joint(3);
    groups == 4 && joined && matches!(number.joint(1), Joint::Dot | Joint::Space) && pair(0) && pair(2)
}

/// Whether a sum follows a plus: `+20 000 000 kr`.
fn is_amount(number: &Number<'_>, written: &Written, p: &Passage<'_>) -> bool {
    let groups = &number.groups[..written.groups];
    let thousands = groups.len() > 1 && groups[1..].iter().all(|g| g.len() == 3 && matches!(g.joint, Joint::Space | Joint::Dot));
    let after = p.text[written.end..].trim_start_matches(is_blank);
    let unit = &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())];
    let nothing = number.digits(1..written.groups).iter().all(|&d| d == 0);
    thousands && (nothing || after.starts_with('%') || matches!(unit, "kr" | "kronor" | "SEK" | "euro" | "EUR" | "mkr" | "tkr" | "st" | "procent"))
}

/// The start, moved to a parenthesis that closes inside the number: `(070) 174 06 12`, `(+46) 70-…`.
fn with_paren(number: &Number<'_>, start: usize, p: &Passage<'_>) -> usize {
    let opens = p.text[..start].ends_with('(') && number.joint(1) == Joint::Paren && p.text[number.groups[0].end..].starts_with(')');
    if opens { start - 1 } else { start }
}
