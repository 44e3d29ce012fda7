use super::{all, file, get, only};
use crate::{Format, Hints, ReadError, read};

#[test]
fn a_calendar_with_folded_lines_and_zones() {
    let document = file(
        "kelp.ics",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nUID:4@kelp.example\r\nSUMMARY:Kelp Night\\, the fou\r\n rth\r\nDTSTART;TZID=Asia/Tokyo:20310402T190000\r\nDTEND:20310402T120000Z\r\n\
         LOCATION:Tide Hall\\n1-1 Hama\r\nURL:https://kelp.example/4\r\nORGANIZER;CN=\"Hamada: Mio\":mailto:mio@kelp.example\r\nDESCRIPTION:Talks\\; beer\r\nCATEGORIES:kelp,talks\r\nSTATUS:CONFIRMED\r\nEND:VEVENT\r\n\
         BEGIN:VEVENT\r\nSUMMARY:All day\r\nDTSTART;VALUE=DATE:20310403\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
    );
    assert_eq!(document.format, Format::Calendar);
    let [event, day] = document.records.as_slice() else { panic!("{:#?}", document.records) };
    for (path, value) in [
        ("name", "Kelp Night, the fourth"),
        ("startDate", "2031-04-02T19:00:00"),
        ("timeZone", "Asia/Tokyo"),
        ("endDate", "2031-04-02T12:00:00Z"),
        ("location", "Tide Hall\n1-1 Hama"),
        ("url", "https://kelp.example/4"),
        ("organizer.name", "Hamada: Mio"),
        ("description", "Talks; beer"),
        ("eventStatus", "CONFIRMED"),
    ] {
        assert_eq!(get(event, path), Some(value), "{path}");
    }
    assert_eq!(all(event, "keywords"), ["kelp", "talks"]);
    assert_eq!(get(day, "startDate"), Some("2031-04-03"));
    assert!(document.text.contains("SUMMARY: Kelp Night, the fourth\n"));
}

#[test]
fn a_calendar_that_ends_early_gives_what_it_has() {
    let document = file("a.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Cut\nDTSTART:20310101T10");
    assert_eq!(get(only(&document, "ical"), "name"), Some("Cut"));
    assert_eq!(document.problems.len(), 1);
}

#[test]
fn broken_files_say_where() {
    let broken = |name: &str, content: &str| match read(content.as_bytes(), &Hints { name: Some(name), ..Hints::default() }) {
        Err(ReadError::Malformed { format, message }) => (format, message),
        other => panic!("{other:?}"),
    };
    let (format, message) = broken("a.json", "{\"name\": \"x\",\n \"b\": }");
    assert_eq!(format, "JSON");
    assert!(message.contains("line 2 column"), "{message}");
    let (format, message) = broken("a.yml", "name: x\nlist: [1, 2\nother: {\n");
    assert_eq!(format, "YAML");
    assert!(message.contains("line"), "{message}");
    let (format, _) = broken("a.ics", "SUMMARY:no component\n");
    assert_eq!(format, "iCalendar");
}

#[test]
fn yaml_talks_become_an_event() {
    let document = file(
        "videos.yml",
        "# Website: https://fern.example\n---\n- id: \"a-fern-2031\"\n  title: \"Lightning Talk: Spores\"\n  raw_title: \"Spores\"\n  event_name: \"Fern Conf 2031\"\n  date: \"2031-05-01\"\n  kind: \"lightning_talk\"\n  video_provider: \"youtube\"\n  video_id: \"abcDEF123_-\"\n  slides_url: \"https://decks.example/spores\"\n  speakers:\n    - Aya Shida\n\
         - id: \"b-fern-2031\"\n  title: \"Panel\"\n  event_name: \"Fern Conf 2031\"\n  date: \"2031-05-02\"\n  video_provider: \"not_recorded\"\n  video_id: \"not_recorded\"\n  talks:\n    - title: \"Fronds\"\n      event_name: \"Fern Conf 2031\"\n      speakers:\n        - Bo Warabi\n        - Chi Zenmai\n",
    );
    assert_eq!(document.format, Format::Yaml);
    assert!(document.text.starts_with("Website: https://fern.example\n"), "comments stay readable");
    let event = only(&document, "rubyevents");
    assert_eq!((get(event, "name"), get(event, "startDate")), (Some("Fern Conf 2031"), Some("2031-05-01")));
    let talks = event.records("subEvent").collect::<Vec<_>>();
    assert_eq!(talks.iter().filter_map(|t| get(t, "name")).collect::<Vec<_>>(), ["Spores", "Fronds"]);
    assert_eq!(get(talks[0], "additionalType"), Some("lightning"));
    assert_eq!(get(talks[0], "recordedIn.url"), Some("https://www.youtube.com/watch?v=abcDEF123_-"));
    assert_eq!(get(talks[0], "workFeatured.url"), Some("https://decks.example/spores"));
    assert_eq!(talks[1].records("performer").count(), 2);
}

