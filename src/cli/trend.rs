//! `ombud trend`: whether it gets better.

use std::path::PathBuf;

use super::check::print;
use super::{CLEAN, Stop};
use crate::audit::Store;
use crate::report::Lang;

#[derive(Debug, clap::Args)]
pub(super) struct TrendArgs {
    /// The folder that keeps runs.
    #[arg(long, value_name = "FOLDER", default_value = ".ombud/audits")]
    store: PathBuf,
    /// JSON Lines, for other programs.
    #[arg(long)]
    jsonl: bool,
}

pub(super) fn run(args: &TrendArgs, lang: Lang) -> Result<u8, Stop> {
    let runs = Store::new(args.store.clone()).runs()?;
    if runs.is_empty() {
        return Err(Stop::Message(format!("{}: {}", args.store.display(), lang.of("inga granskningar", "no audits"))));
    }
    let mut text = String::new();
    if args.jsonl {
        for run in &runs {
            text += &serde_json::to_string(run).map_err(|e| Stop::Message(e.to_string()))?;
            text.push('\n');
        }
        return print(&text).map(|()| CLEAN);
    }
    let heads = match lang {
        Lang::Sv => ["dag", "källor", "fel", "varningar", "anmärkn.", "godtagna", "personer", "barn"],
        Lang::En => ["day", "sources", "errors", "warnings", "notes", "accepted", "people", "children"],
    };
    let line = |cells: [&str; 8]| {
        let rest: String = cells[1..].iter().map(|cell| format!("{cell:>11}")).collect();
        format!("{:<10}{rest}\n", cells[0])
    };
    text += &line(heads);
    for run in &runs {
        let numbers = [run.scanned, run.errors, run.warnings, run.notes, run.accepted, run.people, run.children].map(|n| n.to_string());
        let mut cells = [run.at.get(..10).unwrap_or(""), "", "", "", "", "", "", ""];
        cells[1..].iter_mut().zip(&numbers).for_each(|(cell, n)| *cell = n);
        text += &line(cells);
    }
    print(&text).map(|()| CLEAN)
}
