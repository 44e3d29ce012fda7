//! Small documents with posts in every form. All names, handles and texts are invented.

use recap_document::{Document, Hints, read};
use recap_model::{Method, PostStatus};
use recap_rules::Rules;

use super::find;
use crate::drafts::PostDraft;
use crate::finding::Found;

fn document(name: &str, text: &str) -> Document {
    read(text.as_bytes(), &Hints { name: Some(name), ..Hints::default() }).unwrap_or_default()
}

fn posts(name: &str, text: &str) -> Vec<PostDraft> {
    find(&document(name, text), Rules::builtin()).0
}

fn text(found: &Option<Found<String>>) -> Option<&str> {
    found.as_ref().map(|f| f.value.as_str())
}

fn values(found: &[Found<String>]) -> Vec<&str> {
    found.iter().map(|f| f.value.as_str()).collect()
}

const EMBED: &str = r##"<p>Before.</p><blockquote class="twitter-tweet" data-lang="ja"><p lang="ja" dir="ltr">箱の発表よかった<a href="https://twitter.com/hashtag/hakoniwa?src=hash">#hakoniwa</a> <a href="https://twitter.com/m0ri?ref_src=x">@m0ri</a> <a href="https://t.co/AbC">pic.twitter.com/AbC</a></p>&mdash; 沢 葉月(はこ) (@sawa_hako) <a href="https://twitter.com/sawa_hako/status/1149908816825343539?ref_src=twsrc%5Etfw">2019年7月13日</a></blockquote><p>After.</p>"##;

#[test]
fn embedded_tweet() {
    let doc = document("a.html", EMBED);
    let (posts, taken) = find(&doc, Rules::builtin());
    let [post] = posts.as_slice() else { panic!("{} posts", posts.len()) };
    assert_eq!(text(&post.id), Some("1149908816825343539"));
    assert_eq!(text(&post.url), Some("https://twitter.com/sawa_hako/status/1149908816825343539"));
    assert_eq!((text(&post.author_name), text(&post.author_handle)), (Some("沢 葉月(はこ)"), Some("sawa_hako")));
    assert_eq!(text(&post.posted_at), Some("2019-07-13"));
    assert_eq!(text(&post.text), Some("箱の発表よかった#hakoniwa @m0ri pic.twitter.com/AbC"));
    assert_eq!((values(&post.hashtags), values(&post.mentions)), (vec!["hakoniwa"], vec!["m0ri"]));
    assert_eq!((values(&post.links), values(&post.media)), (vec![], vec!["https://t.co/AbC"]));
    assert_eq!(taken.len(), 1);
    let quote = post.text.as_ref().map(|f| doc.slice(f.proofs[0].place.span()));
    assert_eq!(quote, text(&post.text));
}

#[test]
fn signature_within_the_text() {
    let text_of = |source: &str| posts("a.txt", source).first().and_then(|p| p.text.as_ref().map(|t| t.value.clone()));
    let source =
        "配信がありました。\n箱庭の資料です\n— 森 (@m0ri) June 3, 2021\n青い箱を使っています。\n#箱庭ナイト\nまた、楽しい会でした。";
    assert_eq!(text_of(source).as_deref(), Some("箱庭の資料です\n青い箱を使っています。\n#箱庭ナイト"));
}

#[test]
fn quotations_in_markdown() {
    let all = posts(
        "a.md",
        "> One box tonight!\n>\n> — Bo Crate (@bo_box) February 25, 2021\n\nText.\n\n> Two boxes\n> https://twitter.com/cy_box/status/12\n\n> — Ann (@ann), a poet\n",
    );
    assert_eq!(all.len(), 2);
    assert_eq!((text(&all[0].text), text(&all[0].posted_at)), (Some("One box tonight!"), Some("2021-02-25")));
    assert_eq!((text(&all[1].text), text(&all[1].author_handle)), (Some("Two boxes"), Some("cy_box")));
}

#[test]
fn wrapped_signature() {
    let all = posts("a.md", "> いつか箱を\n> — 西の 森 (@nishi_mori) June 13,\n> 2013\n");
    assert_eq!(all.first().and_then(|p| text(&p.posted_at)), Some("2013-06-13"));
    assert_eq!(all.first().and_then(|p| text(&p.text)), Some("いつか箱を"));
}

