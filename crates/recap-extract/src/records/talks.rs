//! Sub-events as talks.

use recap_document::{MarkKind, Record, Span};
use recap_model::{LinkKind, Role, TalkKind};
use recap_rules::{Rule, Use};
use recap_text::names::fold;

use super::choose::About;
use super::value::{clean, derived, found, is_address, name, rule};
use super::zone::Zone;
use super::{people, when, zone};
use crate::context::{Context, classify_url};
use crate::drafts::{EventDraft, TalkDraft};
use crate::finding::{Found, Mention};
use crate::talks::talk_kind;

/// How sure it is that a sub-event is a talk.
const SURE: f64 = 0.95;

/// The talks of the event: its sub-events and the records that are part of it.
pub fn read(context: &Context<'_>, about: &About<'_>, event: &EventDraft) -> Vec<TalkDraft> {
    let zone = zone::of(context, &about.event);
    let nested = about.event.iter().map(|r| r.records("subEvent").filter(move |s| is_part(r, s)).collect::<Vec<_>>());
    // Several vocabularies tell the same programme: the one that tells most of it counts.
    let nested = nested.max_by_key(|n| n.len()).unwrap_or_default();
    let talks: Vec<TalkDraft> =
        nested.into_iter().chain(about.talks.iter().copied()).filter_map(|r| talk(context, r, event, zone.as_ref())).collect();
    if talks.is_empty() { by_performers(context, about) } else { talks }
}

/// Evenings of a festival are no talks: parts of a series need somebody who speaks, or a deck.
fn is_part(event: &Record, part: &Record) -> bool {
    let told = |p| part.all(p).next().is_some();
    !event.types.iter().any(|t| t == "EventSeries" || t == "Festival") || told("performer") || told("workFeatured")
}

fn talk(context: &Context<'_>, record: &Record, event: &EventDraft, zone: Option<&Zone>) -> Option<TalkDraft> {
    let mut speakers: Vec<Mention> = people::of(context, record, "performer", Role::Speaker).collect();
    if speakers.is_empty() {
        speakers = ["author", "actor", "creator"]
            .iter()
            .map(|p| people::of(context, record, p, Role::Speaker).collect())
            .find(|s: &Vec<_>| !s.is_empty())
            .unwrap_or_default();
    }
    let written = name(context, record, "name").or_else(|| linked(context, record));
    let pause = written.as_ref().is_some_and(|t| context.asking(Use::Break, &t.value).any(|r| r.matches(&t.value)));
    let (title, label) = written.map(|t| title(context, t, event, &speakers)).unzip();
    let span = title.as_ref().and_then(|t| t.proofs.first()).map(|p| p.place.span()).or_else(|| speakers.first().map(|s| s.span))?;
    if pause && kind(context, record).is_none() {
        return None;
    }
    let mut talk = TalkDraft::at(span, SURE);
    talk.kind = kind(context, record).or(label.flatten());
    talk.title = title;
    talk.speakers = speakers;
    (talk.start, talk.end) = times(context, record, zone);
    material(context, record, &mut talk);
    Some(talk)
}

/// The text of a deck's link, for a part of the page that has no other name.
fn linked(context: &Context<'_>, record: &Record) -> Option<Found<String>> {
    let field = record.records("workFeatured").find_map(|r| r.text("url"))?;
    let span = field.place.span();
    let text = clean(context.doc.slice(span));
    let fits = text.chars().filter(|c| c.is_alphanumeric()).count() >= 3 && text.chars().count() <= 200 && !text.contains("://");
    fits.then(|| Found::spoken(context.doc, span, &rule(record), 0.9))
}

