//! The event's name: candidates from titles, fields, links and sentences, which speak for each other.

use recap_model::Method;
use recap_rules::Use;
use recap_text::names::fold;

use super::piece::Piece;
use super::scope::Scope;
use super::{titles, told};
use crate::finding::{Found, Rival};

/// Longest name, in characters.
const MAX_NAME: usize = 110;
/// Bytes of the document in which occurrences are counted.
const COUNTED: usize = 48 << 10;
/// Least score of a name; below it there is none.
const ENOUGH: f64 = 1.8;
/// Candidates beyond these are not looked at.
const MAX_CANDIDATES: usize = 80;

/// Where a candidate comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A labelled value.
    Field,
    /// The document's title.
    Title,
    /// The text of a link to an event page.
    Link,
    /// A sentence.
    Sentence,
    /// A heading.
    Heading,
}

impl Source {
    /// The rule's id where no written rule applies.
    pub fn rule(self) -> &'static str {
        match self {
            Self::Field => "event/field-name",
            Self::Title => "event/title",
            Self::Link => "event/link-text",
            Self::Sentence => "event/sentence",
            Self::Heading => "event/heading",
        }
    }

    fn weight(self) -> f64 {
        match self {
            Self::Field => 4.0,
            Self::Title => 1.5,
            Self::Link => 2.5,
            Self::Sentence => 1.5,
            Self::Heading => 0.5,
        }
    }
}

/// A possible name.
#[derive(Debug, Clone)]
pub struct Candidate {
    /// It and where it stands.
    pub found: Found<String>,
    /// For comparing.
    pub key: String,
    /// Where it comes from.
    pub source: Source,
    /// What speaks for it alone.
    pub weight: f64,
    /// Whether it has a number or year.
    pub numbered: bool,
}

/// The candidates and what they are judged by.
pub struct Names<'s, 'a> {
    /// What is read.
    pub scope: &'s Scope<'s, 'a>,
    /// All candidates, in the order in which they were found.
    pub all: Vec<Candidate>,
}

/// The name, and the names that lost.
pub fn find(scope: &Scope<'_, '_>) -> (Option<Found<String>>, Vec<Rival>) {
    let mut names = Names::new(scope);
    for field in scope.values("event.name").filter(|f| f.index == 0) {
        names.add(Piece::of(scope.context.doc, field.value), Source::Field, &field.rule.id, 0.0);
    }
    if scope.context.doc.meta.is_deck {
        // A deck is called after its talk; the event stands on its first slide.
        titles::on_first_slide(&mut names);
    } else {
        titles::find(&mut names);
    }
    told::find(&mut names);
    names.best()
}

/// What the document is called, less what is no part of a name: its first heading, else its title or first line.
pub fn of_document(scope: &Scope<'_, '_>) -> Option<Found<String>> {
    let names = Names::new(scope);
    let piece = names.trim(titles::first(scope)?);
    names.plausible(piece.text).then(|| piece.found("event/title-of-fields", 0.7))
}

impl<'s, 'a> Names<'s, 'a> {
    fn new(scope: &'s Scope<'s, 'a>) -> Self {
        Self { scope, all: Vec::new() }
    }

    /// The rules of a kind about names that may find something in a text.
    fn asking(&self, kind: &'static str, text: &str) -> impl Iterator<Item = recap_rules::Candidate<'a>> + use<'a> {
        self.scope.context.asking_for(Use::EventName, kind, text)
    }

    /// The rules for numbers and years of events that may find something in a text.
    fn editions(&self, text: &str) -> impl Iterator<Item = recap_rules::Candidate<'a>> + use<'a> {
        self.scope.context.asking(Use::Edition, text)
    }

    /// Whether a text has a word that names of events have.
    fn has_word(&self, text: &str) -> bool {
        self.asking("word", text).any(|r| r.matches(text))
    }

    /// Adds a candidate, if it may be a name.
    pub fn add(&mut self, piece: Piece<'a>, source: Source, rule: &str, bonus: f64) {
        let piece = self.trim(piece);
        if self.all.len() >= MAX_CANDIDATES || !self.plausible(piece.text) {
            return;
        }
        let numbered = self.is_numbered(piece.text);
        let word = self.has_word(piece.text);
        // What words of a report were cut off from begins like a name: `Two days of data in Ghent` has none.
        let told = bonus > 0.0 && (word || !piece.text.starts_with(char::is_lowercase));
        let sure = source == Source::Field || told || numbered || (word && self.is_proper(piece.text));
        if !sure {
            return;
        }
        let weight = source.weight() + bonus + f64::from(u8::from(numbered)) + 0.4 * f64::from(u8::from(word));
        let confidence = (0.55 + 0.08 * weight).min(0.97);
        self.all.push(Candidate { found: piece.found(rule, confidence), key: fold(piece.text), source, weight, numbered });
    }

