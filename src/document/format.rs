//! Formats: which reader a source gets, told by its name and its first bytes.

use super::{
    Document, ReadError, Reader, adoc, contentlines, csv, frontmatter, html, json, mail, markdown, plain, sniff, subtitle, trello, xml,
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

impl Format {
    fn entry(self) -> &'static Entry {
        FORMATS.iter().find(|e| e.format == self).unwrap_or(&FORMATS[0])
    }

    /// The names that `--as` takes.
    pub fn names() -> impl Iterator<Item = &'static str> {
        FORMATS.iter().map(|e| e.name)
    }

    /// The format of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        FORMATS.iter().find(|e| e.name == name).map(|e| e.format)
    }

    /// The format of a file by its extension, without the dot and in any case.
    #[must_use]
    pub fn from_extension(extension: &str) -> Option<Self> {
        let extension = extension.to_ascii_lowercase();
        FORMATS.iter().find(|e| e.extensions.contains(&extension.as_str())).map(|e| e.format)
    }

    /// The format that the text itself speaks of: what a name says is only a first guess.
    #[must_use]
    pub fn refine(self, text: &str) -> Self {
        match self {
            Self::Json if trello::is_trello(text) => Self::Trello,
            Self::Text => sniff::marked(text).unwrap_or(self),
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
        self.entry().name
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
        let mut document = self.entry().reader.read(source)?;
        document.format = Some(self);
        document.directives = super::directives(source, self);
        Ok(document)
    }
}
