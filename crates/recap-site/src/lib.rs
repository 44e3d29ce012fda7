//! Recaps to read.
//!
//! Recaps in, pages out: a [`Library`] has what lists, people and search need; [`Pages`] makes any page by its path, for a
//! server that makes it when it is asked for and for a folder of static files alike. Pages work without script, link to
//! nothing but their own site and to http and https addresses, and every value leads to its evidence. Nothing here reads
//! files, knows a clock or starts a thread.

mod library;
mod pages;
mod paths;
mod render;
pub mod search;
mod site;
mod stats;
mod view;
mod words;

pub use library::{Account, Around, At, Beside, Builder, Card, Detail, Group, Library, Named, PersonCard, UNDATED, Year};
pub use pages::{Made, Pages, RESULTS, SearchView, query};
pub use paths::encoded;
pub use render::RenderError;
pub use site::{ASSETS, Asset, FEED, feed, public, robots, sitemap};
pub use stats::stats;
pub use view::event::Dossier;
pub use view::evidence::{Plan, Texts, Told};
pub use words::Language;

/// What an owner says about a site.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// The site's name.
    pub title: String,
    /// Address of the site's root: absolute links, sitemap and feed need it.
    pub base_url: Option<String>,
    /// Whether search engines are asked to stay away.
    pub noindex: bool,
    /// Whether a server answers: it searches by itself and shows sources.
    pub live: bool,
    /// Whether the search page asks Pagefind, whose files the owner makes from the pages.
    pub pagefind: bool,
    /// What forms carry so that no other site can send them; none where nothing may be changed.
    pub token: Option<String>,
}

/// The path of an event's recap JSON.
pub fn json_path(card: &Card) -> String {
    format!("events/{}.json", card.file)
}

/// The path of the page of an event with an id.
pub fn event_path(id: &str) -> String {
    paths::event(&paths::name(id), 1)
}

/// The path of the text of a source, as servers show it.
pub fn source_path(card: &Card, source: &recap_model::Source) -> String {
    format!("sources/{}/{}.html", card.file, paths::name(&source.id))
}
