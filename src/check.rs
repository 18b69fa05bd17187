//! Check: one source in memory, from bytes to findings with their places. The program, the service and the browser page
//! all go this way, so that they say the same. Pure: no files, no threads, no clock, no network.

mod redact;

pub use redact::{Redacted, redact};

use std::collections::HashMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use crate::detect::confidence;
use crate::document::{Document, Format, Limits};
use crate::engine::{Engine, Scratch};
use crate::policy::Judging;
use crate::report::{Located, Snippets, locate};
use crate::source::{Class, Decoded, Reason, Unread, decode, has_signature, is_binary};
use crate::text::Text;

/// What finds and what judges.
#[derive(Clone, Copy, Debug)]
pub struct Checker<'p> {
    /// Finds entities.
    pub engine: &'p Engine,
    /// Judges them.
    pub judge: &'p dyn Judging<'p>,
    /// Whether masked lines are wanted.
    pub snippets: Snippets,
    /// What is too much to unpack.
    pub limits: Limits,
}

/// One source, or a piece of one.
#[derive(Clone, Copy, Debug)]
pub struct Draft<'d> {
    /// The name it is reported under.
    pub name: &'d Arc<str>,
    /// Its bytes.
    pub bytes: &'d [u8],
    /// Its format; `None`: told from its text.
    pub format: Option<Format>,
    /// The channel of what does not say its own.
    pub channel: usize,
    /// Where the bytes start in their file.
    pub first_byte: u64,
    /// Numbers of the configuration's exceptions that are for it.
    pub exceptions: &'d [usize],
}

/// What became of a source.
#[derive(Debug)]
pub struct Checked<'p> {
    /// The findings, in order of place.
    pub findings: Vec<Located<'p>>,
    /// Why it, or part of it, was not read.
    pub unread: Option<Unread>,
}

impl Checked<'_> {
    /// Nothing could be read.
    #[must_use]
    pub fn failed(name: &str, reason: Reason) -> Self {
        Self { findings: Vec::new(), unread: Some(Unread { name: name.to_owned(), reason, class: Class::Error }) }
    }
}

impl<'p> Checker<'p> {
    /// Checks one source. A fault in a reader or detector neither passes for a clean source nor ends the caller.
    pub fn check(&self, draft: &Draft<'_>, scratch: &mut Scratch) -> Checked<'p> {
        if let Some(format) = packed_format(draft) {
            return self.caught(draft, scratch, |scratch| self.unpack(format, draft, scratch));
        }
        // A name that says text is believed where no signature says otherwise: zero bytes hide nothing.
        let is_text = draft.format.is_some_and(|f| !f.is_packed());
        if draft.first_byte == 0 && if is_text { has_signature(draft.bytes) } else { is_binary(draft.bytes) } {
            let reason = Reason::new("ett format som inte läses", "a format that is not read");
            return Checked {
                findings: Vec::new(),
                unread: Some(Unread { name: draft.name.to_string(), reason, class: Class::Unsupported }),
            };
        }
        self.caught(draft, scratch, |scratch| self.read(draft, scratch))
    }

    /// Does `work`; a panic in it becomes a failure of this source.
    fn caught(&self, draft: &Draft<'_>, scratch: &mut Scratch, work: impl FnOnce(&mut Scratch) -> Checked<'p>) -> Checked<'p> {
        catch_unwind(AssertUnwindSafe(|| work(scratch))).unwrap_or_else(|_| {
            *scratch = Scratch::default();
            Checked::failed(draft.name, Reason::new("internt fel vid läsningen", "internal fault while reading"))
        })
    }

