//! Who said what: claims of the parts, which one wins, and where their evidence goes.

use std::collections::BTreeMap;

use recap_model::{Conflict, Evidence, EvidenceMap, Recap};
use serde::Serialize;

/// A value that a part gives.
#[derive(Debug, Clone)]
pub struct Claim<T> {
    /// The value.
    pub value: T,
    /// Index of the part.
    pub part: usize,
    /// Pointer of the value in the part.
    pub pointer: String,
}

impl<T> Claim<T> {
    /// A claim.
    pub fn new(value: T, part: usize, pointer: impl Into<String>) -> Self {
        Self { value, part, pointer: pointer.into() }
    }
}

/// Why a spelling stands among the conflicts of a merged recap.
const ANOTHER_SPELLING: &str = "another spelling in another source";
/// Why a value lost that is no other spelling.
pub const ANOTHER_VALUE: &str = "another source says otherwise";

/// Confidence of a claim without evidence of its own.
const UNPROVED: f64 = 0.5;

/// Evidence, each with the part that it is from.
type Places = Vec<(usize, Evidence)>;

/// Collects the evidence of a merged recap.
pub struct Ledger<'a> {
    parts: &'a [&'a Recap],
    /// For each part: id of a source or section there -> here.
    names: Vec<BTreeMap<String, String>>,
    /// For each part: pointer there -> here.
    moved: Vec<BTreeMap<String, String>>,
    evidence: BTreeMap<String, Places>,
    /// Pointer, value as JSON and reason -> where it comes from.
    conflicts: BTreeMap<(String, String, &'static str), Places>,
}

