//! Drafts on the command line: which are read, under which policy, and what is settled before findings count. Shared by
//! the commands that check.

use std::io::{self, Read};
use std::mem::ManuallyDrop;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

use super::settings::Settings;
use super::{SensitivityArg, SettingsArgs, Stop};
use crate::document::{Format, Limits};
use crate::engine::Engine;
use crate::policy::config::with_limit;
use crate::policy::{Day, Judge};
use crate::report::{Lang, Located, Reporter, Snippets, Summary, Window};
use crate::scan::{Scan, Settle};
use crate::source::{Against, Changes, Entry, Excludes, Ignores, Input, Origin, walk};

#[derive(Debug, clap::Args)]
pub(super) struct DraftArgs {
    /// Files and folders; `-` is standard input. The folder you are in if none is given.
    pub(super) paths: Vec<PathBuf>,
    /// The channel of drafts that do not say theirs: facebook, web, internt …
    #[arg(long)]
    pub(super) channel: Option<String>,
    #[command(flatten)]
    pub(super) settings: SettingsArgs,
    /// How much doubt is let through: normal for drafts, high for audits.
    #[arg(long, value_enum)]
    sensitivity: Option<SensitivityArg>,
    /// Threads; as many as the machine has if left out.
    #[arg(long)]
    threads: Option<usize>,
    /// The format of standard input or of files without a known ending.
    #[arg(long = "as", value_name = "FORMAT", value_parser = clap::builder::PossibleValuesParser::new(Format::names()))]
    as_format: Option<String>,
    /// The name standard input is reported under.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,
    /// Only lines that git sees changed: in the working tree, or since it left a branch or commit.
    #[arg(long, value_name = "REF", num_args = 0..=1, default_missing_value = "HEAD", conflicts_with = "staged")]
    changed: Option<String>,
    /// Only what is staged, as it will be committed.
    #[arg(long)]
    staged: bool,
    /// Leave out what the policy leaves out, also where it is named itself: for hooks that name every file.
    #[arg(long)]
    force_exclude: bool,
    /// Read also what .gitignore and .ombudignore leave out.
    #[arg(long)]
    no_ignore: bool,
    /// Another limit of what is read: file-mib, part-mib, total-mib, entries, depth or ratio.
    #[arg(long, value_name = "NAME=NUMBER", value_parser = crate::policy::config::one_limit)]
    limit: Vec<(String, u64)>,
    /// Let exceptions hide nothing: for auditors.
    #[arg(long)]
    no_suppress: bool,
    /// Finding nothing to read is fine.
    #[arg(long)]
    pub(super) allow_empty: bool,
}

/// How a scan is shown.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct View<'w> {
    pub(super) snippets: Snippets,
    /// Only what is published in this time.
    pub(super) window: Option<&'w Window>,
    /// Whether a bar may be shown.
    pub(super) bar: bool,
}

/// What will be read.
#[derive(Debug)]
pub(super) struct Drafts<'a> {
    args: &'a DraftArgs,
    settings: &'a Settings,
    channel: Option<usize>,
    pub(super) entries: Vec<Entry>,
    excludes: Excludes,
    changes: Option<Changes>,
    here: PathBuf,
}

impl<'a> Drafts<'a> {
    /// Looks for the drafts that `args` name.
    pub(super) fn find(args: &'a DraftArgs, settings: &'a Settings, lang: Lang) -> Result<Self, Stop> {
        let policy = &settings.policy;
        let channel = match &args.channel {
            Some(name) => Some(policy.channels().find(name).ok_or_else(|| Stop::Message(policy.channels().unknown(name).message))?),
            None => None,
        };
        let here = std::env::current_dir()?.canonicalize()?;
        // The configuration and the baseline are nobody's drafts.
        let own = ["ombud.toml".to_owned(), super::baseline::NAME.to_owned()];
        let excludes =
            Excludes::new(policy.exclude().iter().chain(&own)).map_err(|(glob, fault)| Stop::Message(format!("{glob}: {fault}")))?;
        let against = if args.staged { Some(Against::Staged) } else { args.changed.clone().map(Against::Reference) };
        let changes = against.map(|a| Changes::read(&here, &a)).transpose().map_err(Stop::Message)?;
        let mut drafts = Self { args, settings, channel, entries: Vec::new(), excludes, changes, here };
        drafts.entries = match &drafts.changes {
            Some(changes) if args.staged => {
                let folders: Vec<PathBuf> = drafts.paths().iter().map(|p| full(&drafts.here, p)).collect();
                let name = |path: &Path| path.strip_prefix(&drafts.here).unwrap_or(path).to_string_lossy().replace('\\', "/");
                changes.staged(&folders, &drafts.excludes, name).map_err(Stop::Message)?
            }
            Some(changes) => {
                let mut entries = drafts.walk()?;
                entries.retain(|entry| match entry {
                    Entry::Input(input) => changes.has(&full(&drafts.here, Path::new(&input.name))),
                    Entry::Unread(unread) => changes.has(&full(&drafts.here, Path::new(&unread.name))),
                });
                entries
            }
            None => drafts.walk()?,
        };
        if drafts.entries.is_empty() && !args.allow_empty && drafts.changes.is_none() {
            return Err(Stop::Message(lang.of("ingenting att läsa", "nothing to read").to_owned()));
        }
        Ok(drafts)
    }

    fn paths(&self) -> Vec<PathBuf> {
        if self.args.paths.is_empty() { vec![PathBuf::from(".")] } else { self.args.paths.clone() }
    }

