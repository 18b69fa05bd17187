//! `ombud init`, `ombud config --show`, own rules and `ombud rules check`: what an organisation makes its own.

#[path = "common/program.rs"]
mod program;

use program::{folder, ombud};

const LIST: &str = "lexicon = \"kundord\"\nwords = [\"kundnummer*\"]\nhits = [\"Ditt [[kundnummer]].\"]\nmisses = [\"Kunden ringde.\"]\n\
    [title]\nsv = \"kundnummer\"\nen = \"customer number\"\n";

const RULE: &str = r#"id    = "KOM001"
slug  = "kundnummer-namn"
since = "1.0.0"
[title]
sv = "Namn och kundnummer"
en = "Name and customer number"
[when]
find = { kind = "person", except = ["dead", "fictional"] }
with = [{ lexicon = "kundord" }]
[severity]
own-web       = "error"
us-dpf        = "error"
third-country = "error"
internal      = "warning"
[message]
sv = "Texten kopplar en person till ett kundnummer."
en = "The text links a person to a customer number."
[why]
sv = "Numret öppnar vårt register."
en = "The number opens our register."
[remedy]
sv = "Ta bort numret."
en = "Delete the number."
[[law]]
ref  = "GDPR art. 5.1 c"
date = "2016-04-27"
[[hits]]
channel = "web"
text = "[[Linnea Ek]] har kundnummer 12."
severity = "error"
[[hits]]
channel = "facebook"
text = "Kundnummer 9 tillhör [[Olle Ström]]."
severity = "error"
[[hits]]
channel = "intranat"
text = "Fråga [[Karin Holm]] om kundnummer 7."
severity = "warning"
[[misses]]
channel = "web"
text = "Ange ditt kundnummer."
because = "nobody is named"
[[misses]]
channel = "web"
text = "Linnea Ek vann."
because = "no number"
[[misses]]
channel = "facebook"
text = "Kunden är Linnea Ek."
because = "another word"
"#;

const CONFIG: &str = "exclude = [\"ombud.toml\", \"egna/**\"]\nrules = [\"egna\"]\n";

#[test]
fn own_rules_are_rules_as_any() {
    let files: [(&str, &[u8]); 4] = [
        ("ombud.toml", CONFIG.as_bytes()),
        ("egna/kund.toml", LIST.as_bytes()),
        ("egna/KOM001.toml", RULE.as_bytes()),
        ("a.txt", "Linnea Ek har kundnummer 12.\n".as_bytes()),
    ];
    let dir = folder(&files);
    let run = ombud(dir.path(), &["check", "--format", "compact", "."], b"");
    assert!(run.stdout.contains("error KOM001 kundnummer-namn") && run.status == 1, "{} {}", run.stdout, run.stderr);
    let run = ombud(dir.path(), &["explain", "KOM001", "--lang", "sv"], b"");
    assert!(run.stdout.contains("Numret öppnar vårt register."), "{}", run.stderr);
    let run = ombud(dir.path(), &["rules", "check", "--lang", "en"], b"");
    assert!(run.status == 0 && run.stdout.contains("74 rules (1 own), 1 own lists") && run.stdout.contains(", 0 faults"), "{}", run.stdout);
}

#[test]
fn faults_in_own_rules_have_a_place() {
    let turned = RULE.replace("severity = \"warning\"", "severity = \"note\"").replace("Linnea Ek vann.", "Linnea Ek, kundnummer 3, vann.");
    let few = RULE.replace("[[misses]]\nchannel = \"web\"\ntext = \"Linnea Ek vann.\"\nbecause = \"no number\"\n", "");
    let spare = RULE.replace("[when]", "[[when]]").replace("[severity]", "[[when]]\nfind = { kind = \"plate\" }\n[severity]");
    for (rule, status, says) in [
        (RULE.replace("kind = \"person\"", "kind = \"persn\""), 2, vec!["unknown kind `persn`, did you mean `person`?", "KOM001.toml:8"]),
        (RULE.replace("\"kundord\"", "\"kundor\""), 2, vec!["unknown lexicon `kundor`, did you mean `kundord`?", "KOM001.toml:9"]),
        (RULE.replace("[why]", "[varför]"), 2, vec!["KOM001.toml"]),
        (RULE.replace("slug ", "slugg"), 2, vec!["unknown field `slugg`, did you mean `slug`?", "KOM001.toml:2"]),
        (RULE.replace("KOM001", "OMB001"), 2, vec!["not OMB", "KOM001.toml:1"]),
        (RULE.replace("kundnummer-namn", "personnummer"), 2, vec!["the same rule"]),
        (turned, 1, vec!["KOM001 hits 3: another severity: warning", "KOM001 misses 2: fires", "2 faults"]),
        (few, 1, vec!["KOM001 misses: fewer than three"]),
        (spare, 1, vec!["KOM001 [[when]] 2: no hit needs the condition"]),
    ] {
        let files: [(&str, &[u8]); 3] =
            [("ombud.toml", CONFIG.as_bytes()), ("egna/kund.toml", LIST.as_bytes()), ("egna/KOM001.toml", rule.as_bytes())];
        let dir = folder(&files);
        let run = ombud(dir.path(), &["rules", "check", "--lang", "en"], b"");
        let all = format!("{}{}", run.stdout, run.stderr);
        assert!(run.status == status && says.iter().all(|s| all.contains(s)), "{says:?}: {} {all}", run.status);
        // Examples may be about real people: nothing of them is shown.
        assert!(!all.contains("Linnea") && !all.contains("Holm"), "{all}");
    }
}

