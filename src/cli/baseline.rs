//! `ombud baseline`: findings that were there before, so that a site with old pages can start today.

use std::collections::HashSet;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::drafts::{DraftArgs, Drafts, View, full};
use super::settings::Settings;
use super::{CLEAN, FOUND, Stop, UNJUDGED, locale};
use crate::finding::{Accepted, By};
use crate::policy::{Baseline, Matching};
use crate::report::{Lang, Located, Reporter, SourceReport, Summary, WholeFile};

/// The file that is looked for in the folder of `ombud.toml` or, without one, where the program runs.
pub(super) const NAME: &str = "ombud-baseline.jsonl";

#[derive(Debug, clap::Args)]
pub(super) struct BaselineArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Accept everything that is found now.
    Create(MakeArgs),
    /// Accept what is found now and forget what is not found any more.
    Update(MakeArgs),
    /// Forget what is not found any more; accept nothing new.
    Prune(MakeArgs),
    /// Say how many findings are accepted, by rule and by file.
    Show {
        /// The baseline.
        #[arg(long, value_name = "FILE")]
        file: Option<PathBuf>,
    },
}

#[derive(Debug, clap::Args)]
struct MakeArgs {
    #[command(flatten)]
    drafts: DraftArgs,
    /// The baseline; otherwise ombud-baseline.jsonl beside ombud.toml or in the folder you are in.
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// Change nothing; exit 1 if the baseline would grow.
    #[arg(long)]
    frozen: bool,
}

/// A baseline that findings are held against.
#[derive(Debug)]
pub(super) struct Held {
    matching: Matching,
    baseline: Baseline,
    /// The folder its paths start from.
    root: PathBuf,
}

impl Held {
    /// Reads a baseline: the one named, or the one that is found where it is looked for.
    pub(super) fn open(named: Option<&Path>, settings: &Settings) -> Result<Option<Self>, Stop> {
        let path = place(named, settings)?;
        if named.is_none() && !path.is_file() {
            return Ok(None);
        }
        let baseline = read(&path)?;
        let root = path.parent().map_or_else(PathBuf::new, Path::to_owned);
        let matching = Matching::new(&baseline, |p| !root.join(p).exists());
        Ok(Some(Self { matching, baseline, root }))
    }

    /// Marks a finding that the baseline accepts.
    pub(super) fn settle(&mut self, drafts: &Drafts<'_>, f: &mut Located<'_>) {
        let path = drafts.path_from(&self.root, &f.path);
        if f.finding.counts() && self.matching.accepts(&path, f.finding.rule.id, f.finding.fingerprint.0) {
            f.finding.accepted = Some(Box::new(Accepted { by: By::Baseline, reason: String::new(), until: None, since: None }));
        }
    }

    /// Entries that could be pruned after a run that read the sources of these names.
    pub(super) fn idle(&self, drafts: &Drafts<'_>, read: &HashSet<String>) -> usize {
        let kept = pruned(&self.baseline, &self.matching, &self.root, &paths(drafts, &self.root, read));
        self.baseline.len().saturating_sub(kept.len())
    }
}

/// The names of the sources that were read.
#[derive(Clone, Debug, Default)]
pub(super) struct Names(Arc<Mutex<HashSet<String>>>);

