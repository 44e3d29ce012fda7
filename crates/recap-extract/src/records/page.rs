//! Pages of event platforms whose data says less than the page: its address tells that it is an event's, and the lines by
//! the event's name tell when it was.

use recap_document::{BlockKind, Field, Format, Place, Record, Span, Value};
use recap_model::{LinkKind, Method, Precision};
use recap_rules::Use;
use recap_text::dates::{DateContext, find_dates};
use recap_text::names::fold;

use super::choose::{is_article, is_typed_article};
use super::event::without_tail;
use super::value::clean;
use crate::context::{Context, classify_url};
use crate::drafts::EventDraft;
use crate::event::fields::label;
use crate::finding::{Found, Proof};

/// Leaves before and behind the event's name in which its date is looked for.
const AROUND: (usize, usize) = (3, 14);
/// Longest leaf that is a date's line, in characters.
const MAX_LINE: usize = 120;

/// The event of a page that an event platform's address makes one, though no record tells of it.
pub fn by_address(context: &Context<'_>) -> Option<EventDraft> {
    let field = context.doc.meta.url.as_ref().filter(|_| context.doc.format == Format::Html && !is_typed_article(&context.doc.records))?;
    let (LinkKind::Event, url, rule, _) = classify_url(context.rules, field.value.trim()) else { return None };
    // A list of several events is about none of them.
    if context.doc.records.iter().filter(|r| r.is_a("Event")).count() > 1 {
        return None;
    }
    let mut draft = EventDraft { urls: vec![Found::new(url, Proof::field(field, rule, Method::Normalised, 0.9))], ..EventDraft::default() };
    draft.name = heading(context).or_else(|| titled(context)).map(|n| without_tail(context, n));
    complete(context, &mut draft);
    Some(draft)
}

/// The event of a page that lies where sites keep their events (`/events/sample-night`) and says when it is by its heading.
pub fn by_path(context: &Context<'_>) -> Option<EventDraft> {
    let html = context.doc.format == Format::Html && !is_typed_article(&context.doc.records);
    let field = context.doc.meta.url.as_ref().filter(|f| html && super::told::is_event_path(&f.value))?;
    if context.doc.records.iter().filter(|r| r.is_a("Event")).count() > 1 {
        return None;
    }
    let proof = Proof::field(field, "document/url", Method::Normalised, 0.85);
    let mut draft = EventDraft { urls: vec![Found::new(field.value.clone(), proof)], ..EventDraft::default() };
    draft.name = Some(without_tail(context, heading(context)?));
    complete(context, &mut draft);
    draft.start.is_some().then_some(draft)
}

/// The event of a page that calls an element its place, and gives day and hour by the heading that its title has.
pub fn by_place(context: &Context<'_>) -> Option<EventDraft> {
    let records = &context.doc.records;
    // `address` is an author's, too: the element must be called a place.
    let called = |span: Span| {
        let around = context.doc.blocks.iter().filter(|b| b.span == span);
        around.filter_map(|b| b.attr("class")).any(|class| ["venue", "location", "place"].iter().any(|word| class.contains(word)))
    };
    let place = records.iter().filter(|r| r.vocabulary == "class").find_map(|r| r.text("location"));
    let placed = place.is_some_and(|field| called(field.place.span()));
    if !placed || context.doc.format != Format::Html || is_article(records) || records.iter().any(|r| r.is_a("Event")) {
        return None;
    }
    let mut draft = EventDraft { name: Some(without_tail(context, heading(context)?)), ..EventDraft::default() };
    complete(context, &mut draft);
    let hour = draft.start.as_ref().is_some_and(|start| start.value.len() > 10);
    (hour && (draft.venue.is_some() || draft.address.is_some())).then_some(draft)
}

/// The event of a page of a conference's own site: the site bears the name and year of the conference, the page is no article.
pub fn by_site(context: &Context<'_>) -> Option<EventDraft> {
    let site = context.doc.meta.site.as_ref().filter(|_| context.doc.format == Format::Html && !is_article(&context.doc.records))?;
    let rule =
        context.rules.of(Use::EventName, context.language).find(|r| r.kind.as_deref() == Some("record-site") && r.matches(&site.value))?;
    if context.doc.records.iter().any(|r| r.is_a("Event")) {
        return None;
    }
    let mut draft = EventDraft {
        name: Some(Found::new(clean(&site.value), Proof::field(site, &rule.id, Method::Normalised, rule.confidence))),
        ..EventDraft::default()
    };
    draft.urls = context
        .doc
        .meta
        .url
        .iter()
        .filter(|f| is_front(context, &f.value))
        .map(|f| Found::new(f.value.clone(), Proof::field(f, "document/url", Method::Normalised, 0.85)))
        .collect();
    complete(context, &mut draft);
    Some(draft)
}