#[test]
fn each_condition_looks_for_its_own_words() {
    let start = RULE.find("[when]").expect("a condition");
    let end = RULE.find("[severity]").expect("severities");
    let when = "[[when]]\nfind = { lexicon = \"portrait\" }\nroles = [\"alt\"]\n[[when]]\nfind = { lexicon = \"kundord\" }\nroles = [\"alt\"]\n\
        [[when]]\nfind = { kind = \"plate\" }\n";
    let rule = format!("{}{when}{}", &RULE[..start], &RULE[end..]);
    for (text, fires) in [
        ("![Porträtt av en hund](a.jpg)", true),
        ("![Ett kundnummer på en skylt](a.jpg)", true),
        ("![Bilen ABC 123 på torget](a.jpg)", true),
        ("![En hund på en skylt](a.jpg)", false),
        ("Ett kundnummer på en skylt.", false),
    ] {
        let files: [(&str, &[u8]); 4] = [
            ("ombud.toml", CONFIG.as_bytes()),
            ("egna/kund.toml", LIST.as_bytes()),
            ("egna/KOM001.toml", rule.as_bytes()),
            ("a.md", text.as_bytes()),
        ];
        let dir = folder(&files);
        let run = ombud(dir.path(), &["check", "--format", "json", "a.md"], b"");
        assert_eq!(run.stdout.contains("KOM001"), fires, "{text}: {} {}", run.stdout, run.stderr);
    }
}

/// The files of the example in `docs/rules.md`: the detector, and the rule that asks for it.
fn documented() -> (String, String) {
    let docs = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/rules.md")).expect("the documentation");
    let block = |first: &str| {
        let at = docs.find(&format!("```toml\n{first}")).unwrap_or_else(|| panic!("no example with {first}")) + "```toml\n".len();
        docs[at..].split("```").next().expect("an end").to_owned()
    };
    (block("detector = \"library-card\""), block("id    = \"KOM002\""))
}

const DETECTORS: &str = "exclude = [\"ombud.toml\", \"own-rules/**\"]\nrules = [\"own-rules\"]\n";

#[test]
fn own_detectors_find_what_own_rules_ask_for() {
    let (detector, rule) = documented();
    let files: [(&str, &[u8]); 4] = [
        ("ombud.toml", DETECTORS.as_bytes()),
        ("own-rules/library-card.toml", detector.as_bytes()),
        ("own-rules/KOM002.toml", rule.as_bytes()),
        ("a.txt", "Linnea Ek tappade lånekort LK-2044 på torget.\n".as_bytes()),
    ];
    let dir = folder(&files);
    let run = ombud(dir.path(), &["rules", "check", "--lang", "en"], b"");
    assert!(run.status == 0 && run.stdout.contains("74 rules (1 own), 0 own lists, 1 own detectors"), "{} {}", run.stdout, run.stderr);
    let run = ombud(dir.path(), &["check", "--format", "json", "."], b"");
    let answer: serde_json::Value = serde_json::from_str(&run.stdout).expect("JSON");
    let finding = answer["findings"].as_array().expect("findings").iter().find(|f| f["rule"] == "KOM002").expect("the own rule");
    assert_eq!((&finding["kind"], &finding["masked"]), (&"own".into(), &"**-****".into()), "{finding}");
    assert!(finding["evidence"].to_string().contains("own:library-card"), "{finding}");
    // To the built-in rules it is personal data as any.
    let alone = ["check", "--channel", "facebook", "--format", "compact", "-"];
    let text = "Lånekort LK-2044 är upphittat.".as_bytes();
    assert!(ombud(dir.path(), &alone, text).stdout.contains("OMB710"));
    let without = ombud(dir.path(), &[&alone[..], &["--no-config"]].concat(), text);
    assert!(without.status == 0 && !without.stdout.contains("OMB"), "{} {}", without.stdout, without.stderr);
    let run = ombud(dir.path(), &["explain", "library-card", "--lang", "sv"], b"");
    assert!(run.stdout.contains("library-card · lånekort"), "{} {}", run.stdout, run.stderr);
}

