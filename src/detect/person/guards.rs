//! Names that are no people: streets, firms, prizes, ships, storms, dishes, name days, animals.
//!
//! The words around a mention say it more surely than weights trained on a few thousand texts: whatever stands in
//! `Anna Whitlocks pris` or `färjan Silvia` is not the person. A guard takes from the margin; how much, by how sure it is.

use super::gap::Gap;
use super::lexicon::{self, List};
use super::token::{Shape, Token};

/// Taken when the words around leave no doubt.
const SURE: i32 = 200;
/// Taken when they usually say so.
const LIKELY: i32 = 70;

const STREET_LIKE: u32 = List::Street as u32 | List::Prize as u32;
const PEOPLE_WORDS: u32 = List::Title as u32 | List::Kin as u32 | List::Role as u32;

/// What the neighbours of the mention `tokens[first..=last]` take from its margin.
pub(crate) fn taken(text: &str, tokens: &[Token], first: usize, last: usize) -> i32 {
    after(text, tokens, first, last) + before(text, tokens, first, last) + inside(text, tokens, first, last)
}

/// A compound whose end names a thing: `Personsgatan`, `Bremer-förbundet`.
fn compound(text: &str, t: &Token) -> bool {
    let word = t.text(text);
    if let Some((_, tail)) = word.rsplit_once('-')
        && tail.starts_with(char::is_lowercase)
        && tail.chars().count() > 2
        && t.shape != Shape::Lower
    {
        return true;
    }
    let n = word.chars().count();
    if n < 7 {
        return false;
    }
    (4..=9.min(n - 3)).any(|len| {
        let at = word.char_indices().nth(n - len).map_or(0, |(i, _)| i);
        lexicon::traits(super::hash::word(&word[at..])).is(List::Tail)
    })
}

fn after(text: &str, tokens: &[Token], first: usize, last: usize) -> i32 {
    let Some(next) = tokens.get(last + 1) else { return 0 };
    let word = tokens[last].text(text);
    let genitive = word.ends_with(['s', 'x', 'z', 'S']);
    if next.gap == Gap::ParenOpen || next.gap == Gap::Comma {
        let thing = next.traits.any(List::Animal as u32 | List::Thing as u32) && next.shape == Shape::Lower && first == last;
        return if thing && next.gap == Gap::ParenOpen { SURE } else { 0 };
    }
    if next.gap == Gap::And {
        // `Martin & Servera`, `Lindahl & Berg KB`
        return firm_ahead(tokens, last + 1) * LIKELY;
    }
    if next.gap != Gap::Space {
        return 0;
    }
    if next.shape != Shape::Lower && compound(text, next) {
        return SURE;
    }
    if next.traits.is(List::Firm) && (next.shape != Shape::Lower || genitive) && firm_word(next) {
        return SURE;
    }
    let mut next = next;
    if genitive
        && next.shape == Shape::Lower
        && matches!(next.text(text), "stora" | "lilla" | "nya" | "gamla" | "norra" | "södra" | "östra" | "västra")
    {
        match tokens.get(last + 2) {
            Some(n) if n.gap == Gap::Space => next = n,
            _ => {}
        }
    }
    if !genitive || next.traits.any(PEOPLE_WORDS) {
        return 0;
    }
    let compound_tail = next.shape == Shape::Lower && compound(text, next);
    if next.traits.any(STREET_LIKE) || (compound_tail && first < last) {
        return SURE;
    }
    if next.traits.any(List::OrgHead as u32 | List::Thing as u32) {
        return if first < last { SURE } else { LIKELY };
    }
    if compound_tail { LIKELY } else { 0 }
}

/// 1 when a word for a firm stands among the capitalised words from `from` on.
fn firm_ahead(tokens: &[Token], from: usize) -> i32 {
    let run =
        tokens[from..].iter().take(4).enumerate().take_while(|(i, t)| t.capital() && (*i == 0 || matches!(t.gap, Gap::Space | Gap::And)));
    i32::from(run.into_iter().any(|(_, t)| firm_word(t)))
}

/// A word for a firm that is no name itself.
fn firm_word(t: &Token) -> bool {
    t.traits.is(List::Firm) && t.traits.given() < 4 && t.traits.surname() < 4
}

