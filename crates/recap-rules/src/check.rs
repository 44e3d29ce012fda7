//! Runs the examples that rules carry.

use crate::Rules;
use crate::compile::{Found, Rule};
use crate::file::Example;

/// An example that a rule gets wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Id of the rule.
    pub rule: String,
    /// The example's text.
    pub text: String,
    /// What is wrong.
    pub message: String,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.rule, self.message)?;
        if self.text.is_empty() { Ok(()) } else { write!(f, " in {:?}", self.text) }
    }
}

/// Runs all good and bad examples; a rule without a good example fails too.
pub fn check(rules: &Rules) -> Vec<Failure> {
    rules.all().iter().flat_map(check_rule).collect()
}

fn check_rule(rule: &Rule) -> Vec<Failure> {
    let fail = |text: &str, message: String| Failure { rule: rule.id.clone(), text: text.to_owned(), message };
    let mut failures: Vec<Failure> = rule.good.iter().filter_map(|example| check_good(rule, example).map(|(t, m)| fail(t, m))).collect();
    if rule.good.is_empty() {
        failures.push(fail("", "has no good example".to_owned()));
    }
    failures.extend(rule.bad.iter().filter(|text| rule.matches(text)).map(|text| fail(text, "matches a bad example".to_owned())));
    failures
}

/// The example's text and what is wrong, if anything.
fn check_good<'e>(rule: &Rule, example: &'e Example) -> Option<(&'e str, String)> {
    match example {
        Example::Text(text) => rule.find(text).is_none().then(|| (text.as_str(), "finds nothing".to_owned())),
        Example::Groups(groups) => {
            let text = groups.get("text").map_or("", String::as_str);
            let Some(found) = rule.find(text) else { return Some((text, "finds nothing".to_owned())) };
            groups.iter().filter(|(key, _)| *key != "text").find_map(|(key, expected)| {
                let got = group_of(&found, key);
                (got.as_deref() != Some(expected)).then(|| (text, format!("{key} is {got:?}, not {expected:?}")))
            })
        }
    }
}

fn group_of(found: &Found<'_, '_>, key: &str) -> Option<String> {
    match key {
        "value" => found.value(),
        "kind" => found.rule.kind.clone(),
        _ => found.group(key).map(|(_, _, text)| text.to_owned()),
    }
}
