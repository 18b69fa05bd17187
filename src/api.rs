//! Api: a request in JSON comes in, an answer in JSON goes out. The service and the browser page share it, so that both
//! say what the program says. Pure, as the engine is.

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

use crate::check::{Checked, Checker, Draft};
use crate::document::{Document, DocumentBuilder, Format, Limits, Role};
use crate::engine::{Engine, Scratch};
use crate::policy::config::{Config, ConfigError};
use crate::policy::{Judge, Policy, pack_names};
use crate::report::{InField, Json, Lang, Located, Reporter, Snippets, Summary};
use crate::source::{Decoded, decode};
use crate::text::{Counter, Text, Unit};
use crate::{Rulebook, Sensitivity};

/// A request to check one draft or file. Unknown keys are refused.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Request {
    /// The draft's text; absent where the content comes as bytes.
    pub text: Option<String>,
    /// Alternative texts of the images that go with it.
    pub alts: Vec<String>,
    /// A file's bytes in Base64 (RFC 4648), in place of `text`; for the service.
    pub content: Option<String>,
    /// The name it is reported under.
    pub name: Option<String>,
    /// The format; otherwise told from the name and the text.
    pub format: Option<String>,
    /// The channel it is for; otherwise what it says itself, or the pack's default.
    pub channel: Option<String>,
    /// The pack; otherwise the configuration's.
    pub policy: Option<String>,
    /// `sv` or `en`.
    pub lang: Option<String>,
    /// What `start` and `end` count: `bytes`, `chars` or `utf16`; absent: they are left out.
    pub offsets: Option<String>,
}

/// What is wrong with a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

impl<E: std::fmt::Display> From<E> for Fault {
    fn from(e: E) -> Self {
        Self(e.to_string())
    }
}

/// Policies and engines, made when first asked for.
#[derive(Debug)]
pub struct Api {
    config: Config,
    pack: &'static str,
    policies: Vec<(&'static str, OnceLock<Policy>)>,
    engines: [OnceLock<Engine>; 2],
}

impl Api {
    /// An interface under `config`; `pack` leads over the one that it extends.
    ///
    /// # Errors
    /// The configuration names what is not there.
    pub fn new(config: Config, pack: Option<&str>) -> Result<Self, Fault> {
        let names = pack_names();
        let asked = pack.or(config.extends.as_deref()).unwrap_or("kommun");
        let policy = Policy::new(asked, &config).map_err(|e| Fault(e.message))?;
        let pack = policy.pack();
        let policies: Vec<_> = names.into_iter().map(|name| (name, OnceLock::new())).collect();
        if let Some((_, cell)) = policies.iter().find(|(name, _)| *name == pack) {
            let _ = cell.set(policy);
        }
        Ok(Self { config, pack, policies, engines: [OnceLock::new(), OnceLock::new()] })
    }

    /// The same from the text of an `ombud.toml`.
    ///
    /// # Errors
    /// The text is at fault; the message says where.
    pub fn from_toml(text: &str) -> Result<Self, Fault> {
        let config = Config::parse(text).map_err(|ConfigError { message, span }| {
            let line = text.get(..span.start).map_or(1, |before| before.matches('\n').count() + 1);
            Fault(format!("{line}: {message}"))
        })?;
        Self::new(config, None)
    }

    /// The policy of a pack.
    ///
    /// # Errors
    /// There is no such pack.
    pub fn policy(&self, name: Option<&str>) -> Result<&Policy, Fault> {
        let name = name.unwrap_or(self.pack);
        let Some((pack, cell)) = self.policies.iter().find(|(pack, _)| *pack == name) else {
            return Err(Policy::new(name, &self.config).err().map_or(Fault(name.to_owned()), |e| Fault(e.message)));
        };
        if cell.get().is_none() {
            let _ = cell.set(Policy::new(pack, &self.config).map_err(|e| Fault(e.message))?);
        }
        cell.get().ok_or_else(|| Fault(name.to_owned()))
    }

    /// The engine of a sensitivity.
    pub fn engine(&self, sensitivity: Sensitivity) -> &Engine {
        let cell = &self.engines[usize::from(sensitivity == Sensitivity::High)];
        cell.get_or_init(|| {
            // There is no clock here: terms of office count on the day that the pack was reviewed.
            let own = self.policy(None).map_or_else(|_| crate::resolve::Own::default(), |policy| self.config.own.on(policy.today()));
            Engine::new(Rulebook::built_in(), sensitivity).with_own(own)
        })
    }

