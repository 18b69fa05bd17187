//! Trello: a board's export or a single card's. Card names and descriptions (Markdown), with the channel told by the
//! card's labels and the list it is in.
//!
//! Parsed, never searched: the ids of an export hold digits that look like anything.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use super::json::{Node, Walker, decode};
use super::markdown::Markdown;
use super::{Document, DocumentBuilder, PlaceId, ReadError, Reader, Role, Step};
use crate::text::{Span, Src, TextBuilder};

/// Reads a Trello export.
#[derive(Debug)]
pub(super) struct Trello;

/// Separates the names of one card's labels and list.
pub(super) const NAMES_SEPARATOR: char = '\u{1f}';

impl Reader for Trello {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut walker = Walker::new(source);
        let board = Node::parse(&mut walker, 0)?;
        walker.end()?;
        let mut b = DocumentBuilder::for_source(source.len() / 8);
        if let Some((key, cards)) = board.get(source, "cards") {
            let place = b.places.add(None, Step::Key(key));
            for (i, card) in cards.items().iter().enumerate() {
                let place = b.places.add(Some(place), Step::Index(i as u32));
                read_card(&mut b, source, &board, card, Some(place))?;
            }
        } else {
            read_card(&mut b, source, &board, &board, None)?;
        }
        Ok(b.finish())
    }
}

/// Whether the start of a JSON source looks like Trello's export: a board has cards and lists, a card its board and text.
#[must_use]
pub(super) fn is_trello(source: &str) -> bool {
    let has = |key: &str| memchr::memmem::find(source.as_bytes(), key.as_bytes()).is_some();
    source.trim_start().starts_with('{') && (has("\"cards\"") && has("\"lists\"") || has("\"idBoard\"") && has("\"desc\""))
}

fn read_card(b: &mut DocumentBuilder, source: &str, board: &Node, card: &Node, place: Option<PlaceId>) -> Result<(), ReadError> {
    let names = channel_names(source, board, card);
    b.set_channel((!names.is_empty()).then_some(names.as_str()));
    if let Some((key, name)) = card.get(source, "name")
        && let Some(span) = name.string()
    {
        let place = b.places.add(place, Step::Key(key));
        b.open(Role::Title, Some(place), span.start);
        decode(source, span, &mut b.text);
        b.close();
    }
    if let Some((key, desc)) = card.get(source, "desc")
        && let Some(span) = desc.string()
    {
        let place = b.places.add(place, Step::Key(key));
        let mut outer = TextBuilder::default();
        decode(source, span, &mut outer);
        let outer = outer.finish();
        let inner = Markdown.read(outer.as_str())?;
        b.append(&inner, &outer, Role::Body, Some(place));
    }
    Ok(())
}

/// The names of a card's labels and of its list: those that name a channel decide where it is for.
fn channel_names(source: &str, board: &Node, card: &Node) -> String {
    let mut names: Vec<String> = Vec::new();
    let mut add = |span: Option<Span<Src>>| {
        let name = span.map_or(String::new(), |s| plain(source, s));
        if !name.is_empty() {
            names.push(name);
        }
    };
    let string = |node: &Node, key: &str| node.get(source, key).and_then(|(_, n)| n.string());
    for label in card.get(source, "labels").map_or(&[][..], |(_, n)| n.items()) {
        add(string(label, "name"));
    }
    let id = string(card, "idList").map(|s| &source[s.range()]);
    let lists = board.get(source, "lists").map_or(&[][..], |(_, n)| n.items());
    if let Some(list) = lists.iter().find(|l| id.is_some() && string(l, "id").map(|s| &source[s.range()]) == id) {
        add(string(list, "name"));
    }
    names.join(&NAMES_SEPARATOR.to_string())
}

fn plain(source: &str, span: Span<Src>) -> String {
    let mut text = TextBuilder::default();
    decode(source, span, &mut text);
    text.finish().as_str().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cards_are_read_with_their_labels_and_places() {
        let source = r#"{"id":"5f","lists":[{"id":"l1","name":"Planerat"}],"cards":[
            {"id":"19800102238601","idList":"l1","name":"Simskola","desc":"Ring **\u00c5sa**\n\n![Bild](x.png)","labels":[{"name":"FB"}]}]}"#;
        assert!(is_trello(source));
        let doc = Trello.read(source).unwrap();
        let seen: Vec<_> = doc
            .regions
            .iter()
            .map(|r| (r.role.name(), doc.places.name(r.place.unwrap(), source), &doc.text.as_str()[r.span.range()]))
            .collect();
        assert_eq!(
            seen,
            [
                ("title", "/cards/0/name".into(), "Simskola"),
                ("body", "/cards/0/desc".into(), "Ring Åsa"),
                ("alt", "/cards/0/desc".into(), "Bild")
            ]
        );
        assert_eq!(doc.channels, ["FB\u{1f}Planerat"]);
        let at = doc.text.as_str().find("Åsa").unwrap() as u32;
        let span = doc.text.source_span(Span::new(at, at + 4));
        assert_eq!(&source[span.range()], r"\u00c5sa");
    }
}
