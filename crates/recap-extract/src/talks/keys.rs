//! What talks are compared by, and which of many talks are worth comparing.

use std::collections::{BTreeSet, HashMap};
use std::hash::{DefaultHasher, Hash, Hasher};

use recap_text::names::fold;

use crate::drafts::TalkDraft;
use crate::finding::Mention;

/// Talks of one title, or of one person, that are compared with another: no event has more.
const MAX_SAME: usize = 100;

/// What talks are compared by, folded once.
pub(super) struct Keys {
    /// Whether it has a title of its own.
    pub titled: bool,
    /// All its titles.
    pub titles: Vec<Title>,
    /// Its speakers.
    pub speakers: Vec<Who>,
}

/// A title.
pub(super) struct Title {
    /// As names are compared.
    pub folded: String,
    /// Characters.
    pub length: usize,
}

/// A speaker.
pub(super) struct Who {
    name: Option<String>,
    /// In lower case, and folded as names are.
    handles: Vec<(String, String)>,
}

impl Keys {
    /// The keys of a talk.
    pub fn of(talk: &TalkDraft) -> Self {
        let folded = talk.title.iter().chain(&talk.other_titles).map(|f| fold(&f.value)).filter(|s| !s.is_empty());
        let titles = folded.map(|folded| Title { length: folded.chars().count(), folded }).collect();
        Self { titled: talk.title.is_some(), titles, speakers: talk.speakers.iter().map(Who::of).collect() }
    }

    /// Whether a title of both is the same.
    pub fn share_title(&self, other: &Self) -> bool {
        self.titles.iter().any(|a| other.titles.iter().any(|b| a.folded == b.folded))
    }

    /// Whether a speaker of both is the same.
    pub fn share_speaker(&self, other: &Self) -> bool {
        self.speakers.iter().any(|x| other.speakers.iter().any(|y| x.is(y)))
    }
}

impl Who {
    /// The keys of a mention.
    pub fn of(mention: &Mention) -> Self {
        let handles = mention.handles.iter().map(|h| (h.value.handle.to_lowercase(), fold(&h.value.handle))).collect();
        Self { name: mention.name.as_ref().map(|n| fold(&n.value)).filter(|n| !n.is_empty()), handles }
    }

    /// Whether both are one person: an account or the name is the same, or one's name is the other's account.
    pub fn is(&self, other: &Self) -> bool {
        let crossed = |a: &Self, b: &Self| a.name.as_ref().is_some_and(|name| b.handles.iter().any(|(_, folded)| folded == name));
        let handles = self.handles.iter().any(|(handle, _)| other.handles.iter().any(|(h, _)| h == handle));
        handles || (self.name.is_some() && self.name == other.name) || crossed(self, other) || crossed(other, self)
    }
}

/// Talks by what they may be joined for. It gives all that share a title or a speaker, and by chance others too.
#[derive(Default)]
pub(super) struct Index {
    titles: HashMap<u64, BTreeSet<usize>>,
    people: HashMap<u64, BTreeSet<usize>>,
}

impl Index {
    /// Adds a talk, or what has come to be known of it.
    pub fn add(&mut self, talk: usize, keys: &Keys) {
        keys.titles.iter().for_each(|title| _ = self.titles.entry(hash(&title.folded)).or_default().insert(talk));
        keys.speakers.iter().flat_map(Who::hashes).for_each(|person| _ = self.people.entry(person).or_default().insert(talk));
    }

    /// The talks from a place on that share a title, in order.
    pub fn with_title(&self, keys: &Keys, from: usize) -> BTreeSet<usize> {
        let sets = keys.titles.iter().filter_map(|title| self.titles.get(&hash(&title.folded)));
        sets.flat_map(|set| set.range(from..).take(MAX_SAME)).copied().collect()
    }

    /// The talks before a place that share a title or a speaker, in order.
    pub fn near(&self, keys: &Keys, to: usize) -> BTreeSet<usize> {
        let titles = keys.titles.iter().filter_map(|title| self.titles.get(&hash(&title.folded)));
        let people = keys.speakers.iter().flat_map(Who::hashes).filter_map(|person| self.people.get(&person));
        titles.chain(people).flat_map(|set| set.range(..to).take(MAX_SAME)).copied().collect()
    }
}

impl Who {
    /// One of these is another's wherever both are one person.
    fn hashes(&self) -> impl Iterator<Item = u64> + '_ {
        let accounts = self.handles.iter().flat_map(|(handle, folded)| [hash(&('@', handle)), hash(folded)]);
        self.name.iter().map(hash).chain(accounts)
    }
}

fn hash(key: &(impl Hash + ?Sized)) -> u64 {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    hasher.finish()
}
