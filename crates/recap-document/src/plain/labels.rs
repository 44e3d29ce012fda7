//! The words by which a bare line shows itself as a heading of a write-up, in Japanese and English.
//!
//! Endings and words are general ones of the genre; a word that also starts ordinary sentences is not among them.

use std::sync::LazyLock;

use regex::Regex;

/// What a labelled heading opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Label {
    /// A talk: what is headed below it is about the same talk.
    Talk,
    /// A title in quotation marks with the one who spoke: a talk, if text about it follows.
    TalkBy,
    /// Questions, a discussion, a looking back: what is headed below it are its points.
    Points,
    /// Another known part of a write-up.
    Part,
}

/// The label of a line, if it has one.
pub fn label(text: &str) -> Option<Label> {
    let word = text.trim_end_matches([':', '：', '!', '！', '☆', '♪']).trim();
    let matches = |regex: &LazyLock<Option<Regex>>| regex.as_ref().is_some_and(|r| r.is_match(word));
    if matches(&POINTS) {
        Some(Label::Points)
    } else if matches(&TALK) {
        Some(Label::Talk)
    } else if matches(&TALK_BY) {
        Some(Label::TalkBy)
    } else {
        matches(&PART).then_some(Label::Part)
    }
}

static POINTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:[^。、はがを]{0,12}(?:質疑応答|質疑|質問コーナー|振り返り会?|ふりかえり会?|パネルディスカッション|パネルトーク|ディスカッション|座談会|AMA)",
        r"|(?:[\w ]{0,20}\b)?(?:Q ?(?:&|＆|and) ?A|QA|Questions(?: and Answers)?|Panel(?: Discussion)?|Discussion|Retrospective|Fishbowl|Open Space))",
        r"(?:まとめ|タイム|コーナー| session)?$",
    ))
    .ok()
});

/// A kind of talk, then a number, a sign or a title in quotation marks; or the kind alone.
static TALK: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^[【\[［(（<＜]?(?:(?:sponsored|sponsor|スポンサー|ゲスト|招待|公募|特別|飛び込み|オープニング|クロージング|opening|closing|invited)[ 　]*)?",
        r"(?:LT|ライトニングトーク|lightning talks?|基調講演|講演|セッション|keynotes?|session|talk|presentation|発表|トーク|ワークショップ|workshop|ハンズオン|デモ|demo|panel|パネル)",
        r"(?:[ 　]*[#＃№]?[ 　]*[0-9０-９①-⑳]{1,2}(?:[ 　]*本?目)?(?:$|[^0-9a-zぁ-ん])|[ 　]*[:：「『“\x22】\]］)）>＞|｜/／]|[ 　]+[-–—－][ 　]|[ 　]*$)",
    ))
    .ok()
});

/// A title in quotation marks with the one who spoke: 「…」 名前さん, 名前 (@handle)「…」.
static TALK_BY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r#"^[^。]{0,30}[「『"“][^「」『』"“”]{2,80}[」』"”][^。、」』]{0,40}(?:さん|氏|様|先生|[(（]@\w{1,15}[^)）]*[)）])$|^[^。、「『]{1,40}(?:さん|氏|様|先生|[(（]@\w{1,15}[^)）]*[)）])[ 　]*[:：/／|｜]?[ 　]*[「『"“][^」』"”]{2,80}[」』"”]$"#).ok()
});

static PART: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)^(?:はじめに|初めに|まえがき|前置き|概要|イベント概要|開催概要|目次|テーマ|動画|資料|発表資料|スライド|日時|会場|場所|参加者|登壇者|タイムテーブル|アジェンダ|スケジュール|プログラム|",
        r"発表内容|内容|オープニング|クロージング|開会|閉会|休憩|乾杯|懇親会|交流会|二次会|LT大会|LT会|感想|所感|雑感|まとめ|おわりに|終わりに|さいごに|最後に|あとがき|次回|次回予告|次回開催|",
        r"告知|お知らせ|宣伝|リンク|関連リンク|参考|参考リンク|参考資料|参考文献|余談|おまけ|追記|謝辞|スポンサー|会場スポンサー|ハッシュタグ|経緯|きっかけ|背景|参加した理由|参加した目的|",
        r"[^。、はがを]{0,10}の?(?:まとめ|感想|タイムテーブル|様子|懇親会|概要|自己紹介)",
        r"|introduction|intro|overview|summary|recap|conclusions?|wrap[- ]?up|agenda|schedule|program(?:me)?|the talks|talks|sessions|speakers|lightning talks|keynotes?|",
        r"networking|after ?party|afterparty|thanks|thank you|acknowledg(?:e)?ments|(?:key )?take-?aways|(?:final|closing) (?:thoughts|remarks|words)|closing|opening(?: remarks)?|welcome|links|resources|",
        r"slides|videos?|recordings?|references|further reading|next (?:meetup|event|time|steps)|what['’]s next|up next|upcoming events?|our (?:sponsors|speakers|host)|sponsors|venue|about|about (?:the|this) (?:event|meetup)|tl;?dr|theme|photos|",
        r"day (?:[0-9]|one|two|three)|part (?:[0-9]|one|two|three)|[1-9]日目)$",
    ))
    .ok()
});

