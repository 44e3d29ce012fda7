//! One spelling for comparing names.

use unicode_normalization::UnicodeNormalization;

/// A name in the form in which names are compared: NFKC, lower case, variant kanji joined, and
/// nothing but letters, marks, digits, `+` and `#` (C++ and C# are two names).
///
/// The result is for comparing only, never for showing.
#[must_use]
pub fn fold(name: &str) -> String {
    if name.chars().all(is_plain) {
        let mut folded = String::with_capacity(name.len());
        folded.extend(name.chars().filter(|&c| keeps(c)).map(|c| common(c).to_ascii_lowercase()));
        return folded;
    }
    let folded: String = name.nfkc().map(common).flat_map(char::to_lowercase).filter(|&c| keeps(c)).collect();
    folded.replace('ß', "ss").replace('ς', "σ")
}

/// Characters that NFKC leaves alone, whatever stands beside them, and that have no case or are ASCII: most of Japanese.
/// The voicing marks, which would join with kana, are not among them.
fn is_plain(c: char) -> bool {
    c.is_ascii()
        || matches!(c, '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fe}' | '\u{4e00}'..='\u{9fff}' | '、' | '。' | '「' | '」' | '々')
}

/// The usual kanji for those that are written in two ways in the same name. NFKC keeps them apart.
fn common(c: char) -> char {
    match c {
        _ if c.is_ascii() => c,
        '髙' => '高',
        '﨑' | '嵜' | '碕' => '崎',
        '邊' | '邉' => '辺',
        '齊' => '斉',
        '齋' => '斎',
        '濵' | '濱' => '浜',
        '澤' => '沢',
        '廣' => '広',
        '國' => '国',
        '櫻' => '桜',
        '瀨' => '瀬',
        '德' => '徳',
        '惠' => '恵',
        '黑' => '黒',
        '𠮷' => '吉',
        '眞' => '真',
        '壽' => '寿',
        '龍' => '竜',
        '嶋' | '嶌' => '島',
        '槇' => '槙',
        '禮' => '礼',
        '榮' => '栄',
        '圓' => '円',
        '藏' => '蔵',
        '增' => '増',
        '靑' => '青',
        '賴' => '頼',
        '曾' => '曽',
        '顯' => '顕',
        '冨' => '富',
        '彥' => '彦',
        '萬' => '万',
        '豐' => '豊',
        '佛' => '仏',
        '實' => '実',
        '鐵' => '鉄',
        '關' => '関',
        '條' => '条',
        '晉' => '晋',
        '淺' => '浅',
        '螢' => '蛍',
        '會' => '会',
        '學' => '学',
        '寬' => '寛',
        _ => c,
    }
}

fn keeps(c: char) -> bool {
    match c {
        '+' | '#' => true,
        _ if c.is_ascii() => c.is_ascii_alphanumeric(),
        // Letters all; no table needs to be asked.
        '\u{3041}'..='\u{3096}' | '\u{30a1}'..='\u{30fa}' | '\u{30fc}'..='\u{30fe}' | '\u{4e00}'..='\u{9fff}' => true,
        _ => c.is_alphanumeric() || unicode_normalization::char::is_combining_mark(c),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn widths_cases_and_spaces_are_one() {
        assert_eq!(fold("Ｓａｍｐｌｅ　Meet-up"), "samplemeetup");
        assert_eq!(fold("ｻﾝﾌﾟﾙ 勉強会"), fold("サンプル勉強会"));
        assert_eq!(fold("例示・太郎"), fold("例示 太郎"));
    }

    #[test]
    fn variant_kanji_are_one() {
        assert_eq!(fold("髙﨑"), fold("高崎"));
        assert_eq!(fold("渡邊"), fold("渡辺"));
    }

    #[test]
    fn plain_characters_need_no_normal_form() {
        for c in ('\u{0}'..='\u{9fff}').filter(|&c| is_plain(c)) {
            for text in [c.to_string(), format!("か{c}"), format!("{c}ー")] {
                let full: String = text.nfkc().map(common).flat_map(char::to_lowercase).filter(|&c| keeps(c)).collect();
                assert_eq!(fold(&text), full);
            }
        }
    }

    #[test]
    fn language_names_stay_apart() {
        assert_ne!(fold("C"), fold("C++"));
        assert_ne!(fold("C#"), fold("C++"));
    }
}