    /// Whether a number or year of an event stands in a text.
    pub fn is_numbered(&self, text: &str) -> bool {
        self.editions(text).any(|r| r.matches(text))
    }

    /// Whether a text has a word that names of events have, or a number.
    pub fn looks_named(&self, text: &str) -> bool {
        self.is_numbered(text) || self.has_word(text)
    }

    /// Cuts off what is around a name: the words of a report, a site's name, quotation marks.
    pub fn trim(&self, piece: Piece<'a>) -> Piece<'a> {
        let mut piece = piece;
        for _ in 0..6 {
            let before = piece.text.len();
            piece = strip(piece);
            if let Some(found) = self.asking("head", piece.text).find_map(|r| r.find(piece.text)).filter(|f| f.start == 0) {
                piece = piece.part(found.group("rest").map_or(found.end, |(start, ..)| start)..piece.text.len());
            }
            if let Some(found) = self.asking("tail", piece.text).find_map(|r| r.find(piece.text)).filter(|f| f.end == piece.text.len()) {
                piece = piece.part(0..found.group("rest").map_or(found.start, |(start, ..)| start));
            }
            if piece.text.len() == before {
                break;
            }
        }
        piece
    }

    /// Whether the language sets the verb last: what a report says of the event stands behind its name then, and marks it.
    pub fn verb_last(&self) -> bool {
        let context = self.scope.context;
        context.rules.of(Use::EventName, context.language).any(|r| r.kind.as_deref() == Some("tells"))
    }

    /// Whether a text is one of those that name no event: `May meetup`, `Slides`.
    pub fn is_generic(&self, text: &str) -> bool {
        self.asking("not", text).any(|r| r.matches(text))
    }

    /// A piece up to the number of an event in it, where more stands behind.
    pub fn up_to_number(&self, piece: Piece<'a>) -> Option<Piece<'a>> {
        let piece = self.trim(piece);
        let found = self.editions(piece.text).filter(|r| r.value.is_none()).find_map(|r| r.find(piece.text))?;
        let (start, end) = found.group("rest").map_or((found.start, found.end), |(start, end, _)| (start, end));
        let letters = piece.text.get(..start)?.chars().filter(|c| c.is_alphabetic()).count();
        (letters >= 2 && end < piece.text.len()).then(|| piece.part(0..end))
    }

    /// Whether a text has more than the words that any event's name has: a proper name of two letters at least.
    fn is_proper(&self, text: &str) -> bool {
        let rest = self
            .asking("word", text)
            .find_map(|r| r.find(text))
            .map_or(text.to_owned(), |f| format!("{} {}", &text[..f.start], &text[f.end..]));
        let proper =
            |word: &str| word.chars().count() >= 2 && word.chars().any(|c| c.is_uppercase() || (c.is_alphabetic() && !c.is_lowercase()));
        rest.split_whitespace().any(proper) || text.split_whitespace().any(|w| w.chars().skip(1).any(char::is_uppercase))
    }

    fn plausible(&self, text: &str) -> bool {
        let length = text.chars().count();
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let shaped = (2..=MAX_NAME).contains(&length) && letters >= 2 && !text.contains("://");
        shaped && !self.is_only_number(text) && !self.is_generic(text)
    }

    /// Whether nothing is left of a text without its number: `第10章`, `#3`.
    fn is_only_number(&self, text: &str) -> bool {
        let Some(found) = self.editions(text).find_map(|r| r.find(text)) else { return false };
        let (start, end) = found.group("rest").map_or((found.start, found.end), |(start, end, _)| (start, end));
        let letters = |t: Option<&str>| t.unwrap_or_default().chars().filter(|c| c.is_alphabetic()).count();
        letters(text.get(..start)) + letters(text.get(end..)) < 2
    }

    /// The candidate that the others speak for most.
    fn best(self) -> (Option<Found<String>>, Vec<Rival>) {
        let scores = self.scores();
        let order = |&i: &usize| (scores[i], std::cmp::Reverse(i));
        let better = |a: &usize, b: &usize| order(a).0.total_cmp(&order(b).0).then(order(a).1.cmp(&order(b).1));
        let Some(best) = (0..self.all.len()).filter(|&i| scores[i] >= ENOUGH).max_by(better) else { return (None, Vec::new()) };
        let best = self.fuller(best, &scores);
        let mut found = self.all[best].found.clone();
        let same = self.all.iter().enumerate().filter(|(i, c)| *i != best && c.key == self.all[best].key);
        found.proofs.extend(same.flat_map(|(_, c)| c.found.proofs.iter().cloned()));
        if let Some(first) = found.proofs.first_mut() {
            first.confidence = (0.5 + 0.07 * scores[best]).min(0.97);
        }
        (Some(found), self.rivals(best, &scores))
    }

    /// The spelling with number or theme, where a candidate's fuller form is known too.
    fn fuller(&self, best: usize, scores: &[f64]) -> usize {
        let own = &self.all[best];
        let themed = |other: &Candidate| {
            let rest = other.found.value.strip_prefix(own.found.value.as_str()).map(str::trim_start);
            rest.is_some_and(|rest| rest.starts_with(['「', '『', '(', '（', '~', '〜', '～', '"', '“']))
        };
        let fuller = |&i: &usize| {
            let other = &self.all[i];
            let longer = other.key.len() > own.key.len() && other.key.contains(own.key.as_str());
            longer && scores[i] >= ENOUGH.max(0.5 * scores[best]) && ((other.numbered && !own.numbered) || themed(other))
        };
        (0..self.all.len()).filter(fuller).max_by(|&a, &b| scores[a].total_cmp(&scores[b]).then(b.cmp(&a))).unwrap_or(best)
    }

    fn scores(&self) -> Vec<f64> {
        let text = if self.all.is_empty() { String::new() } else { self.folded_text() };
        let score = |(i, candidate): (usize, &Candidate)| {
            let seen = text.matches(candidate.key.as_str()).take(4).count().saturating_sub(1);
            let length = candidate.found.value.chars().count();
            candidate.weight + self.support(i) + 0.3 * seen as f64 - if length > 60 { 1.0 } else { 0.0 }
        };
        self.all.iter().enumerate().map(score).collect()
    }

    /// What candidates of other sources add: those that say the same, and half of those that say a part of it.
    fn support(&self, i: usize) -> f64 {
        let own = &self.all[i];
        let mut support = 0.0;
        for source in [Source::Field, Source::Title, Source::Link, Source::Sentence, Source::Heading] {
            let others =
                self.all.iter().enumerate().filter(|(j, c)| *j != i && c.source == source && (source != own.source || c.key != own.key));
            let share = |(_, other): (usize, &Candidate)| agreement(&own.key, &other.key) * other.weight;
            support += others.map(share).fold(0.0, f64::max) * if source == own.source { 0.3 } else { 0.6 };
        }
        support
    }

    fn folded_text(&self) -> String {
        let mut text = String::new();
        for &leaf in &self.scope.context.leaves {
            text.push_str(&fold(self.scope.context.text(leaf)));
            text.push('\n');
            if text.len() > COUNTED {
                break;
            }
        }
        text
    }

    /// Names that a good source gives and that are another one's.
    fn rivals(&self, best: usize, scores: &[f64]) -> Vec<Rival> {
        let mut seen = vec![self.all[best].key.clone()];
        let mut rivals = Vec::new();
        for (i, other) in self.all.iter().enumerate() {
            let same = seen.iter().any(|key| agreement(key, &other.key) > 0.0);
            if same || scores[i] < ENOUGH + 1.0 {
                continue;
            }
            seen.push(other.key.clone());
            rivals.push(Rival {
                pointer: "/event/name".to_owned(),
                value: serde_json::Value::String(other.found.value.clone()),
                reason: "another name had more support in the document".to_owned(),
                proofs: other.found.proofs.clone(),
            });
        }
        rivals
    }
}

/// 1 where two names are the same, 0.6 where one is part of the other, else 0.
fn agreement(a: &str, b: &str) -> f64 {
    let (short, long) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    match () {
        () if short == long => 1.0,
        () if short.len() >= 4 && long.contains(short) => 0.6,
        () => 0.0,
    }
}

/// Cuts punctuation off the ends, and a pair of quotation marks around all of it.
fn strip(piece: Piece<'_>) -> Piece<'_> {
    let text = piece.text;
    let end = text
        .trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, ',' | '.' | '、' | '。' | ':' | '：' | ';' | '-' | '–' | '—' | '|' | '｜' | '/' | '・' | '»')
        })
        .len();
    let tagged = text.strip_prefix(['#', '＃']).is_some_and(|rest| rest.starts_with(char::is_alphabetic));
    let start = text.len()
        - text
            .trim_start_matches(|c: char| {
                c.is_whitespace()
                    || (tagged && matches!(c, '#' | '＃'))
                    || matches!(c, ',' | '、' | '。' | ':' | '：' | ';' | '-' | '–' | '—' | '|' | '｜' | '・' | '!' | '！')
            })
            .len();
    let piece = if start < end { piece.part(start..end) } else { piece.part(0..0) };
    match super::quotes::find(piece.text).first() {
        Some(quote) if quote.outer == (0..piece.text.len()) => piece.part(quote.inner.clone()),
        _ => piece,
    }
}

/// A value made from the name.
pub fn derived(name: &Found<String>, value: &str) -> Found<String> {
    let mut found = name.clone().map(|_| value.to_owned());
    for proof in &mut found.proofs {
        proof.method = Method::Derived;
    }
    found
}
