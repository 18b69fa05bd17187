//! Personnummer and its relatives: samordningsnummer, interim and reserve numbers, partial and mistyped ones.
//!
//! Folkbokföringslagen (1991:481) 18 §: birth date, three-digit birth number, check digit. `-` before the birth number
//! becomes `+` from the year one turns 100. Lag (2022:1697): a samordningsnummer has 60 added to the day; where the
//! birth date is not established the month may be 00 and the day 60.

use super::date::is_birth_date;
use super::number::{is_blank, is_dash, Digits, Joint, Number};
use super::testnumbers::is_test_number;
use super::validators::luhn;
use super::{Anchor, At, Attribute, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};

/// Finds personnummer.
#[derive(Debug)]
pub struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Personnummer
    }

    fn anchors(&self) -> At {
        At::LONG.or(At::AFTER_WORD)
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let Anchor::Number(number) = at else { return };
        if number.group(0) == "3300" && number.groups.len() > 1 {
            out.extend(nordea(&number));
        }
        if number.is_glued_before() {
            out.extend(with_letter(&number, p).or_else(|| after_name(&number, p)));
            return;
        }
        let found = whole(&number, p).or_else(|| scattered(&number, p)).or_else(|| lettered(&number, p)).or_else(|| masked(&number, p)).or_else(|| last_four(&number, p)).or_else(|| reversed(&number, p));
        out.extend(found);
    }
}

/// `T800102-TF14`: a TF number with its letter in front as well.
fn with_letter(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let head = p.text[..number.start()].strip_suffix('T').filter(|_| matches!(number.len(0), 6 | 8))?;
    let mut found = lettered(number, p).filter(|_| !head.ends_with(char::is_alphanumeric))?;
    found.span = crate::text::Span::new(found.span.start - 1, found.span.end);
    Some(found)
}

/// A whole number right after a name and its sign, or a country's letters: `pnr:8001022386`, `?pnr=8001022386`,
/// `bild_800102-2386.jpg`, `SE8001022386`.
fn after_name(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let before = &p.text[..number.start()];
    let named = before.strip_suffix([':', '=', '_', '/', '-']).is_some_and(|b| b.ends_with(char::is_alphabetic));
    let lettered = ["SE", "pnr", "Pnr", "PNR"].iter().any(|w| before.strip_suffix(w).is_some_and(|b| !b.ends_with(char::is_alphanumeric)));
    let found = whole(number, p).filter(|_| named || lettered)?;
    // Without a word for it, only the usual form is more than a chance.
    let sure = found.evidence.has(Reason::Checksum) && (found.evidence.has(Reason::Form) || found.evidence.has(Reason::Cue));
    sure.then_some(found)
}

/// A whole number with its digits set apart in any way (`8 0 0 1 …`, `80 01 02 23 86`, `800102_2386`, over two lines or
/// cells), beside a word for it.
fn scattered(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let mut digits = Digits::new();
    let mut taken = 0;
    let called = p.text[..number.start()].ends_with("personnummer: ");
    for group in number.groups {
        let gap = if taken == 0 { "" } else { &p.text[number.groups[taken - 1].end..group.start] };
        // The next paragraph goes on with it only after a hyphen, or where nothing else stands in either.
        let parted = gap.contains("\n\n") && !gap.contains(is_dash);
        if gap.chars().count() > 3 || parted && !called || digits.len() + group.len() > 12 {
            break;
        }
        digits.extend(p.text.as_bytes()[group.start..group.end].iter().map(|b| b - b'0'));
        taken += 1;
        // Ten digits are whole unless they start a century that goes on.
        if digits.len() == 12 || digits.len() == 10 && is_personnummer(&digits) {
            break;
        }
    }
    let end = number.groups[..taken].last()?.end;
    if taken < 2 || !matches!(digits.len(), 10 | 12) || !is_personnummer(&digits[digits.len() - 10..]) || number.is_glued_after(end) {
        return None;
    }
    let day = Day::of(&digits[..digits.len() - 4])?;
    let cue = p.rules.cues(Kind::Personnummer).around(p.text, number.start()..end);
    let word = cue.speaks_for().filter(|_| cue.speaks_against().is_none())?;
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Date, Reason::Checksum]);
    evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    Some(described(Entity::new(Kind::Personnummer, number.start(), end, evidence), day, &digits))
}

