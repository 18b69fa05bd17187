//! Office files: Word, Excel and PowerPoint (Office Open XML, from 2007), LibreOffice (OpenDocument). Running text, alternative
//! texts, comments, notes, metadata, what change tracking kept, link targets, and the metadata of pictures inside.

mod odf;
mod ooxml;
mod paragraphs;
mod parts;
mod sheet;

use std::io::Cursor;

use super::packed::Zip;
use super::packed::xml::{self, Bit, Fault, Xml};
use super::{Document, DocumentBuilder, Limits, Role, Step, Unpacker, Unreadable};
use paragraphs::Paragraphs;
use parts::{Part, Parts};

/// A zip archive, but no office file.
pub(super) const NO_OFFICE: Unreadable = Unreadable::Broken("Office-fil");

/// How deep documents inside documents are read.
const MOST_EMBEDDED: usize = 3;

/// Reads Office Open XML and OpenDocument files.
#[derive(Debug)]
pub(super) struct Office;

impl Unpacker for Office {
    fn unpack(&self, source: &[u8], limits: &Limits) -> Result<Document<'static>, Unreadable> {
        if source.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(Unreadable::OldOffice);
        }
        let limits = limits.for_document();
        let mut b = DocumentBuilder::default();
        let mut left = limits.total;
        let mut reader = Reader { b: &mut b, limits, left: &mut left };
        reader.archive(source, "", 0)?;
        Ok(b.finish())
    }
}

/// Whether these parts' names are those of an office file.
pub(crate) fn is_office<'n>(mut names: impl Iterator<Item = &'n str>) -> bool {
    names.any(|n| matches!(n, "word/document.xml" | "xl/workbook.xml" | "ppt/presentation.xml" | "content.xml" | "[Content_Types].xml"))
}

struct Reader<'b> {
    b: &'b mut DocumentBuilder,
    limits: Limits,
    /// Bytes that may still be unpacked.
    left: &'b mut u64,
}

