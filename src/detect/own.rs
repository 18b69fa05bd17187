//! Detectors that a user added: expressions and words, searched for in the whole text. Where there are none they cost
//! nothing; an expression is compiled when what its matches start with is first seen.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use regex::Regex;

use super::cues::Cues;
use super::expression::Expression;
use super::lexicon::Lexicon;
use super::validators::{self, Validator, Verdict};
use super::{Attribute, Attributes, Entity, Evidence, EvidenceList, Kind, Passage, Reason, RuleError};
use crate::rulefile::{CueNeed, OwnDetectorFile};
use crate::text::words;

/// One detector, checked and ready.
#[derive(Debug)]
pub(super) struct OwnDetector {
    name: &'static str,
    kind: Kind,
    attributes: Attributes,
    patterns: Vec<Pattern>,
    lexicon: Option<Lexicon>,
    validator: Option<Validator>,
    cues: Cues,
    /// Whether a word for it must stand near.
    needs_cue: bool,
    is_doubtful: bool,
}

#[derive(Debug)]
struct Pattern {
    expression: Expression,
    /// Searches for what matches start with.
    starts: Option<AhoCorasick>,
    compiled: OnceLock<Option<Regex>>,
}

impl OwnDetector {
    /// All of these, checked.
    ///
    /// # Errors
    /// What is at fault in one of them, or two of one name.
    pub(super) fn all(files: &[OwnDetectorFile]) -> Result<Vec<Self>, RuleError> {
        for (i, file) in files.iter().enumerate() {
            if files[..i].iter().any(|other| other.detector == file.detector) {
                return Err(RuleError { message: format!("detector `{}` is there twice", file.detector) });
            }
        }
        files.iter().map(Self::load).collect()
    }

    /// Checks a file's names and expressions.
    ///
    /// # Errors
    /// What is at fault, with the detector's name.
    fn load(file: &OwnDetectorFile) -> Result<Self, RuleError> {
        Self::checked(file).map_err(|e| RuleError { message: format!("{} in detector {}", e.message, file.detector) })
    }

    fn checked(file: &OwnDetectorFile) -> Result<Self, RuleError> {
        let fault = |message: String| Err(RuleError { message });
        let kinds = || Kind::ALL.iter().map(|k| k.name());
        if !is_name(&file.detector) {
            return fault(format!("`{}`: a detector's name has small letters, digits and hyphens, as `library-card`", file.detector));
        }
        if kinds().chain(["any"]).any(|kind| kind == file.detector) {
            return fault(format!("`{}` is a built-in kind; write `kind = \"{}\"` for a form of it", file.detector, file.detector));
        }
        let kind = match file.kind.as_deref() {
            None => Kind::Own,
            Some(name @ ("word" | "special")) => return fault(format!("`{name}` has no detectors of its own")),
            Some(name) => Kind::from_name(name).ok_or_else(|| RuleError::unknown("kind", name, kinds()))?,
        };
        if file.patterns.is_empty() && file.words.iter().next().is_none() {
            return fault("a detector needs `patterns` or `words`".into());
        }
        if let Some(bare) = file.words.iter().find(|word| word.trim_matches('*').trim().is_empty()) {
            return fault(format!("the word `{bare}` fits every word"));
        }
        let attribute =
            |n: &String| Attribute::from_name(n).ok_or_else(|| RuleError::unknown("attribute", n, Attribute::ALL.iter().map(|a| a.name())));
        let validator = |name: &str| validators::by_name(name).ok_or_else(|| RuleError::unknown("validator", name, validators::names()));
        let has_cues = file.cues.pro.iter().next().is_some();
        let needs_cue = file.cue.map_or(has_cues, |need| need == CueNeed::Required);
        if needs_cue && !has_cues {
            return fault("`cue = \"required\"` needs words under [cues] for".into());
        }
        Ok(Self {
            name: file.detector.clone().leak(),
            kind,
            attributes: file.attributes.iter().map(attribute).collect::<Result<_, _>>()?,
            patterns: file.patterns.iter().map(|p| Pattern::load(p)).collect::<Result<_, _>>()?,
            lexicon: file.words.iter().next().map(|_| Lexicon::new([file.words])),
            validator: file.validator.as_deref().map(validator).transpose()?,
            cues: Cues::new(file.cues.pro, file.cues.contra, file.cues.window),
            needs_cue,
            is_doubtful: match file.confidence.as_deref() {
                None | Some("high") => false,
                Some("medium") => true,
                Some(other) => return Err(RuleError::unknown("confidence", other, ["high", "medium"])),
            },
        })
    }

    /// Adds what it finds in the text.
    pub(super) fn detect(&self, p: &Passage<'_>, out: &mut Vec<Entity>) {
        for pattern in &self.patterns {
            let Some(regex) = pattern.seen_in(p.text) else { continue };
            for found in regex.find_iter(p.text) {
                self.take(p, found.start(), found.end(), out);
            }
        }
        if let Some(lexicon) = &self.lexicon {
            for word in words(p.text) {
                let end = word.start + word.text.len();
                if let Some(found) = lexicon.look(word.text, &p.text[end..]) {
                    self.take(p, word.start, found.end_in(p.text, end, p.text.len()), out);
                }
            }
        }
    }

