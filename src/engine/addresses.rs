//! Who is named in the address of a picture or a file: `anna-lindqvist-070-….jpg`, `?namn=anna+lindqvist`. Words between
//! hyphens in small letters are no text, so the name of the file is read as it would be written, and led back.
//!
//! Only full names whose parts are both known count, and numbers that stand beside one: ids in addresses look like numbers.

#![expect(clippy::cast_possible_truncation, reason = "documents are limited to 4 GiB before they are read")]

use super::{Engine, Scratch};
use crate::detect::names::{is_given_name, is_surname, may_be_surname};
use crate::detect::{Confidence, Entity, Kind, Reason, confidence};
use crate::document::{Document, Role};
use crate::text::{Norm, Span, percent_encoded};

/// Files that people name after what is in them.
const FILES: [&str; 36] = [
    "avif", "bmp", "csv", "doc", "docx", "gif", "heic", "ics", "jpeg", "jpg", "m4a", "mov", "mp3", "mp4", "odp", "ods", "odt", "ogg",
    "pdf", "png", "ppt", "pptx", "rtf", "svg", "tif", "tiff", "txt", "vcf", "wav", "webm", "webp", "xls", "xlsx", "xml", "zip", "wmv",
];

/// How words end that make a name that of a place, a prize, a firm.
const NAMESAKES: [&str; 36] = [
    "backen",
    "bageri",
    "bygg",
    "dagen",
    "dagarna",
    "fonden",
    "gard",
    "garden",
    "gatan",
    "gymnasiet",
    "gård",
    "gården",
    "hallen",
    "hemmet",
    "huset",
    "kaj",
    "kyrkan",
    "minne",
    "museet",
    "park",
    "parken",
    "plan",
    "plats",
    "pris",
    "priset",
    "rummet",
    "skolan",
    "staty",
    "statyn",
    "stig",
    "stipendiet",
    "torg",
    "torget",
    "vag",
    "vagen",
    "vägen",
];

/// The longest part of an address that is read, in bytes.
const LONGEST: usize = 160;

/// Parts of addresses, as they would be written: a paragraph each.
#[derive(Default)]
struct Written {
    text: String,
    /// For each byte, the bytes of the document's text that its character stands for.
    from: Vec<(u32, u32)>,
}

/// Adds what the addresses in `document` say of people.
pub(super) fn add(engine: &Engine, document: &Document<'_>, scratch: &mut Scratch, found: &mut Vec<Entity>) {
    let mut written = Written::default();
    for region in document.regions.iter().filter(|r| r.role == Role::Url) {
        let range = region.span.range();
        for (start, end) in parts(&document.text.as_str()[range.clone()]) {
            written.add(document.text.as_str(), range.start + start, range.start + end);
        }
    }
    if written.text.is_empty() {
        return;
    }
    let entities = engine.detect(&written.text, scratch);
    let before = found.len();
    let mut people: Vec<&Entity> = Vec::new();
    for entity in &entities {
        let is_sure = confidence(entity.kind, &entity.evidence, &engine.rules) == Some(Confidence::High);
        match entity.kind {
            Kind::Person if is_sure && is_full_name(&written.text, entity) => people.push(entity),
            Kind::Phone | Kind::Personnummer if is_sure && people.iter().any(|p| is_one_part(&written.text, p, entity)) => {}
            _ => continue,
        }
        let span = written.lead_back(entity.span);
        let words = &written.text[entity.span.range()];
        let known =
            found[..before].iter().find(|e| e.kind == entity.kind && document.text.as_str()[e.span.range()].eq_ignore_ascii_case(words));
        let attributes = known.map_or(entity.attributes, |k| k.attributes);
        // What was read of the name as it stands gives way to the whole of it.
        let gives_way =
            |e: &Entity| entity.kind == Kind::Person && e.kind == Kind::Person && span.start <= e.span.start && e.span.end <= span.end;
        if found.iter().any(|e| e.span.overlaps(span) && !gives_way(e)) {
            continue;
        }
        found.push(Entity { span, attributes, ..entity.clone() });
    }
    let added: Vec<Span<Norm>> = found[before..].iter().map(|e| e.span).collect();
    let mut at = 0;
    found.retain(|e| {
        at += 1;
        at > before || !added.iter().any(|span| span.overlaps(e.span))
    });
    found.sort_by_key(|e| e.span.start);
}

