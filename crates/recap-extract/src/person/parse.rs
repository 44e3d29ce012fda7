//! From a piece of text to persons.

use recap_document::Span;
use recap_model::Role;

use super::Known;
use super::honoured;
use super::pieces::{self, Outer, Pieces};
use super::roles::{is_self, role_word};
use super::score::{is_affiliation, is_company, name_likeness};
use super::text::{joined, joined_front, joints, take_honorific, trim, trim_of, without_honorific};
use super::within::{affiliation, split};
use crate::context::Context;
use crate::finding::{Found, Mention};

/// Persons in one piece; more are no list of speakers.
const MAX_PEOPLE: usize = 12;

/// A longer piece, in bytes, is no list of persons.
const MAX_PIECE: usize = 400;

/// A name this sure may have a company behind it whose name says nothing.
const SURE_NAME: f64 = 0.7;

/// What a company beside it says for a name.
const BACKED: f64 = 0.25;

/// An honorific or an account makes it this sure that a person is named.
const SURE: f64 = 0.9;

/// How sure a name is that ends a longer piece.
const TAIL_SCORE: f64 = 0.7;

/// The persons that a whole piece of text names, if that is all it does: every part must be a person with at least `least`
/// likeness. Otherwise empty.
pub fn people_in(context: &Context<'_>, span: Span, role: Role, least: f64) -> Vec<Mention> {
    whole_line(context, None, span, role, least).0
}

/// As [`people_in`], with the document's proven names; gives the lowest likeness too.
pub fn whole_line(context: &Context<'_>, known: Option<&Known>, span: Span, role: Role, least: f64) -> (Vec<Mention>, f64) {
    let span = trim(context.doc, span);
    if span.is_empty() || span.len() > MAX_PIECE {
        return (Vec::new(), 0.0);
    }
    let reading = context.memo.reading((span, known.is_some(), role), || read(context, known, span, role));
    let whole = reading.one.as_ref().map_or(0.0, |(_, score)| *score);
    if let Some((people, lowest)) = &reading.several
        && *lowest >= least.max(0.35)
        && lowest + 0.25 >= whole
    {
        return (people.iter().filter(|m| m.role == role).cloned().collect(), *lowest);
    }
    match &reading.one {
        Some((mention, score)) if *score >= least && mention.role == role => (vec![mention.clone()], *score),
        _ => (Vec::new(), whole),
    }
}

/// A piece of text as persons, each way with its likeness.
#[derive(Debug)]
pub struct Reading {
    /// As one person.
    one: Option<(Mention, f64)>,
    /// As several, with the lowest likeness among them; none where a part is nobody.
    several: Option<(Vec<Mention>, f64)>,
}

fn read(context: &Context<'_>, known: Option<&Known>, span: Span, role: Role) -> Reading {
    let one = person(context, known, span, role);
    let parts = split_people(context, span);
    if !(2..=MAX_PEOPLE).contains(&parts.len()) {
        return Reading { one, several: None };
    }
    let people: Option<Vec<(Mention, f64)>> = parts.iter().map(|&part| person(context, known, part, role)).collect();
    let several = people.map(|people| {
        let lowest = people.iter().map(|(_, s)| *s).fold(1.0, f64::min);
        (people.into_iter().map(|(m, _)| m).collect(), lowest)
    });
    let several = several.or_else(|| without_company(context, known, &parts, role));
    Reading { one, several }
}

/// `Ann Bo & Cy Lid, Company`: sure names and behind them something that is none, the last one's company.
fn without_company(context: &Context<'_>, known: Option<&Known>, parts: &[Span], role: Role) -> Option<(Vec<Mention>, f64)> {
    let (&company, names) = parts.split_last().filter(|(_, names)| (2..=MAX_PEOPLE).contains(&names.len()))?;
    let text = context.doc.slice(company);
    let proper = text.starts_with(char::is_uppercase) && short(text) && name_likeness(context, known, text) < SURE_NAME;
    let mut people: Vec<(Mention, f64)> = names.iter().filter_map(|&part| person(context, known, part, role)).collect();
    let lowest = people.iter().map(|(_, s)| *s).fold(1.0, f64::min);
    if !proper || people.len() != names.len() || lowest < SURE_NAME {
        return None;
    }
    if let Some((last, _)) = people.last_mut() {
        last.affiliation = last.affiliation.take().or_else(|| affiliation(context, company));
    }
    Some((people.into_iter().map(|(m, _)| m).collect(), lowest))
}

