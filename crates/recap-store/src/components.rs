//! Which extractions belong together: those that share a key, directly or by way of others.

use std::collections::hash_map::RandomState;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::BuildHasher as _;

use sqlx::Row as _;
use sqlx::sqlite::SqliteRow;

use crate::{Store, StoreError};

/// Rows that are in memory at a time.
const PAGE: usize = 4096;

/// Extractions that are to be merged together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Component {
    /// The sources' keys, sorted; those that are no recaps are left out.
    pub sources: Vec<String>,
    /// Components of earlier runs whose recaps these replace.
    pub replaces: BTreeSet<String>,
    /// Sources that are no recaps any more and are settled with these.
    pub leavers: Vec<String>,
}

/// What is known of an extraction here.
struct Node {
    source: String,
    component: Option<String>,
    dirty: bool,
    is_recap: bool,
}

impl Store {
    /// What is to be merged again, in the order of the first source. Those with one of these pairs of keys are joined, too.
    ///
    /// # Errors
    /// Those of the database.
    pub async fn components(&self, pairs: &[(String, String)]) -> Result<Vec<Component>, StoreError> {
        let dirty = sqlx::query("SELECT 1 FROM extractions WHERE dirty = 1 LIMIT 1");
        if dirty.fetch_optional(self.pool()).await.map_err(|e| self.error(e))?.is_none() {
            return Ok(Vec::new());
        }
        let nodes = self.nodes().await?;
        let joined = self.joined(&nodes, pairs).await?;
        Ok(gather(nodes, joined))
    }

    /// All extractions, in the order of their sources.
    async fn nodes(&self) -> Result<Vec<Node>, StoreError> {
        let sql = "SELECT source, component, dirty, is_recap FROM extractions WHERE source > ? ORDER BY source LIMIT ?";
        let mut nodes: Vec<Node> = Vec::new();
        loop {
            let after = nodes.last().map_or(String::new(), |last| last.source.clone());
            let rows = sqlx::query(sql).bind(after).bind(PAGE as i64).fetch_all(self.pool()).await.map_err(|e| self.error(e))?;
            nodes.extend(rows.iter().map(|r| Node { source: r.get(0), component: r.get(1), dirty: r.get(2), is_recap: r.get(3) }));
            if rows.len() < PAGE {
                return Ok(nodes);
            }
        }
    }

    /// Joins what shares a key. Of the keys, which are many, only their hashes are remembered: two keys with one hash bring
    /// together what is then found to be of different events.
    async fn joined(&self, nodes: &[Node], pairs: &[(String, String)]) -> Result<Joined, StoreError> {
        let (hasher, mut joined, mut first) = (RandomState::new(), Joined::new(nodes.len()), HashMap::new());
        let sql = "SELECT source, key FROM join_keys WHERE (source, key) > (?, ?) ORDER BY source, key LIMIT ?";
        let (mut after, mut at) = ((String::new(), String::new()), 0);
        loop {
            let query = sqlx::query(sql).bind(after.0.clone()).bind(after.1.clone()).bind(PAGE as i64);
            let rows = query.fetch_all(self.pool()).await.map_err(|e| self.error(e))?;
            for row in &rows {
                let (source, key): (&str, &str) = (row.get(0), row.get(1));
                at += nodes[at..].iter().take_while(|node| node.source.as_str() < source).count();
                if nodes.get(at).is_some_and(|node| node.source == source) {
                    let other = *first.entry(hasher.hash_one(key)).or_insert(at);
                    joined.join(at, other);
                }
            }
            let Some(last) = rows.last().filter(|_| rows.len() == PAGE) else { break };
            after = key_of(last);
        }
        let first = |key: &String| first.get(&hasher.hash_one(key.as_str())).copied();
        for (a, b) in pairs.iter().filter_map(|(a, b)| first(a).zip(first(b))) {
            joined.join(a, b);
        }
        Ok(joined)
    }
}

fn key_of(row: &SqliteRow) -> (String, String) {
    (row.get(0), row.get(1))
}

/// The components with something new.
fn gather(nodes: Vec<Node>, mut joined: Joined) -> Vec<Component> {
    let mut components: BTreeMap<usize, (bool, Component)> = BTreeMap::new();
    for (i, node) in nodes.into_iter().enumerate() {
        let new = || (false, Component { sources: Vec::new(), replaces: BTreeSet::new(), leavers: Vec::new() });
        let (any, component) = components.entry(joined.root(i)).or_insert_with(new);
        *any |= node.dirty;
        component.replaces.extend(node.component);
        if node.is_recap { component.sources.push(node.source) } else { component.leavers.push(node.source) }
    }
    components.into_values().filter(|(dirty, _)| *dirty).map(|(_, component)| component).collect()
}

/// Disjoint sets whose root is their least member.
struct Joined(Vec<usize>);

impl Joined {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, mut i: usize) -> usize {
        while self.0[i] != i {
            self.0[i] = self.0[self.0[i]];
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        self.0[a.max(b)] = a.min(b);
    }
}