    /// Checks a packed source: its lines are those of the text that was taken out, its bytes those of its parts.
    fn unpack(&self, format: Format, draft: &Draft<'_>, scratch: &mut Scratch) -> Checked<'p> {
        let mut document = match format.unpack(draft.bytes, &self.limits) {
            Ok(document) => document,
            Err(why) => {
                let class = if why.is_unsupported() { Class::Unsupported } else { Class::Error };
                let unread = Unread { name: draft.name.to_string(), reason: why.into(), class };
                return Checked { findings: Vec::new(), unread: Some(unread) };
            }
        };
        let decoded = Decoded::unpacked(std::mem::take(&mut document.text));
        let document = Document { text: Text::verbatim(&decoded.text), ..document };
        let mut findings = self.judge(&document, &decoded, draft, scratch);
        for finding in &mut findings {
            let at = u32::try_from(finding.byte_start).unwrap_or(u32::MAX);
            let start = document.part_at(at).map_or(0, |p| u64::from(p.start));
            finding.byte_start -= start;
            finding.byte_end -= start;
        }
        let unread = document.faults.first().map(|f| {
            // It may speak of a part by its name.
            let at = if f.at > 0 { format!(" (byte {})", f.at) } else { String::new() };
            let (sv, en) = (format!("{}{at}", packed_fault_sv(&f.message)), format!("{}{at}", f.message));
            let reason = Reason::new(self.engine.masked(&sv, scratch), self.engine.masked(&en, scratch));
            Unread { name: draft.name.to_string(), reason, class: Class::Error }
        });
        Checked { findings, unread }
    }

    fn read(&self, draft: &Draft<'_>, scratch: &mut Scratch) -> Checked<'p> {
        let decoded = decode(draft.bytes);
        let format = draft.format.filter(|f| !f.is_packed()).map_or_else(|| Format::guess(&decoded.text), |f| f.refine(&decoded.text));
        let document = match format.read(&decoded.text) {
            Ok(document) => document,
            Err(fault) => return Checked::failed(draft.name, at_byte(&fault.message, draft.first_byte + fault.at as u64)),
        };
        let findings = self.judge(&document, &decoded, draft, scratch);
        let fault = decoded.broken.map(|at| at_byte("not UTF-8", draft.first_byte + at as u64));
        let fault = fault.or_else(|| document.faults.first().map(|f| at_byte(&f.message, draft.first_byte + f.at as u64)));
        let unread = fault.map(|reason| Unread { name: draft.name.to_string(), reason, class: Class::Error });
        Checked { findings, unread }
    }

    /// The findings of a document that is read already.
    pub fn judge(&self, document: &Document<'_>, decoded: &Decoded<'_>, draft: &Draft<'_>, scratch: &mut Scratch) -> Vec<Located<'p>> {
        let entities = self.engine.detect_in(document, scratch);
        debug_assert!(entities.iter().all(|e| confidence(e.kind, &e.evidence, self.engine.rules()).is_some()));
        let findings = self.judge.judge_with(document, &entities, draft.channel, self.engine.rules(), draft.exceptions);
        let mut findings = locate(findings, &entities, document, decoded, draft.name, draft.first_byte, self.snippets);
        let mut steps = Steps::default();
        for finding in &mut findings {
            // A place is made of the source's own keys, and the line around a finding holds more than what is read: keys,
            // attributes, scripts.
            finding.place = steps.masked(&finding.place, self.engine, scratch);
            if let Some(accepted) = &mut finding.finding.accepted {
                accepted.reason = self.engine.masked(&accepted.reason, scratch);
            }
            if let Some(item) = &mut finding.item {
                item.name = self.engine.masked(&item.name, scratch);
                item.list = self.engine.masked(&item.list, scratch);
            }
            if let Some(snippet) = finding.snippet.as_mut().filter(|_| self.snippets == Snippets::Masked) {
                snippet.text = self.engine.masked(&snippet.text, scratch);
            }
        }
        findings
    }
}

/// The steps of places, masked: most findings of a document stand under the same keys.
#[derive(Debug, Default)]
struct Steps(HashMap<String, String>);

impl Steps {
    /// A place with the personal data in each of its steps masked.
    fn masked(&mut self, place: &str, engine: &Engine, scratch: &mut Scratch) -> String {
        let mut out = String::with_capacity(place.len());
        for (i, step) in place.split('/').enumerate() {
            if i > 0 {
                out.push('/');
            }
            // The number of a row is nobody's.
            if step.len() < 5 && step.bytes().all(|b| b.is_ascii_digit()) {
                out.push_str(step);
            } else if let Some(masked) = self.0.get(step) {
                out.push_str(masked);
            } else {
                let masked = engine.masked(step, scratch);
                out.push_str(&masked);
                self.0.insert(step.to_owned(), masked);
            }
        }
        out
    }
}

/// The format of a source that is read from its bytes. What the bytes say goes before what the name says, but for office
/// files, which are zip archives too.
fn packed_format(draft: &Draft<'_>) -> Option<Format> {
    let named = draft.format.filter(|f| f.is_packed());
    let looks = if draft.first_byte == 0 { Format::of_signature(draft.bytes) } else { None };
    match (named, looks) {
        (Some(Format::Office), _) => named,
        // A text with a picture's name is read as what it is.
        (Some(Format::Image), None) if !is_binary(draft.bytes) => None,
        _ => looks.or(named),
    }
}

/// The Swedish words for a part of a packed source that could not be read.
fn packed_fault_sv(message: &str) -> String {
    let words = [
        ("a part that is not read", "en del som inte läses"),
        ("several parts of one name: only one of them was read", "flera delar med samma namn: bara en av dem lästes"),
        ("not XML", "inte XML"),
        ("broken picture data", "trasiga bilddata"),
        ("broken EXIF", "trasig EXIF"),
        ("broken XMP", "trasig XMP"),
        ("broken IPTC", "trasig IPTC"),
        ("pages without text", "sidor utan text"),
        ("signs whose meaning the file does not tell", "tecken vars betydelse filen inte anger"),
    ];
    words.iter().fold(message.to_owned(), |m, (en, sv)| m.replace(en, sv))
}

fn at_byte(message: &str, at: u64) -> Reason {
    let sv = match message {
        "not UTF-8" => "inte UTF-8".to_owned(),
        "an attachment that is not read" => "en bilaga som inte läses".to_owned(),
        "nested too deep" => "för djupt nästlad".to_owned(),
        "more than 1000 exceptions" => "mer än 1000 undantag".to_owned(),
        other => other.replace("not JSON", "inte JSON"),
    };
    Reason::new(format!("{sv} (byte {at})"), format!("{message} (byte {at})"))
}
