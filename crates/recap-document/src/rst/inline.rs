//! Inline mark-up.
//!
//! Every search for an end is made once: where one fails, no later one of its kind is tried in the same text, so that the
//! work stays linear.

use super::Parser;
use super::targets::Substitution;

/// Substitutions that a document may make, against bombs.
const MAX_EXPANSIONS: usize = 10_000;
/// Substitutions within substitutions.
const MAX_NESTED: usize = 3;
/// Bytes of a reference name, a role or a footnote mark.
const MAX_NAME: usize = 200;

/// A text being read.
struct Scan<'t> {
    text: &'t str,
    at: usize,
    /// Text without mark-up that is not written yet.
    plain: String,
    /// Kinds of mark-up that have no end any more.
    dead: Vec<&'static str>,
    nested: usize,
}

impl<'t> Scan<'t> {
    fn rest(&self) -> &'t str {
        &self.text[self.at..]
    }

    fn before(&self) -> Option<char> {
        self.text[..self.at].chars().next_back()
    }

    /// Whether mark-up with this start can begin here.
    fn opens(&self, start: &str) -> bool {
        let after = self.rest()[start.len()..].chars().next();
        let before = self.before();
        let quoted = before
            .is_some_and(|b| "\"'([{<「『（".find(b).and_then(|at| "\"')]}>」』）".get(at..)).is_some_and(|c| c.chars().next() == after));
        after.is_some_and(|c| !c.is_whitespace()) && !quoted && before.is_none_or(|c| !c.is_ascii_alphanumeric())
    }

    /// The text up to the next `end`, which must follow text and not run into a word.
    fn inside(&mut self, start: &str, end: &'static str) -> Option<&'t str> {
        if self.dead.contains(&end) {
            return None;
        }
        let from = self.at + start.len();
        let body = &self.text[from..];
        let found = body.match_indices(end).map(|(at, _)| at).find(|&at| {
            let (head, tail) = (&body[..at], &body[at + end.len()..]);
            let text = head.chars().next_back().is_some_and(|c| !c.is_whitespace() && (c != '\\' || end == "``"));
            let single = end != "*" || !tail.starts_with('*') && !head.ends_with('*');
            text && single && !(end == "``" && tail.starts_with('`')) && !tail.starts_with(|c: char| c.is_ascii_alphanumeric())
        });
        if found.is_none() {
            self.dead.push(end);
        }
        found.map(|at| &body[..at])
    }
}

