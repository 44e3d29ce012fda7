//! Explicit mark-up: directives, footnotes; comments and targets, which leave no text.

use super::blocks::{dedented, indented_end};
use super::lists::field;
use super::{Parser, tables};
use crate::html::tokens;

/// A directive's parts.
pub struct Directive<'a> {
    /// Lower-case name without its domain.
    pub name: String,
    /// What stands behind `::`, up to the options.
    pub argument: String,
    options: Vec<(&'a str, &'a str)>,
    /// The lines below the options.
    pub content: Vec<&'a str>,
}

impl<'a> Directive<'a> {
    /// The value of an option.
    pub fn option(&self, name: &str) -> Option<&'a str> {
        self.options.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, v)| *v)
    }

    fn read(name: &str, first: &'a str, below: Vec<&'a str>) -> Self {
        let name = name.rsplit(':').next().unwrap_or(name).to_lowercase();
        let verbatim = matches!(name.as_str(), "raw" | "code" | "code-block" | "sourcecode" | "parsed-literal");
        let is_option = |line: &&&str| field(line).is_some_and(|(key, _)| key.is_ascii());
        let arguments = if verbatim { 0 } else { below.iter().take_while(|l| !l.is_empty() && !is_option(l)).count() };
        let mut argument = first.trim().to_owned();
        for line in &below[..arguments] {
            argument.push('\n');
            argument.push_str(line.trim());
        }
        let options: Vec<_> = below[arguments..].iter().take_while(is_option).filter_map(|l| field(l)).collect();
        let content = below[arguments + options.len()..].to_vec();
        Self { name, argument: argument.trim().to_owned(), options, content }
    }

    /// The argument without white space: addresses may be broken into several lines.
    fn address(&self) -> String {
        self.argument.split_whitespace().collect()
    }

    /// The text of directives without arguments begins right behind the name.
    fn whole(&self) -> Vec<&str> {
        let mut lines: Vec<&str> = self.argument.lines().collect();
        lines.push("");
        lines.extend(&self.content);
        lines
    }
}

/// Whether a line begins a directive.
pub fn is_directive(line: &str) -> bool {
    line.strip_prefix(".. ").and_then(head).is_some()
}

/// Name and first line of `name:: text`.
fn head(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.trim_start();
    let (name, text) = rest.split_once("::")?;
    let named = !name.is_empty() && name.len() < 60 && name.trim_end().chars().all(|c| c.is_alphanumeric() || "-_+.:".contains(c));
    (named && (text.is_empty() || text.starts_with(' '))).then(|| (name.trim_end(), text))
}

/// Reads explicit mark-up that begins at a line; gives the line after it.
pub fn explicit(parser: &mut Parser<'_>, lines: &[&str], at: usize, depth: usize) -> Option<usize> {
    let line = lines[at];
    if line.starts_with("__ ") {
        return Some(indented_end(lines, at + 1));
    }
    let rest = if line == ".." { "" } else { line.strip_prefix(".. ")? };
    // An empty comment takes no lines below an empty one.
    if rest.is_empty() && lines.get(at + 1).is_none_or(|l| l.is_empty()) {
        return Some(at + 1);
    }
    let end = indented_end(lines, at + 1);
    let below = dedented(&lines[at + 1..end]);
    if let Some((name, first)) = head(rest) {
        directive(parser, &Directive::read(name, first, below), depth);
    } else if let Some(note) = rest.strip_prefix('[').and_then(|r| r.split_once(']')).filter(|(mark, _)| mark.len() < 60) {
        let content = super::blocks::item_content(note.1.trim(), &lines[at + 1..end]);
        parser.element_with("div", &[("class", "footnote")], |p| p.blocks(&content, depth + 1));
    }
    Some(end)
}

