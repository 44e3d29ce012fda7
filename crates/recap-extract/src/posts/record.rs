//! Posts in structured data: answers of APIs, archives, JSON-LD.

use recap_document::{Field, Record};
use recap_model::{Method, PostStatus};

use super::{Finder, address, blank};
use crate::drafts::PostDraft;
use crate::finding::{Found, Proof};

/// Records nested deeper than this are not read.
const MAX_DEPTH: usize = 6;

/// All posts among the document's records, those that a post quotes behind it.
pub fn read(finder: &Finder<'_>) -> Vec<PostDraft> {
    let mut posts = Vec::new();
    for record in &finder.doc.records {
        collect(finder, record, MAX_DEPTH, &mut posts);
    }
    posts
}

fn collect(finder: &Finder<'_>, record: &Record, depth: usize, posts: &mut Vec<PostDraft>) {
    if record.is_a("SocialMediaPosting") {
        posts.extend(post(finder, record));
    }
    if depth == 0 {
        return;
    }
    for (_, value) in &record.props {
        if let recap_document::Value::Record(inner) = value {
            collect(finder, inner, depth - 1, posts);
        }
    }
}

fn post(finder: &Finder<'_>, record: &Record) -> Option<PostDraft> {
    let rule_id = format!("record/{}", record.vocabulary);
    let verbatim = |field: &Field| found(field, &rule_id, Method::Verbatim);
    let platform = platform(finder, record)?;
    let span = record.props.iter().find_map(|(_, value)| match value {
        recap_document::Value::Text(field) => Some(field.place.span()),
        recap_document::Value::Record(_) => None,
    });
    let mut post = blank(platform, span.unwrap_or_default());
    let author = record.records("author").next();
    post.id = record.text("identifier").map(verbatim);
    post.url = record.text("url").map(verbatim);
    post.author_name = author.and_then(|a| a.text("name")).or_else(|| record.text("author")).map(verbatim);
    post.author_handle = author
        .and_then(|a| a.text("alternateName"))
        .map(|f| found(f, &rule_id, Method::Normalised).map(|h| h.trim_start_matches('@').to_owned()));
    post.posted_at = record.text("datePublished").or_else(|| record.text("dateCreated")).and_then(|field| posted_at(field, &rule_id));
    post.text = ["text", "articleBody"].iter().find_map(|name| record.text(name)).map(verbatim);
    post.hashtags = list(record, &["keywords"], &rule_id, '#');
    post.mentions = list(record, &["mentions"], &rule_id, '@');
    post.links = list(record, &["citation"], &rule_id, '\0');
    post.media = list(record, &["image", "video"], &rule_id, '\0');
    if record.text("creativeWorkStatus").is_some_and(|status| status.value == "gone") {
        post.status = PostStatus::Gone;
    }
    if let Some((field, address)) = record.text("url").and_then(|f| Some((f, finder.address(&f.value)?))) {
        let proof = Proof::field(field, &address.rule.id, Method::Normalised, address.rule.confidence);
        address::fill(&mut post, &address, &proof);
    }
    if post.posted_at.is_none() && post.platform.value == "twitter" {
        post.posted_at = post.id.as_ref().and_then(|id| Some(derived(id.clone(), address::time_of_id(&id.value)?)));
    }
    Some(post)
}

fn derived(from: Found<String>, value: String) -> Found<String> {
    let proofs = from.proofs.into_iter().map(|proof| Proof { method: Method::Derived, ..proof }).collect();
    Found { value, proofs }
}

/// ISO 8601 as it stands; a date in words as a date.
fn posted_at(field: &Field, rule: &str) -> Option<Found<String>> {
    let value = field.value.trim();
    if value.get(..4).is_some_and(|year| year.bytes().all(|b| b.is_ascii_digit())) && value.get(4..5) == Some("-") {
        return Some(found(field, rule, Method::Verbatim));
    }
    super::sign::date(value).map(|date| found(field, rule, Method::Normalised).map(|_| date))
}

fn found(field: &Field, rule: &str, method: Method) -> Found<String> {
    Found::new(field.value.clone(), Proof::field(field, rule, method, 0.98))
}

/// By the address, else by the vocabulary; a page's own article that calls itself a posting has neither.
fn platform(finder: &Finder<'_>, record: &Record) -> Option<Found<String>> {
    let by_address = record.text("url").and_then(|field| {
        let address = finder.address(&field.value)?;
        let proof = Proof::field(field, &address.rule.id, Method::Derived, address.rule.confidence);
        Some(Found::new(Finder::platform(address.rule), proof))
    });
    by_address.or_else(|| {
        let rule = finder.posts.iter().find(|rule| rule.matches(&record.vocabulary))?;
        let place = record.props.iter().find_map(|(_, value)| match value {
            recap_document::Value::Text(field) => Some(field),
            recap_document::Value::Record(inner) => {
                inner.props.iter().find_map(|(_, v)| if let recap_document::Value::Text(f) = v { Some(f) } else { None })
            }
        })?;
        Some(Found::new(Finder::platform(rule), Proof::field(place, &rule.id, Method::Derived, rule.confidence)))
    })
}

/// The texts of properties, and the names of records in their place, without a leading sign.
fn list(record: &Record, properties: &[&str], rule: &str, sign: char) -> Vec<Found<String>> {
    let mut all: Vec<Found<String>> = Vec::new();
    let fields = properties.iter().flat_map(|property| {
        let named = record.records(property).filter_map(|inner| {
            inner.text("alternateName").or_else(|| inner.text("contentUrl")).or_else(|| inner.text("url")).or_else(|| inner.text("name"))
        });
        record.texts(property).chain(named)
    });
    for field in fields {
        let value = field.value.trim().trim_start_matches(sign);
        if !value.is_empty() && !all.iter().any(|old| old.value == value) {
            all.push(
                found(field, rule, if value == field.value { Method::Verbatim } else { Method::Normalised }).map(|_| value.to_owned()),
            );
        }
    }
    all
}
