use super::{all, file, get, only};

const TWEET: &str = r#"{"created_at":"Wed Apr 02 10:05:00 +0000 2031","id_str":"1600000000000000001","full_text":"@wakame Kelp &amp; tea at #kelpnight https://t.co/aa https://t.co/bb",
  "entities":{"hashtags":[{"text":"kelpnight"}],"user_mentions":[{"screen_name":"wakame"}],"urls":[{"url":"https://t.co/aa","expanded_url":"https://decks.example/tea"}]},
  "extended_entities":{"media":[{"type":"photo","media_url_https":"https://img.example/1.jpg"},{"type":"video","video_info":{"variants":[
    {"bitrate":1,"content_type":"video/mp4","url":"https://v.example/s.mp4"},{"bitrate":9,"content_type":"video/mp4","url":"https://v.example/l.mp4"},{"content_type":"application/x-mpegURL","url":"https://v.example/p"}]}}]},
  "in_reply_to_status_id_str":"1600000000000000000"USER}"#;

fn tweet(user: &str) -> String {
    TWEET.replace("USER", user)
}

#[test]
fn api_1_1() {
    let document = file("a.json", &tweet(r#","user":{"id_str":"7","name":"Nori Umi","screen_name":"nori_dev"}"#));
    let post = only(&document, "twitter-v1");
    assert!(post.is_a("SocialMediaPosting"));
    for (path, value) in [
        ("identifier", "1600000000000000001"),
        ("url", "https://twitter.com/nori_dev/status/1600000000000000001"),
        ("text", "@wakame Kelp & tea at #kelpnight https://t.co/aa https://t.co/bb"),
        ("datePublished", "2031-04-02T10:05:00+00:00"),
        ("author.name", "Nori Umi"),
        ("author.alternateName", "nori_dev"),
        ("author.identifier", "7"),
        ("keywords", "kelpnight"),
        ("mentions", "wakame"),
        ("citation", "https://decks.example/tea"),
        ("image", "https://img.example/1.jpg"),
        ("video", "https://v.example/l.mp4"),
        ("inReplyTo", "1600000000000000000"),
    ] {
        assert_eq!(get(post, path), Some(value), "{path}");
    }
}

#[test]
fn tags_and_mentions_without_entities_and_a_retweet() {
    let document = file(
        "a.json",
        r#"{"id_str":"2","created_at":"x","text":"RT @ao_umi: 海の話 #海 ＃浜 mail a@b.example","user":{"screen_name":"nori","name":"N"},
        "retweeted_status":{"id_str":"1","created_at":"y","text":"海の話","user":{"screen_name":"ao_umi","name":"Ao"}}}"#,
    );
    let post = only(&document, "twitter-v1");
    assert_eq!(all(post, "mentions"), ["ao_umi"]);
    assert_eq!(all(post, "keywords"), ["海", "浜"]);
    assert_eq!(get(post, "sharedContent.author.alternateName"), Some("ao_umi"));
    assert_eq!(get(post, "sharedContent.text"), Some("海の話"));
}

#[test]
fn an_archive_knows_its_author_from_the_account() {
    let tweets = format!("{{\"tweet\":{}}}", tweet(""));
    let document = file("tweets.js", &format!("window.YTD.tweets.part0 = [{tweets}]"));
    let post = only(&document, "twitter-archive");
    assert_eq!((get(post, "author.alternateName"), get(post, "url")), (None, None));
    let account = r#"{"account":{"username":"nori_dev","accountDisplayName":"Nori","accountId":"7"}}"#;
    let document = file("tweets.js", &format!("window.YTD.tweets.part0 = [{account},{tweets}];"));
    let post = only(&document, "twitter-archive");
    assert_eq!(get(post, "author.alternateName"), Some("nori_dev"));
    assert_eq!(get(post, "url"), Some("https://twitter.com/nori_dev/status/1600000000000000001"));
}

#[test]
fn syndication_is_told_from_the_api() {
    let document = file(
        "a.json",
        &tweet(
            r#","__typename":"Tweet","user":{"screen_name":"nori_dev","name":"N"},"quoted_tweet":{"id_str":"3","text":"q","user":{"screen_name":"ao"}}"#,
        ),
    );
    let post = only(&document, "twitter-syndication");
    assert_eq!(get(post, "sharedContent.url"), Some("https://twitter.com/ao/status/3"));
}

const V2: &str = r#"{"data":[{"id":"11","text":"Look: https://t.co/q","author_id":"7","created_at":"2031-04-02T10:05:00.000Z","attachments":{"media_keys":["3_1"]},
  "entities":{"urls":[{"url":"https://t.co/q","expanded_url":"https://kelp.example"},{"url":"https://t.co/p","expanded_url":"https://x.example/photo","media_key":"3_1"}],"hashtags":[{"tag":"kelp"}],"mentions":[{"username":"ao"}]},
  "referenced_tweets":[{"type":"quoted","id":"12"},{"type":"replied_to","id":"13"}]}],
  "includes":{"users":[{"id":"7","name":"Nori","username":"nori"},{"id":"8","name":"Ao","username":"ao"}],"media":[{"media_key":"3_1","type":"photo","url":"https://img.example/1.jpg"}],
  "tweets":[{"id":"12","text":"quoted","author_id":"8","edit_history_tweet_ids":["12"]},{"id":"13","text":"asked","author_id":"8","edit_history_tweet_ids":["13"]}]},
  "errors":[{"resource_type":"tweet","parameter":"ids","resource_id":"14","title":"Not Found Error","value":"14"}]}"#;