/// Parts at separators outside of brackets. What is only an account belongs to the name before a comma.
fn split_people(context: &Context<'_>, span: Span) -> Vec<Span> {
    let text = context.doc.slice(span);
    // Where an honorific tells the separator (`さんと`), that stays with the name: the group `cut` is the separator.
    let mut cuts: Vec<(usize, usize)> =
        joints(context, "between", text).map(|hit| hit.group("cut").map_or((hit.start, hit.end), |(s, e, _)| (s, e))).collect();
    if cuts.is_empty() {
        return vec![span];
    }
    cuts.sort_unstable();
    let depth = depths(text);
    cuts.retain(|(at, _)| depth(*at) == 0);
    let mut parts: Vec<Span> = Vec::new();
    let (mut from, mut comma) = (0, false);
    for (at, end) in cuts.into_iter().chain([(text.len(), text.len())]) {
        if at < from {
            continue;
        }
        let part = trim(context.doc, Span::new(span.start + from, span.start + at));
        let account = comma && context.doc.slice(part).starts_with(['@', '＠']);
        match parts.last_mut() {
            Some(last) if account && !context.doc.slice(*last).contains(['@', '＠']) => last.end = part.end,
            _ if part.is_empty() => {}
            _ => parts.push(part),
        }
        comma = text[at..end].contains([',', '、', '，', '/', '／']);
        from = end;
    }
    parts
}

/// How deep in brackets a byte offset is.
fn depths(text: &str) -> impl Fn(usize) -> usize {
    let mut steps: Vec<(usize, usize)> = Vec::new();
    let mut depth = 0usize;
    for (at, c) in text.char_indices() {
        match c {
            '(' | '（' | '[' | '［' | '「' => depth += 1,
            ')' | '）' | ']' | '］' | '」' => depth = depth.saturating_sub(1),
            _ => continue,
        }
        steps.push((at, depth));
    }
    move |at| steps.partition_point(|(step, _)| *step <= at).checked_sub(1).map_or(0, |i| steps[i].1)
}

/// One person: account, brackets, affiliation and honorific are taken off; what is left must look like a name.
fn person(context: &Context<'_>, known: Option<&Known>, span: Span, role: Role) -> Option<(Mention, f64)> {
    let whole = joined_front(context, span);
    let mut pieces = pieces::read(context, whole);
    let mut mention = Mention::new(role, span);
    let mut sure = pieces.sure;
    let honoured = honorifics(context, &mut pieces, whole.start);
    sure = honoured.iter().copied().fold(sure, f64::max);
    mention.handles = std::mem::take(&mut pieces.handles);
    if let Some(other) =
        pieces.inner.iter().chain(pieces.outer.first().map(|o| &o.span)).find_map(|&s| role_word(context, context.doc.slice(s)))
    {
        mention.role = other;
    }
    let names_more =
        |s: Span| !s.is_empty() && role_word(context, context.doc.slice(s)).is_none() && !is_self(context, context.doc.slice(s));
    pieces.inner.retain(|&s| names_more(s));
    let named: Vec<usize> = (0..pieces.outer.len()).filter(|&i| names_more(pieces.outer[i].span)).collect();
    if sure < SURE && crowded(context, &pieces, &named) {
        return tail(context, known, span, mention);
    }
    let Some(chosen) = choose(context, known, &pieces, &named, &honoured) else {
        mention.affiliation = pieces.inner.iter().find_map(|&s| affiliation(context, s));
        return mention.is_somebody().then_some((mention, sure));
    };
    let rest: Vec<Outer> = named.iter().filter(|&&i| i != chosen).map(|&i| pieces.outer[i]).collect();
    let outer = pieces.outer[chosen].span;
    if !mention.handles.is_empty()
        && rest.is_empty()
        && is_affiliation(context, context.doc.slice(outer))
        && split(context, known, outer, true).is_none()
    {
        mention.affiliation = affiliation(context, outer);
        return Some((mention, sure));
    }
    let (name, company) = split(context, known, outer, sure >= SURE).map_or((outer, None), |(name, company)| (name, Some(company)));
    let name = bare_name(context, name);
    let text = context.doc.slice(name);
    let likeness = name_likeness(context, known, text);
    let same_as_handle = mention
        .handles
        .iter()
        .any(|h| h.value.handle.eq_ignore_ascii_case(text.trim_matches('_')) || h.value.handle.eq_ignore_ascii_case(text));
    let strangers = rest.iter().any(|o| !belongs(context, *o, outer, likeness, sure));
    if strangers || likeness == 0.0 && !same_as_handle {
        return tail(context, known, span, mention);
    }
    let backed = || rest.iter().map(|o| o.span).chain(pieces.inner.iter().copied()).any(|s| is_company(context, context.doc.slice(s)));
    let lift = if sure < likeness + BACKED && likeness > 0.0 && backed() { BACKED } else { 0.0 };
    let score = sure.max((likeness + lift).min(SURE_NAME.max(likeness)));
    mention.affiliation = company
        .into_iter()
        .chain(rest.iter().map(|o| o.span).filter(|s| !is_phrase(context, context.doc.slice(*s))))
        .find_map(|s| affiliation(context, s))
        .or_else(|| from_brackets(context, known, &pieces.inner));
    mention.name = Some(Found::spoken(context.doc, name, "person/name", score.max(0.5)));
    Some((mention, score))
}

