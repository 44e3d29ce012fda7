//! Recaps of single documents, made up: few events told by several sources, with much in common and much against.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use recap_model::{Event, Evidence, Handle, Method, Person, Precision, Recap, Role, Section, Source, SourceKind, Talk, TalkKind};
use serde_json::Value;

const NAMES: &[&str] = &[
    "Sample Conf 2021",
    "sample conf 2021",
    "Sample Conf 2022",
    "Ｓａｍｐｌｅ Conf 2021 Osaka",
    "Example Night #3",
    "第3回 Example Night",
    "Example Night",
];
const DAYS: &[&str] = &["2021-05-08", "2021-05-09", "2021-05-08T19:00", "2022-05-08", "2021-11-20"];
const PAGES: &[&str] = &[
    "https://sample.connpass.com/event/101/",
    "https://connpass.com/event/101",
    "https://sample.connpass.com/event/102/",
    "https://sampleconf.example/2021/",
];
const TITLES: &[&str] = &[
    "Parsing dates without tears",
    "Parsing dates without tears!",
    "日付の読みかた",
    "Re: Parsing dates without tears",
    "Keynote on gardens",
];
const PEOPLE: &[(&str, &str)] =
    &[("Hana Example", "hana_ex"), ("Example Hana", ""), ("", "hana_ex"), ("例示 太郎", "rei_taro"), ("例示　太郎", ""), ("Bob", "bob")];
const DECKS: &[&str] =
    &["https://speakerdeck.com/hana/dates", "https://speakerdeck.com/hana/dates?slide=3", "https://www.slideshare.net/bob/gardens"];

/// Sources, each told apart by its hash.
pub fn parts() -> impl Strategy<Value = Vec<Recap>> {
    vec(part(), 1..9).prop_map(|mut all| {
        for (i, recap) in all.iter_mut().enumerate() {
            recap.sources[0].sha256 = format!("{i:064x}");
            recap.sources[0].path = Some(format!("notes/{i}.md"));
        }
        all
    })
}

fn part() -> impl Strategy<Value = Recap> {
    let name = option::of(select(NAMES));
    let event = (name, option::of(select(DAYS)), vec(select(PAGES), 0..3), vec(select(&["sampleconf", "examplenight"][..]), 0..2));
    let talk = (
        option::of(select(TITLES)),
        vec(0_usize..3, 0..3),
        vec(select(DECKS), 0..2),
        select(&[TalkKind::Talk, TalkKind::Lightning, TalkKind::Keynote][..]),
    );
    let people = vec(select(PEOPLE), 3..4);
    (event, vec(talk, 0..4), people, select(&[SourceKind::WriteUp, SourceKind::EventPage, SourceKind::Notes][..]), 1_u32..100)
        .prop_map(build)
}

type EventDraft = (Option<&'static str>, Option<&'static str>, Vec<&'static str>, Vec<&'static str>);
type TalkDraft = (Option<&'static str>, Vec<usize>, Vec<&'static str>, TalkKind);

type RecapDraft = (EventDraft, Vec<TalkDraft>, Vec<(&'static str, &'static str)>, SourceKind, u32);

