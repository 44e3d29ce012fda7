//! When the event was: labelled values first, then sentences that tell of it, then titles and headings; never the
//! document's own date.

use jiff::civil::Date;
use recap_document::{BlockKind, Span};
use recap_model::{Method, Precision};
use recap_rules::{Use, flat};
use recap_text::dates::{DateContext, DateMention, find_dates};
use recap_text::names::fold;

use super::element;
use super::piece::Piece;
use super::scope::Scope;
use super::told::window;
use crate::drafts::EventDraft;
use crate::finding::{Found, Proof, Rival};

/// Days of an event that headings may name one by one.
const MAX_DAYS: i32 = 14;
/// Days that an event may seem to lie behind the document's own date.
const FEW_DAYS: i32 = 7;
/// Paragraphs at the very start in which an announcement says when the event will be.
const LEAD: usize = 6;
/// Least score of a date.
const ENOUGH: f64 = 1.5;
/// Least score of a date that lies behind the document's own.
const SURE: f64 = 3.0;
/// Longest line that is taken for a line with nothing but date and place, in characters.
const SHORT: usize = 70;

/// A possible date.
#[derive(Debug, Clone)]
struct Candidate {
    value: String,
    until: Option<String>,
    precision: Precision,
    span: Span,
    rule: String,
    score: f64,
    heading: bool,
    conflict: bool,
    attribute: Option<Proof>,
}

/// Fills in start, end, precision and time zone.
pub fn fill(scope: &Scope<'_, '_>, draft: &mut EventDraft) {
    let seeker = Seeker::new(scope, draft);
    let mut all = seeker.in_fields();
    all.extend(seeker.in_front());
    all.extend(seeker.in_titles());
    let (past, later): (Vec<Candidate>, Vec<Candidate>) = all.into_iter().partition(|c| seeker.is_past(c));
    // A document about an event that is still to come announces it; only what surely is its date counts then.
    let later: Vec<Candidate> = later.into_iter().filter(|c| c.score >= SURE).collect();
    let all = if best(&past).is_some() { past } else { later };
    let Some(best) = best(&all) else { return };
    let chosen = all[best].clone();
    draft.end = end(&all, &chosen);
    draft.precision = Some(chosen.precision);
    draft.rivals.extend(rivals(&all, &chosen));
    draft.start = Some(found(&chosen, chosen.value.clone()));
    seeker.with_times(draft);
    draft.timezone = seeker.zone(draft, chosen.span);
}

/// Reads dates.
struct Seeker<'s, 'a> {
    scope: &'s Scope<'s, 'a>,
    reference: Option<Date>,
    /// The year in the event's name.
    year: Option<i16>,
    keys: Vec<String>,
}

impl<'s, 'a> Seeker<'s, 'a> {
    fn new(scope: &'s Scope<'s, 'a>, draft: &EventDraft) -> Self {
        let year = draft.edition.as_ref().and_then(|e| e.value.parse::<i16>().ok()).filter(|y| (1990..2100).contains(y));
        let of_year = year.and_then(|y| Date::new(y, 12, 31).ok());
        let keys = [&draft.name, &draft.series].into_iter().flatten().map(|n| fold(&n.value)).filter(|k| k.chars().count() >= 3).collect();
        Self { scope, reference: scope.context.reference.or(of_year), year, keys }
    }

    fn dates(&self, text: &str) -> Vec<DateMention> {
        let cx = DateContext { reference: self.reference, lang: Some(self.scope.context.language) };
        // The year of the edition gives no day to count from.
        let sure = self.scope.context.reference.is_some();
        let mentions = find_dates(text, &cx).into_iter().filter(|d| sure || !d.rule.starts_with("relative"));
        mentions.map(|d| if sure { d } else { self.in_year(text, d) }).collect()
    }

    /// A day without year and weekday is one of the edition's year, where that is all that is known.
    fn in_year(&self, text: &str, mention: DateMention) -> DateMention {
        let told = mention.year_given || text.get(mention.start..mention.end).is_none_or(|t| t.contains(['(', '（', '[', '【']));
        let Some(year) = self.year.filter(|_| !told) else { return mention };
        let moved = |value: &str| value.get(4..).map(|rest| format!("{year:04}{rest}"));
        let Some(value) = moved(&mention.value).filter(|v| day(v).is_some()) else { return mention };
        let until = mention.until.as_deref().and_then(moved).filter(|u| *u > value);
        DateMention { value, until, ..mention }
    }