fn directive(parser: &mut Parser<'_>, found: &Directive<'_>, depth: usize) {
    match found.name.as_str() {
        "raw" if found.argument.split_whitespace().any(|f| f.eq_ignore_ascii_case("html")) => raw(parser, &found.content.join("\n")),
        "raw" | "contents" | "toctree" | "index" | "meta" | "highlight" | "role" | "default-role" | "include" | "sectnum"
        | "section-numbering" | "currentmodule" | "module" | "target-notes" | "title" | "author" | "authors" | "categories" | "tags"
        | "post" | "postlist" | "comments" | "disqus" | "stylesheet" | "post-list" | "slug" | "date" | "header" | "footer" => {}
        "code" | "code-block" | "sourcecode" | "parsed-literal" | "literalinclude" | "math" | "graphviz" | "productionlist" => {
            parser.literal(&found.content)
        }
        "image" | "thumbnail" => image(parser, found),
        "figure" => figure(parser, found, depth),
        "list-table" | "flat-table" => tables::list_table(parser, found, depth),
        "csv-table" => tables::csv_table(parser, found, depth),
        "table" => parser.blocks(&found.content, depth + 1),
        "youtube" | "vimeo" | "speakerdeck" | "slideshare" | "docswell" | "tweet" | "twitter" | "x" | "instagram" | "gist"
        | "nicovideo" => embed(parser, found),
        "epigraph" | "pull-quote" | "highlights" => parser.element("blockquote", |p| p.blocks(&found.whole(), depth + 1)),
        "rubric" | "centered" => parser.element("p", |p| p.element("strong", |p| p.inline(&found.argument))),
        "topic" | "admonition" | "sidebar" | "versionadded" | "versionchanged" | "deprecated" => titled(parser, found, depth),
        "container" => parser.element_with("div", &[("class", &found.argument)], |p| p.blocks(&found.content, depth + 1)),
        "note" | "warning" | "tip" | "important" | "attention" | "caution" | "danger" | "error" | "hint" | "seealso" | "todo" => {
            parser.element_with("div", &[("class", &found.name)], |p| p.blocks(&found.whole(), depth + 1));
        }
        "only" | "class" | "rst-class" | "compound" | "hlist" | "centred" | "tabs" | "ifconfig" => parser.blocks(&found.content, depth + 1),
        _ => other(parser, found, depth),
    }
}

/// Raw HTML; what it leaves open ends with it.
fn raw(parser: &mut Parser<'_>, html: &str) {
    let depth = parser.tree.depth();
    parser.tree = tokens::feed(std::mem::take(&mut parser.tree), html);
    parser.tree.end_since(depth);
}

fn image(parser: &mut Parser<'_>, found: &Directive<'_>) {
    let src = found.address();
    let alt = found.option("alt").unwrap_or_default();
    let element = |p: &mut Parser<'_>| p.element_with("img", &[("src", &src), ("alt", alt)], |_| {});
    let target = found
        .option("target")
        .map(|t| t.strip_suffix('_').and_then(|name| parser.targets.url(name.trim_matches('`'))).unwrap_or(t).to_owned());
    parser.element("p", |p| match target {
        Some(target) => p.element_with("a", &[("href", &target)], element),
        None => element(p),
    });
}

fn figure(parser: &mut Parser<'_>, found: &Directive<'_>, depth: usize) {
    parser.element("figure", |p| {
        image(p, found);
        p.blocks(&found.content, depth + 1);
    });
}

/// A title of its own and content.
fn titled(parser: &mut Parser<'_>, found: &Directive<'_>, depth: usize) {
    parser.element_with("div", &[("class", &found.name)], |p| {
        if !found.argument.is_empty() {
            p.element("p", |p| p.element("strong", |p| p.inline(&found.argument)));
        }
        p.blocks(&found.content, depth + 1);
    });
}

/// A deck, video or post by its id or address, the form that shortcodes in Markdown take.
fn embed(parser: &mut Parser<'_>, found: &Directive<'_>) {
    let argument = if found.argument.is_empty() {
        found.option("id").or_else(|| found.option("url")).unwrap_or_default().to_owned()
    } else {
        found.address()
    };
    parser.element_with("recap-embed", &[("data-name", &found.name), ("data-first", &argument)], |_| {});
}

/// A directive that nothing is known about: its text is kept.
fn other(parser: &mut Parser<'_>, found: &Directive<'_>, depth: usize) {
    if found.argument.contains("://") || found.content.is_empty() && found.argument.contains(' ') {
        parser.paragraph(&found.argument);
    }
    parser.blocks(&found.content, depth + 1);
}
