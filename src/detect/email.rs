//! E-mail addresses: plain (RFC 5321, RFC 6531 for å, ä and ö), and with words instead of `@` and full stops.

mod written;

use written::Written;
pub(super) use written::signs;

use smallvec::SmallVec;

use super::contact::Owner;
use super::names::{is_business, is_given_name, is_ordinary, is_surname};
use super::{Anchor, At, Attribute, Detector, Entity, Evidence, EvidenceList, Kind, Passage, Reason};
use crate::text::{Word, words};

/// Finds e-mail addresses.
#[derive(Debug)]
pub(super) struct Finder;

impl Detector for Finder {
    fn kind(&self) -> Kind {
        Kind::Email
    }

    fn anchors(&self) -> At {
        At::SIGN
    }

    fn detect(&self, at: Anchor<'_>, p: &Passage<'_>, out: &mut Vec<Entity>) {
        let Anchor::Sign(at) = at else { return };
        let Some(written) = address(at, p) else { return };
        let (start, end) = (written.local.start, written.domain.end);
        let mut evidence = EvidenceList::from([Reason::Shape]);
        if written.plain {
            evidence.push(Reason::Form);
        } else if let Some(word) = p.rules.cues(Kind::Email).around(p.text, start..end).speaks_for() {
            evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
        }
        if p.is_alone(start, end) {
            evidence.push(Reason::Alone);
        }
        let entity = Entity::new(Kind::Email, start, end, evidence);
        out.push(match owner(&written, p) {
            Owner::Organisation => entity.with(Attribute::Shared),
            Owner::Employee => entity.with(Attribute::Work),
            Owner::Person => entity,
        });
    }
}

/// Whose the address around the sign at byte `at` is, if one is there.
pub(super) fn owner_at(at: usize, p: &Passage<'_>) -> Option<Owner> {
    address(at, p).map(|written| owner(&written, p))
}

fn address(at: usize, p: &Passage<'_>) -> Option<Written> {
    let written = written::around(p.text, at)?;
    let top = p.text[written.domain.clone()].rsplit(['.', ' ', ')', ']', '}']).next()?;
    (!p.rules.words(Kind::Email, "file-endings").is_listed(top)).then_some(written)
}

/// Whose mailbox it is, by its name and its domain.
fn owner(written: &Written, p: &Passage<'_>) -> Owner {
    let mut local = plain_letters(&p.text[written.local.clone()]);
    // anna punkt ek
    for dot in [" punkt ", " dot ", " . "] {
        local = local.replace(dot, ".");
    }
    let domain = plain_letters(&p.text[written.domain.clone()]);
    let listed = |list: &str, word: &str| p.rules.words(Kind::Email, list).is_listed(word);
    let parts = || local.split(|c: char| !c.is_alphabetic()).filter(|part| !part.is_empty());
    // `jobb.erik@…`: whatever for, it is Erik's.
    let somebodys = parts().count() > 1 && parts().any(|part| part.len() > 2 && !listed("functions", part) && is_given_name(&capital(part)));
    let private = listed("private-domains", &domain);
    if listed("functions", &local) || !private && !somebodys && parts().any(|part| listed("functions", part) || listed("function-stems", part)) {
        return Owner::Organisation;
    }
    if private {
        return Owner::Person;
    }
    // `anna@lindgren.example`: a family's own domain.
    let own = parts().count() == 1 && written.plain && is_given_name(&capital(&local)) && domain.split('.').rev().skip(1).any(|label| is_surname(&capital(label)) && is_beside(label, written, p));
    if own {
        return Owner::Person;
    }
    let club = domain.split('.').any(|label| listed("club-domains", label));
    // anna.ek, a.ek and anna-karin.ek are names; one word is a name where it is one in the text around.
    let named = local.split('.').filter(|part| !part.is_empty()).count() > 1 || is_name_nearby(&local, written, p);
    match (named, club) {
        (true, true) => Owner::Person,
        (true, false) => Owner::Employee,
        (false, _) => Owner::Organisation,
    }
}

/// Whether a word with a capital letter near the address is what its local part is made of: `Ulla Ek … ulla@…`.
fn is_name_nearby(local: &str, written: &Written, p: &Passage<'_>) -> bool {
    let text = p.text;
    let from = text.ceil_char_boundary(written.local.start.saturating_sub(150));
    let to = text.floor_char_boundary((written.domain.end + 60).min(text.len()));
    let name = local.trim_end_matches(|c: char| c.is_ascii_digit());
    let is_name = |name_word: &str, beside: &str| {
        let known = |word: &str| is_given_name(word) || is_surname(word);
        known(name_word) || !is_plain_word(name_word) && beside.starts_with(char::is_uppercase) && !is_plain_word(beside)
    };
    [&text[from..written.local.start], &text[written.domain.end..to]].iter().any(|part| {
        let read: SmallVec<[Word<'_>; 32]> = words(part).collect();
        let all: SmallVec<[&str; 32]> = read.iter().map(|word| word.text).collect();
        (0..all.len()).filter(|&i| all[i].starts_with(char::is_uppercase)).any(|i| {
            let word = plain_letters(all[i]);
            let fits = word.len() > 2
                && (name == word || name.len() > word.len() && name.len() <= word.len() + 3 && (name.starts_with(&word) || name.ends_with(&word)));
            let near = |at: Option<usize>| at.and_then(|at| all.get(at)).copied().unwrap_or("");
            fits && !is_of_thing(part, &read, i, p) && (is_name(all[i], near(i.checked_sub(1))) || is_name(all[i], near(Some(i + 1))))
        })
    })
}

/// Whether word `i` of `text` is what a house, a project or a department is called: `Villa Alma`, `Mark- och …`, `Lek & Park`.
fn is_of_thing(text: &str, all: &[Word<'_>], i: usize, p: &Passage<'_>) -> bool {
    let word = all[i];
    let after = &text[word.start + word.text.len()..];
    let before = i.checked_sub(1).map(|at| all[at]).filter(|b| text[b.start + b.text.len()..word.start].trim_matches([' ', '"', '”']).is_empty());
    let joined = [" och ", " & "].iter().find_map(|sign| after.strip_prefix(sign));
    // What is joined to a name by "och" is another name; to a department, another matter.
    let is_matter = |rest: &str| words(rest).next().is_some_and(|w| w.text.starts_with(char::is_lowercase) || is_ordinary(w.text) && !is_given_name(w.text));
    after.starts_with("- ")
        || joined.is_some_and(|rest| !is_surname(word.text) && is_matter(rest))
        || before.is_some_and(|b| p.rules.words(Kind::Email, "bearers").is_listed(&b.text.to_lowercase()))
}

/// Whether `word` is an ordinary one, or a business's.
fn is_plain_word(word: &str) -> bool {
    is_ordinary(word) || is_business(word)
}

/// Whether the address's bearer has `name` as a surname: it stands with a capital letter right before, in the same line.
fn is_beside(name: &str, written: &Written, p: &Passage<'_>) -> bool {
    let from = p.text.ceil_char_boundary(written.local.start.saturating_sub(80));
    let head = &p.text[from..written.local.start];
    words(head).any(|word| word.text.starts_with(char::is_uppercase) && plain_letters(word.text) == name)
}

/// `word` with a capital letter.
fn capital(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Lower case, with å, ä, ö and é written as in most addresses.
fn plain_letters(text: &str) -> String {
    text.chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'å' | 'ä' | 'á' | 'à' => 'a',
            'ö' | 'ø' | 'ó' => 'o',
            'é' | 'è' => 'e',
            'ü' => 'u',
            c => c,
        })
        .collect()
}
