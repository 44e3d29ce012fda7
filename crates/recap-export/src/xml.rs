//! XML by events, for the formats that are XML.

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use crate::Error;

/// A document under construction.
pub struct Xml {
    writer: Writer<Vec<u8>>,
    format: &'static str,
}

impl Xml {
    /// Begins a document with its declaration.
    pub fn new(format: &'static str) -> Result<Self, Error> {
        let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None))).map_err(|e| Error::of(format)(&e))?;
        Ok(Self { writer, format })
    }

    /// An element around others.
    pub fn within(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        inner: impl FnOnce(&mut Self) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut start = quick_xml::events::BytesStart::new(name.to_owned());
        for (key, value) in attributes {
            start.push_attribute((*key, legal(value).as_str()));
        }
        let end = start.to_end().into_owned();
        let fail = Error::of(self.format);
        self.writer.write_event(Event::Start(start)).map_err(|e| fail(&e))?;
        inner(self)?;
        self.writer.write_event(Event::End(end)).map_err(|e| fail(&e))
    }

    /// An element with attributes only.
    pub fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> Result<(), Error> {
        let mut start = quick_xml::events::BytesStart::new(name.to_owned());
        for (key, value) in attributes {
            start.push_attribute((*key, legal(value).as_str()));
        }
        self.writer.write_event(Event::Empty(start)).map_err(|e| Error::of(self.format)(&e))
    }

    /// An element with text.
    pub fn text(&mut self, name: &str, attributes: &[(&str, &str)], text: &str) -> Result<(), Error> {
        let format = self.format;
        self.within(name, attributes, |xml| {
            xml.writer.write_event(Event::Text(BytesText::new(&legal(text)))).map_err(|e| Error::of(format)(&e))
        })
    }

    /// The document.
    pub fn finish(self) -> String {
        let mut text = String::from_utf8_lossy(&self.writer.into_inner()).into_owned();
        text.push('\n');
        text
    }
}

/// Without the characters that XML 1.0 has no place for (section 2.2).
fn legal(text: &str) -> String {
    let fits = |c: &char| matches!(c, '\t' | '\n' | '\r') || (*c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}'));
    text.chars().filter(fits).collect()
}
