//! Lists: persons side by side, or row under row, share what the first one's heading says.

use super::gap::{BLOCK, BODY, Between, CLASS, DEATH, FICTION, Hit, JOB, PARENT, PUPIL, ROLE, SCHOOL, SEAT, YOUTH};
use super::scene::Scene;
use super::{Mark, Marks, minor};
use crate::detect::{Attribute, Reason};

/// How a person is joined to the one before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Joint {
    /// Not at all.
    None,
    /// `A, B och C`.
    Comma,
    /// Row under row, or cell beside cell.
    Row,
}

/// Gives the members of a list what its first member has, and the first ones what is said of all at the end.
pub(super) fn spread(scene: &Scene<'_>, marks: &mut Marks) {
    if scene.young {
        children(scene, marks);
    }
    for i in 1..scene.len() {
        let Some(mark) = marks.0[i - 1] else { continue };
        if marks.0[i].is_none() && inherits(scene, i, mark) {
            marks.learn(i, mark, mark.reason);
        }
    }
    // Whether what is said at the end of a list reaches this far back.
    let mut of_all = false;
    for i in (1..scene.len()).rev() {
        let Some(mark) = marks.0[i] else {
            of_all = false;
            continue;
        };
        let all = match mark.attribute {
            Attribute::Minor => minor::speaks_of_all(scene, i) || of_all && i + 1 < scene.len() && joint(scene, i + 1) == Joint::Comma,
            Attribute::Fictional => pair(scene.before(i)),
            _ => false,
        };
        of_all = all && mark.attribute == Attribute::Minor;
        if all && marks.0[i - 1].is_none() && joint(scene, i) == Joint::Comma && !scene.is_worker(i - 1) {
            marks.learn(i - 1, mark, mark.reason);
        }
    }
}

/// Words for children and where they are.
const YOUNG: u32 = PUPIL | CLASS | YOUTH | SCHOOL;

/// A post so short that all of it is of one thing, in bytes.
const SHORT: usize = 600;

/// Where children are spoken of, a list of names without work or office is theirs.
fn children(scene: &Scene<'_>, marks: &mut Marks) {
    let mut first = 0;
    while first < scene.len() {
        let mut end = first + 1;
        while end < scene.len() && joint(scene, end) != Joint::None {
            end += 1;
        }
        let people = first..end;
        let grown = |i: usize| scene.is_worker(i) || is_grown(scene.after(i)) || minor::has_newborn(scene, i);
        let titled =
            scene.hits_before(first).take_while(|(_, b)| !b.stop && !b.blank).any(|(h, _)| h.is(JOB | PARENT | ROLE | SEAT | BLOCK | BODY));
        // `A (trafik), B (skola)` says what they answer for.
        let young = |h: &Hit| h.is(YOUNG) && !scene.text[..h.at].ends_with('(');
        let close = scene.hits_before(first).any(|(h, b)| young(h) && !b.blank)
            || scene.hits_after(end - 1).any(|(h, b)| young(h) && !b.stop && !b.blank)
            || people.clone().skip(1).any(|i| scene.hits_before(i).any(|(h, b)| young(h) && !b.blank))
            || scene.text.len() < SHORT && scene.young_start();
        if people.len() >= 3
            && close
            && !titled
            && !people.clone().any(|i| grown(i) || marks.0[i].is_some_and(|m| m.attribute != Attribute::Minor))
        {
            for i in people {
                marks.0[i].get_or_insert(Mark { attribute: Attribute::Minor, reason: Reason::Age, detail: None });
            }
        }
        first = end;
    }
}

/// Whether a list of at least two names starts at person `i`.
pub(super) fn is_list(scene: &Scene<'_>, i: usize) -> bool {
    i + 1 < scene.len() && joint(scene, i + 1) != Joint::None
}

/// `A & B`, `A och B`.
fn pair(between: &str) -> bool {
    matches!(between.trim_matches(['*', '_', '"', '”', ' ']), "&" | "och" | "eller")
}

fn inherits(scene: &Scene<'_>, i: usize, mark: Mark) -> bool {
    let joint = joint(scene, i);
    if joint == Joint::None {
        return false;
    }
    match mark.attribute {
        // A title is one person's; only a heading of minutes is for all.
        Attribute::Official => !scene.is_worker(i) && heads(scene, i, mark),
        Attribute::Minor => {
            let other_age = joint == Joint::Comma && is_single_age(scene, i - 1);
            mark.detail.is_some() && !(scene.is_worker(i) || other_age || is_grown(scene.after(i)))
        }
        Attribute::Dead => {
            mark.reason != Reason::Listed && !scene.is_worker(i)
                || joint == Joint::Row && matches!(mark.reason, Reason::Life | Reason::Death)
        }
        Attribute::Fictional => joint == Joint::Comma && mark.detail.is_some_and(|d| d != "figures") || pair(scene.before(i)),
        _ => false,
    }
}

