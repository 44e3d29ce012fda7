//! URLs: with a protocol first, then bare hosts in the gaps between them.

use memchr::{memchr_iter, memmem};

use super::chars::{bars_url, is_path, is_path_end, is_query, is_query_end};
use super::host::{self, Script};
use super::{Found, Kind};

/// The longest path of a `t.co` link.
const MAX_TCO_SLUG: usize = 40;
/// The longest host name, in bytes.
const MAX_HOST: usize = 1024;
/// The longest URL.
const MAX_URL: usize = 4096;

/// The URLs of a text, in order.
pub(super) fn find(text: &str) -> Vec<Found> {
    if memchr::memchr(b'.', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut gap = 0;
    for colon in memmem::find_iter(text.as_bytes(), "://") {
        if let Some((start, end, kept)) = with_protocol(text, gap, colon) {
            without_protocol(text, gap, start, &mut found);
            found.extend(kept.map(|end| url_at(start, end)));
            gap = end;
        }
    }
    without_protocol(text, gap, text.len(), &mut found);
    found
}

fn url_at(start: usize, end: usize) -> Found {
    Found { kind: Kind::Url, start, end }
}

/// The URL whose `://` stands at `colon`, if it begins at `free` or later: its start, where its match
/// ends, and where the URL ends, which may be before (t.co) or nowhere (an overlong name).
fn with_protocol(text: &str, free: usize, colon: usize) -> Option<(usize, usize, Option<usize>)> {
    let start = protocol_start(text, colon)?;
    if start < free || char_before(text, start).is_some_and(bars_url) {
        return None;
    }
    let host_start = colon + 3;
    let host_end = host::end(text, host_start, Script::Any)?;
    let end = tail_end(text, host_end).1;
    let name = text.get(host_start..host_end)?;
    let resolvable = name.len() <= MAX_HOST && is_resolvable(name);
    let kept = cut_tco(text, start, host_start, end).filter(|end| resolvable && end - start <= MAX_URL);
    Some((start, end, kept))
}

/// Names beyond ASCII, written out or encoded, must be valid.
fn is_resolvable(name: &str) -> bool {
    (name.is_ascii() && !name.contains("xn--")) || ::url::Host::parse(name).is_ok()
}

fn protocol_start(text: &str, colon: usize) -> Option<usize> {
    ["https", "http"].iter().find_map(|name| {
        let start = colon.checked_sub(name.len())?;
        text.get(start..colon)?.eq_ignore_ascii_case(name).then_some(start)
    })
}

/// Bare hosts between two bytes: stretches of Latin letters, digits, dots, hyphens and underscores.
fn without_protocol(text: &str, from: usize, to: usize, found: &mut Vec<Found>) {
    let mut free = from;
    let Some(text) = text.get(..to) else { return };
    for dot in memchr_iter(b'.', text.as_bytes().get(from..).unwrap_or_default()) {
        let dot = from + dot;
        if dot < free {
            continue;
        }
        let start = run_start(text, free, dot);
        free = run_end(text, dot + 1);
        if let Some((end, kept)) = bare(text, start) {
            found.extend(kept.map(|end| url_at(start, end)));
            free = free.max(end);
        }
    }
}

/// The URL without a protocol in the stretch that begins at `start`: where its match ends, and where
/// the URL ends, if it is one.
fn bare(text: &str, start: usize) -> Option<(usize, Option<usize>)> {
    let run = text.get(start..)?;
    let name = start + run.len() - run.trim_start_matches(['-', '_', '.']).len();
    let host_end = host::end(text, name, Script::Latin)?;
    let (path, tail) = tail_end(text, host_end);
    let before = char_before(text, start);
    let barred = name > start || before.is_some_and(|c| bars_url(c) || c == '/');
    let is_mail = text.as_bytes().get(run_end(text, host_end)) == Some(&b'@');
    if barred || is_mail {
        return Some((tail, None));
    }
    let end = path.map_or(host_end, |_| tail);
    Some((tail, cut_tco(text, start, start, end)))
}

/// Where the stretch of host characters around `dot` begins, not before `from`.
fn run_start(text: &str, from: usize, dot: usize) -> usize {
    let before = text.get(from..dot).unwrap_or_default();
    before.char_indices().rev().take_while(|&(_, c)| in_run(c)).last().map_or(dot, |(i, _)| from + i)
}

fn run_end(text: &str, from: usize) -> usize {
    let after = text.get(from..).unwrap_or_default();
    from + after.find(|c| !in_run(c)).unwrap_or(after.len())
}

fn in_run(c: char) -> bool {
    matches!(c, '.' | '-' | '_') || Script::Latin.allows(c)
}

/// Where a `t.co` link really ends; other URLs end where they did. `None` for an overlong name.
fn cut_tco(text: &str, start: usize, host_start: usize, end: usize) -> Option<usize> {
    let path_start = host_start + "t.co/".len();
    let is_tco = path_start < end && text.get(host_start..path_start).is_some_and(|s| s.eq_ignore_ascii_case("t.co/"));
    let Some(path) = text.get(path_start..end).filter(|_| is_tco) else {
        return (end > start).then_some(end);
    };
    let slug = path.bytes().position(|b| !b.is_ascii_alphanumeric()).unwrap_or(path.len());
    match slug {
        0 => Some(end),
        1..=MAX_TCO_SLUG => Some(query_end(text, path_start + slug).unwrap_or(path_start + slug)),
        _ => None,
    }
}

/// Behind a host: the end of the path, if there is one, and the end of everything.
fn tail_end(text: &str, host_end: usize) -> (Option<usize>, usize) {
    let port = port_end(text, host_end).unwrap_or(host_end);
    let path = path_end(text, port);
    let at = path.unwrap_or(port);
    (path, query_end(text, at).unwrap_or(at))
}

fn port_end(text: &str, at: usize) -> Option<usize> {
    let digits = text.get(at..)?.strip_prefix(':')?;
    let len = digits.bytes().take_while(u8::is_ascii_digit).count();
    (len > 0).then_some(at + 1 + len)
}

fn path_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    if !rest.starts_with('/') {
        return None;
    }
    let (mut end, mut pos) = (1, 1);
    while let Some(c) = rest.get(pos..).and_then(|r| r.chars().next()) {
        if is_path(c) {
            pos += c.len_utf8();
            if is_path_end(c) {
                end = pos;
            }
        } else if c == '('
            && let Some(len) = rest.get(pos..).and_then(parens_len)
        {
            // A pair of brackets ends a path only right behind what could have ended it.
            end = if end == pos { pos + len } else { end };
            pos += len;
        } else {
            break;
        }
    }
    Some(at + end)
}

/// The length of a pair of brackets that a path may hold: with content, at most one pair inside.
fn parens_len(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    let first = path_run(inner);
    let after = inner.get(first..)?;
    if after.starts_with(')') {
        return (first > 0).then_some(first + 2);
    }
    let nested = after.strip_prefix('(')?;
    let second = path_run(nested);
    let after = nested.get(second..)?.strip_prefix(')').filter(|_| second > 0)?;
    let third = path_run(after);
    let closed = after.get(third..)?.starts_with(')');
    closed.then_some(first + second + third + 4)
}

fn path_run(text: &str) -> usize {
    text.find(|c| !is_path(c)).unwrap_or(text.len())
}

fn query_end(text: &str, at: usize) -> Option<usize> {
    let rest = text.get(at..)?.strip_prefix('?')?;
    let run = rest.find(|c| !is_query(c)).unwrap_or(rest.len());
    let last = rest.get(..run)?.rfind(is_query_end)?;
    Some(at + 1 + last + 1)
}

fn char_before(text: &str, at: usize) -> Option<char> {
    text.get(..at).and_then(|before| before.chars().next_back())
}
