//! Whose an address is: a person's home, or the premises of an organisation.

use super::street::starts_capital;
use super::tail::Tail;
use crate::detect::names::is_given_name;
use crate::detect::number::is_blank;
use crate::detect::{Kind, Passage};
use crate::text::{sentence_around, words};

/// What the words around an address say.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Whose {
    /// Whether it is an organisation's.
    pub organisation: bool,
    /// Whether a word or a name before it says that somebody lives there.
    pub home: bool,
    /// The word that says that it is an address at all, and how many words away it is.
    pub cue: Option<(&'static str, usize)>,
}

/// Reads the words around bytes `start..tail.end`.
pub(super) fn whose(p: &Passage<'_>, start: usize, tail: &Tail) -> Whose {
    let list = |name| p.rules.words(Kind::Address, name);
    // What was said in an earlier sentence is about something else; but an address may be a sentence by itself.
    let sentence = words(&p.text[sentence_around(p.text, start).0..start]).count();
    let same = |found: &(&'static str, usize)| sentence == 0 || found.1 <= sentence;
    let home = list("home").before(p.text, start).pro.filter(same);
    let mut premises = list("organisation").before(p.text, start).pro.filter(same);
    if p.text[..start].trim_end_matches(is_blank).ends_with([',', ':', '(', '\n', '|']) {
        let actor = list("actor").before(p.text, start).pro.filter(same);
        premises = [premises, actor].into_iter().flatten().min_by_key(|(_, distance)| *distance);
    }
    let any = p.rules.cues(Kind::Address).before(p.text, start).pro;
    // "Festen är i bygdegården. Adress: Ekvägen 14": a label by itself is about what was said just before.
    if sentence == 1 && home.is_none() && premises.is_none() && any.is_some_and(|(_, distance)| distance == 1) && !is_about_somebody(p, start) {
        premises = list("organisation").before(p.text, start).pro;
    }
    let cue = [home, premises, any].into_iter().flatten().min_by_key(|(_, distance)| *distance);
    let named = is_after_person(p, start).then_some(2);
    let home = [home.map(|(_, d)| d), named].into_iter().flatten().min();
    let organisation = match (home, premises) {
        _ if tail.flat => false,
        (Some(home), Some((_, premises))) => premises < home,
        (None, Some(_)) => true,
        (Some(_), None) => false,
        (None, None) => tail.postcode == Some(start) && is_box_code(p, tail) || list("organisation-after").after(p.text, tail.end).pro.is_some(),
    };
    Whose { organisation, home: home.is_some(), cue }
}

/// Whether a name stands in the sentence before the one that byte `at` is in.
fn is_about_somebody(p: &Passage<'_>, at: usize) -> bool {
    let own = sentence_around(p.text, at).0;
    let before = p.text[..own].trim_end();
    let start = sentence_around(p.text, p.text.floor_char_boundary(before.len().saturating_sub(1))).0;
    let home = p.rules.words(Kind::Address, "home").find_in(&p.text[start..own]).is_some();
    home || words(&p.text[start..own]).any(|word| starts_capital(word.text) && is_given_name(word.text))
}

/// Whether the postcode is one for boxes and large receivers.
fn is_box_code(p: &Passage<'_>, tail: &Tail) -> bool {
    let Some(code) = tail.postcode.and_then(|at| p.text.get(at..at + 3)) else { return false };
    let codes = p.rules.words(Kind::Address, "organisation-postcode");
    codes.is_listed(code) || codes.is_listed(&code[..2])
}

/// Whether a person's name stands right before, set off by a comma: `Gerda Ek, Storgatan 1`.
fn is_after_person(p: &Passage<'_>, start: usize) -> bool {
    let from = p.text.ceil_char_boundary(start.saturating_sub(80));
    let head = &p.text[from..start];
    let Some(head) = head.trim_end().strip_suffix([',', '(', ':', '|']) else { return false };
    // "Ann Ek, ordf., Storgatan 1": who holds an office in a society has it at home.
    let head = ["ordf", "ordf.", "ordförande", "vice ordförande", "kassör", "sekr", "sekr.", "sekreterare", "ledamot", "suppleant", "revisor"]
        .iter()
        .find_map(|office| head.trim_end().strip_suffix(office)?.trim_end().strip_suffix(','))
        .unwrap_or(head);
    let chunk = head.rsplit([',', '.', ';', ':', '|', '(', '\n', '–']).next().unwrap_or("");
    let mut names = 0;
    for word in words(chunk) {
        let carries = starts_capital(word.text) || names > 0 && matches!(word.text, "von" | "af" | "de");
        names = if carries { names + 1 } else { 0 };
    }
    (2..=4).contains(&names) && p.rules.words(Kind::Address, "organisation").find_in(chunk).is_none() && p.rules.words(Kind::Address, "actor").find_in(chunk).is_none()
}
