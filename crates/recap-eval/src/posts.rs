//! Documents that are nothing but posts: exports and API answers.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::lists::{author_may_match, beginning, status_id};
use crate::norm::{day, fold, handle_key, likeness, tag_key, url_key};
use crate::scores::Field;
use crate::sheet::{Matching, Sheet};
use crate::value::{items, text};

const SAME: f64 = 0.8;
const BEGINNING: usize = 100;

/// `pred` is an object with `posts` or a list of posts.
pub(crate) fn score(sheet: &mut Sheet, gold: &Value, pred: &Value) {
    let want = items(gold, "posts");
    let got = pred.as_array().map_or_else(|| items(pred, "posts"), Vec::as_slice);
    let show = |p: &Value| text(p, "url").or(text(p, "id")).or(text(p, "text")).unwrap_or("?").to_owned();
    let by = Matching { alike: &same_post, least: SAME, show: &show };
    for (i, j) in sheet.list(Field::PostsFound, want, got, &by) {
        fields(sheet, &want[i], &got[j]);
    }
}

fn ident(post: &Value) -> Option<&str> {
    text(post, "id").or_else(|| text(post, "url").and_then(status_id))
}

/// By id, else by author and the beginning of the text.
fn same_post(gold: &Value, pred: &Value) -> f64 {
    match (ident(gold), ident(pred)) {
        (Some(a), Some(b)) if a == b => 1.0,
        (Some(_), Some(_)) => 0.0,
        _ if author_may_match(gold, pred) => likeness(&beginning(gold, BEGINNING), &beginning(pred, BEGINNING)),
        _ => 0.0,
    }
}

/// Compares the fields that the gold gives; one that it leaves out asks for nothing.
fn fields(sheet: &mut Sheet, gold: &Value, pred: &Value) {
    let author = &pred["author"];
    let mut one = |field, want: Option<String>, got: Option<String>| compare(sheet, field, want, got);
    one(Field::PostsHandle, text(gold, "author_handle").and_then(handle_key), text(author, "handle").and_then(handle_key));
    one(Field::PostsName, text(gold, "author_name").map(fold), text(author, "name").map(fold));
    one(Field::PostsDate, text(gold, "posted_at").and_then(day), text(pred, "posted_at").and_then(day));
    one(Field::PostsUrl, text(gold, "url").and_then(url_key), text(pred, "url").and_then(url_key));
    one(Field::PostsText, text(gold, "text").map(without_links), text(pred, "text").map(without_links));
    one(Field::PostsHashtags, joined(gold, "hashtags", tag_key), joined(pred, "hashtags", tag_key));
    one(Field::PostsMentions, joined(gold, "mentions", handle_key), joined(pred, "mentions", handle_key));
    one(Field::PostsStatus, Some(status(gold)), Some(status(pred)));
}

fn compare(sheet: &mut Sheet, field: Field, want: Option<String>, got: Option<String>) {
    match (want, got) {
        (None, _) => {}
        (Some(want), Some(got)) if want == got => sheet.hits(field, 1),
        (Some(want), got) => {
            sheet.missed(field, &want);
            got.iter().for_each(|g| sheet.wrong(field, g));
        }
    }
}

/// The text without addresses, which services shorten and write out as they like.
fn without_links(body: &str) -> String {
    let words = body.split_whitespace().map(|w| w.split_once("http").filter(|(_, r)| r.contains("://")).map_or(w, |(head, _)| head));
    fold(&words.filter(|w| !w.starts_with("pic.twitter.com/")).collect::<String>())
}

/// The set of names under `key` in one text; `None` where the post does not say.
fn joined(post: &Value, key: &str, name: impl Fn(&str) -> Option<String>) -> Option<String> {
    let all = post[key].as_array()?;
    let set: BTreeSet<String> = all.iter().filter_map(Value::as_str).filter_map(name).collect();
    Some(set.into_iter().collect::<Vec<_>>().join(" "))
}

/// A post is there or gone; whether it was embedded or fetched is no property of the post.
fn status(post: &Value) -> String {
    if text(post, "status") == Some("gone") { "gone" } else { "there" }.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn gold() -> Value {
        json!({"posts": [{"id": "12", "author_handle": "neko", "author_name": "ねこ", "posted_at": "2024-12-07T06:31:12+00:00",
            "url": "https://twitter.com/neko/status/12", "text": "資料です https://t.co/abc", "hashtags": ["a"], "mentions": [], "status": "embedded"}]})
    }

    #[test]
    fn a_fetched_post_with_other_links_is_the_same_post() {
        let pred = json!([{"id": "12", "author": {"name": "ねこ", "handle": "neko"}, "posted_at": "2024-12-07", "url": "https://x.com/neko/status/12",
            "text": "資料です https://example.org/long", "hashtags": ["A"], "mentions": [], "status": "fetched"}]);
        let mut sheet = Sheet::new("d", true);
        score(&mut sheet, &gold(), &pred);
        let scores = sheet.finish();
        assert!(scores.perfect(), "{}", scores.table());
        assert_eq!(scores.tally(Field::PostsText).map(|t| t.tp), Some(1));
    }

    #[test]
    fn a_field_that_differs_is_missed_and_wrong() {
        let mut pred = gold();
        pred["posts"][0]["author"] = json!({"handle": "inu"});
        let mut sheet = Sheet::new("d", true);
        score(&mut sheet, &gold(), &pred);
        let scores = sheet.finish();
        let t = scores.tally(Field::PostsHandle).expect("the field came up");
        assert_eq!((t.tp, t.fp, t.r#fn), (0, 1, 1));
    }

    #[test]
    fn a_post_too_many_is_wrong() {
        let mut sheet = Sheet::new("d", true);
        score(&mut sheet, &json!({"posts": []}), &json!({"posts": [{"id": "1"}]}));
        assert_eq!(sheet.finish().tally(Field::PostsFound).map(|t| t.fp), Some(1));
    }
}
