//! Which records are about the document's own event.

use recap_document::{BlockKind, Field, Record, Value};
use recap_text::names::fold;

use super::value::{clean, is_address, trust};
use super::when;
use crate::context::Context;

/// More events than these are a list, whatever they are.
const MAX_EVENTS: usize = 64;
/// Shortest folded name that says something within another text.
const MIN_NAME: usize = 4;

/// The records of one event.
#[derive(Debug, Default)]
pub struct About<'a> {
    /// Records of the event itself, the most trusted first.
    pub event: Vec<&'a Record>,
    /// Records of its talks that stand beside it.
    pub talks: Vec<&'a Record>,
}

/// The records about the document's event: one event, told once or in several vocabularies.
pub fn choose<'a>(context: &Context<'a>) -> Option<About<'a>> {
    let records = &context.doc.records;
    if let Some(about) = of_talks(records) {
        return Some(about);
    }
    let all: Vec<&Record> = records.iter().filter(|r| is_event(r)).collect();
    if all.len() > MAX_EVENTS {
        return None;
    }
    let (talks, events): (Vec<&Record>, Vec<&Record>) = all.iter().partition(|r| is_session(r, &all));
    if events.is_empty() {
        return of_sessions(talks);
    }
    let mut groups = groups(events);
    let mut about = if groups.len() == 1 { groups.pop()? } else { titled(context, groups)? };
    if is_article(records) && !about.iter().any(|r| is_titled(context, r)) {
        return None;
    }
    about.sort_by(|a, b| trust(b).total_cmp(&trust(a)));
    let talks = talks.into_iter().filter(|t| parent(t).is_some_and(|p| about.iter().any(|r| same_name(r, p) || same_url(r, p)))).collect();
    Some(About { event: about, talks })
}

/// Talks that stand alone: data of one recording, or of a call for papers.
fn of_talks(records: &[Record]) -> Option<About<'_>> {
    let talks: Vec<&Record> = records.iter().filter(|r| is_talk(r)).collect();
    let first = *talks.first()?;
    let whole = |r: &&&Record| r.text("startDate").is_some() && !is_talk(r) && is_event(r);
    if records.iter().any(|r| whole(&&r)) {
        return None;
    }
    let name = parent(first).and_then(|p| p.text("name")).map(|f| fold(&f.value));
    let one = talks.iter().all(|t| parent(t).and_then(|p| p.text("name")).map(|f| fold(&f.value)) == name);
    one.then(|| About { event: parent(first).into_iter().collect(), talks })
}

/// Pages of sessions: the event is the one that all of them are part of.
fn of_sessions(talks: Vec<&Record>) -> Option<About<'_>> {
    let event = parent(talks.first()?)?;
    let one = talks.iter().all(|t| parent(t).is_some_and(|p| same_name(p, event)));
    one.then(|| About { event: vec![event], talks })
}

/// Whether a record is an event that has something to say. Broadcasts and sales of an event are none.
fn is_event(record: &Record) -> bool {
    const OTHERS: &[&str] = &["BroadcastEvent", "OnDemandEvent", "DeliveryEvent", "SaleEvent", "PublicationEvent"];
    const MORE: &[&str] = &["Hackathon", "Festival", "CourseInstance"];
    let kind = record.is_a("Event") || record.types.iter().any(|t| MORE.contains(&t.as_str()));
    let other = record.types.iter().any(|t| OTHERS.contains(&t.as_str()));
    let says = |p| record.all(p).next().is_some();
    let series = record.is_a("EventSeries") && (says("startDate") || says("subEvent"));
    ((kind && !other) || series) && (says("name") || says("startDate") || says("subEvent"))
}

/// A talk by its type.
fn is_talk(record: &Record) -> bool {
    record.types.iter().any(|t| t == "PresentationEvent")
}

/// A talk by its place: part of an event that the document tells of too, and that is no mere series.
fn is_session(record: &Record, all: &[&Record]) -> bool {
    let told = |p: &Record| p.text("startDate").is_some() || all.iter().any(|r| parent(r).is_none() && same_name(r, p));
    is_talk(record) || parent(record).is_some_and(|p| p.is_a("Event") && p.text("name").is_some() && told(p))
}

/// The event that a record is a part of.
pub fn parent(record: &Record) -> Option<&Record> {
    record.records("superEvent").next()
}

/// Joins records that mean the same event.
fn groups(events: Vec<&Record>) -> Vec<Vec<&Record>> {
    let mut groups: Vec<Vec<&Record>> = Vec::new();
    for event in events {
        match groups.iter().position(|group| group.iter().any(|r| same(r, event))) {
            Some(i) => groups[i].push(event),
            None => groups.push(vec![event]),
        }
    }
    groups
}