impl Parser<'_> {
    /// Writes text with inline mark-up; line ends become breaks.
    pub fn inline(&mut self, text: &str) {
        self.inline_nested(text, 0);
    }

    fn inline_nested(&mut self, text: &str, nested: usize) {
        let mut scan = Scan { text, at: 0, plain: String::new(), dead: Vec::new(), nested };
        while let Some(c) = scan.rest().chars().next() {
            let taken = match c {
                '\\' => escape(&mut scan),
                '`' => self.backquote(&mut scan),
                '*' => self.emphasis(&mut scan),
                '|' => self.substitution(&mut scan),
                ':' => self.role(&mut scan),
                '_' => self.reference(&mut scan),
                '[' => footnote(&mut scan),
                'h' => address(&mut scan),
                _ => false,
            };
            if !taken {
                scan.plain.push(c);
                scan.at += c.len_utf8();
            }
        }
        self.flush(&mut scan);
    }

    fn flush(&mut self, scan: &mut Scan<'_>) {
        for (n, line) in scan.plain.split('\n').enumerate() {
            if n > 0 {
                self.tree.start_plain("br");
            }
            if !line.is_empty() {
                self.tree.text(line);
            }
        }
        scan.plain.clear();
    }

    fn backquote(&mut self, scan: &mut Scan<'_>) -> bool {
        if scan.rest().starts_with("``") {
            let Some(code) = scan.inside("``", "``") else {
                scan.plain.push_str("``");
                scan.at += 2;
                return true;
            };
            self.flush(scan);
            self.element("code", |p| p.tree.text(code));
            scan.at += code.len() + 4;
            return true;
        }
        if !scan.opens("`") {
            return false;
        }
        let Some(inner) = scan.inside("`", "`") else { return false };
        scan.at += inner.len() + 2;
        self.interpreted(scan, inner, None);
        true
    }

    /// `` `text`_ ``, `` `text <address>`__ ``, `` `text`:role: `` and `` `text` ``, its end already passed.
    fn interpreted(&mut self, scan: &mut Scan<'_>, inner: &str, role: Option<&str>) {
        let (text, target) = split_target(inner);
        let marks = if role.is_none() { scan.rest().bytes().take(2).take_while(|&b| b == b'_').count() } else { 0 };
        scan.at += marks;
        if marks == 0 && role.is_none() {
            scan.at += trailing_role(scan.rest());
        }
        let url = match (target, marks) {
            (Some(target), _) if role.is_none() && marks > 0 => Some(self.alias(target)),
            (Some(target), _) => target.contains("://").then(|| target.to_owned()),
            (None, 2) => self.next_anonymous(),
            (None, 1) => self.targets.url(text).map(str::to_owned),
            _ => None,
        };
        self.flush(scan);
        let text = if role == Some("ref") && target.is_none() { self.targets.title(text).unwrap_or(text) } else { text };
        let text = unescaped(if text.is_empty() { target.unwrap_or(inner) } else { text });
        match (url, role) {
            (Some(url), _) => self.link(&url, &text),
            (None, Some("pep")) => self.link(&format!("https://peps.python.org/pep-{:0>4}/", text), &format!("PEP {text}")),
            (None, Some("rfc")) => self.link(&format!("https://www.rfc-editor.org/rfc/rfc{text}"), &format!("RFC {text}")),
            (None, Some("code" | "kbd" | "command" | "file" | "samp" | "program" | "option" | "envvar" | "literal")) => {
                self.element("code", |p| p.lines_of(&text));
            }
            (None, Some("strong")) => self.element("strong", |p| p.lines_of(&text)),
            _ => self.lines_of(&text),
        }
    }

    fn alias(&self, target: &str) -> String {
        let alias = target.strip_suffix('_').filter(|t| !t.contains("://")).and_then(|name| self.targets.url(name));
        alias.map_or_else(|| target.split_whitespace().collect(), str::to_owned)
    }

    fn next_anonymous(&mut self) -> Option<String> {
        let url = self.targets.anonymous.get(self.anonymous).cloned();
        self.anonymous += 1;
        url
    }

    fn link(&mut self, url: &str, text: &str) {
        self.element_with("a", &[("href", url)], |p| p.lines_of(text));
    }

    fn lines_of(&mut self, text: &str) {
        for (n, line) in text.split('\n').enumerate() {
            if n > 0 {
                self.tree.start_plain("br");
            }
            self.tree.text(line);
        }
    }

    fn emphasis(&mut self, scan: &mut Scan<'_>) -> bool {
        let (mark, name): (&'static str, _) = if scan.rest().starts_with("**") { ("**", "strong") } else { ("*", "em") };
        let inner = if scan.opens(mark) { scan.inside(mark, mark) } else { None };
        let Some(inner) = inner else {
            scan.plain.push_str(mark);
            scan.at += mark.len();
            return true;
        };
        self.flush(scan);
        let text = unescaped(inner);
        self.element(name, |p| p.lines_of(&text));
        scan.at += inner.len() + 2 * mark.len();
        true
    }

    fn substitution(&mut self, scan: &mut Scan<'_>) -> bool {
        let limit = floor(scan.rest(), MAX_NAME);
        let Some(name) = scan.rest()[1..limit.max(1)].split_once('|').map(|(name, _)| name) else { return false };
        let targets = self.targets;
        let Some(value) = targets.substitute(name).filter(|_| !name.is_empty()) else { return false };
        self.expansions += 1;
        if self.expansions > MAX_EXPANSIONS || scan.nested > MAX_NESTED {
            return false;
        }
        scan.at += name.len() + 2;
        let marks = scan.rest().bytes().take(2).take_while(|&b| b == b'_').count();
        let url = match marks {
            1 => targets.url(name).map(str::to_owned),
            2 => self.next_anonymous(),
            _ => None,
        };
        scan.at += marks;
        self.flush(scan);
        let nested = scan.nested + 1;
        let write = |p: &mut Self| match value {
            Substitution::Text(text) => p.inline_nested(&text[..floor(text, MAX_NAME * 5)], nested),
            Substitution::Image(src, alt) => {
                p.element_with("img", &[("src", src), ("alt", if alt.is_empty() { name } else { alt })], |_| {})
            }
        };
        match url {
            Some(url) => self.element_with("a", &[("href", &url)], write),
            None => write(self),
        }
        true
    }

    fn role(&mut self, scan: &mut Scan<'_>) -> bool {
        let Some(length) = role_length(scan.rest()).filter(|_| scan.before().is_none_or(|c| !c.is_ascii_alphanumeric())) else {
            return false;
        };
        let role = &scan.rest()[1..length - 1];
        let at = scan.at;
        scan.at += length;
        if !scan.rest().starts_with('`') || scan.rest().starts_with("``") {
            scan.at = at;
            return false;
        }
        let Some(inner) = scan.inside("`", "`") else {
            scan.at = at;
            return false;
        };
        scan.at += inner.len() + 2;
        let role = role.rsplit(':').next().unwrap_or(role);
        self.interpreted(scan, inner, Some(role));
        true
    }

    /// `name_`, `name__`, and the mark of an inline target `` _`text` ``.
    fn reference(&mut self, scan: &mut Scan<'_>) -> bool {
        let rest = scan.rest();
        if rest.starts_with("_`") && !rest.starts_with("_``") && scan.before().is_none_or(|c| !c.is_alphanumeric()) {
            scan.at += 1;
            return true;
        }
        let marks = rest.bytes().take_while(|&b| b == b'_').take(3).count();
        let ends = !rest[marks..].starts_with(|c: char| c.is_ascii_alphanumeric());
        let word = word_before(&scan.plain).len();
        if marks > 2 || !ends || word == 0 {
            scan.plain.push_str(&rest[..marks]);
            scan.at += marks;
            return true;
        }
        let Some((length, url)) = self.word_target(&scan.plain[scan.plain.len() - word..], marks) else {
            scan.plain.push_str(&rest[..marks]);
            scan.at += marks;
            return true;
        };
        let text = scan.plain.split_off(scan.plain.len() - length);
        self.flush(scan);
        self.link(&url, &text);
        scan.at += marks;
        true
    }

    /// Bytes at the end of a word that name a target, and its address: the whole word, else its last Latin part.
    fn word_target(&mut self, word: &str, marks: usize) -> Option<(usize, String)> {
        let latin =
            word.len() - word.rfind(|c: char| !c.is_ascii()).map_or(0, |at| at + word[at..].chars().next().map_or(0, char::len_utf8));
        if marks == 2 {
            let used = if latin > 0 { latin } else { word.len() };
            return self.targets.anonymous.get(self.anonymous).is_some().then(|| self.next_anonymous())?.map(|url| (used, url));
        }
        [word.len(), latin].into_iter().filter(|&n| n > 0).find_map(|n| Some((n, self.targets.url(&word[word.len() - n..])?.to_owned())))
    }
}