/// Whether a mark comes from a word that heads a list, or from party letters in a list of them.
fn heads(scene: &Scene<'_>, i: usize, mark: Mark) -> bool {
    const HEADS: [&str; 16] = [
        "beslutande",
        "närvarande",
        "tjänstgörande",
        "ersättare",
        "ledamöter",
        "justera",
        "ja",
        "nej",
        "avstår",
        "vigselförrättare",
        "nämndemän",
        "kommunalråden",
        "förtroendevald",
        "presidi",
        "justerare",
        "bifall",
    ];
    let said = mark.detail.is_some_and(|word| HEADS.iter().any(|head| word.starts_with(head)));
    let gap = scene.before(i);
    let bare = gap.rsplit([')', ',']).next().unwrap_or(gap);
    let many =
        mark.detail.is_some_and(|word| ["chefer", "cheferna", "rektorer", "rektorerna", "direktörer", "direktörerna"].contains(&word));
    many || (scene.public || mark.detail == Some("vigselförrättare")) && said
        || super::official::party(scene.after(i - 1)).is_some() && bare.trim_matches([' ', '*', '-', '\n', '|']).len() <= 4
}

/// Whether the age after a name is that one's alone: `A, 11 år, och B`.
fn is_single_age(scene: &Scene<'_>, i: usize) -> bool {
    super::class::after(scene.after(i)).is_some() && !minor::speaks_of_all(scene, i)
}

/// Whether an age of 18 or more follows: `, 46`.
fn is_grown(after: &str) -> bool {
    let text = after.trim_start_matches(['*', ' ', ',', '(']);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 2
        && (text.starts_with(|c| c > '1') || text.starts_with("18") || text.starts_with("19"))
        && (text[2..].starts_with([')']) || text[2..].starts_with(", ") || text[2..].starts_with(" år"))
}

/// How person `i` is joined to the one before.
fn joint(scene: &Scene<'_>, i: usize) -> Joint {
    let gap = scene.before(i);
    if gap.len() > 110 {
        return Joint::None;
    }
    if gap.contains('\n') {
        return if is_row(gap) { Joint::Row } else { Joint::None };
    }
    if is_numbered(gap) {
        return Joint::Row;
    }
    let between = Between::of(gap);
    if between.stop || scene.hits_before(i).any(|(h, _)| h.is(JOB | ROLE | PARENT | DEATH | FICTION)) {
        return Joint::None;
    }
    let bare = gap.trim_start_matches(['*', '_', '"', '”']);
    let bare = bare.strip_prefix('s').filter(|t| t.starts_with(' ')).map_or(bare, |_| bare);
    let joined = bare.contains([',', '&', '/', '+', ';', '·', '•', '|', '–', ')', '🥈', '🥉'])
        || between.words == 1 && [" och ", " o ", " samt ", " eller ", " and "].iter().any(|w| gap.contains(w))
        || bare.trim().is_empty();
    let words = gap
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty() && !w.bytes().all(|b| b.is_ascii_digit()) && !matches!(*w, "och" | "o" | "samt"))
        .count();
    if joined && words <= if gap.contains('(') { 5 } else { 1 } { Joint::Comma } else { Joint::None }
}

/// Whether a gap is the end of one place of a list in running text and the number of the next: `, IF Hallby, 2.03,9 3) `.
fn is_numbered(gap: &str) -> bool {
    let Some(head) = gap.trim_end().strip_suffix([')', '.']) else { return false };
    let place = head.trim_end_matches(|c: char| c.is_ascii_digit());
    matches!(head.len() - place.len(), 1 | 2) && place.ends_with([' ', '(']) && gap.starts_with([',', ' ', '(']) && gap.len() <= 80
}

/// Whether a gap is the end of a row and the start of the next: one line feed, then a bullet, a number or nothing.
fn is_row(gap: &str) -> bool {
    let Some((end, start)) = gap.split_once('\n') else { return false };
    // Cells of a table: `Bana 2`, a tab, the name.
    if start.ends_with('\t') && !start.contains('\n') && start.len() <= 30 && end.len() <= 80 {
        return true;
    }
    let lead = start.trim_start_matches(['>', ' ', '-', '*', '•', '☐', '[', ']', '|', '#', '(', ')', '.', ':', '–', '\t']);
    let lead = lead
        .trim_start_matches(|c: char| c.is_ascii_digit() || c.is_ascii_punctuation() || c == ' ' || !c.is_alphanumeric() && !c.is_ascii());
    let short = lead.is_empty() || lead.len() <= 6 && lead.trim_end_matches([')', ' ', '|', '.']).len() <= 4;
    short && !start.contains('\n') && end.len() <= 80 && !Between::of(end.trim_end_matches(['.', ' '])).stop
}
