//! Which format a text is taken for.

use recap_document::{Format, Hints, read};

fn format(text: &str, name: Option<&str>) -> Option<Format> {
    read(text.as_bytes(), &Hints { name, ..Hints::default() }).ok().map(|d| d.format)
}

#[test]
fn by_content() {
    let cases = [
        ("<!DOCTYPE html><title>x</title><p>y", Format::Html),
        ("\u{feff}\n <html><body>x</body></html>", Format::Html),
        ("<div class=\"post\"><p>One</p><p>Two</p></div>", Format::Html),
        ("---\ntitle: x\ndate: 2031-06-03\n---\n\nText.\n", Format::Markdown),
        ("# Night\n\n## Talks\n\n- [Slides](https://a.example/)\n", Format::Markdown),
        ("{{< youtube abc >}}\n\n## A\n\n## B\n\n- [x](https://a.example/)\n", Format::Markdown),
        ("Night\n=====\n\n.. contents::\n\n.. raw:: html\n\n   <p>x</p>\n\n* a\n* b\n* c\n* d\n", Format::Rst),
        (":date: 2031-06-03\n:tags: a\n\n=====\nNight\n=====\n\n* a\n", Format::Rst),
        ("箱庭ナイトに行きました。\nLT1「箱」\n楽しい話でした。\n", Format::Plain),
        ("[今日の話] 箱庭ナイトに行きました。", Format::Plain),
        ("> That was fun, she said. - I agree. * also", Format::Plain),
    ];
    for (text, expected) in cases {
        assert_eq!(format(text, None), Some(expected), "{text}");
    }
}

#[test]
fn the_name_decides_what_content_leaves_open() {
    let text = "Night\n=====\n\nGood evening.\n";
    assert_eq!(format(text, Some("a.md")), Some(Format::Markdown));
    assert_eq!(format(text, Some("a.rst")), Some(Format::Rst));
    assert_eq!(format(text, Some("a.txt")), Some(Format::Plain));
    assert_eq!(format("<html><p>x</html>", Some("a.md")), Some(Format::Html), "a signature wins over the name");
}
