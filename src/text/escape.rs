//! Escapes of other notations that were left in a text: references of HTML, `\u00e5`, `\U000000e5`, `\xe5`, percent-encoding,
//! quoted-printable, base64. A reader undoes its own format's; what is left over was pasted, or put there to hide.

use std::ops::Range;

/// What an escape stands for, and where it stands.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Escaped {
    /// The bytes it takes.
    pub(super) range: Range<usize>,
    /// What they stand for.
    pub(super) text: String,
}

/// The escape at byte `i`, where its `&`, `\`, `%` or `=` stands.
pub(super) fn at(bytes: &[u8], i: usize) -> Option<Escaped> {
    match bytes[i] {
        b'&' => reference(bytes, i),
        b'\\' => backslash(bytes, i),
        b'%' => percent(bytes, i),
        b'=' => quoted_printable(bytes, i).or_else(|| base64(bytes, i)),
        _ => None,
    }
}

fn of(range: Range<usize>, text: impl Into<String>) -> Option<Escaped> {
    Some(Escaped { range, text: text.into() })
}

fn hex(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|d| d as u8)
}

/// `&#48;`, `&#x30;`; with a name (`&aring;`) only letters, blanks and signs that Swedish text has.
fn reference(bytes: &[u8], i: usize) -> Option<Escaped> {
    let rest = &bytes[i + 1..bytes.len().min(i + 12)];
    let end = rest.iter().position(|b| *b == b';')?;
    let name = std::str::from_utf8(&rest[..end]).ok()?;
    let range = i..i + end + 2;
    let code = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok()?,
            None => number.parse().ok()?,
        },
        None => {
            let c = match name {
                "aring" => 'å',
                "auml" => 'ä',
                "ouml" => 'ö',
                "Aring" => 'Å',
                "Auml" => 'Ä',
                "Ouml" => 'Ö',
                "eacute" => 'é',
                "nbsp" | "ensp" | "emsp" | "thinsp" => ' ',
                "ndash" | "mdash" | "hyphen" | "minus" => '-',
                "commat" => '@',
                "period" => '.',
                "shy" | "zwnj" | "zwj" | "lrm" | "rlm" => return of(range, ""),
                _ => return None,
            };
            return of(range, c);
        }
    };
    of(range, char::from_u32(code).filter(|c| !c.is_control())?)
}

/// `\u00e5` and `\xe5`, bytes of UTF-8 among the latter; a single one only inside a word or number.
fn backslash(bytes: &[u8], i: usize) -> Option<Escaped> {
    let one = |at: usize| -> Option<(u32, usize, bool)> {
        let sign = *bytes.get(at + 1).filter(|_| bytes[at] == b'\\')?;
        let len = match sign {
            b'u' => 4,
            b'U' => 8,
            b'x' => 2,
            _ => return None,
        };
        let digits = bytes.get(at + 2..at + 2 + len)?;
        let code = digits.iter().try_fold(0_u32, |code, b| Some(code << 4 | u32::from(hex(*b)?)))?;
        Some((code, 2 + len, sign == b'x'))
    };
    let (code, len, is_byte) = one(i)?;
    if is_byte && code >= 0x80 {
        let mut utf8 = Vec::with_capacity(4);
        let mut at = i;
        while let Some((code, len, true)) = one(at).filter(|_| utf8.len() < 4) {
            utf8.push(code as u8);
            at += len;
            if let Ok(text) = std::str::from_utf8(&utf8) {
                return of(i..at, text);
            }
        }
        return of(i..i + len, char::from_u32(code)?);
    }
    of(i..i + len, char::from_u32(code).filter(|c| !c.is_control())?)
}

/// `%C3%A5`, `%40`: after a sign of the same word, or before one.
fn percent(bytes: &[u8], i: usize) -> Option<Escaped> {
    let (c, len) = percent_encoded(&bytes[i..]).filter(|(c, _)| !c.is_ascii_control())?;
    let end = i + len;
    // `100%25 …` is a share of something; `a%20b` is an address.
    let goes_on = bytes.get(end).is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'%' | b'.' | b'-' | b'_' | b'@'));
    let follows = i >= 3 && matches!(bytes[i - 3..i], [b'%', high, low] if hex(high).is_some() && hex(low).is_some());
    (goes_on || follows || !c.is_ascii()).then_some(())?;
    of(i..end, c)
}

