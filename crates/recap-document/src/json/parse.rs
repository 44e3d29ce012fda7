//! From JSON text to data: strictly for files, with repairs for what pages embed.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::data::node::{Bounded, Node};

/// What a file held.
pub struct Parsed {
    /// The value; a list, where the file holds several.
    pub node: Node,
    /// Whether a limit cut something off.
    pub cut: bool,
    /// What is wrong with values after the first one.
    pub broken: Option<String>,
}

/// Reads a JSON file: one value, several (NDJSON), or one that JavaScript assigns or passes on.
///
/// # Errors
/// The parser's words with line and column, where not even one value can be read.
pub fn file(text: &str) -> Result<Parsed, String> {
    let text = unwrapped(text);
    let mut values = Vec::new();
    let (mut cut, mut end) = (false, 0);
    let mut stream = serde_json::Deserializer::from_str(text).into_iter::<Bounded>();
    while let Some(value) = stream.next() {
        match value {
            Ok(bounded) => {
                cut |= bounded.cut;
                values.push(bounded.node);
            }
            Err(error) if values.iter().all(is_container) && starts_line(text, end) => {
                return Ok(Parsed { node: single(values), cut, broken: Some(error.to_string()) });
            }
            Err(error) => return Err(error.to_string()),
        }
        end = stream.byte_offset();
        if values.len() > crate::data::node::MAX_LEAVES {
            cut = true;
            break;
        }
    }
    Ok(Parsed { node: single(values), cut, broken: None })
}

/// Whether a line ends at `end`: what stands behind a value on its line is no further value.
fn starts_line(text: &str, end: usize) -> bool {
    end > 0 && text.get(end..).is_some_and(|rest| rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n'))
}

fn is_container(node: &Node) -> bool {
    matches!(node, Node::Map(_) | Node::List(_))
}

fn single(mut values: Vec<Node>) -> Node {
    if values.len() == 1 { values.remove(0) } else { Node::List(values) }
}

/// The JSON in `window.YTD.tweets.part0 = […];`, `var data = {…};`, `callback({…});`.
fn unwrapped(text: &str) -> &str {
    static START: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"^(?:(?:var|let|const)\s+)?[A-Za-z_$][\w.$\[\]"']{0,200}\s*(?:=\s*|\()([\[{])"#).ok());
    let text = text.trim_start_matches('\u{feff}').trim();
    let start = START.as_ref().and_then(|r| r.captures(text)).and_then(|found| found.get(1)).map(|m| m.start());
    match start {
        Some(start) => text[start..].trim_end_matches([';', ')', ' ', '\n', '\r', '\t']),
        None => text,
    }
}

/// Reads JSON that a page embeds; what is commonly broken is repaired when it does not parse as it is.
///
/// # Errors
/// The parser's words about the text as it stands.
pub fn tolerant(text: &str) -> Result<Node, String> {
    let text = uncommented(text);
    let first = match parse(text) {
        Ok(node) => return Ok(node),
        Err(message) => message,
    };
    parse(&repaired(text)).map_err(|_| first)
}

fn parse(text: &str) -> Result<Node, String> {
    serde_json::from_str::<Bounded>(text).map(|b| b.node).map_err(|e| e.to_string())
}

/// The text without the comments and CDATA marks around it.
fn uncommented(text: &str) -> &str {
    const OPENING: &[&str] = &["\u{feff}", "<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA["];
    const CLOSING: &[&str] = &["//-->", "-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", ";", "//"];
    let mut text = text.trim();
    while let Some(rest) = OPENING.iter().find_map(|mark| text.strip_prefix(mark)) {
        text = rest.trim_start();
    }
    while let Some(rest) = CLOSING.iter().find_map(|mark| text.strip_suffix(mark)) {
        text = rest.trim_end();
    }
    text
}

/// Repairs that cannot change the meaning: control characters inside strings are escaped, commas before a closing bracket
/// are dropped, comments outside of strings too, and `&quot;` stands for quotation marks where there are no others.
fn repaired(text: &str) -> String {
    let unquoted = !text.contains('"') && text.contains("&quot;");
    let text = if unquoted { Cow::Owned(text.replace("&quot;", "\"").replace("&amp;", "&")) } else { Cow::Borrowed(text) };
    let mut out = String::with_capacity(text.len() + 16);
    let (mut in_string, mut escaped) = (false, false);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            _ if in_string => {
                string_char(c, escaped, &mut out);
                in_string = escaped || c != '"';
                escaped = !escaped && c == '\\';
            }
            '"' => {
                in_string = true;
                out.push(c);
            }
            '}' | ']' => {
                let kept = out.trim_end_matches([',', ' ', '\t', '\n', '\r']).len();
                out.truncate(kept);
                out.push(c);
            }
            '/' if chars.peek() == Some(&'/') => while chars.next_if(|&c| c != '\n').is_some() {},
            '/' if chars.peek() == Some(&'*') => skip_comment(&mut chars),
            _ => out.push(c),
        }
    }
    out
}

fn string_char(c: char, escaped: bool, out: &mut String) {
    match c {
        '\n' if escaped => out.push('n'),
        '\n' => out.push_str("\\n"),
        '\r' => {}
        '\t' if !escaped => out.push_str("\\t"),
        c if c.is_control() => out.push(' '),
        c => out.push(c),
    }
}

fn skip_comment(chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let mut last = ' ';
    for c in chars.by_ref().skip(1) {
        if last == '*' && c == '/' {
            return;
        }
        last = c;
    }
}
