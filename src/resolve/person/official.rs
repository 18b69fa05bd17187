//! Officials: those who speak or decide for a public body, by the role the text gives them.

use super::gap::{ASSEMBLY, BLOCK, BODY, Between, CLUB, Hit, JOB, ROLE, SEAT};
use super::scene::Scene;
use super::{Sign, lists};
use crate::detect::Reason;

/// The parties in the Riksdag and the letters of some local ones.
const PARTIES: [&str; 12] = ["S", "M", "SD", "C", "V", "KD", "L", "MP", "FI", "Fi", "FP", "OPP"];

/// Why person `i` is an official.
pub(super) fn sign(scene: &Scene<'_>, i: usize) -> Option<Sign> {
    if let Some(party) = party(scene.after(i)) {
        return Some((Reason::Title, Some(party)));
    }
    let before = title_before(scene, i);
    if let Some(Judged::Official(word)) = before {
        return Some((Reason::Title, Some(word)));
    }
    let after = title_after(scene, i);
    if let Some(Judged::Official(word)) = after {
        return Some((Reason::Title, Some(word)));
    }
    if before.is_some() || after.is_some() {
        return None;
    }
    if let Some(word) = succeeded(scene, i) {
        return Some((Reason::Title, Some(word)));
    }
    assembly_after(scene, i)
        .or_else(|| minutes(scene, i))
        .or_else(|| headed(scene, i))
        .or_else(|| speaks_for(scene, i))
        .or_else(|| newcomer(scene, i))
        .map(|word| (Reason::Title, Some(word)))
}

/// The party letters right after a name: `(S)`, or alone in the next cell of a table.
pub(super) fn party(after: &str) -> Option<&'static str> {
    let after = after.trim_start_matches(['*', '_']);
    let (inside, close) = if let Some(rest) = after.strip_prefix(" (") {
        (rest, ")")
    } else if let Some(rest) = after.strip_prefix(" | ") {
        (rest, " |")
    } else {
        let rest = after.strip_prefix(", ")?;
        (rest, if rest.find('\n').is_some_and(|p| p <= 3) { "\n" } else { "," })
    };
    let end = inside.find(close).filter(|&end| end <= 3)?;
    let letters = &inside[..end];
    let lower = close == ")";
    PARTIES.iter().copied().find(|p| *p == letters || lower && p.eq_ignore_ascii_case(letters))
}

/// What the nearest title says.
enum Judged {
    Official(&'static str),
    Private,
}

/// The title before a name: `rektor A`, `nämndens ordförande A`, `Enhetschef: A`, `Ordförande är A`.
fn title_before(scene: &Scene<'_>, i: usize) -> Option<Judged> {
    let gap = scene.before(i);
    let start = scene.span(i).start;
    let mut seen: Option<&Hit> = None;
    for (hit, between) in scene.hits_before(i) {
        if between.stop || between.blank || between.words > 4 {
            break;
        }
        if !hit.is(ROLE | SEAT | JOB) {
            continue;
        }
        // A title between commas after another name is that one's: `A, rektor, B`.
        let offset = hit.at - (start - gap.len());
        let owned = i > 0 && is_apposition(&gap[..offset]);
        if owned && (between.comma || between.line || between.colon) {
            break;
        }
        if !joins(&scene.text[hit.end..start], between) {
            break;
        }
        if hit.is(JOB) && !hit.is(ROLE) {
            return Some(Judged::Private);
        }
        if hit.is(ROLE) {
            let sought = scene.text[..hit.at].trim_end().ends_with("tjänsten som");
            return Some(if sought || is_former(scene, hit) { Judged::Private } else { Judged::Official(hit.word) });
        }
        seen = seen.or(Some(hit));
        break;
    }
    let seat = seen?;
    Some(if has_body(scene, i, seat) { Judged::Official(seat.word) } else { Judged::Private })
}

/// Whether the words between a title and the name leave them together.
fn joins(between: &str, b: Between) -> bool {
    let first = between.trim_start_matches([' ', '*', '_', ':', ',', '–', '-', '|', '"', '”', '(', ')', '\n', '.']);
    match b.words {
        0 => true,
        1 => ["är", "var", "heter", "blir", "blev", "vår", "den", "nya", "nye", "samt", "ordf", "tf", "1", "2", "tillika", "s.k", "and"]
            .iter()
            .any(|w| first.split([' ', '.']).next() == Some(w)),
        _ => {
            (!b.comma || between.ends_with(", ") && between.matches(',').count() == 1)
                && !b.line
                && ["för ", "vid ", "på ", "i ", "av ", "är ", "of ", "at "].iter().any(|w| first.starts_with(w))
        }
    }
}

/// The title after a name: `A, rektor`, `A (ordf. socialnämnden)`, `A blir ny skolchef`.
fn title_after(scene: &Scene<'_>, i: usize) -> Option<Judged> {
    let gap = scene.after(i);
    let end = scene.span(i).end;
    let last = i + 1 == scene.len();
    let mut private = None;
    for (hit, between) in scene.hits_after(i) {
        let text = &gap[..hit.at - end];
        if between.stop || between.blank || between.words > 6 || (between.line && (between.words > 0 || between.comma)) {
            break;
        }
        if !hit.is(ROLE | SEAT | JOB) {
            continue;
        }
        let opened = opens(text);
        if !opened {
            break;
        }
        // Right before the next name it is that one's.
        let rest = gap.get(hit.end.min(end + gap.len()) - end..).unwrap_or("");
        if !last && rest.trim_matches([' ', '*', '_', ':']).is_empty() && !text.contains('(') {
            break;
        }
        if hit.is(JOB) && !hit.is(ROLE) {
            private = Some(Judged::Private);
            break;
        }
        if hit.is(ROLE) {
            return Some(if is_former(scene, hit) { Judged::Private } else { Judged::Official(hit.word) });
        }
        // `A, ordförande (S)`
        if has_body(scene, i, hit)
            || scene.text.get(hit.end..).is_some_and(|t| party(&t[..t.floor_char_boundary(8.min(t.len()))]).is_some())
        {
            return Some(Judged::Official(hit.word));
        }
    }
    private
}

/// Whether the text after a name opens an apposition or says what the person becomes.
fn opens(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '_']);
    text.starts_with([',', '(', '|', ':', '\n', '/'])
        || [" (", " –", " -", " |", "\t"].iter().any(|s| text.starts_with(s))
        || [
            " är ",
            " blir ",
            " tillträder som ",
            " utses till ",
            " har utsetts till ",
            " börjar som ",
            " som är ",
            " is ",
            " och är ",
            " som ny ",
            " som vår ",
            " som tillförordnad ",
            " som tf ",
            " valdes till ",
            " utsågs till ",
            " har valts till ",
        ]
        .iter()
        .any(|s| text.starts_with(s))
        || matches!(text, " " | " som ")
}

