//! Text of a source, safe to show on a terminal.

use std::borrow::Cow;

/// A text in which nothing acts on a terminal or turns the direction of what stands around it: control characters, but
/// for line ends and tabs, and bidirectional embeddings, overrides and isolates (UAX #9) become `\u{…}`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.contains(acts) {
        return Cow::Borrowed(text);
    }
    let shown = text.chars().map(|c| if acts(c) { c.escape_unicode().to_string() } else { c.to_string() });
    Cow::Owned(shown.collect())
}

fn acts(c: char) -> bool {
    c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::visible;

    #[test]
    fn what_acts_is_shown_and_the_rest_stays() {
        assert_eq!(visible("狸山\t太郎\n"), "狸山\t太郎\n");
        assert_eq!(visible("a\u{1b}[31mb\u{202e}c\r\u{9b}d"), "a\\u{1b}[31mb\\u{202e}c\\u{d}\\u{9b}d");
    }
}
