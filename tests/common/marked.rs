#![allow(dead_code, unreachable_pub, missing_docs, reason = "shared by tests and examples")]
//! Reads marked text: `[[kind:attr|text]]`, never nested, and files of items headed `=== id=… kind=… channel=…`.

/// One mark: kind, attributes and the bytes of the plain text it covers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub kind: String,
    pub attributes: Vec<String>,
    pub start: usize,
    pub end: usize,
}

/// A text without its marks, and the marks.
#[derive(Clone, Debug, Default)]
pub struct Item {
    pub id: String,
    pub channel: String,
    pub text: String,
    pub marks: Vec<Mark>,
}

/// Takes the marks out of `marked`. A mark without a kind (`[[text]]`) has an empty kind.
pub fn unmark(marked: &str) -> Item {
    let mut item = Item::default();
    let mut rest = marked;
    while let Some(at) = rest.find("[[") {
        item.text.push_str(&rest[..at]);
        let Some(close) = rest[at..].find("]]") else { break };
        let inside = &rest[at + 2..at + close];
        let (head, text) = inside.split_once('|').unwrap_or(("", inside));
        let mut names = head.split(':').map(str::to_owned);
        let start = item.text.len();
        item.text.push_str(text);
        let kind = names.next().unwrap_or_default();
        item.marks.push(Mark { kind, attributes: names.filter(|n| !n.is_empty()).collect(), start, end: item.text.len() });
        rest = &rest[at + close + 2..];
    }
    item.text.push_str(rest);
    item
}

/// The items of a file.
pub fn items(file: &str) -> Vec<Item> {
    let mut all: Vec<(String, String, String)> = Vec::new();
    for line in file.lines() {
        if let Some(header) = line.strip_prefix("=== ") {
            let field = |name: &str| header.split(' ').find_map(|f| f.strip_prefix(name)).unwrap_or_default().to_owned();
            all.push((field("id="), field("channel="), String::new()));
        } else if let Some((_, _, body)) = all.last_mut() {
            body.push_str(line);
            body.push('\n');
        }
    }
    all.into_iter().map(|(id, channel, body)| Item { id, channel, ..unmark(body.trim_matches('\n')) }).collect()
}
