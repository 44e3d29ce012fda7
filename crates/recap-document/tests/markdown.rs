//! Markdown and what blog engines put into it.

mod common;

use common::{links, markdown, outline, urls};
use recap_document::{BlockKind, Document, LinkForm, Place};

fn values<'a>(fields: impl IntoIterator<Item = &'a recap_document::Field>) -> Vec<&'a str> {
    fields.into_iter().map(|f| f.value.as_str()).collect()
}

fn embed_urls(document: &Document) -> Vec<&str> {
    links(document).into_iter().filter(|l| l.form == LinkForm::Embed).map(|l| l.url.as_str()).collect()
}

#[test]
fn yaml_front_matter() {
    let post = markdown(
        "---\ntitle: \"Box Night #7\"\ndate: 2031-06-03 19:00:00 +0900\ntags: [boxes, 庭]\nauthor:\n  name: Ann\nevent: {venue: Hall}\n---\n\n# Box Night\n",
    );
    let meta = &post.meta;
    assert_eq!(values(&meta.title), ["Box Night #7"]);
    assert_eq!(values(&meta.author), ["Ann"]);
    assert_eq!(values(&meta.published), ["2031-06-03 19:00:00 +0900"]);
    assert_eq!(values(&meta.tags), ["boxes", "庭"]);
    assert_eq!(meta.other.iter().map(|(k, f)| (k.as_str(), f.value.as_str())).collect::<Vec<_>>(), [("event.venue", "Hall")]);
    assert!(
        meta.fields().all(|f| matches!(f.place, Place::Text(span) if post.slice(span) == f.value)),
        "values are found where they stand"
    );
    assert_eq!(post.blocks[0].kind, BlockKind::Meta);
    assert_eq!(post.text_of(1), "Box Night");
}

#[test]
fn toml_front_matter() {
    let post = markdown("+++\ntitle = \"Box Night\"\ndate = 2031-06-03T19:00:00+09:00\n[taxonomies]\ntags = [\"boxes\"]\n+++\n\nText.\n");
    assert_eq!((values(&post.meta.title), values(&post.meta.published)), (vec!["Box Night"], vec!["2031-06-03T19:00:00+09:00"]));
    assert_eq!(post.text_of(1), "Text.");
}

#[test]
fn broken_front_matter_is_read_line_by_line() {
    let post = markdown("---\ntitle: Box: the night\nauthor: 'Ann\n---\n\nText.\n");
    assert_eq!(values(&post.meta.title), ["Box: the night"]);
    let none = markdown("---\n\nText between breaks.\n\n---\n\nMore.\n");
    assert_eq!(none.meta.title, None);
    assert!(none.text.contains("Text between breaks."));
}

#[test]
fn pelican_header() {
    let post = markdown("Title: Box Night\nDate: 2031-06-03\nTags: boxes, soil\n\nText.\n");
    assert_eq!(values(&post.meta.tags), ["boxes", "soil"]);
}

#[test]
fn shortcodes() {
    let post = markdown(
        "{{< youtube abc_123 >}}\n\n{{< tweet user=\"aoim\" id=\"12\" >}}\n\n{{% tweet 34 %}}\n\n{% youtube def %}\n\n{% speakerdeck f00 %}\n\n@[speakerdeck](f11)\n\n@[youtube](ghi)\n\n[https://a.example/p:embed:cite]\n\n[https://b.example/:title=題]\n\n[youtube:jkl]\n",
    );
    assert_eq!(
        urls(&post),
        [
            "https://www.youtube.com/watch?v=abc_123",
            "https://twitter.com/aoim/status/12",
            "https://twitter.com/i/status/34",
            "https://www.youtube.com/watch?v=def",
            "https://speakerdeck.com/player/f00",
            "https://speakerdeck.com/player/f11",
            "https://www.youtube.com/watch?v=ghi",
            "https://a.example/p",
            "https://b.example/",
            "https://www.youtube.com/watch?v=jkl",
        ]
    );
    assert_eq!(embed_urls(&post).len(), 8);
}

#[test]
fn shortcodes_in_code_stay_text() {
    let post = markdown("```\n{{< youtube abc >}}\n@[youtube](x)\n```\n\n~~~md\n{% youtube def %}\n~~~\n\ntext\n");
    assert_eq!(urls(&post), [""; 0]);
    assert_eq!(outline(&post), "code {{< youtube abc >}}/@[youtube](x)\ncode {% youtube def %}\np text");
}

#[test]
fn shortcodes_in_a_line_keep_it_together() {
    let post = markdown("Before {{< ref \"x\" >}} after.\n\n{{< figure src=\"a.png\" >}}\n\n{{ .Site.Title }} end\n");
    assert_eq!(post.text, "Before  after.\nend\n".replace("  ", " "));
}

#[test]
fn kramdown_attributes_and_containers() {
    let post = markdown("[slides](https://a.example/){:target=\"_blank\"} here\n{: .note}\n\n:::message\ninside\n:::\n");
    assert_eq!(post.text, "slides here\ninside\n");
}

#[test]
fn raw_html_in_the_middle() {
    let post = markdown(
        "## Talk\n\nText *before*.\n\n<blockquote class=\"twitter-tweet\"><p lang=\"en\">Hi <a href=\"https://t.co/x\">t.co/x</a></p>&mdash; Ann (@ann) <a href=\"https://twitter.com/ann/status/1\">June 3, 2031</a></blockquote>\n<script async src=\"https://platform.twitter.com/widgets.js\"></script>\n\nText after.\n\n## Next\n",
    );
    assert_eq!(outline(&post), "h2 Talk\np Text before.\nquote\n  p Hi t.co/x\n  p — Ann (@ann) June 3, 2031\np Text after.\nh2 Next");
}

#[test]
fn nested_lists() {
    let post = markdown("- one\n  - two\n    - three\n- four\n\n1. a\n2. b\n\n- [x] done\n");
    assert_eq!(
        outline(&post),
        "ul\n  li\n    p one\n    ul\n      li\n        p two\n        ul\n          li\n            p three\n  li\n    p four\nol\n  li\n    p a\n  li\n    p b\nul\n  li\n    p done"
    );
}

#[test]
fn tables() {
    let post = markdown("| time | talk |\n|---|---|\n| 19:00 | [Boxes](https://a.example/) |\n");
    assert_eq!(
        outline(&post),
        "table\n  row\n    th0:1x1\n      p time\n    th1:1x1\n      p talk\n  row\n    td0:1x1\n      p 19:00\n    td1:1x1\n      p Boxes"
    );
    assert_eq!(urls(&post), ["https://a.example/"]);
}

#[test]
fn lines_links_and_japanese_emphasis() {
    let post = markdown("一行目\n二行目 <https://a.example/> https://b.example/x。\n**「箱」**です ![写真](i.png)\n");
    assert_eq!(post.text, "一行目\n二行目 https://a.example/ https://b.example/x。\n「箱」です\n");
    let found: Vec<_> = links(&post).into_iter().map(|l| (l.url.as_str(), l.form)).collect();
    assert_eq!(found, [("https://a.example/", LinkForm::Anchor), ("https://b.example/x", LinkForm::Bare), ("i.png", LinkForm::Image)]);
    assert_eq!(post.blocks[0].marks.len(), 1);
}
