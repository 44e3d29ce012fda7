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

/// Whether two spans touch whose words would run into each other: only the style sheet sets them apart
/// (`<span class="time">19:00</span><span class="title">Moss</span>`).
pub fn are_apart(tree: &Tree, first: usize, second: usize) -> bool {
    let class = |node: usize| tree.attr(node, "class");
    let span =
        |node: usize| tree.text(node).is_none() && tree.name(node) == "span" && class(node).is_some() && tree.inside(node).len() <= 8;
    let edge = |text: Option<&str>, last: bool| {
        text.and_then(|t| if last { t.chars().next_back() } else { t.chars().next() }).is_some_and(char::is_alphanumeric)
    };
    let texts = |node: usize| tree.inside(node).filter_map(|inner| tree.text(inner)).filter(|t| !t.is_empty());
    let long = |node: usize| texts(node).map(str::len).sum::<usize>() >= 3;
    span(first) && span(second) && edge(texts(first).next_back(), true) && edge(texts(second).next(), false) && long(first) && long(second)
}

fn has_words(tree: &Tree, node: usize) -> bool {
    tree.inside(node).filter_map(|inner| tree.text(inner)).any(|text| text.chars().any(char::is_alphanumeric))
}
