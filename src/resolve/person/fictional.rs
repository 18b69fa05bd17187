//! The made up: names in titles of works, roles on a stage, figures everyone knows, mascots.

use super::gap::{FIGURE, Hit, JOB, ROLE, SEAT, SPEECH, STAGE};
use super::scene::Scene;
use super::{Sign, cast};
use crate::detect::Reason;

/// Why person `i` does not exist.
pub(super) fn sign(scene: &Scene<'_>, i: usize) -> Option<Sign> {
    if scene.is_known(i, super::gap::FAMOUS) {
        return None;
    }
    if scene.is_known(i, FIGURE) {
        return Some((Reason::Fiction, Some("figures")));
    }
    if cast::is_actor(scene, i) {
        return None;
    }
    if cast::is_role(scene, i) || in_title(scene, i) || in_cast(scene, i) {
        return Some((Reason::Fiction, None));
    }
    word_beside(scene, i).map(|word| (Reason::Fiction, Some(word)))
}

/// How far the marks of a title may be from the name, in bytes.
const REACH: usize = 60;

/// Whether the name stands in a title: short, in quotes or italics, no sentence.
fn in_title(scene: &Scene<'_>, i: usize) -> bool {
    let span = scene.span(i);
    let text = scene.text;
    let near = &text[text.ceil_char_boundary(span.start.saturating_sub(300))..span.start];
    let head = &near[near.rfind('\n').map_or(0, |p| p + 1)..];
    // `"`, `*`, `_` or the first byte of a typographic mark.
    if !head.bytes().any(|b| matches!(b, b'"' | b'*' | b'_' | 0xE2 | 0xC2)) {
        return false;
    }
    let tail = &text[span.end..text.floor_char_boundary((span.end + REACH).min(text.len()))];
    for mark in ['"', '”', '*', '_', '»'] {
        let Some((before, inside)) = opened(head, mark) else { continue };
        let Some(close) = tail.find(mark) else { continue };
        let rest = &tail[close + mark.len_utf8()..];
        let emphasis = matches!(mark, '*' | '_');
        if inside.len() > REACH || emphasis && rest.starts_with(mark) {
            continue;
        }
        let ending = &tail[..close];
        let sentence = |s: &str| s.contains(['.', '!', '?', ':', '\n', '–']);
        let words = [inside, scene.name(i), ending].iter().map(|s| s.split_whitespace().count()).sum::<usize>();
        if sentence(inside) || sentence(ending) || words > 8 || ending.contains('/') {
            return false;
        }
        if [" är ", " var ", " har ", " ska ", " kan ", " vill "].iter().any(|w| ending.starts_with(w)) {
            return false;
        }
        // A name alone in quotes is quoted for many reasons; in italics it is a title.
        let alone = inside.trim().is_empty() && ending.trim_start_matches('s').is_empty();
        if alone && !emphasis && is_just_a_name(before) && !is_of_works(scene, i) {
            return false;
        }
        return !(is_quotation(scene, i, before, inside, ending, rest) || emphasis && is_signature(scene, i, ending));
    }
    false
}

/// Whether what stands before the quotes leads to the name of a living person.
fn is_just_a_name(before: &str) -> bool {
    let lead = before.trim_end().rsplit(char::is_whitespace).next().unwrap_or("").to_lowercase();
    let kin = ["dottern", "sonen", "mamma", "pappa", "frun", "maken"];
    lead.starts_with("märk")
        || lead.starts_with("inskrip")
        || lead.starts_with("signatur")
        || lead == "inte"
        || lead == "namnet"
        || kin.contains(&lead.as_str())
}

/// Whether works are spoken of before or after the name.
fn is_of_works(scene: &Scene<'_>, i: usize) -> bool {
    let works = |h: &Hit| h.is(super::gap::FICTION | STAGE);
    scene.stage || scene.hits_before(i).any(|(h, _)| works(h)) || scene.hits_after(i).any(|(h, b)| works(h) && !b.stop)
}

/// What stands before the mark that is open at the end of `head`, and what after it.
fn opened(head: &str, mark: char) -> Option<(&str, &str)> {
    let single = |at: usize| mark != '*' || !head[..at].ends_with('*') && !head[at + 1..].starts_with('*');
    let count = head.match_indices(mark).filter(|(at, _)| single(*at)).count();
    if mark == '*' && head.matches("**").count() % 2 == 1 && count == 0 || count % 2 == 0 {
        return None;
    }
    let at = head.match_indices(mark).filter(|(at, _)| single(*at)).map(|(at, _)| at).next_back()?;
    Some((&head[..at], &head[at + mark.len_utf8()..]))
}

