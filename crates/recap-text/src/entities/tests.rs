use proptest::prelude::*;

use super::*;

fn mentions(text: &str) -> Vec<String> {
    find_entities(text).mentions.into_iter().map(|m| m.handle).collect()
}

fn tags(text: &str) -> Vec<String> {
    find_entities(text).hashtags.into_iter().map(|h| h.tag).collect()
}

fn urls(text: &str) -> Vec<String> {
    find_entities(text).urls.into_iter().map(|u| u.url).collect()
}

#[test]
fn mentions_beside_japanese() {
    assert_eq!(mentions("司会は@sample_hostさん、＠guest1氏です"), ["sample_host", "guest1"]);
    let found = find_entities("の＠guest");
    assert_eq!(found.mentions.first().map(|m| (m.start, m.end)), Some((3, 11)));
}

#[test]
fn what_is_no_mention() {
    for text in ["a@example.com", "x@@y", "!@y", "@http://example.com", "@nomé", "@a@example.com", "@ a"] {
        assert_eq!(mentions(text), [""; 0], "{text}");
    }
}

#[test]
fn mentions_of_retweets_and_lists() {
    assert_eq!(mentions("RT@guest: rt @other"), ["guest", "other"]);
    assert_eq!(mentions("see @guest/some-list"), ["guest"]);
    assert_eq!(mentions("@abcdefghijklmnopqrstuvwxyz"), ["abcdefghijklmnopqrst"]);
}

#[test]
fn hashtags_of_all_scripts() {
    assert_eq!(
        tags("#見本勉強会 ＃ＡＢＣ１２ #いすゞ #サンプル〜ズ #サ・ン。"),
        ["見本勉強会", "ＡＢＣ１２", "いすゞ", "サンプル〜ズ", "サ・ン"]
    );
}

#[test]
fn what_is_no_hashtag() {
    for text in ["#1", "#2020", "見本#タグ", "&#x27;", "#a#b", "#http://example.com", "# a", "#️⃣", "#_1"] {
        assert_eq!(tags(text), [""; 0], "{text}");
    }
    assert_eq!(tags("できた！#見本 ✌️#tag"), ["見本", "tag"]);
    assert_eq!(tags("https://example.com/#tag"), [""; 0]);
}

#[test]
fn urls_end_at_japanese() {
    assert_eq!(urls("資料https://example.com/aを見て、http://example.org。次"), ["https://example.com/a", "http://example.org"]);
    assert_eq!(
        urls("（https://example.com/a）https://example.comです。foo.jp"),
        ["https://example.com/a", "https://example.com", "foo.jp"]
    );
}

#[test]
fn urls_without_protocol() {
    assert_eq!(urls("example.comとt.co/Ab1's sub.example.co.jp/a?b=c."), ["example.com", "t.co/Ab1", "sub.example.co.jp/a?b=c"]);
    for text in [
        "a.b",
        "readme.txt2",
        "john.doe@example.com",
        "jane.jp.x@example.com",
        "$example.com",
        "_a.example.com/",
        "..example.com",
        "1.5",
        "e.g. this",
    ] {
        assert_eq!(urls(text), [""; 0], "{text}");
    }
}

#[test]
fn paths_and_queries() {
    assert_eq!(
        urls("http://example.com/a_(b)_(c(d)), http://example.com/a!! http://example.com?x=#y."),
        ["http://example.com/a_(b)_(c(d))", "http://example.com/a", "http://example.com?x=#y"]
    );
    assert_eq!(urls("http://example.com:8080/a(b http://example.com/,,,"), ["http://example.com:8080/a", "http://example.com/"]);
    assert_eq!(urls("https://t.co/abc123: https://t.co/abc?amp=1"), ["https://t.co/abc123", "https://t.co/abc?amp=1"]);
}

#[test]
fn hosts_need_a_real_top_level_domain() {
    assert_eq!(urls("http://no-tld http://-a.example.com http://a_b.com http://x.みんなです"), ["http://x.みんな"]);
    assert_eq!(urls("http://a.example.notatld/x"), [""; 0]);
    assert_eq!(urls("http://xn--はじめ.com/"), [""; 0]);
    assert_eq!(urls("http://日本語.jp/a http://日本語.example.com"), ["http://日本語.jp/a", "http://日本語.example.com"]);
}

#[test]
fn the_first_of_overlapping_entities_stays() {
    let found = find_entities("#見本.com @user.com https://example.com/@user");
    assert_eq!(found.hashtags.len(), 1);
    assert_eq!(found.mentions.len(), 1);
    assert_eq!(found.urls.len(), 1);
}

/// Pieces of which entities and what looks like them are made.
const PIECES: &[&str] = &[
    "http://",
    "https://",
    "example",
    ".com",
    ".jp",
    "t.co/",
    "/",
    "(",
    ")",
    "#",
    "@",
    "＃",
    "＠",
    "あ",
    "。",
    "user",
    "_",
    "-",
    " ",
    "?",
    "=",
    "1",
    "RT",
    ":",
    "&",
    "é",
    "..",
    "😀",
    "\u{fe0f}",
    "]",
    "みんな",
    "xn--a",
];

proptest! {
    #[test]
    fn spans_are_sound(picks in prop::collection::vec(0..PIECES.len(), 0..20), other in "\\PC{0,20}") {
        let mut text: String = picks.iter().filter_map(|i| PIECES.get(*i)).copied().collect();
        text.push_str(&other);
        let found = find_entities(&text);
        let mut spans: Vec<(usize, usize)> = Vec::new();
        for m in &found.mentions {
            prop_assert!(text.get(m.start..m.end).is_some_and(|s| s.ends_with(&m.handle)));
            spans.push((m.start, m.end));
        }
        for h in &found.hashtags {
            prop_assert!(text.get(h.start..h.end).is_some_and(|s| s.ends_with(&h.tag)));
            spans.push((h.start, h.end));
        }
        for u in &found.urls {
            prop_assert_eq!(text.get(u.start..u.end), Some(u.url.as_str()));
            spans.push((u.start, u.end));
        }
        spans.sort_unstable();
        prop_assert!(spans.windows(2).all(|w| matches!(w, [a, b] if a.1 <= b.0)));
    }
}

/// What a backtracking pattern would choke on; quadratic time would take minutes.
#[test]
fn long_texts_take_linear_time() {
    for piece in [
        "a.",
        "(",
        "@",
        "#",
        "@a",
        "#a ",
        "http://http://",
        "http://あ",
        "t.co/",
        "http://a.com/((",
        "http://a.com/(a(a",
        "#あ",
        "http://a.",
        "foo@bar.com ",
        "_.",
        "RT@a",
        "日本語",
        "?a",
        "http://a.com?",
    ] {
        let text = piece.repeat(200_000 / piece.len());
        let began = std::time::Instant::now();
        let _ = find_entities(&text);
        assert!(began.elapsed().as_secs() < 10, "{piece:?}: {:?}", began.elapsed());
    }
}
