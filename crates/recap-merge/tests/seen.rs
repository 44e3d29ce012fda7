//! What is seen between real sources of one event, and between sources of two: one line a case.

use recap_merge::{Decisions, Merged, merge};
use recap_model::Recap;

#[path = "support/made.rs"]
mod made;
#[expect(dead_code, reason = "the properties use the rest")]
mod support;
use made::{Told, source, with, with_page};

fn merged(sources: Vec<Recap>) -> Merged {
    merge(sources, &Decisions::default())
}

/// How many talks two sources of one event have together.
fn talks(a: &[Told<'_>], b: &[Told<'_>]) -> usize {
    let merged = merged(vec![source("a.md", "Ferry Night #3", "2021-04-23", a), source("b.md", "Ferry Night #3", "2021-04-23", b)]);
    assert_eq!(merged.recaps.len(), 1, "{a:?} {b:?}");
    merged.recaps[0].talks.len()
}

/// How many events two sources tell of, each by its name and day.
fn events(a: (&str, &str), b: (&str, &str)) -> usize {
    let told = [["Gardens of tiny robots", "Hana Example", "hana_ex", ""], ["Tides without tears", "Bob Sample", "bob_s", ""]];
    merged(vec![source("a.md", a.0, a.1, &told), source("b.md", b.0, b.1, &told)]).recaps.len()
}

#[test]
fn one_talk_in_two_spellings() {
    let title = "Gardens of tiny robots in the harbour";
    for (what, other) in [
        ("letter case", "GARDENS OF TINY ROBOTS IN THE HARBOUR"),
        ("cut", "Gardens of tiny robots in the har…"),
        ("a room", "B2 (S): Gardens of tiny robots in the harbour"),
        ("a kind", "Keynote: Gardens of tiny robots in the harbour"),
        ("a language", "Gardens of tiny robots in the harbour (EN)"),
        ("a typo", "Gardens of tiny robbots in the harbour"),
        ("spaces", "Gardens  of tiny robots\u{3000}in the harbour "),
        ("a dash", "Gardens of tiny robots – in the harbour"),
        ("an emoji", "Gardens of tiny robots in the harbour 🤖"),
        ("width", "Ｇａｒｄｅｎｓ of tiny robots in the harbour"),
    ] {
        assert_eq!(talks(&[[title, "", "", ""]], &[[other, "", "", ""]]), 1, "{what}, without speakers");
        assert_eq!(talks(&[[title, "Hana Example", "", ""]], &[[other, "Hana Example", "", ""]]), 1, "{what}");
    }
    assert_eq!(talks(&[["Ten ferries in 20 years", "Hana Example", "", ""]], &[["Ten ferries in years", "Hana Example", "", ""]]), 1);
    assert_eq!(talks(&[["Talk 💺 of the ferries", "Hana Example", "", ""]], &[["Talk 🪑 of the ferries", "Hana Example", "", ""]]), 1);
}

#[test]
fn one_talk_by_its_speaker_or_deck() {
    let deck = "https://www.slideshare.net/hana/ferries";
    let one = [
        (
            "a paraphrase",
            ["Slow boats: hack the harbour", "Hana Example", "hana_ex", ""],
            ["Slow boats: change the harbour", "", "hana_ex", ""],
        ),
        ("two languages", ["渡し船の庭", "", "", deck], ["The garden of ferries", "", "", deck]),
        ("no title, no speaker", ["", "Hana Example", "", deck], ["Slow boats", "", "", deck]),
        ("another title", ["渡し船を作った", "", "hana_ex", ""], ["How boats float", "Hana Example", "hana_ex", ""]),
        ("another host", ["Slow boats", "", "", deck], ["遅い船", "", "", "https://de.slideshare.net/hana/ferries"]),
        ("an anchor", ["Slow boats", "", "", deck], ["遅い船", "", "", "https://www.slideshare.net/hana/ferries#1"]),
        (
            "a slide of an editor",
            ["Slow boats", "", "", "https://docs.google.com/presentation/d/1abcdefghijklmnop/edit#slide=id.p1"],
            ["遅い船", "", "", "https://docs.google.com/presentation/d/1abcdefghijklmnop/edit"],
        ),
    ];
    for (what, a, b) in one {
        assert_eq!(talks(&[a], &[b]), 1, "{what}");
    }
    let (first, second) =
        (["Slow boats", "Hana Example", "hana_ex", deck], ["Fast boats", "Hana Example", "hana_ex", "https://speakerdeck.com/hana/fast"]);
    assert_eq!(talks(&[first, second], &[second, first]), 2, "two talks with a deck each");
    let twice = ["Slow boats", "Hana Example", "hana_ex", ""];
    assert_eq!(talks(&[twice, twice], &[twice]), 1, "one talk twice in a timetable");
    assert_eq!(talks(&[["Respect the names", "", "", ""]], &[["Re: Respect the names", "", "", ""], ["Respect the names", "", "", ""]]), 2);
}

