//! Corrections: set, unset or lock a value, the last word on it.

use recap_model::{Conflict, Evidence, Method, Recap};
use recap_text::slug::slug;
use recap_text::urls::resource_key;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::{Review, edit};

/// What a correction does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Action {
    /// The value is this.
    Set,
    /// There is no such value.
    Unset,
    /// The value stays this, whatever sources say later.
    Lock,
}

/// A correction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Override {
    /// Like a JSON Pointer, but items of lists are named by what they are ([`stable_key`]): `/talks/parsing-dates/title`.
    pub key: String,
    /// What it does.
    pub action: Action,
    /// The value to set or lock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Value>,
    /// What the sources said when somebody decided; where they say something else, the correction waits for review.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub if_was: Option<Value>,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Applies corrections to a recap; those that do not fit any more come back for review.
pub fn apply(recap: &mut Recap, overrides: &[Override]) -> Vec<Review> {
    let mut sorted: Vec<&Override> = overrides.iter().collect();
    // Values first, then what removes items: a correction of a value finds its item.
    sorted.sort_by(|a, b| (a.action == Action::Unset, &a.key).cmp(&(b.action == Action::Unset, &b.key)));
    sorted.into_iter().filter_map(|one| correct(recap, one).err().map(|why| stale(recap, one, why))).collect()
}

fn stale(recap: &Recap, one: &Override, reason: String) -> Review {
    Review::Stale { event: recap.id.clone(), key: one.key.clone(), reason }
}

fn correct(recap: &mut Recap, one: &Override) -> Result<(), String> {
    let pointer = resolve(recap, &one.key).ok_or("there is no such value any more")?;
    let json = serde_json::to_value(&*recap).map_err(|e| e.to_string())?;
    let current = json.pointer(&pointer).cloned().ok_or("there is no such value any more")?;
    if let Some(was) = one.if_was.as_ref().filter(|was| **was != current) {
        return Err(format!("the sources said {was}, now they say {current}"));
    }
    match (one.action, &one.value) {
        (Action::Unset, _) if is_item(&json, &pointer) => {
            remove_item(recap, &pointer);
            Ok(())
        }
        (Action::Unset, _) => put(recap, json, &pointer, Value::Null, one),
        (Action::Set | Action::Lock, Some(value)) => put(recap, json, &pointer, value.clone(), one),
        (Action::Set | Action::Lock, None) => Err("it names no value".to_owned()),
    }
}

/// Puts a value; what the sources say becomes a conflict.
fn put(recap: &mut Recap, mut json: Value, pointer: &str, value: Value, one: &Override) -> Result<(), String> {
    let place = json.pointer_mut(pointer).ok_or("there is no such value any more")?;
    let before = std::mem::replace(place, value.clone());
    if pointer == "/event/start" {
        json["event"]["date_precision"] = precision(&value);
    }
    let mut changed: Recap = serde_json::from_value(json).map_err(|e| format!("the value does not fit: {e}"))?;
    let below: Vec<String> = changed
        .evidence
        .keys()
        .filter(|at| at.strip_prefix(pointer).is_some_and(|r| r.is_empty() || r.starts_with('/')))
        .cloned()
        .collect();
    let said: Vec<Evidence> = below.iter().filter_map(|at| changed.evidence.remove(at)).flatten().collect();
    if before != value && !before.is_null() {
        let conflict = Conflict { pointer: pointer.to_owned(), value: before, reason: "a person corrected it".to_owned(), evidence: said };
        changed.conflicts.push(conflict);
        changed.conflicts.sort_by(|a, b| a.pointer.cmp(&b.pointer));
    }
    if !value.is_null() {
        changed.evidence.insert(pointer.to_owned(), vec![proof(&value, one)]);
    }
    if pointer == "/event/start" {
        changed.evidence.remove("/event/date_precision");
        if changed.event.date_precision.is_some() {
            let derived = Evidence { from: vec![pointer.to_owned()], ..proof(&value, one) };
            changed.evidence.insert("/event/date_precision".to_owned(), vec![derived]);
        }
    }
    *recap = changed;
    if pointer == "/event/start" {
        drop_unfit_end(recap);
    }
    Ok(())
}

