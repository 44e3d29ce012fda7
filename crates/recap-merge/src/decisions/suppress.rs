//! People and posts that are left out of everything.

use recap_model::{Person, Post, Recap};
use recap_text::names::fold;
use recap_text::urls::resource_key;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::edit;

/// What stands where something was taken out.
pub const TAKEN_OUT: &str = "█";

/// Shortest name that is taken out of texts, in characters: shorter ones would take out words.
const SHORTEST: usize = 3;

/// Somebody or something that is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Suppressed {
    /// A person: an account (`twitter:hana_ex`) or a whole name. A post: its address.
    pub key: String,
    /// Why.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub reason: String,
}

/// Who and what is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Suppress {
    /// People.
    pub person: Vec<Suppressed>,
    /// Posts.
    pub post: Vec<Suppressed>,
}

impl Suppress {
    /// Whether nothing is left out.
    pub fn is_empty(&self) -> bool {
        self.person.is_empty() && self.post.is_empty()
    }

    /// Sorts, each once.
    pub fn sort(&mut self) {
        for list in [&mut self.person, &mut self.post] {
            list.sort();
            list.dedup_by(|a, b| a.key == b.key);
        }
    }

    fn names(&self, person: &Person) -> bool {
        self.person.iter().any(|s| match s.key.split_once(':') {
            Some((platform, handle)) => person.handles.iter().any(|h| h.platform == platform && fold(&h.handle) == fold(handle)),
            None => person.name.iter().chain(&person.aliases).any(|name| fold(name) == fold(&s.key)),
        })
    }

    /// Whether a post is left out: itself, or because of who wrote it.
    pub fn covers(&self, post: &Post) -> bool {
        let itself = |s: &Suppressed| post.url.as_deref().and_then(resource_key).is_some_and(|key| Some(key) == resource_key(&s.key));
        let by = |s: &Suppressed| match s.key.split_once(':') {
            Some((platform, handle)) => post.platform == platform && post.author.handle.as_deref().is_some_and(|h| fold(h) == fold(handle)),
            None => post.author.name.as_deref().is_some_and(|name| fold(name) == fold(&s.key)),
        };
        self.post.iter().any(itself) || self.person.iter().any(by)
    }
}

/// Whether a text holds what names somebody or something that is left out: an account, a name, an address.
pub fn named_in(text: &str, suppress: &Suppress) -> bool {
    let words = suppress.person.iter().map(|s| s.key.split_once(':').map_or(s.key.as_str(), |(_, handle)| handle));
    let words = words.filter(|word| word.chars().count() >= SHORTEST);
    let posts = suppress.post.iter().map(|s| s.key.as_str());
    words.into_iter().any(|word| taken_out(text, word).is_some()) || posts.into_iter().any(|post| text.contains(post))
}

/// Takes people and posts out of a recap and of its parts: the person, what refers to them, and their name in every text.
pub fn apply(recap: &mut Recap, suppress: &Suppress) {
    if suppress.is_empty() {
        return;
    }
    recap.parts.iter_mut().for_each(|part| apply(part, suppress));
    let mut words: Vec<String> =
        suppress.person.iter().map(|s| s.key.split_once(':').map_or(s.key.as_str(), |(_, h)| h).to_owned()).collect();
    let gone: Vec<usize> = (0..recap.people.len()).filter(|&i| suppress.names(&recap.people[i])).collect();
    for person in gone.iter().map(|&i| &recap.people[i]) {
        words.extend(person.name.iter().chain(&person.aliases).chain(person.handles.iter().map(|h| &h.handle)).cloned());
    }
    let posts: Vec<usize> = (0..recap.posts.len()).filter(|&i| suppress.covers(&recap.posts[i])).collect();
    for post in posts
        .iter()
        .map(|&i| &recap.posts[i])
        .filter(|p| suppress.post.iter().any(|s| p.url.as_deref().and_then(resource_key) == resource_key(&s.key)))
    {
        words.extend(post.text.iter().cloned());
        words.extend(post.url.iter().cloned());
    }
    words.retain(|word| word.chars().count() >= SHORTEST);
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    for &i in posts.iter().rev() {
        edit::remove(recap, "posts", i);
    }
    for &i in gone.iter().rev() {
        edit::remove_person(recap, i);
    }
    scrub(recap, &words);
}

/// Takes words out of every text of a recap; only a recap that holds one is written anew.
fn scrub(recap: &mut Recap, words: &[String]) {
    let Ok(mut json) = serde_json::to_value(&*recap) else { return };
    if edit_texts(&mut json, words)
        && let Ok(scrubbed) = serde_json::from_value(json)
    {
        *recap = scrubbed;
    }
}

/// Replaces words in all texts; keys, hashes and ids stay.
fn edit_texts(value: &mut Value, words: &[String]) -> bool {
    match value {
        Value::String(text) => match replaced(text, words) {
            Some(new) => {
                *text = new;
                true
            }
            None => false,
        },
        Value::Array(items) => items.iter_mut().fold(false, |any, item| edit_texts(item, words) | any),
        Value::Object(fields) => {
            let texts = fields
                .iter_mut()
                .filter(|(name, _)| !matches!(name.as_str(), "sha256" | "source" | "section" | "platform" | "rule" | "from" | "pointer"));
            texts.fold(false, |any, (_, field)| edit_texts(field, words) | any)
        }
        _ => false,
    }
}

fn replaced(text: &str, words: &[String]) -> Option<String> {
    let mut out: Option<String> = None;
    for word in words {
        let current = out.as_deref().unwrap_or(text);
        let found = taken_out(current, word);
        out = found.or(out);
    }
    out
}

/// The text without a word; `Bob` is not in `Bobsled`.
fn taken_out(text: &str, word: &str) -> Option<String> {
    if !text.contains(word) {
        return None;
    }
    let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
    let (first, last) = (joins(word.chars().next()), joins(word.chars().last()));
    let mut out = String::with_capacity(text.len());
    let (mut rest, mut any) = (text, false);
    while let Some(at) = rest.find(word) {
        let (before, after) = (rest.get(..at).unwrap_or_default(), rest.get(at + word.len()..).unwrap_or_default());
        let behind = before.chars().last().or_else(|| out.chars().last());
        let inside = (first && joins(behind)) || (last && joins(after.chars().next()));
        out.push_str(before);
        out.push_str(if inside { word } else { TAKEN_OUT });
        any |= !inside;
        rest = after;
    }
    out.push_str(rest);
    any.then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_words_are_taken_out() {
        assert_eq!(taken_out("by Bob, on Bobsled", "Bob").as_deref(), Some("by █, on Bobsled"));
        assert_eq!(taken_out("例示太郎さん", "例示太郎").as_deref(), Some("█さん"));
        assert_eq!(taken_out("Bobsled", "Bob"), None);
    }
}