    fn candidate(&self, mention: DateMention, start: usize, rule: &str, score: f64) -> Candidate {
        let conflict = if mention.weekday_conflict { 0.5 } else { 0.0 };
        Candidate {
            span: Span::new(start + mention.start, start + mention.end),
            precision: precision(mention.precision),
            value: mention.value,
            until: mention.until,
            rule: rule.to_owned(),
            score: score - conflict,
            heading: false,
            conflict: mention.weekday_conflict,
            attribute: None,
        }
    }

    fn in_fields(&self) -> Vec<Candidate> {
        let mut all = Vec::new();
        for field in self.scope.values("event.date") {
            let text = self.scope.context.doc.slice(field.value);
            for (nth, mention) in self.dates(text).into_iter().enumerate().take(4) {
                let score = if field.index == 0 && nth == 0 { 5.0 } else { 3.0 };
                all.push(self.candidate(mention, field.value.start, &field.rule.id, score));
            }
        }
        for (rule, field) in self.scope.given("event.date") {
            let piece = Piece::field(self.scope.context.doc, field);
            for mention in self.dates(piece.text).into_iter().take(1) {
                let mut candidate = self.candidate(mention, piece.span().start, &rule.id, 5.0);
                candidate.attribute = Some(Proof::field(field, &rule.id, Method::Normalised, 0.95));
                all.push(candidate);
            }
        }
        all
    }

    /// Dates in paragraphs at the document's start.
    fn in_front(&self) -> Vec<Candidate> {
        let mut all = Vec::new();
        for (nth, &block) in self.scope.front.iter().enumerate() {
            let leaf = &self.scope.context.doc.blocks[block];
            if !matches!(leaf.kind, BlockKind::Paragraph) {
                continue;
            }
            let text = flat(self.scope.context.text(block));
            let mentions = element::in_full(self.scope.context, leaf.span, self.dates(&text));
            if mentions.is_empty() {
                continue;
            }
            let told = self.tells(&text);
            let others = self.other_events(block);
            for mention in mentions.into_iter().take(8) {
                let Some((score, rule)) = self.score(&text, &mention, nth, told) else { continue };
                let (from, to) = sentence(&text, mention.start, mention.end);
                let foreign = others.iter().any(|at| leaf.span.start + from <= at.start && at.end <= leaf.span.start + to);
                all.push(self.candidate(mention, leaf.span.start, &rule, if foreign { score - 2.5 } else { score }));
            }
        }
        all
    }

    /// How much a sentence speaks for a date in it, and by which rule.
    fn score(&self, text: &str, mention: &DateMention, nth: usize, told: bool) -> Option<(f64, String)> {
        let (from, to) = sentence(text, mention.start, mention.end);
        let sentence = window(text, from, to);
        let of_other = self.is_of_other_year(mention);
        let says = |kind| self.scope.context.said_by(Use::EventDate, kind, sentence);
        let announce = says("announce").filter(|_| nth < LEAD && !of_other);
        if announce.is_none() && says("not").is_some() {
            return None;
        }
        let early = if nth < 6 { 0.5 } else { 0.0 };
        let given = if mention.year_given { 0.2 } else { 0.0 };
        let named = self.names(sentence);
        let verb = announce.or_else(|| says("verb"));
        let byline = verb.is_none() && !named && day(&mention.value).is_some() && day(&mention.value) == self.scope.context.reference;
        let short = text.chars().count() <= SHORT && nth < 8;
        let today = mention.rule.starts_with("relative/") && mention.precision == recap_text::dates::Precision::Minute;
        if byline && !today {
            return None;
        }
        let (score, rule) = match verb {
            Some(rule) if named => (4.5, rule.id.as_str()),
            Some(rule) => (3.0, rule.id.as_str()),
            None if named => (2.4, "event/date-near-name"),
            None if told || short || today => (1.4, "event/date-line"),
            None => (0.3, "event/date"),
        };
        Some((score + early + given, rule.to_owned()))
    }

    /// Whether a date lies in another year than the one that the event's name has.
    fn is_of_other_year(&self, mention: &DateMention) -> bool {
        self.year.is_some_and(|year| day(&mention.value).is_some_and(|day| day.year() != year))
    }

