//! Data in any notation (JSON, YAML, XML, JSON-LD) as one tree whose scalars know where they stand.

use std::cell::Cell;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::document::{Field, Place, Span};

/// Scalars read from one file; what follows is left out.
pub const MAX_LEAVES: usize = 200_000;
/// Values nested deeper are left out.
pub const MAX_DEPTH: usize = 64;

/// A value.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Node {
    /// `null`, or left out because of a limit.
    #[default]
    Null,
    /// A text, a number or a truth value.
    Scalar(Scalar),
    /// A sequence.
    List(Vec<Node>),
    /// Named values in their order; XML and careless JSON repeat names.
    Map(Vec<(String, Node)>),
}

/// A scalar and its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Scalar {
    /// The value; for markup the text that it shows.
    pub field: Field,
    /// The markup, where the value is markup.
    pub markup: Option<String>,
    /// Whether it was written as a string.
    pub is_text: bool,
}

impl Node {
    /// A scalar that has no place yet.
    pub fn scalar(value: impl Into<String>, is_text: bool) -> Self {
        let place = Place::Text(Span::default());
        Self::Scalar(Scalar { field: Field { value: value.into(), place }, markup: None, is_text })
    }

    /// The value at a path of names joined by `.`; a list stands for its first item.
    pub fn get(&self, path: &str) -> Option<&Node> {
        path.split('.').try_fold(self, |node, name| node.child(name)).filter(|n| !matches!(n, Self::Null))
    }

    fn child(&self, name: &str) -> Option<&Node> {
        match self {
            Self::Map(entries) => entries.iter().find(|(key, _)| is_named(key, name)).map(|(_, value)| value),
            Self::List(items) => items.first().filter(|first| matches!(first, Self::Map(_)))?.child(name),
            _ => None,
        }
    }

    /// The scalar at a path, unless it is blank.
    pub fn field(&self, path: &str) -> Option<&Field> {
        self.get(path)?.as_field()
    }

    /// The scalar itself, unless it is blank.
    pub fn as_field(&self) -> Option<&Field> {
        match self {
            Self::Scalar(scalar) if !scalar.field.value.trim().is_empty() => Some(&scalar.field),
            _ => None,
        }
    }

    /// The text of the scalar at a path, unless it is blank.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.field(path).map(|f| f.value.as_str())
    }

    /// The markup of the scalar at a path; its text where it is none.
    pub fn markup(&self, path: &str) -> Option<&str> {
        match self.get(path)? {
            Self::Scalar(scalar) => Some(scalar.markup.as_deref().unwrap_or(&scalar.field.value)),
            _ => None,
        }
    }

    /// The items at a path; a value that is no list counts as a list of one.
    pub fn list(&self, path: &str) -> &[Node] {
        self.get(path).map_or(&[], Self::items)
    }

    /// The items of a list; anything else but `null` counts as a list of one.
    pub fn items(&self) -> &[Node] {
        match self {
            Self::List(items) => items,
            Self::Null => &[],
            other => std::slice::from_ref(other),
        }
    }

    /// The entries of a map.
    pub fn entries(&self) -> &[(String, Node)] {
        match self {
            Self::Map(entries) => entries,
            _ => &[],
        }
    }

    /// All values of a repeated name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Node> {
        self.entries().iter().filter(move |(key, _)| key == name).map(|(_, value)| value)
    }

    /// Whether it is a map with all these names, whatever their values.
    pub fn has(&self, names: &[&str]) -> bool {
        matches!(self, Self::Map(_)) && names.iter().all(|name| self.child(name).is_some())
    }

    /// Whether the value at a path is `true`.
    pub fn is_true(&self, path: &str) -> bool {
        self.text(path) == Some("true")
    }
}

/// Whether a key has a name, however its words are joined: `starts_at`, `starts-at`, `startsAt`, `startsat`, `Starts At`.
fn is_named(key: &str, name: &str) -> bool {
    let letters =
        |text: &str| text.bytes().filter(|b| !matches!(b, b'_' | b'-' | b' ')).map(|b| b.to_ascii_lowercase()).collect::<Vec<_>>();
    let first = |text: &str| text.bytes().next().map(|b| b.to_ascii_lowercase());
    key == name || (first(key) == first(name) && key.len().abs_diff(name.len()) <= 4 && letters(key) == letters(name))
}

/// A document read within the limits.
pub struct Bounded {
    /// The tree.
    pub node: Node,
    /// Whether something was left out.
    pub cut: bool,
}

impl<'de> Deserialize<'de> for Bounded {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let budget = Budget { leaves: Cell::new(MAX_LEAVES), cut: Cell::new(false) };
        let node = Seed { budget: &budget, depth: 0 }.deserialize(deserializer)?;
        Ok(Self { node, cut: budget.cut.get() })
    }
}

struct Budget {
    leaves: Cell<usize>,
    cut: Cell<bool>,
}

#[derive(Clone, Copy)]
struct Seed<'a> {
    budget: &'a Budget,
    depth: usize,
}

impl Seed<'_> {
    fn inner(self) -> Self {
        Self { depth: self.depth + 1, ..self }
    }

    fn exhausted(self) -> bool {
        let exhausted = self.budget.leaves.get() == 0 || self.depth >= MAX_DEPTH;
        if exhausted {
            self.budget.cut.set(true);
        }
        exhausted
    }

    fn spend(self) {
        self.budget.leaves.set(self.budget.leaves.get().saturating_sub(1));
    }

    fn leaf<E: Error>(self, value: impl Into<String>, is_text: bool) -> Result<Node, E> {
        self.spend();
        Ok(Node::scalar(value, is_text))
    }
}

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Node;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = Node;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Node, E> {
        self.leaf(value.to_string(), false)
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Node, E> {
        self.leaf(value.to_string(), false)
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Node, E> {
        self.leaf(value.to_string(), false)
    }

    fn visit_i128<E: Error>(self, value: i128) -> Result<Node, E> {
        self.leaf(value.to_string(), false)
    }

    fn visit_u128<E: Error>(self, value: u128) -> Result<Node, E> {
        self.leaf(value.to_string(), false)
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Node, E> {
        self.leaf(value.to_string(), false)
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Node, E> {
        self.leaf(value, true)
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Node, E> {
        self.leaf(value, true)
    }

    fn visit_unit<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Node, E> {
        Ok(Node::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node, A::Error> {
        let mut items = Vec::new();
        self.spend();
        loop {
            if self.inner().exhausted() {
                if seq.next_element::<IgnoredAny>()?.is_none() {
                    return Ok(Node::List(items));
                }
            } else if let Some(item) = seq.next_element_seed(self.inner())? {
                items.push(item);
            } else {
                return Ok(Node::List(items));
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node, A::Error> {
        let mut entries = Vec::new();
        self.spend();
        loop {
            if self.inner().exhausted() {
                if map.next_entry::<IgnoredAny, IgnoredAny>()?.is_none() {
                    return Ok(Node::Map(entries));
                }
            } else if let Some(Key(key)) = map.next_key()? {
                entries.push((key, map.next_value_seed(self.inner())?));
            } else {
                return Ok(Node::Map(entries));
            }
        }
    }
}

/// A name; YAML has numbers and truth values as names too.
struct Key(String);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let budget = Budget { leaves: Cell::new(1), cut: Cell::new(false) };
        match (Seed { budget: &budget, depth: MAX_DEPTH }).deserialize(deserializer)? {
            Node::Scalar(scalar) => Ok(Self(scalar.field.value)),
            _ => Ok(Self(String::new())),
        }
    }
}
