//! For people who listen: whole sentences in the order they are needed, no drawing, no columns to line up.

use std::io::{self, Write};

use super::human::{channel_words, level_name, reasons, role_words};
use super::{IN_FULL, Lang, Located, Reporter, SourceReport, Summary, inert, totals};
use crate::source::Class;

/// Tells findings in sentences.
#[derive(Debug)]
pub struct Narrated<W> {
    out: W,
    lang: Lang,
    told: u64,
}

impl<W: Write> Narrated<W> {
    /// Writes to `out`, in `lang`.
    pub const fn new(out: W, lang: Lang) -> Self {
        Self { out, lang, told: 0 }
    }
}

/// A sentence ends with a full stop, also one that is made of parts.
fn sentence(text: &str) -> String {
    let mut chars = text.trim_end_matches('.').chars();
    chars.next().map_or_else(String::new, |first| format!("{}{}.", first.to_uppercase(), chars.as_str()))
}

impl<W: Write> Reporter for Narrated<W> {
    fn finding(&mut self, f: &Located<'_>) -> io::Result<()> {
        if !f.finding.counts() {
            return Ok(());
        }
        self.told += 1;
        let (lang, rule) = (self.lang, f.finding.rule);
        let place = format!(
            "{} {}, {} {}, {} {}",
            lang.of("fil", "file"),
            inert(&f.path),
            lang.of("rad", "line"),
            f.line,
            lang.of("tecken", "character"),
            f.column
        );
        writeln!(
            self.out,
            "{} {} {}. {} {}",
            sentence(&format!(
                "{}: {} {} {}",
                level_name(f.finding.severity, lang),
                lang.pick(&rule.title),
                role_words(f.finding.role, lang),
                channel_words(f, lang)
            )),
            lang.of("Regel", "Rule"),
            rule.id,
            sentence(&place),
            sentence(&format!("{} {}", lang.of("maskerat", "masked"), f.finding.masked)),
        )?;
        if self.told > IN_FULL {
            return Ok(());
        }
        let because = format!("{} {}", lang.of("tecken på det:", "signs of it:"), reasons(&f.finding.evidence, lang));
        writeln!(self.out, "{}", sentence(&because))?;
        writeln!(self.out, "{} {}", lang.of("Varför:", "Why:"), lang.pick(&rule.why))?;
        writeln!(self.out, "{} {}\n", lang.of("Gör så:", "Do:"), lang.remedy(&f.finding))
    }

    fn source(&mut self, source: &SourceReport) -> io::Result<()> {
        match source {
            SourceReport::Unread(unread) if unread.class != Class::Excluded => {
                let reason = self.lang.of(&unread.reason.sv, &unread.reason.en);
                writeln!(self.out, "{} {}: {}.", self.lang.of("Inte läst:", "Not read:"), inert(&unread.name), inert(reason))
            }
            _ => Ok(()),
        }
    }

    fn finish(&mut self, summary: &Summary) -> io::Result<()> {
        writeln!(self.out, "{}.", totals(summary, self.lang).replace(" · ", ". "))?;
        self.out.flush()
    }
}
