//! Audit: what has been published, where, about how many, and is it getting better. Findings go row by row into a journal
//! and a tally as they come, so that memory does not grow with what is read; the report is made of both. No row holds a
//! value: people are keyed marks, words are masked.

mod dated;
mod gravest;
mod journal;
mod keyfile;
mod page;
mod people;
mod reviewed;
mod row;
mod sample;
mod sheets;
mod store;
mod tally;
mod workbook;

pub use dated::mark;
pub use journal::{Journal, Names, Stage, Written};
pub use keyfile::{key_from, rotate};
pub use page::{Frame, page};
pub use people::{People, Sort};
pub use reviewed::{Reviewed, Verdicts, interval};
pub use row::{AcceptedRow, Department, Line, Row, RowWriter};
pub use sample::Sample;
pub use sheets::sample_sheet;
pub use store::{Change, Run, Store};
pub use tally::{By, Tally, Unread};
pub use workbook::{Sums as SheetSums, sarif, workbook};

/// A month counted from year 0, as `2023-05`.
#[must_use]
pub fn month_name(month: u16) -> String {
    format!("{:04}-{:02}", month / 12, month % 12 + 1)
}

/// The month of a date written `2023-05…`, counted from year 0.
#[must_use]
pub fn month_of(text: &str) -> Option<u16> {
    let (year, month) = (text.get(..4)?.parse::<u16>().ok()?, text.get(5..7)?.parse::<u16>().ok()?);
    (text.as_bytes()[4] == b'-' && (1..=12).contains(&month) && year < 5_000).then(|| year * 12 + month - 1)
}
