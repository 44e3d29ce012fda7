//! Rule packs as data: sites, patterns and languages, each one TOML file that carries its own good and bad examples.
//!
//! A pack is checked and compiled once, when it is loaded; patterns are linear-time regular expressions.

mod check;
mod classes;
mod compile;
mod file;
mod literals;
mod pattern;
mod scan;
mod words;

pub use check::{Failure, check};
pub use compile::{Found, Rule, Use};
pub use file::Example;
pub use scan::{Candidate, Scan, flat};

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{LazyLock, OnceLock};

use scan::Index;

/// `(name, TOML text)` of every file under `rules/`, in the order of the names.
static PACKS: &[(&str, &str)] = include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// What is wrong with a rule file.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RuleError {
    /// Not TOML, or not of the form of a rule file.
    #[error("{file}: {message}")]
    Syntax {
        /// Name of the file.
        file: String,
        /// The parser's words, with line and column.
        message: String,
    },
    /// A rule that cannot be used.
    #[error("{file}: rule {id}: {message}")]
    Rule {
        /// Name of the file.
        file: String,
        /// Id of the rule.
        id: String,
        /// What is wrong.
        message: String,
    },
}

/// A compiled set of rule packs.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    rules: Vec<Rule>,
    /// Indices of the rules for a purpose: those of one language and of none together, in their order.
    by_purpose: HashMap<Use, HashMap<String, Vec<usize>>>,
    /// Indices of the rules for a purpose that have no language.
    neutral: HashMap<Use, Vec<usize>>,
    /// Indices of all rules for a purpose.
    any_language: HashMap<Use, Vec<usize>>,
    /// Indices of the link rules of a host; those of no host under the empty name.
    by_host: HashMap<String, Vec<usize>>,
    /// For each language, what tells which of its rules a text needs; made when first asked for.
    indexes: HashMap<String, OnceLock<Index>>,
    /// The same for the rules that have no language.
    neutral_index: OnceLock<Index>,
}

impl Rules {
    /// The packs that recap brings along.
    ///
    /// # Panics
    /// Never in a released build: a test loads every pack.
    pub fn builtin() -> &'static Rules {
        static BUILTIN: LazyLock<Rules> = LazyLock::new(|| {
            let mut rules = Rules::default();
            for (name, text) in PACKS {
                if let Err(error) = rules.add(name, text) {
                    panic!("built-in rules: {error}");
                }
            }
            rules
        });
        &BUILTIN
    }

    /// Names and texts of the packs that recap brings along.
    pub fn builtin_packs() -> &'static [(&'static str, &'static str)] {
        PACKS
    }

    /// Adds a rule file. Its rules come before those that are there already: the last file has the first word.
    ///
    /// # Errors
    /// See [`RuleError`]; nothing is added then.
    pub fn add(&mut self, file: &str, text: &str) -> Result<(), RuleError> {
        let mut new = compile::compile(file, text)?;
        let mut taken: HashSet<&str> = self.rules.iter().map(|r| r.id.as_str()).collect();
        if let Some(twice) = new.iter().find(|r| !taken.insert(&r.id)) {
            return Err(RuleError::Rule { file: file.to_owned(), id: twice.id.clone(), message: "the id is taken".to_owned() });
        }
        if file.starts_with("user:") {
            check_kinds(file, &new)?;
            new.append(&mut self.rules);
            self.rules = new;
        } else {
            self.rules.append(&mut new);
        }
        self.index();
        Ok(())
    }

    /// All rules, in their order.
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules that a link to `host` asks, those for its host first.
    pub fn of_link(&self, host: &str) -> impl Iterator<Item = &Rule> {
        let parents = host.match_indices('.').map(|(at, _)| &host[at + 1..]);
        let mut found: Vec<usize> = std::iter::once(host).chain(parents).filter_map(|h| self.by_host.get(h)).flatten().copied().collect();
        found.sort_unstable();
        let generic = self.by_host.get("").into_iter().flatten().copied();
        found.into_iter().chain(generic).map(|i| &self.rules[i])
    }

    /// The rules for a purpose that hold for a language (those without a language always do).
    pub fn of(&self, purpose: Use, language: &str) -> impl Iterator<Item = &Rule> + use<'_> {
        let of_language = self.by_purpose.get(&purpose).and_then(|languages| languages.get(language));
        let found = of_language.or_else(|| self.neutral.get(&purpose)).map_or(&[][..], Vec::as_slice);
        found.iter().map(|&i| &self.rules[i])
    }

    /// The rules for a purpose, whatever their language.
    pub fn of_any_language(&self, purpose: Use) -> impl Iterator<Item = &Rule> + use<'_> {
        self.any_language.get(&purpose).into_iter().flatten().map(|&i| &self.rules[i])
    }

    /// Looks a text over for what the rules for a language require.
    pub fn scan<'r, 't>(&'r self, language: &str, text: &'t str) -> Scan<'r, 't> {
        let index = match self.indexes.get(language) {
            Some(index) => index.get_or_init(|| Index::new(&self.rules, |rule| rule.holds_for(language))),
            None => self.neutral_index.get_or_init(|| Index::new(&self.rules, |rule| rule.language.is_none())),
        };
        Scan::new(&self.rules, index, text)
    }

    fn index(&mut self) {
        let languages: HashSet<&str> = self.rules.iter().filter_map(|r| r.language.as_deref()).collect();
        (self.by_purpose, self.neutral, self.any_language, self.by_host) = Default::default();
        self.indexes = languages.iter().map(|language| ((*language).to_owned(), OnceLock::new())).collect();
        self.neutral_index = OnceLock::new();
        for (i, rule) in self.rules.iter().enumerate() {
            self.any_language.entry(rule.purpose).or_default().push(i);
            if rule.language.is_none() {
                self.neutral.entry(rule.purpose).or_default().push(i);
            }
            for language in languages.iter().filter(|l| rule.holds_for(l)) {
                self.by_purpose.entry(rule.purpose).or_default().entry((*language).to_owned()).or_default().push(i);
            }
            if rule.purpose == Use::Link {
                let any = [String::new()];
                let hosts = if rule.hosts.is_empty() { &any[..] } else { &rule.hosts[..] };
                hosts.iter().for_each(|host| self.by_host.entry(host.clone()).or_default().push(i));
            }
        }
    }
}

/// A kind that no built-in rule of the same use has does nothing: a slip of the pen.
fn check_kinds(file: &str, new: &[Rule]) -> Result<(), RuleError> {
    for rule in new {
        let same_use = Rules::builtin().rules.iter().filter(|r| r.purpose == rule.purpose);
        let known: BTreeSet<&str> = same_use.filter_map(|r| r.kind.as_deref()).collect();
        if let Some(kind) = rule.kind.as_deref().filter(|kind| !known.contains(kind)) {
            let message = format!("the kind `{kind}` means nothing there; known are: {}", Vec::from_iter(known).join(", "));
            return Err(RuleError::Rule { file: file.to_owned(), id: rule.id.clone(), message });
        }
    }
    Ok(())
}
