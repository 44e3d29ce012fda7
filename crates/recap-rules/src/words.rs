//! Word boundaries that cost nothing: the automaton that is fast stops at `\b` wherever a text is not ASCII, and what then
//! takes over is ten times slower.
//!
//! Beside an ASCII letter or digit of the pattern, `\b` asks that no letter of any script follows; an ASCII boundary asks
//! that no ASCII one does. So the pattern with these finds all that the exact one finds, and in ASCII texts nothing else.
//! Where the pattern's own letters may be beyond ASCII (`\b\p{Lu}\w+\b`), a boundary stays as it is.

use regex_syntax::hir::{Class, Hir, HirKind, Look};

use crate::classes::with_parts;

/// A pattern with the boundaries beside ASCII letters as ASCII ones, and whether it has any.
pub fn loosened(hir: &Hir) -> (Hir, bool) {
    let mut any = false;
    (loosen(hir, &mut any), any)
}

fn loosen(hir: &Hir, any: &mut bool) -> Hir {
    match hir.kind() {
        HirKind::Concat(parts) => {
            let each = parts.iter().enumerate();
            Hir::concat(each.map(|(i, part)| if is_loose(parts, i) { ascii_bound(any) } else { loosen(part, any) }).collect())
        }
        _ => with_parts(hir, &mut |part| loosen(part, any)),
    }
}

fn ascii_bound(any: &mut bool) -> Hir {
    *any = true;
    Hir::look(Look::WordAscii)
}

/// Whether a part of a sequence is a boundary beside an ASCII letter.
fn is_loose(parts: &[Hir], i: usize) -> bool {
    let bound = matches!(parts[i].kind(), HirKind::Look(Look::WordUnicode));
    let after = || edge(parts[i + 1..].iter(), Side::First) == Edge::Ascii;
    let before = || edge(parts[..i].iter().rev(), Side::Last) == Edge::Ascii;
    bound && (after() || before())
}

/// Which end of a pattern is asked about.
#[derive(Clone, Copy)]
enum Side {
    First,
    Last,
}

/// What stands at an end of every match.
#[derive(Clone, Copy, PartialEq)]
enum Edge {
    /// An ASCII letter, digit or `_`.
    Ascii,
    /// That, or nothing at all.
    AsciiOrNothing,
    Other,
}

/// The end of a sequence, its parts given from that end on.
fn edge<'h>(parts: impl Iterator<Item = &'h Hir>, side: Side) -> Edge {
    for part in parts {
        match of(part, side) {
            Edge::AsciiOrNothing => {}
            told => return told,
        }
    }
    Edge::AsciiOrNothing
}

fn of(hir: &Hir, side: Side) -> Edge {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => Edge::AsciiOrNothing,
        HirKind::Literal(literal) => {
            let byte = match side {
                Side::First => literal.0.first(),
                Side::Last => literal.0.last(),
            };
            byte.map_or(Edge::AsciiOrNothing, |byte| told(byte.is_ascii_alphanumeric() || *byte == b'_'))
        }
        HirKind::Class(class) => told(is_ascii(class)),
        HirKind::Capture(capture) => of(&capture.sub, side),
        HirKind::Repetition(repetition) => match of(&repetition.sub, side) {
            Edge::Ascii if repetition.min == 0 => Edge::AsciiOrNothing,
            edge => edge,
        },
        HirKind::Concat(parts) => match side {
            Side::First => edge(parts.iter(), side),
            Side::Last => edge(parts.iter().rev(), side),
        },
        HirKind::Alternation(parts) => parts.iter().map(|part| of(part, side)).fold(Edge::Ascii, |a, b| match (a, b) {
            (Edge::Other, _) | (_, Edge::Other) => Edge::Other,
            (Edge::Ascii, Edge::Ascii) => Edge::Ascii,
            _ => Edge::AsciiOrNothing,
        }),
    }
}

fn told(ascii: bool) -> Edge {
    if ascii { Edge::Ascii } else { Edge::Other }
}

/// Whether a class holds only ASCII letters and digits, beside the long s and the Kelvin sign, which are letters of
/// either case to Unicode.
fn is_ascii(class: &Class) -> bool {
    let word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '\u{17f}' | '\u{212a}');
    match class {
        Class::Unicode(class) => class.iter().all(|range| range.len() < 128 && (range.start()..=range.end()).all(word)),
        Class::Bytes(class) => {
            class.iter().all(|range| (range.start()..=range.end()).all(|byte| word(char::from(byte)) && byte.is_ascii()))
        }
    }
}

#[cfg(test)]
mod tests {
    use regex_syntax::hir::{Hir, HirKind, Look};
    use regex_syntax::parse;

    use super::loosened;

    /// Unicode and ASCII boundaries in a pattern.
    fn bounds(hir: &Hir) -> (usize, usize) {
        let all = |parts: &[Hir]| parts.iter().map(bounds).fold((0, 0), |a, b| (a.0 + b.0, a.1 + b.1));
        match hir.kind() {
            HirKind::Look(Look::WordUnicode) => (1, 0),
            HirKind::Look(Look::WordAscii) => (0, 1),
            HirKind::Repetition(repetition) => bounds(&repetition.sub),
            HirKind::Capture(capture) => bounds(&capture.sub),
            HirKind::Concat(parts) | HirKind::Alternation(parts) => all(parts),
            _ => (0, 0),
        }
    }

    #[test]
    fn boundaries_beside_ascii_are_ascii() {
        for pattern in [r"\bkeynote\b", r"(?i)\b(?:slides?|talks)\b", r"\b(?P<n>[0-9]{1,3})(?:st|nd)?\b", r"x \b[a-z]+ \p{L}\d"] {
            let (unicode, ascii) = bounds(&loosened(&parse(pattern).expect("valid")).0);
            assert!(unicode == 0 && ascii > 0, "{pattern}");
        }
    }

    #[test]
    fn boundaries_beside_any_letters_stay() {
        for pattern in [r"\b\p{Lu}\w+ ", r"\bévénement ", r" (?:café|thé)\b", r" (?:[a-z]*|é)\b", r"(?:\b|^)\p{L}"] {
            let (unicode, ascii) = bounds(&loosened(&parse(pattern).expect("valid")).0);
            assert!(unicode > 0 && ascii == 0, "{pattern}");
        }
    }
}
