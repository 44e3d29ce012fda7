//! One spelling for comparing names.

use unicode_normalization::UnicodeNormalization;

/// Kanji that are written in two ways in the same name, the variant first. NFKC keeps them apart.
const VARIANTS: &[(char, char)] = &[
    ('髙', '高'),
    ('﨑', '崎'),
    ('嵜', '崎'),
    ('碕', '崎'),
    ('邊', '辺'),
    ('邉', '辺'),
    ('齊', '斉'),
    ('齋', '斎'),
    ('濵', '浜'),
    ('濱', '浜'),
    ('澤', '沢'),
    ('廣', '広'),
    ('國', '国'),
    ('櫻', '桜'),
    ('瀨', '瀬'),
    ('德', '徳'),
    ('惠', '恵'),
    ('黑', '黒'),
    ('𠮷', '吉'),
    ('眞', '真'),
    ('壽', '寿'),
    ('龍', '竜'),
    ('嶋', '島'),
    ('嶌', '島'),
    ('槇', '槙'),
    ('禮', '礼'),
    ('榮', '栄'),
    ('圓', '円'),
    ('藏', '蔵'),
    ('增', '増'),
    ('靑', '青'),
    ('賴', '頼'),
    ('曾', '曽'),
    ('顯', '顕'),
    ('冨', '富'),
    ('彥', '彦'),
    ('萬', '万'),
    ('豐', '豊'),
    ('佛', '仏'),
    ('實', '実'),
    ('鐵', '鉄'),
    ('關', '関'),
    ('條', '条'),
    ('晉', '晋'),
    ('淺', '浅'),
    ('螢', '蛍'),
    ('會', '会'),
    ('學', '学'),
    ('寬', '寛'),
];

/// A name in the form in which names are compared: NFKC, lower case, variant kanji joined, and
/// nothing but letters, marks, digits, `+` and `#` (C++ and C# are two names).
///
/// The result is for comparing only, never for showing.
#[must_use]
pub fn fold(name: &str) -> String {
    if name.is_ascii() {
        return name.chars().filter(|&c| keeps(c)).map(|c| c.to_ascii_lowercase()).collect();
    }
    let folded: String = name.nfkc().map(common).flat_map(char::to_lowercase).filter(|&c| keeps(c)).collect();
    folded.replace('ß', "ss").replace('ς', "σ")
}

fn common(c: char) -> char {
    VARIANTS.iter().find(|&&(variant, _)| variant == c).map_or(c, |&(_, plain)| plain)
}

fn keeps(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '+' | '#') || (!c.is_ascii() && unicode_normalization::char::is_combining_mark(c))
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
    fn language_names_stay_apart() {
        assert_ne!(fold("C"), fold("C++"));
        assert_ne!(fold("C#"), fold("C++"));
    }
}
