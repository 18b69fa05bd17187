//! How e-mail addresses are written: with `@`, or with words for it that are meant to hide them from machines.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use crate::detect::names::is_given_name;
use crate::detect::number::is_blank;

/// An address as it was found written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    /// The part before the sign.
    pub local: Range<usize>,
    /// The part after it, dots as written.
    pub domain: Range<usize>,
    /// Whether it is written with `@` and full stops.
    pub plain: bool,
}

/// The longest local part (RFC 5321) and the longest domain label, in bytes; the longest domain looked at.
const MOST_LOCAL: usize = 64;
const MOST_LABEL: usize = 63;
const MOST_LABELS: usize = 8;

/// The places of signs in words that no byte tells: `snabel-a`, `{at}`, ` at `, `-at-`.
pub(crate) fn signs(text: &str) -> impl Iterator<Item = usize> + '_ {
    const WORDS: [(&str, usize); 11] =
        [("nabel", 1), ("NABEL", 1), ("anelbull", 1), ("at}", 1), ("at>", 1), (" at ", 0), (" AT ", 0), ("-at-", 0), ("_at_", 0), ("(ät)", 0), ("¤", 0)];
    static FINDERS: LazyLock<[(Finder<'static>, usize); 11]> = LazyLock::new(|| WORDS.map(|(word, back)| (Finder::new(word), back)));
    FINDERS.iter().flat_map(move |(word, back)| word.find_iter(text.as_bytes()).filter_map(move |at| at.checked_sub(*back)))
}

/// The address around the sign at byte `at`: `@`, the bracket of `(at)`, the word `snabel-a`.
pub(crate) fn around(text: &str, at: usize) -> Option<Written> {
    match text.as_bytes().get(at)? {
        b'@' => plain(text, at).or_else(|| set_apart(text, at)),
        b'(' | b'[' | b'{' | b'<' => {
            let close = at + 1 + text.as_bytes()[at + 1..].iter().take(12).position(|b| matches!(b, b')' | b']' | b'}' | b'>'))?;
            let word = text[at + 1..close].trim();
            matches!(word, "at" | "AT" | "At" | "ät" | "a" | "A").then(|| hidden(text, at, close + 1, false)).flatten()
        }
        b's' | b'S' => hidden(text, at, at + sign(&text[at..])?, false),
        b'k' | b'K' => hidden(text, at, at + "kanelbulle".len() + usize::from(text[at..].starts_with("kanelbullen")), true),
        _ if text.get(at..).is_some_and(|rest| rest.starts_with('¤')) => hidden(text, at, at + '¤'.len_utf8(), false),
        b' ' | b'-' | b'_' => hidden(text, at, at + 4, true),
        _ => None,
    }
}

/// Length of `snabel-a`, `snabela` or `snabel a`.
fn sign(text: &str) -> Option<usize> {
    let rest = text.get(6..)?.trim_start_matches(['-', ' ']);
    let blanks = text.len() - 6 - rest.len();
    let ends = |s: &str| !s.starts_with(char::is_alphanumeric);
    (blanks <= 1 && rest.starts_with(['a', 'A']) && ends(&rest[1..])).then_some(7 + blanks)
}

fn plain(text: &str, at: usize) -> Option<Written> {
    let start = local_start(text, at)?;
    let (end, labels) = domain_end(text, at + 1, Dots::Signs)?;
    // In a URL the part before @ is a user of a machine; `git@host:path` is one too.
    if labels < 2 || text[..start].ends_with("//") || &text[start..at] == "git" || text[end..].starts_with('@') || text[..start].ends_with('@') {
        return None;
    }
    Some(Written { local: start..at, domain: at + 1..end, plain: true })
}

/// An address with brackets or blanks around its `@`: `anna.ek (@) example.se`, `anna.ek @ example.se`.
fn set_apart(text: &str, at: usize) -> Option<Written> {
    let bracketed = text[..at].ends_with(['(', '[', '{']) && text[at + 1..].starts_with([')', ']', '}']);
    let is_gap = |c: char| is_blank(c) || c == '\n';
    let blank = text[..at].ends_with(is_gap) || text[at + 1..].starts_with(is_gap);
    let (from, to) = if bracketed { (at - 1, at + 2) } else { (at, at + 1) };
    (bracketed || blank).then(|| hidden(text, from, to, !bracketed)).flatten()
}

/// An address with a word for `@` at bytes `from..to`; `weak`: a word or sign that stands between other words as well.
fn hidden(text: &str, from: usize, to: usize, weak: bool) -> Option<Written> {
    // A line may end at an `@`, which parts no words.
    let at_sign = to == from + 1;
    let is_around = |c: char| is_blank(c) || matches!(c, '(' | ')' | '[' | ']' | '{' | '}') || at_sign && c == '\n';
    let local_end = text[..from].trim_end_matches(is_around).len();
    let mut start = local_start(text, local_end)?;
    // anna . ek @ …
    while let Some(before) = text[..start].strip_suffix(" . ").filter(|_| at_sign).and_then(|head| local_start(text, head.len())) {
        start = before;
    }
    // anna punkt ek snabel-a …
    while let Some(before) = dot_before(&text[..start]).and_then(|end| local_start(text, end)) {
        start = before;
    }
    let rest = text.get(to..)?;
    let domain = to + rest.len() - rest.trim_start_matches(is_around).len();
    if from - local_end > 6 || domain - to > 6 || text[local_end..domain].contains("\n\n") {
        return None;
    }
    let (end, labels) = domain_end(text, domain, Dots::Words)?;
    let local = &text[start..local_end];
    let named = local.contains(|c: char| matches!(c, '.' | '_') || c.is_ascii_digit()) || local.contains(' ') || is_name(local);
    (labels >= 2 && (!weak || named)).then_some(Written { local: start..local_end, domain: domain..end, plain: false })
}

fn is_name(word: &str) -> bool {
    let mut chars = word.chars();
    chars.next().is_some_and(|first| is_given_name(&first.to_uppercase().chain(chars).collect::<String>()))
}

/// First byte of the local part that ends at byte `end`.
fn local_start(text: &str, end: usize) -> Option<usize> {
    let mut start = end;
    for c in text[..end].chars().rev() {
        let allowed = c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '+' | '%' | '\'' | '&') || !c.is_ascii() && c.is_alphabetic();
        if !allowed || end - start >= MOST_LOCAL {
            break;
        }
        start -= c.len_utf8();
    }
    if let Some(dots) = text[start..end].rfind("..") {
        start += dots + 2;
    }
    let local = &text[start..end];
    // A bullet, a quote or the underscore of emphasis before it is not of it.
    let bare = local.trim_start_matches(['.', '-', '\'', '+', '&', '%']);
    (!bare.is_empty() && !bare.ends_with(['.', '\'', '&']) && bare.contains(|c: char| c.is_alphanumeric())).then_some(end - bare.len())
}

