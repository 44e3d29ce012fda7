//! Talks that have a section of their own.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use recap_document::Span;
use recap_model::{LinkKind, Role};
use recap_rules::Use;

use super::below::{Below, NEAR, speakers_below};
use super::line::{self, Line, Variant};
use super::material::{called, leads_to_talk, stands_alone};
use super::sentences::{self, Told};
use super::{first_lines, section};
use crate::context::{Context, Outline};
use crate::drafts::TalkDraft;
use crate::finding::Mention;
use crate::person::{Known, whole_line};

/// So many decks are those of several talks.
const SEVERAL: usize = 4;

/// A heading of so many wide characters says more than a section's kind.
const LONG: usize = 12;

/// What a title right below says for a heading being its speaker.
const HEADS: f64 = 0.2;

/// Talks in paragraphs under one heading that are looked at.
const MAX_CARDS: usize = 60;

/// People whom a part of a talk presents as its speakers.
const MAX_PRESENTED: usize = 16;

/// What speaks for a section being a talk.
pub(super) struct Candidate {
    pub(super) section: usize,
    pub(super) line: Rc<Line>,
    /// Chosen reading of the heading.
    pub(super) variant: Option<Variant>,
    /// Speakers from the lines under the heading.
    pub(super) below: Vec<Mention>,
    pub(super) title_below: Option<Span>,
    /// The heading as its speaker, where a label below it says that the title stands there.
    heads: Option<Variant>,
    /// A title that stands by itself right under the heading: quoted, bold, or the words that lead to a deck.
    pub(super) title_alone: Option<Span>,
    /// Speakers whom a sentence in or under the heading names.
    pub(super) told: Told,
    /// Who takes turns under the heading.
    pub(super) voices: Vec<Mention>,
    pub(super) score: f64,
    pub(super) stopped: bool,
}

/// Section kinds that hold talks.
fn holds_talks(kind: Option<&str>) -> bool {
    matches!(kind, Some("talks" | "lightning" | "keynote" | "sponsor" | "panel" | "workshop" | "timetable" | "speakers"))
}

/// Finds talks by their headings.
/// `listed` are the talks that lists tell, `shown` those of paragraphs: a section that holds several is no talk itself.
pub fn find(context: &Context<'_>, known: &Known, listed: &[TalkDraft], shown: &[TalkDraft]) -> Vec<TalkDraft> {
    let title = context.doc.meta.title.as_ref().map(|t| recap_text::names::fold(&t.value));
    let all = (0..context.sections.len()).filter_map(|s| candidate(context, known, s, title.as_deref(), (listed, shown)));
    let mut candidates: Vec<Candidate> = all.collect();
    let groups = siblings(context, &candidates);
    first_lines::agree(context, known, &mut candidates, groups.values());
    vote_shapes(context, &mut candidates);
    first_lines::agree_titles(context, known, &mut candidates, groups.values());
    titles_like_names(&mut candidates, groups.values());
    for candidate in &mut candidates {
        candidate.score = score(context, candidate);
    }
    let accepted = accept(context, &candidates, &groups, listed);
    let drafts = accepted.into_iter().map(|i| section::draft(context, known, &candidates[i]));
    let mut drafts: Vec<TalkDraft> = drafts.filter(|talk| talk.title.is_some() || !talk.speakers.is_empty()).collect();
    section::likely_speakers(context, known, &mut drafts);
    drafts
}

