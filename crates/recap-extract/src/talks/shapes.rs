//! The shapes of lines that announce a talk: what stands where, and how likely each reading is.

mod honoured;
mod set_off;

use recap_document::{MarkKind, Span};
use recap_model::{LinkKind, Role};

use super::line::{SURE_FIRST, Variant};
use super::quote::{Quote, outside_brackets, quotes, unbracket, unquote};
use crate::context::Context;
use crate::finding::Mention;
use crate::person::{Known, is_affiliation, is_company, is_self, joined, name_likeness, trim, whole_line};

/// Links and bold words of a line that may stand at its ends.
const MAX_ENDS: usize = 4;

/// A name this likely is one where its account stands beside it.
const LIKELY: f64 = 0.3;

/// Brackets around a speaker.
const OPENING: [char; 7] = ['(', '（', '[', '［', '【', '＜', '〈'];
const CLOSING: [char; 7] = [')', '）', ']', '］', '】', '＞', '〉'];

/// What is left of the likeness of a speaker that is not.
const DOUBT: f64 = 0.75;

/// A name in brackets this sure is no other spelling of what stands before it.
const PROVEN: f64 = 0.72;

/// A word for the author is not longer, in characters.
const MAX_SELF: usize = 6;

/// What speaks against a comma between title and speaker.
const COMMA: f64 = 0.12;
/// A line that is nothing but people is not longer, in characters.
const MAX_NAMES: usize = 120;

/// The ways to read a line without time and labels, best first; the last one takes all of it for the title.
/// In headings and slots of a programme (`slot`), a space may be all that stands before the speaker.
pub fn variants(context: &Context<'_>, known: &Known, body: Span, slot: bool) -> Vec<Variant> {
    let mut found = Vec::new();
    if body.is_empty() || body.len() > 600 {
        return found;
    }
    if super::marks::may_name_somebody(context, body) {
        quoted(context, known, body, &mut found);
        separated(context, known, body, &mut found);
        attached(context, known, body, &mut found);
    }
    if slot {
        spaced(context, known, body, &mut found);
    }
    found.retain(|v| v.title.is_none_or(|title| !opens_with_honorific(context, title)));
    let short = context.doc.slice(body).chars().count() <= MAX_NAMES;
    let (people, score) =
        if short { whole_line(context, Some(known), joined(context, body), Role::Speaker, 0.5) } else { (Vec::new(), 0.0) };
    let split = found.iter().any(|v| v.score >= 0.6 && v.title.is_some() && !v.people.is_empty());
    if !people.is_empty() && !split {
        found.push(Variant { shape: "who".to_owned(), title: None, people, score, doubtful: false });
    }
    found.retain(|v| v.title.is_none_or(|t| !t.is_empty()));
    drop_nameless(context, &mut found);
    found.sort_by(|a, b| b.score.total_cmp(&a.score));
    found.push(Variant {
        shape: "title".to_owned(),
        title: Some(unquote(context.doc, without_self(context, body))),
        people: Vec::new(),
        score: 0.3,
        doubtful: false,
    });
    found
}

/// Whether what would be a title is what a name left over: `さん（…）`, where `様々な…` is one.
fn opens_with_honorific(context: &Context<'_>, title: Span) -> bool {
    let honorific = crate::person::with_honorific(context, Span::new(title.start, title.start), title.end);
    !honorific.is_empty() && !context.doc.slice(Span::new(honorific.end, title.end)).starts_with(char::is_alphanumeric)
}

/// `title / who (@who)`: a reading that has the account's name as well beats those that leave the name in the title.
fn drop_nameless(context: &Context<'_>, found: &mut Vec<Variant>) {
    let account = |v: &Variant| match v.people.as_slice() {
        [one] => Some((one.handles.first()?.value.handle.clone(), one.name.as_ref().and_then(|n| Some(n.proofs.first()?.place.span())))),
        _ => None,
    };
    let likely = |name: &Span| name_likeness(context, None, context.doc.slice(*name)) >= LIKELY;
    let sure = found.iter().filter(|v| v.score >= SURE_FIRST && v.title.is_some());
    let named: Vec<(String, Span)> = sure.filter_map(account).filter_map(|(handle, name)| Some((handle, name.filter(likely)?))).collect();
    found.retain(|v| {
        let Some((handle, None)) = account(v) else { return true };
        !named.iter().any(|(other, name)| *other == handle && v.title.is_some_and(|title| title.contains(*name)))
    });
}

