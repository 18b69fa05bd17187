#![allow(dead_code, unreachable_pub, missing_docs, reason = "shared by tests")]
//! Makes drafts of every format for tests that hold for any input. All data is invented: numbers of the tax agency's
//! test list, telephone numbers kept for fiction.

use proptest::prelude::*;

/// Personal data as authors write it.
pub const DATA: [&str; 22] = [
    "800102-2386",
    "19800102-2386",
    "198001022386",
    "800102 – 2386",
    "800102\u{2011}2386",
    "800102+2386",
    "８００１０２-２３８６",
    "80\u{ad}0102-2386",
    "800060-2394",
    "580404-3643",
    "pnr 8001022386",
    "19800102-XXXX",
    "070-174 06 12",
    "0701740612",
    "+46 (0)70-174 06 12",
    "08-465 004 21",
    "a\u{30a}sa@example.se",
    "info@example.se",
    "Storgatan 12, 123 45 Exempelby",
    "KS 2026/123",
    "ABC 123",
    "SE45 5000 0000 0583 9825 7466",
];

/// Words and signs between them.
const WORDS: [&str; 32] = [
    "Välkommen",
    "till",
    "öppet hus",
    "den 12 maj",
    "kl. 18.00",
    "på",
    "biblioteket",
    "ring",
    "personnummer",
    "pnr:",
    "telefon",
    "o\u{308}vning",
    "2026",
    "1234567890",
    "978-91-7000-123-4",
    "20260102123456",
    "100 000 kr",
    "12–14",
    "v. 42",
    "😀👩‍👧",
    "\u{a0}",
    "\u{200b}",
    "&amp;",
    "&aring;",
    "&#229;",
    "&nix",
    "\"",
    "\\",
    "/",
    "@",
    "...",
    "\t",
];

/// Markup of all formats, right and broken.
const MARKUP: [&str; 40] = [
    "\n",
    "\n\n",
    "\r\n",
    "\r\n\r\n",
    "  \n",
    "# ",
    "\n## ",
    "\n- ",
    "\n* ",
    "\n1. ",
    "\n> ",
    "\n    ",
    "\n---\n",
    "\n===\n",
    "```\n",
    "\n```\n\n",
    "~~~",
    "**",
    "*",
    "_",
    "`",
    "[",
    "](https://example.se/a_b)",
    "![",
    "](a.jpg \"titel\")",
    "\n\n[x]: https://example.se\n",
    "| a | b |\n|---|---|\n| ",
    " | ",
    "<p>",
    "</p>",
    "<img src=a.jpg alt=\"",
    "\">",
    "<a href='tel:",
    "'>",
    "<script>",
    "</script>",
    "<!-- ",
    " -->",
    "\n<div>\n",
    "\n</div>\n\n",
];

fn one_of(list: &'static [&'static str]) -> impl Strategy<Value = String> {
    proptest::sample::select(list).prop_map(str::to_owned)
}

/// Prose with personal data in it, without markup that opens anything.
pub fn prose() -> impl Strategy<Value = String> {
    let token = prop_oneof![6 => one_of(&WORDS[..20]), 3 => one_of(&DATA)];
    proptest::collection::vec(token, 1..14).prop_map(|all| all.join(" "))
}

/// Anything: words, data, markup and single characters in any order.
pub fn soup() -> impl Strategy<Value = String> {
    let token = prop_oneof![
        4 => one_of(&WORDS),
        3 => one_of(&DATA),
        4 => one_of(&MARKUP),
        1 => any::<char>().prop_map(String::from),
        1 => "[0-9 +-]{1,14}",
    ];
    (proptest::collection::vec(token, 0..30), proptest::sample::select(&["", " "][..])).prop_map(|(all, glue)| all.join(glue))
}

/// Markdown of whole blocks, as authors write it.
pub fn markdown() -> impl Strategy<Value = String> {
    let block = (prose(), prose(), 0..18_u8).prop_map(|(a, b, form)| match form {
        0 => format!("# {a}"),
        1 => format!("{a}\n==="),
        2 => format!("- {a}\n- {b}"),
        3 => format!("1. {a}\n2. {b}"),
        4 => format!("> {a}\n> {b}"),
        5 => format!("```\n{a}\n\n{b}\n```"),
        6 => format!("| {a} | x |\n|---|---|\n| {b} | y |"),
        7 => format!("![{}](a.jpg \"{}\")", a.replace(['[', ']', '"'], ""), b.replace('"', "")),
        8 => format!("{a} **{b}** slut"),
        9 => format!("<div>\n{a}\n</div>"),
        10 => format!("<p>{a} <img alt=\"{}\"></p>", b.replace('"', "")),
        11 => format!("{a}\n{b}"),
        12 => format!("{a}  \n{b}"),
        13 => format!("    {a}"),
        14 => format!("<!-- {a} -->\n{b}"),
        15 => format!("- {a}\n\n  {b}"),
        16 => format!("{a}\r\n{b}\r"),
        _ => a,
    });
    proptest::collection::vec(block, 1..7).prop_map(|all| all.join("\n\n") + "\n")
}

/// JSON around any strings; `ascii` writes every other character as an escape.
pub fn json() -> impl Strategy<Value = String> {
    (soup(), prose(), any::<bool>()).prop_map(|(a, b, ascii)| {
        let value = serde_json::json!({ "text": a, "image": { "alt": b }, "list": [1, true, null, "\u{1f600}"] });
        let text = value.to_string();
        if ascii { escaped(&text) } else { text }
    })
}

/// A Trello board with one card.
pub fn board() -> impl Strategy<Value = String> {
    (prose(), markdown()).prop_map(|(name, desc)| {
        serde_json::json!({
            "lists": [{ "id": "5f0000000000000000000001", "name": "Facebook" }],
            "cards": [{ "name": name, "desc": desc, "idList": "5f0000000000000000000001", "labels": [], "actions": [] }]
        })
        .to_string()
    })
}

/// JSON with every character outside ASCII as `\uXXXX`.
pub fn escaped(json: &str) -> String {
    let mut out = String::new();
    for c in json.chars() {
        if c.is_ascii() {
            out.push(c);
        } else {
            out.extend(c.encode_utf16(&mut [0; 2]).iter().map(|unit| format!("\\u{unit:04x}")));
        }
    }
    out
}

/// Bytes of a source: right and broken UTF-8, UTF-16, Windows-1252, zeros.
pub fn bytes() -> impl Strategy<Value = Vec<u8>> {
    let text = || prop_oneof![soup(), markdown(), json(), board()];
    prop_oneof![
        2 => proptest::collection::vec(any::<u8>(), 0..200),
        2 => text().prop_map(String::into_bytes),
        1 => text().prop_map(|t| [0xFF, 0xFE].into_iter().chain(t.encode_utf16().flat_map(u16::to_le_bytes)).collect()),
        1 => text().prop_map(|t| t.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        1 => text().prop_map(|t| t.chars().map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?')).collect()),
        2 => (text(), proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..5)).prop_map(|(t, changes)| {
            let mut bytes = t.into_bytes();
            for (at, byte) in changes {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] = byte;
                }
            }
            bytes
        }),
        1 => (text(), any::<proptest::sample::Index>()).prop_map(|(t, at)| {
            let mut bytes = t.into_bytes();
            bytes.truncate(at.index(bytes.len() + 1));
            bytes
        }),
    ]
}
