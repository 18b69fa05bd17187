//! What `.gitignore` and `.ombudignore` leave out: every folder's own files and those of the folders above, up to where the
//! repository starts.

use std::path::{Path, PathBuf};

use ignore::gitignore::{Gitignore, GitignoreBuilder};

/// The files that say what is left out. The later one has the last word.
const NAMES: [&str; 2] = [".gitignore", ".ombudignore"];

/// The rules that hold at one place of a walk.
pub(super) struct Ignored {
    /// Where the walk starts, in full.
    root: PathBuf,
    /// Folders on the way from the repository's root, and what their files say.
    folders: Vec<(PathBuf, Gitignore)>,
}

impl Ignored {
    /// The rules from above `root`.
    pub(super) fn above(root: &Path) -> Self {
        let root = root.canonicalize().unwrap_or_else(|_| root.to_owned());
        let mut all = Self { folders: Vec::new(), root };
        let mut above: Vec<PathBuf> = Vec::new();
        let mut repository = None;
        for folder in all.root.ancestors().skip(1) {
            above.push(folder.to_owned());
            if folder.join(".git").exists() {
                repository = Some(above.len());
                break;
            }
        }
        // Outside a repository, and in its root, nothing above counts.
        let is_root = all.root.join(".git").exists();
        for folder in above.iter().take(if is_root { 0 } else { repository.unwrap_or(0) }).rev() {
            all.enter_full(folder);
        }
        all
    }

    /// Reads the rules of a folder of the walk, named from its root on.
    pub(super) fn enter(&mut self, below: &Path) {
        let folder = self.root.join(below);
        self.enter_full(&folder);
    }

    fn enter_full(&mut self, folder: &Path) {
        self.folders.retain(|(above, _)| folder.starts_with(above));
        let mut rules = GitignoreBuilder::new(folder);
        for name in NAMES {
            let file = folder.join(name);
            if file.is_file() {
                // A line that is no glob leaves nothing out, as in git.
                let _ = rules.add(file);
            }
        }
        if let Ok(rules) = rules.build()
            && !rules.is_empty()
        {
            self.folders.push((folder.to_owned(), rules));
        }
    }

    /// The name of the file that leaves out `below`, named from the walk's root on.
    pub(super) fn by(&self, below: &Path, is_folder: bool) -> Option<&str> {
        let path = self.root.join(below);
        for (_, rules) in self.folders.iter().rev().filter(|(folder, _)| path.starts_with(folder)) {
            match rules.matched(&path, is_folder) {
                ignore::Match::None => {}
                ignore::Match::Whitelist(_) => return None,
                ignore::Match::Ignore(glob) => {
                    return glob.from().and_then(Path::file_name).and_then(|name| name.to_str()).or(Some(NAMES[0]));
                }
            }
        }
        None
    }
}
