//! Character classes of twitter-text.

/// `@`, `#` and their full-width forms.
pub(super) fn is_sign(c: char) -> bool {
    is_at(c) || is_hash(c)
}

pub(super) fn is_at(c: char) -> bool {
    matches!(c, '@' | '＠')
}

pub(super) fn is_hash(c: char) -> bool {
    matches!(c, '#' | '＃')
}

/// Latin letters beyond ASCII, with combining diacritics.
pub(super) fn is_latin_accent(c: char) -> bool {
    matches!(c,
        '\u{c0}'..='\u{d6}' | '\u{d8}'..='\u{f6}' | '\u{f8}'..='\u{24f}' | '\u{253}' | '\u{254}'
        | '\u{256}' | '\u{257}' | '\u{259}' | '\u{25b}' | '\u{263}' | '\u{268}' | '\u{26f}'
        | '\u{272}' | '\u{289}' | '\u{28b}' | '\u{2bb}' | '\u{300}'..='\u{36f}'
        | '\u{1e00}'..='\u{1eff}')
}

/// What may stand in a host without a protocol: ASCII letters and digits, Latin letters.
pub(super) fn is_latin_host(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_latin_accent(c)
}

/// What may stand in a host behind a protocol: any letter, digit or symbol of any script, but no
/// space, control, direction mark or punctuation.
pub(super) fn is_any_host(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    !(c.is_whitespace() || c.is_control() || is_direction_mark(c) || is_punctuation(c))
}

/// Marks that turn the direction of writing.
fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{202a}'..='\u{202e}' | '\u{61c}' | '\u{200e}' | '\u{200f}'
        | '\u{2066}'..='\u{2069}')
}

/// General and Japanese punctuation, full-width ASCII punctuation, byte order marks. Dashes and
/// the middle dot count; the iteration and long vowel marks are letters.
fn is_punctuation(c: char) -> bool {
    matches!(c,
        '\u{180e}' | '\u{2010}'..='\u{205e}' | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3020}'
        | '\u{3030}' | '\u{30fb}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}'
        | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}' | '\u{ff3b}'..='\u{ff40}'
        | '\u{ff5b}'..='\u{ff65}' | '\u{a1}' | '\u{ab}' | '\u{b7}' | '\u{bb}' | '\u{bf}')
}

/// What may stand anywhere in a path.
pub(super) fn is_path(c: char) -> bool {
    is_path_end(c) || matches!(c, '!' | '*' | '\'' | ';' | ':' | ',' | '.' | '$' | '%' | '[' | ']' | '~' | '@' | '|' | '&' | '\u{2013}')
}

/// What a path may end with.
pub(super) fn is_path_end(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '=' | '_' | '#' | '/') || matches!(c, '\u{400}'..='\u{4ff}') || is_latin_accent(c)
}

/// What may stand anywhere in a query.
pub(super) fn is_query(c: char) -> bool {
    is_query_end(c)
        || matches!(c, '!' | '?' | '*' | '\'' | '@' | '(' | ')' | ';' | ':' | '+' | '$' | '%' | '[' | ']' | '.' | ',' | '~' | '|')
}

/// What a query may end with.
pub(super) fn is_query_end(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '&' | '=' | '#' | '/')
}

/// What may not stand right before a URL.
pub(super) fn bars_url(c: char) -> bool {
    c.is_ascii_alphanumeric() || is_sign(c) || matches!(c, '$' | '\u{fffe}' | '\u{feff}' | '\u{ffff}')
}
