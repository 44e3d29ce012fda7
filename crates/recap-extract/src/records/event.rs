//! One draft of all records of the event.

use recap_document::{Field, Format, Record};
use recap_model::{LinkKind, Method, Precision, Role};
use recap_rules::Use;
use recap_text::entities::find_entities;
use recap_text::names::fold;
use recap_text::urls::same_resource;
use serde_json::Value;

use super::choose::{About, parent};
use super::value::{derived, found, is_address, name};
use super::when::{self, Moment};
use super::zone::{self, Zone};
use super::{people, place};
use crate::context::{Context, classify_url, host_of};
use crate::drafts::EventDraft;
use crate::finding::{Found, Proof, Rival};

/// What the records say of the event.
pub fn draft(context: &Context<'_>, about: &About<'_>) -> EventDraft {
    let records = about.event.as_slice();
    let mut draft = EventDraft::default();
    names(context, records, &mut draft);
    let zone = zone::of(context, records);
    dates(context, about, zone.as_ref(), &mut draft);
    draft.timezone = zone.filter(|_| draft.start.is_some()).map(|z| z.name);
    place::fill(context, records, &mut draft);
    people_of(context, records, &mut draft);
    draft.urls = urls(context, records);
    draft.videos = videos(records);
    draft.participants = participants(records);
    draft
}

/// Name, series and hashtags.
fn names(context: &Context<'_>, records: &[&Record], draft: &mut EventDraft) {
    let full: Vec<Found<String>> = records.iter().filter_map(|r| name(context, r, "name")).collect();
    let tags = full.iter().flat_map(|n| find_entities(&n.value).hashtags.into_iter().map(|tag| n.clone().map(|_| tag.tag)));
    let given = records.iter().flat_map(|r| {
        r.texts("keywords").filter(|f| f.value.starts_with(['#', '＃']) || r.vocabulary.starts_with("connpass")).map(move |f| (r, f))
    });
    let given = given.flat_map(|(r, f)| {
        f.value
            .split([' ', ',', '、', '\u{3000}'])
            .map(|w| w.trim_matches(['#', '＃']))
            .filter(|w| !w.is_empty())
            .map(move |w| derived(r, f, w.to_owned()))
    });
    for tag in given.chain(tags).filter(|t| t.value.chars().any(char::is_alphabetic)) {
        if !draft.hashtags.iter().any(|known| fold(&known.value) == fold(&tag.value)) {
            draft.hashtags.push(tag);
        }
    }
    let cut = full.into_iter().map(|n| without_tail(context, n)).collect();
    draft.name = settle("/event/name", cut, within, &mut draft.rivals);
    draft.series = series(context, records, draft.name.as_ref());
}

/// Takes the site, the date and notes in brackets off a name's end.
pub fn without_tail(context: &Context<'_>, mut name: Found<String>) -> Found<String> {
    let rules: Vec<_> = context.rules.of(Use::EventName, context.language).filter(|r| r.kind.as_deref() == Some("record-tail")).collect();
    for _ in 0..3 {
        let cut = rules.iter().filter_map(|r| r.find(&name.value)).find(|f| f.end == name.value.len() && f.start > 0);
        let Some((start, rule)) = cut.map(|f| (f.start, f.rule.id.clone())) else { break };
        name.value = name.value[..start].trim_end().to_owned();
        for proof in &mut name.proofs {
            context.fire(&rule, proof.place.span());
            proof.method = Method::Normalised;
        }
    }
    name
}

/// The series or group that the event belongs to, where its name has no number of its own: one that has tells its series itself.
fn series(context: &Context<'_>, records: &[&Record], event: Option<&Found<String>>) -> Option<Found<String>> {
    let numbered = event.is_some_and(|e| context.rules.of(Use::Edition, context.language).any(|r| r.matches(&e.value)));
    let group = records.iter().find_map(|r| name(context, parent(r)?, "name"));
    group.filter(|g| !numbered && event.is_none_or(|e| fold(&e.value) != fold(&g.value)))
}

/// Of values in the order of trust the first; those that say the same prove it, the others become rivals.
fn settle(pointer: &str, values: Vec<Found<String>>, agrees: fn(&str, &str) -> bool, rivals: &mut Vec<Rival>) -> Option<Found<String>> {
    let mut values = values.into_iter();
    let mut best = values.next()?;
    for other in values {
        if agrees(&best.value, &other.value) {
            best.proofs.extend(other.proofs);
        } else {
            let reason = "structured data that is trusted more says otherwise".to_owned();
            rivals.push(Rival { pointer: pointer.to_owned(), value: Value::String(other.value), reason, proofs: other.proofs });
        }
    }
    Some(best)
}