/// `6832-201008`: written from its end, beside a word for it.
fn reversed(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let form = number.form();
    if !matches!(*form.as_slice(), [4, 6 | 8]) || number.joint(1) != Joint::Hyphen {
        return None;
    }
    let digits: Digits = number.digits(0..2).iter().rev().copied().collect();
    let end = number.groups[1].end;
    let day = Day::of(&digits[..digits.len() - 4]).filter(|_| luhn(&digits[digits.len() - 10..]) && !number.is_glued_after(end))?;
    let heard = p.rules.cues(Kind::Personnummer).around(p.text, number.start()..end);
    let word = heard.speaks_for().filter(|_| heard.speaks_against().is_none())?;
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Date, Reason::Checksum]);
    evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    Some(described(Entity::new(Kind::Personnummer, number.start(), end, evidence), day, &digits))
}

/// A full number with what its digits say of it: a samordningsnummer, a test number.
fn described(mut entity: Entity, day: Day, digits: &[u8]) -> Entity {
    if day == Day::Coordination {
        entity = entity.with(Attribute::Samordning);
    }
    if is_test_number(digits) {
        entity = entity.with(Attribute::Test);
        entity.evidence.push(Reason::Listed);
    }
    entity
}

/// Whether ten digits are a personnummer or samordningsnummer.
pub(super) fn is_personnummer(ten: &[u8]) -> bool {
    ten.len() == 10 && Day::of(&ten[..6]).is_some() && luhn(ten)
}

/// Nordea's personal account: clearing 3300 and the holder's ten digits.
fn nordea(number: &Number<'_>) -> Option<Entity> {
    let account = Number { text: number.text, groups: &number.groups[1..] };
    let written = written(&account)?;
    let holds = written.digits.len() == 10 && is_personnummer(&written.digits) && !account.is_glued_after(written.end);
    holds.then(|| of_sole_trader(account.start(), written.end))
}

/// The same with words in between: `clearing 3300, kontonr 8001022386`.
fn nordea_apart(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let written = written(number).filter(|w| w.digits.len() == 10 && is_personnummer(&w.digits))?;
    let from = p.text.ceil_char_boundary(number.start().saturating_sub(40));
    let named = p.text[from..number.start()].split(|c: char| !c.is_ascii_digit()).any(|digits| digits == "3300");
    named.then(|| of_sole_trader(number.start(), written.end))
}

fn of_sole_trader(start: usize, end: usize) -> Entity {
    let reasons = [Reason::Shape, Reason::Date, Reason::Checksum, Reason::Form];
    Entity::new(Kind::Personnummer, start, end, reasons).with(Attribute::SoleTrader)
}

/// How the digits were found written.
struct Written {
    /// Ten or twelve digits.
    digits: Digits,
    /// One past the last digit.
    end: usize,
    /// Whether the separator stands where people write it.
    usual: bool,
}

/// A full number: date, birth number and check digit.
fn whole(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let written = written(number)?;
    if number.is_glued_after(written.end) {
        return None;
    }
    let (date, serial) = written.digits.split_at(written.digits.len() - 4);
    let ten = &written.digits[written.digits.len() - 10..];
    let day = Day::of(date)?;
    if serial[..3] == [0, 0, 0] {
        return None;
    }
    let cue = p.rules.cues(Kind::Personnummer).around(p.text, number.start()..written.end);
    let mut evidence = EvidenceList::from([Reason::Shape]);
    if let Some(word) = cue.speaks_for() {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    }
    if !luhn(ten) {
        // A mistyped number: only a word near it tells it from any other number.
        cue.speaks_for()?;
        return Some(Entity::new(Kind::Personnummer, number.start(), written.end, evidence).with(Attribute::Invalid));
    }
    evidence.push(Reason::Date);
    evidence.push(Reason::Checksum);
    if written.usual {
        evidence.push(Reason::Form);
    }
    if cue.speaks_for().is_none() && (written.digits.len() == 10 && number.len(0) == 10 || is_time_of_day(date, serial)) {
        evidence.push(Reason::Ambiguous);
    }
    if let Some(word) = cue.speaks_against() {
        if let Some(found) = nordea_apart(number, p) {
            return Some(found);
        }
        // A number in one piece that is called something else is something else. Words for calling say nothing of one that
        // nobody can call, and twelve digits with a century, a date and a check digit are seldom anything else.
        let calls = p.rules.words(Kind::Personnummer, "call").is_listed(word);
        let close = cue.contra.is_some_and(|(_, distance)| distance <= 2);
        let other = if calls { number.group(0).starts_with(['0', '4']) } else { written.digits.len() == 10 || close || is_time_of_day(date, serial) };
        if number.form().len() == 1 && other {
            return None;
        }
        evidence.push(Evidence { reason: Reason::Against, detail: Some(word) });
    }
    let mut entity = Entity::new(Kind::Personnummer, number.start(), written.end, evidence);
    if let Some((word, _)) = p.rules.words(Kind::Personnummer, "sole-trader").before(p.text, number.start()).pro
        && cue.pro.is_none()
    {
        entity.evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
        entity = entity.with(Attribute::SoleTrader);
    }
    Some(described(entity, day, &written.digits))
}

