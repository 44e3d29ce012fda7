//! Tweets of the API 2: `data` with `includes` for authors, media and referenced tweets; also one a line and flattened.

use std::collections::HashMap;

use super::post::{self, twitter_profile};
use super::{Context, Shape};
use crate::data::draft::{Draft, derived};
use crate::data::node::Node;
use crate::document::Record;

/// How such data is known and read.
pub const SHAPE: Shape = Shape { claims, read };

const MAX_DEPTH: usize = 4;

fn claims(node: &Node) -> bool {
    is_tweet(node) || is_answer(node)
}

fn is_answer(node: &Node) -> bool {
    let first = node.list("data").first();
    first.is_some_and(|t| is_tweet(t) || (t.has(&["id", "text"]) && node.has(&["includes"])))
        || node.list("errors").iter().any(is_missing_tweet)
}

fn is_tweet(node: &Node) -> bool {
    node.has(&["id", "text"])
        && ["author_id", "edit_history_tweet_ids", "conversation_id", "public_metrics"].iter().any(|key| node.has(&[key]))
}

fn is_missing_tweet(error: &Node) -> bool {
    error.text("resource_type") == Some("tweet") && matches!(error.text("parameter"), Some("id" | "ids" | "tweet_id"))
}

/// What an answer includes, by id.
#[derive(Default)]
struct Includes<'a> {
    users: HashMap<&'a str, &'a Node>,
    tweets: HashMap<&'a str, &'a Node>,
    media: HashMap<&'a str, &'a Node>,
}

fn read(node: &Node, context: &mut Context<'_>) {
    if !is_answer(node) {
        context.records.push(record(node, &Includes::default(), 0));
        return;
    }
    let by = |path, key: &'static str| node.list(path).iter().filter_map(move |n| Some((n.text(key)?, n))).collect::<HashMap<_, _>>();
    let includes =
        Includes { users: by("includes.users", "id"), tweets: by("includes.tweets", "id"), media: by("includes.media", "media_key") };
    let data = node.list("data");
    context.records.extend(data.iter().map(|tweet| record(tweet, &includes, 0)));
    let shown = data.iter().flat_map(|t| t.text("id").into_iter().chain(shared(t))).collect::<std::collections::HashSet<_>>();
    let others = node.list("includes.tweets").iter().filter(|t| t.text("id").is_none_or(|id| !shown.contains(id)));
    context.records.extend(others.map(|tweet| record(tweet, &includes, 0)));
    context.records.extend(node.list("errors").iter().filter(|e| is_missing_tweet(e)).map(gone));
}

/// Ids of the tweets that one shares: retweeted or quoted.
fn shared(tweet: &Node) -> impl Iterator<Item = &str> {
    let shares = |r: &&Node| matches!(r.text("type"), Some("retweeted" | "quoted"));
    tweet.list("referenced_tweets").iter().filter(shares).filter_map(|r| r.text("id"))
}

fn record(tweet: &Node, includes: &Includes<'_>, depth: usize) -> Record {
    let mut draft = post::draft("twitter-v2");
    let user = tweet.text("author_id").and_then(|id| includes.users.get(id).copied()).or_else(|| tweet.get("author"));
    post::tweet_identity(&mut draft, tweet.field("id"), user.and_then(|u| u.text("username")));
    draft.put("text", tweet.field("note_tweet.text").or_else(|| tweet.field("text")).map(|t| post::decoded(t, "text")));
    draft.put("datePublished", tweet.field("created_at").cloned());
    post::author(&mut draft, user, twitter_profile);
    if user.is_none() {
        draft.put("author.identifier", tweet.field("author_id").cloned());
    }
    entities(&mut draft, tweet);
    media(&mut draft, tweet, includes);
    let replied = tweet.list("referenced_tweets").iter().find(|r| r.text("type") == Some("replied_to"));
    draft.put("inReplyTo", replied.and_then(|r| r.field("id")).cloned());
    if depth < MAX_DEPTH {
        for inner in shared(tweet).filter_map(|id| includes.tweets.get(id)) {
            draft.nest("sharedContent", record(inner, includes, depth + 1));
        }
    }
    draft.finish()
}

fn entities(draft: &mut Draft, tweet: &Node) {
    let Some(entities) = tweet.get("note_tweet.entities").or_else(|| tweet.get("entities")) else {
        return post::tags_in_text(draft);
    };
    for tag in entities.list("hashtags") {
        draft.put("keywords", tag.field("tag").or_else(|| tag.field("text")).cloned());
    }
    for user in entities.list("mentions") {
        draft.put("mentions", user.field("username").cloned());
    }
    // The address of a picture is no citation.
    for url in entities.list("urls").iter().filter(|u| !u.has(&["media_key"])) {
        draft.put("citation", url.field("unwound_url").or_else(|| url.field("expanded_url")).or_else(|| url.field("url")).cloned());
    }
}

fn media(draft: &mut Draft, tweet: &Node, includes: &Includes<'_>) {
    let keys = tweet.list("attachments.media_keys").iter().filter_map(Node::as_field);
    for item in keys.filter_map(|key| includes.media.get(key.value.as_str())) {
        match item.text("type") {
            Some("video" | "animated_gif") => {
                let file =
                    item.list("variants").iter().filter(|v| v.text("content_type") == Some("video/mp4")).find_map(|v| v.field("url"));
                draft.put("video", file.or_else(|| item.field("preview_image_url")).cloned());
            }
            _ => draft.put("image", item.field("url").cloned()),
        }
    }
}

/// A tweet that was asked for and is not there any more.
fn gone(error: &Node) -> Record {
    let mut draft = post::draft("twitter-v2");
    draft.put("identifier", error.field("resource_id").or_else(|| error.field("value")).cloned());
    draft.put("creativeWorkStatus", error.field("title").or_else(|| error.field("detail")).map(|e| derived("gone", e, "title")));
    draft.finish()
}
