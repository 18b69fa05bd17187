#![allow(dead_code, unreachable_pub, missing_docs, reason = "shared by tests")]
//! Disguises by class: each writes a value otherwise, or what stands around it.

use std::ops::Range;

/// A kind of personal data in an ordinary sentence.
pub struct Sample {
    pub name: &'static str,
    pub label: &'static str,
    pub before: &'static str,
    pub value: &'static str,
    pub after: &'static str,
}

pub const KINDS: [Sample; 6] = [
    Sample {
        name: "personnummer",
        label: "personnummer",
        before: "Elevens personnummer är ",
        value: "800102-2386",
        after: " enligt listan.",
    },
    Sample { name: "phone", label: "phone", before: "Du når mig på telefon ", value: "070-174 06 05", after: " i kväll." },
    Sample { name: "email", label: "email", before: "Skriv gärna till ", value: "anna.ek@example.se", after: " i kväll." },
    Sample { name: "account", label: "account", before: "Mitt kontonummer är ", value: "5042-613 27 50", after: " i banken." },
    Sample { name: "person", label: "name", before: "Kontakta ", value: "Åsa Lindqvist", after: " om bokningen." },
    Sample { name: "address", label: "address", before: "Hon bor på ", value: "Kastanjevägen 14", after: " i byn." },
];

type Write = Box<dyn Fn(&str) -> String>;
type Bytes = fn(char, &mut Vec<u8>);

/// One way to disguise.
pub struct Class {
    pub name: &'static str,
    /// The ending of the file it is in.
    pub ending: &'static str,
    /// How the value is written.
    value: Write,
    /// The source around: `{b}`, `{v}` and `{a}` are the words before, the value and the words after.
    frame: &'static str,
    /// How characters become bytes.
    bytes: Bytes,
    /// Whether the words around are written as the value is.
    whole: bool,
}

impl Class {
    /// The bytes of the source with a value of kind number `kind` in it, and where that stands. `None`: as without it.
    pub fn write(&self, kind: usize) -> Option<(Vec<u8>, Range<usize>)> {
        let sample = &KINDS[kind];
        let written = (self.value)(sample.value);
        let is_plain = self.bytes as usize == utf8 as *const () as usize && self.frame == TEXT && !self.whole;
        if written.is_empty() || is_plain && written == sample.value {
            return None;
        }
        let around = |words: &str| if self.whole { (self.value)(words) } else { words.to_owned() };
        let mut out = Vec::new();
        let mut range = 0..0;
        let mut rest = self.frame;
        let push = |text: &str, out: &mut Vec<u8>| text.chars().for_each(|c| (self.bytes)(c, out));
        while let Some(at) = ["{b}", "{v}", "{a}"].iter().filter_map(|mark| rest.find(mark)).min() {
            push(&rest[..at], &mut out);
            match rest.as_bytes()[at + 1] {
                b'b' => push(&around(sample.before), &mut out),
                b'a' => push(&around(sample.after), &mut out),
                _ => {
                    // What is put around the value is not of it.
                    let (head, value) = written.split_once(OPEN).unwrap_or(("", &written));
                    let (value, tail) = value.split_once(CLOSE).unwrap_or((value, ""));
                    push(head, &mut out);
                    let start = out.len();
                    push(value, &mut out);
                    range = start..out.len();
                    push(tail, &mut out);
                }
            }
            rest = &rest[at + 3..];
        }
        push(rest, &mut out);
        Some((out, range))
    }
}

/// Around a value that has something put around it.
const OPEN: char = '\u{2}';
const CLOSE: char = '\u{3}';

const TEXT: &str = "{b}{v}{a}\n";

fn utf8(c: char, out: &mut Vec<u8>) {
    out.extend(c.encode_utf8(&mut [0; 4]).bytes());
}

/// Each character by `write`.
fn each(write: impl Fn(char) -> String + 'static) -> Write {
    Box::new(move |value| value.chars().map(&write).collect())
}

/// Digits by their place after `zero`.
fn digits(zero: u32) -> Write {
    each(move |c| c.to_digit(10).and_then(|d| char::from_u32(zero + d)).unwrap_or(c).to_string())
}

/// Digits and other signs by a table of pairs.
fn signs(table: &'static [(&'static str, &'static str)]) -> Write {
    Box::new(move |value| {
        let mut out = value.to_owned();
        for (from, to) in table {
            out = out.replace(from, to);
        }
        out
    })
}

/// `sign` between all characters.
fn between(sign: &'static str) -> Write {
    Box::new(move |value| value.chars().map(String::from).collect::<Vec<_>>().join(sign))
}

/// `sign` once, in the middle of the value.
fn inside(sign: &'static str) -> Write {
    Box::new(move |value| {
        let at = value.char_indices().nth(3).map_or(0, |(i, _)| i);
        format!("{}{sign}{}", &value[..at], &value[at..])
    })
}

/// The value between two signs from its third character to its sixth.
fn wrapped(open: &'static str, close: &'static str) -> Write {
    Box::new(move |value| {
        let at = |n| value.char_indices().nth(n).map_or(value.len(), |(i, _)| i);
        format!("{}{open}{}{close}{}", &value[..at(2)], &value[at(2)..at(5)], &value[at(5)..])
    })
}

/// Only the digits, with `sign` between them; nothing for a value without digits.
fn apart(sign: &'static str) -> Write {
    Box::new(move |value| {
        if value.chars().any(char::is_alphabetic) {
            return String::new();
        }
        value.chars().filter(char::is_ascii_digit).map(String::from).collect::<Vec<_>>().join(sign)
    })
}

/// Every run of signs that are no letter or digit becomes `sign`; nothing for a value of words.
fn joined(sign: &'static str) -> Write {
    Box::new(move |value| {
        if value.chars().any(char::is_alphabetic) {
            return String::new();
        }
        value.split(|c: char| !c.is_alphanumeric()).collect::<Vec<_>>().join(sign)
    })
}

/// The hyphen becomes `sign`.
fn dash(sign: &'static str) -> Write {
    signs_owned("-", sign)
}

/// Blanks become `sign`.
fn blank(sign: &'static str) -> Write {
    signs_owned(" ", sign)
}

fn signs_owned(from: &'static str, to: &'static str) -> Write {
    Box::new(move |value| value.replace(from, to))
}

fn words_for(table: &'static [&'static str; 10], with: &'static str) -> Write {
    Box::new(move |value| {
        if value.chars().any(char::is_alphabetic) {
            return String::new();
        }
        value.chars().filter_map(|c| c.to_digit(10)).map(|d| table[d as usize]).collect::<Vec<_>>().join(with)
    })
}

const SWEDISH: [&str; 10] = ["noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"];
const ENGLISH: [&str; 10] = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"];

fn nfd(value: &str) -> String {
    signs(&[("å", "a\u{30a}"), ("ä", "a\u{308}"), ("ö", "o\u{308}"), ("Å", "A\u{30a}"), ("Ä", "A\u{308}"), ("Ö", "O\u{308}")])(value)
}

/// UTF-8 read as Windows-1252.
fn mojibake(value: &str) -> String {
    value.bytes().map(|b| encoding_rs::WINDOWS_1252.decode_without_bom_handling(&[b]).0.into_owned()).collect()
}

fn base64(value: &str) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in value.as_bytes().chunks(3) {
        let bits = (0..3).fold(0_u32, |bits, i| bits << 8 | u32::from(chunk.get(i).copied().unwrap_or(0)));
        for i in 0..4 {
            out.push(if i > chunk.len() { '=' } else { char::from(SIGNS[(bits >> (18 - 6 * i) & 63) as usize]) });
        }
    }
    out
}