    /// Links of a paragraph that name another event.
    fn other_events(&self, block: usize) -> Vec<Span> {
        let doc = self.scope.context.doc;
        let event = |l: &&crate::context::ContentLink<'_>| l.kind == recap_model::LinkKind::Event;
        let other = |l: &&crate::context::ContentLink<'_>| {
            let key = fold(doc.slice(l.link.span));
            key.chars().count() >= 6 && !self.keys.iter().any(|own| own.contains(key.as_str()) || key.contains(own.as_str()))
        };
        self.scope.context.links_of(block).filter(event).filter(other).map(|l| l.link.span).collect()
    }

    fn names(&self, text: &str) -> bool {
        let folded = fold(text);
        self.keys.iter().any(|key| folded.contains(key.as_str()))
    }

    fn tells(&self, text: &str) -> bool {
        self.scope.context.says(Use::EventDate, "verb", text) && self.names(text)
    }

    /// Dates in the title and in headings.
    fn in_titles(&self) -> Vec<Candidate> {
        let context = self.scope.context;
        let mut all = Vec::new();
        if let Some(title) = &context.doc.meta.title {
            let piece = Piece::field(context.doc, title);
            for mention in self.dates(piece.text).into_iter().take(1).filter(|m| m.precision >= recap_text::dates::Precision::Day) {
                let mut candidate = self.candidate(mention, piece.span().start, "event/date-in-title", 2.3);
                candidate.attribute = Some(Proof::field(title, "event/date-in-title", Method::Normalised, 0.7));
                all.push(candidate);
            }
        }
        let headings = context.leaves.iter().filter(|&&b| matches!(context.doc.blocks[b].kind, BlockKind::Heading(_)));
        for (nth, &block) in headings.take(200).enumerate() {
            if self.scope.is_later(block) {
                continue;
            }
            for mention in self.dates(&flat(context.text(block))).into_iter().take(1) {
                let score = if nth == 0 { 2.5 } else { 2.0 };
                let mut candidate = self.candidate(mention, context.doc.blocks[block].span.start, "event/date-in-heading", score);
                candidate.heading = true;
                all.push(candidate);
            }
        }
        all.retain(|c| c.precision >= Precision::Day);
        all
    }

    /// A write-up tells of what has been; dates of publication are a few days off at times.
    fn is_past(&self, candidate: &Candidate) -> bool {
        let Some(published) = self.scope.context.reference else { return true };
        let Some(day) = day(&candidate.value) else { return true };
        published.until(day).is_ok_and(|span| span.get_days() <= FEW_DAYS)
    }

    /// Adds the times of a label of their own (`時間: 19:00〜21:00`).
    fn with_times(&self, draft: &mut EventDraft) {
        let Some(start) = draft.start.as_mut().filter(|s| s.value.len() == 10) else { return };
        let Some(field) = self.scope.values("event.time").next() else { return };
        let text = self.scope.context.doc.slice(field.value);
        let Some(found) = self.scope.context.asking_for(Use::EventDate, "time", text).find_map(|r| r.find(text)) else { return };
        let Some(from) = found.group("start").and_then(|(_, _, t)| clock(t)) else { return };
        let date = start.value.clone();
        start.value = format!("{date}T{from}");
        start.proofs.push(Proof::text(field.value, &field.rule.id, Method::Normalised, field.rule.confidence));
        draft.precision = Some(Precision::Minute);
        if let Some(until) = found.group("end").and_then(|(_, _, t)| clock(t)).filter(|_| draft.end.is_none()) {
            draft.end = Some(Found::new(
                format!("{date}T{until}"),
                Proof::text(field.value, &field.rule.id, Method::Normalised, field.rule.confidence),
            ));
        }
    }

    /// A zone that stands by the date; else the one that the language and the place make sure.
    fn zone(&self, draft: &EventDraft, at: Span) -> Option<Found<String>> {
        let doc = self.scope.context.doc;
        let near = Span::new(at.start, doc.text.floor_char_boundary((at.end + 24).min(doc.text.len())));
        let near = doc.slice(near).split('\n').next().unwrap_or_default();
        let zones = self.scope.context.asking_for(Use::EventDate, "zone", near);
        // `18:00 UTC (10:00 PST)`: the first one is the event's own.
        if let Some(found) = zones.filter_map(|rule| rule.find(near)).min_by_key(|found| found.start) {
            let span = Span::new(at.start + found.start, at.start + found.end);
            let rule = found.rule;
            return Some(Found::new(rule.value.clone()?, Proof::text(span, &rule.id, Method::Normalised, rule.confidence)));
        }
        let abroad = draft.venue.as_ref().is_some_and(|v| v.value.is_ascii());
        let rule = self.scope.rules(Use::EventDate, "zone-of-language").into_iter().find(|_| !abroad)?;
        let start = draft.start.as_ref().filter(|s| s.value.len() >= 10)?;
        let mut zone = start.clone().map(|_| rule.value.clone().unwrap_or_default());
        zone.proofs.truncate(1);
        for proof in &mut zone.proofs {
            (proof.rule, proof.method, proof.confidence) = (rule.id.clone(), Method::Derived, rule.confidence);
        }
        Some(zone).filter(|z| !z.value.is_empty())
    }
}

