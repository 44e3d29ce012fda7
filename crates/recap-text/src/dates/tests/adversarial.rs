use proptest::prelude::*;

use super::*;

/// Pieces of which dates and what looks like them are made.
const PIECES: &[&str] = &[
    "2020", "年", "6", "月", "16", "日", "(火)", "（", "）", "/", "-", ".", ":", "〜", " ", "19:00", "午後", "時", "半", "令和", "元",
    "R2", "'", "昨日", "先週", "の", "土曜", "June", "Jun", "16th", ",", "Tue", "pm", "T", "Z", "+0900", "last", "two", "days", "ago",
    "前", "一", "十", "http://", "a.com", "é", "😀", "\n", "から", "、", "२",
];

proptest! {
    #[test]
    fn spans_are_sound(picks in prop::collection::vec(0..PIECES.len(), 0..24), reference: bool) {
        let text: String = picks.iter().filter_map(|i| PIECES.get(*i)).copied().collect();
        let cx = DateContext { reference: reference.then_some(REFERENCE), lang: None };
        let mut free = 0;
        for mention in find_dates(&text, &cx) {
            prop_assert!(mention.start >= free && mention.end > mention.start, "{text}");
            prop_assert!(text.get(mention.start..mention.end).is_some(), "{text}");
            prop_assert!(mention.until.as_ref().is_none_or(|until| *until > mention.value), "{text}");
            free = mention.end;
        }
        let _ = parse_date(&text, &cx);
        let _ = parse_instant(&text);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,80}") {
        let cx = DateContext { reference: Some(REFERENCE), lang: Some("ja") };
        let _ = find_dates(&text, &cx);
        let _ = parse_date(&text, &cx);
        let _ = parse_instant(&text);
    }
}

/// What a backtracking parser would choke on. Unoptimised this takes a second or two for each piece;
/// quadratic time would take minutes.
#[test]
fn long_texts_take_linear_time() {
    let cx = DateContext { reference: Some(REFERENCE), lang: None };
    for piece in [
        "1/",
        "1",
        "2020/",
        "2020-06-",
        "(",
        "6月",
        "年",
        "一",
        "十",
        "June ",
        "June 1-",
        "19:00-",
        "2020年6月16日、",
        "Mon, ",
        "1 ",
        "1日、",
        "〜",
        "http://1/1/",
        "last ",
        " ",
        "16 and ",
        "2020. ",
        "令和",
        "先週の",
    ] {
        let text = piece.repeat(50_000 / piece.len());
        let began = std::time::Instant::now();
        let _ = find_dates(&text, &cx);
        let _ = parse_date(&text, &cx);
        assert!(began.elapsed().as_secs() < 10, "{piece:?}: {:?}", began.elapsed());
    }
}
