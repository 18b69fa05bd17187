//! Trello: a board's export or a single card's, in the shapes of 2015 to 2026.
//!
//! What is published: card names, descriptions (Markdown), checklists, custom fields, names of attachments, labels and
//! lists. Comments and what stood there before are history, members are staff: only an audit judges them. Parsed, never
//! searched: ids, hashes, times and addresses of an export hold digits that look like anything.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

mod board;
mod card;
mod history;

use super::json::{Json, Node, Walker, decode};
use super::{Document, DocumentBuilder, PlaceId, ReadError, Reader, Role, Step};
use crate::text::{Span, Src, TextBuilder};
use board::Board;

/// Reads a Trello export.
#[derive(Debug)]
pub(super) struct Trello;

/// Separates the names of one card's labels and list.
pub(super) const NAMES_SEPARATOR: char = '\u{1f}';

impl Reader for Trello {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut walker = Walker::new(source);
        let root = Node::parse(&mut walker, 0)?;
        walker.end()?;
        let mut b = DocumentBuilder::for_source(source.len() / 8);
        let mut all = true;
        for (place, node) in roots(&mut b, &root) {
            if !is_board(source, node) && !is_card(source, node) {
                all = false;
                break;
            }
            read_root(&mut Reading { b: &mut b, source }, node, place)?;
        }
        // Something else with keys of the same names: nothing of it may be left out.
        if all { Ok(b.finish()) } else { Json.read(source) }
    }
}

/// The boards and cards of an export: one, or a list of them.
fn roots<'n>(b: &mut DocumentBuilder, root: &'n Node) -> Vec<(Option<PlaceId>, &'n Node)> {
    match root {
        Node::List(nodes) => nodes.iter().enumerate().map(|(i, n)| (Some(b.places.add(None, Step::Index(i as u32))), n)).collect(),
        one => vec![(None, one)],
    }
}

/// Whether a JSON source may be Trello's export, by the keys in it; reading it tells for sure.
#[must_use]
pub(super) fn is_trello(source: &str) -> bool {
    let has = |key: &str| memchr::memmem::find(source.as_bytes(), key.as_bytes()).is_some();
    let start = source.trim_start_matches('\u{feff}').trim_start();
    start.starts_with(['{', '[']) && (has("\"cards\"") && has("\"lists\"") || has("\"idBoard\"") && has("\"desc\""))
}

fn is_board(source: &str, node: &Node) -> bool {
    let has = |key: &str| node.get(source, key).is_some();
    let lists = |key: &str| matches!(node.get(source, key), Some((_, Node::List(_))));
    lists("cards")
        && lists("lists")
        && ["labelNames", "labels", "idOrganization", "prefs", "shortLink", "shortUrl", "desc", "url"].into_iter().any(has)
        || lists("cards")
            && lists("lists")
            && node.get(source, "cards").is_some_and(|(_, n)| n.items().iter().any(|c| c.get(source, "idList").is_some()))
}

fn is_card(source: &str, node: &Node) -> bool {
    ["idBoard", "desc", "name"].into_iter().all(|key| node.get(source, key).is_some())
}

fn read_root(r: &mut Reading<'_, '_>, root: &Node, place: Option<PlaceId>) -> Result<(), ReadError> {
    let board = Board::new(r.source, root);
    if !is_board(r.source, root) {
        r.card(&board, root, place)?;
        r.b.set_channel(None);
        r.history(root, place);
        return Ok(());
    }
    if let Some((key, cards)) = root.get(r.source, "cards") {
        let place = r.b.places.add(place, Step::Key(key));
        for (i, card) in cards.items().iter().enumerate() {
            let place = r.b.places.add(Some(place), Step::Index(i as u32));
            r.card(&board, card, Some(place))?;
        }
    }
    r.b.set_channel(None);
    r.b.item(None);
    r.board(&board, root, place)?;
    r.history(root, place);
    Ok(())
}

/// Puts the parts of an export into a document.
struct Reading<'b, 's> {
    b: &'b mut DocumentBuilder,
    source: &'s str,
}

impl<'s> Reading<'_, 's> {
    /// The raw contents of a string.
    fn raw(&self, node: &Node, key: &str) -> Option<&'s str> {
        node.get(self.source, key).and_then(|(_, n)| n.string()).map(|s| &self.source[s.range()])
    }

    /// A step down to the value of `key`.
    fn below(&mut self, place: Option<PlaceId>, key: Span<Src>) -> PlaceId {
        self.b.places.add(place, Step::Key(key))
    }

    /// Adds the string under `key` as a region.
    fn field(&mut self, node: &Node, key: &str, role: Role, place: Option<PlaceId>) {
        if let Some((key, value)) = node.get(self.source, key)
            && let Some(span) = value.string().filter(|s| self.speaks(*s))
        {
            let place = self.below(place, key);
            self.region(span, role, place);
        }
    }

    fn region(&mut self, span: Span<Src>, role: Role, place: PlaceId) {
        self.b.open(role, Some(place), span.start);
        decode(self.source, span, &mut self.b.text);
        self.b.close();
    }

    /// Adds the Markdown under `key`.
    fn markdown(&mut self, node: &Node, key: &str, place: Option<PlaceId>) -> Result<(), ReadError> {
        if let Some((key, value)) = node.get(self.source, key)
            && let Some(span) = value.string().filter(|s| self.speaks(*s))
        {
            let place = self.below(place, key);
            let mut outer = TextBuilder::with_capacity(span.len() as usize);
            decode(self.source, span, &mut outer);
            let outer = outer.finish();
            let inner = super::markdown::Markdown.read(outer.as_str())?;
            self.b.append(&inner, &outer, Role::Body, Some(place));
        }
        Ok(())
    }

    /// Whether there is a letter or digit in a string.
    fn speaks(&self, span: Span<Src>) -> bool {
        self.source[span.range()].contains(char::is_alphanumeric)
    }
}

/// A string with its escapes undone.
fn plain(source: &str, span: Span<Src>) -> String {
    let mut text = TextBuilder::default();
    decode(source, span, &mut text);
    text.finish().as_str().to_owned()
}

#[cfg(test)]
mod tests;
