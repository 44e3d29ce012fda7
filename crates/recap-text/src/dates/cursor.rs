//! A place in a text, read character by character with full-width forms folded.

use crate::width::narrow;

/// The most spaces that may stand between two parts of one expression.
const MAX_SPACES: usize = 4;

#[derive(Clone, Copy)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    pos: usize,
}

/// Digits that were read.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Number {
    pub(super) value: i32,
    /// How many digits it was written with; 0 for kanji.
    pub(super) digits: usize,
}

impl Number {
    /// The value where it is `1..=max`.
    pub(super) fn within(self, max: i32) -> Option<i8> {
        i8::try_from(self.value).ok().filter(|_| (1..=max).contains(&self.value))
    }

    /// A year written in full.
    pub(super) fn year(self) -> Option<i16> {
        i16::try_from(self.value).ok().filter(|y| self.digits == 4 && (1900..=2100).contains(y))
    }
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t str, pos: usize) -> Self {
        Self { text, pos }
    }

    pub(super) fn text(self) -> &'t str {
        self.text
    }

    pub(super) fn pos(self) -> usize {
        self.pos
    }

    pub(super) fn rest(self) -> &'t str {
        self.text.get(self.pos..).unwrap_or_default()
    }

    /// The next character, folded.
    pub(super) fn peek(self) -> Option<char> {
        self.rest().chars().next().map(narrow)
    }

    /// The character after the next, folded.
    pub(super) fn peek_second(self) -> Option<char> {
        self.rest().chars().nth(1).map(narrow)
    }

    /// The character before, folded.
    pub(super) fn before(self) -> Option<char> {
        let head = self.text.get(..self.pos)?;
        head.chars().next_back().map(narrow)
    }

    pub(super) fn skip(&mut self, bytes: usize) {
        self.pos = (self.pos + bytes).min(self.text.len());
    }

    pub(super) fn eat_if(&mut self, fits: impl Fn(char) -> bool) -> bool {
        match self.rest().chars().next() {
            Some(c) if fits(narrow(c)) => {
                self.pos += c.len_utf8();
                true
            }
            _ => false,
        }
    }

    pub(super) fn eat(&mut self, wanted: char) -> bool {
        self.eat_if(|c| c == wanted)
    }

    /// One of these texts, as written; the first that fits.
    pub(super) fn eat_any(&mut self, texts: &[&str]) -> bool {
        let found = texts.iter().find(|t| self.rest().starts_with(**t));
        found.inspect(|t| self.pos += t.len()).is_some()
    }

    /// An ASCII word in any case, with no letter or digit behind.
    pub(super) fn eat_word(&mut self, word: &str) -> bool {
        let rest = self.rest();
        let fits = rest.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word));
        let behind = rest.get(word.len()..).and_then(|r| r.chars().next());
        if fits && !behind.is_some_and(is_word_char) {
            self.pos += word.len();
            return true;
        }
        false
    }

    pub(super) fn eat_words(&mut self, words: &[&str]) -> bool {
        words.iter().any(|word| self.eat_word(word))
    }

    /// Spaces of one line, a few at most; says whether there were any.
    pub(super) fn spaces(&mut self) -> bool {
        let from = self.pos;
        for _ in 0..MAX_SPACES {
            if !self.eat_if(|c| c == ' ' || c == '\t') {
                break;
            }
        }
        self.pos > from
    }

    /// A whole run of digits, `min..=max` long.
    pub(super) fn number(&mut self, min: usize, max: usize) -> Option<Number> {
        let mut ahead = *self;
        let (mut value, mut digits) = (0, 0);
        while let Some(d) = ahead.peek().and_then(|c| c.to_digit(10)) {
            if digits == max {
                return None;
            }
            value = value * 10 + i32::try_from(d).ok()?;
            digits += 1;
            ahead.eat_if(|_| true);
        }
        if digits < min {
            return None;
        }
        *self = ahead;
        Some(Number { value, digits })
    }

    /// Digits or kanji numerals: `十六`, `二十`, `二〇二〇`, `元`.
    pub(super) fn cjk_number(&mut self, max: usize) -> Option<Number> {
        if let Some(number) = self.number(1, max) {
            return Some(number);
        }
        let mut ahead = *self;
        let number = kanji_number(&mut ahead, max)?;
        *self = ahead;
        Some(number)
    }
}

fn kanji_number(cur: &mut Cursor, max: usize) -> Option<Number> {
    let (mut tens, mut ones, mut count) = (None, None::<i32>, 0);
    loop {
        let mut ahead = *cur;
        let Some(c) = ahead.peek() else { break };
        if c == '十' && tens.is_none() {
            tens = Some(ones.take().unwrap_or(1));
        } else if let Some(d) = kanji_digit(c) {
            ones = Some(ones.unwrap_or(0) * 10 + d);
        } else {
            break;
        }
        count += 1;
        if count > max {
            return None;
        }
        ahead.eat_if(|_| true);
        *cur = ahead;
    }
    let value = tens.unwrap_or(0) * 10 + ones.unwrap_or(0);
    let digits = if tens.is_none() { count } else { 0 };
    (count > 0).then_some(Number { value, digits })
}

fn kanji_digit(c: char) -> Option<i32> {
    "〇一二三四五六七八九".chars().position(|k| k == c).and_then(|i| i32::try_from(i).ok())
}

/// Letters and digits of the scripts that put spaces between words.
pub(super) fn is_word_char(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_' || (c < '\u{250}' && c.is_alphabetic())
}

/// Any dash, hyphen or minus.
pub(super) fn is_dash(c: char) -> bool {
    matches!(c, '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{2500}' | 'ー' | 'ｰ')
}

/// Any tilde.
pub(super) fn is_tilde(c: char) -> bool {
    matches!(c, '~' | '〜' | '\u{223c}')
}
