//! Packed sources: formats that are no text as they lie, such as a Word file or a photo's metadata. What can be read in
//! them becomes one text; the way back leads to the bytes of the part that it came from.

pub(in crate::document) mod xml;
mod zip;

pub(crate) use self::zip::Zip;

use super::Document;

/// What is too much to unpack. A source over a limit is named as not read, never cut short in silence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of a source that is read as a whole; plain text and JSON Lines are read in pieces whatever their size.
    pub file: u64,
    /// Bytes of one unpacked part.
    pub part: u64,
    /// Bytes of all that is unpacked out of one source, archives in archives included.
    pub total: u64,
    /// Parts of one archive.
    pub entries: usize,
    /// Archives in archives.
    pub depth: usize,
    /// How many times its packed size a part may grow, once it is longer than a mebibyte.
    pub ratio: u64,
}

impl Limits {
    /// The limits that hold unless told otherwise.
    pub const DEFAULT: Self = Self { file: 256 << 20, part: 256 << 20, total: 8 << 30, entries: 100_000, depth: 4, ratio: 250 };

    /// The same for a document that is read as a whole: all its parts together stay below `part`.
    #[must_use]
    pub const fn for_document(self) -> Self {
        Self { total: self.part, entries: 10_000, ..self }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::DEFAULT
    }
}

/// A part of a packed source. Offsets of the document's text count through all its parts in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its path inside the source; empty: the source itself.
    pub name: String,
    /// Where it starts among the parts, in bytes.
    pub start: u32,
}

/// Why a packed source, or a part of one, was not read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// It is not what its name or first bytes say; the format's name.
    Broken(&'static str),
    /// It needs a password.
    Encrypted,
    /// An Office file of before 2007, or one with a password, which looks the same from outside.
    OldOffice,
    /// Packed in a way that is not read.
    Method,
    /// Longer than this many bytes.
    TooLong(u64),
    /// Longer than this many bytes when unpacked.
    TooBig(u64),
    /// Grows more than this many times: made to fill a disk.
    Bomb(u64),
    /// More parts than this.
    TooMany(usize),
    /// More archives in archives than this.
    TooDeep(usize),
    /// Several parts of one name: only one of them can be reached.
    Twice,
    /// Nothing in it.
    Empty,
    /// Pictures of pages, without a text.
    OnlyPictures,
    /// It holds what nothing here reads.
    Unknown,
}

impl Unreadable {
    /// Whether nothing is wrong with it but that its like is not read.
    #[must_use]
    pub const fn is_unsupported(self) -> bool {
        matches!(self, Self::OnlyPictures | Self::Unknown)
    }

    /// In Swedish and English.
    #[must_use]
    pub fn words(self) -> (String, String) {
        match self {
            Self::Broken(what) => (format!("trasig eller ingen {what}"), format!("broken, or no {what}")),
            Self::Encrypted => ("krypterad".into(), "encrypted".into()),
            Self::OldOffice => {
                ("krypterad, eller Office-format från före 2007".into(), "encrypted, or an Office format from before 2007".into())
            }
            Self::Method => ("packad på ett sätt som inte läses".into(), "packed in a way that is not read".into()),
            Self::TooLong(most) => {
                let most = size(most);
                (format!("större än {most}"), format!("larger than {most}"))
            }
            Self::TooBig(most) => {
                let most = size(most);
                (format!("större än {most} uppackad"), format!("larger than {most} unpacked"))
            }
            Self::Bomb(ratio) => (
                format!("växer mer än {ratio} gånger vid uppackning: zipbomb"),
                format!("grows more than {ratio} times when unpacked: zip bomb"),
            ),
            Self::TooMany(most) => {
                (format!("mer än {most} delar; resten lästes inte"), format!("more than {most} parts; the rest was not read"))
            }
            Self::TooDeep(most) => (format!("arkiv i arkiv i mer än {most} led"), format!("archives in archives, more than {most} deep")),
            Self::Twice => {
                ("flera delar med samma namn: bara en av dem lästes".into(), "several parts of one name: only one of them was read".into())
            }
            Self::Empty => ("ett tomt arkiv".into(), "an empty archive".into()),
            Self::OnlyPictures => ("bara bilder av text: går inte att bedöma".into(), "only pictures of text: cannot be judged".into()),
            Self::Unknown => ("ett format som inte läses".into(), "a format that is not read".into()),
        }
    }
}

/// Bytes as people read them.
fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 { format!("{} MiB", bytes >> 20) } else { format!("{bytes} byte") }
}

/// Takes what can be read out of a packed source.
pub trait Unpacker: Sync {
    /// Reads `source`; offsets in the document lead to bytes of its parts (see [`Part`]).
    ///
    /// # Errors
    /// Nothing of it was read.
    fn unpack(&self, source: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable>;
}
