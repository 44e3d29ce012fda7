//! A name taken apart: words, edition, place.

use recap_text::names::fold;
use recap_text::width::Folded;

use super::few::Few;
use super::lexicon;

/// What tells one edition of a series from another.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edition {
    /// `2018`
    pub years: Few<u32>,
    /// `#3`, `第3回`, `vol.3`, `3rd`, `三`
    pub numbers: Few<u32>,
    /// Spring is 0.
    pub seasons: Few<u8>,
    /// `5月`, `May 2019`
    pub months: Few<u32>,
}

/// Whether two editions can be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Editions {
    /// Something is the same, nothing is not.
    Shared,
    /// One of them does not say.
    Unknown,
    /// They are two.
    Different,
}

impl Edition {
    /// Compares two editions. `DevFest14` may be the edition of 2014.
    pub fn compare(&self, other: &Self) -> Editions {
        let (years, theirs) = (self.all_years(), other.all_years());
        let year = sets(&years, &theirs);
        let number = if self.numbers.is_empty() || other.numbers.is_empty() { None } else { sets(&self.numbers, &other.numbers) };
        let all = [
            if self.years.is_empty() && other.years.is_empty() { None } else { year },
            number,
            sets(&self.seasons, &other.seasons),
            sets(&self.months, &other.months),
        ];
        // A number that is the other's year in short is no other number.
        let all = if year == Some(true) && (self.numbers.is_empty() || other.numbers.is_empty()) {
            [Some(true), None, all[2], all[3]]
        } else {
            all
        };
        if all.contains(&Some(false)) {
            Editions::Different
        } else if all[..2].contains(&Some(true)) {
            Editions::Shared
        } else {
            Editions::Unknown
        }
    }

    /// Years, and numbers of two digits as years.
    fn all_years(&self) -> Few<u32> {
        if self.years.is_empty() {
            self.numbers.iter().filter(|n| (10..60).contains(*n)).map(|n| 2000 + n).collect()
        } else {
            self.years.clone()
        }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        self.years.is_empty() && self.numbers.is_empty()
    }

    /// Adds what another one says.
    pub fn extend(&mut self, other: &Self) {
        self.years.extend(other.years.iter().copied());
        self.numbers.extend(other.numbers.iter().copied());
        self.seasons.extend(other.seasons.iter().copied());
        self.months.extend(other.months.iter().copied());
    }
}

/// Whether two sets have something in common; none where one is empty.
fn sets<T: Ord>(a: &Few<T>, b: &Few<T>) -> Option<bool> {
    (!a.is_empty() && !b.is_empty()).then(|| !a.is_disjoint(b))
}

/// A name taken apart.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Label {
    /// Words that are neither edition nor filling, folded, places in one spelling.
    pub words: Few<Box<str>>,
    /// The same in their order and without spaces.
    pub compact: String,
    /// The same as written, before places came into one spelling.
    pub plain: String,
    /// The edition.
    pub edition: Edition,
    /// Towns and countries among the words.
    pub places: Few<Box<str>>,
}

/// How two names relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// Nothing to be seen.
    Other,
    /// At least half of all words are common.
    Overlap,
    /// One holds the other, or begins with it.
    Contained,
    /// The same.
    Equal,
}

/// Longest name that is looked at, in characters.
const LONGEST: usize = 200;

impl Label {
    /// Takes a name apart.
    pub fn parse(name: &str) -> Self {
        let head: String = name.chars().take(LONGEST).collect();
        let folded = Folded::new(&head);
        let tokens = tokens(folded.text());
        let mut label = Self::default();
        let mut i = 0;
        while i < tokens.len() {
            i += label.take(&tokens, i);
        }
        label
    }

    /// Takes what begins at a token and tells how many tokens that was.
    fn take(&mut self, tokens: &[Token], at: usize) -> usize {
        let token = &tokens[at];
        let next = tokens.get(at + 1);
        match token {
            Token::Number(text) => self.number(text, next, at.checked_sub(1).and_then(|i| tokens.get(i))),
            Token::Break => 1,
            Token::Word(word) => {
                // `Day 1`, `Session 2`: a part of an event, not an edition.
                if lexicon::PARTS.contains(&word.as_str()) && matches!(next, Some(Token::Number(_))) {
                    return 2;
                }
                self.word(word);
                1
            }
        }
    }

