//! Links that are cards: slots of a timetable or entries of a list whose parts only the style sheet sets apart.

use super::tree::Tree;

/// Fewer cards beside each other are a link with a picture or a number.
const LEAST: usize = 3;

/// Whether an element holds nothing but cards.
pub fn are_in(tree: &Tree, node: usize) -> bool {
    let mut cards = 0;
    for child in tree.children(tree.inside(node)) {
        match tree.text(child) {
            Some(text) if text.trim().is_empty() => {}
            Some(_) => return false,
            None if tree.name(child) == "a" && is_card(tree, child) => cards += 1,
            None => return false,
        }
    }
    cards >= LEAST
}

/// Whether a link has two spans or more with text, and nothing beside them.
pub fn is_card(tree: &Tree, link: usize) -> bool {
    let mut parts = 0;
    for child in tree.children(tree.inside(link)) {
        match tree.text(child) {
            Some(text) if text.trim().is_empty() => {}
            Some(_) => return false,
            None if tree.name(child) == "span" => parts += usize::from(has_words(tree, child)),
            None => return false,
        }
    }
    parts >= 2
}

/// Whether two inline elements touch whose words would run into each other: only the style sheet sets them apart
/// (`<span class="time">19:00</span><span class="title">Moss</span>`). Scripts without spaces join words in prose, too.
pub fn are_apart(tree: &Tree, first: usize, second: usize) -> bool {
    const INLINE: &[&str] = &["span", "a", "small", "time"];
    let class = |node: usize| tree.attr(node, "class");
    let part = |node: usize| {
        let named = tree.text(node).is_none() && INLINE.contains(&tree.name(node));
        named && (class(node).is_some() || tree.name(node) != "span") && tree.inside(node).len() <= 8
    };
    let told_apart = || tree.name(first) != tree.name(second) || class(first) != class(second);
    let texts = |node: usize| tree.inside(node).filter_map(|inner| tree.text(inner)).filter(|t| !t.is_empty());
    let long = |node: usize| texts(node).map(str::len).sum::<usize>() >= 3;
    let word = |c: char| c.is_alphanumeric() && (c as u32) < 0x2e80;
    let ends = || texts(first).next_back().is_some_and(|t| t.ends_with(word));
    let begins = || texts(second).next().is_some_and(|t| t.starts_with(|c: char| word(c) || c == '@'));
    part(first) && part(second) && told_apart() && ends() && begins() && long(first) && long(second)
}

fn has_words(tree: &Tree, node: usize) -> bool {
    tree.inside(node).filter_map(|inner| tree.text(inner)).any(|text| text.chars().any(char::is_alphanumeric))
}
