use super::{all, get, only, page};

#[test]
fn a_saved_page_of_the_old_twitter() {
    let document = page(
        r#"<div class="tweet js-stream-tweet" data-tweet-id="1234567890123456789" data-screen-name="nori_dev" data-name="Nori">
        <span class="_timestamp" data-time="1592301600">16 Jun</span>
        <p class="tweet-text">Great talk by <a href="/wakame" class="twitter-atreply"><s>@</s><b>wakame</b></a> at <a href="/hashtag/kelpnight"><s>#</s><b>kelpnight</b></a>
        <a href="https://t.co/abc" class="twitter-timeline-link" data-expanded-url="https://decks.example/kelp"><span>decks.example/k</span>…</a></p></div>"#,
    );
    let post = only(&document, "twitter-page");
    assert_eq!(get(post, "identifier"), Some("1234567890123456789"));
    assert_eq!(get(post, "url"), Some("https://twitter.com/nori_dev/status/1234567890123456789"));
    assert_eq!(
        get(post, "text").map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")).as_deref(),
        Some("Great talk by @wakame at #kelpnight https://t.co/abc")
    );
    assert_eq!(get(post, "datePublished"), Some("2020-06-16T10:00:00+00:00"));
    assert_eq!(get(post, "author.alternateName"), Some("nori_dev"));
    assert_eq!((all(post, "mentions"), all(post, "keywords")), (vec!["wakame"], vec!["kelpnight"]));
    assert_eq!(all(post, "citation"), ["https://decks.example/kelp"]);
}

#[test]
fn a_rendered_widget_and_a_bare_frame() {
    let document = page(
        r#"<div class="EmbeddedTweet"><blockquote class="Tweet" data-tweet-id="99"><span class="TweetAuthor-name">Ao</span><span class="TweetAuthor-screenName">@ao_umi</span>
        <p class="Tweet-text">Hello shore</p><time class="dt-updated" datetime="2031-01-02T03:04:05+0000">x</time></blockquote></div>
        <iframe src="https://platform.twitter.com/embed/Tweet.html?dnt=true&amp;id=1300000000000000000&amp;lang=ja"></iframe>"#,
    );
    let posts = document.records.iter().filter(|r| r.vocabulary == "twitter-widget").collect::<Vec<_>>();
    assert_eq!(posts.len(), 2);
    assert_eq!(get(posts[0], "url"), Some("https://twitter.com/ao_umi/status/99"));
    assert_eq!(get(posts[0], "text"), Some("Hello shore"));
    assert_eq!(get(posts[1], "identifier"), Some("1300000000000000000"));
}

#[test]
fn bluesky_mastodon_and_instagram() {
    let document = page(
        r#"<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3kxyz"><p lang="en">Low tide <a href="https://bsky.app/hashtag/kelp">#kelp</a></p>&mdash;
        Nori (<a href="https://bsky.app/profile/did:plc:abc?ref_src=embed">@nori.example.social</a>) <a href="https://bsky.app/profile/did:plc:abc/post/3kxyz?ref_src=embed">June 1, 2031 at 9:00 AM</a></blockquote>
        <iframe src="https://tide.example/@nori/109876543210987654/embed" class="mastodon-embed"></iframe>
        <blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/Cabc123/?utm_source=ig"></blockquote>"#,
    );
    let sky = only(&document, "bluesky-embed");
    assert_eq!(get(sky, "text"), Some("Low tide #kelp"));
    assert_eq!(get(sky, "identifier"), Some("3kxyz"));
    assert_eq!(get(sky, "author.name"), Some("Nori"));
    assert_eq!(get(sky, "author.alternateName"), Some("nori.example.social"));
    assert_eq!(get(sky, "url"), Some("https://bsky.app/profile/did:plc:abc/post/3kxyz"));
    assert_eq!(get(sky, "datePublished"), Some("June 1, 2031 at 9:00 AM"));
    let toot = only(&document, "mastodon-embed");
    assert_eq!(get(toot, "url"), Some("https://tide.example/@nori/109876543210987654"));
    assert_eq!(get(toot, "author.alternateName"), Some("nori@tide.example"));
    assert_eq!(get(only(&document, "instagram-embed"), "identifier"), Some("Cabc123"));
}

#[test]
fn an_embedded_post_is_not_the_pages_author() {
    let document = page(
        r#"<p>My report</p><blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc/app.bsky.feed.post/3k"><p>Hi</p>— Nori (<a href="https://bsky.app/profile/n">@n.example</a>)</blockquote>"#,
    );
    assert_eq!((document.meta.author, document.meta.published), (None, None));
}