/// Whether `text`, after a name, is the start of that name's apposition.
fn is_apposition(text: &str) -> bool {
    let text = text.trim_start_matches(['*', '_']);
    (text.starts_with(',') || text.starts_with(" (") || text.starts_with(" –") || text.starts_with(" |")) && {
        let b = Between::of(text);
        !b.stop && !b.line && b.words <= 3
    }
}

/// Whether the role was held earlier: `f.d. rektor`.
fn is_former(scene: &Scene<'_>, role: &Hit) -> bool {
    let head = &scene.text[scene.text.ceil_char_boundary(role.at.saturating_sub(18))..role.at];
    let low = head.trim_end_matches([' ', '.']).to_lowercase();
    ["f.d", "fd", "före detta", "pensionerad", "pensionerade", "tidigare", "former"].iter().any(|w| low.ends_with(w))
}

/// Whether a seat is one in a public body: the body is named beside it, or the whole text is one's.
fn has_body(scene: &Scene<'_>, i: usize, seat: &Hit) -> bool {
    let near = |h: &Hit| h.at.abs_diff(seat.at) <= 70;
    let hits = || scene.hits_before(i).take_while(|(_, b)| !b.blank).chain(scene.hits_after(i).take_while(|(_, b)| !b.stop && !b.blank));
    !hits().any(|(h, _)| h.is(CLUB) && near(h)) && (scene.public || hits().any(|(h, _)| h.is(BODY) && near(h)))
}

/// Whom a new holder of a role follows: `blir ny skolchef. Hon efterträder A`.
fn succeeded(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    if !["efterträder ", "ersätter "].iter().any(|w| scene.before(i).ends_with(w)) {
        return None;
    }
    if let Some((hit, _)) = scene.hits_before(i).find(|(h, b)| h.is(ROLE | JOB) && !b.blank) {
        return hit.is(ROLE).then_some(hit.word);
    }
    // `Vår nya skolchef A börjar i dag. Hon efterträder B.`
    match i.checked_sub(1).and_then(|before| title_before(scene, before))? {
        Judged::Official(word) => Some(word),
        Judged::Private => None,
    }
}

