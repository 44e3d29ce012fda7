//! Posts in quotations: signed by a line, known by their class, or ended by their address.

use recap_document::{Block, Link, LinkForm, Span};
use recap_model::PostStatus;

use super::sign::{Line, Signature};
use super::{Finder, address, blank, body, sign};
use crate::drafts::PostDraft;
use crate::finding::{Found, Proof};

/// A line that holds only an address, or a link to it, is at most this long (bytes).
const MAX_SOURCE_LINE: usize = 200;
/// A quotation without a post's class that is longer (bytes) holds more than posts. It also bounds the work on nested ones.
const MAX_QUOTE: usize = 16_000;

/// What the lines of a quotation are.
#[derive(Default)]
struct Lines {
    signatures: Vec<Signature>,
    /// Lines that are no part of the text.
    dropped: Vec<Span>,
    gone: Option<(String, Span)>,
}

/// The posts in a quotation.
pub fn read(finder: &Finder<'_>, index: usize) -> Vec<PostDraft> {
    let classed = finder.class_rule(index).is_some();
    let block = &finder.doc.blocks[index];
    if !classed && (block.span.len() > MAX_QUOTE || !may_hold(finder, index)) {
        return Vec::new();
    }
    let mut lines = lines(finder, block.span, classed);
    if !lines.signatures.iter().any(|s| s.date.is_some()) {
        lines.signatures.extend(wrapped(finder, index));
    }
    prefer_full(&mut lines.signatures);
    if !classed {
        let signed = lines.signatures.iter().any(|s| s.date.is_some() || s.source.is_some())
            || body::links_within(finder.doc, index).any(|l| finder.address(&l.url).is_some());
        if !signed {
            return Vec::new();
        }
        if lines.signatures.is_empty() {
            return source_line(finder, index).into_iter().collect();
        }
    }
    split(finder, index, &lines)
}

/// A division with a post's class; without text or address it is only a frame around an embed.
pub fn read_group(finder: &Finder<'_>, index: usize) -> Vec<PostDraft> {
    if finder.class_rule(index).is_none() {
        return Vec::new();
    }
    let posts = split(finder, index, &lines(finder, finder.doc.blocks[index].span, true));
    posts.into_iter().filter(|post| post.author_handle.is_some() && post.text.is_some()).collect()
}

/// A paragraph, or one and the paragraph before it, that a full signature with a date ends: a post whose quotation was lost.
pub fn read_paragraph(finder: &Finder<'_>, index: usize) -> Vec<PostDraft> {
    let block = &finder.doc.blocks[index];
    let text = finder.doc.text_of(index);
    let last = text.rsplit('\n').next().unwrap_or(text);
    if !last.contains(['@', '＠']) || !last.contains(['—', '–', '―', '-']) {
        return Vec::new();
    }
    let at = block.span.start + text.len() - last.len();
    match sign::read(finder, last, at) {
        Some(Line::Signature(signature)) if signature.full && signature.date.is_some() && signature.span.start > block.span.start => {
            vec![post(finder, index, &[trim(finder, Span::new(block.span.start, signature.span.start))], Some(&signature), None)]
        }
        _ => Vec::new(),
    }
}

/// Signatures that run over two lines of a leaf, with a date or the post's link in them.
fn wrapped(finder: &Finder<'_>, index: usize) -> Vec<Signature> {
    let doc = finder.doc;
    let read = |leaf| sign::read_wrapped(finder, doc.text_of(leaf), doc.blocks[leaf].span.start);
    let linked = |s: &Signature| body::links_within(doc, index).any(|l| s.span.contains(l.span) && finder.address(&l.url).is_some());
    doc.leaves(index).filter_map(read).filter(|s| s.date.is_some() || linked(s)).collect()
}

/// Of several signatures the full ones count, those with a date first.
fn prefer_full(signatures: &mut Vec<Signature>) {
    for better in [|s: &Signature| s.date.is_some(), |s: &Signature| s.full] {
        if signatures.iter().any(better) {
            signatures.retain(better);
        }
    }
}

/// Whether a quotation has anything that a post needs; cheap.
fn may_hold(finder: &Finder<'_>, index: usize) -> bool {
    let text = finder.doc.slice(finder.doc.blocks[index].span);
    text.contains(['@', '＠']) || body::links_within(finder.doc, index).any(|link| finder.address(&link.url).is_some())
}

fn lines(finder: &Finder<'_>, span: Span, classed: bool) -> Lines {
    let mut lines = Lines::default();
    let mut at = span.start;
    for line in finder.doc.slice(span).split('\n') {
        // Only a post's own element has lines that the network wrote.
        let found = if classed || line.contains(['@', '＠']) { sign::read(finder, line, at) } else { None };
        match found {
            Some(Line::Signature(signature)) => lines.signatures.push(signature),
            Some(Line::Chrome) => lines.dropped.push(Span::new(at, at + line.len())),
            Some(Line::Gone(rule)) => {
                lines.dropped.push(Span::new(at, at + line.len()));
                lines.gone = Some((rule, Span::new(at, at + line.len())));
            }
            None => {}
        }
        at += line.len() + 1;
    }
    lines
}

/// One post for each signature. A single signature may stand within the text (pages copied as text move it there).
fn split(finder: &Finder<'_>, index: usize, lines: &Lines) -> Vec<PostDraft> {
    let whole = finder.doc.blocks[index].span;
    let gone = lines.gone.as_ref();
    match lines.signatures.as_slice() {
        [] => vec![post(finder, index, &runs(finder, whole, None, &lines.dropped), None, gone)],
        [one] => vec![post(finder, index, &runs(finder, whole, Some(one.span), &lines.dropped), Some(one), gone)],
        many => {
            let starts = std::iter::once(whole.start).chain(many.iter().map(|s| s.span.end));
            let parts = starts.zip(many).map(|(start, signature)| (Span::new(start, signature.span.start), signature));
            parts.map(|(part, signature)| post(finder, index, &runs(finder, part, None, &lines.dropped), Some(signature), None)).collect()
        }
    }
}