/// A title without the word by which the author stands for the speaker: `僕 - title`, `title（私）`.
fn without_self(context: &Context<'_>, body: Span) -> Span {
    const MARKS: &[&str] = &[" - ", " – ", " — ", "：", ": ", " / ", "／", "|", "(", "（"];
    let text = context.doc.slice(body);
    let me = |text: &str| {
        let word = text.trim().trim_end_matches([')', '）']);
        (1..=MAX_SELF).contains(&word.chars().count()) && is_self(context, word)
    };
    for mark in MARKS {
        if let Some((left, _)) = text.rsplit_once(mark).filter(|(_, right)| me(right)) {
            return trim(context.doc, Span::new(body.start, body.start + left.len()));
        }
        if let Some((_, right)) = text.split_once(mark).filter(|(left, _)| me(left)) {
            return trim(context.doc, Span::new(body.end - right.len(), body.end));
        }
    }
    body
}

/// `「title」 who`, `who「title」`, `label「title」`.
fn quoted(context: &Context<'_>, known: &Known, body: Span, found: &mut Vec<Variant>) {
    let mut quotes = quotes(context.doc, body);
    if quotes.is_empty() {
        quotes = marked(context, body);
        if quotes.is_empty() {
            quotes.extend(bracketed(context, body));
        }
    }
    let (Some(first), Some(last)) = (quotes.first(), quotes.last()) else { return };
    let doc = context.doc;
    let before = joined(context, unbracket(doc, Span::new(body.start, first.outer.start)));
    let after = joined(context, unbracket(doc, Span::new(last.outer.end, body.end)));
    if quotes.len() == 1 && is_nickname(doc.slice(first.outer), doc.slice(first.inner), before.is_empty() || after.is_empty()) {
        return;
    }
    let title = if quotes.len() == 1 { first.inner } else { Span::new(first.outer.start, last.outer.end) };
    let mut push = |people: Vec<Mention>, score: f64, shape: &str| {
        found.push(Variant { shape: shape.to_owned(), title: Some(title), people, score, doubtful: false });
    };
    if before.is_empty() && after.is_empty() {
        return push(Vec::new(), 0.8, "quote");
    }
    let (people_before, score_before) = whole_line(context, Some(known), before, Role::Speaker, 0.35);
    let (people_after, score_after) = whole_line(context, Some(known), after, Role::Speaker, 0.35);
    if !people_after.is_empty() && (before.is_empty() || doc.slice(before).chars().count() <= 16) {
        push(people_after, lifted(score_after), "quote who");
    } else if !people_before.is_empty() && doc.slice(after).chars().count() <= 12 {
        push(people_before, lifted(score_before), "who quote");
    } else if after.is_empty() && title.len() * 2 >= body.len() {
        push(Vec::new(), 0.55, "label quote");
    }
}

/// `title who` or `who title`, where the rest of the line has no spaces to speak of: likely only beside others of this shape.
fn spaced(context: &Context<'_>, known: &Known, body: Span, found: &mut Vec<Variant>) {
    let doc = context.doc;
    let text = doc.slice(body);
    // Scripts with spaces between words have too many.
    let wide = text.chars().filter(|c| *c as u32 >= 0x3040).count();
    if found.iter().any(|v| !v.people.is_empty()) || wide * 2 < text.chars().count() {
        return;
    }
    let mut read = |title: Span, who: Span, shape: &str| {
        let (people, score) = whole_line(context, Some(known), who, Role::Speaker, 0.4);
        if !people.is_empty() && doc.slice(title).chars().count() > 4 && name_is_not(context, known, title) {
            found.push(Variant { shape: shape.to_owned(), title: Some(unquote(doc, title)), people, score, doubtful: true });
        }
    };
    let part = |from: usize, to: usize| trim(doc, Span::new(body.start + from, body.start + to));
    for (at, space) in text.rmatch_indices([' ', '\u{3000}']).take(2) {
        read(part(0, at), part(at + space.len(), text.len()), "title who spaced");
    }
    for (at, space) in text.match_indices([' ', '\u{3000}']).take(2) {
        read(part(at + space.len(), text.len()), part(0, at), "who title spaced");
    }
}

