//! Texts and lists cut to what a page can hold.

use std::fmt::Write as _;

use serde::{Serialize, Serializer};

/// A text that may be long; `cut` says that the page does not show the whole.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Cut {
    /// What is shown.
    pub text: String,
    /// Whether more would follow.
    pub cut: bool,
}

/// Most characters of a name or a title.
const SHORT: usize = 300;
/// Most characters of a text.
const LONG: usize = 4000;

impl Cut {
    /// A name or a title.
    pub fn short(text: &str) -> Self {
        Self::at(text, SHORT)
    }

    /// A text.
    pub fn long(text: &str) -> Self {
        Self::at(text, LONG)
    }

    /// A text of at most so many characters.
    pub fn at(text: &str, characters: usize) -> Self {
        match text.char_indices().nth(characters) {
            Some((end, _)) => Self { text: text.get(..end).unwrap_or_default().to_owned(), cut: true },
            None => Self { text: text.to_owned(), cut: false },
        }
    }
}

/// Bytes of lists that a page may hold; head, foot and markup stay well below the rest of 100 KB.
const PAGE: usize = 60_000;

/// Parts a list into pages by the bytes that its items take; no page is empty but that of an empty list.
pub fn pages<T>(items: Vec<T>, size: impl Fn(&T) -> usize, most: usize) -> Vec<Vec<T>> {
    pages_below(0, items, size, most)
}

/// The same with something above the list of the first page.
pub fn pages_below<T>(above: usize, items: Vec<T>, size: impl Fn(&T) -> usize, most: usize) -> Vec<Vec<T>> {
    let mut pages: Vec<Vec<T>> = vec![Vec::new()];
    let mut total = above;
    for item in items {
        let own = size(&item);
        match pages.last_mut().filter(|page| page.is_empty() || (total + own <= PAGE && page.len() < most)) {
            Some(page) => {
                page.push(item);
                total += own;
            }
            None => {
                pages.push(vec![item]);
                total = own;
            }
        }
    }
    pages
}

/// About the bytes that the texts of an item take in HTML.
pub fn weight<T: Serialize>(item: &T) -> usize {
    let json = serde_json::to_string(item).unwrap_or_default();
    json.len() + 4 * json.bytes().filter(|b| matches!(b, b'<' | b'>' | b'&' | b'\'' | b'"')).count()
}

/// JSON that may stand in a script element: nothing in it ends the element, begins a comment or turns the source's direction.
pub fn safe_json(value: &serde_json::Value) -> String {
    let mut out = String::new();
    for c in value.to_string().chars() {
        match c {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(c));
            }
            _ => out.push(c),
        }
    }
    out
}

/// JSON for a script element, which templates do not escape.
pub fn markup<S: Serializer>(value: &Option<serde_json::Value>, serializer: S) -> Result<S::Ok, S::Error> {
    let safe = value.as_ref().map(|value| minijinja::Value::from_safe_string(safe_json(value)));
    safe.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_parted_by_size_and_number() {
        let big = "x".repeat(PAGE);
        let parts = pages(vec!["a", big.as_str(), "b", "c", "d"], |text| text.len() + 10, 2);
        assert_eq!(parts.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 2, 1]);
        assert_eq!(pages(Vec::<u8>::new(), |_| 1, 2), [Vec::<u8>::new()]);
    }

    #[test]
    fn data_does_not_end_its_element() {
        let json = safe_json(&serde_json::json!({"name": "</script><!--&"}));
        assert_eq!(json, r#"{"name":"\u003c/script\u003e\u003c!--\u0026"}"#);
    }

    #[test]
    fn long_texts_say_that_they_are_cut() {
        let cut = Cut::short(&"漢".repeat(1_000_000));
        assert_eq!((cut.text.chars().count(), cut.cut), (SHORT, true));
        assert!(!Cut::short("漢").cut);
    }
}
