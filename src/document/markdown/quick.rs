//! The quick path: a paragraph, heading or one-line item with no markup but simple links and images.
//!
//! Whatever is not simple (brackets in brackets, odd addresses, a link over two lines) is left to the parser: `read`
//! then adds nothing and says so.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use std::ops::Range;

use smallvec::SmallVec;

use super::super::{Alternative, DocumentBuilder, How, Role, reference};
use super::blocks::is_paragraph_line;
use crate::text::Span;

/// A link or image, as byte ranges of the source.
struct Link {
    /// From its first sign to its last.
    whole: Range<usize>,
    is_image: bool,
    text: Range<usize>,
    address: Range<usize>,
    title: Range<usize>,
}

/// Reads the block at `range` into `b`; `false`: nothing was read.
pub(super) fn read(b: &mut DocumentBuilder, source: &str, range: Range<usize>) -> bool {
    let block = source[range.clone()].trim_end();
    let Some((role, lead)) = role_of(block) else { return false };
    let text = if role == Role::Title { block.trim_end_matches('#').trim_end() } else { block };
    let (start, end) = (range.start + lead, range.start + text.len());
    // A closing row of `#` needs a blank before it, else it is text; an empty heading has no text at all.
    if start >= end || text.len() < block.len() && !source[end..].starts_with([' ', '\t']) {
        return false;
    }
    let Some(links) = links(source, start..end) else { return false };
    b.open(role, None, range.start as u32);
    let mut at = start;
    for link in &links {
        b.text.verbatim(&source[at..link.whole.start], at as u32);
        if !link.is_image {
            b.text.verbatim(&source[link.text.clone()], link.text.start as u32);
        }
        at = link.whole.end;
    }
    b.text.verbatim(&source[at..end], at as u32);
    b.close();
    for link in links {
        if link.is_image {
            image(b, source, &link);
        }
        let waiting = if link.is_image {
            let says = reference::says_who(&source[link.address.clone()]);
            [(Role::Alt, link.title), (Role::Url, if says { link.address } else { 0..0 }), (Role::Alt, link.text)]
        } else {
            [(Role::Title, link.title), (Role::Url, link.address), (Role::Title, 0..0)]
        };
        for (role, piece) in waiting.into_iter().filter(|(_, piece)| !piece.is_empty()) {
            b.open(role, None, piece.start as u32);
            b.text.verbatim(&source[piece.clone()], piece.start as u32);
            b.close();
        }
    }
    true
}

/// Notes the host of an image, and one without a text.
fn image(b: &mut DocumentBuilder, source: &str, link: &Link) {
    let address = &source[link.address.clone()];
    if let Some((kept, host)) = reference::host_of(address) {
        let start = link.address.start + host.start;
        b.refer(How::Image, kept, Span::new(start as u32, (start + host.len()) as u32), None);
    }
    let text = link.text.clone();
    if text.is_empty() && !reference::is_decoration(address) {
        b.picture(Alternative::Missing, Span::new(link.whole.start as u32, link.whole.start as u32 + 2), None);
    } else if reference::is_file_name(&source[text.clone()]) {
        b.picture(Alternative::FileName, Span::new(text.start as u32, text.end as u32), None);
    }
}

/// The role of a block, and how many bytes its mark takes.
fn role_of(block: &str) -> Option<(Role, usize)> {
    if is_paragraph_line(block) {
        return Some((Role::Body, 0));
    }
    if block.contains('\n') {
        return None;
    }
    let marks = block.bytes().take_while(|b| *b == b'#').count();
    let digits = block.bytes().take(9).take_while(u8::is_ascii_digit).count();
    let (role, len) = match block.as_bytes()[marks.max(digits)..] {
        [b' ', ..] if (1..=6).contains(&marks) => (Role::Title, marks),
        [b'-' | b'+', b' ', ..] if digits == 0 => (Role::Body, 1),
        [b'.' | b')', b' ', ..] if digits > 0 => (Role::Body, digits + 1),
        _ => return None,
    };
    let rest = &block[len + 1..];
    let simple = role == Role::Title && !rest.starts_with([' ', '\t']) || is_paragraph_line(rest) && !rest.starts_with('[');
    simple.then_some((role, len + 1))
}

/// The links and images of `range`; `None` where the parser must look.
fn links(source: &str, range: Range<usize>) -> Option<SmallVec<[Link; 8]>> {
    let bytes = &source.as_bytes()[..range.end];
    let mut links = SmallVec::new();
    let mut at = range.start;
    while let Some(open) = memchr::memchr(b'[', &bytes[at..]).map(|p| at + p) {
        let close = open + 1 + memchr::memchr2(b'[', b']', &bytes[open + 1..])?;
        let text = open + 1..close;
        if bytes[close] == b'[' || memchr::memchr(b'\n', &bytes[text.clone()]).is_some() || bytes[open + 1] == b'^' {
            return None;
        }
        at = close + 1;
        if bytes.get(at) != Some(&b'(') {
            continue;
        }
        let (address, title, end) = target(bytes, at + 1)?;
        let is_image = open > range.start && bytes[open - 1] == b'!';
        links.push(Link { whole: open - usize::from(is_image)..end, is_image, text, address, title });
        at = end;
    }
    Some(links)
}

/// Address and title of a link from after its `(`, and where the link ends.
fn target(bytes: &[u8], start: usize) -> Option<(Range<usize>, Range<usize>, usize)> {
    let len = bytes[start..]
        .iter()
        .take_while(|b| !matches!(b, b'(' | b')' | b'"' | b'\'') && !b.is_ascii_whitespace() && !b.is_ascii_control())
        .count();
    let end = start + len;
    match bytes.get(end)? {
        b')' => Some((start..end, end..end, end + 1)),
        b' ' if bytes.get(end + 1) == Some(&b'"') && len > 0 => {
            let close = end + 2 + memchr::memchr2(b'"', b'\n', &bytes[end + 2..])?;
            (bytes[close] == b'"' && bytes.get(close + 1) == Some(&b')')).then_some((start..end, end + 2..close, close + 2))
        }
        _ => None,
    }
}
