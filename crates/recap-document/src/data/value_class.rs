//! Values of microformats: the value-class pattern, and what `abbr`, `time`, `data`, `img` mean
//! (microformats.org/wiki/value-class-pattern, microformats2-parsing).

use super::page::Page;
use super::vocab;
use crate::document::{Field, Place};

/// A plain value (`p-*`, and most of the first microformats).
pub fn plain(page: &Page<'_>, node: usize, name: &str) -> Option<Field> {
    if let Some(joined) = parts(page, node, name) {
        return joined_plain(joined, name);
    }
    match page.tree.name(node) {
        "abbr" | "link" => page.attr(node, "title", name).or_else(|| page.text_of(node, name)),
        "data" | "input" => page.attr(node, "value", name).or_else(|| page.text_of(node, name)),
        "img" | "area" => page.attr(node, "alt", name),
        "meta" => page.attr(node, "content", name),
        _ => page.text_of(node, name),
    }
}

/// A date or time (`dt-*`, `dtstart`); one without a date takes that of `start`.
pub fn date(page: &Page<'_>, node: usize, name: &str, start: Option<&Field>) -> Option<Field> {
    let mut field = match parts(page, node, name) {
        Some(parts) => joined_date(parts, name)?,
        None => single_date(page, node, name)?,
    };
    // A part without text stands for what is shown beside it.
    if let Place::Attribute { at, .. } = &mut field.place
        && at.is_empty()
    {
        *at = page.span(node);
    }
    let value = vocab::extended(&field.value);
    let value = match start.and_then(|s| date_part(&s.value)).filter(|_| is_time(&value)) {
        Some(day) => format!("{day}T{}", value.trim_start_matches('T')),
        None => value,
    };
    Some(super::draft::derived(value, &field, name))
}

fn single_date(page: &Page<'_>, node: usize, name: &str) -> Option<Field> {
    let attr = match page.tree.name(node) {
        "time" | "ins" | "del" => Some("datetime"),
        "abbr" => Some("title"),
        "data" | "input" => Some("value"),
        "meta" => Some("content"),
        _ => None,
    };
    attr.and_then(|attr| page.attr(node, attr, name)).or_else(|| page.attr(node, "content", name)).or_else(|| page.text_of(node, name))
}

/// An address (`u-*`, `url`).
pub fn address(page: &Page<'_>, node: usize, name: &str) -> Option<Field> {
    let attr = match page.tree.name(node) {
        "a" | "area" | "link" => Some("href"),
        "img" | "audio" | "video" | "source" | "iframe" => Some("src"),
        "object" => Some("data"),
        _ => None,
    };
    attr.and_then(|attr| page.url(node, attr, name)).or_else(|| plain(page, node, name))
}

/// The elements with class `value` or `value-title` inside, in order; none: the pattern is not used.
fn parts(page: &Page<'_>, node: usize, name: &str) -> Option<Vec<Field>> {
    let mut found = Vec::new();
    let mut at = node + 1;
    while at < page.tree.nodes[node].next && found.len() < 8 {
        let (title, value) = (page.tree.has_class(at, "value-title"), page.tree.has_class(at, "value"));
        if title {
            found.extend(page.attr(at, "title", name));
        } else if value {
            found.extend(single_value(page, at, name));
        }
        at = if title || value { page.tree.nodes[at].next } else { at + 1 };
    }
    (!found.is_empty()).then_some(found)
}

fn single_value(page: &Page<'_>, node: usize, name: &str) -> Option<Field> {
    match page.tree.name(node) {
        "img" | "area" => page.attr(node, "alt", name),
        _ => single_date(page, node, name),
    }
}

fn joined_plain(parts: Vec<Field>, name: &str) -> Option<Field> {
    let value = parts.iter().map(|p| p.value.as_str()).collect::<String>();
    parts.first().map(|first| super::draft::derived(value, first, name))
}

/// Date and time parts joined by `T`.
fn joined_date(parts: Vec<Field>, name: &str) -> Option<Field> {
    let first = parts.first()?;
    let day = parts.iter().map(|p| vocab::extended(&p.value)).find(|v| date_part(v).is_some());
    let time = parts.iter().map(|p| p.value.as_str()).find(|v| is_time(v));
    let value = match (day, time) {
        (Some(day), Some(time)) if !day.contains('T') => format!("{day}T{}", clock(time)),
        (Some(day), _) => day,
        (None, Some(time)) => clock(time),
        (None, None) => return joined_plain(parts, name),
    };
    let mut field = super::draft::derived(value, first, name);
    if let (Place::Attribute { at, .. }, Some(last)) = (&mut field.place, parts.last()) {
        at.end = last.place.span().end.max(at.end);
    }
    Some(field)
}

/// `2020-06-16` of `2020-06-16T19:00`.
pub fn date_part(value: &str) -> Option<&str> {
    let day = value.get(..10)?;
    let shape = day.bytes().enumerate().all(|(i, b)| if i == 4 || i == 7 { b == b'-' } else { b.is_ascii_digit() });
    shape.then_some(day)
}

/// Whether a value is a time of day and nothing else.
pub fn is_time(value: &str) -> bool {
    let value = value.trim().trim_start_matches('T');
    let digits = value.bytes().take_while(u8::is_ascii_digit).count();
    let rest = value[digits..].to_ascii_lowercase();
    let twelve = rest.ends_with("am") || rest.ends_with("pm") || rest.ends_with("a.m.") || rest.ends_with("p.m.");
    (1..=2).contains(&digits) && value.len() <= 16 && (rest.starts_with(':') || twelve)
}

/// A time of the 12-hour clock in the 24-hour one: `7:30pm` → `19:30`.
pub fn clock(time: &str) -> String {
    let lower = time.trim().to_ascii_lowercase().replace('.', "");
    let Some((body, after_noon)) = lower.strip_suffix("pm").map(|b| (b, true)).or_else(|| lower.strip_suffix("am").map(|b| (b, false)))
    else {
        return time.trim().trim_start_matches('T').to_owned();
    };
    let (hour, rest) = body.trim().split_once(':').unwrap_or((body.trim(), "00"));
    match hour.parse::<u32>() {
        Ok(hour) if hour <= 12 => format!("{:02}:{rest}", hour % 12 + if after_noon { 12 } else { 0 }),
        _ => time.to_owned(),
    }
}
