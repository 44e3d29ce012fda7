//! Character classes with fewer ranges: what makes a pattern large is that Unicode's letters lie in 650 ranges, most of
//! them in scripts that no rule is about.
//!
//! In the blocks of [`DISTANT`], a class holds all characters or none, as a sample says: there, marks and digits count as
//! letters. In all other blocks nothing changes.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind};

/// Blocks of scripts that no rule tells apart: those between Cyrillic and the Latin extensions, between these and
/// punctuation, between the kanji radicals' neighbours and the CJK blocks, and the planes above. Hangul, kana, Han, Latin,
/// Greek, Cyrillic, punctuation, symbols and emoji are in none of them.
const DISTANT: &[(char, char)] = &[
    ('\u{530}', '\u{10ff}'),
    ('\u{1200}', '\u{1dff}'),
    ('\u{2c00}', '\u{2dff}'),
    ('\u{a000}', '\u{abff}'),
    ('\u{d7b0}', '\u{d7ff}'),
    ('\u{fb00}', '\u{fe0f}'),
    ('\u{fe70}', '\u{fefe}'),
    ('\u{10000}', '\u{1efff}'),
    // Rare kanji, as in 𠮷田, and what lies behind them.
    ('\u{20000}', '\u{323af}'),
    ('\u{323b0}', '\u{10ffff}'),
];

/// Characters of a block that are asked.
const SAMPLE: u32 = 31;
/// A class with fewer ranges is no trouble.
const FEW: usize = 24;

/// A pattern that matches the same but in [`DISTANT`] blocks, and is much smaller once compiled.
pub fn simplified(hir: &Hir) -> Hir {
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) if class.ranges().len() >= FEW => Hir::class(Class::Unicode(coarse(class))),
        _ => with_parts(hir, &mut simplified),
    }
}

/// A pattern with its parts rewritten; one without parts stays as it is.
pub fn with_parts(hir: &Hir, rewrite: &mut dyn FnMut(&Hir) -> Hir) -> Hir {
    match hir.kind() {
        HirKind::Repetition(repetition) => Hir::repetition(repetition.with(rewrite(&repetition.sub))),
        HirKind::Capture(capture) => {
            let mut capture = capture.clone();
            capture.sub = Box::new(rewrite(&capture.sub));
            Hir::capture(capture)
        }
        HirKind::Concat(parts) => Hir::concat(parts.iter().map(rewrite).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.iter().map(rewrite).collect()),
        _ => hir.clone(),
    }
}

fn coarse(class: &ClassUnicode) -> ClassUnicode {
    let mut coarse = class.clone();
    for &(first, last) in DISTANT {
        let block = ClassUnicode::new([ClassUnicodeRange::new(first, last)]);
        if holds_some(class, first, last) {
            coarse.union(&block);
        } else {
            coarse.difference(&block);
        }
    }
    coarse
}

/// Whether a class holds more than a quarter of a sample of a block: blocks have gaps, and marks beside their letters.
fn holds_some(class: &ClassUnicode, first: char, last: char) -> bool {
    let (first, last) = (u32::from(first), u32::from(last));
    let holds = |c: u32| {
        let behind = class.ranges().partition_point(|range| u32::from(range.start()) <= c);
        behind > 0 && c <= u32::from(class.ranges()[behind - 1].end())
    };
    let asked = (0..SAMPLE).map(|i| first + (last - first) / SAMPLE * i);
    asked.filter(|&c| holds(c)).count() * 4 > SAMPLE as usize
}

#[cfg(test)]
mod tests {
    use regex_automata::meta::Regex;
    use regex_syntax::hir::{Class, HirKind};
    use regex_syntax::parse;

    use super::simplified;

    fn both(pattern: &str) -> (Regex, Regex) {
        let hir = parse(pattern).expect("valid");
        let build = |hir| Regex::builder().build_from_hir(hir).expect("small");
        (build(&hir), build(&simplified(&hir)))
    }

    #[test]
    fn near_scripts_stay_as_they_are() {
        let classes = [r"\p{L}", r"\p{Lu}", r"\p{N}", r"\p{P}", r"\p{S}", r"\w", r"\s", r"[^\p{L}\p{N}]", r"(?i)[a-zé\p{Greek}]", r"\p{M}"];
        let near =
            (0..0x530).chain(0x1e00..0x2c00).chain(0x2e00..0xa000).chain(0xac00..0xd7b0).chain(0xff00..0x10000).chain(0x1f000..0x20000);
        let near: String = near.filter_map(char::from_u32).collect();
        for class in classes {
            let (exact, simple) = both(class);
            assert!(exact.find_iter(&near).eq(simple.find_iter(&near)), "{class}");
        }
    }

    #[test]
    fn a_class_of_letters_is_small() {
        let hir = simplified(&parse(r"\p{L}").expect("valid"));
        assert!(matches!(hir.kind(), HirKind::Class(Class::Unicode(class)) if class.ranges().len() < 100), "{hir}");
    }

    #[test]
    fn distant_scripts_are_letters() {
        let (_, simple) = both(r"(?P<name>\p{L}{2,9}) (?:さん|\d+)$");
        for text in ["สวัสดี さん", "森田 さん", "მარიამ 12", "Ярослав 3", "𠮷田 さん", "שלום 4", "नमस्ते 5"]
        {
            assert!(simple.is_match(text), "{text}");
        }
        for text in ["12 さん", "森田さん", "—— 3"] {
            assert!(!simple.is_match(text), "{text}");
        }
    }
}