fn percent(all: bool) -> Write {
    Box::new(move |value| {
        let keep = |b: u8| !all && (b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_'));
        value.bytes().map(|b| if keep(b) { char::from(b).to_string() } else { format!("%{b:02X}") }).collect()
    })
}

fn quoted_printable(all: bool) -> Write {
    Box::new(move |value| {
        let keep = |b: u8| !all && b.is_ascii_graphic() && b != b'=' || b == b' ' && !all;
        value.bytes().map(|b| if keep(b) { char::from(b).to_string() } else { format!("={b:02X}") }).collect()
    })
}

/// Everything that is tried.
pub fn classes() -> Vec<Class> {
    let mut all = Vec::new();
    plain_signs(&mut all);
    written_otherwise(&mut all);
    encodings(&mut all);
    in_html(&mut all);
    in_markdown(&mut all);
    in_data(&mut all);
    all
}

fn text(all: &mut Vec<Class>, name: &'static str, value: Write) {
    framed(all, name, "txt", TEXT, value);
}

fn framed(all: &mut Vec<Class>, name: &'static str, ending: &'static str, frame: &'static str, value: Write) {
    all.push(Class { name, ending, value, frame, bytes: utf8, whole: false });
}

fn as_is() -> Write {
    Box::new(str::to_owned)
}

fn plain_signs(all: &mut Vec<Class>) {
    text(all, "letters decomposed", Box::new(nfd));
    for (name, zero) in [
        ("digits full width", 0xFF10),
        ("digits bold", 0x1D7CE),
        ("digits double-struck", 0x1D7D8),
        ("digits sans-serif", 0x1D7E2),
        ("digits sans-serif bold", 0x1D7EC),
        ("digits monospace", 0x1D7F6),
        ("digits segmented", 0x1FBF0),
        ("digits Arabic-Indic", 0x660),
        ("digits extended Arabic-Indic", 0x6F0),
        ("digits Devanagari", 0x966),
        ("digits Bengali", 0x9E6),
        ("digits Gujarati", 0xAE6),
        ("digits Tamil", 0xBE6),
        ("digits Thai", 0xE50),
        ("digits Lao", 0xED0),
        ("digits Tibetan", 0xF20),
        ("digits Myanmar", 0x1040),
        ("digits Khmer", 0x17E0),
        ("digits Mongolian", 0x1810),
        ("digits NKo", 0x7C0),
        ("digits subscript", 0x2080),
    ] {
        text(all, name, digits(zero));
    }
    text(
        all,
        "digits circled",
        signs(&[("0", "⓪"), ("1", "①"), ("2", "②"), ("3", "③"), ("4", "④"), ("5", "⑤"), ("6", "⑥"), ("7", "⑦"), ("8", "⑧"), ("9", "⑨")]),
    );
    text(
        all,
        "digits in black circles",
        signs(&[("0", "⓿"), ("1", "❶"), ("2", "❷"), ("3", "❸"), ("4", "❹"), ("5", "❺"), ("6", "❻"), ("7", "❼"), ("8", "❽"), ("9", "❾")]),
    );
    text(
        all,
        "digits in parentheses",
        signs(&[("1", "⑴"), ("2", "⑵"), ("3", "⑶"), ("4", "⑷"), ("5", "⑸"), ("6", "⑹"), ("7", "⑺"), ("8", "⑻"), ("9", "⑼")]),
    );
    text(
        all,
        "digits raised",
        signs(&[("0", "⁰"), ("1", "¹"), ("2", "²"), ("3", "³"), ("4", "⁴"), ("5", "⁵"), ("6", "⁶"), ("7", "⁷"), ("8", "⁸"), ("9", "⁹")]),
    );
    text(all, "digits as keycaps", each(|c| if c.is_ascii_digit() { format!("{c}\u{fe0f}\u{20e3}") } else { c.to_string() }));
    text(all, "digits as keycaps with blanks", each(|c| if c.is_ascii_digit() { format!("{c}\u{fe0f}\u{20e3} ") } else { c.to_string() }));
    text(
        all,
        "digits ideographic",
        signs(&[
            ("0", "〇"),
            ("1", "一"),
            ("2", "二"),
            ("3", "三"),
            ("4", "四"),
            ("5", "五"),
            ("6", "六"),
            ("7", "七"),
            ("8", "八"),
            ("9", "九"),
        ]),
    );
    text(
        all,
        "all full width",
        each(|c| {
            if c == ' ' {
                '\u{3000}'.to_string()
            } else if c.is_ascii_graphic() {
                char::from_u32(c as u32 + 0xFEE0).unwrap_or(c).to_string()
            } else {
                c.to_string()
            }
        }),
    );
    text(
        all,
        "letters bold",
        each(|c| match c {
            'A'..='Z' => char::from_u32(0x1D400 + c as u32 - 65).unwrap_or(c).to_string(),
            'a'..='z' => char::from_u32(0x1D41A + c as u32 - 97).unwrap_or(c).to_string(),
            '0'..='9' => char::from_u32(0x1D7CE + c as u32 - 48).unwrap_or(c).to_string(),
            c => c.to_string(),
        }),
    );
    text(
        all,
        "letters script",
        each(|c| match c {
            'A'..='Z' => char::from_u32(0x1D4D0 + c as u32 - 65).unwrap_or(c).to_string(),
            'a'..='z' => char::from_u32(0x1D4EA + c as u32 - 97).unwrap_or(c).to_string(),
            c => c.to_string(),
        }),
    );
    text(
        all,
        "letters circled",
        each(|c| match c {
            'A'..='Z' => char::from_u32(0x24B6 + c as u32 - 65).unwrap_or(c).to_string(),
            'a'..='z' => char::from_u32(0x24D0 + c as u32 - 97).unwrap_or(c).to_string(),
            c => c.to_string(),
        }),
    );
    text(
        all,
        "letters squared",
        each(|c| match c.to_ascii_uppercase() {
            c @ 'A'..='Z' => char::from_u32(0x1F130 + c as u32 - 65).unwrap_or(c).to_string(),
            _ => c.to_string(),
        }),
    );
    text(
        all,
        "letters small capitals",
        signs(&[
            ("a", "ᴀ"),
            ("b", "ʙ"),
            ("e", "ᴇ"),
            ("d", "ᴅ"),
            ("i", "ɪ"),
            ("k", "ᴋ"),
            ("l", "ʟ"),
            ("m", "ᴍ"),
            ("n", "ɴ"),
            ("t", "ᴛ"),
            ("v", "ᴠ"),
        ]),
    );
    for (name, sign) in [
        ("zero-width space between", "\u{200b}"),
        ("zero-width joiner between", "\u{200d}"),
        ("zero-width non-joiner between", "\u{200c}"),
        ("soft hyphens between", "\u{ad}"),
        ("word joiners between", "\u{2060}"),
        ("byte order marks between", "\u{feff}"),
        ("left-to-right marks between", "\u{200e}"),
        ("right-to-left marks between", "\u{200f}"),
        ("Arabic letter marks between", "\u{61c}"),
        ("variation selectors between", "\u{fe0e}"),
        ("invisible times between", "\u{2062}"),
        ("Mongolian separators between", "\u{180e}"),
        ("tags between", "\u{e0061}"),
        ("grapheme joiners between", "\u{34f}"),
        ("Hangul fillers between", "\u{3164}"),
        ("Khmer inherent vowels between", "\u{17b4}"),
        ("object replacement characters between", "\u{fffc}"),
        ("zero bytes between", "\0"),
        ("lines through", "\u{336}"),
        ("lines below", "\u{332}"),
        ("supplementary selectors between", "\u{e0101}"),
    ] {
        text(all, name, between(sign));
    }
    text(all, "bidi override around", around("\u{202d}", "\u{202c}"));
    text(all, "bidi isolates inside", wrapped("\u{2066}", "\u{2069}"));
    for (name, sign) in [
        ("hyphen", "\u{2010}"),
        ("hyphen not to be broken", "\u{2011}"),
        ("figure dash", "\u{2012}"),
        ("en dash", "–"),
        ("em dash", "—"),
        ("horizontal bar", "\u{2015}"),
        ("minus", "\u{2212}"),
        ("hyphen bullet", "\u{2043}"),
        ("raised minus", "\u{207b}"),
        ("small hyphen", "\u{fe63}"),
        ("small em dash", "\u{fe58}"),
        ("full-width hyphen", "\u{ff0d}"),
        ("heavy minus", "➖"),
        ("Armenian hyphen", "\u{58a}"),
        ("Hebrew maqaf", "\u{5be}"),
        ("Canadian hyphen", "\u{1400}"),
        ("two-em dash", "\u{2e3a}"),
        ("double hyphen", "\u{2e17}"),
        ("wave dash", "\u{301c}"),
        ("Katakana double hyphen", "\u{30a0}"),
        ("Katakana prolonged sound", "\u{30fc}"),
        ("box drawing line", "─"),
        ("modifier minus", "\u{2d7}"),
        ("macron", "\u{af}"),
        ("tilde", "~"),
        ("low line", "_"),
        ("two hyphens", "--"),
        ("hyphen with blanks", " - "),
        ("en dash with blanks", " – "),
        ("hyphen with no-break blanks", "\u{a0}-\u{a0}"),
        ("middle dot", "·"),
        ("bullet", "•"),
        ("arrow", "→"),
        ("equals sign", "="),
        ("plus", "+"),
        ("stop for hyphen", "."),
        ("slash for hyphen", "/"),
        ("backslash for hyphen", "\\"),
        ("bar for hyphen", "|"),
        ("colon for hyphen", ":"),
        ("comma for hyphen", ","),
        ("semicolon for hyphen", ";"),
        ("asterisk for hyphen", "*"),
        ("apostrophe for hyphen", "'"),
    ] {
        text(all, name, dash(sign));
    }
    for (name, sign) in [
        ("no-break blanks", "\u{a0}"),
        ("narrow no-break blanks", "\u{202f}"),
        ("thin blanks", "\u{2009}"),
        ("hair blanks", "\u{200a}"),
        ("figure blanks", "\u{2007}"),
        ("punctuation blanks", "\u{2008}"),
        ("em blanks", "\u{2003}"),
        ("en blanks", "\u{2002}"),
        ("mathematical blanks", "\u{205f}"),
        ("ideographic blanks", "\u{3000}"),
        ("Ogham blanks", "\u{1680}"),
        ("Braille blanks", "\u{2800}"),
        ("tabs", "\t"),
        ("two blanks", "  "),
        ("line feeds for blanks", "\n"),
        ("carriage returns for blanks", "\r"),
        ("CR LF for blanks", "\r\n"),
        ("line separators for blanks", "\u{2028}"),
        ("next-line characters for blanks", "\u{85}"),
        ("vertical tabs for blanks", "\u{b}"),
        ("form feeds for blanks", "\u{c}"),
    ] {
        text(all, name, blank(sign));
    }
    text(all, "Cyrillic letters", signs(&[("a", "а"), ("e", "е"), ("o", "о"), ("i", "і"), ("s", "ѕ"), ("K", "К"), ("x", "х")]));
    text(all, "Greek letters", signs(&[("a", "α"), ("i", "ι"), ("n", "ո"), ("K", "Κ"), ("v", "ν")]));
    text(all, "one Cyrillic letter", Box::new(|v| v.replacen('a', "а", 1)));
    text(all, "capital o for zero", signs(&[("0", "O")]));
    text(all, "small o for zero", signs(&[("0", "o")]));
    text(all, "Cyrillic o for zero", signs(&[("0", "О")]));
    text(all, "small l for one", signs(&[("1", "l")]));
    text(all, "capital i for one", signs(&[("1", "I")]));
    text(all, "letters for zero and one", signs(&[("0", "O"), ("1", "l")]));
    text(all, "slashed zero", signs(&[("0", "Ø")]));
}

fn written_otherwise(all: &mut Vec<Class>) {
    for (name, sign) in [
        ("digits apart by blanks", " "),
        ("digits apart by stops", "."),
        ("digits apart by hyphens", "-"),
        ("digits apart by low lines", "_"),
        ("digits apart by commas", ","),
        ("digits apart by commas and blanks", ", "),
        ("digits apart by slashes", "/"),
        ("digits apart by middle dots", "·"),
        ("digits apart by two blanks", "  "),
        ("digits apart by no-break blanks", "\u{a0}"),
        ("digits apart by line feeds", "\n"),
        ("digits apart by bars", "|"),
        ("digits apart by asterisks", "*"),
        ("digits apart by dashes with blanks", " - "),
        ("digits apart by stops and blanks", ". "),
    ] {
        text(all, name, apart(sign));
    }
    for (name, sign) in [
        ("groups by stops", "."),
        ("groups by slashes", "/"),
        ("groups by low lines", "_"),
        ("groups by bars", " | "),
        ("groups by commas", ", "),
        ("groups by semicolons", "; "),
        ("groups by line feeds", "\n"),
        ("groups by quotation marks", "\" \""),
        ("groups in parentheses", ") ("),
        ("groups in brackets", "] ["),
        ("groups by ellipses", "…"),
        ("groups by three stops", "..."),
        ("groups by colons", ":"),
        ("groups by tabs", "\t"),
        ("groups by blanks", " "),
        ("groups by words", " och sedan "),
        ("groups by plus signs", " + "),
        ("groups by emoji", "🙂"),
        ("groups by a list", "\n- "),
        ("nothing between", ""),
    ] {
        text(all, name, joined(sign));
    }
    text(all, "digits as Swedish words", words_for(&SWEDISH, " "));
    text(all, "digits as Swedish words with hyphens", words_for(&SWEDISH, "-"));
    text(all, "digits as Swedish words with commas", words_for(&SWEDISH, ", "));
    text(all, "digits as Swedish words in one", words_for(&SWEDISH, ""));
    text(all, "digits as English words", words_for(&ENGLISH, " "));
    text(
        all,
        "letters apart by blanks",
        Box::new(|v| {
            if v.contains(char::is_alphabetic) && !v.contains(char::is_numeric) && !v.contains('@') {
                v.split(' ').map(|w| w.chars().map(String::from).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join("  ")
            } else {
                String::new()
            }
        }),
    );
    text(
        all,
        "letters apart by hyphens",
        Box::new(|v| {
            if v.contains(char::is_alphabetic) && !v.contains(char::is_numeric) && !v.contains('@') {
                v.split(' ').map(|w| w.chars().map(String::from).collect::<Vec<_>>().join("-")).collect::<Vec<_>>().join(" ")
            } else {
                String::new()
            }
        }),
    );
    text(
        all,
        "letters apart by stops",
        Box::new(|v| {
            if v.contains(char::is_alphabetic) && !v.contains(char::is_numeric) && !v.contains('@') {
                v.split(' ').map(|w| w.chars().map(String::from).collect::<Vec<_>>().join(".")).collect::<Vec<_>>().join(" ")
            } else {
                String::new()
            }
        }),
    );
    text(all, "capitals", Box::new(|v| if v.contains(char::is_alphabetic) { v.to_uppercase() } else { String::new() }));
    text(all, "small letters", Box::new(|v| if v.contains(char::is_alphabetic) { v.to_lowercase() } else { String::new() }));
    text(all, "hyphenated over a line", Box::new(|v| if v.contains(char::is_alphabetic) { inside("-\n")(v) } else { String::new() }));
    text(all, "in quotation marks", around("”", "”"));
    text(all, "in asterisks", around("*", "*"));
    text(all, "in low lines", around("_", "_"));
    text(all, "after a hash sign", around("#", ""));
    for (name, sign) in [
        ("(at)", "(at)"),
        ("[at]", "[at]"),
        ("{at}", "{at}"),
        ("<at>", "<at>"),
        ("-at-", "-at-"),
        ("_at_", "_at_"),
        ("at in capitals", " AT "),
        ("at with blanks", " at "),
        ("sign with blanks", " @ "),
        ("sign in parentheses", "(@)"),
        ("sign in brackets", "[@]"),
        ("snabel-a", " snabel-a "),
        ("snabela", " snabela "),
        ("snabel a", " snabel a "),
        ("(snabel-a)", "(snabel-a)"),
        ("[snabel-a]", " [snabel-a] "),
        ("{snabel-a}", "{snabel-a}"),
        ("SNABEL-A", " SNABEL-A "),
        ("kanelbulle", " kanelbulle "),
        ("(a)", "(a)"),
        ("[a]", "[a]"),
        ("full-width sign", "＠"),
        ("small sign", "﹫"),
        ("(at) with blanks", " (at) "),
        ("( at )", " ( at ) "),
        ("(AT)", "(AT)"),
        ("(ät)", "(ät)"),
        ("doubled sign", "@@"),
    ] {
        text(all, name, only_mail("@", sign));
    }
    for (name, sign) in [
        ("(dot)", "(dot)"),
        ("[dot]", "[dot]"),
        ("{dot}", "{dot}"),
        (" dot ", " dot "),
        (" punkt ", " punkt "),
        ("(punkt)", "(punkt)"),
        ("[punkt]", "[punkt]"),
        ("[.]", "[.]"),
        ("(.)", "(.)"),
        ("blank after stop", ". "),
        ("blanks around stop", " . "),
        ("ideographic stop", "。"),
        ("one dot leader", "․"),
    ] {
        text(all, name, only_mail(".", sign));
    }
    text(
        all,
        "all of it in words",
        Box::new(|v| if v.contains('@') { v.replace('@', " snabel-a ").replace('.', " punkt ") } else { String::new() }),
    );
    text(
        all,
        "all of it in English words",
        Box::new(|v| if v.contains('@') { v.replace('@', " at ").replace('.', " dot ") } else { String::new() }),
    );
    text(
        all,
        "all of it in brackets",
        Box::new(|v| if v.contains('@') { v.replace('@', "[at]").replace('.', "[dot]") } else { String::new() }),
    );
    text(
        all,
        "all of it in braces",
        Box::new(|v| if v.contains('@') { v.replace('@', " {at} ").replace('.', " {dot} ") } else { String::new() }),
    );
    text(all, "told not to be sent", Box::new(|v| if v.contains('@') { v.replace("@", "@TABORT") } else { String::new() }));
    text(all, "century in words", Box::new(|v| if v.starts_with('8') { format!("nittonhundra {OPEN}{v}") } else { String::new() }));
    text(all, "century apart", Box::new(|v| if v.starts_with('8') { format!("19 {v}") } else { String::new() }));
    text(all, "date and number apart", Box::new(|v| if v.starts_with('8') { "1980-01-02, 2386".to_owned() } else { String::new() }));
    text(all, "date in words", Box::new(|v| if v.starts_with('8') { "2 januari 1980 - 2386".to_owned() } else { String::new() }));
    text(all, "date turned", Box::new(|v| if v.starts_with('8') { "02/01/1980-2386".to_owned() } else { String::new() }));
    text(all, "country code", Box::new(|v| if v.starts_with("070") { "+46 70 174 06 05".to_owned() } else { String::new() }));
    text(all, "country code with zero", Box::new(|v| if v.starts_with("070") { "+46(0)70-1740605".to_owned() } else { String::new() }));
    text(
        all,
        "country code after two zeros",
        Box::new(|v| if v.starts_with("070") { "0046 70 174 06 05".to_owned() } else { String::new() }),
    );
    text(all, "country code without plus", Box::new(|v| if v.starts_with("070") { "46701740605".to_owned() } else { String::new() }));
    text(all, "full-width plus", Box::new(|v| if v.starts_with("070") { "＋46 70 174 06 05".to_owned() } else { String::new() }));
    text(all, "plus in words", Box::new(|v| if v.starts_with("070") { "plus 46 70 174 06 05".to_owned() } else { String::new() }));
    text(all, "code in parentheses", Box::new(|v| if v.starts_with("070") { "(070) 174 06 05".to_owned() } else { String::new() }));
    text(all, "code by words", Box::new(|v| if v.starts_with("070") { "noll sjuttio 174 06 05".to_owned() } else { String::new() }));
    text(all, "groups of one and two", Box::new(|v| if v.starts_with("070") { "07 01 74 06 05".to_owned() } else { String::new() }));
    text(all, "groups of three", Box::new(|v| if v.starts_with("070") { "070 174 060 5".to_owned() } else { String::new() }));
    text(all, "surname first", Box::new(|v| if v.starts_with('Å') { "Lindqvist, Åsa".to_owned() } else { String::new() }));
    text(all, "initial and surname", Box::new(|v| if v.starts_with('Å') { "Å. Lindqvist".to_owned() } else { String::new() }));
    text(all, "name in one word", Box::new(|v| if v.starts_with('Å') { "ÅsaLindqvist".to_owned() } else { String::new() }));
    text(all, "name with low line", Box::new(|v| if v.starts_with('Å') { "Åsa_Lindqvist".to_owned() } else { String::new() }));
    text(all, "name with stop", Box::new(|v| if v.starts_with('Å') { "Åsa.Lindqvist".to_owned() } else { String::new() }));
    text(all, "name without dots and rings", Box::new(|v| if v.starts_with('Å') { "Asa Lindqvist".to_owned() } else { String::new() }));
    text(all, "leet letters", Box::new(|v| if v.starts_with('Å') { "Ås4 L1ndqv1st".to_owned() } else { String::new() }));
    text(all, "percent-encoded where needed", percent(false));
    text(all, "percent-encoded throughout", percent(true));
    text(all, "base64", Box::new(base64));
    text(all, "escapes of JSON in text", each(|c| format!("\\u{:04x}", c as u32)));
    text(all, "escapes of C in text", Box::new(|v| v.bytes().map(|b| format!("\\x{b:02x}")).collect()));
    text(all, "references in text", each(|c| format!("&#{};", c as u32)));
    text(all, "hexadecimal references in text", each(|c| format!("&#x{:x};", c as u32)));
    text(all, "quoted-printable in text", quoted_printable(true));
    text(all, "mojibake", Box::new(mojibake));
    text(all, "mojibake twice", Box::new(|v| mojibake(&mojibake(v))));
    framed(all, "in an address", "txt", "{b}https://example.se/sok?q={v}&x=1{a}\n", percent(false));
    framed(all, "in a path", "txt", "{b}https://example.se/personer/{v}/index{a}\n", percent(false));
    framed(all, "in a file name", "txt", "{b}/bilder/{v}.jpg{a}\n", as_is());
    framed(all, "in a name of a picture", "txt", "{b}bild_{v}.jpg{a}\n", as_is());
    framed(all, "after a colon without blank", "txt", "{b}här:{v}{a}\n", as_is());
    framed(all, "beside brackets", "txt", "{b}[{v}]{a}\n", as_is());
    framed(all, "in a table of text", "txt", "| {b} | {v} | {a} |\n", as_is());
    framed(all, "value on the next line", "txt", "{b}\n{v}\n{a}\n", as_is());
    framed(all, "value two lines below", "txt", "{b}\n\n{v}\n\n{a}\n", as_is());
    framed(all, "quoted mail", "txt", "> {b}{v}{a}\n", as_is());
    framed(all, "quoted over two lines", "txt", "> {b}{v}{a}\n", inside_blank("\n> "));
    framed(all, "in code fence", "md", "```\n{b}{v}{a}\n```\n", as_is());
}

/// The value with something around it that is not of it.
fn around(open: &'static str, close: &'static str) -> Write {
    Box::new(move |value| format!("{open}{OPEN}{value}{CLOSE}{close}"))
}

/// Blank or hyphen replaced by itself and `sign`.
fn inside_blank(sign: &'static str) -> Write {
    Box::new(move |value| value.replacen(' ', sign, 1))
}

fn only_mail(from: &'static str, to: &'static str) -> Write {
    Box::new(move |value| match value.split_once('@') {
        Some((local, domain)) if from == "." => format!("{local}@{}", domain.replace('.', to)),
        Some(_) => value.replace(from, to),
        None => String::new(),
    })
}

fn encodings(all: &mut Vec<Class>) {
    fn le16(c: char, out: &mut Vec<u8>) {
        out.extend(c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| u.to_le_bytes()));
    }
    fn be16(c: char, out: &mut Vec<u8>) {
        out.extend(c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| u.to_be_bytes()));
    }
    fn le32(c: char, out: &mut Vec<u8>) {
        out.extend(u32::from(c).to_le_bytes());
    }
    fn be32(c: char, out: &mut Vec<u8>) {
        out.extend(u32::from(c).to_be_bytes());
    }
    fn latin1(c: char, out: &mut Vec<u8>) {
        out.push(encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])).0[0]);
    }
    fn mac(c: char, out: &mut Vec<u8>) {
        out.push(by(c, "åäöÅÄÖé", b"\x8C\x8A\x9A\x81\x80\x85\x8E"));
    }
    fn dos(c: char, out: &mut Vec<u8>) {
        out.push(by(c, "åäöÅÄÖé", b"\x86\x84\x94\x8F\x8E\x99\x82"));
    }
    /// Swedish seven-bit letters, ISO 646-SE.
    fn seven(c: char, out: &mut Vec<u8>) {
        out.push(by(c, "åäöÅÄÖ", b"}{|][\\"));
    }
    fn by(c: char, letters: &str, bytes: &[u8]) -> u8 {
        letters.chars().position(|l| l == c).map_or(if c.is_ascii() { c as u8 } else { b'?' }, |i| bytes[i])
    }
    /// Letters beyond ASCII in two bytes too many: overlong and surrogate forms are refused by UTF-8.
    fn odd(c: char, out: &mut Vec<u8>) {
        out.extend(if c.is_ascii() { vec![c as u8] } else { c.encode_utf8(&mut [0; 4]).bytes().collect() });
        if c == '.' {
            out.push(0xFF);
        }
    }
    let rows: [(&'static str, &'static str, &'static str, Bytes); 24] = [
        ("UTF-8 with mark", "txt", "\u{feff}{b}{v}{a}\n", utf8),
        ("UTF-16 LE with mark", "txt", "\u{feff}{b}{v}{a}\n", le16),
        ("UTF-16 BE with mark", "txt", "\u{feff}{b}{v}{a}\n", be16),
        ("UTF-16 LE", "txt", "{b}{v}{a} \n", le16),
        ("UTF-16 BE", "txt", "{b}{v}{a} \n", be16),
        ("UTF-32 LE with mark", "txt", "\u{feff}{b}{v}{a}\n", le32),
        ("UTF-32 BE with mark", "txt", "\u{feff}{b}{v}{a}\n", be32),
        ("UTF-32 LE", "txt", "{b}{v}{a} \n", le32),
        ("UTF-32 BE", "txt", "{b}{v}{a} \n", be32),
        ("UTF-16 LE with mark, HTML", "html", "\u{feff}<p>{b}{v}{a}</p>\n", le16),
        ("UTF-16 BE, HTML", "html", "<p>{b}{v}{a}</p>\n", be16),
        ("UTF-16 LE, Markdown", "md", "# Hej\n\n{b}{v}{a}\n", le16),
        ("UTF-16 LE, CSV", "csv", "text;mer\n{b}{v}{a};x\n", le16),
        ("UTF-16 LE, JSON", "json", "{\"text\": \"{b}{v}{a}\"}", le16),
        ("Windows-1252", "txt", "{b}{v}{a} Välkommen på måndag.\n", latin1),
        ("Windows-1252, HTML", "html", "<p>{b}{v}{a} Välkommen på måndag.</p>\n", latin1),
        ("Mac Roman", "txt", "{b}{v}{a} Välkommen på måndag.\n", mac),
        ("MS-DOS", "txt", "{b}{v}{a} Välkommen på måndag.\n", dos),
        ("MS-DOS, CSV", "csv", "text;mer\n{b}{v}{a};på måndag\n", dos),
        ("ISO 646-SE", "txt", "{b}{v}{a} V{lkommen p} m}ndag.\n", seven),
        ("bytes that are no text beside", "txt", "{b}{v}{a}\n", odd),
        ("UTF-16 LE short", "txt", "{v}", le16),
        ("UTF-16 BE with mark short", "txt", "\u{feff}{v}", be16),
        ("Mac Roman short", "txt", "{b}{v}\n", mac),
    ];
    for (name, ending, frame, bytes) in rows {
        all.push(Class { name, ending, value: as_is(), frame, bytes, whole: false });
    }
}

