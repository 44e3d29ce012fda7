//! The scorer on small recaps.

use recap_eval::{Field, Scores, score};
use serde_json::{Value, json};

fn gold() -> Value {
    json!({
        "doc": "d", "is_recap": true,
        "event": {"name": ["Clew Bay Data Evening #7"], "hashtags": [], "urls": []},
        "talks": [
            {"title": ["Counting Seals", "Counting Seals From the Air"], "kind": "talk",
             "speakers": [{"name": ["Saoirse Mulqueen", "Saoirse"], "handle": "saoirse_m", "affiliation": ["Sea Trust", null]}],
             "slides": [["https://speakerdeck.com/saoirse/seals", "https://speakerdeck.com/player/0011"]], "videos": []},
            {"title": ["A Biscuit Tin", null], "kind": "lightning", "speakers": [{"name": ["Fintan"], "handle": null, "affiliation": null}], "slides": [], "videos": []}
        ],
        "people": [{"name": ["Aoife"], "handle": "aoife_g", "role": "host"}, {"name": null, "handle": "guest_1", "role": "attendee"}],
        "posts": [{"author_handle": "poster_1", "text": "so many seals", "posted_at": "2023-03-02", "url": null}],
        "questions": [{"question": "How many seals?", "talk": "Counting Seals"}],
        "next_events": [{"name": ["Clew Bay Data Evening #8"], "date": null, "url": "https://example.ie/8"}]
    })
}

fn person(id: &str, name: &str, handle: Option<&str>, role: &str) -> Value {
    let handles: Vec<Value> = handle.iter().map(|h| json!({"platform": "twitter", "handle": h})).collect();
    json!({"id": id, "name": name, "handles": handles, "roles": [role], "affiliation": null})
}

fn recap() -> Value {
    json!({
        "event": {"name": "Clew Bay Data Evening #7"},
        "talks": [
            {"title": "Counting Seals from the air", "kind": "talk", "speakers": ["p1"],
             "slides": ["https://speakerdeck.com/player/0011", "https://speakerdeck.com/saoirse/seals"], "videos": []},
            {"title": null, "kind": "talk", "speakers": ["p2"], "slides": [], "videos": ["https://youtu.be/a1b2c3d4e5f"]}
        ],
        "people": [person("p1", "Saoirse", Some("Saoirse_M"), "speaker"), person("p2", "Fintan", None, "speaker"),
            person("p3", "Aoife", Some("aoife_g"), "host"), person("p4", "Guest", Some("guest_1"), "attendee"),
            person("p5", "Poster", Some("poster_1"), "attendee"), person("p6", "Someone", Some("someone_9"), "mentioned")],
        "posts": [{"author": {"handle": "poster_1"}, "text": "So many seals!", "posted_at": "2023-03-03"}],
        "questions": [], "next_events": [{"name": "the next evening", "url": "http://example.ie/8/"}]
    })
}

fn counts(scores: &Scores, field: Field) -> (usize, usize, usize) {
    scores.tally(field).map_or((0, 0, 0), |t| (t.tp, t.fp, t.r#fn))
}

#[test]
fn each_field_is_counted_by_its_own_rule() {
    let scores = score(&gold(), Some(&recap()));
    let expected = [
        (Field::Detect, (1, 0, 0)),
        (Field::EventName, (1, 0, 0)),
        (Field::TalkTitle, (1, 0, 0)), // the second title may be left out
        (Field::TalkKind, (1, 1, 1)),  // it is still joined, by its speaker, and has the wrong kind
        (Field::SpeakerName, (2, 0, 0)),
        (Field::SpeakerHandle, (1, 0, 0)),
        (Field::SpeakerAffiliation, (0, 0, 0)), // optional and left out
        (Field::TalkSpeaker, (2, 0, 0)),
        (Field::TalkSlides, (1, 0, 0)), // two addresses of one deck count once
        (Field::TalkVideo, (0, 1, 0)),
        (Field::PersonHandle, (2, 0, 0)), // attendees, authors of posts and mentioned people count neither way
        (Field::Post, (1, 0, 0)),
        (Field::PostDate, (0, 1, 1)),
        (Field::Question, (0, 0, 1)),
        (Field::NextEvent, (1, 0, 0)), // found by its address
    ];
    for (field, want) in expected {
        assert_eq!(counts(&scores, field), want, "{}", field.name());
    }
}

#[test]
fn a_deck_at_the_wrong_talk_is_wrong() {
    let mut recap = recap();
    recap["talks"][0]["slides"] = json!([]);
    recap["talks"][1]["slides"] = json!(["https://speakerdeck.com/saoirse/seals"]);
    assert_eq!(counts(&score(&gold(), Some(&recap)), Field::TalkSlides), (0, 1, 1));
}

#[test]
fn a_recap_of_no_recap_is_wrong_and_its_values_too() {
    let gold = json!({"doc": "n", "is_recap": false, "event": {}, "talks": []});
    let scores = score(&gold, Some(&recap()));
    assert_eq!(counts(&scores, Field::Detect), (0, 1, 0));
    assert_eq!(counts(&scores, Field::TalkTitle), (0, 1, 0));
    assert_eq!(score(&gold, None).headline(), 0.0);
    assert!(score(&gold, None).perfect());
}

#[test]
fn announcements_and_round_ups_count_nowhere() {
    for mark in ["announcement", "multi_event"] {
        let mut gold = gold();
        gold[mark] = json!(true);
        let scores = score(&gold, Some(&recap()));
        assert_eq!((scores.documents, scores.iter().count()), (0, 0));
    }
}

#[test]
fn misses_name_document_and_value() {
    let scores = score(&gold(), Some(&recap()));
    let misses = &scores.tally(Field::Question).expect("a question was asked").misses;
    assert_eq!((misses[0].doc.as_str(), misses[0].text.as_str()), ("d", "How many seals?"));
}

#[test]
fn json_of_any_shape_is_scored_without_panic() {
    let odd = [json!(null), json!([1]), json!("x"), json!({"talks": {}, "people": [3, null], "event": "e", "posts": [[]]})];
    for a in &odd {
        for b in &odd {
            let _ = score(a, Some(b)).table();
        }
    }
}