/// Whether two records mean the same event: the same name or page, and no two days.
fn same(a: &Record, b: &Record) -> bool {
    let days = day(a).zip(day(b));
    let named = same_name(a, b);
    // A moment in UTC may fall on the day before.
    let apart =
        days.is_some_and(|(x, y)| x != y && (a.vocabulary == b.vocabulary || !named || x.until(y).is_ok_and(|s| s.get_days().abs() > 1)));
    let nameless = a.text("name").is_none() || b.text("name").is_none();
    !apart && (named || same_url(a, b) || (nameless && days.is_some()))
}

fn day(record: &Record) -> Option<jiff::civil::Date> {
    when::day(&record.text("startDate")?.value)
}

fn same_name(a: &Record, b: &Record) -> bool {
    let key = |r: &Record| r.text("name").map(|f| fold(&clean(&f.value)));
    key(a).zip(key(b)).is_some_and(|(x, y)| x == y || within(&x, &y) || within(&y, &x))
}

fn within(part: &str, whole: &str) -> bool {
    part.chars().count() >= MIN_NAME && whole.contains(part)
}

fn same_url(a: &Record, b: &Record) -> bool {
    let address = |r: &Record| r.text("url").filter(|f| is_address(&f.value)).map(|f| key(&f.value));
    address(a).zip(address(b)).is_some_and(|(x, y)| x == y)
}

/// An address without scheme, query and last slash.
fn key(url: &str) -> String {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/').trim_start_matches("www.").to_lowercase()
}

/// Of several events the one whose page this is, else the one that the page calls itself after.
fn titled<'a>(context: &Context<'a>, groups: Vec<Vec<&'a Record>>) -> Option<Vec<&'a Record>> {
    let only = |fits: &dyn Fn(&Record) -> bool| {
        let mut fitting = groups.iter().filter(|group| group.iter().any(|r| fits(r)));
        let found = fitting.next()?;
        fitting.next().is_none().then(|| found.clone())
    };
    only(&|r| is_addressed(context, r)).or_else(|| only(&|r| is_named(context, r))).or_else(|| only(&|r| is_headed(context, r)))
}

/// Whether one of the page's first headings is the event's name.
fn is_headed(context: &Context<'_>, record: &Record) -> bool {
    let Some(name) = record.text("name").map(|f| fold(&clean(&f.value))) else { return false };
    let headings = context.leaves.iter().filter(|&&leaf| matches!(context.doc.blocks[leaf].kind, BlockKind::Heading(1..=2)));
    headings.take(4).any(|&leaf| fold(context.text(leaf)) == name)
}

/// Whether the page has the event's name for its title, or its address.
fn is_titled(context: &Context<'_>, record: &Record) -> bool {
    is_named(context, record) || is_addressed(context, record)
}

fn is_named(context: &Context<'_>, record: &Record) -> bool {
    let Some(name) = record.text("name").map(|f| fold(&clean(&f.value))) else { return false };
    let named = |title: &Field| {
        let title = fold(&title.value);
        within(&name, &title) || (title.chars().count() >= 2 * MIN_NAME && name.contains(&title))
    };
    context.doc.meta.title.iter().chain(cards(context).filter_map(|r| r.text("name"))).any(named)
}

fn is_addressed(context: &Context<'_>, record: &Record) -> bool {
    let Some(own) = record.text("url").filter(|f| is_address(&f.value)).map(|f| key(&f.value)) else { return false };
    context.doc.meta.url.iter().chain(cards(context).filter_map(|r| r.text("url"))).any(|f| key(&f.value) == own)
}

/// What the page says of itself for cards.
fn cards<'c>(context: &'c Context<'_>) -> impl Iterator<Item = &'c Record> {
    context.doc.records.iter().filter(|r| r.vocabulary == "opengraph" && !r.is_a("Event"))
}

/// Whether the page calls itself a text in its structured data. Cards call anything an article.
pub fn is_typed_article(records: &[Record]) -> bool {
    records.iter().any(|r| r.vocabulary != "opengraph" && is_article(std::slice::from_ref(r)))
}

/// Whether the page calls itself a text: what events it holds may be those of its margin.
pub fn is_article(records: &[Record]) -> bool {
    let text = |r: &Record| r.types.iter().any(|t| t.ends_with("Article") || t == "BlogPosting" || t == "LiveBlogPosting" || t == "Report");
    let inner = |r: &Record| {
        r.props.iter().any(|(p, v)| matches!(p.as_str(), "mainEntity" | "mainEntityOfPage") && matches!(v, Value::Record(r) if text(r)))
    };
    records.iter().any(|r| text(r) || inner(r))
}