fn in_html(all: &mut Vec<Class>) {
    const P: &str = "<p>{b}{v}{a}</p>\n";
    let mut html = |name, value| framed(all, name, "html", P, value);
    html("HTML plain", as_is());
    html("HTML decimal references", each(|c| format!("&#{};", c as u32)));
    html("HTML hexadecimal references", each(|c| format!("&#x{:X};", c as u32)));
    html("HTML references with zeros", each(|c| format!("&#{:07};", c as u32)));
    html("HTML references without semicolon", each(|c| format!("&#{}", c as u32)));
    html("HTML references escaped twice", each(|c| format!("&amp;#{};", c as u32)));
    html("HTML references escaped three times", each(|c| format!("&amp;amp;#{};", c as u32)));
    html(
        "HTML named references",
        signs(&[
            ("å", "&aring;"),
            ("ä", "&auml;"),
            ("Å", "&Aring;"),
            ("@", "&commat;"),
            (".", "&period;"),
            ("-", "&hyphen;"),
            (" ", "&nbsp;"),
        ]),
    );
    html("HTML named without semicolon", signs(&[("å", "&aring"), ("ä", "&auml"), ("Å", "&Aring"), (" ", "&nbsp")]));
    html(
        "HTML named escaped twice",
        signs(&[
            ("å", "&amp;aring;"),
            ("ä", "&amp;auml;"),
            ("Å", "&amp;Aring;"),
            ("@", "&amp;commat;"),
            ("-", "&amp;ndash;"),
            (" ", "&amp;nbsp;"),
        ]),
    );
    html("HTML tag inside", wrapped("<b>", "</b>"));
    html("HTML nested tags inside", wrapped("<span class=\"a\"><i>", "</i></span>"));
    html("HTML span a sign", each(|c| format!("<span>{c}</span>")));
    html("HTML unknown element inside", wrapped("<x-y>", "</x-y>"));
    html("HTML link inside", wrapped("<a href=\"#\">", "</a>"));
    html("HTML comment inside", inside("<!-- x -->"));
    html("HTML long comment inside", inside("<!-- x\n y > z -->"));
    html("HTML empty comment inside", inside("<!---->"));
    html("HTML wbr inside", inside("<wbr>"));
    html("HTML shy inside", inside("&shy;"));
    html("HTML zero-width reference inside", inside("&#8203;"));
    html("HTML zwnj inside", inside("&zwnj;"));
    html("HTML line break for blank", signs(&[(" ", "<br>"), ("-", "-<br>")]));
    html("HTML source lines for blank", signs(&[(" ", "\n   ")]));
    html("HTML paragraphs for blank", signs(&[(" ", "</p><p>"), ("-", "-</p><p>")]));
    html("HTML divs for blank", signs(&[(" ", "</div><div>"), ("-", "-</div><div>")]));
    html("HTML processing instruction inside", inside("<?x y?>"));
    html("HTML image inside", inside("<img src=x>"));
    html("HTML sup inside", wrapped("<sup>", "</sup>"));
    html("HTML bdo inside", wrapped("<bdo dir=ltr>", "</bdo>"));
    html("HTML hidden element", around("<span style=\"display:none\">", "</span>"));
    html("HTML unfinished tag", around("", "<b"));
    html("HTML CDATA", around("<![CDATA[", "]]>"));
    html("HTML cells", Box::new(|v| format!("<table><tr><td>{OPEN}{}{CLOSE}</td></tr></table>", v.replace([' ', '-'], "</td><td>"))));
    html("HTML list", Box::new(|v| format!("<ul><li>{OPEN}{}{CLOSE}</li></ul>", v.replace([' ', '-'], "</li><li>"))));
    for (name, frame) in [
        ("HTML alt", "<img src=\"x.jpg\" alt=\"{b}{v}{a}\">"),
        ("HTML alt in one quote", "<img src='x.jpg' alt='{b}{v}{a}'>"),
        ("HTML title", "<a href=\"#\" title=\"{b}{v}{a}\">x</a>"),
        ("HTML aria-label", "<button aria-label=\"{b}{v}{a}\">x</button>"),
        ("HTML aria-description", "<button aria-description=\"{b}{v}{a}\">x</button>"),
        ("HTML placeholder", "<input placeholder=\"{b}{v}{a}\">"),
        ("HTML value", "<input value=\"{b}{v}{a}\">"),
        ("HTML hidden value", "<input type=hidden name=x value=\"{b}{v}{a}\">"),
        ("HTML option value", "<select><option value=\"{b}{v}{a}\">x</option></select>"),
        ("HTML data value", "<data value=\"{b}{v}{a}\">x</data>"),
        ("HTML data attribute", "<div data-x=\"{b}{v}{a}\">x</div>"),
        ("HTML data-info", "<div data-info=\"{b}{v}{a}\">x</div>"),
        ("HTML meta description", "<meta name=\"description\" content=\"{b}{v}{a}\">"),
        ("HTML meta of any name", "<meta name=\"x\" content=\"{b}{v}{a}\">"),
        ("HTML og:description", "<meta property=\"og:description\" content=\"{b}{v}{a}\">"),
        ("HTML title element", "<title>{b}{v}{a}</title>"),
        ("HTML comment", "<!-- {b}{v}{a} --><p>x</p>"),
        ("HTML conditional comment", "<!--[if IE]><p>{b}{v}{a}</p><![endif]-->"),
        ("HTML noscript", "<noscript>{b}{v}{a}</noscript>"),
        ("HTML template", "<template><p>{b}{v}{a}</p></template>"),
        ("HTML textarea", "<textarea>{b}{v}{a}</textarea>"),
        ("HTML svg text", "<svg><text>{b}{v}{a}</text></svg>"),
        ("HTML svg title", "<svg><title>{b}{v}{a}</title></svg>"),
        ("HTML svg desc", "<svg><desc>{b}{v}{a}</desc></svg>"),
        ("HTML math", "<math><mtext>{b}{v}{a}</mtext></math>"),
        ("HTML JSON-LD", "<script type=\"application/ld+json\">{\"description\": \"{b}{v}{a}\"}</script>"),
        ("HTML srcdoc", "<iframe srcdoc=\"&lt;p&gt;{b}{v}{a}&lt;/p&gt;\"></iframe>"),
        ("HTML iframe content", "<iframe>{b}{v}{a}</iframe>"),
        ("HTML object content", "<object>{b}{v}{a}</object>"),
        ("HTML video content", "<video>{b}{v}{a}</video>"),
        ("HTML summary", "<details><summary>{b}{v}{a}</summary></details>"),
        ("HTML figcaption", "<figure><figcaption>{b}{v}{a}</figcaption></figure>"),
        ("HTML marquee", "<marquee>{b}{v}{a}</marquee>"),
        ("HTML xmp", "<xmp>{b}{v}{a}</xmp>"),
        ("HTML label attribute", "<track label=\"{b}{v}{a}\">"),
        ("HTML itemprop content", "<span itemprop=\"telephone\" content=\"{b}{v}{a}\">x</span>"),
        ("HTML download name", "<a href=\"x\" download=\"{b}{v}{a}\">x</a>"),
        ("HTML onclick", "<button onclick=\"alert('{b}{v}{a}')\">x</button>"),
        ("HTML CSS content", "<style>p::after { content: \"{b}{v}{a}\"; }</style>"),
        ("HTML script string", "<script>var x = \"{b}{v}{a}\";</script>"),
        ("HTML script JSON", "<script type=\"application/json\">{\"text\": \"{b}{v}{a}\"}</script>"),
        ("HTML in capitals", "<P>{b}<B>{v}</B>{a}</P>"),
        ("HTML without closing tags", "<p>{b}{v}{a}<p>x"),
        ("HTML unquoted attribute", "<p class=a>{b}<b id=b>{v}</b>{a}</p>"),
        ("HTML data address", "<a href=\"data:text/plain,{b}{v}{a}\">x</a>"),
    ] {
        framed(all, name, "html", frame, as_is());
    }
    for (name, frame) in [
        ("HTML link query", "<a href=\"https://example.se/?text={v}\">x</a>"),
        ("HTML link path", "<a href=\"https://example.se/{v}\">x</a>"),
        ("HTML picture file", "<img src=\"/bilder/{v}.jpg\" alt=\"\">"),
        ("HTML picture srcset", "<img srcset=\"/bilder/{v}.jpg 2x\" alt=\"\">"),
        ("HTML form action", "<form action=\"/x?id={v}\"></form>"),
        ("HTML source file", "<source src=\"/ljud/{v}.mp3\">"),
    ] {
        framed(all, name, "html", frame, percent(false));
    }
    framed(all, "HTML mailto", "html", "<a href=\"mailto:{v}\">x</a>", only_mail("@", "@"));
    framed(all, "HTML mailto encoded", "html", "<a href=\"mailto:{v}\">x</a>", only_mail("@", "%40"));
    framed(
        all,
        "HTML mailto referenced",
        "html",
        "<a href=\"{v}\">x</a>",
        Box::new(|v| {
            if v.contains('@') {
                format!("&#109;&#97;ilto:{OPEN}{}", v.chars().map(|c| format!("&#{};", c as u32)).collect::<String>())
            } else {
                String::new()
            }
        }),
    );
    framed(all, "HTML mailto with subject", "html", "<a href=\"mailto:{v}?subject=Hej\">x</a>", only_mail("@", "@"));
    framed(all, "HTML mailto copy", "html", "<a href=\"mailto:info@example.org?cc={v}\">x</a>", only_mail("@", "@"));
    let call = |form: &'static str| -> Write { Box::new(move |v| if v.starts_with("070") { form.to_owned() } else { String::new() }) };
    framed(all, "HTML tel", "html", "<a href=\"tel:{v}\">x</a>", call("+46701740605"));
    framed(all, "HTML tel national", "html", "<a href=\"tel:{v}\">x</a>", call("0701740605"));
    framed(all, "HTML tel encoded", "html", "<a href=\"tel:{v}\">x</a>", call("%2B46701740605"));
    framed(all, "HTML sms", "html", "<a href=\"sms:{v}\">x</a>", call("+46701740605"));
    framed(all, "HTML callto", "html", "<a href=\"callto:{v}\">x</a>", call("0701740605"));
    framed(all, "HTML wa.me", "html", "<a href=\"https://wa.me/{v}\">x</a>", call("46701740605"));
    framed(all, "HTML whatsapp", "html", "<a href=\"https://api.whatsapp.com/send?phone={v}\">x</a>", call("46701740605"));
    framed(all, "HTML whatsapp scheme", "html", "<a href=\"whatsapp://send?phone={v}\">x</a>", call("+46701740605"));
    framed(all, "HTML viber", "html", "<a href=\"viber://chat?number=%2B{v}\">x</a>", call("46701740605"));
    framed(all, "HTML signal", "html", "<a href=\"https://signal.me/#p/{v}\">x</a>", call("+46701740605"));
    framed(all, "HTML t.me", "html", "<a href=\"https://t.me/{v}\">x</a>", call("+46701740605"));
    framed(all, "wa.me in text", "txt", "Skriv på https://wa.me/{v} i kväll.\n", call("46701740605"));
    framed(all, "tel in text", "txt", "Se tel:{v} i kväll.\n", call("0701740605"));
}

