//! ombud for Python: one class, [`Scanner`], over the pure engine. Nothing is written, read or sent but what is given.

use std::sync::Arc;

use ombud::check::{Checked, Checker, Draft};
use ombud::detect::confidence;
use ombud::document::{Format, Limits};
use ombud::engine::{Engine, Scratch};
use ombud::policy::config::Config;
use ombud::policy::{Judge, Policy};
use ombud::report::{Lang, Located, Snippets, evidence_name};
use ombud::text::{Counter, Unit};
use ombud::{Attribute, Confidence, Entity as Found, Rulebook, Sensitivity};
use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

/// What a rule objects to. It holds no raw value: the words are masked.
#[pyclass(frozen, get_all, module = "ombud", name = "Finding")]
#[derive(Clone, Debug)]
struct Finding {
    rule: String,
    slug: String,
    kind: String,
    attributes: Vec<String>,
    severity: String,
    confidence: String,
    /// First character of the text, and one past the last.
    start: usize,
    end: usize,
    line: u64,
    column: u64,
    place: String,
    role: String,
    channel: String,
    masked: String,
    evidence: Vec<String>,
    message: String,
    remedy: String,
    fingerprint: String,
    also: Vec<String>,
    count: u32,
}

/// Personal data in a text, whatever the channel.
#[pyclass(frozen, get_all, module = "ombud", name = "Entity")]
#[derive(Clone, Debug)]
struct Entity {
    kind: String,
    attributes: Vec<String>,
    start: usize,
    end: usize,
    confidence: String,
    evidence: Vec<String>,
}

#[pymethods]
impl Finding {
    fn __repr__(&self) -> String {
        let Self { rule, slug, severity, start, end, masked, .. } = self;
        format!("Finding({severity} {rule} {slug} {start}:{end} {masked:?})")
    }
}

#[pymethods]
impl Entity {
    fn __repr__(&self) -> String {
        format!("Entity({} {}:{} {})", self.kind, self.start, self.end, self.confidence)
    }
}

/// The rules of a pack, made once; threads may share it.
#[pyclass(frozen, module = "ombud")]
struct Scanner {
    engine: Engine,
    policy: Policy,
    lang: Lang,
}

#[pymethods]
impl Scanner {
    /// A scanner under a pack (`kommun`, `strikt`, `granskning` …) and the text of an `ombud.toml`.
    #[new]
    #[pyo3(signature = (policy = None, *, config = None, sensitivity = None, lang = "sv"))]
    fn new(policy: Option<&str>, config: Option<&str>, sensitivity: Option<&str>, lang: &str) -> PyResult<Self> {
        let config = Config::parse(config.unwrap_or("")).map_err(|e| PyValueError::new_err(e.message))?;
        let pack = policy.or(config.extends.as_deref()).unwrap_or("kommun");
        let policy = Policy::new(pack, &config).map_err(|e| PyValueError::new_err(e.message))?;
        let sensitivity = match sensitivity {
            None => policy.sensitivity(),
            Some("normal") => Sensitivity::Normal,
            Some("high") => Sensitivity::High,
            Some(_) => return Err(PyValueError::new_err("sensitivity: normal or high")),
        };
        let lang = match lang {
            "sv" => Lang::Sv,
            "en" => Lang::En,
            _ => return Err(PyValueError::new_err("lang: sv or en")),
        };
        // There is no clock here: terms of office count on the day that the pack was reviewed.
        let engine = Engine::new(Rulebook::built_in(), sensitivity).with_own(config.own.on(policy.today()));
        Ok(Self { engine, policy, lang })
    }

    /// The findings in one draft, in order of place.
    #[pyo3(signature = (text, channel = None, *, format = "text"))]
    fn check(&self, py: Python<'_>, text: &str, channel: Option<&str>, format: &str) -> PyResult<Vec<Finding>> {
        let (format, channel) = (format_of(format)?, self.channel(channel)?);
        py.detach(|| self.findings(&Judge::new(&self.policy), text, channel, format, &mut Scratch::default()))
            .map_err(PyRuntimeError::new_err)
    }

    /// The findings of many drafts, each judged by itself; `channels` has one for each, or is the one of all.
    #[pyo3(signature = (texts, channels = None, *, channel = None, format = "text"))]
    fn check_many(
        &self,
        py: Python<'_>,
        texts: Vec<Option<String>>,
        channels: Option<Vec<Option<String>>>,
        channel: Option<&str>,
        format: &str,
    ) -> PyResult<Vec<Vec<Finding>>> {
        let (format, default) = (format_of(format)?, self.channel(channel)?);
        if channels.as_ref().is_some_and(|c| c.len() != texts.len()) {
            return Err(PyValueError::new_err("as many channels as texts"));
        }
        let of = |i: usize| channels.as_ref().and_then(|c| c[i].as_deref()).map_or(Ok(default), |name| self.channel(Some(name)));
        let channels = (0..texts.len()).map(of).collect::<PyResult<Vec<_>>>()?;
        let judge = Judge::new(&self.policy);
        let all = || {
            let mut scratch = Scratch::default();
            let drafts = texts.iter().zip(channels);
            drafts.map(|(text, channel)| self.findings(&judge, text.as_deref().unwrap_or(""), channel, format, &mut scratch)).collect::<Result<Vec<_>, _>>()
        };
        py.detach(all).map_err(PyRuntimeError::new_err)
    }

