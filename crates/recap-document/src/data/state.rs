//! What single-page sites put into a page for their own scripts: JSON in `<script type="application/json">`
//! (`__NEXT_DATA__` and its like). It holds the same objects as the site's API answers.

use super::page::Page;
use super::show;
use crate::document::Record;

/// Larger blocks hold catalogues, not one page.
const MAX_BYTES: usize = 4 << 20;
/// Blocks that are read.
const MAX_BLOCKS: usize = 8;

/// Events and talks in the page's state; everything else there is the site's own business.
pub fn read(page: &Page<'_>) -> Vec<Record> {
    let blocks = (0..page.len()).filter(|&i| is_state(page, i)).enumerate().take(MAX_BLOCKS);
    let mut records: Vec<Record> = Vec::new();
    for (number, node) in blocks {
        let text = page.tree.inner_text(node);
        if text.len() > MAX_BYTES || !speaks_of_dates(&text) {
            continue;
        }
        let Ok(mut state) = crate::json::parse::tolerant(assigned(&text).unwrap_or(&text)) else { continue };
        show::hide(&mut state, &format!("state[{number}]"), page.span(node));
        for record in crate::json::records(&state).into_iter().filter(|r| r.is_a("Event")) {
            if !records.contains(&record) {
                records.push(record);
            }
        }
    }
    records
}

fn is_state(page: &Page<'_>, node: usize) -> bool {
    let json = || page.tree.attr(node, "type").is_some_and(|t| t.trim().eq_ignore_ascii_case("application/json"));
    let script = || page.tree.attr(node, "src").is_none() && assigned(&page.tree.inner_text(node)).is_some();
    page.tree.name(node) == "script" && (json() || script())
}

/// The object of a script that does nothing but keep one: `window.__INITIAL_STATE__ = {…};`.
fn assigned(script: &str) -> Option<&str> {
    let text = script.trim();
    let (name, value) = text.split_once('=')?;
    let name = name.trim();
    let is_name = name.starts_with("window.") || name.starts_with("self.") || name.starts_with("var ") || name.starts_with("const ");
    let value = value.trim().trim_end_matches(';').trim_end();
    (is_name && name.len() <= 60 && value.starts_with('{') && value.ends_with('}')).then_some(value)
}

/// Whether some key may hold the start of an event: most blocks are settings, which need no parsing.
fn speaks_of_dates(text: &str) -> bool {
    ["\"start", "\"dateTime\"", "\"date\"", "_date\"", "Date\""].iter().any(|key| text.contains(key))
}
