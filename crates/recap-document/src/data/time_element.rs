//! What `<time datetime="…">` says of the date that it shows (HTML, "The time element"): the year and the hour that people leave out.

use super::page::Page;
use crate::document::{Record, Value};

/// Elements that are read: lists of posts have thousands.
const MAX_TIMES: usize = 50;

/// A record with the dates of the page's elements, each at the place of what the element shows.
pub fn read(page: &Page<'_>) -> Option<Record> {
    let times = page.tree.with_attribute("datetime").map(|(node, _)| node).filter(|&node| page.tree.name(node) == "time");
    let shown = times.filter(|&node| !page.span(node).is_empty() && page.tree.attr(node, "pubdate").is_none()).take(MAX_TIMES);
    let dates = shown.filter_map(|node| page.attr(node, "datetime", "time"));
    let props: Vec<(String, Value)> = dates.map(|field| ("startDate".to_owned(), Value::Text(field))).collect();
    (!props.is_empty()).then(|| Record { vocabulary: "time".to_owned(), types: vec!["Time".to_owned()], props })
}
