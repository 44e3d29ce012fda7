//! JSON objects that source code quotes: an API's answer kept in a PHP, JavaScript or Python test.

use std::sync::LazyLock;

use regex::Regex;

use super::{parse, records};
use crate::data::show;
use crate::document::{Document, Span};

/// Objects looked at in one text.
const MAX_OBJECTS: usize = 100;

/// Adds the records of JSON objects in single quotes, each on one line. The text stays what it is.
pub fn add(document: &mut Document) {
    static QUOTED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r#"'(\{\s*"(?:[^'\\\n]|\\.)*\})'"#).ok());
    let Some(quoted) = QUOTED.as_ref().filter(|_| document.text.contains("'{")) else { return };
    let mut found = Vec::new();
    for m in quoted.captures_iter(&document.text).filter_map(|c| c.get(1)).take(MAX_OBJECTS) {
        // In single quotes these languages escape the backslash and the quote.
        let json = m.as_str().replace("\\'", "'").replace("\\\\", "\\");
        if let Ok(mut node) = parse::tolerant(&json).or_else(|_| parse::tolerant(m.as_str())) {
            show::hide(&mut node, "json", Span::new(m.start(), m.end()));
            found.extend(records(&node));
        }
    }
    document.records.extend(found);
}
