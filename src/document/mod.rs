//! Document: a source cut into regions by a reader.
//!
//! All regions of a document lie in one text, set apart by blank lines, so that one pass sifts them all and a finder of
//! names remembers the whole document. Adding a format is one file here and one line in [`Format::ALL`].

mod about;
mod adoc;
mod builder;
mod contentlines;
mod csv;
mod directive;
mod entities;
mod format;
mod frontmatter;
mod html;
mod image;
mod item;
mod json;
mod keys;
mod lines;
mod mail;
mod markdown;
mod office;
mod packed;
#[cfg(feature = "pdf")]
mod pdf;
mod percent;
mod place;
mod plain;
mod reference;
mod sniff;
mod subtitle;
mod trello;
mod xml;

pub use about::{About, about, format_table};
pub use builder::DocumentBuilder;
pub(crate) use directive::front_matter;
pub use directive::{Directive, directives};
pub use format::Format;
pub use item::{Item, Items};
#[cfg(feature = "program")]
pub(crate) use office::is_office;
#[cfg(feature = "program")]
pub(crate) use packed::Zip;
pub use packed::{Limits, Part, Unpacker, Unreadable};
pub use place::{PlaceId, Places, Step};
pub(crate) use reference::host_of;
pub use reference::{Alternative, How, Reference};

use crate::text::{Norm, Span, Text};

/// What a region is for its readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Role {
    /// A heading or title.
    Title,
    /// Running text.
    Body,
    /// The text under a picture.
    Caption,
    /// A picture's text alternative (WCAG 1.1.1).
    Alt,
    /// The words of a link.
    LinkText,
    /// An address.
    Url,
    /// Data about the document: front matter, a description for search engines.
    Meta,
    /// A reader's or colleague's comment.
    Comment,
    /// Members of the planning board.
    Staff,
    /// An older version of a text.
    History,
}

impl Role {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Title,
        Self::Body,
        Self::Caption,
        Self::Alt,
        Self::LinkText,
        Self::Url,
        Self::Meta,
        Self::Comment,
        Self::Staff,
        Self::History,
    ];

    /// The name used in rules and outputs.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Caption => "caption",
            Self::Alt => "alt",
            Self::LinkText => "link-text",
            Self::Url => "url",
            Self::Meta => "meta",
            Self::Comment => "comment",
            Self::Staff => "staff",
            Self::History => "history",
        }
    }

    /// The role with this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|role| role.name() == name)
    }

    /// Whether a draft's region of this role is published; the others only an audit judges.
    #[must_use]
    pub const fn is_published(self) -> bool {
        !matches!(self, Self::Comment | Self::Staff | Self::History)
    }
}

/// A run of text with one role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// Where it lies in the document's text.
    pub span: Span<Norm>,
    /// What it is for.
    pub role: Role,
    /// Where it was in the source's structure.
    pub place: Option<PlaceId>,
    /// Which of the document's channels it is for, where it says so itself.
    pub channel: Option<u16>,
}

/// A source cut into regions.
#[derive(Clone, Debug, Default)]
pub struct Document<'s> {
    /// All regions' text, and the way back to the source.
    pub text: Text<'s>,
    /// The regions, in order of place; they do not overlap.
    pub regions: Vec<Region>,
    /// Names of places in the source's structure.
    pub places: Places,
    /// Channels that the source names itself (front matter, a card's label), as written.
    ///
    /// Where a card has several labels, all of them stand here with U+001F between; those that name a channel count.
    pub channels: Vec<String>,
    /// The format it was read as.
    pub format: Option<Format>,
    /// What it says about itself: keys of front matter with a value, in small letters.
    pub fields: Vec<String>,
    /// Parts of the source that could not be read; the rest was.
    pub faults: Vec<ReadError>,
    /// The parts of a packed source; none of any other.
    pub parts: Vec<Part>,
    /// Exceptions that the author wrote into it.
    pub directives: Vec<Directive>,
    /// What it loads from other hosts or points at, in order of place; a text without markup has none.
    pub references: Vec<Reference>,
    /// What is published one by one, where the source is a plan of such things.
    pub items: Items,
}

impl Document<'_> {
    /// The part of a packed source that byte `at` of its parts lies in.
    #[must_use]
    pub fn part_at(&self, at: u32) -> Option<&Part> {
        self.parts.get(self.parts.partition_point(|p| p.start <= at).checked_sub(1)?)
    }

    /// The labels that the source gives a region's channel by; empty where it says none.
    #[must_use]
    pub fn labels_of(&self, region: &Region) -> &str {
        region.channel.and_then(|n| self.channels.get(usize::from(n))).map_or("", String::as_str)
    }

    /// The region that `span` lies in.
    #[must_use]
    pub fn region_of(&self, span: Span<Norm>) -> Option<&Region> {
        let after = self.regions.partition_point(|r| r.span.start <= span.start);
        self.regions.get(after.checked_sub(1)?).filter(|r| span.start < r.span.end)
    }
}

/// Why a source could not be read as its format.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// What is wrong, lower case, no full stop.
    pub message: String,
    /// The byte of the source it was noticed at.
    pub at: usize,
}

/// Cuts a source of one format into regions.
pub trait Reader: Sync {
    /// Reads `source`; offsets in the document lead back to its bytes.
    ///
    /// # Errors
    /// The source is not of this format; nothing of it was read.
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError>;
}
