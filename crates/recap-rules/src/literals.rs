//! Literals that every match of a pattern must contain: a text without any of them needs no regular expression, and a
//! rule whose literals a document lacks is never compiled.
//!
//! They are read off the pattern as written: to translate it would expand every class of Unicode, which takes longer than
//! most documents take.

use regex_syntax::ast::{
    Ast, ClassBracketed, ClassSet, ClassSetItem, Concat, Flag, Group, GroupKind, RepetitionKind, RepetitionRange, parse,
};
use regex_syntax::hir::{ClassUnicode, ClassUnicodeRange};

/// More literals than this are no filter.
const MAX_LITERALS: usize = 400;
/// A class of at most so many characters is as many literals.
const MAX_CLASS: usize = 16;

/// Literals of which every match of a pattern contains at least one, ASCII letters in lower case; none where a pattern has
/// no such literals, or too many ones.
pub fn of_pattern(pattern: &str) -> Option<Vec<String>> {
    let literals = parse::Parser::new().parse(pattern).ok().and_then(|ast| required(&ast, false));
    literals.filter(|all| all.len() <= MAX_LITERALS && all.iter().all(|l| !l.is_empty()))
}

/// Literals of which every match contains at least one; `fold` where letters of either case match.
fn required(ast: &Ast, fold: bool) -> Option<Vec<String>> {
    match ast {
        Ast::Literal(_) | Ast::ClassBracketed(_) => {
            let class = class(ast, fold)?;
            one_letter(&class).map(|c| vec![c.to_string()]).or_else(|| few(&class))
        }
        Ast::Group(group) => required(&group.ast, inside(group, fold)),
        Ast::Repetition(repetition) if at_least_once(&repetition.op.kind) => required(&repetition.ast, fold),
        Ast::Concat(concat) => best_of(concat, fold),
        Ast::Alternation(alternation) => {
            let each: Option<Vec<Vec<String>>> = alternation.asts.iter().map(|ast| required(ast, fold)).collect();
            each.map(|all| all.concat()).filter(|all| all.len() <= MAX_LITERALS)
        }
        _ => None,
    }
}

/// The best part of a sequence: letters side by side (a word) are joined first.
fn best_of(concat: &Concat, fold: bool) -> Option<Vec<String>> {
    let mut fold = fold;
    let mut sets: Vec<Vec<String>> = Vec::new();
    let mut word = String::new();
    for part in &concat.asts {
        if let Ast::Flags(flags) = part {
            fold = flags.flags.flag_state(Flag::CaseInsensitive).unwrap_or(fold);
        } else if let Some(exact) = exact(part, fold) {
            word.push_str(&exact);
        } else {
            sets.extend((!word.is_empty()).then(|| vec![std::mem::take(&mut word)]));
            sets.extend(required(part, fold));
        }
    }
    sets.extend((!word.is_empty()).then(|| vec![word]));
    let shortest = |set: &Vec<String>| set.iter().map(String::len).min().unwrap_or(0);
    sets.into_iter().max_by_key(|set| (shortest(set).min(6), std::cmp::Reverse(set.len())))
}

/// The only text that a part matches, whatever the case of its ASCII letters.
fn exact(ast: &Ast, fold: bool) -> Option<String> {
    match ast {
        Ast::Group(group) => exact(&group.ast, inside(group, fold)),
        Ast::Concat(concat) => concat.asts.iter().map(|ast| exact(ast, fold)).collect(),
        _ => one_letter(&class(ast, fold)?).map(String::from),
    }
}

/// Whether letters of either case match within a group.
fn inside(group: &Group, fold: bool) -> bool {
    match &group.kind {
        GroupKind::NonCapturing(flags) => flags.flag_state(Flag::CaseInsensitive).unwrap_or(fold),
        _ => fold,
    }
}

fn at_least_once(kind: &RepetitionKind) -> bool {
    match kind {
        RepetitionKind::ZeroOrOne | RepetitionKind::ZeroOrMore => false,
        RepetitionKind::OneOrMore => true,
        RepetitionKind::Range(range) => {
            let (RepetitionRange::Exactly(least) | RepetitionRange::AtLeast(least) | RepetitionRange::Bounded(least, _)) = range;
            *least > 0
        }
    }
}

