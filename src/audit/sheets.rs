//! The tables beside the report: CSV and the review sheet. No cell is ever a formula.

use std::fs::File;
use std::io::{self, Seek, Write};
use std::path::Path;

use super::row::Row;
use crate::report::{Lang, WholeFile};

/// The columns of findings.
#[must_use]
pub(super) fn heads(lang: Lang) -> [&'static str; 20] {
    match lang {
        Lang::Sv => [
            "allvar",
            "regel",
            "sort",
            "egenskaper",
            "säkerhet",
            "kanal",
            "förvaltning",
            "månad",
            "källa",
            "rad",
            "kolumn",
            "plats",
            "roll",
            "maskerat",
            "antal",
            "läge",
            "ändring",
            "person",
            "skäl",
            "märke",
        ],
        Lang::En => [
            "severity",
            "rule",
            "kind",
            "attributes",
            "confidence",
            "channel",
            "department",
            "month",
            "source",
            "line",
            "column",
            "place",
            "role",
            "masked",
            "count",
            "state",
            "change",
            "person",
            "reason",
            "fingerprint",
        ],
    }
}

/// A cell of a row: words, or a number.
pub(super) enum Cell<'r> {
    Words(&'r str),
    Number(u64),
}

/// The cells of a row.
pub(super) fn cells<'r>(row: &'r Row<'_>, attributes: &'r str) -> [Cell<'r>; 20] {
    use Cell::{Number, Words};
    [
        Words(row.severity.name()),
        Words(&row.rule),
        Words(&row.kind),
        Words(attributes),
        Words(&row.confidence),
        Words(&row.channel),
        Words(&row.department),
        Words(&row.month),
        Words(&row.path),
        Number(row.line),
        Number(row.column),
        Words(&row.place),
        Words(&row.role),
        Words(&row.masked),
        Number(u64::from(row.count)),
        Words(&row.state),
        Words(&row.change),
        Words(&row.person),
        Words(row.accepted.as_ref().map_or("", |a| &a.reason)),
        Words(&row.fingerprint),
    ]
}

/// Writes rows as CSV; with semicolons and a mark of UTF-8 in Swedish, as a Swedish spreadsheet expects.
#[derive(Debug)]
pub(super) struct TableWriter<W: Write>(csv::Writer<W>, Lang);

impl<W: Write> TableWriter<W> {
    pub(super) fn new(out: W, lang: Lang) -> Self {
        Self(csv::WriterBuilder::new().delimiter(delimiter(lang)).buffer_capacity(1 << 16).flexible(true).from_writer(out), lang)
    }

    pub(super) fn head(&mut self, heads: &[&str]) -> io::Result<()> {
        let mark = if self.1 == Lang::Sv { "\u{feff}" } else { "" };
        let first = heads.first().map(|head| format!("{mark}{head}"));
        let rest = heads.iter().skip(1).map(|head| (*head).to_owned());
        self.0.write_record(first.into_iter().chain(rest)).map_err(broken)
    }

    pub(super) fn row(&mut self, row: &Row<'_>) -> io::Result<()> {
        let attributes = row.attributes.join(" ");
        for cell in cells(row, &attributes) {
            match cell {
                Cell::Words(words) => self.field(words)?,
                Cell::Number(number) => self.0.write_field(number.to_string()).map_err(broken)?,
            }
        }
        self.0.write_record(None::<&[u8]>).map_err(broken)
    }

    /// One cell. What a spreadsheet would take for a formula gets a sign in front that makes it words.
    fn field(&mut self, words: &str) -> io::Result<()> {
        if words.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '|', '%']) {
            self.0.write_field(format!("'{words}")).map_err(broken)
        } else {
            self.0.write_field(words).map_err(broken)
        }
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl TableWriter<File> {
    /// Bytes written, once flushed.
    pub(super) fn position(&self) -> io::Result<u64> {
        let mut file = self.0.get_ref();
        file.stream_position()
    }
}

const fn delimiter(lang: Lang) -> u8 {
    match lang {
        Lang::Sv => b';',
        Lang::En => b',',
    }
}

#[expect(clippy::needless_pass_by_value, reason = "it stands where a function is asked for")]
fn broken(e: csv::Error) -> io::Error {
    io::Error::other(e.to_string())
}

/// Writes the review sheet: where to look, and an empty column for what was seen.
///
/// # Errors
/// It cannot be written.
pub fn sample_sheet(path: &Path, rows: &[&Row<'static>], lang: Lang) -> io::Result<()> {
    let mut out = WholeFile::create(path)?;
    let heads = match lang {
        Lang::Sv => {
            ["nr", "regel", "bedömning", "kommentar", "sort", "säkerhet", "kanal", "källa", "rad", "kolumn", "plats", "maskerat", "märke"]
        }
        Lang::En => [
            "no",
            "rule",
            "verdict",
            "comment",
            "kind",
            "confidence",
            "channel",
            "source",
            "line",
            "column",
            "place",
            "masked",
            "fingerprint",
        ],
    };
    let mut table = TableWriter::new(&mut out, lang);
    table.head(&heads)?;
    for (nth, row) in rows.iter().enumerate() {
        let (nth, line, column) = ((nth + 1).to_string(), row.line.to_string(), row.column.to_string());
        let cells = [
            &nth,
            &*row.rule,
            "",
            "",
            &row.kind,
            &row.confidence,
            &row.channel,
            &row.path,
            &line,
            &column,
            &row.place,
            &row.masked,
            &row.fingerprint,
        ];
        cells.into_iter().try_for_each(|cell| table.field(cell))?;
        table.0.write_record(None::<&[u8]>).map_err(broken)?;
    }
    table.flush()?;
    drop(table);
    out.finish()
}
