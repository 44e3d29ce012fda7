//! Lists of entries, one for each pair of characters and each filter.

use std::collections::HashMap;
use std::io;

use super::arena::{Numbers, Piece, Reader};
use super::{BETWEEN, Filter};

/// Keys in order, and for each the numbers of its entries: differences, seven bits a byte.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Postings {
    keys: Piece,
    ends: Piece,
    bytes: Piece,
}

/// The key of two neighbouring characters; a word's last one has a space behind it.
pub fn pair(a: char, b: char) -> u64 {
    u64::from(a as u32) << 32 | u64::from(b as u32)
}

/// Keys of filters have the topmost bit, which no pair has.
pub fn filter(filter: &Filter) -> u64 {
    let name = filter.word();
    // FNV-1a: equal on every machine, and two of some hundred thousand names hardly ever meet.
    let hash = name.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3));
    hash | 1 << 63
}

/// The pairs of a folded text.
pub fn pairs(text: &str) -> impl Iterator<Item = (char, char)> + '_ {
    let between = char::from(BETWEEN);
    let next = text.chars().skip(1).chain([' ']).map(move |c| if c == between { ' ' } else { c });
    text.chars().zip(next).filter(move |(a, _)| *a != ' ' && *a != between)
}

/// Builds [`Postings`]; entries come in the order of their numbers.
#[derive(Debug, Default)]
pub struct Builder {
    lists: HashMap<u64, List>,
}

#[derive(Debug, Default)]
struct List {
    /// The next number that may be added.
    next: usize,
    bytes: Vec<u8>,
}

impl List {
    fn add(&mut self, number: usize) {
        if number < self.next {
            return;
        }
        let mut difference = number - self.next;
        while difference >= 0x80 {
            self.bytes.push((difference & 0x7f) as u8 | 0x80);
            difference >>= 7;
        }
        self.bytes.push(difference as u8);
        self.next = number + 1;
    }
}

impl Builder {
    /// Adds the pairs of an entry's text.
    pub fn text(&mut self, number: usize, text: &str) {
        for (a, b) in pairs(text) {
            self.lists.entry(pair(a, b)).or_default().add(number);
        }
    }

    /// Adds a filter of an entry.
    pub fn filter(&mut self, number: usize, by: &Filter) {
        self.lists.entry(filter(by)).or_default().add(number);
    }

    /// The lists in order.
    pub fn finish(self) -> Postings {
        let mut lists: Vec<(u64, Vec<u8>)> = self.lists.into_iter().map(|(key, list)| (key, list.bytes)).collect();
        lists.sort_unstable_by_key(|(key, _)| *key);
        let (mut keys, mut ends, mut all) = (Numbers::default(), Numbers::default(), Vec::new());
        for (key, bytes) in lists {
            keys.push(key);
            all.extend(bytes);
            ends.push(all.len() as u64);
        }
        Postings { keys: keys.finish(), ends: ends.finish(), bytes: all.into() }
    }
}

impl Postings {
    /// The entries of a key.
    pub fn list(&self, key: u64) -> Vec<u32> {
        self.find(key).map(|at| self.decode(at)).unwrap_or_default()
    }

    /// How much a key's list takes; a measure of its length.
    pub fn weight(&self, key: u64) -> usize {
        self.find(key).map_or(0, |at| self.slice(at).len())
    }

    /// The entries of all pairs that begin with a character; `total` is the number of entries.
    pub fn beginning(&self, first: char, total: usize) -> Vec<u32> {
        let from = self.first(pair(first, '\0'));
        let to = self.first(pair(first, char::MAX) + 1);
        // Marking is linear where sorting the lists together is not.
        let mut marks = vec![false; total];
        for number in (from..to).flat_map(|at| self.decode(at)) {
            if let Some(mark) = marks.get_mut(number as usize) {
                *mark = true;
            }
        }
        (0..).zip(marks).filter(|(_, mark)| *mark).map(|(number, _)| number).collect()
    }

    /// Every key that is a pair, with the place of its list.
    pub fn all_pairs(&self) -> impl Iterator<Item = (char, char, usize)> + '_ {
        let half = |part: u64| char::from_u32(u32::try_from(part).unwrap_or(0)).unwrap_or(' ');
        let keys = (0..self.keys.numbers()).map_while(|at| self.keys.number(at).filter(|key| key >> 63 == 0));
        keys.enumerate().map(move |(at, key)| (half(key >> 32), half(key & 0xffff_ffff), at))
    }

    /// The place of the first key that is not below this one.
    fn first(&self, key: u64) -> usize {
        let (keys, _) = self.keys.as_chunks::<8>();
        keys.partition_point(|bytes| u64::from_le_bytes(*bytes) < key)
    }

    fn find(&self, key: u64) -> Option<usize> {
        let at = self.first(key);
        (self.keys.number(at)? == key).then_some(at)
    }

    fn slice(&self, at: usize) -> &[u8] {
        let end = |at: usize| self.ends.number(at).and_then(|end| usize::try_from(end).ok());
        let start = at.checked_sub(1).map_or(Some(0), end);
        start.zip(end(at)).and_then(|(start, end)| self.bytes.get(start..end)).unwrap_or_default()
    }

    /// The entries of the list at a place.
    pub fn decode(&self, at: usize) -> Vec<u32> {
        let bytes = self.slice(at);
        let mut out = Vec::with_capacity(bytes.len());
        let (mut next, mut difference, mut shift) = (0_u32, 0_u32, 0_u32);
        for &byte in bytes {
            difference |= u32::from(byte & 0x7f).checked_shl(shift).unwrap_or(0);
            if byte & 0x80 != 0 {
                shift += 7;
                continue;
            }
            let number = next.wrapping_add(difference);
            out.push(number);
            (next, difference, shift) = (number.wrapping_add(1), 0, 0);
        }
        out
    }

    /// Writes the lists behind other parts of a file.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        [&self.keys, &self.ends, &self.bytes].into_iter().try_for_each(|piece| piece.write(out))
    }

    /// Reads what [`Postings::write`] wrote; none where it is damaged.
    pub fn read(from: &mut Reader) -> Option<Self> {
        Some(Self { keys: from.numbers()?, ends: from.numbers()?, bytes: from.piece()? })
    }
}
