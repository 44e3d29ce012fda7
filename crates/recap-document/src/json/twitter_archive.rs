//! `tweets.js` of a Twitter archive: `[{"tweet": {…}}]`, tweets of the API 1.1 without their author, who is in `account.js`.

use super::{Context, Shape, post, twitter_v1};
use crate::data::draft::derived;
use crate::data::node::Node;

/// How such data is known and read.
pub const SHAPE: Shape = Shape { claims, read };

fn claims(node: &Node) -> bool {
    node.get("tweet.full_text").or_else(|| node.get("tweet.text")).is_some()
        && node.get("tweet.id_str").or_else(|| node.get("tweet.id")).is_some()
}

fn read(node: &Node, context: &mut Context<'_>) {
    let Some(tweet) = node.get("tweet") else { return };
    let mut draft = post::draft("twitter-archive");
    let account = context.root.items().iter().find_map(|item| item.get("account").filter(|a| a.field("username").is_some()));
    let handle = account.and_then(|a| a.field("username"));
    let id = tweet.field("id_str").or_else(|| tweet.field("id"));
    twitter_v1::fill(&mut draft, tweet, id, tweet.get("user"));
    if let Some(account) = account.filter(|_| !draft.has("author")) {
        draft.put("author.name", account.field("accountDisplayName").cloned());
        draft.put("author.alternateName", handle.cloned());
        draft.put("author.identifier", account.field("accountId").cloned());
        let url = id.zip(handle).map(|(id, h)| derived(format!("https://twitter.com/{}/status/{}", h.value, id.value), id, "id"));
        draft.put("url", url);
    }
    let deleted = tweet.field("deleted_at");
    draft.put("creativeWorkStatus", deleted.map(|at| derived("gone", at, "deleted_at")));
    context.records.push(draft.finish());
}
