#![allow(dead_code, unreachable_pub, missing_docs, reason = "shared by tests")]
//! Disguises by class: each writes a value otherwise, or what stands around it.

#[path = "classes/data.rs"]
mod data;
#[path = "classes/encodings.rs"]
mod encodings;
#[path = "classes/html.rs"]
mod html;
#[path = "classes/markdown.rs"]
mod markdown;
#[path = "classes/signs.rs"]
mod signs;
#[path = "classes/written.rs"]
mod written;

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
    signs::plain_signs(&mut all);
    written::written_otherwise(&mut all);
    encodings::encodings(&mut all);
    html::in_html(&mut all);
    markdown::in_markdown(&mut all);
    data::in_data(&mut all);
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
