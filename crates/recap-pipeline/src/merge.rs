//! The last stage: extractions of one event to one recap, and recaps to files.
//!
//! [`merged`] stands in for the merging of different documents until that is there: documents join only as one another's
//! copies, and of two that tell of different things under the same id the second gets a number.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use recap_model::{Issue, Recap};
use recap_store::{Component, Entry, Member, Store, StoreError, Written};

use crate::changes::{self, RecapChange};

/// What merging a component gave.
#[derive(Debug)]
pub struct Merged {
    /// What was merged.
    pub component: Component,
    /// The recaps.
    pub recaps: Vec<Written>,
    /// Ids that changed.
    pub redirects: Vec<(String, String)>,
    /// What is new, other or gone.
    pub changes: Vec<RecapChange>,
}

/// What may join an extraction with others: those that share a key are merged together.
pub fn keys(recap: &Recap) -> Vec<String> {
    let copies = recap.sources.iter().map(|source| format!("sha256:{}", source.sha256));
    std::iter::once(format!("id:{}", recap.id)).chain(copies).collect()
}

/// Merges recaps, which come in the order of their sources.
fn merged(recaps: Vec<Recap>) -> Vec<Recap> {
    let mut seen: HashSet<String> = HashSet::new();
    let mut ids: BTreeMap<String, usize> = BTreeMap::new();
    let mut all = Vec::new();
    for mut recap in recaps {
        let new = recap.sources.iter().filter(|source| seen.insert(source.sha256.clone())).count();
        if new == 0 && !recap.sources.is_empty() {
            continue;
        }
        let count = ids.entry(recap.id.clone()).or_default();
        *count += 1;
        if *count > 1 {
            recap.id = format!("{}-{count}", recap.id);
        }
        all.push(recap);
    }
    all
}

/// Merges a component's members and compares with what is there.
///
/// # Errors
/// Members and files that are damaged.
pub fn component(store: &Store, component: Component, members: Vec<Member>, old: &[Entry]) -> Result<Merged, StoreError> {
    let recaps = members.into_iter().map(parse).collect::<Result<Vec<_>, _>>()?;
    let new = merged(recaps);
    let old = old.iter().map(|entry| read(store, entry)).collect::<Vec<_>>();
    let old: Vec<Recap> = old.into_iter().flatten().collect();
    let pairs = pair(&old, &new);
    let redirects = pairs.iter().filter_map(|(old, new)| {
        let (old, new) = (old.as_ref()?, new.as_ref()?);
        (old.id != new.id).then(|| (old.id.clone(), new.id.clone()))
    });
    let redirects = redirects.collect();
    let changes = pairs.iter().filter_map(|(old, new)| changes::between(*old, *new)).collect();
    let recaps = new.iter().map(written).collect();
    Ok(Merged { component, recaps, redirects, changes })
}

fn parse(member: Member) -> Result<Recap, StoreError> {
    let mut recap: Recap = serde_json::from_slice(&member.recap).map_err(|_| StoreError::Damaged(member.source.clone()))?;
    if let Some(why) = member.stale {
        let source = recap.sources.first().map(|s| s.id.clone());
        recap.issues.push(Issue { code: "stale".to_owned(), message: why, source, start: None });
    }
    Ok(recap)
}

/// A recap as it is on disk; none where a person or another program changed the file beyond reading.
fn read(store: &Store, entry: &Entry) -> Option<Recap> {
    serde_json::from_slice(&store.read_recap(entry).ok()?).ok()
}

/// Which recap became which: the one with the same id, else the first that shares a source.
fn pair<'a>(old: &'a [Recap], new: &'a [Recap]) -> Vec<(Option<&'a Recap>, Option<&'a Recap>)> {
    let mut left: Vec<&Recap> = old.iter().collect();
    let mut take = |wanted: &dyn Fn(&Recap) -> bool| left.iter().position(|o| wanted(o)).map(|i| left.remove(i));
    let mut pairs: Vec<(Option<&Recap>, Option<&Recap>)> = new.iter().map(|new| (take(&|o| o.id == new.id), Some(new))).collect();
    for (old, new) in pairs.iter_mut().filter(|(old, _)| old.is_none()) {
        let names = |recap: &Recap| recap.sources.iter().map(|s| (s.path.clone(), s.url.clone())).collect::<BTreeSet<_>>();
        *old = new.and_then(|new| take(&|o| !names(o).is_disjoint(&names(new))));
    }
    pairs.extend(left.into_iter().map(|old| (Some(old), None)));
    pairs
}

fn written(recap: &Recap) -> Written {
    let mut json = serde_json::to_vec_pretty(recap).unwrap_or_default();
    json.push(b'\n');
    let entry = Entry {
        id: recap.id.clone(),
        path: Entry::path_of(&recap.id, recap.event.start.as_deref()),
        name: recap.event.name.clone(),
        start: recap.event.start.clone(),
        talks: recap.talks.len(),
        people: recap.people.len(),
        sources: recap.sources.len(),
    };
    Written { entry, json }
}