fn build((event, talks, people, kind, confidence): RecapDraft) -> Recap {
    let (name, day, mut urls, tags) = event;
    urls.dedup();
    let source = Source { id: "src1".to_owned(), kind, ..Source::default() };
    let event = Event {
        name: name.map(str::to_owned),
        start: day.map(str::to_owned),
        date_precision: day.map(|d| if d.len() > 10 { Precision::Minute } else { Precision::Day }),
        urls: urls.into_iter().map(str::to_owned).collect(),
        hashtags: tags.into_iter().map(str::to_owned).collect(),
        ..Event::default()
    };
    let person = |(i, (name, handle)): (usize, (&str, &str))| Person {
        id: format!("p{}", i + 1),
        name: Some(name.to_owned()).filter(|n| !n.is_empty()),
        handles: Some(handle)
            .filter(|h| !h.is_empty())
            .map(|h| Handle { platform: "twitter".to_owned(), handle: h.to_owned() })
            .into_iter()
            .collect(),
        roles: vec![Role::Speaker],
        ..Person::default()
    };
    let talk = |(i, (title, mut speakers, slides, kind)): (usize, TalkDraft)| {
        speakers.sort_unstable();
        speakers.dedup();
        Talk {
            id: format!("t{}", i + 1),
            kind,
            title: title.map(str::to_owned),
            speakers: speakers.into_iter().map(|p| format!("p{}", p + 1)).collect(),
            slides: slides.into_iter().map(str::to_owned).collect(),
            videos: Vec::new(),
            links: Vec::new(),
            start: None,
            end: None,
            language: None,
            section: Some("s1".to_owned()),
            summary: None,
        }
    };
    let section = Section { id: "s1".to_owned(), level: 0, heading: None, kind: None, text: format!("text {confidence}") };
    let mut recap = Recap {
        schema_version: "1".to_owned(),
        id: "sample".to_owned(),
        event,
        talks: talks.into_iter().enumerate().map(talk).collect(),
        people: people.into_iter().enumerate().map(person).collect(),
        sections: vec![section],
        sources: vec![source],
        ..Recap::default()
    };
    prove(&mut recap, f64::from(confidence) / 100.0);
    recap
}

/// Gives every value its evidence.
pub fn prove(recap: &mut Recap, confidence: f64) {
    let json = serde_json::to_value(&*recap).expect("a recap is JSON");
    for (n, (pointer, value)) in values(&json).into_iter().enumerate() {
        let quote = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        let evidence = Evidence {
            source: "src1".to_owned(),
            start: n,
            end: n + 1,
            quote,
            attribute: None,
            rule: "test/made-up".to_owned(),
            method: Method::Verbatim,
            from: Vec::new(),
            confidence,
        };
        recap.evidence.insert(pointer, vec![evidence]);
    }
}

/// Pointer and value of everything that a source says: no ids, no structure.
pub fn values(json: &Value) -> Vec<(String, Value)> {
    let mut out = Vec::new();
    for part in ["event", "talks", "people"] {
        walk(&json[part], &format!("/{part}"), &mut out);
    }
    out.retain(|(pointer, _)| !pointer.ends_with("/id") && !pointer.ends_with("/section"));
    out
}

fn walk(value: &Value, pointer: &str, out: &mut Vec<(String, Value)>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, v)| walk(v, &format!("{pointer}/{name}"), out)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| walk(v, &format!("{pointer}/{i}"), out)),
        Value::Null => {}
        _ => out.push((pointer.to_owned(), value.clone())),
    }
}

/// Whether a value stands anywhere in a recap; ids of people are others there.
pub fn holds(json: &Value, value: &Value) -> bool {
    let id = value.as_str().is_some_and(|s| s.starts_with('p') && s.len() == 2);
    id || find(json, value)
}

fn find(json: &Value, value: &Value) -> bool {
    json == value
        || match json {
            Value::Object(fields) => fields.values().any(|v| find(v, value)),
            Value::Array(items) => items.iter().any(|v| find(v, value)),
            _ => false,
        }
}

/// All evidence of a recap, its source's id aside.
pub fn evidence_of(recap: &Recap) -> Vec<Evidence> {
    recap.evidence.values().flatten().cloned().collect()
}

/// Whether a merged recap has this evidence, at a value or a conflict.
pub fn proves(recap: &Recap, evidence: &Evidence) -> bool {
    let same = |e: &Evidence| (e.start, &e.quote, &e.rule) == (evidence.start, &evidence.quote, &evidence.rule);
    recap.evidence.values().flatten().chain(recap.conflicts.iter().flat_map(|c| &c.evidence)).any(same)
}
