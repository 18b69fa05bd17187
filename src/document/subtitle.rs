//! Subtitles: SubRip and WebVTT. A sentence over several cues is one; notes are comments; styling is left out.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use super::entities::push_html_text;
use super::html::role_of_comment;
use super::lines::{Line, lines};
use super::{Document, DocumentBuilder, ReadError, Reader, Role, Step};

/// Reads SubRip and WebVTT.
#[derive(Debug)]
pub(super) struct Subtitle;

/// What the lines up to the next blank one are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Block {
    /// Its first line is still to come.
    Start,
    Cue,
    Note,
    Style,
}

impl Reader for Subtitle {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut b = DocumentBuilder::for_source(source.len());
        let mut block = Block::Start;
        let (mut cue, mut ended) = (0, true);
        let mut all = lines(source).peekable();
        while let Some(line) = all.next() {
            let text = line.text.trim_start_matches('\u{feff}');
            if text.trim().is_empty() {
                block = Block::Start;
            } else if text.contains("-->") {
                (block, cue) = (Block::Cue, cue + 1);
            } else if block == Block::Start && text.starts_with("NOTE") {
                block = Block::Note;
                push(&mut b, &line, 4.min(line.text.len()), role_of_comment(text), cue, true);
            } else if block == Block::Start && (text == "STYLE" || text == "REGION") {
                block = Block::Style;
            } else if block == Block::Start && (text.starts_with("WEBVTT") || all.peek().is_some_and(|next| next.text.contains("-->"))) {
                // The head of the file, or a cue's number or name.
                let head = if text.starts_with("WEBVTT") { 6 } else { 0 };
                if text[head..].contains(' ') {
                    push(&mut b, &line, line.text.len() - text.len() + head, Role::Meta, cue, true);
                }
            } else if block != Block::Style {
                // Words after a note's first line, or of a cue; also those that stand in no cue at all.
                let role = if block == Block::Note { role_of_comment(text) } else { Role::Body };
                push(&mut b, &line, 0, role, cue, ended || text.trim_start().starts_with(['-', '–']));
                ended = block == Block::Note || text.trim_end().ends_with(['.', '!', '?', ':', '"', '”']);
            }
        }
        Ok(b.finish())
    }
}

/// Adds the words of a line from byte `from` on; its tags are left out.
fn push(b: &mut DocumentBuilder, line: &Line<'_>, from: usize, role: Role, cue: u32, apart: bool) {
    let raw = &line.text[from..];
    if !raw.contains(char::is_alphanumeric) {
        return;
    }
    let at = line.start + from as u32;
    let place = b.places.add(None, Step::Index(cue.saturating_sub(1)));
    if apart {
        b.open_beside(role, Some(place), at)
    } else {
        b.open_joined(role, Some(place), at)
    }
    let mut done = 0;
    while let Some(open) = raw[done..].find(['<', '{']).map(|p| done + p) {
        let close = if raw.as_bytes()[open] == b'<' { '>' } else { '}' };
        let Some(end) = raw[open..].find(close).map(|p| open + p + 1) else { break };
        push_html_text(&mut b.text, &raw[done..open], at + done as u32);
        // Who speaks is shown by many players.
        if let Some(name) = raw[open..end - 1].strip_prefix("<v").and_then(|v| v.split_once([' ', '\t'])).map(|(_, name)| name) {
            let start = end - 1 - name.len();
            b.text.verbatim(name, at + start as u32);
            b.text.replaced(": ", at + end as u32 - 1, 1);
        }
        done = end;
    }
    push_html_text(&mut b.text, &raw[done..], at + done as u32);
    b.close();
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(source: &str) -> (Vec<String>, String) {
        let doc = Subtitle.read(source).unwrap();
        let all = doc
            .regions
            .iter()
            .map(|r| format!("{}{}|{}", r.role.name(), doc.places.name(r.place.unwrap(), source), &doc.text.as_str()[r.span.range()]));
        (all.collect(), doc.text.as_str().to_owned())
    }

    #[test]
    fn a_sentence_over_cues_is_one() {
        let (regions, text) = texts(
            "1\r\n00:00:01,000 --> 00:00:02,000\r\n<i>Jag heter</i> Åsa\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\nÖstr&ouml;m.\r\n- Hej!\r\n",
        );
        assert_eq!(regions, ["body/0|Jag heter Åsa", "body/1|Öström.", "body/1|- Hej!"]);
        assert_eq!(text, "Jag heter Åsa Öström.\n- Hej!");
    }

    #[test]
    fn notes_styles_and_speakers() {
        let (regions, _) = texts(
            "WEBVTT - Om Eva\n\nSTYLE\n::cue { color: #800102 }\n\nNOTE Av Eva\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v Eva Ek>Hej <b>där</b>\n",
        );
        assert_eq!(regions, ["meta/0| - Om Eva", "comment/0| Av Eva", "body/0|Eva Ek: Hej där"]);
    }
}
