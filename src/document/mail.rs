//! Mail (`.eml`): the headers for people, and the bodies: plain, HTML, quoted-printable, base64, multipart.
//!
//! Every decoded character leads back to the signs it was written with.

#![expect(clippy::cast_possible_truncation, reason = "sources are limited to 4 GiB before they are read")]

use super::html::Html;
use super::lines::{Line, lines};
use super::{Document, DocumentBuilder, Format, ReadError, Reader, Role, Step};
use crate::text::{Span, Text, TextBuilder, sextet};

/// Reads mail.
#[derive(Debug)]
pub(super) struct Mail;

/// Deepest nesting of parts that is read.
const MOST_DEPTH: usize = 20;

impl Reader for Mail {
    fn read<'s>(&self, source: &'s str) -> Result<Document<'s>, ReadError> {
        let mut b = DocumentBuilder::for_source(source.len());
        part(&mut b, source, 0, source.len(), 0);
        Ok(b.finish())
    }
}

/// What the headers of a part say of its body.
struct Head {
    kind: String,
    charset: String,
    boundary: String,
    encoding: String,
    name: String,
}

/// Reads the part in bytes `from..to`: headers, a blank line, a body.
fn part(b: &mut DocumentBuilder, source: &str, from: usize, to: usize, depth: usize) {
    let mut head =
        Head { kind: "text/plain".into(), charset: "utf-8".into(), boundary: String::new(), encoding: String::new(), name: String::new() };
    let mut at = to;
    let mut all = lines(&source[from..to]).map(|l| Line { start: l.start + from as u32, text: l.text }).peekable();
    while let Some(first) = all.next() {
        if first.text.is_empty() {
            at = all.peek().map_or(to, |l| l.start as usize);
            break;
        }
        let mut end = first.start as usize + first.text.len();
        while let Some(next) = all.next_if(|l| l.text.starts_with([' ', '\t'])) {
            end = next.start as usize + next.text.len();
        }
        header(b, source, first.start as usize, end, &mut head);
    }
    if head.kind.starts_with("multipart/") && !head.boundary.is_empty() && depth < MOST_DEPTH {
        return parts(b, source, at, to, &format!("--{}", head.boundary), depth);
    }
    if head.kind == "message/rfc822" && depth < MOST_DEPTH {
        return part(b, source, at, to, depth + 1);
    }
    body(b, source, at, to, &head);
}

/// Cuts a multipart body at its boundary. What stands before the first and after the last part is read too.
fn parts(b: &mut DocumentBuilder, source: &str, from: usize, to: usize, boundary: &str, depth: usize) {
    let mut open: Option<usize> = None;
    let mut end = from;
    for line in lines(&source[from..to]) {
        let start = from + line.start as usize;
        if line.text.trim_end().strip_prefix(boundary).is_some_and(|rest| rest.is_empty() || rest == "--") {
            if let Some(open) = open {
                part(b, source, open, start, depth + 1);
            } else {
                words(b, source, end, start);
            }
            let after = start + line.text.len();
            let feed = source[after..to].bytes().take(2).take_while(|b| matches!(b, b'\r' | b'\n')).count();
            // A blank line after a boundary ends the headers of a part that has none: only one line end belongs to it.
            end = after + if source[after..].starts_with("\r\n") { 2 } else { feed.min(1) };
            open = (!line.text.trim_end().ends_with("--") || line.text.trim_end() == boundary).then_some(end);
        }
    }
    match open {
        Some(open) => part(b, source, open, to, depth + 1),
        None => words(b, source, end, to),
    }
}

fn words(b: &mut DocumentBuilder, source: &str, from: usize, to: usize) {
    if source[from..to].contains(char::is_alphanumeric) {
        b.open(Role::Body, None, from as u32);
        b.text.verbatim(&source[from..to], from as u32);
        b.close();
    }
}

