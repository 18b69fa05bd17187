//! How like a word of a text is to a word of the name that is asked for: the same, its genitive, a nickname, a spelling
//! that sounds the same, one letter off.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Names that stand for one another: `lars: lasse lalle`, and groups of spellings that no rule sees (`per = pär peer`).
const NICKNAMES: &str = include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/rules/lexicons/nicknames.txt"));

/// How like two words are, the likest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Likeness {
    /// The same letters; marks on letters apart.
    Same,
    /// A short or pet form.
    Nickname,
    /// Another spelling of the same sounds: `Carlsson`, `Karlson`.
    Sound,
    /// One half of a double name.
    Part,
    /// One letter added, left out, changed or two swapped.
    Letter,
}

/// One word of the name that is asked for, hyphens left out.
#[derive(Clone)]
pub(super) struct NameWord {
    plain: String,
    key: String,
    parts: Vec<String>,
    nicknames: Vec<String>,
}

impl std::fmt::Debug for NameWord {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "NameWord({} bytes)", self.plain.len())
    }
}

impl NameWord {
    pub(super) fn new(word: &str) -> Self {
        let whole = plain(word);
        let parts: Vec<String> = word.split(is_joint).map(plain).filter(|p| !p.is_empty()).collect();
        let nicknames = if parts.len() > 1 { Vec::new() } else { nicknames(&whole) };
        Self { key: key(&whole), plain: whole, parts: if parts.len() > 1 { parts } else { Vec::new() }, nicknames }
    }

    /// Its letters, small and without hyphens.
    pub(super) fn plain(&self) -> &str {
        &self.plain
    }

    /// The first letters of the word and of its parts.
    pub(super) fn initials(&self) -> impl Iterator<Item = char> {
        let first = |p: &String| p.chars().next();
        first(&self.plain).into_iter().chain(self.parts.iter().skip(1).filter_map(first))
    }

    /// The letters that a word like this one may start with.
    pub(super) fn starts(&self) -> impl Iterator<Item = char> {
        let all = std::iter::once(&self.plain).chain(&self.parts).chain(&self.nicknames);
        all.filter_map(|w| w.chars().next()).chain(self.key.chars().next().into_iter().flat_map(|c| sounding(c).chars()))
    }

    /// How like `text` (from [`plain`]) is, and how many bytes at its end are a genitive's.
    pub(super) fn like(&self, text: &str) -> Option<(Likeness, u8)> {
        let stem = text.strip_suffix('s').filter(|s| s.len() > 1);
        let either = |is: &dyn Fn(&str) -> bool| if is(text) { Some(0) } else { stem.filter(|s| is(s)).map(|_| 1) };
        if let Some(cut) = either(&|t| t == self.plain) {
            return Some((Likeness::Same, cut));
        }
        if let Some(cut) = either(&|t| self.nicknames.iter().any(|n| n == t)) {
            return Some((Likeness::Nickname, cut));
        }
        if self.plain.len() > 2
            && let Some(cut) = either(&|t| t.len() > 2 && key(t) == self.key)
        {
            return Some((Likeness::Sound, cut));
        }
        if let Some(cut) = either(&|t| t.len() > 2 && self.parts.iter().any(|p| p == t)) {
            return Some((Likeness::Part, cut));
        }
        let long = |t: &str| t.chars().nth(4).is_some();
        if !long(&self.plain) {
            return None;
        }
        let cut = either(&|t| long(t) && t.len().abs_diff(self.plain.len()) < 3 && strsim::osa_distance(t, &self.plain) == 1)?;
        Some((Likeness::Letter, cut))
    }

    /// Whether `text` may be a pet form that no list has: `Sebbe` of `Sebastian`. The first two letters, and the look of one.
    pub(super) fn may_be_called(&self, text: &str) -> bool {
        let same = self.plain.chars().zip(text.chars()).take_while(|(a, b)| a == b).count();
        same >= 2 && text.len() <= 8 && is_pet_form(text)
    }
}

/// Whether a word has the look of a pet form: a doubled consonant or `ck` before its ending, or an ending only they have.
fn is_pet_form(text: &str) -> bool {
    const ENDINGS: [&str; 9] = ["an", "en", "is", "e", "a", "i", "y", "sa", "ke"];
    ENDINGS.iter().filter_map(|e| text.strip_suffix(e)).any(|stem| {
        let mut back = stem.bytes().rev();
        let (last, before) = (back.next(), back.next());
        last.is_some() && (last == before || stem.ends_with("ck") || stem.ends_with('m') && stem.ends_with("mp"))
    })
}

/// What joins the parts of one name.
pub(super) const fn is_joint(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}' | '\'' | '\u{2019}')
}