/// `【title】` at the start of a line that goes on.
fn bracketed(context: &Context<'_>, body: Span) -> Option<Quote> {
    let text = context.doc.slice(body);
    let inner = text.strip_prefix('【')?.split_once('】').filter(|(_, rest)| !rest.trim().is_empty())?.0;
    let open = '【'.len_utf8();
    (inner.chars().count() > 4).then(|| Quote {
        outer: Span::new(body.start, body.start + 2 * open + inner.len()),
        inner: Span::new(body.start + open, body.start + open + inner.len()),
    })
}

/// One word in straight marks between two others is a nickname: `Mara "Mo" Lindqvist`.
fn is_nickname(outer: &str, inner: &str, at_edge: bool) -> bool {
    !at_edge && outer.starts_with(['"', '“']) && !inner.contains(char::is_whitespace)
}

/// A quotation beside it makes a likely name a sure one.
fn lifted(score: f64) -> f64 {
    if score >= 0.5 { score.max(0.75) } else { score + 0.2 }
}

/// `title - who`, `who: title` and the like.
fn separated(context: &Context<'_>, known: &Known, body: Span, found: &mut Vec<Variant>) {
    const SEPARATORS: &[&str] = &[
        " - ", " – ", " — ", " ― ", " -- ", " / ", "／", " | ", "｜", " by ", " By ", "：", ": ", "\u{3000}", "/", " : ", " … ", "〜", "—",
        "-", "\n", ", by ", " par ", " von ", " por ", " con ", " com ", " avec ", " mit ", " —— ", "·", " · ", "、", "|", "/ ", ", ",
    ];
    let doc = context.doc;
    let text = doc.slice(body);
    for separator in SEPARATORS {
        // Most separators are not in a line: their first mark tells it quickly.
        if separator.chars().find(|c| *c != ' ').is_some_and(|mark| !text.contains(mark)) {
            continue;
        }
        let places: Vec<usize> = text.match_indices(separator).map(|(at, _)| at).filter(|&at| outside_brackets(text, at)).collect();
        let ends = [places.first(), places.last()];
        for (which, &at) in ends.into_iter().flatten().enumerate() {
            if which == 1 && places.len() == 1 {
                continue;
            }
            let left = trim(doc, Span::new(body.start, body.start + at));
            let right = trim(doc, Span::new(body.start + at + separator.len(), body.end));
            if left.is_empty() || right.is_empty() {
                continue;
            }
            let tight = matches!(*separator, " con " | " com " | " avec " | " mit " | "/" | "-" | "〜" | "、" | "—" | "|" | "/ " | ", ");
            if *separator == "-" && text[..at].ends_with(|c: char| c.is_ascii_alphanumeric()) {
                continue;
            }
            for (title, who, order) in [(left, right, "title who"), (right, left, "who title")] {
                let by_phrase = separator.trim().eq_ignore_ascii_case("by") && is_phrase(doc.slice(left), doc.slice(right));
                if by_phrase || is_company(context, doc.slice(title)) {
                    continue;
                }
                let (people, score) = whole_line(context, Some(known), joined(context, who), Role::Speaker, 0.3);
                if people.is_empty() || (tight && score < 0.6) {
                    continue;
                }
                // A name on both sides is no talk but a person with a title or two persons.
                if order == "title who" && !name_is_not_surely(context, known, title) {
                    continue;
                }
                // Few people put the speaker first, and many titles begin with two capitalised words.
                let told_apart = score >= 0.6 && two_scripts(doc.slice(who), doc.slice(title));
                let doubt = if order == "who title" && score < SURE_FIRST && !told_apart { DOUBT } else { 1.0 };
                if doubt < 1.0 && tight {
                    continue;
                }
                // A comma stands in many titles: alone it makes no talk, in a list of such lines it does.
                let by = match separator.trim() {
                    "by" | "By" => 0.2,
                    "," => -COMMA,
                    _ => 0.0,
                };
                let score = ((score + by) * doubt).min(0.97);
                found.push(Variant {
                    shape: format!("{order}{separator}"),
                    title: Some(unquote(doc, title)),
                    people,
                    score,
                    doubtful: doubt < 1.0,
                });
            }
        }
    }
}

