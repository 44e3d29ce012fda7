//! Many texts in one, found by number, in the bytes of a file as they are: what was read is never copied.

use std::io;
use std::ops::{Deref, Range};
use std::sync::Arc;

/// A part of the bytes of a file, or bytes of its own.
#[derive(Debug, Clone, Default)]
pub(crate) struct Piece {
    whole: Arc<Vec<u8>>,
    part: Range<usize>,
}

impl Deref for Piece {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        self.whole.get(self.part.clone()).unwrap_or_default()
    }
}

impl PartialEq for Piece {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Piece {}

impl From<Vec<u8>> for Piece {
    fn from(bytes: Vec<u8>) -> Self {
        let part = 0..bytes.len();
        Self { whole: Arc::new(bytes), part }
    }
}

impl Piece {
    /// Writes it behind other parts of a file: its length and the bytes.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        write_bytes(self, out)
    }

    /// As numbers, eight bytes each: the one at a place.
    pub fn number(&self, at: usize) -> Option<u64> {
        let (numbers, _) = self.as_chunks::<8>();
        numbers.get(at).map(|bytes| u64::from_le_bytes(*bytes))
    }

    /// How many numbers it holds.
    pub fn numbers(&self) -> usize {
        self.len() / 8
    }
}

/// Numbers as [`Piece::number`] reads them.
#[derive(Debug, Default)]
pub(crate) struct Numbers(Vec<u8>);

impl Numbers {
    /// Adds one.
    pub fn push(&mut self, number: u64) {
        self.0.extend(number.to_le_bytes());
    }

    /// All of them.
    pub fn finish(self) -> Piece {
        self.0.into()
    }
}

/// A length and the bytes.
pub(crate) fn write_bytes(bytes: &[u8], out: &mut dyn io::Write) -> io::Result<()> {
    out.write_all(&(bytes.len() as u64).to_le_bytes())?;
    out.write_all(bytes)
}

/// The bytes of a file, read from the front.
#[derive(Debug)]
pub(crate) struct Reader {
    whole: Arc<Vec<u8>>,
    at: usize,
}

impl Reader {
    /// From a place on.
    pub fn new(bytes: Vec<u8>, at: usize) -> Self {
        Self { whole: Arc::new(bytes), at }
    }

    /// Whether these bytes come next; then they are passed.
    pub fn passes(&mut self, bytes: &[u8]) -> bool {
        let there = self.whole.get(self.at..).is_some_and(|rest| rest.starts_with(bytes));
        self.at += if there { bytes.len() } else { 0 };
        there
    }

    /// What [`Piece::write`] wrote; none where it is cut off.
    pub fn piece(&mut self) -> Option<Piece> {
        let (head, _) = self.whole.get(self.at..)?.split_first_chunk::<8>()?;
        let start = self.at + 8;
        let end = start.checked_add(usize::try_from(u64::from_le_bytes(*head)).ok()?)?;
        self.whole.get(start..end)?;
        self.at = end;
        Some(Piece { whole: Arc::clone(&self.whole), part: start..end })
    }

    /// Numbers; none where it is cut off.
    pub fn numbers(&mut self) -> Option<Piece> {
        self.piece().filter(|piece| piece.len() % 8 == 0)
    }
}

/// Texts one behind the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Arena {
    texts: Piece,
    /// Where each one ends.
    ends: Piece,
}

/// Makes an [`Arena`].
#[derive(Debug, Default)]
pub(crate) struct Texts {
    texts: Vec<u8>,
    ends: Numbers,
}

impl Texts {
    /// Adds a text; its number is the number of those before it.
    pub fn push(&mut self, text: &str) {
        self.texts.extend(text.as_bytes());
        self.ends.push(self.texts.len() as u64);
    }

    /// All of them.
    pub fn finish(self) -> Arena {
        Arena { texts: self.texts.into(), ends: self.ends.finish() }
    }
}

impl Arena {
    /// The bytes of the text of a number; none where there is no such text.
    pub fn get(&self, number: usize) -> &[u8] {
        let end = |at: usize| self.ends.number(at).and_then(|end| usize::try_from(end).ok());
        let start = number.checked_sub(1).map_or(Some(0), end);
        let range = start.zip(end(number)).map(|(start, end)| start..end);
        range.and_then(|range| self.texts.get(range)).unwrap_or_default()
    }

    /// The text of a number.
    pub fn text(&self, number: usize) -> &str {
        std::str::from_utf8(self.get(number)).unwrap_or_default()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.numbers()
    }

    /// Writes it behind other parts of a file.
    pub fn write(&self, out: &mut dyn io::Write) -> io::Result<()> {
        self.ends.write(out)?;
        self.texts.write(out)
    }

    /// Reads what [`Arena::write`] wrote; none where it is damaged.
    pub fn read(from: &mut Reader) -> Option<Self> {
        let ends = from.numbers()?;
        Some(Self { texts: from.piece()?, ends })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_damaged_is_not() {
        let mut texts = Texts::default();
        ["a", "", "漢字"].into_iter().for_each(|text| texts.push(text));
        let arena = texts.finish();
        let mut bytes = b"head".to_vec();
        arena.write(&mut bytes).expect("written");
        assert_eq!(Arena::read(&mut Reader::new(bytes.clone(), 4)), Some(arena.clone()));
        assert_eq!((arena.text(0), arena.text(1), arena.text(2), arena.text(3), arena.len()), ("a", "", "漢字", "", 3));
        for cut in 4..bytes.len() {
            assert_eq!(Arena::read(&mut Reader::new(bytes[..cut].to_vec(), 4)), None, "{cut}");
        }
    }
}