/// Whether an address is that of a site or of one edition on it, not of a page below.
pub fn is_front(context: &Context<'_>, url: &str) -> bool {
    let short =
        url.split_once("://").is_some_and(|(_, rest)| rest.trim_end_matches('/').matches('/').count() <= 1 && !rest.contains(['?', '#']));
    let mut parts = context.rules.of(Use::EventFact, context.language).filter(|r| r.kind.as_deref() == Some("url-part"));
    short && !parts.any(|r| r.matches(url))
}

/// The longest heading that the page's title begins with, else the first that it repeats.
fn heading(context: &Context<'_>) -> Option<Found<String>> {
    let title = fold(&context.doc.meta.title.as_ref()?.value);
    let headings = context.leaves.iter().filter(|&&leaf| matches!(context.doc.blocks[leaf].kind, BlockKind::Heading(1..=2)));
    let repeated: Vec<(usize, String)> = headings
        .take(8)
        .map(|&leaf| (leaf, fold(context.text(leaf))))
        .filter(|(_, key)| key.chars().count() >= 4 && title.contains(key))
        .collect();
    // The group's name may stand above the event's, and begin it.
    let leading = repeated.iter().rev().filter(|(_, key)| title.starts_with(key)).max_by_key(|(_, key)| key.len());
    let (leaf, _) = leading.or(repeated.first())?;
    Some(Found::spoken(context.doc, context.doc.blocks[*leaf].span, "page/heading", 0.9))
}

/// The page's title, as it calls itself in cards.
fn titled(context: &Context<'_>) -> Option<Found<String>> {
    let cards = context.doc.records.iter().filter(|r| r.vocabulary == "opengraph").filter_map(|r| r.text("name"));
    let field: &Field = cards.chain(&context.doc.meta.title).next()?;
    Some(Found::new(clean(&field.value), Proof::field(field, "page/title", Method::Normalised, 0.8))).filter(|f| !f.value.is_empty())
}

/// Fills in what the records do not give: the date that stands by the event's name, and the place by what its element is called.
pub fn complete(context: &Context<'_>, draft: &mut EventDraft) {
    if context.doc.format != Format::Html {
        return;
    }
    if draft.venue.is_none() && draft.address.is_none() && draft.mode.is_none() {
        placed(context, draft);
    }
    if draft.start.is_none() {
        dated(context, draft);
    }
}

/// The place in the element that is called after it: its first line, the address in those below.
fn placed(context: &Context<'_>, draft: &mut EventDraft) {
    let Some(field) = context.doc.records.iter().find(|r| r.vocabulary == "class").and_then(|r| r.text("location")) else { return };
    let span = field.place.span();
    let mut start = span.start;
    let mut place = Record { vocabulary: "class".to_owned(), types: vec!["Place".to_owned()], props: Vec::new() };
    for line in context.doc.slice(span).split('\n') {
        let at = Span::new(start, start + line.len());
        start += line.len() + 1;
        if line.trim().is_empty() || label(context, line).is_some() || place.props.len() >= 2 {
            continue;
        }
        let property = if place.props.is_empty() { "name" } else { "address" };
        let field = Field { value: line.to_owned(), place: Place::Text(at) };
        place.props.push((property.to_owned(), Value::Text(field)));
    }
    let props = vec![("location".to_owned(), Value::Record(place))];
    let record = Record { vocabulary: "class".to_owned(), types: vec!["Event".to_owned()], props };
    super::place::fill(context, &[&record], draft);
}

/// The date in the lines by the event's name.
fn dated(context: &Context<'_>, draft: &mut EventDraft) {
    let Some(name) = draft.name.as_ref().map(|n| fold(&n.value)).filter(|n| !n.is_empty()) else { return };
    let at = context.leaves.iter().enumerate().filter(|(_, leaf)| fold(context.text(**leaf)) == name).map(|(at, _)| at).take(3);
    let behind = at.flat_map(|at| (at..(at + AROUND.1).min(context.leaves.len())).chain(at.saturating_sub(AROUND.0)..at));
    for leaf in behind.map(|at| context.leaves[at]).filter(|&leaf| context.text(leaf).chars().count() <= MAX_LINE) {
        let dates = find_dates(context.text(leaf), &DateContext { reference: None, lang: Some(context.language) });
        let Some(date) = dates.into_iter().find(|d| d.year_given && d.precision >= recap_text::dates::Precision::Day) else { continue };
        let start = context.doc.blocks[leaf].span.start;
        let proof = Proof::text(Span::new(start + date.start, start + date.end), "page/date-by-name", Method::Normalised, 0.85);
        draft.precision = Some(if date.value.len() > 10 { Precision::Minute } else { Precision::Day });
        draft.end = date.until.map(|until| Found::new(until, proof.clone()));
        draft.start = Some(Found::new(date.value, proof));
        return;
    }
}
