//! Hyperlink targets and substitutions, collected before the text that refers to them is read.

use std::collections::HashMap;
use std::sync::LazyLock;

use regex::Regex;

use super::blocks::{indent_of, title};

/// What `|name|` stands for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Substitution {
    /// Inline text.
    Text(String),
    /// An image: address and alternative text.
    Image(String, String),
}

/// All targets and substitutions of a document.
#[derive(Debug, Default)]
pub struct Targets {
    urls: HashMap<String, String>,
    /// Section titles by the labels above them.
    titles: HashMap<String, String>,
    substitutions: HashMap<String, Substitution>,
    /// Addresses of `__ …` lines in order.
    pub anonymous: Vec<String>,
}

impl Targets {
    /// Reads `.. _name: address`, `__ address`, `.. |name| image:: …` and `` `text <address>`_ `` wherever they stand.
    pub fn collect(lines: &[&str]) -> Self {
        let mut targets = Self::default();
        // Names without an address of their own share the next target's.
        let mut waiting: Vec<String> = Vec::new();
        for (i, line) in lines.iter().enumerate() {
            let text = line.trim_start();
            if let Some(rest) = text.strip_prefix(".. __:").or_else(|| text.strip_prefix("__ ")) {
                targets.anonymous.push(with_continuation(rest, lines, i));
            } else if let Some(rest) = text.strip_prefix(".. _") {
                let Some((name, address)) = target(rest) else { continue };
                let address = with_continuation(address, lines, i);
                waiting.push(normal(&name));
                if !address.is_empty() {
                    targets.urls.extend(waiting.drain(..).map(|name| (name, address.clone())));
                }
            } else if let Some(rest) = text.strip_prefix(".. |") {
                targets.substitution(rest, lines, i);
            } else if !text.is_empty() {
                if let Some(title) = (!waiting.is_empty()).then(|| title(lines, i)).flatten() {
                    targets.titles.extend(waiting.iter().map(|name| (name.clone(), title.text.to_owned())));
                }
                waiting.clear();
                targets.embedded(text);
            }
        }
        targets
    }

    /// The address that a name leads to.
    pub fn url(&self, name: &str) -> Option<&str> {
        let mut found = self.urls.get(&normal(name))?;
        // `.. _a: b_` is another name for b.
        for _ in 0..4 {
            let Some(alias) = found.strip_suffix('_').filter(|a| !a.contains("://")) else { break };
            found = self.urls.get(&normal(alias.trim_matches('`')))?;
        }
        Some(found)
    }

    /// The section title that a label stands above, which is what `` :ref:`label` `` shows.
    pub fn title(&self, label: &str) -> Option<&str> {
        self.titles.get(&normal(label)).map(String::as_str)
    }

    /// What a substitution stands for.
    pub fn substitute(&self, name: &str) -> Option<&Substitution> {
        self.substitutions.get(&normal(name))
    }

    fn substitution(&mut self, rest: &str, lines: &[&str], at: usize) {
        let Some((name, definition)) = rest.split_once('|') else { return };
        let Some((directive, argument)) = definition.split_once("::") else { return };
        let option = |key: &str| {
            let below = lines[at + 1..].iter().take(12).take_while(|l| !l.is_empty() && indent_of(l) > 0);
            below.filter_map(|l| l.trim().strip_prefix(key)).map(|v| v.trim().to_owned()).next()
        };
        let value = match directive.trim() {
            "image" => Substitution::Image(argument.trim().to_owned(), option(":alt:").unwrap_or_default()),
            "replace" | "unicode" => Substitution::Text(argument.trim().to_owned()),
            _ => return,
        };
        self.substitutions.entry(normal(name)).or_insert(value);
    }

    fn embedded(&mut self, text: &str) {
        static EMBEDDED: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"`([^`<>]{1,200}) <([^`<>\s]{1,2000})>`_(?:[^_]|$)").ok());
        if !text.contains(">`_") {
            return;
        }
        for found in EMBEDDED.iter().flat_map(|r| r.captures_iter(text)) {
            self.urls.entry(normal(&found[1])).or_insert_with(|| found[2].to_owned());
        }
    }
}

/// Name and address of `name: address` or `` `na:me`: address ``.
fn target(rest: &str) -> Option<(String, &str)> {
    if let Some(quoted) = rest.strip_prefix('`') {
        let (name, after) = quoted.split_once('`')?;
        return Some((name.to_owned(), after.strip_prefix(':')?));
    }
    let colon = rest.match_indices(':').map(|(at, _)| at).find(|&at| {
        let ends = rest[at + 1..].is_empty() || rest[at + 1..].starts_with(' ');
        ends && !rest[..at].ends_with('\\')
    })?;
    Some((rest[..colon].replace('\\', ""), &rest[colon + 1..]))
}

/// An address and its parts on indented lines below.
fn with_continuation(first: &str, lines: &[&str], at: usize) -> String {
    let margin = indent_of(lines[at]);
    let below = lines[at + 1..].iter().take(8).take_while(|l| !l.is_empty() && indent_of(l) > margin);
    let mut address = first.trim().to_owned();
    below.for_each(|line| address.push_str(line.trim()));
    address
}

/// Names are compared without case, with white space collapsed.
fn normal(name: &str) -> String {
    name.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
