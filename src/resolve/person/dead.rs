//! The dead: years of life, words for a death, times long past, names everyone knows.

use super::gap::{Between, DEATH, ELDER, Hit, JOB, OLD, PARENT, ROLE, SPEECH};
use super::scene::Scene;
use super::{Mark, Marks, Sign};
use crate::detect::{Attribute, Reason};

/// Why person `i` is dead.
pub(super) fn sign(scene: &Scene<'_>, i: usize) -> Option<Sign> {
    if scene.is_known(i, super::gap::FAMOUS) && !scene.has_namesake(i) {
        return Some((Reason::Listed, Some("famous-dead")));
    }
    if is_ruler(scene, i) || made_long_ago(scene.before(i)) {
        return Some((Reason::Life, None));
    }
    let years = years(scene.after(i));
    if let Some(word) = death_near(scene, i) {
        let history = years.map_or_else(|| scene.old || old_sentence(scene, i), |reason| reason == Reason::Life);
        return Some((if history { Reason::Life } else { Reason::Death }, Some(word)));
    }
    if let Some(reason) = years {
        return Some((reason, None));
    }
    // What shows the person alive is looked for last: it takes longest.
    let elder = |(h, b): (&Hit, Between)| h.is(ELDER) && b.words == 0 && !b.comma && !b.stop && !b.colon;
    let titled = || !scene.death && scene.hits_before(i).next().is_some_and(elder);
    // `Min mormor hette A`; a winner and a dog of today had names too.
    let kin = || scene.hits_before(i).take_while(|(_, b)| !b.stop && !b.blank).any(|(h, _)| h.is(PARENT | ELDER));
    let called =
        || ["hette ", "hette hon ", "hette han "].iter().any(|w| scene.before(i).ends_with(w)) && (scene.old || scene.quiet || kin());
    let is_past = scene.old || titled() || called() || old_sentence(scene, i);
    (is_past && !lives(scene, i)).then_some((Reason::Life, None))
}

/// Whose death the bereaved remember: from this year on.
const REMEMBERED: u16 = 1990;

/// Years of life, a cross, a birth long ago: `(1889–1957)`, `†`, `född 1848`; a death, if the bereaved remember it.
fn years(after: &str) -> Option<Reason> {
    let text = after.trim_start_matches(['*', '_', ' ', ',', '(']);
    if text.starts_with('†') || text.starts_with("✝") {
        return Some(Reason::Death);
    }
    let born = born(after);
    let (year, rest) = born.or_else(|| year(text))?;
    let rest = rest.trim_start();
    let end = rest.strip_prefix(['–', '-', '—']).and_then(|t| self::year(t.trim_start())).map(|(end, _)| end).filter(|end| *end > year + 9);
    let dead = born.is_some() && (rest.starts_with(", d.") || rest.starts_with(", död"));
    match end {
        Some(end) if end < REMEMBERED => Some(Reason::Life),
        Some(_) => Some(Reason::Death),
        None if dead && year + 100 > REMEMBERED => Some(Reason::Death),
        None => (dead || born.is_some() && year < 1915).then_some(Reason::Life),
    }
}

/// The year of birth that follows a name, and what follows it: `född 1848`, `(f. 1959)`.
fn born(after: &str) -> Option<(u16, &str)> {
    let text = after.trim_start_matches(['*', '_', ' ', ',', '(']);
    ["född ", "f. ", "f ", "* "].iter().find_map(|w| text.strip_prefix(w)).and_then(year)
}

/// Whether a number or a byname makes the name a ruler's or a saint's: `Karl XIV Johan`, `Katarina den stora`, `heliga
/// Birgitta`. The living have numbers too.
fn is_ruler(scene: &Scene<'_>, i: usize) -> bool {
    const LIVING: [&str; 14] = [
        "Carl XVI",
        "Karl XVI",
        "Charles III",
        "Harald V",
        "Frederik X",
        "Fredrik X",
        "Margrethe II",
        "Margareta II",
        "Felipe VI",
        "Leo XIV",
        "Abdullah II",
        "Mohammed VI",
        "Muhammed VI",
        "Albert II",
    ];
    const BYNAMES: [&str; 8] =
        ["den store", "den stora", "den helige", "den heliga", "den fromme", "den förste", "den grymme", "den förskräcklige"];
    let name = scene.name(i);
    let rest = scene.after(i);
    let numeral = |word: &str| word.len() <= 5 && !word.is_empty() && word.bytes().all(|b| matches!(b, b'I' | b'V' | b'X'));
    let next = rest.strip_prefix(' ').unwrap_or_default();
    let word = &next[..next.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(next.len())];
    let word = word.strip_suffix('s').unwrap_or(word);
    // `I` is a word too, at the start of a sentence.
    let numbered = name.split(' ').skip(1).any(numeral)
        || numeral(word) && (word.len() > 1 && word != "X" || next[word.len()..].starts_with([',', '.', ';', ')']));
    let living = LIVING.iter().any(|l| name.starts_with(l) || l.strip_prefix(name).is_some_and(|l| l.trim() == word));
    let bynamed = BYNAMES.iter().any(|b| name.ends_with(b) || next.starts_with(b));
    let saint = ["heliga ", "helige ", "Sankt ", "Sankta ", "S:t ", "S:ta ", "Tsar ", "tsar ", "tsaren ", "kejsar ", "Kejsar "];
    numbered && !living || bynamed || saint.iter().any(|w| scene.before(i).ends_with(w))
}

