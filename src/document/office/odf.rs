//! Running text of OpenDocument files: text, tables and slides share their paragraphs.

use std::ops::Range;

use super::super::Role;
use super::super::packed::xml::{Bit, Fault, Tag, Xml};
use super::paragraphs::{Gap, Paragraphs};

/// Deepest nesting of notes, boxes and comments in one another that is read.
const MOST_BOXES: usize = 16;

/// Reads the bytes `range` of the part; paragraphs have `role`.
pub(super) fn read(page: &mut Paragraphs<'_, '_>, range: Range<usize>, role: Role, depth: usize) -> Result<(), Fault> {
    if depth > MOST_BOXES {
        return Err(Fault(range.start));
    }
    let outer = std::mem::replace(&mut page.role, role);
    let mut flow = Flow { page, depth, paragraphs: 0, cells: 0, frame: false, notes: Vec::new() };
    let mut xml = Xml::new(flow.page.source, range);
    while let Some(bit) = xml.next()? {
        match bit {
            Bit::Open(tag) => flow.open(&mut xml, &tag)?,
            Bit::Close(name) => flow.close(name)?,
            Bit::Text(range) if flow.paragraphs > 0 => flow.page.text(range),
            Bit::Plain(range) if flow.paragraphs > 0 => flow.page.plain(range),
            Bit::Text(_) | Bit::Plain(_) => {}
        }
    }
    flow.end()?;
    flow.page.role = outer;
    Ok(())
}

struct Flow<'p, 'b, 'x> {
    page: &'p mut Paragraphs<'b, 'x>,
    depth: usize,
    /// Paragraphs that are open: one, since what nests is set aside.
    paragraphs: usize,
    cells: usize,
    /// Whether the frame around is a title's.
    frame: bool,
    /// Comments and older versions, read last.
    notes: Vec<(Role, Range<usize>)>,
}

impl<'x> Flow<'_, '_, 'x> {
    fn open(&mut self, xml: &mut Xml<'x>, tag: &Tag<'x>) -> Result<(), Fault> {
        match tag.name {
            "p" | "h" if self.paragraphs == 0 => {
                self.paragraphs = 1;
                self.page.start(if self.cells > 1 { Gap::Line } else { Gap::Block });
                let style = tag.value("style-name").unwrap_or("").to_lowercase();
                if tag.name == "h" || self.frame || style.contains("title") {
                    self.page.is(Role::Title);
                }
            }
            "s" => {
                let count: usize = tag.value("c").and_then(|c| c.parse().ok()).unwrap_or(1);
                self.page.sign(&" ".repeat(count.clamp(1, 100)), tag.at());
            }
            "tab" => self.page.sign("\t", tag.at()),
            "line-break" => self.page.sign("\n", tag.at()),
            "list-item" => self.cells = 2,
            "table-row" => self.cells = 0,
            "table-cell" => self.cells += 1,
            "a" => {
                if let Some(target) = tag.attribute("href") {
                    self.page.aside(Role::Url, vec![target]);
                }
            }
            // Inside a paragraph, whatever has paragraphs of its own.
            "note-body" | "frame" | "custom-shape" | "rect" | "ellipse" | "line" | "path" | "polygon" | "polyline" | "connector" | "g"
                if self.paragraphs > 0 =>
            {
                let inner = xml.skip(tag)?;
                self.page.nested(inner);
            }
            "frame" | "custom-shape" => self.frame = tag.value("class").is_some_and(|c| matches!(c, "title" | "subtitle")),
            "title" | "desc" => {
                let text = xml.skip(tag)?;
                self.page.aside(Role::Alt, vec![text]);
            }
            "annotation" => {
                let inner = xml.skip(tag)?;
                self.notes.push((Role::Comment, inner));
            }
            "deletion" => {
                let inner = xml.skip(tag)?;
                self.notes.push((Role::History, inner));
            }
            // Who wrote a comment or a change: staff.
            "creator" => {
                let name = xml.skip(tag)?;
                self.page.aside(Role::Staff, vec![name]);
            }
            "date" if self.paragraphs == 0 => {
                xml.skip(tag)?;
            }
            "date-string" | "note-citation" | "image" | "automatic-styles" | "font-face-decls" | "forms" => {
                xml.skip(tag)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Fault> {
        match name {
            "p" | "h" => {
                self.paragraphs = 0;
                self.end_paragraph()?;
            }
            "table" | "list" => self.cells = 0,
            "frame" | "custom-shape" => self.frame = false,
            _ => {}
        }
        Ok(())
    }

    fn end_paragraph(&mut self) -> Result<(), Fault> {
        let role = self.page.role;
        for inner in self.page.end() {
            read(self.page, inner, role, self.depth + 1)?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Fault> {
        self.end_paragraph()?;
        for (role, inner) in std::mem::take(&mut self.notes) {
            read(self.page, inner, role, self.depth + 1)?;
        }
        Ok(())
    }
}
