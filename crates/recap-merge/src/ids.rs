//! Ids of events: what they are made of, that they are unique, and where old ones lead.

use std::collections::{BTreeMap, BTreeSet};

use recap_model::{Event, Recap, Source};
use recap_text::slug::slug;

use crate::decisions::Decisions;
use crate::parts::Key;

/// What names a source over all its versions: its address, else its path, else its hash.
pub fn source_key(source: &Source) -> String {
    source.url.as_deref().or(source.path.as_deref()).unwrap_or(&source.sha256).to_owned()
}

/// The ids that stored recaps have, for [`Decisions::ids`]: an event keeps its id when sources are added.
pub fn known_ids<'r>(recaps: impl IntoIterator<Item = &'r Recap>) -> BTreeMap<String, String> {
    let of = |recap: &'r Recap| recap.sources.iter().map(move |source| (source_key(source), recap.id.clone()));
    recaps.into_iter().flat_map(of).collect()
}

/// Whether an id is one that an event can have as it is.
pub fn is_id(id: &str) -> bool {
    !id.is_empty() && slug(id) == id
}

/// Gives every recap its id and the ids that lead to it, and returns those: old id -> id.
pub fn assign(recaps: &mut [Recap], decisions: &Decisions) -> BTreeMap<String, String> {
    let wanted: Vec<Wanted> = recaps.iter().map(|recap| Wanted::of(recap, decisions)).collect();
    let mut all = BTreeMap::new();
    for (recap, (id, redirects)) in recaps.iter_mut().zip(given(&wanted)) {
        rename(recap, id);
        all.extend(redirects.iter().map(|old| (old.clone(), recap.id.clone())));
        recap.redirects = redirects;
    }
    all
}

/// The id of each event and, sorted, the ids that lead to it.
pub fn given(wanted: &[Wanted]) -> Vec<(String, Vec<String>)> {
    // An id that an event has, or had before it became part of another, is given to no event that has nothing of it.
    let had: BTreeSet<&String> = wanted.iter().flat_map(|wanted| &wanted.known).collect();
    let mut taken = BTreeSet::new();
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    // Whoever has an id already keeps it; among new ones the first source decides.
    order.sort_by(|&a, &b| wanted[a].rank().cmp(&wanted[b].rank()));
    let mut ids = vec![(String::new(), Vec::new()); wanted.len()];
    for i in order {
        ids[i].0 = unique(&wanted[i], &had, &mut taken);
    }
    for (old, home) in homes(wanted, &taken) {
        ids[home].1.push(old.to_owned());
    }
    ids
}

/// The id that a recap should have, and those that should lead to it.
pub struct Wanted {
    known: BTreeSet<String>,
    id: String,
    key: String,
    others: BTreeSet<String>,
}

impl Wanted {
    pub fn of(recap: &Recap, decisions: &Decisions) -> Self {
        let known = recap.sources.iter().filter_map(|s| known(&source_key(s), decisions)).collect();
        let key = recap.sources.iter().map(|s| format!("{} {}", source_key(s), s.sha256)).min().unwrap_or_default();
        let own = if recap.parts.is_empty() { slug(&recap.id) } else { of_event(&recap.event) };
        Self::new(known, own, key, recap.parts.iter().map(|part| slug(&part.id)))
    }

    /// The same of a recap of a lone source.
    pub fn lone(key: &Key, id: &str, decisions: &Decisions) -> Self {
        let known = known(&key.source, decisions).into_iter().collect();
        Self::new(known, slug(id), format!("{} {}", key.source, key.sha256), std::iter::empty())
    }

    fn new(known: BTreeSet<String>, own: String, key: String, parts: impl Iterator<Item = String>) -> Self {
        let id = known.first().cloned().unwrap_or(own);
        let others = parts.chain(known.iter().cloned()).filter(|other| !other.is_empty()).collect();
        Self { known, id: if id.is_empty() { "event".to_owned() } else { id }, key, others }
    }

    fn rank(&self) -> (bool, &str) {
        (self.known.is_empty(), &self.key)
    }
}

/// The id that the event of a source has, if it has one.
fn known(source: &str, decisions: &Decisions) -> Option<String> {
    decisions.ids.get(source).map(|id| slug(id)).filter(|id| !id.is_empty())
}

/// Series and edition, else the name, and the day.
fn of_event(event: &Event) -> String {
    let by_series = event.series.as_ref().zip(event.edition.as_ref()).map(|(s, e)| format!("{s} {e}"));
    let name = by_series.or_else(|| event.name.clone()).unwrap_or_else(|| "event".to_owned());
    let day = event.start.as_deref().and_then(|d| d.get(..10).or(Some(d)));
    slug(&format!("{name} {}", day.unwrap_or_default()))
}

/// The wanted id; with a mark of the first source where another event has it.
fn unique(wanted: &Wanted, had: &BTreeSet<&String>, taken: &mut BTreeSet<String>) -> String {
    let free = |id: &String| !had.contains(id) || wanted.known.contains(id);
    if free(&wanted.id) && taken.insert(wanted.id.clone()) {
        return wanted.id.clone();
    }
    let mark = fnv(wanted.key.as_bytes());
    let front: String = wanted.id.chars().take(60).collect();
    for n in 0_u64.. {
        let id = slug(&format!("{front}-{:06x}", (mark.wrapping_add(n)) & 0xff_ffff));
        if free(&id) && taken.insert(id.clone()) {
            return id;
        }
    }
    wanted.id.clone()
}

/// FNV-1a, 64 bits: the same on every machine and in every version.
pub fn fnv(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, &b| (hash ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Sets the id. A lone recap that gets another one remembers how it came.
fn rename(recap: &mut Recap, id: String) {
    if recap.id != id {
        if recap.parts.is_empty() {
            let came = recap.clone();
            crate::parts::remember(recap, &[&came]);
        }
        recap.id = id;
    }
}

/// Where other ids lead: those that no event has, and that only one claims. An id that an event had leads to one of
/// those that its sources are in now, even if they are several.
fn homes<'w>(wanted: &'w [Wanted], taken: &BTreeSet<String>) -> Vec<(&'w str, usize)> {
    let mut claims: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (i, wanted) in wanted.iter().enumerate() {
        wanted.others.iter().filter(|other| !taken.contains(*other)).for_each(|other| claims.entry(other).or_default().push(i));
    }
    let home = |(old, claimants): (&'w str, Vec<usize>)| {
        let had = claimants.iter().copied().filter(|&i| wanted[i].known.contains(old)).min_by_key(|&i| &wanted[i].key);
        let only = (claimants.len() == 1).then(|| claimants[0]);
        Some((old, had.or(only)?))
    };
    claims.into_iter().filter_map(home).collect()
}
