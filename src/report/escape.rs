//! Text made safe for where it goes: XML, addresses, and anything that shows a name from outside.

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
