//! Ids that are safe as file names on every platform.

use crate::width::narrow;

/// Longest id, in bytes: with an ending it stays below the 255 bytes that file systems take.
const MAX_BYTES: usize = 240;

/// Longest id, in characters.
const MAX_CHARS: usize = 80;

/// Names that Windows keeps for devices.
const DEVICES: &[&str] = &["con", "prn", "aux", "nul"];

/// The text folded to letters and digits of any script in lower case, joined by `-`: no slashes, dots, control or
/// bidirectional characters, no device name, at most 80 characters and 240 bytes. Folding it again changes nothing.
#[must_use]
pub fn slug(text: &str) -> String {
    let mut slug = String::new();
    for c in text.chars().flat_map(char::to_lowercase).map(narrow) {
        if slug.len() + c.len_utf8() > MAX_BYTES || slug.chars().count() >= MAX_CHARS {
            break;
        }
        if c.is_alphanumeric() {
            slug.push(c);
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug = slug.trim_end_matches('-');
    if is_device(slug) { format!("{slug}-event") } else { slug.to_owned() }
}

fn is_device(slug: &str) -> bool {
    let port = |name: &str| slug.strip_prefix(name).is_some_and(|n| n.len() == 1 && n.bytes().all(|b| b.is_ascii_digit()));
    DEVICES.contains(&slug) || port("com") || port("lpt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hostile_names_are_safe() {
        assert_eq!(slug("../../etc/passwd"), "etc-passwd");
        assert_eq!(slug("\u{202e}Ａ\u{0}b:c?"), "a-b-c");
        assert_eq!(slug("CON"), "con-event");
        assert_eq!(slug("com1"), "com1-event");
        assert_eq!(slug(&"漢".repeat(1_000_000)).chars().count(), 80);
        assert!(slug(&"𠮷".repeat(200)).len() <= MAX_BYTES);
        assert_eq!(slug("…"), "");
    }

    #[test]
    fn folding_again_changes_nothing() {
        for text in ["Sample Meetup #3「例」 2020-06-16", "İstanbul Ǆ", &"a-".repeat(100)] {
            assert_eq!(slug(&slug(text)), slug(text), "{text}");
        }
    }
}
