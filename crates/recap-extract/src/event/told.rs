//! The event's name in sentences and link texts of the document's start.

use std::ops::Range;

use recap_document::{BlockKind, LinkForm, MarkKind, Span};
use recap_model::LinkKind;
use recap_rules::{Rule, Use, flat};

use super::name::{Names, Source};
use super::piece::Piece;
use super::quotes;
use crate::context::Context;

/// Bytes before and behind a name that are looked at.
const AROUND: usize = 60;
/// Quotations, links and bold words of one paragraph that are looked at, of each.
const MAX_SET_OFF: usize = 40;
/// A rule this sure knows a name by what the sentence calls it.
const SURE_RULE: f64 = 0.85;
/// Bytes before a verb in which a name that nothing sets off must begin.
const CLAUSE: usize = 150;

/// Candidates from the document's start.
pub fn find(names: &mut Names<'_, '_>) {
    let scope = names.scope;
    if !names.verb_last() {
        super::proper::find(names);
    }
    for &block in &scope.front {
        match scope.context.doc.blocks[block].kind {
            BlockKind::Paragraph => {
                around(names, block);
                plain(names, block);
                before_verbs(names, block);
            }
            BlockKind::Embed | BlockKind::Heading(_) => cards(names, block),
            _ => {}
        }
    }
    links(names);
}

/// Linked, quoted and emphasised words that a sentence about the event has.
fn around(names: &mut Names<'_, '_>, block: usize) {
    let context = names.scope.context;
    let text = flat(context.text(block));
    let whole = context.doc.blocks[block].span;
    for (range, bonus) in set_off(names, block, &text) {
        let place = Span::new(whole.start + range.start, whole.start + range.end);
        if is_part(context, block, place) || is_talk(context, &text, &range, place) {
            continue;
        }
        let Some(rule) = rule_around(context, &text, &range) else { continue };
        let full = lengthened(names, &text, &range);
        context.fire(&rule.id, place);
        names.add(Piece::of(context.doc, whole).part(full), Source::Sentence, &rule.id, bonus);
    }
}

/// Whether the words lead to a page within an event's site: a talk, the programme.
fn is_part(context: &Context<'_>, block: usize, place: Span) -> bool {
    let mut links = context.links_of(block).filter(|l| place.contains(l.link.span));
    links.any(|l| l.kind != LinkKind::Event && context.says(Use::EventFact, "url-part", &l.url))
}

/// Whether the words behind make it a talk's title: `“…” talk`.
fn is_talk(context: &Context<'_>, text: &str, range: &Range<usize>, place: Span) -> bool {
    let found = context.said_by(Use::EventName, "talk-behind", behind(text, range));
    found.inspect(|rule| context.fire(&rule.id, place)).is_some()
}

/// The rule that knows an event's name by what stands around it.
fn rule_around<'a>(context: &Context<'a>, text: &str, range: &Range<usize>) -> Option<&'a Rule> {
    let says = |kind, words| context.said_by(Use::EventName, kind, words);
    let ahead = ahead(text, range);
    // `near` is enough before words that are set off, and before no others; `before-not` stands before places.
    let before = || says("before", ahead).or_else(|| says("near", ahead)).filter(|_| says("before-not", ahead).is_none());
    says("after", behind(text, range)).or_else(before)
}

/// What stands before a name.
pub fn ahead<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    window(text, range.start.saturating_sub(AROUND), range.start)
}

/// What stands behind a name.
pub fn behind<'t>(text: &'t str, range: &Range<usize>) -> &'t str {
    window(text, range.end, (range.end + AROUND).min(text.len()))
}

/// Words that are set off in a paragraph: quotations, links, bold text, code.
fn set_off(names: &Names<'_, '_>, block: usize, text: &str) -> Vec<(Range<usize>, f64)> {
    let doc = names.scope.context.doc;
    let leaf = &doc.blocks[block];
    let local = |span: Span| {
        (leaf.span.start <= span.start && span.end <= leaf.span.end).then(|| span.start - leaf.span.start..span.end - leaf.span.start)
    };
    let mut ranges: Vec<(Range<usize>, f64)> = quotes::find(text).into_iter().take(MAX_SET_OFF).map(|q| (q.outer, 1.0)).collect();
    let links = leaf.links.iter().filter(|l| l.form == LinkForm::Anchor).filter_map(|l| local(l.span)).map(|r| (r, 1.5));
    let named = |range: &Range<usize>| text.get(range.clone()).is_some_and(|t| names.looks_named(t));
    let marks = leaf.marks.iter().filter(|m| m.kind != MarkKind::Strike).filter_map(|m| Some((m.kind, local(m.span)?)));
    let marks = marks.filter(|(kind, range)| *kind != MarkKind::Code || named(range)).map(|(_, range)| (range, 0.6));
    for (range, bonus) in links.take(MAX_SET_OFF).chain(marks.take(MAX_SET_OFF)) {
        let inside = ranges.iter().any(|(r, _)| r.start <= range.start && range.end <= r.end);
        if !inside && range.len() >= 2 {
            ranges.push((range, bonus));
        }
    }
    ranges
}

