//! Bytes of any supported format in, one [`Document`] out.
//!
//! Pure: no I/O, no network, no clock. Bad input gives fewer blocks and a [`Problem`], never a panic.

mod builder;
mod charset;
mod data;
mod document;
mod drawn;
mod front;
mod html;
mod json;
mod links;
mod markdown;
mod plain;
mod rst;
mod sniff;

pub use document::{
    Block, BlockKind, Document, Field, Format, Link, LinkForm, Mark, MarkKind, Meta, Place, Problem, Record, Region, Span, Value,
};
pub use links::addresses;

/// Inputs above this many bytes are refused.
pub const MAX_BYTES: usize = 64 << 20;

/// What is known about the bytes beside themselves.
#[derive(Debug, Clone, Default)]
pub struct Hints<'a> {
    /// File name or last part of the address: its extension helps where the content does not decide.
    pub name: Option<&'a str>,
    /// `Content-Type` of an HTTP answer.
    pub content_type: Option<&'a str>,
    /// The document's address, for relative links.
    pub url: Option<&'a str>,
}

/// Why bytes could not be read as a document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// Nothing but white space.
    #[error("the document is empty")]
    Empty,
    /// Not a text in any known encoding.
    #[error("the document is binary, not text ({0})")]
    Binary(&'static str),
    /// Larger than [`MAX_BYTES`].
    // Who reads stops at the limit, so the true size is not always known.
    #[error("the document has more than {MAX_BYTES} bytes")]
    TooLarge(usize),
    /// Declared as JSON, YAML or a calendar, but broken.
    #[error("the document is no valid {format}: {message}")]
    Malformed {
        /// The format.
        format: &'static str,
        /// The parser's words.
        message: String,
    },
}

impl ReadError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Empty => "save the page or the notes again",
            Self::Binary("gzip" | "zstd" | "ZIP archive") => "unpack it first",
            Self::Binary(_) => "save the page as HTML or text",
            Self::TooLarge(_) => "split it into one file per event",
            Self::Malformed { .. } => "export it again, or name it .txt to have it read as plain text",
        }
    }
}

/// Reads a document, whatever its format and encoding.
///
/// # Errors
/// See [`ReadError`]; the message does not name the input, which the caller knows.
pub fn read(bytes: &[u8], hints: &Hints<'_>) -> Result<Document, ReadError> {
    if bytes.len() > MAX_BYTES {
        return Err(ReadError::TooLarge(bytes.len()));
    }
    let decoded = charset::decode(bytes, hints.content_type)?;
    let (text, declared) = sniff::without_http_head(decoded.text.as_ref());
    if text.trim().is_empty() {
        return Err(ReadError::Empty);
    }
    let hints = &Hints { content_type: hints.content_type.or(declared), ..hints.clone() };
    let mut document = match sniff::format(text, hints) {
        Format::Html => html::read(text, hints.url),
        Format::Markdown => markdown::read(text, hints.url),
        Format::Rst => rst::read(text, hints.url),
        Format::Json => match json::read(text, hints) {
            Err(_) if sniff::declared(hints).is_some_and(|f| f == Format::Markdown || f == Format::Plain) => plain::read(text),
            result => result?,
        },
        Format::Yaml => match data::yaml::read(text) {
            // Notes in lines of `Word: text` look like YAML.
            Ok(document) if document.records.is_empty() && sniff::declared(hints) != Some(Format::Yaml) => plain::read(text),
            Err(_) if sniff::declared(hints) != Some(Format::Yaml) => plain::read(text),
            result => result?,
        },
        Format::Calendar => data::calendar::read(text)?,
        Format::Xml => data::schedule_xml::read(text)?,
        Format::Plain => plain::read(text),
    };
    if matches!(document.format, Format::Html | Format::Markdown) {
        drawn::promote(&mut document);
    }
    if document.format == Format::Plain {
        json::quoted::add(&mut document);
    }
    document.charset = decoded.charset;
    document.problems.extend(decoded.problem);
    Ok(document)
}
