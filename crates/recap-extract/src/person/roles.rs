//! The parts that people have in an event beside speaking: hosts, organisers, moderators, the author, authors of posts.

use recap_document::Span;
use recap_model::{Handle, LinkKind, Method, Role};
use recap_rules::Use;

use super::Known;
use super::parse::whole_line;
use super::pieces::names_somebody;
use super::text::trim;
use crate::context::Context;
use crate::drafts::PostDraft;
use crate::finding::{Found, Mention, Proof};

/// The author's word for himself is not longer, in characters.
const MAX_SELF: usize = 12;

/// Leaves at the document's start in which the author may greet.
const GREETING: usize = 12;

/// Everybody who is named beside speakers and organisers: hosts, moderators, the author, posts' authors, pairs of name and handle.
pub fn others(context: &Context<'_>, known: &Known, posts: &[PostDraft]) -> Vec<Mention> {
    let mut people = Vec::new();
    for &leaf in &context.leaves {
        by_sentence(context, known, leaf, &mut people);
        by_label(context, known, leaf, &mut people);
    }
    people.extend(author(context));
    people.extend(posts.iter().filter_map(attendee));
    people.extend(known.pairs().cloned());
    people.extend(known.called().cloned());
    people
}

/// `司会は…さん`, `hosted by …`: rules with the group `name`, whose kind is the role.
fn by_sentence(context: &Context<'_>, known: &Known, leaf: usize, people: &mut Vec<Mention>) {
    let text = context.text(leaf);
    let start = context.doc.blocks[leaf].span.start;
    for rule in context.asking(Use::Person, text).filter(|r| r.kind.as_deref() != Some("mentioned")) {
        for hit in rule.find_all(text) {
            let Some((s, e, _)) = hit.group("name") else { continue };
            let span = Span::new(start + s, start + e);
            let found = whole_line(context, Some(known), span, role(rule.kind.as_deref().unwrap_or_default()), 0.35).0;
            if !found.is_empty() {
                context.fire(&rule.id, span);
            }
            people.extend(found);
        }
    }
}

/// Lines `司会: …`, `Moderator: …`.
fn by_label(context: &Context<'_>, known: &Known, leaf: usize, people: &mut Vec<Mention>) {
    if !context.text(leaf).contains([':', '：', '\n']) {
        return;
    }
    let mut start = context.doc.blocks[leaf].span.start;
    for line in context.text(leaf).split('\n') {
        let span = Span::new(start, start + line.len());
        start += line.len() + 1;
        if let Some((role, value)) = labelled(context, span) {
            people.extend(whole_line(context, Some(known), value, role, 0.3).0);
        }
    }
}

/// The role and the rest of a line that begins with a role's label.
pub fn labelled(context: &Context<'_>, span: Span) -> Option<(Role, Span)> {
    let line = context.doc.slice(span);
    if line.len() > 300 {
        return None;
    }
    let bare = line.trim_start_matches(['・', '-', '*', '•', ' ', '\u{3000}', '【', '[', '(', '（']);
    let lead = line.len() - bare.len();
    labels(context, bare).find_map(|rule| {
        let hit = rule.find(bare).filter(|hit| hit.start == 0)?;
        let rest = bare[hit.end..].trim_start_matches([' ', '\u{3000}', '】', ']']);
        let value = rest.strip_prefix([':', '：'])?;
        context.fire(&rule.id, span);
        let value = Span::new(span.start + lead + (bare.len() - value.len()), span.end);
        let value = trim(context.doc, value);
        let unclosed = context.doc.slice(value).strip_suffix([')', '）']).filter(|t| !t.contains(['(', '（']));
        Some((label_role(rule.rule())?, unclosed.map_or(value, |t| Span::new(value.start, value.start + t.len()))))
    })
}

/// The role other than a speaker's that a piece is the very name of: `司会`, `moderator`.
pub fn role_word(context: &Context<'_>, text: &str) -> Option<Role> {
    if text.chars().count() > 24 {
        return None;
    }
    let rule = labels(context, text).find(|rule| rule.find(text).is_some_and(|hit| hit.start == 0 && hit.end == text.len()))?;
    label_role(rule.rule())
}