/// Whether `by` stands within a title: `Step by Step Plumbing`, `Made by Ducks`, `Bread by Post – Ann Bo`.
fn is_phrase(left: &str, right: &str) -> bool {
    let (last, next) = (left.rsplit(' ').next().unwrap_or_default(), right.split(' ').next().unwrap_or_default());
    let made = last == left && ["ed", "en", "ade"].iter().any(|end| left.ends_with(end));
    let goes_on = [" - ", " – ", " — ", " | "].iter().any(|joint| right.contains(joint));
    made || goes_on || last.eq_ignore_ascii_case(next)
}

/// `title @handle`, `@handle title`, `title (who)`, `title [who](profile)`, `who さん title`.
fn attached(context: &Context<'_>, known: &Known, body: Span, found: &mut Vec<Variant>) {
    let doc = context.doc;
    let text = doc.slice(body);
    set_off::led_by_brackets(context, known, body, found);
    if let Some(open) = text.rfind(OPENING).filter(|_| text.ends_with(CLOSING)) {
        let sign = text[open..].chars().next().map_or(0, char::len_utf8);
        let inner = trim(doc, Span::new(body.start + open + sign, body.end - text.chars().next_back().map_or(0, char::len_utf8)));
        let title = trim(doc, Span::new(body.start, body.start + open));
        let who = joined(context, inner);
        // A nickname in brackets is one beside others in the same place.
        let (people, score) = whole_line(context, Some(known), who, Role::Speaker, 0.3);
        let doubtful = score < 0.4;
        if !people.is_empty()
            && !title.is_empty()
            && (who != inner || name_is_not(context, known, title) || alone(context, known, title, who, score))
        {
            found.push(Variant { shape: "title (who)".to_owned(), title: Some(unquote(doc, title)), people, score, doubtful });
        }
    }
    about(context, known, body, found);
    // An honorific tells the name behind the last or the last but one space.
    honoured::honoured(context, known, body, found);
    for link in context.links_in(body).filter(|l| l.kind == LinkKind::Profile) {
        edge(context, known, body, link.link.span, "profile", found);
    }
    for mark in context.marks_in(body).filter(|m| m.kind == MarkKind::Strong && m.span != body).take(MAX_ENDS) {
        edge(context, known, body, mark.span, "strong", found);
    }
    for link in context.links_in(body).filter(|l| matches!(l.kind, LinkKind::Slides | LinkKind::Video)).take(MAX_ENDS) {
        set_off::linked(context, known, body, link.link.span, found);
    }
    for (at, sign) in text.match_indices(['@', '＠']) {
        let name = text[at + sign.len()..].bytes().take_while(|b| b.is_ascii_alphanumeric() || *b == b'_').count();
        if name > 1 {
            edge(context, known, body, Span::new(body.start + at, body.start + at + sign.len() + name), "handle", found);
        }
    }
}

