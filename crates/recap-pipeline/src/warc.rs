//! WARC files (ISO 28500): the pages that a crawler or a browser kept. Read record by record, nothing longer than a cap.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use crate::source::{Item, Refused};

/// Bytes of one header line and of all lines of one head.
const MOST_HEAD: u64 = 64 << 10;
/// Bytes of one record; longer ones are skipped.
const MOST_RECORD: u64 = 64 << 20;
/// Unpacked bytes of one archive.
const MOST_ARCHIVE: u64 = 1 << 40;

/// Whether bytes begin a WARC file, gzip or not.
pub fn is_warc(head: &[u8], name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    head.starts_with(b"WARC/") || head.starts_with(&[0x1f, 0x8b]) && (name.ends_with(".warc.gz") || name.ends_with(".warc"))
}

/// The pages of an archive: responses with status 200 and resources. A record that is broken ends it.
pub fn pages(archive: impl Read + Send + 'static, name: String) -> Box<dyn Iterator<Item = Result<Item, Refused>> + Send> {
    let mut reader = BufReader::new(archive);
    let gzip = reader.fill_buf().is_ok_and(|head| head.starts_with(&[0x1f, 0x8b]));
    let reader: Box<dyn BufRead + Send> =
        if gzip { Box::new(BufReader::new(MultiGzDecoder::new(reader).take(MOST_ARCHIVE))) } else { Box::new(reader.take(MOST_ARCHIVE)) };
    Box::new(Records { reader, name, broken: false }.filter_map(Result::transpose))
}

struct Records {
    reader: Box<dyn BufRead + Send>,
    name: String,
    broken: bool,
}

impl Iterator for Records {
    type Item = Result<Option<Item>, Refused>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.broken {
            return None;
        }
        match record(&mut self.reader) {
            Ok(Some(page)) => Some(Ok(page)),
            Ok(None) => None,
            Err(error) => {
                self.broken = true;
                Some(Err(Refused::new(&self.name, format!("the archive is broken: {error}"), Some("what was before is imported"))))
            }
        }
    }
}

type Head = Vec<(String, String)>;

fn get<'a>(head: &'a Head, name: &str) -> Option<&'a str> {
    head.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
}

/// The next record's page, if it holds one; none at the end.
fn record(reader: &mut dyn BufRead) -> io::Result<Option<Option<Item>>> {
    let mut first = line(reader)?;
    while first.as_deref() == Some("") {
        first = line(reader)?;
    }
    let Some(first) = first else { return Ok(None) };
    if !first.starts_with("WARC/") {
        return Err(io::Error::other("no record where one should be"));
    }
    let head = lines(reader)?;
    let length: u64 =
        get(&head, "content-length").and_then(|v| v.parse().ok()).ok_or_else(|| io::Error::other("a record without length"))?;
    let wanted = matches!(get(&head, "warc-type"), Some("response" | "resource")) && length <= MOST_RECORD;
    if !wanted {
        io::copy(&mut reader.take(length), &mut io::sink())?;
        return Ok(Some(None));
    }
    let mut block = Vec::new();
    reader.take(length).read_to_end(&mut block)?;
    if (block.len() as u64) < length {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Some(page(&head, block)))
}

fn line(reader: &mut dyn BufRead) -> io::Result<Option<String>> {
    let mut bytes = Vec::new();
    reader.take(MOST_HEAD).read_until(b'\n', &mut bytes)?;
    if bytes.len() as u64 == MOST_HEAD {
        return Err(io::Error::other("a head without end"));
    }
    Ok((!bytes.is_empty()).then(|| String::from_utf8_lossy(&bytes).trim_end().to_owned()))
}

/// Header lines up to the empty one; names in lower case.
fn lines(reader: &mut dyn BufRead) -> io::Result<Head> {
    let (mut head, mut total) = (Head::new(), 0);
    while let Some(text) = line(reader)?.filter(|text| !text.is_empty()) {
        total += text.len() as u64;
        if total > MOST_HEAD {
            return Err(io::Error::other("a head without end"));
        }
        if let Some((name, value)) = text.split_once(':') {
            head.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
        }
    }
    Ok(head)
}

