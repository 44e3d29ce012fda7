//! From written rules to compiled ones.

use std::cell::OnceCell;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder};
use regex_automata::Match;
use regex_automata::util::captures::Captures;
use serde::Deserialize;

use crate::RuleError;
use crate::file::{Example, RuleFile, RuleText};
use crate::literals;
use crate::pattern::{Pattern, PatternError};

/// What a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Use {
    /// A link's kind and canonical address (matched against the URL).
    Link,
    /// A word before or behind a talk's title that tells its kind (`LT1:`, `基調講演`).
    Label,
    /// A heading that tells what its section is for (`qa`, `closing`, `talks` …).
    Section,
    /// A timetable row or heading that is no talk (`休憩`, `Lunch`).
    Break,
    /// The label of a field (`会場:`, `Speaker`), `kind` names the field.
    Field,
    /// A sentence that tells of a talk: groups `title`, `speaker`, `handle`, `affiliation`.
    Sentence,
    /// A sentence that gives somebody a part in the event: groups `name`, `handle`; `kind` is the role.
    Person,
    /// An honorific behind a name.
    Honorific,
    /// Words and forms that a person's name does not have.
    NotName,
    /// A person's name by its shape.
    Name,
    /// Words that a company's, school's or team's name or a job title has.
    Affiliation,
    /// What stands between an affiliation and a name, or around speakers (`による`, `より`, `from`).
    Joiner,
    /// Words in a title that name the event: group `name`.
    EventName,
    /// A sentence with the event's place: group `venue`.
    Venue,
    /// Words that tell the attendance mode (`kind`).
    Mode,
    /// A cue for or against the document being a write-up; `weight`.
    Cue,
    /// A line that opens the announcement of a later event; groups `name`, `date`.
    NextEvent,
    /// A question's mark: `Q:`, `質問:`; group `question`.
    Question,
    /// An answer's mark.
    Answer,
    /// A sentence in which the author says to have spoken.
    SelfSpeaker,
    /// The author's name: group `name`, `handle`.
    Author,
    /// The number or year in an event's name: group `edition`.
    Edition,
    /// A post's signature line: groups `name`, `handle`, `date`.
    Signature,
    /// Words around a link that tell what it is (`資料`, `slides`).
    LinkText,
    /// The embedded post of a platform: class of its element.
    Post,
    /// A sentence that dates the event: group `date`.
    EventDate,
    /// Anything else that words tell of the event as a whole; `kind` says what.
    EventFact,
}

impl Use {
    /// How many purposes there are; `EventFact` stays the last one.
    pub(crate) const COUNT: usize = Self::EventFact as usize + 1;
}

/// A compiled rule.
#[derive(Debug, Clone)]
pub struct Rule {
    /// `pack/name`.
    pub id: String,
    /// What it is for.
    pub purpose: Use,
    /// Language it is for; none: all.
    pub language: Option<String>,
    /// Hosts that a link rule is for, subdomains included; none: any.
    pub hosts: Vec<String>,
    /// What a match means.
    pub kind: Option<String>,
    /// What a match stands for, with `{group}`s.
    pub value: Option<String>,
    /// Share of its findings that are right, 0 to 1.
    pub confidence: f64,
    /// Weight of a cue.
    pub weight: f64,
    /// Good examples.
    pub good: Vec<Example>,
    /// Bad examples.
    pub bad: Vec<String>,
    source: String,
    literals: OnceLock<Option<Vec<String>>>,
    filter: OnceLock<Option<AhoCorasick>>,
    pattern: OnceLock<Option<Pattern>>,
    /// Set once it has found something.
    hit: OnceLock<()>,
}

/// What a rule found: byte ranges in the text that it was given.
#[derive(Debug)]
pub struct Found<'r, 't> {
    /// The rule.
    pub rule: &'r Rule,
    /// First byte.
    pub start: usize,
    /// Byte after the last one.
    pub end: usize,
    text: &'t str,
    /// Found again when a group is asked for: most findings are asked for their place only.
    captures: OnceCell<Option<Captures>>,
}