#[test]
fn a_form_of_a_built_in_kind_meets_its_rules() {
    let detector = "detector = \"bookkeeping-account\"\ntitle = { sv = \"bokföringskonto\", en = \"account\" }\nkind = \"account\"\nattributes = [\"clearing\"]\n\
        patterns = ['BK-[0-9]{5}']\nhits = [\"[[BK-20441]]\", \"a [[BK-20441]]\", \"b [[BK-20441]]\"]\nmisses = [\"a\", \"b\", \"BK-2\"]\n";
    let files: [(&str, &[u8]); 3] = [
        ("ombud.toml", DETECTORS.as_bytes()),
        ("own-rules/account.toml", detector.as_bytes()),
        ("a.txt", "Sätt in pengarna på BK-20441, Linnea Ek.\n".as_bytes()),
    ];
    let dir = folder(&files);
    let run = ombud(dir.path(), &["rules", "check", "--lang", "en"], b"");
    assert_eq!(run.status, 0, "{} {}", run.stdout, run.stderr);
    let run = ombud(dir.path(), &["check", "--format", "json", "a.txt"], b"");
    assert!(run.stdout.contains("\"kind\":\"account\"") && run.stdout.contains("own:bookkeeping-account"), "{} {}", run.stdout, run.stderr);
}

#[test]
fn faults_in_own_detectors_have_a_place() {
    let (good, rule) = documented();
    for (from, to, status, says) in [
        ("LK-?[0-9]{4}'", "LK-?[0-9{4}'", 2, vec!["is no regular expression", "library-card.toml:2"]),
        ("LK-?[0-9]{4}'", "[0-9]*'", 2, vec!["matches where nothing stands", "library-card.toml:2"]),
        ("\"library-card\"", "\"phone\"", 2, vec!["`phone` is a built-in kind", "library-card.toml:1"]),
        ("patterns =", "pattern =", 2, vec!["unknown field `pattern`, did you mean `patterns`?", "library-card.toml:2"]),
        ("[title]", "validator = \"luhm\"\n[title]", 2, vec!["unknown validator `luhm`, did you mean `luhn`?", "library-card.toml:6"]),
        ("\"library-card\"", "\"card\"", 2, vec!["unknown kind `library-card` in rule KOM002", "KOM002.toml"]),
        ("Order LK-2044", "Kortnr LK-2044", 1, vec!["library-card misses 1: fires", "1 faults"]),
        ("Kortnr: [[LK2044]]", "Kort: [[LK2044]]", 1, vec!["library-card hits 3: silent"]),
        (", \"Kortnr: [[LK2044]]\"", "", 1, vec!["library-card hits: fewer than three"]),
    ] {
        let detector = good.replacen(from, to, 1);
        assert_ne!(detector, good, "{from}");
        let files: [(&str, &[u8]); 4] = [
            ("ombud.toml", DETECTORS.as_bytes()),
            ("own-rules/library-card.toml", detector.as_bytes()),
            ("own-rules/KOM002.toml", rule.as_bytes()),
            ("a.txt", b"Hej.\n"),
        ];
        let dir = folder(&files);
        let run = ombud(dir.path(), &["rules", "check", "--lang", "en"], b"");
        let all = format!("{}{}", run.stdout, run.stderr);
        assert!(run.status == status && says.iter().all(|s| all.contains(s)), "{says:?}: {} {all}", run.status);
        assert!(!all.contains("Linnea"), "{all}");
        // A gate that could not read its rules does not say yes.
        let run = ombud(dir.path(), &["check", "a.txt"], b"");
        assert_eq!(run.status == 2, status == 2, "{} {}", run.stdout, run.stderr);
    }
    // Lists too: an expression that nobody can read finds nothing, and must be told.
    let list = LIST.replace("words", "patterns = [\"[0-9\"]\nwords");
    let files: [(&str, &[u8]); 3] = [("ombud.toml", CONFIG.as_bytes()), ("egna/kund.toml", list.as_bytes()), ("a.txt", b"Hej.\n")];
    let run = ombud(folder(&files).path(), &["check", "a.txt"], b"");
    assert!(run.status == 2 && run.stderr.contains("kund.toml"), "{} {}", run.stdout, run.stderr);
}