/// `title` is the document's, folded.
fn candidate(
    context: &Context<'_>,
    known: &Known,
    section: usize,
    title: Option<&str>,
    (listed, shown): (&[TalkDraft], &[TalkDraft]),
) -> Option<Candidate> {
    let outline = &context.sections[section];
    let heading = outline.heading?;
    if is_document_title(context, title, section) {
        return None;
    }
    let line = line::read(context, known, context.doc.blocks[heading].span);
    let Below { people: below, title: title_below, labelled } = speakers_below(context, known, outline, line.body.is_empty());
    let heads = if labelled && below.is_empty() { heads(context, known, &line) } else { None };
    let text = context.text(heading);
    let is_break = context.asking(Use::Break, text).any(|r| r.matches(text));
    let listed = listed.iter().filter(|t| outline.own.contains(&t.leaves.start)).count();
    let holds_list = listed >= if line.body.is_empty() { 1 } else { 2 } && line.with_people(0.8).is_none();
    let names_speaker = super::below::labelled(context, context.doc.blocks[heading].span).is_some_and(|(kind, _)| kind == "talk.speaker");
    let stopped = within_stopped(context, outline)
        || is_break
        || names_speaker
        || holds_list
        || line.with_people(0.8).is_none() && (line.kind().is_none() || line.body.is_empty()) && holds_cards(context, outline, shown)
        || (decks(context, outline) >= SEVERAL && line.with_people(0.6).is_none())
        || is_day(context, text)
        || outline.kind.as_deref().is_some_and(|k| matches!(k, "speakers" | "talks" | "timetable" | "schedule") || !holds_talks(Some(k)))
        // Last, since it reads the whole section.
        || (line.with_people(0.6).is_none() && sentences::tells_several(context, known, outline.own.clone()));
    let in_heading = sentences::speaker_of(context, known, heading);
    let told = if stopped {
        Told::default()
    } else if !in_heading.people.is_empty() {
        Told { sure: false, ..in_heading }
    } else {
        sentences::speaker_in(context, known, outline.own.clone(), NEAR)
    };
    let title_alone = sentences::title_alone(context, known, outline.own.clone());
    let voices = if stopped { Vec::new() } else { voices(context, known, section, false) };
    Some(Candidate { section, line, variant: None, below, title_below, heads, title_alone, told, voices, score: 0.0, stopped })
}

/// Whether paragraphs right under a heading announce several talks, each with a speaker of its own. What somebody says in a
/// dialogue is a sentence, no title.
fn holds_cards(context: &Context<'_>, outline: &Outline, shown: &[TalkDraft]) -> bool {
    if matches!(outline.kind.as_deref(), Some("panel" | "discussion")) {
        return false;
    }
    let first = shown.partition_point(|t| t.leaves.start < outline.own.start);
    let own = shown[first..].iter().take_while(|t| t.leaves.start < outline.own.end);
    let titled = own.filter(|t| t.title.as_ref().is_some_and(|title| !ends_sentence(&title.value)));
    let speakers = titled.filter_map(|t| Some(t.speakers.first()?.name.as_ref()?.value.as_str()));
    let speakers: Vec<&str> = speakers.take(MAX_CARDS).collect();
    let distinct: HashSet<&str> = speakers.iter().copied().collect();
    let quotes = outline.heading.is_some_and(|h| context.text(h).ends_with(['？', '?']));
    speakers.len() >= 2 && distinct.len() == speakers.len() && !quotes
}

fn ends_sentence(text: &str) -> bool {
    text.ends_with(['。', '？', '?', '！', '!', '、', '…']) || text.ends_with("です") || text.ends_with("ます") || text.ends_with("ました")
}

/// A heading's line as the one who speaks, and nothing else.
fn heads(context: &Context<'_>, known: &Known, line: &Line) -> Option<Variant> {
    let (people, score) = whole_line(context, Some(known), line.body, Role::Speaker, 0.3);
    (!people.is_empty()).then(|| Variant { shape: "who".to_owned(), title: None, people, score, doubtful: false })
}

/// Who takes turns in a section, where no part of it presents the speakers.
pub(super) fn voices(context: &Context<'_>, known: &Known, section: usize, panel: bool) -> Vec<Mention> {
    let outline = &context.sections[section];
    if presented(context, known, section).is_some() {
        return Vec::new();
    }
    super::turns::speakers(context, known, outline.own.start..outline.end, panel)
}