/// An end before the corrected start is no end of this event.
fn drop_unfit_end(recap: &mut Recap) {
    let (Some(start), Some(end)) = (&recap.event.start, &recap.event.end) else { return };
    let length = start.len().min(end.len());
    if end.get(..length) >= start.get(..length) {
        return;
    }
    let evidence = recap.evidence.remove("/event/end").unwrap_or_default();
    let value = recap.event.end.take().into();
    recap.conflicts.push(Conflict {
        pointer: "/event/end".to_owned(),
        value,
        reason: "does not fit the corrected start".to_owned(),
        evidence,
    });
    recap.conflicts.sort_by(|a, b| a.pointer.cmp(&b.pointer));
}

/// The evidence of a correction: it is from no source.
fn proof(value: &Value, one: &Override) -> Evidence {
    let quote = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let action = if one.action == Action::Lock { "lock" } else { "set" };
    Evidence {
        source: "override".to_owned(),
        start: 0,
        end: 0,
        quote: if quote.is_empty() { "\"\"".to_owned() } else { quote },
        attribute: None,
        rule: format!("override/{action}"),
        method: Method::Override,
        from: Vec::new(),
        confidence: 1.0,
    }
}

fn precision(date: &Value) -> Value {
    match date.as_str().map(str::len) {
        Some(4) => "year".into(),
        Some(7) => "month".into(),
        Some(10) => "day".into(),
        Some(_) => "minute".into(),
        None => Value::Null,
    }
}

fn is_item(json: &Value, pointer: &str) -> bool {
    pointer.rsplit_once('/').is_some_and(|(parent, _)| json.pointer(parent).is_some_and(Value::is_array))
}

/// Removes an item of any list.
fn remove_item(recap: &mut Recap, pointer: &str) {
    let Some((list, index)) = pointer.rsplit_once('/') else { return };
    let Ok(index) = index.parse::<usize>() else { return };
    match list {
        "/people" => edit::remove_person(recap, index),
        "/talks" => edit::remove_talk(recap, index),
        _ if list.matches('/').count() == 1 => edit::remove(recap, list.trim_start_matches('/'), index),
        _ => {
            let Ok(mut json) = serde_json::to_value(&*recap) else { return };
            if let Some(items) = json.pointer_mut(list).and_then(Value::as_array_mut) {
                items.remove(index);
            }
            if let Ok(changed) = serde_json::from_value(json) {
                *recap = changed;
                edit::close(recap, list, index);
            }
        }
    }
}

/// A JSON Pointer of a recap as a key that stays right when sources are added: items of lists by what they are.
pub fn stable_key(recap: &Recap, pointer: &str) -> Option<String> {
    let json = serde_json::to_value(recap).ok()?;
    let mut key = String::new();
    let mut at = String::new();
    for step in pointer.split('/').skip(1) {
        let parent = json.pointer(&at)?;
        at = format!("{at}/{step}");
        let item = json.pointer(&at)?;
        let name = if parent.is_array() { names(recap, &at, item).into_iter().next()? } else { step.to_owned() };
        key = format!("{key}/{name}");
    }
    Some(key)
}

/// The JSON Pointer in a recap that a key ([`stable_key`]) means; a JSON Pointer of no list item is its own key.
pub fn resolve(recap: &Recap, key: &str) -> Option<String> {
    let json = serde_json::to_value(recap).ok()?;
    let mut pointer = String::new();
    for step in key.split('/').skip(1) {
        let parent = json.pointer(&pointer)?;
        let step = match parent.as_array() {
            Some(items) => {
                let found = |(i, item): &(usize, &Value)| names(recap, &format!("{pointer}/{i}"), item).iter().any(|name| name == step);
                items.iter().enumerate().find(found)?.0.to_string()
            }
            None => step.to_owned(),
        };
        pointer = format!("{pointer}/{step}");
    }
    json.pointer(&pointer).is_some().then_some(pointer)
}

