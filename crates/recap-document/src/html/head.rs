//! What a page's `<head>` says about it.

use super::tree::Tree;
use crate::document::{Field, Meta, Place, Span};

/// Reads `<title>`, `<meta>`, `<link rel=canonical>`, `<html lang>`.
pub fn meta(tree: &Tree) -> Meta {
    let mut meta = Meta::default();
    for node in 0..tree.nodes.len() {
        match tree.name(node) {
            "html" => set(&mut meta.language, "html/lang", tree.attr(node, "lang")),
            "title" if meta.title.is_none() => set(&mut meta.title, "title", Some(tree.inner_text(node).trim())),
            "link" if tree.attr(node, "rel") == Some("canonical") => {
                set(&mut meta.url, "link[rel=canonical]/href", tree.attr(node, "href"))
            }
            "meta" => read_meta(tree, node, &mut meta),
            _ => {}
        }
    }
    meta
}

fn read_meta(tree: &Tree, node: usize, meta: &mut Meta) {
    let Some(key) = tree.attr(node, "property").or_else(|| tree.attr(node, "name")).or_else(|| tree.attr(node, "itemprop")) else { return };
    let content = tree.attr(node, "content");
    let place = format!("meta[{key}]");
    let key = key.to_ascii_lowercase();
    let slot = match key.as_str() {
        "og:title" | "twitter:title" => &mut meta.title,
        "author" | "article:author" => &mut meta.author,
        "article:published_time" | "date" | "dc.date" | "datepublished" => &mut meta.published,
        "og:url" => &mut meta.url,
        "og:site_name" => &mut meta.site,
        "og:description" | "description" => &mut meta.description,
        _ => return,
    };
    // `og:title` is the title without the site's name: it wins over <title>.
    if key == "og:title" {
        *slot = None;
    }
    set(slot, &place, content);
}

fn set(slot: &mut Option<Field>, name: &str, value: Option<&str>) {
    if let Some(value) = value.map(str::trim).filter(|v| !v.is_empty())
        && slot.is_none()
    {
        let place = Place::Attribute { name: name.to_owned(), at: Span::default() };
        *slot = Some(Field { value: value.to_owned(), place });
    }
}
