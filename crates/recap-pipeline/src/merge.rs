//! The last stage: extractions of one event to one recap, and recaps to files.
//!
//! A component is all that a chain of keys holds together, which may be much: one busy word and neighbouring days chain
//! years of evenings. What really tells of one event is found on outlines of its recaps, a kilobyte or two each, and then
//! each event's recaps are read whole and merged by themselves.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use recap_merge::{Decisions, Named, Outlines, source_key};
use recap_model::{Issue, Recap};
use recap_store::{Component, Entry, Member, Store, StoreError, Written};
use tokio::runtime::Handle;

use crate::changes::{self, RecapChange};
use crate::light::{self, light, lightened};
use crate::{Engine, lone, lookup};

/// Recaps that are read, and written, together.
const TOGETHER: usize = 64;

/// What merging a component gave.
#[derive(Debug)]
pub struct Merged {
    /// What was merged.
    pub component: Component,
    /// The recaps, whose files are written.
    pub recaps: Vec<Entry>,
    /// Ids that changed.
    pub redirects: Vec<(String, String)>,
    /// What is new, other or gone.
    pub changes: Vec<RecapChange>,
    /// Doubts that wait for a person.
    pub doubts: u64,
}

/// What may join an extraction with others: those that share a key are merged together.
pub fn keys(recap: &Recap) -> Vec<String> {
    let own = recap.sources.iter().map(|source| own_key(&source_key(source)));
    // Two events with one id must know of each other, and copies too.
    let mut keys: BTreeSet<String> = own.chain([format!("id:{}", recap.id)]).collect();
    keys.extend(recap.sources.iter().map(|source| format!("sha256:{}", source.sha256)));
    keys.extend(recap_merge::keys(recap).into_iter().map(|key| format!("k{key}")));
    keys.into_iter().collect()
}

/// The key that a source is named by in decisions about it.
pub fn own_key(source: &str) -> String {
    format!("source:{source}")
}

/// Merges components, on a blocking thread.
pub struct Merger<'a> {
    /// The workspace.
    pub store: &'a Store,
    /// What people decided.
    pub decisions: &'a Decisions,
    /// Reads what services answered.
    pub engine: &'a Engine,
    /// Whether services answered anything.
    pub answered: bool,
    /// Where the store's answers are waited for.
    pub handle: &'a Handle,
}

/// One event of a component.
struct Event {
    /// The sources that tell of it, by the store's names.
    sources: Vec<String>,
    /// Its id among all of the component, and the ids that lead to it.
    id: Option<(String, Vec<String>)>,
}

impl Merger<'_> {
    /// Merges a component, writes its recaps and compares them with what was there.
    ///
    /// # Errors
    /// Those of the store.
    pub fn merge(&self, component: Component) -> Result<Merged, StoreError> {
        let mut old = Old::read(self.store, self.handle.block_on(self.store.recaps_of(&component.replaces))?);
        let (events, doubts) = self.events(&component)?;
        let ids: BTreeSet<&str> = events.iter().filter_map(|event| Some(event.id.as_ref()?.0.as_str())).collect();
        old.keep_for(&ids);
        let (mut recaps, mut changes, mut redirects, mut doubts) = (Vec::new(), Vec::new(), Vec::new(), doubts);
        for events in events.chunks(TOGETHER) {
            let mut written = Vec::new();
            let mut lone = self.lone(events, &old)?;
            for event in events {
                if let Some(file) = lone.remove(&event.sources[0]) {
                    changes.push(RecapChange::added(file.entry.id.clone(), file.entry.name.clone()));
                    written.push(file);
                    continue;
                }
                let (all, more) = self.whole(event)?;
                doubts += more;
                for recap in all {
                    let before = old.take(self.store, &recap);
                    redirects.extend(before.iter().filter(|b| b.id != recap.id).map(|b| (b.id.clone(), recap.id.clone())));
                    redirects.extend(recap.redirects.iter().map(|from| (from.clone(), recap.id.clone())));
                    changes.extend(changes::between(before.as_ref(), Some(&recap)));
                    written.push(written_of(&recap));
                }
            }
            self.handle.block_on(self.store.write_files(&written))?;
            recaps.extend(written.into_iter().map(|w| w.entry));
        }
        changes.extend(old.left(self.store).iter().filter_map(|before| changes::between(Some(before), None)));
        Ok(Merged { component, recaps, redirects, changes, doubts })
    }

    /// The files of new events that a single source tells of, by that source, where nobody else has a say in them.
    fn lone(&self, events: &[Event], old: &Old) -> Result<HashMap<String, Written>, StoreError> {
        let decided = !self.decisions.overrides.is_empty() || !self.decisions.suppress.is_empty();
        if decided || self.answered || !old.entries.is_empty() {
            return Ok(HashMap::new());
        }
        let is_lone = |event: &&Event| event.sources.len() == 1 && event.id.as_ref().is_none_or(|(_, redirects)| redirects.is_empty());
        let lone: BTreeMap<&str, &Event> = events.iter().filter(is_lone).map(|event| (event.sources[0].as_str(), event)).collect();
        let sources: Vec<&str> = lone.keys().copied().collect();
        let members = self.handle.block_on(self.store.members(&sources))?;
        let id = |member: &Member| lone.get(member.source.as_str()).and_then(|event| event.id.as_ref()).map(|(id, _)| id.as_str());
        let file = |member: Member| lone::written(&member, id(&member)).map(|file| (member.source, file));
        Ok(members.into_iter().filter_map(file).collect())
    }

    /// What tells of one event, and how many pairs may do so.
    fn events(&self, component: &Component) -> Result<(Vec<Event>, u64), StoreError> {
        if component.sources.len() < 2 {
            let one = component.sources.iter().map(|source| Event { sources: vec![source.clone()], id: None });
            return Ok((one.collect(), 0));
        }
        let (mut outlines, mut names) = (Outlines::default(), Vec::new());
        for sources in component.sources.chunks(TOGETHER) {
            for Member { source, recap, .. } in self.handle.block_on(self.store.members(sources))? {
                let recap = light(&recap).map_err(|_| StoreError::Damaged(source.clone()))?;
                outlines.add(recap, self.decisions);
                names.push(source);
            }
        }
        let lightened = |i: &usize| self.recap(&names[*i]).map(|recap| recap.map(lightened)).transpose();
        let read = |all: &[usize]| all.iter().filter_map(lightened).collect::<Result<Vec<_>, _>>();
        let (events, pairs) = outlines.events(self.decisions, read)?;
        let event = |named: Named| {
            let sources: BTreeSet<&String> = named.recaps.iter().map(|&i| &names[i]).collect();
            Event { sources: sources.into_iter().cloned().collect(), id: Some((named.id, named.redirects)) }
        };
        Ok((events.into_iter().map(event).collect(), pairs as u64))
    }

    /// An event's recap, of its whole sources, and how many of its values are doubtful.
    fn whole(&self, event: &Event) -> Result<(Vec<Recap>, u64), StoreError> {
        let recaps = event.sources.iter().filter_map(|source| self.recap(source).transpose()).collect::<Result<Vec<_>, _>>()?;
        let mut decisions = self.decisions.clone();
        if let Some((id, _)) = &event.id {
            decisions.ids = recap_merge::known_ids(&recaps).into_keys().map(|source| (source, id.clone())).collect();
        }
        let mut merged = recap_merge::merge(recaps, &decisions);
        // Which ids lead here is known only among all.
        if let (Some((_, redirects)), [one]) = (&event.id, merged.recaps.as_mut_slice()) {
            one.redirects.clone_from(redirects);
        }
        let answers = if self.answered { self.handle.block_on(self.store.lookups_of(&event.sources))? } else { Vec::new() };
        if !answers.is_empty() {
            let told = lookup::told(self.engine, &answers);
            merged.recaps.iter_mut().for_each(|recap| recap_merge::complete(recap, told.clone()));
        }
        Ok((merged.recaps, merged.reviews.len() as u64))
    }

    fn recap(&self, source: &str) -> Result<Option<Recap>, StoreError> {
        self.handle.block_on(self.store.member(source))?.map(parse).transpose()
    }
}

