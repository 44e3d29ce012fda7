//! Posts, questions and later events of a write-up.

use serde_json::Value;

use crate::norm::{best, day, handle_key, likeness, url_key};
use crate::scores::Field;
use crate::sheet::{Matching, Sheet};
use crate::value::{items, spellings, text};

const SAME: f64 = 0.8;
/// Posts are compared by their beginnings: long ones are often cut.
const BEGINNING: usize = 120;

pub(crate) fn score(sheet: &mut Sheet, gold: &Value, recap: &Value) {
    posts(sheet, items(gold, "posts"), items(recap, "posts"));
    let asked = |g: &Value, p: &Value| best(&spellings(&g["question"]), &spellings(&p["question"]));
    let by = Matching { alike: &asked, least: SAME, show: &|q: &Value| first(&q["question"]) };
    sheet.list(Field::Question, items(gold, "questions"), items(recap, "questions"), &by);
    let by = Matching { alike: &same_event, least: SAME, show: &|e: &Value| first(&e["name"]) };
    sheet.list(Field::NextEvent, items(gold, "next_events"), items(recap, "next_events"), &by);
}

fn first(v: &Value) -> String {
    spellings(v).into_iter().next().unwrap_or_else(|| "?".to_owned())
}

fn same_event(gold: &Value, pred: &Value) -> f64 {
    let (a, b) = (text(gold, "url").and_then(url_key), text(pred, "url").and_then(url_key));
    if a.is_some() && a == b { 1.0 } else { best(&spellings(&gold["name"]), &spellings(&pred["name"])) }
}

fn posts(sheet: &mut Sheet, gold: &[Value], pred: &[Value]) {
    let show = |p: &Value| text(p, "url").or(text(p, "text")).unwrap_or("?").to_owned();
    let by = Matching { alike: &same_post, least: SAME, show: &show };
    for (i, j) in sheet.list(Field::Post, gold, pred, &by) {
        let same_day = |g: &[String], p: &[String]| g.iter().any(|g| p.iter().any(|p| day(g) == day(p)));
        sheet.single(Field::PostDate, &gold[i]["posted_at"], &pred[j]["posted_at"], same_day);
    }
}

/// By status id, by address, else by author and the beginning of the text.
fn same_post(gold: &Value, pred: &Value) -> f64 {
    let (a, b) = (text(gold, "url"), text(pred, "url"));
    if let (Some(x), Some(y)) = (a.and_then(status_id), b.and_then(status_id)) {
        return if x == y { 1.0 } else { 0.0 };
    }
    if a.is_some() && a.and_then(url_key) == b.and_then(url_key) {
        return 1.0;
    }
    if !author_may_match(gold, pred) {
        return 0.0;
    }
    likeness(&beginning(gold, BEGINNING), &beginning(pred, BEGINNING))
}

/// False where the gold names an author and the post has another or none.
pub(crate) fn author_may_match(gold: &Value, pred: &Value) -> bool {
    let theirs = text(&pred["author"], "handle").and_then(handle_key);
    text(gold, "author_handle").is_none_or(|h| handle_key(h) == theirs)
}

pub(crate) fn beginning(post: &Value, length: usize) -> String {
    text(post, "text").unwrap_or_default().chars().take(length).collect()
}

/// The digits behind `/status/` (or `/statuses/`) of an address.
pub(crate) fn status_id(url: &str) -> Option<&str> {
    let rest = ["/status/", "/statuses/"].iter().find_map(|mark| url.split_once(mark))?.1;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    Some(&rest[..end]).filter(|id| !id.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn ids_decide_before_texts() {
        let gold = json!({"url": "https://twitter.com/a/status/12", "text": "hello there"});
        assert_eq!(same_post(&gold, &json!({"url": "https://x.com/b/status/12?s=20"})), 1.0);
        assert_eq!(same_post(&gold, &json!({"url": "https://x.com/a/status/13", "text": "hello there"})), 0.0);
        assert_eq!(same_post(&gold, &json!({"text": "Hello there!"})), 1.0);
    }

    #[test]
    fn the_author_must_agree_where_only_texts_are_compared() {
        let gold = json!({"author_handle": "neko", "text": "hello there"});
        assert_eq!(same_post(&gold, &json!({"author": {"handle": "inu"}, "text": "hello there"})), 0.0);
        assert_eq!(same_post(&gold, &json!({"author": {"handle": "@Neko"}, "text": "hello there"})), 1.0);
    }

    #[test]
    fn a_post_elsewhere_is_found_by_its_address() {
        let gold = json!({"url": "https://mstdn.example.jp/@a/99", "text": null});
        assert_eq!(same_post(&gold, &json!({"url": "https://mstdn.example.jp/@a/99/"})), 1.0);
    }

    #[test]
    fn status_ids() {
        assert_eq!(status_id("https://twitter.com/a/statuses/77/photo/1"), Some("77"));
        assert_eq!(status_id("https://twitter.com/a/status/"), None);
        assert_eq!(status_id("https://twitter.com/a"), None);
    }
}