/// Who is on the list under a heading of seats in a body: `Ersättare i krisledningsnämnden`, a line feed, `A`.
fn headed(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    let head = scene.before(i);
    let start = scene.span(i).start - head.len();
    let (above, bare) = head.rsplit_once('\n').filter(|_| scene.public && lists::is_list(scene, i))?;
    if Between::of(bare).words > 1 {
        return None;
    }
    // The heading may have a row of column names under it.
    let mut lines = above.rsplit('\n').filter(|l| !l.trim().is_empty()).take(2);
    lines.find_map(|line| {
        let at = start + (line.as_ptr() as usize - head.as_ptr() as usize);
        let inside = |tags: u32| scene.hits_before(i).map(|(h, _)| h).find(|h| h.is(tags) && (at..at + line.len()).contains(&h.at));
        let seat = inside(SEAT | BLOCK)?;
        inside(ASSEMBLY).map(|_| seat.word)
    })
}

/// Who is named with a public authority and nothing else: `A (Trafikverket)`, `A på Länsstyrelsen`.
fn speaks_for(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    let after = scene.after(i);
    let inside = [" (", " på ", " från ", " vid "].iter().find_map(|w| after.strip_prefix(w))?;
    let end = inside.find(|c: char| !(c.is_alphabetic() || c == '-')).unwrap_or(inside.len());
    let name = &inside[..end];
    let authority = name.starts_with(char::is_uppercase) && ["verket", "myndigheten", "styrelsen"].iter().any(|w| name.ends_with(w));
    let whole = !after.starts_with(" (") || inside[end..].starts_with(')');
    (authority && whole).then(|| scene.hits_after(i).next()).flatten().filter(|(h, _)| h.is(BODY)).map(|(h, _)| h.word)
}

/// The person whom a text about a new holder of a role begins with: `Ny stadsarkitekt vill se fler tak`, a line feed, `A …`.
fn newcomer(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    const NEW: [&str; 8] = ["Ny", "Nya", "Nye", "ny", "nya", "nye", "nyaste", "tillträdande"];
    /// How much of a text is its beginning, in bytes.
    const LEAD: usize = 240;
    if i > 0 || scene.span(0).start > LEAD {
        return None;
    }
    let new =
        |hit: &Hit| hit.is(ROLE) && scene.text[..hit.at].trim_end().rsplit([' ', '"', '\n', '*']).next().is_some_and(|w| NEW.contains(&w));
    let before = scene.hits_before(0).find(|(h, b)| new(h) && (b.line || b.colon) && h.at < LEAD).map(|(h, _)| h.word);
    // `Tre frågor till A`, a line feed, `Ny stadsarkitekt vill …`
    before.or_else(|| scene.hits_after(0).find(|(h, b)| new(h) && b.line && !b.blank && !b.stop).map(|(h, _)| h.word))
}

/// `A i kommunstyrelsen`.
fn assembly_after(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    let gap = scene.after(i);
    if ![" i ", " från ", ", "].iter().any(|s| gap.starts_with(s)) {
        return None;
    }
    let (hit, _) = scene.hits_after(i).take_while(|(_, b)| !b.stop && !b.line && b.words <= 3).find(|(h, _)| h.is(ASSEMBLY))?;
    Some(hit.word)
}

/// Who stands in a body's minutes after `Beslutande`, or yrkar, reserves, is elected.
fn minutes(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    if !scene.public {
        return None;
    }
    // `Interpellation från A till B`
    let asked = || {
        let (between, asker) = (scene.before(i), i.checked_sub(1)?);
        let is_question = between == " till " || between.ends_with(") till ") && between.len() <= 12;
        is_question.then(|| block_before(scene, asker)).flatten().filter(|w| w.starts_with("interpell") || w.starts_with("motion"))
    };
    block_before(scene, i).or_else(asked).or_else(|| {
        scene
            .hits_after(i)
            .take_while(|(_, b)| b.words <= 1 && !b.stop && !b.comma && !b.line)
            .find(|(h, _)| h.is(BLOCK))
            .map(|(h, _)| h.word)
    })
}

/// The word of minutes that heads person `i`: `Beslutande: A`, `motion från A`.
fn block_before(scene: &Scene<'_>, i: usize) -> Option<&'static str> {
    // `Val av justerare. Förslag: A`
    let proposed = scene.before(i).ends_with(". Förslag: ");
    scene
        .hits_before(i)
        .take_while(|(_, b)| b.words <= 2 && (!b.stop || proposed && b.words == 1))
        .find(|(h, b)| {
            let text = scene.text[h.end..scene.span(i).start].trim_start();
            h.is(BLOCK)
                && (b.words == 0
                    || b.colon
                    || b.line
                    || ["från ", "efter ", "av ", "digitalt av ", ". Förslag:"].iter().any(|w| text.starts_with(w)))
        })
        .map(|(h, _)| h.word)
}
