//! The text of a post and what stands in it.

use std::collections::HashSet;

use recap_document::{Document, Link, LinkForm, Span};
use recap_model::Method;
use recap_text::entities::find_entities;

use super::{Finder, address};
use crate::drafts::PostDraft;
use crate::finding::{Found, Proof};

/// Rule id of what stands in a post's text.
const RULE: &str = "posts/body";

/// A value and the byte where it stands.
type Placed = (usize, Found<String>);

/// Writes the text in `runs`, and the tags, mentions, links and media in it, into the post. `links` are those of the post's blocks.
pub fn fill<'a>(finder: &Finder<'_>, post: &mut PostDraft, runs: &[Span], links: impl Iterator<Item = &'a Link>) {
    let doc = finder.doc;
    post.text = text(doc, runs);
    let (mut tags, mut mentions, mut urls, mut media) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for run in runs {
        entities(doc, *run, &mut tags, &mut mentions, &mut urls);
    }
    let own = post.url.as_ref().map(|u| u.value.clone());
    for link in links.filter(|link| runs.iter().any(|run| run.contains(link.span)) || link.form == LinkForm::Image) {
        match what(doc, link) {
            What::Tag(found) => tags.push(found),
            What::Mention(found) => mentions.push(found),
            What::Media(found) => media.push(found),
            What::Url(_) if own.is_some() && finder.address(&link.url).and_then(|a| a.url) == own => {}
            What::Url(found) => urls.push(found),
            What::Nothing => {}
        }
    }
    // `pic.twitter.com/…` is the text of a link that was taken for a picture already.
    let linked: HashSet<usize> = media.iter().map(|(at, _)| *at).collect();
    media.extend(urls.extract_if(.., |(_, url)| is_media(&url.value)).filter(|(at, _)| !linked.contains(at)));
    post.hashtags = unique(tags);
    post.mentions = unique(mentions);
    post.links = unique(urls);
    post.media = unique(media);
}

fn text(doc: &Document, runs: &[Span]) -> Option<Found<String>> {
    let whole = runs.iter().map(|run| doc.slice(*run)).collect::<Vec<_>>().join("\n");
    let method = if runs.len() == 1 { Method::Verbatim } else { Method::Normalised };
    let proofs: Vec<Proof> = runs.iter().map(|run| Proof::text(*run, RULE, method, 0.97)).collect();
    (!whole.is_empty()).then_some(Found { value: whole, proofs })
}

fn entities(doc: &Document, run: Span, tags: &mut Vec<Placed>, mentions: &mut Vec<Placed>, urls: &mut Vec<Placed>) {
    let found = find_entities(doc.slice(run));
    let place = |value: String, start: usize, end: usize, method: Method| {
        let span = Span::new(run.start + start, run.start + end);
        (span.start, Found::new(value, Proof::text(span, RULE, method, 0.97)))
    };
    tags.extend(found.hashtags.into_iter().map(|t| place(t.tag, t.start, t.end, Method::Normalised)));
    mentions.extend(found.mentions.into_iter().map(|m| place(m.handle, m.start, m.end, Method::Normalised)));
    urls.extend(found.urls.into_iter().map(|u| place(u.url, u.start, u.end, Method::Verbatim)));
}

enum What {
    Tag(Placed),
    Mention(Placed),
    Media(Placed),
    Url(Placed),
    Nothing,
}

/// What a link in a post stands for: its text tells more than its target.
fn what(doc: &Document, link: &Link) -> What {
    let shown = doc.slice(link.span).trim();
    let by_text = |value: &str| (link.span.start, Found::new(value.to_owned(), Proof::text(link.span, RULE, Method::Normalised, 0.97)));
    let by_target = || (link.span.start, Found::new(link.url.clone(), address_proof(doc, link)));
    match shown.chars().next() {
        _ if link.form == LinkForm::Image && is_portrait(&link.url) => What::Nothing,
        _ if link.form == LinkForm::Image => What::Media(by_target()),
        Some('#' | '＃') => What::Tag(by_text(shown.trim_start_matches(['#', '＃']))),
        Some('@' | '＠') => What::Mention(by_text(shown.trim_start_matches(['@', '＠']))),
        _ if is_media(shown) => What::Media(by_target()),
        // A bare address is found in the text already.
        _ if link.form == LinkForm::Bare => What::Nothing,
        _ => What::Url(by_target()),
    }
}

fn address_proof(doc: &Document, link: &Link) -> Proof {
    if doc.slice(link.span) == link.url {
        return Proof::text(link.span, RULE, Method::Verbatim, 0.97);
    }
    Proof::attribute(&link.attribute, &link.url, link.span, RULE, 0.97)
}

/// `pic.twitter.com/…`: what networks show for a picture.
fn is_media(url: &str) -> bool {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.starts_with("pic.twitter.com/") || rest.starts_with("pic.x.com/")
}

/// Pictures of the author and of emoji.
fn is_portrait(url: &str) -> bool {
    ["/profile_images/", "/emoji/", "/avatar", "abs.twimg.com"].iter().any(|part| url.contains(part))
}

/// Each value once, letter case apart, in the order of the text.
fn unique(mut found: Vec<Placed>) -> Vec<Found<String>> {
    found.sort_by_key(|(at, _)| *at);
    let mut seen = HashSet::new();
    found.into_iter().map(|(_, f)| f).filter(|f| !f.value.is_empty() && seen.insert(f.value.to_lowercase())).collect()
}

/// The links of a block's leaves.
pub fn links_within(doc: &Document, block: usize) -> impl Iterator<Item = &Link> {
    doc.leaves(block).flat_map(|leaf| doc.blocks[leaf].links.iter())
}

/// Fills the id, address and author from the link that leads to the post itself, if there is one within `near`; else anywhere.
pub fn identify(finder: &Finder<'_>, post: &mut PostDraft, block: usize, near: Option<Span>) {
    let handle = post.author_handle.as_ref().map(|h| h.value.to_lowercase());
    let mut best = None;
    for link in links_within(finder.doc, block) {
        let Some(found) = finder.address(&link.url) else { continue };
        let signed = near.is_some_and(|span| span.contains(link.span));
        let own = handle.is_some() && found.handle.as_ref().map(|h| h.to_lowercase()) == handle;
        let rank = (signed, own, near.is_none() || handle.is_none());
        if (signed || own || near.is_none()) && best.as_ref().is_none_or(|(old, _, _)| *old <= rank) {
            best = Some((rank, found, address::proof(finder.doc, link, finder.posts[0])));
        }
    }
    if let Some(((signed, own, _), found, mut proof)) = best {
        proof.rule.clone_from(&found.rule.id);
        // Where a signature's link names another account than its text, the link is what was copied.
        if signed && !own && found.handle.is_some() {
            post.author_handle = None;
        }
        post.platform = Found::new(Finder::platform(found.rule), proof.clone());
        address::fill(post, &found, &proof);
    }
}
