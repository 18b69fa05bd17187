//! The meter of a long run: how far it has come, how fast, what is left.

use std::io::{self, IsTerminal, Write};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::report::{Lang, Progress};

/// How often a line says how far it has come, where no bar can be drawn.
const SAY: Duration = Duration::from_secs(30);

/// Says how far it has come: a bar where somebody is looking, else a line now and then.
#[derive(Debug)]
pub(super) struct Meter {
    bar: ProgressBar,
    all: u64,
    before: u64,
    start: Instant,
    said: Instant,
    lang: Lang,
}

impl Meter {
    /// `all` bytes to read, `before` of them in an earlier run.
    pub(super) fn new(all: u64, before: u64, lang: Lang) -> Self {
        let watched = io::stderr().is_terminal() && std::env::var_os("CI").is_none();
        let target = if watched { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(all), target).with_position(before);
        if let Ok(style) = ProgressStyle::with_template("{bar:30} {binary_bytes}/{binary_total_bytes} · {binary_bytes_per_sec} · {eta}") {
            bar.set_style(style);
        }
        bar.reset_eta();
        bar.enable_steady_tick(Duration::from_millis(500));
        Self { bar, all, before, start: Instant::now(), said: Instant::now(), lang }
    }

    /// Tells how far it has come.
    pub(super) fn show(&mut self, progress: &Progress) {
        self.bar.set_position(progress.bytes);
        if self.bar.is_hidden() && self.said.elapsed() >= SAY {
            self.said = Instant::now();
            let seconds = self.start.elapsed().as_secs().max(1);
            let rate = (progress.bytes.saturating_sub(self.before) / seconds).max(1);
            let left = self.all.saturating_sub(progress.bytes) / rate;
            let (read, all, rate) = (progress.bytes >> 20, self.all >> 20, rate >> 20);
            let line = match self.lang {
                Lang::Sv => format!("{read} av {all} MiB · {rate} MiB/s · {} min {} s kvar", left / 60, left % 60),
                Lang::En => format!("{read} of {all} MiB · {rate} MiB/s · {} min {} s left", left / 60, left % 60),
            };
            let _ = writeln!(io::stderr(), "{line}");
        }
    }

    /// Takes the bar away.
    pub(super) fn end(&self) {
        self.bar.finish_and_clear();
    }
}