fn in_markdown(all: &mut Vec<Class>) {
    let mut md = |name, value| framed(all, name, "md", "{b}{v}{a}\n", value);
    md("Markdown strong around", around("**", "**"));
    md("Markdown strong inside", wrapped("**", "**"));
    md("Markdown emphasis inside", wrapped("*", "*"));
    md("Markdown low lines inside", wrapped("_", "_"));
    md("Markdown double low lines inside", wrapped("__", "__"));
    md("Markdown strike inside", wrapped("~~", "~~"));
    md("Markdown code around", around("`", "`"));
    md("Markdown code inside", wrapped("`", "`"));
    md("Markdown escapes", each(|c| if c.is_ascii_punctuation() { format!("\\{c}") } else { c.to_string() }));
    md("Markdown references", each(|c| format!("&#{};", c as u32)));
    md("Markdown tag inside", wrapped("<span>", "</span>"));
    md("Markdown comment inside", inside("<!-- x -->"));
    md("Markdown link around", around("[", "](https://example.se/)"));
    md("Markdown link inside", wrapped("[", "](https://example.se/)"));
    md("Markdown reference link inside", wrapped("[", "][x]"));
    md("Markdown image alternative", around("![", "](a.jpg)"));
    md("Markdown picture title", around("![](a.jpg \"", "\")"));
    md("Markdown link title", around("[x](/a \"", "\")"));
    md("Markdown hard break", signs(&[(" ", "  \n"), ("-", "-  \n")]));
    md("Markdown hard break by sign", signs(&[(" ", "\\\n")]));
    md("Markdown soft break", signs(&[(" ", "\n")]));
    md("Markdown footnote", around("x[^1].\n\n[^1]: ", ""));
    md("Markdown highlight inside", wrapped("==", "=="));
    md("Markdown autolink", Box::new(|v| if v.contains('@') { format!("<{OPEN}{v}{CLOSE}>") } else { String::new() }));
    md("Markdown shortcode", around("{{< figure caption=\"", "\" >}}"));
    md("Markdown attribute", around("x{title=\"", "\"}"));
    md("Markdown maths", around("$", "$"));
    for (name, frame) in [
        ("Markdown heading", "# {b}{v}{a}\n"),
        ("Markdown heading below", "{b}{v}{a}\n=====\n"),
        ("Markdown quotation", "> {b}{v}{a}\n"),
        ("Markdown list", "- {b}{v}{a}\n"),
        ("Markdown nested list", "- x\n  - y\n    - {b}{v}{a}\n"),
        ("Markdown task", "- [x] {b}{v}{a}\n"),
        ("Markdown table", "| x | y |\n|---|---|\n| {b} | {v} |\n"),
        ("Markdown code block", "```\n{b}{v}{a}\n```\n"),
        ("Markdown indented code", "x\n\n    {b}{v}{a}\n"),
        ("Markdown comment", "x\n\n<!-- {b}{v}{a} -->\n"),
        ("Markdown link definition as comment", "x\n\n[//]: # ({b}{v}{a})\n"),
        ("Markdown front matter", "---\nsummary: \"{b}{v}{a}\"\n---\nx\n"),
        ("Markdown front matter of TOML", "+++\nsummary = \"{b}{v}{a}\"\n+++\nx\n"),
        ("Markdown front matter of JSON", "{\"summary\": \"{b}{v}{a}\"}\n\nx\n"),
        ("Markdown HTML block", "<div>\n{b}{v}{a}\n</div>\n"),
        ("Markdown definition list", "Ord\n: {b}{v}{a}\n"),
        ("Markdown with carriage returns", "x\r{b}{v}{a}\r"),
        ("MDX expression", "<Card text={\"{b}{v}{a}\"} />\n"),
        ("Markdown Liquid comment", "{% comment %}{b}{v}{a}{% endcomment %}\n"),
    ] {
        framed(all, name, "md", frame, as_is());
    }
    framed(all, "Markdown mailto", "md", "[x](mailto:{v})\n", only_mail("@", "@"));
    framed(all, "Markdown mailto encoded", "md", "[x](mailto:{v})\n", only_mail("@", "%40"));
    let call = |form: &'static str| -> Write { Box::new(move |v| if v.starts_with("070") { form.to_owned() } else { String::new() }) };
    framed(all, "Markdown tel", "md", "[x](tel:{v})\n", call("+46701740605"));
    framed(all, "Markdown sms", "md", "[x](sms:{v})\n", call("+46701740605"));
    framed(all, "Markdown wa.me", "md", "[x](https://wa.me/{v})\n", call("46701740605"));
    framed(all, "Markdown link query", "md", "[x](https://example.se/?q={v})\n", percent(false));
    framed(all, "Markdown picture file", "md", "![](/bilder/{v}.jpg)\n", percent(false));
    framed(all, "Markdown data address", "md", "[x](data:text/plain,{v})\n", percent(false));
}

