//! The parts of office files by their paths: which are read, as what, and which hold nothing that anybody wrote.

use std::io::{Read, Seek};

use super::super::Role;
use super::super::packed::Zip;

/// What a part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Paragraphs of Word, PowerPoint, drawings, charts.
    Words(Role),
    /// Paragraphs of OpenDocument.
    Odf(Role),
    /// Texts that cells refer to.
    Strings,
    /// The list of sheets.
    Workbook,
    /// Which part is which sheet.
    WorkbookLinks,
    /// Cells.
    Sheet,
    /// Targets of links.
    Links,
    /// The text of elements of these names.
    Elements(Role, &'static [&'static str]),
    /// The values of attributes of these names.
    Attributes(Role, &'static [&'static str]),
    /// A picture: its metadata.
    Picture,
    /// A document inside the document.
    Embedded,
    /// Says whether an OpenDocument file is encrypted.
    Manifest,
    /// Something that may hold text and is not read.
    Unread,
    /// Looks, settings, programs.
    Passed,
}

const CORE: &[&str] = &["title", "subject", "creator", "keywords", "description", "lastModifiedBy", "category", "contentStatus"];
const APP: &[&str] = &["Company", "Manager", "HyperlinkBase"];
const CUSTOM: &[&str] = &["lpwstr", "lpstr", "bstr"];
const ODF_META: &[&str] =
    &["title", "subject", "description", "keyword", "creator", "initial-creator", "printed-by", "user-defined", "contributor"];

impl Part {
    fn of(path: &str) -> Self {
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let (stem, ending) = file.rsplit_once('.').unwrap_or((file, ""));
        let stem = stem.trim_end_matches(|c: char| c.is_ascii_digit());
        let ending = ending.to_ascii_lowercase();
        if matches!(ending.as_str(), "jpg" | "jpeg" | "jpe" | "png" | "webp" | "tif" | "tiff" | "heic" | "avif") {
            return if folder.eq_ignore_ascii_case("thumbnails") { Self::Passed } else { Self::Picture };
        }
        if path == "xl/_rels/workbook.xml.rels" {
            return Self::WorkbookLinks;
        }
        if ending == "rels" {
            return Self::Links;
        }
        if folder.ends_with("embeddings") || folder.ends_with("ObjectReplacements") {
            return match ending.as_str() {
                "docx" | "docm" | "xlsx" | "xlsm" | "pptx" | "pptm" | "sldx" | "odt" | "ods" | "odp" => Self::Embedded,
                _ if folder.ends_with("ObjectReplacements") => Self::Passed,
                _ => Self::Unread,
            };
        }
        if folder == "META-INF" {
            return if file == "manifest.xml" { Self::Manifest } else { Self::Passed };
        }
        if ending != "xml" {
            return Self::Passed;
        }
        match (folder, stem) {
            ("docProps", "core") => Self::Elements(Role::Meta, CORE),
            ("docProps", "app") => Self::Elements(Role::Meta, APP),
            ("docProps", "custom") => Self::Elements(Role::Meta, CUSTOM),
            ("word", "comments") => Self::Words(Role::Comment),
            ("word", "document" | "header" | "footer" | "footnotes" | "endnotes") | ("word/glossary", "document") => {
                Self::Words(Role::Body)
            }
            ("word", "people") => Self::Attributes(Role::Staff, &["author"]),
            ("ppt/slides" | "ppt/notesSlides", _) => Self::Words(Role::Body),
            ("ppt/comments", _) => Self::Words(Role::Comment),
            ("ppt", "commentAuthors" | "authors") => Self::Attributes(Role::Staff, &["name"]),
            ("xl", "workbook") => Self::Workbook,
            ("xl", "sharedStrings") => Self::Strings,
            ("xl/worksheets" | "xl/chartsheets" | "xl/dialogsheets" | "xl/macrosheets", _) => Self::Sheet,
            ("xl/threadedComments" | "xl/comments", _) | ("xl", "comments") => Self::Words(Role::Comment),
            ("xl/persons", _) => Self::Attributes(Role::Staff, &["displayName"]),
            // Cells of other files, as they were when last looked at.
            ("xl/externalLinks", _) => Self::Elements(Role::History, &["v"]),
            // What a pivot table kept, even after its sheet was removed.
            ("xl/pivotCache", _) => Self::Attributes(Role::History, &["v"]),
            ("", "meta") => Self::Elements(Role::Meta, ODF_META),
            (_, "content" | "styles") if folder.is_empty() || folder.starts_with("Object") => Self::Odf(Role::Body),
            _ if folder.ends_with("/drawings")
                || folder.ends_with("/diagrams") && stem == "data"
                || folder.ends_with("/charts") && stem == "chart" =>
            {
                Self::Words(Role::Body)
            }
            _ => Self::Passed,
        }
    }
}

