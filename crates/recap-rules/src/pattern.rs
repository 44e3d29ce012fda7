//! A rule's pattern, compiled.

use std::sync::OnceLock;

use regex_automata::meta::{BuildError, Config, Regex};
use regex_automata::util::captures::Captures;
use regex_automata::{Anchored, Input, Match, PatternID};
use regex_syntax::hir::Hir;

use crate::{classes, words};

/// What is wrong with a pattern.
#[derive(Debug, thiserror::Error)]
pub enum PatternError {
    #[error("{0}")]
    Syntax(#[from] Box<regex_syntax::Error>),
    #[error("{0}")]
    Build(#[from] Box<BuildError>),
}

/// A compiled pattern: one that is fast on any text, and where that finds too much in texts beyond ASCII, the exact one.
#[derive(Debug, Clone)]
pub struct Pattern {
    /// Finds whatever the exact one finds; in ASCII just that.
    fast: Regex,
    /// Of the patterns whose word boundaries had to be loosened.
    exact: Option<Exact>,
}

#[derive(Debug, Clone)]
struct Exact {
    source: String,
    /// Compiled when first needed.
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Compiles a pattern.
    pub fn new(source: &str) -> Result<Self, PatternError> {
        let hir = regex_syntax::parse(source).map_err(Box::new)?;
        let (hir, loosened) = words::loosened(&hir);
        let exact = loosened.then(|| Exact { source: source.to_owned(), regex: OnceLock::new() });
        Ok(Self { fast: compiled(&hir, true)?, exact })
    }

    /// Whether a text has a match.
    pub fn is_match(&self, text: &str) -> bool {
        self.fast.is_match(text) && self.exact_for(text).is_none_or(|exact| exact.is_match(text))
    }

    /// The first match in a text.
    pub fn find(&self, text: &str) -> Option<Match> {
        let found = self.fast.find(text)?;
        self.exact_for(text).map_or(Some(found), |exact| exact.find(text))
    }

    /// All matches in a text, without overlaps.
    pub fn find_iter<'r, 't>(&'r self, text: &'t str) -> impl Iterator<Item = Match> + use<'r, 't> {
        // The exact pattern is compiled and run only where the fast one finds something.
        let exact = if self.is_loose(text) && self.fast.is_match(text) { self.exact_for(text) } else { None };
        let regex = exact.or_else(|| (!self.is_loose(text)).then_some(&self.fast));
        regex.into_iter().flat_map(move |regex| regex.find_iter(text))
    }

    /// The groups of a match that was found.
    pub fn captures(&self, text: &str, found: Match) -> Option<Captures> {
        let regex = self.exact_for(text).unwrap_or(&self.fast);
        let mut captures = regex.create_captures();
        // The same way through the pattern wins where the search ends with the match; what stands behind is still looked at.
        regex.search_captures(&Input::new(text).span(found.range()).anchored(Anchored::Yes), &mut captures);
        Some(captures).filter(Captures::is_match)
    }

    /// Whether it has a group of a name.
    pub fn has_group(&self, name: &str) -> bool {
        self.fast.group_info().to_index(PatternID::ZERO, name).is_some()
    }

    /// The names of its groups.
    pub fn groups(&self) -> impl Iterator<Item = &str> {
        self.fast.group_info().all_names().filter_map(|(.., name)| name)
    }

    /// Whether the fast pattern may find too much in a text.
    fn is_loose(&self, text: &str) -> bool {
        self.exact.is_some() && !text.is_ascii()
    }

    /// The exact pattern, where the fast one does not do for a text.
    fn exact_for(&self, text: &str) -> Option<&Regex> {
        let exact = self.exact.as_ref().filter(|_| self.is_loose(text))?;
        let compile = || compiled(&regex_syntax::parse(&exact.source).ok()?, false).ok();
        exact.regex.get_or_init(compile).as_ref()
    }
}

/// Compiles a pattern, with or without automata that are built as they are needed: these are fast, but stop at a Unicode
/// word boundary.
fn compiled(hir: &Hir, lazy: bool) -> Result<Regex, PatternError> {
    // There are a thousand patterns, so each may keep little between two texts. With less than this, those with classes of
    // letters fall back to an engine that is ten times slower.
    let config = Config::new().nfa_size_limit(Some(4 << 20)).hybrid(lazy).dfa(lazy).hybrid_cache_capacity(1 << 20);
    Ok(Regex::builder().configure(config).build_from_hir(&classes::simplified(hir)).map_err(Box::new)?)
}

#[cfg(test)]
mod tests {
    use super::Pattern;

    #[test]
    fn a_word_that_touches_a_letter_beyond_ascii_is_none() {
        let pattern = Pattern::new(r"(?i)\b(?P<word>o|conf[a-z]+)\b").expect("valid");
        let found = |text: &str| pattern.find_iter(text).map(|m| text[m.range()].to_owned()).collect::<Vec<_>>();
        assert_eq!(found("Rocío o préconférence: Confession"), ["o", "Confession"]);
        assert_eq!(found("Rocío préconférence"), Vec::<String>::new());
        assert_eq!(found("one o two"), ["o"]);
        assert!(!pattern.is_match("Rocío") && pattern.find("Rocío").is_none());
    }

    #[test]
    fn groups_are_those_of_the_match() {
        let pattern = Pattern::new(r"(?P<a>\w+?)(?P<b>\d*)\b(?P<c>!)?").expect("valid");
        let text = "año12 x";
        let found = pattern.find(text).expect("a match");
        let captures = pattern.captures(text, found).expect("its groups");
        let group = |name: &str| captures.get_group_by_name(name).map(|span| &text[span.range()]);
        assert_eq!((group("a"), group("b"), group("c")), (Some("año"), Some("12"), None));
        assert!(pattern.has_group("c") && !pattern.has_group("d"));
    }
}
