//! Invented recaps.

use recap_model::Recap;
use serde_json::{Value, json};

/// A meetup with two talks, one of them timed, the other recorded.
pub fn meetup() -> Recap {
    serde_json::from_value(value()).expect("the recap is whole")
}

/// The same with hostile text in every string that may hold any.
pub fn hostile() -> Recap {
    let mut value = value();
    for pointer in [
        "/event/name",
        "/event/venue/name",
        "/event/hashtags/0",
        "/event/urls/0",
        "/talks/0/title",
        "/talks/0/slides/0",
        "/talks/1/videos/0",
        "/people/0/name",
        "/people/0/affiliation",
        "/questions/0/question",
        "/posts/0/text",
        "/posts/0/url",
        "/next_events/0/name",
        "/sources/0/title",
        "/sources/0/url",
        "/id",
    ] {
        let attack = if pointer.contains("url") || pointer.contains("slides") || pointer.contains("videos") {
            "javascript:alert('1')\"><script>alert(1)</script>"
        } else {
            "=../../<script>alert(1)</script>]]>&\u{0}\u{202e}\n# [x](javascript:alert(1))"
        };
        *value.pointer_mut(pointer).expect(pointer) = json!(attack);
    }
    value["talks"][1]["start"] = json!("2024-05-17T19:30");
    value["talks"][1]["end"] = json!("2024-05-17T19:50");
    serde_json::from_value(value).expect("the recap is whole")
}

fn value() -> Value {
    let talk = |id: &str, kind: &str, title: &str, speakers: Value, slides: Value, videos: Value, start: Value, end: Value| {
        json!({"id": id, "kind": kind, "title": title, "speakers": speakers, "slides": slides, "videos": videos, "links": [],
               "start": start, "end": end, "language": null, "section": null, "summary": null})
    };
    let person = |id: &str, name: Value, handles: Value, affiliation: Value| json!({"id": id, "name": name, "aliases": [], "handles": handles, "affiliation": affiliation, "urls": [], "roles": ["speaker"]});
    json!({
        "schema_version": "1",
        "id": "tanuki-night-7-2024-05-17",
        "event": {
            "name": "たぬきナイト #7, 夏のはじまり", "series": "たぬきナイト", "edition": "7", "theme": null,
            "start": "2024-05-17T19:00", "end": "2024-05-17T21:30", "timezone": "Asia/Tokyo", "date_precision": "minute",
            "attendance_mode": "offline", "venue": {"name": "ほたる会館", "address": null}, "organizers": [], "sponsors": [],
            "hashtags": ["tanukinight"], "urls": ["https://tanuki.example.org/7"], "videos": [], "participants": null
        },
        "talks": [
            talk("t1", "talk", "静かなログの育てかた", json!(["p1"]), json!(["https://speakerdeck.com/nagi_logs/quiet-logs"]), json!([]),
                 json!("2024-05-17T19:10"), json!("2024-05-17T19:30")),
            talk("t2", "lightning", "Small, boring servers", json!(["p2", "p3"]), json!([]),
                 json!(["https://www.youtube.com/watch?v=aB3dE5gH7jK"]), json!(null), json!(null))
        ],
        "people": [
            person("p1", json!("沢木 なぎ"), json!([{"platform": "twitter", "handle": "nagi_logs"}]), json!("株式会社ほたる")),
            person("p2", json!("Ilse Brandt"), json!([]), json!(null)),
            person("p3", json!(null), json!([{"platform": "twitter", "handle": "kaede_ops"}]), json!(null))
        ],
        "questions": [{"question": "ログはいつ捨てますか?", "answer": "半年で捨てます。", "talk": "t1", "answered_by": ["p1"]}],
        "posts": [{"platform": "twitter", "id": null, "url": null, "author": {"name": "なぎ", "handle": "nagi_logs"}, "posted_at": "2024-05-17",
                   "text": "楽しかった!\nまた来ます", "hashtags": [], "mentions": [], "links": [], "media": [], "section": null, "status": "embedded"}],
        "links": [], "sections": [],
        "next_events": [{"name": "たぬきナイト #8", "date": "2024-06-21", "url": null}],
        "sources": [{"id": "src1", "kind": "write-up", "path": "tanuki.md", "url": "https://blog.example.org/tanuki-7", "title": "たぬきナイトに行った",
                     "author": null, "language": "ja", "published_at": null, "sha256": "00"}],
        "evidence": {"/event/name": [{"source": "src1", "start": 2, "end": 18, "quote": "たぬきナイト #7, 夏のはじまり", "rule": "ja/name",
                                      "method": "verbatim", "confidence": 0.9}]},
        "conflicts": [], "issues": []
    })
}
