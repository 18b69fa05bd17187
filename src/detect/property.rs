//! Property designations: `Jönköping Hällstorp 1:23`, `kv. Hjorten 4`, `Hagen S:4`.
//!
//! Förordning (2000:308) om fastighetsregister: municipality, trakt or block, and register number. A block has a unit
//! number alone; joint property is written `s:`, `ga:` (gemensamhetsanläggning), `fs:`, `samf:`.

use super::number::{Joint, Number, is_blank};
use super::places::is_municipality;
use super::{Anchor, At, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};
use crate::text::{Word, word_before};

/// Finds property designations.
#[derive(Debug)]
pub(super) struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Property
    }

    fn anchors(&self) -> At {
        At::COLON.or(At::AFTER_WORD)
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let Anchor::Number(number) = at else { return };
        if number.len(0) > 3 || p.text.as_bytes()[number.start()] == b'0' {
            return;
        }
        let found = match p.text[..number.start()].chars().next_back() {
            Some(':') => joint(&number, p),
            Some(c) if is_blank(c) && number.joint(1) == Joint::Colon => unit(&number, p),
            Some(c) if is_blank(c) => block(&number, p),
            _ => None,
        };
        out.extend(found);
    }
}

/// `Hällstorp 1:23`.
fn unit(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let end = number.groups[1].end;
    let longer = number.joint(2) == Joint::Colon || number.joint(1) == Joint::Start;
    // `SS-EN 228:2013`: a year.
    let year = number.len(1) == 4 && (number.group(1).starts_with("19") || number.group(1).starts_with("20"));
    if number.len(1) > 4 || year || longer || number.is_glued_after(end) || number.group(1).starts_with('0') {
        return None;
    }
    let phrase = phrase(p, number.start())?;
    // Minutes and seconds (`31:17`), scales (`1:1000`).
    let (first, second) = (number.group(0), number.group(1));
    let time = first.len() == 2 && second.len() == 2 && first < "60" && second < "60";
    let scale = first == "1" && second.len() > 1 && second.ends_with('0') && second.parse().is_ok_and(|n: u32| n.is_multiple_of(50));
    weigh(p, phrase, end, time || scale)
}

/// `Exempelby S:4`, `Hagen GA:2`: the letters stand where block and unit do.
fn joint(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let end = number.groups[0].end;
    let head = &p.text[..number.start() - 1];
    let from = head.len() - head.bytes().rev().take(5).take_while(u8::is_ascii_alphabetic).count();
    let sort = &head[from..];
    if !["s", "ga", "fs", "samf"].iter().any(|known| sort.eq_ignore_ascii_case(known)) || number.is_glued_after(end) {
        return None;
    }
    match phrase(p, from).filter(|phrase| phrase.capital) {
        Some(phrase) => weigh(p, phrase, end, false),
        None => {
            let cue = p.rules.cues(Kind::Property).before(p.text, from).speaks_for()?;
            let evidence = [Reason::Shape, Reason::Form];
            let mut entity = Entity::new(Kind::Property, from, end, evidence);
            entity.evidence.push(Evidence { reason: Reason::Cue, detail: Some(cue) });
            Some(entity)
        }
    }
}

/// `kv. Hjorten 4`: a block and unit, told by the word before it only, or by another one before it in a list.
fn block(number: &Number<'_>, p: &Passage<'_>) -> Option<Entity> {
    let end = number.groups[0].end;
    if number.is_glued_after(end) || matches!(number.joint(1), Joint::Hyphen | Joint::Dot | Joint::Slash | Joint::Colon) {
        return None;
    }
    let phrase = phrase(p, number.start()).filter(|phrase| phrase.capital && !phrase.is_street)?;
    let cue = block_cue(p, phrase.start).or_else(|| permit(p, phrase.start, end))?;
    let mut evidence = EvidenceList::from([Reason::Shape, Reason::Form]);
    evidence.push(Evidence { reason: Reason::Cue, detail: Some(cue) });
    Some(Entity::new(Kind::Property, phrase.start, end, evidence))
}

/// The word for a block right before byte `at`, also across the ones listed before it: `fastigheterna Eken 4 och Eken 5`.
fn block_cue(p: &Passage<'_>, at: usize) -> Option<&'static str> {
    let words = p.rules.words(Kind::Property, "block");
    let mut at = at;
    for _ in 0..6 {
        if let Some((cue, 1)) = words.before(p.text, at).pro {
            return Some(cue);
        }
        let list = p.text[..at].trim_end_matches(is_blank);
        let list = [",", " och", " samt", " o", "/"].iter().find_map(|sign| list.strip_suffix(sign))?;
        let name = list.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':');
        if name.len() == list.len() {
            return None;
        }
        at = phrase(p, name.len())?.start;
    }
    None
}