/// Talks by performers of a page that lists no talks, where the text sets off a title behind the name:
/// `With <b>Mara Quill</b> on <em>Moss for Everyone</em>`.
fn by_performers(context: &Context<'_>, about: &About<'_>) -> Vec<TalkDraft> {
    let performers =
        about.event.iter().map(|r| people::of(context, r, "performer", Role::Speaker).collect::<Vec<_>>()).find(|p| !p.is_empty());
    let talk = |speaker: Mention| {
        let leaf = context
            .leaves
            .iter()
            .copied()
            .find(|&leaf| context.doc.blocks[leaf].span.contains(speaker.span) && !speaker.span.is_empty())?;
        let mut marks = context.doc.blocks[leaf].marks.iter().filter(|m| m.kind == MarkKind::Emphasis && m.span.start >= speaker.span.end);
        let title = marks.next().filter(|_| marks.next().is_none())?.span;
        let mut talk = TalkDraft::at(Span::new(speaker.span.start, title.end), 0.85);
        talk.title = Some(Found::spoken(context.doc, title, "record/performer-title", 0.85));
        talk.speakers = vec![speaker];
        Some(talk)
    };
    performers.unwrap_or_default().into_iter().filter_map(talk).collect()
}

/// The title without the event's name, a label and the speakers around it; and the kind that the label tells.
fn title(
    context: &Context<'_>,
    written: Found<String>,
    event: &EventDraft,
    speakers: &[Mention],
) -> (Found<String>, Option<Found<TalkKind>>) {
    let mut text = written.value.as_str();
    let own = event.name.iter().chain(&event.series).map(|n| fold(&n.value)).collect::<Vec<_>>();
    if let Some((before, behind)) =
        text.split_once([':', '：', '|', '-', '–', '—']).filter(|(b, a)| own.contains(&fold(b)) && a.chars().any(char::is_alphanumeric))
    {
        text = trim(&text[before.len() + (text.len() - before.len() - behind.len())..]);
    }
    let label = label(context, text);
    let kind = label.as_ref().and_then(|(_, kind)| *kind);
    if let Some((end, _)) = label {
        text = trim(&text[end..]);
    }
    text = without_speakers(context, text, speakers);
    let kind = kind.map(|kind| written.clone().map(|_| kind));
    if text.chars().filter(|c| c.is_alphanumeric()).count() < 2 || text == written.value {
        return (written, kind);
    }
    let text = text.to_owned();
    let mut found = written.map(|_| text);
    found.proofs.iter_mut().for_each(|p| p.method = recap_model::Method::Normalised);
    (found, kind)
}

/// A label in front (`Keynote:`, `LT1 `): where it ends and the kind that it tells.
fn label(context: &Context<'_>, text: &str) -> Option<(usize, Option<TalkKind>)> {
    let rules = context.rules.of(Use::Label, context.language);
    let found = rules
        .filter_map(|r| r.find(text).map(|f| (f.start, f.end, r)))
        .find(|(start, end, _)| *start == 0 && *end < text.len() && *end > 0)?;
    let (_, end, rule) = found;
    // Only what is set off is a label: `Panel: …`, `LT「…」`, not `Panel data in practice`.
    let apart = text[..end].trim_end().ends_with([':', '：', '|', '｜', '-', '–', ']', '】', ')', '）', '.', '．', '/', '／'])
        || text[end..].starts_with(['「', '『', '"', '“']);
    apart.then(|| (end, rule.kind.as_deref().and_then(talk_kind)))
}

/// Takes ` by Mara Quill` or ` - Mara Quill` off the end, and `Mara Quill: ` off the start, where these are the speakers.
fn without_speakers<'t>(context: &Context<'_>, text: &'t str, speakers: &[Mention]) -> &'t str {
    let mut text = text;
    for name in speakers.iter().rev().filter_map(|s| s.name.as_ref()).map(|n| n.value.as_str()).filter(|n| n.len() >= 4) {
        if let Some(rest) = text.strip_suffix(name).filter(|r| joined(context, r)) {
            text = unjoined(rest);
        } else if let Some(rest) = text.strip_prefix(name).filter(|r| r.trim_start().starts_with([':', '：', '-', '–', '—', '|', '「']))
        {
            text = trim(rest);
        }
    }
    text
}

/// Without the word or dash that stands before a speaker, which is there.
fn unjoined(text: &str) -> &str {
    let end = trim(text);
    if end.len() < text.trim_end().len() { end } else { trim(&end[..end.rfind(char::is_whitespace).unwrap_or(end.len())]) }
}