/// Whether a line begins like running text that goes on with what was said before.
pub fn goes_on(text: &str) -> bool {
    const JA: &[&str] = &[
        "また",
        "さらに",
        "なお",
        "しかし",
        "ただ",
        "そして",
        "それから",
        "ちなみに",
        "その後",
        "そのため",
        "なので",
        "だから",
        "でも",
        "けれど",
        "とはいえ",
        "という",
        "といった",
        "と言",
        "とのこと",
        "つまり",
        "例えば",
        "たとえば",
        "他にも",
        "ほかにも",
        "そこで",
        "それで",
        "このように",
        "こちらも",
        "一方",
        "あと、",
        "で、",
        "が、",
        "も、",
    ];
    const EN: &[&str] = &[
        "also ",
        "and ",
        "but ",
        "however",
        "moreover",
        "besides",
        "then ",
        "so ",
        "furthermore",
        "in addition",
        "additionally",
        "meanwhile",
        "afterwards",
        "after that",
        "by the way",
        "this ",
        "these ",
        "that ",
        "those ",
    ];
    let head: String = text.chars().take(16).collect::<String>().to_ascii_lowercase();
    JA.iter().chain(EN).any(|word| head.starts_with(word))
}

/// Whether a line is a greeting, which stands alone at the start of many posts.
pub fn is_greeting(text: &str) -> bool {
    const WORDS: &[&str] = &[
        "こんにちは",
        "こんにちわ",
        "こんばんは",
        "こんばんわ",
        "おはよう",
        "どうも",
        "お疲れ",
        "おつかれ",
        "皆さん",
        "みなさん",
        "はじめまして",
        "hi",
        "hello",
        "hey",
        "dear",
        "greetings",
        "good morning",
        "welcome back",
    ];
    let lower = text.to_lowercase();
    WORDS
        .iter()
        .any(|word| lower.strip_prefix(word).is_some_and(|rest| !word.is_ascii() || !rest.starts_with(|c: char| c.is_ascii_alphanumeric())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn talks() {
        for line in [
            "LT1「箱庭の話」",
            "LT 2: Boxes",
            "Sponsor LT「箱」",
            "基調講演",
            "セッション3 箱と庭",
            "Keynote: Boxes",
            "Talk 1: Boxes",
            "Lightning Talk - Boxes",
            "【LT1】箱の話",
        ] {
            assert_eq!(label(line), Some(Label::Talk), "{line}");
        }
        for line in ["「箱の話」 森 葵さん", "森 葵 (@aoim)「箱の話」"] {
            assert_eq!(label(line), Some(Label::TalkBy), "{line}");
        }
        for line in [
            "LTは5本ありました",
            "Talk about boxes was good",
            "発表の後は懇親会",
            "セッションの途中で",
            "Session was full",
            "Keynotes were great",
        ] {
            assert_eq!(label(line), None, "{line}");
        }
    }

    #[test]
    fn parts_and_points() {
        for line in ["質疑応答", "Q&A", "ゆるく振り返り会", "パネルディスカッション", "Questions"] {
            assert_eq!(label(line), Some(Label::Points), "{line}");
        }
        for line in ["まとめ", "はじめに", "全体の感想", "Wrap-up", "Final thoughts", "動画", "What's next", "1日目"] {
            assert_eq!(label(line), Some(Label::Part), "{line}");
        }
    }
}