fn best(all: &[Candidate]) -> Option<usize> {
    let scores: Vec<f64> = all.iter().map(|c| c.score + agreement(all, c)).collect();
    let better = |a: &usize, b: &usize| scores[*a].total_cmp(&scores[*b]).then(b.cmp(a));
    let best = (0..all.len()).filter(|&i| scores[i] >= ENOUGH && all[i].precision >= Precision::Month).max_by(better)?;
    // The same day with a time says more.
    let fuller = |&i: &usize| all[i].precision > all[best].precision && all[i].value.starts_with(&all[best].value) && scores[i] >= ENOUGH;
    Some((0..all.len()).find(fuller).unwrap_or(best))
}

/// What other mentions of the same day add.
fn agreement(all: &[Candidate], own: &Candidate) -> f64 {
    let others = all.iter().filter(|c| c.span != own.span && c.value.get(..10).is_some() && c.value.get(..10) == own.value.get(..10));
    0.4 * others.take(3).count() as f64
}

/// The end that the mention gives; else the last day that the headings name.
fn end(all: &[Candidate], chosen: &Candidate) -> Option<Found<String>> {
    if let Some(until) = &chosen.until {
        return Some(found(chosen, until.clone()));
    }
    let same = all.iter().find(|c| c.until.is_some() && c.value.get(..10) == chosen.value.get(..10) && c.score >= ENOUGH);
    if let Some(same) = same {
        return Some(found(same, same.until.clone()?));
    }
    let first = day(&chosen.value)?;
    let days = all.iter().filter(|c| c.heading && chosen.heading).filter_map(|c| Some((day(&c.value)?, c)));
    let last = days
        .filter(|(d, _)| *d > first && first.until(*d).is_ok_and(|s| s.get_days() < MAX_DAYS))
        .max_by_key(|(d, c)| (*d, std::cmp::Reverse(c.span.start)))?;
    Some(found(last.1, last.0.to_string()))
}

/// Other days that a good place gives.
fn rivals(all: &[Candidate], chosen: &Candidate) -> Vec<Rival> {
    let other = |c: &&Candidate| c.score >= 3.0 && c.value.get(..10) != chosen.value.get(..10) && c.precision >= Precision::Day;
    let within = |c: &&Candidate| chosen.until.as_deref().is_none_or(|u| c.value.as_str() > u || c.value < chosen.value);
    let mut seen: Vec<&str> = Vec::new();
    let mut rivals = Vec::new();
    for candidate in all.iter().filter(other).filter(within) {
        if seen.contains(&candidate.value.as_str()) {
            continue;
        }
        seen.push(&candidate.value);
        rivals.push(Rival {
            pointer: "/event/start".to_owned(),
            value: serde_json::Value::String(candidate.value.clone()),
            reason: "another date stands nearer to the event's name".to_owned(),
            proofs: found(candidate, String::new()).proofs,
        });
    }
    rivals
}

fn found(candidate: &Candidate, value: String) -> Found<String> {
    let doubt = if candidate.conflict { 0.3 } else { 0.0 };
    let confidence = (0.55 + 0.09 * candidate.score - doubt).clamp(0.1, 0.97);
    match &candidate.attribute {
        Some(proof) => Found::new(value, Proof { confidence, ..proof.clone() }),
        None => Found::new(value, Proof::text(candidate.span, &candidate.rule, Method::Normalised, confidence)),
    }
}

/// Where the sentence around a mention begins and ends.
fn sentence(text: &str, start: usize, end: usize) -> (usize, usize) {
    let before = window(text, start.saturating_sub(240), start);
    let from = before.rfind(['。', '！', '？', '!', '?']).map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let from = from.max(before.rfind(". ").map_or(0, |at| at + 2));
    let behind = window(text, end, (end + 300).min(text.len()));
    let to = behind.find(['。', '！', '？', '!', '?']).unwrap_or(behind.len());
    let to = to.min(behind.find(". ").unwrap_or(behind.len()));
    (start - (before.len() - from), end + to)
}

fn day(value: &str) -> Option<Date> {
    value.get(..10)?.parse().ok()
}

/// `9:30` as `09:30`.
fn clock(text: &str) -> Option<String> {
    let (hour, minute) = text.split_once([':', '：', '時', 'h', '.'])?;
    let hour: u8 = hour.trim().parse().ok().filter(|h| *h < 24)?;
    let minute: u8 = minute.trim_matches(|c: char| !c.is_ascii_digit()).parse().unwrap_or(0);
    (minute < 60).then(|| format!("{hour:02}:{minute:02}"))
}

fn precision(precision: recap_text::dates::Precision) -> Precision {
    use recap_text::dates::Precision as P;
    match precision {
        P::Year => Precision::Year,
        P::Month => Precision::Month,
        P::Day => Precision::Day,
        P::Minute => Precision::Minute,
    }
}
