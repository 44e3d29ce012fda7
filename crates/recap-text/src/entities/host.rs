//! Host names: labels, and a top-level domain that exists.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::chars::{is_any_host, is_latin_host};

/// The longest label that DNS allows, here in characters.
const MAX_LABEL: usize = 63;
/// The longest top-level domain that is not ASCII, in characters.
const MAX_NATIVE_TLD: usize = 24;

static TLDS: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
    include_str!("../../data/tlds.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Which characters a host may have.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Behind a protocol.
    Any,
    /// Without one, where the text around has no other limit.
    Latin,
}

impl Script {
    pub(super) fn allows(self, c: char) -> bool {
        match self {
            Self::Any => is_any_host(c),
            Self::Latin => is_latin_host(c),
        }
    }
}

/// The end of the longest host name that begins at `start`; `None` where none does.
pub(super) fn end(text: &str, start: usize, script: Script) -> Option<usize> {
    let mut best = None;
    let mut at = start;
    while let Some(label) = Label::read(text.get(at..)?, script) {
        at += label.len + 1;
        let Some(tld) = tld_len(text.get(at..)?) else {
            continue;
        };
        if !label.underscore {
            best = Some(at + tld);
            if script == Script::Any && runs_into_text(text, start, at + tld) {
                break;
            }
        }
    }
    best
}

/// Whether an ASCII host is followed right away by letters of another script: `example.comを`.
fn runs_into_text(text: &str, start: usize, end: usize) -> bool {
    let next = text.get(end..).and_then(|rest| rest.chars().next());
    text.get(start..end).is_some_and(str::is_ascii) && next.is_some_and(|c| !c.is_ascii())
}

/// One label with a dot behind it.
struct Label {
    /// Bytes, without the dot.
    len: usize,
    /// Whether it holds an underscore, which only a subdomain may.
    underscore: bool,
}

impl Label {
    fn read(text: &str, script: Script) -> Option<Self> {
        let mut underscore = false;
        let mut last = '-';
        for (count, (at, c)) in text.char_indices().enumerate() {
            let joins = matches!(c, '-' | '_');
            if c == '.' {
                let whole = at > 0 && !matches!(last, '-' | '_');
                return whole.then_some(Self { len: at, underscore });
            }
            if count >= MAX_LABEL || !(joins || script.allows(c)) || (at == 0 && joins) {
                return None;
            }
            underscore |= c == '_';
            last = c;
        }
        None
    }
}

/// The length of the top-level domain at the start of a text, if no letter, digit, `@`, `+` or `-`
/// follows it.
fn tld_len(text: &str) -> Option<usize> {
    let ascii = text.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(text.len());
    if let Some(name) = text.get(..ascii).filter(|name| !name.is_empty())
        && ends_here(text, ascii)
        && TLDS.contains(name.to_ascii_lowercase().as_str())
    {
        return Some(ascii);
    }
    punycode_len(text).or_else(|| native_len(text))
}

fn ends_here(text: &str, at: usize) -> bool {
    let next = text.as_bytes().get(at);
    !next.is_some_and(|b| b.is_ascii_alphanumeric() || matches!(b, b'@' | b'+' | b'-'))
}

fn punycode_len(text: &str) -> Option<usize> {
    let prefix = text.get(..4)?.eq_ignore_ascii_case("xn--");
    let rest = text.get(4..).filter(|_| prefix)?;
    let len = rest.bytes().take(MAX_LABEL).take_while(|&b| b.is_ascii_alphanumeric() || b == b'-').count();
    (len > 0).then_some(4 + len)
}

fn native_len(text: &str) -> Option<usize> {
    let ends = text.char_indices().skip(1).take(MAX_NATIVE_TLD).map(|(i, _)| i);
    let whole = (text.chars().take(MAX_NATIVE_TLD + 1).count() <= MAX_NATIVE_TLD).then_some(text.len());
    ends.chain(whole)
        .filter(|&end| text.get(..end).is_some_and(|name| !name.is_ascii() && TLDS.contains(name)) && ends_here(text, end))
        .last()
}
