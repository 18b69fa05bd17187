//! Formats: which reader a source gets, told by its name and its first bytes.

#[cfg(feature = "pdf")]
use super::pdf;
use super::{
    Document, Limits, ReadError, Reader, Unpacker, Unreadable, adoc, contentlines, csv, frontmatter, html, image, json, mail, markdown,
    office, plain, sniff, subtitle, trello, xml,
};

/// A format that is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Plain text.
    Text,
    /// Markdown, with front matter.
    Markdown,
    /// HTML.
    Html,
    /// JSON.
    Json,
    /// JSON Lines.
    JsonLines,
    /// A Trello export.
    Trello,
    /// An office file: Word, Excel, PowerPoint from 2007, OpenDocument.
    Office,
    /// A picture, of which the metadata is read.
    Image,
    /// PDF.
    Pdf,
    /// A zip archive: its parts are sources of their own.
    Zip,
    /// Comma, semicolon or tab separated values.
    Csv,
    /// XML: feeds, WordPress exports, drawings.
    Xml,
    /// Subtitles.
    Subtitle,
    /// vCard and iCalendar.
    ContentLines,
    /// YAML and TOML.
    Settings,
    /// Mail.
    Mail,
    /// AsciiDoc.
    AsciiDoc,
    /// reStructuredText.
    Rst,
}

struct Entry {
    format: Format,
    name: &'static str,
    extensions: &'static [&'static str],
    reader: &'static dyn Reader,
}

/// One line a format.
static FORMATS: [Entry; 14] = [
    Entry { format: Format::Text, name: "text", extensions: &["txt", "text"], reader: &plain::Plain },
    Entry {
        format: Format::Markdown,
        name: "markdown",
        extensions: &["md", "markdown", "mdown", "mkd", "mdx", "qmd"],
        reader: &markdown::Markdown,
    },
    Entry { format: Format::Html, name: "html", extensions: &["html", "htm", "xhtml", "shtml"], reader: &html::Html },
    Entry { format: Format::Json, name: "json", extensions: &["json", "geojson", "jsonld"], reader: &json::Json },
    Entry { format: Format::JsonLines, name: "jsonl", extensions: &["jsonl", "ndjson"], reader: &json::JsonLines },
    Entry { format: Format::Trello, name: "trello", extensions: &[], reader: &trello::Trello },
    Entry { format: Format::Csv, name: "csv", extensions: &["csv", "tsv", "tab"], reader: &csv::Csv },
    Entry {
        format: Format::Xml,
        name: "xml",
        extensions: &["xml", "rss", "atom", "wxr", "svg", "rdf", "opml", "kml", "gpx"],
        reader: &xml::Xml,
    },
    Entry { format: Format::Subtitle, name: "subtitle", extensions: &["srt", "vtt"], reader: &subtitle::Subtitle },
    Entry {
        format: Format::ContentLines,
        name: "vcard",
        extensions: &["vcf", "vcard", "ics", "ical", "ifb"],
        reader: &contentlines::ContentLines,
    },
    Entry { format: Format::Settings, name: "yaml", extensions: &["yaml", "yml", "toml"], reader: &frontmatter::Settings },
    Entry { format: Format::Mail, name: "mail", extensions: &["eml"], reader: &mail::Mail },
    Entry { format: Format::AsciiDoc, name: "asciidoc", extensions: &["adoc", "asciidoc", "asc"], reader: &adoc::AsciiDoc },
    Entry { format: Format::Rst, name: "rst", extensions: &["rst", "rest"], reader: &adoc::Rst },
];

struct PackedEntry {
    format: Format,
    name: &'static str,
    extensions: &'static [&'static str],
    unpacker: Option<&'static dyn Unpacker>,
}

/// One line a packed format.
static PACKED: [PackedEntry; 4] = [
    PackedEntry {
        format: Format::Office,
        name: "office",
        extensions: &[
            "docx", "docm", "dotx", "dotm", "xlsx", "xlsm", "xltx", "xltm", "pptx", "pptm", "potx", "potm", "ppsx", "ppsm", "odt", "ott",
            "ods", "ots", "odp", "otp", "odg", "otg",
        ],
        unpacker: Some(&office::Office),
    },
    PackedEntry {
        format: Format::Image,
        name: "image",
        extensions: &["jpg", "jpeg", "jpe", "jfif", "png", "webp", "tif", "tiff", "heic", "heif", "hif", "avif"],
        unpacker: Some(&image::Image),
    },
    #[cfg(feature = "pdf")]
    PackedEntry { format: Format::Pdf, name: "pdf", extensions: &["pdf"], unpacker: Some(&pdf::PdfReader) },
    #[cfg(not(feature = "pdf"))]
    PackedEntry { format: Format::Pdf, name: "pdf", extensions: &["pdf"], unpacker: None },
    PackedEntry { format: Format::Zip, name: "zip", extensions: &["zip"], unpacker: None },
];

