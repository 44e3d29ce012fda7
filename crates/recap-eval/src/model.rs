//! Talks and people of gold and recap in one form, so that both sides are compared by the same code.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::norm::{best, handle_key, url_key};
use crate::value::{items, optional, spellings, text};

/// Somebody on stage.
#[derive(Clone, Debug)]
pub(crate) struct Person {
    pub names: Vec<String>,
    /// Being known only by the handle is right too.
    pub name_optional: bool,
    pub handle: Option<String>,
    pub affiliation: Value,
}

impl Person {
    fn from_gold(v: &Value) -> Self {
        Self {
            names: spellings(&v["name"]),
            name_optional: optional(&v["name"]),
            handle: text(v, "handle").and_then(handle_key),
            affiliation: v["affiliation"].clone(),
        }
    }

    fn from_recap(v: &Value) -> Self {
        Self { names: spellings(&v["name"]), name_optional: false, handle: main_handle(v), affiliation: v["affiliation"].clone() }
    }

    /// 1.0 for the same handle, else the likeness of the names.
    pub(crate) fn likeness(&self, other: &Person) -> f64 {
        let same_handle = self.handle.is_some() && self.handle == other.handle;
        if same_handle { 1.0 } else { best(&self.names, &other.names) }
    }

    pub(crate) fn show(&self) -> String {
        self.names.first().or(self.handle.as_ref()).cloned().unwrap_or_default()
    }
}

/// The handle that counts for a person of a recap: that of Twitter or X, else the first.
pub(crate) fn main_handle(person: &Value) -> Option<String> {
    let all = items(person, "handles");
    let twitter = all.iter().find(|h| matches!(text(h, "platform"), Some("twitter" | "x")));
    twitter.or(all.first()).and_then(|h| text(h, "handle")).and_then(handle_key)
}

/// A talk; URLs are keys, each entry lists the keys of one deck or recording.
#[derive(Clone, Debug)]
pub(crate) struct Talk {
    pub titles: Vec<String>,
    /// Having no title is right too.
    pub title_optional: bool,
    pub kind: String,
    pub who: Vec<Person>,
    pub slides: Vec<Vec<String>>,
    pub videos: Vec<Vec<String>>,
}

impl Talk {
    fn new(v: &Value, who: Vec<Person>) -> Self {
        Self {
            titles: spellings(&v["title"]),
            title_optional: optional(&v["title"]),
            kind: text(v, "kind").unwrap_or_default().to_owned(),
            who,
            slides: url_keys(items(v, "slides")),
            videos: url_keys(items(v, "videos")),
        }
    }

    pub(crate) fn show(&self) -> String {
        self.titles.first().cloned().or_else(|| self.who.first().map(Person::show)).unwrap_or_default()
    }

    /// Likeness of a gold talk and a recap's: by title, where speakers break ties; by speakers where a title is missing.
    pub(crate) fn likeness(&self, other: &Talk) -> f64 {
        let pairs = self.who.iter().flat_map(|a| other.who.iter().map(move |b| a.likeness(b)));
        let who = pairs.fold(0.0, f64::max);
        let by_who = if who >= 0.85 { who } else { 0.0 };
        if self.titles.is_empty() || other.titles.is_empty() {
            return by_who;
        }
        let by_title = best(&self.titles, &other.titles) + 0.1 * who;
        if self.title_optional { by_title.max(by_who) } else { by_title }
    }
}

fn url_keys(urls: &[Value]) -> Vec<Vec<String>> {
    urls.iter().map(|u| spellings(u).iter().filter_map(|s| url_key(s)).collect()).collect()
}

/// The gold's talks; one without title and speakers asks for nothing.
pub(crate) fn gold_talks(gold: &Value) -> Vec<Talk> {
    let talk = |v: &Value| Talk::new(v, items(v, "speakers").iter().map(Person::from_gold).collect());
    items(gold, "talks").iter().map(talk).filter(|t| !t.titles.is_empty() || !t.who.is_empty()).collect()
}

/// The recap's talks, with speakers looked up in `people` by id.
pub(crate) fn recap_talks(recap: &Value) -> Vec<Talk> {
    let people: BTreeMap<&str, &Value> = items(recap, "people").iter().filter_map(|p| Some((text(p, "id")?, p))).collect();
    let speaker = |s: &Value| match s.as_str() {
        Some(id) => people.get(id).map(|p| Person::from_recap(p)),
        None => Some(Person::from_recap(s)),
    };
    items(recap, "talks").iter().map(|t| Talk::new(t, items(t, "speakers").iter().filter_map(speaker).collect())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_twitter_handle_goes_before_others() {
        let p = json!({"handles": [{"platform": "github", "handle": "a"}, {"platform": "twitter", "handle": "@B"}]});
        assert_eq!(main_handle(&p), Some("b".to_owned()));
        assert_eq!(main_handle(&json!({"handles": [{"platform": "github", "handle": "a"}]})), Some("a".to_owned()));
        assert_eq!(main_handle(&json!({})), None);
    }

    #[test]
    fn speakers_are_looked_up_by_id() {
        let recap = json!({"people": [{"id": "p1", "name": "Tess Wray"}], "talks": [{"title": "T", "speakers": ["p1", "p9"]}]});
        let talks = recap_talks(&recap);
        assert_eq!(talks[0].who.len(), 1);
        assert_eq!(talks[0].who[0].names, ["Tess Wray"]);
    }

    #[test]
    fn an_untitled_talk_is_found_by_its_speaker() {
        let gold = json!({"talks": [{"title": null, "speakers": [{"name": ["武蔵野"], "handle": "mu"}]}]});
        let recap = json!({"talks": [{"title": null, "speakers": [{"name": "x", "handles": [{"platform": "x", "handle": "MU"}]}]}]});
        assert_eq!(gold_talks(&gold)[0].likeness(&recap_talks(&recap)[0]), 1.0);
    }
}
