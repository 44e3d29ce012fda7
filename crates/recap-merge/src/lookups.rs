//! What services say of a recap's addresses, put on a merged recap. It is no part of it: merging again leaves it out, and
//! whoever holds the answers puts it on anew.

use recap_model::{Evidence, EvidenceMap, Lookup, LookupKind, LookupStatus, Post, PostStatus, Recap, Source};

use crate::parts;

/// What a service says of an address.
#[derive(Debug, Clone)]
pub struct Told {
    /// The service's answer as a source.
    pub source: Source,
    /// The post that the answer is, with the evidence of a recap that has it as its only one.
    pub post: Option<(Post, EvidenceMap)>,
    lookup: Lookup,
    proofs: Vec<(&'static str, Evidence)>,
}

impl Told {
    /// An answer that says nothing yet but whether there is anything.
    pub fn new(url: String, kind: LookupKind, status: LookupStatus, source: Source) -> Self {
        let lookup = Lookup { url, kind, status, title: None, author: None, author_url: None, leads_to: None };
        Self { source, post: None, lookup, proofs: Vec::new() }
    }

    /// The title; the evidence's quote is the value, here and below.
    pub fn title(&mut self, evidence: Option<Evidence>) {
        self.lookup.title = self.value("title", evidence);
    }

    /// Whose account put it there, and the account's page.
    pub fn author(&mut self, name: Option<Evidence>, url: Option<Evidence>) {
        self.lookup.author = self.value("author", name);
        self.lookup.author_url = self.value("author_url", url);
    }

    /// Where it leads to.
    pub fn leads_to(&mut self, evidence: Evidence) {
        self.lookup.leads_to = self.value("leads_to", Some(evidence));
    }

    fn value(&mut self, field: &'static str, evidence: Option<Evidence>) -> Option<String> {
        let evidence = evidence?;
        let value = evidence.quote.clone();
        self.proofs.push((field, evidence));
        Some(value)
    }
}

/// Puts answers on a recap, those of addresses that it has. A post that its page has only as an address is filled in; one
/// that is gone stays as its page quoted it and is marked. All else stands apart, in [`Recap::lookups`]. What the recap
/// says without them is kept as its part.
pub fn complete(recap: &mut Recap, mut told: Vec<Told>) {
    told.sort_by(|a, b| a.lookup.url.cmp(&b.lookup.url));
    told.retain(|told| has(recap, &told.lookup.url));
    if told.is_empty() {
        return;
    }
    if recap.parts.is_empty() {
        let own = recap.clone();
        parts::remember(recap, &[&own]);
    }
    told.into_iter().for_each(|told| put(recap, told));
}

fn has(recap: &Recap, url: &str) -> bool {
    let posts = recap.posts.iter().flat_map(|post| post.url.iter().chain(&post.links));
    let decks = recap.talks.iter().flat_map(|talk| talk.slides.iter().chain(&talk.videos)).chain(&recap.event.videos);
    posts.chain(decks).chain(recap.links.iter().map(|link| &link.url)).any(|own| own == url)
}

fn put(recap: &mut Recap, told: Told) {
    let Told { source, post, lookup, proofs } = told;
    let posts: Vec<usize> = (0..recap.posts.len()).filter(|&i| recap.posts[i].url.as_ref() == Some(&lookup.url)).collect();
    if lookup.status == LookupStatus::Gone {
        posts.iter().for_each(|&i| recap.posts[i].status = PostStatus::Gone);
    } else {
        let id = format!("src{}", recap.sources.len() + 1);
        recap.sources.push(Source { id: id.clone(), ..source });
        let at = recap.lookups.len();
        for (field, evidence) in proofs {
            recap.evidence.entry(format!("/lookups/{at}/{field}")).or_default().push(Evidence { source: id.clone(), ..evidence });
        }
        if let Some((post, evidence)) = &post {
            posts.iter().for_each(|&i| fill(recap, i, post, evidence, &id));
        }
    }
    recap.lookups.push(lookup);
}

/// Fills what a post lacks, if its page has nothing of its text.
fn fill(recap: &mut Recap, at: usize, from: &Post, evidence: &EvidenceMap, source: &str) {
    let post = &mut recap.posts[at];
    if post.text.is_some() || from.text.is_none() {
        return;
    }
    let mut filled: Vec<&str> = Vec::new();
    let mut gap = |own: &mut Option<String>, other: &Option<String>, field: &'static str| {
        if own.is_none() && other.is_some() {
            own.clone_from(other);
            filled.push(field);
        }
    };
    gap(&mut post.text, &from.text, "text");
    gap(&mut post.author.name, &from.author.name, "author/name");
    gap(&mut post.author.handle, &from.author.handle, "author/handle");
    gap(&mut post.posted_at, &from.posted_at, "posted_at");
    let mut list = |own: &mut Vec<String>, other: &Vec<String>, field: &'static str| {
        if own.is_empty() && !other.is_empty() {
            own.clone_from(other);
            filled.push(field);
        }
    };
    list(&mut post.hashtags, &from.hashtags, "hashtags");
    list(&mut post.mentions, &from.mentions, "mentions");
    list(&mut post.links, &from.links, "links");
    list(&mut post.media, &from.media, "media");
    post.status = PostStatus::Fetched;
    for (pointer, places) in evidence {
        let Some(field) = pointer.strip_prefix("/posts/0/") else { continue };
        let is_filled = filled.iter().any(|f| field.strip_prefix(f).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')));
        if is_filled {
            let places = places.iter().map(|place| Evidence { source: source.to_owned(), ..place.clone() });
            recap.evidence.entry(format!("/posts/{at}/{field}")).or_default().extend(places);
        }
    }
}
