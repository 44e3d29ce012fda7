//! Many texts in one, found by number.

/// Texts one behind the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Arena {
    text: String,
    /// Where each one ends.
    ends: Vec<u64>,
}

impl Arena {
    /// Adds a text; gives nothing, its number is the number of those before it.
    pub fn push(&mut self, text: &str) {
        self.text.push_str(text);
        self.ends.push(self.text.len() as u64);
    }

    /// The text of a number; empty where there is none.
    pub fn get(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.end(before));
        self.ends.get(number).and_then(|&end| self.text.get(start..usize::try_from(end).ok()?)).unwrap_or_default()
    }

    fn end(&self, number: usize) -> usize {
        self.ends.get(number).and_then(|&end| usize::try_from(end).ok()).unwrap_or(0)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Writes it behind other parts of a file.
    pub fn write(&self, out: &mut Vec<u8>) {
        write_numbers(&self.ends, out);
        write_bytes(self.text.as_bytes(), out);
    }

    /// Reads what [`Arena::write`] wrote; none where it is damaged.
    pub fn read(from: &mut &[u8]) -> Option<Self> {
        let ends = read_numbers(from)?;
        let text = std::str::from_utf8(read_bytes(from)?).ok()?.to_owned();
        Some(Self { text, ends })
    }
}

/// A length and the bytes.
pub(crate) fn write_bytes(bytes: &[u8], out: &mut Vec<u8>) {
    out.extend((bytes.len() as u64).to_le_bytes());
    out.extend(bytes);
}

/// What [`write_bytes`] wrote; none where it is cut off.
pub(crate) fn read_bytes<'b>(from: &mut &'b [u8]) -> Option<&'b [u8]> {
    let (head, rest) = from.split_first_chunk::<8>()?;
    let length = usize::try_from(u64::from_le_bytes(*head)).ok()?;
    let (bytes, rest) = rest.split_at_checked(length)?;
    *from = rest;
    Some(bytes)
}

/// Numbers, eight bytes each.
pub(crate) fn write_numbers(numbers: &[u64], out: &mut Vec<u8>) {
    out.extend((numbers.len() as u64 * 8).to_le_bytes());
    out.extend(numbers.iter().flat_map(|n| n.to_le_bytes()));
}

/// What [`write_numbers`] wrote.
pub(crate) fn read_numbers(from: &mut &[u8]) -> Option<Vec<u64>> {
    let (numbers, rest) = read_bytes(from)?.as_chunks::<8>();
    rest.is_empty().then(|| numbers.iter().map(|chunk| u64::from_le_bytes(*chunk)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_what_is_damaged_is_not() {
        let mut arena = Arena::default();
        ["a", "", "漢字"].into_iter().for_each(|text| arena.push(text));
        let mut bytes = Vec::new();
        arena.write(&mut bytes);
        assert_eq!(Arena::read(&mut bytes.as_slice()), Some(arena.clone()));
        assert_eq!((arena.get(0), arena.get(1), arena.get(2), arena.get(3)), ("a", "", "漢字", ""));
        for cut in 0..bytes.len() {
            assert_eq!(Arena::read(&mut &bytes[..cut]), None, "{cut}");
        }
    }
}
