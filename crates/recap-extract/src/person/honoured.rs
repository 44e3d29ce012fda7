//! The name in front of an honorific in running text: `くも社より我らが森田 光さん`.

use recap_rules::Use;

use super::Known;
use super::score::name_likeness;
use super::text::joints;
use crate::context::Context;

/// Bytes before an honorific in which its name is looked for.
const WINDOW: usize = 96;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Han,
    Hiragana,
    Katakana,
    Latin,
    Hangul,
    Space,
    Other,
}

/// Names before honorifics in a text, as byte ranges, with the rule and the end of the honorific.
pub fn names<'t>(
    context: &'t Context<'_>,
    known: Option<&'t Known>,
    text: &'t str,
) -> impl Iterator<Item = (usize, usize, usize, &'t str)> {
    let signs = context.asking(Use::Honorific, text).filter(|r| r.kind.as_deref() == Some("sign"));
    let hits = signs.flat_map(move |rule| {
        rule.find_all(text).filter_map(move |hit| hit.group("sign").map(|(s, e, _)| (s, e, rule.rule().id.as_str())))
    });
    hits.filter_map(move |(at, end, rule)| name_before(context, known, text, at).map(|(from, to)| (from, to, end, rule)))
}

/// The byte range of the name that ends at a byte offset.
fn name_before(context: &Context<'_>, known: Option<&Known>, text: &str, at: usize) -> Option<(usize, usize)> {
    let low = (at.saturating_sub(WINDOW)..=at).find(|&i| text.is_char_boundary(i))?;
    let window = text.get(low..at)?;
    let end = window.trim_end_matches([' ', '\u{3000}']).len();
    let runs = runs(&window[..end]);
    let candidates = candidates(context, &window[..end], &runs);
    let likeness = |from: &usize| name_likeness(context, known, &window[*from..end]);
    let proven = candidates.iter().copied().find(|from| known.is_some_and(|k| k.has_name(&window[*from..end])));
    let best = proven
        .or_else(|| candidates.iter().copied().find(|from| likeness(from) >= 0.6))
        .or_else(|| candidates.iter().copied().rfind(|from| likeness(from) > 0.0));
    best.map(|from| (low + from, low + end))
}

/// Where the name may begin, the longest first.
fn candidates(context: &Context<'_>, text: &str, runs: &[(usize, Script)]) -> Vec<usize> {
    let run = |back: usize| runs.len().checked_sub(back + 1).map(|i| runs[i]);
    let Some((start, script)) = run(0) else { return Vec::new() };
    let mut found = Vec::new();
    let spaced = matches!(run(1), Some((_, Script::Space)));
    if spaced && let Some((from, before)) = run(2) {
        let length = text[from..start].trim().chars().count();
        let family = before == Script::Han && length <= 4 && matches!(script, Script::Han | Script::Hiragana | Script::Katakana);
        let capital = text[from..].starts_with(char::is_uppercase);
        if family || before == script && script == Script::Katakana || script == Script::Latin && before == Script::Latin && capital {
            if script == Script::Latin && run(3).is_some_and(|(_, s)| s == Script::Space) {
                found.extend(run(4).filter(|&(f, s)| s == Script::Latin && text[f..].starts_with(char::is_uppercase)).map(|(f, _)| f));
            }
            found.push(from);
        }
    }
    if !spaced && matches!(script, Script::Hiragana | Script::Katakana) {
        found.extend(run(1).filter(|(from, s)| *s == Script::Han && text[*from..start].chars().count() <= 3).map(|(from, _)| from));
    }
    match script {
        Script::Other | Script::Space => {}
        Script::Hiragana => found.extend(hiragana(context, text, start, run(1).is_some() && !spaced)),
        // Of a long run of kanji only the end can be a name: `代表取締役森田光`.
        Script::Han => {
            let cuts: Vec<usize> = text[start..].char_indices().map(|(i, _)| start + i).collect();
            let longest = cuts.len().saturating_sub(5);
            found.extend(if cuts.len() <= 5 {
                cuts.first().copied().into_iter().collect()
            } else {
                cuts[longest..cuts.len() - 1].to_vec()
            });
        }
        Script::Katakana | Script::Latin | Script::Hangul => found.push(start),
    }
    found
}

/// Where a name in hiragana may begin: at the run's start, or behind a particle in it, which is likelier where a word stands right before.
fn hiragana(context: &Context<'_>, text: &str, start: usize, attached: bool) -> Vec<usize> {
    let run = &text[start..];
    let particles: Vec<(usize, usize)> = joints(context, "particle", run).map(|hit| (hit.start, hit.end)).collect();
    let cut = particles.iter().map(|(_, end)| start + end).filter(|&from| text[from..].chars().count() >= 2).max();
    let leading = particles.iter().any(|(at, _)| *at == 0);
    let long = run.chars().count() > 6;
    match cut {
        Some(cut) if attached && leading || long => vec![start, cut],
        _ if attached && leading => Vec::new(),
        _ => vec![start],
    }
}

/// Runs of one script: where each begins.
fn runs(text: &str) -> Vec<(usize, Script)> {
    let mut runs: Vec<(usize, Script)> = Vec::new();
    for (at, c) in text.char_indices() {
        let before = runs.last().map(|r| r.1);
        let script = match c {
            'ー' | '〜' if matches!(before, Some(Script::Hiragana | Script::Katakana)) => before.unwrap_or(Script::Katakana),
            '・' | '=' | '＝' if before == Some(Script::Katakana) => Script::Katakana,
            '々' | 'ヶ' | 'ヵ' if before == Some(Script::Han) => Script::Han,
            '_' | '-' | '.' | '0'..='9' => Script::Latin,
            ' ' | '\u{3000}' => Script::Space,
            '。' | '☆' | '★' if at + c.len_utf8() == text.len() => before.unwrap_or(Script::Other),
            c => script(c),
        };
        if before != Some(script) {
            runs.push((at, script));
        }
    }
    runs
}

fn script(c: char) -> Script {
    match c {
        '\u{3041}'..='\u{309f}' => Script::Hiragana,
        '\u{30a1}'..='\u{30ff}' => Script::Katakana,
        '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}' => Script::Han,
        '\u{ac00}'..='\u{d7a3}' => Script::Hangul,
        c if c.is_alphabetic() => Script::Latin,
        _ => Script::Other,
    }
}
