//! Talks, questions, posts, links, sections, next events and the source.

use recap_document::{LinkForm, Span};
use recap_model::{Answer, Author, Issue, Link, Method, NextEvent, Post, Section, Talk, TalkKind};

use super::evidence::Ledger;
use super::people::Roster;
use super::{Parts, SOURCE};
use crate::context::Context;
use crate::drafts::{NextDraft, PostDraft, TalkDraft};
use crate::finding::{Found, Proof};
use crate::people::proof_of;

/// The source as the document describes itself.
pub fn source(context: &Context<'_>, source: &super::Source<'_>, ledger: &mut Ledger<'_>) -> recap_model::Source {
    let meta = &context.doc.meta;
    let mut field = |name: &str, field: Option<&recap_document::Field>| {
        let field = field?;
        let proof = Proof::field(field, "document/meta", Method::Verbatim, 0.95);
        ledger.proofs(format!("/sources/0/{name}"), &[proof]);
        Some(field.value.clone())
    };
    recap_model::Source {
        title: field("title", meta.title.as_ref()),
        author: field("author", meta.author.as_ref()),
        published_at: field("published_at", meta.published.as_ref()),
        id: SOURCE.to_owned(),
        kind: source.kind,
        path: source.input.path.map(str::to_owned),
        url: source.input.url.map(str::to_owned),
        language: Some(context.language.to_owned()),
        sha256: source.input.sha256.to_owned(),
    }
}

/// Talks with ids.
pub fn talks(context: &Context<'_>, drafts: &[TalkDraft], roster: &Roster, ledger: &mut Ledger<'_>) -> Vec<Talk> {
    drafts.iter().enumerate().map(|(i, draft)| talk(context, i, draft, roster, ledger)).collect()
}

fn talk(context: &Context<'_>, index: usize, draft: &TalkDraft, roster: &Roster, ledger: &mut Ledger<'_>) -> Talk {
    let at = |field: &str| format!("/talks/{index}/{field}");
    let mut speakers: Vec<String> = Vec::new();
    for mention in &draft.speakers {
        if let Some(id) = roster.id(mention)
            && !speakers.contains(&id)
        {
            ledger.proofs(at(&format!("speakers/{}", speakers.len())), &[proof_of(mention)]);
            speakers.push(id);
        }
    }
    let kind = match &draft.kind {
        Some(kind) => ledger.value(at("kind"), kind),
        None => {
            ledger.proofs(at("kind"), &[plain_kind(draft)]);
            TalkKind::Talk
        }
    };
    Talk {
        id: format!("t{}", index + 1),
        kind,
        title: ledger.optional(at("title"), draft.title.as_ref()),
        speakers,
        slides: ledger.list(&at("slides"), &draft.slides),
        videos: ledger.list(&at("videos"), &draft.videos),
        links: ledger.list(&at("links"), &draft.links),
        start: ledger.optional(at("start"), draft.start.as_ref()),
        end: ledger.optional(at("end"), draft.end.as_ref()),
        language: None,
        section: Some(section_id(context.section_of_offset(draft.span.start))),
        summary: None,
    }
}

/// A talk of which nothing tells the kind is a plain one: shown where it is told of.
fn plain_kind(draft: &TalkDraft) -> Proof {
    let told = draft.title.as_ref().and_then(|t| t.proofs.first()).cloned().or_else(|| draft.speakers.first().map(proof_of));
    let base = told.filter(|_| draft.span.is_empty()).unwrap_or_else(|| Proof::text(draft.span, "talk/plain", Method::Derived, 0.7));
    Proof { rule: "talk/plain".to_owned(), method: Method::Derived, confidence: 0.7, ..base }
}

fn section_id(index: usize) -> String {
    format!("s{}", index + 1)
}

/// Questions with their talks and those who answered.
pub fn questions(parts: &Parts, talks: &[Talk], ledger: &mut Ledger<'_>) -> Vec<Answer> {
    parts
        .questions
        .iter()
        .enumerate()
        .map(|(i, draft)| {
            let talk = draft.talk.and_then(|t| talks.get(t));
            let answered_by = talk.filter(|_| draft.answer.is_some()).map(|t| t.speakers.clone()).unwrap_or_default();
            let answer = Answer {
                question: ledger.value(format!("/questions/{i}/question"), &draft.question),
                answer: ledger.optional(format!("/questions/{i}/answer"), draft.answer.as_ref()),
                talk: talk.map(|t| t.id.clone()),
                answered_by,
            };
            if let Some(talk) = draft.talk.filter(|&t| t < talks.len()) {
                for n in 0..answer.answered_by.len() {
                    ledger.derived(
                        &format!("/questions/{i}/answered_by/{n}"),
                        &format!("/talks/{talk}/speakers/{n}"),
                        "question/answered-by-speaker",
                    );
                }
                ledger.derived(&format!("/questions/{i}/talk"), &format!("/questions/{i}/question"), "question/in-talk");
            }
            answer
        })
        .collect()
}

