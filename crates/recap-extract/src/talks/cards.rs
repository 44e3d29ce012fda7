//! Talks that a paragraph announces: a bold line, or a first line with the speaker's line below.

use recap_document::{BlockKind, MarkKind, Span};
use recap_model::{Method, Role};
use recap_rules::{Candidate, Use};

use super::below::labelled;
use super::line::{self, Line};
use super::quote::may_quote;
use super::{Covered, lines, title};
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::event::fields;
use crate::finding::{Found, Mention, Proof};
use crate::person::{Known, whole_line};

/// A title line is not longer, in characters.
const MAX_TITLE: usize = 160;
/// Where only the section says that lines are talks, titles have so many characters.
const LEAST_TITLE: usize = 5;
/// Id of what reads a form.
const FORM: &str = "talk/form";
/// Signs that make a line a heading where there is no markup.
const ORNAMENTS: [char; 12] = ['■', '□', '◆', '◇', '●', '○', '▼', '▽', '◎', '★', '☆', '▶'];
/// Fewer lines are no list.
const LEAST_LIST: usize = 3;
/// A line that is only a time is not longer, in bytes.
const MAX_TIME: usize = 32;
/// Lines below a title in which fields of the talk are looked for.
const MAX_FIELDS: usize = 8;

/// Finds talks by paragraphs outside of the sections that are talks already.
pub fn find(context: &Context<'_>, known: &Known, headings: &[TalkDraft]) -> Vec<TalkDraft> {
    let inside = Covered::by(context, headings);
    let positions: Vec<usize> = (0..context.leaves.len()).filter(|&p| !inside.holds(p)).collect();
    let mut talks: Vec<TalkDraft> = Vec::new();
    for &position in &positions {
        let several = each_line(context, known, position);
        if several.len() >= 2 {
            talks.extend(several)
        } else {
            talks.extend(card(context, known, position).or_else(|| several.into_iter().next()))
        }
    }
    talks.extend(lone_lines(context, known, &positions, &talks));
    talks.sort_by_key(|talk| talk.leaves.start);
    for i in 0..talks.len() {
        talks[i].kind = talks[i].kind.take().or_else(|| super::lists::above(context, talks[i].span));
        let section = context.section_at(talks[i].leaves.start);
        let end = talks.get(i + 1).map_or(usize::MAX, |next| next.leaves.start).min(section_end(context, section));
        let end = end.min(item_end(context, talks[i].leaves.start));
        talks[i].leaves.end = end.max(talks[i].leaves.start + 1);
    }
    talks
}

/// Ends talks of headings where a labelled form of another talk begins.
pub fn end_at_forms(context: &Context<'_>, known: &Known, talks: &mut [TalkDraft]) {
    for talk in talks {
        let own = talk.leaves.start + 1..talk.leaves.end;
        let is_form = |position: usize| {
            let leaf = context.leaves[position];
            let all = lines(context, leaf);
            let labelled = all.len() > 1 && line::leading_label(context, all[0]).is_some_and(|label| label.kind.is_some());
            context.doc.blocks[leaf].kind == BlockKind::Paragraph && labelled && form(context, known, &all).is_some()
        };
        if let Some(other) = own.into_iter().find(|&position| is_form(position)) {
            talk.leaves.end = other;
        }
    }
}

/// Among forms, a labelled line alone is a talk too (`Panel: …?`).
fn lone_lines(context: &Context<'_>, known: &Known, positions: &[usize], talks: &[TalkDraft]) -> Vec<TalkDraft> {
    let is_form = |t: &&TalkDraft| t.title.iter().flat_map(|f| &f.proofs).any(|p| p.rule == FORM);
    if talks.iter().filter(is_form).count() < 2 {
        return Vec::new();
    }
    let taken = Covered::by(context, talks);
    let open = positions.iter().filter(|&&p| !taken.holds(p));
    let lone = open.filter_map(|&position| {
        let leaf = context.leaves[position];
        let span = context.doc.blocks[leaf].span;
        let text = context.text(leaf);
        if context.doc.blocks[leaf].kind != BlockKind::Paragraph || text.contains('\n') || text.chars().count() > MAX_TITLE {
            return None;
        }
        let line = line::read(context, known, span);
        let label = line.kind().filter(|l| context.doc.slice(l.span).trim_end().ends_with([':', '：']))?;
        let title_span =
            line.plain_title().filter(|t| !t.is_empty() && !text.ends_with(['.', '。']) && label.span.start <= span.start + 4)?;
        let mut talk = TalkDraft::at(line.body, 0.75);
        talk.title = Some(title(context, title_span, FORM, 0.8));
        talk.kind = kind_of(&line);
        talk.leaves = position..position + 1;
        Some(talk)
    });
    lone.collect()
}