    fn walk(&self) -> Result<Vec<Entry>, Stop> {
        let args = self.args;
        let format = args.as_format.as_deref().and_then(Format::from_name);
        let mut entries = Vec::new();
        let (stdin, files): (Vec<PathBuf>, Vec<PathBuf>) = self.paths().into_iter().partition(|p| p.as_os_str() == "-");
        if !stdin.is_empty() {
            let name = args.name.clone().unwrap_or_else(|| "-".to_owned());
            let by_name = name.rsplit_once('.').and_then(|(_, ending)| Format::from_extension(ending));
            entries.push(stdin_entry(name, format.or(by_name))?);
        }
        let ignores = if args.no_ignore { Ignores::Disregard } else { Ignores::Heed };
        for mut entry in walk(&files, &self.excludes, ignores) {
            if let Entry::Input(input) = &entry
                && args.force_exclude
                && self.excludes.leaves_out(&full(&self.here, Path::new(&input.name)), &self.here)
            {
                continue;
            }
            if let Entry::Input(input) = &mut entry {
                input.format = input.format.or(format);
            }
            entries.push(entry);
        }
        Ok(entries)
    }

    /// What finds.
    pub(super) fn engine(&self) -> Engine {
        let sensitivity = self.args.sensitivity.map_or(self.settings.policy.sensitivity(), Into::into);
        self.settings.engine(sensitivity)
    }

    /// What is too much to read: the configuration's limits, and the command line's over them.
    fn limits(&self) -> Limits {
        self.args.limit.iter().fold(self.settings.config.limits.into(), |limits, (name, number)| with_limit(limits, name, *number))
    }

    /// What judges.
    pub(super) fn judge(&self) -> Judge<'a> {
        let judge = Judge::new(&self.settings.policy).on(self.settings.today);
        if self.args.no_suppress { judge.without_exceptions() } else { judge }
    }

    /// The channel of a source by its name.
    pub(super) fn channel_of(&self, name: &str) -> usize {
        let by_path = || self.settings.channel_of_path(name);
        self.channel.or_else(by_path).unwrap_or_else(|| self.settings.policy.default_channel())
    }

    /// Checks them all; `settle` has the first word about each finding.
    pub(super) fn scan(
        &self,
        view: View<'_>,
        reporters: &mut [Box<dyn Reporter + Send + '_>],
        settle: &mut Settle<'_>,
    ) -> Result<Summary, Stop> {
        // Its rules live until the program ends.
        let (engine, judge) = (ManuallyDrop::new(self.engine()), self.judge());
        let scan = Scan {
            engine: &engine,
            judge: &judge,
            channel_of: &|name| self.channel_of(name),
            exceptions_of: &|name| self.settings.exceptions_of(name),
            snippets: view.snippets,
            limits: self.limits(),
            excludes: &self.excludes,
            window: view.window,
            mark: None,
        };
        let mut settle = |f: &mut Located<'_>| {
            let is_changed = |changes: &Changes| changes.touches(&full(&self.here, Path::new(&*f.path)), f.line, f.end_line.max(f.line));
            self.changes.as_ref().is_none_or(is_changed) && settle(f)
        };
        let bar = super::progress(self.entries.len(), view.bar);
        let threads = self.args.threads.unwrap_or(0);
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().map_err(|e| Stop::Message(e.to_string()))?;
        let mut summary = pool.install(|| scan.run(&self.entries, reporters, &mut settle, |done| bar.inc(done)))?;
        bar.finish_and_clear();
        if self.changes.is_none() {
            let idle = judge.idle_exceptions().into_iter().map(|(number, finding)| (self.settings.place_of_exception(number), finding));
            let stale = judge.stale_policy().map(|finding| (self.settings.place_of_pack(), finding));
            for ((path, line), finding) in idle.chain(stale) {
                let mut located = Located::at_line(finding, path, line);
                if settle(&mut located) {
                    summary.count(&located.finding);
                    reporters.iter_mut().try_for_each(|r| r.finding(&located))?;
                }
            }
        }
        Ok(summary)
    }

    /// Whether only changes are looked at.
    pub(super) const fn is_partial(&self) -> bool {
        self.changes.is_some()
    }

    /// A source's path from the folder `root` on, as the baseline names it.
    pub(super) fn path_from(&self, root: &Path, name: &str) -> String {
        let path = full(&self.here, Path::new(name));
        path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/")
    }
}

/// What stands on standard input, under this name.
pub(super) fn stdin_entry(name: String, format: Option<Format>) -> io::Result<Entry> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    Ok(Entry::Input(Input { name, origin: Origin::Bytes(bytes), format }))
}

/// A path in full, without `.` and `..`; links stay as they are.
pub(super) fn full(here: &Path, path: &Path) -> PathBuf {
    let mut all = PathBuf::new();
    for part in here.join(path).components() {
        match part {
            std::path::Component::CurDir => {}
            std::path::Component::ParentDir => drop(all.pop()),
            other => all.push(other),
        }
    }
    all
}

/// The day in UTC.
pub(super) fn today() -> Day {
    Day::from_unix(u64::try_from(seconds()).unwrap_or(0) / 86_400)
}

/// Seconds since 1970. `SOURCE_DATE_EPOCH` sets them, for outputs that must not change from day to day.
pub(super) fn seconds() -> i64 {
    let set = std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|s| s.parse().ok());
    let clock = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(0));
    set.unwrap_or_else(clock)
}
