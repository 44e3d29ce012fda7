//! Answers.

use memchr::memchr;
use memchr::memmem::Finder;

use super::postings::{Postings, filter, pair};
use super::{BETWEEN, Filter, Hit, Index, fold};

/// What is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// Words, all of which must be found; parts of words count.
    pub words: String,
    /// All of them must hold.
    pub filters: Vec<Filter>,
    /// Results to leave out.
    pub skip: usize,
    /// Most results.
    pub limit: usize,
}

/// What was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// How many there are in all.
    pub total: usize,
    /// Some of them, in order.
    pub hits: Vec<Hit>,
}

/// Most words and characters of a query that are heeded.
const WORDS: usize = 16;
const CHARACTERS: usize = 200;

/// How well a title fits; the least is the best.
const TIERS: usize = 4;

impl Index {
    /// Answers a query. Without words and filters nothing is found.
    pub fn search(&self, query: &Query) -> Found {
        let asked: String = query.words.chars().take(CHARACTERS).collect();
        let whole = fold(&asked);
        let words: Vec<&str> = whole.split(' ').filter(|w| !w.is_empty()).take(WORDS).collect();
        // Words that fold to nothing are no reason to show everything.
        if words.is_empty() && (query.filters.is_empty() || !asked.trim().is_empty()) {
            return Found { total: 0, hits: Vec::new() };
        }
        let most = query.skip.saturating_add(query.limit);
        let asked = Asked::new(&whole, &words);
        let mut tiers: [Vec<u32>; TIERS] = Default::default();
        let mut total = 0;
        for number in self.candidates(&words, &query.filters) {
            let Some(tier) = asked.tier(self.texts.get(number as usize)) else { continue };
            total += 1;
            if let Some(numbers) = tiers.get_mut(tier).filter(|numbers| numbers.len() < most) {
                numbers.push(number);
            }
        }
        let numbers = tiers.into_iter().flatten().skip(query.skip).take(query.limit);
        Found { total, hits: numbers.filter_map(|number| self.hit(number as usize)).collect() }
    }

    /// Entries that have all pairs of all words and pass all filters.
    fn candidates(&self, words: &[&str], filters: &[Filter]) -> Vec<u32> {
        let mut keys: Vec<u64> = filters.iter().map(filter).collect();
        let mut singles = Vec::new();
        for word in words {
            let mut rest = word.chars().peekable();
            let first = rest.next().filter(|_| rest.peek().is_none());
            singles.extend(first);
            keys.extend(word.chars().zip(word.chars().skip(1)).map(|(a, b)| pair(a, b)));
        }
        keys.sort_unstable_by_key(|&key| (self.postings.weight(key), key));
        keys.dedup();
        let mut lists = keys.into_iter().map(|key| self.postings.list(key));
        let singles = singles.into_iter().map(|c| self.postings.beginning(c, self.len()));
        let Some(shortest) = lists.next() else { return every(singles).unwrap_or_default() };
        let lists = lists.chain(singles);
        lists.fold(shortest, |kept, list| if kept.is_empty() { kept } else { common(&kept, &list) })
    }
}

fn every(mut lists: impl Iterator<Item = Vec<u32>>) -> Option<Vec<u32>> {
    let first = lists.next()?;
    Some(lists.fold(first, |kept, list| common(&kept, &list)))
}

/// What two sorted lists have in common.
fn common(a: &[u32], b: &[u32]) -> Vec<u32> {
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::with_capacity(a.len().min(b.len()));
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        match x.cmp(y) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                out.push(*x);
                i += 1;
                j += 1;
            }
        }
    }
    out
}

/// Words made ready to be looked for in many texts.
struct Asked<'q> {
    whole: &'q str,
    words: Vec<Finder<'q>>,
    /// Those of more than two characters: pairs alone do not prove them.
    long: Vec<Finder<'q>>,
}

impl<'q> Asked<'q> {
    fn new(whole: &'q str, words: &[&'q str]) -> Self {
        let long = words.iter().filter(|word| word.chars().nth(2).is_some());
        Self { whole, long: long.map(|word| Finder::new(*word)).collect(), words: words.iter().map(|word| Finder::new(*word)).collect() }
    }

    /// How well a candidate fits; none where a word is not in it.
    fn tier(&self, text: &[u8]) -> Option<usize> {
        if !self.long.iter().all(|word| word.find(text).is_some()) {
            return None;
        }
        let title = text.get(..memchr(BETWEEN, text).unwrap_or(text.len())).unwrap_or_default();
        Some(match title {
            _ if title == self.whole.as_bytes() => 0,
            _ if title.starts_with(self.whole.as_bytes()) => 1,
            _ if self.words.iter().all(|word| word.find(title).is_some()) => 2,
            _ => 3,
        })
    }
}

/// Needed by shards: the pairs' lists.
pub(super) fn postings(index: &Index) -> &Postings {
    &index.postings
}
