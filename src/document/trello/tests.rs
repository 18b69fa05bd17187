use super::*;
use crate::document::Item;

fn read(source: &str) -> Vec<String> {
    let doc = Trello.read(source).unwrap();
    let line = |r: &super::super::Region| {
        let place = doc.places.name(r.place.unwrap(), source);
        format!("{}|{place}|{}", r.role.name(), &doc.text.as_str()[r.span.range()])
    };
    doc.regions.iter().map(line).collect()
}

const BOARD: &str = r#"{"id":"5f","name":"Redaktionen","desc":"","idOrganization":"198001022386","labelNames":{"red":"FB","blue":"Gammal"},
"lists":[{"id":"l1","name":"Planerat"}],"labels":[{"id":"e1","name":"FB"}],
"customFields":[{"id":"f1","name":"Alt-text","type":"text"},{"id":"f2","name":"Kanal","type":"list","options":[{"id":"o1","value":{"text":"Instagram"}}]},{"id":"f3","name":"Pnr"}],
"cards":[{"id":"c1","idBoard":"5f","idList":"l1","idLabels":["e1"],"name":"Simskola","due":"2026-02-12T06:30:00.000Z","dueComplete":true,
  "desc":"Ring **\u00c5sa**\n\n![Bild](x.png)","labels":[{"id":"e1","name":"FB"}],"shortUrl":"https://trello.com/c/8001022386",
  "customFieldItems":[{"idCustomField":"f1","value":{"text":"Barn"}},{"idCustomField":"f2","idValue":"o1","value":null},{"idCustomField":"f3","value":{"number":"8001022386"}},{"idCustomField":"f1","value":{"number":"8001022386"}}],
  "attachments":[{"id":"a","name":"https://example.se/8001022386","url":"https://example.se/8001022386"},{"name":"Eva.jpg","fileName":"Eva%20Ek.jpg"}],
  "pluginData":[{"id":"p","value":"{\"fields\":{\"1-2\":\"P\\u00e5 \\u00f6n\",\"x\":\"8001022386\"}}"}],"nyhet":"En ny text","email":"a+1@boards.example"}],
"checklists":[{"id":"k1","idCard":"c1","name":"Att göra","checkItems":[{"name":"Fråga Eva","state":"incomplete"}]},{"id":"k2","idCard":"borta","name":"Kvar","checkItems":[]}],
"members":[{"fullName":"Åsa Öst","username":"asa1"}],
"actions":[{"id":"x","type":"commentCard","data":{"text":"Hör av dig","card":{"name":"Simskola","shortLink":"8001022386"}},"memberCreator":{"fullName":"Åsa Öst"}},
  {"data":{"old":{"desc":"Förr"},"card":{"desc":"Nu","id":"8"},"board":{"name":"Simskola"}}}]}"#;

#[test]
fn every_text_of_a_board_has_its_role_and_pointer() {
    assert!(is_trello(BOARD));
    let want = [
        "title|/cards/0/name|Simskola",
        "body|/cards/0/desc|Ring Åsa",
        "alt|/cards/0/desc|Bild",
        "alt|/cards/0/customFieldItems/0/value/text|Barn",
        "body|/cards/0/customFieldItems/2/value/number|8001022386",
        "title|/checklists/0/name|Att göra",
        "body|/checklists/0/checkItems/0/name|Fråga Eva",
        "meta|/cards/0/attachments/1/name|Eva.jpg",
        "meta|/cards/0/attachments/1/fileName|Eva Ek.jpg",
        "meta|/cards/0/pluginData/0/value|På ön",
        "meta|/cards/0/nyhet|En ny text",
        "meta|/name|Redaktionen",
        "meta|/lists/0/name|Planerat",
        "meta|/labels/0/name|FB",
        "meta|/customFields/0/name|Alt-text",
        "meta|/customFields/1/name|Kanal",
        "meta|/customFields/1/options/0/value/text|Instagram",
        "meta|/customFields/2/name|Pnr",
        "meta|/labelNames/blue|Gammal",
        "title|/checklists/1/name|Kvar",
        "history|/actions/0/data/text|Hör av dig",
        "history|/actions/0/data/card/name|Simskola",
        "staff|/actions/0/memberCreator/fullName|Åsa Öst",
        "history|/actions/1/data/old/desc|Förr",
        "history|/actions/1/data/card/desc|Nu",
        "staff|/cards/0/email|a+1@boards.example",
    ];
    assert_eq!(read(BOARD), want);
    let doc = Trello.read(BOARD).unwrap();
    assert_eq!(doc.channels, ["FB\u{1f}Planerat\u{1f}Instagram"]);
    let item = |pointer: &str| {
        doc.regions.iter().find(|r| doc.places.name(r.place.unwrap(), BOARD) == pointer).map(|r| doc.items.of(r.place.unwrap()))
    };
    let card = Item {
        name: "Simskola".into(),
        list: "Planerat".into(),
        labels: vec!["FB".into()],
        due: "2026-02-12T06:30:00.000Z".into(),
        done: true,
    };
    assert_eq!(item("/checklists/0/checkItems/0/name"), Some(Some(&card)));
    assert_eq!(item("/lists/0/name"), Some(None));
}

#[test]
fn spans_lead_through_json_and_markdown() {
    let doc = Trello.read(BOARD).unwrap();
    for (word, written) in [("Åsa", r"\u00c5sa"), ("På ön", r"P\\u00e5 \\u00f6n"), ("Eva Ek", "Eva%20Ek")] {
        let at = doc.text.as_str().find(word).unwrap() as u32;
        let span = doc.text.source_span(Span::new(at, at + word.len() as u32));
        assert_eq!(&BOARD[span.range()], written);
    }
}

#[test]
fn a_single_card_is_the_root() {
    let card = r#"{"id":"c","idBoard":"b","name":"Kort","desc":"Text","labels":[{"name":"FB"}],"list":{"name":"Nu"},
        "checklists":[{"name":"Lista","checkItems":[{"name":"Punkt"}]}],"members":[{"fullName":"Eva"}],"actions":[{"data":{"text":"Svar"}}]}"#;
    let want = [
        "title|/name|Kort",
        "body|/desc|Text",
        "title|/checklists/0/name|Lista",
        "body|/checklists/0/checkItems/0/name|Punkt",
        "meta|/labels/0/name|FB",
        "history|/actions/0/data/text|Svar",
        "staff|/members/0/fullName|Eva",
    ];
    assert_eq!(read(card), want);
    assert_eq!(Trello.read(card).unwrap().channels, ["FB\u{1f}Nu"]);
}

#[test]
fn cards_of_another_program_are_read_as_json() {
    let other = r#"{"cards":[{"front":"Ett kort"}],"lists":[1],"more":"Allt läses"}"#;
    assert_eq!(read(other), ["body|/cards/0/front|Ett kort", "body|/more|Allt läses"]);
    let many = r#"[{"idBoard":"1","name":"A","desc":"B"},{"idBoard":"1","name":"C","desc":"D"}]"#;
    assert_eq!(read(many), ["title|/0/name|A", "body|/0/desc|B", "title|/1/name|C", "body|/1/desc|D"]);
}