/// Whether the quotes hold speech, a nickname or a heading.
fn is_quotation(scene: &Scene<'_>, i: usize, before: &str, inside: &str, ending: &str, rest: &str) -> bool {
    let said = rest.trim_start_matches([',', ' ', ')']);
    let verb =
        ["säger", "sa ", "sade", "skrev", "skriver", "berättar", "hälsar", "noterade", "ropar", "står det", "undrar", "svarar", "tycker"];
    if verb.iter().any(|w| said.starts_with(w)) || ending.ends_with(',') {
        return true;
    }
    // A key of front matter: `writer: "A"`.
    let key = before.trim_start();
    if key.ends_with(": ") && !key.trim_end().contains(' ') || inside.starts_with("Hej") || inside.ends_with("heter ") {
        return true;
    }
    let lead = before.trim_end_matches([' ', ':']);
    if [
        "title",
        "alt",
        "ingress",
        "image_alt",
        "image",
        "kallas",
        "kallad",
        "kallade",
        "kallar",
        "signaturen",
        "heter",
        "Text",
        "text",
        "säger",
        "skriver",
        "Copy",
    ]
    .iter()
    .any(|w| lead.ends_with(w))
    {
        return true;
    }
    // `![…](bild.jpg "A minns skolan")` and sentences with a verb of speech.
    before.ends_with(".jpg ")
        || before.ends_with(".png ")
        || inside.starts_with('–')
        || scene.hits_after(i).next().is_some_and(|(h, _)| h.is(SPEECH) && h.at < scene.span(i).end + ending.len())
}

/// `*A, ordförande*` under a text: who signs it.
fn is_signature(scene: &Scene<'_>, i: usize, ending: &str) -> bool {
    let end = scene.span(i).end;
    scene.hits_after(i).take_while(|(h, _)| h.at < end + ending.len()).any(|(h, _)| h.is(JOB | SEAT | ROLE)) || ending.starts_with(" (")
}

/// Whether the name stands in brackets right after another one: `Bodil Ahl (Madicken)`.
fn in_cast(scene: &Scene<'_>, i: usize) -> bool {
    let before = scene.before(i).trim_start_matches('*');
    i > 0
        && scene.after(i).starts_with(')')
        && before.strip_prefix(" (").is_some_and(|title| {
            title.len() <= 14 && !title.contains([',', '.', '/']) && !title.starts_with("född") && !title.starts_with("f.")
        })
        && scene.stage_near()
}

/// A word beside the name: `maskoten A`, `böckerna om A`, `rollen som A`, `A, spelad av B`.
fn word_beside(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    let (start, end) = (scene.span(i).start, scene.span(i).end);
    let plain = |text: &str| text.trim_matches([' ', '"', '”', '*', '_', ':']).is_empty();
    let before = scene.hits_before(i).next().filter(|(h, b)| h.is(super::gap::FICTION) && !b.line && plain(&scene.text[h.end..start]));
    if let Some((hit, _)) = before.filter(|(h, _)| acts(scene, h)) {
        return Some(hit.word);
    }
    let after = scene
        .hits_after(i)
        .next()
        .filter(|(h, b)| h.is(super::gap::FICTION) && b.words == 0 && !b.stop && scene.text[end..].starts_with(','));
    let mascot = scene.hits_after(i).find(|(h, b)| h.is(super::gap::FICTION) && b.words <= 4 && !b.stop && h.word.starts_with("maskot"));
    if let Some((hit, _)) = mascot {
        return Some(hit.word);
    }
    after.filter(|(h, _)| ["spelad", "spelas", "gestaltad", "gestaltas", "tolkas", "played"].contains(&h.word)).map(|(h, _)| h.word)
}

/// Whether a word of the list needs a stage, and has it: anyone may play an instrument, a film may have a maker.
fn acts(scene: &Scene<'_>, hit: &Hit) -> bool {
    let weak = [
        "spelar",
        "spelade",
        "hyllade",
        "läser",
        "föreställningen",
        "hjälten",
        "hjältinnan",
        "troll",
        "rollen",
        "rollerna",
        "film",
        "pjäs",
    ];
    !weak.contains(&hit.word) || scene.stage && !hit.is(STAGE)
}
