//! Front matter: YAML between `---`, TOML between `+++`, JSON, and the bare `Key: value` lines of Pelican, MultiMarkdown and mails.

use crate::builder::Builder;
use crate::data::front_event;
use crate::document::{BlockKind, Field, Meta, Place, Record, Span};

/// Larger front matter is read as text.
const MAX_BYTES: usize = 64 << 10;
/// Parts of the YAML that aliases may repeat.
const MAX_ALIASED: usize = 10_000;
/// Values taken from one front matter.
const MAX_FIELDS: usize = 500;

/// Cuts front matter off a text and writes it into the builder as one [`BlockKind::Meta`] leaf.
///
/// Gives what it says, the event that it describes, and the rest of the text.
pub fn split<'a>(text: &'a str, builder: &mut Builder) -> (Meta, Option<Record>, &'a str) {
    let trimmed = text.trim_start_matches(['\u{feff}', '\n', '\r']);
    let at = builder.position();
    let found = fenced(trimmed, "---").map(|(front, rest)| (yaml(front), front_event::yaml(front, at), front, rest));
    let found = found.or_else(|| fenced(trimmed, "+++").map(|(front, rest)| (toml(front), front_event::toml(front, at), front, rest)));
    let found = found.or_else(|| header_lines(trimmed).map(|(front, rest)| (lines(front), None, front, rest)));
    let Some((pairs, event, front, rest)) = found.filter(|(pairs, ..)| !pairs.is_empty()) else {
        return (Meta::default(), None, trimmed);
    };
    (write(pairs, front, builder), event, rest)
}

/// Writes `front` into the builder as one [`BlockKind::Meta`] leaf; gives what its `(key, value)` pairs say.
pub fn write(pairs: Pairs, front: &str, builder: &mut Builder) -> Meta {
    let start = builder.position();
    builder.start_leaf(BlockKind::Meta, Vec::new());
    builder.text(front.trim_end());
    builder.end_leaf();
    let mut meta = Meta::default();
    for (key, value) in pairs.into_iter().flat_map(listed).take(MAX_FIELDS) {
        let place = place_of(front, start, &key, &value);
        assign(&mut meta, &key, Field { value, place });
    }
    meta
}

/// Tags written as one value with commas, each by itself.
fn listed((key, value): (String, String)) -> Pairs {
    if !is_tag_key(&key.to_ascii_lowercase()) {
        return vec![(key, value)];
    }
    value.split([',', '、', '，']).map(str::trim).filter(|v| !v.is_empty()).map(|v| (key.clone(), v.to_owned())).collect()
}

fn is_tag_key(key: &str) -> bool {
    matches!(key, "tags" | "tag" | "categories" | "category" | "topics" | "keywords" | "event_tags")
}

/// The text between a fence line at the start and the next one.
fn fenced<'a>(text: &'a str, fence: &str) -> Option<(&'a str, &'a str)> {
    let body = text.strip_prefix(fence)?.trim_start_matches([' ', '\t', '\r']).strip_prefix('\n')?;
    let mut at = 0;
    for line in body.split_inclusive('\n') {
        if at > MAX_BYTES {
            return None;
        }
        if line.trim_end() == fence || (fence == "---" && line.trim_end() == "...") {
            return Some((&body[..at], &body[at + line.len()..]));
        }
        at += line.len();
    }
    None
}

/// `Title: …` lines at the very start, at least two of them with usual keys, up to an empty line.
fn header_lines(text: &str) -> Option<(&str, &str)> {
    const KEYS: &[&str] = &[
        "title",
        "date",
        "author",
        "category",
        "categories",
        "tags",
        "slug",
        "summary",
        "layout",
        "status",
        "lang",
        "modified",
        "subject",
        "from",
    ];
    let end = text.find("\n\n").or_else(|| text.find("\n\r\n"))?;
    let front = &text[..end];
    let keyed = |line: &str| line.split_once(':').is_some_and(|(key, _)| KEYS.contains(&key.trim().to_ascii_lowercase().as_str()));
    // A mail's header continues on lines that begin with a space (RFC 5322, 2.2.3).
    let pair = |line: &str| line.split_once(':').is_some_and(|(k, _)| !k.is_empty() && k.len() < 30 && !k.contains(' '));
    let all = front.lines().enumerate().all(|(n, line)| pair(line) || (n > 0 && line.starts_with([' ', '\t'])));
    (all && front.lines().filter(|l| keyed(l)).count() >= 2).then(|| (front, &text[end..]))
}

/// Keys and values in order; a key may stand several times.
pub type Pairs = Vec<(String, String)>;