/// Whether one name is the other, or a part of it.
fn within(a: &str, b: &str) -> bool {
    let (a, b) = (fold(a), fold(b));
    !a.is_empty() && !b.is_empty() && (a.contains(&b) || b.contains(&a))
}

fn same_day(a: &str, b: &str) -> bool {
    a.get(..10).unwrap_or(a) == b.get(..10).unwrap_or(b)
}

/// Start, end and precision.
fn dates(context: &Context<'_>, about: &About<'_>, zone: Option<&Zone>, draft: &mut EventDraft) {
    let starts: Vec<(Found<String>, Precision)> = moments(context, &about.event, "startDate", zone);
    // A time of the same day says more than the day alone.
    let first = starts.first().map(|(f, _)| f.value.clone()).unwrap_or_default();
    let fuller = starts.iter().position(|(f, p)| *p == Precision::Minute && same_day(&f.value, &first)).unwrap_or(0);
    let mut starts = starts;
    if fuller < starts.len() {
        starts[..=fuller].rotate_right(1);
    }
    draft.precision = starts.first().map(|(_, p)| *p);
    draft.start = settle("/event/start", starts.into_iter().map(|(f, _)| f).collect(), same_day, &mut draft.rivals);
    let ends = moments(context, &about.event, "endDate", zone).into_iter().map(|(f, _)| f).collect();
    draft.end = settle("/event/end", ends, same_day, &mut draft.rivals);
    if draft.end.is_none() {
        draft.end = draft.start.as_ref().and_then(|start| about.event.iter().find_map(|r| super::talks::lasting(r, start)));
    }
    by_parts(context, about, zone, draft);
    tidy_times(draft);
}

/// All readable dates of a property, in the order of the records.
fn moments(context: &Context<'_>, records: &[&Record], property: &str, zone: Option<&Zone>) -> Vec<(Found<String>, Precision)> {
    let read = |r: &&Record| {
        let field = r.text(property)?;
        let moment = zone::local(when::read(&field.value)?, zone);
        let moment = if r.vocabulary == "ical" && property == "endDate" { inclusive(moment)? } else { moment };
        Some((found(context, r, field, moment.value.clone()), moment.precision))
    };
    records.iter().filter_map(read).collect()
}

/// A calendar's whole-day event ends before its `DTEND` (RFC 5545, 3.6.1).
fn inclusive(moment: Moment) -> Option<Moment> {
    if moment.precision != Precision::Day {
        return Some(moment);
    }
    let day: jiff::civil::Date = moment.value.parse().ok()?;
    Some(Moment { value: day.yesterday().ok()?.to_string(), ..moment })
}

/// What the parts tell of the whole: its first day, where no start is given, and its last, where the parts go on.
fn by_parts(context: &Context<'_>, about: &About<'_>, zone: Option<&Zone>, draft: &mut EventDraft) {
    let parts: Vec<&Record> = about.event.iter().flat_map(|r| r.records("subEvent")).chain(about.talks.iter().copied()).collect();
    if draft.start.is_none() {
        let first = moments(context, &parts, "startDate", zone).into_iter().min_by(|a, b| a.0.value.cmp(&b.0.value));
        let told = parts.first().filter(|_| parts.len() == 1).and_then(|talk| told_day(context, talk));
        if let Some((start, _)) = told.or(first) {
            // A talk's time is not the event's.
            draft.start = Some(start.map(|s| s.get(..10).unwrap_or(&s).to_owned()));
            draft.precision = Some(Precision::Day);
        }
    }
    let start = draft.start.as_ref().map(|s| s.value.clone());
    if draft.end.is_none() && start.is_some() {
        let ends = moments(context, &parts, "endDate", zone).into_iter().chain(moments(context, &parts, "startDate", zone));
        let last = ends.map(|(f, _)| f).max_by(|a, b| a.value.cmp(&b.value));
        let by_day =
            |f: Found<String>| if draft.precision == Some(Precision::Minute) { f } else { f.map(|v| v.get(..10).unwrap_or(&v).to_owned()) };
        draft.end = last.filter(|l| start.is_some_and(|s| !same_day(&l.value, &s))).map(by_day);
    }
}

/// The day that a recording's own summary tells: the date of its data may be that of its publication.
fn told_day(context: &Context<'_>, talk: &Record) -> Option<(Found<String>, Precision)> {
    let field = talk.text("abstract")?;
    let day = when::written(&field.value).map(Moment::without_time)?;
    let given = when::day(&talk.text("startDate")?.value)?;
    let before = day.value.parse::<jiff::civil::Date>().is_ok_and(|d| d <= given && d.until(given).is_ok_and(|s| s.get_days() < 200));
    before.then(|| (found(context, talk, field, day.value.clone()), Precision::Day))
}

