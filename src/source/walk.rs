//! The walk: every file below the given paths, in the order of their names; what is left out is named.

use std::fs::Metadata;
use std::path::Path;
use std::sync::OnceLock;

use globset::{Glob, GlobSet};
use walkdir::WalkDir;

use super::ignored::Ignored;
use super::{Class, Entry, Input, Origin, Reason, Unread};
use crate::document::Format;

/// Globs of files that are left out; compiled when a folder is walked.
#[derive(Debug)]
pub struct Excludes {
    globs: Vec<Glob>,
    set: OnceLock<GlobSet>,
}

impl Excludes {
    /// Reads globs; `**` crosses folders, a glob without `/` is for names.
    ///
    /// # Errors
    /// The first glob that is none, and what is wrong with it.
    pub fn new<'g>(globs: impl IntoIterator<Item = &'g String>) -> Result<Self, (String, String)> {
        let globs = globs.into_iter().map(|glob| {
            let whole = if glob.contains('/') { glob } else { &format!("**/{glob}") };
            Glob::new(whole).map_err(|e| (glob.clone(), e.kind().to_string()))
        });
        Ok(Self { globs: globs.collect::<Result<_, _>>()?, set: OnceLock::new() })
    }

    /// Whether a file is left out of a walk that starts at `root`, by its own name or a folder's on the way.
    #[must_use]
    pub fn leaves_out(&self, path: &Path, root: &Path) -> bool {
        let below = path.strip_prefix(root).unwrap_or(path);
        self.holds(below) || below.ancestors().skip(1).any(|folder| self.holds(&folder.join("x")))
    }

    pub(super) fn holds(&self, path: &Path) -> bool {
        // Too many globs to compile leave out nothing: more is read, never less.
        let set = self.set.get_or_init(|| GlobSet::new(&self.globs).unwrap_or_default());
        set.is_match(path) || set.is_match(path.strip_prefix("./").unwrap_or(path))
    }
}

/// Whether `.gitignore` and `.ombudignore` leave something out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Ignores {
    /// What they name is left out, and counted.
    #[default]
    Heed,
    /// They are read as any other file.
    Disregard,
}

/// All entries below `paths`. A path that is named itself is read even where a glob or a file leaves it out.
#[must_use]
pub fn walk(paths: &[std::path::PathBuf], excludes: &Excludes, ignores: Ignores) -> Vec<Entry> {
    let mut entries = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk_folder(path, excludes, ignores, &mut entries)
        } else {
            entries.push(look(path, std::fs::metadata(path).map_err(|e| e.to_string())))
        }
    }
    entries
}

fn walk_folder(root: &Path, excludes: &Excludes, ignores: Ignores, entries: &mut Vec<Entry>) {
    let mut ignored = (ignores == Ignores::Heed).then(|| Ignored::above(root));
    let mut walk = WalkDir::new(root).sort_by_file_name().into_iter();
    while let Some(step) = walk.next() {
        let entry = match step {
            Ok(entry) => entry,
            Err(e) => {
                let name = e.path().map_or_else(|| name_of(root), name_of);
                let cause = e.io_error().map_or_else(|| "loop".to_owned(), ToString::to_string);
                entries.push(unread(name, Reason::cannot_read(cause), Class::Error));
                continue;
            }
        };
        let path = entry.path();
        let below = path.strip_prefix(root).unwrap_or(path);
        if entry.depth() > 0 && (excludes.holds(below) || entry.file_type().is_dir() && excludes.holds(&below.join("x"))) {
            let reason = Reason::left_out();
            entries.push(unread(name_of(path), reason, Class::Excluded));
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        if entry.depth() > 0
            && let Some(file) = ignored.as_ref().and_then(|i| i.by(below, entry.file_type().is_dir()))
        {
            let reason = Reason::new(format!("utelämnas enligt {file}"), format!("left out by {file}"));
            entries.push(unread(name_of(path), reason, Class::Excluded));
            if entry.file_type().is_dir() {
                walk.skip_current_dir();
            }
            continue;
        }
        if entry.file_type().is_dir() {
            if let Some(ignored) = &mut ignored {
                ignored.enter(below);
            }
            continue;
        }
        if entry.path_is_symlink() && path.is_dir() {
            let reason = Reason::new("länk till en mapp, följs inte", "link to a folder, not followed");
            entries.push(unread(name_of(path), reason, Class::Excluded));
            continue;
        }
        // Type and length of a plain file come with the folder's listing; only links are asked again.
        entries.push(if entry.file_type().is_file() {
            input(path)
        } else {
            look(path, std::fs::metadata(path).map_err(|e| e.to_string()))
        });
    }
}

fn look(path: &Path, metadata: Result<Metadata, String>) -> Entry {
    match metadata {
        Ok(metadata) if metadata.is_file() => input(path),
        Ok(_) => unread(name_of(path), Reason::new("är ingen vanlig fil", "is not a regular file"), Class::Error),
        Err(cause) => unread(name_of(path), Reason::cannot_read(cause), Class::Error),
    }
}

fn input(path: &Path) -> Entry {
    let extension = path.extension().and_then(|e| e.to_str()).unwrap_or("");
    Entry::Input(Input { name: name_of(path), origin: Origin::File(path.to_owned()), format: Format::from_extension(extension) })
}

fn unread(name: String, reason: Reason, class: Class) -> Entry {
    Entry::Unread(Unread { name, reason, class })
}

/// A path as it is reported: with `/`, without `./` in front.
fn name_of(path: &Path) -> String {
    let name = path.to_string_lossy();
    let name = if std::path::MAIN_SEPARATOR == '/' { name.into_owned() } else { name.replace(std::path::MAIN_SEPARATOR, "/") };
    name.strip_prefix("./").map_or(name.clone(), str::to_owned)
}
