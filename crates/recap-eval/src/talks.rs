//! Talks, their speakers and links, and the people of the event.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::model::{Person, Talk, gold_talks, main_handle, recap_talks};
use crate::norm::{best, handle_key};
use crate::scores::{Field, MissKind};
use crate::sheet::{Matching, Sheet, pair_up};
use crate::value::{items, text};

const SAME_TITLE: f64 = 0.85;
const SAME_TALK: f64 = 0.7;
const SAME_NAME: f64 = 0.9;
const SAME_AFFILIATION: f64 = 0.8;
/// From here two people on stage are one: a little stricter, since both were read from one side.
const ONE_PERSON: f64 = 0.95;

pub(crate) fn score(sheet: &mut Sheet, gold: &Value, recap: &Value) {
    let (want, got) = (gold_talks(gold), recap_talks(recap));
    titles(sheet, &want, &got);
    let pairs = pair_up(&want, &got, &Talk::likeness, SAME_TALK);
    kinds(sheet, &want, &got, &pairs);
    who_gave_what(sheet, &want, &got, &pairs);
    links(sheet, Field::TalkSlides, &links_of(&want, |t| &t.slides), &links_of(&got, |t| &t.slides), &pairs);
    links(sheet, Field::TalkVideo, &links_of(&want, |t| &t.videos), &links_of(&got, |t| &t.videos), &pairs);
    let speakers = distinct(&want);
    speakers_found(sheet, &speakers, &distinct(&got));
    people(sheet, gold, recap, &speakers);
}

/// Drops optional values that no predicted one is like: they were rightly left out.
fn without_unfound<'a, T>(gold: Vec<&'a T>, pred: &[&'a T], by: &Matching<&'a T>, optional: impl Fn(&T) -> bool) -> Vec<&'a T> {
    let found: BTreeSet<usize> = pair_up(&gold, pred, by.alike, by.least).into_iter().map(|(i, _)| i).collect();
    gold.into_iter().enumerate().filter(|(i, g)| found.contains(i) || !optional(g)).map(|(_, g)| g).collect()
}

fn titles(sheet: &mut Sheet, want: &[Talk], got: &[Talk]) {
    fn titled(talks: &[Talk]) -> Vec<&Talk> {
        talks.iter().filter(|t| !t.titles.is_empty()).collect()
    }
    let by = Matching { alike: &|g: &&Talk, p: &&Talk| best(&g.titles, &p.titles), least: SAME_TITLE, show: &|t: &&Talk| t.show() };
    let got = titled(got);
    let want = without_unfound(titled(want), &got, &by, |t| t.title_optional);
    sheet.list(Field::TalkTitle, &want, &got, &by);
}

fn kinds(sheet: &mut Sheet, want: &[Talk], got: &[Talk], pairs: &[(usize, usize)]) {
    let (same, other): (Vec<_>, Vec<_>) = pairs.iter().partition(|(i, j)| want[*i].kind == got[*j].kind);
    sheet.count(Field::TalkKind, same.len(), got.len() - same.len(), want.len() - same.len());
    for (i, j) in other {
        let text = format!("{}: {} not {}", want[i].show(), want[i].kind, got[j].kind);
        sheet.note(Field::TalkKind, MissKind::Wrong, &text);
    }
}

/// A link between a talk and a speaker holds where both ends were found and joined.
fn who_gave_what(sheet: &mut Sheet, want: &[Talk], got: &[Talk], pairs: &[(usize, usize)]) {
    let joined = |(i, j): &(usize, usize)| pair_up(&want[*i].who, &got[*j].who, &Person::likeness, SAME_NAME).len();
    let right: usize = pairs.iter().map(joined).sum();
    let all = |talks: &[Talk]| talks.iter().map(|t| t.who.len()).sum::<usize>();
    sheet.count(Field::TalkSpeaker, right, all(got) - right, all(want) - right);
}

fn links_of<'a>(talks: &'a [Talk], of: impl Fn(&'a Talk) -> &'a Vec<Vec<String>>) -> Vec<&'a Vec<Vec<String>>> {
    talks.iter().map(of).collect()
}

