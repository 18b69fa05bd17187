//! When it was published: the post, row or page that a finding stands in, and the month it says of itself. Where a source
//! says nothing, its path may; the time of a file is no answer, since a copy has its own.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem;
use regex::Regex;
use regex::bytes;

use crate::check::Draft;
use crate::document::Format;
use crate::report::{Located, Post};

/// How far into a post its date is looked for, in bytes.
const HEAD: usize = 16 << 10;

/// A key that speaks of publishing, with a date after it: ISO, RFC 822 or seconds since 1970.
static DATED: LazyLock<bytes::Regex> = LazyLock::new(|| {
    let keys = "(?:wp:)?post_date|pub_?date|published(?:_time|_at|At|On|Date)?|datePublished|publicerad|publiceringsdatum|created(?:_time|_at|At)?|\
        creation_timestamp|dcterms\\.issued|datetime|timestamp|date|datum|issued|CreationDate";
    bytes::Regex::new(&format!(
        "(?i-u)(?:^|[^a-z0-9_-])(?:{keys})[\"'>]?[ \\t]{{0,8}}(?:[:=(>]|content)?[ \\t=]{{0,3}}[\"'(]?(?:<!\\[CDATA\\[)?\
         (?:D:)?(?:(?P<year>(?:19|20)[0-9]{{2}})-?(?P<month>0[1-9]|1[0-2])(?:-|[0-9]{{2}})|(?P<unix>1[0-9]{{9}})(?:[0-9]{{3}})?\\b|\
         (?:[a-z]{{3}}, )?[0-9]{{1,2}} (?P<word>jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec) (?P<of>(?:19|20)[0-9]{{2}}))"
    ))
    .expect("the pattern is fixed and tested")
});

/// A cell of a table that is a date.
static CELL: LazyLock<bytes::Regex> = LazyLock::new(|| {
    bytes::Regex::new(
        "(?-u)(?:^|[;,\\t\"])(?P<year>20[0-9]{2})-(?P<month>0[1-9]|1[0-2])-[0-3][0-9](?:[ T][0-9:.]{4,12}Z?)?(?:[;,\\t\"\\r]|$)",
    )
    .expect("the pattern is fixed and tested")
});

/// A year and month in a path: `2023/05/`, `2023-05-04-`.
static PATH: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new("(?:^|[/_-])(?P<year>20[0-9]{2})[/_-]?(?P<month>0[1-9]|1[0-2])(?:[/_-]|[0-3][0-9][^0-9]|$)")
        .expect("the pattern is fixed and tested")
});

/// Gives the findings of a draft their posts and months.
pub fn mark(draft: &Draft<'_>, findings: &mut [Located<'_>]) {
    let posts = posts(draft.bytes, draft.format);
    let of_path = PATH.captures(draft.name).and_then(|c| month(c["year"].parse().ok()?, c["month"].parse().ok()?));
    let mut last: Option<(usize, Post)> = None;
    for finding in findings {
        let at = usize::try_from(finding.byte_start.saturating_sub(draft.first_byte)).unwrap_or(0).min(draft.bytes.len());
        let range = post_at(&posts, draft, at);
        let post = match last {
            Some((start, post)) if start == range.start => post,
            _ => {
                let month = date_in(&draft.bytes[range.clone()], draft.format).or(of_path);
                Post { start: draft.first_byte + range.start as u64, month }
            }
        };
        last = Some((range.start, post));
        let due = finding.item.as_ref().and_then(|item| super::month_of(&item.due));
        finding.post = Some(Post { month: due.or(post.month), ..post });
    }
}

fn month(year: u16, month: u16) -> Option<u16> {
    Some(year * 12 + month.checked_sub(1)?)
}

/// The month that a post says it was published in.
fn date_in(post: &[u8], format: Option<Format>) -> Option<u16> {
    // Of running text only what is set apart at its start: a date in a sentence is about something else.
    let head = match format {
        Some(Format::Text) => return None,
        Some(Format::Markdown) => {
            let post = post.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(post);
            let fence = post.get(..3).filter(|f| matches!(*f, b"---" | b"+++"))?;
            let end = memmem::find(&post[3..], fence)?;
            &post[..end + 3]
        }
        _ => &post[..post.len().min(HEAD)],
    };
    let number = |m: bytes::Match<'_>| std::str::from_utf8(m.as_bytes()).ok()?.parse::<u64>().ok();
    let Some(found) = DATED.captures(head) else {
        let cell = (format == Some(Format::Csv)).then(|| CELL.captures(head)).flatten()?;
        return month(u16::try_from(number(cell.name("year")?)?).ok()?, u16::try_from(number(cell.name("month")?)?).ok()?);
    };
    if let Some(seconds) = found.name("unix").and_then(number) {
        return super::month_of(&crate::report::iso(i64::try_from(seconds).ok()?));
    }
    if let Some(word) = found.name("word") {
        let names = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
        let nth = names.iter().position(|n| word.as_bytes().eq_ignore_ascii_case(n.as_bytes()))?;
        return month(u16::try_from(number(found.name("of")?)?).ok()?, u16::try_from(nth + 1).ok()?);
    }
    month(u16::try_from(number(found.name("year")?)?).ok()?, u16::try_from(number(found.name("month")?)?).ok()?)
}

/// The posts of a source that holds many, in order of place; empty where it is one itself, or where lines are posts.
fn posts(bytes: &[u8], format: Option<Format>) -> Vec<Range<usize>> {
    match format {
        Some(Format::Json | Format::Trello) => elements(bytes),
        Some(Format::Xml) => {
            [(&b"<item"[..], &b"</item>"[..]), (b"<entry", b"</entry>")].map(|(open, close)| between(bytes, open, close)).concat()
        }
        Some(Format::Csv) => rows(bytes),
        _ => Vec::new(),
    }
}

