//! Data made to hurt: it must be bounded in time and memory and must not panic.

use std::time::{Duration, Instant};

use crate::{Document, Hints, ReadError, read};

/// Debug builds on a busy machine are slow; what is quadratic would take far longer.
const LIMIT: Duration = Duration::from_secs(30);

fn timed(name: &str, content: &str) -> Result<Document, ReadError> {
    let start = Instant::now();
    let result = read(content.as_bytes(), &Hints { name: Some(name), ..Hints::default() });
    assert!(start.elapsed() < LIMIT, "{name}: {:?}", start.elapsed());
    if let Ok(document) = &result {
        super::check_places(document);
    }
    result
}

#[test]
fn deep_json() {
    for depth in [100, 100_000] {
        assert!(timed("a.json", &"[".repeat(depth)).is_err());
        let closed = format!("{}{}", "[".repeat(depth), "]".repeat(depth));
        let objects = format!("{}1{}", "{\"a\":".repeat(depth), "}".repeat(depth));
        for content in [closed, objects] {
            let document = timed("a.json", &content).expect("balanced");
            assert!(document.problems.iter().any(|p| p.code == "data-cut"));
        }
    }
}

#[test]
fn wide_json() {
    let many = format!("[{}1]", "{\"id\":1,\"text\":\"a\"},".repeat(100_001));
    let document = timed("a.json", &many).expect("valid");
    assert!(document.problems.iter().any(|p| p.code == "data-cut"));
    let long = format!("{{\"full_text\":\"{}\",\"id_str\":\"1\",\"created_at\":\"x\"}}", "a #b @c https://t.co/x ".repeat(50_000));
    assert_eq!(timed("a.json", &long).expect("valid").records.len(), 1);
    let keys = (0..50_000).map(|i| format!("\"k{i}\":{i},")).collect::<String>();
    assert!(timed("a.json", &format!("{{{keys}\"k\":0}}")).is_ok());
    let named = format!("{{\"{}\":[{}1]}}", "k".repeat(100_000), "1,".repeat(20_000));
    assert!(timed("a.json", &named).is_ok());
}

#[test]
fn odd_json() {
    assert!(timed("a.json", "{\"a\": NaN}").is_err());
    assert!(timed("a.json", "{\"a\": 1e999}").is_err());
    let document = timed("a.json", "{\"name\":\"a\",\"name\":\"b\",\"\":\"\",\"x\":null,\"\\u0000\":\"\\u0000\"}").expect("valid");
    assert!(document.text.contains("name: a\n") && document.text.contains("name: b\n"));
    for content in ["1", "\"text\"", "[]", "{}", "null", "[[],{},[null]]", "\u{feff}{\"a\":1}", "{\"data\":[{\"id\":1,\"text\":2}]}"] {
        let _ = timed("a.json", content);
    }
    assert!(timed("a.json", "{\"a\":1}\n{\"a\":").is_ok_and(|d| d.problems.iter().any(|p| p.code == "json-broken")));
}

#[test]
fn yaml_bombs() {
    let mut bomb = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for i in 1..12 {
        let inner = format!("*a{},", i - 1).repeat(10);
        bomb.push_str(&format!("a{i}: &a{i} [{inner}]\n"));
    }
    let _ = timed("a.yml", &bomb);
    let _ = timed("a.yml", &format!("a: {}", "[".repeat(100_000)));
    let _ = timed("a.yml", &"- ".repeat(100_000));
    let _ = timed("a.yml", &(0..20_000).map(|i| format!("k{i}: v\n")).collect::<String>());
}

#[test]
fn xml_and_calendars() {
    let deep = format!("<schedule>{}", "<a>".repeat(200_000));
    let _ = timed("a.xml", &deep);
    let _ = timed("a.xml", &format!("<schedule>{}</schedule>", "<a b='c'>d</a>".repeat(100_000)));
    let _ = timed("a.xml", "<schedule><conference><title>&bomb;&#x110000;</title></conference><day/></schedule>");
    let _ = timed("a.ics", &"BEGIN:VEVENT\n".repeat(100_000));
    let _ = timed("a.ics", &format!("BEGIN:VCALENDAR\n{}END:VCALENDAR", "BEGIN:VEVENT\nSUMMARY:a\nEND:VEVENT\n".repeat(20_000)));
    let _ = timed("a.ics", &format!("BEGIN:VCALENDAR\nX:{}", "a\n ".repeat(200_000)));
}

#[test]
fn linked_data_that_repeats_itself() {
    // Each level refers to the next one twice: 2^60 objects if nothing stopped it.
    let levels =
        (0..60).map(|i| format!(r##"{{"@id":"#{i}","@type":"Event","name":"n","a":{{"@id":"#{0}"}},"b":{{"@id":"#{0}"}}}}"##, i + 1));
    let graph = format!("<script type=application/ld+json>{{\"@graph\":[{}]}}</script>", levels.collect::<Vec<_>>().join(","));
    assert!(timed("a.html", &format!("<!doctype html>{graph}")).is_ok());
    let _ = timed("a.html", &format!("<!doctype html><script type=application/ld+json>{}</script>", "[{\"a\":".repeat(100_000)));
    let _ = timed("a.html", &format!("<!doctype html><script type=application/ld+json>{}", "{\"@type\":\"Event\",,}".repeat(50_000)));
}

#[test]
fn markup_that_repeats_itself() {
    for element in [
        "<div itemscope itemprop=a>x",
        "<div itemscope id=a itemref='a b a b'>x",
        "<div itemprop=a>word ",
        "<div class='vevent summary location organizer dtstart'>x",
        "<div class='h-event p-name p-location h-card dt-start'>x",
        "<div typeof='v:Event' rel='v:location' property='v:name' about=b>x",
        "<div class='tweet tweet-text' data-tweet-id=1 data-screen-name=a>x",
        "<div class='event_title event_schedule_area'><h2 class=event_title>x",
    ] {
        assert!(timed("a.html", &format!("<!doctype html>{}", element.repeat(20_000))).is_ok(), "{element}");
    }
}