#[test]
fn api_2_joins_what_it_includes() {
    let document = file("a.json", V2);
    let [post, asked, gone] = document.records.as_slice() else { panic!("{:#?}", document.records) };
    assert_eq!(get(post, "url"), Some("https://twitter.com/nori/status/11"));
    assert_eq!(all(post, "citation"), ["https://kelp.example"], "the picture's address is none");
    assert_eq!((get(post, "image"), get(post, "inReplyTo")), (Some("https://img.example/1.jpg"), Some("13")));
    assert_eq!((get(post, "sharedContent.text"), get(post, "sharedContent.author.name")), (Some("quoted"), Some("Ao")));
    assert_eq!(get(asked, "text"), Some("asked"));
    assert_eq!((get(gone, "identifier"), get(gone, "creativeWorkStatus")), (Some("14"), Some("gone")));
}

#[test]
fn one_tweet_a_line() {
    let line = r#"{"id":"11","text":"flat","author_id":"7","author":{"id":"7","username":"nori","name":"Nori"}}"#;
    let document = file("a.jsonl", &format!("{line}\n{}\n", line.replace("11", "12")));
    assert_eq!(document.records.len(), 2);
    assert_eq!(get(&document.records[1], "url"), Some("https://twitter.com/nori/status/12"));
}

#[test]
fn graphql_timelines_with_visibility_quotes_and_tombstones() {
    let legacy = |text: &str| format!(r#""legacy":{{"full_text":"{text}","created_at":"Wed Apr 02 10:05:00 +0000 2031","entities":{{}}}}"#);
    let user = r#""core":{"user_results":{"result":{"rest_id":"7","legacy":{"name":"Nori"},"core":{"screen_name":"nori","name":"Nori"}}}}"#;
    let quoted = format!(r#""quoted_status_result":{{"result":{{"__typename":"Tweet","rest_id":"22",{},{user}}}}}"#, legacy("inner"));
    let document = file(
        "a.json",
        &format!(
            r#"{{"data":{{"timeline":{{"entries":[{{"tweet_results":{{"result":{{"__typename":"TweetWithVisibilityResults","tweet":{{"rest_id":"21",{},{user},{quoted},
            "note_tweet":{{"note_tweet_results":{{"result":{{"text":"the long text"}}}}}}}}}}}}}},
            {{"tweet_results":{{"result":{{"__typename":"TweetTombstone","tombstone":{{"text":{{"text":"This Post was deleted."}}}}}}}}}}]}}}}}}"#,
            legacy("cut …")
        ),
    );
    let [post, gone] = document.records.as_slice() else { panic!("{:#?}", document.records) };
    assert_eq!(get(post, "text"), Some("the long text"));
    assert_eq!(get(post, "author.alternateName"), Some("nori"));
    assert_eq!(get(post, "sharedContent.identifier"), Some("22"));
    assert_eq!(get(gone, "creativeWorkStatus"), Some("gone"));
    assert_eq!(get(gone, "text"), None);
}

#[test]
fn oembed_reads_the_quotation() {
    let html = r##"\u003Cblockquote class=\"twitter-tweet\"\u003E\u003Cp lang=\"en\"\u003EAt \u003Ca href=\"https:\/\/twitter.com\/hashtag\/kelp?src=hash\"\u003E#kelp\u003C\/a\u003E with \u003Ca href=\"https:\/\/twitter.com\/ao\"\u003E@ao\u003C\/a\u003E \u003Ca href=\"https:\/\/t.co\/x\"\u003Ehttps:\/\/t.co\/x\u003C\/a\u003E\u003Cbr\u003Eline two\u003C\/p\u003E&mdash; Nori (@nori) \u003Ca href=\"https:\/\/twitter.com\/nori\/status\/31\"\u003EApril 2, 2031\u003C\/a\u003E\u003C\/blockquote\u003E"##;
    let json = format!(
        r#"{{"url":"https://twitter.com/nori/status/31","author_name":"Nori","author_url":"https://twitter.com/nori","html":"{html}","type":"rich","version":"1.0","provider_name":"Twitter"}}"#
    );
    let document = file("a.json", &json);
    let post = only(&document, "twitter-oembed");
    assert_eq!(get(post, "text"), Some("At #kelp with @ao https://t.co/x\nline two"));
    assert_eq!((get(post, "identifier"), get(post, "datePublished")), (Some("31"), Some("April 2, 2031")));
    assert_eq!((all(post, "mentions"), all(post, "keywords"), all(post, "citation")), (vec!["ao"], vec!["kelp"], vec!["https://t.co/x"]));
    let source = format!("<?php\nreturn ['body' => '{}'];\n", json.replace('\\', "\\\\"));
    let quoted = file("a.txt", &source);
    assert_eq!(get(only(&quoted, "twitter-oembed"), "identifier"), Some("31"), "the same in a PHP file");
}