fn post_at(posts: &[Range<usize>], draft: &Draft<'_>, at: usize) -> Range<usize> {
    let bytes = draft.bytes;
    if draft.format == Some(Format::JsonLines) {
        let start = memchr::memrchr(b'\n', &bytes[..at]).map_or(0, |p| p + 1);
        return start..memchr::memchr(b'\n', &bytes[at..]).map_or(bytes.len(), |p| at + p);
    }
    let after = posts.partition_point(|p| p.start <= at);
    let inside = after.checked_sub(1).map(|i| posts[i].clone()).filter(|p| at < p.end);
    inside.unwrap_or(0..if posts.is_empty() { bytes.len() } else { 0 })
}

/// From each `open` to the `close` after it.
fn between(bytes: &[u8], open: &[u8], close: &[u8]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(start) = memmem::find(&bytes[from..], open).map(|p| from + p) {
        let end = memmem::find(&bytes[start..], close).map_or(bytes.len(), |p| start + p + close.len());
        found.push(start..end);
        from = end;
    }
    found
}

/// The rows of a table: lines, but for those that a quoted cell runs over.
fn rows(bytes: &[u8]) -> Vec<Range<usize>> {
    let (mut rows, mut start, mut quoted) = (Vec::new(), 0, false);
    for at in memchr::memchr2_iter(b'"', b'\n', bytes) {
        if bytes[at] == b'"' {
            quoted = !quoted;
        } else if !quoted {
            rows.push(start..at + 1);
            start = at + 1;
        }
    }
    rows.push(start..bytes.len());
    rows
}

/// The objects that are elements of the outermost lists: the posts of an export, the cards of a board.
fn elements(bytes: &[u8]) -> Vec<Range<usize>> {
    let (mut found, mut open, mut at) = (Vec::new(), Vec::new(), 0);
    // How many lists stand open, and where the element of the outermost one starts.
    let (mut lists, mut element) = (0_usize, None);
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' => {
                while let Some(p) = memchr::memchr2(b'"', b'\\', bytes.get(at + 1..).unwrap_or_default()) {
                    at += p + 1;
                    if bytes[at] == b'"' {
                        break;
                    }
                    at += 1;
                }
            }
            b'[' | b'{' => {
                if byte == b'{' && lists == 1 && open.last() == Some(&b'[') {
                    element = Some(at);
                }
                lists += usize::from(byte == b'[');
                open.push(byte);
            }
            b']' | b'}' => {
                lists -= usize::from(open.pop() == Some(b'['));
                if lists == 1 && open.last() == Some(&b'[') {
                    found.extend(element.take().map(|start| start..at + 1));
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn posts_say_when_they_were_published() {
        let at = |text: &str, format| date_in(text.as_bytes(), Some(format)).map(super::super::month_name);
        for (format, text, want) in [
            (Format::Markdown, "---\ntitle: Hej\ndate: 2023-05-04\n---\nDatum: 2021-01-01", Some("2023-05")),
            (Format::Markdown, "# Hej\n\nDatum: 2021-01-01", None),
            (Format::Html, "<meta property=\"article:published_time\" content=\"2019-11-02T08:00\">", Some("2019-11")),
            (Format::Html, "<time datetime=\"2020-02-29\">", Some("2020-02")),
            (Format::Html, "{\"datePublished\": \"2018-07-01\"}", Some("2018-07")),
            (Format::JsonLines, "{\"text\": \"x\", \"created_time\": \"2022-12-24T10:00:00+0000\"}", Some("2022-12")),
            (Format::Json, "{\"timestamp\": 1589000000, \"data\": []}", Some("2020-05")),
            (Format::Json, "{\"birthdate\": \"2012-05-01\", \"birth-date\": \"2012-05-01\"}", None),
            (Format::Xml, "<item><pubDate>Tue, 04 Oct 2016 10:00:00 +0000</pubDate>", Some("2016-10")),
            (Format::Xml, "<wp:post_date><![CDATA[2015-03-01 10:00]]>", Some("2015-03")),
            (Format::Csv, "Facebook;2024-06-01 10:00;Hej", Some("2024-06")),
            (Format::Csv, "Facebook;Hej den 2024-06-01 och;x", None),
        ] {
            assert_eq!(at(text, format).as_deref(), want, "{text}");
        }
        for (path, want) in [
            ("webb/2023/05/a.md", Some("2023")),
            ("_posts/2021-03-04-hej.md", Some("2021")),
            ("a/20230504.txt", Some("2023")),
            ("a/2045123.txt", None),
        ] {
            assert_eq!(PATH.captures(path).map(|c| c["year"].to_owned()).as_deref(), want, "{path}");
        }
    }

    #[test]
    fn lists_rows_and_items_are_posts() {
        let parts = |text: &str, format| posts(text.as_bytes(), Some(format)).into_iter().map(|r| text[r].to_owned()).collect::<Vec<_>>();
        assert_eq!(
            parts("{\"a\": {\"x\": 1}, \"posts\": [{\"t\": \"]}\\\"\", \"m\": [{}]}, {\"t\": 2}]}", Format::Json),
            ["{\"t\": \"]}\\\"\", \"m\": [{}]}", "{\"t\": 2}"]
        );
        assert_eq!(parts("a;b\n\"c\nd\";e\nf", Format::Csv), ["a;b\n", "\"c\nd\";e\n", "f"]);
        assert_eq!(parts("<rss><item>a</item> <item>b</item></rss>", Format::Xml), ["<item>a</item>", "<item>b</item>"]);
        assert!(elements(b"]]}}[[{").is_empty());
    }
}