impl<'t> Found<'_, 't> {
    /// A named group's range and text.
    pub fn group(&self, name: &str) -> Option<(usize, usize, &'t str)> {
        self.named(name).filter(|(s, e, _)| s < e)
    }

    fn named(&self, name: &str) -> Option<(usize, usize, &'t str)> {
        // Many rules are asked for groups that only some of them have.
        let pattern = self.rule.pattern().filter(|pattern| pattern.has_group(name))?;
        let found = Match::must(0, self.start..self.end);
        let captures = self.captures.get_or_init(|| pattern.captures(self.text, found));
        let place = captures.as_ref()?.get_group_by_name(name)?;
        Some((place.start, place.end, &self.text[place.range()]))
    }

    /// The rule's `value` with its groups filled in.
    pub fn value(&self) -> Option<String> {
        let template = self.rule.value.as_ref()?;
        let mut out = String::new();
        let mut rest = template.as_str();
        while let Some((before, after)) = rest.split_once('{') {
            let (name, behind) = after.split_once('}')?;
            out.push_str(before);
            out.push_str(self.named(name).map_or("", |(_, _, text)| text));
            rest = behind;
        }
        out.push_str(rest);
        Some(out)
    }
}

impl Rule {
    /// The first finding in a text. Where many rules are asked, a [`Scan`](crate::Scan) tells which of them need be.
    pub fn find<'t>(&self, text: &'t str) -> Option<Found<'_, 't>> {
        if self.passes(text) { self.run(text) } else { None }
    }

    /// Whether it finds anything; cheaper than [`Rule::find`].
    pub fn matches(&self, text: &str) -> bool {
        self.passes(text) && self.run_matches(text)
    }

    /// All findings, without overlaps.
    pub fn find_all<'r, 't>(&'r self, text: &'t str) -> impl Iterator<Item = Found<'r, 't>> + use<'r, 't> {
        Some(()).filter(|()| self.passes(text)).into_iter().flat_map(move |()| self.run_all(text))
    }

    /// [`Rule::find`] in a text that holds a required literal.
    pub(crate) fn run<'t>(&self, text: &'t str) -> Option<Found<'_, 't>> {
        self.pattern()?.find(text).map(|found| self.found(text, found))
    }

    /// [`Rule::matches`] by the pattern alone, without looking for required literals before.
    pub fn run_matches(&self, text: &str) -> bool {
        let found = self.pattern().is_some_and(|r| r.is_match(text));
        if found {
            self.note_hit();
        }
        found
    }

    /// Whether it has found anything yet, in any text: which rules a set of documents exercises.
    pub fn was_hit(&self) -> bool {
        self.hit.get().is_some()
    }

    fn note_hit(&self) {
        self.hit.get_or_init(|| ());
    }

    /// [`Rule::find_all`] in a text that holds a required literal.
    pub(crate) fn run_all<'r, 't>(&'r self, text: &'t str) -> impl Iterator<Item = Found<'r, 't>> + use<'r, 't> {
        self.pattern().into_iter().flat_map(move |r| r.find_iter(text)).map(move |found| self.found(text, found))
    }

    fn found<'r, 't>(&'r self, text: &'t str, found: Match) -> Found<'r, 't> {
        self.note_hit();
        Found { rule: self, start: found.start(), end: found.end(), text, captures: OnceCell::new() }
    }

    /// Literals of which every match contains one; none where the pattern requires none.
    pub(crate) fn literals(&self) -> Option<&[String]> {
        self.literals.get_or_init(|| literals::of_pattern(&self.source)).as_deref()
    }

    fn passes(&self, text: &str) -> bool {
        let build = |literals: &[String]| AhoCorasickBuilder::new().ascii_case_insensitive(true).build(literals).ok();
        let filter = self.filter.get_or_init(|| self.literals().and_then(build));
        filter.as_ref().is_none_or(|filter| filter.is_match(text))
    }

    /// Whether it may be used for a document in a language (`ja`, `en` …).
    pub fn holds_for(&self, language: &str) -> bool {
        self.language.as_deref().is_none_or(|l| l == language)
    }

    fn pattern(&self) -> Option<&Pattern> {
        self.pattern.get_or_init(|| Pattern::new(&self.source).ok()).as_ref()
    }
}

/// Reads, checks and compiles a rule file. Built-in patterns are compiled when first used.
pub fn compile(file: &str, text: &str) -> Result<Vec<Rule>, RuleError> {
    let parsed: RuleFile = toml::from_str(text).map_err(|e| RuleError::Syntax { file: file.to_owned(), message: e.to_string() })?;
    let mut defined: Vec<(String, String)> = Vec::new();
    for (name, value) in &parsed.define {
        let Some(value) = value.as_str() else {
            return Err(RuleError::Syntax { file: file.to_owned(), message: format!("`{name}` in [define] is no text") });
        };
        defined.push((format!("%{{{name}}}"), expand(value, &defined)));
    }
    parsed.rule.into_iter().map(|rule| compile_rule(file, parsed.language.as_deref(), &defined, rule)).collect()
}