/// The people whom a part of a section presents as its speakers, one a line.
pub(super) fn presented(context: &Context<'_>, known: &Known, section: usize) -> Option<Vec<Mention>> {
    let end = context.sections[section].end;
    let part = context.sections[section + 1..].iter().take_while(|s| s.own.start < end).find(|s| s.kind.as_deref() == Some("speakers"))?;
    let rows = context.leaves[part.own.clone()].iter().take(MAX_PRESENTED).filter_map(|&leaf| super::lines(context, leaf).first().copied());
    Some(rows.flat_map(|row| whole_line(context, Some(known), row, Role::Speaker, 0.6).0).collect())
}

/// How many decks stand right under a heading.
fn decks(context: &Context<'_>, outline: &Outline) -> usize {
    let own = context.leaves[outline.own.clone()].iter().flat_map(|&leaf| context.links_of(leaf));
    let urls: std::collections::HashSet<&str> = own.filter(|l| l.kind == LinkKind::Slides).map(|l| l.url.as_str()).collect();
    urls.len()
}

/// Whether a section above is for questions, impressions and the like.
fn within_stopped(context: &Context<'_>, outline: &Outline) -> bool {
    let above = std::iter::successors(outline.parent, |&p| context.sections[p].parent);
    above
        .filter_map(|p| context.sections[p].kind.as_deref())
        .any(|k| matches!(k, "qa" | "closing" | "impressions" | "next" | "references" | "speakers" | "staff" | "about" | "social"))
}

/// `Day 1`, `9月18日(土)`, `Friday 9th December`: a day of the programme, which holds talks.
fn is_day(context: &Context<'_>, text: &str) -> bool {
    let cx = recap_text::dates::DateContext { reference: context.reference, lang: Some(context.language) };
    let dated: usize = recap_text::dates::find_dates(text, &cx).iter().map(|d| d.end - d.start).sum();
    dated * 2 > text.len() || context.asking(Use::Break, text).any(|r| r.kind.as_deref() == Some("day") && r.matches(text))
}

/// The first heading, where it is the title or stands alone on its level above others.
fn is_document_title(context: &Context<'_>, title: Option<&str>, section: usize) -> bool {
    let outline = &context.sections[section];
    let Some(heading) = outline.heading else { return false };
    if title.is_some_and(|title| recap_text::names::fold(context.text(heading)) == title) {
        return true;
    }
    // Where the title is given apart, the only heading is a part of the text.
    if title.is_some() && outline.level > 1 {
        return false;
    }
    section == 1 && context.sections.iter().filter(|s| s.heading.is_some() && s.level <= outline.level).count() == 1
}

/// Sum of scores, number and best score of the readings of one shape, by parent, level and shape.
type ShapeVotes = HashMap<(Option<usize>, u8, String), (f64, usize, f64)>;

/// Lines of one level are mostly written in one shape: a shape that many sure readings have makes the others sure.
fn vote_shapes(context: &Context<'_>, candidates: &mut [Candidate]) {
    let mut votes = ShapeVotes::new();
    let mut sizes: HashMap<(Option<usize>, u8), usize> = HashMap::new();
    let key = |c: &Candidate, shape: &str| (context.sections[c.section].parent, context.sections[c.section].level, shape.to_owned());
    for candidate in candidates.iter() {
        let outline = &context.sections[candidate.section];
        *sizes.entry((outline.parent, outline.level)).or_default() += usize::from(!candidate.stopped);
        let mut shapes: Vec<&str> = Vec::new();
        for variant in candidate.line.variants.iter().filter(|v| !v.people.is_empty()) {
            if !shapes.contains(&variant.shape.as_str()) {
                shapes.push(&variant.shape);
                let vote = votes.entry(key(candidate, &variant.shape)).or_default();
                *vote = (vote.0 + variant.score, vote.1 + 1, vote.2.max(variant.score));
            }
        }
    }
    for candidate in candidates.iter_mut() {
        let outline = &context.sections[candidate.section];
        let siblings = sizes.get(&(outline.parent, outline.level)).copied().unwrap_or_default();
        let rated = |v: &Variant| {
            let (sum, count, best) = votes.get(&key(candidate, &v.shape)).copied().unwrap_or_default();
            // Three and more headings of one shape, and nearly all of their level: a programme.
            let uniform = if count >= 3 && count * 10 >= siblings * 7 { 0.2 } else { 0.0 };
            let alone = v.is_doubtful() && best < line::SURE_FIRST && uniform == 0.0;
            // Whoever heads a title is its speaker.
            let heads = if v.title.is_none() && candidate.title_alone.is_some() { HEADS } else { 0.0 };
            if alone { 0.0 } else { v.score + ((sum - v.score) * 0.15).min(0.4) + uniform + heads }
        };
        let best = candidate
            .line
            .variants
            .iter()
            .filter(|v| !v.people.is_empty() && rated(v) >= 0.6 && (!v.is_weak() || candidate.line.kind().is_some()))
            .max_by(|a, b| rated(a).total_cmp(&rated(b)))
            .cloned();
        candidate.variant = best.or_else(|| candidate.heads.take());
    }
}

