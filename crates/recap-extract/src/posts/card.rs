//! Posts of which the document gives only the address: a line of its own, a player, a shortcode.

use recap_document::{BlockKind, Link, LinkForm, Span};

use super::{Finder, address, blank};
use crate::drafts::PostDraft;
use crate::finding::{Found, Proof};

/// The posts whose addresses fill a line of a paragraph, and whether nothing else stands in the paragraph.
pub fn read(finder: &Finder<'_>, index: usize) -> (Vec<PostDraft>, bool) {
    let block = &finder.doc.blocks[index];
    let links = block.links.iter().filter(|link| link.form != LinkForm::Image);
    let mut posts = Vec::new();
    let mut only = true;
    for link in links {
        let post = Some(link).filter(|link| fills_line(finder, link, block.span)).and_then(|link| address::post_of(finder, link));
        only &= post.is_some();
        posts.extend(post);
    }
    // An address has no spaces.
    only &= finder.doc.text_of(index).split_whitespace().all(|word| word.starts_with("http"));
    (posts, only)
}

/// Whether a link shows its own address, and nothing stands beside it in its line. A card's link may show nothing.
fn fills_line(finder: &Finder<'_>, link: &Link, block: Span) -> bool {
    let shown = finder.doc.slice(link.span).trim();
    if shown.is_empty() {
        return link.form == LinkForm::Embed;
    }
    // Up to the line's ends, or to what stands beside it: a line may have links without end.
    let blank = |c: &char| c.is_whitespace();
    let before = finder.doc.slice(Span::new(block.start, link.span.start)).chars().rev().find(|c| *c == '\n' || !blank(c));
    let behind = finder.doc.slice(Span::new(link.span.end, block.end)).chars().find(|c| *c == '\n' || !blank(c));
    shown.starts_with("http") && [before, behind].into_iter().flatten().all(|c| c == '\n')
}

/// The post of a player or shortcode.
pub fn read_embed(finder: &Finder<'_>, index: usize) -> Option<PostDraft> {
    let block = &finder.doc.blocks[index];
    block.links.iter().find_map(|link| address::post_of(finder, link)).or_else(|| by_id(finder, index))
}

/// `data-tweet-id` on the frame itself.
fn by_id(finder: &Finder<'_>, index: usize) -> Option<PostDraft> {
    let block = &finder.doc.blocks[index];
    let (name, id) = block.attrs.iter().find(|(name, id)| {
        matches!(&**name, "data-tweet-id" | "data-tweetid") && !id.is_empty() && id.bytes().all(|b| b.is_ascii_digit())
    })?;
    let proof = Proof::attribute(name, id, block.span, "posts/tweet-id", 0.97);
    let mut post = blank(Found::new("twitter".to_owned(), proof.clone()), block.span);
    post.posted_at = address::time_of_id(id).map(|time| Found::new(time, Proof { method: recap_model::Method::Derived, ..proof.clone() }));
    post.id = Some(Found::new(id.clone(), proof));
    Some(post)
}

/// The paragraph behind an embed that only names the embed's source (`<cite>` of link cards).
pub fn citation_behind(finder: &Finder<'_>, index: usize) -> Option<usize> {
    let block = &finder.doc.blocks[index];
    if block.kind != BlockKind::Embed {
        return None;
    }
    let behind = finder.doc.blocks.get(index + 1).filter(|b| b.kind == BlockKind::Paragraph)?;
    let same = |link: &Link| block.links.iter().any(|own| own.url == link.url) && whole(finder, link.span, behind.span);
    behind.links.first().filter(|link| same(link)).map(|_| index + 1)
}

fn whole(finder: &Finder<'_>, part: Span, all: Span) -> bool {
    finder.doc.slice(part).trim() == finder.doc.slice(all).trim()
}
