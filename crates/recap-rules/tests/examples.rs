//! The packs that recap brings along: every rule compiles, has an id of its own and gets its examples right.

use std::collections::BTreeMap;

use recap_rules::{Example, Rules, Use, check};

#[test]
fn rules_get_their_examples_right() {
    let failures: Vec<String> = check(Rules::builtin()).iter().map(ToString::to_string).collect();
    assert!(failures.is_empty(), "{} wrong:\n{}", failures.len(), failures.join("\n"));
}

/// A link rule's examples are also won by it (or by one that says the same) when all rules of the host are asked in their order.
#[test]
fn link_examples_are_won_by_their_rule() {
    let rules = Rules::builtin();
    let mut wrong = Vec::new();
    for rule in rules.all().iter().filter(|r| r.purpose == Use::Link) {
        for url in rule.good.iter().filter_map(url_of) {
            let winner = rules.of_link(&host_of(url)).find(|r| r.matches(url));
            if winner.is_none_or(|w| w.kind != rule.kind) {
                wrong.push(format!("{}: {url} goes to {:?}", rule.id, winner.map(|w| &w.id)));
            }
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn url_of(example: &Example) -> Option<&str> {
    match example {
        Example::Text(text) => Some(text),
        Example::Groups(groups) => groups.get("text").map(String::as_str),
    }
}

fn host_of(url: &str) -> String {
    let rest = url.split_once("://").map_or("", |(_, rest)| rest);
    rest.split(['/', '?', '#']).next().unwrap_or_default().to_ascii_lowercase()
}

#[test]
fn ids_are_unique_and_shaped() {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for rule in Rules::builtin().all() {
        *seen.entry(rule.id.as_str()).or_default() += 1;
    }
    let twice: Vec<_> = seen.iter().filter(|(_, n)| **n > 1).collect();
    assert!(twice.is_empty(), "taken twice: {twice:?}");
    let misshaped: Vec<_> = seen.keys().filter(|id| !is_shaped(id)).collect();
    assert!(misshaped.is_empty(), "not `pack/name`: {misshaped:?}");
}

/// `pack/name` in lower-case ASCII letters, digits and hyphens.
fn is_shaped(id: &str) -> bool {
    let part = |p: &str| !p.is_empty() && p.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    id.split_once('/').is_some_and(|(pack, name)| part(pack) && part(name))
}

#[test]
fn the_pack_of_a_language_rule_is_its_language() {
    for rule in Rules::builtin().all() {
        if let Some(language) = &rule.language {
            assert_eq!(rule.id.split('/').next(), Some(language.as_str()), "{}", rule.id);
        }
    }
}

/// Built-in patterns are compiled when first used, so that a broken one would only be missing; as a user's they are compiled at once.
#[test]
fn patterns_compile() {
    let mut rules = Rules::default();
    for (name, text) in Rules::builtin_packs() {
        let added = rules.add(&format!("user:{name}"), text);
        assert!(added.is_ok(), "{added:?}");
    }
    assert_eq!(rules.all().len(), Rules::builtin().all().len());
}
