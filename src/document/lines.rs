//! Lines of a source with their places.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

/// A line without its end, and the byte it starts at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Line<'s> {
    /// First byte.
    pub(super) start: u32,
    /// The line, its line feed and carriage return left out.
    pub(super) text: &'s str,
}

/// The lines of `source`; line feeds end them, with a carriage return before or not, and a carriage return alone does.
pub(super) fn lines(source: &str) -> impl Iterator<Item = Line<'_>> {
    let bytes = source.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        if at >= bytes.len() {
            return None;
        }
        let start = at;
        let end = memchr::memchr2(b'\n', b'\r', &bytes[at..]).map_or(bytes.len(), |p| at + p);
        at = if bytes[end..].starts_with(b"\r\n") { end + 2 } else { end + 1 };
        Some(Line { start: start as u32, text: &source[start..end] })
    })
}