/// A quoted theme belongs to the numbered name right before it; a number or year right behind a name belongs to it.
fn lengthened(names: &Names<'_, '_>, text: &str, range: &Range<usize>) -> Range<usize> {
    let ahead = ahead(text, range);
    let from = ahead.rfind(|c: char| matches!(c, '、' | '。' | '！' | '」' | '』' | ')' | '）') || ('\u{3041}'..='\u{3096}').contains(&c));
    let start = from.map_or(0, |at| at + ahead[at..].chars().next().map_or(1, char::len_utf8));
    let head = &ahead[start..];
    let quoted = text.get(range.clone()).is_some_and(|t| t.starts_with(['「', '『']));
    let range = if quoted && names.is_numbered(head) && head.chars().any(char::is_alphabetic) {
        range.start - head.len()..range.end
    } else {
        range.clone()
    };
    let behind = window(text, range.end, (range.end + 12).min(text.len()));
    let tail = behind.trim_start();
    let digits = tail.trim_start_matches(['#', '＃']).chars().take_while(char::is_ascii_digit).count();
    let sign = tail.len() - tail.trim_start_matches(['#', '＃']).len();
    let apart = behind.len() - tail.len();
    let ends = tail.get(sign + digits..).is_some_and(|rest| !rest.starts_with(['/', '-', '年', '月', '.', '人', '名', '日', '回', '時']));
    let year = digits == 4 && (tail.starts_with("20") || tail.starts_with("19"));
    if !quoted && ends && (year || (sign > 0 && (1..=4).contains(&digits))) {
        range.start..range.end + apart + sign + digits
    } else {
        range
    }
}

/// Names that nothing sets off.
fn plain(names: &mut Names<'_, '_>, block: usize) {
    let context = names.scope.context;
    let text = flat(context.text(block));
    let whole = context.doc.blocks[block].span;
    for rule in context.asking_for(Use::EventName, "sentence", context.text(block)) {
        for found in rule.find_all(&text).take(4) {
            let Some((start, end, _)) = found.group("name") else { continue };
            context.fire(&rule.id, Span::new(whole.start + found.start, whole.start + found.end));
            let piece = Piece::of(context.doc, whole).part(start..end);
            // One plain word may be a town: it needs others that speak for it, or a rule that is sure.
            let sure = rule.confidence >= SURE_RULE || names.looks_named(piece.text) || is_marked(piece.text);
            let bonus = if sure { 0.4 } else { 0.1 };
            names.add(piece, Source::Sentence, &rule.id, bonus);
        }
    }
}

/// Several words, or one with a capital letter or a digit inside; scripts without capital letters have no plain words.
pub fn is_marked(text: &str) -> bool {
    text.contains(' ') || text.chars().skip(1).any(|c| c.is_uppercase() || c.is_numeric()) || text.chars().any(|c| c as u32 >= 0x1100)
}

/// What stands before the words that tell of an event, back to the clause's start: for languages that set the verb last.
fn before_verbs(names: &mut Names<'_, '_>, block: usize) {
    let context = names.scope.context;
    let text = flat(context.text(block));
    let whole = context.doc.blocks[block].span;
    for rule in context.asking_for(Use::EventName, "tells", context.text(block)) {
        for found in rule.find_all(&text).take(4) {
            let ahead = window(&text, found.start.saturating_sub(CLAUSE), found.start);
            let stop = ahead
                .rfind(['。', '、', '！', '？', '!', '?', ':', '：', '→', '」', '』'])
                .map_or(0, |at| at + ahead[at..].chars().next().map_or(1, char::len_utf8));
            let start = found.start - ahead.len();
            let clauses = context.asking_for(Use::EventName, "clause", &ahead[stop..]);
            let (cut, sure) = clauses.filter_map(|rule| last_cut(&rule, &ahead[stop..])).max().unwrap_or((0, false));
            context.fire(&rule.id, Span::new(whole.start + found.start, whole.start + found.end));
            let bonus = if sure && cut > 0 { 0.4 } else { 0.0 };
            names.add(Piece::of(context.doc, whole).part(start + stop + cut..found.start), Source::Sentence, &rule.id, bonus);
        }
    }
}

/// Where the last match of a rule leaves off: at the group `rest`, or behind it; and whether the words it matched always
/// stand before a name, which those are that need no `rest`.
fn last_cut(rule: &Rule, text: &str) -> Option<(usize, bool)> {
    let found = rule.find_all(text).last()?;
    Some(found.group("rest").map_or((found.end, true), |(start, ..)| (start, false)))
}

/// Headings and cards that are one link to an event page.
fn cards(names: &mut Names<'_, '_>, block: usize) {
    let context = names.scope.context;
    for link in context.links_of(block).filter(|l| l.kind == LinkKind::Event && !l.link.span.is_empty()) {
        names.add(Piece::of(context.doc, link.link.span), Source::Link, link.rule, 0.5);
    }
}

/// Texts of links to event pages; the first page speaks loudest.
fn links(names: &mut Names<'_, '_>) {
    let context = names.scope.context;
    let mut bonus = 0.8;
    let events = context.links.iter().filter(|l| l.kind == LinkKind::Event && l.link.form == LinkForm::Anchor);
    for link in events.take(12) {
        if names.scope.is_later(link.block) {
            continue;
        }
        let count = names.all.len();
        names.add(Piece::of(context.doc, link.link.span), Source::Link, link.rule, bonus);
        bonus = if names.all.len() > count { -1.0 } else { bonus };
    }
}

/// A part of a text, its ends moved inwards to character boundaries.
pub fn window(text: &str, start: usize, end: usize) -> &str {
    let start = text.ceil_char_boundary(start);
    let end = text.floor_char_boundary(end);
    text.get(start..end.max(start)).unwrap_or("")
}
