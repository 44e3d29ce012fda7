//! Names that nothing sets off: capitalised words in a sentence about the event. Languages capitalise many things, so such
//! words are a name only where the title has them too, or where they have a number or a word of events.

use std::ops::Range;

use recap_document::{BlockKind, Span};
use recap_rules::{Use, flat};
use recap_text::names::fold;

use super::name::{Names, Source};
use super::piece::Piece;
use super::told::{ahead, behind, is_marked};

/// Words between the parts of a name.
const LINKS: &[&str] = &[
    "of", "the", "for", "and", "&", "de", "du", "des", "la", "le", "les", "del", "los", "las", "do", "da", "dos", "das", "der", "die",
    "den", "für", "und", "y", "e", "et", "en", "in", "d’", "op", "van", "von",
];
/// Longest name, in words.
const MAX_WORDS: usize = 8;
/// Phrases of one paragraph that are looked at.
const MAX_PHRASES: usize = 60;
/// What speaks for a phrase that the title has, too.
const IN_TITLE: f64 = 1.0;
/// The same where only a preposition makes it an event.
const NEAR_IN_TITLE: f64 = 0.4;

/// Adds the capitalised words of the front that a sentence about the event has.
pub fn find(names: &mut Names<'_, '_>) {
    let scope = names.scope;
    let titles = titles(names);
    for &block in scope.front.iter().filter(|&&b| scope.context.doc.blocks[b].kind == BlockKind::Paragraph) {
        let text = flat(scope.context.text(block));
        let whole = scope.context.doc.blocks[block].span;
        for range in phrases(&text) {
            let says = |kind, words| scope.context.said_by(Use::EventName, kind, words);
            let strong = says("after", behind(&text, &range)).or_else(|| says("before", ahead(&text, &range)));
            let near = || says("near", ahead(&text, &range)).filter(|_| is_marked(&text[range.clone()]));
            let Some(rule) = strong.or_else(near) else { continue };
            let piece = names.trim(Piece::of(scope.context.doc, whole).part(range.clone()));
            let key = fold(piece.text);
            let titled = key.len() >= 4 && titles.iter().any(|t| t.contains(&key));
            if titled || (strong.is_some() && names.looks_named(piece.text)) {
                scope.context.fire(&rule.id, Span::new(whole.start + range.start, whole.start + range.end));
                let bonus = if strong.is_some() { IN_TITLE } else { NEAR_IN_TITLE };
                names.add(piece, Source::Sentence, &rule.id, if titled { bonus } else { 0.0 });
            }
        }
    }
}

/// What the document is called, folded.
fn titles(names: &Names<'_, '_>) -> Vec<String> {
    let context = names.scope.context;
    let meta = context.doc.meta.title.as_ref().map(|t| fold(&t.value));
    let first = |level: BlockKind| level == BlockKind::Heading(1) || (meta.is_none() && matches!(level, BlockKind::Heading(_)));
    let heading = context.leaves.iter().take(4).find(|&&b| first(context.doc.blocks[b].kind)).map(|&b| fold(context.text(b)));
    meta.into_iter().chain(heading).collect()
}

/// Runs of capitalised words, joined by small ones.
pub(crate) fn phrases(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(Range<usize>, usize)> = None;
    for word in words(text) {
        let token = &text[word.inner.clone()];
        let joins = LINKS.contains(&token);
        if let Some((range, count)) = open.as_mut() {
            if word.opens || *count >= MAX_WORDS || !(joins || is_proper(token)) {
                found.push(range.clone());
                open = None;
            } else {
                if !joins {
                    range.end = word.inner.end;
                }
                *count += 1;
            }
        }
        if open.is_none() && is_proper(token) {
            open = Some((word.inner.clone(), 1));
        }
        if word.closes
            && let Some((range, _)) = open.take()
        {
            found.push(range);
        }
        if found.len() >= MAX_PHRASES {
            return found;
        }
    }
    found.extend(open.map(|(range, _)| range));
    found
}

/// A word without the punctuation around it, and whether that punctuation separates it from its neighbours.
struct Word {
    inner: Range<usize>,
    opens: bool,
    closes: bool,
}

fn words(text: &str) -> impl Iterator<Item = Word> {
    let mut at = 0;
    text.split(' ').filter_map(move |raw| {
        let start = at;
        at += raw.len() + 1;
        let lead = raw.len() - raw.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '#').len();
        let inner = raw[lead..].trim_end_matches(|c: char| !c.is_alphanumeric() && c != '+');
        let closes = lead + inner.len() < raw.len();
        (!inner.is_empty()).then(|| Word { inner: start + lead..start + lead + inner.len(), opens: lead > 0, closes })
    })
}

/// Capitalised, a number with its sign or a year, or a name like `sample.conf.org`.
fn is_proper(token: &str) -> bool {
    let number = token.trim_start_matches('#').chars().all(|c| c.is_ascii_digit());
    let dotted = token.split('.').filter(|part| part.len() >= 2 && part.chars().all(char::is_alphanumeric)).count() >= 2;
    number || dotted || token.chars().any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_capitalised_words() {
        let text = "Last week the Days of Sample 2019, held in Springfield, and sample.conf.org #3 were (Sample Night) fun";
        let found: Vec<&str> = phrases(text).into_iter().map(|r| &text[r]).collect();
        assert_eq!(found, ["Last", "Days of Sample 2019", "Springfield", "sample.conf.org #3", "Sample Night"]);
    }
}
