//! Whether a recap fits together: ids, pointers, dates, and no value without evidence.

use std::collections::HashSet;

use recap_model::{Evidence, Method, Recap, SCHEMA_VERSION};
use serde_json::Value;

/// What is wrong, each with the JSON Pointer of the place.
pub fn check(recap: &Recap, json: &Value) -> Vec<(String, String)> {
    let mut problems = Problems { json, found: Vec::new() };
    if recap.schema_version != SCHEMA_VERSION {
        problems.add("/schema_version", format!("is {:?}, not {SCHEMA_VERSION:?}", recap.schema_version));
    }
    problems.ids(recap);
    problems.dates(recap);
    problems.evidence(recap);
    problems.unproved(recap);
    problems.found
}

struct Problems<'a> {
    json: &'a Value,
    found: Vec<(String, String)>,
}

impl Problems<'_> {
    fn add(&mut self, pointer: impl Into<String>, message: impl Into<String>) {
        self.found.push((pointer.into(), message.into()));
    }

    fn ids(&mut self, recap: &Recap) {
        let people = self.unique("people", recap.people.iter().map(|p| p.id.as_str()));
        let talks = self.unique("talks", recap.talks.iter().map(|t| t.id.as_str()));
        let sections = self.unique("sections", recap.sections.iter().map(|s| s.id.as_str()));
        self.unique("sources", recap.sources.iter().map(|s| s.id.as_str()));
        self.known("/event/organizers", &people, recap.event.organizers.iter());
        // A sponsor is a name or somebody's id.
        self.known("/event/sponsors", &people, recap.event.sponsors.iter().filter(|s| looks_like_person_id(s)));
        for (i, talk) in recap.talks.iter().enumerate() {
            self.known(&format!("/talks/{i}/speakers"), &people, talk.speakers.iter());
            self.known(&format!("/talks/{i}/section"), &sections, talk.section.iter());
        }
        for (i, answer) in recap.questions.iter().enumerate() {
            self.known(&format!("/questions/{i}/talk"), &talks, answer.talk.iter());
            self.known(&format!("/questions/{i}/answered_by"), &people, answer.answered_by.iter());
        }
        for (i, post) in recap.posts.iter().enumerate() {
            self.known(&format!("/posts/{i}/section"), &sections, post.section.iter());
        }
        for (i, link) in recap.links.iter().enumerate() {
            self.known(&format!("/links/{i}/section"), &sections, link.section.iter());
        }
    }

    fn unique<'i>(&mut self, list: &str, ids: impl Iterator<Item = &'i str>) -> HashSet<&'i str> {
        let mut seen = HashSet::new();
        for (i, id) in ids.enumerate() {
            if !seen.insert(id) {
                self.add(format!("/{list}/{i}/id"), format!("the id {id:?} is taken"));
            }
        }
        seen
    }

    fn known<'i>(&mut self, pointer: &str, ids: &HashSet<&str>, used: impl Iterator<Item = &'i String>) {
        for id in used.filter(|id| !ids.contains(id.as_str())) {
            self.add(pointer, format!("there is nothing with the id {id:?}"));
        }
    }

    fn dates(&mut self, recap: &Recap) {
        let event = &recap.event;
        let talks = recap.talks.iter().enumerate();
        let times = talks.flat_map(|(i, t)| [(format!("/talks/{i}/start"), &t.start), (format!("/talks/{i}/end"), &t.end)]);
        let next = recap.next_events.iter().enumerate().map(|(i, n)| (format!("/next_events/{i}/date"), &n.date));
        let own = [("/event/start".to_owned(), &event.start), ("/event/end".to_owned(), &event.end)];
        for (pointer, date) in own.into_iter().chain(times).chain(next) {
            if let Some(date) = date.as_deref().filter(|d| !is_local_iso(d)) {
                self.add(pointer, format!("{date:?} is no local ISO 8601 date or date and time"));
            }
        }
        if event.start.is_some() != event.date_precision.is_some() {
            self.add("/event/date_precision", "start and date_precision go together");
        }
        if let (Some(start), Some(end)) = (&event.start, &event.end)
            && end[..end.len().min(10)] < start[..start.len().min(10).min(end.len())]
        {
            self.add("/event/end", format!("{end} is before {start}"));
        }
    }

    fn evidence(&mut self, recap: &Recap) {
        let sources: HashSet<&str> = recap.sources.iter().map(|s| s.id.as_str()).collect();
        for (pointer, places) in &recap.evidence {
            if self.json.pointer(pointer).is_none_or(Value::is_null) {
                self.add(pointer, "has evidence, but no value");
            }
            places.iter().for_each(|evidence| self.place(pointer, evidence, &sources));
        }
        for (i, conflict) in recap.conflicts.iter().enumerate() {
            if self.json.pointer(&conflict.pointer).is_none() {
                self.add(format!("/conflicts/{i}"), format!("{} is not in the recap", conflict.pointer));
            }
            conflict.evidence.iter().for_each(|evidence| self.place(&conflict.pointer, evidence, &sources));
        }
    }

    fn place(&mut self, pointer: &str, evidence: &Evidence, sources: &HashSet<&str>) {
        if !sources.contains(evidence.source.as_str()) && evidence.method != Method::Override {
            self.add(pointer, format!("there is no source {:?}", evidence.source));
        }
        if evidence.start > evidence.end {
            self.add(pointer, format!("the quote ends ({}) before it starts ({})", evidence.end, evidence.start));
        }
        if !(0.0..=1.0).contains(&evidence.confidence) {
            self.add(pointer, format!("the confidence {} is not between 0 and 1", evidence.confidence));
        }
        if evidence.quote.is_empty() {
            self.add(pointer, "the quote is empty");
        }
        for from in evidence.from.iter().filter(|from| self.json.pointer(from).is_none()).collect::<Vec<_>>() {
            self.add(pointer, format!("is derived from {from}, which is not in the recap"));
        }
    }

    /// Values from a source that have no evidence, neither of their own nor of the item that they belong to.
    fn unproved(&mut self, recap: &Recap) {
        let parts = ["event", "talks", "people", "questions", "posts", "links", "sections", "next_events"];
        let mut leaves = Vec::new();
        for part in parts {
            if let Some(value) = self.json.get(part) {
                values(value, &format!("/{part}"), &mut leaves);
            }
        }
        for pointer in leaves {
            if !is_structure(&pointer) && !proved(recap, &pointer) {
                self.add(pointer, "has no evidence");
            }
        }
    }
}

