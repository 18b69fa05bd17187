//! `ombud watch`: checks again what changes, while somebody writes. Looks at times and sizes; works on every disk.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::time::{Duration, SystemTime};

use super::drafts::{DraftArgs, Drafts, View};
use super::outputs::{Ask, Output, OutputParser, Reports};
use super::settings::Settings;
use super::{CLEAN, Stop, locale};
use crate::report::{Lang, Snippets, Wording};
use crate::source::{Entry, Origin};

#[derive(Debug, clap::Args)]
pub(super) struct WatchArgs {
    #[command(flatten)]
    drafts: DraftArgs,
    /// The form of the output.
    #[arg(long = "format", value_name = "FORM", default_value = "human", value_parser = OutputParser)]
    format: Output,
    /// Milliseconds from one look to the next.
    #[arg(long, default_value_t = 300, value_parser = clap::value_parser!(u64).range(20..))]
    every: u64,
}

/// Size and time of each file.
type Seen = BTreeMap<PathBuf, (u64, Option<SystemTime>)>;

pub(super) fn run(args: &WatchArgs, lang: Option<Lang>) -> Result<u8, Stop> {
    let mut before: Option<Seen> = None;
    loop {
        // Read each time: settings may change as well.
        let settings = Settings::load(&args.drafts.settings)?;
        let lang = lang.or(settings.lang()).unwrap_or_else(locale);
        let mut drafts = Drafts::find(&args.drafts, &settings, lang)?;
        let now = seen(&drafts.entries);
        if let Some(before) = &before {
            drafts.entries.retain(|e| file(e).is_some_and(|path| before.get(path) != now.get(path)));
        }
        if before.is_none() || !drafts.entries.is_empty() {
            if before.is_some() {
                let name = |entry: &Entry| match entry {
                    Entry::Input(input) => input.name.clone(),
                    Entry::Unread(unread) => unread.name.clone(),
                };
                let names: Vec<String> = drafts.entries.iter().map(name).collect();
                writeln!(io::stdout(), "\n{} {}", lang.of("ändrat:", "changed:"), crate::report::inert(&names.join(" ")))?;
            }
            let ask = Ask { lang, wording: Wording::default(), fails: None, window: None, now: String::new() };
            let mut reports = Reports::open(std::slice::from_ref(&args.format), &ask)?;
            let view = View { snippets: if args.format.is_drawn() { Snippets::Masked } else { Snippets::None }, ..View::default() };
            let summary = drafts.scan(view, &mut reports.all, &mut |_| true)?;
            reports.finish(&summary)?;
        }
        before = Some(now);
        std::thread::sleep(Duration::from_millis(args.every));
        if io::stdout().flush().is_err() {
            return Ok(CLEAN);
        }
    }
}

fn file(entry: &Entry) -> Option<&PathBuf> {
    match entry {
        Entry::Input(input) => match &input.origin {
            Origin::File(path) => Some(path),
            Origin::Bytes(_) => None,
        },
        Entry::Unread(_) => None,
    }
}

fn seen(entries: &[Entry]) -> Seen {
    let look = |path: &PathBuf| fs::metadata(path).ok().map(|m| (path.clone(), (m.len(), m.modified().ok())));
    entries.iter().filter_map(file).filter_map(look).collect()
}
