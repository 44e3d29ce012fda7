//! One line that may announce a later event.

use jiff::ToSpan;
use jiff::civil::Date;
use recap_document::{LinkForm, Span};
use recap_model::{LinkKind, Method};
use recap_text::dates::{DateContext, DateMention, Precision, find_dates};

use super::Finder;
use crate::drafts::NextDraft;
use crate::event::proper::phrases;
use crate::finding::{Found, Proof};

/// Longer lines (bytes) are looked at up to here, behind their cue.
const MAX_LINE: usize = 600;
/// Bytes between a name and its day: `on`, `in Ghent on`.
const NEAR_DAY: usize = 16;
/// A name of this confidence is enough behind a cue, without a date or a page.
const SURE_NAME: f64 = 0.8;

/// Id of what takes the series for the name of its next event.
const GOES_ON: &str = "next/series-goes-on";

impl Finder<'_, '_> {
    /// The events that a line announces. In a section about later events a date or an event's page is enough; elsewhere a
    /// cue is needed, and in the first part of a document there is none.
    pub(super) fn line(&self, line: Span, about_next: bool, late: bool) -> Vec<NextDraft> {
        let text = self.text(line);
        let found: Vec<_> = self.cues(text).filter(|r| late || about_next || r.kind.is_none()).filter_map(|r| r.find(text)).collect();
        let names = |f: &&recap_rules::Found<'_, '_>| ["name", "name2", "name3", "names"].iter().any(|group| f.group(group).is_some());
        // A cue that gives the name itself comes before one that only opens an announcement.
        let cue = found.iter().find(names).or_else(|| found.first());
        if let Some(names) = cue.and_then(|c| c.group("names")) {
            return self.list(line, names, cue.map_or("", |c| c.rule.id.as_str()));
        }
        if cue.is_none() && !about_next {
            return Vec::new();
        }
        let start = cue.map_or(line.start, |c| line.start + c.start);
        let scope = self.with_day(line, self.limited(Span::new(start, line.end)));
        if let Some(first) = found.iter().map(|c| line.start + c.start).min() {
            let mut several = self.several(self.limited(Span::new(first, line.end)));
            if several.len() > 1 {
                several.extend(cue.and_then(|c| self.named_behind(line, c, several.last()?.span.end)));
                return several;
            }
        }
        let date = self.date(scope);
        let url = self.event_link(scope);
        let named = cue.and_then(|c| {
            let (from, to, _) = c.group("name").or_else(|| c.group("name2")).or_else(|| c.group("name3"))?;
            let (from_scope, to_scope) = (from + line.start - scope.start, to + line.start - scope.start);
            let apart = date.as_ref().is_none_or(|d| to_scope <= d.start || from_scope >= d.end);
            apart.then(|| self.verbatim(Span::new(line.start + from, line.start + to), &c.rule.id, c.rule.confidence))
        });
        let beside = || date.as_ref().filter(|_| about_next && cue.is_none()).and_then(|d| self.beside_day(scope, d));
        let name = named.or_else(|| self.name(scope, date.as_ref())).or_else(beside).or_else(|| self.name_below(line, cue.is_some()));
        let sure = name.as_ref().is_some_and(|n| n.confidence() >= SURE_NAME);
        let enough = match cue {
            Some(cue) => {
                let dated = date.is_some() || self.has_day_of_no_year(scope);
                dated || url.is_some() || sure || (name.is_some() && cue.rule.kind.is_some())
            }
            None => (date.is_some() && name.is_some()) || url.is_some(),
        };
        if !enough {
            return Vec::new();
        }
        let url = url.or_else(|| self.page_of(scope, name.as_ref()?));
        if date.is_none() && name.as_ref().is_some_and(|n| self.is_series(&n.value)) {
            return Vec::new();
        }
        let mut drafts = self.more(scope, date.as_ref());
        // `来月は別の…` is about another one.
        let other = cue.is_some_and(|c| c.group("other").is_some());
        let name = name.or_else(|| self.series_name().filter(|_| !other));
        let date = date.map(|d| self.found_date(scope, &d));
        drafts.insert(0, NextDraft { name, date, url, span: scope });
        drafts
    }

    /// Whether nothing of what a line gave has a name of its own.
    pub(super) fn is_unnamed(&self, found: &[NextDraft]) -> bool {
        found.iter().all(|d| d.name.iter().flat_map(|n| &n.proofs).all(|p| p.rule == GOES_ON))
    }

