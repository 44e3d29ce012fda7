//! ActivityStreams 2.0: an `OrderedCollection` of `Event`s (<https://www.w3.org/TR/activitystreams-vocabulary/#dfn-event>).

use recap_model::Recap;
use serde_json::{Value, json};

use crate::json::to_string;
use crate::{Error, Export, Settings, atom, view, when};

/// One collection.
pub fn write(recaps: &[Recap], settings: &Settings) -> Result<Export, Error> {
    let mut export = Export::default();
    let items: Vec<Value> = recaps.iter().map(|recap| event(recap, settings)).collect();
    for recap in recaps.iter().filter(|r| when::start(r).is_none()) {
        export.miss(recap, "`startTime` is wanted of an Event; no source gives the day");
    }
    let collection = json!({
        "@context": ["https://www.w3.org/ns/activitystreams", {"timezone": "https://schema.org/scheduleTimezone"}],
        "type": "OrderedCollection",
        "name": settings.title.as_deref().unwrap_or("Recaps"),
        "totalItems": items.len(),
        "orderedItems": items,
    });
    export.file("events", "json", to_string(&collection)?);
    Ok(export)
}

fn event(recap: &Recap, settings: &Settings) -> Value {
    let mut out = json!({
        "type": "Event",
        "id": atom::address(recap, settings).unwrap_or_else(|| format!("urn:recap:{}", view::slug(&recap.id))),
        "name": view::name(recap),
    });
    let time = |when| when::instant(recap, when);
    if let Some(start) = when::start(recap).and_then(time) {
        out["startTime"] = json!(start);
    }
    if let Some(end) = when::end(recap).and_then(time) {
        out["endTime"] = json!(end);
    }
    if let Some((zone, _)) = when::zone(recap) {
        out["timezone"] = json!(zone);
    }
    if let Some(url) = recap.event.urls.first().and_then(|u| view::safe(u)) {
        out["url"] = json!(url);
    }
    if let Some(name) = recap.event.venue.name.as_ref().or(recap.event.venue.address.as_ref()) {
        out["location"] = json!({"type": "Place", "name": name});
    }
    if !recap.event.hashtags.is_empty() {
        let tag = |tag: &String| json!({"type": "Object", "name": format!("#{tag}")});
        out["tag"] = recap.event.hashtags.iter().map(tag).collect();
    }
    out
}