/// Pointers of all values that are neither null nor containers. A recap is at most five levels deep.
fn values(value: &Value, pointer: &str, out: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(name, v)| values(v, &format!("{pointer}/{}", escaped(name)), out)),
        Value::Array(items) => items.iter().enumerate().for_each(|(i, v)| values(v, &format!("{pointer}/{i}"), out)),
        Value::Null => {}
        _ => out.push(pointer.to_owned()),
    }
}

fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// Values that recap itself gives: ids, where an item stands, how a post is known.
fn is_structure(pointer: &str) -> bool {
    let mut steps = pointer.split('/').skip(1);
    let (part, last) = (steps.next().unwrap_or_default(), steps.last().unwrap_or_default());
    match last {
        "id" => part != "posts",
        "section" => true,
        "status" => part == "posts",
        _ => part == "sections",
    }
}

/// Whether a value or an item around it (`/talks/0`, not `/talks`) has evidence.
fn proved(recap: &Recap, pointer: &str) -> bool {
    let mut at = pointer;
    while at.matches('/').count() >= 2 {
        if recap.evidence.contains_key(at) {
            return true;
        }
        at = at.rsplit_once('/').map_or("", |(parent, _)| parent);
    }
    false
}

fn looks_like_person_id(sponsor: &str) -> bool {
    sponsor.strip_prefix('p').is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()))
}

/// `2020`, `2020-06`, `2020-06-16`, `2020-06-16T19:00`, or with seconds.
fn is_local_iso(date: &str) -> bool {
    let form: String = date.chars().map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
    ["9999", "9999-99", "9999-99-99", "9999-99-99T99:99", "9999-99-99T99:99:99"].contains(&form.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn local_dates_have_no_zone() {
        assert!(is_local_iso("2020-06-16T19:00"));
        assert!(is_local_iso("2020"));
        assert!(!is_local_iso("2020-06-16T19:00Z"));
        assert!(!is_local_iso("June 16"));
    }

    #[test]
    fn structure_needs_no_evidence_but_values_do() {
        assert!(is_structure("/talks/0/id"));
        assert!(is_structure("/sections/0/text"));
        assert!(!is_structure("/posts/0/id"));
        assert!(!is_structure("/talks/0/title"));
    }
}