    fn number(&mut self, text: &str, next: Option<&Token>, before: Option<&Token>) -> usize {
        let value: u32 = text.parse().unwrap_or(u32::MAX);
        let unit = match next {
            Some(Token::Word(word)) => word.as_str(),
            _ => "",
        };
        if text.contains(['.', '/', ':']) {
            // Versions tell names apart; dates and times are looked at elsewhere.
            if text.contains('.') {
                self.push(text);
            }
            return 1;
        }
        match unit {
            "月" => self.edition.months.insert(value),
            "日" | "日目" | "日間" | "人" | "名" | "分" | "時" | "周年" => {}
            _ if (1990..2100).contains(&value) && text.len() == 4 => self.edition.years.insert(value),
            _ if matches!(before, Some(Token::Word(w)) if lexicon::PARTS.contains(&w.as_str())) => {}
            _ if value < 10_000 => self.edition.numbers.insert(value),
            _ => self.push(text),
        }
        let known = ["月", "日", "日目", "日間", "人", "名", "分", "時", "周年", "年", "回", "st", "nd", "rd", "th"];
        if known.contains(&unit) { 2 } else { 1 }
    }

    fn word(&mut self, word: &str) {
        if let Some(season) = lexicon::season(word) {
            self.edition.seasons.insert(season);
        } else if let Some(number) = lexicon::kanji_number(word) {
            self.edition.numbers.insert(number);
        } else if let Some(place) = lexicon::place(word) {
            self.places.insert(place.into());
            self.plain.push_str(word);
            self.compact.push_str(place);
            self.words.insert(place.into());
        } else if let Some((front, place)) = lexicon::with_place(word) {
            self.word(front);
            self.word(place);
        } else if !lexicon::is_filling(word) && !word.chars().all(is_hiragana) {
            self.push(word);
        }
    }

    fn push(&mut self, word: &str) {
        self.plain.push_str(word);
        self.compact.push_str(word);
        self.words.insert(word.into());
    }

    /// Whether the words name a series: at least one is neither a place nor what many events are called.
    pub fn is_specific(&self) -> bool {
        self.words.iter().any(|w| is_specific(w) && !self.places.contains(w))
    }

    /// How two names relate, editions aside.
    pub fn relation(&self, other: &Self) -> Relation {
        if !self.is_specific() || !other.is_specific() {
            return Relation::Other;
        }
        // `SampleXX` and `Sample XX` are one name, whether `XX` is a place or not.
        if self.words == other.words || self.compact == other.compact || self.plain == other.plain {
            return Relation::Equal;
        }
        let (short, long) = if self.compact.len() <= other.compact.len() { (self, other) } else { (other, self) };
        if short.words.is_subset(&long.words)
            || long.words.is_subset(&short.words)
            || (short.compact.len() >= 5 && long.compact.starts_with(&short.compact))
        {
            return Relation::Contained;
        }
        let common = self.words.common(&other.words);
        let all = self.words.len() + other.words.len() - common;
        if common >= 2 && 2 * common >= all { Relation::Overlap } else { Relation::Other }
    }
}

/// Whether a word may name a series by itself.
pub fn is_specific(word: &str) -> bool {
    let enough = if word.is_ascii() { word.len() >= 3 } else { word.chars().count() >= 2 };
    enough && !lexicon::is_generic(word) && word.chars().any(char::is_alphabetic)
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    /// Digits, with `.`, `/` or `:` between digits.
    Number(String),
    /// A bracket, a bar: words on its two sides do not belong together.
    Break,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Digit,
    Hiragana,
    Katakana,
    Han,
    Letter,
    None,
}

fn class(c: char) -> Class {
    match c {
        '0'..='9' => Class::Digit,
        'ぁ'..='ん' => Class::Hiragana,
        'ァ'..='ヶ' | 'ー' => Class::Katakana,
        '々' | '\u{3400}'..='\u{9fff}' | '\u{20000}'..='\u{2fa1f}' => Class::Han,
        _ if c.is_alphanumeric() || c == '+' => Class::Letter,
        _ => Class::None,
    }
}

fn is_hiragana(c: char) -> bool {
    class(c) == Class::Hiragana
}

