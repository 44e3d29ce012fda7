//! Pages: implied tags, tables, regions, embeds, links.

mod common;

use common::{html, links, outline, urls};
use recap_document::{Hints, LinkForm, MarkKind, read};

#[test]
fn implied_end_tags() {
    let page = html("<p>one<p>two<ul><li>a<li>b<ul><li>c</ul><li>d</ul><dl><dt>t<dd>x<dd>y</dl><p>three<div>four</div>");
    assert_eq!(
        outline(&page),
        "p one\np two\nul\n  li\n    p a\n  li\n    p b\n    ul\n      li\n        p c\n  li\n    p d\nul\n  li\n    p t\n  li\n    p x\n  li\n    p y\np three\np four"
    );
}

#[test]
fn stray_and_crossed_tags() {
    assert_eq!(html("</div><p>a <b>b <i>c</b> d</i> e</p></p></body>f").text, "a b c d e\nf\n");
    assert_eq!(html("<a href=\"/1\">one<a href=\"/2\">two</a></a> three").text, "onetwo three\n");
}

#[test]
fn tables_keep_their_grid() {
    let page = html("<table><tr><th rowspan=2>time<th colspan=2>talk<tr><td>a<td>b<tr><td>1<td>2<td>3</table>");
    assert_eq!(
        outline(&page),
        "table\n  row\n    th0:1x2\n      p time\n    th1:2x1\n      p talk\n  row\n    td1:1x1\n      p a\n    td2:1x1\n      p b\n  row\n    td0:1x1\n      p 1\n    td1:1x1\n      p 2\n    td2:1x1\n      p 3"
    );
}

#[test]
fn tables_in_cells_are_grids_of_their_own() {
    let page = html("<table><tr><td><table><tr><td>in<td>ner</table><td>out</table>");
    assert_eq!(
        outline(&page),
        "table\n  row\n    td0:1x1\n      table\n        row\n          td0:1x1\n            p in\n          td1:1x1\n            p ner\n    td1:1x1\n      p out"
    );
}

#[test]
fn regions() {
    let page = html(
        "<nav>menu</nav><main><article><p>text</p></article></main><aside>ad</aside><div class=\"comments\">hi</div><div id=\"sidebar\">s</div><footer>f</footer>",
    );
    assert_eq!(outline(&page), "nav\n  p menu\nmain\n  main\n    p text\naside\n  p ad\ncomments\n  p hi\naside\n  p s\nchrome\n  p f");
}

#[test]
fn embeds() {
    let page = html(
        "<iframe src=\"//www.youtube.com/embed/abc\"></iframe><script class=\"speakerdeck-embed\" data-id=\"f00\"></script>\
         <iframe src=\"https://hatenablog-parts.com/embed?url=https%3A%2F%2Fa.example%2Fpost\"></iframe><iframe data-src=\"https://b.example/\"></iframe><script>var x = 'https://no.example/';</script>",
    );
    assert_eq!(
        urls(&page),
        ["https://www.youtube.com/embed/abc", "https://speakerdeck.com/player/f00", "https://a.example/post", "https://b.example/"]
    );
    assert!(links(&page).iter().all(|l| l.form == LinkForm::Embed));
    assert_eq!(links(&page)[1].raw.as_deref(), Some("f00"));
}

#[test]
fn embedded_post() {
    let page = html(
        "<p>See:</p><blockquote class=\"twitter-tweet\" data-lang=\"ja\"><p lang=\"ja\">箱の話 <a href=\"https://twitter.com/hashtag/box\">#box</a><br>二行目</p>&mdash; Aoi (@aoim) <a href=\"https://twitter.com/aoim/status/12\">June 3, 2031</a></blockquote>",
    );
    assert_eq!(outline(&page), "p See:\nquote\n  p 箱の話 #box/二行目\n  p — Aoi (@aoim) June 3, 2031");
    assert!(page.blocks[1].has_class("twitter-tweet"));
}

#[test]
fn links_are_absolute_and_known_by_form() {
    let page = read(
        b"<base href='x'><p><a href=\"../s\" title=\"T\">slides</a> <img data-src=\"/i.png\" alt=\"pic\"> https://bare.example/a, <a href=\"https://x.example/\">https://x.example/</a> <a href=\"#top\">up</a><a href=\"javascript:x()\">no</a></p>",
        &Hints { name: Some("a.html"), url: Some("https://blog.example/2031/post/"), content_type: None },
    )
    .unwrap_or_default();
    let found: Vec<_> = links(&page).into_iter().map(|l| (l.url.as_str(), l.form)).collect();
    assert_eq!(
        found,
        [
            ("https://blog.example/2031/s", LinkForm::Anchor),
            ("https://blog.example/i.png", LinkForm::Image),
            ("https://bare.example/a", LinkForm::Bare),
            ("https://x.example/", LinkForm::Anchor),
            ("#top", LinkForm::Anchor),
        ]
    );
    assert_eq!(links(&page)[0].title.as_deref(), Some("T"));
}

#[test]
fn inline_text() {
    let page =
        html("<p>  a <b>bold</b>,\n <code>x  y</code> &amp; &#x7bb1;<br> next <ruby>箱<rt>はこ</rt></ruby></p><pre>  a\n   b</pre><hr>");
    assert!(page.text.starts_with("a bold, x y & 箱\nnext 箱"), "{}", page.text);
    assert_eq!(
        page.blocks[0].marks.iter().map(|m| (m.kind, page.slice(m.span))).collect::<Vec<_>>(),
        [(MarkKind::Strong, "bold"), (MarkKind::Code, "x y")]
    );
    assert!(page.text.ends_with("  a\n   b\n"));
}

#[test]
fn what_is_no_content_is_left_out() {
    let page = html(
        "<head><title>T</title><style>p{}</style></head><body><script>alert(1)</script><noscript>js</noscript><template>t</template><svg><text>s</text></svg><button>b</button><p>text</p><!-- c --></body>",
    );
    assert_eq!(page.text, "text\n");
    assert_eq!(page.meta.title.map(|f| f.value).as_deref(), Some("T"));
}

#[test]
fn head() {
    let page = html(
        "<html lang=ja><head><title>Box | Site</title><meta property=\"og:title\" content=\"Box\"><meta name=author content=Ann><link rel=canonical href=\"https://a.example/\"><meta property=\"article:published_time\" content=\"2031-06-03\"></head><body><p>x",
    );
    let value = |field: Option<recap_document::Field>| field.map(|f| f.value).unwrap_or_default();
    let meta = page.meta;
    assert_eq!(
        [value(meta.title), value(meta.author), value(meta.url), value(meta.published), value(meta.language)],
        ["Box", "Ann", "https://a.example/", "2031-06-03", "ja"]
    );
}

#[test]
fn attributes_that_rules_read_are_kept() {
    let page = html("<div class=\"talk\" data-id=\"7\" onclick=\"x()\" style=\"y\"><p itemprop=\"name\">x</p></div>");
    assert_eq!(page.blocks[0].attrs, [("class".into(), "talk".to_owned()), ("data-id".into(), "7".to_owned())]);
    assert_eq!(page.blocks[1].attr("itemprop"), Some("name"));
}
