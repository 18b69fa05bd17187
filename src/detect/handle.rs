//! Handles: `@name` in running text, and the addresses of profiles in social networks.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder as Words;

use super::{Anchor, At, Attribute, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};

/// Finds handles and profile addresses.
#[derive(Debug)]
pub(super) struct Finder;

/// Fewest and most characters of a name.
const LENGTHS: Range<usize> = 2..51;

/// Networks as people write them.
const NETWORKS: [&str; 5] = ["instagram", "insta", "snap", "snapchat", "tiktok"];

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Handle
    }

    fn anchors(&self) -> At {
        At::SIGN.or(At::SLASH)
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        out.extend(match at {
            Anchor::Sign(at) => mention(at, p),
            Anchor::Slash(at) => profile(at, p),
            Anchor::Number(_) => None,
        });
    }
}

/// `@name`
fn mention(at: usize, p: &Passage<'_>) -> Option<Entity> {
    let text = p.text;
    if text.as_bytes()[at] != b'@' || text[..at].ends_with(|c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '%' | '+' | '/' | ':' | '=' | '@' | '\\' | '~' | '`')) {
        return None;
    }
    let mut end = name_end(text, at + 1);
    let name = &text[at + 1..end];
    if !is_name(name) {
        return None;
    }
    let after = &text[end..];
    // @scope/package, @decorator(), @name = value, @page {
    if after.starts_with(['(', '{', '=', '\\', '`', '[']) || after.starts_with(" {") || after.starts_with('/') && after[1..].starts_with(char::is_alphanumeric) {
        return None;
    }
    if after.starts_with('@') {
        // @name@server: a handle of the fediverse.
        let server = name_end(text, end + 1);
        end = if text[end + 1..server].contains('.') { server } else { return None };
    } else {
        let last = name.rsplit(['.', '-']).next().unwrap_or(name);
        let listed = |list: &str, word: &str| p.rules.words(Kind::Handle, list).is_listed(word);
        // `@kommun.se` ends addresses, `@media` rules style sheets, `@alla` calls on everybody.
        if last.len() < name.len() && listed("top-domains", last) || listed("not-handles", name) {
            return None;
        }
    }
    Some(entity(at, end, &text[at + 1..end], false, p))
}

/// Names after the name of a network and a colon: `Insta: linda.i.skogen`, `Snap: kalle_klick`.
pub(super) fn named(p: &Passage<'_>, out: &mut Vec<Entity>) {
    let bytes = p.text.as_bytes();
    for at in memchr::memchr_iter(b':', bytes) {
        // Most words before a colon end otherwise.
        if !at.checked_sub(1).is_some_and(|i| matches!(bytes[i] | 0x20, b'm' | b'a' | b'p' | b't' | b'k')) {
            continue;
        }
        let is_network = |name: &&str| {
            let from = at.checked_sub(name.len());
            from.is_some_and(|from| {
                bytes[from..at].eq_ignore_ascii_case(name.as_bytes()) && !p.text[..from].ends_with(char::is_alphanumeric)
            })
        };
        if NETWORKS.iter().any(is_network) {
            let colon = at + 1;
            let start = colon + p.text[colon..].len() - p.text[colon..].trim_start_matches([' ', '\u{a0}']).len();
            let end = name_end(p.text, start);
            let name = &p.text[start..end];
            let last = name.rsplit(['.', '-']).next().unwrap_or(name);
            let is_host = last.len() < name.len() && p.rules.words(Kind::Handle, "top-domains").is_listed(last);
            // An ordinary word after the colon is no name: a sign inside, or a digit at its end, tells.
            let is_made_up = name.contains(['.', '_']) || name.ends_with(|c: char| c.is_ascii_digit()) && name.starts_with(char::is_alphabetic);
            if start <= colon + 2 && is_name(name) && is_made_up && !is_host && !p.text[end..].starts_with(['@', '/', ':', '(']) {
                let mut found = entity(start, end, name, false, p);
                found.evidence.push(Reason::Form);
                out.push(found);
            }
        }
    }
}

/// Names before a network: `heter linda.i.skogen på Instagram`.
pub(super) fn before_network(p: &Passage<'_>, out: &mut Vec<Entity>) {
    static ON: LazyLock<Words<'static>> = LazyLock::new(|| Words::new(" på "));
    for at in ON.find_iter(p.text.as_bytes()) {
        let network = &p.text[at + " på ".len()..];
        if !NETWORKS.iter().any(|n| network.get(..n.len()).is_some_and(|head| head.eq_ignore_ascii_case(n))) {
            continue;
        }
        let start = p.text[..at].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_')).len();
        let name = &p.text[start..at];
        let is_made_up = name.contains('_') || name.trim_matches('.').contains('.');
        if is_made_up && is_name(name) && !p.text[..start].ends_with(['@', '/', ':', '-']) {
            let mut found = entity(start, at, name, false, p);
            found.evidence.push(Reason::Form);
            out.push(found);
        }
    }
}

