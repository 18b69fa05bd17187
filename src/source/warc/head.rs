//! The head of a record or of an answer: lines up to an empty one, as HTTP has them (RFC 9112) and WARC took over.

use std::io::{BufRead, Read};

use crate::document::Unreadable;

/// Longest head of a record or an answer, in bytes.
const MOST_HEAD: u64 = 64 << 10;

/// Most lines of a head.
const MOST_LINES: usize = 256;

/// A head: its first line and its fields, names in small letters.
pub(super) struct Head {
    pub(super) first: String,
    fields: Vec<(String, String)>,
}

impl Head {
    pub(super) fn get(&self, name: &str) -> &str {
        self.fields.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
    }

    /// The lines up to an empty one; `None` at the end of the file, where that is allowed. Before a record there are empty
    /// lines.
    pub(super) fn read(bytes: &mut dyn BufRead, may_end: bool) -> Result<(Option<Self>, u64), Unreadable> {
        let broken = || Unreadable::Broken("warc");
        let mut head: Option<Self> = None;
        let mut line = Vec::new();
        let mut size = 0;
        loop {
            line.clear();
            let len = bytes.take(MOST_HEAD).read_until(b'\n', &mut line).map_err(|_| broken())? as u64;
            size += len;
            let text = String::from_utf8_lossy(&line);
            let text = text.trim_end_matches(['\r', '\n']);
            match &mut head {
                _ if len == 0 => return if may_end && head.is_none() { Ok((None, size)) } else { Err(broken()) },
                _ if size > MOST_HEAD => return Err(broken()),
                None if text.is_empty() && may_end => {}
                None => head = Some(Self { first: text.to_owned(), fields: Vec::new() }),
                Some(_) if text.is_empty() => return Ok((head, size)),
                Some(head) if head.fields.len() == MOST_LINES => return Err(broken()),
                Some(head) => match (text.strip_prefix([' ', '\t']), text.split_once(':')) {
                    // A field that goes on.
                    (Some(more), _) => {
                        if let Some((_, value)) = head.fields.last_mut() {
                            value.push(' ');
                            value.push_str(more.trim());
                        }
                    }
                    (None, Some((name, value))) => head.fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
                    (None, None) => {}
                },
            }
        }
    }
}
