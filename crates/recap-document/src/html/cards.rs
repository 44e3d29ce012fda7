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

fn has_words(tree: &Tree, node: usize) -> bool {
    tree.inside(node).filter_map(|inner| tree.text(inner)).any(|text| text.chars().any(char::is_alphanumeric))
}
