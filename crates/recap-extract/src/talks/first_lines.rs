//! Speakers in the first lines of sections: a line that may be a name is one where the sections beside it begin with names, too.

use std::collections::HashSet;

use recap_document::{BlockKind, Span};
use recap_model::Role;
use recap_text::names::fold;

use super::headings::Candidate;
use super::{line, lines};
use crate::context::{Context, Outline};
use crate::finding::Mention;
use crate::person::{Known, joined, trim, whole_line};

/// A line with a name and a company is not longer, in characters.
const MAX_LINE: usize = 60;
/// What a name in such a line has for likeness at least.
const LEAST: f64 = 0.3;
/// Sections that must begin with names.
const SEVERAL: usize = 2;

/// Gives candidates the people of their first lines, where most of those beside them begin with people. `groups` are the candidates of
/// one level below one heading.
pub(super) fn agree<'g>(context: &Context<'_>, known: &Known, candidates: &mut [Candidate], groups: impl Iterator<Item = &'g Vec<usize>>) {
    for group in groups {
        let open: Vec<usize> = group.iter().copied().filter(|&i| !candidates[i].stopped).collect();
        let spoken = |c: &Candidate| !c.below.is_empty() || c.line.with_people(0.6).is_some();
        let silent: Vec<usize> = open.iter().copied().filter(|&i| !spoken(&candidates[i])).collect();
        if open.len() < SEVERAL || silent.is_empty() {
            continue;
        }
        let found: Vec<(usize, Vec<Mention>)> =
            silent.iter().filter_map(|&i| Some((i, first_line(context, known, &context.sections[candidates[i].section])?))).collect();
        let names: HashSet<String> = found.iter().flat_map(|(_, people)| people).filter_map(name).collect();
        let told = open.iter().filter(|&&i| !candidates[i].below.is_empty()).count() + found.len();
        // What heads several sections is the name of a part.
        let distinct = names.len() * 3 >= found.len() * 2;
        if told >= SEVERAL && told * 5 >= open.len() * 3 && distinct {
            found.into_iter().for_each(|(i, people)| candidates[i].below = people);
        }
    }
}

/// Gives candidates whose headings are people the titles of their first lines, where most of those beside them begin with titles.
pub(super) fn agree_titles<'g>(
    context: &Context<'_>,
    known: &Known,
    candidates: &mut [Candidate],
    groups: impl Iterator<Item = &'g Vec<usize>>,
) {
    for group in groups {
        let is_person = |c: &Candidate| !c.stopped && c.variant.as_ref().is_some_and(|v| v.title.is_none());
        let headed: Vec<usize> = group.iter().copied().filter(|&i| is_person(&candidates[i])).collect();
        let titled = |i: usize| first_title(context, known, &context.sections[candidates[i].section]);
        let found: Vec<(usize, Span)> = headed.iter().filter_map(|&i| Some((i, titled(i)?))).collect();
        let texts: HashSet<&str> = found.iter().map(|(_, span)| context.doc.slice(*span)).collect();
        if found.len() >= SEVERAL && found.len() * 5 >= headed.len() * 3 && texts.len() == found.len() {
            for (i, span) in found {
                candidates[i].title_alone = candidates[i].title_alone.or(Some(span));
            }
        }
    }
}

/// A short first line of a section that is no sentence, no person and no field.
fn first_title(context: &Context<'_>, known: &Known, outline: &Outline) -> Option<Span> {
    let &leaf = context.leaves.get(outline.own.start..outline.end)?.first()?;
    let block = &context.doc.blocks[leaf];
    let in_list = block.parent.is_some_and(|p| context.doc.blocks[p].kind == BlockKind::Item);
    let line = trim(context.doc, *lines(context, leaf).first()?);
    let text = context.doc.slice(line);
    let fits = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading(_))
        && !in_list
        && (4..=MAX_LINE).contains(&text.chars().count())
        && !context.doc.slice(Span::new(line.start, block.span.end.min(line.end + 3))).ends_with(['。', '.', '！', '!', '：', ':'])
        && !text.contains("://");
    let person = || !whole_line(context, Some(known), joined(context, line), Role::Speaker, LEAST).0.is_empty();
    (fits && super::below::labelled(context, line).is_none() && !person()).then(|| line::unquote(context.doc, line))
}

fn name(mention: &Mention) -> Option<String> {
    let handle = || mention.handles.first().map(|h| h.value.handle.to_lowercase());
    mention.name.as_ref().map(|n| fold(&n.value)).or_else(handle)
}

/// The people of the first or second line of a section.
fn first_line(context: &Context<'_>, known: &Known, outline: &Outline) -> Option<Vec<Mention>> {
    let &leaf = context.leaves.get(outline.own.start..outline.end)?.first()?;
    let kind = &context.doc.blocks[leaf].kind;
    if !matches!(kind, BlockKind::Paragraph | BlockKind::Heading(_)) {
        return None;
    }
    let all = lines(context, leaf);
    let near = if all.len() <= SEVERAL + 1 { SEVERAL } else { 1 };
    all.into_iter().take(near).find_map(|line| people(context, known, line))
}

/// The people of a line that may be nothing but names.
pub(super) fn people(context: &Context<'_>, known: &Known, line: Span) -> Option<Vec<Mention>> {
    let line = bare(context, line);
    let text = context.doc.slice(line);
    let fits = (1..=MAX_LINE).contains(&text.chars().count())
        && !text.ends_with(['。', '.', '！', '!', '?', '？', ':', '：'])
        && !text.contains("://");
    let people = if fits { whole_line(context, Some(known), joined(context, line), Role::Speaker, LEAST).0 } else { Vec::new() };
    (!people.is_empty()).then_some(people)
}

/// A line without time, ornament, links to material, and brackets around all of it.
fn bare(context: &Context<'_>, line: Span) -> Span {
    let line = line::head(context, line).body;
    let text = context.doc.slice(line);
    let pairs = [('(', ')'), ('（', '）'), ('[', ']'), ('【', '】')];
    let pair = pairs.iter().find(|(open, close)| text.starts_with(*open) && text.ends_with(*close) && text.matches(*open).count() == 1);
    pair.map_or(line, |(open, close)| Span::new(line.start + open.len_utf8(), line.end - close.len_utf8()))
}