/// The simple reference name that ends a text.
fn word_before(plain: &str) -> &str {
    let from = plain.len() - plain.len().min(MAX_NAME);
    let from = (from..=plain.len()).find(|&i| plain.is_char_boundary(i)).unwrap_or(plain.len());
    let tail = &plain[from..];
    let start = tail
        .rfind(|c: char| !(c.is_alphanumeric() || "-._:+".contains(c)))
        .map_or(0, |at| at + tail[at..].chars().next().map_or(0, char::len_utf8));
    tail[start..].trim_start_matches(['-', '.', '_', ':', '+'])
}

fn escape(scan: &mut Scan<'_>) -> bool {
    let next = scan.rest()[1..].chars().next();
    scan.at += 1;
    if let Some(c) = next {
        scan.at += c.len_utf8();
        if !c.is_whitespace() {
            scan.plain.push(c);
        }
    }
    true
}

/// `[1]_` keeps its brackets and loses the underscore.
fn footnote(scan: &mut Scan<'_>) -> bool {
    let rest = scan.rest();
    let Some(end) = rest[..floor(rest, MAX_NAME / 2)].find("]_") else { return false };
    if rest[1..end].contains(['[', '\n', '`']) {
        return false;
    }
    scan.plain.push_str(&rest[..end + 1]);
    scan.at += end + 2;
    true
}

/// A bare address is taken whole, so that nothing in it is mark-up; it becomes a link where all texts' addresses do.
fn address(scan: &mut Scan<'_>) -> bool {
    let rest = scan.rest();
    if !rest.starts_with("http://") && !rest.starts_with("https://") {
        return false;
    }
    let end = rest.find(|c: char| !c.is_ascii() || c.is_ascii_whitespace() || "<>\"`\\|".contains(c)).unwrap_or(rest.len());
    scan.plain.push_str(&rest[..end]);
    scan.at += end;
    true
}

/// Text and target of `text <target>`.
fn split_target(inner: &str) -> (&str, Option<&str>) {
    let Some(open) = inner.strip_suffix('>').and_then(|head| head.rfind('<')) else { return (inner, None) };
    let spaced = open == 0 || inner[..open].ends_with(char::is_whitespace) || inner[open..].contains("://");
    if spaced { (inner[..open].trim_end(), Some(&inner[open + 1..inner.len() - 1])) } else { (inner, None) }
}

/// Bytes of a `:role:` at the start, its colons included.
fn role_length(rest: &str) -> Option<usize> {
    let head = &rest.as_bytes()[..rest.len().min(48)];
    let name = head.get(1..)?.iter().take_while(|b| b.is_ascii_alphanumeric() || b"-_+.:".contains(b)).count();
    (name >= 2 && head[name] == b':').then_some(name + 1)
}

/// Bytes of a role behind interpreted text.
fn trailing_role(rest: &str) -> usize {
    if rest.starts_with(':') { role_length(rest).filter(|&n| !rest[n..].starts_with('`')).unwrap_or(0) } else { 0 }
}

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => out.extend(chars.next().filter(|c| !c.is_whitespace())),
            _ => out.push(c),
        }
    }
    out
}

/// The largest character boundary up to `limit`.
fn floor(text: &str, limit: usize) -> usize {
    let mut end = text.len().min(limit);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    end
}
