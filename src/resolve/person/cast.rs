//! Casts: which names of a play or a film are roles, and which are the actors'.

use super::gap::{ELDER, JOB, ROLE};
use super::scene::Scene;

/// What leads from a role to who plays it.
const PLAYED: [&str; 9] =
    ["spelas av", "spelad av", "spelades av", "gestaltas av", "gestaltad av", "tolkas av", "tolkad av", "görs av", "played by"];

/// How many rows make a cast.
const ROWS: usize = 2;

/// Whether person `i` is a role: somebody plays it, or it stands on that side of a cast.
pub(super) fn is_role(scene: &Scene<'_>, i: usize) -> bool {
    is_played(scene, i) || scene.stage && in_rows(scene, i)
}

/// Whether person `i` is named as the one who plays a role.
pub(super) fn is_actor(scene: &Scene<'_>, i: usize) -> bool {
    let before = scene.before(i).trim_end();
    PLAYED.iter().any(|w| before.ends_with(w)) || i > 0 && is_played(scene, i - 1)
}

/// `A spelas av B`, and in the sentence that goes on: `C av D`.
fn is_played(scene: &Scene<'_>, i: usize) -> bool {
    let after = scene.after(i).trim_start_matches(['"', '”', '*', '_', ',']).trim();
    if i + 1 == scene.len() {
        return false;
    }
    let goes_on = |gap: &str| gap.len() <= 60 && !gap.contains(['.', '!', '?', '\n']);
    PLAYED.contains(&after)
        || after == "av" && (0..i).rev().take_while(|&j| goes_on(scene.after(j))).any(|j| PLAYED.contains(&scene.after(j).trim()))
}

/// Two sides of a row of a cast: `Pigan Stava – Hanna Ek`, `Dorothy: Alba Lind`.
fn row(scene: &Scene<'_>, i: usize) -> Option<(usize, usize)> {
    let joins = |left: usize| {
        let gap = scene.after(left);
        if gap.len() > 40 || gap.contains('\n') {
            return false;
        }
        let before = scene.before(left);
        let line = before.rsplit('\n').next().unwrap_or_default();
        let starts = left == 0 || line.len() < before.len();
        let rest = gap.trim_start_matches(|c: char| c != '–' && c != ':' && c != '—').trim_start_matches(['–', ':', '—', ' ', '*']);
        let parted = gap.contains(" – ") || gap.contains(" — ") || gap.trim_start_matches('*').starts_with(": ");
        let words = |text: &str| text.split_whitespace().count();
        parted && words(rest) <= 1 && starts && words(line) <= 2
    };
    if i + 1 < scene.len() && joins(i) {
        return Some((i, i + 1));
    }
    (i > 0 && joins(i - 1)).then(|| (i - 1, i))
}

/// Whether person `i` stands on the side of the roles in rows of a cast.
fn in_rows(scene: &Scene<'_>, i: usize) -> bool {
    let Some((left, right)) = row(scene, i) else { return false };
    let mut rows = vec![(left, right)];
    let mut at = left;
    while let Some(before) = at.checked_sub(1).and_then(|j| row(scene, j)).filter(|r| r.1 < at) {
        at = before.0;
        rows.push(before);
    }
    let mut at = right;
    while let Some(next) = (at + 1 < scene.len()).then(|| row(scene, at + 1)).flatten().filter(|r| r.0 > at) {
        at = next.1;
        rows.push(next);
    }
    // A role has a rank or a single name.
    let ranked = |p: usize| scene.hits_before(p).next().is_some_and(|(h, b)| h.is(ELDER | JOB | ROLE) && b.words == 0 && !b.line);
    let weight = |p: usize| usize::from(!scene.name(p).contains(' ')) + usize::from(ranked(p));
    let (lefts, rights) = rows.iter().fold((0, 0), |(l, r), row| (l + weight(row.0), r + weight(row.1)));
    rows.len() >= ROWS && lefts != rights && (i == left) == (lefts > rights)
}