#[test]
fn several_in_one_quotation() {
    let all = posts("a.md", "> first\n>\n> — A (@a_box) June 3, 2021\n>\n> second\n>\n> — B (@b_box) June 4, 2021\n");
    assert_eq!(all.iter().map(|p| text(&p.text)).collect::<Vec<_>>(), [Some("first"), Some("second")]);
}

#[test]
fn cards_stand_alone() {
    let source = "Look:\n\nhttps://x.com/bo_box/status/1861712751489695902\n\n- https://twitter.com/cy_box/status/1861712751489695903?s=20\n\nSee https://twitter.com/no_box/status/1861712751489695904 for more, or [this](https://twitter.com/no_box/status/1861712751489695905).\n";
    let all = posts("a.md", source);
    assert_eq!(
        all.iter().map(|p| text(&p.url)).collect::<Vec<_>>(),
        [Some("https://x.com/bo_box/status/1861712751489695902"), Some("https://twitter.com/cy_box/status/1861712751489695903")]
    );
    assert_eq!(text(&all[0].author_handle), Some("bo_box"));
    let time = all[0].posted_at.as_ref().map(|t| (t.value.get(..10), t.proofs[0].method));
    assert_eq!(time, Some((Some("2024-11-27"), Method::Derived)));
    assert_eq!(all[0].text, None);
}

#[test]
fn a_line_of_a_paragraph_leaves_the_paragraph() {
    let doc = document("a.md", "机がおしゃれでした。\nhttps://x.com/bo_box/status/1861712751489695902\n");
    let (posts, taken) = find(&doc, Rules::builtin());
    assert_eq!((posts.len(), taken.len()), (1, 0));
}

#[test]
fn other_networks() {
    let source = r#"<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3lcqk2m"><p>靴は脱いで #より3</p>&mdash; 運営 (<a href="https://bsky.app/profile/did:plc:abc?ref_src=embed">@yori.example.org</a>) <a href="https://bsky.app/profile/did:plc:abc/post/3lcqk2m?ref_src=embed">2024年12月7日 12:40</a></blockquote>
<iframe src="https://social.example.net/@sample/113610204455667788/embed" class="mastodon-embed"></iframe>
<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Bx1abcDEfgh/?utm_source=x"><p>View this post on Instagram</p><p><a href="https://www.instagram.com/p/Bx1abcDEfgh/">A post shared by Aoi (@aoi.box)</a></p></blockquote>"#;
    let all = posts("a.html", source);
    let seen: Vec<_> = all.iter().map(|p| (p.platform.value.as_str(), text(&p.id), text(&p.author_handle), text(&p.text))).collect();
    assert_eq!(
        seen,
        [
            ("bluesky", Some("3lcqk2m"), Some("yori.example.org"), Some("靴は脱いで #より3")),
            ("mastodon", Some("113610204455667788"), Some("sample"), None),
            ("instagram", Some("Bx1abcDEfgh"), Some("aoi.box"), None),
        ]
    );
    assert_eq!(text(&all[0].posted_at), Some("2024-12-07T12:40"));
}

#[test]
fn deleted_post() {
    let all = posts("a.html", r#"<blockquote class="twitter-tweet"><p>This Tweet was deleted by the Tweet author.</p></blockquote>"#);
    assert_eq!(all.iter().map(|p| (p.status, text(&p.text))).collect::<Vec<_>>(), [(PostStatus::Gone, None)]);
}

#[test]
fn the_same_post_twice_is_one() {
    let source = format!("<p>https://twitter.com/sawa_hako/status/1149908816825343539</p>{EMBED}");
    let all = posts("a.html", &source);
    assert_eq!(all.len(), 1);
    assert!(all[0].text.is_some());
}

#[test]
fn quotations_that_are_none() {
    for source in ["> 箱は青い。\n> 庭は広い。\n", "> \"A box\" — Ann (1999)\n", "> mail me @home or not\n", "> We met @bo_box there\n"]
    {
        assert!(posts("a.md", source).is_empty(), "{source}");
    }
}
