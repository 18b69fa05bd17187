//! The search for one person finds every mention and nobody else's: `tests/subject/people.toml`; and nothing that comes out
//! repeats what was asked for.

#[path = "common/marked.rs"]
mod marked;
#[path = "common/program.rs"]
mod program;

use std::fs;

use ombud::document::Format;
use ombud::engine::{Engine, Scratch};
use ombud::subject::{Field, Subject};
use ombud::{Rulebook, Sensitivity};
use program::{folder, ombud};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Cases {
    case: Vec<Case>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    about: String,
    name: Option<String>,
    personnummer: Option<String>,
    phone: Option<String>,
    email: Option<String>,
    text: String,
}

impl Case {
    fn subject(&self) -> Subject {
        let mut subject = Subject::default();
        let given = [
            (Field::Name, &self.name),
            (Field::Personnummer, &self.personnummer),
            (Field::Phone, &self.phone),
            (Field::Email, &self.email),
        ];
        for (field, value) in given {
            value.iter().for_each(|v| subject.add(field, v).expect("a value"));
        }
        subject
    }
}

fn cases() -> Vec<Case> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/subject/people.toml");
    toml::from_str::<Cases>(&fs::read_to_string(path).expect("it is there")).expect("cases").case
}

#[test]
fn people_are_found_in_all_their_forms_and_nobody_else_is() {
    let engine = Engine::new(Rulebook::built_in(), Sensitivity::High);
    let mut scratch = Scratch::default();
    let mut wrong = String::new();
    let cases = cases();
    for case in &cases {
        let item = marked::unmark(&case.text);
        let document = Format::Text.read(&item.text).expect("text is read");
        let entities = engine.detect(document.text.as_str(), &mut scratch);
        let found: Vec<_> = case
            .subject()
            .mentions(&document, &entities)
            .iter()
            .map(|m| format!("{}|{}", m.how.words().0, &item.text[document.text.source_span(m.span).range()]))
            .collect();
        // A genitive's -s stands in the mark and not in the mention, or outside both.
        let want: Vec<_> = item.marks.iter().map(|m| format!("{}|{}", m.kind, &item.text[m.start..m.end])).collect();
        let same = found.len() == want.len() && found.iter().zip(&want).all(|(f, w)| f == w || Some(f.as_str()) == w.strip_suffix('s'));
        if !same {
            wrong += &format!("{}\n  expected {want:?}\n  is       {found:?}\n", case.about);
        }
    }
    assert!(cases.len() >= 20, "{wrong}");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn what_was_asked_for_is_in_no_output() {
    // The query's spellings differ from the text's, so that any copy of them would show.
    let text = "Rektor Anna Berglund, 800102-2386, ring 070-174 06 12 eller skriv till anna@example.se. Erik Holmgren var med.\n";
    let dir = folder(&[
        ("a.txt", text.as_bytes()),
        ("fel.json", b"{"),
        ("fraga.txt", b"bergLUND, anNA\npnr: 19800102 2386\ntel: 0046701740612\nmejl: aNNa@example.SE\n"),
    ]);
    let secrets = ["bergLUND", "anNA", "19800102", "0046701740612", "aNNa@"];
    for format in ["human", "jsonl", "csv"] {
        for args in [
            vec!["subject", "--query", "fraga.txt", "--format", format, "a.txt", "fel.json"],
            vec![
                "subject",
                "--name",
                "bergLUND, anNA",
                "--personnummer",
                "19800102 2386",
                "--phone",
                "0046701740612",
                "--email",
                "aNNa@example.SE",
                "--format",
                format,
                "a.txt",
                "fel.json",
            ],
            vec!["subject", "--personnummer", "bergLUND", "--format", format, "a.txt"],
        ] {
            let run = ombud(dir.path(), &args, b"");
            assert_eq!(run.status, 2, "{args:?} {}", run.stderr);
            for secret in secrets {
                assert!(!run.stdout.contains(secret) && !run.stderr.contains(secret), "{format}: {}\n{}", run.stdout, run.stderr);
            }
            let found = run.stdout.contains("800102-2386");
            assert!(found != args.contains(&"bergLUND") || args.len() < 7, "the person's own data stands in the extract: {}", run.stdout);
            assert!(!run.stdout.contains("Holmgren"), "others are masked: {}", run.stdout);
        }
    }
    let files: Vec<_> = fs::read_dir(dir.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(files.len(), 3, "nothing was stored: {files:?}");
}

#[test]
fn records_of_a_list_name_their_own_people() {
    let lines = "{\"text\":\"Anna Berglund bakade.\",\"alt\":\"Anna vid ugnen\"}\n{\"text\":\"Anna sjöng.\"}\n";
    let list = "[{\"text\":\"Anna Berglund bakade.\",\"alt\":\"Anna vid ugnen\"},{\"text\":\"Anna sjöng.\"}]";
    let rows = "namn;text\nAnna Berglund;Anna bakade en kaka till oss.\nBo Ek;Anna sjöng en visa för oss.\n";
    let dir = folder(&[("a.jsonl", lines.as_bytes()), ("a.json", list.as_bytes()), ("a.csv", rows.as_bytes())]);
    for file in ["a.jsonl", "a.json", "a.csv"] {
        let run = ombud(dir.path(), &["subject", "--query", "-", "--format", "jsonl", file], "Anna Berglund".as_bytes());
        let hows: Vec<_> = run.stdout.lines().filter_map(|l| l.split("\"how\":\"").nth(1)?.split('"').next()).collect();
        assert_eq!(hows, ["full-name", "first-name"], "{file}: {}", run.stdout);
    }
}

#[cfg(unix)]
#[test]
fn an_extract_in_a_file_is_for_its_owner_alone_and_overwrites_nothing() {
    use std::os::unix::fs::PermissionsExt;
    let dir = folder(&[("a.txt", "Anna Berglund kom.\n".as_bytes())]);
    let args = ["subject", "--query", "-", "--output", "utdrag.txt", "a.txt"];
    assert_eq!(ombud(dir.path(), &args, b"Anna Berglund").status, 1);
    let file = dir.path().join("utdrag.txt");
    assert!(fs::read_to_string(&file).expect("it is written").contains("Anna Berglund"));
    assert_eq!(fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o600);
    assert_eq!(ombud(dir.path(), &args, b"Anna Berglund").status, 2, "what is there stays");
}