    /// The event of a name above, where a line gives its day or its page.
    pub(super) fn under(&self, named: Option<&Found<String>>, line: Span) -> Option<NextDraft> {
        let scope = self.limited(line);
        let (date, url) = (self.date(scope), self.event_link(scope));
        let name = named.filter(|_| date.is_some() || url.is_some())?;
        Some(NextDraft { name: Some(name.clone()), date: date.map(|d| self.found_date(scope, &d)), url, span: scope })
    }

    /// A scope from its sentence's start where the day stands before the cue: `3月19日に庭の会を開催予定`.
    fn with_day(&self, line: Span, scope: Span) -> Span {
        const ENDS: [char; 3] = ['。', '！', '？'];
        let before = self.text(Span::new(line.start, scope.start));
        let start = before.char_indices().rev().find(|(_, c)| ENDS.contains(c)).map_or(0, |(at, c)| at + c.len_utf8());
        let sentence = Span::new(line.start + start, scope.end);
        let gains = sentence.len() <= MAX_LINE && self.date(scope).is_none() && self.date(sentence).is_some();
        if gains { sentence } else { scope }
    }

    /// `Sample Conf on 3 May in Ghent, and Sample Day on 4 June`: each day with the last capitalised words before it.
    fn several(&self, scope: Span) -> Vec<NextDraft> {
        let text = self.text(scope);
        let cx = DateContext { reference: self.base, lang: Some(self.context.language) };
        let dates = find_dates(text, &cx).into_iter().filter(|d| d.precision >= Precision::Day).filter_map(|d| self.later(d));
        let mut from = 0;
        let mut drafts = Vec::new();
        for date in dates {
            let before = text.get(from..date.start).unwrap_or_default();
            let words = phrases(before).pop().filter(|words| before.len() - words.end <= NEAR_DAY);
            if let Some(words) = words {
                let span = Span::new(scope.start + from + words.start, scope.start + from + words.end);
                let name = self.verbatim(span, "next/name-before-day", 0.75);
                let url = self.page_of(scope, &name);
                drafts.push(NextDraft { name: Some(name), date: Some(self.found_date(scope, &date)), url, span });
            }
            from = date.end;
        }
        drafts
    }

    /// The event that a cue names behind a place in the line.
    fn named_behind(&self, line: Span, cue: &recap_rules::Found<'_, '_>, place: usize) -> Option<NextDraft> {
        let (from, to, _) = cue.group("name").or_else(|| cue.group("name2")).or_else(|| cue.group("name3"))?;
        let span = Span::new(line.start + from, line.start + to);
        let name = (span.start >= place).then(|| self.verbatim(span, &cue.rule.id, cue.rule.confidence))?;
        Some(NextDraft { date: None, url: self.page_of(line, &name), name: Some(name), span })
    }

    /// A day that gives no year in a document without a date: later, but nobody can say when.
    fn has_day_of_no_year(&self, scope: Span) -> bool {
        let cx = DateContext { reference: None, lang: Some(self.context.language) };
        self.base.is_none() && find_dates(self.text(scope), &cx).iter().any(|d| d.precision >= Precision::Day)
    }

    /// Further days in the same line, each with a name of its own behind it.
    fn more(&self, scope: Span, first: Option<&DateMention>) -> Vec<NextDraft> {
        let Some(first) = first else { return Vec::new() };
        let cx = DateContext { reference: self.base, lang: Some(self.context.language) };
        let dates = find_dates(self.text(scope), &cx).into_iter().filter(|d| d.start >= first.end && d.precision >= Precision::Day);
        let later: Vec<DateMention> = dates.filter_map(|d| self.later(d)).collect();
        let ends = later.iter().skip(1).map(|d| scope.start + d.start).chain([scope.end]);
        let parts = later.iter().zip(ends).map(|(d, end)| (d, Span::new(scope.start + d.start, end)));
        parts
            .filter_map(|(date, part)| {
                let at_start = DateMention { start: 0, end: date.end - date.start, ..date.clone() };
                let name = self.name(part, Some(&at_start))?;
                Some(NextDraft {
                    date: Some(self.found_date(part, &at_start)),
                    url: self.page_of(part, &name).or_else(|| self.event_link(part)),
                    name: Some(name),
                    span: part,
                })
            })
            .collect()
    }

