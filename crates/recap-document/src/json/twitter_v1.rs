//! Tweets of the API 1.1 (`full_text` or `text`, `entities`, `user`), and of the syndication answers that embeds read.

use super::post::{self, twitter_profile};
use super::{Context, Shape};
use crate::data::draft::Draft;
use crate::data::node::Node;
use crate::document::{Field, Record};

/// How such data is known and read.
pub const SHAPE: Shape = Shape { claims, read };

/// Retweets of quotes of …: what stands deeper is left out.
const MAX_DEPTH: usize = 4;

fn claims(node: &Node) -> bool {
    let text = node.field("full_text").or_else(|| node.field("text")).is_some();
    let identified = node.has(&["id_str"]) || node.get("user.screen_name").is_some();
    text && identified && (node.has(&["created_at"]) || node.has(&["user"]))
}

fn read(node: &Node, context: &mut Context<'_>) {
    let syndication = node.text("__typename").is_some() || node.has(&["mediaDetails"]) || node.has(&["conversation_count"]);
    let vocabulary = if syndication { "twitter-syndication" } else { "twitter-v1" };
    context.records.push(record(node, vocabulary, 0));
    if let Some(parent) = node.get("parent").filter(|p| claims(p)) {
        context.records.push(record(parent, vocabulary, 0));
    }
}

fn record(node: &Node, vocabulary: &str, depth: usize) -> Record {
    let mut draft = post::draft(vocabulary);
    fill(&mut draft, node, node.field("id_str").or_else(|| node.field("id")), node.get("user"));
    if depth < MAX_DEPTH {
        for key in ["retweeted_status", "quoted_status", "quoted_tweet"] {
            if let Some(shared) = node.get(key) {
                draft.nest("sharedContent", record(shared, vocabulary, depth + 1));
            }
        }
    }
    draft.finish()
}

/// Fills a post from a tweet in this form, which archives and GraphQL answers have inside.
pub fn fill(draft: &mut Draft, tweet: &Node, id: Option<&Field>, user: Option<&Node>) {
    let handle = user.and_then(|u| u.text("screen_name"));
    post::tweet_identity(draft, id, handle);
    let text = ["extended_tweet.full_text", "full_text", "text"].iter().find_map(|path| tweet.field(path));
    draft.put("text", text.map(|t| post::decoded(t, "text")));
    draft.put("datePublished", tweet.field("created_at").map(post::twitter_date));
    post::author(draft, user, twitter_profile);
    draft.put("inReplyTo", tweet.field("in_reply_to_status_id_str").or_else(|| tweet.field("in_reply_to_status_id")).cloned());
    let extended = tweet.get("extended_tweet");
    match extended.and_then(|e| e.get("entities")).or_else(|| tweet.get("entities")) {
        Some(entities) => self::entities(draft, entities),
        None => post::tags_in_text(draft),
    }
    let media = extended.unwrap_or(tweet);
    let lists = [media.list("extended_entities.media"), media.list("mediaDetails"), tweet.list("entities.media")];
    lists.into_iter().find(|l| !l.is_empty()).unwrap_or(&[]).iter().for_each(|item| self::media(draft, item));
}

fn entities(draft: &mut Draft, entities: &Node) {
    for tag in entities.list("hashtags") {
        draft.put("keywords", tag.field("text").or_else(|| tag.field("tag")).cloned());
    }
    for user in entities.list("user_mentions").iter().chain(entities.list("mentions")) {
        draft.put("mentions", user.field("screen_name").or_else(|| user.field("username")).cloned());
    }
    for url in entities.list("urls") {
        draft.put("citation", url.field("expanded_url").or_else(|| url.field("url")).cloned());
    }
}

/// A picture, or the best of a video's files.
fn media(draft: &mut Draft, item: &Node) {
    let is_mp4 = |v: &&Node| v.text("content_type") == Some("video/mp4");
    let rate = |v: &&Node| v.text("bitrate").and_then(|b| b.parse::<u64>().ok()).unwrap_or(0);
    match item.list("video_info.variants").iter().filter(is_mp4).max_by_key(rate) {
        Some(video) => draft.put("video", video.field("url").cloned()),
        None => draft.put("image", item.field("media_url_https").or_else(|| item.field("media_url")).cloned()),
    }
}