fn parse(member: Member) -> Result<Recap, StoreError> {
    let mut recap: Recap = serde_json::from_slice(&member.recap).map_err(|_| StoreError::Damaged(member.source.clone()))?;
    if let Some(why) = member.stale {
        let source = recap.sources.first().map(|s| s.id.clone());
        recap.issues.push(Issue { code: "stale".to_owned(), message: why, source, start: None });
    }
    Ok(recap)
}

/// The recaps that a component had before.
struct Old {
    /// None: it became another one.
    entries: Vec<Option<Entry>>,
    by_id: HashMap<String, usize>,
    by_source: HashMap<String, Vec<usize>>,
    /// Ids that are given to events now: only they take the recaps that had them.
    kept: BTreeSet<String>,
}

impl Old {
    fn read(store: &Store, entries: Vec<Entry>) -> Self {
        let by_id = entries.iter().enumerate().map(|(at, entry)| (entry.id.clone(), at)).collect();
        let mut by_source: HashMap<String, Vec<usize>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            let sources = store.read_recap(entry).ok().and_then(|json| light::sources(&json).ok()).unwrap_or_default();
            sources.iter().for_each(|source| by_source.entry(source_key(source)).or_default().push(at));
        }
        Self { entries: entries.into_iter().map(Some).collect(), by_id, by_source, kept: BTreeSet::new() }
    }

    fn keep_for(&mut self, ids: &BTreeSet<&str>) {
        self.kept = ids.iter().map(|id| (*id).to_owned()).collect();
    }

    /// The recap that became this one: the one with its id, else the first that shares a source.
    fn take(&mut self, store: &Store, recap: &Recap) -> Option<Recap> {
        let is_left = |at: &usize| self.entries[*at].is_some();
        let is_free = |at: &usize| self.entries[*at].as_ref().is_some_and(|entry| !self.kept.contains(&entry.id));
        let sharing = recap.sources.iter().filter_map(|source| self.by_source.get(&source_key(source))).flatten();
        let by_id = self.by_id.get(&recap.id).copied().filter(is_left);
        let at = by_id.or_else(|| sharing.copied().filter(is_free).min())?;
        read(store, &self.entries[at].take()?)
    }

    fn left(self, store: &Store) -> Vec<Recap> {
        self.entries.iter().flatten().filter_map(|entry| read(store, entry)).collect()
    }
}

/// A recap as it is on disk; none where a person or another program changed the file beyond reading.
fn read(store: &Store, entry: &Entry) -> Option<Recap> {
    serde_json::from_slice(&store.read_recap(entry).ok()?).ok()
}

/// The file of a recap, and what is listed of it.
pub(crate) fn written_of(recap: &Recap) -> Written {
    let entry = Entry {
        id: recap.id.clone(),
        path: Entry::path_of(&recap.id, recap.event.start.as_deref()),
        name: recap.event.name.clone(),
        start: recap.event.start.clone(),
        talks: recap.talks.len(),
        people: recap.people.len(),
        sources: recap.sources.len(),
    };
    Written { entry, json: recap.to_json().into_bytes() }
}