    /// Checks a draft, or a file where `bytes` are given, and writes the answer (`ombud-check/1`).
    ///
    /// # Errors
    /// The request names a channel, pack, format or unit that is none, or has nothing to check.
    pub fn check(&self, request: &Request, bytes: Option<&[u8]>, scratch: &mut Scratch) -> Result<Vec<u8>, Fault> {
        let policy = self.policy(request.policy.as_deref())?;
        let channel = match &request.channel {
            Some(name) => policy.channels().find(name).ok_or_else(|| Fault(policy.channels().unknown(name).message))?,
            None => policy.default_channel(),
        };
        let name: Arc<str> = request.name.as_deref().unwrap_or("-").into();
        let by_name = || name.rsplit_once('.').and_then(|(_, ending)| Format::from_extension(ending));
        let format = match &request.format {
            Some(format) => Some(Format::from_name(format).ok_or_else(|| Fault(format!("unknown format `{format}`")))?),
            None => by_name(),
        };
        let unit = match &request.offsets {
            Some(unit) => Some(Unit::from_name(unit).ok_or_else(|| Fault(format!("unknown unit `{unit}`: bytes, chars or utf16")))?),
            None => None,
        };
        let lang = if request.lang.as_deref() == Some("en") { Lang::En } else { Lang::Sv };
        let engine = self.engine(policy.sensitivity());
        let judge = Judge::new(policy);
        let checker = Checker { engine, judge: &judge, snippets: Snippets::None, limits: Limits::DEFAULT };
        let draft = |bytes| Draft { name: &name, bytes, format, channel, first_byte: 0, exceptions: &[] };
        let checked = match (bytes, &request.text) {
            (Some(bytes), _) => checker.check(&draft(bytes), scratch),
            (None, Some(text)) if request.alts.is_empty() && unit.is_none() => checker.check(&draft(text.as_bytes()), scratch),
            (None, Some(text)) => check_fields(&checker, text, &request.alts, format, unit, &draft, scratch)?,
            (None, None) => return Err(Fault("nothing to check: give `text` or `content`".to_owned())),
        };
        answer(checked, &name, lang)
    }

    /// All rules, channels and packs, for those who show findings.
    ///
    /// # Errors
    /// The default pack's policy cannot be made.
    pub fn rules(&self) -> Result<Vec<u8>, Fault> {
        let policy = self.policy(None)?;
        let level = |rule: &crate::policy::Rule, class| rule.severity_in(class).map_or("off", crate::finding::Severity::name);
        let rules = policy.rules().iter().map(|rule| {
            let severity: serde_json::Map<_, _> =
                crate::policy::Class::ALL.iter().map(|&class| (class.name().to_owned(), level(rule, class).into())).collect();
            serde_json::json!({
                "id": rule.id, "slug": rule.slug, "title": rule.title, "message": rule.message, "why": rule.why, "remedy": rule.remedy,
                "law": rule.law, "severity": severity,
            })
        });
        let channels = policy.channels().iter().map(|channel| {
            serde_json::json!({ "id": channel.id, "name": channel.name, "class": channel.class.name(), "aliases": channel.aliases() })
        });
        Ok(serde_json::to_vec(&serde_json::json!({
            "schema": "ombud-rules/1", "version": env!("CARGO_PKG_VERSION"), "policy": self.pack, "policies": pack_names(),
            "rules": rules.collect::<Vec<_>>(), "channels": channels.collect::<Vec<_>>(),
        }))?)
    }
}

/// Checks a text and its images' alternative texts as one document, so that a name that is read in full in one is known in
/// the others.
fn check_fields<'p, 'd>(
    checker: &Checker<'p>,
    text: &str,
    alts: &[String],
    format: Option<Format>,
    unit: Option<Unit>,
    draft: &impl Fn(&'d [u8]) -> Draft<'d>,
    scratch: &mut Scratch,
) -> Result<Checked<'p>, Fault> {
    let mut source = text.to_owned();
    let mut starts = vec![0];
    for alt in alts {
        source.push_str("\n\n");
        starts.push(source.len());
        source.push_str(alt);
    }
    let document = fields(&source, text.len(), &starts, format)?;
    let decoded: Decoded<'_> = decode(source.as_bytes());
    let mut findings = checker.judge(&document, &decoded, &draft(&[]), scratch);
    let mut counters: Vec<Counter<'_>> = Vec::new();
    let unit = unit.unwrap_or_default();
    for (i, &start) in starts.iter().enumerate() {
        let end = starts.get(i + 1).map_or(source.len(), |next| next - 2);
        counters.push(Counter::new(&source[start..end], unit));
    }
    for finding in &mut findings {
        finding.in_field = Some(in_field(finding, &starts, &mut counters));
    }
    Ok(Checked { findings, unread: None })
}

fn in_field(finding: &Located<'_>, starts: &[usize], counters: &mut [Counter<'_>]) -> InField {
    let range = finding.finding.span.range();
    let field = starts.partition_point(|start| *start <= range.start).saturating_sub(1);
    let units = counters[field].range(range.start - starts[field]..range.end - starts[field]);
    InField { field, start: units.start, end: units.end }
}