fn before(text: &str, tokens: &[Token], first: usize, last: usize) -> i32 {
    let Some(prev) = first.checked_sub(1).map(|p| &tokens[p]) else { return 0 };
    if pet(text, tokens, list_start(text, tokens, first)) {
        return SURE;
    }
    if tokens[first].first || !matches!(tokens[first].gap, Gap::Space | Gap::QuoteOpen) {
        return 0;
    }
    let not_people = |t: &Token| !t.traits.any(PEOPLE_WORDS);
    if prev.traits.is(List::Animal) && not_people(prev) {
        return SURE;
    }
    if prev.traits.is(List::Thing) && not_people(prev) {
        return SURE;
    }
    // `Tjuren heter Ferdinand`, `appen heter Karin`
    if matches!(prev.traits.0 & List::Cue as u32, 1..) && first == last && prev.shape == Shape::Lower && prev.traits.is(List::Speech) {
        let owner = (2..=4).filter_map(|d| first.checked_sub(d)).map(|p| &tokens[p]).take_while(|t| !t.first);
        if owner.into_iter().any(|t| t.traits.any(List::Animal as u32 | List::Thing as u32) && not_people(t)) {
            return SURE;
        }
    }
    // `Café Oskar`, `Hotell Anna`, `Advokatfirman Lindahl`
    if prev.traits.any(List::OrgHead as u32 | List::Firm as u32) && not_people(prev) && prev.shape == Shape::Title && first == last {
        return LIKELY;
    }
    0
}

/// The longest list that is gone back in, in words.
const LIST: usize = 12;

/// The first word of the list that the name at `at` is part of: `Molly, Zorro och Lady Gaga`.
fn list_start(text: &str, tokens: &[Token], at: usize) -> usize {
    let mut start = at;
    for i in (at.saturating_sub(LIST)..at).rev() {
        let (here, next) = (&tokens[i], &tokens[i + 1]);
        let part = here.capital() && matches!(next.gap, Gap::Space | Gap::Comma) || matches!(here.text(text), "och" | "samt");
        if next.first || !part {
            break;
        }
        if here.capital() {
            start = i;
        }
    }
    start
}

/// Whether what stands before `at` says that an animal is named: `ponnyer: Molly`, `husse till Ludde`.
fn pet(text: &str, tokens: &[Token], at: usize) -> bool {
    let Some(prev) = at.checked_sub(1).map(|p| &tokens[p]) else { return false };
    let animal = |t: &Token| t.traits.is(List::Animal) && !t.traits.any(PEOPLE_WORDS);
    let owner = |t: &Token| matches!(t.text(text), "husse" | "matte" | "Husse" | "Matte");
    match tokens[at].gap {
        Gap::Colon => animal(prev),
        Gap::Space => animal(prev) || prev.text(text) == "till" && at > 1 && owner(&tokens[at - 2]),
        _ => false,
    }
}

fn inside(text: &str, tokens: &[Token], first: usize, last: usize) -> i32 {
    let mut taken = 0;
    if compound(text, &tokens[last]) {
        taken += SURE;
    }
    let t = &tokens[first];
    // `Tors 18.00`, `Maj 2024`
    if first == last && t.traits.is(List::Calendar) && tokens.get(last + 1).is_some_and(|n| n.shape == Shape::Number) {
        taken += SURE;
    }
    if first == last && namesday(text, tokens, first) {
        taken += SURE;
    }
    taken
}

/// Whether the sentence is about name days.
fn namesday(text: &str, tokens: &[Token], at: usize) -> bool {
    // Back to where the sentence begins: `Namnsdag har i dag Ruben, i morgon Ragnhild och på onsdag Hillevi`.
    let start = (at.saturating_sub(30)..=at).rev().find(|&i| tokens[i].first).unwrap_or(at);
    let from = start.min(at.saturating_sub(8));
    let to = (at + 9).min(tokens.len());
    let about = |t: &Token| {
        let w = t.text(text);
        w.len() >= 8 && w.is_char_boundary(8) && w[..8].eq_ignore_ascii_case("namnsdag")
    };
    tokens[from..to].iter().any(about)
}
