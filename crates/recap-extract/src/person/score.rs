//! How much a piece of text looks like a person's name.

use recap_rules::Use;

use super::Known;
use crate::context::Context;

/// Names are shorter than this, in characters.
const MAX_NAME: usize = 40;

/// A shape this sure is a name, whatever words are in it.
const SURE_SHAPE: f64 = 0.75;

/// 0 to 1: the share of such pieces that are names, before what stands around them is looked at.
pub fn name_likeness(context: &Context<'_>, known: Option<&Known>, name: &str) -> f64 {
    let name = name.trim();
    let length = name.chars().count();
    if length == 0 || length > MAX_NAME || !name.chars().any(char::is_alphabetic) {
        return 0.0;
    }
    if known.is_some_and(|k| k.has_name(name)) {
        return 0.95;
    }
    let shape = context.rules.of(Use::Name, context.language).find(|rule| rule.matches(name)).map_or(0.0, |rule| rule.confidence);
    if shape >= SURE_SHAPE {
        return shape;
    }
    if context.rules.of(Use::NotName, context.language).any(|rule| rule.matches(name)) {
        return 0.0;
    }
    shape
}