    /// The personal data in a text, whatever the channel, as `ombud detect` gives it.
    #[pyo3(signature = (text, *, format = "text"))]
    fn detect(&self, py: Python<'_>, text: &str, format: &str) -> PyResult<Vec<Entity>> {
        let format = format_of(format)?;
        py.detach(|| self.entities(text, format, &mut Scratch::default())).map_err(PyRuntimeError::new_err)
    }

    /// The personal data in many texts, each read by itself.
    #[pyo3(signature = (texts, *, format = "text"))]
    fn detect_many(&self, py: Python<'_>, texts: Vec<Option<String>>, format: &str) -> PyResult<Vec<Vec<Entity>>> {
        let format = format_of(format)?;
        let all = || {
            let mut scratch = Scratch::default();
            texts.iter().map(|text| self.entities(text.as_deref().unwrap_or(""), format, &mut scratch)).collect::<Result<Vec<_>, _>>()
        };
        py.detach(all).map_err(PyRuntimeError::new_err)
    }
}

impl Scanner {
    fn channel(&self, name: Option<&str>) -> PyResult<usize> {
        let Some(name) = name else { return Ok(self.policy.default_channel()) };
        let channels = self.policy.channels();
        channels.find(name).ok_or_else(|| PyValueError::new_err(channels.unknown(name).message))
    }

    fn findings(&self, judge: &Judge<'_>, text: &str, channel: usize, format: Format, scratch: &mut Scratch) -> Result<Vec<Finding>, String> {
        let checker = Checker { engine: &self.engine, judge, snippets: Snippets::None, limits: Limits::DEFAULT };
        let name: Arc<str> = "-".into();
        let draft = Draft { name: &name, bytes: text.as_bytes(), format: Some(format), channel, first_byte: 0, exceptions: &[] };
        let Checked { findings, unread } = checker.check(&draft, scratch);
        if let Some(unread) = unread {
            return Err(self.lang.of(&unread.reason.sv, &unread.reason.en).to_owned());
        }
        let mut count = Counter::new(text, Unit::Chars);
        Ok(findings.iter().filter(|f| f.finding.counts()).map(|f| self.finding(f, &mut count)).collect())
    }

    fn finding(&self, found: &Located<'_>, count: &mut Counter<'_>) -> Finding {
        let f = &found.finding;
        let units = count.range(f.span.range());
        Finding {
            rule: f.rule.id.to_owned(),
            slug: f.rule.slug.to_owned(),
            kind: f.kind.name().to_owned(),
            attributes: f.attributes.iter().map(|a| a.name().to_owned()).collect(),
            severity: f.severity.name().to_owned(),
            confidence: f.confidence.name().to_owned(),
            start: units.start,
            end: units.end,
            line: found.line,
            column: found.column,
            place: found.place.clone(),
            role: f.role.name().to_owned(),
            channel: f.channel.to_owned(),
            masked: f.masked.as_str().to_owned(),
            evidence: f.evidence.iter().map(|e| evidence_name(e).into_owned()).collect(),
            message: self.lang.pick(&f.rule.message).to_owned(),
            remedy: self.lang.remedy(f).into_owned(),
            fingerprint: found.fingerprint.to_string(),
            also: f.also.iter().map(|r| r.id.to_owned()).collect(),
            count: f.count,
        }
    }

    fn entities(&self, text: &str, format: Format, scratch: &mut Scratch) -> Result<Vec<Entity>, String> {
        let document = format.read(text).map_err(|e| e.message)?;
        let mut found = self.engine.detect_in(&document, scratch);
        found.sort_by_key(|e| document.text.source_span(e.span));
        let mut count = Counter::new(text, Unit::Chars);
        let entity = |e: &Found| {
            let units = count.range(document.text.source_span(e.span).range());
            Entity {
                kind: e.kind.name().to_owned(),
                attributes: e.attributes.iter().map(Attribute::name).map(str::to_owned).collect(),
                start: units.start,
                end: units.end,
                confidence: confidence(e.kind, &e.evidence, self.engine.rules()).map_or("low", Confidence::name).to_owned(),
                evidence: e.evidence.iter().map(|e| evidence_name(e).into_owned()).collect(),
            }
        };
        Ok(found.iter().map(entity).collect())
    }
}

fn format_of(name: &str) -> PyResult<Format> {
    Format::from_name(name).ok_or_else(|| PyValueError::new_err("unknown format"))
}

/// Finds Swedish personal data in drafts and judges it by where they go.
#[pymodule]
fn _ombud(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<Scanner>()?;
    module.add_class::<Finding>()?;
    module.add_class::<Entity>()
}
