//! The form in which texts are searched.

use recap_text::names;

/// Words in one spelling (widths, cases, variant kanji, hiragana for katakana), one space between them. What is neither
/// letter nor digit parts words, so 京大 is not in 東京、大阪.
pub fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for word in text.split(|c: char| !within(c)).filter(|word| !word.is_empty()) {
        let folded = names::fold(word);
        if folded.is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(folded.chars().map(hiragana));
    }
    out
}

/// Whether a character belongs to a word. ー and the marks do, as [`names::fold`] keeps them; C++ and C# are words.
fn within(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '+' | '#' | 'ー' | '\u{ff9e}' | '\u{ff9f}' | '\u{3099}' | '\u{309a}' | '\u{300}'..='\u{36f}')
}

fn hiragana(c: char) -> char {
    match c {
        'ァ'..='ヶ' => char::from_u32(c as u32 - 0x60).unwrap_or(c),
        _ => c,
    }
}

/// Characters that have another folded form than NFKC and lower case give them: what a script in a browser cannot know.
pub fn variants() -> Vec<(char, String)> {
    let kanji = ('\u{4e00}'..='\u{9fff}').chain(['﨑', '𠮷']);
    kanji.map(|c| (c, names::fold(c.encode_utf8(&mut [0; 4])))).filter(|(c, folded)| *folded != c.to_string()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_are_one() {
        assert_eq!(fold("ＬＴ会：ﾗｽﾄ と Rust"), "lt会 らすと と rust");
        assert_eq!(fold("髙﨑、C++"), "高崎 c++");
        assert_eq!(fold("  <script>alert('x')</script> "), "script alert x script");
        assert_eq!(fold(&fold("Ａ・パー")), fold("Ａ・パー"));
    }

    #[test]
    fn a_browser_is_told_the_variants() {
        let variants = variants();
        assert!(variants.contains(&('髙', "高".to_owned())));
        assert!(variants.len() < 200, "{}", variants.len());
    }
}
