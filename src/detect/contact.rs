//! Whose a telephone number is: an organisation's, somebody's at work, or a private person's.
//!
//! Read from the words around: the nearest word for a service, a role or private life decides; where none is near,
//! whether a person is named, whether it is a mobile number, and what the surroundings are about.

mod named;
mod scene;

use std::ops::Range;

use named::Named;
use scene::{HOME_PHONE, IMPERSONAL, LONE_ROLE, OWN_PHONE, PRIVATE, ROLE, SWITCHBOARD, Scene, UNIT, WORK_LEAD};

use super::{Passage, email};
use crate::text::blank_line;

/// Whose a number or an address is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Reaches an organisation, whoever answers.
    Organisation,
    /// Somebody's through work.
    Employee,
    /// A private person's.
    Person,
}

/// Whose the telephone number at bytes `span` is. `service`: its series belongs to organisations.
pub(super) fn owner(p: &Passage<'_>, span: Range<usize>, service: bool, mobile: bool) -> Owner {
    if service {
        return Owner::Organisation;
    }
    let scene = Scene::of(p, span.clone());
    // "eller hem 031-…", "031-… privat": whoever was named.
    if scene.has(HOME_PHONE, 2) || scene.after.iter().take(2).any(|token| token.is(HOME_PHONE)) {
        return Owner::Person;
    }
    // A label by itself: `Fax 031-…`, `Växel: 031-…`.
    if is_headed_by(&scene, SWITCHBOARD) {
        return Owner::Organisation;
    }
    let named = Named::of(&scene);
    // "Gun på expeditionen, 08-…"
    if named.by_title || named.at_unit && (!mobile || named.words > 1) {
        return Owner::Employee;
    }
    let (line, sentence) = (scene.line, scene.sentence);
    let unit = || scene.near(UNIT, sentence, 3).filter(|_| named.words == 0);
    let service = scene.near(SWITCHBOARD, line, 10).filter(|&d| !mobile || d <= 3).or_else(unit).or(named.organisation.then_some(1));
    let role = match (named.words == 0 && !named.elsewhere, mobile) {
        // "Kontakta handläggaren på 08-…": whoever it is.
        (true, false) => scene.near(LONE_ROLE, sentence, 4).or(is_headed_by(&scene, ROLE).then_some(1)),
        (true, true) => scene.near(ROLE, sentence, 8),
        (false, _) => scene.near(ROLE, scene.before.len(), 14),
    };
    let private = scene.near(PRIVATE, sentence, 9);
    let shared = !scene.has(OWN_PHONE, 1);
    let nearer = |a: Option<usize>, b: Option<usize>| a.is_some_and(|a| b.is_none_or(|b| a <= b));
    if shared && named.words < 2 && nearer(service, role) && nearer(service, private) {
        return Owner::Organisation;
    }
    if nearer(private, role) {
        // "når du mig på 070-… eller anna.ek@skolan.example": she is at work.
        let me = scene.before.iter().find(|token| token.is(PRIVATE)).is_some_and(|token| matches!(token.bare, "mig" | "mej"));
        let own = me && mailbox(p, &span) == Some(Owner::Employee);
        return if own { Owner::Employee } else { Owner::Person };
    }
    if role.is_some() || named.words > 0 && scene.has(WORK_LEAD, sentence) {
        return Owner::Employee;
    }
    match mailbox(p, &span) {
        Some(Owner::Employee) => return Owner::Employee,
        Some(Owner::Organisation) if named.words == 0 => return Owner::Organisation,
        Some(Owner::Person) => return Owner::Person,
        _ => {}
    }
    by_surroundings(&scene, named, mobile, shared)
}

/// Whose a number is that no word near it tells of.
fn by_surroundings(scene: &Scene<'_>, named: Named, mobile: bool, shared: bool) -> Owner {
    if mobile {
        return Owner::Person;
    }
    let (office, private) = scene.about();
    let words = if named.words == 0 && named.elsewhere { 1 } else { named.words };
    match words {
        0 if shared && (office + 1 >= private || scene.has(IMPERSONAL, 6)) => Owner::Organisation,
        1 if office > private => Owner::Employee,
        2.. if office >= private => Owner::Employee,
        _ => Owner::Person,
    }
}

/// Whose an e-mail address on the same or a neighbouring line is.
fn mailbox(p: &Passage<'_>, span: &Range<usize>) -> Option<Owner> {
    let bytes = p.text.as_bytes();
    let from = span.start.saturating_sub(70);
    let to = (span.end + 90).min(bytes.len());
    let from = memchr::memrchr(b'\n', &bytes[from..span.start]).map_or(from, |at| from + at);
    let to = blank_line(&bytes[span.end..to]).map_or(to, |at| span.end + at);
    // The mailbox of the next sentence is the one of whom it names, unless it is but labelled: `031-…. E-post: …`.
    let after =
        memchr::memchr(b'@', &bytes[span.end..to]).filter(|&at| is_led_to(&p.text[span.end..span.end + at])).map(|at| span.end + at);
    let before = memchr::memrchr(b'@', &bytes[from..span.start]).map(|at| from + at);
    after.into_iter().chain(before).find_map(|at| email::owner_at(at, p))
}

/// Whether the number's line is but a label of these lists and the number: `Fax 031-…`.
fn is_headed_by(scene: &Scene<'_>, lists: u32) -> bool {
    scene.before.first().is_some_and(|label| label.is(lists) && label.is_capital()) && scene.before.get(1).is_none_or(|token| token.set_off)
}

/// Whether what stands between a number and a mailbox leads from one to the other.
fn is_led_to(between: &str) -> bool {
    let Some((_, next)) = between.split_once(". ") else { return true };
    let next = next.trim_start();
    ["E-post", "Epost", "e-post", "Mejl", "mejl", "Mail", "mail", "E-mail"].iter().any(|label| next.starts_with(label))
        || !next.contains(' ')
}