#[test]
fn files_are_checked_without_a_configuration() {
    let dir = folder(&[("kund.toml", LIST.as_bytes()), ("KOM001.toml", RULE.as_bytes())]);
    let run = ombud(dir.path(), &["rules", "check", "--no-config", "--lang", "sv", "kund.toml", "KOM001.toml"], b"");
    assert!(run.status == 0 && run.stdout.contains("74 regler (1 egna)"), "{} {}", run.stdout, run.stderr);
}

#[test]
fn init_writes_what_can_be_read_back() {
    for (lang, pack) in [("sv", "kommun"), ("en", "skola"), ("sv", "intern")] {
        let files: [(&str, &[u8]); 4] = [
            ("utkast/Facebook/a.md", b"Hej.\n"),
            ("content/b.md", b"Hej.\n"),
            ("hugo.toml", b"title = \"x\"\n"),
            ("bilder/c.md", b"Hej.\n"),
        ];
        let dir = folder(&files);
        let args = ["init", "--lang", lang, "--policy", pack, "--organisation", "Exempel \"kommun\"", "--domain", "exempelkommun.example"];
        let run = ombud(dir.path(), &args, b"");
        assert!(
            run.status == 0 && run.stdout.contains("utkast/Facebook/** → facebook") && run.stdout.contains("content/** → web"),
            "{}",
            run.stdout
        );
        let show = |path: &str| ombud(dir.path(), &["config", "--lang", "en", "--show", path], b"").stdout;
        assert!(show("utkast/Facebook/a.md").contains("facebook · us-dpf"), "{}", show("utkast/Facebook/a.md"));
        assert!(show("content/b.md").contains("web · own-web") && show("content/b.md").contains("exempelkommun.example"));
        assert!(show("bilder/c.md").contains(if pack == "intern" { "intranat · internal" } else { "web · own-web" }));
        let check = ombud(dir.path(), &["check", "utkast", "content", "bilder"], b"");
        assert_eq!(check.status, 0, "{}{}", check.stdout, check.stderr);
        let again = ombud(dir.path(), &["init", "--lang", "en"], b"");
        assert!(again.status == 2 && again.stderr.contains("--force"), "{}", again.stderr);
        // Every line that is commented out is a setting once it is not.
        let text = std::fs::read_to_string(dir.path().join("ombud.toml")).expect("written");
        let is_setting = |l: &&str| l.starts_with("# ") && (l.contains(" = ") && !l.contains(": ") || l.starts_with("# ["));
        let open: String = text.lines().map(|l| if is_setting(&l) { format!("{}\n", &l[2..]) } else { format!("{l}\n") }).collect();
        let open = open.replace("rules = [\"egna-regler/\"]\n", "").replace("rules = [\"own-rules/\"]\n", "");
        std::fs::write(dir.path().join("ombud.toml"), &open).expect("written");
        let check = ombud(dir.path(), &["check", "content"], b"");
        assert!(check.status == 0, "{open}\n{}{}", check.stdout, check.stderr);
    }
}

#[test]
fn every_value_has_its_origin() {
    let config = "extends = \"skola\"\n[paths]\n\"ut/**\" = \"facebook\"\n[severity]\nOMB301 = { us-dpf = \"note\" }\n[[suppress]]\npaths = [\"ut/**\"]\nrules = [\"OMB304\"]\nreason = \"samtycke\"\n";
    let dir = folder(&[("ombud.toml", config.as_bytes())]);
    let run = ombud(dir.path(), &["config", "--lang", "en", "--show", "ut/a.css"], b"");
    let line =
        |start: &str| run.stdout.lines().find(|l| l.starts_with(start)).unwrap_or_else(|| panic!("{start}: {}{}", run.stdout, run.stderr));
    for (start, says) in [
        ("pack", "skola"),
        ("pack", "ombud.toml:1"),
        ("channel", "ombud.toml:3 \"ut/**\""),
        ("day", "2026-02-02"),
        ("exception", "OMB304 · samtycke"),
        ("exception", "ombud.toml:6"),
        ("left out", "the pack skola"),
        ("OMB301", "note      ombud.toml:5"),
        ("OMB304", "error     the pack skola"),
        ("OMB101", "error     the rule"),
    ] {
        assert!(line(start).contains(says), "{start}: {}", line(start));
    }
    let run = ombud(dir.path(), &["config", "--lang", "en", "--no-config", "--policy", "strikt", "--as-of", "2026-01-01", "--show"], b"");
    assert!(run.stdout.contains("--no-config") && run.stdout.contains("--policy") && run.stdout.contains("--as-of"), "{}", run.stdout);
}
