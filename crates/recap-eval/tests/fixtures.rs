//! Every fixture's `expected.json` is well-formed, and what it states stands in the input.

mod support;

use std::collections::BTreeSet;

use recap_eval::{fold, score};
use serde_json::{Value, json};
use support::Fixture;

const KINDS: [&str; 7] = ["keynote", "talk", "lightning", "sponsor", "panel", "workshop", "other"];
const ROLES: [&str; 7] = ["host", "organizer", "panelist", "moderator", "sponsor", "attendee", "author"];
const MODES: [&str; 3] = ["online", "offline", "mixed"];
const PAGES: [&str; 3] = ["event", "listing", "none"];
const STATUS: [&str; 3] = ["embedded", "fetched", "gone"];

const TOP: &[&str] = &[
    "doc",
    "is_recap",
    "multi_event",
    "announcement",
    "page",
    "posts_only",
    "event",
    "talks",
    "people",
    "posts",
    "questions",
    "next_events",
];
const EVENT: &[&str] = &["name", "series", "edition", "start", "end", "venue", "attendance_mode", "urls", "hashtags"];
const TALK: &[&str] = &["title", "kind", "speakers", "slides", "videos"];
const SPEAKER: &[&str] = &["name", "handle", "affiliation"];
const PERSON: &[&str] = &["name", "handle", "role"];
const POST: &[&str] = &["author_handle", "author_name", "posted_at", "url", "text", "id", "hashtags", "mentions", "status"];
const QUESTION: &[&str] = &["question", "talk"];
const NEXT: &[&str] = &["name", "date", "url"];

/// Problems of one fixture, gathered so that a run names them all.
struct Check<'a> {
    slug: &'a str,
    problems: Vec<String>,
}

impl Check<'_> {
    fn require(&mut self, ok: bool, what: impl FnOnce() -> String) {
        if !ok {
            self.problems.push(format!("{}: {}", self.slug, what()));
        }
    }

    fn keys(&mut self, value: &Value, known: &[&str]) {
        let Some(map) = value.as_object() else {
            return self.require(false, || format!("no object: {value}"));
        };
        for key in map.keys() {
            self.require(known.contains(&key.as_str()), || format!("unknown key {key}"));
        }
    }

    fn one_of(&mut self, value: &Value, known: &[&str], what: &str) {
        let ok = value.is_null() || value.as_str().is_some_and(|v| known.contains(&v));
        self.require(ok, || format!("{what} {value}"));
    }

    fn dates(&mut self, value: &Value) {
        for date in spellings(value) {
            self.require(is_iso(&date), || format!("no ISO date: {date}"));
        }
    }

    fn urls(&mut self, value: &Value) {
        for url in spellings(value) {
            self.require(url.starts_with("https://") || url.starts_with("http://"), || format!("no absolute URL: {url}"));
        }
    }

    /// One of the spellings stands in the input.
    fn occurs(&mut self, value: &Value, input: &[String]) {
        let all = spellings(value);
        let found = all.iter().any(|s| input.iter().any(|text| text.contains(&fold(s))));
        self.require(all.is_empty() || found, || format!("not in the input: {value}"));
    }
}

fn spellings(value: &Value) -> Vec<String> {
    match value {
        Value::String(s) => vec![s.clone()],
        Value::Array(all) => all.iter().flat_map(spellings).collect(),
        _ => Vec::new(),
    }
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value[key].as_array().map_or(&[], Vec::as_slice)
}

fn is_iso(date: &str) -> bool {
    let day = date.len() == 10 && date.parse::<jiff::civil::Date>().is_ok();
    let minute = date.len() > 10 && date.parse::<jiff::civil::DateTime>().is_ok();
    day || minute || date.parse::<jiff::Timestamp>().is_ok()
}

fn form(check: &mut Check, gold: &Value) {
    check.keys(gold, TOP);
    check.require(gold["doc"] == check.slug, || format!("doc is {}", gold["doc"]));
    check.require(gold["is_recap"].is_boolean(), || "is_recap is no boolean".to_owned());
    check.one_of(&gold["page"], &PAGES, "page");
    if let Some(event) = gold.get("event") {
        check.keys(event, EVENT);
        check.one_of(&event["attendance_mode"], &MODES, "attendance_mode");
        check.dates(&event["start"]);
        check.dates(&event["end"]);
        check.urls(&event["urls"]);
    }
    list(gold, "talks").iter().for_each(|t| talk_form(check, t));
    for person in list(gold, "people") {
        check.keys(person, PERSON);
        check.require(person["role"].is_string(), || format!("no role: {person}"));
        check.one_of(&person["role"], &ROLES, "role");
    }
    for question in list(gold, "questions") {
        check.keys(question, QUESTION);
        let talk = &question["talk"];
        let known = talk.is_null() || list(gold, "talks").iter().any(|t| spellings(&t["title"]).first().is_some_and(|x| talk == x));
        check.require(known, || format!("a question on no talk: {talk}"));
    }
    for next in list(gold, "next_events") {
        check.keys(next, NEXT);
        check.dates(&next["date"]);
        check.urls(&next["url"]);
    }
    list(gold, "posts").iter().for_each(|p| post_form(check, p));
}

fn talk_form(check: &mut Check, talk: &Value) {
    check.keys(talk, TALK);
    check.require(talk["kind"].is_string(), || format!("no kind: {talk}"));
    check.one_of(&talk["kind"], &KINDS, "kind");
    check.urls(&talk["slides"]);
    check.urls(&talk["videos"]);
    for speaker in list(talk, "speakers") {
        check.keys(speaker, SPEAKER);
        let known = !spellings(&speaker["name"]).is_empty() || speaker["handle"].is_string();
        check.require(known, || format!("a speaker without name and handle: {talk}"));
    }
}

