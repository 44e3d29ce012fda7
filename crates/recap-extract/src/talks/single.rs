//! A page about one talk: a field names its speaker; another one, or the page's heading, its title.

use recap_document::{BlockKind, Span};
use recap_model::{LinkKind, Role};
use recap_rules::Use;
use recap_text::names::fold;

use super::line;
use crate::context::Context;
use crate::drafts::TalkDraft;
use crate::event::fields::{self, Labelled};
use crate::event::piece::Piece;
use crate::finding::{Found, Mention};
use crate::person::{Known, linked_handle, whole_line};

/// A label this sure names who speaks; less sure ones may name who writes.
const SURE_LABEL: f64 = 0.8;
/// How sure the value of such a label must be somebody.
const PERSON: f64 = 0.3;
/// How sure an element called after speakers must be somebody.
const CALLED: f64 = 0.5;
/// A longer text in such an element, in characters, tells about them.
const MAX_NAME: usize = 60;
/// Such elements of a page that are read.
const MAX_CALLED: usize = 12;
/// Headings that may be the page's title.
const HEADINGS: usize = 4;
/// Shortest word of a name by which a line is about its bearer, in characters.
const NAME_WORD: usize = 3;

/// The one talk of a page, where no talk with a speaker was found.
pub fn find(context: &Context<'_>, known: &Known, talks: &[TalkDraft]) -> Option<TalkDraft> {
    if talks.iter().any(|t| !t.speakers.is_empty()) {
        return None;
    }
    let fields = fields::read(context);
    let mut speakers = people(context, known, &fields);
    if speakers.is_empty() {
        return None;
    }
    let (title, span) = title(context, known, &fields)?;
    add_account(context, &mut speakers);
    let mut talk = TalkDraft::at(span, 0.8);
    talk.title = Some(title);
    talk.speakers = speakers;
    talk.leaves = 0..context.leaves.len();
    Some(talk)
}

fn of<'f, 'r>(fields: &'f [Labelled<'r>], kind: &'static str) -> impl Iterator<Item = &'f Labelled<'r>> {
    fields.iter().filter(move |f| f.kind == kind && f.rule.confidence >= SURE_LABEL)
}

/// The people of the only label for speakers, in the text or else in the front matter.
fn people(context: &Context<'_>, known: &Known, fields: &[Labelled<'_>]) -> Vec<Mention> {
    let read = |span: Span| whole_line(context, Some(known), span, Role::Speaker, PERSON).0;
    match of(fields, "talk.speaker").filter(|f| f.index == 0).count() {
        0 => {
            let called = by_class(context, known);
            if !called.is_empty() {
                return called;
            }
            let mut given = context.doc.meta.other.iter().filter(|(key, _)| {
                let rule = fields::label(context, &key.replace(['_', '-'], " "));
                rule.is_some_and(|r| r.kind.as_deref() == Some("talk.speaker") && r.confidence >= SURE_LABEL)
            });
            given
                .next()
                .filter(|_| given.next().is_none())
                .map_or_else(Vec::new, |(_, field)| read(Piece::field(context.doc, field).span()))
        }
        1 => of(fields, "talk.speaker").map(|f| read(f.value)).take_while(|people| !people.is_empty()).flatten().collect(),
        _ => Vec::new(),
    }
}

/// The people in elements that are called after speakers, on a page below an event's: the page's title goes on behind its heading.
fn by_class(context: &Context<'_>, known: &Known) -> Vec<Mention> {
    let Some(heading) = heading_block(context) else { return Vec::new() };
    let goes_on = |t: &recap_document::Field| t.value.chars().count() > context.text(heading).chars().count() + 3;
    if !context.doc.meta.title.as_ref().is_some_and(goes_on) {
        return Vec::new();
    }
    let called = context.leaves.iter().filter(|&&leaf| super::speakers::is_called(context, Some(heading), leaf));
    let short = called.filter(|&&leaf| context.text(leaf).chars().count() <= MAX_NAME).take(MAX_CALLED);
    let mut people: Vec<Mention> = Vec::new();
    for &leaf in short {
        for person in whole_line(context, Some(known), context.doc.blocks[leaf].span, Role::Speaker, CALLED).0 {
            let known = |p: &Mention| p.name.as_ref().map(|n| fold(&n.value)) == person.name.as_ref().map(|n| fold(&n.value));
            if person.name.is_some() && !people.iter().any(known) {
                people.push(person);
            }
        }
    }
    people
}