fn in_data(all: &mut Vec<Class>) {
    const JSON: &str = "{\"text\": \"{b}{v}{a}\"}\n";
    let mut json = |name, value| framed(all, name, "json", JSON, value);
    json("JSON escapes", each(|c| format!("\\u{:04x}", c as u32)));
    json("JSON escapes in capitals", each(|c| format!("\\u{:04X}", c as u32)));
    json("JSON escaped solidus", signs(&[(" ", "\\/"), ("-", "\\/")]));
    json("JSON surrogates", each(|c| c.to_digit(10).map_or_else(|| c.to_string(), |d| format!("\\ud835\\udf{:02x}", 0xce_u32 + d))));
    json("JSON escaped zero-width", inside("\\u200b"));
    json("JSON escaped line feed", signs(&[(" ", "\\n")]));
    json("JSON escaped tab", signs(&[(" ", "\\t")]));
    json("JSON escaped no-break blank", signs(&[(" ", "\\u00a0")]));
    json("JSON escaped zero byte", inside("\\u0000"));
    json(
        "JSON mojibake as exported",
        Box::new(|v| v.bytes().map(|b| if b < 0x80 { char::from(b).to_string() } else { format!("\\u{b:04x}") }).collect()),
    );
    json("JSON with HTML", wrapped("<b>", "</b>"));
    json("JSON with escaped HTML", wrapped("\\u003cb\\u003e", "\\u003c/b\\u003e"));
    json("JSON with references", each(|c| format!("&#{};", c as u32)));
    json("JSON escaped twice", each(|c| format!("\\\\u{:04x}", c as u32)));
    json("JSON base64", Box::new(base64));
    for (name, ending, frame) in [
        ("JSON in a string", "json", "{\"x\": \"{\\\"text\\\": \\\"{b}{v}{a}\\\"}\"}\n"),
        ("JSON key", "json", "{\"{b}{v}{a}\": 1}\n"),
        ("JSON nested", "json", "{\"a\": [{\"b\": [[\"{b}{v}{a}\"]]}]}\n"),
        ("JSON array", "json", "[\"{b}\", \"{v}\", \"{a}\"]\n"),
        ("JSON duplicate key", "json", "{\"text\": \"{b}{v}{a}\", \"text\": \"x\"}\n"),
        ("JSON with comments", "json", "{\n  // {b}{v}{a}\n  \"text\": \"x\"\n}\n"),
        ("JSON with a comma too many", "json", "{\"text\": \"{b}{v}{a}\",}\n"),
        ("JSON Lines", "jsonl", "{\"a\": 1}\n{\"text\": \"{b}{v}{a}\"}\n"),
        ("YAML plain", "yaml", "text: {b}{v}{a}\n"),
        ("YAML single quotes", "yaml", "text: '{b}{v}{a}'\n"),
        ("YAML literal", "yaml", "text: |\n  {b}{v}{a}\n"),
        ("YAML folded", "yaml", "text: >-\n  {b}{v}{a}\n"),
        ("YAML flow", "yaml", "x: {text: \"{b}{v}{a}\", y: 1}\n"),
        ("YAML list", "yaml", "x:\n  - {b}{v}{a}\n"),
        ("YAML anchor", "yaml", "x: &a \"{b}{v}{a}\"\ny: *a\n"),
        ("YAML tag", "yaml", "x: !!str \"{b}{v}{a}\"\n"),
        ("YAML key", "yaml", "\"{b}{v}{a}\": 1\n"),
        ("YAML comment", "yaml", "x: 1 # {b}{v}{a}\n"),
        ("TOML string", "toml", "text = \"{b}{v}{a}\"\n"),
        ("TOML literal", "toml", "text = '{b}{v}{a}'\n"),
        ("TOML long string", "toml", "text = \"\"\"\n{b}{v}{a}\"\"\"\n"),
        ("TOML comment", "toml", "x = 1 # {b}{v}{a}\n"),
        ("CSV cell", "csv", "text,x\n\"{b}{v}{a}\",1\n"),
        ("CSV beside", "csv", "x,y\n{b},{v}\n"),
        ("CSV formula", "csv", "x,y\n{b},\"=\"\"{v}\"\"\"\n"),
        ("CSV apostrophe", "csv", "x;y\n{b};'{v}\n"),
        ("TSV cell", "tsv", "x\ty\n{b}\t{v}\n"),
        ("XML element", "xml", "<a><b>{b}{v}{a}</b></a>\n"),
        ("XML CDATA", "xml", "<a><![CDATA[{b}{v}{a}]]></a>\n"),
        ("XML attribute", "xml", "<a b=\"{b}{v}{a}\"/>\n"),
        ("XML comment", "xml", "<a><!-- {b}{v}{a} --></a>\n"),
        ("XML escaped HTML", "xml", "<a>&lt;p&gt;{b}{v}{a}&lt;/p&gt;</a>\n"),
        ("SVG text", "svg", "<svg xmlns=\"http://www.w3.org/2000/svg\"><text>{b}{v}{a}</text></svg>\n"),
        ("subtitle", "srt", "1\n00:00:01,000 --> 00:00:02,000\n{b}{v}{a}\n"),
        ("subtitle style", "srt", "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}{b}<i>{v}</i>{a}\n"),
        ("subtitle note", "vtt", "WEBVTT\n\nNOTE {b}{v}{a}\n\n00:01.000 --> 00:02.000\nx\n"),
        ("subtitle voice", "vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Speaker>{b}{v}{a}\n"),
        ("calendar", "ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:{b}{v}{a}\nEND:VEVENT\nEND:VCALENDAR\n"),
        ("card", "vcf", "BEGIN:VCARD\nNOTE:{b}{v}{a}\nEND:VCARD\n"),
        ("mail", "eml", "From: info@example.org\nSubject: x\n\n{b}{v}{a}\n"),
        ("mail subject", "eml", "From: info@example.org\nSubject: {b}{v}{a}\n\nx\n"),
        ("AsciiDoc", "adoc", "= x\n\n{b}*{v}*{a}\n"),
        ("reStructuredText", "rst", "x\n=\n\n{b}**{v}**{a}\n"),
    ] {
        framed(all, name, ending, frame, as_is());
    }
    framed(
        all,
        "YAML escapes",
        "yaml",
        "text: \"{b}{v}{a}\"\n",
        each(|c| if (c as u32) < 256 { format!("\\x{:02x}", c as u32) } else { c.to_string() }),
    );
    framed(all, "YAML Unicode escapes", "yaml", "text: \"{b}{v}{a}\"\n", each(|c| format!("\\u{:04x}", c as u32)));
    framed(all, "YAML long escapes", "yaml", "text: \"{b}{v}{a}\"\n", each(|c| format!("\\U{:08x}", c as u32)));
    framed(all, "YAML folded over lines", "yaml", "text: >\n  {b}{v}{a}\n", signs(&[(" ", "\n  ")]));
    framed(all, "YAML quoted over lines", "yaml", "text: \"{b}{v}{a}\"\n", inside("\\\n  "));
    framed(all, "YAML plain over lines", "yaml", "text: {b}{v}{a}\n", signs(&[(" ", "\n  ")]));
    framed(all, "YAML binary", "yaml", "text: !!binary {v}\n", Box::new(base64));
    framed(all, "TOML escapes", "toml", "text = \"{b}{v}{a}\"\n", each(|c| format!("\\u{:04x}", c as u32)));
    framed(all, "CSV line feed in a cell", "csv", "x,y\n\"{b}{v}{a}\",1\n", signs(&[(" ", "\n")]));
    framed(all, "CSV two cells", "csv", "x,y,z\n{b},{v}\n", signs(&[(" ", ","), ("-", ",")]));
    framed(all, "XML references", "xml", "<a>{b}{v}{a}</a>\n", each(|c| format!("&#{};", c as u32)));
    framed(all, "XML elements inside", "xml", "<a>{b}{v}{a}</a>\n", wrapped("<b>", "</b>"));
    framed(all, "XML CDATA inside", "xml", "<a>{b}{v}{a}</a>\n", wrapped("<![CDATA[", "]]>"));
    framed(all, "XML comment inside", "xml", "<a>{b}{v}{a}</a>\n", inside("<!-- x -->"));
    framed(all, "subtitle tags inside", "srt", "1\n00:00:01,000 --> 00:00:02,000\n{b}{v}{a}\n", wrapped("<i>", "</i>"));
    framed(all, "subtitle over lines", "srt", "1\n00:00:01,000 --> 00:00:02,000\n{b}{v}{a}\n", signs(&[(" ", "\n"), ("-", "-\n")]));
    framed(
        all,
        "subtitle over cues",
        "srt",
        "1\n00:00:01,000 --> 00:00:02,000\n{b}{v}{a}\n",
        signs(&[(" ", "\n\n2\n00:00:03,000 --> 00:00:04,000\n"), ("-", "-\n\n2\n00:00:03,000 --> 00:00:04,000\n")]),
    );
    framed(all, "subtitle voice inside", "vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n{b}{v}{a}\n", wrapped("<c.x>", "</c>"));
    framed(all, "subtitle time inside", "vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n{b}{v}{a}\n", inside("<00:01.500>"));
    framed(
        all,
        "calendar folded",
        "ics",
        "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDESCRIPTION:{b}{v}{a}\nEND:VEVENT\nEND:VCALENDAR\n",
        inside("\r\n "),
    );
    framed(
        all,
        "card quoted-printable",
        "vcf",
        "BEGIN:VCARD\nNOTE;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:{v}\nEND:VCARD\n",
        quoted_printable(true),
    );
    framed(
        all,
        "mail quoted-printable",
        "eml",
        "From: info@example.org\nSubject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\ntelefon konto personnummer {v}\n",
        quoted_printable(true),
    );
    framed(
        all,
        "mail quoted-printable over lines",
        "eml",
        "From: info@example.org\nSubject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n\ntelefon konto personnummer {v}\n",
        Box::new(|v| inside("=\n")(v).replace('Å', "=C3=85").replace('ä', "=C3=A4")),
    );
    framed(
        all,
        "mail base64",
        "eml",
        "From: info@example.org\nSubject: x\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\n{v}\n",
        Box::new(|v| base64(&format!("Kontakta konto {v} nu."))),
    );
    framed(
        all,
        "mail encoded subject",
        "eml",
        "From: info@example.org\nSubject: =?UTF-8?Q?{v}?=\n\nx\n",
        Box::new(|v| quoted_printable(true)(&format!("Kontakta konto {v} nu."))),
    );
    framed(
        all,
        "mail base64 subject",
        "eml",
        "From: info@example.org\nSubject: =?UTF-8?B?{v}?=\n\nx\n",
        Box::new(|v| base64(&format!("Kontakta konto {v} nu."))),
    );
    framed(all, "CSS escapes", "html", "<style>p::after { content: \"{v}\"; }</style>\n", each(|c| format!("\\{:06x}", c as u32)));
}
