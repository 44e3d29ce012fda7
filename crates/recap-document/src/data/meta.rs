//! Fills what the head left open from what the body says about the page: `h-entry`, `hentry`, `rel=author`, `<time>`.

use super::h_event::entry_value;
use super::page::Page;
use crate::document::{Field, Meta, Record};

const AUTHOR: &[&str] = &["p-author", "author", "entry-author", "post-author", "author-name"];
const PUBLISHED: &[&str] = &["dt-published", "published", "entry-date", "post-date", "entry-time", "post-time", "pubdate"];
const TITLE: &[&str] = &["p-name", "entry-title", "post-title"];
/// A longer name of an author is a text about one.
const MAX_NAME: usize = 80;

/// Fills title, author and date of publication where they are missing.
pub fn fill(page: &Page<'_>, records: &[Record], meta: &mut Meta) {
    let article = records.iter().find(|r| is_article(r));
    let body = |class: &&str| entry_value(page, class).filter(|f| f.value.chars().count() <= MAX_NAME);
    if meta.author.is_none() {
        let named = article.and_then(|r| r.records("author").find_map(|a| a.text("name")).or_else(|| r.text("author")));
        let named = named.filter(|f| !f.value.contains("://")).cloned();
        meta.author = named.or_else(|| rel_author(page)).or_else(|| AUTHOR.iter().find_map(body));
    }
    if meta.published.is_none() {
        let events = records.iter().any(|r| r.is_a("Event"));
        meta.published = article.and_then(|r| r.text("datePublished")).cloned().or_else(|| published(page, events));
    }
    if meta.url.is_none() {
        meta.url = permalink(page);
    }
    if meta.title.is_none() {
        let named = article.and_then(|r| r.text("headline").or_else(|| r.text("name"))).cloned();
        meta.title = named.or_else(|| TITLE.iter().find_map(|class| entry_value(page, class)));
    }
}

/// The address of a wiki's page, which MediaWiki prints below it.
fn permalink(page: &Page<'_>) -> Option<Field> {
    let footer = page.with_class("printfooter").next()?;
    let link = page.find(footer, |i| page.tree.name(i) == "a")?;
    page.url(link, "href", "printfooter").filter(|f| f.value.contains("://"))
}

fn is_article(record: &Record) -> bool {
    record.types.iter().any(|t| t.ends_with("Article") || t.ends_with("Posting"))
}

fn rel_author(page: &Page<'_>) -> Option<Field> {
    let says = |(_, rel): &(usize, &str)| rel.split_ascii_whitespace().any(|r| r == "author");
    let links = page.tree.with_attribute("rel").filter(says).map(|(i, _)| i).filter(|&i| page.tree.name(i) == "a");
    let found = links.into_iter().find_map(|i| page.text_of(i, "rel=author"));
    found.filter(|f| f.value.chars().count() <= MAX_NAME)
}

/// A marked date, else a `<time>` that is marked as the publication, else the page's only `<time>`, unless that may be an event's.
fn published(page: &Page<'_>, events: bool) -> Option<Field> {
    let marked = PUBLISHED.iter().find_map(|class| {
        let node = page.with_class(class).next()?;
        let time = (node..page.tree.nodes[node].next).find(|&i| page.tree.name(i) == "time" || page.tree.name(i) == "abbr");
        super::value_class::date(page, time.unwrap_or(node), &format!("h-entry/{class}"), None)
    });
    let marked = marked.filter(|f| f.value.len() <= MAX_NAME);
    marked.or_else(|| {
        let declared = |i: usize| page.tree.attr(i, "pubdate").is_some() || page.tree.attr(i, "itemprop") == Some("datePublished");
        let times = || page.tree.with_attribute("datetime").map(|(i, _)| i).filter(|&i| page.tree.name(i) == "time");
        // Publications are stamped by machines, to the second or to the day; `19:00` is when people meet.
        let met = |i: usize| page.tree.attr(i, "datetime").is_some_and(|t| t.len() == 16 && t.ends_with(|c: char| c.is_ascii_digit()));
        let only = || times().next().filter(|&i| !events && times().count() == 1 && !met(i));
        times().find(|&i| declared(i)).or_else(only).and_then(|i| page.attr(i, "datetime", "time"))
    })
}
