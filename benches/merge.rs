//! How merging grows: ten extractions an event, ten times as many events.
//!
//! `cargo bench -p recap-bench --bench merge` merges 1,000 and 10,000 extractions, `-- --full` 10,000 and 100,000; with
//! `--check` it fails where the greater one takes more than 12 times as long, or where events are joined wrongly.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use recap_merge::{Decisions, merge};
use recap_model::{Event, Evidence, Handle, Method, Person, Precision, Recap, Role, Source, SourceKind, Talk, TalkKind};

/// Ten times as many extractions take at most this many times as long.
const MOST_GROWTH: f64 = 12.0;
/// 100,000 extractions take at most this long.
const MOST: Duration = Duration::from_secs(60);
/// Extractions of one event.
const TOLD: usize = 10;
/// Words that series are called by; with the town and the number they are many.
const SERIES: &[&str] = &["Garden", "Harbor", "Lantern", "Meadow", "Pebble", "Quartz", "Ribbon", "Saffron", "Timber", "Willow"];
const SUBJECTS: &[&str] = &["Rust", "Ruby", "Python", "Data", "Cloud", "Mobile", "Design", "Security", "Testing", "Compilers"];
const TOWNS: &[&str] = &["Tokyo", "Osaka", "Sapporo", "Fukuoka", "Sendai", "London", "Berlin", "Paris", "Boston", "Toronto"];

fn main() -> ExitCode {
    let full = std::env::args().any(|a| a == "--full");
    let strict = std::env::args().any(|a| a == "--check");
    let events = if full { 10_000 } else { 1_000 };
    let (small, small_right) = measure(events / 10);
    let (large, large_right) = measure(events);
    let growth = large.as_secs_f64() / small.as_secs_f64();
    let slow = growth > MOST_GROWTH || (full && large > MOST);
    say(&format!("{:>7} extractions {small:>10.2?}", events * TOLD / 10));
    say(&format!("{:>7} extractions {large:>10.2?}   {growth:.1} times as long (at most {MOST_GROWTH})", events * TOLD));
    if !(small_right && large_right) {
        say("events were joined wrongly");
    }
    ExitCode::from(u8::from(strict && (slow || !small_right || !large_right)))
}

/// Merges that many events, and tells how long it took and whether each became one recap.
fn measure(events: usize) -> (Duration, bool) {
    let recaps: Vec<Recap> = (0..events * TOLD).map(|i| extraction(i / TOLD, i % TOLD)).collect();
    let start = Instant::now();
    let merged = merge(recaps, &Decisions::default());
    let took = start.elapsed();
    let whole = merged.recaps.iter().filter(|r| r.sources.len() == TOLD).count();
    if whole != events || merged.recaps.len() != events {
        say(&format!("{events} events became {} recaps, {whole} of them whole", merged.recaps.len()));
    }
    (took, whole == events && merged.recaps.len() == events)
}

/// The same event told by somebody else: another spelling of its name, part of its programme, seldom its page.
fn extraction(event: usize, teller: usize) -> Recap {
    let (series, subject) = (SERIES[event % 10], SUBJECTS[event / 10 % 10]);
    let (town, number) = (TOWNS[event / 100 % 10], event / 1000 + 1);
    let name = match teller % 3 {
        0 => format!("{series} {subject} {town} #{number}"),
        1 => format!("{} {subject} {town} vol.{number}", series.to_uppercase()),
        _ => format!("第{number}回 {series} {subject} {town}"),
    };
    let day = format!("20{:02}-{:02}-{:02}", 10 + number, 1 + event / 100 % 12, 1 + event % 28);
    let talks: Vec<Talk> = (0..4).filter(|t| !(t + teller).is_multiple_of(4)).map(|t| talk(event, t)).collect();
    let people = talks.iter().enumerate().map(|(i, talk)| person(i, event, talk.title.as_deref().unwrap_or_default())).collect();
    let mut recap = Recap {
        schema_version: recap_model::SCHEMA_VERSION.to_owned(),
        id: format!("{series}-{subject}-{town}-{number}").to_lowercase(),
        event: Event {
            name: Some(name),
            series: Some(format!("{series} {subject} {town}")),
            edition: Some(number.to_string()),
            start: Some(day).filter(|_| teller % 4 != 1),
            date_precision: Some(Precision::Day).filter(|_| teller % 4 != 1),
            urls: (teller.is_multiple_of(5))
                .then(|| format!("https://{}.connpass.com/event/{}/", series.to_lowercase(), 100_000 + event))
                .into_iter()
                .collect(),
            ..Event::default()
        },
        talks: talks
            .into_iter()
            .enumerate()
            .map(|(i, t)| Talk { id: format!("t{}", i + 1), speakers: vec![format!("p{}", i + 1)], ..t })
            .collect(),
        people,
        sources: vec![source(event, teller)],
        ..Recap::default()
    };
    prove(&mut recap);
    recap
}

fn source(event: usize, teller: usize) -> Source {
    Source {
        id: "src1".to_owned(),
        kind: if teller == 0 { SourceKind::EventPage } else { SourceKind::WriteUp },
        path: Some(format!("blog{teller}/{event}.md")),
        sha256: format!("{event:032x}{teller:032x}"),
        ..Source::default()
    }
}

fn talk(event: usize, t: usize) -> Talk {
    Talk {
        kind: if t == 3 { TalkKind::Lightning } else { TalkKind::Talk },
        title: Some(format!("What we learned from {} number {event} in part {t}", SUBJECTS[(event + t) % 10])),
        slides: (t == 0).then(|| format!("https://speakerdeck.com/speaker{event}/deck-{t}")).into_iter().collect(),
        ..Talk::default()
    }
}

fn person(i: usize, event: usize, title: &str) -> Person {
    let who = title.len() + event * 7 + i;
    Person {
        id: format!("p{}", i + 1),
        name: Some(format!("Speaker {who}")),
        handles: vec![Handle { platform: "twitter".to_owned(), handle: format!("speaker{who}") }],
        roles: vec![Role::Speaker],
        ..Person::default()
    }
}

/// Evidence for everything.
fn prove(recap: &mut Recap) {
    let mut pointers = vec!["/event/name".to_owned(), "/event/series".to_owned(), "/event/edition".to_owned()];
    pointers.extend(recap.event.start.is_some().then(|| "/event/start".to_owned()));
    pointers.extend((0..recap.event.urls.len()).map(|i| format!("/event/urls/{i}")));
    for i in 0..recap.talks.len() {
        pointers.extend(["title", "kind", "speakers/0", "slides/0"].map(|field| format!("/talks/{i}/{field}")));
        pointers.extend(["name", "handles/0", "roles/0"].map(|field| format!("/people/{i}/{field}")));
    }
    for (at, pointer) in pointers.into_iter().enumerate() {
        let evidence = Evidence {
            source: "src1".to_owned(),
            start: at * 10,
            end: at * 10 + 9,
            quote: "made up for the benchmark".to_owned(),
            attribute: None,
            rule: "bench/made-up".to_owned(),
            method: Method::Verbatim,
            from: Vec::new(),
            confidence: 0.9,
        };
        recap.evidence.insert(pointer, vec![evidence]);
    }
}

#[expect(clippy::print_stdout, reason = "the table is what this program is for")]
fn say(line: &str) {
    println!("{line}");
}