/// A heading that reads like a name is a title where another person stands under it, as under the titles beside it.
fn titles_like_names<'g>(candidates: &mut [Candidate], groups: impl Iterator<Item = &'g Vec<usize>>) {
    for group in groups {
        let led = |c: &Candidate| !c.stopped && !c.below.is_empty() && c.title_below.is_none() && c.title_alone.is_none();
        let named = |c: &Candidate| c.variant.as_ref().is_some_and(|v| v.title.is_none());
        let (names, titles): (Vec<usize>, Vec<usize>) =
            group.iter().copied().filter(|&i| led(&candidates[i])).partition(|&i| named(&candidates[i]));
        if titles.len() >= names.len() {
            names.into_iter().for_each(|i| candidates[i].variant = None);
        }
    }
}

fn score(context: &Context<'_>, candidate: &Candidate) -> f64 {
    let outline = &context.sections[candidate.section];
    let label = candidate.line.labels.iter().any(|l| l.kind.is_some());
    let own = &context.leaves[outline.own.clone()];
    let has = |kind: LinkKind| {
        own.iter().any(|&leaf| context.links_of(leaf).any(|l| l.kind == kind && (called(context, l).is_some() || stands_alone(context, l))))
    };
    let (deck, video) = (has(LinkKind::Slides), has(LinkKind::Video));
    let parent = outline.parent.map(|p| &context.sections[p]);
    let within = parent.is_some_and(|p| holds_talks(p.kind.as_deref()));
    let linked = outline
        .heading
        .is_some_and(|h| context.links_of(h).any(|l| matches!(l.kind, LinkKind::Slides | LinkKind::Video) || leads_to_talk(context, l)));
    let points = [
        (label, 0.5),
        (candidate.variant.is_some(), 0.5),
        (!candidate.below.is_empty(), 0.5),
        (candidate.title_below.is_some(), 0.3),
        (!candidate.told.people.is_empty(), 0.3),
        (candidate.told.sure, 0.2),
        (!candidate.voices.is_empty(), 0.5),
        (deck, 0.45),
        (video, 0.35),
        (within, 0.4),
        (linked, 0.4),
    ];
    points.iter().filter(|(yes, _)| *yes).map(|(_, p)| p).sum()
}

type Siblings = std::collections::BTreeMap<(Option<usize>, u8), Vec<usize>>;

fn siblings(context: &Context<'_>, candidates: &[Candidate]) -> Siblings {
    let mut groups = Siblings::new();
    for (i, candidate) in candidates.iter().enumerate() {
        let outline = &context.sections[candidate.section];
        groups.entry((outline.parent, outline.level)).or_default().push(i);
    }
    groups
}