    /// The page that a link with the name leads to, or one whose address holds the name.
    fn page_of(&self, scope: Span, name: &Found<String>) -> Option<Found<String>> {
        let place = name.proofs.first()?.place.span();
        let folded = recap_text::names::fold(&name.value);
        let links =
            self.context.links_in(scope).filter(|l| l.link.form != LinkForm::Image && matches!(l.kind, LinkKind::Event | LinkKind::Other));
        let of_name = |url: &str| folded.len() >= 5 && recap_text::names::fold(url).contains(&folded);
        let link = links.into_iter().find(|l| l.link.span == place || of_name(&l.url))?;
        Some(Found::new(link.url.clone(), Proof::attribute(&link.link.attribute, &link.link.url, link.link.span, "next/page-of-name", 0.8)))
    }

    /// Whether a name is only that of the reported series.
    fn is_series(&self, name: &str) -> bool {
        let folded = recap_text::names::fold(name);
        self.event.series.as_ref().is_some_and(|s| recap_text::names::fold(&s.value) == folded)
    }

    fn limited(&self, span: Span) -> Span {
        let mut end = span.end.min(span.start + MAX_LINE);
        while !self.context.doc.text.is_char_boundary(end) {
            end -= 1;
        }
        Span::new(span.start, end)
    }

    /// `Cologne, Belfast and Prague`: each one a later event.
    fn list(&self, line: Span, names: (usize, usize, &str), rule: &str) -> Vec<NextDraft> {
        let mut at = line.start + names.0;
        let mut drafts = Vec::new();
        for part in names.2.split_inclusive([',', '、', '\n']).flat_map(|p| p.split_inclusive(" and ")) {
            let clean = part.trim_end_matches(" and ").trim_end_matches([',', '、', ' ']);
            let lead = clean.len() - clean.trim_start().trim_start_matches("and ").len();
            let span = Span::new(at + lead, at + clean.len());
            at += part.len();
            if !span.is_empty() {
                drafts.push(NextDraft { name: Some(self.verbatim(span, rule, 0.75)), date: None, url: None, span });
            }
        }
        drafts
    }

    pub(super) fn verbatim(&self, span: Span, rule: &str, confidence: f64) -> Found<String> {
        let text = self.text(span);
        let start = span.start + (text.len() - text.trim_start().len());
        Found::spoken(self.context.doc, Span::new(start, start + text.trim().len()), rule, confidence)
    }

    /// The first day in a span that lies after the event. Where the text gives no year, it is the next such day.
    pub(super) fn date(&self, span: Span) -> Option<DateMention> {
        let cx = DateContext { reference: self.base, lang: Some(self.context.language) };
        find_dates(self.text(span), &cx).into_iter().filter(|d| d.precision >= Precision::Day).find_map(|d| self.later(d))
    }

    fn later(&self, mut mention: DateMention) -> Option<DateMention> {
        let day: Date = mention.value.get(..10)?.parse().ok()?;
        let Some(base) = self.base else { return mention.year_given.then_some(mention) };
        if day > base {
            return Some(mention);
        }
        if mention.year_given || mention.rule.starts_with("relative") {
            return None;
        }
        let next = day.checked_add(1.year()).ok().filter(|next| *next > base)?;
        mention.value = format!("{next}{}", mention.value.get(10..).unwrap_or_default());
        Some(mention)
    }

    fn found_date(&self, scope: Span, mention: &DateMention) -> Found<String> {
        let span = Span::new(scope.start + mention.start, scope.start + mention.end);
        Found::new(mention.value.clone(), Proof::text(span, &format!("date/{}", mention.rule), Method::Normalised, 0.85))
    }

    /// The page of another event in a span.
    pub(super) fn event_link(&self, span: Span) -> Option<Found<String>> {
        let links = self.context.links_in(span).filter(|l| l.kind == LinkKind::Event && l.link.form != LinkForm::Image);
        let own: Vec<_> = self.event.urls.iter().filter_map(|u| recap_text::urls::resource_key(&u.value)).collect();
        let other = links.into_iter().find(|l| recap_text::urls::resource_key(&l.url).is_none_or(|key| !own.contains(&key)));
        other.map(|l| Found::new(l.url.clone(), Proof::attribute(&l.link.attribute, &l.link.url, l.link.span, l.rule, 0.85)))
    }

    /// The series goes on under its own name where the announcement gives none.
    fn series_name(&self) -> Option<Found<String>> {
        let series = self.event.series.clone()?;
        let proofs =
            series.proofs.into_iter().map(|p| Proof { method: Method::Derived, rule: GOES_ON.to_owned(), confidence: 0.6, ..p }).collect();
        Some(Found { value: series.value, proofs })
    }
}
