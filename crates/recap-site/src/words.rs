//! The words around the values, in English and Japanese.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The language of the words around values. Values stay as their sources have them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    /// English.
    #[default]
    En,
    /// Japanese.
    Ja,
}

impl Language {
    /// BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ja => "ja",
        }
    }

    /// The language that an `Accept-Language` header (RFC 9110, 12.5.4) likes best, of the two.
    pub fn accepted(header: &str) -> Self {
        let weighed = header.split(',').filter_map(|part| {
            let (tag, rest) = part.split_once(';').unwrap_or((part, ""));
            let quality: f32 = rest.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.trim().parse().ok())?;
            let language = match tag.trim().get(..2)?.to_ascii_lowercase().as_str() {
                "ja" => Self::Ja,
                "en" => Self::En,
                _ => return None,
            };
            Some((quality, language))
        });
        // The first one of the same weight counts.
        weighed.fold((0.0, Self::En), |best, one| if one.0 > best.0 { one } else { best }).1
    }

    /// All words by their keys.
    pub fn words(self) -> BTreeMap<&'static str, &'static str> {
        WORDS.iter().map(|(key, en, ja)| (*key, if self == Self::Ja { *ja } else { *en })).collect()
    }
}

/// Key, English, Japanese.
const WORDS: &[(&str, &str, &str)] = &[
    ("skip", "Skip to content", "本文へ"),
    ("menu", "Main", "メイン"),
    ("home", "Home", "ホーム"),
    ("events", "Events", "イベント"),
    ("event", "Event", "イベント"),
    ("years", "Years", "年"),
    ("series", "Series", "シリーズ"),
    ("people", "People", "人"),
    ("person", "Person", "人"),
    ("tags", "Tags", "タグ"),
    ("search", "Search", "検索"),
    ("review", "Review", "確認待ち"),
    ("talks", "Talks", "発表"),
    ("talk", "Talk", "発表"),
    ("questions", "Questions and answers", "質疑応答"),
    ("question", "Question", "質問"),
    ("posts", "Posts", "投稿"),
    ("post", "Post", "投稿"),
    ("links", "Links", "リンク"),
    ("next", "Next events", "次回のイベント"),
    ("lookups", "Looked up", "調べた情報"),
    (
        "lookups_note",
        "What services say of these addresses. The sources do not say it.",
        "各サービスがこれらのアドレスについて答えた内容です。出典には書かれていません。",
    ),
    ("gone", "no longer there", "削除済み"),
    ("according", "according to", "回答元:"),
    ("sources", "Sources", "出典"),
    ("issues", "Problems in the sources", "出典の問題"),
    ("date", "Date", "日時"),
    ("venue", "Venue", "会場"),
    ("mode", "Format", "形式"),
    ("online", "online", "オンライン"),
    ("offline", "on site", "現地"),
    ("mixed", "online and on site", "オンラインと現地"),
    ("pages", "Event pages", "イベントページ"),
    ("organizers", "Organisers", "主催"),
    ("sponsors", "Sponsors", "スポンサー"),
    ("hashtags", "Hashtags", "ハッシュタグ"),
    ("participants", "Participants", "参加者数"),
    ("theme", "Theme", "テーマ"),
    ("videos", "Recordings", "録画"),
    ("slides", "Slides", "資料"),
    ("video", "Video", "動画"),
    ("link", "Link", "リンク"),
    ("speakers", "Speakers", "登壇者"),
    ("time", "Time", "時刻"),
    ("language", "Language", "言語"),
    ("summary", "Summary", "概要"),
    ("before", "Before", "前回"),
    ("after", "After", "次の回"),
    ("undated", "Without a date", "日付なし"),
    ("newest", "Newest events", "新しいイベント"),
    ("timeline", "By year", "年ごと"),
    ("most", "Most talks", "発表の多い人"),
    ("all", "All", "すべて"),
    ("accounts", "Accounts", "アカウント"),
    ("aliases", "Also written", "別表記"),
    ("affiliations", "Affiliations", "所属"),
    ("beside", "Spoke at the same events", "同じイベントの登壇者"),
    ("together", "talks together", "件を共に発表"),
    ("evidence", "Where the values come from", "値の出典"),
    ("why", "Source of", "出典:"),
    ("quote", "Quote", "引用"),
    ("rule", "Rule", "規則"),
    ("method", "Method", "方法"),
    ("confidence", "Confidence", "確信度"),
    ("source", "Source", "出典"),
    ("position", "Characters", "文字位置"),
    ("attribute", "Attribute", "属性"),
    ("derived_from", "Made from", "もとの値"),
    ("rivals", "What lost against it", "採られなかった値"),
    ("verbatim", "as it stands there", "そのまま"),
    ("normalised", "the same in another notation", "表記を揃えた"),
    ("derived", "from other values, or implied", "ほかの値から"),
    ("override", "a person's correction", "人による訂正"),
    ("nosource", "The text of the source is not at hand; this is the quote alone.", "出典の本文が手元にないため、引用だけを示す。"),
    ("in_source", "Show in the source", "出典の中で見る"),
    ("keynote", "Keynote", "基調講演"),
    ("lightning", "Lightning talk", "LT"),
    ("sponsor_talk", "Sponsor talk", "スポンサーセッション"),
    ("panel", "Panel", "パネル"),
    ("workshop", "Workshop", "ワークショップ"),
    ("speaker", "speaker", "登壇"),
    ("host", "host", "司会"),
    ("organizer", "organiser", "主催"),
    ("panelist", "panellist", "パネリスト"),
    ("moderator", "moderator", "モデレーター"),
    ("sponsor", "sponsor", "スポンサー"),
    ("attendee", "attendee", "参加"),
    ("author", "author", "執筆"),
    ("mentioned", "mentioned", "言及"),
    ("page", "Page", "ページ"),
    ("newer", "Back", "前へ"),
    ("older", "More", "次へ"),
    ("cut", "cut here; the whole is in the recap JSON", "ここまで。全文は recap JSON に"),
    ("json", "Recap JSON", "recap JSON"),
    ("year", "Year", "年"),
    ("kind", "Kind", "種類"),
    ("any", "any", "すべて"),
    ("find", "Search", "検索する"),
    ("words", "Words, names, handles", "言葉、名前、アカウント"),
    ("found", "found", "件"),
    ("none", "Nothing found.", "見つからない。"),
    (
        "needs_script",
        "Searching these pages needs JavaScript. The lists lead everywhere, too.",
        "このページの検索には JavaScript が要る。一覧からもたどれる。",
    ),
    ("moved", "This page has another address now.", "このページは移動した。"),
    ("unknown", "There is no such page.", "そのページはない。"),
    ("empty", "Nothing here yet.", "まだ何もない。"),
    ("waits", "waiting for a decision", "件が確認待ち"),
    ("accept", "Accept", "正しい"),
    ("reject", "Reject", "誤り"),
    ("correct", "Correct", "訂正する"),
    ("value", "Value", "値"),
    ("reason", "Why (kept with the decision)", "理由(判断とともに残る)"),
    ("one_event", "One event", "同じイベント"),
    ("two_events", "Two events", "別のイベント"),
    ("saved", "Kept.", "記録した。"),
    ("remove", "There is no such value", "この値はない"),
    ("building", "The index is being made; lists and search follow in a moment.", "索引を作成中。一覧と検索はまもなく使える。"),
    ("close", "Close", "閉じる"),
    ("answer", "Answer", "回答"),
    ("slides_n", "slides", "資料"),
    ("about", "Made by recap from the sources; every value leads to its quote.", "recap が出典から作成。すべての値から引用にたどれる。"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_chooses_the_language() {
        assert_eq!(Language::accepted("ja,en-US;q=0.9"), Language::Ja);
        assert_eq!(Language::accepted("fr, en;q=0.5, ja;q=0.4"), Language::En);
        assert_eq!(Language::accepted(""), Language::En);
        assert_eq!(Language::accepted("ja;q=x"), Language::En);
    }

    #[test]
    fn every_word_is_in_both_languages_and_once() {
        assert_eq!(Language::En.words().len(), WORDS.len());
        assert!(WORDS.iter().all(|(_, en, ja)| !en.is_empty() && !ja.is_empty()));
    }
}
