//! hCalendar (`vevent`) with hCard inside (microformats.org/wiki/hcalendar).

use super::draft::Draft;
use super::page::Page;
use super::value_class as value;
use crate::document::Record;

/// The page's events.
pub fn read(page: &Page<'_>) -> Vec<Record> {
    let roots = page.with_class("vevent");
    roots.map(|i| event(page, i)).filter(|r| r.text("name").is_some()).collect()
}

fn event(page: &Page<'_>, root: usize) -> Record {
    let mut draft = Draft::new("hcalendar", "Event");
    let mut at = root + 1;
    while at < page.tree.nodes[root].next {
        let whole = page.tree.has_class(at, "vevent") || property(page, at, &mut draft);
        at = if whole { page.tree.nodes[at].next } else { at + 1 };
    }
    if !draft.has("name") {
        draft.put("name", implied_name(page, root));
    }
    draft.finish()
}

/// Reads the properties of one element; `true`: its descendants are used up.
fn property(page: &Page<'_>, node: usize, draft: &mut Draft) -> bool {
    let card = page.tree.has_class(node, "vcard") || page.tree.has_class(node, "h-card");
    let mut used = false;
    for class in page.classes(node) {
        match class {
            "summary" if !draft.has("name") => draft.put("name", value::plain(page, node, "hcalendar/summary")),
            "dtstart" if !draft.has("startDate") => draft.put("startDate", value::date(page, node, "hcalendar/dtstart", None)),
            "dtend" if !draft.has("endDate") => {
                let end = value::date(page, node, "hcalendar/dtend", draft.record().text("startDate"));
                draft.put("endDate", end);
            }
            "duration" => draft.put("duration", value::plain(page, node, "hcalendar/duration")),
            // An address beside a name is a card's, not the event's.
            "url" if !is_card_name(page, node) => draft.put("url", value::address(page, node, "hcalendar/url")),
            "description" => draft.put("description", value::plain(page, node, "hcalendar/description")),
            "category" => draft.put("keywords", value::plain(page, node, "hcalendar/category")),
            "uid" => draft.put("identifier", value::plain(page, node, "hcalendar/uid")),
            "status" => draft.put("eventStatus", value::plain(page, node, "hcalendar/status")),
            "location" if card || has_class_inside(page, node, "adr") => {
                draft.nest("location", place(page, node));
                used = true;
            }
            "location" => draft.put("location", value::plain(page, node, "hcalendar/location")),
            "adr" if !draft.has("location") => {
                draft.put("location.address", address_text(page, node));
                used = true;
            }
            "organizer" | "attendee" | "contact" => {
                draft.nest(if class == "attendee" { "attendee" } else { "organizer" }, person(page, node));
                used = true;
            }
            _ => {}
        }
    }
    used || card
}

fn is_card_name(page: &Page<'_>, node: usize) -> bool {
    page.tree.has_class(node, "fn") || page.tree.has_class(node, "org")
}

fn has_class_inside(page: &Page<'_>, node: usize, class: &str) -> bool {
    page.find(node, |i| page.tree.has_class(i, class)).is_some()
}

/// An event without `summary`: its only first heading, unless the event is the whole page.
fn implied_name(page: &Page<'_>, root: usize) -> Option<crate::document::Field> {
    let heading = page.find(root, |i| matches!(page.tree.name(i), "h1" | "h2" | "h3" | "h4"))?;
    let alone = !matches!(page.tree.name(root), "body" | "html" | "main");
    alone.then(|| page.text_of(heading, "hcalendar/summary")).flatten()
}

fn place(page: &Page<'_>, node: usize) -> Record {
    let mut draft = Draft::new("hcalendar", "Place");
    let inside = |class: &str| page.find(node, |i| page.tree.has_class(i, class));
    let name = inside("fn").or_else(|| inside("org"));
    draft.put("name", name.and_then(|i| value::plain(page, i, "hcalendar/location/fn")));
    draft.put("url", inside("url").and_then(|i| value::address(page, i, "hcalendar/location/url")));
    match inside("adr") {
        Some(adr) => draft.put("address", address_text(page, adr)),
        None => ["street-address", "locality", "region", "country-name"].iter().for_each(|class| {
            let part = inside(class).and_then(|i| value::plain(page, i, "hcalendar/location/adr"));
            draft.put(&format!("address.{}", super::vocab::property_name(class)), part);
        }),
    }
    if draft.record().props.is_empty() {
        draft.put("name", value::plain(page, node, "hcalendar/location"));
    }
    draft.finish()
}

/// An address as one text; its parts are joined where the element holds more than them.
fn address_text(page: &Page<'_>, node: usize) -> Option<crate::document::Field> {
    const PARTS: &[&str] = &["street-address", "extended-address", "locality", "region", "postal-code", "country-name"];
    let is_part = |i: usize| PARTS.iter().any(|p| page.tree.has_class(i, p));
    let parts = page.tree.inside(node).filter(|&i| is_part(i)).take(12).collect::<Vec<_>>();
    let (Some(first), Some(last)) = (parts.first(), parts.last()) else {
        return value::plain(page, node, "hcalendar/adr");
    };
    let span = crate::document::Span::new(page.span(*first).start, page.span(*last).end);
    let text = page.text.get(span.range()).filter(|t| !t.is_empty())?;
    Some(crate::document::Field { value: text.to_owned(), place: crate::document::Place::Text(span) })
}

fn person(page: &Page<'_>, node: usize) -> Record {
    let mut draft = Draft::new("hcalendar", "Person");
    let inside = |class: &str| page.find(node, |i| page.tree.has_class(i, class));
    let name = inside("fn").and_then(|i| value::plain(page, i, "hcalendar/fn"));
    draft.put("name", name.or_else(|| value::plain(page, node, "hcalendar/fn")));
    let url = inside("url").or_else(|| (page.tree.name(node) == "a").then_some(node));
    draft.put("url", url.and_then(|i| value::address(page, i, "hcalendar/url")));
    draft.put("alternateName", inside("nickname").and_then(|i| value::plain(page, i, "hcalendar/nickname")));
    draft.put("affiliation", inside("org").and_then(|i| value::plain(page, i, "hcalendar/org")));
    draft.finish()
}
