//! `ombud fix`: other words for what is mechanical. Shows them; writes only when told to.

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::PathBuf;

use super::drafts::{DraftArgs, Drafts, View};
use super::settings::Settings;
use super::{CLEAN, FOUND, Stop, UNJUDGED, locale};
use crate::detect::Kind;
use crate::engine::{Engine, Scratch};
use crate::report::{Lang, Located, WholeFile, Wording, inert};

#[derive(Debug, clap::Args)]
pub(super) struct FixArgs {
    #[command(flatten)]
    drafts: DraftArgs,
    /// Write the files. Without it they are left alone and the changes shown, masked.
    #[arg(long)]
    write: bool,
}

/// One change: bytes of a file, what is known of them, and the words that come there.
struct Change {
    start: usize,
    end: usize,
    line: u64,
    kind: Kind,
    masked: String,
    /// None: shown masked only, since it stands on a line that changes.
    text: Option<String>,
}

pub(super) fn run(args: &FixArgs, lang: Option<Lang>) -> Result<u8, Stop> {
    let settings = Settings::load(&args.drafts.settings)?;
    let lang = lang.or(settings.lang()).unwrap_or_else(locale);
    let wording = wording(&settings);
    let drafts = Drafts::find(&args.drafts, &settings, lang)?;
    let mut files: BTreeMap<String, Vec<Change>> = BTreeMap::new();
    let summary = drafts.scan(View::default(), &mut [], &mut |f| {
        files.entry(f.path.to_string()).or_default().push(change(f, &wording));
        true
    })?;
    files.retain(|_, changes| changes.iter().any(|c| c.text.is_some()));
    let (mut made, mut left_alone) = (0, Vec::new());
    let mut shown = String::new();
    let (engine, mut scratch) = (drafts.engine(), Scratch::default());
    for (name, changes) in &files {
        let path = PathBuf::from(name);
        let read = fs::read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
        let Some((new, old)) = read.and_then(|old| Some((applied(&old, changes, &engine)?, old))) else {
            left_alone.push(name);
            continue;
        };
        made += changes.iter().filter(|c| c.text.is_some()).count();
        if args.write {
            write(&path, &new)?;
        }
        shown += &preview(name, &old, changes, &engine, &mut scratch);
    }
    let others = summary.found().saturating_sub(made as u64);
    shown += &match (lang, args.write) {
        (Lang::Sv, true) => {
            format!("{made} ändringar skrivna i {} filer; {others} fynd kräver en människa\n", files.len() - left_alone.len())
        }
        (Lang::Sv, false) => format!("{made} ändringar föreslås (`--write` skriver dem); {others} fynd kräver en människa\n"),
        (Lang::En, true) => {
            format!("{made} changes written to {} files; {others} findings need a person\n", files.len() - left_alone.len())
        }
        (Lang::En, false) => format!("{made} changes proposed (`--write` writes them); {others} findings need a person\n"),
    };
    for name in &left_alone {
        shown += &format!(
            "{} {}\n",
            lang.of("lämnad orörd, inte UTF-8 eller ändrad under tiden:", "left alone, not UTF-8 or changed meanwhile:"),
            inert(name)
        );
    }
    super::check::print(&shown)?;
    Ok(if !summary.is_complete() || !left_alone.is_empty() {
        UNJUDGED
    } else if made > 0 && !args.write {
        FOUND
    } else {
        CLEAN
    })
}

/// The words that the configuration gives.
pub(super) fn wording(settings: &Settings) -> Wording {
    let own = &settings.config.wording;
    Wording { mailbox: own.mailbox.clone(), phone: own.phone.clone() }
}

fn change(f: &Located<'_>, wording: &Wording) -> Change {
    let place = |byte: u64| usize::try_from(byte).unwrap_or(usize::MAX);
    Change {
        start: place(f.byte_start),
        end: place(f.byte_end),
        line: f.line,
        kind: f.finding.kind,
        masked: f.finding.masked.as_str().to_owned(),
        text: wording.proposal(f).map(str::to_owned),
    }
}

/// The file with the changes; none if it does not hold what was found there any more.
fn applied(old: &str, changes: &[Change], engine: &Engine) -> Option<String> {
    let mut new = String::with_capacity(old.len());
    let mut at = 0;
    for change in changes {
        let Some(text) = &change.text else { continue };
        let words = old.get(change.start..change.end)?;
        if change.start < at {
            continue;
        }
        if engine.mask(words, change.kind).as_str() != change.masked {
            return None;
        }
        new.push_str(&old[at..change.start]);
        new.push_str(text);
        at = change.end;
    }
    new.push_str(&old[at..]);
    Some(new)
}

/// The lines that change, masked, as a diff without context.
fn preview(name: &str, old: &str, changes: &[Change], engine: &Engine, scratch: &mut Scratch) -> String {
    let name = inert(name);
    let mut out = format!("--- {name}\n+++ {name}\n");
    let mut last = 0;
    for first in changes.iter().filter(|c| c.text.is_some()) {
        if first.line == last {
            continue;
        }
        last = first.line;
        let start = old[..first.start].rfind('\n').map_or(0, |p| p + 1);
        let end = old[first.start..].find('\n').map_or(old.len(), |p| first.start + p);
        let mut line = |is_new: bool| {
            let (mut text, mut at) = (String::new(), start);
            for change in changes.iter().filter(|c| c.start >= start && c.end <= end) {
                if change.start < at {
                    continue;
                }
                let Some((before, words)) = old.get(at..change.start).zip(old.get(change.start..change.end)) else { continue };
                text += before;
                match &change.text {
                    Some(new) if is_new => text += new,
                    _ => text += engine.mask(words, change.kind).as_str(),
                }
                at = change.end;
            }
            text += &old[at..end];
            // A long line is cut, not shown whole.
            let masked = inert(&engine.masked(&text, scratch)).into_owned();
            masked.chars().take(400).collect::<String>()
        };
        let (before, after) = (line(false), line(true));
        out += &format!("@@ {} @@\n-{before}\n+{after}\n", first.line);
    }
    out
}

/// Puts the new text in the file's place; its rights stay.
fn write(path: &PathBuf, text: &str) -> Result<(), Stop> {
    let rights = fs::metadata(path)?.permissions();
    let mut file = WholeFile::create(path)?;
    file.write_all(text.as_bytes())?;
    file.finish()?;
    Ok(fs::set_permissions(path, rights)?)
}
