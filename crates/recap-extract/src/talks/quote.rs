//! Quotation marks and brackets in a line.

use recap_document::{Document, Span};

use crate::person::trim;

/// A quotation in a line.
pub struct Quote {
    /// With its marks.
    pub outer: Span,
    /// Without.
    pub inner: Span,
}

/// The mark that closes a quotation which this one opens.
fn closing(open: char) -> Option<char> {
    Some(match open {
        '「' => '」',
        '『' => '』',
        '“' => '”',
        '"' => '"',
        '«' => '»',
        '„' => '“',
        '《' => '》',
        '‘' => '’',
        _ => return None,
    })
}

/// Whether a text has a mark that may open a quotation: told faster than by [`quotes`].
pub fn may_quote(text: &str) -> bool {
    text.chars().any(|c| closing(c).is_some())
}

/// Quotations at the outermost level.
pub fn quotes(doc: &Document, span: Span) -> Vec<Quote> {
    let text = doc.slice(span);
    let mut found = Vec::new();
    let mut open: Option<(usize, char, char, usize)> = None;
    for (at, c) in text.char_indices() {
        match open {
            None => {
                if let Some(end) = closing(c) {
                    open = Some((at, c, end, 1));
                }
            }
            Some((from, start, end, depth)) => {
                let depth = if c == end { depth - 1 } else { depth + usize::from(c == start && start != end) };
                open = Some((from, start, end, depth));
                if depth == 0 {
                    let inner = Span::new(span.start + from + start.len_utf8(), span.start + at);
                    found.push(Quote { outer: Span::new(span.start + from, span.start + at + c.len_utf8()), inner });
                    open = None;
                }
            }
        }
    }
    found.retain(|q| !q.inner.is_empty());
    found
}

/// A span without quotation marks around the whole.
pub fn unquote(doc: &Document, span: Span) -> Span {
    let span = trim(doc, span);
    match quotes(doc, span).as_slice() {
        [one] if one.outer == span => trim(doc, one.inner),
        _ => span,
    }
}

/// Whether no bracket is open at a byte offset.
pub fn outside_brackets(text: &str, at: usize) -> bool {
    let depth = text[..at].chars().fold(0i32, |depth, c| match c {
        '(' | '（' | '「' | '『' | '[' | '“' | '«' => depth + 1,
        ')' | '）' | '」' | '』' | ']' | '”' | '»' => depth - 1,
        _ => depth,
    });
    depth <= 0
}

/// A piece without the brackets around the whole.
pub fn unbracket(doc: &Document, span: Span) -> Span {
    let span = trim(doc, span);
    let text = doc.slice(span);
    let inner = [('(', ')'), ('（', '）'), ('[', ']')]
        .iter()
        .find_map(|(open, close)| text.strip_prefix(*open)?.strip_suffix(*close).map(|inner| (open.len_utf8(), inner.len())));
    inner
        .filter(|&(lead, length)| !text[lead..lead + length].contains(['(', '（']))
        .map_or(span, |(lead, length)| trim(doc, Span::new(span.start + lead, span.start + lead + length)))
}
