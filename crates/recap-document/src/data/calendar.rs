//! iCalendar (RFC 5545): events with the properties that say what, when, where and by whom.

use super::draft::{Draft, derived};
use super::node::{Node, Scalar};
use super::show;
use super::vocab;
use crate::builder::Builder;
use crate::document::{Field, Format, Problem, Record};
use crate::{Document, ReadError};

/// Lines read from one calendar.
const MAX_LINES: usize = 200_000;

/// Reads a calendar.
///
/// # Errors
/// [`ReadError::Malformed`] where no component is found at all.
pub fn read(text: &str) -> Result<Document, ReadError> {
    let lines = unfolded(text);
    let (mut root, complete) = components(&lines).map_err(|message| ReadError::Malformed { format: "iCalendar", message })?;
    let mut builder = Builder::new();
    show::show(&mut root, &mut builder);
    let (text, blocks) = builder.finish_all();
    let mut document = Document { format: Format::Calendar, text, blocks, ..Document::default() };
    collect(&root, &mut document.records);
    if !complete {
        document.problems.push(Problem { code: "calendar-cut", message: "the calendar ends in the middle of a component".to_owned() });
    }
    crate::links::add_bare_links(&mut document);
    Ok(document)
}

/// Content lines: a line that starts with a space or a tab continues the one before.
fn unfolded(text: &str) -> Vec<(usize, String)> {
    let mut lines: Vec<(usize, String)> = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if lines.len() >= MAX_LINES {
            break;
        }
        match (line.strip_prefix([' ', '\t']), lines.last_mut()) {
            (Some(rest), Some((_, last))) => last.push_str(rest),
            _ => lines.push((number + 1, line.trim_end().to_owned())),
        }
    }
    lines.retain(|(_, line)| !line.trim().is_empty());
    lines
}

/// Components as maps: `VEVENT: {SUMMARY: …, DTSTART: …}`, parameters as `DTSTART;TZID`. Tells whether every one was closed.
fn components(lines: &[(usize, String)]) -> Result<(Node, bool), String> {
    let mut root = Vec::new();
    let mut open: Vec<(String, Vec<(String, Node)>)> = Vec::new();
    for (number, line) in lines {
        let Some((name, parameters, value)) = content_line(line) else { continue };
        match name.as_str() {
            "BEGIN" if open.len() < 8 => open.push((value.trim().to_ascii_uppercase(), Vec::new())),
            "BEGIN" => return Err(format!("components are nested too deeply at line {number}")),
            "END" => {
                let Some((name, entries)) = open.pop() else { continue };
                let parent = open.last_mut().map_or(&mut root, |(_, entries)| entries);
                parent.push((name, Node::Map(entries)));
            }
            _ => {
                if let Some((_, entries)) = open.last_mut() {
                    entries.push((name.clone(), Node::scalar(unescaped(value), true)));
                    entries.extend(parameters.into_iter().map(|(key, value)| (format!("{name};{key}"), Node::scalar(value, true))));
                }
            }
        }
    }
    let complete = open.is_empty();
    while let Some((name, entries)) = open.pop() {
        let parent = open.last_mut().map_or(&mut root, |(_, entries)| entries);
        parent.push((name, Node::Map(entries)));
    }
    if root.is_empty() {
        return Err("no component (BEGIN:…) at line 1".to_owned());
    }
    Ok((Node::Map(root), complete))
}

type Parameters = Vec<(String, String)>;

/// `NAME;PARAM=value;PARAM="a:b":value`.
fn content_line(line: &str) -> Option<(String, Parameters, &str)> {
    let mut quoted = false;
    let colon = line.char_indices().find_map(|(at, c)| {
        quoted ^= c == '"';
        (c == ':' && !quoted).then_some(at)
    })?;
    let (head, value) = (&line[..colon], &line[colon + 1..]);
    let mut parts = head.split(';');
    let name = parts.next()?.trim().to_ascii_uppercase();
    let parameter = |part: &str| part.split_once('=').map(|(k, v)| (k.trim().to_ascii_uppercase(), v.trim_matches('"').to_owned()));
    let parameters = parts.filter_map(parameter).filter(|(key, _)| matches!(key.as_str(), "TZID" | "CN" | "VALUE")).collect();
    (!name.is_empty()).then_some((name, parameters, value))
}

/// RFC 5545, 3.3.11: `\n`, `\,`, `\;`, `\\`.
fn unescaped(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let mut chars = value.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('n' | 'N') => out.push('\n'),
                Some(other) => out.push(other),
                None => out.push('\\'),
            },
            c => out.push(c),
        }
    }
    out
}

/// Depth is that of the components, at most eight.
fn collect(node: &Node, records: &mut Vec<Record>) {
    for (name, value) in node.entries() {
        match name.as_str() {
            "VEVENT" => records.extend(Some(event(value)).filter(|r| !r.props.is_empty())),
            _ => collect(value, records),
        }
    }
}

/// The events of jCal (RFC 7265): the same components and properties as JSON arrays.
pub fn jcal(root: &Node) -> Vec<Record> {
    let [name, _, Node::List(parts), ..] = root.items() else { return Vec::new() };
    if name.as_field().is_none_or(|f| f.value != "vcalendar") {
        return Vec::new();
    }
    parts.iter().filter_map(component).map(|node| event(&node)).filter(|r| !r.props.is_empty()).collect()
}

/// `["vevent", [[name, parameters, type, value], …], …]` as the map that iCalendar gives.
fn component(part: &Node) -> Option<Node> {
    let [kind, Node::List(properties), ..] = part.items() else { return None };
    kind.as_field().filter(|f| f.value == "vevent")?;
    let mut entries = Vec::new();
    for property in properties {
        let [name, parameters, _, value, ..] = property.items() else { continue };
        let Some(name) = name.as_field().map(|f| f.value.to_ascii_uppercase()) else { continue };
        for (key, parameter) in parameters.entries() {
            entries.push((format!("{name};{}", key.to_ascii_uppercase()), parameter.clone()));
        }
        entries.push((name, value.clone()));
    }
    Some(Node::Map(entries))
}

fn event(node: &Node) -> Record {
    let mut draft = Draft::of(
        "ical",
        "Event",
        node,
        &[
            ("name", "SUMMARY"),
            ("identifier", "UID"),
            ("url", "URL"),
            ("description", "DESCRIPTION"),
            ("location", "LOCATION"),
            ("duration", "DURATION"),
            ("organizer.name", "ORGANIZER;CN"),
            ("eventStatus", "STATUS"),
        ],
    );
    for (property, name) in [("startDate", "DTSTART"), ("endDate", "DTEND")] {
        draft.put(property, node.field(name).map(|f| derived(vocab::extended(&f.value), f, name)));
    }
    draft.put("timeZone", node.field("DTSTART;TZID").cloned());
    for categories in node.all("CATEGORIES").filter_map(scalar) {
        categories.value.split(',').map(str::trim).for_each(|word| draft.put("keywords", Some(derived(word, categories, "CATEGORIES"))));
    }
    for attendee in node.all("ATTENDEE;CN").filter_map(scalar) {
        let mut person = Draft::new("ical", "Person");
        person.put("name", Some(attendee.clone()));
        draft.nest("attendee", person.finish());
    }
    draft.finish()
}

fn scalar(node: &Node) -> Option<&Field> {
    match node {
        Node::Scalar(Scalar { field, .. }) => Some(field),
        _ => None,
    }
}
