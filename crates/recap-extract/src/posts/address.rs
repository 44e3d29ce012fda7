//! What a post's address tells: network, author, id, and by the id of a tweet its time.

use recap_document::{Document, Link, LinkForm};
use recap_model::{Method, PostStatus};
use recap_rules::Rule;

use super::{Finder, blank};
use crate::drafts::PostDraft;
use crate::finding::{Found, Proof};

/// A post's address.
pub struct Address<'r> {
    /// The rule that knew it.
    pub rule: &'r Rule,
    /// Canonical, where it is a page's address.
    pub url: Option<String>,
    /// Without `@`.
    pub handle: Option<String>,
    /// The network's id.
    pub id: String,
}

impl<'a> Finder<'a> {
    /// Reads an address, if it is one of a post.
    pub fn address(&self, url: &str) -> Option<Address<'a>> {
        let url = url.trim();
        if !url.starts_with("http") && !url.starts_with("at:") {
            return None;
        }
        self.posts.iter().copied().find_map(|rule| {
            let found = rule.find(url)?;
            let group = |names: &[&str]| names.iter().find_map(|name| found.group(name)).map(|(_, _, text)| text.to_owned());
            Some(Address {
                rule,
                url: group(&["url"]).or_else(|| found.value()),
                handle: group(&["handle", "handle2"]),
                id: group(&["id", "id2", "id3"])?,
            })
        })
    }

    /// The network of a rule.
    pub fn platform(rule: &Rule) -> String {
        rule.kind.clone().unwrap_or_default()
    }
}

/// Where an address stands.
pub fn proof(doc: &Document, link: &Link, rule: &Rule) -> Proof {
    if link.form == LinkForm::Bare && doc.slice(link.span) == link.url {
        return Proof::text(link.span, &rule.id, Method::Normalised, rule.confidence);
    }
    Proof::attribute(&link.attribute, &link.url, link.span, &rule.id, rule.confidence)
}

/// Fills what the address tells and the post does not know better.
pub fn fill(post: &mut PostDraft, address: &Address<'_>, proof: &Proof) {
    let found = |value: &String| Found::new(value.clone(), proof.clone());
    post.id = post.id.take().or_else(|| Some(found(&address.id)));
    post.url = post.url.take().or_else(|| address.url.as_ref().map(found));
    post.author_handle = post.author_handle.take().or_else(|| address.handle.as_ref().map(found));
    if post.posted_at.is_none() && post.platform.value == "twitter" {
        post.posted_at = time_of_id(&address.id).map(|time| Found::new(time, Proof { method: Method::Derived, ..proof.clone() }));
    }
}

/// The instant that a tweet's id carries.
pub fn time_of_id(id: &str) -> Option<String> {
    let time = recap_text::snowflake::tweet_time(id.parse().ok()?)?;
    Some(time.to_string())
}

/// A post known by its address only.
pub fn post_of(finder: &Finder<'_>, link: &Link) -> Option<PostDraft> {
    let address = finder.address(&link.url)?;
    let proof = proof(finder.doc, link, address.rule);
    let mut post = blank(Found::new(Finder::platform(address.rule), proof.clone()), link.span);
    post.status = PostStatus::Embedded;
    fill(&mut post, &address, &proof);
    Some(post)
}