/// The character that starts `bytes`, written as one to four `%XX`, and how many bytes that takes.
pub(crate) fn percent_encoded(bytes: &[u8]) -> Option<(char, usize)> {
    let one = |n: usize| -> Option<u8> {
        let hex = bytes.get(3 * n..3 * n + 3)?;
        (hex[0] == b'%').then_some(())?;
        Some(self::hex(hex[1])? << 4 | self::hex(hex[2])?)
    };
    let first = one(0)?;
    let len = match first {
        0..=0x7F => 1,
        0xC2..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0..=0xF4 => 4,
        _ => return None,
    };
    let utf8: Vec<u8> = (0..len).map(one).collect::<Option<_>>()?;
    Some((str::from_utf8(&utf8).ok()?.chars().next()?, 3 * len))
}

/// `=C3=A5=3D`: at least three bytes in a row, or one with letters beyond ASCII.
fn quoted_printable(bytes: &[u8], i: usize) -> Option<Escaped> {
    let one = |at: usize| -> Option<u8> {
        let &[sign, high, low] = bytes.get(at..at + 3)? else { return None };
        if sign == b'=' && !(high.is_ascii_lowercase() || low.is_ascii_lowercase()) { Some(hex(high)? << 4 | hex(low)?) } else { None }
    };
    one(i)?;
    // The run is undone whole, from its first sign.
    if i >= 3 && one(i - 3).is_some() {
        return None;
    }
    let run: Vec<u8> = (0..64).map_while(|n| one(i + 3 * n)).collect();
    let valid = run.utf8_chunks().next().map_or("", |chunk| chunk.valid());
    let is_text = !valid.is_empty() && !valid.chars().any(char::is_control);
    (is_text && (run.len() >= 3 || !valid.is_ascii())).then_some(())?;
    of(i..i + 3 * valid.len(), valid)
}

/// Least and most bytes of base64 that are undone: a short text, no file.
const BASE64: Range<usize> = 11..400;

/// The base64 that ends with the padding at byte `i`.
fn base64(bytes: &[u8], i: usize) -> Option<Escaped> {
    if i > 0 && bytes[i - 1] == b'=' {
        return None;
    }
    let is_sign = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/');
    let len = bytes[i.saturating_sub(BASE64.end)..i].iter().rev().take_while(|b| is_sign(b)).count();
    let padding = bytes[i..].iter().take(3).take_while(|b| **b == b'=').count();
    if !BASE64.contains(&len) || (len + padding) % 4 != 0 || padding > 2 || bytes.get(i + padding).is_some_and(is_sign) {
        return None;
    }
    let text = unpack(&bytes[i - len..i])?;
    of(i - len..i + padding, text)
}

/// The six bits that a sign of base64 stands for (RFC 4648, both alphabets).
pub(crate) const fn sextet(sign: u8) -> Option<u8> {
    Some(match sign {
        b'A'..=b'Z' => sign - b'A',
        b'a'..=b'z' => sign - b'a' + 26,
        b'0'..=b'9' => sign - b'0' + 52,
        b'+' | b'-' => 62,
        b'/' | b'_' => 63,
        _ => return None,
    })
}

/// What base64 without its padding stands for, if that is text.
fn unpack(signs: &[u8]) -> Option<String> {
    let mut out = Vec::with_capacity(signs.len());
    let (mut bits, mut held) = (0_u32, 0);
    for &sign in signs {
        bits = bits << 6 | u32::from(sextet(sign)?);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push((bits >> held) as u8);
        }
    }
    String::from_utf8(out).ok().filter(|text| !text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t' | '\r')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_are_undone_where_they_are_some() {
        for (text, i, plain) in [
            ("8&#48;0", 1, "0"),
            ("8&#x30;0", 1, "0"),
            ("&aring;sa", 0, "å"),
            (r"\u00e5sa", 0, "å"),
            (r"\xc3\xa5sa", 0, "å"),
            (r"\xe5sa", 0, "å"),
            ("anna%40example", 4, "@"),
            ("%C3%85sa", 0, "Å"),
            ("=C3=85sa", 0, "Å"),
            ("=38=30=30", 0, "800"),
            ("ODAwMTAyLTIzODY=", 15, "800102-2386"),
        ] {
            assert_eq!(at(text.as_bytes(), i).map(|e| e.text).as_deref(), Some(plain), "{text}");
        }
        for (text, i) in [
            ("H&M;", 1),
            ("a &lt; b", 2),
            (r"C:\users", 2),
            (r"\xy", 0),
            ("50% av", 2),
            ("100%25 ", 3),
            ("a=b", 1),
            ("x=20", 1),
            ("?id=AB", 3),
            ("&#0;", 0),
            ("abc=", 3),
            ("Sammanfattningen=", 16),
        ] {
            assert_eq!(at(text.as_bytes(), i), None, "{text}");
        }
    }
}
