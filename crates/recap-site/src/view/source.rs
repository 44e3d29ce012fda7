//! The text of a source with a quote marked.

use recap_model::Source;
use recap_text::width::CodePoints;
use serde::Serialize;

/// A part of a source's text.
#[derive(Debug, Clone, Serialize)]
pub struct Shown {
    /// What the source is called.
    pub name: String,
    /// Its address.
    pub url: Option<String>,
    /// Text before the quote.
    pub before: String,
    /// The quote.
    pub quote: String,
    /// Text behind it.
    pub after: String,
    /// Whether text before this part was left out.
    pub cut_before: bool,
    /// Whether text behind this part was left out.
    pub cut_after: bool,
}

/// Most bytes of a text before and behind the quote, and of the quote.
const BYTES: usize = 20_000;

/// What people call a source: its title, its address, the name of its file. Folders are its owner's business.
pub fn called(source: &Source) -> String {
    let title = source.title.as_deref().filter(|title| !title.trim().is_empty());
    title.or(source.url.as_deref()).unwrap_or_else(|| file_name(source)).to_owned()
}

/// The name of its file without folders, else its id.
pub fn file_name(source: &Source) -> &str {
    let path = source.path.as_deref().unwrap_or(&source.id);
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The text around code points `start..end`.
pub fn shown(source: &Source, text: &str, start: usize, end: usize) -> Shown {
    let points = CodePoints::new(text);
    let from = points.to_byte(start);
    let to = points.to_byte(end.max(start)).min(text.floor_char_boundary(from + BYTES));
    let first = text.ceil_char_boundary(from.saturating_sub(BYTES));
    let last = text.floor_char_boundary(to + BYTES);
    let part = |a: usize, b: usize| text.get(a..b).unwrap_or_default().to_owned();
    Shown {
        name: called(source),
        url: source.url.as_deref().and_then(recap_export::view::safe).map(str::to_owned),
        before: part(first, from),
        quote: part(from, to),
        after: part(to, last),
        cut_before: first > 0,
        cut_after: last < text.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use recap_model::SourceKind;

    #[test]
    fn a_part_of_any_text_is_shown() {
        let source = Source {
            id: "src1".to_owned(),
            kind: SourceKind::WriteUp,
            path: Some("/home/somebody/notes/night.md".to_owned()),
            ..Source::default()
        };
        assert_eq!(called(&source), "night.md");
        let text = "漢".repeat(30_000);
        let part = shown(&source, &text, 15_000, 15_002);
        assert_eq!(part.quote, "漢漢");
        assert!(part.cut_before && part.cut_after && part.before.len() <= BYTES && part.after.len() <= BYTES);
        let beyond = shown(&source, &text, 90_000, 5);
        assert_eq!((beyond.quote.as_str(), beyond.after.as_str()), ("", ""));
    }
}