fn fields(source: &str, text: usize, starts: &[usize], format: Option<Format>) -> Result<Document<'static>, Fault> {
    let mut b = DocumentBuilder::for_source(source.len());
    let text = &source[..text];
    let inner = format.unwrap_or(Format::Text).read(text).map_err(|e| Fault(e.message))?;
    b.append(&inner, &Text::verbatim(text), Role::Body, None);
    for (i, &start) in starts.iter().enumerate().skip(1) {
        let end = starts.get(i + 1).map_or(source.len(), |next| next - 2);
        let at = u32::try_from(start)?;
        b.open(Role::Alt, None, at);
        b.text.verbatim(&source[start..end], at);
        b.close();
    }
    Ok(b.finish())
}

fn answer(checked: Checked<'_>, name: &str, lang: Lang) -> Result<Vec<u8>, Fault> {
    let mut out = Vec::new();
    let mut summary = Summary::default();
    let mut json = Json::new(&mut out, lang);
    for finding in &checked.findings {
        summary.count(&finding.finding);
        json.finding(finding)?;
    }
    let source = summary.source(name, checked.unread);
    json.source(&source)?;
    json.finish(&summary)?;
    Ok(out)
}

/// An error as those outside read it.
#[must_use]
pub fn error_json(fault: &Fault) -> Vec<u8> {
    #[derive(Serialize)]
    struct Error<'f> {
        error: &'f str,
    }
    serde_json::to_vec(&Error { error: &fault.0 }).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(request: &str) -> serde_json::Value {
        let api = Api::new(Config::default(), None).unwrap();
        let request: Request = serde_json::from_str(request).unwrap();
        serde_json::from_slice(&api.check(&request, None, &mut Scratch::default()).unwrap()).unwrap()
    }

    #[test]
    fn fields_have_offsets_of_their_own() {
        let answer =
            ask(r#"{"text":"👋 Pnr 800102-2386.","alts":["En båt","Ring 070-174 06 12 nu"],"channel":"facebook","offsets":"utf16"}"#);
        let seen: Vec<_> =
            answer["findings"].as_array().unwrap().iter().map(|f| (&f["field"], &f["start"], &f["end"], &f["role"])).collect();
        let text = (&0.into(), &7.into(), &18.into(), &"body".into());
        assert_eq!(seen[0], text);
        assert_eq!((seen[1].0, seen[1].1, seen[1].2, seen[1].3), (&2.into(), &5.into(), &18.into(), &"alt".into()));
    }

    #[test]
    fn faults_name_what_is_wrong() {
        let api = Api::new(Config::default(), None).unwrap();
        let ask = |request: &Request| api.check(request, None, &mut Scratch::default()).unwrap_err().0;
        assert!(ask(&Request::default()).starts_with("nothing to check"));
        let unknown = Request { text: Some(String::new()), channel: Some("facebok".into()), ..Request::default() };
        assert!(ask(&unknown).contains("`facebook`"), "{}", ask(&unknown));
        assert!(Api::from_toml("\nlangauge = 1").unwrap_err().0.starts_with("2: unknown field"));
    }
}
