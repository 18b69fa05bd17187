//! Words in code: base64 without padding and hexadecimal, read once more when what they stand for is text.
//!
//! What is found in that text stands where the code does. Ordinary words never get here: their letters change between
//! small and capital once at most, and no number has letters in it.

use super::{Anchors, Confidence, Entity, Passage, confidence, detect};
use crate::sift::sift;
use crate::text::{Span, sextet};

/// Least signs of base64 that are read, and most at a time: a multiple of four.
const LEAST: usize = 14;
const MOST: usize = 4096;

/// Least bytes in hexadecimal that are read, and most.
const LEAST_HEX: usize = 8;
const MOST_HEX: usize = 1024;

/// Reads the words around the places in `coded`, where letters change between small and capital.
pub(super) fn words(coded: &[u32], p: &Passage<'_>, out: &mut Vec<Entity>) {
    let bytes = p.text.as_bytes();
    let mut done = 0;
    for &at in coded {
        let at = at as usize;
        if at < done {
            continue;
        }
        let is_sign = |b: &u8| sextet(*b).is_some();
        let start = at - bytes[done..at].iter().rev().take(MOST).take_while(|b| is_sign(b)).count();
        done = at + bytes[at..].iter().take_while(|b| is_sign(b)).count();
        let padded = bytes[done..].iter().take(2).take_while(|b| **b == b'=').count();
        if done - start < LEAST {
            continue;
        }
        let mut from = start;
        // A path or a name with hyphens before the code is not of it.
        if text_of(&bytes[from..done.min(from + MOST)]).is_none() {
            let Some(sign) = bytes[start..done].iter().rposition(|b| matches!(b, b'/' | b'-' | b'_' | b'+')) else { continue };
            from = start + sign + 1;
        }
        while from < done {
            let to = done.min(from + MOST);
            let Some(text) = text_of(&bytes[from..to]).filter(|_| to - from >= LEAST) else { break };
            let end = if to == done { done + padded } else { to };
            read(&text, Span::new(offset(from), offset(end)), p, out);
            from = to;
        }
    }
}

/// What base64 without its padding stands for, if that is text.
fn text_of(signs: &[u8]) -> Option<String> {
    let mut out = Vec::with_capacity(signs.len());
    let (mut bits, mut held) = (0_u32, 0);
    for &sign in signs {
        bits = bits << 6 | u32::from(sextet(sign)?);
        held += 6;
        if held >= 8 {
            held -= 8;
            let byte = (bits >> held & 0xFF) as u8;
            if byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t') {
                return None;
            }
            out.push(byte);
        }
    }
    String::from_utf8(out).ok()
}

/// Reads hexadecimal (`50 6e 72`, `506e72`, `0x50,0x6e`) whose first digits stand at byte `at`, where a letter follows them;
/// gives where it ends.
pub(super) fn hexadecimal(at: usize, p: &Passage<'_>, out: &mut Vec<Entity>) -> usize {
    let bytes = p.text.as_bytes();
    let start = at - bytes[..at].iter().rev().take(3).take_while(|b| b.is_ascii_hexdigit() && !b.is_ascii_digit()).count();
    let digit = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
    let (mut next, mut end) = (start, start);
    let mut text = Vec::new();
    while text.len() < MOST_HEX {
        let skip = usize::from(matches!(bytes.get(next..next + 2), Some(b"0x" | b"0X" | b"\\x"))) * 2;
        let (Some(high), Some(low)) = (digit(next + skip), digit(next + skip + 1)) else { break };
        let byte = (high << 4 | low) as u8;
        if byte < 0x20 && !matches!(byte, b'\n' | b'\r' | b'\t') || byte == 0x7F {
            break;
        }
        text.push(byte);
        end = next + skip + 2;
        next = end + bytes[end..].iter().take(2).take_while(|b| matches!(b, b' ' | b',' | b':' | b'-')).count();
    }
    if let Ok(text) = String::from_utf8(text)
        && text.len() >= LEAST_HEX
        && digit(end).is_none()
    {
        read(&text, Span::new(offset(start), offset(end)), p, out);
    }
    end
}

/// Adds what is surely in `text`, the meaning of the code at `span`.
fn read(text: &str, span: Span<crate::text::Norm>, p: &Passage<'_>, out: &mut Vec<Entity>) {
    let mut anchors = Anchors::default();
    sift(text, &mut anchors);
    let mut found = Vec::new();
    detect(&anchors, &Passage { text, ..*p }, &mut found);
    found.retain(|e| confidence(e.kind, &e.evidence, p.rules) == Some(Confidence::High));
    found.sort_by_key(|e| e.kind as u8);
    found.dedup_by_key(|e| e.kind as u8);
    out.extend(found.into_iter().map(|e| Entity { span, ..e }));
}

#[expect(clippy::cast_possible_truncation, reason = "documents are limited to 4 GiB before they are read")]
const fn offset(at: usize) -> u32 {
    at as u32
}

#[cfg(test)]
mod tests {
    use crate::engine::{Engine, Scratch};
    use crate::{Kind, Rulebook, Sensitivity};

    #[test]
    fn code_is_read_where_it_is_text() {
        let engine = Engine::new(Rulebook::built_in(), Sensitivity::Normal);
        let found = |text: &str| -> Vec<(Kind, String)> {
            let entities = engine.detect(text, &mut Scratch::default());
            entities.iter().map(|e| (e.kind, text[e.span.range()].to_owned())).collect()
        };
        for code in [
            "ODAwMTAyLTIzODY",
            "UGVyc29ubnVtbWVyIDgwMDEwMi0yMzg2",
            "506e72203830303130322d32333836",
            "50 6e 72 20 38 30 30 31 30 32 2d 32 33 38 36",
            "0x50 0x6e 0x72 0x20 0x38 0x30 0x30 0x31 0x30 0x32 0x2d 0x32 0x33 0x38 0x36",
        ] {
            assert_eq!(found(&format!("Avkoda: {code} nu.")), [(Kind::Personnummer, code.to_owned())], "{code}");
        }
        // What stands for no text, or for none with personal data.
        for text in [
            "Token: dGhpcyBpcyBub3RoaW5nIG9mIGludGVyZXN0IGhlcmUgb2s",
            "2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
            "getElementByIdOrNameAndValue",
            "KommunFullMäktigeSammanTräde",
            "f47ac10b-58cc-4372-a567-0e02b2c3d479",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }
}