/// The digits of a number in one of its written forms.
fn written(number: &Number<'_>) -> Option<Written> {
    let form = number.form();
    let joint = |i| number.joint(i);
    let dashed = |i| matches!(joint(i), Joint::Hyphen | Joint::SpacedHyphen | Joint::Plus);
    let (groups, usual) = match *form.as_slice() {
        [6 | 8, 4, ..] if dashed(1) => (2, true),
        [6 | 8, 4, ..] if joint(1) == Joint::Space => (2, number.len(0) == 8),
        [12, ..] => (1, true),
        [10, ..] => (1, false),
        // The century or the parts of the date set apart.
        [2, 6, 4, ..] if joint(1) == Joint::Space => (3, dashed(2)),
        [4, 2, 2, 4, ..] | [2, 2, 2, 4, ..] if joint(1) == joint(2) => (4, dashed(3)),
        // Twelve digits with the separator in the wrong place.
        [6, 6, ..] if dashed(1) && number.group(0).starts_with(['1', '2']) => (2, false),
        [6, 2, 2, ..] if joint(1) != Joint::Dot && joint(2) == Joint::Space => (3, dashed(1)),
        _ => return None,
    };
    // A further group joined by the same sign makes it a longer number of some other sort.
    if number.len(groups) > 0 && matches!(number.joint(groups), Joint::Hyphen | Joint::Colon | Joint::Slash) {
        return None;
    }
    Some(Written { digits: number.digits(0..groups), end: number.groups[groups - 1].end, usual })
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Day {
    /// A date of birth.
    Birth,
    /// A date of birth with 60 added to the day, or not established.
    Coordination,
}

impl Day {
    /// What the six or eight digits before the birth number are, if they are a day at all.
    fn of(date: &[u8]) -> Option<Self> {
        if is_birth_date(date) {
            return Some(Self::Birth);
        }
        let mut real = Digits::from_slice(date);
        let day = real.len() - 2;
        real[day] = real[day].checked_sub(6)?;
        // Month 00 and day 60 stand for what is not known; January and the first stand in for them here.
        if real[day - 2..day] == [0, 0] {
            real[day - 1] = 1;
        }
        if real[day..] == [0, 0] {
            real[day + 1] = 1;
        }
        is_birth_date(&real).then_some(Self::Coordination)
    }
}

/// Whether twelve digits are as likely a recent date and time of day, `YYYYMMDDhhmm`.
fn is_time_of_day(date: &[u8], serial: &[u8]) -> bool {
    date.len() == 8 && date[..2] == [2, 0] && serial[0] * 10 + serial[1] < 24 && serial[2] < 6
}

/// Interim, TF and reserve numbers: a date and four signs with letters among them.
fn lettered(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let date = number.digits(0..1);
    let first = number.groups[0];
    if !matches!(date.len(), 6 | 8 | 10) {
        return None;
    }
    let rest = &p.text[first.end..];
    let tail = rest.trim_start_matches(|c| is_dash(c) || c == '+');
    let dashed = rest.len() - tail.len();
    if rest[..dashed].chars().count() > 1 {
        return None;
    }
    let signs: String = tail.chars().take_while(char::is_ascii_alphanumeric).take(5).collect();
    let end = first.end + dashed + signs.len();
    if signs.len() != 4 || number.char_at(end).is_some_and(char::is_alphanumeric) {
        return None;
    }
    let bytes = signs.as_bytes();
    let day = Day::of(&date);
    let word = |list: &str| p.rules.words(Kind::Personnummer, list).before(p.text, first.start).pro;
    let mut evidence = EvidenceList::from([Reason::Shape]);
    if dashed > 0 {
        evidence.push(Reason::Form);
    }
    if day.is_some() {
        evidence.push(Reason::Date);
    }
    let interim = matches!(bytes[0], b'T' | b'R' | b'S' | b'U' | b'W' | b'X' | b'J'..=b'N' | b'P') && bytes[1..].iter().all(u8::is_ascii_digit);
    let reserve = word("reserve");
    if interim && day.is_some() && reserve.is_none() {
        if let Some((cue, _)) = word("interim").or_else(|| p.rules.cues(Kind::Personnummer).around(p.text, first.start..end).pro) {
            evidence.push(Evidence { reason: Reason::Cue, detail: Some(cue) });
        } else if dashed == 0 {
            evidence.push(Reason::Ambiguous);
        }
        // The letter counts as 1 in the check digit (personnummer.dev); those in use often do not check.
        let mut ten = Digits::from_slice(&date[date.len() - 6..]);
        ten.push(1);
        ten.extend(bytes[1..].iter().map(|b| b - b'0'));
        if luhn(&ten) {
            evidence.push(Reason::Checksum);
        }
        return Some(Entity::new(Kind::Personnummer, first.start, end, evidence).with(Attribute::Interim));
    }
    // A TF number's letters are particular enough; the regions' reserve numbers need a word.
    if dashed > 0 && day == Some(Day::Birth) && signs.starts_with("TF") && bytes[2..].iter().all(u8::is_ascii_digit) {
        return Some(Entity::new(Kind::Personnummer, first.start, end, evidence).with(Attribute::Reserve));
    }
    let (cue, _) = reserve?;
    let has_digit = bytes.iter().any(u8::is_ascii_digit);
    let has_letter = bytes.iter().any(u8::is_ascii_uppercase);
    if !has_digit || !has_letter {
        return None;
    }
    evidence.push(Evidence { reason: Reason::Cue, detail: Some(cue) });
    Some(Entity::new(Kind::Personnummer, first.start, end, evidence).with(Attribute::Reserve))
}

/// A partly masked number: `19800102-XXXX`, `800102-23**`; and a reserve number of digits alone, with its word.
fn masked(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let date = number.digits(0..1);
    let first = number.groups[0];
    if matches!(number.len(0), 12) && number.form().len() == 1 {
        let (cue, _) = p.rules.words(Kind::Personnummer, "reserve").before(p.text, first.start).pro?;
        let evidence = EvidenceList::from([Reason::Shape]);
        let mut entity = Entity::new(Kind::Personnummer, first.start, first.end, evidence).with(Attribute::Reserve);
        entity.evidence.push(Evidence { reason: Reason::Cue, detail: Some(cue) });
        return matches!(date[..2], [9, 9] | [2, 2..=9]).then_some(entity);
    }
    if !matches!(date.len(), 6 | 8) || Day::of(&date).is_none() {
        return None;
    }
    let rest = &p.text[first.end..];
    let tail = rest.trim_start_matches(is_blank).trim_start_matches(|c| is_dash(c) || c == '+').trim_start_matches(is_blank);
    if rest.len() == tail.len() {
        return None;
    }
    let signs = tail.bytes().take_while(|b| matches!(b, b'X' | b'x' | b'*' | b'#' | b'?' | b'_' | b'0'..=b'9') || *b == b'N').count();
    let hidden = tail[..signs].bytes().filter(|b| !b.is_ascii_digit()).count();
    let end = first.end + rest.len() - tail.len() + signs;
    if signs != 4 || hidden == 0 || number.char_at(end).is_some_and(char::is_alphanumeric) {
        return None;
    }
    Some(Entity::new(Kind::Personnummer, first.start, end, [Reason::Shape, Reason::Date, Reason::Form]).with(Attribute::Partial))
}

/// "800102 och de fyra sista är 2386": the whole number, if nothing but such words part it and its check digit is right.
fn told_apart(number: &Number<'_>, word: &'static str, p: &Passage<'_>) -> Option<Entity> {
    /// Most words between the parts, in bytes.
    const APART: usize = 48;
    let last = number.groups[0];
    let near = p.text.ceil_char_boundary(last.start.saturating_sub(APART));
    let end = near + p.text[near..last.start].rfind(|c: char| c.is_ascii_digit())? + 1;
    let start = p.text[..end].trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let parted = p.text[end..last.start].contains(['.', '!', '?', '\n']);
    if !matches!(end - start, 6 | 8) || parted || p.text[..start].ends_with(['-', '/', '+']) {
        return None;
    }
    let date: Digits = p.text[start..end].bytes().map(|b| b - b'0').collect();
    Day::of(&date)?;
    let mut ten = Digits::from_slice(&date[date.len() - 6..]);
    ten.extend(number.digits(0..1).iter().copied());
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Date, Reason::Checksum]);
    evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    luhn(&ten).then(|| Entity::new(Kind::Personnummer, start, last.end, evidence))
}

/// "de fyra sista är 2386": the last four by themselves, worth telling beside a birth date.
fn last_four(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let first = number.groups[0];
    if first.len() != 4 || number.is_glued_after(first.end) {
        return None;
    }
    let (word, distance) = p.rules.words(Kind::Personnummer, "last-four").before(p.text, first.start).pro?;
    if distance > 4 {
        return None;
    }
    if let Some(whole) = told_apart(number, word, p) {
        return Some(whole);
    }
    let mut evidence = EvidenceList::from([Reason::Shape]);
    evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    if p.rules.words(Kind::Personnummer, "birth").around(p.text, first.start..first.end).pro.is_some() {
        evidence.push(Reason::Neighbour);
    }
    Some(Entity::new(Kind::Personnummer, first.start, first.end, evidence).with(Attribute::Partial))
}
