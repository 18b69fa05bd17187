//! Text made safe for where it goes: JSON strings, XML, and anything that shows a name from outside.

use std::borrow::Cow;

/// Text with control characters and marks that change its direction made harmless, and without a start that a CI runner
/// would take for a command; for names that come from outside.
#[must_use]
pub fn inert(text: &str) -> Cow<'_, str> {
    let odd =
        |c: char| c.is_control() || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}');
    let clean = if text.contains(odd) { Cow::Owned(text.replace(odd, "\u{fffd}")) } else { Cow::Borrowed(text) };
    if clean.trim_start().starts_with("::") || clean.contains("##[") || clean.contains("##vso[") {
        // `::` and `##[` at the start of a line are commands to GitHub's and Azure's runners.
        return Cow::Owned(format!("./{}", clean.replace("##", "#\u{fffd}")));
    }
    clean
}

/// What stands for a byte in a JSON string: 0 for itself, `u` for `\u00XX`, else the letter after the backslash.
static JSON: [u8; 256] = {
    let mut table = [0; 256];
    let mut at = 0;
    while at < 0x20 {
        table[at] = b'u';
        at += 1;
    }
    table[0x08] = b'b';
    table[0x09] = b't';
    table[0x0a] = b'n';
    table[0x0c] = b'f';
    table[0x0d] = b'r';
    table[b'"' as usize] = b'"';
    table[b'\\' as usize] = b'\\';
    table
};

/// Adds `text` as a JSON string, quotes and all, byte for byte as `serde_json` writes it.
pub(super) fn push_json(out: &mut Vec<u8>, text: &str) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    let bytes = text.as_bytes();
    out.push(b'"');
    let mut from = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        let escape = JSON[usize::from(byte)];
        if escape == 0 {
            continue;
        }
        out.extend_from_slice(&bytes[from..at]);
        out.extend_from_slice(&[b'\\', escape]);
        if escape == b'u' {
            out.extend_from_slice(&[b'0', b'0', HEX[usize::from(byte >> 4)], HEX[usize::from(byte & 15)]]);
        }
        from = at + 1;
    }
    out.extend_from_slice(&bytes[from..]);
    out.push(b'"');
}

/// Adds a number in decimal.
pub(super) fn push_number(out: &mut Vec<u8>, number: u64) {
    out.extend_from_slice(itoa::Buffer::new().format(number).as_bytes());
}

/// Text as XML 1.0 takes it, in content and in attributes with double quotes. What XML forbids becomes U+FFFD.
pub(super) fn xml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push(' '),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// A path as a relative URI reference: what RFC 3986 does not allow in a path is percent-encoded.
pub(super) fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.trim_start_matches('/').bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_strings_are_those_of_serde() {
        let all: String = (0..0x180).filter_map(char::from_u32).collect();
        for text in ["", "åäö", "\"\\/\u{7f}\u{2028}😀", &all] {
            let mut ours = Vec::new();
            push_json(&mut ours, text);
            assert_eq!(String::from_utf8(ours).unwrap(), serde_json::to_string(text).unwrap());
        }
    }

    #[test]
    fn names_command_nothing() {
        assert_eq!(inert("utkast/å.md"), "utkast/å.md");
        for name in ["::error::x", " ::stop-commands::a", "a\n::set-output name=x::y", "##[group]x", "a ##vso[task.x]"] {
            let shown = inert(name);
            assert!(!shown.trim_start().starts_with("::") && !shown.contains('\n') && !shown.contains("##"), "{shown}");
        }
        assert_eq!(xml("a<b>&\"\u{1}\u{ffff}\n"), "a&lt;b&gt;&amp;&quot;\u{fffd}\u{fffd}&#10;");
        assert_eq!(uri("/å b/c.md"), "%C3%A5%20b/c.md");
    }
}
