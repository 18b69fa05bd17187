//! Report files that are whole or absent: written beside their place under another name, and moved there when done.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

/// A file that appears at its place only when it is finished. Dropped before that, nothing is left of it.
#[derive(Debug)]
pub struct WholeFile {
    out: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl WholeFile {
    /// Opens a file that will stand at `path`.
    ///
    /// # Errors
    /// The folder is not there or cannot be written to, or a folder or device has the name.
    pub fn create(path: &Path) -> io::Result<Self> {
        if fs::metadata(path).is_ok_and(|m| !m.is_file()) {
            return Err(io::Error::new(io::ErrorKind::AlreadyExists, "not a regular file"));
        }
        // Through a link: the file it points to is replaced, not the link.
        let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
        let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let mut options = tempfile::Builder::new();
        options.prefix(".ombud-").suffix(".tmp");
        #[cfg(unix)]
        options.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o644));
        Ok(Self { out: BufWriter::with_capacity(1 << 16, options.tempfile_in(folder)?), path })
    }

    /// Puts the file in its place, on the disk and not only in memory.
    ///
    /// # Errors
    /// It cannot be written or moved; then nothing is left of it, and what stood there before still does.
    pub fn finish(self) -> io::Result<()> {
        let file = self.out.into_inner().map_err(io::IntoInnerError::into_error)?;
        file.as_file().sync_all()?;
        file.persist(&self.path).map_err(|e| e.error)?;
        // The move itself is on the disk when the folder is; not every system can sync a folder.
        if let Some(folder) = self.path.parent().and_then(|p| fs::File::open(p).ok()) {
            let _ = folder.sync_all();
        }
        Ok(())
    }
}

impl Write for WholeFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Makes a file that was not there, for its owner alone where the system knows owners.
///
/// # Errors
/// It is there already, or cannot be made.
pub fn private_file(path: &Path) -> io::Result<fs::File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_whole_or_as_it_was() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("rapport.json");
        fs::write(&path, "gammal").expect("written");
        let mut file = WholeFile::create(&path).expect("opened");
        file.write_all(b"ny").expect("written");
        drop(file);
        assert_eq!(fs::read_to_string(&path).expect("there"), "gammal");
        let mut file = WholeFile::create(&path).expect("opened");
        file.write_all(b"ny").expect("written");
        assert_eq!(fs::read_to_string(&path).expect("there"), "gammal");
        file.finish().expect("moved");
        assert_eq!(fs::read_to_string(&path).expect("there"), "ny");
        assert_eq!(fs::read_dir(dir.path()).expect("a folder").count(), 1);
        assert!(WholeFile::create(dir.path()).is_err() && WholeFile::create(&dir.path().join("x/y")).is_err());
    }
}
