//! Structured data of small invented pages and files.

use std::collections::HashSet;

use recap_document::Hints;
use recap_model::{AttendanceMode, Precision, TalkKind};
use recap_rules::Rules;

use super::{Records, read, when};
use crate::context::Context;
use crate::drafts::{EventDraft, TalkDraft};
use crate::finding::Found;

fn records(name: &str, text: &str) -> Records {
    let doc = recap_document::read(text.as_bytes(), &Hints { name: Some(name), ..Hints::default() }).unwrap_or_default();
    read(&Context::new(&doc, Rules::builtin(), &HashSet::new()))
}

/// A page with JSON-LD.
fn page(title: &str, data: &str) -> Records {
    records(
        "a.html",
        &format!(
            "<!DOCTYPE html><html lang=en><head><title>{title}</title><script type=\"application/ld+json\">{data}</script></head><body><p>Text.</p></body></html>"
        ),
    )
}

fn event(records: Records) -> EventDraft {
    records.event.unwrap_or_default()
}

fn value(found: &Option<Found<String>>) -> Option<&str> {
    found.as_ref().map(|f| f.value.as_str())
}

fn values(found: &[Found<String>]) -> Vec<&str> {
    found.iter().map(|f| f.value.as_str()).collect()
}

fn people(talk: &TalkDraft) -> Vec<(Option<&str>, Vec<&str>)> {
    talk.speakers.iter().map(|s| (value(&s.name), s.handles.iter().map(|h| h.value.handle.as_str()).collect())).collect()
}

#[test]
fn one_event_with_place_and_talks() {
    let records = page(
        "Moss Night #4",
        r#"{"@context":"https://schema.org","@type":"EducationEvent","name":"Moss Night #4 - Meetup","startDate":"2023-10-05T18:30:00+01:00",
            "endDate":"2023-10-05T21:00:00+01:00","url":"https://moss.example.org/4",
            "location":[{"@type":"Place","name":"The Fern Loft","address":{"@type":"PostalAddress","streetAddress":"9 Fern Lane","addressLocality":"Leeds"}},
            {"@type":"VirtualLocation","url":"https://stream.example.org/4"}],
            "organizer":[{"@type":"Person","name":"Ada Fernley"},{"@type":"Organization","name":"Moss Ltd"}],
            "subEvent":[{"@type":"Event","name":"Opening"},
              {"@type":"Event","name":"Lightning Talk: Lichen","performer":{"@type":"Person","name":"Bo Reed","sameAs":"https://twitter.com/boreed"}}]}"#,
    );
    assert_eq!(records.talks.len(), 1, "an opening is no talk");
    let talk = &records.talks[0];
    assert_eq!((value(&talk.title), talk.kind.as_ref().map(|k| k.value)), (Some("Lichen"), Some(TalkKind::Lightning)));
    assert_eq!(people(talk), [(Some("Bo Reed"), vec!["boreed"])]);
    let event = event(records);
    assert_eq!(value(&event.name), Some("Moss Night #4"));
    assert_eq!((value(&event.start), value(&event.end)), (Some("2023-10-05T18:30"), Some("2023-10-05T21:00")));
    assert_eq!((value(&event.venue), value(&event.address)), (Some("The Fern Loft"), Some("9 Fern Lane, Leeds")));
    assert_eq!(event.mode.map(|m| m.value), Some(AttendanceMode::Mixed));
    assert_eq!(event.organizers.len(), 1);
    assert_eq!(values(&event.urls), ["https://moss.example.org/4"]);
}

#[test]
fn a_list_is_about_none_of_its_events() {
    let list = r#"[{"@context":"https://schema.org","@type":"Event","name":"Moss Day","startDate":"2024-05-01"},
        {"@context":"https://schema.org","@type":"Event","name":"Fern Day","startDate":"2024-06-01"}]"#;
    assert!(!page("All our days", list).is_event_page());
    let titled = event(page("Fern Day | Sample Gardens", list));
    assert_eq!((value(&titled.name), value(&titled.start)), (Some("Fern Day"), Some("2024-06-01")));
}

