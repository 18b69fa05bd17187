//! Children: by age, school class, kinship, school and play.

use super::class::{self, After};
use super::gap::{CHILD, CLASS, JOB, MOURNER, PARENT, PAST, PUPIL, ROLE, UPPER, YOUTH};
use super::scene::Scene;
use super::{Sign, lists};
use crate::detect::Reason;

/// Why person `i` is under 18.
pub(super) fn sign(scene: &Scene<'_>, i: usize) -> Option<Sign> {
    let after = scene.after(i);
    if class::after(after).is_some() || is_aged_before(scene, i) {
        return Some((Reason::Age, None));
    }
    if parent_of(scene, i) {
        return Some((Reason::Age, Some("mamma")));
    }
    if scene.is_worker(i) || scene.old || scene.hits_before(i).any(|(h, b)| h.is(PAST | UPPER) && !b.blank) {
        return None;
    }
    heading(scene, i).map(|word| (Reason::Age, Some(word)))
}

/// Whether what follows person `i` speaks of all the persons before it too.
pub(super) fn speaks_of_all(scene: &Scene<'_>, i: usize) -> bool {
    class::after(scene.after(i)) == Some(After::All)
}

/// `14-åriga A`, `nioårige A`.
fn is_aged_before(scene: &Scene<'_>, i: usize) -> bool {
    let head = scene.before(i).trim_end_matches([' ', '*', '_']);
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
    let after = genitive && scene.hits_after(i).next().is_some_and(|(h, b)| h.is(PARENT) && young(h.word) && b.words <= 1);
    let before = scene.before(i).ends_with(" till ")
        && scene.hits_before(i).next().is_some_and(|(h, b)| h.is(PARENT) && young(h.word) && b.words == 1 && !b.comma);
    after || before
}

/// The word before the name that says so: `eleven A`, `Lucia: A`, `Flickor 10 år`, `min dotter A`.
fn heading(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    let head = scene.before(i);
    for (hit, between) in scene.hits_before(i) {
        if between.words > 16 || between.blank && between.stop {
            return None;
        }
        // A class earlier in the paragraph heads a list of names: `Klass 6A vann! Laget: A, B, C`.
        if between.stop {
            if hit.is(CLASS) || hit.is(PUPIL) && !hit.is(PARENT) {
                return lists::is_long(scene, i).then_some(if hit.is(CLASS) { "klass" } else { hit.word });
            }
            if hit.is(JOB | PARENT) {
                return None;
            }
            continue;
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
            if kin {
                return Some(hit.word);
            }
            continue;
        }
        let copula = [" är ", " blir ", " blev ", " var ", " av ", "("].iter().any(|w| head.ends_with(w));
        let heads = between.colon || between.line || copula;
        if hit.is(PUPIL) && (heads || direct) {
            return Some(hit.word);
        }
        if hit.is(CLASS) && heads {
            return Some("klass");
        }
        if hit.is(YOUTH) && (between.line || between.colon) && is_grouped(head) {
            return Some(hit.word);
        }
    }
    None
}

/// Whether a telephone number follows: who is called is grown up.
fn is_reached(after: &str) -> bool {
    [", 0", ", +", " på 0", " på tel", ", tel", " (0"].iter().any(|w| after.starts_with(w))
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
