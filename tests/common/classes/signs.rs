//! Other signs for the same letters, digits, dashes and blanks.

use super::*;

pub fn plain_signs(all: &mut Vec<Class>) {
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
