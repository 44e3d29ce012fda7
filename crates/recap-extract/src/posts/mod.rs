//! Embedded and exported posts: quotations with a signature, cards known by their address only, records of APIs.

mod address;
mod body;
mod card;
mod quote;
mod record;
mod sign;
#[cfg(test)]
mod tests;

use std::collections::{HashMap, HashSet};

use recap_document::{BlockKind, Document, Region, Span};
use recap_model::PostStatus;
use recap_rules::{Rule, Rules, Use};

use crate::drafts::PostDraft;
use crate::finding::Found;

/// The posts of a document in reading order, and the blocks that they take (containers or leaves): no other extractor reads those.
pub fn find(document: &Document, rules: &Rules) -> (Vec<PostDraft>, HashSet<usize>) {
    let finder = Finder::new(document, rules);
    let mut taken = HashSet::new();
    let mut posts = Vec::new();
    let mut index = 0;
    while let Some(block) = document.blocks.get(index) {
        let furniture = matches!(block.kind, BlockKind::Section(Region::Nav | Region::Aside | Region::Chrome | Region::Comments));
        let found = if furniture { Vec::new() } else { finder.at(index, &mut taken) };
        let skip = furniture || !found.is_empty();
        posts.extend(found);
        index = if skip { block.next.max(index + 1) } else { index + 1 };
    }
    // What stands in the text comes before what only the data around it says.
    posts.extend(record::read(&finder));
    let mut posts = once_each(posts);
    posts.sort_by_key(|post| post.span.start);
    (posts, taken)
}

/// The document with the rules that tell of posts.
struct Finder<'a> {
    doc: &'a Document,
    posts: Vec<&'a Rule>,
    signatures: Vec<&'a Rule>,
    /// For each block, whether an embedded post that its class tells stands in it.
    holds: Vec<bool>,
}

impl<'a> Finder<'a> {
    fn new(doc: &'a Document, rules: &'a Rules) -> Self {
        // Posts are in any language, whatever the document's is.
        let of = |purpose: Use| rules.of_any_language(purpose).collect();
        let mut finder = Self { doc, posts: of(Use::Post), signatures: of(Use::Signature), holds: vec![false; doc.blocks.len()] };
        for index in (0..doc.blocks.len()).rev() {
            if finder.class_rule(index).is_some() {
                finder.mark_ancestors(index);
            }
        }
        finder
    }

    /// Marks what holds a block; stops at what is marked already, so that all marks together take linear time.
    fn mark_ancestors(&mut self, index: usize) {
        let doc = self.doc;
        for parent in doc.ancestors(index) {
            if std::mem::replace(&mut self.holds[parent], true) {
                return;
            }
        }
    }

    /// The rule that knows a container by its class.
    fn class_rule(&self, index: usize) -> Option<&'a Rule> {
        let block = self.doc.blocks.get(index)?;
        if !matches!(block.kind, BlockKind::Quote | BlockKind::Section(_)) {
            return None;
        }
        let class = block.attr("class")?;
        self.posts.iter().copied().find(|rule| rule.matches(class))
    }

    /// The posts that begin at a block, with the blocks they take.
    fn at(&self, index: usize, taken: &mut HashSet<usize>) -> Vec<PostDraft> {
        let block = &self.doc.blocks[index];
        let mut whole = true;
        let posts = match block.kind {
            _ if self.holds[index] => Vec::new(),
            BlockKind::Quote => quote::read(self, index),
            BlockKind::Section(_) => quote::read_group(self, index),
            BlockKind::Paragraph => match card::read(self, index) {
                (cards, only) if !cards.is_empty() => {
                    whole = only;
                    cards
                }
                _ => quote::read_paragraph(self, index),
            },
            BlockKind::Embed => card::read_embed(self, index).into_iter().collect(),
            _ => Vec::new(),
        };
        if !posts.is_empty() && whole {
            taken.insert(index);
            taken.extend(card::citation_behind(self, index));
        }
        posts
    }
}

/// A post of which nothing is known but its platform and place.
fn blank(platform: Found<String>, span: Span) -> PostDraft {
    PostDraft {
        platform,
        id: None,
        url: None,
        author_name: None,
        author_handle: None,
        posted_at: None,
        text: None,
        hashtags: Vec::new(),
        mentions: Vec::new(),
        links: Vec::new(),
        media: Vec::new(),
        status: PostStatus::Embedded,
        span,
    }
}

/// Each post once: of several with the same id, the first one that tells most stays.
fn once_each(posts: Vec<PostDraft>) -> Vec<PostDraft> {
    let mut places: HashMap<(String, String), usize> = HashMap::new();
    let mut kept: Vec<PostDraft> = Vec::with_capacity(posts.len());
    for post in posts {
        let Some(id) = &post.id else {
            kept.push(post);
            continue;
        };
        let key = (post.platform.value.clone(), id.value.clone());
        match places.get(&key).copied() {
            None => {
                places.insert(key, kept.len());
                kept.push(post);
            }
            Some(at) if wealth(&post) > wealth(&kept[at]) => kept[at] = post,
            Some(_) => {}
        }
    }
    kept
}

/// How many fields are known.
fn wealth(post: &PostDraft) -> usize {
    [&post.url, &post.author_name, &post.author_handle, &post.posted_at, &post.text].into_iter().flatten().count()
}