/// Runs of one script.
fn tokens(text: &str) -> Vec<Token> {
    let characters: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut i = 0;
    while i < characters.len() {
        let kind = class(characters[i]);
        let start = i;
        i += 1;
        while i < characters.len() && goes_on(kind, &characters, i) {
            i += 1;
        }
        let run: String = characters[start..i].iter().collect();
        match kind {
            Class::Digit => tokens.push(Token::Number(run)),
            Class::None if run.chars().any(|c| "()[]「」『』【】|<>".contains(c)) => tokens.push(Token::Break),
            Class::None => {}
            // A `第` at the end only says that a number follows.
            Class::Han => push_words(&mut tokens, run.strip_suffix('第').unwrap_or(&run)),
            _ => push_words(&mut tokens, &run),
        }
    }
    tokens
}

fn goes_on(kind: Class, characters: &[char], i: usize) -> bool {
    let c = characters[i];
    let next_is_digit = characters.get(i + 1).is_some_and(char::is_ascii_digit);
    class(c) == kind || (kind == Class::Digit && "./:".contains(c) && next_is_digit)
}

/// A word, folded; `RubyKaigi` as two, as `Ruby会議` is.
fn push_words(tokens: &mut Vec<Token>, run: &str) {
    let folded = fold(run);
    match folded.strip_suffix("kaigi").filter(|front| !front.is_empty()) {
        Some(front) => tokens.extend([Token::Word(front.to_owned()), Token::Word("会議".to_owned())]),
        None if folded == "kaigi" => tokens.push(Token::Word("会議".to_owned())),
        None if !folded.is_empty() => tokens.push(Token::Word(folded)),
        None => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> (Relation, Editions) {
        let (a, b) = (Label::parse(a), Label::parse(b));
        (a.relation(&b), a.edition.compare(&b.edition))
    }

    #[test]
    fn numbers_have_many_spellings() {
        for other in ["Example Study ＃３", "example study 第3回", "EXAMPLE STUDY vol.3", "Example-Study 3rd", "第三回 Example Study"]
        {
            assert_eq!(same("Example Study #3", other), (Relation::Equal, Editions::Shared), "{other}");
        }
        assert_eq!(same("Example Study #3", "Example Study #4").1, Editions::Different);
        assert_eq!(same("Example Study #3", "Example Study").1, Editions::Unknown);
    }

    #[test]
    fn years_and_seasons() {
        assert_eq!(same("SampleFest14 Osaka", "SampleFest 2014 大阪"), (Relation::Equal, Editions::Shared));
        assert_eq!(same("Sample Conf 2018 Spring", "Sample Conf 2018 秋").1, Editions::Different);
        assert_eq!(same("Sample Conf 2018 Spring", "Sample Conference 2018"), (Relation::Contained, Editions::Shared));
        assert_eq!(same("Sample Meetup 2019年5月", "Sample Meetup 2019年6月").1, Editions::Different);
    }

    #[test]
    fn scripts_of_one_name() {
        assert_eq!(same("関西Sample会議08", "Kansai SampleKaigi 08"), (Relation::Equal, Editions::Shared));
        assert_eq!(same("髙山もくもくハック", "高山もくもくハック").0, Relation::Equal);
    }

    #[test]
    fn days_are_parts_not_editions() {
        assert_eq!(same("Sample Conf 2018 Day 1", "Sample Conf 2018 2日目"), (Relation::Equal, Editions::Shared));
        assert_eq!(same("Sample Conf 2018 (2/2)", "Sample Conf 2018"), (Relation::Equal, Editions::Shared));
    }

    #[test]
    fn a_place_in_short_may_stand_within_the_name() {
        assert_eq!(same("Sampleconffr 2022", "Sampleconf FR 2022"), (Relation::Equal, Editions::Shared));
        assert_eq!(same("Sampleconffr 2022", "Sampleconf France 2022").0, Relation::Contained);
    }

    #[test]
    fn what_many_events_are_called_is_no_name() {
        assert_eq!(same("勉強会 #3", "勉強会 #3").0, Relation::Other);
        assert_eq!(same("Meetup Tokyo", "Meetup Tokyo").0, Relation::Other);
    }
}
