//! Name and affiliation within one stretch of text: `Name from Company`, `会社の名前`, `株式会社Company Job Name`.

use recap_document::Span;
use recap_rules::Use;

use super::Known;
use super::score::{is_affiliation, is_job, is_remark, name_likeness};
use super::text::{joints, take_honorific, trim, without_honorific};
use crate::context::Context;
use crate::finding::Found;

/// A name at least this likely is not cut any further.
const WHOLE: f64 = 0.6;

/// What sets a remark off from a name.
const COMMAS: [char; 3] = [',', '，', '、'];

/// An affiliation is shorter, in characters.
const MAX_AFFILIATION: usize = 60;

/// Half a name in kanji is not longer, in characters.
const MAX_HALF: usize = 3;

/// A longer stretch, in characters, is a sentence: nobody's name and affiliation are.
const MAX_STRETCH: usize = 100;

/// `(name, affiliation)` where a stretch holds both. `sure`: an honorific or an account says that a person is named here.
pub fn split(context: &Context<'_>, known: Option<&Known>, span: Span, sure: bool) -> Option<(Span, Span)> {
    context.memo.split((span, known.is_some(), sure), || cut(context, known, span, sure))
}

fn cut(context: &Context<'_>, known: Option<&Known>, span: Span, sure: bool) -> Option<(Span, Span)> {
    if context.doc.slice(span).chars().count() > MAX_STRETCH {
        return None;
    }
    if name_likeness(context, known, context.doc.slice(span)) >= WHOLE {
        return None;
    }
    name_first(context, known, span, sure)
        .or_else(|| by_particle(context, known, span, sure))
        .or_else(|| by_space(context, known, span, sure))
        .or_else(|| behind_job(context, known, span, sure))
}

/// `Name from Company`, `Name at Company`.
fn name_first(context: &Context<'_>, known: Option<&Known>, span: Span, sure: bool) -> Option<(Span, Span)> {
    joints(context, "name-first", context.doc.slice(span)).find_map(|word| {
        let (left, right) = halves(context, span, word.start, word.end - word.start);
        let least = if sure { 0.3 } else { WHOLE };
        let company = context.doc.slice(right).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
            || is_affiliation(context, context.doc.slice(right));
        let is_name = name_likeness(context, known, context.doc.slice(left)) >= least;
        (is_name && company && right.len() <= 4 * MAX_AFFILIATION).then_some((left, right))
    })
}

/// `会社の名前`, `会社より名前`: the name at the end.
fn by_particle(context: &Context<'_>, known: Option<&Known>, span: Span, sure: bool) -> Option<(Span, Span)> {
    let places: Vec<(usize, usize)> =
        joints(context, "name-last", context.doc.slice(span)).map(|hit| (hit.start, hit.end - hit.start)).collect();
    places.into_iter().rev().take(3).find_map(|(at, length)| {
        let (left, right) = halves(context, span, at, length);
        let name = context.doc.slice(without_honorific(context, right));
        let likely = name_likeness(context, known, name);
        let company = context.doc.slice(left);
        // `チームへの旅`: what leads to something is no company.
        let kana =
            company.chars().all(|c| ('\u{3041}'..='\u{309f}').contains(&c)) || company.ends_with(['へ', 'に', 'で', 'を', 'が', 'と']);
        let fits = likely >= 0.5 || likely >= 0.3 && (sure || is_affiliation(context, company));
        // `宮の沢` is a name itself.
        (fits && !kana && company.chars().count() >= 2 && name.chars().count() >= 2).then_some((right, left))
    })
}

/// `Company Name`: one or two words at the end are the name, where what stands before is a company, or a person is sure.
fn by_space(context: &Context<'_>, known: Option<&Known>, span: Span, sure: bool) -> Option<(Span, Span)> {
    let text = context.doc.slice(span);
    let spaces: Vec<(usize, usize)> = text.rmatch_indices([' ', '\u{3000}']).map(|(at, s)| (at, s.len())).take(3).collect();
    // Two words first: `会社 森田 光`.
    let order = spaces.iter().skip(1).chain(spaces.first());
    let wide = |s: &str| s.chars().any(|c| c as u32 >= 0x2e80);
    for &(at, length) in order {
        let (left, right) = halves(context, span, at, length);
        let (company, name) = (context.doc.slice(left), context.doc.slice(right));
        let two_words = name.contains([' ', '\u{3000}']);
        let least = if two_words { WHOLE } else { 0.3 };
        let backed = is_affiliation(context, company) || sure && (wide(name) || wide(company));
        if !backed && !name.starts_with(is_han) {
            continue;
        }
        let likely = name_likeness(context, known, name);
        if (backed || foreign(company, name, likely)) && company.chars().count() >= 2 && likely >= least {
            return Some(with_given(context, left, right).unwrap_or((right, left)));
        }
    }
    // `Name Company`, `Name , remark`
    let beside = |at: usize, right: &str| is_affiliation(context, right) || text[at..].starts_with(COMMAS) && is_remark(context, right);
    spaces.iter().find_map(|&(at, length)| {
        let (left, right) = halves(context, span, at, length);
        let likely = || name_likeness(context, known, context.doc.slice(left));
        (beside(at + length, context.doc.slice(right)) && likely() >= WHOLE).then_some((left, right))
    })
}