#[test]
fn an_article_with_somebody_elses_event_is_no_event_page() {
    let data = r#"[{"@context":"https://schema.org","@type":"BlogPosting","headline":"What I read"},
        {"@context":"https://schema.org","@type":"Event","name":"Moss Fair","startDate":"2025-01-01"}]"#;
    assert!(!page("What I read", data).is_event_page());
    assert!(page("Moss Fair: how it went", data).is_event_page());
}

#[test]
fn vocabularies_are_joined_and_losers_stay() {
    let html = r#"<!DOCTYPE html><html lang="en"><head><title>Fen Meet 3</title>
        <script type="application/ld+json">{"@context":"https://schema.org","@type":"Event","name":"Fen Meet 3","startDate":"2019-9-13T10-10-00-00"}</script></head>
        <body><div itemscope itemtype="http://schema.org/Event"><h1 itemprop="name">Fen Meet 3</h1><meta itemprop="startDate" content="2019-9-13T10:00">
        <div itemprop="location" itemscope itemtype="http://schema.org/Place"><span itemprop="name">Fen Hall</span></div></div></body></html>"#;
    let event = event(records("a.html", html));
    assert_eq!(value(&event.start), Some("2019-09-13T10:00"), "the fuller one of the same day");
    assert_eq!(value(&event.venue), Some("Fen Hall"));
    assert!(event.name.is_some_and(|n| n.proofs.len() == 2));
}

#[test]
fn moments_in_utc_become_local_where_the_zone_is_known() {
    let known = event(records(
        "a.json",
        r#"{"event":{"title":"見本の夜 #2","starts_at":"2017-10-25T10:00:00.000Z","ends_at":"2017-10-25T12:30:00.000Z","venue_name":"オンライン","ticket_limit":9,
            "public_url":"https://mihon.doorkeeper.jp/events/1","participants":7}}"#,
    ));
    assert_eq!((value(&known.start), value(&known.end)), (Some("2017-10-25T19:00"), Some("2017-10-25T21:30")));
    assert_eq!(value(&known.timezone), Some("Asia/Tokyo"));
    assert_eq!(
        (known.venue, known.mode.map(|m| m.value), known.participants.map(|p| p.value)),
        (None, Some(AttendanceMode::Online), Some(7))
    );
    let unknown = event(page(
        "Moss Night",
        r#"{"@context":"https://schema.org","@type":"Event","name":"Moss Night","startDate":"2020-02-02T23:00:00Z"}"#,
    ));
    assert_eq!((value(&unknown.start), unknown.precision), (Some("2020-02-02"), Some(Precision::Day)));
}

#[test]
fn a_series_ends_with_its_last_part_and_its_nights_are_no_talks() {
    let records = page(
        "Reed Festival",
        r#"{"@context":"https://schema.org","@type":"EventSeries","name":"Reed Festival","startDate":"2026-07-10T20:00:00","subEvent":[
            {"@type":"Event","name":"First Night","startDate":"2026-07-10T20:00:00","endDate":"2026-07-10T23:00:00"},
            {"@type":"Event","name":"Last Night","startDate":"2026-07-12T20:00:00","endDate":"2026-07-12T23:30:00"}]}"#,
    );
    assert!(records.talks.is_empty());
    assert_eq!(value(&event(records).end), Some("2026-07-12T23:30"));
}

#[test]
fn a_recording_is_one_talk_of_its_event() {
    let records = records(
        "a.json",
        r#"{"category":"MossPy 2016","title":"MossPy 2016 - Keynote: Nets by Mina Tregar","recorded":"2016-07-01","summary":"[MossPy 2016] 21 May 2016 in the barn",
            "speakers":["Mina Tregar"],"videos":[{"type":"youtube","url":"https://www.youtube.com/watch?v=abcdefghijk"}]}"#,
    );
    let talk = &records.talks[0];
    assert_eq!((value(&talk.title), values(&talk.videos)), (Some("Nets"), vec!["https://www.youtube.com/watch?v=abcdefghijk"]));
    assert_eq!(people(talk), [(Some("Mina Tregar"), Vec::new())]);
    let event = event(records);
    assert_eq!((value(&event.name), value(&event.start)), (Some("MossPy 2016"), Some("2016-05-21")), "its own day, not that of the upload");
}