/// A paragraph whose lines are talks, each a quoted title with its speaker; a bare label in front gives the kind.
fn each_line(context: &Context<'_>, known: &Known, position: usize) -> Vec<TalkDraft> {
    let leaf = context.leaves[position];
    let all = lines(context, leaf);
    if context.doc.blocks[leaf].kind != BlockKind::Paragraph || all.len() < 2 || all.len() > 200 {
        return Vec::new();
    }
    let label = line::bare_label(context, all[0]);
    let section = context.sections[context.section_at(position)].kind.as_deref();
    let expected = matches!(section, Some("lightning" | "timetable"));
    let timed = all.len() >= 3 && all.iter().filter(|l| line::head(context, **l).time.is_some()).count() >= 3;
    let listed = bulleted(context, &all);
    let (lines, mut talks) = (all.len(), Vec::new());
    let fits = |l: &Span| context.doc.slice(*l).chars().count() <= MAX_TITLE && !is_break(context, *l) && !line::asks(context, *l);
    let quotes = |l: &Span| may_quote(context.doc.slice(*l)) || context.marks_in(*l).next().is_some();
    for span in all.into_iter().filter(|l| label.is_some() || timed || expected || listed || quotes(l)).filter(fits) {
        let line = line::read(context, known, span);
        let slot = label.is_some() || expected || listed || (timed && line.time.is_some());
        let Some(variant) =
            line.with_people(if slot { 0.6 } else { 0.7 }).filter(|v| v.title.is_some() && (v.shape.contains("quote") || slot))
        else {
            continue;
        };
        if expected && variant.title.is_none_or(|s| context.doc.slice(s).chars().count() < LEAST_TITLE) {
            continue;
        }
        let mut talk = TalkDraft::at(line.body, 0.8);
        talk.title = variant.title.map(|s| title(context, s, "talk/line", 0.8));
        talk.speakers.clone_from(&variant.people);
        let told = line.kind().or(label.as_ref());
        talk.kind = told.and_then(|l| Some(Found::new(l.kind?, Proof::text(l.span, &l.rule, Method::Normalised, 0.9))));
        talk.leaves = position..position + 1;
        talks.push(talk);
    }
    // Of a list of other things some lines read like talks, too.
    let few = listed && label.is_none() && !timed && !expected && talks.len() * 5 < lines * 4;
    if few { Vec::new() } else { talks }
}

/// Whether the lines of a paragraph are a list by the same sign at their starts (`・title（who）`), three at least.
fn bulleted(context: &Context<'_>, all: &[Span]) -> bool {
    let sign = |span: &Span| context.doc.slice(*span).trim_start().chars().next();
    let first = all.first().and_then(sign).filter(|c| matches!(c, '・' | '•' | '※' | '‣') || ORNAMENTS.contains(c));
    first.is_some() && all.len() >= LEAST_LIST && all.iter().all(|span| sign(span) == first)
}

/// Whether a text is nothing but the name of a part: `Programme`, `Speakers`.
fn is_section_word(context: &Context<'_>, text: &str) -> bool {
    let whole = |r: Candidate<'_>| r.find(text).is_some_and(|f| f.start == 0 && f.end == text.len());
    text.chars().count() <= 24 && context.asking(Use::Section, text).any(whole)
}

fn is_break(context: &Context<'_>, line: Span) -> bool {
    let text = context.doc.slice(line);
    context.asking(Use::Break, text).any(|r| r.matches(text))
}

/// The position after the list item that a leaf stands in; unbounded outside of lists.
fn item_end(context: &Context<'_>, position: usize) -> usize {
    let leaf = context.leaves[position];
    let item = context.doc.ancestors(leaf).find(|&b| context.doc.blocks[b].kind == BlockKind::Item);
    item.map_or(usize::MAX, |item| context.leaves.partition_point(|&l| l < context.doc.blocks[item].next))
}

fn section_end(context: &Context<'_>, section: usize) -> usize {
    context.sections[section].own.end
}

fn card(context: &Context<'_>, known: &Known, position: usize) -> Option<TalkDraft> {
    let leaf = context.leaves[position];
    let block = &context.doc.blocks[leaf];
    if block.kind != BlockKind::Paragraph {
        return None;
    }
    let section = &context.sections[context.section_at(position)];
    let about = section.kind.as_deref() == Some("about") && !context.is_event_page;
    if about || matches!(section.kind.as_deref(), Some("closing" | "impressions" | "next" | "references" | "author" | "social" | "staff")) {
        return None;
    }
    let all = without_slot(context, known, lines(context, leaf));
    let first = *all.first()?;
    let length = context.doc.slice(first).chars().count();
    if !(3..=MAX_TITLE).contains(&length) {
        return None;
    }
    let bold = block.marks.iter().any(|m| m.kind == MarkKind::Strong && m.span.start <= first.start && first.end <= m.span.end + 1);
    let text = context.doc.slice(first);
    if is_break(context, first) {
        return None;
    }
    // `■ title`: what plain diaries have for headings.
    let bold = bold || text.starts_with(ORNAMENTS);
    if !bold && all.len() == 1 && text.ends_with(['。', '.', '！', '!']) && !text.starts_with(['「', '『', '"', '“']) {
        return None;
    }
    if let Some(mut talk) = form(context, known, &all) {
        talk.leaves = position..position + 1;
        return Some(talk);
    }
    if line::asks(context, first) {
        return None;
    }
    let line = line::read(context, known, first);
    let next = all.get(1).copied().or_else(|| bold.then(|| next_line(context, position)).flatten());
    // A quoted line among talks is a title.
    let quoted = text.starts_with(['"', '“', '„', '«', '「', '『']) && all.len() == 2;
    let expected = quoted && matches!(section.kind.as_deref(), Some("talks" | "lightning" | "timetable" | "keynote" | "workshop"));
    // `by` in front says that a person follows.
    let least = |span: Span| match crate::person::joined(context, span).start > span.start {
        true => 0.35,
        false if bold || expected => 0.6,
        false => 0.93,
    };
    let below = next.map_or_else(Vec::new, |span| whole_line(context, Some(known), span, Role::Speaker, least(span)).0);
    let last =
        all.last().filter(|_| all.len() > 2).map_or_else(Vec::new, |span| whole_line(context, Some(known), *span, Role::Speaker, 0.93).0);
    accept(context, &line, bold, below, last).map(|mut talk| {
        talk.leaves = position..position + 1;
        talk
    })
}

