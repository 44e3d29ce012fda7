//! Saved pages of the network itself: each post is a division with its data in attributes.

use recap_document::{Block, BlockKind, Span};

use super::{Finder, address, body, card};
use crate::drafts::PostDraft;
use crate::finding::{Found, Proof};

/// A post whose division carries id and author (`data-tweet-id`, `data-screen-name`, `data-name`), as twitter.com served them.
pub fn read(finder: &Finder<'_>, index: usize) -> Option<PostDraft> {
    let mut post = card::by_id(finder, index)?;
    let doc = finder.doc;
    let block = &doc.blocks[index];
    let attr = |name: &str| {
        let value = block.attr(name).filter(|v| !v.trim().is_empty())?;
        Some(Found::new(value.to_owned(), Proof::attribute(name, value, block.span, "posts/tweet-page", 0.97)))
    };
    post.author_handle = attr("data-screen-name");
    post.author_name = attr("data-name");
    if let Some(handle) = &post.author_handle {
        let id = post.id.as_ref().map_or("", |id| id.value.as_str());
        let url = format!("https://twitter.com/{}/status/{id}", handle.value);
        post.url = post.id.clone().map(|found| found.map(|_| url));
    }
    let texts: Vec<usize> = (index..block.next).filter(|&i| doc.blocks[i].kind.is_leaf() && has_text_class(&doc.blocks[i])).collect();
    let runs: Vec<Span> = texts.iter().map(|&leaf| Span::new(doc.blocks[leaf].span.start, doc.blocks[leaf].span.start + doc.text_of(leaf).len())).collect();
    if runs.is_empty() && post.author_handle.is_none() && holds_more(finder, index) {
        return None;
    }
    if !runs.is_empty() {
        body::fill(finder, &mut post, &runs, texts.iter().flat_map(|&leaf| doc.blocks[leaf].links.iter()));
    }
    post.posted_at = post.id.as_ref().and_then(|id| address::time_of_id(&id.value).map(|time| id.clone().map(|_| time)));
    Some(post)
}

fn has_text_class(block: &Block) -> bool {
    ["tweet-text", "js-tweet-text", "TweetTextSize"].iter().any(|class| block.has_class(class))
}

/// Whether an embed within tells more than the frame.
fn holds_more(finder: &Finder<'_>, index: usize) -> bool {
    let doc = finder.doc;
    doc.leaves(index).any(|leaf| doc.blocks[leaf].kind == BlockKind::Embed || !doc.text_of(leaf).is_empty())
}