#[test]
fn sessions_have_times_and_a_house() {
    let records = records(
        "a.json",
        r#"{"sessions":[{"id":"1","title":"Peat in Production","startsAt":"2022-05-05T09:10:00","endsAt":"2022-05-05T10:00:00","speakers":["a"],"roomId":1}],
            "speakers":[{"id":"a","fullName":"Orla Finch","links":[{"url":"https://twitter.com/orlafinch"}]}],"rooms":[{"id":1,"name":"Main"}]}"#,
    );
    let talk = &records.talks[0];
    assert_eq!((value(&talk.start), value(&talk.end)), (Some("2022-05-05T09:10"), Some("2022-05-05T10:00")));
    let event = event(records);
    assert_eq!((value(&event.start), event.precision), (Some("2022-05-05"), Some(Precision::Day)));
    assert_eq!(event.mode.map(|m| m.value), Some(AttendanceMode::Offline));
}

#[test]
fn whole_days_of_a_calendar_end_the_day_before() {
    let calendar = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:1\r\nSUMMARY:Reed Days 2021\r\nDTSTART;VALUE=DATE:20210604\r\nDTEND;VALUE=DATE:20210607\r\n\
        LOCATION:TBD\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n";
    let event = event(records("a.ics", calendar));
    assert_eq!((value(&event.start), value(&event.end), value(&event.venue)), (Some("2021-06-04"), Some("2021-06-06"), None));
}

#[test]
fn an_event_platforms_page_needs_no_record() {
    let html = "<!DOCTYPE html><html lang=ja><head><title>見本の会 #7 - connpass</title><link rel=canonical href=\"https://mihon.connpass.com/event/123/\"></head>\
        <body><main><h1>見本の会 #7</h1><p>2019-03-20 19:00 - 21:30</p><p>お待ちしています。</p></main></body></html>";
    let event = event(records("a.html", html));
    assert_eq!((value(&event.name), values(&event.urls)), (Some("見本の会 #7"), vec!["https://mihon.connpass.com/event/123/"]));
    assert!(value(&event.start).is_some_and(|s| s.starts_with("2019-03-20")));
}

#[test]
fn a_conferences_own_site_bears_its_name() {
    let html = |kind: &str| {
        format!(
            "<!DOCTYPE html><html lang=en><head><title>Schedule</title><meta property=og:type content={kind}><meta property=og:title content=Schedule>\
        <meta property=og:site_name content=\"MossConf 2024\"><meta property=og:url content=\"https://mossconf.example.org/2024\"></head><body><p>Day 1</p></body></html>"
        )
    };
    let site = event(records("a.html", &html("website")));
    assert_eq!((value(&site.name), values(&site.urls)), (Some("MossConf 2024"), vec!["https://mossconf.example.org/2024"]));
    assert!(!records("a.html", &html("article")).is_event_page());
}

#[test]
fn dates_in_all_their_forms() {
    for (text, expected, precision) in [
        ("2023-10-05T18:30:00+01:00", "2023-10-05T18:30", Precision::Minute),
        ("2023-10-05 18:30", "2023-10-05T18:30", Precision::Minute),
        ("2019-5-3T9:05", "2019-05-03T09:05", Precision::Minute),
        ("2019-9-13T10-10-00-00", "2019-09-13", Precision::Day),
        ("2020-06", "2020-06", Precision::Month),
        ("2020", "2020", Precision::Year),
        ("2017-10-25T10:00:00.000Z", "2017-10-25T10:00", Precision::Minute),
    ] {
        let moment = when::read(text);
        assert_eq!(moment.as_ref().map(|m| (m.value.as_str(), m.precision)), Some((expected, precision)), "{text}");
    }
    for text in ["", "soon", "2023-13-01", "2023-02-30", "20", "T10:00", "９é-01-01"] {
        assert_eq!(when::read(text).map(|m| m.value), None, "{text}");
    }
}
