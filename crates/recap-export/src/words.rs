//! The words around values in Markdown and HTML, in Japanese and English.

use recap_model::{Recap, TalkKind};

use crate::{Settings, view};

/// The words of one language.
pub struct Words {
    /// BCP 47.
    pub tag: &'static str,
    pub date: &'static str,
    pub venue: &'static str,
    pub pages: &'static str,
    pub hashtags: &'static str,
    pub talks: &'static str,
    pub slides: &'static str,
    pub video: &'static str,
    pub questions: &'static str,
    pub posts: &'static str,
    pub next: &'static str,
    pub sources: &'static str,
    pub between: &'static str,
}

static JA: Words = Words {
    tag: "ja",
    date: "日時",
    venue: "会場",
    pages: "イベントページ",
    hashtags: "ハッシュタグ",
    talks: "発表",
    slides: "資料",
    video: "動画",
    questions: "質疑応答",
    posts: "みんなの投稿",
    next: "次回のイベント",
    sources: "出典",
    between: "、",
};

static EN: Words = Words {
    tag: "en",
    date: "Date",
    venue: "Venue",
    pages: "Event page",
    hashtags: "Hashtags",
    talks: "Talks",
    slides: "Slides",
    video: "Video",
    questions: "Questions and answers",
    posts: "Posts",
    next: "Next events",
    sources: "Sources",
    between: ", ",
};

/// The words for a recap: of the language that is asked for, else that of its sources; English for all but Japanese.
pub fn of(recap: &Recap, settings: &Settings) -> &'static Words {
    let wanted = settings.language.as_deref().or_else(|| view::language(recap));
    if wanted.is_some_and(|tag| tag == "ja" || tag.starts_with("ja-")) { &JA } else { &EN }
}

impl Words {
    /// What a talk's kind is called; a plain talk has no word.
    pub fn kind(&self, kind: TalkKind) -> Option<&'static str> {
        let japanese = self.tag == "ja";
        let (ja, en) = match kind {
            TalkKind::Talk | TalkKind::Other => return None,
            TalkKind::Keynote => ("基調講演", "Keynote"),
            TalkKind::Lightning => ("LT", "Lightning talk"),
            TalkKind::Sponsor => ("スポンサーセッション", "Sponsor talk"),
            TalkKind::Panel => ("パネルディスカッション", "Panel"),
            TalkKind::Workshop => ("ワークショップ", "Workshop"),
        };
        Some(if japanese { ja } else { en })
    }
}
