//! Running text of Word and PowerPoint files, and of drawings and charts in all three: paragraphs of WordprocessingML
//! and DrawingML, which differ in their prefix alone.

use std::ops::Range;

use super::super::Role;
use super::super::packed::xml::{Bit, Fault, Tag, Xml};
use super::paragraphs::{Gap, Paragraphs};

/// Deepest nesting of text boxes in text boxes that is read.
const MOST_BOXES: usize = 16;

/// What the text that comes next belongs to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    /// The paragraph's words.
    Words,
    /// Words that were removed and are still in the file.
    Removed,
    /// A field's code: a link's target, a mail merge.
    Field,
}

/// Paragraph styles that say what their text is, by the part of their id that all languages of Word share.
fn role_of_style(style: &str) -> Option<Role> {
    let low = style.to_lowercase();
    let is = |names: &[&str]| names.iter().any(|n| low.starts_with(n));
    if is(&["heading", "rubrik", "title", "subtitle", "underrubrik"]) {
        Some(Role::Title)
    } else if is(&["caption", "beskrivning", "bildtext"]) {
        Some(Role::Caption)
    } else {
        None
    }
}

/// Reads the bytes `range` of the part.
pub(super) fn read(page: &mut Paragraphs<'_, '_>, range: Range<usize>, depth: usize) -> Result<(), Fault> {
    if depth > MOST_BOXES {
        return Err(Fault(range.start));
    }
    let mut flow = Flow { page, depth, inside: Inside::Nothing, removed: 0, shape: None, cells: 0, field: Vec::new(), authors: Vec::new() };
    let mut xml = Xml::new(flow.page.source, range);
    while let Some(bit) = xml.next()? {
        match bit {
            Bit::Open(tag) => flow.open(&mut xml, &tag)?,
            Bit::Close(name) => flow.close(name)?,
            Bit::Text(range) => flow.text(range),
            Bit::Plain(range) if flow.inside == Inside::Words => flow.page.plain(range),
            Bit::Plain(_) => {}
        }
    }
    flow.finish()
}

struct Flow<'p, 'b, 'x> {
    page: &'p mut Paragraphs<'b, 'x>,
    depth: usize,
    inside: Inside,
    /// Removals that are open.
    removed: usize,
    /// What the shape around says of its text.
    shape: Option<Role>,
    /// Cells of the row so far.
    cells: usize,
    field: Vec<Range<usize>>,
    authors: Vec<Range<usize>>,
}

impl<'x> Flow<'_, '_, 'x> {
    fn open(&mut self, xml: &mut Xml<'x>, tag: &Tag<'x>) -> Result<(), Fault> {
        match tag.name {
            "p" => self.page.start(if self.cells > 1 { Gap::Line } else { Gap::Block }),
            // A comment in a sheet or on a slide, without paragraphs.
            "text" => {
                self.page.start(Gap::Block);
                self.inside = Inside::Words;
            }
            "author" => {
                let name = xml.skip(tag)?;
                self.authors.push(name);
            }
            "t" => self.inside = if self.removed > 0 { Inside::Removed } else { Inside::Words },
            "delText" => self.inside = Inside::Removed,
            "instrText" => self.inside = Inside::Field,
            "tab" | "ptab" if self.removed == 0 => self.page.sign("\t", tag.at()),
            "br" | "cr" if self.removed == 0 => self.page.sign("\n", tag.at()),
            "noBreakHyphen" if self.removed == 0 => self.page.sign("-", tag.at()),
            "del" | "moveFrom" => {
                self.removed += 1;
                self.author(tag);
            }
            "ins" | "moveTo" => self.author(tag),
            "comment" => self.author(tag),
            "pStyle" => {
                if let Some(role) = tag.value("val").and_then(role_of_style) {
                    self.page.is(role);
                }
            }
            "numPr" => self.page.is_beside(),
            "ph" => self.shape = tag.value("type").filter(|t| matches!(*t, "title" | "ctrTitle" | "subTitle")).map(|_| Role::Title),
            "sp" => self.shape = None,
            "tr" => self.cells = 0,
            "tc" => self.cells += 1,
            "docPr" | "cNvPr" => self.alternative(tag, &["descr", "title"]),
            "shape" | "rect" | "textpath" => self.alternative(tag, &["alt", "string"]),
            "fldSimple" => {
                if let Some(code) = tag.attribute("instr") {
                    self.field.push(code);
                    self.link();
                }
            }
            "fldChar" => self.link(),
            "txbxContent" => {
                let inner = xml.skip(tag)?;
                self.page.nested(inner);
            }
            // The same once more for older programs, and what only says how text looks.
            "Fallback" | "rPr" | "pPrChange" | "sectPr" | "sectPrChange" | "tblPr" | "trPr" | "tcPr" | "numCache" | "sdtPr" => {
                xml.skip(tag)?;
            }
            "strCache" => self.cells = 0,
            "pt" => self.page.start(Gap::Line),
            "v" => self.inside = Inside::Words,
            _ => {}
        }
        if matches!(tag.name, "p" | "pt")
            && let Some(role) = self.shape
        {
            self.page.is(role);
        }
        Ok(())
    }

    fn close(&mut self, name: &str) -> Result<(), Fault> {
        match name {
            "text" => {
                self.inside = Inside::Nothing;
                self.end()?;
            }
            "t" | "delText" | "instrText" | "v" => self.inside = Inside::Nothing,
            "del" | "moveFrom" => self.removed = self.removed.saturating_sub(1),
            "p" | "pt" => {
                self.link();
                self.end()?;
            }
            "tbl" => self.cells = 0,
            _ => {}
        }
        Ok(())
    }

    fn text(&mut self, range: Range<usize>) {
        match self.inside {
            Inside::Words => self.page.text(range),
            Inside::Removed => self.page.removed(range),
            Inside::Field => self.field.push(range),
            Inside::Nothing => {}
        }
    }

    /// Who wrote a comment or a change: staff.
    fn author(&mut self, tag: &Tag<'x>) {
        let Some(author) = tag.attribute("author") else { return };
        let source = self.page.source;
        if !self.authors.iter().any(|a| source[a.clone()] == source[author.clone()]) {
            self.authors.push(author);
        }
    }

    fn alternative(&mut self, tag: &Tag<'x>, names: &[&str]) {
        for text in names.iter().filter_map(|name| tag.attribute(name)) {
            self.page.aside(Role::Alt, vec![text]);
        }
    }

    /// A field's code is whole: of a link it is the target.
    fn link(&mut self) {
        let code = std::mem::take(&mut self.field);
        let source = self.page.source;
        if code.iter().map(|r| &source[r.clone()]).collect::<String>().contains("HYPERLINK") {
            self.page.aside(Role::Url, code);
        }
    }

    fn end(&mut self) -> Result<(), Fault> {
        for inner in self.page.end() {
            read(self.page, inner, self.depth + 1)?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(), Fault> {
        for author in std::mem::take(&mut self.authors) {
            self.page.aside(Role::Staff, vec![author]);
        }
        self.end()
    }
}