/// `who (title)`: somebody with an honorific, in brackets behind it what reads like a title and no company.
fn about(context: &Context<'_>, known: &Known, body: Span, found: &mut Vec<Variant>) {
    let doc = context.doc;
    let text = doc.slice(body);
    let Some(open) = text.find(['(', '（']).filter(|_| text.ends_with([')', '）'])) else { return };
    let sign = text[open..].chars().next().map_or(0, char::len_utf8);
    let inner = trim(doc, Span::new(body.start + open + sign, body.end - text.chars().next_back().map_or(0, char::len_utf8)));
    let words = doc.slice(inner);
    let told = words.chars().any(|c| ('\u{3041}'..='\u{3096}').contains(&c))
        && words.chars().any(|c| c as u32 >= 0x4e00 || c.is_ascii_alphabetic());
    if !told || words.chars().count() < 6 || is_affiliation(context, words) || !name_is_not(context, known, inner) {
        return;
    }
    let (people, score) = whole_line(context, Some(known), Span::new(body.start, body.start + open), Role::Speaker, 0.9);
    if !people.is_empty() {
        found.push(Variant {
            shape: "who (title)".to_owned(),
            title: Some(unquote(doc, inner)),
            people,
            score: score - 0.2,
            doubtful: false,
        });
    }
}

/// Whether a name in brackets is sure to be no other spelling of what stands before it. Companies are called `様` too.
fn alone(context: &Context<'_>, known: &Known, title: Span, who: Span, score: f64) -> bool {
    score >= PROVEN && !context.doc.slice(who).ends_with('様') && name_is_not_surely(context, known, title)
}

/// Whether one text is Latin and the other is not: a name that is no part of the title's sentence.
fn two_scripts(who: &str, title: &str) -> bool {
    who.is_ascii() && title.chars().filter(|c| *c as u32 >= 0x3040).count() * 2 > title.chars().count()
}

fn name_is_not_surely(context: &Context<'_>, known: &Known, title: Span) -> bool {
    let (people, score) = whole_line(context, Some(known), title, Role::Speaker, 0.78);
    people.is_empty() || score < 0.78
}

/// A person at the start or the end of a line, the title on the other side.
fn edge(context: &Context<'_>, known: &Known, body: Span, who: Span, shape: &str, found: &mut Vec<Variant>) {
    let doc = context.doc;
    let who = crate::person::with_honorific(context, who, body.end);
    let before = trim(doc, Span::new(body.start, who.start));
    let after = trim(doc, Span::new(who.end, body.end));
    let (title, person, order) = if before.is_empty() {
        (after, Span::new(body.start, who.end), "who title")
    } else if after.is_empty() || doc.slice(after).chars().count() <= 3 {
        (before, Span::new(who.start, body.end), "title who")
    } else if doc.slice(after).chars().count() > 5 && !whole_line(context, Some(known), before, Role::Speaker, 0.4).0.is_empty() {
        (after, Span::new(body.start, who.end), "who title")
    } else {
        return;
    };
    let (people, score) = whole_line(context, Some(known), person, Role::Speaker, 0.5);
    let is_title = doc.slice(title).chars().count() > 3 && !is_company(context, doc.slice(title));
    if !people.is_empty() && is_title && name_is_not(context, known, title) {
        found.push(Variant {
            shape: format!("{order} {shape}"),
            title: Some(unquote(doc, title)),
            people,
            score: score - 0.1,
            doubtful: false,
        });
    }
}

/// Whether a would-be title is no name itself: `Name (@handle)` announces nothing.
fn name_is_not(context: &Context<'_>, known: &Known, title: Span) -> bool {
    let (people, score) = whole_line(context, Some(known), title, Role::Speaker, 0.45);
    people.is_empty() || score < 0.45
}

/// An emphasised piece serves as a quotation, unless it is the whole or a name.
fn marked(context: &Context<'_>, body: Span) -> Vec<Quote> {
    let label =
        |s: Span| context.doc.slice(s).ends_with([':', '：']) || context.doc.slice(Span::new(s.end, body.end)).starts_with([':', '：']);
    let title_like = |s: Span| {
        s != body
            && !label(s)
            && context.doc.slice(s).chars().count() >= 4
            && whole_line(context, None, s, Role::Speaker, 0.45).0.is_empty()
    };
    let marks = context.marks_in(body).filter(|m| !matches!(m.kind, MarkKind::Code | MarkKind::Strike) && title_like(m.span));
    let mut found: Vec<Quote> = marks.map(|m| Quote { outer: m.span, inner: trim(context.doc, m.span) }).collect();
    found.truncate(1);
    found
}