/// Whether a text ends in what stands before a speaker: a dash, a bracket, or a word such as `by`.
fn joined(context: &Context<'_>, text: &str) -> bool {
    let end = text.trim_end();
    let dash = end.len() < text.len() && end.ends_with(['-', '–', '—', '|', '/', ':', ',', '&']);
    let word = format!("{} ", end.rsplit(char::is_whitespace).next().unwrap_or_default());
    let whole = |r: &Rule| r.find(&word).is_some_and(|f| f.start == 0 && f.end == word.len());
    dash || (end.len() < text.len() && context.rules.of(Use::Joiner, context.language).any(whole))
}

fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | '|' | '｜' | ','))
}

/// The kind by `additionalType`, in a platform's word or as a label.
fn kind(context: &Context<'_>, record: &Record) -> Option<Found<TalkKind>> {
    record.texts("additionalType").find_map(|field| {
        let word = clean(field.value.rsplit('/').next().unwrap_or_default());
        let labels = context.rules.of(Use::Label, context.language).filter(|r| r.find(&word).is_some_and(|f| f.start == 0));
        let kind = talk_kind(&word.to_lowercase())
            .filter(|k| *k != TalkKind::Other)
            .or_else(|| labels.filter_map(|r| talk_kind(r.kind.as_deref()?)).find(|k| *k != TalkKind::Talk))?;
        Some(derived(record, field, kind))
    })
}

/// Start and end, where they have a time of day.
fn times(context: &Context<'_>, record: &Record, zone: Option<&Zone>) -> (Option<Found<String>>, Option<Found<String>>) {
    let moment = |property: &str| {
        let field = record.text(property)?;
        let moment = zone::local(when::read(&field.value)?, zone);
        moment.datetime().is_some().then(|| found(context, record, field, moment.value))
    };
    let start = moment("startDate");
    let end = moment("endDate").or_else(|| lasting(record, start.as_ref()?));
    (start, end)
}

/// The end by a duration: `PT30M` (ISO 8601) or `00:30`.
pub fn lasting(record: &Record, start: &Found<String>) -> Option<Found<String>> {
    let field = record.text("duration")?;
    let text = field.value.trim();
    let span: jiff::Span = match text.split_once(':') {
        Some((hours, minutes)) => {
            jiff::Span::new().try_hours(hours.parse::<i64>().ok()?).ok()?.try_minutes(minutes.get(..2)?.parse::<i64>().ok()?).ok()?
        }
        None => text.parse().ok()?,
    };
    let end = start.value.parse::<jiff::civil::DateTime>().ok()?.checked_add(span).ok()?;
    let value = format!("{}T{:02}:{:02}", end.date(), end.hour(), end.minute());
    (value > start.value).then(|| derived(record, field, value))
}

/// Decks and recordings.
fn material(context: &Context<'_>, record: &Record, talk: &mut TalkDraft) {
    for (property, default) in
        [("workFeatured", LinkKind::Slides), ("recordedIn", LinkKind::Video), ("video", LinkKind::Video), ("subjectOf", LinkKind::Other)]
    {
        let nested = record.records(property).filter_map(|r| ["url", "contentUrl", "embedUrl"].iter().find_map(|p| r.text(p)));
        for field in record.texts(property).chain(nested).filter(|f| is_address(&f.value)) {
            let (kind, url, ..) = classify_url(context.rules, field.value.trim());
            let kind = if matches!(kind, LinkKind::Slides | LinkKind::Video) { kind } else { default };
            add(talk, kind, found(context, record, field, url));
        }
    }
}

fn add(talk: &mut TalkDraft, kind: LinkKind, url: Found<String>) {
    let list = match kind {
        LinkKind::Slides => &mut talk.slides,
        LinkKind::Video => &mut talk.videos,
        _ => &mut talk.links,
    };
    if !list.iter().any(|known| recap_text::urls::same_resource(&known.value, &url.value)) {
        list.push(url);
    }
}
