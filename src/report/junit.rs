//! JUnit XML: each source a suite, each finding a test case. What does not reach the level of failure passes, with its
//! message; what somebody has accepted is skipped, with the reason.

use std::io::{self, Write};

use super::escape::xml;
use super::{Lang, Located, Reporter, SourceReport, Summary, inert};
use crate::finding::Severity;
use crate::source::Class;

/// Collects suites, since their counts come first.
#[derive(Debug)]
pub struct Junit<W> {
    out: W,
    lang: Lang,
    /// The least severity that fails; `None`: nothing does.
    fails: Option<Severity>,
    suites: String,
    cases: String,
    suite: Counts,
    all: Counts,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    tests: u64,
    failures: u64,
    errors: u64,
    skipped: u64,
}

impl Counts {
    const fn add(&mut self, other: Self) {
        self.tests += other.tests;
        self.failures += other.failures;
        self.errors += other.errors;
        self.skipped += other.skipped;
    }

    fn attributes(self) -> String {
        format!("tests=\"{}\" failures=\"{}\" errors=\"{}\" skipped=\"{}\"", self.tests, self.failures, self.errors, self.skipped)
    }
}

impl<W: Write> Junit<W> {
    /// Writes to `out`, with messages in `lang`; findings from `fails` on are failures.
    pub fn new(out: W, lang: Lang, fails: Option<Severity>) -> Self {
        let (suite, all) = (Counts::default(), Counts::default());
        Self { out, lang, fails, suites: String::new(), cases: String::new(), suite, all }
    }

    fn case(&mut self, path: &str, name: &str, inside: &str) {
        self.suite.tests += 1;
        let (path, name) = (xml(&inert(path)), xml(name));
        self.cases += &format!("    <testcase classname=\"{path}\" name=\"{name}\"");
        self.cases += &if inside.is_empty() { "/>\n".to_owned() } else { format!(">{inside}</testcase>\n") };
    }
}

impl<W: Write> Reporter for Junit<W> {
    fn finding(&mut self, f: &Located<'_>) -> io::Result<()> {
        let rule = f.finding.rule;
        let message = xml(&format!("{} ({})", self.lang.pick(&rule.message), f.finding.masked));
        let inside = if let Some(accepted) = &f.finding.accepted {
            self.suite.skipped += 1;
            format!("<skipped message=\"{}\"/>", xml(&accepted.reason))
        } else if self.fails.is_some_and(|least| f.finding.severity >= least) {
            self.suite.failures += 1;
            let (kind, remedy) = (f.finding.severity.name(), xml(&self.lang.remedy(&f.finding)));
            format!("<failure message=\"{message}\" type=\"{kind}\">{remedy}</failure>")
        } else {
            format!("<system-out>{message}</system-out>")
        };
        let name = format!("{} {} {}:{}", rule.id, rule.slug, f.line, f.column);
        self.case(&f.path, &name, &inside);
        Ok(())
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        if let SourceReport::Unread(unread) = source {
            let reason = xml(self.lang.of(&unread.reason.sv, &unread.reason.en));
            let inside = if unread.class == Class::Excluded {
                self.suite.skipped += 1;
                format!("<skipped message=\"{reason}\"/>")
            } else {
                self.suite.errors += 1;
                format!("<error message=\"{reason}\" type=\"not-read\"/>")
            };
            self.case(source.name(), self.lang.of("läsning", "reading"), &inside);
        } else {
            self.case(source.name(), self.lang.of("läsning", "reading"), "");
        }
        let name = xml(&inert(source.name()));
        self.suites += &format!("  <testsuite name=\"{name}\" {}>\n{}  </testsuite>\n", self.suite.attributes(), self.cases);
        self.cases.clear();
        self.all.add(std::mem::take(&mut self.suite));
        Ok(())
    }

    fn finish(&mut self, _: &Summary) -> io::Result<()> {
        let counts = self.all.attributes();
        write!(
            self.out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"ombud\" {counts}>\n{}</testsuites>\n",
            self.suites
        )?;
        self.out.flush()
    }
}
