//! Tweets of the web client's GraphQL answers: `rest_id`, `legacy`, `core.user_results`; tombstones of deleted ones.

use super::{Context, Shape, post, twitter_v1};
use crate::data::draft::derived;
use crate::data::node::Node;
use crate::document::{Field, Record};

/// How such data is known and read.
pub const SHAPE: Shape = Shape { claims, read };

const MAX_DEPTH: usize = 4;

fn claims(node: &Node) -> bool {
    is_tweet(node) || is_gone(node) || (node.text("__typename") == Some("TweetWithVisibilityResults") && node.has(&["tweet"]))
}

fn is_tweet(node: &Node) -> bool {
    node.has(&["rest_id"]) && node.get("legacy.full_text").is_some()
}

fn is_gone(node: &Node) -> bool {
    matches!(node.text("__typename"), Some("TweetTombstone" | "TweetUnavailable")) || node.get("tombstone.text").is_some()
}

fn read(node: &Node, context: &mut Context<'_>) {
    context.records.extend(record(node, 0));
}

fn record(node: &Node, depth: usize) -> Option<Record> {
    if depth > MAX_DEPTH {
        return None;
    }
    let node = node.get("tweet").unwrap_or(node);
    if is_gone(node) {
        return gone(node);
    }
    let legacy = node.get("legacy")?;
    let mut draft = post::draft("twitter-graphql");
    let id = node.field("rest_id").or_else(|| legacy.field("id_str"));
    let user = node.get("core.user_results.result").or_else(|| node.get("core.user_result.result"));
    // Names moved from `legacy` to `core` of the user.
    let names = user.and_then(|u| u.get("legacy").filter(|l| l.field("screen_name").is_some()).or_else(|| u.get("core")));
    let long = node.get("note_tweet.note_tweet_results.result");
    twitter_v1::fill(&mut draft, legacy, id, names);
    draft.put("author.identifier", user.and_then(|u| u.field("rest_id")).cloned());
    let mut record = draft.finish();
    if let Some(text) = long.and_then(|l| l.field("text")) {
        replace_text(&mut record, post::decoded(text, "text"));
    }
    let shared = [node.get("quoted_status_result.result"), legacy.get("retweeted_status_result.result")];
    for inner in shared.into_iter().flatten().filter_map(|shared| self::record(shared, depth + 1)) {
        record.props.push(("sharedContent".to_owned(), crate::document::Value::Record(inner)));
    }
    Some(record)
}

fn replace_text(record: &mut Record, text: Field) {
    for (name, value) in &mut record.props {
        if name == "text" {
            *value = crate::document::Value::Text(text.clone());
        }
    }
}

fn gone(node: &Node) -> Option<Record> {
    let mut draft = post::draft("twitter-graphql");
    let reason = ["tombstone.text.text", "tombstone.text", "reason", "__typename"].iter().find_map(|path| node.field(path))?;
    draft.put("identifier", node.field("rest_id").cloned());
    draft.put("creativeWorkStatus", Some(derived("gone", reason, "tombstone")));
    Some(draft.finish())
}
