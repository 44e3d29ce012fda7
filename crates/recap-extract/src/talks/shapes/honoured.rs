//! Speakers at an end of a line whom their honorific tells: `title who さん`, `who さん title`.

use recap_document::Span;
use recap_model::Role;

use super::{Variant, name_is_not, unquote};
use crate::context::Context;
use crate::person::{Known, is_company, name_likeness, trim, whole_line, without_honorific};

/// A family's name in kanji is not longer, in characters.
const FAMILY: usize = 3;

/// An honorific tells the name behind the last or the last but one space.
pub(super) fn honoured(context: &Context<'_>, known: &Known, body: Span, found: &mut Vec<Variant>) {
    let doc = context.doc;
    let text = doc.slice(body);
    let spaces: Vec<usize> = text.rmatch_indices([' ', '\u{3000}']).map(|(at, _)| at).take(3).collect();
    let part = |from: usize, to: usize| trim(doc, Span::new(body.start + from, body.start + to));
    let named = |span: Span| whole_line(context, Some(known), span, Role::Speaker, 0.94);
    let who = |at: usize| named(part(at, text.len()));
    for (at, _) in text.match_indices([' ', '\u{3000}']).take(2) {
        let ((people, score), title) = (named(part(0, at)), part(at, text.len()));
        let is_title = doc.slice(title).chars().count() > 4 && !is_company(context, doc.slice(title));
        if !people.is_empty() && is_title && name_is_not(context, known, title) && ends_honoured(context, part(0, at)) {
            let shape = "who honorific title".to_owned();
            found.push(Variant { shape, title: Some(unquote(doc, title)), people, score: score - 0.05, doubtful: false });
        }
    }
    for (nth, &last) in spaces.iter().enumerate().take(2) {
        let (people, score) = who(last);
        if is_given(context, known, text, (spaces.get(nth + 1).copied(), last)) {
            break;
        }
        let half = |at: usize| is_family(context, known, &text[at..last]) || starts_name(&text[..at], &text[at..last], &text[last..]);
        let full = (!people.is_empty()).then(|| spaces.get(nth + 1)).flatten().filter(|&&at| half(at));
        let fuller = full.map(|&at| (at, who(at))).filter(|(_, (people, _))| people.iter().any(|m| m.affiliation.is_none()));
        let (at, (people, score)) = fuller.unwrap_or((last, (people, score)));
        let title = trim(doc, Span::new(body.start, body.start + at));
        let is_title = doc.slice(title).chars().count() > 4 && !is_company(context, doc.slice(title));
        if !people.is_empty() && is_title && name_is_not(context, known, title) {
            let (shape, title) = ("title who honorific".to_owned(), Some(unquote(doc, without_company(context, title))));
            found.push(Variant { shape, title, people, score: score - 0.05, doubtful: false });
            break;
        }
    }
}

/// Whether an honorific stands at the end of a span.
fn ends_honoured(context: &Context<'_>, span: Span) -> bool {
    let bare = without_honorific(context, span);
    bare.start == span.start && bare.end < span.end
}

/// `Mara Lindqvistさん`: whether the word before the last one is the given name of a name that is all of the line.
fn is_given(context: &Context<'_>, known: &Known, text: &str, (before, last): (Option<usize>, usize)) -> bool {
    let word = text[..last].trim();
    let latin = !word.is_empty() && word.chars().all(|c| c.is_ascii_alphabetic() || matches!(c, '.' | '-'));
    let capital = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase());
    before.is_none() && latin && capital(word) && capital(text[last..].trim_start()) && name_likeness(context, Some(known), word) > 0.0
}

/// `題 Mara Lindqvistさん`: whether a capitalised word between a Japanese title and a capitalised name is the name's first half.
fn starts_name(title: &str, word: &str, name: &str) -> bool {
    let capital = |text: &str| text.trim_start().starts_with(|c: char| c.is_ascii_uppercase());
    let wide = title.chars().next_back().is_some_and(|c| c as u32 >= 0x2e80);
    wide && capital(word) && capital(name) && word.trim().chars().all(|c| c.is_ascii_alphabetic() || c == '.')
}

/// `題 森田 光さん`: whether a word before a name in kanji may be the family's.
fn is_family(context: &Context<'_>, known: &Known, word: &str) -> bool {
    let word = word.trim();
    let kanji = word.chars().all(|c| matches!(c, '々' | '\u{3400}'..='\u{9fff}'));
    kanji && (1..=FAMILY).contains(&word.chars().count()) && name_likeness(context, Some(known), word) > 0.0
}

/// A title without the company at its end, which belongs to the name behind it: `title 株式会社くも 森田さん`.
fn without_company(context: &Context<'_>, title: Span) -> Span {
    let text = context.doc.slice(title);
    let Some(at) = text.rfind([' ', '\u{3000}']) else { return title };
    let last = trim(context.doc, Span::new(title.start + at, title.end));
    if is_company(context, context.doc.slice(last)) { trim(context.doc, Span::new(title.start, title.start + at)) } else { title }
}