    /// Adds `start..end`, if it is whole words of one paragraph and the words around allow it.
    fn take(&self, p: &Passage<'_>, start: usize, end: usize, out: &mut Vec<Entity>) {
        let found = &p.text[start..end];
        let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        let is_cut = inside(found.chars().next()) && inside(p.text[..start].chars().next_back())
            || inside(found.chars().next_back()) && inside(p.text[end..].chars().next());
        let verdict = self.validator.map(|validate| validate(found));
        if is_cut || found.contains("\n\n") || verdict == Some(Verdict::No) {
            return;
        }
        let heard = self.cues.around(p.text, start..end);
        let cue = heard.speaks_for();
        if heard.speaks_against().is_some() || self.needs_cue && cue.is_none() {
            return;
        }
        let mut evidence = EvidenceList::default();
        evidence.push(Evidence { reason: Reason::Own, detail: Some(self.name) });
        if verdict == Some(Verdict::Proven) {
            evidence.push(Reason::Checksum);
        }
        if let Some(word) = cue {
            evidence.push(Evidence { reason: Reason::Cue, detail: Some(word) });
        }
        if self.is_doubtful {
            evidence.push(Reason::Ambiguous);
        }
        out.push(Entity { attributes: self.attributes, ..Entity::new(self.kind, start, end, evidence) });
    }
}

impl Pattern {
    fn load(pattern: &str) -> Result<Self, RuleError> {
        let expression = Expression::load(pattern)?;
        let starts = (!expression.starts.is_empty()).then(|| AhoCorasick::new(&expression.starts).ok()).flatten();
        Ok(Self { expression, starts, compiled: OnceLock::new() })
    }

    /// The expression, if a match can start in the text.
    fn seen_in(&self, text: &str) -> Option<&Regex> {
        if self.starts.as_ref().is_some_and(|starts| !starts.is_match(text)) {
            return None;
        }
        self.compiled.get_or_init(|| self.expression.compile()).as_ref()
    }
}

/// Small letters, digits and hyphens, a letter first.
fn is_name(name: &str) -> bool {
    let fits = |c: char| c.is_lowercase() || c.is_ascii_digit() || c == '-';
    (2..=40).contains(&name.chars().count()) && name.starts_with(char::is_lowercase) && name.chars().all(fits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Rulebook, Sensitivity};

    fn file(text: &str) -> OwnDetectorFile {
        let head = "detector = \"library-card\"\ntitle = { sv = \"lånekort\", en = \"library card\" }\n";
        toml::from_str(&format!("{head}{text}")).unwrap_or_else(|e| panic!("{text}: {e}"))
    }

    fn fault(text: &str) -> String {
        OwnDetector::load(&file(text)).map_or_else(|e| e.message, |_| "loaded".into())
    }

    fn found(detector: &OwnDetector, text: &str) -> Vec<String> {
        let rules = Rulebook::built_in();
        let mut out = Vec::new();
        detector.detect(&Passage { text, rules: &rules, sensitivity: Sensitivity::Normal }, &mut out);
        out.iter().map(|e| text[e.span.range()].to_owned()).collect()
    }

    #[test]
    fn faults_name_the_detector_and_the_nearest() {
        assert_eq!(fault("patterns = ['LK[0-9]{4}']"), "loaded");
        for (text, want) in [
            ("", "a detector needs `patterns` or `words` in detector library-card"),
            ("words = ['*']", "the word `*` fits every word in detector library-card"),
            ("words = ['a']\nkind = 'phon'", "unknown kind `phon`, did you mean `phone`? in detector library-card"),
            ("words = ['a']\nattributes = ['minr']", "unknown attribute `minr`, did you mean `minor`? in detector library-card"),
            ("words = ['a']\nvalidator = 'luhm'", "unknown validator `luhm`, did you mean `luhn`? in detector library-card"),
            ("words = ['a']\nconfidence = 'hig'", "unknown confidence `hig`, did you mean `high`? in detector library-card"),
            ("words = ['a']\ncue = 'required'", "`cue = \"required\"` needs words under [cues] for in detector library-card"),
            ("words = ['a']\nkind = 'special'", "`special` has no detectors of its own in detector library-card"),
        ] {
            assert_eq!(fault(text), want);
        }
        let named = |name: &str| {
            let file = OwnDetectorFile { detector: name.into(), ..file("words = ['a']") };
            OwnDetector::load(&file).map_or_else(|e| e.message, |_| "loaded".into())
        };
        assert!(named("Lånekort").contains("small letters") && named("phone").contains("built-in kind"));
        assert_eq!(named("lånekort-2"), "loaded");
    }

    #[test]
    fn matches_are_whole_words_of_one_paragraph() {
        let detector =
            OwnDetector::load(&file("patterns = ['LK-?[0-9]{4}', '#[a-z]+\\s+kort']\nwords = ['trygghetskort*']")).expect("loads");
        assert_eq!(found(&detector, "LK-2044, XLK-2044, LK-20445 och LK2044"), ["LK-2044", "LK2044"]);
        assert_eq!(found(&detector, "a#mitt kort, #mitt\n\nkort"), ["#mitt kort"]);
        assert_eq!(found(&detector, "Trygghetskortet och kortet"), ["Trygghetskortet"]);
    }

    #[test]
    fn words_around_decide() {
        let cues = "patterns = ['[0-9]{6}']\ncue = 'CUE'\ncues = { for = ['lånekort*'], against = ['order*'], window = 3 }";
        let text = "Lånekort 204411. Order 204412. Nummer och annat, 204413";
        let of = |need: &str| found(&OwnDetector::load(&file(&cues.replace("CUE", need))).expect("loads"), text);
        assert_eq!(of("required"), ["204411"]);
        assert_eq!(of("optional"), ["204411", "204413"]);
    }

    #[test]
    fn an_expression_waits_for_what_its_matches_start_with() {
        let detector = OwnDetector::load(&file("patterns = ['LK-[0-9]{4}']")).expect("loads");
        assert!(found(&detector, "Inget kort här, bara 2044.").is_empty() && detector.patterns[0].compiled.get().is_none());
        assert_eq!(found(&detector, "Kort LK-2044."), ["LK-2044"]);
    }
}
