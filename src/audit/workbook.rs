//! The workbook and SARIF: the gravest findings first, as many as each is good for.

use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Table, TableColumn, Workbook, Worksheet, XlsxError};

use super::journal::Written;
use super::row::Row;
use super::sheets::{Cell, cells, heads};
use super::tally::Tally;
use crate::finding::Severity;
use crate::policy::Policy;
use crate::report::sarif::MOST_RESULTS;
use crate::report::{Lang, Reporter, Sarif, Summary, WholeFile};

/// Most findings in the workbook, the gravest first; all are in the CSV and JSON Lines files.
const MOST_ROWS: usize = 100_000;

/// What the workbook and SARIF need besides the rows.
#[derive(Debug)]
pub struct Sums<'t> {
    /// The sums.
    pub tally: &'t Tally,
    /// The sums of sources.
    pub summary: &'t Summary,
    /// The rules.
    pub policy: &'t Policy,
    /// The language.
    pub lang: Lang,
    /// When the run was started, as ISO 8601.
    pub started: &'t str,
}

/// The gravest first.
const SEVERITIES: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Note];

/// Whether to go on, when so many of at most `most` are taken.
const fn more(taken: usize, most: usize) -> ControlFlow<()> {
    if taken < most { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
}

/// Writes the workbook.
///
/// # Errors
/// It cannot be written.
pub fn workbook(path: &Path, sums: &Sums<'_>, rows: &Written) -> io::Result<()> {
    let mut book = Workbook::new();
    // The same run makes the same bytes.
    let date = ExcelDateTime::parse_from_str(sums.started.get(..10).unwrap_or("2000-01-01")).map_err(bad)?;
    book.set_properties(&DocProperties::new().set_title("ombud").set_creation_datetime(&date));
    let bold = Format::new().set_bold();
    let lang = sums.lang;
    overview(book.add_worksheet(), sums, &bold).map_err(bad)?;
    let sheet = book.add_worksheet_with_constant_memory();
    findings(sheet, sums, &bold, rows)?;
    unread(book.add_worksheet(), sums.tally, lang, &bold).map_err(bad)?;
    accepted(book.add_worksheet(), sums.tally, lang, &bold).map_err(bad)?;
    let mut out = WholeFile::create(path)?;
    let bytes = book.save_to_buffer().map_err(bad)?;
    out.write_all(&bytes)?;
    out.finish()
}

#[expect(clippy::needless_pass_by_value, reason = "it stands where a function is asked for")]
fn bad(e: XlsxError) -> io::Error {
    io::Error::other(e.to_string())
}

#[expect(clippy::cast_precision_loss, reason = "a spreadsheet has no other numbers")]
fn number(sheet: &mut Worksheet, row: u32, column: u16, value: u64) -> Result<(), XlsxError> {
    sheet.write_number(row, column, value as f64).map(|_| ())
}

fn head(sheet: &mut Worksheet, row: u32, heads: &[&str], bold: &Format) -> Result<(), XlsxError> {
    for (column, head) in (0..).zip(heads) {
        sheet.write_string_with_format(row, column, *head, bold)?;
    }
    Ok(())
}

fn overview(sheet: &mut Worksheet, sums: &Sums<'_>, bold: &Format) -> Result<(), XlsxError> {
    let (lang, tally) = (sums.lang, sums.tally);
    sheet.set_name(lang.of("Sammanfattning", "Summary"))?.set_column_width(0, 44)?.set_column_width(1, 48)?;
    let [errors, warnings, notes] = tally.all().0;
    let figures = [
        (lang.of("Källor lästa", "Sources read"), sums.summary.scanned),
        (lang.of("Källor utelämnade", "Sources left out"), sums.summary.skipped),
        (lang.of("Källor som inte kunde läsas", "Sources that could not be read"), sums.summary.failed),
        (lang.of("Inlägg med fynd", "Posts with findings"), tally.posts),
        (lang.of("Fel", "Errors"), errors),
        (lang.of("Varningar", "Warnings"), warnings),
        (lang.of("Anmärkningar", "Notes"), notes),
        (lang.of("Godtagna", "Accepted"), sums.summary.suppressed),
        (lang.of("Personer med fullt namn", "People named in full"), tally.people.named()),
    ];
    let mut row = 0;
    for (name, value) in figures {
        sheet.write_string(row, 0, name)?;
        number(sheet, row, 1, value)?;
        row += 1;
    }
    row += 1;
    let heads = [
        lang.of("kanal", "channel"),
        lang.of("regel", "rule"),
        lang.of("fel", "errors"),
        lang.of("varningar", "warnings"),
        lang.of("anmärkningar", "notes"),
    ];
    let first = row;
    for ((channel, rule), by) in &tally.cells {
        row += 1;
        let title = sums.policy.rule(rule).map_or("", |r| lang.pick(&r.title));
        sheet.write_string(row, 0, channel)?.write_string(row, 1, format!("{rule} {title}").trim())?;
        for (column, value) in (2..).zip(by.0) {
            number(sheet, row, column, value)?;
        }
    }
    if row > first {
        let columns: Vec<TableColumn> = heads.iter().map(|h| TableColumn::new().set_header(*h)).collect();
        sheet.add_table(first, 0, row, 4, &Table::new().set_columns(&columns))?;
    } else {
        head(sheet, first, &heads, bold)?;
    }
    Ok(())
}

/// The gravest findings first, as many as a sheet is good for.
fn findings(sheet: &mut Worksheet, sums: &Sums<'_>, bold: &Format, rows: &Written) -> io::Result<()> {
    let lang = sums.lang;
    let heads = heads(lang);
    sheet.set_name(lang.of("Fynd", "Findings")).map_err(bad)?;
    for (column, width) in [(1_u16, 9.0), (6, 20.0), (8, 40.0), (11, 24.0), (13, 28.0)] {
        sheet.set_column_width(column, width).map_err(bad)?;
    }
    sheet.set_freeze_panes(1, 0).map_err(bad)?;
    let mut line = 0_u32;
    head(sheet, 0, &heads, bold).map_err(bad)?;
    for severity in SEVERITIES {
        if more(line as usize, MOST_ROWS).is_break() {
            break;
        }
        rows.of(severity, |row| {
            line += 1;
            one(sheet, line, row).map_err(bad)?;
            Ok(more(line as usize, MOST_ROWS))
        })?;
    }
    sheet.autofilter(0, 0, line, heads.len() as u16 - 1).map_err(bad)?;
    Ok(())
}

fn one(sheet: &mut Worksheet, line: u32, row: &Row<'_>) -> Result<(), XlsxError> {
    let attributes = row.attributes.join(" ");
    for (column, cell) in (0..).zip(cells(row, &attributes)) {
        match cell {
            // Empty words are no cell.
            Cell::Words("") => {}
            Cell::Words(words) => drop(sheet.write_string(line, column, words)?),
            Cell::Number(value) => number(sheet, line, column, value)?,
        }
    }
    Ok(())
}

fn unread(sheet: &mut Worksheet, tally: &Tally, lang: Lang, bold: &Format) -> Result<(), XlsxError> {
    sheet.set_name(lang.of("Inte läst", "Not read"))?.set_column_width(1, 60)?.set_column_width(3, 60)?;
    head(sheet, 0, &[lang.of("hur", "how"), lang.of("varför", "why"), lang.of("antal", "count"), lang.of("de första", "the first")], bold)?;
    for (row, ((status, reason), unread)) in (1..).zip(&tally.unread) {
        sheet.write_string(row, 0, status)?.write_string(row, 1, reason)?.write_string(row, 3, unread.names.join("\n"))?;
        number(sheet, row, 2, unread.count)?;
    }
    Ok(())
}

fn accepted(sheet: &mut Worksheet, tally: &Tally, lang: Lang, bold: &Format) -> Result<(), XlsxError> {
    sheet.set_name(lang.of("Undantag", "Exceptions"))?.set_column_width(1, 60)?;
    let heads = [
        lang.of("av", "by"),
        lang.of("skäl", "reason"),
        lang.of("sedan", "since"),
        lang.of("till och med", "until"),
        lang.of("antal fynd", "findings"),
    ];
    head(sheet, 0, &heads, bold)?;
    for (row, (accepted, count)) in (1..).zip(&tally.accepted) {
        for (column, words) in (0..).zip([&accepted.by, &accepted.reason, &accepted.since, &accepted.until]) {
            sheet.write_string(row, column, words)?;
        }
        number(sheet, row, 4, *count)?;
    }
    Ok(())
}

/// Writes the gravest findings as SARIF.
///
/// # Errors
/// It cannot be written.
pub fn sarif(path: &Path, sums: &Sums<'_>, rows: &Written) -> io::Result<()> {
    let mut out = WholeFile::create(path)?;
    let mut sarif = Sarif::new(&mut out, sums.lang);
    let mut given = 0_usize;
    for severity in SEVERITIES {
        if more(given, MOST_RESULTS).is_break() {
            break;
        }
        rows.of(severity, |row| {
            if let Some(located) = row.located(sums.policy) {
                given += 1;
                sarif.finding(&located)?;
            }
            Ok(more(given, MOST_RESULTS))
        })?;
    }
    sarif.leave_out(sums.tally.rows.saturating_sub(given as u64));
    sarif.finish(sums.summary)?;
    drop(sarif);
    out.finish()
}
