//! What tells talks again: their decks, recordings and titles.

use std::collections::BTreeSet;

use super::few::{Few, mark};

/// A deck, a recording or a title.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Piece {
    mark: u64,
    /// The talk that it is of; [`LOOSE`]: none.
    talk: u16,
    is_address: bool,
}

/// No talk.
const LOOSE: u16 = u16::MAX;

/// All that a part has.
#[derive(Debug, Clone, Default)]
pub struct Material {
    pieces: Few<Piece>,
    /// How many talks have any.
    pub talks: usize,
}

impl Material {
    /// The material of talks, and what no talk has. Addresses begin with `u `.
    pub fn of(talks: &[BTreeSet<String>], loose: &[String]) -> Self {
        let piece = |text: &String, talk: u16| Piece { mark: mark(text), talk, is_address: text.starts_with("u ") };
        let number = |n: usize| u16::try_from(n).unwrap_or(LOOSE).min(LOOSE - 1);
        let of_talks = talks.iter().enumerate().flat_map(|(n, keys)| keys.iter().map(move |key| piece(key, number(n))));
        let pieces = of_talks.chain(loose.iter().map(|key| piece(key, LOOSE))).collect();
        Self { pieces, talks: talks.len() }
    }

    fn has(&self, mark: u64) -> bool {
        self.pieces.contains_by(|piece| piece.mark.cmp(&mark))
    }

    /// How many talks the other one tells of, too.
    pub fn told(&self, other: &Self) -> usize {
        let told = self.pieces.iter().filter(|piece| piece.talk != LOOSE && other.has(piece.mark)).map(|piece| piece.talk);
        told.collect::<Few<u16>>().len()
    }

    /// Decks and recordings that both name.
    pub fn common_addresses(&self, other: &Self) -> usize {
        self.pieces.iter().filter(|piece| piece.is_address && other.has(piece.mark)).map(|piece| piece.mark).collect::<Few<u64>>().len()
    }
}
