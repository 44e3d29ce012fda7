//! Atom (RFC 4287): an entry per event. `updated` is the event's date, not the clock.

use recap_model::Recap;

use crate::xml::Xml;
use crate::{Error, Export, Settings, html, view, when};

/// What stands where no source tells a date: `updated` is required (section 4.2.15).
pub const NO_DATE: &str = "1970-01-01T00:00:00Z";

/// One feed.
pub fn write(recaps: &[Recap], settings: &Settings) -> Result<Export, Error> {
    let mut export = Export::default();
    let title = settings.title.as_deref().unwrap_or("Recaps");
    let newest = recaps.iter().filter_map(updated).max().unwrap_or_else(|| NO_DATE.to_owned());
    let mut xml = Xml::new("Atom")?;
    xml.within("feed", &[("xmlns", "http://www.w3.org/2005/Atom")], |xml| {
        xml.text("title", &[], title)?;
        xml.text("id", &[], &settings.base_url.clone().unwrap_or_else(|| "urn:recap:feed".to_owned()))?;
        xml.text("updated", &[], &newest)?;
        xml.within("author", &[], |xml| xml.text("name", &[], title))?;
        xml.text("generator", &[], "recap")?;
        recaps.iter().try_for_each(|recap| entry(xml, recap, settings))
    })?;
    for recap in recaps.iter().filter(|r| updated(r).is_none()) {
        export.miss(recap, format!("`updated` is required of an entry; no source gives the event's day, {NO_DATE} stands for it"));
    }
    export.file("events", "atom", xml.finish());
    Ok(export)
}

fn entry(xml: &mut Xml, recap: &Recap, settings: &Settings) -> Result<(), Error> {
    xml.within("entry", &[], |xml| {
        xml.text("title", &[], &view::name(recap))?;
        xml.text("id", &[], &address(recap, settings).unwrap_or_else(|| format!("urn:recap:{}", view::slug(&recap.id))))?;
        xml.text("updated", &[], &updated(recap).unwrap_or_else(|| NO_DATE.to_owned()))?;
        if let Some(url) = address(recap, settings).as_deref().or(recap.event.urls.first().map(String::as_str)).and_then(view::safe) {
            xml.empty("link", &[("rel", "alternate"), ("href", url)])?;
        }
        for tag in &recap.event.hashtags {
            xml.empty("category", &[("term", tag)])?;
        }
        xml.text("content", &[("type", "html")], &html::body(recap, settings))
    })
}

/// Where the event's page is published.
pub fn address(recap: &Recap, settings: &Settings) -> Option<String> {
    settings.address(recap)
}

/// The event's start as an instant.
pub fn updated(recap: &Recap) -> Option<String> {
    when::start(recap).and_then(|start| when::instant(recap, start))
}
