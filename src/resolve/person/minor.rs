//! Children: by age, school class, kinship, school and play.

use super::class::{self, After};
use super::gap::{Between, CHILD, CLASS, JOB, MOURNER, PARENT, PAST, PUPIL, ROLE, UPPER, YOUTH};
use super::scene::Scene;
use super::{Sign, lists};
use crate::detect::Reason;

/// Why person `i` is under 18.
pub(super) fn sign(scene: &Scene<'_>, i: usize) -> Option<Sign> {
    let after = scene.after(i);
    if has_newborn(scene, i) {
        return None;
    }
    if in_pupils_council(scene, i) {
        return Some((Reason::Age, Some("elevråd")));
    }
    if scene.hits_before(i).next().is_some_and(|(h, b)| h.is(JOB) && b.words == 0 && !b.stop) {
        return None;
    }
    if class::after(after).is_some() || class::born_lately(after) || is_aged_before(scene, i) {
        return Some((Reason::Age, None));
    }
    if parent_of(scene, i) || beside_parent(scene, i) {
        return Some((Reason::Age, Some("mamma")));
    }
    if scene.is_worker(i) || scene.old || scene.past || scene.hits_before(i).any(|(h, b)| h.is(PAST | UPPER) && !b.blank) {
        return None;
    }
    let pupil = scene.hits_after(i).next().filter(|(h, b)| {
        h.is(PUPIL) && h.word.starts_with("elev") && h.word.len() <= 5 && b.words == 0 && (b.comma || after.starts_with(" ("))
    });
    if let Some((hit, _)) = pupil.filter(|_| !scene.hits_after(i).any(|(h, b)| h.is(UPPER) && !b.stop && !b.blank)) {
        return Some((Reason::Age, Some(hit.word)));
    }
    if in_class(scene, i) {
        return Some((Reason::Age, Some("klass")));
    }
    heading(scene, i).map(|word| (Reason::Age, Some(word)))
}

/// `Elevrådet: ordförande A, vice ordförande B, sekreterare C`: seats of children.
fn in_pupils_council(scene: &Scene<'_>, i: usize) -> bool {
    /// The longest title between two seats, in bytes; the most seats before one.
    const LONGEST: usize = 60;
    const SEATS: usize = 20;
    if !scene.young {
        return false;
    }
    for j in (0..=i).rev().take(SEATS) {
        let council = scene.hits_before(j).find(|(h, _)| h.is(PUPIL) && h.word.starts_with("elevråd") && !h.word.ends_with("ordförande"));
        if let Some((_, between)) = council {
            return !between.stop && !between.blank;
        }
        let before = scene.before(j);
        if before.len() > LONGEST {
            return false;
        }
        let between = Between::of(before);
        if between.stop || between.line || between.words > 2 {
            return false;
        }
    }
    false
}

/// Whether the line tells of a birth, and `A` is the parent: `A och B Ros – en son`, `Juni, dotter till A`.
pub(super) fn has_newborn(scene: &Scene<'_>, i: usize) -> bool {
    const BORN: [&str; 6] = [" en son", " en dotter", " en pojke", " en flicka", " tvillingar", " trillingar"];
    /// How far after a name its child may be spoken of, in bytes.
    const NEAR: usize = 120;
    let end = scene.span(i).end;
    let line = &scene.text[end..scene.text.floor_char_boundary(end + NEAR)];
    let line = line.split(['\n', ';']).next().unwrap_or(line);
    let born = line.split('–').nth(1).is_some_and(|t| BORN.iter().any(|w| t.starts_with(w)));
    let before = scene.before(i);
    born || ["son till ", "dotter till ", "barn till "].iter().any(|w| before.ends_with(w))
}

/// `Hugo o mamma B`, `Hugo och hans pappa`: a child goes by its first name.
fn beside_parent(scene: &Scene<'_>, i: usize) -> bool {
    if scene.name(i).contains(' ') {
        return false;
    }
    let after = scene.after(i);
    let Some(rest) = [" och ", " o ", " & ", " med "].iter().find_map(|w| after.strip_prefix(w)) else { return false };
    let rest = ["hennes ", "hans ", "sin "].iter().find_map(|w| rest.strip_prefix(w)).unwrap_or(rest);
    !scene.death && !scene.old && ["mamma ", "pappa ", "mamma.", "pappa."].iter().any(|w| rest.starts_with(w))
}

/// `A som har vattkoppor i 5A`, `när A fick epilepsi i tvåan`: unless A works there.
fn in_class(scene: &Scene<'_>, i: usize) -> bool {
    const WORK: [&str; 8] = ["undervis", "vikari", "jobb", "arbet", "lär", "mentor", "börjar som", "håller"];
    let after = scene.after(i);
    let class = scene.hits_after(i).take_while(|(h, b)| !h.is(JOB | ROLE | PARENT) && !b.stop && !b.comma && !b.line && b.words <= 5);
    let at = scene.span(i).end;
    class.filter(|(h, _)| h.is(CLASS)).any(|(h, _)| {
        let between = &after[..h.at - at];
        between.ends_with(" i ") && !between.contains([':', '(', '"', '–']) && !WORK.iter().any(|w| between.contains(w))
    })
}

/// Whether what follows person `i` speaks of all the persons before it too.
pub(super) fn speaks_of_all(scene: &Scene<'_>, i: usize) -> bool {
    class::after(scene.after(i)) == Some(After::All)
}

