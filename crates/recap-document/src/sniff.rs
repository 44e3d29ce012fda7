//! Which format a text is in: by its content first, by its name second.

use std::sync::LazyLock;

use regex::Regex;

use crate::{Format, Hints};

/// Characters at the start that decide.
const HEAD: usize = 16 << 10;

/// Tells the format of a text.
pub fn format(text: &str, hints: &Hints<'_>) -> Format {
    let text = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    let head = head_of(text);
    if let Some(format) = by_signature(text, head) {
        return format;
    }
    let named = declared(hints);
    let looks = by_looks(head);
    match (named, looks) {
        (Some(Format::Plain) | None, Some(looks)) => looks,
        (Some(named), _) => named,
        (None, None) => Format::Plain,
    }
}

fn head_of(text: &str) -> &str {
    let mut end = text.len().min(HEAD);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Starts that only one format has.
fn by_signature(text: &str, head: &str) -> Option<Format> {
    let lower = head.get(..head.len().min(1024)).unwrap_or(head).to_ascii_lowercase();
    if lower.starts_with("begin:vcalendar") {
        return Some(Format::Calendar);
    }
    if lower.starts_with("<!doctype html") || lower.starts_with("<html") || lower.starts_with("<head") || lower.starts_with("<body") {
        return Some(Format::Html);
    }
    if lower.starts_with("<?xml") || lower.starts_with("<schedule") || lower.starts_with("<event") {
        return Some(if lower.contains("<html") || is_page_xml(&lower) { Format::Html } else { Format::Xml });
    }
    let json = (text.starts_with('{') && !text.starts_with("{%") && !text.starts_with("{{")) || text.starts_with('[');
    if json && text.trim_end().ends_with(['}', ']', ';']) && text[1..].trim_start().starts_with(['"', '{', '[', ']', '}']) {
        return Some(Format::Json);
    }
    is_assigned_json(text, head).then_some(Format::Json)
}

/// XML that is read as pages are: feeds, pictures, texts. Any other is data.
fn is_page_xml(head: &str) -> bool {
    const PAGES: &[&str] = &["rss", "feed", "rdf", "svg", "opml", "tei", "article", "book", "section", "urlset", "math", "xsl"];
    let mut rest = head;
    let root = loop {
        let Some((_, behind)) = rest.split_once('<') else { return true };
        if behind.starts_with(|c: char| c.is_ascii_alphabetic()) {
            break behind.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default();
        }
        rest = behind;
    };
    PAGES.contains(&root)
}

/// The format that the name or the content type states.
pub fn declared(hints: &Hints<'_>) -> Option<Format> {
    let extension = hints.name.and_then(|n| n.rsplit_once('.')).map(|(_, e)| e.to_ascii_lowercase());
    let named = match extension.as_deref() {
        Some("html" | "htm" | "xhtml") => Some(Format::Html),
        Some("md" | "markdown" | "mdx" | "mkd" | "mdown") => Some(Format::Markdown),
        Some("rst" | "rest") => Some(Format::Rst),
        Some("json" | "ndjson" | "jsonl") => Some(Format::Json),
        Some("yml" | "yaml") => Some(Format::Yaml),
        Some("ics" | "ical" | "ifb") => Some(Format::Calendar),
        Some("txt" | "text") => Some(Format::Plain),
        _ => None,
    };
    named.or_else(|| match hints.content_type?.split(';').next()?.trim() {
        "text/html" | "application/xhtml+xml" => Some(Format::Html),
        "text/markdown" => Some(Format::Markdown),
        "application/json" | "application/x-ndjson" => Some(Format::Json),
        "application/yaml" | "application/x-yaml" | "text/yaml" => Some(Format::Yaml),
        media if media.ends_with("+json") => Some(Format::Json),
        "text/calendar" => Some(Format::Calendar),
        "text/plain" => Some(Format::Plain),
        _ => None,
    })
}

/// Counts the marks that each markup leaves; a text with none is plain.
fn by_looks(head: &str) -> Option<Format> {
    static RST: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?m)^\.\. [\w-]+::|^\.\. _[^:\n]+:|^:[\w-]+: |^\.\. \|[^|\n]+\| |`[^`<>\n]+ <[^<>\s]+>`_").ok());
    static UNDERLINE: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?m)^[^\s].*\n(={4,}|-{4,}|~{4,}|#{4,}|\^{4,})[ \t]*$").ok());
    static MARKDOWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?m)^#{1,6} \S|\]\((?:https?:|/|\.|<)|^[-*+] \S|^> |^```|^\|.*\|\s*$|\*\*\S|^---\s*$|^\+\+\+\s*$").ok()
    });
    static OWN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?m)^#{1,6} \S|\]\((?:https?:|/|\.|<)|^```").ok());
    static HTML: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"(?i)</(?:p|div|a|span|li|ul|h[1-6]|blockquote|table|td)>|<br ?/?>").ok());
    static YAML: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"(?m)^(?:- )?[A-Za-z_]\w*:(?: .*)?$").ok());
    let count = |regex: &LazyLock<Option<Regex>>| regex.as_ref().map_or(0, |r| r.find_iter(head).count());
    let lines = head.lines().filter(|l| !l.trim().is_empty()).count();
    let rst = count(&RST) * 2 + if count(&RST) > 0 { count(&UNDERLINE) } else { 0 };
    let (markdown, html) = (count(&MARKDOWN), count(&HTML));
    // Bullets and breaks look alike in both.
    let own = count(&OWN);
    let starts_with_tag = head.starts_with('<') && html > 0;
    if starts_with_tag && html > markdown {
        return Some(Format::Html);
    }
    if rst >= 3 && rst >= own {
        return Some(Format::Rst);
    }
    if head.starts_with("---") && head[3..].trim_start().starts_with("- ")
        || !head.starts_with("---") && count(&YAML) * 10 >= lines * 6 && lines > 3
        || is_yaml_list(head)
    {
        return Some(Format::Yaml);
    }
    if markdown >= 3 || head.starts_with("---\n") || head.starts_with("+++\n") {
        return Some(Format::Markdown);
    }
    (html >= 3).then_some(Format::Html)
}

