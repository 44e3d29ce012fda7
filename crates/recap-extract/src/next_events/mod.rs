//! Later events that the document announces: lines with a cue (`次回は`, `see you at`), sections that are about them, and the
//! series' own name with a higher number.

mod line;
mod name;
mod series;
#[cfg(test)]
mod tests;

use jiff::civil::Date;
use recap_document::{BlockKind, Span};
use recap_rules::{Candidate, Use};

use crate::context::Context;
use crate::drafts::{EventDraft, NextDraft};
use crate::finding::Found;

/// A document does not announce more later events than this; a longer list is a calendar.
const MAX_EVENTS: usize = 12;
/// So many findings are compared with each other.
const MAX_DRAFTS: usize = 100;

/// Later events that the document announces.
pub fn find(context: &Context<'_>, event: &EventDraft) -> Vec<NextDraft> {
    let finder = Finder::new(context, event);
    let mut drafts = finder.announced();
    drafts.extend(finder.later_editions());
    // What says when the event itself is announces no other.
    let own = event.start.iter().flat_map(|s| &s.proofs).map(|p| p.place.span()).collect::<Vec<_>>();
    drafts.retain(|d| d.date.is_some() || !own.iter().any(|span| !span.is_empty() && d.span.contains(*span)));
    drafts.sort_by_key(|d| (d.span.start, d.span.end));
    drafts.truncate(MAX_DRAFTS);
    let mut kept: Vec<NextDraft> = Vec::new();
    for draft in drafts {
        match kept.iter_mut().find(|old| same(old, &draft)) {
            Some(old) => complete(old, draft),
            None => kept.push(draft),
        }
    }
    kept.truncate(MAX_EVENTS);
    for draft in &kept {
        for proof in [&draft.name, &draft.date, &draft.url].into_iter().flatten().flat_map(|f| &f.proofs) {
            context.fire(&proof.rule, draft.span);
        }
    }
    kept
}

/// Names are compared up to here, in characters.
const MAX_NAME: usize = 90;

/// A line that opens a list of later events is not longer, in bytes.
const MAX_OPENING: usize = 160;

struct Finder<'c, 'a> {
    context: &'c Context<'a>,
    event: &'c EventDraft,
    /// Later events lie after this day.
    base: Option<Date>,
}

impl<'c, 'a> Finder<'c, 'a> {
    fn new(context: &'c Context<'a>, event: &'c EventDraft) -> Self {
        let day = |found: &Option<Found<String>>| found.as_ref().and_then(|f| f.value.get(..10)?.parse::<Date>().ok());
        Self { context, event, base: day(&event.end).or_else(|| day(&event.start)).or(context.reference) }
    }

    /// Rules that may see an announcement in a line.
    fn cues(&self, line: &str) -> impl Iterator<Item = Candidate<'a>> + use<'a> {
        self.context.asking(Use::NextEvent, line).filter(|r| matches!(r.kind.as_deref(), None | Some("cue" | "closing")))
    }

    /// Announcements, line by line.
    fn announced(&self) -> Vec<NextDraft> {
        let mut drafts: Vec<NextDraft> = Vec::new();
        let mut open: Option<usize> = None;
        for (section, outline) in self.context.sections.iter().enumerate() {
            let about_next = self.is_about_next(section);
            let heading = outline.heading.and_then(|h| self.context.position(h));
            let mut listed = false;
            let mut named =
                outline.parent.filter(|&above| self.is_about_next(above)).and(outline.heading).and_then(|h| self.heading_name(h));
            for position in heading.into_iter().chain(outline.own.clone()) {
                listed = listed && self.is_item(position);
                let late = position * 5 >= self.context.leaves.len() * 2;
                for line in self.lines(position) {
                    let found = self.line(line, (about_next || listed) && Some(position) != heading, late);
                    let is_heading = Some(position) == heading;
                    if about_next && !is_heading && self.is_unnamed(&found) {
                        if let Some(draft) = self.under(named.as_ref(), line) {
                            drafts.push(draft);
                            continue;
                        }
                        named = self.whole_name(line).or(named);
                    }
                    listed |= found.is_empty() && late && self.opens_list(line);
                    // `詳細はこちら` behind an announcement gives it its address.
                    if found.is_empty()
                        && let Some(at) = open
                        && let Some(url) = self.event_link(line).filter(|_| drafts[at].url.is_none())
                    {
                        drafts[at].url = Some(url);
                        continue;
                    }
                    open = if found.is_empty() {
                        open.filter(|_| line.start < drafts.last().map_or(0, |d| d.span.end + 400))
                    } else {
                        Some(drafts.len())
                    };
                    drafts.extend(found);
                }
            }
            open = None;
        }
        drafts
    }