/// Whether the name is that of who made something long ago: `grundades 1921 av`, `ritad 1904 av arkitekten`.
fn made_long_ago(before: &str) -> bool {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(60))..];
    let Some((head, tail)) = near.rsplit_once(" av ") else { return false };
    let year = head.get(head.len().saturating_sub(4)..).and_then(|y| y.parse::<u16>().ok());
    year.is_some_and(|y| (1000..=1945).contains(&y)) && tail.split_whitespace().count() <= 2 && !tail.contains([',', '.', '\n'])
}

/// The year that starts `text`, and what follows it.
fn year(text: &str) -> Option<(u16, &str)> {
    let digits = text.get(..4).filter(|d| d.bytes().all(|b| b.is_ascii_digit()))?;
    let rest = &text[4..];
    let year = digits.parse().ok().filter(|y| (1000..2100).contains(y))?;
    (!rest.starts_with(|c: char| c.is_ascii_digit())).then_some((year, rest))
}

/// A word for a death that is this person's: `A har avlidit`, `Minnesord: A`, `dödsboet efter A`.
fn death_near(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    let after = scene.after(i);
    let theirs = |text: &str| !["vars ", "sörjer", "när ", "efter att", "sedan ", "innan "].iter().any(|w| text.contains(w));
    let (start, end) = (scene.span(i).start, scene.span(i).end);
    for (hit, b) in scene.hits_after(i) {
        if b.stop || b.blank || b.line || b.words > 9 {
            break;
        }
        if hit.is(DEATH)
            && theirs(&after[..hit.at - end])
            && !is_survivor(scene, i)
            && !hit.word.starts_with("minne")
            && (!is_rite(hit.word) || &after[..hit.at - end] == "s ")
        {
            return Some(hit.word);
        }
    }
    for (hit, b) in scene.hits_before(i) {
        if b.stop || b.words > 3 {
            break;
        }
        if b.words == 0 && hit.is(JOB | PARENT) {
            break;
        }
        if hit.is(DEATH) && hit.end > hit.at + hit.word.len() && b.words <= 1 && !b.comma {
            return Some(hit.word);
        }
        if b.colon && is_heading(hit.word) && scene.text[hit.end..start].trim_end_matches([' ', '\n', '*', '-']).ends_with(':') {
            return Some(hit.word);
        }
        if hit.is(DEATH) && (b.words == 0 || joined(&scene.text[hit.end..scene.span(i).start], b)) {
            return Some(hit.word);
        }
    }
    None
}

/// Words that head a list of the dead: `Avlidna i församlingen: A, B`.
fn is_heading(word: &str) -> bool {
    ["avlidna", "avlidne", "dödsfall", "döda", "bortgångna"].contains(&word)
}

/// Words for a rite that others are named after.
fn is_rite(word: &str) -> bool {
    ["begravning", "kondoleans", "sorg", "tyst", "gravsten", "dödsbo", "testament", "vår", "till", "tomheten", "saknaden"].contains(&word)
}

/// `Begravning för A`, `dödsboet efter A`, `Den avlidne är A`, `Vi minns vår A`.
fn joined(text: &str, b: Between) -> bool {
    let first = text.trim_start_matches([' ', ':', '*', '"', '”', '–', '\n', '#']);
    !b.comma && ["för ", "efter ", "av ", "är ", "vår ", "över ", "heter ", "of ", "for "].iter().any(|w| first.starts_with(w))
}

/// Whether the person is named as one of those left behind.
fn is_survivor(scene: &Scene<'_>, i: usize) -> bool {
    scene.hits_before(i).next().is_some_and(|(h, b)| h.is(PARENT | super::gap::CHILD | super::gap::MOURNER) && b.words <= 1 && !b.line)
        && !scene.before(i).ends_with("make ")
}