/// Midnight to midnight is a whole day; an end before the start or equal to it says nothing.
fn tidy_times(draft: &mut EventDraft) {
    let at = |f: &Option<Found<String>>, time: &str| f.as_ref().is_some_and(|f| f.value.ends_with(time));
    let whole = at(&draft.start, "T00:00") && (draft.end.is_none() || at(&draft.end, "T00:00") || at(&draft.end, "T23:59"));
    if whole {
        for date in [&mut draft.start, &mut draft.end].into_iter().flatten() {
            date.value.truncate(10);
        }
        draft.precision = Some(Precision::Day);
    }
    if at(&draft.end, "T23:59") {
        draft.end.iter_mut().for_each(|e| e.value.truncate(10));
    }
    let start = draft.start.as_ref().map(|s| s.value.clone());
    let says = |end: &Found<String>| start.as_ref().is_none_or(|s| end.value > *s && !(end.value.len() == 10 && same_day(&end.value, s)));
    draft.end = draft.end.take().filter(says);
}

fn people_of(context: &Context<'_>, records: &[&Record], draft: &mut EventDraft) {
    let own = draft.series.iter().chain(&draft.name).map(|n| fold(&n.value)).collect::<Vec<_>>();
    for organizer in records.iter().flat_map(|r| people::of(context, r, "organizer", Role::Organizer)) {
        let key = organizer.name.as_ref().map(|n| fold(&n.value));
        let known = draft.organizers.iter().any(|o| o.name.as_ref().map(|n| fold(&n.value)) == key);
        // A group may organise under its own name.
        if !known && key.is_none_or(|k| !own.contains(&k)) {
            draft.organizers.push(organizer);
        }
    }
    draft.sponsors = records.iter().map(|r| people::organisations(context, r, "sponsor")).find(|s| !s.is_empty()).unwrap_or_default();
}

/// The event's page: as the records name it, else the page itself.
fn urls(context: &Context<'_>, records: &[&Record]) -> Vec<Found<String>> {
    let mut urls: Vec<Found<String>> = Vec::new();
    for (record, field) in records.iter().filter_map(|r| Some((r, r.text("url").filter(|f| is_address(&f.value))?))) {
        let (_, url, ..) = classify_url(context.rules, field.value.trim());
        let found = found(context, record, field, url);
        match urls.iter_mut().find(|known| same_resource(&known.value, &found.value)) {
            Some(known) => known.proofs.extend(found.proofs),
            None => urls.push(found),
        }
    }
    urls.truncate(1);
    if urls.is_empty() {
        urls.extend(records.iter().find_map(|r| described(context, r)));
    }
    let page = context.doc.meta.url.as_ref().filter(|f| context.doc.format == Format::Html && is_address(&f.value));
    if let Some(field) = page {
        let (kind, url, ..) = classify_url(context.rules, field.value.trim());
        // Beside the event's own site, the platform's page of it is one too.
        let other = kind == LinkKind::Event && urls.iter().all(|known| host_of(&known.value) != host_of(&url));
        if urls.is_empty() || other {
            urls.push(Found::new(url, Proof::field(field, "document/url", Method::Normalised, 0.85)));
        }
    }
    urls
}

/// The page that a record without one names in its place or description: a platform's page of an event, else the only address.
fn described(context: &Context<'_>, record: &Record) -> Option<Found<String>> {
    let fields = ["description", "location"].iter().filter_map(|p| record.text(p));
    let addresses: Vec<(&Field, String)> =
        fields.flat_map(|f| find_entities(&f.value).urls.into_iter().map(move |u| (f, u.url))).filter(|(_, url)| is_address(url)).collect();
    let event = |(_, url): &&(&Field, String)| classify_url(context.rules, url).0 == LinkKind::Event;
    let first = addresses.iter().find(event).or_else(|| {
        let plain = |(_, url): &&(&Field, String)| classify_url(context.rules, url).0 == LinkKind::Other;
        addresses.first().filter(|a| addresses.len() == 1 && record.vocabulary == "ical" && plain(a))
    });
    first.map(|(field, url)| derived(record, field, classify_url(context.rules, url).1))
}

fn videos(records: &[&Record]) -> Vec<Found<String>> {
    let recordings = records.iter().flat_map(|r| r.records("recordedIn").map(move |v| (r, v)));
    let urls = recordings.filter_map(|(r, v)| Some((r, v.text("url").or_else(|| v.text("contentUrl")).filter(|f| is_address(&f.value))?)));
    urls.map(|(r, f)| derived(r, f, f.value.trim().to_owned())).collect()
}

fn participants(records: &[&Record]) -> Option<Found<u64>> {
    records.iter().find_map(|r| {
        let field = r.text("attendeeCount")?;
        field.value.trim().parse::<u64>().ok().filter(|n| *n > 0).map(|n| derived(r, field, n))
    })
}