impl Names {
    pub(super) fn take(&self) -> HashSet<String> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Reporter for Names {
    fn finding(&mut self, _: &Located<'_>) -> std::io::Result<()> {
        Ok(())
    }

    fn source(&mut self, source: &SourceReport) -> std::io::Result<()> {
        if let SourceReport::Scanned { path } = source {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(path.clone());
        }
        Ok(())
    }

    fn finish(&mut self, _: &Summary) -> std::io::Result<()> {
        Ok(())
    }
}

fn paths(drafts: &Drafts<'_>, root: &Path, read: &HashSet<String>) -> HashSet<String> {
    read.iter().map(|name| drafts.path_from(root, name)).collect()
}

/// What of a baseline is still found, or was not looked at.
fn pruned(old: &Baseline, matching: &Matching, root: &Path, read: &HashSet<String>) -> Baseline {
    old.updated(matching.matched(), |path| read.contains(path), |path| !root.join(path).exists())
}

/// Where the baseline stands, in full.
fn place(named: Option<&Path>, settings: &Settings) -> Result<PathBuf, Stop> {
    let here = std::env::current_dir()?.canonicalize()?;
    Ok(named.map_or_else(|| settings.folder(&here).join(NAME), |path| full(&here, path)))
}

fn read(path: &Path) -> Result<Baseline, Stop> {
    let name = path.file_name().map_or_else(String::new, |n| n.to_string_lossy().into_owned());
    let text = std::fs::read_to_string(path).map_err(|e| Stop::Message(format!("{name}: {e}")))?;
    Baseline::parse(&text).map_err(|line| Stop::Message(format!("{name}:{line}: not an entry of a baseline")))
}

pub(super) fn run(args: &BaselineArgs, lang: Option<Lang>) -> Result<u8, Stop> {
    match &args.action {
        Action::Create(make) | Action::Update(make) | Action::Prune(make) => make_one(&args.action, make, lang),
        Action::Show { file } => {
            let settings = Settings::load(&super::SettingsArgs { policy: None, config: None, no_config: false, as_of: None })?;
            show(&read(&place(file.as_deref(), &settings)?)?, lang.or(settings.lang()).unwrap_or_else(locale))
        }
    }
}

fn make_one(action: &Action, make: &MakeArgs, lang: Option<Lang>) -> Result<u8, Stop> {
    let settings = Settings::load(&make.drafts.settings)?;
    let lang = lang.or(settings.lang()).unwrap_or_else(locale);
    let path = place(make.file.as_deref(), &settings)?;
    let root = path.parent().map_or_else(PathBuf::new, Path::to_owned);
    let is_new = matches!(action, Action::Create(_));
    if is_new && path.exists() {
        let text = lang.of("baslinjen finns redan: `ombud baseline update`", "the baseline is already there: `ombud baseline update`");
        return Err(Stop::Message(text.to_owned()));
    }
    let old = if is_new { Baseline::default() } else { read(&path)? };
    let gone = |p: &str| !root.join(p).exists();
    let mut matching = Matching::new(&old, gone);
    let mut now = Baseline::default();
    let drafts = Drafts::find(&make.drafts, &settings, lang)?;
    let names = Names::default();
    let mut reporters: Vec<Box<dyn Reporter + Send>> = vec![Box::new(names.clone())];
    let summary = drafts.scan(View::default(), &mut reporters, &mut |f| {
        if f.finding.counts() {
            let path = drafts.path_from(&root, &f.path);
            matching.accepts(&path, f.finding.rule.id, f.finding.fingerprint.0);
            now.add(&path, f.finding.rule.id, f.finding.fingerprint.0);
        }
        false
    })?;
    let read = paths(&drafts, &root, &names.take());
    let new = if matches!(action, Action::Prune(_)) {
        pruned(&old, &matching, &root, &read)
    } else {
        old.updated(&now, |p| read.contains(p), gone)
    };
    let grows = new.findings() > matching.matched().findings() + left_out(&old, &read, gone);
    if make.frozen {
        say(&new, lang)?;
        return Ok(if !summary.is_complete() {
            UNJUDGED
        } else if grows {
            FOUND
        } else {
            CLEAN
        });
    }
    let mut file = WholeFile::create(&path).map_err(|e| Stop::Message(format!("{NAME}: {e}")))?;
    file.write_all(new.to_lines().as_bytes())?;
    file.finish()?;
    say(&new, lang)?;
    if !summary.is_complete() {
        let text =
            lang.of("allt kunde inte läsas: kör `ombud check` och se vad", "not everything could be read: run `ombud check` to see what");
        return Err(Stop::Message(text.to_owned()));
    }
    Ok(CLEAN)
}

/// Findings that a baseline has of sources that were not read and are still there.
fn left_out(old: &Baseline, read: &HashSet<String>, gone: impl Fn(&str) -> bool) -> u64 {
    old.updated(&Baseline::default(), |path| read.contains(path), gone).findings()
}

fn say(baseline: &Baseline, lang: Lang) -> Result<(), Stop> {
    let (findings, files, lines) = (baseline.findings(), baseline.paths().len(), baseline.len());
    super::check::print(&match lang {
        Lang::Sv => format!("{findings} fynd i {files} filer, {lines} rader i baslinjen\n"),
        Lang::En => format!("{findings} findings in {files} files, {lines} lines in the baseline\n"),
    })
}

fn show(baseline: &Baseline, lang: Lang) -> Result<u8, Stop> {
    let (paths, rules) = baseline.sums();
    let mut text = String::new();
    for (what, sums) in [(lang.of("regel", "rule"), rules), (lang.of("fil", "file"), paths)] {
        let mut rows: Vec<_> = sums.into_iter().collect();
        rows.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        text += &format!("{what}\n");
        rows.iter().for_each(|(name, count)| text += &format!("{count:>8}  {}\n", crate::report::inert(name)));
        text += "\n";
    }
    super::check::print(&text)?;
    say(baseline, lang)?;
    Ok(CLEAN)
}
