//! What is read of each format and what is not, in words: the table in README is made of this.

use super::Format;

/// What a reader takes and leaves.
#[derive(Clone, Copy, Debug)]
pub struct About {
    /// Endings and the name of the format.
    pub name: &'static str,
    /// What is read, with its roles.
    pub reads: &'static str,
    /// What is not.
    pub leaves: &'static str,
    /// The crate that does it; our own reader where byte offsets asked for one.
    pub by: &'static str,
}

/// What is read of `format`.
#[must_use]
pub const fn about(format: Format) -> About {
    let (name, reads, leaves, by) = match format {
        Format::Text => ("Text (`.txt`)", "all (body)", "–", "own"),
        Format::Markdown => (
            "Markdown, MDX (`.md`, `.mdx`)",
            "headings (title), text and code (body), picture alternatives and titles (alt), link titles and addresses, comments, HTML, front matter (meta)",
            "values of JSX in braces are read as text",
            "pulldown-cmark, own quick path",
        ),
        Format::Html => (
            "HTML (`.html`)",
            "text (body), headings, captions, alternatives and labels (alt), descriptions in the head and JSON-LD (meta), mail and telephone links (url), comments, templates, drawings",
            "what a script would show; of scripts only strings with a number or a mail address that say what it is; styles but for their texts",
            "own, htmlize",
        ),
        Format::Json => ("JSON (`.json`)", "every string, by its key", "numbers, unless the key says what they are", "own"),
        Format::JsonLines => ("JSON Lines (`.jsonl`)", "as JSON, line by line", "as JSON", "own"),
        Format::Trello => (
            "Trello, board or card (`.json`)",
            "card names (title), descriptions (as Markdown), checklists, custom fields, names of attachments, labels and lists (meta), comments and older versions (history), members (staff)",
            "ids, hashes, times, addresses; actions beyond the 1,000 that an export holds; attached files",
            "own",
        ),
        Format::Csv => ("CSV, TSV (`.csv`, `.tsv`)", "every cell; headings give roles, channel and kind", "–", "own"),
        Format::Xml => (
            "XML: RSS, Atom, WordPress, SVG (`.xml`, `.rss`, `.atom`, `.wxr`, `.svg`)",
            "text and HTML in it, authors (meta), picture texts (alt), comments with their writers (comment), a site's writers (staff)",
            "ids, times, WordPress's own keys; entities that a DTD defines",
            "own",
        ),
        Format::Subtitle => {
            ("SubRip, WebVTT (`.srt`, `.vtt`)", "cues as running text (body), speakers, notes (comment)", "times, styles", "own")
        }
        Format::ContentLines => (
            "vCard, iCalendar (`.vcf`, `.ics`)",
            "names and summaries (title), notes and descriptions (body), telephone, mail, address, guests (meta)",
            "ids, times, pictures",
            "own",
        ),
        Format::Settings => (
            "YAML, TOML (`.yaml`, `.toml`)",
            "every value, by its key; blocks of text as one",
            "bare numbers, unless the key says what they are; aliases are not followed",
            "own",
        ),
        Format::Mail => (
            "Mail (`.eml`)",
            "subject (title), senders and receivers (meta), bodies as text or HTML in any encoding, attached text",
            "other headers; other attachments are named as not read",
            "own, encoding_rs",
        ),
        Format::AsciiDoc => ("AsciiDoc (`.adoc`)", "headings, text, picture alternatives and captions, comments", "included files", "own"),
        Format::Rst => ("reStructuredText (`.rst`)", "headings, text, picture alternatives, comments", "included files", "own"),
        Format::Office => (
            "DOCX, XLSX, PPTX, ODT, ODS, ODP",
            "text, tables, cells at their address, text boxes, notes, headers and footers (body), alternative texts (alt), comments (comment) and their writers (staff), removed words (history), link targets (url), properties (meta)",
            "formulas, macros, embedded OLE objects (named as failed), slide masters; the older DOC, XLS and PPT are named as not read",
            "zip, quick-xml",
        ),
        Format::Pdf => (
            "PDF",
            "text in the order it is drawn, notes, form fields (body), alternative texts (alt), links (url), properties (meta)",
            "pages that are pictures (named, exit status 2), signs without a meaning in the file (named), attachments, encrypted files (named)",
            "hayro",
        ),
        Format::Image => (
            "JPEG, PNG, WebP, TIFF, HEIC, AVIF",
            "EXIF with GPS, XMP, IPTC: captions, photographer, persons shown (meta), alternative text (alt)",
            "what can be seen in the picture, makers' own notes",
            "kamadak-exif, quick-xml",
        ),
        Format::Zip => (
            "ZIP",
            "every part as a source of its own, `export.zip/posts/1.html`; archives in archives",
            "encrypted parts (named as failed)",
            "zip",
        ),
    };
    About { name, reads, leaves, by }
}

/// Web archives are many sources, as zip archives are, but no format of a draft.
const WARC: &str = "| WARC (`.warc`, `.warc.gz`) | every answer as a source of its own, by its address, `webb.warc.gz/https://www.example.se/`; chunks and gzip undone | requests, redirections and errors (counted by sort), styles and scripts (named as left out), Brotli and Zstandard (named as failed) | own, flate2 |\n";

/// The table of the formats, as it stands in README.
#[must_use]
pub fn format_table() -> String {
    let mut table = String::from("| format | read | not read | by |\n|---|---|---|---|\n");
    for about in Format::names().filter_map(Format::from_name).map(about) {
        table += &format!("| {} | {} | {} | {} |\n", about.name, about.reads, about.leaves, about.by);
    }
    table + WARC
}
