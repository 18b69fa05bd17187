//! Sources: where drafts come from, how their bytes become text, and what is too much to read.

#[cfg(feature = "program")]
mod archive;
#[cfg(feature = "program")]
mod changes;
mod decode;
#[cfg(feature = "program")]
mod ignored;
#[cfg(feature = "program")]
mod pieces;
#[cfg(feature = "program")]
mod walk;
#[cfg(feature = "program")]
mod warc;

#[cfg(feature = "program")]
pub use archive::{Archive, is_archive};
#[cfg(feature = "program")]
pub use changes::{Against, Changes};
#[cfg(feature = "program")]
pub(crate) use decode::is_wide;
pub use decode::{Decoded, decode};
pub(crate) use decode::{has_signature, is_binary};
#[cfg(feature = "program")]
pub use pieces::{PIECE, Piece, Stamp, piece_bounds, read_into};
#[cfg(feature = "program")]
pub use walk::{Excludes, Ignores, walk};
#[cfg(feature = "program")]
pub use warc::{Warc, is_warc};

use std::path::PathBuf;

use crate::document::{Format, Unreadable};

/// One thing to check.
#[derive(Clone, Debug)]
pub struct Input {
    /// The name it is reported under: a path with `/`, or what `--name` says.
    pub name: String,
    /// Where its bytes are.
    pub origin: Origin,
    /// Its format; `None`: told from its text.
    pub format: Option<Format>,
}

/// Where bytes come from.
#[derive(Clone, Debug)]
pub enum Origin {
    /// A file.
    File(PathBuf),
    /// Bytes in hand, from standard input.
    Bytes(Vec<u8>),
}

/// Why something was found but not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// Something went wrong.
    Error,
    /// The format is not read.
    Unsupported,
    /// The user asked for it, or the pack says that such files hold no prose.
    Excluded,
}

impl Class {
    /// The name used in outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Unsupported => "unsupported",
            Self::Excluded => "excluded",
        }
    }
}

/// Something that was found and not read, with its reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The name it is reported under.
    pub name: String,
    /// Why, in Swedish and English.
    pub reason: Reason,
    /// What sort of reason.
    pub class: Class,
}

/// A reason in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// Swedish.
    pub sv: String,
    /// English.
    pub en: String,
}

impl Reason {
    /// A reason.
    #[must_use]
    pub fn new(sv: impl Into<String>, en: impl Into<String>) -> Self {
        Self { sv: sv.into(), en: en.into() }
    }

    /// The system does not give its bytes.
    #[cfg(feature = "program")]
    pub(crate) fn cannot_read(why: impl std::fmt::Display) -> Self {
        Self::new(format!("kan inte läsas: {why}"), format!("cannot be read: {why}"))
    }

    /// Somebody asked for it to be left out.
    #[cfg(feature = "program")]
    pub(crate) fn left_out() -> Self {
        Self::new("utelämnas enligt policyn eller inställningarna", "left out by the policy or the configuration")
    }
}

impl From<Unreadable> for Reason {
    fn from(why: Unreadable) -> Self {
        let (sv, en) = why.words();
        Self { sv, en }
    }
}

/// What the walk found: something to read, or something that will not be.
#[derive(Clone, Debug)]
pub enum Entry {
    /// To be read.
    Input(Input),
    /// Not to be read.
    Unread(Unread),
}