/// Small letters without joints and without marks, those of å, ä and ö apart.
pub(super) fn plain(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    for c in word.nfc().flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric()) {
        match c {
            'a'..='z' | 'å' | 'ä' | 'ö' => out.push(c),
            'æ' => out.push('ä'),
            'ø' | 'œ' => out.push('ö'),
            'ł' => out.push('l'),
            'đ' | 'ð' => out.push('d'),
            'ß' => out.push_str("ss"),
            'ı' => out.push('i'),
            c => out.extend(std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c))),
        }
    }
    out
}

/// The sounds of a plain word: letters that are heard alike become one, doubled ones single.
fn key(plain: &str) -> String {
    let mut text = plain.to_owned();
    const PAIRS: [(&str, &str); 17] = [
        ("aa", "a"),
        ("ae", "a"),
        ("oe", "o"),
        ("ph", "f"),
        ("th", "t"),
        ("dt", "t"),
        ("ck", "k"),
        ("ch", "k"),
        ("qu", "kv"),
        ("gh", "g"),
        ("hj", "j"),
        ("hl", "l"),
        ("ij", "i"),
        ("ie", "i"),
        ("x", "ks"),
        ("ah", "a"),
        ("eh", "e"),
    ];
    for (from, to) in PAIRS {
        if text.contains(from) {
            text = text.replace(from, to);
        }
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = match c {
            'c' | 'q' => 'k',
            'w' => 'v',
            'z' => 's',
            'y' | 'j' => 'i',
            'å' | 'ä' => 'a',
            'ö' => 'o',
            c => c,
        };
        if !out.ends_with(c) {
            out.push(c);
        }
    }
    out
}

/// The letters that may sound as `c` of a key does.
const fn sounding(c: char) -> &'static str {
    match c {
        'k' => "kcq",
        'v' => "vw",
        's' => "sz",
        'i' => "iyjh",
        'a' => "aåä",
        'o' => "oö",
        'f' => "fp",
        'l' => "lh",
        _ => "",
    }
}

/// The nicknames of a plain name, and the names it is a nickname of.
fn nicknames(name: &str) -> Vec<String> {
    let mut all = Vec::new();
    for line in NICKNAMES.lines().filter(|l| !l.starts_with('#')) {
        if let Some((heads, tails)) = line.split_once(':') {
            let is_head = heads.split_whitespace().any(|w| w == name);
            if is_head {
                all.extend(tails.split_whitespace());
            } else if tails.split_whitespace().any(|w| w == name) {
                all.extend(heads.split_whitespace());
            }
        } else if line.split_whitespace().any(|w| w == name) {
            all.extend(line.split_whitespace().filter(|w| *w != name));
        }
    }
    all.iter().map(|w| plain(w)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_like_in_five_ways() {
        for (name, text, want) in [
            ("Karlsson", "karlsson", Some((Likeness::Same, 0))),
            ("Karlsson", "KARLSSONS", Some((Likeness::Same, 1))),
            ("Lars", "Lars", Some((Likeness::Same, 0))),
            ("André", "Andre", Some((Likeness::Same, 0))),
            ("Anna-Karin", "Annakarin", Some((Likeness::Same, 0))),
            ("Lars", "Lasse", Some((Likeness::Nickname, 0))),
            ("Lars", "Lasses", Some((Likeness::Nickname, 1))),
            ("Lasse", "Lars", Some((Likeness::Nickname, 0))),
            ("Karlsson", "Carlson", Some((Likeness::Sound, 0))),
            ("Kristofer", "Christopher", Some((Likeness::Sound, 0))),
            ("Lindqvist", "Lindkvist", Some((Likeness::Sound, 0))),
            ("Lindqvist", "Lindquists", Some((Likeness::Sound, 1))),
            ("Öberg", "Oberg", Some((Likeness::Sound, 0))),
            ("Hägg-Wendt", "Wendt", Some((Likeness::Part, 0))),
            ("Nordström", "Nordstöm", Some((Likeness::Letter, 0))),
            ("Nordström", "Nordtsröm", Some((Likeness::Letter, 0))),
            ("Berg", "Borg", None),
            ("Lindberg", "Sandberg", None),
            ("Anna", "Hanna", None),
        ] {
            assert_eq!(NameWord::new(name).like(&plain(text)), want, "{name} {text}");
        }
    }

    #[test]
    fn the_letters_it_may_start_with_are_all_told() {
        for (name, text) in [("Kristofer", "Christopher"), ("Wallin", "Vallin"), ("Öberg", "Oberg"), ("Per", "Pelle"), ("Filip", "Philip")]
        {
            let first = plain(text).chars().next().unwrap();
            assert!(NameWord::new(name).starts().any(|c| c == first), "{name} {text}");
        }
    }

    #[test]
    fn pet_forms_have_a_look_of_their_own() {
        let name = NameWord::new("Sebastian");
        assert!(name.may_be_called("sebbe") && !name.may_be_called("selma") && !name.may_be_called("tobbe"));
        assert!(NameWord::new("Margareta").may_be_called("maggan"));
    }
}