/// A list of permits: the block opens a line and a word for building follows.
fn permit(p: &Passage<'_>, start: usize, end: usize) -> Option<&'static str> {
    let words = p.rules.words(Kind::Property, "permit");
    // "Bygglov för carport, Lärkan 12, sökande …", "Lärkan 12 (dnr …)"
    if p.text[end..].starts_with(" (dnr") {
        return Some("dnr");
    }
    if p.text[..start].ends_with(", ") && p.text[end..].starts_with(',') {
        let named = words.before(p.text, start).pro.and(words.after(p.text, end).pro);
        return named.map(|(word, _)| word);
    }
    let line = p.text[..start].trim_end_matches(|c| is_blank(c) || matches!(c, '-' | '*' | '•' | '–' | '|'));
    if !(line.is_empty() || line.ends_with('\n')) || !p.text[end..].starts_with([',', ' ', ':', '.']) {
        return None;
    }
    words.after(p.text, end).pro.map(|(word, _)| word)
}

/// The name before the number.
struct Phrase<'t> {
    start: usize,
    last: &'t str,
    /// All letters of the last word are capitals, as registers write it.
    upper: bool,
    capital: bool,
    /// A municipality of the table stands in it.
    municipality: bool,
    /// The same, or a name with a town's ending.
    town_like: bool,
    is_street: bool,
}

/// The words with capital letters that end at byte `at` and belong to the name; or one word in small letters.
fn phrase<'t>(p: &Passage<'t>, at: usize) -> Option<Phrase<'t>> {
    let last = before(p.text, at)?;
    let mut start = last.start;
    let upper = is_upper(last.text);
    let capital = is_capital(last.text);
    let (mut municipality, mut town_like) = (false, false);
    for _ in 0..3 {
        let Some(word) = before(p.text, start).filter(|word| capital && is_capital(word.text)) else { break };
        let listed = |name| p.rules.words(Kind::Property, name).is_listed(word.text);
        // `Upplands Väsby Hagen 1:2`: two words of a municipality.
        let two = before(p.text, word.start).filter(|first| is_municipality(&p.text[first.start..word.start + word.text.len()]));
        let known = two.is_some() || is_municipality(word.text);
        let town = known || listed("town");
        if listed("stop") || !(town || listed("before") || upper && is_upper(word.text)) {
            break;
        }
        municipality |= known;
        town_like |= town;
        start = two.map_or(word.start, |first| first.start);
    }
    let is_street = p.rules.words(Kind::Property, "street").is_listed(last.text);
    Some(Phrase { start, last: last.text, upper, capital, municipality, town_like, is_street })
}

/// The word that ends at byte `at` but for one blank, hyphens inside it.
fn before(text: &str, at: usize) -> Option<Word<'_>> {
    let head = text[..at].strip_suffix(is_blank)?;
    let from = text.ceil_char_boundary(head.len().saturating_sub(60));
    let name = |c: char| c.is_alphabetic() || matches!(c, '-' | '\'' | '’');
    let start = head[from..].rfind(|c| !name(c)).map_or(from, |p| from + p + head[from + p..].chars().next().map_or(1, char::len_utf8));
    let start = start + head[start..].len() - head[start..].trim_start_matches('-').len();
    (start < head.len() && head[start..].starts_with(char::is_alphabetic)).then(|| Word { start, text: &head[start..] })
}

fn is_capital(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn is_upper(word: &str) -> bool {
    word.chars().count() > 1 && !word.chars().any(char::is_lowercase)
}

/// What speaks for a name with block and unit number, which `doubtful` says may be a time or a scale.
fn weigh(p: &Passage<'_>, phrase: Phrase<'_>, end: usize, doubtful: bool) -> Option<Entity> {
    let barred = p.rules.words(Kind::Property, "not").is_listed(phrase.last);
    if barred || phrase.last.chars().count() < 2 {
        return None;
    }
    let heard = p.rules.cues(Kind::Property).around(p.text, phrase.start..end);
    let mut evidence = EvidenceList::from([Reason::Shape]);
    if let Some(word) = heard.speaks_for() {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    } else if let Some(word) = heard.speaks_against() {
        evidence.push(Evidence { reason: Reason::Against, detail: Some(word) });
    }
    if !phrase.capital {
        // Small letters: the word for it must stand next to the name or one verb away.
        let (_, distance) = heard.pro?;
        if distance > 2 || p.rules.words(Kind::Property, "small").is_listed(phrase.last) {
            return None;
        }
    }
    if doubtful && !phrase.municipality && heard.speaks_for().is_none() {
        evidence.push(Reason::Ambiguous);
    }
    if phrase.upper {
        evidence.push(Reason::Form);
    }
    if phrase.municipality || phrase.town_like && !doubtful {
        evidence.push(Reason::Table);
    }
    if phrase.capital && is_placed(p, phrase.start) {
        evidence.push(Reason::Neighbour);
    }
    Some(Entity::new(Kind::Property, phrase.start, end, evidence))
}

/// Whether the name stands where the name of a place does: after a preposition, a comma, or first on its line.
fn is_placed(p: &Passage<'_>, start: usize) -> bool {
    let head = p.text[..start].trim_end_matches(is_blank);
    head.is_empty()
        || head.ends_with(['\n', ',', '|', '(', '•', '*', '-', '–', ':'])
        || word_before(p.text, start).is_some_and(|w| p.rules.words(Kind::Property, "preposition").is_listed(w.text))
}