/// The characters of a letter or a class that is written out.
fn class(ast: &Ast, fold: bool) -> Option<ClassUnicode> {
    let mut class = ClassUnicode::empty();
    match ast {
        Ast::Literal(literal) => class.push(ClassUnicodeRange::new(literal.c, literal.c)),
        Ast::ClassBracketed(bracketed) => add_bracketed(&mut class, bracketed)?,
        _ => return None,
    }
    if fold {
        class.try_case_fold_simple().ok()?;
    }
    Some(class)
}

fn add_bracketed(class: &mut ClassUnicode, bracketed: &ClassBracketed) -> Option<()> {
    match &bracketed.kind {
        ClassSet::Item(item) if !bracketed.negated => add(class, item),
        _ => None,
    }
}

/// Adds what stands in brackets; nothing where a class of Unicode is among it.
fn add(class: &mut ClassUnicode, item: &ClassSetItem) -> Option<()> {
    match item {
        ClassSetItem::Literal(literal) => class.push(ClassUnicodeRange::new(literal.c, literal.c)),
        ClassSetItem::Range(range) => class.push(ClassUnicodeRange::new(range.start.c, range.end.c)),
        ClassSetItem::Bracketed(inner) => add_bracketed(class, inner)?,
        ClassSetItem::Union(union) => union.items.iter().try_for_each(|item| add(class, item))?,
        _ => return None,
    }
    Some(())
}

/// The characters of a small class.
fn few(class: &ClassUnicode) -> Option<Vec<String>> {
    let all: Vec<char> = class.iter().flat_map(|range| range.start()..=range.end()).take(MAX_CLASS + 1).collect();
    let mut literals: Vec<String> = all.iter().map(|c| c.to_ascii_lowercase().to_string()).collect();
    literals.dedup();
    (1..=MAX_CLASS).contains(&all.len()).then_some(literals)
}

/// The letter that a class stands for, whatever its case (`[Ss]`, with the long s and the Kelvin sign that Unicode adds).
fn one_letter(class: &ClassUnicode) -> Option<char> {
    let all: Vec<char> = class.iter().take(4).flat_map(|range| (range.start()..=range.end()).take(4)).collect();
    let first = all.first()?.to_ascii_lowercase();
    let same = |c: &char| c.to_ascii_lowercase() == first || first.is_ascii() && matches!(c, '\u{17f}' | '\u{212a}');
    (all.len() <= 3 && all.iter().all(same)).then_some(first)
}

#[cfg(test)]
mod tests {
    use super::of_pattern;

    #[test]
    fn literals_stand_in_what_may_match() {
        for (pattern, passes, stops) in [
            (r"(?i)\b(?:keynote|opening)\b", "the keynote", "a talk"),
            (r"(?P<name>\p{L}{2,20})(?:さん|氏)", "森田さん", "森田"),
            (r"^(?:司会|進行)は.{0,20}$", "進行は森田", "会の話"),
            (r" and |[、，]|, | ?[&＆] ?", "a、b", "ab"),
            (r"(?i:hosted by|host was) (?P<name>\p{Lu}\w+)", "hosted by mara", "mara"),
            (r"(?i)Über(?-i)Uns", "überuns", "Überall"),
            (r"(?i)été", "été", "hiver"),
            (r"(?:第)(?P<n>[0-9]+)回", "第3回", "3"),
            (r"x{0}(?:ab){2}", "abab", "x"),
            (r"[\p{L}!]?\d{1,2}:[0-5]\d", "9:30", "930"),
        ] {
            let literals = of_pattern(pattern).unwrap_or_default();
            assert!(literals.iter().any(|l| passes.contains(l.as_str())), "{pattern}: {literals:?}");
            assert!(!literals.iter().any(|l| stops.contains(l.as_str())), "{pattern}: {literals:?}");
        }
    }

    #[test]
    fn a_pattern_may_have_none() {
        assert_eq!(of_pattern(r"^\p{Lu}\w+$"), None);
    }
}
