//! Sets of few values. Thousands of parts are compared at a time, and nodes of trees would be most of what they take.

use crate::ids::fnv;

/// A set of few values: sorted, each once.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Few<T>(Box<[T]>);

/// Texts that are only compared, by their hashes.
pub type Marks = Few<u64>;

impl<T> Default for Few<T> {
    fn default() -> Self {
        Self(Box::default())
    }
}

impl<T: Ord> Few<T> {
    /// Adds a value.
    pub fn insert(&mut self, value: T) {
        if let Err(at) = self.0.binary_search(&value) {
            let mut all = std::mem::take(&mut self.0).into_vec();
            all.insert(at, value);
            self.0 = all.into();
        }
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// All, in their order.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.0.iter()
    }

    /// Whether a value is among them.
    pub fn contains(&self, value: &T) -> bool {
        self.0.binary_search(value).is_ok()
    }

    /// Whether one is among them that stands where this looks for it.
    pub fn contains_by(&self, look: impl FnMut(&T) -> std::cmp::Ordering) -> bool {
        self.0.binary_search_by(look).is_ok()
    }

    /// How many are in both.
    pub fn common(&self, other: &Self) -> usize {
        self.iter().filter(|value| other.contains(value)).count()
    }

    /// Whether none is in both.
    pub fn is_disjoint(&self, other: &Self) -> bool {
        !self.iter().any(|value| other.contains(value))
    }

    /// Whether all are in the other one, too.
    pub fn is_subset(&self, other: &Self) -> bool {
        self.iter().all(|value| other.contains(value))
    }
}

impl<T: Ord> FromIterator<T> for Few<T> {
    fn from_iter<I: IntoIterator<Item = T>>(values: I) -> Self {
        let mut all: Vec<T> = values.into_iter().collect();
        all.sort_unstable();
        all.dedup();
        Self(all.into())
    }
}

impl<T: Ord> Extend<T> for Few<T> {
    fn extend<I: IntoIterator<Item = T>>(&mut self, values: I) {
        let old = std::mem::take(&mut self.0).into_vec();
        *self = old.into_iter().chain(values).collect();
    }
}

impl<'a, T> IntoIterator for &'a Few<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// The mark of a text.
pub fn mark(text: &str) -> u64 {
    fnv(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_set_is_sorted_and_has_each_value_once() {
        let mut few: Few<u32> = [3, 1, 3].into_iter().collect();
        few.insert(2);
        few.insert(2);
        few.extend([1, 9]);
        assert_eq!(few.iter().copied().collect::<Vec<_>>(), [1, 2, 3, 9]);
        let other: Few<u32> = [9, 1].into_iter().collect();
        assert_eq!((few.common(&other), other.is_subset(&few), few.is_subset(&other), few.is_disjoint(&other)), (2, true, false, false));
        assert!(few.is_disjoint(&Few::default()));
    }
}
