//! The file of the key: made once, readable by its owner alone, and never in a report's folder.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::report::private_file;
use crate::sensitive::Key;

/// The key in `path`; made if there is none.
///
/// # Errors
/// The file cannot be read or made, is no key, or others may read it.
pub fn key_from(path: &Path) -> io::Result<Key> {
    match fs::read_to_string(path) {
        Ok(text) => {
            only_the_owner(path)?;
            bytes_of(text.trim())
                .map(|b| Key::new(&b))
                .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "not a key: 64 hexadecimal digits"))
        }
        Err(e) if e.kind() == io::ErrorKind::NotFound => make(path),
        Err(e) => Err(e),
    }
}

/// Puts a new key in the place of the one in `path`: what was marked before is never linked again.
///
/// # Errors
/// The file cannot be made.
pub fn rotate(path: &Path) -> io::Result<Key> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => make(path),
    }
}

fn make(path: &Path) -> io::Result<Key> {
    if let Some(folder) = path.parent().filter(|f| !f.as_os_str().is_empty()) {
        fs::create_dir_all(folder)?;
    }
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).map_err(|e| io::Error::other(e.to_string()))?;
    let mut file = private_file(path)?;
    let hex: String = bytes.iter().map(|b| format!("{b:02x}")).collect();
    writeln!(file, "{hex}")?;
    file.sync_all()?;
    Ok(Key::new(&bytes))
}

#[cfg(unix)]
fn only_the_owner(path: &Path) -> io::Result<()> {
    let mode = std::os::unix::fs::PermissionsExt::mode(&fs::metadata(path)?.permissions());
    if mode & 0o077 == 0 { Ok(()) } else { Err(io::Error::new(io::ErrorKind::PermissionDenied, "others may read the key: chmod 600")) }
}

#[cfg(not(unix))]
fn only_the_owner(_: &Path) -> io::Result<()> {
    Ok(())
}

fn bytes_of(hex: &str) -> Option<[u8; 32]> {
    let mut bytes = [0; 32];
    if hex.len() != 64 || !hex.is_ascii() {
        return None;
    }
    for (at, byte) in bytes.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_made_once_for_its_owner_and_changed_on_demand() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("nycklar/audit.key");
        let mark = |key: &Key| key.mark("person", &[b"x"]);
        let first = mark(&key_from(&path).expect("made"));
        assert_eq!(mark(&key_from(&path).expect("read")), first);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).expect("there").permissions().mode() & 0o777, 0o600);
            fs::set_permissions(&path, fs::Permissions::from_mode(0o644)).expect("changed");
            assert_eq!(key_from(&path).unwrap_err().kind(), io::ErrorKind::PermissionDenied);
        }
        assert_ne!(mark(&rotate(&path).expect("made")), first);
        fs::write(&path, "abc").expect("written");
        assert!(key_from(&path).is_err());
    }
}
