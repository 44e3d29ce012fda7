//! From bytes to text: byte-order mark, declaration, detection.

use std::borrow::Cow;

use encoding_rs::{Encoding, ISO_2022_JP, UTF_8, UTF_16BE, UTF_16LE};

use crate::{Problem, ReadError};

/// Bytes at the start that are searched for a declaration.
const HEAD: usize = 4096;

/// Decoded text.
pub struct Decoded<'a> {
    pub text: Cow<'a, str>,
    pub charset: &'static str,
    pub problem: Option<Problem>,
}

/// Decodes text in any encoding of the WHATWG list.
pub fn decode<'a>(bytes: &'a [u8], content_type: Option<&str>) -> Result<Decoded<'a>, ReadError> {
    if let Some((encoding, skip)) = Encoding::for_bom(bytes) {
        return Ok(decoded(encoding, &bytes[skip..]));
    }
    if let Some(kind) = binary_kind(bytes) {
        return Err(ReadError::Binary(kind));
    }
    // Its bytes are ASCII and so valid UTF-8 too; its escape sequences tell, whatever is declared.
    if looks_like_iso_2022_jp(bytes) {
        return Ok(decoded(ISO_2022_JP, bytes));
    }
    if std::str::from_utf8(bytes).is_ok() {
        return Ok(decoded(UTF_8, bytes));
    }
    let declared = content_type.and_then(charset_label).or_else(|| declared_in(bytes));
    let encoding = declared.filter(|e| fits(e, bytes)).unwrap_or_else(|| detect(bytes));
    Ok(decoded(encoding, bytes))
}

fn decoded<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, bad) = encoding.decode_without_bom_handling(bytes);
    let problem =
        bad.then(|| Problem { code: "charset", message: format!("some bytes are not valid {}; they were replaced", encoding.name()) });
    Decoded { text, charset: encoding.name(), problem }
}

/// Well-known file signatures, and control characters that no text has.
fn binary_kind(bytes: &[u8]) -> Option<&'static str> {
    const MAGIC: &[(&[u8], &str)] = &[
        (b"%PDF-", "PDF"),
        (b"\x89PNG", "PNG image"),
        (b"GIF8", "GIF image"),
        (b"\xff\xd8\xff", "JPEG image"),
        (b"PK\x03\x04", "ZIP archive"),
        (b"\x1f\x8b", "gzip"),
        (b"\x7fELF", "program"),
        (b"\x28\xb5\x2f\xfd", "zstd"),
    ];
    let magic = MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)).map(|(_, kind)| *kind);
    let head = &bytes[..bytes.len().min(HEAD)];
    let control = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31)).count();
    magic.or((control * 50 > head.len()).then_some("control characters"))
}

/// Seven-bit text with escape sequences to JIS X 0208, valid to the end.
fn looks_like_iso_2022_jp(bytes: &[u8]) -> bool {
    let escapes = || bytes.windows(3).any(|w| w == b"\x1b$B" || w == b"\x1b$@");
    bytes.contains(&0x1b) && bytes.is_ascii() && escapes() && !ISO_2022_JP.decode_without_bom_handling(bytes).1
}

/// `charset=` in a header, `<meta charset>`, `<?xml encoding?>`, an editor's `coding:` line.
fn declared_in(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    ["charset=", "encoding=", "coding:", "coding="].iter().find_map(|key| {
        let at = head.find(key)?;
        charset_label(&head[at..])
    })
}

fn charset_label(text: &str) -> Option<&'static Encoding> {
    let at = text.find(['=', ':'])?;
    let value = match text.find("charset=") {
        Some(charset) => &text[charset + 8..],
        None => &text[at + 1..],
    };
    let value = value.trim_start_matches([' ', '"', '\'']);
    let end = value.find(|c: char| !(c.is_ascii_alphanumeric() || "-_:.".contains(c))).unwrap_or(value.len());
    Encoding::for_label(&value.as_bytes()[..end])
}

/// A declaration counts only where the bytes agree (servers and templates lie).
fn fits(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    let bad = text.chars().filter(|&c| c == '\u{fffd}').count();
    bad * 200 <= text.len() || encoding == UTF_8 && bad * 50 <= text.len()
}

fn detect(bytes: &[u8]) -> &'static Encoding {
    if bytes.len() > 3 && bytes[1] == 0 && bytes[3] == 0 {
        return UTF_16LE;
    }
    if bytes.len() > 3 && bytes[0] == 0 && bytes[2] == 0 {
        return UTF_16BE;
    }
    if fits(UTF_8, bytes) {
        return UTF_8;
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(None, chardetng::Utf8Detection::Allow)
}
