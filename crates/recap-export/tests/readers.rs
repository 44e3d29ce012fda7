//! What programs of others read in the files: calendars, feeds and tables by their own readers.

mod support;

use std::collections::BTreeMap;

use icalendar::{Calendar, CalendarComponent, CalendarDateTime, Component as _, DatePerhapsTime, EventLike as _};
use recap_export::{Settings, format};
use support::{hostile, meetup};

fn text(name: &str, recap: recap_model::Recap) -> String {
    let settings = Settings { base_url: Some("https://archive.example.org/".to_owned()), ..Settings::default() };
    format(name).expect("the format is known").write(&[recap], &settings).expect("it is written").files.remove(0).text()
}

#[test]
fn a_calendar_program_reads_the_event() {
    let calendar: Calendar = text("ical", meetup()).parse().expect("a calendar");
    let events: Vec<_> = calendar.components.iter().filter_map(CalendarComponent::as_event).collect();
    assert_eq!(events.len(), 1);
    let event = events[0];
    assert_eq!(event.get_summary(), Some("たぬきナイト #7, 夏のはじまり"));
    assert_eq!(event.get_uid(), Some("tanuki-night-7-2024-05-17@recap"));
    assert_eq!(event.get_location(), Some("ほたる会館"));
    let Some(DatePerhapsTime::DateTime(CalendarDateTime::WithTimezone { date_time, tzid })) = event.get_start() else {
        panic!("no start with a zone: {:?}", event.get_start());
    };
    assert_eq!((date_time.to_string().as_str(), tzid.as_str()), ("2024-05-17 19:00:00", "Asia/Tokyo"));
    // Nothing that a source says begins a property of its own.
    let hostile: Calendar = text("ical", hostile()).parse().expect("a calendar");
    let properties: Vec<_> =
        hostile.components.iter().filter_map(CalendarComponent::as_event).flat_map(|e| e.properties().keys()).collect();
    assert!(properties.iter().all(|name| name.chars().all(|c| c.is_ascii_uppercase() || c == '-')), "{properties:?}");
}

#[test]
fn feed_readers_read_both_feeds() {
    for (name, kind) in [("atom", feed_rs::model::FeedType::Atom), ("json-feed", feed_rs::model::FeedType::JSON)] {
        let text = text(name, meetup());
        let feed = feed_rs::parser::parse(text.as_bytes()).unwrap_or_else(|e| panic!("{name}: {e}\n{text}"));
        assert_eq!(feed.feed_type, kind);
        let [entry] = feed.entries.as_slice() else { panic!("{name}: {} entries", feed.entries.len()) };
        assert_eq!(entry.title.as_ref().map(|t| t.content.as_str()), Some("たぬきナイト #7, 夏のはじまり"), "{name}");
        assert!(!entry.id.is_empty() && !entry.links.is_empty(), "{name}");
        assert!(
            entry.published.or(entry.updated).is_some_and(|at| at.to_rfc3339().starts_with("2024-05-17T10:00:00")),
            "{name}: {entry:?}"
        );
        let hostile = self::text(name, hostile());
        let feed = feed_rs::parser::parse(hostile.as_bytes()).unwrap_or_else(|e| panic!("{name}: {e}\n{hostile}"));
        assert!(feed.entries.iter().flat_map(|e| &e.links).all(|link| !link.href.starts_with("javascript:")), "{name}");
    }
}

#[test]
fn a_table_reader_reads_a_row_per_talk_and_speaker() {
    let text = text("csv", meetup());
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().collect::<Result<_, _>>().expect("rows of one shape");
    assert!(rows.len() >= 2 && rows.iter().all(|row| row["event"] == "たぬきナイト #7, 夏のはじまり"), "{rows:?}");
}