#[test]
fn one_event_in_yaml() {
    let document = file(
        "event.yml",
        "id: \"x\"\ntitle: \"Fern Conf 2031\"\nkind: \"conference\"\nlocation: \"Nara, Japan\"\nstart_date: \"2031-05-01\"\nend_date: \"2031-05-02\"\nwebsite: \"https://fern.example\"\n",
    );
    let event = only(&document, "rubyevents");
    assert_eq!(get(event, "location"), Some("Nara, Japan"));
    assert_eq!(get(event, "endDate"), Some("2031-05-02"));
}

const SCHEDULE: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<schedule><conference><title>Moss &amp; Fern 2031</title><acronym>mf31</acronym><start>2031-06-01</start><end>2031-06-02</end></conference>
<day index="1" date="2031-06-01"><room name="Hall A"><event guid="g1" id="11"><date>2031-06-01T10:00:00+02:00</date><start>10:00</start><duration>00:30</duration>
<title>Keynote: roots</title><type>keynote</type><persons><person id="1">Ada Moos</person><person id="2">Bert Farn</person></persons>
<links><link href="https://decks.example/roots">Slides</link><link href="https://roots.example/">More</link></links></event>
<event guid="g2" id="12"><start>11:00</start><title>Short one</title><persons><person id="3">Cleo Alge</person></persons></event></room></day></schedule>"#;

#[test]
fn a_schedule_in_xml() {
    let document = file("schedule.xml", SCHEDULE);
    assert_eq!(document.format, Format::Xml);
    let event = only(&document, "frab-schedule");
    assert_eq!(get(event, "name"), Some("Moss & Fern 2031"));
    let talks = event.records("subEvent").collect::<Vec<_>>();
    assert_eq!(talks.len(), 2);
    assert_eq!(talks[0].records("performer").filter_map(|p| get(p, "name")).collect::<Vec<_>>(), ["Ada Moos", "Bert Farn"]);
    assert_eq!(get(talks[0], "workFeatured.url"), Some("https://decks.example/roots"));
    assert_eq!(all(talks[0], "citation"), ["https://roots.example/"]);
    assert_eq!(get(talks[0], "additionalType"), Some("keynote"));
    assert_eq!(get(talks[0], "location"), Some("Hall A"));
    assert_eq!(get(talks[1], "startDate"), Some("2031-06-01T11:00"));
    assert_eq!(get(talks[1], "performer.name"), Some("Cleo Alge"));
}

#[test]
fn a_saved_answer_with_its_head() {
    let document = file(
        "a.txt",
        "HTTP/1.1 200 OK\r\nContent-Type: application/activity+json\r\nX-A: b\r\n\r\n{\"type\": \"Note\", \"id\": \"https://t.example/1\", \"published\": \"2031-01-01\", \"content\": \"hi\"}",
    );
    assert_eq!(document.format, Format::Json);
    assert!(!document.text.contains("HTTP"));
    let page = file("b.txt", "HTTP/2 200\nserver: x\n\n<html><body><p>Page</p></body></html>");
    assert_eq!((page.format, page.text.as_str()), (Format::Html, "Page\n"));
    let prose = file("c.txt", "HTTP/1.1 is a protocol\n\nThis text is about it and nothing else.\n");
    assert!(!prose.text.starts_with("This"));
}
