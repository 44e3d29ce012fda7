//! From a piece of text to persons.

use recap_document::{Document, Span};
use recap_model::{Handle, LinkKind, Method, Role};
use recap_rules::Use;

use super::score::name_likeness;
use super::Known;
use crate::context::{ContentLink, Context};
use crate::finding::{Found, Mention, Proof};

/// Persons in one piece; more are no list of speakers.
const MAX_PEOPLE: usize = 12;

/// The persons that a whole piece of text names, if that is all it does: every part must be a person with at least `least`
/// likeness. Otherwise empty.
pub fn people_in(context: &Context<'_>, span: Span, role: Role, least: f64) -> Vec<Mention> {
    whole_line(context, None, span, role, least).0
}

/// As [`people_in`], with the document's proven names; gives the lowest likeness too.
pub fn whole_line(context: &Context<'_>, known: Option<&Known>, span: Span, role: Role, least: f64) -> (Vec<Mention>, f64) {
    let span = trim(context.doc, span);
    if span.is_empty() || span.len() > 400 {
        return (Vec::new(), 0.0);
    }
    let one = person(context, known, span, role);
    let whole = one.as_ref().map_or(0.0, |(_, score)| *score);
    let parts = split_people(context, span);
    if parts.len() > 1 && parts.len() <= MAX_PEOPLE {
        let people: Vec<(Mention, f64)> = parts.iter().filter_map(|&part| person(context, known, part, role)).collect();
        let lowest = people.iter().map(|(_, s)| *s).fold(1.0, f64::min);
        if people.len() == parts.len() && lowest >= least.max(0.35) && lowest + 0.25 >= whole {
            return (people.into_iter().map(|(m, _)| m).collect(), lowest);
        }
    }
    match one {
        Some((mention, score)) if score >= least => (vec![mention], score),
        _ => (Vec::new(), whole),
    }
}

/// Parts at commas, `&`, `and`, `と`, `、`, outside of brackets.
fn split_people(context: &Context<'_>, span: Span) -> Vec<Span> {
    const SEPARATORS: &[&str] = &["、", "，", ", ", " & ", " and ", "＆", " et ", " und ", " y ", " e ", " + ", "／", " / ", "\n", "さんと", "氏と", " x "];
    let text = context.doc.slice(span);
    let mut parts = Vec::new();
    let (mut from, mut depth, mut skip) = (0, 0i32, 0);
    for (at, c) in text.char_indices() {
        if at < skip {
            continue;
        }
        match c {
            '(' | '（' | '[' | '「' => depth += 1,
            ')' | '）' | ']' | '」' => depth -= 1,
            _ => {}
        }
        if depth > 0 {
            continue;
        }
        if let Some(separator) = SEPARATORS.iter().find(|s| text[at..].starts_with(**s)) {
            // The honorific stays with the name.
            let keep = separator.len() - separator.chars().next_back().map_or(0, char::len_utf8);
            let end = if separator.ends_with('と') { at + keep } else { at };
            parts.push(trim(context.doc, Span::new(span.start + from, span.start + end)));
            from = at + separator.len();
            skip = from;
        }
    }
    parts.push(trim(context.doc, Span::new(span.start + from, span.end)));
    parts.retain(|p| !p.is_empty());
    parts
}

/// One person: handle, brackets, affiliation and honorific are taken off; what is left must look like a name.
fn person(context: &Context<'_>, known: Option<&Known>, span: Span, role: Role) -> Option<(Mention, f64)> {
    let doc = context.doc;
    let mut mention = Mention::new(role, span);
    let mut rest = joined_front(context, span);
    let mut sure: f64 = 0.0;
    for link in context.links_in(span).filter(|l| l.kind == LinkKind::Profile) {
        if let Some(handle) = linked_handle(link) {
            mention.handles.push(handle);
            sure = sure.max(0.93);
        }
    }
    sure = sure.max(take_honorific(context, &mut rest));
    let written = take_handle(doc, &mut rest);
    if let Some(handle) = written {
        if !mention.handles.iter().any(|h| h.value.handle.eq_ignore_ascii_case(&handle.value.handle)) {
            mention.handles.insert(0, handle);
        }
        sure = sure.max(0.95);
    }
    rest = joined_front(context, without_alias(doc, rest));
    let honoured = take_honorific(context, &mut rest);
    sure = sure.max(honoured);
    if let Some((outer, inner)) = take_brackets(doc, rest) {
        let inner_text = doc.slice(inner);
        if is_affiliation(context, inner_text) || (name_likeness(context, known, inner_text) < 0.75 && !is_kana(inner_text)) {
            mention.affiliation = affiliation(doc, inner);
        }
        rest = outer;
        sure = sure.max(take_honorific(context, &mut rest));
    }
    if let Some((name, company)) = split_affiliation(context, known, rest) {
        mention.affiliation = affiliation(doc, company);
        rest = without_honorific(context, name);
    }
    let text = doc.slice(rest).trim();
    if text.is_empty() {
        return mention.is_somebody().then_some((mention, sure));
    }
    if !mention.handles.is_empty() && is_affiliation(context, text) {
        mention.affiliation = affiliation(doc, rest);
        return Some((mention, sure));
    }
    let likeness = name_likeness(context, known, text);
    let same_as_handle = mention.handles.iter().any(|h| h.value.handle.eq_ignore_ascii_case(text));
    let score = if likeness > 0.0 || same_as_handle { sure.max(likeness) } else { 0.0 };
    if score == 0.0 {
        return tail(context, span, mention);
    }
    mention.name = Some(Found::spoken(doc, rest, "person/name", score.max(0.5)));
    Some((mention, score))
}

