use super::*;

fn field(text: &str) -> Option<(String, &'static str)> {
    parse_date(text, &DateContext::default()).map(|d| (d.value, d.precision.as_str()))
}

#[test]
fn whole_fields() {
    for (text, value, precision) in [
        ("2020-06-16 19:00:00 +0900", "2020-06-16T19:00", "minute"),
        ("Tue, 16 Jun 2020 10:00:00 +0000", "2020-06-16T10:00", "minute"),
        ("\"2020-06-16\"", "2020-06-16", "day"),
        ("20200616", "2020-06-16", "day"),
        ("2020-06", "2020-06", "month"),
        ("2020", "2020", "year"),
        ("2020-06-16T19:00", "2020-06-16T19:00", "minute"),
    ] {
        assert_eq!(field(text), Some((value.to_owned(), precision)), "{text}");
    }
    for text in ["", "draft", "20201316", "0000", "2020-13", "é020"] {
        assert_eq!(field(text), None, "{text}");
    }
}

#[test]
fn instants() {
    let ten = "2020-06-16T10:00:00Z".parse().ok();
    assert!(ten.is_some());
    for text in [
        "2020-06-16T10:00:00Z",
        "2020-06-16T19:00:00+09:00",
        "2020-06-16T19:00:00+0900",
        "2020-06-16 19:00:00 +0900",
        "Tue, 16 Jun 2020 10:00:00 +0000",
        "Tue, 16 Jun 2020 10:00:00 GMT",
        "Tue Jun 16 10:00:00 +0000 2020",
        " 2020-06-16T10:00:00.000Z ",
    ] {
        assert_eq!(parse_instant(text), ten, "{text}");
    }
    for text in ["2020-06-16T10:00:00", "2020-06-16", "yesterday", ""] {
        assert_eq!(parse_instant(text), None, "{text}");
    }
}
