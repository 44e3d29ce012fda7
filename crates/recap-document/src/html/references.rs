//! Character references: `&amp;`, `&#12354;`, `&#x3042;` (HTML, 13.2.5.72 to 13.2.5.80).

use std::borrow::Cow;

use html5ever::data::{C1_REPLACEMENTS, NAMED_ENTITIES};

/// What stands for characters that cannot be.
pub const REPLACEMENT: &str = "\u{fffd}";

/// A text with its references decoded. In an attribute, a name without `;` before a letter, a digit or `=` is none.
pub fn decoded(text: &str, attribute: bool) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len());
    out.push_str(&text[..first]);
    let mut rest = &text[first..];
    while let Some(behind) = rest.strip_prefix('&') {
        let taken = reference(behind, attribute, &mut out);
        if taken == 0 {
            out.push('&');
        }
        rest = &behind[taken..];
        let plain = memchr::memchr(b'&', rest.as_bytes()).unwrap_or(rest.len());
        out.push_str(&rest[..plain]);
        rest = &rest[plain..];
    }
    Cow::Owned(out)
}

/// Decodes the reference that a text begins with behind its `&`; gives its length, 0 for none.
fn reference(text: &str, attribute: bool, out: &mut String) -> usize {
    match text.as_bytes() {
        [b'#', b'x' | b'X', ..] => number(text, 2, 16, out),
        [b'#', ..] => number(text, 1, 10, out),
        [first, ..] if first.is_ascii_alphanumeric() => named(text, attribute, out),
        _ => 0,
    }
}

fn number(text: &str, from: usize, base: u32, out: &mut String) -> usize {
    let digits = text[from..].bytes().take_while(|b| char::from(*b).is_digit(base)).count();
    if digits == 0 {
        return 0;
    }
    let all = &text[from..from + digits];
    let value = all.chars().try_fold(0u32, |n, c| n.checked_mul(base)?.checked_add(c.to_digit(base)?));
    out.push(character(value.unwrap_or(u32::MAX)));
    from + digits + usize::from(text[from + digits..].starts_with(';'))
}

/// The character of a number; numbers of C1 controls mean those of windows-1252.
fn character(number: u32) -> char {
    let control = number.checked_sub(0x80).and_then(|n| C1_REPLACEMENTS.get(n as usize).copied().flatten());
    control.or_else(|| char::from_u32(number).filter(|c| *c != '\0')).unwrap_or('\u{fffd}')
}

/// The longest name that the text begins with.
fn named(text: &str, attribute: bool, out: &mut String) -> usize {
    let mut found = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        // The table has all beginnings of names too, with zeros.
        match NAMED_ENTITIES.get(&text[..end]) {
            Some(&(0, _)) => {}
            Some(&characters) => found = Some((end, characters)),
            None => break,
        }
    }
    let Some((end, (first, second))) = found else { return 0 };
    let goes_on = text[end..].starts_with(|c: char| c == '=' || c.is_ascii_alphanumeric());
    if attribute && !text[..end].ends_with(';') && goes_on {
        return 0;
    }
    out.extend([first, second].into_iter().filter(|&n| n != 0).filter_map(char::from_u32));
    end
}