/// All parts of a file, in the order in which they are read: texts that cells refer to before the sheets, metadata last.
pub(super) struct Parts(Vec<(usize, String, Part)>);

impl Parts {
    pub(super) fn of<R: Read + Seek>(zip: &Zip<R>) -> Self {
        let mut all: Vec<_> =
            (0..zip.len()).filter_map(|i| zip.name(i).map(|name| (i, Part::of(&name), name))).map(|(i, p, n)| (i, n, p)).collect();
        all.sort_by_cached_key(|(_, name, part)| (rank(*part), natural(name)));
        Self(all)
    }

    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(_, name, _)| name.as_str())
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, &str, Part)> {
        self.0.iter().map(|(i, name, part)| (*i, name.as_str(), *part))
    }
}

const fn rank(part: Part) -> u8 {
    match part {
        Part::Manifest => 0,
        Part::Strings | Part::Workbook => 1,
        Part::WorkbookLinks => 2,
        Part::Words(Role::Body) | Part::Odf(_) | Part::Sheet => 3,
        Part::Words(_) => 4,
        Part::Links => 5,
        Part::Elements(..) | Part::Attributes(..) => 6,
        Part::Picture | Part::Embedded | Part::Unread | Part::Passed => 7,
    }
}

/// A name in which numbers sort by value: slide 2 before slide 10.
fn natural(name: &str) -> Vec<(String, u64)> {
    let mut steps = Vec::new();
    let mut rest = name;
    while !rest.is_empty() {
        let word = rest.find(|c: char| c.is_ascii_digit()).unwrap_or(rest.len());
        let digits = rest[word..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - word);
        steps.push((rest[..word].to_owned(), rest[word..word + digits].parse().unwrap_or(0)));
        rest = &rest[word + digits..];
    }
    steps
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_told_by_their_paths() {
        for (path, part) in [
            ("word/document.xml", Part::Words(Role::Body)),
            ("word/header2.xml", Part::Words(Role::Body)),
            ("word/styles.xml", Part::Passed),
            ("word/media/image1.jpeg", Part::Picture),
            ("word/embeddings/Microsoft_Excel_Sheet1.xlsx", Part::Embedded),
            ("word/embeddings/oleObject1.bin", Part::Unread),
            ("xl/worksheets/sheet10.xml", Part::Sheet),
            ("xl/worksheets/_rels/sheet1.xml.rels", Part::Links),
            ("ppt/notesSlides/notesSlide1.xml", Part::Words(Role::Body)),
            ("content.xml", Part::Odf(Role::Body)),
            ("Object 1/content.xml", Part::Odf(Role::Body)),
            ("Thumbnails/thumbnail.png", Part::Passed),
        ] {
            assert_eq!(Part::of(path), part, "{path}");
        }
    }

    #[test]
    fn numbers_in_names_sort_by_value() {
        let mut names = ["ppt/slides/slide10.xml", "ppt/slides/slide2.xml", "ppt/slides/slide1.xml"];
        names.sort_by_key(|n| natural(n));
        assert_eq!(names, ["ppt/slides/slide1.xml", "ppt/slides/slide2.xml", "ppt/slides/slide10.xml"]);
    }
}