impl Format {
    fn packed(self) -> Option<&'static PackedEntry> {
        PACKED.iter().find(|e| e.format == self)
    }

    /// Whether it is cut from bytes, not from text: see [`Format::unpack`].
    #[must_use]
    pub fn is_packed(self) -> bool {
        self.packed().is_some()
    }

    /// The packed format that the first bytes speak of. An office file is a zip archive from outside.
    #[must_use]
    pub fn of_signature(bytes: &[u8]) -> Option<Self> {
        match bytes {
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Self::Zip),
            [b'%', b'P', b'D', b'F', b'-', ..] => Some(Self::Pdf),
            [0xFF, 0xD8, 0xFF, ..] | [0x89, b'P', b'N', b'G', ..] => Some(Self::Image),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Self::Image),
            [b'I', b'I', 42, 0, ..] | [b'M', b'M', 0, 42, ..] => Some(Self::Image),
            [0, 0, 0, _, b'f', b't', b'y', b'p', brand @ ..] => {
                let known: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis"];
                known.iter().any(|k| brand.starts_with(k)).then_some(Self::Image)
            }
            _ => None,
        }
    }

    /// Takes what can be read out of a packed source.
    ///
    /// # Errors
    /// Nothing of it was read. A zip archive that is no office file is never read as one document.
    pub fn unpack(self, source: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable> {
        match self {
            // An office file without its ending.
            Self::Zip => office::Office.unpack(source, limits).map_err(|e| if e == office::NO_OFFICE { Unreadable::Unknown } else { e }),
            _ => self.packed().and_then(|e| e.unpacker).ok_or(Unreadable::Unknown)?.unpack(source, limits),
        }
    }

    fn entry(self) -> &'static Entry {
        FORMATS.iter().find(|e| e.format == self).unwrap_or(&FORMATS[0])
    }

    /// The names that `--as` takes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().map(|e| e.name).chain(PACKED.iter().map(|e| e.name))
    }

    /// The format of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        let packed = || PACKED.iter().find(|e| e.name == name).map(|e| e.format);
        FORMATS.iter().find(|e| e.name == name).map(|e| e.format).or_else(packed)
    }

    /// The format of a file by its extension, without the dot and in any case.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        let extension = extension.to_ascii_lowercase();
        let packed = || PACKED.iter().find(|e| e.extensions.contains(&extension.as_str())).map(|e| e.format);
        FORMATS.iter().find(|e| e.extensions.contains(&extension.as_str())).map(|e| e.format).or_else(packed)
    }

    /// The format that the text itself speaks of: what a name says is only a first guess.
    #[must_use]
    pub fn refine(self, text: &str) -> Self {
        match self {
            Self::Json if trello::is_trello(text) => Self::Trello,
            Self::Text => sniff::marked(text).unwrap_or(self),
            // A calendar in name only: what its reader knows no place for would go unread.
            Self::ContentLines if !begins(text) => sniff::guess(text),
            _ => self,
        }
    }

    /// The format of a text without a name.
    #[must_use]
    pub fn guess(text: &str) -> Self {
        sniff::guess(text)
    }

    /// The name that `--as` takes.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.packed().map_or_else(|| self.entry().name, |e| e.name)
    }

    /// Whether a long source may be read in pieces: at blank lines, or line by line.
    #[must_use]
    pub const fn cuts(self) -> Option<&'static str> {
        match self {
            Self::Text => Some("\n\n"),
            Self::JsonLines => Some("\n"),
            _ => None,
        }
    }

    /// Cuts `source` into regions.
    ///
    /// # Errors
    /// The source is not of this format.
    pub fn read(self, source: &str) -> Result<Document<'_>, ReadError> {
        if self.is_packed() {
            return Err(ReadError { message: "not text: read from bytes".to_owned(), at: 0 });
        }
        let mut document = self.entry().reader.read(source)?;
        document.format = Some(self);
        document.directives = super::directives(source, self);
        if let Some(next) = document.directives.get(super::directive::MOST) {
            let at = next.at.start as usize;
            document.faults.push(ReadError { message: format!("more than {} exceptions", super::directive::MOST), at });
            document.directives.truncate(super::directive::MOST);
        }
        Ok(document)
    }
}

/// Whether some line opens a calendar's or a card's object.
fn begins(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().get(..6).is_some_and(|head| head.eq_ignore_ascii_case("BEGIN:")))
}