/// One past the last byte of the domain at byte `at`, and how many labels it has; the last one is no number and no
/// longer than a top domain may be.
fn domain_end(text: &str, at: usize, dots: Dots) -> Option<(usize, usize)> {
    let (mut end, mut labels, mut next) = (at, 0, at);
    let mut first_small = true;
    while labels < MOST_LABELS {
        let rest = &text[next..];
        let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || !c.is_ascii() && c.is_alphabetic())).unwrap_or(rest.len());
        let label = rest[..len].trim_end_matches('-');
        if label.is_empty() || label.starts_with('-') || label.len() > MOST_LABEL {
            break;
        }
        // A sentence that starts right after the full stop: `…@example.se.Ring`.
        if labels >= 2 && first_small && label.starts_with(char::is_uppercase) {
            break;
        }
        first_small = label.starts_with(char::is_lowercase);
        end = next + label.len();
        labels += 1;
        if label.len() < len {
            break;
        }
        let after = &text[end..];
        if after.starts_with('.') && !after[1..].starts_with(is_blank) {
            next = end + 1;
        } else if after.starts_with("[.]") || after.starts_with("(.)") || after.starts_with("{.}") {
            next = end + 3;
        } else if let Some(dot) = (dots == Dots::Words || labels < 2).then(|| dot_after(after)).flatten() {
            next = end + dot;
        } else if let Some(dot) = (labels < 2).then(|| stop_after(after)).flatten() {
            next = end + dot;
        } else {
            break;
        }
    }
    let top = text[at..end].rsplit(|c: char| !c.is_alphanumeric() && c != '-').next()?;
    let is_top = top.len() >= 2 && top.len() <= 24 && (top.chars().all(char::is_alphabetic) || top.starts_with("xn--"));
    is_top.then_some((end, labels))
}

/// How the dots of a domain may be written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dots {
    /// As signs; in words only up to the top domain.
    Signs,
    /// In words throughout.
    Words,
}

const DOTS: [&str; 4] = ["punkt", "dot", "PUNKT", "DOT"];

