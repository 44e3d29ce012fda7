//! Where the event was.

use recap_document::{BlockKind, LinkForm, MarkKind, Span};
use recap_model::{LinkKind, Method};
use recap_rules::{Rule, Use, flat};
use recap_text::dates::{DateContext, DateMention, Precision, find_dates};
use recap_text::names::fold;

use super::element;
use super::piece::Piece;
use super::quotes;
use super::scope::Scope;
use super::told::window;
use crate::drafts::EventDraft;
use crate::finding::{Found, Proof};

/// Paragraphs that are read for sentences about the place.
const MAX_LEAVES: usize = 400;
/// Leaves at the very start whose lines are read one by one.
const HEAD_LEAVES: usize = 5;
/// Lines of such a leaf.
const HEAD_LINES: usize = 8;
/// Bytes behind a linked or quoted place that are looked at.
const BEHIND: usize = 90;
/// Longest name of a place, in characters.
const MAX_NAME: usize = 90;
/// Longest line that gives date and place, in characters.
const MAX_LINE: usize = 120;
/// Bytes before the date in such a line.
const MAX_LEAD: usize = 12;

/// Fills in the venue and its address.
pub fn fill(scope: &Scope<'_, '_>, draft: &mut EventDraft) {
    let places = Places::new(scope, draft);
    let Some(found) = places
        .in_fields(draft)
        .or_else(|| places.in_lines())
        .or_else(|| places.by_date())
        .or_else(|| places.told(true))
        .or_else(|| places.told(false))
    else {
        return;
    };
    draft.venue = Some(found);
}

struct Places<'s, 'a> {
    scope: &'s Scope<'s, 'a>,
    keys: Vec<String>,
}

impl<'s, 'a> Places<'s, 'a> {
    fn new(scope: &'s Scope<'s, 'a>, draft: &EventDraft) -> Self {
        let keys = [&draft.name, &draft.series].into_iter().flatten().map(|n| fold(&n.value)).collect();
        Self { scope, keys }
    }