/// The name before `a.k.a.`.
fn without_alias(doc: &Document, span: Span) -> Span {
    let text = doc.slice(span);
    let at = [" a.k.a", " aka", " AKA", " (aka", " (a.k.a", " こと"].iter().filter_map(|mark| text.find(mark)).min();
    at.map_or(span, |at| trim(doc, Span::new(span.start, span.start + at)))
}

fn is_kana(text: &str) -> bool {
    text.chars().all(|c| ('\u{3041}'..='\u{30ff}').contains(&c) || c.is_whitespace())
}

fn is_affiliation(context: &Context<'_>, text: &str) -> bool {
    context.rules.of(Use::Affiliation, context.language).any(|rule| rule.matches(text))
}

fn affiliation(doc: &Document, span: Span) -> Option<Found<String>> {
    let span = trim(doc, span);
    (!span.is_empty() && span.len() < 160).then(|| Found::spoken(doc, span, "person/affiliation", 0.8))
}

/// `(name, affiliation)` where a piece holds both: `Name / Company`, `Name, Company`, `Name from Company`, `Company Name`, `会社の名前`.
fn split_affiliation(context: &Context<'_>, known: Option<&Known>, span: Span) -> Option<(Span, Span)> {
    let text = context.doc.slice(span);
    let part = |from: usize, to: usize| trim(context.doc, Span::new(span.start + from, span.start + to));
    let likeness = |s: Span| name_likeness(context, known, context.doc.slice(without_honorific(context, s)));
    for separator in [", ", " from ", " at ", " of ", " @ ", "@ ", "@", "＠", " / ", "／", "/", " – ", " - ", "｜", "|", "：", ":", "の", "より", "から", " ", "\u{3000}"] {
        let places = [text.find(separator), text.rfind(separator)];
        for at in places.into_iter().flatten() {
            let (left, right) = (part(0, at), part(at + separator.len(), text.len()));
            if left.is_empty() || right.is_empty() {
                continue;
            }
            let name_first = matches!(separator, ", " | " from " | " at " | " of " | " @ " | "@ " | "@" | "＠");
            let company_first = !name_first && (matches!(separator, "の" | "より" | "から") || is_affiliation(context, context.doc.slice(left)));
            let company_last = name_first || is_affiliation(context, context.doc.slice(right));
            if company_last && !company_first && likeness(left) >= if separator == " from " { 0.6 } else { 0.3 } {
                return Some((left, right));
            }
            if company_first && likeness(right) >= 0.3 && (separator != "の" || likeness(right) >= 0.5) {
                return Some((right, left));
            }
        }
    }
    None
}

/// A span without white space, list bullets and separators at its ends, and without brackets around the whole.
pub fn trim(doc: &Document, span: Span) -> Span {
    const ENDS: &[char] = &[' ', '\n', '\t', '\u{3000}', ':', '：', '、', '。', ',', '-', '–', '—', '―', '/', '／', '|', '｜', '・', '•', '●', '■', '◆', '▼', '→', '~', '～', '〜', ';', '‐', '*'];
    let text = doc.slice(span);
    let start = text.len() - text.trim_start_matches(ENDS).len();
    let end = text.trim_end_matches(ENDS).len();
    if start >= end { Span::new(span.start, span.start) } else { Span::new(span.start + start, span.start + end) }
}

/// A span without the honorific at its end.
pub fn without_honorific(context: &Context<'_>, span: Span) -> Span {
    let mut bare = span;
    take_honorific(context, &mut bare);
    bare
}

/// Takes the honorific off the end; gives how sure it makes that a person stands there.
fn take_honorific(context: &Context<'_>, span: &mut Span) -> f64 {
    let text = context.doc.slice(*span);
    for rule in context.rules.of(Use::Honorific, context.language).filter(|r| r.kind.as_deref() == Some("suffix")) {
        if let Some(hit) = rule.find(text).filter(|hit| hit.end == text.len()) {
            context.fire(&rule.id, *span);
            *span = trim(context.doc, Span::new(span.start, span.start + hit.start));
            return rule.confidence;
        }
    }
    0.0
}