fn yaml(front: &str) -> Pairs {
    let mut options = serde_saphyr::options! { duplicate_keys: serde_saphyr::options::DuplicateKeyPolicy::FirstWins };
    options.alias_limits.max_total_replayed_events = MAX_ALIASED;
    match serde_saphyr::from_str_with_options::<serde_json::Value>(front, options) {
        Ok(value @ serde_json::Value::Object(_)) => flatten(&value),
        _ => lines(front),
    }
}

fn toml(front: &str) -> Pairs {
    let value = toml::from_str::<toml::Table>(front).ok().and_then(|table| serde_json::to_value(table).ok());
    value.map_or_else(|| lines(&front.replace('=', ":")), |value| flatten(&value))
}

/// The tolerant reading, for front matter that no parser takes.
fn lines(front: &str) -> Pairs {
    let pair = |line: &str| {
        let (key, value) = line.split_once(':')?;
        let value = value.trim().trim_matches(['"', '\'']).trim();
        let value = match key {
            "Subject" => subject(value),
            "From" => value.split(['<', '(']).next().unwrap_or(value).trim_matches(['"', ' ']),
            _ => value,
        };
        (!key.starts_with([' ', '-', '#']) && !value.is_empty()).then(|| (key.trim().to_owned(), value.to_owned()))
    };
    front.lines().filter_map(pair).collect()
}

/// A mail's subject without the mark of an answer (`Re:`) and the list's name in brackets.
fn subject(value: &str) -> &str {
    let mut rest = value.trim();
    while let Some(behind) = ["Re:", "RE:", "AW:", "Fwd:", "Fw:", "FW:"].iter().find_map(|mark| rest.strip_prefix(mark)) {
        rest = behind.trim_start();
    }
    let named = rest.strip_prefix('[').and_then(|r| r.split_once(']')).filter(|(list, rest)| list.len() <= 40 && !rest.trim().is_empty());
    named.map_or(rest, |(_, rest)| rest.trim_start())
}

/// Scalars with their keys joined by `.`; the front matter's size bounds the depth.
fn flatten(value: &serde_json::Value) -> Pairs {
    let mut pairs = Vec::new();
    let mut stack = vec![(String::new(), value)];
    while let Some((key, value)) = stack.pop() {
        let join = |inner: &str| if key.is_empty() { inner.to_owned() } else { format!("{key}.{inner}") };
        match value {
            serde_json::Value::Object(map) => {
                // A TOML date-time comes as a map with one private key.
                if let Some(date) = map.get("$__toml_private_datetime").and_then(|d| d.as_str()) {
                    pairs.push((key, date.to_owned()));
                } else {
                    stack.extend(map.iter().rev().map(|(k, v)| (join(k), v)));
                }
            }
            serde_json::Value::Array(items) => stack.extend(items.iter().rev().map(|v| (key.clone(), v))),
            serde_json::Value::String(text) if !text.trim().is_empty() => pairs.push((key, text.trim().to_owned())),
            serde_json::Value::Number(number) => pairs.push((key, number.to_string())),
            _ => {}
        }
    }
    pairs
}

/// Where a value stands in the front matter: on a line with its key, else anywhere.
fn place_of(front: &str, start: usize, key: &str, value: &str) -> Place {
    let last = key.rsplit('.').next().unwrap_or(key);
    let at_key = front.match_indices(last).find_map(|(at, _)| {
        let line_end = front[at..].find('\n').map_or(front.len(), |n| at + n);
        front[at + last.len()..line_end].find(value).map(|n| at + last.len() + n)
    });
    match at_key.or_else(|| front.find(value)) {
        Some(at) => Place::Text(Span::new(start + at, start + at + value.len())),
        None => Place::Attribute { name: format!("front-matter/{key}"), at: Span::new(start, start) },
    }
}

fn assign(meta: &mut Meta, key: &str, field: Field) {
    let slot = match key.to_ascii_lowercase().as_str() {
        "title" | "subject" => &mut meta.title,
        "author" | "from" | "authors" | "author.name" | "authors.name" | "creator" => &mut meta.author,
        "date" | "published" | "publishdate" | "pubdate" | "published_at" | "created" | "created_at" | "posted" => &mut meta.published,
        "lang" | "language" | "locale" => &mut meta.language,
        "canonical" | "canonical_url" | "canonicalurl" => &mut meta.url,
        "description" | "summary" | "excerpt" | "catch" => &mut meta.description,
        tags if is_tag_key(tags) => return meta.tags.push(field),
        _ => return meta.other.push((key.to_owned(), field)),
    };
    match slot {
        None => *slot = Some(field),
        Some(_) => meta.other.push((key.to_owned(), field)),
    }
}