/// What is left of a span without the signature and the lines that are no text.
fn runs(finder: &Finder<'_>, whole: Span, signature: Option<Span>, dropped: &[Span]) -> Vec<Span> {
    let mut cuts: Vec<Span> = signature.into_iter().chain(dropped.iter().copied()).filter(|cut| whole.contains(*cut)).collect();
    cuts.sort();
    let mut start = whole.start;
    let mut runs = Vec::new();
    for cut in cuts.into_iter().chain([Span::new(whole.end, whole.end)]) {
        runs.push(trim(finder, Span::new(start, cut.start)));
        start = start.max(cut.end);
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn trim(finder: &Finder<'_>, span: Span) -> Span {
    let text = finder.doc.slice(span);
    let start = span.start + (text.len() - text.trim_start().len());
    Span::new(start, start + text.trim().len())
}

fn post(finder: &Finder<'_>, index: usize, runs: &[Span], signature: Option<&Signature>, gone: Option<&(String, Span)>) -> PostDraft {
    let block = &finder.doc.blocks[index];
    let mut post = blank(platform(finder, index, signature), block.span);
    if let Some(signature) = signature {
        post.author_name.clone_from(&signature.name);
        post.author_handle.clone_from(&signature.handle);
        post.posted_at.clone_from(&signature.date);
        if let (Some(first), Some(last)) = (runs.first(), runs.last()) {
            post.span = Span::new(first.start.min(signature.span.start), last.end.max(signature.span.end));
        }
    }
    body::identify(finder, &mut post, index, signature.map(|s| s.span));
    by_source(finder, &mut post, signature);
    by_attribute(finder, &mut post, block);
    if let Some((_, span)) = gone {
        post.status = PostStatus::Gone;
        post.span = *span;
    }
    let runs: Vec<Span> = runs.iter().copied().filter(|run| !is_only_address(finder, index, *run)).collect();
    body::fill(finder, &mut post, &runs, body::links_within(finder.doc, index));
    post
}

/// Whether a run is nothing but the text of a link to the post itself: a placeholder without text.
fn is_only_address(finder: &Finder<'_>, index: usize, run: Span) -> bool {
    body::links_within(finder.doc, index)
        .any(|link| link.span == run && link.form != LinkForm::Image && finder.address(&link.url).is_some())
}

/// By the class; else, for a signature, Twitter unless the handle is a domain or an address.
fn platform(finder: &Finder<'_>, index: usize, signature: Option<&Signature>) -> Found<String> {
    let block = &finder.doc.blocks[index];
    if let (Some(rule), Some(class)) = (finder.class_rule(index), block.attr("class")) {
        return Found::new(Finder::platform(rule), Proof::attribute("class", class, block.span, &rule.id, rule.confidence));
    }
    let handle = signature.and_then(|s| s.handle.as_ref());
    let name = match handle.map(|h| h.value.as_str()) {
        Some(handle) if handle.contains('@') => "mastodon",
        Some(handle) if handle.contains('.') => "bluesky",
        _ => "twitter",
    };
    let span = signature.map_or(block.span, |s| s.span);
    Found::new(name.to_owned(), Proof::text(span, "posts/platform-by-handle", recap_model::Method::Derived, 0.9))
}

/// The address in a signature that is no link (`@name twitter.com/name/status/…`).
fn by_source(finder: &Finder<'_>, post: &mut PostDraft, signature: Option<&Signature>) {
    let Some(span) = signature.and_then(|s| s.source) else { return };
    let text = finder.doc.slice(span);
    let url = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    if let Some(found) = finder.address(&url) {
        let proof = Proof::text(span, &found.rule.id, recap_model::Method::Normalised, found.rule.confidence);
        address::fill(post, &found, &proof);
    }
}

/// Attributes of the element that name the post: `data-embed-url`, `cite`, `data-bluesky-uri` …
fn by_attribute(finder: &Finder<'_>, post: &mut PostDraft, block: &Block) {
    for (name, value) in &block.attrs {
        if !name.starts_with("data-") && name != "cite" {
            continue;
        }
        if let Some(found) = finder.address(value) {
            let proof = Proof::attribute(name, value, block.span, &found.rule.id, found.rule.confidence);
            address::fill(post, &found, &proof);
        }
    }
}

/// A quotation whose last line is nothing but the post's address, or a short line with a link to it.
fn source_line(finder: &Finder<'_>, index: usize) -> Option<PostDraft> {
    let block = &finder.doc.blocks[index];
    let text = finder.doc.slice(block.span).trim_end();
    let last = text.rsplit('\n').next().unwrap_or(text);
    let line = Span::new(block.span.start + text.len() - last.len(), block.span.start + text.len());
    let leads = |link: &&Link| line.contains(link.span) && finder.address(&link.url).is_some();
    let link = body::links_within(finder.doc, index).find(leads)?;
    if line.len() > MAX_SOURCE_LINE || line.start == block.span.start && link.span != line {
        return None;
    }
    let mut post = address::post_of(finder, link)?;
    post.span = block.span;
    let runs = [trim(finder, Span::new(block.span.start, line.start))];
    let runs: &[Span] = if runs[0].is_empty() { &[] } else { &runs };
    body::fill(finder, &mut post, runs, body::links_within(finder.doc, index));
    Some(post)
}
