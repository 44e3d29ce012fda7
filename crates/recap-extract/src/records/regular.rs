//! Pages of regular meetings (wikis, groups' own sites) that say at their top when the next one is: that is the page's event.

use recap_document::{BlockKind, Format, LinkForm, Span};
use recap_model::{AttendanceMode, LinkKind, Method, Precision};
use recap_rules::{Rule, Use};
use recap_text::dates::{DateContext, find_dates};
use recap_text::names::fold;

use super::choose::is_article;
use super::value::is_address;
use crate::context::{Context, classify_url};
use crate::drafts::EventDraft;
use crate::finding::{Found, Proof};

/// Leaves at the top in which the announcement stands.
const TOP: usize = 6;
/// A longer document tells of more than a date.
const MAX_LEAVES: usize = 60;
/// A longer paragraph (bytes) tells of more than a date.
const MAX_BYTES: usize = 500;

/// The next meeting, where an undated page opens with it.
pub fn next_meeting(context: &Context<'_>) -> Option<EventDraft> {
    let page = matches!(context.doc.format, Format::Html | Format::Markdown | Format::Plain);
    if !page || context.reference.is_some() || context.leaves.len() > MAX_LEAVES || is_article(&context.doc.records) {
        return None;
    }
    let paragraphs = context.leaves.iter().copied().filter(|&b| context.doc.blocks[b].kind == BlockKind::Paragraph);
    let (leaf, draft) = paragraphs.take(TOP).find_map(|leaf| Some((leaf, announced(context, leaf)?)))?;
    // Notes of a meeting have its day before that of the next one.
    let dated = |b: &&usize| !find_dates(context.text(**b), &DateContext { reference: None, lang: Some(context.language) }).is_empty();
    context.leaves.iter().take_while(|&&b| b != leaf).find(dated).is_none().then_some(draft)
}

fn announced(context: &Context<'_>, leaf: usize) -> Option<EventDraft> {
    let span = context.doc.blocks[leaf].span;
    let text = context.text(leaf);
    let rules = context.rules.of(Use::EventFact, context.language).filter(|r| r.kind.as_deref() == Some("next-meeting"));
    let hit = rules.filter_map(|r| r.find(text)).next().filter(|_| text.len() <= MAX_BYTES)?;
    let dates = find_dates(text, &DateContext { reference: None, lang: Some(context.language) });
    let date = dates.into_iter().find(|d| d.start >= hit.start && d.year_given && d.precision >= recap_text::dates::Precision::Day)?;
    let rule = hit.rule;
    context.fire(&rule.id, Span::new(span.start + hit.start, span.start + hit.end));
    let place = Span::new(span.start + date.start, span.start + date.end);
    let proof = Proof::text(place, &rule.id, Method::Normalised, rule.confidence);
    let mut draft = EventDraft { name: Some(name(context, leaf, rule, hit.group("name"))?), ..EventDraft::default() };
    draft.precision = Some(if date.value.len() > 10 { Precision::Minute } else { Precision::Day });
    draft.end = date.until.map(|until| Found::new(until, proof.clone()));
    draft.start = Some(Found::new(date.value, proof));
    draft.venue = venue(context, leaf, place.end);
    draft.mode = draft.venue.clone().map(|venue| {
        let mut mode = venue.map(|_| AttendanceMode::Offline);
        mode.proofs.iter_mut().for_each(|p| p.method = Method::Derived);
        mode
    });
    let page = context.doc.meta.url.iter().filter(|f| is_address(&f.value));
    let page =
        page.map(|f| Found::new(classify_url(context.rules, f.value.trim()).1, Proof::field(f, "document/url", Method::Normalised, 0.85)));
    draft.urls = page.collect();
    Some(draft)
}

/// The heading above the announcement, else what it calls the meeting.
fn name(context: &Context<'_>, leaf: usize, rule: &Rule, called: Option<(usize, usize, &str)>) -> Option<Found<String>> {
    let position = context.position(leaf)?;
    let heading = context.sections[context.section_at(position)].heading.filter(|&h| context.text(h).chars().count() <= 80);
    let own = called.map(|(_, _, name)| fold(name));
    let fits = |h: &usize| own.as_ref().is_none_or(|own| fold(context.text(*h)).contains(own.as_str()));
    let spoken = |span: Span| Found::spoken(context.doc, span, &rule.id, rule.confidence);
    let span = context.doc.blocks[leaf].span;
    let called = called.map(|(from, to, _)| spoken(Span::new(span.start + from, span.start + to)));
    heading
        .filter(fits)
        .map(|h| spoken(context.doc.blocks[h].span))
        .or(called)
        .or_else(|| heading.map(|h| spoken(context.doc.blocks[h].span)))
}

/// The place behind the date: what is linked there, else what a rule knows in the sentence.
fn venue(context: &Context<'_>, leaf: usize, from: usize) -> Option<Found<String>> {
    let span = context.doc.blocks[leaf].span;
    let linked = context.links_of(leaf).find(|l| {
        let text = context.doc.slice(l.link.span);
        let near = l.link.span.start >= from && context.doc.slice(Span::new(from, l.link.span.start)).chars().count() <= 40;
        near && l.link.form == LinkForm::Anchor && l.kind == LinkKind::Other && text.chars().count() >= 3 && !text.contains("://")
    });
    let linked = linked.map(|l| Found::spoken(context.doc, l.link.span, "page/place-behind-date", 0.85));
    linked.or_else(|| {
        let text = context.doc.slice(Span::new(from, span.end));
        let rules = context.rules.of(Use::Venue, context.language).filter(|r| r.kind.as_deref() == Some("sentence"));
        let (rule, start, end) = rules.filter_map(|r| r.find(text).and_then(|f| f.group("venue").map(|(s, e, _)| (r, s, e)))).next()?;
        Some(Found::spoken(context.doc, Span::new(from + start, from + end), &rule.id, rule.confidence))
    })
}
