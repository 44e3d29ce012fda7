//! Write-ups of invented evenings, as many as asked for: each of its own series, day, people and talks, in sentences of
//! invented words, so that no page repeats another and only the pages of one evening would be merged.

use std::fmt::Write as _;

const SOUNDS: [&str; 24] = [
    "ka", "lo", "mi", "ren", "tor", "vel", "sa", "du", "fen", "gri", "hul", "jo", "ne", "pol", "qua", "ris", "sti", "tam", "ul", "wen",
    "xi", "yor", "zan", "bre",
];
const KANA: [&str; 24] = [
    "カ",
    "ロ",
    "ミ",
    "レン",
    "トル",
    "ベル",
    "サ",
    "デュ",
    "フェン",
    "グリ",
    "フル",
    "ジョ",
    "ネ",
    "ポル",
    "クア",
    "リス",
    "スティ",
    "タム",
    "ウル",
    "ウェン",
    "シ",
    "ヨル",
    "ザン",
    "ブレ",
];
const FAMILY: [&str; 12] = ["森", "川", "田", "山", "村", "沢", "原", "島", "橋", "谷", "岡", "崎"];
const GIVEN: [&str; 12] = ["一郎", "美咲", "健太", "由紀", "大輔", "直子", "拓也", "恵", "翔", "千夏", "誠", "彩香"];
const MONTHS: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// The title and the body of write-up `n`: about 12 KB, as real ones have; every second in Japanese.
pub fn night(n: usize) -> (String, String) {
    let dice = Dice(n as u64);
    if n.is_multiple_of(2) { english(dice, n) } else { japanese(dice, n) }
}

fn english(mut dice: Dice, n: usize) -> (String, String) {
    let (series, edition, day) = (title(&dice.word(3)), 2 + n % 60, 1 + n % 28);
    let (month, year) = (MONTHS[n / 28 % 12], 2012 + n % 13);
    let mut page = format!("<p>{series} Night #{edition} was held on {month} {day}, {year} at {} Hall.</p>", title(&dice.word(2)));
    let _ = write!(page, "<p>{}</p><h2>Talks</h2>", dice.sentences(4));
    for _ in 0..6 {
        let (name, handle) = (format!("{} {}", title(&dice.word(2)), title(&dice.word(3))), dice.word(4));
        let topic = title(&dice.words(4));
        let _ = write!(page, "<h3>{topic} by {name} (<a href=\"https://twitter.com/{handle}\">@{handle}</a>)</h3>");
        let _ = write!(page, "<p><a href=\"https://speakerdeck.com/{handle}/{}\">Slides</a></p>", dice.word(5));
        (0..3).for_each(|_| _ = write!(page, "<p>{}</p>", dice.sentences(5)));
        let (text, id) = (dice.words(9), 900_000_000_000_000_000 + dice.next());
        let _ = write!(page, "{}", post(&text, &name, &handle, id, &format!("{month} {day}, {year}")));
    }
    let _ = write!(page, "<h2>Q&amp;A</h2><p>Q: {}?</p><p>A: {}</p>", title(&dice.words(7)), dice.sentences(2));
    (format!("{series} Night #{edition}"), page)
}

fn japanese(mut dice: Dice, n: usize) -> (String, String) {
    let (series, edition) = (dice.kana(4), 2 + n % 60);
    let (year, month, day) = (2012 + n % 13, 1 + n / 28 % 12, 1 + n % 28);
    let place = dice.kana(3);
    let mut page = format!("<p>{year}年{month}月{day}日に{place}会館で「{series}勉強会 第{edition}回」を開催しました。</p>");
    let _ = write!(page, "<p>{}</p><h2>発表</h2>", dice.prose(4));
    for _ in 0..6 {
        let name = format!("{}{} {}", dice.of(&FAMILY), dice.of(&FAMILY), dice.of(&GIVEN));
        let (handle, topic) = (dice.word(4), format!("{}の{}", dice.kana(5), dice.kana(4)));
        let _ = write!(page, "<h3>「{topic}」 {name}さん(<a href=\"https://twitter.com/{handle}\">@{handle}</a>)</h3>");
        let _ = write!(page, "<p><a href=\"https://speakerdeck.com/{handle}/{}\">発表資料</a></p>", dice.word(5));
        (0..3).for_each(|_| _ = write!(page, "<p>{}</p>", dice.prose(5)));
        let (text, id) = (format!("{}が{}でした", dice.kana(5), dice.kana(4)), 900_000_000_000_000_000 + dice.next());
        let _ = write!(page, "{}", post(&text, &name, &handle, id, &format!("{year}年{month}月{day}日")));
    }
    let _ = write!(page, "<h2>質疑応答</h2><p>Q: {}は{}ですか?</p><p>A: {}</p>", dice.kana(4), dice.kana(5), dice.prose(1));
    (format!("{series}勉強会 第{edition}回を開催しました"), page)
}

fn post(text: &str, name: &str, handle: &str, id: u64, day: &str) -> String {
    format!(
        "<blockquote class=\"twitter-tweet\"><p>{text}</p>&mdash; {name} (@{handle}) \
         <a href=\"https://twitter.com/{handle}/status/{id}\">{day}</a></blockquote>"
    )
}

fn title(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The same throws for the same number, everywhere (SplitMix64).
struct Dice(u64);

impl Dice {
    /// A number below 2^48.
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        (mixed ^ (mixed >> 31)) >> 16
    }

    fn of<'a>(&mut self, list: &[&'a str]) -> &'a str {
        list[self.next() as usize % list.len()]
    }

    fn word(&mut self, sounds: usize) -> String {
        (0..sounds).map(|_| self.of(&SOUNDS)).collect()
    }

    fn words(&mut self, count: usize) -> String {
        let words: Vec<String> = (0..count).map(|_| self.word(2)).collect();
        words.join(" ")
    }

    fn sentences(&mut self, count: usize) -> String {
        let sentences: Vec<String> = (0..count).map(|_| format!("{}.", title(&self.words(12)))).collect();
        sentences.join(" ")
    }

    fn kana(&mut self, sounds: usize) -> String {
        (0..sounds).map(|_| self.of(&KANA)).collect()
    }

    fn prose(&mut self, count: usize) -> String {
        let sentence = |dice: &mut Self| format!("{}は{}を{}で{}しました。", dice.kana(4), dice.kana(5), dice.kana(4), dice.kana(3));
        (0..count).map(|_| sentence(self)).collect()
    }
}
