//! IPTC data sets, which news desks have written into pictures since 1991: caption, headline, photographer.

use std::ops::Range;

use super::super::Role;
use super::Notes;

/// Data sets of record 2 that hold words.
const NAMES: [(u8, &str); 19] = [
    (5, "ObjectName"),
    (25, "Keywords"),
    (26, "ContentLocationCode"),
    (27, "ContentLocationName"),
    (40, "SpecialInstructions"),
    (80, "By-line"),
    (85, "By-lineTitle"),
    (90, "City"),
    (92, "Sub-location"),
    (95, "Province-State"),
    (101, "Country"),
    (103, "OriginalTransmissionReference"),
    (105, "Headline"),
    (110, "Credit"),
    (115, "Source"),
    (116, "CopyrightNotice"),
    (118, "Contact"),
    (120, "Caption-Abstract"),
    (122, "Writer-Editor"),
];

/// Reads the data sets of `block`, which stands at bytes `range` of the picture; `as_written`: byte for byte.
pub(super) fn read(notes: &mut Notes<'_>, block: &[u8], range: Range<usize>, as_written: bool) {
    let mut at = 0;
    while let Some(&[0x1C, record, set, high, low]) = block.get(at..at + 5) {
        let len = usize::from(u16::from_be_bytes([high, low]));
        let Some(value) = block.get(at + 5..at + 5 + len) else {
            return notes.fault("IPTC", range.start);
        };
        if record == 2
            && let Some((_, name)) = NAMES.iter().find(|(number, _)| *number == set)
        {
            let place = if as_written { range.start + at + 5..range.start + at + 5 + len } else { range.clone() };
            notes.text(Role::Meta, &format!("iptc:{name}"), value, &place);
        }
        at += 5 + len;
    }
}
