//! Bodies, bounded before and after they are unpacked.

use std::io::Read;
use std::time::Duration;

use reqwest::Response;
use tokio::time::timeout;

use crate::FetchError;

/// Codings that one body may be packed in, one over the other.
const CODINGS: usize = 3;

/// Room is made for so many bytes of an announced body before they come.
const BELIEVED: u64 = 256 << 10;

/// Reads a body as it comes over the wire.
pub async fn read(response: &mut Response, most: usize, patience: Duration) -> Result<Vec<u8>, FetchError> {
    if response.content_length().is_some_and(|length| length > most as u64) {
        return Err(FetchError::TooLarge(most));
    }
    // What is announced may not come, so little of it is believed.
    let announced = response.content_length().unwrap_or(0).min(BELIEVED);
    let mut body = Vec::with_capacity(usize::try_from(announced).unwrap_or(0));
    loop {
        let chunk = timeout(patience, response.chunk()).await.map_err(|_| FetchError::Timeout)?;
        let Some(chunk) = chunk.map_err(|error| crate::fetcher::error_of(&error))? else { return Ok(body) };
        if body.len() + chunk.len() > most {
            return Err(FetchError::TooLarge(most));
        }
        body.extend_from_slice(&chunk);
    }
}

/// Unpacks a body as its `Content-Encoding` says, up to `most` bytes.
///
/// # Errors
/// Where it is packed otherwise, or has more bytes.
pub fn decode(mut body: Vec<u8>, encoding: Option<&str>, most: usize) -> Result<Vec<u8>, FetchError> {
    let codings: Vec<String> = encoding.unwrap_or_default().split(',').map(|c| c.trim().to_ascii_lowercase()).collect();
    if codings.len() > CODINGS {
        return Err(FetchError::Encoding(format!("{} codings", codings.len())));
    }
    for coding in codings.iter().rev() {
        body = match coding.as_str() {
            "" | "identity" => body,
            "gzip" | "x-gzip" => gunzip(&body, most)?,
            // Servers mean zlib by it, or the bare stream.
            "deflate" => match unpacked(flate2::read::ZlibDecoder::new(&*body), most, coding) {
                Err(FetchError::Encoding(_)) => unpacked(flate2::read::DeflateDecoder::new(&*body), most, coding)?,
                result => result?,
            },
            "br" => unpacked(brotli_decompressor::Decompressor::new(&*body, 4096), most, coding)?,
            "zstd" => {
                let decoder = zstd::stream::read::Decoder::new(&*body).map_err(|_| FetchError::Encoding(coding.clone()))?;
                unpacked(decoder, most, coding)?
            }
            _ => return Err(FetchError::Encoding(coding.clone())),
        };
    }
    Ok(body)
}

/// Unpacks gzip, several members one after the other too, up to `most` bytes.
///
/// # Errors
/// Where it is no gzip, or has more bytes.
pub fn gunzip(packed: &[u8], most: usize) -> Result<Vec<u8>, FetchError> {
    unpacked(flate2::read::MultiGzDecoder::new(packed), most, "gzip")
}

fn unpacked(reader: impl Read, most: usize, coding: &str) -> Result<Vec<u8>, FetchError> {
    let mut body = Vec::new();
    let read = reader.take(most as u64 + 1).read_to_end(&mut body);
    if body.len() > most {
        return Err(FetchError::TooLarge(most));
    }
    read.map(|_| body).map_err(|_| FetchError::Encoding(coding.to_owned()))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).expect("written");
        encoder.finish().expect("packed")
    }

    /// 再掲 five hundred times, in Brotli (made by Node's zlib).
    const TEXT_IN_BROTLI: &[u8] = b"\x1b\xb7\x0b\xf8\x8d\x94\x6e\xc2\xbc\x34\x2c\x37\xcf\x46\x47\xd9\xb8\x2d\x0e\xc0\x36\x00\x10\x37";
    /// 4 MiB of zeros, in Brotli.
    const ZEROS_IN_BROTLI: &[u8] = b"\x9b\xff\xff\x3f\xf8\x27\x00\xe2\xb1\x40\x20\xf7\xfe\x07";

    #[test]
    fn what_was_packed_is_unpacked() {
        let text = "再掲".repeat(500).into_bytes();
        let zstd = zstd::bulk::compress(&text, 3).expect("packed");
        for (packed, encoding) in [
            (text.clone(), None),
            (gzip(&text), Some("gzip")),
            (TEXT_IN_BROTLI.to_vec(), Some("br")),
            (zstd, Some("zstd")),
            (gzip(&gzip(&text)), Some("gzip, GZIP")),
        ] {
            assert_eq!(decode(packed, encoding, 10_000), Ok(text.clone()), "{encoding:?}");
        }
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let bomb = gzip(&vec![0; 50 << 20]);
        assert!(bomb.len() < 100_000);
        assert_eq!(decode(bomb.clone(), Some("gzip"), 1 << 20), Err(FetchError::TooLarge(1 << 20)));
        let twice = gzip(&bomb);
        assert_eq!(decode(twice, Some("gzip, gzip"), 1 << 20), Err(FetchError::TooLarge(1 << 20)));
        assert_eq!(decode(ZEROS_IN_BROTLI.to_vec(), Some("br"), 1 << 20), Err(FetchError::TooLarge(1 << 20)));
        assert!(matches!(decode(b"plain".to_vec(), Some("gzip"), 100), Err(FetchError::Encoding(_))));
        assert!(matches!(decode(b"plain".to_vec(), Some("compress"), 100), Err(FetchError::Encoding(_))));
    }
}
