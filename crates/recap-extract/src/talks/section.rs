//! The talk of a section: what its heading and the lines below say of it.

use std::collections::HashMap;

use recap_document::Span;
use recap_model::{Method, TalkKind};

use super::below::{NEAR, likely_below};
use super::headings::{Candidate, presented, voices};
use super::{line, sentences, title};
use crate::context::{Context, Outline};
use crate::drafts::TalkDraft;
use crate::finding::{Found, Mention, Proof};
use crate::person::Known;

/// The talk that an accepted candidate is.
pub(super) fn draft(context: &Context<'_>, known: &Known, candidate: &Candidate) -> TalkDraft {
    let outline = &context.sections[candidate.section];
    let heading = outline.heading.map_or(Span::default(), |h| context.doc.blocks[h].span);
    let mut talk = TalkDraft::at(heading, candidate.score.min(0.97));
    talk.leaves = outline.own.start.saturating_sub(1)..outline.end;
    let (title_span, people) = match &candidate.variant {
        Some(variant) => (variant.title, variant.people.clone()),
        None => (candidate.line.plain_title(), Vec::new()),
    };
    let sentence =
        outline.heading.is_some_and(|h| candidate.variant.is_none() && !sentences::speaker_of(context, known, h).people.is_empty());
    let only_label = candidate.line.body.is_empty() || sentence;
    let nobody_titled = title_span.is_none() && !people.is_empty();
    let title_span = candidate.title_below.filter(|_| only_label || nobody_titled).or(title_span.filter(|_| !only_label));
    let title_span = title_span.or_else(|| sentences::title_in(context, outline.own.clone(), NEAR)).or(candidate.title_alone);
    talk.title = title_span.map(|span| title(context, span, "talk/heading", 0.92));
    let doubted = doubted(&people, &candidate.below) || candidate.told.sure && doubted(&people, &candidate.told.people);
    talk.speakers = if people.is_empty() || doubted { candidate.below.clone() } else { people };
    join_handles(&mut talk.speakers, &candidate.below);
    talk.kind = kind(context, candidate);
    if talk.title.is_none() && talk.speakers.is_empty() {
        tell(context, known, outline, &mut talk);
    }
    if talk.speakers.is_empty() {
        talk.speakers.clone_from(&candidate.told.people);
    }
    if talk.speakers.is_empty() {
        talk.speakers = likely_below(context, known, outline);
    }
    let panel = talk.kind.as_ref().is_some_and(|k| k.value == TalkKind::Panel) || outline.kind.as_deref() == Some("panel");
    if talk.speakers.len() <= usize::from(panel || !candidate.voices.is_empty()) {
        let voices = presented(context, known, candidate.section).unwrap_or_else(|| voices(context, known, candidate.section, panel));
        talk.speakers = if voices.is_empty() { talk.speakers } else { voices };
    }
    super::accounts::join(context, outline, &mut talk.speakers);
    if talk.kind.is_none() && !candidate.voices.is_empty() && talk.speakers.len() > 1 {
        talk.kind = Some(Found::new(TalkKind::Panel, Proof::text(heading, "talk/turns", Method::Derived, 0.7)));
    }
    talk
}

/// Gives talks that nobody speaks in the one whom their first sentence is about. Who is so in several talks is somebody whom the
/// document quotes again and again.
pub(super) fn likely_speakers(context: &Context<'_>, known: &Known, talks: &mut [TalkDraft]) {
    let account = |m: &Mention| m.handles.first().map_or_else(String::new, |h| h.value.handle.to_ascii_lowercase());
    let key = |m: &Mention| m.name.as_ref().map_or_else(|| account(m), |n| recap_text::names::fold(&n.value));
    let silent: Vec<usize> = (0..talks.len()).filter(|&i| talks[i].speakers.is_empty()).collect();
    let own = |talk: &TalkDraft| talk.leaves.start + 1..talk.leaves.end.max(talk.leaves.start + 1);
    let found: Vec<Vec<Mention>> = silent.iter().map(|&i| sentences::likely(context, known, own(&talks[i]))).collect();
    let mut told: HashMap<String, usize> = HashMap::new();
    talks.iter().flat_map(|t| &t.speakers).chain(found.iter().flatten()).for_each(|m| *told.entry(key(m)).or_default() += 1);
    for (i, people) in silent.into_iter().zip(found) {
        if people.iter().all(|person| told.get(&key(person)) == Some(&1)) {
            talks[i].speakers = people;
        }
    }
}

/// Under a bare label (`Keynote`) a sentence tells title and speaker.
fn tell(context: &Context<'_>, known: &Known, outline: &Outline, talk: &mut TalkDraft) {
    if let Some(told) = super::sentences::told_in(context, known, outline.own.clone(), NEAR) {
        (talk.title, talk.speakers) = (told.title, told.speakers);
    }
}

/// How sure a name is that replaces another one.
const SURE_NAME: f64 = 0.8;
/// How sure one is at most that is replaced: what only its place makes a name.
const DOUBTED: f64 = 0.5;

/// Whether what the heading seems to name is somebody else than the one below, whom account or honorific make sure.
fn doubted(heading: &[Mention], below: &[Mention]) -> bool {
    let name = |m: &Mention| m.name.as_ref().map(|n| (recap_text::names::fold(&n.value), n.proofs.first().map_or(0.0, |p| p.confidence)));
    let ([one], [other]) = (heading, below) else { return false };
    let (Some((a, unsure)), Some((b, sure))) = (name(one), name(other)) else { return false };
    one.handles.is_empty() && unsure <= DOUBTED && sure >= SURE_NAME && !a.contains(&b) && !b.contains(&a)
}

/// A handle in the line below belongs to the one speaker of the heading.
fn join_handles(speakers: &mut [Mention], below: &[Mention]) {
    if let ([speaker], [other]) = (speakers, below)
        && speaker.handles.is_empty()
    {
        speaker.handles.clone_from(&other.handles);
        speaker.affiliation = speaker.affiliation.take().or_else(|| other.affiliation.clone());
    }
}

/// The talk kind that a section's heading gives to everything in it.
pub fn kind_for_all(context: &Context<'_>, section: usize) -> Option<TalkKind> {
    let outline = &context.sections[section];
    let by_kind = outline.kind.as_deref().filter(|k| *k != "talks").and_then(line::talk_kind);
    by_kind.or_else(|| line::bare_label(context, context.doc.blocks[outline.heading?].span)?.kind)
}

/// By the label, else by the sections above.
fn kind(context: &Context<'_>, candidate: &Candidate) -> Option<Found<TalkKind>> {
    if let Some(label) = candidate.line.kind() {
        return Some(Found::new(label.kind?, Proof::text(label.span, &label.rule, Method::Normalised, 0.93)));
    }
    let mut above = context.sections[candidate.section].parent;
    while let Some(section) = above {
        let outline = &context.sections[section];
        if let (Some(kind), Some(heading)) = (kind_for_all(context, section), outline.heading) {
            return Some(Found::new(kind, Proof::text(context.doc.blocks[heading].span, "talk/parent-heading", Method::Derived, 0.88)));
        }
        above = outline.parent;
    }
    None
}
