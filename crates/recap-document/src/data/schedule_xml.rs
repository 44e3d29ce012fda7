//! XML data, above all frab's `schedule.xml`: elements become the same tree as JSON, and the same shapes read it.

use quick_xml::events::{BytesStart, Event};

use super::node::{MAX_DEPTH, MAX_LEAVES, Node};
use crate::builder::Builder;
use crate::document::Format;
use crate::{Document, ReadError};

/// Reads XML.
///
/// # Errors
/// [`ReadError::Malformed`] with line and column.
pub fn read(text: &str) -> Result<Document, ReadError> {
    let node = parse(text).map_err(|message| ReadError::Malformed { format: "XML", message })?;
    Ok(crate::json::document(node, Builder::new(), Format::Xml))
}

/// An element that is being read.
#[derive(Default)]
struct Open {
    name: String,
    entries: Vec<(String, Node)>,
    text: String,
}

fn parse(text: &str) -> Result<Node, String> {
    let mut reader = quick_xml::Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    let mut open = vec![Open::default()];
    let mut left = MAX_LEAVES;
    loop {
        let event = reader.read_event().map_err(|error| located(text, reader.error_position(), &error.to_string()))?;
        match event {
            Event::Start(start) => open.push(element(&start)),
            Event::Empty(start) => {
                let element = element(&start);
                close(&mut open, element, &mut left);
            }
            Event::End(_) if open.len() > 1 => {
                let element = open.pop().unwrap_or_default();
                close(&mut open, element, &mut left);
            }
            Event::Text(piece) => add_text(&mut open, &piece),
            Event::CData(piece) => add_text(&mut open, &piece),
            Event::GeneralRef(name) => add_text(&mut open, &entity(&name)),
            Event::Eof => break,
            _ => {}
        }
    }
    while open.len() > 1 {
        let element = open.pop().unwrap_or_default();
        close(&mut open, element, &mut left);
    }
    Ok(open.pop().map(|root| Node::Map(root.entries)).unwrap_or_default())
}

fn located(text: &str, position: u64, message: &str) -> String {
    let before = usize::try_from(position).ok().and_then(|end| text.get(..end)).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().map_or(0, |l| l.chars().count()) + 1;
    format!("{message} at line {line} column {column}")
}

fn element(start: &BytesStart<'_>) -> Open {
    let name = start.local_name().as_ref().to_owned();
    let attributes = start.attributes().filter_map(Result::ok).take(50);
    let entries = attributes.map(|a| {
        let key = a.key.local_name().as_ref().to_owned();
        let value = quick_xml::escape::unescape(&a.value).map_or_else(|_| a.value.to_string(), |v| v.into_owned());
        (key, Node::scalar(value, true))
    });
    Open { name, entries: entries.collect(), text: String::new() }
}

fn add_text(open: &mut [Open], piece: &str) {
    if let Some(element) = open.last_mut() {
        element.text.push_str(piece);
    }
}

/// The character of `amp` or `#x2014`; an entity that is not known stays as it is.
fn entity(name: &str) -> String {
    let reference = format!("&{name};");
    quick_xml::escape::unescape(&reference).map_or(reference.clone(), |c| c.into_owned())
}

/// Puts an element into the one around it. Elements of the same name become a list; one with nothing but text is that text,
/// unless its attributes say more than a number.
fn close(open: &mut [Open], mut element: Open, left: &mut usize) {
    let depth = open.len();
    let Some(parent) = open.last_mut().filter(|_| *left > 0 && depth < MAX_DEPTH) else { return };
    *left -= 1;
    let text = std::mem::take(&mut element.text);
    let only_ids = element.entries.iter().all(|(key, _)| matches!(key.as_str(), "id" | "guid" | "code"));
    let node = if only_ids && !text.trim().is_empty() {
        Node::scalar(text.trim(), true)
    } else {
        if !text.trim().is_empty() {
            element.entries.push(("#text".to_owned(), Node::scalar(text.trim(), true)));
        }
        Node::Map(element.entries)
    };
    match parent.entries.last_mut().filter(|(name, _)| *name == element.name) {
        Some((_, Node::List(items))) => items.push(node),
        Some((_, first)) => *first = Node::List(vec![std::mem::take(first), node]),
        None => parent.entries.push((element.name, node)),
    }
}
