//! Literals that every match of a pattern must contain: a text without any of them needs no regular expression, and a
//! rule whose literals a document lacks is never compiled.

use regex_syntax::hir::{Class, Hir, HirKind};

/// More literals than this are no filter.
const MAX_LITERALS: usize = 400;
/// A class of at most so many characters is as many literals.
const MAX_CLASS: usize = 16;

/// Literals of which every match of a pattern contains at least one, ASCII letters in lower case; none where a pattern has
/// no such literals, or too many ones.
pub fn of_pattern(pattern: &str) -> Option<Vec<String>> {
    let literals = regex_syntax::parse(pattern).ok().and_then(|hir| required(&hir));
    literals.filter(|all| all.len() <= MAX_LITERALS && all.iter().all(|l| !l.is_empty()))
}

/// Literals of which every match contains at least one; ASCII letters in lower case.
fn required(hir: &Hir) -> Option<Vec<String>> {
    match hir.kind() {
        HirKind::Literal(literal) => Some(vec![std::str::from_utf8(&literal.0).ok()?.to_ascii_lowercase()]),
        HirKind::Class(class) => one_letter(class).map(|c| vec![c.to_string()]).or_else(|| few(class)),
        HirKind::Capture(capture) => required(&capture.sub),
        HirKind::Repetition(repetition) if repetition.min >= 1 => required(&repetition.sub),
        HirKind::Concat(parts) => best_of(parts),
        HirKind::Alternation(parts) => {
            let each: Option<Vec<Vec<String>>> = parts.iter().map(required).collect();
            each.map(|all| all.concat()).filter(|all| all.len() <= MAX_LITERALS)
        }
        _ => None,
    }
}

/// The best part of a sequence: single letters side by side (a case-insensitive word) are joined first.
fn best_of(parts: &[Hir]) -> Option<Vec<String>> {
    let mut sets: Vec<Vec<String>> = Vec::new();
    let mut word = String::new();
    for part in parts {
        match part.kind() {
            HirKind::Literal(literal) => word.push_str(&std::str::from_utf8(&literal.0).ok()?.to_ascii_lowercase()),
            HirKind::Class(class) if one_letter(class).is_some() => word.extend(one_letter(class)),
            _ => {
                if !word.is_empty() {
                    sets.push(vec![std::mem::take(&mut word)]);
                }
                sets.extend(required(part));
            }
        }
    }
    if !word.is_empty() {
        sets.push(vec![word]);
    }
    let shortest = |set: &Vec<String>| set.iter().map(String::len).min().unwrap_or(0);
    sets.into_iter().max_by_key(|set| (shortest(set).min(6), std::cmp::Reverse(set.len())))
}

/// The characters of a small class.
fn few(class: &Class) -> Option<Vec<String>> {
    let Class::Unicode(class) = class else { return None };
    let all: Vec<char> = class.iter().flat_map(|range| range.start()..=range.end()).take(MAX_CLASS + 1).collect();
    let mut literals: Vec<String> = all.iter().map(|c| c.to_ascii_lowercase().to_string()).collect();
    literals.dedup();
    (1..=MAX_CLASS).contains(&all.len()).then_some(literals)
}

/// The letter that a case-insensitive class stands for (`[Ss]`, with the long s and the Kelvin sign that Unicode adds).
fn one_letter(class: &Class) -> Option<char> {
    let Class::Unicode(class) = class else { return None };
    let all: Vec<char> = class.iter().take(4).flat_map(|range| (range.start()..=range.end()).take(4)).collect();
    let ascii = all.iter().copied().filter(char::is_ascii).map(|c| c.to_ascii_lowercase()).collect::<Vec<_>>();
    let first = *ascii.first()?;
    let rest_is_fold = all.iter().all(|c| c.is_ascii() || matches!(c, '\u{17f}' | '\u{212a}'));
    (all.len() <= 3 && rest_is_fold && ascii.iter().all(|c| *c == first)).then_some(first)
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