fn post_form(check: &mut Check, post: &Value) {
    check.keys(post, POST);
    check.dates(&post["posted_at"]);
    check.urls(&post["url"]);
    check.one_of(&post["status"], &STATUS, "status");
}

fn stands_in_the_input(check: &mut Check, fixture: &Fixture) {
    let input = fixture.readings().map(|text| fold(&text));
    let gold = &fixture.gold;
    check.occurs(&gold["event"]["name"], &input);
    check.occurs(&gold["event"]["venue"], &input);
    for tag in list(&gold["event"], "hashtags") {
        check.occurs(tag, &input);
    }
    for talk in list(gold, "talks") {
        check.occurs(&talk["title"], &input);
        for speaker in list(talk, "speakers") {
            ["name", "handle", "affiliation"].iter().for_each(|key| check.occurs(&speaker[key], &input));
        }
    }
    for person in list(gold, "people") {
        ["name", "handle"].iter().for_each(|key| check.occurs(&person[key], &input));
    }
    list(gold, "questions").iter().for_each(|q| check.occurs(&q["question"], &input));
    list(gold, "next_events").iter().for_each(|n| check.occurs(&n["name"], &input));
    list(gold, "posts").iter().for_each(|p| ["author_handle", "author_name"].iter().for_each(|key| check.occurs(&p[key], &input)));
}

fn report(check: impl Fn(&mut Check, &Fixture)) {
    let mut problems = Vec::new();
    for fixture in support::all() {
        let mut one = Check { slug: &fixture.slug, problems: Vec::new() };
        check(&mut one, &fixture);
        problems.extend(one.problems);
    }
    assert!(problems.is_empty(), "{}", problems.join("\n"));
}

#[test]
fn there_are_enough_fixtures() {
    assert!(support::all().len() >= 48);
}

#[test]
fn every_expected_file_is_well_formed() {
    report(|check, fixture| form(check, &fixture.gold));
}

#[test]
fn what_is_no_recap_states_nothing_else() {
    report(|check, fixture| {
        let gold = &fixture.gold;
        let nothing = ["talks", "people", "questions", "next_events"].iter().all(|key| list(gold, key).is_empty());
        let posts_only = gold["posts_only"] == true;
        let silent = nothing && (posts_only || list(gold, "posts").is_empty()) && spellings(&gold["event"]["name"]).is_empty();
        check.require(gold["is_recap"] == true || silent, || "no recap, but values".to_owned());
    });
}

#[test]
fn what_is_expected_stands_in_the_input() {
    report(stands_in_the_input);
}

/// The recap that a perfect program would give: every first spelling.
fn perfect_recap(gold: &Value) -> Value {
    let first = |v: &Value| spellings(v).into_iter().next();
    let handles = |v: &Value| v.as_str().map_or(json!([]), |h| json!([{"platform": "twitter", "handle": h}]));
    let mut people = Vec::new();
    let mut talks = Vec::new();
    for talk in list(gold, "talks") {
        let mut ids = Vec::new();
        for speaker in list(talk, "speakers") {
            ids.push(json!(format!("p{}", people.len())));
            people.push(json!({"id": ids.last(), "name": first(&speaker["name"]), "handles": handles(&speaker["handle"]),
                "affiliation": first(&speaker["affiliation"]), "roles": ["speaker"]}));
        }
        let urls = |key| list(talk, key).iter().filter_map(first).collect::<Vec<_>>();
        talks.push(json!({"title": first(&talk["title"]), "kind": talk["kind"], "speakers": ids, "slides": urls("slides"), "videos": urls("videos")}));
    }
    for person in list(gold, "people") {
        people.push(json!({"id": format!("p{}", people.len()), "name": first(&person["name"]), "handles": handles(&person["handle"]), "roles": [person["role"]]}));
    }
    let event = &gold["event"];
    let posts: Vec<Value> = list(gold, "posts").iter().map(perfect_post).collect();
    json!({
        "event": {"name": first(&event["name"]), "series": first(&event["series"]), "edition": first(&event["edition"]), "start": first(&event["start"]),
            "venue": {"name": first(&event["venue"])}, "attendance_mode": event["attendance_mode"], "urls": event["urls"], "hashtags": event["hashtags"]},
        "talks": talks, "people": people, "posts": posts, "questions": gold["questions"],
        "next_events": list(gold, "next_events").iter().map(|n| json!({"name": first(&n["name"]), "url": n["url"]})).collect::<Vec<_>>(),
    })
}

fn perfect_post(post: &Value) -> Value {
    let mut out = post.clone();
    out["author"] = json!({"name": post["author_name"], "handle": post["author_handle"]});
    out
}

#[test]
fn a_perfect_recap_scores_perfectly() {
    report(|check, fixture| {
        let gold = &fixture.gold;
        let wanted = gold["is_recap"] == true || gold["posts_only"] == true;
        let recap = wanted.then(|| perfect_recap(gold));
        let scores = score(gold, recap.as_ref());
        let misses: BTreeSet<String> =
            scores.iter().flat_map(|(f, t)| t.misses.iter().map(move |m| format!("{} {m:?}", f.name()))).collect();
        check.require(scores.perfect(), || format!("{}\n{misses:?}", scores.table()));
    });
}

#[test]
fn no_recap_misses_every_recap() {
    report(|check, fixture| {
        let gold = &fixture.gold;
        let scores = score(gold, None);
        let counted = gold["is_recap"] == true && gold["multi_event"] != true;
        let missed: usize = scores.tally(recap_eval::Field::Detect).map_or(0, |t| t.r#fn);
        check.require(missed == usize::from(counted), || format!("{missed} missed"));
    });
}
