//! In other encodings than UTF-8.

use super::*;

pub fn encodings(all: &mut Vec<Class>) {
    fn le16(c: char, out: &mut Vec<u8>) {
        out.extend(c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| u.to_le_bytes()));
    }
    fn be16(c: char, out: &mut Vec<u8>) {
        out.extend(c.encode_utf16(&mut [0; 2]).iter().flat_map(|u| u.to_be_bytes()));
    }
    fn le32(c: char, out: &mut Vec<u8>) {
        out.extend(u32::from(c).to_le_bytes());
    }
    fn be32(c: char, out: &mut Vec<u8>) {
        out.extend(u32::from(c).to_be_bytes());
    }
    fn latin1(c: char, out: &mut Vec<u8>) {
        out.push(encoding_rs::WINDOWS_1252.encode(c.encode_utf8(&mut [0; 4])).0[0]);
    }
    fn mac(c: char, out: &mut Vec<u8>) {
        out.push(by(c, "åäöÅÄÖé", b"\x8C\x8A\x9A\x81\x80\x85\x8E"));
    }
    fn dos(c: char, out: &mut Vec<u8>) {
        out.push(by(c, "åäöÅÄÖé", b"\x86\x84\x94\x8F\x8E\x99\x82"));
    }
    /// Swedish seven-bit letters, ISO 646-SE.
    fn seven(c: char, out: &mut Vec<u8>) {
        out.push(by(c, "åäöÅÄÖ", b"}{|][\\"));
    }
    fn by(c: char, letters: &str, bytes: &[u8]) -> u8 {
        letters.chars().position(|l| l == c).map_or(if c.is_ascii() { c as u8 } else { b'?' }, |i| bytes[i])
    }
    /// Letters beyond ASCII in two bytes too many: overlong and surrogate forms are refused by UTF-8.
    fn odd(c: char, out: &mut Vec<u8>) {
        out.extend(if c.is_ascii() { vec![c as u8] } else { c.encode_utf8(&mut [0; 4]).bytes().collect() });
        if c == '.' {
            out.push(0xFF);
        }
    }
    let rows: [(&'static str, &'static str, &'static str, Bytes); 24] = [
        ("UTF-8 with mark", "txt", "\u{feff}{b}{v}{a}\n", utf8),
        ("UTF-16 LE with mark", "txt", "\u{feff}{b}{v}{a}\n", le16),
        ("UTF-16 BE with mark", "txt", "\u{feff}{b}{v}{a}\n", be16),
        ("UTF-16 LE", "txt", "{b}{v}{a} \n", le16),
        ("UTF-16 BE", "txt", "{b}{v}{a} \n", be16),
        ("UTF-32 LE with mark", "txt", "\u{feff}{b}{v}{a}\n", le32),
        ("UTF-32 BE with mark", "txt", "\u{feff}{b}{v}{a}\n", be32),
        ("UTF-32 LE", "txt", "{b}{v}{a} \n", le32),
        ("UTF-32 BE", "txt", "{b}{v}{a} \n", be32),
        ("UTF-16 LE with mark, HTML", "html", "\u{feff}<p>{b}{v}{a}</p>\n", le16),
        ("UTF-16 BE, HTML", "html", "<p>{b}{v}{a}</p>\n", be16),
        ("UTF-16 LE, Markdown", "md", "# Hej\n\n{b}{v}{a}\n", le16),
        ("UTF-16 LE, CSV", "csv", "text;mer\n{b}{v}{a};x\n", le16),
        ("UTF-16 LE, JSON", "json", "{\"text\": \"{b}{v}{a}\"}", le16),
        ("Windows-1252", "txt", "{b}{v}{a} Välkommen på måndag.\n", latin1),
        ("Windows-1252, HTML", "html", "<p>{b}{v}{a} Välkommen på måndag.</p>\n", latin1),
        ("Mac Roman", "txt", "{b}{v}{a} Välkommen på måndag.\n", mac),
        ("MS-DOS", "txt", "{b}{v}{a} Välkommen på måndag.\n", dos),
        ("MS-DOS, CSV", "csv", "text;mer\n{b}{v}{a};på måndag\n", dos),
        ("ISO 646-SE", "txt", "{b}{v}{a} V{lkommen p} m}ndag.\n", seven),
        ("bytes that are no text beside", "txt", "{b}{v}{a}\n", odd),
        ("UTF-16 LE short", "txt", "{v}", le16),
        ("UTF-16 BE with mark short", "txt", "\u{feff}{v}", be16),
        ("Mac Roman short", "txt", "{b}{v}\n", mac),
    ];
    for (name, ending, frame, bytes) in rows {
        all.push(Class { name, ending, value: as_is(), frame, bytes, whole: false });
    }
}
