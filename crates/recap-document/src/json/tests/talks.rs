use super::{all, file, get, only};

#[test]
fn pyvideo() {
    let document = file(
        "a.json",
        r#"{"title":"Knots","speakers":["Ines Tau","Ole Rep"],"recorded":"2031-04-01","videos":[{"type":"youtube","url":"https://www.youtube.com/watch?v=1"}],"description":"About\n\nropes","tags":["tutorial","rope"],
        "related_urls":[{"label":"slides","url":"https://decks.example/knots"},{"label":"Code","url":"https://code.example"}],"thumbnail_url":"x","language":"eng"}"#,
    );
    let talk = only(&document, "pyvideo");
    assert!(talk.is_a("PresentationEvent") && talk.is_a("Event"));
    assert_eq!(talk.records("performer").filter_map(|p| get(p, "name")).collect::<Vec<_>>(), ["Ines Tau", "Ole Rep"]);
    assert_eq!(get(talk, "recordedIn.url"), Some("https://www.youtube.com/watch?v=1"));
    assert_eq!(get(talk, "workFeatured.url"), Some("https://decks.example/knots"));
    assert_eq!((get(talk, "additionalType"), all(talk, "citation")), (Some("workshop"), vec!["https://code.example"]));
    assert_eq!(get(talk, "description"), Some("About\n\nropes"), "as written, though the text shows no empty line");
}

#[test]
fn sessionize_joins_speakers_and_rooms() {
    let document = file(
        "a.json",
        r#"{"sessions":[{"id":"1","title":"Opening","isServiceSession":true,"speakers":[]},{"id":"2","title":"Sails","startsAt":"2031-04-01T10:00:00","endsAt":"2031-04-01T10:30:00","speakers":["s1"],"roomId":5,"isPlenumSession":true,"recordingUrl":"https://v.example/2"}],
        "speakers":[{"id":"s1","fullName":"Kai Brise","tagLine":"Sailor, Wind Ltd","links":[{"title":"X","url":"https://x.com/kaib","linkType":"Twitter"}]}],"rooms":[{"id":5,"name":"Deck"}]}"#,
    );
    let event = only(&document, "sessionize");
    let talks = event.records("subEvent").collect::<Vec<_>>();
    assert_eq!(talks.len(), 1, "no service sessions");
    for (path, value) in [
        ("name", "Sails"),
        ("startDate", "2031-04-01T10:00:00"),
        ("location", "Deck"),
        ("additionalType", "keynote"),
        ("recordedIn.url", "https://v.example/2"),
        ("performer.name", "Kai Brise"),
        ("performer.jobTitle", "Sailor, Wind Ltd"),
        ("performer.sameAs", "https://x.com/kaib"),
    ] {
        assert_eq!(get(talks[0], path), Some(value), "{path}");
    }
}

#[test]
fn sessionize_in_groups() {
    let document = file(
        "a.json",
        r#"[{"groupId":1,"groupName":"All","sessions":[{"id":"1","title":"Oars","speakers":[{"id":"x","name":"Lou Kahn"}],"room":"Pier"}]}]"#,
    );
    assert_eq!(get(only(&document, "sessionize"), "subEvent.performer.name"), Some("Lou Kahn"));
}

#[test]
fn a_schedule_in_json() {
    let document = file(
        "schedule.json",
        r#"{"schedule":{"version":"1","conference":{"title":"Reef 2031","start":"2031-06-01","end":"2031-06-02","days":[{"date":"2031-06-01","rooms":{"Main":[
        {"guid":"g","id":1,"title":"Corals","date":"2031-06-01T10:00:00+02:00","start":"10:00","duration":"00:30","room":"Main","type":"Talk","language":"en","url":"https://reef.example/1","persons":[{"id":1,"public_name":"Sol Anem","code":"AB"}],
         "links":[{"title":"Slides","url":"https://decks.example/c"}],"attachments":[{"title":"notes","url":"https://reef.example/n.pdf"}]},
        {"title":"Lightning Talks","start":"11:00","type":"lightning","persons":[]}]}}]}}}"#,
    );
    let event = only(&document, "frab-schedule");
    assert_eq!((get(event, "name"), get(event, "endDate")), (Some("Reef 2031"), Some("2031-06-02")));
    let talks = event.records("subEvent").collect::<Vec<_>>();
    assert_eq!(get(talks[0], "startDate"), Some("2031-06-01T10:00:00+02:00"));
    assert_eq!(get(talks[0], "performer.name"), Some("Sol Anem"));
    assert_eq!(
        (get(talks[0], "workFeatured.url"), all(talks[0], "citation")),
        (Some("https://decks.example/c"), vec!["https://reef.example/n.pdf"])
    );
    assert_eq!((get(talks[1], "startDate"), get(talks[1], "additionalType")), (Some("2031-06-01T11:00"), Some("lightning")));
}

#[test]
fn pretalx_talks() {
    let document = file(
        "a.json",
        r#"{"count":1,"results":[{"code":"QX7","title":"Anchors","submission_type":{"en":"Talk"},"speakers":[{"code":"Z","name":"Ulla Hav"}],"slot":{"start":"2031-06-01T10:00:00+02:00","end":"2031-06-01T10:30:00+02:00","room":{"en":"Quay"}}}]}"#,
    );
    let talk = only(&document, "pretalx-api");
    assert!(talk.is_a("PresentationEvent"));
    assert_eq!((get(talk, "performer.name"), get(talk, "location")), (Some("Ulla Hav"), Some("Quay")));
}