/// Links of talks that were joined are compared as sets; two addresses of one deck count once.
fn links(sheet: &mut Sheet, field: Field, want: &[&Vec<Vec<String>>], got: &[&Vec<Vec<String>>], pairs: &[(usize, usize)]) {
    let gold_of: BTreeMap<usize, usize> = pairs.iter().map(|&(i, j)| (j, i)).collect();
    let main: BTreeMap<(usize, &str), &str> = want
        .iter()
        .enumerate()
        .flat_map(|(i, entries)| entries.iter().map(move |e| (i, e)))
        .filter_map(|(i, entry)| Some((i, entry, entry.first()?)))
        .flat_map(|(i, entry, first)| entry.iter().map(move |k| ((i, k.as_str()), first.as_str())))
        .collect();
    let wanted: BTreeSet<String> = main.iter().map(|((i, _), first)| format!("talk {i}: {first}")).collect();
    let mut given = BTreeSet::new();
    for (j, entry) in got.iter().enumerate().flat_map(|(j, entries)| entries.iter().map(move |e| (j, e))) {
        for key in entry {
            given.insert(match gold_of.get(&j) {
                Some(&i) => format!("talk {i}: {}", main.get(&(i, key.as_str())).copied().unwrap_or(key)),
                None => format!("other talk {j}: {key}"),
            });
        }
    }
    sheet.set(field, &wanted, &given);
}

/// Everybody on stage, once.
fn distinct(talks: &[Talk]) -> Vec<Person> {
    let mut out: Vec<Person> = Vec::new();
    for who in talks.iter().flat_map(|t| &t.who) {
        if !out.iter().any(|known| known.likeness(who) >= ONE_PERSON) {
            out.push(who.clone());
        }
    }
    out
}

fn speakers_found(sheet: &mut Sheet, want: &[Person], got: &[Person]) {
    fn named(people: &[Person]) -> Vec<&Person> {
        people.iter().filter(|p| !p.names.is_empty()).collect()
    }
    let by = Matching { alike: &|g: &&Person, p: &&Person| best(&g.names, &p.names), least: SAME_NAME, show: &|p: &&Person| p.show() };
    let names = named(got);
    let asked = without_unfound(named(want), &names, &by, |p| p.name_optional);
    sheet.list(Field::SpeakerName, &asked, &names, &by);
    sheet.set(Field::SpeakerHandle, &handles(want), &handles(got));
    for (i, j) in pair_up(want, got, &Person::likeness, SAME_NAME) {
        let same = |a: &[String], b: &[String]| best(a, b) >= SAME_AFFILIATION;
        sheet.single(Field::SpeakerAffiliation, &want[i].affiliation, &got[j].affiliation, same);
    }
}

fn handles(people: &[Person]) -> BTreeSet<String> {
    people.iter().filter_map(|p| p.handle.clone()).collect()
}

/// Handles of everyone with a part in the event; attendees and authors of posts count neither way.
fn people(sheet: &mut Sheet, gold: &Value, recap: &Value, speakers: &[Person]) {
    let key = |v: &Value, name: &str| text(v, name).and_then(handle_key);
    let listed = items(gold, "people");
    let with_a_part = listed.iter().filter(|p| text(p, "role") != Some("attendee"));
    let mut want = handles(speakers);
    want.extend(with_a_part.filter_map(|p| key(p, "handle")));
    let authors = items(gold, "posts").iter().filter_map(|p| key(p, "author_handle"));
    let free: BTreeSet<String> = listed.iter().filter_map(|p| key(p, "handle")).chain(authors).filter(|h| !want.contains(h)).collect();
    let counted = items(recap, "people").iter().filter(|p| !only_mentioned(p));
    let got: BTreeSet<String> = counted.filter_map(main_handle).filter(|h| !free.contains(h)).collect();
    sheet.set(Field::PersonHandle, &want, &got);
}

fn only_mentioned(person: &Value) -> bool {
    matches!(items(person, "roles"), [role] if role == "mentioned")
}