/// Length of a full stop with blanks around it, before a top domain that ends a word: `example. se`.
fn stop_after(text: &str) -> Option<usize> {
    let rest = text.trim_start_matches(is_blank).strip_prefix('.')?.trim_start_matches(is_blank);
    let top = &rest[..rest.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(rest.len())];
    let len = text.len() - rest.len();
    (matches!(top, "se" | "nu" | "com" | "org" | "net" | "eu" | "example") && len <= 4).then_some(len)
}

/// Length of ` punkt `, `(dot)` or `[dot]` at the start of `text`.
fn dot_after(text: &str) -> Option<usize> {
    let open = text.trim_start_matches(|c| is_blank(c) || matches!(c, '(' | '[' | '{'));
    let rest = DOTS.iter().find_map(|dot| open.strip_prefix(dot))?;
    let after = rest.trim_start_matches(|c| is_blank(c) || matches!(c, ')' | ']' | '}'));
    (open.len() < text.len() && after.len() < rest.len() && text.len() - after.len() <= 14).then_some(text.len() - after.len())
}

/// Where what stands before ` punkt `, `(dot)` or `[dot]` at the end of `text` ends.
fn dot_before(text: &str) -> Option<usize> {
    let close = text.trim_end_matches(|c| is_blank(c) || matches!(c, ')' | ']' | '}'));
    let rest = DOTS.iter().find_map(|dot| close.strip_suffix(dot))?;
    let before = rest.trim_end_matches(|c| is_blank(c) || matches!(c, '(' | '[' | '{'));
    (close.len() < text.len() && before.len() < rest.len() && text.len() - before.len() <= 14).then_some(before.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'t>(text: &'t str, sign: &str) -> Option<&'t str> {
        let written = around(text, text.find(sign)?)?;
        Some(&text[written.local.start..written.domain.end])
    }

    #[test]
    fn plain_addresses_end_where_they_end() {
        for (text, address) in [
            ("Mejla anna.ek@example.se.", "anna.ek@example.se"),
            ("<a.b+c_d@sub.skola.example.org>", "a.b+c_d@sub.skola.example.org"),
            ("mailto:info@example.se?subject=x", "info@example.se"),
            ("åsa.öst@räksmörgås.example", "åsa.öst@räksmörgås.example"),
            ("anna@example.se.Ring", "anna@example.se"),
            ("-anna@example.se-", "anna@example.se"),
            ("hm..anna@example.se", "anna@example.se"),
            ("FOLKE.STRID@EXAMPLE.COM", "FOLKE.STRID@EXAMPLE.COM"),
            ("o'hara@xn--rksmrgs-5wao1o.example", "o'hara@xn--rksmrgs-5wao1o.example"),
        ] {
            assert_eq!(found(text, "@"), Some(address), "{text}");
        }
        for text in ["@anna", "anna@", "hund@123", "vi ses @ torget", "root@192.0.2.1", "a@b", "https://anna@example.se/", "git@example.com:x/y.git", "@scope/pkg@4.2.0"] {
            assert_eq!(found(text, "@"), None, "{text}");
        }
    }

    #[test]
    fn hidden_addresses_are_read() {
        for (text, sign, address) in [
            ("kansli(at)exempelbygk.example", "(", "kansli(at)exempelbygk.example"),
            ("sanna.p [at] example.com om", "[", "sanna.p [at] example.com"),
            ("till sune.borg snabel-a example.se om", "snabel", "sune.borg snabel-a example.se"),
            ("anna punkt ek snabela example punkt se.", "snabel", "anna punkt ek snabela example punkt se"),
            ("anna(at)example(dot)com", "(", "anna(at)example(dot)com"),
            ("anna (snabel-a) example.se", "snabel", "anna (snabel-a) example.se"),
            ("anna.ek {at} example.se", "{", "anna.ek {at} example.se"),
            ("anna.ek at example dot se i dag", " at", "anna.ek at example dot se"),
            ("anna.ek @ example.se", "@", "anna.ek @ example.se"),
            ("anna.ek@example[dot]se", "@", "anna.ek@example[dot]se"),
            ("anna.ek@example. se", "@", "anna.ek@example. se"),
        ] {
            assert_eq!(found(text, sign), Some(address), "{text}");
        }
        for text in ["följt av snabel-a och kommunens domän.", "Snabel-a kallas", "snabel", "snabelasen vann"] {
            assert_eq!(found(text, "nabel").or_else(|| found(text, "Snabel")).or_else(|| found(text, "snabel")), None, "{text}");
        }
    }
}