/// `instagram.com/name`, with or without what stands before the host.
fn profile(slash: usize, p: &Passage<'_>) -> Option<Entity> {
    let text = p.text;
    let host_start = text[..slash].trim_end_matches(|c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-')).len();
    let host = &text[host_start.max(slash.saturating_sub(40).min(slash))..slash];
    let bare = ["www.", "m.", "mobile.", "sv-se.", "sv.", "se.", "web."].iter().fold(host, |host, lead| host.strip_prefix(lead).unwrap_or(host));
    if bare.len() < 4 || bare.len() > 24 {
        return None;
    }
    let listed = |list: &str, word: &str| p.rules.words(Kind::Handle, list).is_listed(word);
    let mut at = slash + 1;
    let mut organisation = false;
    let signed = text[at..].starts_with('@');
    if !listed("hosts", bare) {
        // A name with @ right after the host is a profile at any server; with a folder before or after it a package.
        if !signed || !text[..host_start].ends_with("//") {
            return None;
        }
    } else if !signed {
        let folder = &text[at..name_end(text, at)];
        let inside = at + folder.len();
        if listed("folders", folder) && text[inside..].starts_with('/') {
            organisation = listed("organisation-folders", folder);
            at = inside + 1;
        } else if listed("hosts-with-folder", bare) {
            return None;
        }
    }
    at += usize::from(text[at..].starts_with('@'));
    let mut end = name_end(text, at);
    let name = &text[at..end];
    if name == "profile.php" && text[end..].starts_with("?id=") {
        let digits = text[end + 4..].bytes().take_while(u8::is_ascii_digit).count();
        end = if digits > 4 { end + 4 + digits } else { return None };
    } else if !(is_name(name) || organisation && name.len() > 1) || listed("not-profiles", name) || name.contains(".php") || signed && text[end..].starts_with('/') && !listed("hosts", bare) {
        return None;
    }
    let start = scheme_start(text, host_start);
    let mut entity = entity(start, end, name, organisation, p);
    entity.evidence.push(Reason::Form);
    Some(entity)
}

/// Where `https://` before the host starts, if it stands there.
fn scheme_start(text: &str, host: usize) -> usize {
    ["https://", "http://", "HTTPS://", "Https://", "//"].iter().find(|scheme| text[..host].ends_with(**scheme)).map_or(host, |scheme| host - scheme.len())
}

/// One past the last byte of the name at byte `at`: letters, digits, `_`, and `.` or `-` inside.
fn name_end(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let end = rest.find(|c: char| !(c.is_alphanumeric() && (c.is_ascii() || c.is_alphabetic()) || matches!(c, '_' | '.' | '-'))).unwrap_or(rest.len());
    at + rest[..end].trim_end_matches(['.', '-']).len()
}

/// Whether this can be a person's or an organisation's chosen name: long enough, with letters, no size (`2x`) or number.
fn is_name(name: &str) -> bool {
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    let is_size = name.as_bytes()[..name.len().min(4)].iter().rposition(|&b| b == b'x').is_some_and(|x| x > 0 && name.as_bytes()[..x].iter().all(|b| b.is_ascii_digit() || *b == b'.'));
    LENGTHS.contains(&name.chars().count()) && letters > usize::from(name.len() < 4) && !is_size && !name.contains("..") && !name.starts_with(['.', '-'])
}

fn entity(start: usize, end: usize, name: &str, organisation: bool, p: &Passage<'_>) -> Entity {
    let mut evidence = EvidenceList::from([Reason::Shape]);
    if let Some(word) = p.rules.cues(Kind::Handle).around(p.text, start..end).speaks_for() {
        evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
    }
    if p.is_alone(start, end) {
        evidence.push(Reason::Alone);
    }
    let entity = Entity::new(Kind::Handle, start, end, evidence);
    if organisation || is_organisation(name, start, p) { entity.with(Attribute::Organisation) } else { entity }
}

/// Whether a name is an organisation's: by a part of it, its ending, or the word "our" before it.
fn is_organisation(name: &str, start: usize, p: &Passage<'_>) -> bool {
    let words = |list: &str| p.rules.words(Kind::Handle, list);
    let low = name.to_lowercase().replace(['_', '.', '-'], " ");
    // A stem counts anywhere in the name: handles are written without blanks.
    let stems = words("organisation-stems");
    low.char_indices().any(|(at, _)| stems.starts_in(&low, at))
        || low.split(' ').any(|part| words("organisation-parts").is_listed(part))
        || words("ours").before(p.text, start).pro.is_some()
}
