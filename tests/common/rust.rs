#![allow(dead_code, unreachable_pub, missing_docs, reason = "shared by tests")]
//! Reads the project's own Rust sources as far as the rules of the house need it: code without comments and strings.

use std::fs;
use std::path::{Path, PathBuf};

/// A source file of the project.
pub struct File {
    /// Its path below the repository's root, with `/`.
    pub path: String,
    /// As it stands.
    pub whole: String,
    /// Its lines before `mod tests`, with comments blank and strings and characters empty.
    pub code: String,
    /// How many lines stand before `mod tests`.
    pub lines: usize,
}

/// The repository's root.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below a folder of the repository, in the order of their paths.
pub fn files(folder: &str) -> Vec<File> {
    let mut paths = Vec::new();
    collect(&root().join(folder), &mut paths);
    paths.sort();
    paths.iter().filter(|p| p.extension().is_some_and(|e| e == "rs")).map(|p| read(p)).collect()
}

/// Every file below `folder`.
pub fn collect(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() { collect(&path, into) } else { into.push(path) }
    }
}

pub fn read(path: &Path) -> File {
    let whole = fs::read_to_string(path).expect("a source is UTF-8");
    let tests = whole.find("\n#[cfg(test)]\nmod tests").map_or(whole.len(), |at| at + 1);
    let path = path.strip_prefix(root()).expect("below the root").to_string_lossy().replace('\\', "/");
    File { path, code: bare(&whole[..tests]), lines: whole[..tests].lines().count(), whole }
}

/// The code with comments blank and the insides of strings and characters left out; line breaks stay.
pub fn bare(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    while let Some(c) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |p| p + 2)
        } else if let Some(len) = string_len(rest, out.chars().next_back()) {
            out.push_str("\"\"");
            len
        } else if c == '\'' {
            let len = char_len(rest);
            if len == 1 {
                out.push('\'');
            }
            len
        } else {
            out.push(c);
            rest = &rest[c.len_utf8()..];
            continue;
        };
        out.extend(rest[..skipped].chars().filter(|c| *c == '\n'));
        rest = &rest[skipped..];
    }
    out
}

/// Bytes of the string literal at the start of `rest`, if one stands there.
fn string_len(rest: &str, before: Option<char>) -> Option<usize> {
    if let Some(after) = rest.strip_prefix('"') {
        let mut escaped = false;
        let end = after.bytes().position(|b| {
            let ends = b == b'"' && !escaped;
            escaped = b == b'\\' && !escaped;
            ends
        });
        return Some(end.map_or(rest.len(), |p| p + 2));
    }
    let hashes = rest.strip_prefix('r')?.bytes().take_while(|b| *b == b'#').count();
    if !rest[1 + hashes..].starts_with('"') || before.is_some_and(|c| c.is_alphanumeric() && c != 'b' || c == '_') {
        return None;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    Some(rest[2 + hashes..].find(&close).map_or(rest.len(), |p| 2 + hashes + p + close.len()))
}

/// Bytes of the character literal at the start of `rest`; 1 where it is a lifetime's sign.
fn char_len(rest: &str) -> usize {
    let mut chars = rest.char_indices().skip(1);
    match (chars.next(), chars.next()) {
        (Some((_, '\\')), Some((at, c))) => rest[at + c.len_utf8()..].find('\'').map_or(rest.len(), |p| at + c.len_utf8() + p + 1),
        (Some(_), Some((at, '\''))) => at + 1,
        _ => 1,
    }
}
