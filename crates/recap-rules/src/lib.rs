//! Rule packs as data: sites, patterns and languages, each one TOML file that carries its own good and bad examples.
//!
//! A pack is checked and compiled once, when it is loaded; patterns are linear-time regular expressions.

mod check;
mod compile;
mod file;

pub use check::{Failure, check};
pub use compile::{Found, Rule, Use};
pub use file::Example;

use std::collections::HashSet;
use std::sync::LazyLock;

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
            new.append(&mut self.rules);
            self.rules = new;
        } else {
            self.rules.append(&mut new);
        }
        Ok(())
    }

    /// All rules, in their order.
    pub fn all(&self) -> &[Rule] {
        &self.rules
    }

    /// The rules that a link to `host` asks, those for its host first.
    pub fn of_link(&self, host: &str) -> impl Iterator<Item = &Rule> {
        let links = || self.rules.iter().filter(|r| r.purpose == Use::Link);
        let of_host = move |r: &&Rule| r.hosts.iter().any(|h| host == h || host.strip_suffix(h.as_str()).is_some_and(|rest| rest.ends_with('.')));
        links().filter(of_host).chain(links().filter(|r| r.hosts.is_empty()))
    }

    /// The rules for a purpose that hold for a language (those without a language always do).
    pub fn of<'a>(&'a self, purpose: Use, language: &'a str) -> impl Iterator<Item = &'a Rule> {
        self.rules.iter().filter(move |r| r.purpose == purpose && r.holds_for(language))
    }
}
