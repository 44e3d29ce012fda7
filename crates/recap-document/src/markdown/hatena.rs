//! Hatena notation (はてな記法), line by line rewritten into Markdown.
//!
//! `*heading`, `**smaller`, `-item`, `--nested`, `+numbered`, `>>` quotation `<<`, `>|lang|` code `||<`. Links and embeds in
//! brackets are shortcodes.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Headings that make a text Hatena notation.
const MIN_HEADINGS: usize = 2;

/// Rewrites a text that is written in Hatena notation; any other stays as it is.
pub fn rewrite(source: &str) -> Cow<'_, str> {
    let headings = source.lines().filter(|l| heading(l).is_some()).count();
    // Emphasis of Markdown may be closed in a later line than it was opened.
    let closings = source.lines().filter(|l| l.trim_start_matches('*').contains("**")).count();
    if headings < MIN_HEADINGS || closings * 2 > headings || source.lines().any(|l| l.starts_with("# ") || l.starts_with("## ")) {
        return Cow::Borrowed(source);
    }
    let mut out = String::with_capacity(source.len() + 64);
    let (mut quoted, mut code) = (false, false);
    for line in source.lines() {
        match line.trim_end() {
            "||<" | "|<" if code => (code, _) = (false, out.push_str("```\n")),
            _ if code => _ = writeln!(out, "{line}"),
            text if text.starts_with(">|") => (code, _) = (true, out.push_str("\n```\n")),
            ">>" => (quoted, _) = (true, out.push('\n')),
            "<<" => (quoted, _) = (false, out.push('\n')),
            text if quoted => _ = writeln!(out, "> {text}"),
            text => block(text, &mut out),
        }
    }
    Cow::Owned(out)
}

fn block(line: &str, out: &mut String) {
    if let Some((level, text)) = heading(line) {
        _ = writeln!(out, "\n{} {text}\n", "#".repeat(level + 1));
    } else if let Some((depth, mark, text)) = item(line) {
        _ = writeln!(out, "{}{mark} {text}", "   ".repeat(depth - 1));
    } else {
        _ = writeln!(out, "{line}");
    }
}

/// Level and text of `*text`, `*1382180400*[tag]text`, `**text`.
fn heading(line: &str) -> Option<(usize, &str)> {
    let level = line.bytes().take_while(|b| *b == b'*').count();
    let mut text = line.get(level..)?;
    if !(1..=3).contains(&level) || text.starts_with([' ', '\t']) || text.trim().is_empty() {
        return None;
    }
    if let Some((stamp, rest)) = text.split_once('*') {
        let is_stamp = level == 1 && !stamp.is_empty() && stamp.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        // Emphasis of Markdown closes what it opens.
        if !is_stamp {
            return None;
        }
        text = rest;
    }
    while let Some((_, rest)) = text.strip_prefix('[').filter(|t| !t.starts_with("http")).and_then(|t| t.split_once(']')) {
        text = rest;
    }
    Some((level, text.trim()))
}

/// Depth, mark and text of `-text`, `--text`, `+text`.
fn item(line: &str) -> Option<(usize, &'static str, &str)> {
    let (byte, mark) = if line.starts_with('-') { (b'-', "-") } else { (b'+', "1.") };
    let depth = line.bytes().take_while(|b| *b == byte).count();
    let text = line.get(depth..)?.trim_start();
    ((1..=3).contains(&depth) && !text.is_empty() && !text.starts_with(['-', '+'])).then_some((depth, mark, text))
}

#[cfg(test)]
mod tests {
    use super::rewrite;

    #[test]
    fn headings_lists_quotes_and_code() {
        let source =
            "*1382180400*[もふ]もふ会に行った\n**もふの話(森田さん)\n-一つめ\n--中の一つ\n>>\n引いた言葉\n<<\n>|ruby|\nputs 1\n||<\n";
        let expected = "\n## もふ会に行った\n\n\n### もふの話(森田さん)\n\n- 一つめ\n   - 中の一つ\n\n> 引いた言葉\n\n\n```\nputs 1\n```\n";
        assert_eq!(rewrite(source), expected);
    }

    #[test]
    fn markdown_stays() {
        for source in [
            "**[a wrapped\nlink](https://example.org)**\nfrom **[Mara\nMoor](https://example.org/m)**\n\n**[one\nmore](https://example.org)**\n",
            "**bold**\n\n**more bold** text\n",
            "# Title\n*one\n*two\n",
            "* item\n* item\n",
        ] {
            assert_eq!(rewrite(source), source);
        }
    }
}