/// Reads one header, unfolded: those for people become regions, those of the body are noted.
fn header(b: &mut DocumentBuilder, source: &str, from: usize, to: usize, head: &mut Head) {
    let Some((name, _)) = source[from..to].split_once(':') else { return words(b, source, from, to) };
    let value = from + name.len() + 1;
    let low = name.to_ascii_lowercase();
    let raw = &source[value..to];
    match low.as_str() {
        "content-type" => {
            head.kind = raw.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
            head.charset = parameter(raw, "charset").unwrap_or("utf-8").to_owned();
            head.boundary = parameter(raw, "boundary").unwrap_or("").to_owned();
            head.name = parameter(raw, "name").unwrap_or("").to_owned();
        }
        "content-transfer-encoding" => head.encoding = raw.trim().to_ascii_lowercase(),
        "content-disposition" => {
            if let Some(name) = parameter(raw, "filename") {
                head.name = name.to_owned();
                let at = name.as_ptr() as usize - source.as_ptr() as usize;
                encoded_words(b, source, at, at + name.len(), &low, from);
            }
        }
        "subject" | "from" | "to" | "cc" | "bcc" | "reply-to" | "sender" | "comments" | "keywords" | "organization" => {
            encoded_words(b, source, value, to, &low, from);
        }
        _ => {}
    }
}

/// The value of a parameter in a header: `name="value"`.
fn parameter<'t>(raw: &'t str, name: &str) -> Option<&'t str> {
    let low = raw.to_ascii_lowercase();
    let at = low.match_indices(name).find(|(i, _)| low[i + name.len()..].trim_start().starts_with('='))?.0;
    let rest = raw[at + name.len()..].trim_start().strip_prefix('=')?.trim_start();
    Some(match rest.strip_prefix('"') {
        Some(quoted) => &quoted[..quoted.find('"').unwrap_or(quoted.len())],
        None => rest.split([';', ' ', '\r', '\n', '\t']).next().unwrap_or(""),
    })
}

/// Adds a header's value with its encoded words (`=?utf-8?Q?=C3=85sa?=`) and folded lines undone.
fn encoded_words(b: &mut DocumentBuilder, source: &str, from: usize, to: usize, name: &str, key: usize) {
    if !source[from..to].contains(char::is_alphanumeric) {
        return;
    }
    let len = source[key..].find(':').unwrap_or(0);
    let place = b.places.add(None, Step::Key(Span::new(key as u32, (key + len) as u32)));
    let lead = source[from..to].len() - source[from..to].trim_start().len();
    b.open_beside(if name == "subject" { Role::Title } else { Role::Meta }, Some(place), (from + lead) as u32);
    let mut at = from + lead;
    while at < to {
        let rest = &source[at..to];
        let next = rest.find("=?").or_else(|| rest.find('\n'));
        let Some(found) = next.map(|n| n.min(rest.find(['\r', '\n']).unwrap_or(n))) else { break };
        b.text.verbatim(&rest[..found], at as u32);
        at += found;
        let rest = &source[at..to];
        if rest.starts_with(['\r', '\n']) {
            let fold = rest.len() - rest.trim_start().len();
            // Between two encoded words a fold is nothing.
            let joins = rest.trim_start().starts_with("=?") && source[..at].ends_with("?=");
            if !joins {
                b.text.replaced(" ", at as u32, fold as u32);
            }
            at += fold;
            continue;
        }
        at += encoded_word(b, rest, at).unwrap_or_else(|| {
            b.text.verbatim("=?", at as u32);
            2
        });
    }
    b.text.verbatim(&source[at.min(to)..to], at as u32);
    b.close();
}

/// Adds the encoded word at the start of `rest`; gives its length.
fn encoded_word(b: &mut DocumentBuilder, rest: &str, at: usize) -> Option<usize> {
    let mut fields = rest[2..].splitn(3, '?');
    let (charset, method, tail) = (fields.next()?, fields.next()?, fields.next()?);
    let len = tail.find("?=")?;
    let start = at + 2 + charset.len() + 1 + method.len() + 1;
    let bytes = if method.eq_ignore_ascii_case("B") { base64(&tail[..len], start) } else { quoted(&tail[..len], start, true) };
    push(&mut b.text, &bytes, charset);
    Some(start - at + len + 2)
}