fn compile_rule(file: &str, language: Option<&str>, defined: &[(String, String)], text: RuleText) -> Result<Rule, RuleError> {
    let fail = |message: String| RuleError::Rule { file: file.to_owned(), id: text.id.clone(), message };
    let source = match (&text.pattern, text.words.is_empty()) {
        (Some(pattern), true) => expand(pattern, defined),
        (None, false) => words_pattern(&text.words, text.whole, language),
        _ => return Err(fail("needs either `match` or `words`".to_owned())),
    };
    check_form(&text, &source).map_err(fail)?;
    if file.starts_with("user:") {
        let pattern = Pattern::new(&source).map_err(|e| fail(with_hint(&e)))?;
        check_value(&text, &pattern).map_err(fail)?;
    }
    Ok(Rule {
        purpose: text.purpose,
        language: language.map(str::to_owned),
        hosts: text.hosts,
        kind: text.kind,
        value: text.value,
        confidence: text.confidence.unwrap_or(0.9).clamp(0.0, 1.0),
        weight: text.weight.unwrap_or(1.0),
        good: text.good,
        bad: text.bad,
        source,
        literals: OnceLock::new(),
        filter: OnceLock::new(),
        pattern: OnceLock::new(),
        hit: OnceLock::new(),
        id: text.id,
    })
}

/// What is wrong with a rule, apart from its pattern.
fn check_form(text: &RuleText, source: &str) -> Result<(), String> {
    if !text.id.split_once('/').is_some_and(|(pack, name)| !pack.is_empty() && !name.is_empty()) {
        return Err("the id is not `pack/name`".to_owned());
    }
    if let Some((_, behind)) = source.split_once("%{") {
        let name = behind.split('}').next().unwrap_or_default();
        return Err(format!("uses `%{{{name}}}`, which `[define]` does not give before it"));
    }
    if let Some(host) = text.hosts.iter().find(|h| h.contains('/') || h.chars().any(char::is_uppercase)) {
        return Err(format!("the host `{host}` is not a lower-case host name"));
    }
    match text.confidence {
        Some(share) if !(0.0..=1.0).contains(&share) => Err(format!("the confidence {share} is not between 0 and 1")),
        _ => Ok(()),
    }
}

/// A `value` names only groups that the pattern has.
fn check_value(text: &RuleText, pattern: &Pattern) -> Result<(), String> {
    let groups: Vec<&str> = pattern.groups().collect();
    let named = text.value.iter().flat_map(|v| v.split('{').skip(1)).filter_map(|part| part.split_once('}').map(|(name, _)| name));
    match named.into_iter().find(|name| !groups.contains(name)) {
        Some(name) => Err(format!("`value` uses {{{name}}}; the pattern's groups are: {}", groups.join(", "))),
        None => Ok(()),
    }
}

/// The pattern's error, and what to do about it where that is known.
fn with_hint(error: &PatternError) -> String {
    let message = error.to_string();
    let hint = if message.contains("look-around") {
        "\nhint: patterns are linear-time; put what must not match into a rule of its own before this one"
    } else if message.contains("backreferences") {
        "\nhint: patterns are linear-time; write the repeated part twice"
    } else {
        ""
    };
    message + hint
}

fn expand(pattern: &str, defined: &[(String, String)]) -> String {
    defined
        .iter()
        .rev()
        .fold(pattern.to_owned(), |p, (name, value)| if p.contains(name) { p.replace(name, &format!("(?:{value})")) } else { p })
}

/// Any of the words, longest first; Latin words only between word boundaries. Where words are written without spaces (`LT大会`),
/// only ASCII letters and digits count as word characters.
fn words_pattern(words: &[String], whole: bool, language: Option<&str>) -> String {
    let mut words: Vec<&String> = words.iter().collect();
    words.sort_by_key(|w| std::cmp::Reverse(w.len()));
    let boundary = if language.is_none_or(|l| matches!(l, "ja" | "ko" | "zh")) { r"(?-u:\b)" } else { r"\b" };
    let bounded = |w: &&String| {
        let escaped = regex_syntax::escape(w);
        let latin = |c: Option<char>| c.is_some_and(|c| c.is_alphabetic() && (c as u32) < 0x250);
        let start = if latin(w.chars().next()) { boundary } else { "" };
        let end = if latin(w.chars().next_back()) { boundary } else { "" };
        format!("{start}{escaped}{end}")
    };
    let any = words.iter().map(bounded).collect::<Vec<_>>().join("|");
    // Only the words have a case: folding that of the classes around them would cost more than all the rest.
    if whole { format!(r"^[\s\p{{P}}\p{{S}}]*(?i:{any})[\s\p{{P}}\p{{S}}]*$") } else { format!("(?i:{any})") }
}