    /// What the rules of a kind find first in a text, each.
    fn finds<'t>(&self, kind: &'static str, text: &'t str) -> impl Iterator<Item = recap_rules::Found<'a, 't>> {
        self.scope.context.asking_for(Use::Venue, kind, text).filter_map(move |rule| rule.find(text))
    }

    fn says(&self, kind: &'static str, text: &str) -> bool {
        self.scope.context.says(Use::Venue, kind, text)
    }

    fn in_fields(&self, draft: &mut EventDraft) -> Option<Found<String>> {
        let address = self.scope.values("event.address").next();
        if let Some(field) = address {
            draft.address = Some(self.labelled(field.value, field.rule));
        }
        let given = self.scope.given("event.venue").find_map(|(rule, field)| {
            self.cut(Piece::field(self.scope.context.doc, field), draft).map(|p| p.found(&rule.id, rule.confidence))
        });
        let mut first = None;
        for field in self.scope.values("event.venue").chain(self.scope.values("event.host").filter(|f| self.is_place(f.value))) {
            let piece = Piece::of(self.scope.context.doc, field.value);
            if first.is_some() && draft.address.is_none() && field.index > 0 && self.says("address", piece.text) {
                draft.address = Some(self.labelled(field.value, field.rule));
            }
            if first.is_none() {
                first = self.cut(piece, draft).map(|p| p.found(&field.rule.id, field.rule.confidence));
            }
        }
        first.or(given)
    }

    fn labelled(&self, value: Span, rule: &Rule) -> Found<String> {
        Found::verbatim(self.scope.context.doc, value, rule)
    }

    /// Whether a host is a place: it has an address or says where it is.
    fn is_place(&self, value: Span) -> bool {
        let text = self.scope.context.doc.slice(value);
        text.contains([',', '、']) || self.says("address", text)
    }

    /// The name of the place without address and honorific; nothing where no place is named.
    fn cut(&self, piece: Piece<'a>, draft: &mut EventDraft) -> Option<Piece<'a>> {
        let mut piece = self.linked(piece);
        if let Some((start, end)) = self.finds("address", piece.text).next().and_then(|f| f.group("address").map(|(s, e, _)| (s, e))) {
            let name = piece.part(0..start);
            if name.text.chars().filter(|c| c.is_alphanumeric()).count() >= 2 {
                let address = piece.part(start..end);
                draft.address.get_or_insert_with(|| address.found("event/address", 0.85));
                piece = piece.part(0..start);
            }
        }
        self.tidy(piece)
    }

    /// A linked name at the start of a value, where town or address follow.
    fn linked(&self, piece: Piece<'a>) -> Piece<'a> {
        let span = piece.span();
        let first = self.scope.context.links_in(span).next().filter(|l| l.link.span.start == span.start && l.link.form == LinkForm::Anchor);
        let rest = first.and_then(|l| piece.text.get(l.link.span.len()..).map(|rest| (l.link.span.len(), rest)));
        match rest.filter(|(_, rest)| rest.trim_start().starts_with([',', '(', '（', '、'])) {
            Some((end, _)) => piece.part(0..end),
            None => piece,
        }
    }

    fn tidy(&self, piece: Piece<'a>) -> Option<Piece<'a>> {
        let mut piece = piece;
        for _ in 0..4 {
            let length = piece.text.len();
            let end = piece
                .text
                .trim_end_matches(|c: char| {
                    c.is_whitespace()
                        || matches!(c, '(' | '（' | ',' | '、' | '。' | '!' | '！' | '.' | ':' | '：' | '/' | '-' | '〒' | '【' | '[')
                })
                .len();
            let start = piece.text.len()
                - piece.text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ':' | '：' | '、' | ',' | '-')).len();
            piece = if start < end { piece.part(start..end) } else { piece.part(0..0) };
            if let Some(found) = self.finds("cut", piece.text).next().filter(|f| f.end == piece.text.len() && f.start > 0) {
                piece = piece.part(0..found.start);
            }
            if piece.text.len() == length {
                break;
            }
        }
        if let Some(rest) = self.finds("lead", piece.text).find_map(|found| found.group("rest").map(|(start, ..)| start)) {
            piece = piece.part(rest..piece.text.len());
        }
        if let Some(quote) = quotes::find(piece.text).pop().filter(|q| q.outer.end == piece.text.len()) {
            piece = piece.part(quote.inner);
        }
        let count = piece.text.chars().count();
        let fits = (2..=MAX_NAME).contains(&count) && piece.text.chars().any(char::is_alphabetic) && !piece.text.contains("://");
        let own = self.keys.iter().any(|k| *k == fold(piece.text));
        (fits && !own && !self.says("not", piece.text)).then_some(piece)
    }

    /// A place in a sentence: in the document's start, or anywhere.
    fn told(&self, front: bool) -> Option<Found<String>> {
        let context = self.scope.context;
        let leaves = if front { &self.scope.front } else { &context.leaves };
        let read = |kind: &BlockKind| matches!(kind, BlockKind::Paragraph | BlockKind::Heading(2..));
        let paragraphs = leaves.iter().filter(|&&b| read(&context.doc.blocks[b].kind)).take(MAX_LEAVES);
        for &block in paragraphs {
            if self.scope.is_later(block) {
                continue;
            }
            let text = flat(context.text(block));
            if self.is_other_event(block) {
                continue;
            }
            if let Some(found) = self.set_off(block, &text).or_else(|| self.sentence(context.doc.blocks[block].span, &text, "sentence")) {
                return Some(found);
            }
        }
        None
    }

    /// Whether a paragraph links to another event's page.
    fn is_other_event(&self, block: usize) -> bool {
        let doc = self.scope.context.doc;
        let other =
            |key: String| key.chars().count() >= 6 && !self.keys.iter().any(|own| own.contains(key.as_str()) || key.contains(own.as_str()));
        self.scope.context.links_of(block).any(|l| l.kind == LinkKind::Event && other(fold(doc.slice(l.link.span))))
    }

    /// A place in a piece of the document text, which is read on one line, by the rules of a kind.
    fn sentence(&self, piece: Span, line: &str, kind: &'static str) -> Option<Found<String>> {
        let doc = self.scope.context.doc;
        let at = |from: usize, to: usize| Span::new(piece.start + from, piece.start + to);
        for rule in self.scope.context.asking_for(Use::Venue, kind, doc.slice(piece)) {
            for found in rule.find_all(line).take(3) {
                let Some((from, to, _)) = found.group("venue").filter(|(.., raw)| self.is_proper(raw)) else { continue };
                if let Some(place) = self.tidy(Piece::of(doc, at(from, to)).part(0..to - from)) {
                    self.scope.context.fire(&rule.id, at(found.start, found.end));
                    return Some(place.found(&rule.id, rule.confidence));
                }
            }
        }
        None
    }

    /// A line with nothing but date and place, at the document's start.
    fn in_lines(&self) -> Option<Found<String>> {
        let context = self.scope.context;
        let lines = |b: usize| matches!(context.doc.blocks[b].kind, BlockKind::Paragraph | BlockKind::Heading(2..));
        let leaves = self.scope.front.iter().take(HEAD_LEAVES).filter(|&&b| lines(b));
        leaves.into_iter().find_map(|&block| {
            let mut start = context.doc.blocks[block].span.start;
            context.text(block).split('\n').take(HEAD_LINES).find_map(|line| {
                let span = Span::new(start, start + line.len());
                start = span.end + 1;
                self.sentence(span, line, "line")
            })
        })
    }

    /// A place that a pin stands before, or that stands behind the date that a line begins with, or alone in the line below it.
    fn by_date(&self) -> Option<Found<String>> {
        const PINS: [char; 5] = ['📍', '📌', '🏢', '🏛', '🗺'];
        const JOINTS: [char; 10] = [' ', '|', '｜', '@', '·', '•', '-', '–', '—', ','];
        let context = self.scope.context;
        let cx = DateContext { reference: context.reference, lang: Some(context.language) };
        let lines = |b: usize| context.doc.blocks[b].kind == BlockKind::Paragraph;
        let day = |d: &DateMention| d.value.get(..10).and_then(|day| day.parse().ok());
        let mut below = None;
        for &block in self.scope.front.iter().filter(|&&b| lines(b)).take(HEAD_LEAVES) {
            let mut start = context.doc.blocks[block].span.start;
            for line in context.text(block).split('\n').take(HEAD_LINES) {
                let whole = Piece::of(context.doc, Span::new(start, start + line.len()));
                start += line.len() + 1;
                if line.chars().count() > MAX_LINE {
                    below = None;
                    continue;
                }
                let pinned = line.trim_start().strip_prefix(PINS).map(|rest| (rest.trim_start_matches('\u{fe0f}'), "event/place-pin"));
                let dates = element::in_full(context, whole.span(), find_dates(line, &cx));
                let date = dates.into_iter().next_back().filter(|d| d.precision >= Precision::Day && d.start <= MAX_LEAD);
                // A day without an hour may be that of the publication, with the author behind it.
                let met = date.as_ref().is_some_and(|d| d.precision == Precision::Minute && day(d) != context.reference);
                let behind = date.and_then(|d| line.get(d.end..)).map(|rest| rest.trim_start_matches(JOINTS));
                let alone = below.filter(|_| behind.is_none()).map(|met| (line, "event/place-below-date", met));
                let named = behind.map(|rest| (rest, "event/place-behind-date", met)).or(alone);
                let named = named.filter(|(text, _, met)| self.is_place_line(text, *met)).map(|(text, rule, _)| (text, rule));
                if let Some((text, rule)) = pinned.or(named)
                    && let Some(place) = self.tidy(whole.part(line.len() - text.len()..line.len()))
                {
                    return Some(place.found(rule, 0.8));
                }
                // A zone may stand behind the hour.
                below = behind.filter(|rest| !rest.contains(char::is_lowercase) && rest.len() <= 5).map(|_| met);
            }
        }
        None
    }

    /// Whether a line is nothing but a place: a few words and no sentence; where it is not said when people `met`, one of them is
    /// what places are called.
    fn is_place_line(&self, text: &str, met: bool) -> bool {
        let words = text.split_whitespace().count();
        let sentence = text.ends_with(['.', '!', '?', ':']) || text.contains(" at ") || text.contains("  ");
        let label = super::fields::label(self.scope.context, text).is_some();
        (1..=8).contains(&words)
            && text.starts_with(char::is_uppercase)
            && !sentence
            && !label
            && (if met { self.is_proper(text) } else { self.says("noun", text) })
    }

    /// Whether a piece of a sentence has what names of places have.
    fn is_proper(&self, text: &str) -> bool {
        self.says("word", text)
    }

    /// A linked, quoted or bold place.
    fn set_off(&self, block: usize, text: &str) -> Option<Found<String>> {
        let context = self.scope.context;
        let leaf = &context.doc.blocks[block];
        let links =
            context.links_of(block).filter(|l| l.link.form == LinkForm::Anchor && matches!(l.kind, LinkKind::Other)).map(|l| l.link.span);
        let marks = leaf.marks.iter().filter(|m| matches!(m.kind, MarkKind::Strong | MarkKind::Emphasis)).map(|m| m.span);
        let quoted = quotes::find(text).into_iter().map(|q| Span::new(leaf.span.start + q.outer.start, leaf.span.start + q.outer.end));
        for span in links.chain(marks).chain(quoted) {
            let Some(end) = span.end.checked_sub(leaf.span.start) else { continue };
            let behind = window(text, end, (end + BEHIND).min(text.len()));
            let Some(rule) = context.said_by(Use::Venue, "after", behind) else { continue };
            let Some(piece) = self.tidy(Piece::of(context.doc, span)) else { continue };
            context.fire(&rule.id, span);
            return Some(Found::new(
                piece.found(&rule.id, rule.confidence).value,
                Proof::text(piece.span(), &rule.id, Method::Verbatim, rule.confidence),
            ));
        }
        None
    }
}
