use super::{all, file, get, only};

#[test]
fn a_mastodon_status() {
    let document = file(
        "a.json",
        r##"{"id":"109","uri":"https://tide.example/users/nori/statuses/109","url":"https://tide.example/@nori/109","created_at":"2031-04-02T10:05:00.000Z",
        "content":"<p>Slides: <a href=\"https://decks.example/tea\"><span class=\"invisible\">https://</span>decks.example/tea</a></p><p><a href=\"https://tide.example/tags/kelp\" class=\"mention hashtag\">#<span>kelp</span></a></p>",
        "account":{"id":"7","acct":"nori@tide.example","display_name":"Nori","url":"https://tide.example/@nori"},
        "tags":[{"name":"kelp"}],"mentions":[{"acct":"ao"}],"media_attachments":[{"type":"image","url":"https://img.example/1.png"},{"type":"gifv","url":"https://img.example/2.mp4"}],"reblog":null}"##,
    );
    let post = only(&document, "mastodon");
    for (path, value) in [
        ("identifier", "109"),
        ("url", "https://tide.example/@nori/109"),
        ("text", "Slides: https://decks.example/tea\n#kelp"),
        ("author.alternateName", "nori@tide.example"),
        ("author.name", "Nori"),
        ("citation", "https://decks.example/tea"),
        ("video", "https://img.example/2.mp4"),
    ] {
        assert_eq!(get(post, path), Some(value), "{path}");
    }
    assert_eq!((all(post, "keywords"), all(post, "mentions")), (vec!["kelp"], vec!["ao"]));
}

#[test]
fn a_boost_holds_the_post() {
    let inner = r#"{"id":"1","content":"<p>Tide</p>","created_at":"x","account":{"acct":"ao","display_name":"Ao"}}"#;
    let document = file("a.json", &format!(r#"[{{"id":"2","content":"","created_at":"y","account":{{"acct":"nori"}},"reblog":{inner}}}]"#));
    let post = only(&document, "mastodon");
    assert_eq!((get(post, "text"), get(post, "sharedContent.text")), (None, Some("Tide")));
}

#[test]
fn activitystreams_notes_boosts_and_tombstones() {
    let document = file(
        "outbox.json",
        r##"{"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollection","orderedItems":[
        {"type":"Create","object":{"type":"Note","id":"https://t.example/n/1","url":"https://t.example/@nori/1","attributedTo":"https://t.example/users/nori","published":"2031-04-02T10:05:00Z",
          "content":"<p>Hi <a href=\"https://t.example/@ao\" class=\"u-url mention\">@ao</a>, see <a href=\"https://kelp.example\">kelp.example</a></p>",
          "tag":[{"type":"Hashtag","name":"#kelp"},{"type":"Mention","name":"@ao@t.example"}],"attachment":[{"type":"Document","mediaType":"image/png","url":"https://img.example/1.png"}]}},
        {"type":"Announce","id":"https://t.example/a/2","actor":"https://t.example/users/nori","published":"2031-04-03","object":{"type":"Note","id":"https://u.example/n/9","content":"far","attributedTo":{"preferredUsername":"ume","name":"Ume","id":"https://u.example/ume"}}},
        {"type":"Tombstone","id":"https://t.example/n/3","deleted":"2031-04-04"}]}"##,
    );
    let [note, boost, gone] = document.records.as_slice() else { panic!("{:#?}", document.records) };
    assert_eq!(get(note, "author.alternateName"), Some("nori"));
    assert_eq!(get(note, "text"), Some("Hi @ao, see kelp.example"));
    assert_eq!(
        (all(note, "keywords"), all(note, "mentions"), all(note, "citation")),
        (vec!["kelp"], vec!["ao@t.example"], vec!["https://kelp.example"])
    );
    assert_eq!(get(boost, "sharedContent.author.alternateName"), Some("ume"));
    assert_eq!((get(gone, "creativeWorkStatus"), get(gone, "url")), (Some("gone"), Some("https://t.example/n/3")));
}

const FEED: &str = r#"{"feed":[{"post":{"uri":"at://did:plc:nori/app.bsky.feed.post/3k1","author":{"did":"did:plc:nori","handle":"nori.example","displayName":"Nori"},
  "record":{"$type":"app.bsky.feed.post","text":"潮 @ao.example #kelp link","createdAt":"2031-04-02T10:05:00.000Z","reply":{"parent":{"uri":"at://did:plc:ao/app.bsky.feed.post/3k0"}},
    "facets":[{"index":{"byteStart":4,"byteEnd":15},"features":[{"$type":"app.bsky.richtext.facet#mention","did":"did:plc:ao"}]},
      {"index":{"byteStart":16,"byteEnd":21},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"kelp"}]},
      {"index":{"byteStart":2,"byteEnd":900},"features":[{"$type":"app.bsky.richtext.facet#mention","did":"x"},{"$type":"app.bsky.richtext.facet#link","uri":"https://kelp.example"}]}]},
  "embed":{"$type":"app.bsky.embed.recordWithMedia#view","media":{"images":[{"fullsize":"https://img.example/1.jpg"}]},
    "record":{"record":{"$type":"app.bsky.embed.record#viewRecord","uri":"at://did:plc:ao/app.bsky.feed.post/3k9","author":{"handle":"ao.example","did":"did:plc:ao"},"value":{"text":"quoted","createdAt":"2031-04-01"}}}}}},
  {"post":{"$type":"app.bsky.feed.defs#notFoundPost","uri":"at://did:plc:ao/app.bsky.feed.post/3kx","notFound":true}}]}"#;

#[test]
fn a_bluesky_feed() {
    let document = file("a.json", FEED);
    let [post, gone] = document.records.as_slice() else { panic!("{:#?}", document.records) };
    assert_eq!(get(post, "url"), Some("https://bsky.app/profile/nori.example/post/3k1"));
    assert_eq!((get(post, "identifier"), get(post, "author.identifier")), (Some("3k1"), Some("did:plc:nori")));
    assert_eq!(
        (all(post, "mentions"), all(post, "keywords"), all(post, "citation")),
        (vec!["ao.example"], vec!["kelp"], vec!["https://kelp.example"])
    );
    assert_eq!((get(post, "image"), get(post, "sharedContent.text")), (Some("https://img.example/1.jpg"), Some("quoted")));
    assert_eq!(get(post, "inReplyTo"), Some("at://did:plc:ao/app.bsky.feed.post/3k0"));
    assert_eq!((get(gone, "creativeWorkStatus"), get(gone, "identifier")), (Some("gone"), Some("3kx")));
}

#[test]
fn oembed_of_works() {
    let document = file(
        "a.json",
        r#"{"type":"rich","version":"1.0","provider_name":"Speaker Deck","title":"How tea works","author_name":"Nori","author_url":"https://speakerdeck.com/nori","html":"<iframe src=\"https://speakerdeck.com/player/0\"></iframe>"}"#,
    );
    let deck = only(&document, "oembed");
    assert!(deck.is_a("PresentationDigitalDocument"));
    assert_eq!((get(deck, "name"), get(deck, "author.name")), (Some("How tea works"), Some("Nori")));
}