/// The parts of an address that may name somebody, in bytes: the name of a file, and what is asked for.
fn parts(address: &str) -> Vec<(usize, usize)> {
    let (path, query) = address.find('?').map_or((address, ""), |p| address.split_at(p));
    let path = path.split('#').next().unwrap_or(path);
    let mut parts = Vec::new();
    let start = path.rfind('/').map_or(0, |p| p + 1);
    if let Some((name, ending)) = path[start..].rsplit_once('.')
        && FILES.contains(&ending.to_ascii_lowercase().as_str())
    {
        parts.push((start, start + name.len()));
    } else if start > 0 && is_slug(path[start..].trim_end_matches('/')) {
        // A page about somebody: `/medarbetare/anna-lindqvist`.
        parts.push((start, path.len()));
    }
    let mut at = path.len().max(address.len() - query.len());
    for piece in query.split_inclusive(['?', '&', '#', ';']) {
        let value = piece.find('=').map_or(piece.len(), |p| p + 1);
        let end = piece.trim_end_matches(['?', '&', '#', ';']).len();
        if value < end && !piece.contains('@') {
            parts.push((at + value, at + end));
        }
        at += piece.len();
    }
    parts.retain(|&(start, end)| (5..=LONGEST).contains(&(end - start)) && address[start..end].contains(|c| is_between(c) || c == '%'));
    parts
}

/// Whether a page's own name is two or three words between hyphens, and nothing else.
fn is_slug(name: &str) -> bool {
    name.split('-').all(|word| word.len() > 1 && word.chars().all(char::is_lowercase)) && matches!(name.matches('-').count(), 1 | 2)
}

const fn is_between(c: char) -> bool {
    matches!(c, '-' | '_' | '+' | ' ' | '.' | ',' | '(' | ')' | '~')
}

impl Written {
    /// Adds bytes `start..end` of `text`, if a full name may stand there.
    fn add(&mut self, text: &str, start: usize, end: usize) {
        let signs = signs(text, start, end);
        let words = words(&signs);
        let mut names: Vec<Option<String>> = vec![None; words.len()];
        for i in 1..words.len() {
            let Some(given) = known(&words[i - 1].1, is_given_name) else { continue };
            let second = &words[i].1;
            // Surnames that are ordinary words too are left to the reading.
            let surname = known(second, is_surname).or_else(|| known(second, is_given_name));
            // A surname that is somebody's first name too does not make a name of what follows.
            let Some(surname) = surname.or_else(|| names[i - 1].is_none().then(|| title(second))) else { continue };
            (names[i - 1], names[i]) = (Some(given), Some(surname));
        }
        if names.iter().all(Option::is_none) {
            return;
        }
        let mut shown: Vec<char> = signs.iter().map(|s| if is_between(s.c) { ' ' } else { s.c }).collect();
        for ((first, word), name) in words.iter().zip(&names) {
            // Letter for letter the same, but for capitals, dots and rings; a name is told best from small letters around it.
            let name = name.clone().unwrap_or_else(|| word.chars().map(|c| c.to_lowercase().next().unwrap_or(c)).collect());
            shown.splice(*first..*first + name.chars().count(), name.chars());
        }
        for (c, sign) in shown.into_iter().chain(['\n', '\n']).zip(signs.iter().chain(&[Sign::end(end), Sign::end(end)])) {
            self.text.push(c);
            self.from.extend(std::iter::repeat_n((sign.start as u32, sign.end as u32), c.len_utf8()));
        }
    }

    fn lead_back(&self, span: Span<Norm>) -> Span<Norm> {
        let range = span.range();
        Span::new(self.from[range.start].0, self.from[range.end - 1].1)
    }
}

