//! Sheets of Excel files: every cell a region at its address, the cells of a row side by side.

use std::ops::Range;

use super::super::packed::xml::{self, Bit, Fault, Xml};
use super::super::{DocumentBuilder, PlaceId, Role, Step};

/// The texts that cells refer to by number. Kept decoded: most are used once.
pub(super) fn shared_strings(source: &str) -> Result<Vec<String>, Fault> {
    let mut all = Vec::new();
    let mut text = String::new();
    let mut inside = false;
    let mut xml = Xml::new(source, 0..source.len());
    while let Some(bit) = xml.next()? {
        match bit {
            Bit::Open(tag) => match tag.name {
                "t" => inside = true,
                // How East Asian words are read out.
                "rPh" => {
                    xml.skip(&tag)?;
                }
                _ => {}
            },
            Bit::Close("t") => inside = false,
            Bit::Close("si") => all.push(std::mem::take(&mut text)),
            Bit::Text(range) if inside => text.push_str(&xml::plain(source, range)),
            Bit::Plain(range) if inside => text.push_str(&source[range]),
            _ => {}
        }
    }
    Ok(all)
}

/// One sheet.
pub(super) struct Sheet<'b, 'x> {
    pub(super) b: &'b mut DocumentBuilder,
    pub(super) source: &'x str,
    /// Where it starts among the document's parts, in bytes.
    pub(super) base: u32,
    /// The part and the sheet's name.
    pub(super) place: PlaceId,
    pub(super) shared: &'b [String],
}

impl Sheet<'_, '_> {
    /// Reads all cells. The bytes of a cell that refers to a shared text are those of the reference.
    pub(super) fn read(mut self) -> Result<(), Fault> {
        let (mut column, mut row, mut first) = (0_u16, 0_u32, true);
        let (mut kind, mut inside, mut value) = ("", false, None::<Range<usize>>);
        let mut xml = Xml::new(self.source, 0..self.source.len());
        while let Some(bit) = xml.next()? {
            match bit {
                Bit::Open(tag) => match tag.name {
                    "row" => {
                        row = tag.value("r").and_then(|r| r.parse().ok()).map_or(row + 1, |r: u32| r.saturating_sub(1));
                        (column, first) = (0, true);
                    }
                    "c" => {
                        (column, row) = tag.value("r").and_then(address).unwrap_or((column, row));
                        kind = tag.value("t").unwrap_or("n");
                    }
                    "v" | "t" | "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter" => inside = true,
                    "rPh" | "f" => {
                        xml.skip(&tag)?;
                    }
                    "dataValidation" => {
                        for name in ["prompt", "error"] {
                            if let Some(text) = tag.attribute(name) {
                                self.beside_cells(text);
                            }
                        }
                    }
                    "hyperlink" => {
                        if let Some((column, row)) = tag.value("ref").and_then(address)
                            && let Some(tip) = tag.attribute("tooltip")
                        {
                            self.cell(tip, column, row, &mut true, "str");
                        }
                    }
                    _ => {}
                },
                Bit::Close(name) => match name {
                    "v" | "t" => inside = false,
                    "c" => {
                        if let Some(text) = value.take() {
                            self.cell(text, column, row, &mut first, kind);
                        }
                        column = column.saturating_add(1);
                    }
                    "oddHeader" | "oddFooter" | "evenHeader" | "evenFooter" | "firstHeader" | "firstFooter" => {
                        inside = false;
                        if let Some(text) = value.take() {
                            self.beside_cells(text);
                        }
                    }
                    _ => {}
                },
                // Runs of a text in several looks: from the first to the last, the markup between left out below.
                Bit::Text(range) | Bit::Plain(range) if inside => {
                    value = Some(value.map_or(range.clone(), |v| v.start..range.end));
                }
                _ => {}
            }
        }
        Ok(())
    }

    fn cell(&mut self, range: Range<usize>, column: u16, row: u32, first: &mut bool, kind: &str) {
        let raw = &self.source[range.clone()];
        let at = self.base + u32::try_from(range.start).unwrap_or(0);
        let shared = (kind == "s").then(|| raw.trim().parse().ok().and_then(|i: usize| self.shared.get(i))).flatten();
        if shared.is_some_and(String::is_empty) {
            return;
        }
        let place = Some(self.b.places.add(Some(self.place), Step::Cell(column, row)));
        if std::mem::take(first) {
            self.b.open(Role::Body, place, at)
        } else {
            self.b.open_beside(Role::Body, place, at)
        }
        let len = u32::try_from(raw.len()).unwrap_or(0);
        match (shared, whole_number(raw)) {
            (Some(text), _) => self.b.text.replaced(text, at, len),
            (None, Some(number)) if kind == "n" => self.b.text.replaced(&number, at, len),
            _ => self.words(range),
        }
        self.b.close();
    }

    /// Text that may have markup inside.
    fn words(&mut self, range: Range<usize>) {
        if !self.source[range.clone()].contains('<') {
            return xml::push(&mut self.b.text, self.source, range, self.base);
        }
        let mut at = range.start;
        let mut depth = 0;
        for (i, c) in self.source[range.clone()].char_indices() {
            let i = range.start + i;
            match c {
                '<' => {
                    if depth == 0 {
                        xml::push(&mut self.b.text, self.source, at..i, self.base);
                    }
                    depth = 1;
                }
                '>' => (at, depth) = (i + 1, 0),
                _ => {}
            }
        }
        xml::push(&mut self.b.text, self.source, at..range.end, self.base);
    }

    fn beside_cells(&mut self, range: Range<usize>) {
        let at = self.base + u32::try_from(range.start).unwrap_or(0);
        self.b.open(Role::Body, Some(self.place), at);
        self.words(range);
        self.b.close();
    }
}

/// A cell's address, from 0: `B12` is column 1, row 11.
fn address(name: &str) -> Option<(u16, u32)> {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
    let column = name.bytes().take(letters.min(3)).fold(0_u32, |n, b| n * 26 + u32::from(b - b'A') + 1);
    let row: u32 = name[letters..].split(':').next()?.parse().ok()?;
    Some((u16::try_from(column.checked_sub(1)?).ok()?, row.checked_sub(1)?))
}

/// A number as a sheet shows it, where it is stored with an exponent or a fraction of nothing.
fn whole_number(raw: &str) -> Option<String> {
    let odd = raw.contains(['E', 'e', '.']);
    let number: f64 = odd.then(|| raw.parse().ok()).flatten()?;
    (number.fract() == 0.0 && number.abs() < 1e15).then(|| format!("{number:.0}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_numbers() {
        assert_eq!((address("A1"), address("B12"), address("AA3:AB4")), (Some((0, 0)), Some((1, 11)), Some((26, 2))));
        assert_eq!((address("12"), address("A0"), address("")), (None, None, None));
        assert_eq!(whole_number("1.98001022386E11").as_deref(), Some("198001022386"));
        assert_eq!((whole_number("59.33"), whole_number("12")), (None, None));
    }
}