/// JSON that JavaScript assigns or passes on: `window.YTD.tweets.part0 = [{"…`, `callback({"…`.
fn is_assigned_json(text: &str, head: &str) -> bool {
    static START: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r#"^(?:(?:var|let|const)\s+)?[A-Za-z_$][A-Za-z0-9_.$]*\s*[=(]\s*(?:\{\s*"|\[\s*["{\[\]])"#).ok());
    START.as_ref().is_some_and(|start| start.is_match(head)) && text.trim_end().ends_with(['}', ']', ';', ')'])
}

/// A list of maps behind comments: `# …`, `---`, `- key: value`. Headings of Markdown look like comments, so keys must prevail.
fn is_yaml_list(head: &str) -> bool {
    static KEY: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^\s*(?:- )*[A-Za-z_][\w-]*:(?:\s|$)").ok());
    let is_key = |line: &str| KEY.as_ref().is_some_and(|key| key.is_match(line));
    let mut body = head.lines().filter(|l| !l.trim().is_empty()).skip_while(|l| l.starts_with('#') || l.trim_end() == "---").peekable();
    let listed = body.peek().is_some_and(|first| first.starts_with("- ") && is_key(first));
    let (keys, lines) = body.fold((0, 0), |(keys, lines), line| (keys + usize::from(is_key(line)), lines + 1));
    listed && lines > 3 && keys * 10 >= lines * 4
}

/// The body of a saved HTTP answer (`curl -i`), and what its head says it is.
pub fn without_http_head(text: &str) -> (&str, Option<&str>) {
    let start = text.trim_start_matches('\u{feff}');
    let mut rest = start;
    let mut content_type = None;
    while rest.len() > 12 && rest.starts_with("HTTP/") {
        let Some((head, body)) = rest.split_once("\r\n\r\n").or_else(|| rest.split_once("\n\n")) else { return (text, None) };
        let fields = || head.lines().skip(1);
        let status =
            head.lines().next().and_then(|l| l.split(' ').nth(1)).is_some_and(|s| s.len() == 3 && s.bytes().all(|b| b.is_ascii_digit()));
        if !status || head.len() > HEAD || !fields().all(|line| line.contains(':') || line.starts_with([' ', '\t'])) {
            return (text, None);
        }
        let field = |line: &str| line.split_once(':').filter(|(name, _)| name.eq_ignore_ascii_case("content-type")).is_some();
        content_type =
            fields().find(|line| field(line)).and_then(|line| line.split_once(':')).map(|(_, value)| value.trim()).or(content_type);
        rest = body;
    }
    (rest, content_type)
}