/// The lines of a slot of a timetable without those at its start that give no more than its time.
fn without_slot(context: &Context<'_>, known: &Known, mut all: Vec<Span>) -> Vec<Span> {
    let is_time = |span: Span| {
        let short = context.doc.slice(span).len() <= MAX_TIME;
        short && Some(line::read(context, known, span)).is_some_and(|l| l.time.is_some() && l.body.is_empty())
    };
    let times = all.iter().take_while(|&&span| is_time(span)).count();
    all.drain(..times.min(all.len().saturating_sub(1)));
    all
}

/// A filled-in form: a labelled title (`Talk 1: …`, `Title: …`) with fields of the talk in the lines below.
fn form(context: &Context<'_>, known: &Known, all: &[Span]) -> Option<TalkDraft> {
    let (first, rest) = all.split_first()?;
    let fields = rest.iter().take(MAX_FIELDS).filter_map(|span| labelled(context, *span));
    let fields: Vec<(String, Span)> = fields.filter(|(kind, _)| kind.starts_with("talk.")).collect();
    let line = line::read(context, known, *first);
    let named = labelled(context, *first).filter(|(kind, _)| kind == "talk.title").map(|(_, value)| line::unquote(context.doc, value));
    let span = named.or_else(|| line.kind().and(line.plain_title())).filter(|span| !span.is_empty())?;
    if fields.is_empty() || line.with_people(0.8).is_some() {
        return None;
    }
    let mut talk = TalkDraft::at(line.body, 0.85);
    talk.title = Some(title(context, span, FORM, 0.9));
    let speakers = fields.iter().filter(|(kind, _)| kind == "talk.speaker");
    talk.speakers = speakers.flat_map(|(_, value)| whole_line(context, Some(known), *value, Role::Speaker, 0.2).0).collect();
    for (kind, value) in &fields {
        match (kind.as_str(), talk.speakers.as_mut_slice()) {
            ("talk.slides", _) => talk.slides.extend(super::material::addresses(context, *value)),
            ("talk.video", _) => talk.videos.extend(super::material::addresses(context, *value)),
            ("talk.affiliation", [one]) if one.affiliation.is_none() => {
                one.affiliation = Some(Found::spoken(context.doc, *value, "person/affiliation", 0.9));
            }
            _ => {}
        }
    }
    talk.kind = kind_of(&line);
    Some(talk)
}

fn kind_of(line: &Line) -> Option<Found<recap_model::TalkKind>> {
    let label = line.kind()?;
    Some(Found::new(label.kind?, Proof::text(label.span, &label.rule, Method::Normalised, 0.92)))
}

fn next_line(context: &Context<'_>, position: usize) -> Option<Span> {
    let next = *context.leaves.get(position + 1)?;
    (context.doc.blocks[next].kind == BlockKind::Paragraph).then(|| lines(context, next).first().copied()).flatten()
}

fn accept(context: &Context<'_>, line: &Line, bold: bool, below: Vec<Mention>, last: Vec<Mention>) -> Option<TalkDraft> {
    let labelled = line.kind().is_some();
    let quoted = line.with_people(0.7).filter(|v| v.shape.contains("quote") && v.title.is_some());
    let within = quoted.or_else(|| line.with_people(if bold || labelled { 0.6 } else { 2.0 })).cloned();
    let (span, people, confidence) = match (within, below.is_empty(), last.is_empty()) {
        (Some(variant), ..) => (variant.title?, variant.people, 0.8),
        (None, false, _) => (line.plain_title()?, below, if bold { 0.9 } else { 0.75 }),
        (None, true, false) if labelled || bold || last.iter().all(|m| !m.handles.is_empty()) => (line.plain_title()?, last, 0.8),
        _ => return None,
    };
    let text = context.doc.slice(span);
    if text.ends_with(['。', '.', '：', ':'])
        || text.contains("://")
        || fields::label(context, text).is_some()
        || is_section_word(context, text)
    {
        return None;
    }
    let mut talk = TalkDraft::at(line.body, confidence);
    talk.title = Some(title(context, span, "talk/card", confidence));
    talk.speakers = people;
    talk.kind = kind_of(line);
    Some(talk)
}