impl<'a> Ledger<'a> {
    /// An empty ledger.
    pub fn new(parts: &'a [&'a Recap]) -> Self {
        let empty = || vec![BTreeMap::new(); parts.len()];
        Self { parts, names: empty(), moved: empty(), evidence: BTreeMap::new(), conflicts: BTreeMap::new() }
    }

    /// Notes that a source or section of a part has a new id.
    pub fn name(&mut self, part: usize, old: &str, new: &str) {
        self.names[part].insert(old.to_owned(), new.to_owned());
    }

    /// The new id of a source or section.
    pub fn named(&self, part: usize, old: Option<&str>) -> Option<String> {
        self.names[part].get(old?).cloned()
    }

    /// Notes that what stands at `old` in a part stands at `new` here, with its evidence and all that is below it.
    pub fn place(&mut self, part: usize, old: &str, new: &str) {
        let mut found = false;
        for (at, evidence) in below(self.parts[part], old) {
            found = true;
            let target = format!("{new}{}", at.get(old.len()..).unwrap_or_default());
            self.evidence.entry(target).or_default().extend(evidence.iter().map(|e| (part, e.clone())));
        }
        if !found {
            let around = around(self.parts[part], old).iter().map(|e| (part, e.clone()));
            self.evidence.entry(new.to_owned()).or_default().extend(around);
        }
        self.point(part, old, new);
    }

    /// Notes that what stands at `old` in a part is found at `new` here; its evidence is not moved.
    pub fn point(&mut self, part: usize, old: &str, new: &str) {
        self.moved[part].insert(old.to_owned(), new.to_owned());
    }

    /// How sure a part is of a value.
    pub fn confidence<T>(&self, claim: &Claim<T>) -> f64 {
        self.all_evidence(claim.part, &claim.pointer).map(|e| e.confidence).max_by(f64::total_cmp).unwrap_or(UNPROVED)
    }

    /// Evidence of a value: its own and that below it; else that of what it stands in.
    fn all_evidence(&self, part: usize, pointer: &str) -> impl Iterator<Item = &'a Evidence> + use<'a> {
        let recap = self.parts[part];
        let own: Vec<&Evidence> = below(recap, pointer).flat_map(|(_, all)| all).collect();
        if own.is_empty() { around(recap, pointer).iter().collect::<Vec<_>>().into_iter() } else { own.into_iter() }
    }

    /// Takes the value with the most weight; claims that are equal under `fold` stand together. The others become conflicts.
    pub fn choose<T: Clone + PartialEq + Serialize>(
        &mut self,
        pointer: &str,
        claims: &[Claim<T>],
        fold: impl Fn(&T) -> String,
        weigh: impl Fn(&T) -> f64,
    ) -> Option<T> {
        let mut groups: BTreeMap<String, (f64, usize)> = BTreeMap::new();
        for (i, claim) in claims.iter().enumerate() {
            let weight = self.confidence(claim) * weigh(&claim.value) * trust(self.parts[claim.part]);
            let group = groups.entry(fold(&claim.value)).or_insert((0.0, i));
            group.0 += weight;
        }
        let best = groups.values().max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)))?;
        let key = fold(&claims[best.1].value);
        let same = claims.iter().enumerate().filter(|(_, c)| fold(&c.value) == key);
        let weight = |c: &Claim<T>| self.confidence(c) * weigh(&c.value);
        let (_, winner) = same.max_by(|(i, a), (j, b)| weight(a).total_cmp(&weight(b)).then(j.cmp(i)))?;
        let value = winner.value.clone();
        self.settle(pointer, &value, claims, |claim| fold(&claim.value) == key);
        Some(value)
    }

    /// Notes a value that was chosen: equal claims prove it, the others are conflicts.
    pub fn settle<T: PartialEq + Serialize>(&mut self, pointer: &str, value: &T, claims: &[Claim<T>], alike: impl Fn(&Claim<T>) -> bool) {
        for claim in claims {
            if claim.value == *value {
                self.place(claim.part, &claim.pointer, pointer);
            } else {
                let reason = if alike(claim) { ANOTHER_SPELLING } else { ANOTHER_VALUE };
                self.lose(pointer, claim, reason);
            }
        }
    }

    /// Keeps a value that lost.
    pub fn lose<T: Serialize>(&mut self, pointer: &str, claim: &Claim<T>, reason: &'static str) {
        let evidence: Places = self.all_evidence(claim.part, &claim.pointer).map(|e| (claim.part, e.clone())).collect();
        let value = serde_json::to_string(&claim.value).unwrap_or_default();
        self.conflicts.entry((pointer.to_owned(), value, reason)).or_default().extend(evidence);
        self.point(claim.part, &claim.pointer, pointer);
    }

    /// Joins lists: what has one key stands once, as the first part spells it.
    pub fn union<T: Clone + PartialEq + Serialize>(&mut self, pointer: &str, claims: Vec<Claim<T>>, key: impl Fn(&T) -> String) -> Vec<T> {
        let mut out: Vec<T> = Vec::new();
        let mut at: BTreeMap<String, usize> = BTreeMap::new();
        for claim in claims {
            let index = *at.entry(key(&claim.value)).or_insert(out.len());
            let place = format!("{pointer}/{index}");
            if index == out.len() {
                out.push(claim.value.clone());
            }
            if out[index] == claim.value {
                self.place(claim.part, &claim.pointer, &place);
            } else {
                self.lose(&place, &claim, ANOTHER_SPELLING);
            }
        }
        out
    }

    /// The evidence and the conflicts of the merged recap.
    pub fn finish(mut self) -> (EvidenceMap, Vec<Conflict>) {
        let own: Vec<Conflict> = (0..self.parts.len()).flat_map(|part| self.own_conflicts(part)).collect();
        let evidence = std::mem::take(&mut self.evidence);
        let conflicts = std::mem::take(&mut self.conflicts);
        let map = evidence.into_iter().map(|(pointer, places)| (pointer, self.rewrite(places))).filter(|(_, places)| !places.is_empty());
        let map: EvidenceMap = map.collect();
        let merged = conflicts.into_iter().map(|((pointer, value, reason), places)| Conflict {
            pointer,
            value: serde_json::from_str(&value).unwrap_or_default(),
            reason: reason.to_owned(),
            evidence: self.rewrite(places),
        });
        let mut conflicts: Vec<Conflict> = merged.chain(own).collect();
        conflicts.sort_by(|a, b| a.pointer.cmp(&b.pointer));
        (map, conflicts)
    }

    /// What had lost inside of a part.
    fn own_conflicts(&self, part: usize) -> Vec<Conflict> {
        let moved = |conflict: &Conflict| Conflict {
            pointer: self.target(part, &conflict.pointer),
            value: conflict.value.clone(),
            reason: conflict.reason.clone(),
            evidence: self.rewrite(conflict.evidence.iter().map(|e| (part, e.clone())).collect()),
        };
        self.parts[part].conflicts.iter().map(moved).collect()
    }

    /// Evidence with the ids and pointers of the merged recap, best first.
    fn rewrite(&self, places: Places) -> Vec<Evidence> {
        let one = |(part, mut evidence): (usize, Evidence)| {
            if let Some(source) = self.names[part].get(&evidence.source) {
                evidence.source.clone_from(source);
            }
            evidence.from = evidence.from.iter().map(|from| self.target(part, from)).collect();
            evidence
        };
        let mut places: Vec<Evidence> = places.into_iter().map(one).collect();
        let order = |e: &Evidence| (e.source.len(), e.source.clone(), e.start, e.end, e.rule.clone(), e.attribute.clone());
        places.sort_by(|a, b| b.confidence.total_cmp(&a.confidence).then_with(|| order(a).cmp(&order(b))));
        places.dedup();
        places
    }

    /// Where a pointer of a part leads here: itself or the nearest thing around it that was placed.
    fn target(&self, part: usize, pointer: &str) -> String {
        let mut around = pointer;
        loop {
            if let Some(new) = self.moved[part].get(around) {
                return format!("{new}{}", pointer.get(around.len()..).unwrap_or_default());
            }
            match around.rsplit_once('/') {
                Some((parent, _)) if !parent.is_empty() => around = parent,
                _ => return pointer.to_owned(),
            }
        }
    }
}

/// Evidence at a pointer and below it.
fn below<'a>(recap: &'a Recap, pointer: &str) -> impl Iterator<Item = (&'a String, &'a Vec<Evidence>)> + use<'a> {
    let own = pointer.to_owned();
    let inside = move |at: &String| at.strip_prefix(&own).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    // `/a/1`, `/a/1/x` and `/a/10` stand in this order, so all that is below stands together.
    recap.evidence.range(pointer.to_owned()..).take_while(move |(at, _)| inside(at))
}

/// Evidence of the nearest item (`/talks/0`, not `/talks`) around a pointer.
fn around<'a>(recap: &'a Recap, pointer: &str) -> &'a [Evidence] {
    let mut at = pointer;
    while let Some((parent, _)) = at.rsplit_once('/') {
        if parent.matches('/').count() < 2 {
            break;
        }
        if let Some(evidence) = recap.evidence.get(parent) {
            return evidence;
        }
        at = parent;
    }
    &[]
}

/// An event's own pages and records count more than what people tell of it.
fn trust(part: &Recap) -> f64 {
    let kind = part.sources.first().map(|s| super::rank(s.kind));
    if kind.is_some_and(|rank| rank < 2) { 1.5 } else { 1.0 }
}
