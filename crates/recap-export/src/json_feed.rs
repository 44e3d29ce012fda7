//! JSON Feed 1.1: an item per event.

use recap_model::Recap;
use serde_json::{Value, json};

use crate::json::to_string;
use crate::{Error, Export, Settings, atom, html, view};

/// One feed.
pub fn write(recaps: &[Recap], settings: &Settings) -> Result<Export, Error> {
    let mut feed = json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": settings.title.as_deref().unwrap_or("Recaps"),
    });
    if let Some(base) = &settings.base_url {
        feed["home_page_url"] = json!(base);
    }
    feed["items"] = recaps.iter().map(|recap| item(recap, settings)).collect();
    Ok(Export::one("feed", "json", to_string(&feed)?))
}

fn item(recap: &Recap, settings: &Settings) -> Value {
    let mut item = json!({"id": atom::address(recap, settings).unwrap_or_else(|| recap.id.clone())});
    let address = atom::address(recap, settings);
    if let Some(url) = address.as_deref().or(recap.event.urls.first().map(String::as_str)).and_then(view::safe) {
        item["url"] = json!(url);
    }
    item["title"] = json!(view::name(recap));
    item["content_html"] = json!(html::body(recap, settings));
    if let Some(date) = atom::updated(recap) {
        item["date_published"] = json!(date);
    }
    if !recap.event.hashtags.is_empty() {
        item["tags"] = json!(recap.event.hashtags);
    }
    if let Some(language) = view::language(recap) {
        item["language"] = json!(language);
    }
    item
}
