//! Whether a line names something or states something.

use std::sync::LazyLock;

use regex::Regex;

/// Japanese predicates: polite forms, the past, negation, particles that end sentences.
pub fn is_clause(text: &str) -> bool {
    static CLAUSE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:です|ます|ません|でした|ました|でしょう|ましょう|ください|下さい|た|だ|ない|たい|らしい|である|(?:です|ます|だ|た|い|る)(?:ね|よ|よね|な|が|けど|し|わ)|[wｗ笑]|[(（]笑[)）])$").ok()
    });
    CLAUSE.as_ref().is_some_and(|r| r.is_match(text))
}

/// Whether a line reads as a name of something rather than a statement.
pub fn is_nominal(text: &str) -> bool {
    let japanese = text.chars().any(|c| matches!(c, 'ぁ'..='ヿ' | '一'..='鿿'));
    if japanese { is_japanese_noun(text) } else { is_english_title(text) }
}

/// Ends in a kanji, katakana, Latin letter, digit or closing bracket, or in a word that makes a noun of a clause.
fn is_japanese_noun(text: &str) -> bool {
    const NOUNS: &[&str] = &[
        "こと",
        "もの",
        "とき",
        "ところ",
        "まとめ",
        "はじめに",
        "おわりに",
        "さいごに",
        "はなし",
        "つながり",
        "ふりかえり",
        "あれこれ",
        "いろいろ",
        "について",
        "とは",
        "ために",
        "まで",
        "コツ",
    ];
    let inner = text.contains('、') && text.chars().filter(|&c| c == '、').count() > 1 || text.contains('。');
    let last = text.trim_end_matches(['」', '』', '）', ')', '】', '”', '"', '!', '！', '☆', ' ']).chars().next_back();
    let noun = last.is_some_and(|c| {
        matches!(c, '一'..='鿿' | 'ァ'..='ヺ' | 'ー' | '々' | '０'..='９' | 'Ａ'..='ｚ') || c.is_ascii_alphanumeric() || "+#".contains(c)
    });
    let bracket = text.ends_with(['」', '』', '】', '）', ')']);
    !inner && !is_clause(text) && (noun || bracket || NOUNS.iter().any(|n| text.ends_with(n)))
}

/// Up to twelve words, the first with a capital or a digit, no sentence about persons, no clause.
fn is_english_title(text: &str) -> bool {
    const SUBJECTS: &[&str] = &[
        "i", "we", "it", "this", "that", "these", "there", "you", "he", "she", "they", "then", "so", "but", "and", "if", "i'm", "i've",
        "we're", "it's", "thanks", "thank", "my", "please", "by", "from", "photo", "posted", "written",
    ];
    let mut words = text.split_whitespace();
    let first = words.next().unwrap_or("").to_lowercase();
    let starts = text.starts_with(|c: char| {
        c.is_uppercase() || c.is_numeric() || "\"“‘'¿¡".contains(c) || (!c.is_ascii() && c.is_alphabetic() && !c.is_lowercase())
    });
    starts && words.count() < 12 && !SUBJECTS.contains(&first.as_str()) && text.chars().any(char::is_alphabetic)
}