/// The title in its field, else the page's heading, unless that is called as a meeting is.
fn title(context: &Context<'_>, known: &Known, fields: &[Labelled<'_>]) -> Option<(Found<String>, Span)> {
    let mut titles = of(fields, "talk.title").filter(|f| f.index == 0);
    if let Some(field) = titles.next() {
        let span = line::unquote(context.doc, field.value);
        return titles.next().is_none().then(|| (Found::spoken(context.doc, span, &field.rule.id, 0.88), span));
    }
    let piece = heading(context)?;
    let span = piece.span();
    let shown = context.doc.slice(span) == piece.text;
    let read = shown.then(|| line::read(context, known, span));
    let within = read.as_ref().and_then(|l| l.with_people(0.6)?.title).or_else(|| read.as_ref().and_then(|l| l.plain_title()));
    let text = within.map_or(piece.text, |s| context.doc.slice(s));
    let meets = context.asking(Use::Edition, text).any(|r| r.matches(text));
    let not = context.asking(Use::EventName, text).any(|r| r.kind.as_deref() == Some("not") && r.matches(text));
    if meets || not || fields::label(context, text).is_some() {
        return None;
    }
    let found = within.map_or_else(|| piece.found("talk/page-title", 0.8), |s| Found::spoken(context.doc, s, "talk/page-title", 0.82));
    Some((found, within.unwrap_or(span)))
}

/// The heading that the page is called after, else the only name that it has.
fn heading<'a>(context: &Context<'a>) -> Option<Piece<'a>> {
    let piece = |b: usize| Piece::of(context.doc, context.doc.blocks[b].span).part(0..context.text(b).len());
    heading_block(context).map(piece).or_else(|| context.doc.meta.title.as_ref().map(|t| Piece::field(context.doc, t)))
}

/// The longest of the first headings that the page's title begins with; any of them where it has no title.
fn heading_block(context: &Context<'_>) -> Option<usize> {
    let headings = context.leaves.iter().filter(|&&b| matches!(context.doc.blocks[b].kind, BlockKind::Heading(_))).take(HEADINGS);
    let called = context.doc.meta.title.as_ref().map(|t| fold(&t.value));
    let fits = |b: &&usize| called.as_ref().is_none_or(|title| title.starts_with(&fold(context.text(**b))));
    headings.filter(fits).max_by_key(|&&b| context.text(b).len()).copied()
}

/// The accounts that the page gives for its one speaker: in a line about them, one of a network.
fn add_account(context: &Context<'_>, speakers: &mut [Mention]) {
    let [one] = speakers else { return };
    let name = one.name.as_ref().map(|n| n.value.clone()).unwrap_or_default();
    let words: Vec<String> = name.split_whitespace().map(fold).filter(|w| w.chars().count() >= NAME_WORD).collect();
    let about = |block: usize| {
        let section = context.position(block).map(|p| &context.sections[context.section_at(p)]);
        let text = fold(context.text(block));
        section.is_some_and(|s| matches!(s.kind.as_deref(), Some("speakers" | "author"))) || words.iter().any(|w| text.contains(w.as_str()))
    };
    let accounts: Vec<_> =
        context.links.iter().filter(|l| l.kind == LinkKind::Profile && about(l.block)).filter_map(linked_handle).collect();
    for account in &accounts {
        let same_network = |h: &Found<recap_model::Handle>| h.value.platform == account.value.platform;
        let alone = accounts.iter().filter(|h| same_network(h)).all(|h| h.value == account.value);
        if alone && !one.handles.iter().any(same_network) {
            one.handles.push(account.clone());
        }
    }
}