/// `くも社のMara Lindqvist`, `講師は森田 光`: the word behind a particle belongs to the name behind it, as its other half.
fn with_given(context: &Context<'_>, left: Span, right: Span) -> Option<(Span, Span)> {
    let (text, name) = (context.doc.slice(left), context.doc.slice(right));
    let half = halved(text, name)?;
    let before = &text[..text.len() - half.len()];
    let particle = before.ends_with(|c| ('\u{3041}'..='\u{3096}').contains(&c));
    let whole = before.is_empty() && half.is_ascii();
    if !(particle || whole) || is_affiliation(context, half) {
        return None;
    }
    let at = left.start + before.len();
    Some((Span::new(at, right.end), trim(context.doc, Span::new(left.start, at))))
}

/// The end of a text that may be the other half of a name: a capitalised word before a capitalised one, a short one in kanji before
/// a short one.
pub fn halved<'t>(text: &'t str, name: &str) -> Option<&'t str> {
    let last = |fits: fn(char) -> bool| {
        let length: usize = text.chars().rev().take_while(|c| fits(*c)).map(char::len_utf8).sum();
        &text[text.len() - length..]
    };
    let latin = last(|c| c.is_ascii_alphabetic() || c == '.');
    let capital = |text: &str| text.starts_with(|c: char| c.is_ascii_uppercase());
    if capital(latin) && capital(name) {
        return Some(latin);
    }
    let han = last(is_han);
    let short =
        name.chars().take(MAX_HALF + 1).count() <= MAX_HALF && name.chars().all(|c| is_han(c) || ('\u{3041}'..='\u{30ff}').contains(&c));
    (short && (1..=MAX_HALF).contains(&han.chars().count())).then_some(han)
}

/// A word in Latin letters or kana before a full name in kanji: no name begins so, a company's does.
fn foreign(company: &str, name: &str, likely: f64) -> bool {
    let full = name.starts_with(is_han) && (likely >= 0.8 || likely >= 0.45 && name.chars().count() >= 3 && name.chars().all(is_han));
    full && !company.contains([' ', '\u{3000}']) && company.chars().all(|c| c.is_alphanumeric() && !is_han(c) || c == 'ー')
}

fn is_han(c: char) -> bool {
    matches!(c, '々' | '\u{3400}'..='\u{9fff}')
}

/// `くも社代表取締役森田光`: the name behind the last word for a job.
fn behind_job(context: &Context<'_>, known: Option<&Known>, span: Span, sure: bool) -> Option<(Span, Span)> {
    let text = context.doc.slice(span);
    let jobs = context.asking(Use::Affiliation, text).filter(|r| r.kind.as_deref() == Some("job"));
    let end = jobs.flat_map(|rule| rule.find_all(text).map(|hit| hit.end).collect::<Vec<_>>()).filter(|&end| end < text.len()).max()?;
    let (left, right) = halves(context, span, end, 0);
    let likely = name_likeness(context, known, context.doc.slice(right));
    (likely >= if sure { 0.3 } else { WHOLE }).then_some((right, left))
}

fn halves(context: &Context<'_>, span: Span, at: usize, gap: usize) -> (Span, Span) {
    let left = trim(context.doc, Span::new(span.start, span.start + at));
    (left, trim(context.doc, Span::new(span.start + at + gap, span.end)))
}

/// The affiliation that a stretch gives: its last clause, where that is short and no sentence. A mere job is none.
pub fn affiliation(context: &Context<'_>, span: Span) -> Option<Found<String>> {
    let mut span = last_clause(context, span);
    take_honorific(context, &mut span);
    let text = context.doc.slice(span);
    let length = text.chars().count();
    let written = text.chars().filter(|c| c.is_alphabetic()).count();
    let sentence = context.asking(Use::Affiliation, text).any(|r| r.kind.as_deref() == Some("none") && r.matches(text));
    let fits = (2..=MAX_AFFILIATION).contains(&length) && written * 2 > length && !sentence && !is_job(context, text);
    fits.then(|| Found::spoken(context.doc, span, "person/affiliation", 0.8))
}

/// The company that stands before a name in a sentence: `くも株式会社の` before `森田さん`.
pub fn company_before(context: &Context<'_>, name: Span) -> Option<Found<String>> {
    let ahead = context.doc.text.get(..name.start)?.strip_suffix('の')?;
    let near = &ahead[ahead.ceil_char_boundary(ahead.len().saturating_sub(4 * MAX_AFFILIATION))..];
    let words = near.rsplit(['\n', '。', '、', '！', '!', '「', '」', ' ', '\u{3000}']).next()?;
    let span = Span::new(ahead.len() - words.len(), ahead.len());
    super::is_company(context, words).then(|| affiliation(context, span)).flatten()
}

/// `トップバッターはくも社` gives `くも社`.
fn last_clause(context: &Context<'_>, span: Span) -> Span {
    let cut = joints(context, "clause", context.doc.slice(span)).map(|hit| hit.group("rest").map_or(hit.end, |(s, ..)| s)).max();
    trim(context.doc, Span::new(span.start + cut.unwrap_or(0), span.end))
}
