//! The name of a later event in the line that announces it, or in the line below.

use recap_document::{LinkForm, Span};
use recap_model::LinkKind;
use recap_rules::{Candidate, Use};
use recap_text::dates::DateMention;

use super::Finder;
use crate::finding::Found;

/// A name has at least and at most so many characters.
const NAME: std::ops::RangeInclusive<usize> = 3..=90;

impl<'a> Finder<'_, 'a> {
    /// A link's text, else what a rule takes for a name.
    pub(super) fn name(&self, scope: Span, date: Option<&DateMention>) -> Option<Found<String>> {
        self.link_name(scope).or_else(|| self.shaped_name(scope, date)).or_else(|| self.marked_name(scope))
    }

    /// In a list of later events: what stands beside the day (`17 October: Types and trains`, `Types and trains (17 October)`).
    pub(super) fn beside_day(&self, line: Span, date: &DateMention) -> Option<Found<String>> {
        let text = self.text(line);
        let (before, behind) = (text.get(..date.start)?, text.get(date.end..)?);
        let is_mark = |c: char| c.is_whitespace() || matches!(c, ':' | '：' | '-' | '–' | '—' | '|' | ',' | '(' | ')' | '（' | '）' | '@');
        let lead = before.trim_matches(is_mark);
        let rest = behind.trim_start_matches(is_mark);
        let (from, shown) = if lead.is_empty() && rest.len() < behind.len() {
            let end = [" (", " @ ", " at ", " – ", " - ", " | "].iter().filter_map(|cut| rest.find(cut)).min().unwrap_or(rest.len());
            (text.len() - rest.len(), rest.get(..end)?)
        } else if behind.trim_matches(is_mark).is_empty() && before.trim_end().ends_with(['(', '（', ':', '：', '-', '–', '—', '|', ','])
        {
            (text.len() - text.trim_start_matches(is_mark).len(), lead)
        } else {
            return None;
        };
        let shown = shown.trim_end_matches(|c: char| is_mark(c) || c == '.');
        let fits = NAME.contains(&shown.chars().count()) && shown.chars().filter(|c| c.is_alphabetic()).count() >= 3;
        let place = self.event.venue.as_ref().is_some_and(|v| recap_text::names::fold(&v.value) == recap_text::names::fold(shown));
        let generic = place || self.is_generic(shown) || self.is_own_name(shown) || shown.contains("://");
        let span = Span::new(line.start + from, line.start + from + shown.len());
        (fits && !generic).then(|| self.verbatim(span, "next/beside-day", 0.7))
    }

    /// Rules of how names are written that may see one in a text.
    fn names(&self, text: &str) -> impl Iterator<Item = Candidate<'a>> + use<'a> {
        self.context.asking_for(Use::NextEvent, "name", text)
    }

    /// Whether a link's text is no name (`here`, `こちら`).
    fn is_generic(&self, text: &str) -> bool {
        self.context.says(Use::NextEvent, "generic", text)
    }

    /// The text of a link to an event's page, unless it only says `here`.
    fn link_name(&self, scope: Span) -> Option<Found<String>> {
        let links =
            self.context.links_in(scope).filter(|l| l.link.form == LinkForm::Anchor && matches!(l.kind, LinkKind::Event | LinkKind::Other));
        let named = |span: Span| {
            let text = self.text(span).trim();
            let event = self.context.says(Use::NextEvent, "name", text);
            let address = text.contains("://") || (text.contains('.') && !text.contains(char::is_whitespace));
            NAME.contains(&text.chars().count()) && !address && !self.is_generic(text) && event
        };
        let pages = links.map(|l| (l.kind, l.link.span)).collect::<Vec<_>>();
        let generic = |span: Span| self.is_generic(self.text(span).trim());
        let page = pages.iter().find(|(kind, span)| {
            *kind == LinkKind::Event && (named(*span) || (span.len() >= 9 && !generic(*span) && !self.text(*span).contains("://")))
        });
        let found = page.or_else(|| pages.iter().find(|(_, span)| named(*span)))?;
        Some(self.verbatim(found.1, "next/link-text", 0.85))
    }

    /// An emphasised piece that is no date.
    fn marked_name(&self, scope: Span) -> Option<Found<String>> {
        let cx = recap_text::dates::DateContext { reference: self.base, lang: Some(self.context.language) };
        let mark = self.context.marks_in(scope).find(|m| {
            let text = self.text(m.span).trim();
            let names = NAME.contains(&text.chars().count()) && text.chars().filter(|c| c.is_alphabetic()).count() >= 3;
            m.kind == recap_document::MarkKind::Strong
                && names
                && recap_text::dates::find_dates(text, &cx).is_empty()
                && !self.is_own_name(text)
        })?;
        Some(self.verbatim(mark.span, "next/emphasised", 0.7))
    }

    /// The first name by its shape that is no part of the date.
    fn shaped_name(&self, scope: Span, date: Option<&DateMention>) -> Option<Found<String>> {
        let text = self.text(scope);
        self.names(text).find_map(|rule| {
            let group = rule.find_all(text).filter_map(|f| f.group("name").or_else(|| f.group("name2")).map(|(s, e, _)| (s, e)));
            let whole = group.into_iter().map(|(s, e)| self.proper(text, s, e, date));
            let (start, end) = whole.into_iter().find(|&(s, e)| {
                // `on 16 March at Weir Mill`: behind the day stands the place.
                let place = |d: &DateMention| s >= d.end && text.get(d.end..s).is_some_and(|t| matches!(t.trim(), "at" | "at the"));
                // `テーマは「…」`: what the evening is about.
                let about = self.context.says(Use::NextEvent, "about", &text[..s]);
                let apart = !about && date.is_none_or(|d| (e <= d.start || s >= d.end) && !place(d));
                let shown = text[s..e].trim();
                apart && NAME.contains(&shown.chars().count()) && !self.is_generic(shown) && !self.is_own_name(shown)
            })?;
            Some(self.verbatim(Span::new(scope.start + start, scope.start + end), &rule.id, rule.confidence))
        })
    }

    /// A name without what leads up to it, a day in front and the quotation marks around it.
    fn proper(&self, text: &str, start: usize, end: usize, date: Option<&DateMention>) -> (usize, usize) {
        let numbered = |d: &&DateMention| text[d.end..end].contains(|c: char| c.is_ascii_digit());
        let from = date.filter(|d| start <= d.start && d.end < end).filter(numbered).map_or(start, |d| d.end);
        // Words in front of a name that are no part of it.
        let leads = |at: usize| self.context.asking_for(Use::NextEvent, "lead", &text[at..end]);
        let lead = |at: usize| leads(at).filter_map(|r| r.find(&text[at..end])).filter(|f| f.start == 0).map(|f| f.end).max();
        let from = from + lead(from).unwrap_or(0);
        let shown = text[from..end].trim();
        let inner = shown.strip_prefix(['「', '『']).and_then(|s| s.strip_suffix(['」', '』'])).filter(|s| !s.contains(['「', '『']));
        match inner {
            Some(_) => {
                (end - text[from..end].trim_start().len() + '「'.len_utf8(), from + text[from..end].trim_end().len() - '」'.len_utf8())
            }
            None => (from, end),
        }
    }

    /// The heading of a part within an announcing section.
    pub(super) fn heading_name(&self, heading: usize) -> Option<Found<String>> {
        let span = self.context.doc.blocks[heading].span;
        let text = self.text(span).trim();
        let fits = NAME.contains(&text.chars().count()) && !self.is_generic(text) && !self.is_own_name(text);
        fits.then(|| self.verbatim(span, "next/heading", 0.75))
    }

    /// A line that is a name and nothing else.
    pub(super) fn whole_name(&self, line: Span) -> Option<Found<String>> {
        let text = self.text(line).trim();
        let fills =
            |r: &Candidate<'_>| r.find(text).and_then(|f| f.group("name").map(|(s, e, _)| s == 0 && e == text.len())).unwrap_or_default();
        let rule = self.names(text).find(fills).filter(|_| !self.is_own_name(text))?;
        Some(self.verbatim(line, &rule.id, rule.confidence))
    }

    /// The reported event is not its own successor.
    fn is_own_name(&self, name: &str) -> bool {
        let folded = recap_text::names::fold(name);
        self.event.name.as_ref().is_some_and(|n| recap_text::names::fold(&n.value) == folded)
    }

    /// The line below an announcement without a name, where it is a name and nothing else.
    pub(super) fn name_below(&self, line: Span, cue: bool) -> Option<Found<String>> {
        if !cue {
            return None;
        }
        let behind = self.context.doc.text.get(line.end..)?.trim_start_matches('\n');
        let start = self.context.doc.text.len() - behind.len();
        let below = behind.split('\n').next()?;
        if below.len() > 200 || below.ends_with(['。', '.', '！', '!', '？', '?', ':', '：']) {
            return None;
        }
        let span = Span::new(start, start + below.len());
        let fills = |rule: &Candidate<'_>| {
            let group = rule.find(below).and_then(|f| f.group("name").or_else(|| f.group("name2")).map(|(s, e, _)| (s, e)));
            group.is_some_and(|(s, e)| s <= 3 && e + 6 >= below.trim_end().len())
        };
        let rule = self.names(below).find(fills)?;
        Some(self.verbatim(span, &rule.id, rule.confidence))
    }
}