impl Reader<'_> {
    /// Reads one office file, whose own path is `above`.
    fn archive(&mut self, source: &[u8], above: &str, depth: usize) -> Result<(), Unreadable> {
        let mut zip = Zip::open(Cursor::new(source), self.limits)?;
        zip.set_left(*self.left);
        let parts = Parts::of(&zip);
        if !is_office(parts.names()) {
            return Err(NO_OFFICE);
        }
        if zip.hides_entries() {
            self.fault(above, "several parts of one name: only one of them was read");
        }
        let mut shared = Vec::new();
        let mut sheets = Vec::new();
        let mut has_words = false;
        for (i, name, part) in parts.iter() {
            has_words |= matches!(part, Part::Words(_) | Part::Odf(_) | Part::Sheet | Part::Embedded | Part::Unread);
            if part == Part::Passed {
                continue;
            }
            let bytes = zip.read(i)?;
            let path = if above.is_empty() { name.to_owned() } else { format!("{above}/{name}") };
            let done = match part {
                Part::Embedded if depth < MOST_EMBEDDED && bytes.starts_with(b"PK") => {
                    *self.left = zip.left();
                    let read = self.archive(&bytes, &path, depth + 1);
                    zip.set_left(*self.left);
                    read.is_ok()
                }
                Part::Embedded | Part::Unread => false,
                Part::Picture => super::image::read_into(self.b, &bytes, &path).is_ok(),
                Part::Manifest => {
                    // What is encrypted would come out as noise.
                    if memchr::memmem::find(&bytes, b"encryption-data").is_some() {
                        return Err(Unreadable::Encrypted);
                    }
                    true
                }
                _ => match std::str::from_utf8(&bytes) {
                    Ok(text) => match self.text(text, &path, part, &mut shared, &mut sheets) {
                        Ok(()) => true,
                        Err(Fault(at)) => {
                            self.fault(&format!("{path} (byte {at})"), "not XML");
                            true
                        }
                    },
                    Err(_) => false,
                },
            };
            if !done {
                self.fault(&path, "a part that is not read");
            }
        }
        *self.left = zip.left();
        if has_words { Ok(()) } else { Err(Unreadable::Empty) }
    }

    fn fault(&mut self, part: &str, what: &str) {
        let message = if part.is_empty() { what.to_owned() } else { format!("{part}: {what}") };
        self.b.fault(super::ReadError { message, at: 0 });
    }

    fn text(
        &mut self,
        text: &str,
        path: &str,
        part: Part,
        shared: &mut Vec<String>,
        sheets: &mut Vec<(String, String)>,
    ) -> Result<(), Fault> {
        let place = self.b.part(path, text.len()).ok_or(Fault(0))?;
        let mark = if text.starts_with('\u{feff}') { 3 } else { 0 };
        let (text, place) = (&text[mark..], (place.0 + u32::from(mark > 0) * 3, place.1));
        let whole = 0..text.len();
        match part {
            Part::Words(role) => ooxml::read(&mut Paragraphs::new(self.b, text, place, role), whole, 0),
            Part::Odf(role) => odf::read(&mut Paragraphs::new(self.b, text, place, role), whole, role, 0),
            Part::Strings => {
                *shared = sheet::shared_strings(text)?;
                Ok(())
            }
            Part::Sheet => {
                let name = sheets.iter().find(|(target, _)| path.ends_with(target.as_str())).map_or("", |(_, name)| name);
                let below = if name.is_empty() { "#".to_owned() } else { format!("#{name}!") };
                let below = self.b.places.named(Some(place.1), below);
                sheet::Sheet { b: self.b, source: text, base: place.0, place: below, shared }.read()
            }
            Part::Workbook => self.workbook(text, place, sheets),
            Part::WorkbookLinks => {
                let links = links(text)?;
                for (id, _) in sheets.iter_mut() {
                    if let Some((_, target, _)) = links.iter().find(|(known, ..)| known == id) {
                        target.trim_start_matches('/').clone_into(id);
                    }
                }
                self.links(text, place)
            }
            Part::Links => self.links(text, place),
            Part::Elements(role, wanted) => self.elements(text, place, role, wanted),
            Part::Attributes(role, wanted) => self.attributes(text, place, role, wanted),
            Part::Embedded | Part::Unread | Part::Picture | Part::Manifest | Part::Passed => Ok(()),
        }
    }

    /// Names of sheets: titles, and part of their cells' places.
    fn workbook(&mut self, text: &str, (base, place): (u32, super::PlaceId), sheets: &mut Vec<(String, String)>) -> Result<(), Fault> {
        let mut xml = Xml::new(text, 0..text.len());
        while let Some(bit) = xml.next()? {
            if let Bit::Open(tag) = bit
                && tag.name == "sheet"
                && let Some(name) = tag.attribute("name")
            {
                sheets.push((tag.value("id").unwrap_or("").to_owned(), xml::plain(text, name.clone())));
                self.region(text, base, name, Role::Title, place);
            }
        }
        Ok(())
    }

    /// Targets outside the file.
    fn links(&mut self, text: &str, (base, place): (u32, super::PlaceId)) -> Result<(), Fault> {
        for (id, _, target) in links(text)? {
            if let Some(target) = target {
                let place = self.b.places.named(Some(place), format!("#{id}"));
                self.region(text, base, target, Role::Url, place);
            }
        }
        Ok(())
    }

    /// The text of some elements: metadata.
    fn elements(&mut self, text: &str, (base, place): (u32, super::PlaceId), role: Role, wanted: &[&str]) -> Result<(), Fault> {
        let mut xml = Xml::new(text, 0..text.len());
        while let Some(bit) = xml.next()? {
            if let Bit::Open(tag) = bit
                && wanted.contains(&tag.name)
            {
                let name = format!("#{}", tag.name);
                let value = xml.skip(&tag)?;
                let place = self.b.places.named(Some(place), name);
                self.region(text, base, value, role, place);
            }
        }
        Ok(())
    }

    /// The values of some attributes: people who are listed.
    fn attributes(&mut self, text: &str, (base, place): (u32, super::PlaceId), role: Role, wanted: &[&str]) -> Result<(), Fault> {
        let mut xml = Xml::new(text, 0..text.len());
        let mut count = 0;
        while let Some(bit) = xml.next()? {
            let Bit::Open(tag) = bit else { continue };
            for value in wanted.iter().filter_map(|name| tag.attribute(name)) {
                count += 1;
                let below = self.b.places.named(Some(place), "#");
                let place = self.b.places.add(Some(below), Step::Number(count));
                self.region(text, base, value, role, place);
            }
        }
        Ok(())
    }

    fn region(&mut self, text: &str, base: u32, range: std::ops::Range<usize>, role: Role, place: super::PlaceId) {
        self.b.open(role, Some(place), base + u32::try_from(range.start).unwrap_or(0));
        xml::push(&mut self.b.text, text, range, base);
        self.b.close();
    }
}

/// A relation of a part: its id, its target, and where that stands if it is outside the file.
type Link = (String, String, Option<std::ops::Range<usize>>);

fn links(text: &str) -> Result<Vec<Link>, Fault> {
    let mut all = Vec::new();
    let mut xml = Xml::new(text, 0..text.len());
    while let Some(bit) = xml.next()? {
        if let Bit::Open(tag) = bit
            && tag.name == "Relationship"
            && let Some(target) = tag.attribute("Target")
        {
            let outside = (tag.value("TargetMode") == Some("External")).then(|| target.clone());
            all.push((tag.value("Id").unwrap_or("").to_owned(), text[target].to_owned(), outside));
        }
    }
    Ok(all)
}
