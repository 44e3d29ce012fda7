//! A limit for attributes: the tokenizer compares each attribute's name with all before it.

use std::borrow::Cow;

/// Attributes of one element beyond this are cut off; no page has as many.
const MAX_ATTRIBUTES: usize = 400;

/// The text with no element of more than [`MAX_ATTRIBUTES`] attributes.
pub fn limited(html: &str) -> Cow<'_, str> {
    let mut out = String::new();
    let mut kept = 0;
    let mut at = 0;
    while let Some(open) = html[at..].find('<').map(|n| at + n) {
        let tag = Tag::read(&html.as_bytes()[open + 1..]);
        at = open + 1 + tag.length;
        if let Some(excess) = tag.excess {
            out.push_str(&html[kept..open + 1 + excess]);
            kept = at;
        }
    }
    if kept == 0 {
        return Cow::Borrowed(html);
    }
    out.push_str(&html[kept..]);
    Cow::Owned(out)
}

/// What stands between `<` and `>`.
#[derive(Default)]
struct Tag {
    /// Bytes up to the `>`.
    length: usize,
    /// Where the first attribute too many begins.
    excess: Option<usize>,
}

impl Tag {
    fn read(bytes: &[u8]) -> Self {
        let mut tag = Self::default();
        if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
            return tag;
        }
        let (mut words, mut quote, mut last, mut spaced) = (0, None, b' ', false);
        for (at, &byte) in bytes.iter().enumerate() {
            tag.length = at;
            match quote {
                Some(mark) if mark == byte => quote = None,
                Some(_) => {}
                None if byte == b'>' => return tag,
                None if matches!(byte, b'"' | b'\'') && last == b'=' => quote = Some(byte),
                None if byte.is_ascii_whitespace() || byte == b'/' && last != b'=' => spaced = true,
                None => {
                    words += usize::from((spaced || matches!(last, b'"' | b'\'')) && byte != b'=' && last != b'=');
                    spaced = false;
                    if words > MAX_ATTRIBUTES && tag.excess.is_none() {
                        tag.excess = Some(at);
                    }
                }
            }
            if !byte.is_ascii_whitespace() {
                last = byte;
            }
        }
        tag.length = bytes.len();
        tag
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_stay_as_they_are() {
        for html in ["<p class=\"a b c\" id = 'x'>a < b</p>", "a <b", "<a href=x/y title=\"<>\">", "<", "<é", "<p a='"] {
            assert!(matches!(limited(html), Cow::Borrowed(_)), "{html}");
        }
        let words = format!("<p title=\"{}\">", "a ".repeat(10_000));
        assert_eq!(limited(&words), words);
    }

    #[test]
    fn attributes_beyond_the_limit_go() {
        let many: String = (0..1_000).map(|i| format!("a{i}=\"é > \" ")).collect();
        let cut = limited(&format!("<p {many}>text</p><p {many}>more</p>")).into_owned();
        assert!(cut.contains("a399=") && !cut.contains("a400=") && cut.contains(">text</p>") && cut.ends_with(">more</p>"));
    }
}