/// A decoded byte and the source bytes it was written with.
type Byte = (u8, u32, u32);

/// Quoted-printable; in headers `_` is a blank.
fn quoted(raw: &str, at: usize, is_header: bool) -> Vec<Byte> {
    let bytes = raw.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let here = (at + i) as u32;
        let hex = (bytes[i] == b'=').then(|| raw.get(i + 1..i + 3).and_then(|h| u8::from_str_radix(h, 16).ok())).flatten();
        if let Some(byte) = hex {
            out.push((byte, here, here + 3));
            i += 3;
        } else if bytes[i] == b'='
            && bytes[i + 1..].trim_ascii_start().len() < bytes.len() - i - 1
            && raw[i + 1..].trim_start_matches([' ', '\t']).starts_with(['\r', '\n'])
        {
            // A soft line break.
            i += 1 + raw[i + 1..].find('\n').map_or(1, |p| p + 1);
        } else {
            // A character beyond ASCII that should not be here stands for itself, whole.
            let len = raw[i..].chars().next().map_or(1, char::len_utf8);
            let of = |byte: u8| if is_header && byte == b'_' { b' ' } else { byte };
            out.extend(bytes[i..i + len].iter().map(|b| (of(*b), here, here + len as u32)));
            i += len;
        }
    }
    out
}

/// Base64; what is no sign of it is passed over.
fn base64(raw: &str, at: usize) -> Vec<Byte> {
    let mut out = Vec::with_capacity(raw.len() / 4 * 3);
    let (mut bits, mut held, mut first) = (0_u32, 0_u32, at as u32);
    for (i, byte) in raw.bytes().enumerate() {
        let Some(value) = sextet(byte) else { continue };
        let here = (at + i) as u32;
        if held == 0 {
            first = here;
        }
        bits = bits << 6 | u32::from(value);
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(((bits >> held) as u8, first, here + 1));
            bits &= (1 << held) - 1;
            first = here;
        }
    }
    out
}

/// Adds decoded bytes as the text they are in `charset`.
fn push(text: &mut TextBuilder, bytes: &[Byte], charset: &str) {
    let encoding = encoding_rs::Encoding::for_label(charset.trim().as_bytes()).unwrap_or(encoding_rs::UTF_8);
    let plain: Vec<u8> = bytes.iter().map(|b| b.0).collect();
    if encoding == encoding_rs::UTF_8 {
        let mut i = 0;
        for chunk in plain.utf8_chunks() {
            for c in chunk.valid().chars() {
                let n = c.len_utf8();
                text.replaced(c.encode_utf8(&mut [0; 4]), bytes[i].1, bytes[i + n - 1].2 - bytes[i].1);
                i += n;
            }
            if !chunk.invalid().is_empty() {
                text.replaced("\u{fffd}", bytes[i].1, bytes[i].2 - bytes[i].1);
                i += chunk.invalid().len();
            }
        }
    } else if encoding.is_single_byte() {
        for byte in bytes {
            let (c, _, _) = encoding.decode(std::slice::from_ref(&byte.0));
            text.replaced(&c, byte.1, byte.2 - byte.1);
        }
    } else if let (Some(first), Some(last)) = (bytes.first(), bytes.last()) {
        // Encodings of more bytes a sign map as a whole.
        let (all, _, _) = encoding.decode(&plain);
        text.replaced(&all, first.1, last.2 - first.1);
    }
}