/// The name at the very end of a longer piece, by its honorific: `くも社より我らが森田 光さん`. What stands before it may be the affiliation.
fn tail(context: &Context<'_>, span: Span, mut mention: Mention) -> Option<(Mention, f64)> {
    let text = context.doc.slice(span);
    for rule in context.rules.of(Use::Honorific, context.language).filter(|r| r.kind.as_deref() == Some("mention")) {
        let Some(hit) = rule.find_all(text).last() else { continue };
        let Some((s, e, name)) = hit.group("name") else { continue };
        let behind = text[hit.end..].trim_matches(['(', ')', '（', '）', ' ', '@', '＠', '_']);
        if !behind.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') || name_likeness(context, None, name) == 0.0 {
            continue;
        }
        context.fire(&rule.id, span);
        mention.name = Some(Found::verbatim(context.doc, Span::new(span.start + s, span.start + e), rule));
        let before = joined(context, trim(context.doc, Span::new(span.start, span.start + s)));
        if is_affiliation(context, context.doc.slice(before)) {
            mention.affiliation = affiliation(context.doc, before);
        }
        return Some((mention, TAIL_SCORE));
    }
    None
}

/// How sure a name is that ends a longer piece.
const TAIL_SCORE: f64 = 0.7;

/// A piece without words such as `by` at its start.
fn joined_front(context: &Context<'_>, span: Span) -> Span {
    let without = joined(context, span);
    Span::new(without.start, span.end)
}

/// Words such as `による` and `by` between title and speaker, at either end of a piece, are taken off.
pub fn joined(context: &Context<'_>, span: Span) -> Span {
    let mut span = span;
    for rule in context.rules.of(Use::Joiner, context.language) {
        let text = context.doc.slice(span);
        if let Some(hit) = rule.find(text).filter(|hit| hit.end > hit.start) {
            if hit.start == 0 {
                span = trim(context.doc, Span::new(span.start + hit.end, span.end));
            } else if hit.end == text.len() {
                span = trim(context.doc, Span::new(span.start, span.start + hit.start));
            }
        }
    }
    span
}

/// Takes `@handle` off one end of a piece, with brackets around it.
fn take_handle(doc: &Document, span: &mut Span) -> Option<Found<Handle>> {
    let text = doc.slice(*span);
    let at = text.rfind(['@', '＠'])?;
    let sign = text[at..].chars().next()?.len_utf8();
    let body = &text[at + sign..];
    let length = body.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).unwrap_or(body.len());
    let before = text[..at].chars().next_back();
    if length == 0 || length > 30 || before.is_some_and(|c| c.is_ascii_alphanumeric()) {
        return None;
    }
    let handle_span = Span::new(span.start + at, span.start + at + sign + length);
    let handle = at_handle(doc, handle_span, "person/at-handle", 0.95);
    let open = text[..at].trim_end_matches([' ', '\u{3000}']);
    let close = body[length..].trim_start_matches([' ', '\u{3000}']);
    let bracket = |c: Option<char>| matches!(c, Some('(' | '（' | '[' | '<' | ')' | '）' | ']' | '>'));
    let (mut left, mut right) = (open.len(), text.len() - close.len());
    if bracket(open.chars().next_back()) && bracket(close.chars().next()) {
        left -= open.chars().next_back().map_or(0, char::len_utf8);
        right += close.chars().next().map_or(0, char::len_utf8);
    }
    let (head, tail) = (Span::new(span.start, span.start + left), Span::new(span.start + right, span.end));
    let (head, tail) = (trim(doc, head), trim(doc, tail));
    // What is left on both sides would not be one piece any more: the honorific behind a handle is dropped.
    *span = if head.is_empty() { tail } else { head };
    Some(handle)
}

/// The account of a link to a profile.
pub fn linked_handle(link: &ContentLink<'_>) -> Option<Found<Handle>> {
    let handle = link.handle.clone()?;
    let quote = link.link.raw.as_deref().unwrap_or(&link.link.url);
    Some(Found::new(handle, Proof::attribute(&link.link.attribute, quote, link.link.span, link.rule, 0.95)))
}

/// A Twitter handle as written, with or without `@`.
pub fn at_handle(doc: &Document, span: Span, rule: &str, confidence: f64) -> Found<Handle> {
    let handle = doc.slice(span).trim_start_matches(['@', '＠']).to_owned();
    Found::new(Handle { platform: "twitter".to_owned(), handle }, Proof::text(span, rule, Method::Normalised, confidence))
}

/// `outer (inner)` at the end of a piece.
fn take_brackets(doc: &Document, span: Span) -> Option<(Span, Span)> {
    let text = doc.slice(span);
    let last = text.chars().next_back()?;
    let open = match last {
        ')' => '(',
        '）' => '（',
        _ => return None,
    };
    let at = text.rfind(open).or_else(|| text.rfind(['(', '（']))?;
    let inner = Span::new(span.start + at + text[at..].chars().next()?.len_utf8(), span.end - last.len_utf8());
    let outer = trim(doc, Span::new(span.start, span.start + at));
    (!outer.is_empty() && !inner.is_empty()).then_some((outer, inner))
}
