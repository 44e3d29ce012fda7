//! Input that nobody should give: no wrong merge, nothing lost, safe names, in time.

use std::time::{Duration, Instant};

use recap_merge::{Decisions, merge};
use recap_model::Recap;

#[path = "support/made.rs"]
mod made;
#[expect(dead_code, reason = "the properties use the rest")]
mod support;
use made::{source, with_page};

fn merged(sources: Vec<Recap>) -> Vec<Recap> {
    merge(sources, &Decisions::default()).recaps
}

#[test]
fn contradicting_dates_leave_a_conflict_with_its_evidence() {
    let day = |path, day| source(path, "Ferry Night #3", day, &[["Tides", "Hana Example", "hana_ex", ""]]);
    let recaps = merged(vec![day("a.md", "2021-04-23"), day("b.md", "2021-04-24"), day("c.md", "2021-04-23")]);
    assert_eq!(recaps.len(), 1);
    assert_eq!(recaps[0].event.start.as_deref(), Some("2021-04-23"));
    let lost: Vec<_> = recaps[0].conflicts.iter().filter(|c| c.pointer == "/event/start").collect();
    assert_eq!(lost.len(), 1, "{:?}", recaps[0].conflicts);
    assert_eq!(lost[0].value, "2021-04-24");
    assert!(!lost[0].evidence.is_empty());
}

#[test]
fn a_page_of_two_events_does_not_join_them() {
    let event = |path, name, day, number: u32, title| {
        let page = format!("https://ferry.connpass.com/event/{number}/");
        with_page(source(path, name, day, &[[title, "Hana Example", "hana_ex", ""]]), &page)
    };
    let (third, fourth) = (
        event("third.md", "Ferry Night #3", "2021-04-23", 301, "Tides without tears"),
        event("fourth.md", "Ferry Night #4", "2021-05-28", 302, "Moons of the harbour"),
    );
    let told = [["Tides without tears", "Hana Example", "hana_ex", ""], ["Moons of the harbour", "Hana Example", "hana_ex", ""]];
    for name in ["", "Ferry Night", "Ferry Night #3", "Ferry Night #3 and #4"] {
        let both = with_page(source("both.md", name, "", &told), "https://ferry.connpass.com/event/301/");
        let both = with_page(both, "https://ferry.connpass.com/event/302/");
        for order in [[&third, &both, &fourth], [&both, &fourth, &third], [&fourth, &third, &both]] {
            let recaps = merged(order.into_iter().cloned().collect());
            let home = |path: &str| recaps.iter().position(|r| r.sources.iter().any(|s| s.path.as_deref() == Some(path)));
            assert_ne!(home("third.md"), home("fourth.md"), "{name:?}");
            assert!(home("both.md").is_some(), "{name:?}: nothing is lost");
        }
    }
}

#[test]
fn a_page_that_names_the_pages_of_two_events_does_not_join_them() {
    let page = |recap, number: u32| with_page(recap, &format!("https://ferry.connpass.com/event/{number}/"));
    for (day, other) in [("2021-04-23", "2021-05-28"), ("2021-04-23", "2021-04-23"), ("", "")] {
        let tide = page(source("tide.md", "Tide Night", day, &[]), 301);
        let moon = page(source("moon.md", "Moon Harbour Meetup", other, &[]), 302);
        let both = page(page(source("both.md", "Two evenings", "", &[]), 301), 302);
        let recaps = merged(vec![tide, both, moon]);
        let joined = recaps.iter().any(|r| r.sources.len() == 3);
        assert!(!joined && recaps.iter().map(|r| r.sources.len()).sum::<usize>() == 3, "{day} {other}");
    }
}

#[test]
fn ten_thousand_events_of_one_name_stay_apart_in_time() {
    let start = Instant::now();
    let day = |n: usize| format!("{}-{:02}-{:02}", 1000 + n / 336, 1 + n / 28 % 12, 1 + n % 28);
    let sources = (0..10_000).map(|n| source(&format!("{n}.md"), "Ferry Night", &day(n), &[])).collect();
    let recaps = merged(sources);
    assert!(recaps.len() > 9_900, "{}", recaps.len());
    assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
}

#[test]
fn hostile_names_give_safe_ids_and_no_merge() {
    let long = "船".repeat(350_000);
    let names = ["../../etc/passwd", "..\\..\\boot", "CON", "\u{202e}gnp.exe\u{2066}\u{0}\u{7}", "/", ".", "", "…", &long];
    let sources: Vec<Recap> =
        names.iter().enumerate().map(|(n, name)| source(&format!("{n}.md"), name, "", &[[name, name, "", ""]])).collect();
    let recaps = merged(sources.iter().chain(&sources).cloned().collect());
    assert_eq!(recaps.len(), names.len());
    let mut ids: Vec<String> = recaps.iter().map(|r| r.id.to_lowercase()).collect();
    for id in &ids {
        assert!(!id.is_empty() && id.len() <= 240 && id.chars().all(|c| c.is_alphanumeric() || c == '-'), "{id}");
        assert!(!["con", "prn", "aux", "nul"].contains(&id.as_str()));
    }
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), names.len(), "each has its own id");
}
