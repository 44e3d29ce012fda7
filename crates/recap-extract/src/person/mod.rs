//! Reading persons from pieces of text: names, handles, affiliations.

mod known;
mod parse;
mod score;

pub use known::Known;
pub use parse::{at_handle, joined, people_in, trim, whole_line};

use recap_model::{Handle, Method, Role};
use recap_rules::Use;

use crate::context::Context;
use crate::drafts::PostDraft;
use crate::finding::{Found, Mention, Proof};

/// Everybody who is named beside speakers and organisers: hosts, moderators, the author, posts' authors, pairs of name and handle.
pub fn others(context: &Context<'_>, known: &Known, posts: &[PostDraft]) -> Vec<Mention> {
    let mut people = by_sentence(context);
    people.extend(author(context));
    people.extend(posts.iter().filter_map(attendee));
    people.extend(known.pairs().cloned());
    people
}

/// `司会は…さん`, `hosted by …`: rules with the groups `name` and `handle`, whose kind is the role.
fn by_sentence(context: &Context<'_>) -> Vec<Mention> {
    let mut found = Vec::new();
    for &leaf in &context.leaves {
        let text = context.text(leaf);
        let start = context.doc.blocks[leaf].span.start;
        for rule in context.rules.of(Use::Person, context.language) {
            for hit in rule.find_all(text) {
                let Some((s, e, _)) = hit.group("name").or_else(|| hit.group("handle")) else { continue };
                let span = recap_document::Span::new(start + s, start + e);
                let role = role(rule.kind.as_deref().unwrap_or_default());
                let people = people_in(context, span, role, 0.35);
                if !people.is_empty() {
                    context.fire(&rule.id, span);
                }
                found.extend(people);
            }
        }
    }
    found
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
    let by_sentence = context.leaves.iter().take(12).find_map(|&leaf| {
        let text = context.text(leaf);
        let start = context.doc.blocks[leaf].span.start;
        context.rules.of(Use::Author, context.language).find_map(|rule| {
            let hit = rule.find(text)?;
            let (s, e, _) = hit.group("name").or_else(|| hit.group("handle"))?;
            let span = recap_document::Span::new(start + s, start + e);
            let mut people = people_in(context, span, Role::Author, 0.3);
            context.fire(&rule.id, span);
            (people.len() == 1).then(|| people.remove(0))
        })
    });
    let by_meta = context.doc.meta.author.as_ref().filter(|f| f.value.chars().count() < 60 && !f.value.contains("://")).map(|field| {
        let proof = Proof::field(field, "document/author", Method::Verbatim, 0.9);
        let span = recap_document::Span::default();
        Mention { name: Some(Found::new(field.value.clone(), proof)), ..Mention::new(Role::Author, span) }
    });
    match (by_sentence, by_meta) {
        (Some(mut said), Some(meta)) if said.name.is_none() => {
            said.name = meta.name;
            Some(said)
        }
        (said, meta) => said.or(meta),
    }
}

/// The author of an embedded post was there, or at least took part.
fn attendee(post: &PostDraft) -> Option<Mention> {
    let handle = post.author_handle.as_ref()?;
    let platform = post.platform.value.clone();
    let handles = vec![handle.clone().map(|handle| Handle { platform, handle })];
    Some(Mention { name: post.author_name.clone(), handles, ..Mention::new(Role::Attendee, post.span) })
}
