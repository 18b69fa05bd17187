//! Changes: which lines a git diff touches, and what is staged. Asks the git program on this machine; never a network.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use super::{Entry, Excludes, Input, Origin};
use crate::document::Format;

/// The tree of a repository without any commit.
const EMPTY_TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/// What to compare.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Against {
    /// What is staged with the last commit.
    Staged,
    /// The working tree with where it left this branch, tag or commit; `HEAD` is the last commit.
    Reference(String),
}

/// Lines by file, as they stand after the change.
#[derive(Clone, Debug)]
pub struct Changes {
    /// The folder of the repository.
    root: PathBuf,
    /// First and last line of each stretch, by path below the root.
    lines: BTreeMap<String, Vec<(u64, u64)>>,
}

impl Changes {
    /// Asks git, in the folder `here`.
    ///
    /// # Errors
    /// There is no git, no repository or no such reference; the message says which.
    pub fn read(here: &Path, against: &Against) -> Result<Self, String> {
        let root = PathBuf::from(text(here, &["rev-parse", "--show-toplevel"])?.trim_end_matches(['\n', '\r']));
        let diff = |more: &[&str]| {
            let fixed = ["-c", "core.quotePath=false", "diff", "--no-color", "--no-ext-diff", "--no-textconv", "--unified=0"];
            let names = ["--find-renames", "--src-prefix=a/", "--dst-prefix=b/"];
            text(&root, &[&fixed, &names[..], more, &["--"]].concat())
        };
        let patch = match against {
            Against::Staged => diff(&["--cached"])?,
            Against::Reference(name) if name.starts_with('-') => return Err(format!("`{name}` is no reference")),
            Against::Reference(name) if name == "HEAD" => {
                let has_commit = text(&root, &["rev-parse", "--quiet", "--verify", "HEAD"]).is_ok();
                diff(&[if has_commit { "HEAD" } else { EMPTY_TREE }])?
            }
            Against::Reference(name) => diff(&["--merge-base", name])?,
        };
        let mut lines = hunks(&patch);
        if matches!(against, Against::Reference(_)) {
            let new = text(&root, &["ls-files", "--others", "--exclude-standard", "-z"])?;
            lines.extend(new.split('\0').filter(|n| !n.is_empty()).map(|name| (name.to_owned(), vec![(1, u64::MAX)])));
        }
        Ok(Self { root, lines })
    }

    /// The name of a path below the root, if its file has changed.
    fn changed(&self, path: &Path) -> Option<(&str, &Vec<(u64, u64)>)> {
        let path = path.strip_prefix(&self.root).ok()?.to_str()?;
        self.lines.get_key_value(path).map(|(name, lines)| (name.as_str(), lines))
    }

    /// Whether the file at `path`, in full, has changed at all.
    #[must_use]
    pub fn has(&self, path: &Path) -> bool {
        self.changed(path).is_some()
    }

    /// Whether one of the lines from `first` to `last` has changed.
    #[must_use]
    pub fn touches(&self, path: &Path, first: u64, last: u64) -> bool {
        self.changed(path).is_some_and(|(_, lines)| lines.iter().any(|&(from, to)| from <= last && first <= to))
    }

    /// The staged files below `folders` (full paths), with their staged bytes: what is about to be committed, whatever the
    /// working tree holds. Names are those `name_of` gives.
    ///
    /// # Errors
    /// git cannot give them.
    pub fn staged(&self, folders: &[PathBuf], excludes: &Excludes, name_of: impl Fn(&Path) -> String) -> Result<Vec<Entry>, String> {
        let is_wanted = |path: &Path| folders.iter().any(|f| path == f || path.starts_with(f) && !excludes.leaves_out(path, f));
        let paths: Vec<(&String, PathBuf)> =
            self.lines.keys().map(|name| (name, self.root.join(name))).filter(|(_, p)| is_wanted(p)).collect();
        let mut entries = Vec::new();
        if paths.is_empty() {
            return Ok(entries);
        }
        let mut git = Command::new("git");
        let git = git.arg("-C").arg(&self.root).args(["cat-file", "--batch"]);
        let mut child = git.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|e| format!("git: {e}"))?;
        let (Some(mut ask), Some(answers)) = (child.stdin.take(), child.stdout.take()) else { return Err("git: no pipe".to_owned()) };
        let mut answers = BufReader::new(answers);
        for (name, path) in paths {
            let mut one = || -> std::io::Result<Option<Vec<u8>>> {
                // One at a time: neither side waits for the other.
                writeln!(ask, ":{name}")?;
                ask.flush()?;
                let mut head = String::new();
                answers.read_line(&mut head)?;
                let Some(Ok(len)) = head.trim_end().rsplit(' ').next().map(str::parse) else { return Ok(None) };
                let mut bytes = vec![0; len];
                answers.read_exact(&mut bytes)?;
                answers.read_exact(&mut [0])?;
                Ok(Some(bytes))
            };
            let bytes = one().map_err(|e| format!("git: {e}"))?.ok_or_else(|| format!("git: {name}"))?;
            let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
            let input = Input { name: name_of(&path), origin: Origin::Bytes(bytes), format: Format::from_extension(extension) };
            entries.push(Entry::Input(input));
        }
        drop(ask);
        let _ = child.wait();
        Ok(entries)
    }
}

