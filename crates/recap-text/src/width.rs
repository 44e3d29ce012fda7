//! Widths, foldings and offsets: full-width forms folded with a way back to the original, and code
//! point numbers for bytes.

use unicode_normalization::UnicodeNormalization;

/// One code point folded to its plain form: full-width ASCII becomes ASCII, every kind of space a
/// plain space. Other characters stay.
#[must_use]
pub fn narrow(c: char) -> char {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(c as u32 - 0xfee0).unwrap_or(c),
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{205f}' | '\u{3000}' => ' ',
        _ => c,
    }
}

/// A text after NFKC, with the way back: every byte of [`Folded::text`] knows the bytes of the
/// original that it came from.
#[derive(Debug, Clone)]
pub struct Folded {
    text: String,
    /// For each piece: where it begins in the folded text, where in the original.
    pieces: Vec<(usize, usize)>,
    original_len: usize,
}

impl Folded {
    /// Folds a text by NFKC, one starter with its combining marks (and half-width voicing marks) at
    /// a time, so that ﾊﾟ becomes パ and ① becomes 1.
    #[must_use]
    pub fn new(original: &str) -> Self {
        let mut folded = Self { text: String::with_capacity(original.len()), pieces: Vec::new(), original_len: original.len() };
        let mut start = 0;
        for (at, c) in original.char_indices() {
            if at > start && !joins_previous(c) {
                folded.push(original, start, at);
                start = at;
            }
        }
        folded.push(original, start, original.len());
        folded
    }

    fn push(&mut self, original: &str, start: usize, end: usize) {
        self.pieces.push((self.text.len(), start));
        let piece = original.get(start..end).unwrap_or_default();
        if piece.is_ascii() {
            self.text.push_str(piece);
        } else {
            self.text.extend(piece.nfkc());
        }
    }

    /// The folded text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The bytes of the original that the bytes `start..end` of the folded text came from, whole
    /// characters at both ends.
    #[must_use]
    pub fn original(&self, start: usize, end: usize) -> (usize, usize) {
        let first = self.pieces.partition_point(|&(at, _)| at <= start);
        let next = self.pieces.partition_point(|&(at, _)| at < end);
        let from = first.checked_sub(1).and_then(|i| self.pieces.get(i)).map_or(0, |&(_, o)| o);
        let to = self.pieces.get(next).map_or(self.original_len, |&(_, o)| o);
        (from, to.max(from))
    }
}

/// Combining marks, and the half-width voicing marks that NFKC composes with the kana before them.
fn joins_previous(c: char) -> bool {
    !c.is_ascii() && (matches!(c, '\u{ff9e}' | '\u{ff9f}' | '\u{1160}'..='\u{11ff}') || unicode_normalization::char::is_combining_mark(c))
}

/// Bytes between two notes of the index: a lookup reads at most this many bytes.
const STRIDE: usize = 256;

/// Code point numbers of a text's bytes and back. A lookup from bytes reads at most 256 bytes;
/// a lookup of bytes is a binary search and as many.
#[derive(Debug, Clone)]
pub struct CodePoints<'t> {
    text: &'t str,
    /// Code points before each byte `i * STRIDE`; empty for ASCII text, where both are the same.
    before: Vec<usize>,
}

impl<'t> CodePoints<'t> {
    /// Indexes a text, in one pass.
    #[must_use]
    pub fn new(text: &'t str) -> Self {
        let mut before = Vec::new();
        if !text.is_ascii() {
            let mut count = 0;
            for chunk in text.as_bytes().chunks(STRIDE) {
                before.push(count);
                count += starts(chunk);
            }
        }
        Self { text, before }
    }

    /// The number of code points before this byte. A byte inside a character counts that character
    /// as begun; a byte beyond the end gives the text's length.
    #[must_use]
    pub fn of_byte(&self, byte: usize) -> usize {
        let byte = byte.min(self.text.len());
        let note = byte / STRIDE;
        let Some(&count) = self.before.get(note) else {
            return match (self.before.last(), self.before.len().checked_sub(1)) {
                (Some(&count), Some(last)) => count + self.starts_in(last * STRIDE, byte),
                _ => byte,
            };
        };
        count + self.starts_in(note * STRIDE, byte)
    }

    /// The byte at which this code point begins; beyond the end, the text's length in bytes.
    #[must_use]
    pub fn to_byte(&self, point: usize) -> usize {
        if self.before.is_empty() {
            return point.min(self.text.len());
        }
        let note = self.before.partition_point(|&n| n <= point).saturating_sub(1);
        let mut left = point - self.before.get(note).copied().unwrap_or(0);
        let from = note * STRIDE;
        for (i, &b) in self.text.as_bytes().iter().enumerate().skip(from) {
            if is_start(b) {
                if left == 0 {
                    return i;
                }
                left -= 1;
            }
        }
        self.text.len()
    }

    fn starts_in(&self, from: usize, to: usize) -> usize {
        starts(self.text.as_bytes().get(from..to).unwrap_or_default())
    }
}

fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|&&b| is_start(b)).count()
}

/// Whether a byte begins a character of UTF-8.
fn is_start(byte: u8) -> bool {
    byte & 0xc0 != 0x80
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn code_points_go_both_ways() {
        let text = "あa😀".repeat(300);
        let index = CodePoints::new(&text);
        for (n, (at, _)) in text.char_indices().enumerate() {
            assert_eq!(index.of_byte(at), n);
            assert_eq!(index.to_byte(n), at);
        }
        assert_eq!(index.of_byte(text.len()), 900);
        assert_eq!(index.to_byte(900), text.len());
        assert_eq!(index.to_byte(5000), text.len());
        assert_eq!(index.of_byte(usize::MAX), 900);
    }

    #[test]
    fn code_points_at_a_whole_stride() {
        let text = "é".repeat(STRIDE);
        let index = CodePoints::new(&text);
        assert_eq!(index.of_byte(text.len()), STRIDE);
        assert_eq!(index.to_byte(STRIDE), text.len());
        assert_eq!(CodePoints::new("").of_byte(0), 0);
    }

    #[test]
    fn folds_and_finds_the_way_back() {
        let original = "第①回 ﾊﾟﾈﾙ ＬＴ会";
        let folded = Folded::new(original);
        assert_eq!(folded.text(), "第1回 パネル LT会");
        let at = folded.text().find("パ").unwrap_or_default();
        let (from, to) = folded.original(at, at + "パ".len());
        assert_eq!(original.get(from..to), Some("ﾊﾟ"));
        let (from, to) = folded.original(0, folded.text().len());
        assert_eq!((from, to), (0, original.len()));
    }

    #[test]
    fn narrows_single_characters() {
        assert_eq!(narrow('７'), '7');
        assert_eq!(narrow('　'), ' ');
        assert_eq!(narrow('漢'), '漢');
    }
}
