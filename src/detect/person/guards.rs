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
    if is_pet(text, tokens, first, last) {
        return SURE;
    }
    after(text, tokens, first, last) + before(tokens, first, last) + inside(text, tokens, first, last)
}

/// Whether the words around the mention say that it names an animal or a thing: `Vår chatbot Kim`, `husse till Ludde`.
pub(crate) fn names_thing(text: &str, tokens: &[Token], first: usize, last: usize) -> bool {
    let led = first > 0 && !tokens[first].first && matches!(tokens[first].gap, Gap::Space | Gap::QuoteOpen) && {
        let prev = &tokens[first - 1];
        prev.traits.any(List::Animal as u32 | List::Thing as u32) && !prev.traits.any(PEOPLE_WORDS)
    };
    led || is_pet(text, tokens, first, last)
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
    if first == last && is_verse(text, word, next) {
        return SURE;
    }
    if next.gap == Gap::ParenOpen || next.gap == Gap::Comma {
        let thing = next.traits.any(List::Animal as u32 | List::Thing as u32) && next.shape == Shape::Lower && first == last;
        return if thing && next.gap == Gap::ParenOpen { SURE } else { 0 };
    }
    if before_namesake(text, tokens, last) {
        return SURE;
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

/// Whether another name follows that something is named after, with this one: `Knut och Alice Wallenbergs stiftelse`.
fn before_namesake(text: &str, tokens: &[Token], last: usize) -> bool {
    let next = &tokens[last + 1];
    let from = match next.gap {
        Gap::And => last + 1,
        Gap::Space if next.text(text) == "och" => last + 2,
        _ => return false,
    };
    let run = tokens.get(from..).unwrap_or_default();
    run.windows(2).take(3).take_while(|two| two[0].capital()).any(|two| {
        let thing = &two[1];
        two[0].text(text).ends_with('s')
            && thing.gap == Gap::Space
            && (thing.traits.any(STREET_LIKE) || thing.text(text).ends_with("pris") || thing.text(text).ends_with("fond"))
    })
}

/// Whether a book of the Bible is named: `Lukas 2:1–20`.
fn is_verse(text: &str, word: &str, next: &Token) -> bool {
    const BOOKS: [&str; 18] = [
        "Matteus", "Markus", "Lukas", "Johannes", "Jakob", "Petrus", "Samuel", "Josua", "Daniel", "Jona", "Job", "Rut", "Ester", "Jesaja",
        "Jeremia", "Mika", "Joel", "Amos",
    ];
    next.gap == Gap::Space
        && next.shape == Shape::Number
        && BOOKS.contains(&word)
        && text[next.start as usize..].trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(':')
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

fn before(tokens: &[Token], first: usize, last: usize) -> i32 {
    let Some(prev) = first.checked_sub(1).map(|p| &tokens[p]) else { return 0 };
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
        if next.first || !part || here.first && is_or_ends_with(text, here, List::Animal as u32) {
            break;
        }
        if here.capital() {
            start = i;
        }
    }
    start
}

/// The last word of the list that the name at `at` is part of.
fn list_end(text: &str, tokens: &[Token], at: usize) -> usize {
    let mut end = at;
    for (i, t) in tokens.iter().enumerate().take(at + LIST).skip(at + 1) {
        if t.first || !(t.capital() && matches!(t.gap, Gap::Space | Gap::Comma) || t.gap == Gap::Space && t.text(text) == "och") {
            break;
        }
        if t.capital() {
            end = i;
        }
    }
    end
}

/// Whether the words around a list of names say that animals or machines are named so: `Sju katter söker hem: Sigge, Doris`,
/// `husse till Ludde`, `My och Mio, våra skolkaniner`, `Harald och Frid – två nya gräsklippare`.
fn is_pet(text: &str, tokens: &[Token], first: usize, last: usize) -> bool {
    let animal = |t: &Token| is_or_ends_with(text, t, List::Animal as u32) && !t.traits.any(PEOPLE_WORDS);
    let (start, end) = (list_start(text, tokens, first), list_end(text, tokens, last));
    let owner = |i: usize| matches!(tokens[i].text(text), "husse" | "matte" | "Husse" | "Matte");
    let led = start > 0
        && match tokens[start].gap {
            Gap::Colon => {
                let sentence = (start.saturating_sub(LIST)..start).rev().take_while(|&i| i + 1 == start || !tokens[i + 1].first);
                { sentence }.any(|i| animal(&tokens[i]))
            }
            Gap::Space => {
                animal(&tokens[start - 1])
                    || is_called(text, tokens, start)
                    || tokens[start - 1].text(text) == "till" && start > 1 && owner(start - 2)
            }
            _ => false,
        };
    // `Wilma är en labradoodle`
    let is = tokens.get(end + 1).is_some_and(|t| t.gap == Gap::Space && t.text(text) == "är")
        && tokens.get(end + 2).is_some_and(|t| leads_noun(t.text(text)))
        && tokens[end + 3..].iter().take(3).take_while(|t| t.shape == Shape::Lower && t.gap == Gap::Space).any(animal);
    led || is || {
        let phrase = tokens[end + 1..].iter().take(4).enumerate();
        let mut phrase = phrase.take_while(|(i, t)| {
            t.shape == Shape::Lower && if *i == 0 { matches!(t.gap, Gap::Comma | Gap::Dash) } else { t.gap == Gap::Space }
        });
        phrase.next().is_some_and(|(_, t)| leads_noun(t.text(text)))
            && phrase.any(|(_, t)| is_or_ends_with(text, t, List::Animal as u32 | List::Thing as u32) && !t.traits.any(PEOPLE_WORDS))
    }
}

/// Whether a thing is given the names from `start` on: `grupprummen ska heta Elsa och Ivar`, `vagnarna döps till Hilda`.
fn is_called(text: &str, tokens: &[Token], start: usize) -> bool {
    let word = |i: usize| tokens[i].text(text);
    let mut verb = start - 1;
    if matches!(word(verb), "nu" | "till") && verb > 0 {
        verb -= 1;
    }
    let called = matches!(word(verb), "heta" | "heter" | "hette" | "döps" | "döptes" | "döpas" | "döpts" | "kallas" | "kallades");
    let sentence = (verb.saturating_sub(6)..verb).rev().take_while(|&i| i + 1 == verb || !tokens[i + 1].first);
    called && { sentence }
        .any(|i| is_or_ends_with(text, &tokens[i], List::Animal as u32 | List::Thing as u32) && !tokens[i].traits.any(PEOPLE_WORDS))
}

/// Whether a word may start what is said of a name after a comma: `våra`, `två`, `kommunens`.
fn leads_noun(word: &str) -> bool {
    const WORDS: [&str; 14] = ["en", "ett", "den", "det", "vår", "våra", "vårt", "två", "tre", "fyra", "min", "mina", "deras", "familjens"];
    WORDS.contains(&word) || word.len() > 5 && word.ends_with('s')
}

/// Whether a word stands in one of these lists, or ends with one that does: `skolkaniner`.
fn is_or_ends_with(text: &str, t: &Token, lists: u32) -> bool {
    let word = t.text(text);
    let n = word.chars().count();
    t.traits.any(lists)
        || (t.shape == Shape::Lower || t.first && t.shape == Shape::Title)
            && n > 7
            && (5..=n - 3).any(|len| {
                let at = word.char_indices().nth(n - len).map_or(0, |(i, _)| i);
                lexicon::traits(super::hash::word(&word[at..])).any(lists)
            })
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
    // The alphabet as it is spelled: `Adam Bertil Cesar David Erik`.
    if last - first >= 4 && tokens[first..=last].iter().all(|t| t.traits.given() >= 3) {
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