#[test]
fn one_person_in_two_spellings() {
    let title = "Gardens of tiny robots";
    for (what, a, b) in [
        ("capitals", "Hana Example", "HANA EXAMPLE"),
        ("turned", "Hana Example", "Example Hana"),
        ("shortened", "Hana Example", "H. Example"),
        ("variants", "髙橋 花", "高橋花"),
    ] {
        let both = merged(vec![
            source("a.md", "Ferry Night #3", "2021-04-23", &[[title, a, "", ""]]),
            source("b.md", "Ferry Night #3", "2021-04-23", &[[title, b, "", ""]]),
        ]);
        assert_eq!((both.recaps[0].talks.len(), both.recaps[0].people.len()), (1, 1), "{what}");
    }
    let dunder = [[title, "Hana Example", "__hana__", ""]];
    let both =
        merged(vec![source("a.md", "Ferry Night #3", "2021-04-23", &dunder), source("b.md", "Ferry Night #3", "2021-04-23", &dunder)]);
    assert_eq!(both.recaps[0].people.len(), 1);
    // An account that was never filled in is nobody's.
    let blank = [[title, "Hana Example", "TODO", ""], ["Tides without tears", "Bob Sample", "TODO", ""]];
    let both = merged(vec![source("a.md", "Ferry Night #3", "2021-04-23", &blank), source("b.md", "Ferry Night #3", "2021-04-23", &blank)]);
    assert_eq!((both.recaps[0].talks.len(), both.recaps[0].people.len()), (2, 2));
}

#[test]
fn one_event_in_two_spellings() {
    for (what, a, b) in [
        ("numbers", ("Ferry Night #3", "2021-04-23"), ("第3回 Ferry Night", "2021-04-23")),
        ("volumes", ("Ferry Night vol.3", "2021-04-23"), ("ferry night ＃３", "2021-04-23")),
        ("two scripts", ("関西Ruby会議08", "2021-04-23"), ("Kansai RubyKaigi 08", "2021-04-23")),
        ("days of one event", ("Ferry Conf 2021 Day 1", "2021-04-23"), ("Ferry Conf 2021 2日目", "2021-04-24")),
        ("a wrong year", ("Ferry Conf 2021", "2021-04-23"), ("Ferry Conf 2021", "2022-04-23")),
        ("a wrong day", ("Ferry Night #3", "2021-04-23"), ("Ferry Night #3", "2021-04-20")),
    ] {
        assert_eq!(events(a, b), 1, "{what}");
    }
    let (plan, fact) = (["Tides", "Bob Sample", "", ""], ["Moon and tides", "Carol Sample", "", ""]);
    let both = vec![source("a.md", "Ferry Night #3", "2021-04-23", &[plan]), source("b.md", "Ferry Night #3", "2021-04-23", &[fact])];
    assert_eq!(merged(both).recaps.len(), 1, "no talk in common is no proof against");
}

#[test]
fn two_events_with_much_in_common() {
    for (what, a, b) in [
        ("the next edition", ("Ferry Night #3", "2021-04-23"), ("Ferry Night #4", "2021-05-28")),
        ("the next year", ("Ferry Conf 2021", "2021-04-23"), ("Ferry Conf 2022", "2022-04-22")),
        ("another town", ("Ferry Conf 2021 Osaka", "2021-04-23"), ("Ferry Conf 2021 Sapporo", "2021-04-23")),
        ("another edition on the same day", ("Ferry Night #3", "2021-04-23"), ("Ferry Night #4", "2021-04-23")),
        ("one talk and speaker at two events", ("Ferry Night #3", "2021-04-23"), ("Harbour Day 7", "2021-06-02")),
    ] {
        assert_eq!(events(a, b), 2, "{what}");
    }
    let speaker = |title| [title, "Hana Example", "hana_ex", ""];
    let apart = |a: Recap, b: Recap| merged(vec![a, b]).recaps.len();
    let series = source("a.md", "Ferry Night", "", &[speaker("Tides")]);
    assert_eq!(apart(series, source("b.md", "Ferry Night #4", "2021-05-28", &[speaker("Moons")])), 2, "a series without its edition");
    let root = |path, name, day| with_page(source(path, name, day, &[speaker("Tides")]), "https://ferryconf.example/");
    assert_eq!(apart(root("a.md", "Ferry Conf 2021", "2021-04-23"), root("b.md", "Ferry Conf 2022", "2022-04-22")), 2, "a site's root");
    let by = |path, name, day| source(path, name, day, &[speaker(name)]);
    assert_eq!(apart(by("blog/a.md", "Tide Night", "2021-04-23"), by("blog/b.md", "Moon Night", "2021-04-23")), 2, "one speaker, one blog");
    let at =
        |path, name, day, title| with(source(path, name, day, &[[title, "", "", ""]]), |e| e.venue.name = Some("Harbour Hall".to_owned()));
    assert_eq!(apart(at("a.md", "Tide Night", "2021-04-23", "Tides"), at("b.md", "Moon Night", "2021-04-23", "Moons")), 2, "one venue");
    let template =
        |path, name, day| source(path, name, day, &[["Opening", "", "", ""], ["Lightning talks", "", "", ""], ["Closing", "", "", ""]]);
    assert_eq!(apart(template("a.md", "Tide Night", "2021-04-23"), template("b.md", "Moon Night", "2021-04-23")), 2, "one template");
    let untold = |path, talk| source(path, "", "2021-04-23", &[speaker(talk)]);
    assert_eq!(apart(untold("a.md", "Tides"), untold("b.md", "Moons")), 2, "a day that may be that of publication");
}
