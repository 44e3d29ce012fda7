//! Words of names that are not the name: filling, kinds of events, seasons, places in their scripts.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Words that titles put around a name.
const FILLING: &str = "
the a an of at in on to and for with by my our from vol volume no episode edition ver de du des la le les l d à au sur
et mon ma moi par en un une retour der die das und im am el los y report recap summary notes memo trip review attended
slides s 参加 参加記 参加報告 参加者 レポート レポ メモ 感想 報告 回 年 号 後記 行 登壇
";

/// What many events are called.
const GENERIC: &str = "
meetup meetups conference conf con event events study group studygroup 勉強会 研究会 読書会 もくもく会 会議 大会 会 lt lt会 ライトニングトーク
lightning talk talks session sessions keynote keynotes workshop workshops hackathon ハッカソン ハンズオン party パーティ パーティー 懇親会
交流会 セミナー seminar イベント カンファレンス ミートアップ schedule speakers program programme timetable home news blog about day online
オンライン committee meeting summit forum フォーラム festival camp tech it 学生 学生限定 初心者 年度 総会 发表 大會 主题大会 活动 沙龙 journée soirée
treffen update web
";

/// What parts of an event are called, before their number.
pub const PARTS: &[&str] = &["day", "days", "jour", "tag", "part", "session", "track", "room", "lt"];

const SEASONS: &[(&str, u8)] =
    &[("spring", 0), ("春", 0), ("summer", 1), ("夏", 1), ("fall", 2), ("autumn", 2), ("秋", 2), ("winter", 3), ("冬", 3)];

/// Towns, regions and countries where events are held, one a line, each in its scripts, the plain spelling first.
const PLACES: &str = include_str!("places.txt");

static FILLING_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| FILLING.split_whitespace().collect());
static GENERIC_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| GENERIC.split_whitespace().collect());
static PLACE_NAMES: LazyLock<HashMap<&str, &str>> = LazyLock::new(|| {
    let line = |line: &'static str| line.split_whitespace().map(move |name| (name, line.split_whitespace().next().unwrap_or(name)));
    PLACES.lines().flat_map(line).collect()
});

/// Whether titles put a word around names.
pub fn is_filling(word: &str) -> bool {
    FILLING_WORDS.contains(word)
}

/// Whether many events are called so.
pub fn is_generic(word: &str) -> bool {
    GENERIC_WORDS.contains(word)
}

/// The number of a season.
pub fn season(word: &str) -> Option<u8> {
    SEASONS.iter().find(|(name, _)| *name == word).map(|(_, season)| *season)
}

/// The plain spelling of a place.
pub fn place(word: &str) -> Option<&'static str> {
    PLACE_NAMES.get(word).copied()
}

/// A place at the beginning or end of a longer run of Han characters: `関西会議`, `勉強会札幌`; the two pieces in their order.
pub fn with_place(word: &str) -> Option<(&str, &str)> {
    if word.is_ascii() || word.chars().count() > 12 {
        return None;
    }
    let cuts = word.char_indices().skip(1).map(|(at, _)| word.split_at(at));
    cuts.into_iter().find(|(front, back)| [front, back].iter().any(|piece| !piece.is_ascii() && PLACE_NAMES.contains_key(**piece)))
}

/// `三`, `第十二`, `十二回`: a number in Kanji, up to 99.
pub fn kanji_number(word: &str) -> Option<u32> {
    let stem = word.strip_prefix('第').unwrap_or(word);
    let stem = stem.strip_suffix('回').unwrap_or(stem);
    if stem.len() == word.len() || stem.is_empty() {
        return None;
    }
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|d| d == c).and_then(|n| u32::try_from(n).ok());
    match stem.split_once('十') {
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { single(tens, digit)? };
            let ones = if ones.is_empty() { 0 } else { single(ones, digit)? };
            Some(10 * tens + ones)
        }
        None => single(stem, digit),
    }
}

fn single(text: &str, digit: impl Fn(char) -> Option<u32>) -> Option<u32> {
    let mut characters = text.chars();
    let first = characters.next()?;
    characters.next().is_none().then(|| digit(first)).flatten()
}