/// Whether an entity is a full name of known parts, and no name of a place or a firm.
fn is_full_name(text: &str, entity: &Entity) -> bool {
    let range = entity.span.range();
    let names: Vec<&str> = text[range.clone()].split(' ').filter(|w| !w.is_empty()).collect();
    let line = text[range.end..].split('\n').next().unwrap_or_default();
    let next = line.split_whitespace().next().unwrap_or_default();
    let is_of_place = |word: &str| NAMESAKES.iter().any(|end| word.to_lowercase().ends_with(end)) || matches!(word, "ab" | "hb");
    let (Some(first), Some(last)) = (names.first(), names.last()) else { return false };
    let is_whole = match names[..] {
        [_, _] => true,
        [_, second, last] => is_given_name(second) && !is_of_place(last),
        _ => false,
    };
    let is_known = entity.evidence.has(Reason::GivenName) && entity.evidence.has(Reason::Surname) && is_given_name(first);
    is_known && may_be_surname(last) && is_whole && !is_of_place(next)
}

/// Whether both stand in one part of an address.
fn is_one_part(text: &str, a: &Entity, b: &Entity) -> bool {
    let (first, second) = if a.span.start < b.span.start { (a, b) } else { (b, a) };
    !text[first.span.range().end..second.span.range().start.max(first.span.range().end)].contains('\n')
}

/// A character of an address, and the bytes it is written with.
struct Sign {
    c: char,
    start: usize,
    end: usize,
}

impl Sign {
    const fn end(at: usize) -> Self {
        Self { c: '\n', start: at, end: at }
    }
}

/// The characters of bytes `start..end`, percent-encoding undone.
fn signs(text: &str, start: usize, end: usize) -> Vec<Sign> {
    let mut signs = Vec::new();
    let mut at = start;
    while let Some(c) = text[at..end].chars().next() {
        let (c, len) = if c == '%' { percent_encoded(&text.as_bytes()[at..end]).unwrap_or((c, 1)) } else { (c, c.len_utf8()) };
        signs.push(Sign { c, start: at, end: at + len });
        at += len;
    }
    signs
}

/// The words of a part, letters between other signs: the number of the first sign, and the word.
fn words(signs: &[Sign]) -> Vec<(usize, String)> {
    let mut words: Vec<(usize, String)> = Vec::new();
    let mut is_inside = false;
    for (i, sign) in signs.iter().enumerate() {
        if sign.c.is_alphabetic() {
            if !is_inside {
                words.push((i, String::new()));
            }
            if let Some((_, word)) = words.last_mut() {
                word.push(sign.c);
            }
        }
        is_inside = sign.c.is_alphabetic();
    }
    words.retain(|(_, word)| word.chars().nth(1).is_some());
    words
}

/// `word` with a capital, if that is a known name; of letters without dots and rings, one that is known with them.
fn known(word: &str, is_known: fn(&str) -> bool) -> Option<String> {
    let plain = title(word);
    if is_known(&plain) {
        return Some(plain);
    }
    let open: Vec<usize> = word.char_indices().filter(|(_, c)| matches!(c.to_ascii_lowercase(), 'a' | 'o')).map(|(p, _)| p).collect();
    if !word.is_ascii() || open.is_empty() || open.len() > 4 {
        return None;
    }
    (1..3_usize.pow(open.len() as u32)).find_map(|choice| {
        let mut letters: Vec<char> = word.to_ascii_lowercase().chars().collect();
        for (i, &p) in open.iter().enumerate() {
            letters[p] = match (letters[p], choice / 3_usize.pow(i as u32) % 3) {
                ('a', 1) => 'å',
                ('a', 2) => 'ä',
                ('o', 1 | 2) => 'ö',
                (c, _) => c,
            };
        }
        let name = title(&letters.iter().collect::<String>());
        is_known(&name).then_some(name)
    })
}