/// Talks, in order; nothing within a talk is one, and what only holds talks is none.
fn accept(context: &Context<'_>, candidates: &[Candidate], groups: &Siblings, listed: &[TalkDraft]) -> Vec<usize> {
    let mut yes: Vec<bool> = candidates.iter().map(|c| !c.stopped && c.score >= 0.5).collect();
    // A deck, a recording or a told speaker alone is enough where several headings have one.
    let hinted: Vec<usize> = (0..candidates.len()).filter(|&i| !candidates[i].stopped && candidates[i].score >= 0.35).collect();
    if hinted.len() >= 2 {
        hinted.into_iter().for_each(|i| yes[i] = true);
    }
    for group in groups.values() {
        let open: Vec<usize> = group.iter().copied().filter(|&i| !candidates[i].stopped).collect();
        let sure = open.iter().filter(|&&i| yes[i]).count();
        if sure >= 2 && sure * 10 >= open.len() * 6 {
            let bare = |i: usize| context.sections[candidates[i].section].own.is_empty();
            open.into_iter().filter(|&i| !bare(i) && title_like(context.doc.slice(candidates[i].line.body))).for_each(|i| yes[i] = true);
        }
    }
    for group in groups.values() {
        alike(context, candidates, group, listed, &mut yes);
    }
    for i in 0..candidates.len() {
        if yes[i] && only_holds_talks(context, candidates, &yes, i) {
            yes[i] = false;
        }
    }
    let mut accepted: Vec<usize> = Vec::new();
    for (i, candidate) in candidates.iter().enumerate().filter(|&(i, _)| yes[i]) {
        let position = context.sections[candidate.section].own.start;
        let within = accepted.last().is_some_and(|&last| position < context.sections[candidates[last].section].end);
        if !within {
            accepted.push(i);
        }
    }
    accepted
}

/// Beside two sure talks, a heading that reads like a title and has something under it is one too, if no talk stands within.
fn alike(context: &Context<'_>, candidates: &[Candidate], group: &[usize], listed: &[TalkDraft], yes: &mut [bool]) {
    if group.iter().filter(|&&i| yes[i] && !candidates[i].stopped).count() < 2 {
        return;
    }
    for &i in group.iter().filter(|&&i| !candidates[i].stopped) {
        let outline = &context.sections[candidates[i].section];
        let text = context.doc.slice(candidates[i].line.body);
        let long = title_like(text) && weight(context, text) >= LONG;
        let inner = candidates.iter().enumerate().skip(i + 1).take_while(|(_, c)| context.sections[c.section].own.start < outline.end);
        let within = outline.own.start..outline.end;
        let holds = inner.into_iter().any(|(j, _)| yes[j]) || listed.iter().any(|t| within.contains(&t.leaves.start));
        if long && !outline.own.is_empty() && !holds {
            yes[i] = true;
        }
    }
}

/// The length of a text in characters; in languages that are written in letters it takes three of them to say as much.
fn weight(context: &Context<'_>, text: &str) -> usize {
    let length = text.chars().count();
    if matches!(context.language, "ja" | "zh") { length } else { length / 3 }
}

/// Whether a text is long enough for a title that nothing else speaks for: two words, or six characters of a script without spaces.
fn title_like(text: &str) -> bool {
    let wide = text.chars().filter(|c| (*c as u32) >= 0x2e80).count();
    text.split_whitespace().count() >= 2 && wide == 0 || text.chars().count() >= 6 && wide > 0
}

/// A heading without a speaker of its own above two or more talks.
fn only_holds_talks(context: &Context<'_>, candidates: &[Candidate], yes: &[bool], i: usize) -> bool {
    let outline = &context.sections[candidates[i].section];
    let inner = candidates.iter().enumerate().skip(i + 1).take_while(|(_, c)| context.sections[c.section].own.start < outline.end);
    let only_label = candidates[i].line.body.is_empty();
    let strong = inner
        .filter(|&(j, c)| {
            yes[j]
                && (c.variant.is_some()
                    || !c.below.is_empty()
                    || c.line.labels.iter().any(|l| l.kind.is_some())
                    || only_label && c.told.sure)
        })
        .count();
    let own_speaker = candidates[i].variant.is_some() || !candidates[i].below.is_empty();
    strong >= 2 || (strong == 1 && !own_speaker)
}
