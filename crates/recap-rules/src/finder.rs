//! All places of many literals in a text, in one pass.
//!
//! Every character's first bytes are looked up in a small filter, then in a table, then compared. Work for a character is
//! bounded by the literals that share their first bytes, whatever the text is.

/// Literals are found by so many of their first bytes: the most that they have.
const WIDTHS: [usize; 4] = [1, 2, 3, 6];
/// Shortest literal, in bytes.
pub const MIN_BYTES: usize = WIDTHS[0];
/// Zero bytes behind the text, so that every window lies within.
const MARGIN: usize = 8;

/// Finds literals; ASCII letters of either case.
#[derive(Debug, Clone)]
pub struct Finder {
    literals: Vec<Box<[u8]>>,
    heads: [Heads; 4],
}

impl Finder {
    /// A finder of literals with at least [`MIN_BYTES`] bytes, their ASCII letters in lower case, sorted and each once.
    pub fn new(literals: &[&str]) -> Self {
        let of_width = |i: usize| {
            let fits = |l: &str| WIDTHS.iter().rposition(|&width| width <= l.len()) == Some(i);
            let with_head = |(n, l): (usize, &&str)| (window(&padded(l), 0, WIDTHS[i]), n);
            Heads::new(WIDTHS[i], literals.iter().enumerate().filter(|(_, l)| fits(l)).map(with_head).collect())
        };
        let heads = [of_width(0), of_width(1), of_width(2), of_width(3)];
        Self { literals: literals.iter().map(|l| l.as_bytes().into()).collect(), heads }
    }

    /// Length of a literal, in bytes.
    pub fn length(&self, literal: usize) -> usize {
        self.literals[literal].len()
    }

    /// Calls `found` with the start and the number of every literal in a text, in the order of the starts.
    pub fn each(&self, text: &str, mut found: impl FnMut(usize, usize)) {
        let bytes = padded(text);
        for at in 0..text.len() {
            // Literals begin where characters do.
            if bytes[at] & 0xc0 == 0x80 {
                continue;
            }
            for heads in &self.heads {
                for &(_, literal) in heads.of(window(&bytes, at, heads.width)) {
                    if bytes[at..].starts_with(&self.literals[literal]) && at + self.literals[literal].len() <= text.len() {
                        found(at, literal);
                    }
                }
            }
        }
    }
}

/// A text in lower case (ASCII only) with [`MARGIN`] zeros behind it.
fn padded(text: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len() + MARGIN);
    bytes.extend(text.bytes().map(|b| b.to_ascii_lowercase()));
    bytes.resize(text.len() + MARGIN, 0);
    bytes
}

/// The first `width` bytes at a place as a number.
fn window(bytes: &[u8], at: usize, width: usize) -> u64 {
    let eight = bytes.get(at..at + 8).and_then(|b| <[u8; 8]>::try_from(b).ok()).map_or(0, u64::from_le_bytes);
    eight & (u64::MAX >> (64 - 8 * width))
}

/// Literals by their first bytes.
#[derive(Debug, Clone)]
struct Heads {
    width: usize,
    /// `(first bytes, literal)`, sorted.
    literals: Vec<(u64, usize)>,
    /// For each hash, the range of `literals` whose first bytes have it.
    table: Vec<(u32, u32)>,
    bits: u32,
}

impl Heads {
    fn new(width: usize, mut literals: Vec<(u64, usize)>) -> Self {
        let bits = (4 * literals.len()).next_power_of_two().trailing_zeros().max(10);
        literals.sort_unstable_by_key(|&(head, literal)| (hash(head, bits), head, literal));
        let mut table = vec![(0, 0); 1 << bits];
        for (i, &(head, _)) in literals.iter().enumerate() {
            let place = u32::try_from(i).unwrap_or(u32::MAX);
            let entry = &mut table[hash(head, bits)];
            *entry = if entry.1 == 0 { (place, place + 1) } else { (entry.0, place + 1) };
        }
        Self { width, literals, table, bits }
    }

    /// Literals that may begin with these bytes.
    fn of(&self, head: u64) -> &[(u64, usize)] {
        let (from, to) = self.table[hash(head, self.bits)];
        &self.literals[from as usize..to as usize]
    }
}

/// Multiplicative hashing (Knuth): the high bits of a product with the golden ratio.
fn hash(head: u64, bits: u32) -> usize {
    usize::try_from(head.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> (64 - bits)).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::Finder;

    #[test]
    fn finds_what_stands_there() {
        let literals = ["b", ",", "by", "by the", "さん", "さんの発表", "の", "talk"];
        let mut sorted = literals;
        sorted.sort_unstable();
        let finder = Finder::new(&sorted);
        for text in ["A TALK By the author", "森田さんの発表", "さ", "", "b", "by", "xby the", "さんの発", "baby talktalk"] {
            let mut found = Vec::new();
            finder.each(text, |at, literal| found.push((at, sorted[literal])));
            let lower = text.to_ascii_lowercase();
            let mut expected: Vec<(usize, &str)> = sorted
                .iter()
                .flat_map(|l| (0..lower.len()).filter(|&i| lower.as_bytes()[i..].starts_with(l.as_bytes())).map(|i| (i, *l)))
                .collect();
            found.sort_unstable();
            expected.sort_unstable();
            assert_eq!(found, expected, "{text}");
        }
    }
}
