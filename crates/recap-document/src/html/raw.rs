//! Elements whose content is text, not tags, and where they end (HTML, 13.2.5.2 to 13.2.5.31).

use super::tokens::is_space;

/// How the content of an element is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RawText {
    /// Text with character references.
    Escapable,
    /// Text as it stands.
    Plain,
    /// Text as it stands, in which a comment may hide end tags.
    Script,
}

impl RawText {
    /// The kind of an element, if its content is no markup.
    pub fn of(name: &str) -> Option<Self> {
        match name {
            "script" => Some(Self::Script),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => Some(Self::Plain),
            "title" | "textarea" => Some(Self::Escapable),
            _ => None,
        }
    }
}

/// Where the end tag of an element stands whose content begins here.
pub fn end(text: &[u8], name: &str, kind: RawText) -> Option<usize> {
    if kind == RawText::Script {
        return script_end(text);
    }
    memchr::memchr_iter(b'<', text).find(|&at| closes(&text[at..], name))
}

/// Whether a text begins with the end tag of an element.
fn closes(text: &[u8], name: &str) -> bool {
    text.starts_with(b"</") && begins(&text[2..], name)
}

/// Whether a text begins with a name that ends there.
fn begins(text: &[u8], name: &str) -> bool {
    let same = text.get(..name.len()).is_some_and(|head| head.eq_ignore_ascii_case(name.as_bytes()));
    same && text.get(name.len()).is_some_and(|&b| is_space(b) || matches!(b, b'/' | b'>'))
}

/// In a comment a script may hold `<script>` up to `</script>`; the end tag that counts is outside of that.
fn script_end(text: &[u8]) -> Option<usize> {
    const NAME: &str = "script";
    let (mut at, mut dashes, mut nested) = (plain_end(text, 0)?, 0, false);
    if closes(&text[at..], NAME) {
        return Some(at);
    }
    // Behind `<!--`.
    (at, dashes) = (at + 4, dashes + 2);
    loop {
        match *text.get(at)? {
            b'-' => (dashes, at) = (dashes + 1, at + 1),
            b'>' if dashes >= 2 => {
                at = plain_end(text, at + 1)?;
                if closes(&text[at..], NAME) {
                    return Some(at);
                }
                (at, dashes, nested) = (at + 4, 2, false);
            }
            b'<' => {
                let rest = &text[at..];
                match (nested, closes(rest, NAME)) {
                    (false, true) => return Some(at),
                    (false, false) => nested = begins(&rest[1..], NAME),
                    (true, closed) => nested = !closed,
                }
                (at, dashes) = (at + 1, 0);
            }
            _ => (dashes, at) = (0, at + 1),
        }
    }
}

/// The next `</script>` or `<!--`.
fn plain_end(text: &[u8], from: usize) -> Option<usize> {
    let rest = text.get(from..)?;
    memchr::memchr_iter(b'<', rest).find(|&at| closes(&rest[at..], "script") || rest[at..].starts_with(b"<!--")).map(|at| from + at)
}
