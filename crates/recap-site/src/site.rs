//! What a folder of static files has besides pages.

use std::fmt::Write as _;

use recap_model::Recap;

use crate::{Settings, paths, view};

/// A file that every site has.
#[derive(Debug, Clone, Copy)]
pub struct Asset {
    /// From the site's root.
    pub path: &'static str,
    /// Media type.
    pub media: &'static str,
    /// Content.
    pub text: &'static str,
}

/// All of them.
pub const ASSETS: [Asset; 3] = [
    Asset { path: "assets/site.css", media: "text/css; charset=utf-8", text: include_str!("../assets/site.css") },
    Asset { path: "assets/site.js", media: "text/javascript; charset=utf-8", text: include_str!("../assets/site.js") },
    Asset { path: "assets/icon.svg", media: "image/svg+xml", text: include_str!("../assets/icon.svg") },
];

/// Events of a feed, at most.
pub const FEED: usize = 50;

/// `sitemap.xml` (sitemaps.org) of the pages that are for search engines; the protocol's limit is 50,000 addresses a file.
pub fn sitemap(base: &str, paths: &[String]) -> String {
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n");
    for path in paths.iter().filter(|path| for_engines(path)).take(50_000) {
        let address = format!("{}/{}", base.trim_end_matches('/'), paths::encoded(path));
        let _ = writeln!(out, "<url><loc>{}</loc></url>", crate::render::escaped(&address));
    }
    out.push_str("</urlset>\n");
    out
}

/// Evidence, further pages of lists and the page of errors are for readers.
fn for_engines(path: &str) -> bool {
    !path.starts_with("evidence/") && path != "404.html" && path != "search.html" && paths::parse(path).is_some_and(|(_, page)| page == 1)
}

/// `robots.txt` (RFC 9309).
pub fn robots(settings: &Settings) -> String {
    let rule = if settings.noindex { "Disallow: /" } else { "Allow: /" };
    let map = settings.base_url.as_deref().filter(|_| !settings.noindex);
    let map = map.map(|base| format!("\nSitemap: {}/sitemap.xml\n", base.trim_end_matches('/'))).unwrap_or_default();
    format!("User-agent: *\n{rule}\n{map}")
}

/// An Atom feed of recaps, newest first.
///
/// # Errors
/// A serializer's error; no recap is known that leads to one.
pub fn feed(recaps: &[Recap], settings: &Settings) -> Result<String, recap_export::Error> {
    let about = recap_export::Settings {
        title: Some(settings.title.clone()),
        base_url: settings.base_url.as_ref().map(|base| format!("{}/events", base.trim_end_matches('/'))),
        ending: ".html",
        ..recap_export::Settings::default()
    };
    let format = recap_export::FORMATS.iter().find(|format| format.name == "atom");
    let export = format.map(|format| format.write(recaps, &about)).transpose()?;
    Ok(export.and_then(|export| export.files.into_iter().next()).map(|file| file.text()).unwrap_or_default())
}

/// A recap as a site publishes it: without the texts of its sources and the folders that they lie in.
pub fn public(recap: &Recap) -> Recap {
    let mut out = recap.clone();
    out.parts.clear();
    out.sections.iter_mut().for_each(|section| section.text.clear());
    for source in &mut out.sources {
        source.path = source.path.as_ref().map(|_| view::source::file_name(source).to_owned());
    }
    out
}