/// Posts with their sections.
pub fn posts(context: &Context<'_>, drafts: &[PostDraft], ledger: &mut Ledger<'_>) -> Vec<Post> {
    let mut write = |i: usize, draft: &PostDraft| {
        let at = |field: &str| format!("/posts/{i}/{field}");
        Post {
            platform: ledger.value(at("platform"), &draft.platform),
            id: ledger.optional(at("id"), draft.id.as_ref()),
            url: ledger.optional(at("url"), draft.url.as_ref()),
            author: Author {
                name: ledger.optional(at("author/name"), draft.author_name.as_ref()),
                handle: ledger.optional(at("author/handle"), draft.author_handle.as_ref()),
            },
            posted_at: ledger.optional(at("posted_at"), draft.posted_at.as_ref()),
            text: ledger.optional(at("text"), draft.text.as_ref()),
            hashtags: ledger.list(&at("hashtags"), &draft.hashtags),
            mentions: ledger.list(&at("mentions"), &draft.mentions),
            links: ledger.list(&at("links"), &draft.links),
            media: ledger.list(&at("media"), &draft.media),
            section: Some(section_id(context.section_of_offset(draft.span.start))),
            status: draft.status,
        }
    };
    drafts.iter().enumerate().map(|(i, draft)| write(i, draft)).collect()
}

/// A post by itself, without a recap around it.
pub fn post_alone(draft: &PostDraft) -> Post {
    let value = |found: &Option<Found<String>>| found.as_ref().map(|f| f.value.clone());
    let values = |found: &[Found<String>]| found.iter().map(|f| f.value.clone()).collect();
    Post {
        platform: draft.platform.value.clone(),
        id: value(&draft.id),
        url: value(&draft.url),
        author: Author { name: value(&draft.author_name), handle: value(&draft.author_handle) },
        posted_at: value(&draft.posted_at),
        text: value(&draft.text),
        hashtags: values(&draft.hashtags),
        mentions: values(&draft.mentions),
        links: values(&draft.links),
        media: values(&draft.media),
        section: None,
        status: draft.status,
    }
}

/// Every link of the content, once per section.
pub fn links(context: &Context<'_>, ledger: &mut Ledger<'_>) -> Vec<Link> {
    let mut seen = std::collections::HashSet::new();
    let mut out: Vec<Link> = Vec::new();
    for found in &context.links {
        let section = context.section_of_offset(found.link.span.start);
        if !seen.insert((section, found.url.clone())) {
            continue;
        }
        let text = context.doc.slice(found.link.span);
        let proof = if found.link.form == LinkForm::Bare {
            Proof::text(found.link.span, found.rule, Method::Normalised, 0.95)
        } else {
            let quote = found.link.raw.as_deref().unwrap_or(&found.link.url);
            Proof::attribute(&found.link.attribute, quote, found.link.span, found.rule, 0.95)
        };
        ledger.proofs(format!("/links/{}", out.len()), &[proof]);
        let text = Some(text).filter(|t| !t.is_empty() && found.link.form == LinkForm::Anchor).map(str::to_owned);
        out.push(Link { url: found.url.clone(), kind: found.kind, text, section: Some(section_id(section)) });
    }
    out
}

/// The outline with its texts.
pub fn sections(context: &Context<'_>, ledger: &mut Ledger<'_>) -> Vec<Section> {
    let mut write = |i: usize, outline: &crate::context::Outline| {
        let leaves = &context.leaves[outline.own.clone()];
        let heading = outline.heading.map(|block| context.text(block).to_owned());
        let place = outline.heading.or(leaves.first().copied()).map(|block| context.doc.blocks[block].span);
        if let Some(place) = place.filter(|p| !p.is_empty()) {
            ledger.proofs(format!("/sections/{i}"), &[Proof::text(first_line(context, place), "document/section", Method::Verbatim, 0.95)]);
        }
        let text = leaves.iter().map(|&block| context.text(block)).filter(|t| !t.is_empty()).collect::<Vec<_>>().join("\n");
        Section { id: section_id(i), level: outline.level, heading, kind: outline.kind.clone(), text }
    };
    context.sections.iter().enumerate().map(|(i, outline)| write(i, outline)).collect()
}

fn first_line(context: &Context<'_>, span: Span) -> Span {
    let length = context.doc.slice(span).find('\n').unwrap_or(span.len());
    Span::new(span.start, span.start + length)
}

/// Later events.
pub fn next_events(drafts: &[NextDraft], ledger: &mut Ledger<'_>) -> Vec<NextEvent> {
    let mut write = |i: usize, draft: &NextDraft| NextEvent {
        name: ledger.optional(format!("/next_events/{i}/name"), draft.name.as_ref()),
        date: ledger.optional(format!("/next_events/{i}/date"), draft.date.as_ref()),
        url: ledger.optional(format!("/next_events/{i}/url"), draft.url.as_ref()),
    };
    drafts.iter().enumerate().map(|(i, draft)| write(i, draft)).collect()
}

/// What was wrong with the source.
pub fn issues(context: &Context<'_>) -> Vec<Issue> {
    let issue = |p: &recap_document::Problem| Issue {
        code: p.code.to_owned(),
        message: p.message.clone(),
        source: Some(SOURCE.to_owned()),
        start: None,
    };
    context.doc.problems.iter().map(issue).collect()
}
