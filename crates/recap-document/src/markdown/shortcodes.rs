//! What blog engines put into Markdown, rewritten into HTML that the Markdown parser passes through.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

/// Container marks (`>`, list bullets) at the start of one line beyond this are cut: no writer nests so deep, and every
/// level is an open block for the parser.
const MAX_MARKS: usize = 100;

/// Rewrites shortcodes, directives and attribute lists outside of code fences.
pub fn rewrite(source: &str) -> String {
    let mut out = String::with_capacity(source.len() + 64);
    let mut fence: Option<&str> = None;
    for line in source.split_inclusive('\n') {
        let trimmed = line.trim_start();
        if let Some(mark) = ["```", "~~~"].into_iter().find(|m| trimmed.starts_with(m)) {
            match fence {
                None => fence = Some(mark),
                Some(open) if open == mark && trimmed.trim_end().trim_start_matches(mark.as_bytes()[0] as char).is_empty() => fence = None,
                Some(_) => {}
            }
            out.push_str(line);
        } else if fence.is_some() {
            out.push_str(line);
        } else {
            rewrite_line(shallow(line), &mut out);
        }
    }
    out
}

/// The line without container marks beyond [`MAX_MARKS`]: the innermost ones are kept.
fn shallow(line: &str) -> &str {
    let mut marks = Vec::new();
    let mut digits = false;
    for (at, c) in line.char_indices() {
        match c {
            '>' | '-' | '*' | '+' => marks.push(at),
            '.' | ')' if digits => marks.push(at),
            ' ' | '\t' | '0'..='9' => {}
            _ => break,
        }
        digits = c.is_ascii_digit();
    }
    match marks.len().checked_sub(MAX_MARKS) {
        Some(first) if first > 0 => marks.get(first).map_or(line, |&at| &line[at..]),
        _ => line,
    }
}

fn rewrite_line(line: &str, out: &mut String) {
    let Some(rules) = RULES.as_ref() else { return out.push_str(line) };
    let mut text = Cow::Borrowed(line);
    for (needle, regex, replace) in rules {
        if text.contains(needle)
            && let Cow::Owned(new) = regex.replace_all(&text, |found: &Captures<'_>| replace(found))
        {
            text = Cow::Owned(new);
        }
    }
    out.push_str(&text);
}

type Replace = fn(&Captures<'_>) -> String;
type Rule = (&'static str, Regex, Replace);

fn rule(needle: &'static str, pattern: &str, replace: Replace) -> Option<Rule> {
    Some((needle, Regex::new(pattern).ok()?, replace))
}

/// Needle that a line must hold, pattern, replacement.
static RULES: LazyLock<Option<Vec<Rule>>> = LazyLock::new(|| {
    let rules: [Option<Rule>; 9] = [
        // Hugo: {{< name args >}}, {{% name args %}}
        rule("{{", r#"\{\{[<%]\s*(/?)\s*([\w-]+)\s*([^{}]*?)\s*/?[%>]\}\}"#, hugo),
        // Hugo template calls and Jekyll variables tell nothing.
        rule("{{", r"\{\{[^<%{}][^{}]*\}\}", |_| String::new()),
        // Jekyll, Octopress, Hexo: {% name args %}
        rule("{%", r#"\{%-?\s*([\w-]+)\s*([^%]*?)\s*-?%\}"#, liquid),
        // Zenn: @[name](argument)
        rule("@[", r"@\[([\w-]+)\]\(([^)\s]+)[^)]*\)", |found| placeholder(&found[1], &found[2], None)),
        // Hatena: [https://…:embed:cite], [https://…:title=…]
        rule("[http", r"\[(https?://[^\]\s]+?):(embed(?::cite)?|title(?:=([^\]]*))?|bookmark|image[^\]]*)\](?:\([^)]*\))?", hatena),
        rule("[f:id:", r"\[f:id:[^\]]*\]", |_| String::new()),
        // Hatena: [youtube:ID], [slideshare:…], tweets as [tweet:ID]
        rule(":", r"\[(youtube|tweet|twitter|speakerdeck|niconico)(?:\.com)?:([\w-]+)(?::[\w]+)*\]", |found| {
            placeholder(&found[1], &found[2], None)
        }),
        // Kramdown: {: .class} {:target="_blank"}
        rule("{:", r"\{:[^{}\n]*\}", |_| String::new()),
        // Zenn and Qiita containers
        rule(":::", r"^\s*:::[^\n]*", |_| String::new()),
    ];
    rules.into_iter().collect()
});

fn hugo(found: &Captures<'_>) -> String {
    if !found[1].is_empty() {
        return String::new();
    }
    arguments_to_placeholder(&found[2], &found[3])
}

fn liquid(found: &Captures<'_>) -> String {
    match &found[1] {
        "raw" | "endraw" | "highlight" | "endhighlight" | "include" | "post_url" | "link" | "assign" | "comment" | "endcomment" => {
            String::new()
        }
        "img" | "image" => String::new(),
        name => arguments_to_placeholder(name, &found[2]),
    }
}

/// Positional arguments, or `id=`, `user=`, `url=`, `src=`.
fn arguments_to_placeholder(name: &str, arguments: &str) -> String {
    static ARGUMENT: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"(?:([\w-]+)\s*=\s*)?(?:"([^"]*)"|'([^']*)'|([^\s"']+))"#).ok());
    let (mut positional, mut named) = (Vec::new(), Vec::new());
    for found in ARGUMENT.iter().flat_map(|regex| regex.captures_iter(arguments)) {
        let value = (2..=4).find_map(|i| found.get(i)).map_or("", |m| m.as_str()).to_owned();
        match found.get(1) {
            Some(key) => named.push((key.as_str().to_ascii_lowercase(), value)),
            None => positional.push(value),
        }
    }
    let get = |keys: &[&str]| named.iter().find(|(k, _)| keys.contains(&k.as_str())).map(|(_, v)| v.clone());
    let (user, id) = (get(&["user", "username"]), get(&["id", "url", "src", "code", "key", "slug"]));
    match (user, id) {
        (Some(user), Some(id)) => placeholder(name, &user, Some(&id)),
        (None, Some(id)) => placeholder(name, &id, None),
        _ => match positional.as_slice() {
            [] => String::new(),
            [user, id, ..] if matches!(name, "tweet" | "twitter" | "x") && id.bytes().all(|b| b.is_ascii_digit()) => {
                placeholder(name, user, Some(id))
            }
            [first, ..] => placeholder(name, first, None),
        },
    }
}

fn hatena(found: &Captures<'_>) -> String {
    let title = found.get(3).map(|m| m.as_str()).filter(|t| !t.is_empty());
    match title {
        Some(title) => format!("<a href=\"{}\">{}</a>", escape(&found[1]), escape(title)),
        None => format!("<{}>", &found[1]),
    }
}

/// An element that the HTML front end turns into an embed; inline, so that the paragraph around it stays Markdown.
fn placeholder(name: &str, first: &str, second: Option<&str>) -> String {
    let second = second.map_or(String::new(), |s| format!(" data-second=\"{}\"", escape(s)));
    format!("<recap-embed data-name=\"{}\" data-first=\"{}\"{second}></recap-embed>", escape(name), escape(first))
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;").replace('>', "&gt;")
}
