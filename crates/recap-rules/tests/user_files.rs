//! What a person sees whose rule file is wrong.

use recap_rules::Rules;

fn error(text: &str) -> String {
    Rules::default().add("user:rules/mine.toml", text).map_or_else(|e| e.to_string(), |()| "no error".to_owned())
}

const GOOD: &str = "[[rule]]\nid = \"mine/deck\"\nuse = \"link\"\nmatch = 'decks'\ngood = [\"decks\"]\n";

#[test]
fn a_good_file_is_added_in_front() {
    let mut rules = Rules::default();
    assert_eq!(rules.add("base", &GOOD.replace("mine/", "base/")), Ok(()));
    assert_eq!(rules.add("user:mine", GOOD), Ok(()));
    let ids: Vec<&str> = rules.all().iter().map(|r| r.id.as_str()).collect();
    assert_eq!(ids, ["mine/deck", "base/deck"]);
}

#[test]
fn bad_toml_is_placed() {
    let message = error("[[rule]]\nid = \"mine/x\"\nuse = = \"link\"\n");
    assert!(message.starts_with("user:rules/mine.toml: ") && message.contains("line 3, column"), "{message}");
}

#[test]
fn an_unknown_key_or_use_is_placed_and_the_known_ones_are_listed() {
    let message = error("[[rule]]\nid = \"mine/x\"\nuse = \"lnik\"\nmatch = 'x'\n");
    assert!(message.contains("line 3") && message.contains("`link`"), "{message}");
    let message = error("[[rule]]\nid = \"mine/x\"\nuse = \"link\"\nmacth = 'x'\n");
    assert!(message.contains("line 4") && message.contains("`match`"), "{message}");
}

#[test]
fn a_bad_pattern_is_named_with_its_rule() {
    let message = error(&GOOD.replace("decks'", "dec(ks'"));
    assert!(message.contains("rule mine/deck") && message.contains("unclosed group"), "{message}");
}

#[test]
fn look_around_is_refused_with_a_hint() {
    let message = error(&GOOD.replace("decks'", "decks(?!x)'"));
    assert!(message.contains("rule mine/deck") && message.contains("look-around"), "{message}");
}

#[test]
fn a_missing_piece_is_named() {
    let message = error(&GOOD.replace("decks'", "%{host}/decks'"));
    assert!(message.contains("rule mine/deck") && message.contains("%{host}"), "{message}");
}

#[test]
fn a_value_names_only_groups_of_the_pattern() {
    let message = error(&format!("{GOOD}value = \"https://example.org/{{deck}}\"\n"));
    assert!(message.contains("rule mine/deck") && message.contains("{deck}"), "{message}");
}

#[test]
fn a_kind_that_means_nothing_is_refused_and_the_known_ones_are_listed() {
    let message = error(&format!("{GOOD}kind = \"slidez\"\n"));
    assert!(message.contains("rule mine/deck") && message.contains("`slidez`") && message.contains("slides"), "{message}");
    assert_eq!(error(&format!("{GOOD}kind = \"slides\"\n")), "no error");
}

#[test]
fn match_and_words_exclude_each_other() {
    let message = error(&format!("{GOOD}words = [\"deck\"]\n"));
    assert!(message.contains("either `match` or `words`"), "{message}");
}

#[test]
fn an_id_has_a_pack_and_a_name_and_is_used_once() {
    assert!(error(&GOOD.replace("mine/deck", "deck")).contains("`pack/name`"));
    let twice = error(&format!("{GOOD}{GOOD}"));
    assert!(twice.contains("rule mine/deck") && twice.contains("taken"), "{twice}");
}

#[test]
fn nothing_of_a_wrong_file_is_added() {
    let mut rules = Rules::default();
    let wrong = format!("{GOOD}{}", GOOD.replace("mine/deck", "mine/other").replace("decks'", "("));
    assert!(rules.add("user:mine", &wrong).is_err());
    assert!(rules.all().is_empty());
}