/// What an item of a list is called: every spelling that its sources have, so that a key stays right when another one wins.
fn names(recap: &Recap, pointer: &str, item: &Value) -> Vec<String> {
    let Value::Object(fields) = item else {
        let text = item.as_str().map_or_else(|| item.to_string(), str::to_owned);
        let who = recap.people.iter().find(|p| p.id == text && pointer.contains("speakers"));
        let name = who.and_then(|p| p.name.as_deref().or(p.handles.first().map(|h| h.handle.as_str()))).unwrap_or(&text);
        return vec![resource_key(name).map_or_else(|| slug(name), |key| slug(&key))];
    };
    let mut names: Vec<String> = Vec::new();
    for handle in fields.get("handles").and_then(Value::as_array).into_iter().flatten() {
        names.extend(handle["handle"].as_str().zip(handle["platform"].as_str()).map(|(h, p)| format!("{p}:{}", h.to_lowercase())));
    }
    let field = |name: &str| fields.get(name).and_then(Value::as_str).map(str::to_owned);
    names.extend(["title", "name", "question", "url", "text", "handle"].iter().filter_map(|f| field(f)).map(|text| slug(&text)));
    for list in ["aliases", "slides"] {
        names.extend(fields.get(list).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).map(slug));
    }
    let other = ["title", "name", "question"].map(|field| format!("{pointer}/{field}"));
    names.extend(recap.conflicts.iter().filter(|c| other.contains(&c.pointer)).filter_map(|c| c.value.as_str()).map(slug));
    names.retain(|name| !name.is_empty());
    names
}

#[cfg(test)]
mod tests {
    use super::*;
    use recap_model::{Event, Precision, Talk};

    fn recap() -> Recap {
        let talk = |id: &str, title: &str| Talk { id: id.to_owned(), title: Some(title.to_owned()), ..Talk::default() };
        let event = Event {
            start: Some("2021-05-08".to_owned()),
            date_precision: Some(Precision::Day),
            hashtags: vec!["a".to_owned(), "b".to_owned()],
            ..Event::default()
        };
        Recap { id: "x".to_owned(), event, talks: vec![talk("t1", "One"), talk("t2", "Two!")], ..Recap::default() }
    }

    fn one(key: &str, action: Action, value: Option<Value>) -> Override {
        Override { key: key.to_owned(), action, value, if_was: None, reason: String::new() }
    }

    #[test]
    fn a_value_is_set_and_the_old_one_kept() {
        let mut recap = recap();
        let reviews = apply(
            &mut recap,
            &[one("/event/start", Action::Set, Some("2021-05-09T10:00".into())), one("/talks/two/title", Action::Set, Some("Zwei".into()))],
        );
        assert_eq!(reviews, []);
        assert_eq!(recap.event.date_precision, Some(Precision::Minute));
        assert_eq!(recap.talks[1].title.as_deref(), Some("Zwei"));
        assert_eq!(recap.evidence["/talks/1/title"][0].method, Method::Override);
        let lost: Vec<_> = recap.conflicts.iter().map(|c| (c.pointer.as_str(), c.value.clone())).collect();
        assert_eq!(lost, [("/event/start", "2021-05-08".into()), ("/talks/1/title", "Two!".into())]);
        // The old title still names the talk.
        assert_eq!(resolve(&recap, "/talks/two/title").as_deref(), Some("/talks/1/title"));
    }

    #[test]
    fn items_and_values_are_unset() {
        let mut recap = recap();
        let reviews = apply(
            &mut recap,
            &[
                one("/talks/one", Action::Unset, None),
                one("/event/hashtags/a", Action::Unset, None),
                one("/event/start", Action::Unset, None),
            ],
        );
        assert_eq!(reviews, []);
        assert_eq!((recap.talks.len(), recap.event.hashtags.as_slice(), recap.event.start), (1, ["b".to_owned()].as_slice(), None));
        assert_eq!(recap.event.date_precision, None);
    }

    #[test]
    fn a_stale_correction_waits() {
        let mut recap = recap();
        let guarded = Override { if_was: Some("2020-01-01".into()), ..one("/event/start", Action::Set, Some("2021-01-01".into())) };
        let gone = one("/talks/three/title", Action::Set, Some("x".into()));
        let unfit = one("/event/participants", Action::Set, Some("many".into()));
        let reviews = apply(&mut recap, &[guarded, gone, unfit]);
        assert_eq!(reviews.len(), 3);
        assert_eq!(recap.event.start.as_deref(), Some("2021-05-08"));
    }

    #[test]
    fn keys_are_made_of_pointers() {
        let recap = recap();
        assert_eq!(stable_key(&recap, "/talks/1/title").as_deref(), Some("/talks/two/title"));
        assert_eq!(stable_key(&recap, "/event/venue/name").as_deref(), Some("/event/venue/name"));
        assert_eq!(stable_key(&recap, "/event/hashtags/1").as_deref(), Some("/event/hashtags/b"));
        assert_eq!(stable_key(&recap, "/talks/9"), None);
    }
}