/// A capital and small letters, letter for letter.
fn title(word: &str) -> String {
    let small = |c: char| if c.to_lowercase().count() == 1 { c.to_lowercase().next().unwrap_or(c) } else { c };
    let great = |c: char| if c.to_uppercase().count() == 1 { c.to_uppercase().next().unwrap_or(c) } else { c };
    word.chars().enumerate().map(|(i, c)| if i == 0 { great(c) } else { small(c) }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Format;
    use crate::{Rulebook, Sensitivity};

    fn found(format: Format, source: &str) -> Vec<String> {
        let engine = Engine::new(Rulebook::built_in(), Sensitivity::Normal);
        let document = format.read(source).expect("a document");
        let found = engine.detect_in(&document, &mut Scratch::default());
        found.iter().map(|e| format!("{} {}", e.kind.name(), &source[document.text.source_span(e.span).range()])).collect()
    }

    /// What the address of a picture says, in Markdown and in HTML.
    fn of(address: &str) -> Vec<String> {
        let markdown = found(Format::Markdown, &format!("![Badet]({address})"));
        assert_eq!(found(Format::Html, &format!("<img alt='Badet' src='{address}'>")), markdown, "{address}");
        markdown
    }

    #[test]
    fn full_names_of_files_are_read_with_the_numbers_beside_them() {
        for (address, want) in [
            ("/bilder/anna-lindqvist.jpg", vec!["person anna-lindqvist"]),
            ("bilder/Linnea_Ek-1024x768.webp", vec!["person Linnea_Ek"]),
            ("https://exempel.example/img/ASA_OBERG.JPG", vec!["person ASA_OBERG"]),
            ("/img/goran-soderstrom-2024.jpg", vec!["person goran-soderstrom"]),
            ("/img/anna-lindqvist-070-174-06-05.jpg", vec!["person anna-lindqvist", "phone 070-174-06-05"]),
            ("/sok?namn=erik+holm&sida=2", vec!["person erik+holm"]),
            ("/img/l%C3%A4rare-%C3%85sa%20Lindqvist.png", vec!["person %C3%85sa%20Lindqvist"]),
            ("/img/anna-maria-lindqvist.jpg", vec!["person anna-maria-lindqvist"]),
        ] {
            assert_eq!(of(address), want, "{address}");
        }
        let link = "<a href='/filer/ansokan-linnea-ek.pdf'>Ansökan</a>";
        assert_eq!(found(Format::Html, link), ["person linnea-ek"]);
        assert_eq!(found(Format::Markdown, "[Ansökan](/filer/ansokan-linnea-ek.pdf)"), ["person linnea-ek"]);
    }

    #[test]
    fn ids_places_and_ordinary_words_are_nobody() {
        for address in [
            "/img/sommar-fest-i-hamnen.jpg",
            "/img/IMG-20240612-0701740605.jpg",
            "/img/a1b2c3-070-174-06-05-ff.jpg",
            "/img/carl-larsson-garden.jpg",
            "/img/selma-lagerlof-skolan.jpg",
            "/img/karl-johan-svamp.jpg",
            "/img/sankt-eriks-gatan.jpg",
            "/img/bjorn-i-skogen.jpg",
            "/img/rosa-blomma.jpg",
            "/img/max-hamburgare-ab.png",
            "/img/erik-dahlberg-gymnasiet-parken.jpg",
            "/img/maria-kyrkan.jpg",
            "/img/vinter-berg-stig.jpg",
            "/tema/skol-bok/logga.svg",
            "/app.js?v=3-anna-2",
            "data:image/png;base64,anna+lindqvist/x.png",
        ] {
            assert_eq!(of(address), Vec::<String>::new(), "{address}");
        }
        // A page about somebody is no file.
        assert_eq!(found(Format::Markdown, "[Rektor](/personal/linnea-ek/)"), Vec::<String>::new());
    }

    #[test]
    fn odd_letters_lead_back() {
        for odd in ["\u{130}", "ß", "å%", "%C3", "%00", "\u{308}", "ǆ", "𝐀"] {
            found(Format::Markdown, &format!("![Badet](/img/{odd}anna{odd}-lindqvist{odd}-070-174-06-05.jpg)"));
            found(Format::Html, &format!("<a href='?a={odd}erik-{odd}holm+{odd}'>x</a>"));
        }
    }
}