fn page(head: &Head, block: Vec<u8>) -> Option<Item> {
    let url = get(head, "warc-target-uri")?.trim_matches(['<', '>']);
    let url = recap_fetch::canonical(url).ok()?.to_string();
    if get(head, "warc-type") == Some("resource") {
        let content_type = get(head, "content-type").map(str::to_owned);
        return is_document(content_type.as_deref()).then(|| Item::bytes(block, Some(url), content_type));
    }
    let mut rest: &[u8] = &block;
    let status = line(&mut rest).ok()??;
    let http = lines(&mut rest).ok()?;
    let content_type = get(&http, "content-type").map(str::to_owned);
    if status.split(' ').nth(1) != Some("200") || !is_document(content_type.as_deref()) {
        return None;
    }
    let chunked = get(&http, "transfer-encoding").is_some_and(|t| t.eq_ignore_ascii_case("chunked"));
    let body = if chunked { unchunk(rest).unwrap_or_else(|| rest.to_vec()) } else { rest.to_vec() };
    let most = usize::try_from(MOST_RECORD).unwrap_or(usize::MAX);
    let body = recap_fetch::decode(body.clone(), get(&http, "content-encoding"), most).unwrap_or(body);
    Some(Item::bytes(body, Some(url), content_type))
}

fn is_document(content_type: Option<&str>) -> bool {
    content_type.is_none_or(|t| {
        t.contains("html") || t.contains("json") || t.contains("markdown") || t.contains("calendar") || t.starts_with("text/plain")
    })
}

/// A chunked body in one piece. RFC 9112, section 7.1.
fn unchunk(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let size = line(&mut rest).ok()??;
        let size = usize::from_str_radix(size.split(';').next()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(..size)?);
        rest = rest.get(size..)?.strip_prefix(b"\r\n")?;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record_of(kind: &str, uri: &str, block: &str) -> String {
        format!("WARC/1.1\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {uri}\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n", block.len())
    }

    fn keys(archive: String) -> Vec<Result<String, String>> {
        pages(io::Cursor::new(archive.into_bytes()), "a.warc".to_owned()).map(|p| p.map(|i| i.key).map_err(|r| r.message)).collect()
    }

    #[test]
    fn pages_are_read_and_the_rest_is_skipped() {
        let page = |status: &str, more: &str, body: &str| format!("HTTP/1.1 {status}\r\nContent-Type: text/html\r\n{more}\r\n{body}");
        let archive = [
            record_of("warcinfo", "", "software: x"),
            record_of("request", "https://example.org/1", "GET / HTTP/1.1\r\n\r\n"),
            record_of("response", "<https://example.org/1>", &page("200 OK", "", "<p>a")),
            record_of("response", "https://example.org/2", &page("404 Not Found", "", "<p>a")),
            record_of("response", "https://example.org/3", &page("200 OK", "Transfer-Encoding: chunked\r\n", "4\r\n<p>b\r\n0\r\n\r\n")),
            record_of("resource", "https://example.org/4", "<p>c"),
        ];
        let found: Vec<Item> = pages(io::Cursor::new(archive.concat().into_bytes()), String::new()).flatten().collect();
        let body = |item: &Item| match &item.origin {
            crate::Origin::Bytes { bytes, .. } => String::from_utf8_lossy(bytes).into_owned(),
            _ => String::new(),
        };
        let found: Vec<(String, String)> = found.iter().map(|item| (item.key.clone(), body(item))).collect();
        let expected = [("https://example.org/1", "<p>a"), ("https://example.org/3", "<p>b"), ("https://example.org/4", "<p>c")];
        assert_eq!(found, expected.map(|(k, b)| (k.to_owned(), b.to_owned())));
    }

    #[test]
    fn a_broken_archive_gives_what_was_before() {
        let good = record_of("resource", "https://example.org/4", "<p>c");
        for rest in [
            "garbage".to_owned(),
            "WARC/1.1\r\nContent-Length: x\r\n\r\n".to_owned(),
            record_of("resource", "https://example.org/5", "<p>d")[..90].to_owned(),
            "x".repeat(100_000),
        ] {
            let found = keys(format!("{good}{rest}"));
            assert_eq!(found.len(), 2, "{rest:.40}: {found:?}");
            assert_eq!(found[0].as_deref(), Ok("https://example.org/4"));
            assert!(found[1].is_err());
        }
    }
}