/// `14-åriga A`, `nioårige A`.
fn is_aged_before(scene: &Scene<'_>, i: usize) -> bool {
    let head = scene.before(i).trim_end_matches([' ', '*', '_']);
    if let Some(text) = ["år gamla", "år gammal", "år gamle"].iter().find_map(|w| head.strip_suffix(w)) {
        let age = text.trim_end().rsplit(char::is_whitespace).next().unwrap_or("");
        return class::is_aged(&format!("{age}-årig"));
    }
    let at = head.rfind(|c: char| !(c.is_alphanumeric() || c == '-')).map_or(0, |p| p + head[p..].chars().next().map_or(1, char::len_utf8));
    let token = &head[at..];
    token.contains("år") && (class::is_aged(token) || token.starts_with(char::is_uppercase) && class::is_aged(&token.to_lowercase()))
}

/// `A:s mamma`, `mamma till A`: unless somebody is mourned.
fn parent_of(scene: &Scene<'_>, i: usize) -> bool {
    if scene.death || scene.old {
        return false;
    }
    let young = |word: &str| ["mamma", "pappa", "föräld", "vårdnadshavare"].iter().any(|w| word.starts_with(w));
    let genitive = scene.after(i).starts_with("s ") || scene.after(i).starts_with(":s ");
    let rest = scene.after(i).trim_start_matches(':').trim_start_matches("s ");
    let school = [
        "klass ",
        "fröken",
        "lärare",
        "mentor",
        "förskola",
        "dagis",
        "skola",
        "kalas",
        "barnkalas",
        "dop ",
        "dop.",
        "elevassistent",
        "syskon",
        "lillasyster",
        "lillebror",
    ];
    let after = genitive
        && (school.iter().any(|w| rest.starts_with(w))
            || scene.hits_after(i).next().is_some_and(|(h, b)| h.is(PARENT) && young(h.word) && b.words <= 1));
    let before = scene.before(i).ends_with(" till ")
        && scene.hits_before(i).next().is_some_and(|(h, b)| h.is(PARENT) && young(h.word) && b.words == 1 && !b.comma);
    after || before
}

/// The word before the name that says so: `eleven A`, `Lucia: A`, `Flickor 10 år`, `min dotter A`.
fn heading(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    let head = scene.before(i);
    for (hit, between) in scene.hits_before(i) {
        if between.blank && between.stop {
            return None;
        }
        // A class earlier in the paragraph heads a list of names: `Klass 6A vann! Laget: A, B, C`.
        if between.stop {
            if hit.is(CLASS) || hit.is(PUPIL) && !hit.is(PARENT) {
                return lists::is_list(scene, i).then_some(if hit.is(CLASS) { "klass" } else { hit.word });
            }
            if hit.is(JOB | PARENT) {
                return None;
            }
            continue;
        }
        if between.words > 16 {
            return None;
        }
        let direct = between.words == 0 && !between.blank && !between.comma;
        if hit.is(JOB | ROLE | PARENT | MOURNER) {
            // `läraren A`, `mamma A`, `Mentorer: A`; a class or a school before it is not A's.
            if between.words == 0 || between.colon || hit.is(JOB | ROLE) && !between.line {
                return None;
            }
            continue;
        }
        if hit.is(CHILD) {
            let kin = direct && !between.line && !between.colon && !scene.death && !is_reached(scene.after(i));
            // `Dottern A har byggt` begins a story of grown-ups.
            if kin && !scene.text[hit.at..].starts_with(char::is_uppercase) {
                return Some(hit.word);
            }
            continue;
        }
        // `Elever i 7C, bland dem A och B`
        let among = [" bland dem ", " däribland ", " bland annat ", " bland andra "].iter().any(|w| head.ends_with(w));
        let copula = among || [" är ", " blir ", " blev ", " var ", " av ", "("].iter().any(|w| head.ends_with(w));
        let row = scene.before(i).rsplit('\n').next().is_some_and(|t| Between::of(t).words <= 2);
        let heads = between.colon || between.line && row || copula;
        if hit.is(PUPIL) && (heads || direct) && !of_grown(scene, i, hit.at) {
            return Some(hit.word);
        }
        let bare = direct && !scene.text[..hit.at].ends_with("i ");
        if hit.is(CLASS) && (heads || bare) && !of_grown(scene, i, hit.at) {
            return Some("klass");
        }
        if hit.is(YOUTH) && (between.line || between.colon) && is_grouped(head) {
            return Some(hit.word);
        }
    }
    None
}

/// Whether the class or school at `at` is named for its grown-ups: `klassföräldrarna i 4B`.
fn of_grown(scene: &Scene<'_>, i: usize, at: usize) -> bool {
    scene.hits_before(i).any(|(h, b)| h.at < at && at - h.at <= 32 && h.is(PARENT | JOB) && !b.stop && !scene.text[h.at..at].contains('\n'))
}

/// Whether a telephone number follows: who is called is grown up.
fn is_reached(after: &str) -> bool {
    [", 0", ", +", " på 0", " på tel", ", tel", " (0", " +", " 0"].iter().any(|w| after.starts_with(w))
}

/// Whether a heading holds an age or a grade besides its word for the young.
fn is_grouped(head: &str) -> bool {
    let tail = &head[head.ceil_char_boundary(head.len().saturating_sub(150))..];
    let low = tail.to_lowercase();
    low.contains(" år")
        || low.contains("åk ")
        || low.contains("årskurs")
        || low.contains("barnens")
        || low.contains("pojkar")
        || low.contains("flickor")
}