/// Whether a piece is the author's word for himself: `私`, `me`.
pub fn is_self(context: &Context<'_>, text: &str) -> bool {
    let short = text.len() <= 4 * MAX_SELF && text.chars().count() <= MAX_SELF;
    short && context.asking(Use::Author, text).any(|rule| rule.kind.as_deref() == Some("self") && rule.matches(text))
}

fn labels<'a>(context: &Context<'a>, text: &str) -> impl Iterator<Item = recap_rules::Candidate<'a>> + use<'a> {
    context.asking(Use::Field, text).filter(|r| r.kind.as_deref().is_some_and(|k| k.starts_with("person.")))
}

fn label_role(rule: &recap_rules::Rule) -> Option<Role> {
    rule.kind.as_deref()?.strip_prefix("person.").map(role)
}

fn role(kind: &str) -> Role {
    match kind {
        "speaker" => Role::Speaker,
        "host" => Role::Host,
        "organizer" => Role::Organizer,
        "panelist" => Role::Panelist,
        "moderator" => Role::Moderator,
        "sponsor" => Role::Sponsor,
        "attendee" => Role::Attendee,
        "author" => Role::Author,
        _ => Role::Mentioned,
    }
}

/// The document's author: by a sentence (`こんにちは、@…です`), else by its front matter or head.
pub fn author(context: &Context<'_>) -> Option<Mention> {
    let said = context.leaves.iter().take(GREETING).find_map(|&leaf| by_link(context, leaf).or_else(|| by_greeting(context, leaf)));
    let by_meta = context.doc.meta.author.as_ref().filter(|f| f.value.chars().count() < 60 && !f.value.contains("://")).map(|field| {
        let proof = Proof::field(field, "document/author", Method::Verbatim, 0.9);
        Mention { name: Some(Found::new(field.value.clone(), proof)), ..Mention::new(Role::Author, Span::default()) }
    });
    match (said, by_meta) {
        (Some(mut said), Some(meta)) if said.name.is_none() => {
            said.name = meta.name;
            Some(said)
        }
        (said, meta) => said.or(meta),
    }
}

/// A profile link with `です` behind it or `I am` before it.
fn by_link(context: &Context<'_>, leaf: usize) -> Option<Mention> {
    let whole = context.doc.blocks[leaf].span;
    context.links_of(leaf).filter(|l| l.kind == LinkKind::Profile && l.handle.is_some() && names_somebody(context, l)).find_map(|link| {
        let before = context.doc.slice(Span::new(whole.start, link.link.span.start));
        let after = context.doc.slice(Span::new(link.link.span.end, whole.end));
        let says = |rule: &&recap_rules::Rule| match rule.kind.as_deref() {
            Some("behind-link") => rule.find(after).is_some_and(|hit| hit.start == 0),
            Some("before-link") => rule.find_all(before).last().is_some_and(|hit| hit.end == before.len()),
            _ => false,
        };
        let rule = context.rules.of(Use::Author, context.language).find(says)?;
        let mut people = whole_line(context, None, link.link.span, Role::Author, 0.0).0;
        context.fire(&rule.id, link.link.span);
        (people.len() == 1).then(|| people.remove(0))
    })
}

fn by_greeting(context: &Context<'_>, leaf: usize) -> Option<Mention> {
    let text = context.text(leaf);
    let start = context.doc.blocks[leaf].span.start;
    context.asking(Use::Author, text).filter(|r| r.kind.is_none()).find_map(|rule| {
        let (s, e, _) = rule.find(text)?.group("name")?;
        let span = Span::new(start + s, start + e);
        let mut people = whole_line(context, None, span, Role::Author, 0.3).0;
        context.fire(&rule.id, span);
        (people.len() == 1).then(|| people.remove(0))
    })
}

/// The author of an embedded post was there, or at least took part.
fn attendee(post: &PostDraft) -> Option<Mention> {
    let handle = post.author_handle.as_ref()?;
    let platform = post.platform.value.clone();
    let handles = vec![handle.clone().map(|handle| Handle { platform, handle })];
    Some(Mention { name: post.author_name.clone(), handles, ..Mention::new(Role::Attendee, post.span) })
}
