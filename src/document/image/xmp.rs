//! XMP packets: RDF in XML, in pictures and in PDF files.

use std::ops::Range;

use super::super::Role;
use super::super::packed::xml::{self, Bit, Fault, Xml};
use super::Notes;

/// Properties that hold words people wrote, by their name without prefix. Ids, dates, tools and sizes hold none.
const WORDS: [&str; 56] = [
    "title",
    "description",
    "creator",
    "contributor",
    "publisher",
    "subject",
    "rights",
    "source",
    "coverage",
    "relation",
    "Author",
    "Keywords",
    "AuthorsPosition",
    "CaptionWriter",
    "City",
    "Country",
    "Credit",
    "Headline",
    "Instructions",
    "Source",
    "State",
    "TransmissionReference",
    "Location",
    "LocationName",
    "Sublocation",
    "ProvinceState",
    "CountryName",
    "CiAdrCity",
    "CiAdrCtry",
    "CiAdrExtadr",
    "CiAdrPcode",
    "CiAdrRegion",
    "CiEmailWork",
    "CiTelWork",
    "CiUrlWork",
    "AltTextAccessibility",
    "ExtDescrAccessibility",
    "PersonInImage",
    "PersonName",
    "PersonDescription",
    "PersonId",
    "PersonDisplayName",
    "PersonEmailDigest",
    "Name",
    "OrganisationInImageName",
    "Event",
    "UsageTerms",
    "Owner",
    "WebStatement",
    "Marked",
    "UserComment",
    "ImageDescription",
    "Artist",
    "Copyright",
    "hierarchicalSubject",
    "TagsList",
];

/// Reads the packet `block`, which stands at bytes `range` of the picture; `as_written`: byte for byte.
pub(super) fn read(notes: &mut Notes<'_>, block: &[u8], range: Range<usize>, as_written: bool) {
    let Ok(text) = std::str::from_utf8(block) else { return notes.fault("XMP", range.start) };
    let text = text.trim_end_matches('\0');
    let mut packet = Packet { notes, text, range: range.clone(), as_written, latitude: None, longitude: None };
    if packet.read().is_err() {
        packet.notes.fault("XMP", range.start);
    }
}

struct Packet<'n, 'b, 'x> {
    notes: &'n mut Notes<'b>,
    text: &'x str,
    range: Range<usize>,
    as_written: bool,
    latitude: Option<f64>,
    longitude: Option<f64>,
}

impl Packet<'_, '_, '_> {
    fn read(&mut self) -> Result<(), Fault> {
        let mut xml = Xml::new(self.text, 0..self.text.len());
        let mut open: Vec<&str> = Vec::new();
        // Text of the element that is open: references split it.
        let mut text: Option<Range<usize>> = None;
        while let Some(bit) = xml.next()? {
            match bit {
                Bit::Open(tag) => {
                    text = None;
                    for (name, value) in tag.attributes() {
                        self.property(name, value);
                    }
                    open.push(tag.name);
                }
                Bit::Close(_) => {
                    if let Some(value) = text.take() {
                        let name =
                            open.iter().rev().find(|n| !matches!(**n, "li" | "Seq" | "Bag" | "Alt" | "Description" | "value")).copied();
                        self.property(name.unwrap_or(""), value);
                    }
                    open.pop();
                }
                Bit::Text(range) | Bit::Plain(range) => text = Some(text.map_or(range.clone(), |t| t.start..range.end)),
            }
        }
        if let (Some(latitude), Some(longitude)) = (self.latitude, self.longitude) {
            self.notes.coordinates("xmp:GPS", latitude, longitude, &self.range);
        }
        Ok(())
    }

    fn property(&mut self, name: &str, value: Range<usize>) {
        let raw = self.text[value.clone()].trim();
        match name {
            "GPSLatitude" => self.latitude = degrees(raw),
            "GPSLongitude" => self.longitude = degrees(raw),
            _ if raw.is_empty() || !WORDS.contains(&name) => {}
            _ => {
                let role = if matches!(name, "AltTextAccessibility" | "ExtDescrAccessibility") { Role::Alt } else { Role::Meta };
                let name = format!("xmp:{name}");
                if self.as_written {
                    let at = self.notes.open(role, &name, self.range.start + value.start);
                    xml::push(&mut self.notes.b.text, self.text, value.clone(), at - u32::try_from(value.start).unwrap_or(0));
                    self.notes.b.close();
                } else {
                    self.notes.decoded(role, &name, &xml::plain(self.text, value), &self.range);
                }
            }
        }
    }
}

/// `59,19.758N` or `59,19,45N`: degrees, minutes, seconds, direction.
fn degrees(text: &str) -> Option<f64> {
    let (digits, direction) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let mut whole = 0.0;
    for (part, unit) in digits.split(',').zip([1.0, 60.0, 3600.0]) {
        whole += part.trim().parse::<f64>().ok()? / unit;
    }
    match direction {
        "N" | "E" => Some(whole),
        "S" | "W" => Some(-whole),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_of_xmp() {
        assert_eq!(degrees("59,30N"), Some(59.5));
        assert_eq!(degrees("18,4,30W").map(|d| (d * 1000.0).round()), Some(-18_075.0));
        assert_eq!((degrees(""), degrees("å"), degrees("N")), (None, None, None));
    }
}