/// Takes the honorifics off the outer pieces; gives how sure each makes it. One that stands alone belongs to the piece before it.
/// The pieces begin at `start`.
fn honorifics(context: &Context<'_>, pieces: &mut Pieces, start: usize) -> Vec<f64> {
    let mut honoured: Vec<f64> = Vec::new();
    let opens_with_account = context.doc.text[start..].starts_with(['@', '＠']);
    for i in 0..pieces.outer.len() {
        pieces.outer[i].span = without_alias(context, pieces.outer[i].span);
        // `森田さん(@mofu)によるセッション`: what a joiner opens behind brackets and accounts is the talk, no piece of a name.
        if i > 0 || opens_with_account && pieces.outer[i].span.start > start {
            let (piece, left) = (pieces.outer[i].span, joined(context, pieces.outer[i].span));
            pieces.outer[i].span = match () {
                () if without_honorific(context, left).is_empty() => left,
                () if left.start > piece.start => Span::new(piece.start, piece.start),
                () => piece,
            };
        }
        let sure = take_honorific(context, &mut pieces.outer[i].span);
        honoured.push(sure);
        if pieces.outer[i].span.is_empty() && i > 0 {
            honoured[i - 1] = honoured[i - 1].max(sure);
        }
    }
    honoured
}

/// The outer piece that is the name: a profile link's text, the one with an honorific, the one before an account, the likeliest.
fn choose(context: &Context<'_>, known: Option<&Known>, pieces: &Pieces, named: &[usize], honoured: &[f64]) -> Option<usize> {
    let likeness = |i: usize| {
        let span = pieces.outer[i].span;
        let inside = || split(context, known, span, false).map_or(0.0, |(name, _)| name_likeness(context, known, context.doc.slice(name)));
        let own = name_likeness(context, known, context.doc.slice(span));
        if own > 0.0 { own } else { inside() - 0.05 }
    };
    let among = |i: &usize| named.contains(i);
    let linked = pieces.linked.filter(among).filter(|&i| likeness(i) > 0.0);
    let honoured = named.iter().copied().find(|&i| honoured[i] > 0.0);
    let near = pieces.near.filter(among).filter(|&i| likeness(i) >= 0.3);
    let likeliest = || {
        let each = named.iter().rev().map(|&i| (i, likeness(i)));
        each.max_by(|(_, a), (_, b)| a.total_cmp(b)).map(|(i, _)| i)
    };
    linked.or(honoured).or(near).or_else(likeliest)
}

/// Whether two pieces can only be names, of which a person has one: most sentences are told from people by that.
fn crowded(context: &Context<'_>, pieces: &Pieces, named: &[usize]) -> bool {
    let stranger = |piece: &Outer| {
        let text = context.doc.slice(piece.span);
        !piece.behind_at && !text.starts_with(char::is_uppercase) && !is_field(text) && !is_affiliation(context, text)
    };
    named.iter().filter(|&&i| stranger(&pieces.outer[i])).nth(1).is_some()
}

