//! Encodings: marks, declarations true and false, detection.

use encoding_rs::{EUC_JP, Encoding, ISO_2022_JP, SHIFT_JIS};
use recap_document::{Document, Hints, read};

const TEXT: &str = "箱庭ナイトの参加レポート。今回は「箱のこれまで」というテーマで、森さんが発表しました。資料はあとで公開されるそうです。";

fn encoded(text: &str, encoding: &'static Encoding) -> Vec<u8> {
    encoding.encode(text).0.into_owned()
}

fn document(bytes: &[u8], content_type: Option<&str>) -> Document {
    read(bytes, &Hints { content_type, ..Hints::default() }).unwrap_or_default()
}

#[test]
fn japanese_encodings_without_declaration() {
    for encoding in [SHIFT_JIS, EUC_JP, ISO_2022_JP] {
        let found = document(&encoded(TEXT, encoding), None);
        assert_eq!((found.charset, found.text.trim_end()), (encoding.name(), TEXT));
        assert_eq!(found.problems, []);
    }
}

#[test]
fn japanese_encodings_with_declaration() {
    for (encoding, label) in [(SHIFT_JIS, "Shift_JIS"), (SHIFT_JIS, "x-sjis"), (EUC_JP, "euc-jp"), (ISO_2022_JP, "iso-2022-jp")] {
        let page = format!("<html><head><meta charset=\"{label}\"><title>箱</title></head><body><p>{TEXT}</p></body></html>");
        assert_eq!(document(&encoded(&page, encoding), None).text.trim_end(), TEXT, "{label}");
        let old = format!(
            "<html><head><meta http-equiv=\"Content-Type\" content=\"text/html; charset={label}\"></head><body><p>{TEXT}</p></body></html>"
        );
        assert_eq!(document(&encoded(&old, encoding), None).text.trim_end(), TEXT, "{label}");
        let header = format!("text/plain; charset={label}");
        assert_eq!(document(&encoded(TEXT, encoding), Some(&header)).charset, encoding.name(), "{label}");
    }
}

#[test]
fn wrong_declarations_do_not_count() {
    let page = |label: &str| format!("<html><head><meta charset=\"{label}\"></head><body><p>{TEXT}</p></body></html>");
    for (encoding, label) in [
        (SHIFT_JIS, "utf-8"),
        (EUC_JP, "utf-8"),
        (SHIFT_JIS, "euc-jp"),
        (EUC_JP, "shift_jis"),
        (ISO_2022_JP, "utf-8"),
        (ISO_2022_JP, "euc-jp"),
    ] {
        let found = document(&encoded(&page(label), encoding), None);
        assert_eq!(found.text.trim_end(), TEXT, "{} declared as {label}", encoding.name());
    }
    for label in ["shift_jis", "euc-jp", "iso-8859-1", "iso-2022-jp", "no-such-charset"] {
        assert_eq!(document(page(label).as_bytes(), None).text.trim_end(), TEXT, "UTF-8 declared as {label}");
        assert_eq!(
            document(page("utf-8").as_bytes(), Some(&format!("text/html; charset={label}"))).text.trim_end(),
            TEXT,
            "UTF-8 sent as {label}"
        );
    }
}

#[test]
fn byte_order_marks() {
    let utf16 = |big: bool| -> Vec<u8> {
        std::iter::once(0xfeff).chain(TEXT.encode_utf16()).flat_map(|u| if big { u.to_be_bytes() } else { u.to_le_bytes() }).collect()
    };
    assert_eq!(document(&utf16(true), None).text.trim_end(), TEXT);
    assert_eq!(document(&utf16(false), Some("text/plain; charset=utf-8")).text.trim_end(), TEXT);
    let utf8 = [b"\xef\xbb\xbf", TEXT.as_bytes()].concat();
    assert_eq!(document(&utf8, Some("text/plain; charset=shift_jis")).text.trim_end(), TEXT);
}

#[test]
fn damaged_text_is_reported() {
    let mut bytes = format!("<html><p>{}</p>", TEXT.repeat(20)).into_bytes();
    bytes.truncate(bytes.len() - 6);
    let found = document(&bytes, None);
    assert_eq!(found.charset, "UTF-8");
    assert_eq!(found.problems.iter().map(|p| p.code).collect::<Vec<_>>(), ["charset"]);
    assert!(found.text.starts_with(TEXT));
}

#[test]
fn escape_sequences_in_utf8_are_no_japanese() {
    let log = "Terminal notes of the evening: \u{1b}$B is an escape, and so on — the rest is UTF-8 (日本語).";
    assert_eq!(document(log.as_bytes(), None).text.trim_end(), log);
}