/// Reads a body that is no multipart.
fn body(b: &mut DocumentBuilder, source: &str, from: usize, to: usize, head: &Head) {
    let raw = &source[from..to];
    if raw.trim().is_empty() {
        return;
    }
    let is_text =
        head.kind.starts_with("text/") || matches!(head.kind.as_str(), "" | "application/json" | "application/xml" | "application/ics");
    if !is_text {
        // Pictures and sound hold no prose; any other attachment is named as not read.
        if !["image/", "audio/", "video/", "font/"].iter().any(|k| head.kind.starts_with(k)) && head.kind != "application/pgp-signature" {
            b.fault(ReadError { message: "an attachment that is not read".to_owned(), at: from });
        }
        return;
    }
    let mut outer = TextBuilder::with_capacity(raw.len());
    match head.encoding.as_str() {
        "quoted-printable" => push(&mut outer, &quoted(raw, from, false), &head.charset),
        "base64" => push(&mut outer, &base64(raw, from), &head.charset),
        _ => outer.verbatim(raw, from as u32),
    }
    let outer: Text<'_> = outer.finish();
    let by_name = head.name.rsplit_once('.').and_then(|(_, ending)| Format::from_extension(ending));
    let read = match head.kind.as_str() {
        "text/html" => Html.read(outer.as_str()),
        "text/plain" => by_name.unwrap_or(Format::Text).read(outer.as_str()),
        _ => by_name.unwrap_or_else(|| Format::guess(outer.as_str())).read(outer.as_str()),
    };
    match read {
        Ok(inner) => b.append(&inner, &outer, Role::Body, None),
        Err(_) => {
            b.open(Role::Body, None, from as u32);
            b.text.compose(&Text::verbatim(outer.as_str()), Span::new(0, outer.as_str().len() as u32), &outer);
            b.close();
        }
    }
}

/// Whether a text starts as mail does: header lines, among them one that only mail has.
pub(super) fn is_mail(start: &str) -> bool {
    let mut known = false;
    for line in start.lines().take(40) {
        if line.is_empty() {
            return known;
        }
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, _)) =
            line.split_once(':').filter(|(n, _)| !n.is_empty() && n.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'))
        else {
            return false;
        };
        known |= ["received", "return-path", "mime-version", "message-id", "delivered-to", "content-type"]
            .iter()
            .any(|k| name.eq_ignore_ascii_case(k));
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAIL: &str = "Received: from x (8001022386)\r\nFrom: =?iso-8859-1?Q?=C5sa_=D6st?= <asa@example.se>\r\nSubject: =?utf-8?B?SGVqIMOFc2E=?=\r\n igen\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/alternative; boundary=\"gr\"\r\n\r\nF\u{f6}rord\r\n--gr\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        Ring =C3=85sa p=C3=A5 070-=\r\n174 06 12\r\n--gr\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+SGVqIDxiPsOFPC9iPnNh\r\nPC9wPg==\r\n--gr\r\nContent-Type: application/pdf\r\n\r\nx\r\n--gr--\r\n";

    #[test]
    fn headers_and_bodies_are_undone_with_a_way_back() {
        let doc = Mail.read(MAIL).unwrap();
        let seen: Vec<_> =
            doc.regions.iter().map(|r| format!("{}|{}", r.role.name(), doc.text.as_str()[r.span.range()].trim_end())).collect();
        assert_eq!(
            seen,
            ["meta|Åsa Öst <asa@example.se>", "title|Hej Åsa igen", "body|F\u{f6}rord", "body|Ring Åsa på 070-174 06 12", "body|Hej Åsa"]
        );
        assert_eq!(doc.faults.len(), 1);
        for (words, written) in [("070-174 06 12", "070-=\r\n174 06 12"), ("Åsa Öst", "=C5sa_=D6st"), ("Ring Åsa", "Ring =C3=85sa")] {
            let at = doc.text.as_str().find(words).unwrap() as u32;
            assert_eq!(&MAIL[doc.text.source_span(Span::new(at, at + words.len() as u32)).range()], written);
        }
        assert!(is_mail(MAIL) && !is_mail("Hej: du\n\ntext"));
    }
}