/// What git prints. Its own words on failure; they name files and references, never what files hold.
fn text(folder: &Path, args: &[&str]) -> Result<String, String> {
    let output = Command::new("git").arg("-C").arg(folder).args(args).output().map_err(|e| format!("git: {e}"))?;
    if !output.status.success() {
        return Err(format!("git: {}", String::from_utf8_lossy(&output.stderr).lines().next().unwrap_or("failed")));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The stretches of lines that a patch without context leaves or makes, by path. Where lines only went away, the lines
/// around the gap count: what is read there now was not beside each other before.
fn hunks(patch: &str) -> BTreeMap<String, Vec<(u64, u64)>> {
    let mut all: BTreeMap<String, Vec<(u64, u64)>> = BTreeMap::new();
    let mut file = None;
    // Lines of a hunk that are still to come: they may look like anything.
    let mut left = 0;
    for line in patch.split('\n') {
        if left > 0 && line.starts_with(['+', '-']) {
            left -= 1;
        } else if let Some(name) = line.strip_prefix("+++ ") {
            let name = unquoted(name.trim_end_matches('\t'));
            file = name.strip_prefix("b/").map(str::to_owned);
        } else if let Some(places) = line.strip_prefix("@@ -") {
            let mut places = places.split(' ');
            let (old, new) = (places.next().map(stretch), places.next().and_then(|p| p.strip_prefix('+')).map(stretch));
            let (Some((_, gone)), Some((start, count))) = (old, new) else { continue };
            left = gone + count;
            if let Some(name) = &file {
                let lines = if count == 0 { (start.max(1), start + 1) } else { (start, start + count - 1) };
                all.entry(name.clone()).or_default().push(lines);
            }
        }
    }
    all
}

/// `12,3` or `12`: start and count.
fn stretch(text: &str) -> (u64, u64) {
    let (start, count) = text.split_once(',').unwrap_or((text, "1"));
    (start.parse().unwrap_or(0), count.parse().unwrap_or(0))
}

/// A name as git quotes it where it holds quotes, tabs or line ends.
fn unquoted(name: &str) -> String {
    let Some(inside) = name.strip_prefix('"').and_then(|n| n.strip_suffix('"')) else { return name.to_owned() };
    let mut out = Vec::new();
    let mut bytes = inside.bytes();
    while let Some(byte) = bytes.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        match bytes.next() {
            Some(b'n') => out.push(b'\n'),
            Some(b't') => out.push(b'\t'),
            Some(b'r') => out.push(b'\r'),
            Some(digit @ b'0'..=b'3') => {
                let (a, b) = (bytes.next().unwrap_or(b'0'), bytes.next().unwrap_or(b'0'));
                out.push((digit - b'0') << 6 | (a & 7) << 3 | b & 7);
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hunks_are_lines_of_the_new_side() {
        let patch = "diff --git a/å b.md b/å b.md\n--- a/å b.md\t\n+++ b/å b.md\t\n@@ -1 +1,2 @@ x\n-old\n+++ b/not a header\n+@@ -9 +9 @@\n@@ -7,2 +8,0 @@\n-a\n-b\n\
                     --- a/gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n--- /dev/null\n+++ \"b/\\303\\245\\\"q.md\"\n@@ -0,0 +1,3 @@\n+a\n+b\n+c\n";
        let lines = hunks(patch);
        assert_eq!(
            lines.iter().map(|(n, l)| (n.as_str(), l.clone())).collect::<Vec<_>>(),
            [("å b.md", vec![(1, 2), (8, 9)]), ("å\"q.md", vec![(1, 3)])]
        );
    }
}