/// Whether the text shows the person alive: says something today, took the picture, has a role.
fn lives(scene: &Scene<'_>, i: usize) -> bool {
    let said = scene
        .before(i)
        .trim_end()
        .rsplit(char::is_whitespace)
        .next()
        .is_some_and(|w| ["säger", "sa", "berättar", "skriver", "Foto:", "Text:", "foto:"].contains(&w));
    let now = [" är ", " vill ", " ska ", " kommer "].iter().any(|w| scene.after(i).starts_with(w));
    let young = scene.hits_before(i).next().is_some_and(|(h, b)| h.is(super::gap::CHILD) && b.words == 0 && h.word.starts_with("barnbarn"));
    let today = is_of_today(scene.before(i).rsplit(['.', '\n']).next().unwrap_or_default())
        || is_of_today(scene.after(i).split(['.', '\n']).next().unwrap_or_default());
    // `1887 köpte handlanden A gården`: the year is of what is told, whatever A worked with.
    let told = || scene.hits_before(i).take_while(|(_, b)| !b.stop && !b.blank).any(|(h, _)| h.is(OLD));
    said || today
        || acts(scene, i)
        || born(scene.after(i)).is_some_and(|(year, _)| year > 1930)
        || now
        || young
        || scene.hits_after(i).next().is_some_and(|(h, b)| h.is(SPEECH) && b.words == 0)
        || scene.hits_before(i).next().is_some_and(|(h, b)| (h.is(SPEECH) || h.is(JOB | ROLE) && !scene.old && !told()) && b.words == 0)
}

/// Whether part of a sentence tells of these days.
fn is_of_today(text: &str) -> bool {
    const WORDS: [&str; 12] = ["dag", "idag", "år", "nuvarande", "nu", "somras", "höstas", "vintras", "våras", "kväll", "morgon", "numera"];
    let mut before = "";
    text.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).any(|word| {
        let led = std::mem::replace(&mut before, word);
        let with_i = matches!(word, "dag" | "år" | "somras" | "höstas" | "vintras" | "våras" | "kväll" | "morgon");
        WORDS.contains(&word) && (!with_i || led.eq_ignore_ascii_case("i"))
    })
}

/// Whether the person does something in the present tense, or something is done by them: `A visar`, `leds av A`.
fn acts(scene: &Scene<'_>, i: usize) -> bool {
    let present = |word: &str| word.len() > 4 && (word.ends_with("ar") || word.ends_with("er")) && word.starts_with(char::is_lowercase);
    let passive = |word: &str| word.len() > 3 && word.ends_with('s') && !word.ends_with("des") && !word.ends_with("tes");
    let after = scene.after(i).strip_prefix(' ').unwrap_or_default();
    let verb = &after[..after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len())];
    let mut before = scene.before(i).split_whitespace().rev();
    present(verb) || before.next() == Some("av") && before.next().is_some_and(passive)
}

/// A year long past in the same sentence, before or after.
fn old_sentence(scene: &Scene<'_>, i: usize) -> bool {
    // In a text of that time alone, and quiet, the year may stand in another sentence of the paragraph.
    let near = |h: &Hit, b: &Between| h.is(OLD) && !b.blank && h.at.abs_diff(scene.span(i).start) < 160;
    if scene.quiet && (scene.hits_before(i).any(|(h, b)| near(h, &b)) || scene.hits_after(i).any(|(h, b)| near(h, &b))) {
        return true;
    }
    scene.hits_before(i).take_while(|(_, b)| !b.stop && !b.blank).any(|(h, _)| h.is(OLD))
        || scene.hits_after(i).take_while(|(_, b)| !b.stop && !b.blank).any(|(h, _)| h.is(OLD))
}

/// The kin of the dead in texts of times past: `Hustrun B, född C`, `Fadern D`.
pub(super) fn kin(scene: &Scene<'_>, marks: &mut Marks) {
    for i in 1..scene.len() {
        if marks.is(i - 1, Attribute::Dead) && marks.0[i].is_none() && is_old_kin(scene, i) {
            marks.0[i] = Some(Mark { attribute: Attribute::Dead, reason: Reason::Life, detail: None });
        }
    }
}

fn is_old_kin(scene: &Scene<'_>, i: usize) -> bool {
    let parent =
        |word: &str| ["fadern", "modern", "far", "mor", "farfar", "farmor", "morfar", "mormor", "svärfar", "svärmor"].contains(&word);
    let born = scene.before(i).trim_start_matches([',', ' ']) == "född ";
    let child = ["dotter till ", "son till "].iter().any(|w| scene.before(i).contains(w)) && scene.before(i).len() < 120;
    let wife = |word: &str| {
        (!scene.death || i > 1 && scene.before(i).starts_with(" och hans hustru"))
            && ["hustru", "hustrun", "maken", "svärfadern", "svärfar"].contains(&word)
    };
    born || child || scene.hits_before(i).next().is_some_and(|(h, b)| h.is(PARENT) && b.words == 0 && (parent(h.word) || wife(h.word)))
}