/// Whether a piece beside the name may be there: an affiliation or a job; behind a sure name also another short proper name.
fn belongs(context: &Context<'_>, piece: Outer, name: Span, likeness: f64, sure: f64) -> bool {
    let text = context.doc.slice(piece.span);
    let proper =
        || text.split_whitespace().count() <= 4 && text.split_whitespace().all(|w| w == "&" || w.starts_with(|c: char| !c.is_lowercase()));
    let behind = piece.span.start > name.start;
    let capital = text.starts_with(char::is_uppercase);
    (is_affiliation(context, text) || behind && is_field(text)) && text.chars().count() <= 60
        || behind && (piece.behind_at && likeness >= 0.6 || (sure >= SURE || capital && likeness >= SURE_NAME) && short(text) && proper())
}

/// Whether a Japanese particle joins words: what reads like a title is no company (`穴掘りの技術`, but `はてな`).
fn is_phrase(context: &Context<'_>, text: &str) -> bool {
    let kana = |c: char| ('\u{3041}'..='\u{3096}').contains(&c);
    let chars: Vec<char> = text.chars().collect();
    !is_affiliation(context, text)
        && chars.windows(3).any(|w| matches!(w[1], 'の' | 'を' | 'に' | 'で' | 'は' | 'が' | 'と') && (!kana(w[0]) || !kana(w[2])))
}

/// `Twitter: name`, `X：name`: an account of the person somewhere.
fn is_field(text: &str) -> bool {
    let label = |label: &str| (1..=12).contains(&label.chars().count()) && label.chars().all(|c| c.is_alphabetic() || c == ' ');
    let account = |name: &str| name.chars().count() >= 2 && name.bytes().all(|b| b.is_ascii_alphanumeric() || b"@_.-/:".contains(&b));
    text.split_once([':', '：']).is_some_and(|(name, value)| label(name.trim()) && account(value.trim()))
}

fn short(text: &str) -> bool {
    text.chars().count() <= 30
}

/// A name without the full stop that ends a list.
fn bare_name(context: &Context<'_>, span: Span) -> Span {
    let mut span = trim_of(context.doc, span, &['+', '"', '\'', '“', '”', '`', ' ']);
    take_honorific(context, &mut span);
    let text = context.doc.slice(span);
    let last = text.trim_end_matches('.').rsplit([' ', '.']).next().unwrap_or_default();
    if text.ends_with('.') && last.chars().filter(|c| c.is_lowercase()).count() >= 2 && !matches!(last, "Jr" | "Sr") {
        return trim_of(context.doc, span, &['.']);
    }
    span
}

/// The affiliation that brackets give: what is neither another spelling of the name nor a remark.
fn from_brackets(context: &Context<'_>, known: Option<&Known>, inner: &[Span]) -> Option<Found<String>> {
    let is_kana = |text: &str| text.chars().all(|c| ('\u{3041}'..='\u{30ff}').contains(&c) || c.is_whitespace());
    let fitting = inner.iter().filter(|&&s| {
        let text = context.doc.slice(s);
        is_affiliation(context, text) || name_likeness(context, known, text) < 0.75 && !is_kana(text)
    });
    fitting.into_iter().find_map(|&s| affiliation(context, s))
}

/// The name before `a.k.a.`.
fn without_alias(context: &Context<'_>, span: Span) -> Span {
    let text = context.doc.slice(span);
    let at = joints(context, "alias", text).map(|hit| hit.start).min();
    at.map_or(span, |at| trim(context.doc, Span::new(span.start, span.start + at)))
}

/// The name at the very end of a longer piece, by its honorific: `くも社より我らが森田 光さん`. What stands before it may be the affiliation.
fn tail(context: &Context<'_>, known: Option<&Known>, span: Span, mut mention: Mention) -> Option<(Mention, f64)> {
    let text = context.doc.slice(span);
    let (from, to, end, rule) = honoured::names(context, known, text).last()?;
    let behind = text[end..].trim_matches(['(', ')', '（', '）', ' ', '@', '＠', '_', '[', ']']);
    if !behind.chars().all(|c| c.is_ascii_alphanumeric() || c == '_') {
        return None;
    }
    context.fire(rule, span);
    let name = Span::new(span.start + from, span.start + to);
    mention.name = Some(Found::spoken(context.doc, name, rule, 0.9));
    let before = joined(context, trim(context.doc, Span::new(span.start, name.start)));
    if is_affiliation(context, context.doc.slice(before)) {
        mention.affiliation = affiliation(context, before);
    }
    Some((mention, TAIL_SCORE))
}
