//! A scan leaves out no rule that finds something.

use std::collections::BTreeSet;

use recap_rules::{Example, Rule, Rules, Use, flat};

/// The texts of a rule's examples, good and bad.
fn texts(rule: &Rule) -> impl Iterator<Item = &str> {
    let good = rule.good.iter().filter_map(|example| match example {
        Example::Text(text) => Some(text.as_str()),
        Example::Groups(groups) => groups.get("text").map(String::as_str),
    });
    good.chain(rule.bad.iter().map(String::as_str))
}

/// All examples of a language's rules as one text, each also with a line break for every space, with their ranges.
fn page(rules: &Rules, language: &str) -> (String, Vec<std::ops::Range<usize>>) {
    let mut page = String::new();
    let mut ranges = Vec::new();
    for text in rules.all().iter().filter(|r| r.purpose != Use::Link && r.holds_for(language)).flat_map(texts) {
        for broken in [text.to_owned(), text.replace(' ', "\n")] {
            ranges.push(page.len()..page.len() + broken.len());
            page.push_str(&broken);
            page.push('\n');
        }
    }
    (page, ranges)
}

#[test]
fn every_rule_that_finds_something_is_asked() {
    let rules = Rules::builtin();
    let languages: BTreeSet<&str> = rules.all().iter().filter_map(|r| r.language.as_deref()).chain(["eo"]).collect();
    for language in languages {
        let (page, ranges) = page(rules, language);
        let scan = rules.scan(language, &page);
        let asked = rules.all().iter().filter(|r| r.purpose != Use::Link && r.holds_for(language));
        let rules: Vec<(&Rule, BTreeSet<_>)> = asked.map(|rule| (rule, texts(rule).map(flat).collect())).collect();
        for (n, range) in ranges.iter().enumerate() {
            let piece = &page[range.clone()];
            let (elsewhere, line) = (piece.to_owned(), flat(piece));
            // Every rule on its own examples, and on a few of the others.
            for (rule, _) in rules.iter().filter(|(_, own)| n % 97 == 0 || own.contains(&line)) {
                let asked = |text: &str| scan.asking(rule.purpose, text).any(|c| std::ptr::eq(c.rule(), *rule));
                let finds = rule.run_matches(piece) || rule.run_matches(&line);
                assert!(asked(piece) || !finds, "{} is not asked about {piece:?}", rule.id);
                assert_eq!(asked(piece), asked(&elsewhere), "{} on {piece:?}", rule.id);
            }
        }
    }
}

#[test]
fn rules_are_asked_in_their_order_and_once() {
    let rules = Rules::builtin();
    let (page, _) = page(rules, "ja");
    let scan = rules.scan("ja", &page);
    for purpose in [Use::Name, Use::Section, Use::Cue, Use::Field, Use::Sentence] {
        let asked: Vec<*const Rule> = scan.asking(purpose, &page).map(|c| std::ptr::from_ref(c.rule())).collect();
        let all: Vec<*const Rule> = rules.of(purpose, "ja").map(std::ptr::from_ref).collect();
        assert!(asked.iter().all(|rule| all.contains(rule)));
        assert!(asked.is_sorted_by_key(|rule| all.iter().position(|r| r == rule)));
        assert_eq!(asked.iter().collect::<BTreeSet<_>>().len(), asked.len());
    }
}