    /// Whether a section, or one that it is part of, announces later events.
    fn is_about_next(&self, section: usize) -> bool {
        let sections = &self.context.sections;
        std::iter::successors(Some(section), |&s| sections[s].parent).any(|s| {
            // Headings of sections that announce, whatever else stands in them.
            let announces = |h: usize| self.context.says(Use::NextEvent, "heading", self.context.text(h));
            sections[s].kind.as_deref() == Some("next") || sections[s].heading.is_some_and(announces)
        })
    }

    /// `Upcoming conferences:`, a line that opens a list of later events.
    fn opens_list(&self, line: Span) -> bool {
        let text = self.text(line).trim_end();
        text.len() <= MAX_OPENING && text.ends_with([':', '：']) && self.cues(text).any(|r| r.matches(text))
    }

    fn is_item(&self, position: usize) -> bool {
        self.context.doc.ancestors(self.context.leaves[position]).any(|b| self.context.doc.blocks[b].kind == BlockKind::Item)
    }

    fn lines(&self, position: usize) -> Vec<Span> {
        let block = self.context.leaves[position];
        if self.context.doc.blocks[block].kind == BlockKind::Code {
            return Vec::new();
        }
        let mut at = self.context.doc.blocks[block].span.start;
        let mut lines = Vec::new();
        for line in self.context.text(block).split('\n') {
            if !line.trim().is_empty() {
                lines.push(Span::new(at, at + line.len()));
            }
            at += line.len() + 1;
        }
        lines
    }

    fn text(&self, span: Span) -> &'a str {
        self.context.doc.slice(span)
    }
}

/// Whether two announcements are of the same event.
fn same(a: &NextDraft, b: &NextDraft) -> bool {
    let equal = |x: &Option<Found<String>>, y: &Option<Found<String>>, key: fn(&str) -> Option<String>| match (x, y) {
        (Some(x), Some(y)) => Some(key(&x.value) == key(&y.value)),
        _ => None,
    };
    if let Some(same) = equal(&a.url, &b.url, recap_text::urls::resource_key) {
        return same;
    }
    let name = |n: &str| Some(recap_text::names::fold(n));
    match equal(&a.name, &b.name, name) {
        Some(true) => true,
        // The long name holds the short one: `#4「…」`.
        Some(false) => {
            let fold = |f: &Option<Found<String>>| f.as_ref().map(|f| recap_text::names::fold(&f.value)).unwrap_or_default();
            let (x, y) = (fold(&a.name), fold(&b.name));
            let apart = a.date.is_some() != b.date.is_some() && a.url.is_some() != b.url.is_some();
            x.len().min(y.len()) >= 6 && (x.contains(&y) || y.contains(&x) || apart && abbreviates(&x, &y))
        }
        None => equal(&a.date, &b.date, |d| d.get(..10).map(str::to_owned)) == Some(true),
    }
}

/// Whether most characters of the shorter name stand in the longer one, in order: `OSSカンファレンス沖縄`.
fn abbreviates(x: &str, y: &str) -> bool {
    let (short, long) = if x.len() <= y.len() { (x, y) } else { (y, x) };
    let (short, long): (Vec<char>, Vec<char>) = (short.chars().take(MAX_NAME).collect(), long.chars().take(MAX_NAME).collect());
    let mut row = vec![0usize; short.len() + 1];
    for c in long {
        let mut before = 0;
        for (i, s) in short.iter().enumerate() {
            let above = row[i + 1];
            row[i + 1] = if *s == c { before + 1 } else { above.max(row[i]) };
            before = above;
        }
    }
    row.last().is_some_and(|&common| common >= 6 && common * 10 >= short.len() * 7)
}

/// Takes over what the first announcement did not say.
fn complete(old: &mut NextDraft, new: NextDraft) {
    if new.name.as_ref().map_or(0, |n| n.value.len()) > old.name.as_ref().map_or(0, |n| n.value.len()) {
        old.name = new.name;
    }
    old.date = old.date.take().or(new.date);
    old.url = old.url.take().or(new.url);
}
