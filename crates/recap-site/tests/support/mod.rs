//! Recaps for tests: an evening of two friends, and one whose every text is hostile.

use recap_merge::PeopleDecisions;
use recap_model::{Evidence, Method, Recap};
use recap_site::{Builder, Library};
use serde_json::{Value, json};

/// Two evenings of one series with the same speaker.
pub fn recaps() -> Vec<Recap> {
    (3..=4).map(|n| recap(n, |text| text.to_owned())).collect()
}

/// A recap in whose every text stands this.
pub fn hostile(text: &str) -> Recap {
    recap(9, |_| text.to_owned())
}

/// The library of recaps.
pub fn library(recaps: &[Recap]) -> Library {
    let mut builder = Builder::default();
    recaps.iter().for_each(|recap| builder.add(&format!("recaps/{}.json", recap.id), recap));
    builder.finish(&PeopleDecisions::default())
}

fn recap(n: usize, t: impl Fn(&str) -> String) -> Recap {
    let mut json = serde_json::to_value(Recap::default()).expect("is JSON");
    json["schema_version"] = "1".into();
    json["id"] = format!("tanuki-night-{n}-202{n}-05-08").into();
    let event = json["event"].as_object_mut().expect("an object");
    for (field, value) in [("name", "Tanuki Night #3"), ("series", "Tanuki Night"), ("theme", "所有権")] {
        event.insert(field.to_owned(), t(value).into());
    }
    event.insert("start".to_owned(), format!("202{n}-05-08T19:00").into());
    event.insert("date_precision".to_owned(), "minute".into());
    event.insert("attendance_mode".to_owned(), "mixed".into());
    event.insert("venue".to_owned(), json!({"name": t("狸会館"), "address": t("東京都")}));
    event.insert("organizers".to_owned(), json!(["p2"]));
    event.insert("sponsors".to_owned(), json!([t("Fox Inc.")]));
    event.insert("hashtags".to_owned(), json!([t("tanukinight")]));
    event.insert("urls".to_owned(), json!([t("https://events.example.org/3")]));
    json["people"] = json!([
        {"id": "p1", "name": t("狸山 太郎"), "aliases": [t("Taro")], "handles": [{"platform": "twitter", "handle": t("tanuyama_t")}],
         "affiliation": t("Fox Inc."), "urls": [t("https://tanuki.example.org")], "roles": ["speaker"]},
        {"id": "p2", "name": t("狐川 花"), "aliases": [], "handles": [], "affiliation": null, "urls": [], "roles": ["organizer", "speaker"]},
    ]);
    let talk = |id: &str, title: &str, speakers: Value| {
        json!({"id": id, "kind": "lightning", "title": t(title), "speakers": speakers, "slides": [t("https://decks.example.org/1")],
               "videos": [t("https://videos.example.org/1")], "links": [], "start": null, "end": null, "language": t("ja"), "section": null,
               "summary": t("まとめ")})
    };
    json["talks"] = json!([talk("t1", "所有権を絵で理解する", json!(["p1"])), talk("t2", "async をやめた話", json!(["p1", "p2"]))]);
    json["questions"] = json!([{"question": t("なぜ?"), "answer": t("速いから"), "talk": "t1", "answered_by": ["p1"]}]);
    json["posts"] = json!([{"platform": t("twitter"), "id": null, "url": t("https://x.com/a/status/1"), "author": {"name": t("Kon"), "handle": t("kon")},
        "posted_at": t("2021-05-08"), "text": t("楽しかった"), "hashtags": [], "mentions": [], "links": [], "media": [], "section": null, "status": "embedded"}]);
    json["links"] = json!([{"url": t("https://example.org/x"), "kind": "article", "text": t("記事"), "section": null}]);
    json["next_events"] = json!([{"name": t("Tanuki Night #10"), "date": "2031-01-01", "url": t("https://events.example.org/10")}]);
    json["sources"] = json!([{"id": "src1", "kind": "write-up", "path": t("/home/x/night.md"), "url": t("https://blog.example.org/3"), "title": t("行ってきた"),
        "author": t("Kon"), "language": "ja", "published_at": null, "sha256": "0"},
        {"id": "src2", "kind": "api", "path": null, "url": t("https://decks.example.org/oembed?url=1"), "title": null, "author": null, "language": null,
         "published_at": null, "sha256": "1"}]);
    json["lookups"] = json!([
        {"url": t("https://decks.example.org/1"), "kind": "slides", "status": "found", "title": t("絵でわかる所有権"), "author": t("tanuyama"),
         "author_url": t("https://decks.example.org/tanuyama"), "leads_to": null},
        {"url": t("https://x.com/a/status/1"), "kind": "post", "status": "gone", "title": null, "author": null, "author_url": null, "leads_to": null},
    ]);
    json["issues"] = json!([{"code": "x", "message": t("曜日が違う"), "source": null, "start": null}]);
    let mut recap: Recap = serde_json::from_value(json).expect("is a recap");
    let pointers = ["/event/name", "/event/start", "/talks/0/title", "/talks/0", "/talks/1", "/people/0/name", "/posts/0"];
    for pointer in pointers {
        recap.evidence.insert(pointer.to_owned(), vec![evidence(&t("狸の夜"))]);
    }
    let answer = Evidence { source: "src2".to_owned(), from: Vec::new(), ..evidence(&t("絵でわかる所有権")) };
    recap.evidence.insert("/lookups/0/title".to_owned(), vec![answer]);
    recap.conflicts.push(recap_model::Conflict {
        pointer: "/event/name".to_owned(),
        value: t("Kitsune Night").into(),
        reason: t("another source says so"),
        evidence: vec![evidence(&t("狐の夜"))],
    });
    recap
}

fn evidence(quote: &str) -> Evidence {
    Evidence {
        source: "src1".to_owned(),
        start: 2,
        end: 2 + quote.chars().count(),
        quote: quote.to_owned(),
        attribute: None,
        rule: "ja/rule".to_owned(),
        method: Method::Verbatim,
        from: vec!["/event/name".to_owned()],
        confidence: 0.93,
    }
}
