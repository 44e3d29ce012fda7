//! What services know of addresses: asked when wanted, kept, put on recaps apart from what their pages say.

use std::fs;
use std::path::Path;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use super::{run, tree};
use crate::site::{Answer, Site, status};
use crate::support::entries;

/// A write-up with a deck, a post that it quotes, two that it has only as addresses, and a shortened address.
const WRITE_UP: &str = "# Tanuki Rust Night #7 に参加しました\n\n2021年3月4日に開催された Tanuki Rust Night #7 のレポートです。\n\n\
    ## 所有権を絵で理解する\n\n発表者: 狸山 太郎さん(@tanuyama_t)\n\n資料: https://speakerdeck.com/tanuyama_t/pictures\n\n\
    動画: https://www.youtube.com/watch?v=AbCdEfGhIjK\n\n続きは https://t.co/Ab12Cd にあります。\n\n## みんなの声\n\n\
    https://twitter.com/kitsune_k/status/1367425112345678901\n\nhttps://twitter.com/itachi_i/status/1367425112345678902\n\n\
    > 絵がとてもわかりやすかった\n> — 川瀬 (@kawase_k) [March 4, 2021](https://twitter.com/kawase_k/status/1367425112345678903)\n";

/// The services. `gone`: the quoted post was taken away.
fn services(gone: &Arc<Mutex<bool>>) -> Site {
    let gone = Arc::clone(gone);
    Site::serve("127.0.0.1", move |asked| {
        let json = |value: Value| Answer::Page(200, vec![("Content-Type", "application/json".to_owned())], value.to_string().into_bytes());
        let gone = *gone.lock().expect("no panic");
        match asked.path.as_str() {
            "/robots.txt" => Answer::Page(200, Vec::new(), b"User-agent: *\nDisallow: /".to_vec()),
            "/Ab12Cd" => Answer::Page(301, vec![("Location", "https://blog.example/next".to_owned())], Vec::new()),
            path if path.starts_with("/deck?") => json(json!({
                "type": "rich", "version": "1.0", "title": "絵で わかる所有権\u{202e} <script>", "author_name": "tanuyama",
                "author_url": "https://speakerdeck.com/tanuyama_t"
            })),
            path if path.contains("901") => json(json!({
                "type": "rich", "version": "1.0", "url": "https://twitter.com/kitsune_k/status/1367425112345678901",
                "author_name": "北 常", "author_url": "https://twitter.com/kitsune_k",
                "html": "<blockquote class=\"twitter-tweet\"><p lang=\"ja\" dir=\"ltr\">借用の話もききたい <a href=\"https://twitter.com/hashtag/tanurust?src=hash\">#tanurust</a></p>&mdash; 北 常 (@kitsune_k) <a href=\"https://twitter.com/kitsune_k/status/1367425112345678901\">March 4, 2021</a></blockquote>"
            })),
            path if path.contains("903") && !gone => json(json!({
                "type": "rich", "version": "1.0", "html": "<blockquote class=\"twitter-tweet\"><p>別のこと</p>&mdash; 川瀬 (@kawase_k) <a href=\"https://twitter.com/kawase_k/status/1367425112345678903\">March 4, 2021</a></blockquote>"
            })),
            path if path.starts_with("/video") => status(503),
            _ => status(404),
        }
    })
}

fn settings(folder: &Path, site: &Site, more: &str) {
    let endpoint = |name: &str, path: &str| format!("{name} = \"{}\"\n", site.url(path));
    let endpoints =
        [("twitter", "/post?url={url}"), ("speakerdeck", "/deck?url={url}"), ("youtube", "/video?url={url}"), ("t-co", "/Ab12Cd")];
    let endpoints: String = endpoints.iter().map(|(name, path)| endpoint(name, path)).collect();
    let text = format!(
        "[fetch]\nallow-private = true\ndelay = 0\nretries = 0\n\n[lookups]\nenabled = true\n{more}\n[lookups.endpoints]\n{endpoints}"
    );
    fs::create_dir_all(folder.join("recap-data")).expect("a folder");
    fs::write(folder.join("recap-data/recap.toml"), text).expect("written");
}

fn recap(folder: &Path) -> Value {
    let year = folder.join("recap-data/recaps/2021");
    let files = entries(&year);
    assert_eq!(files.len(), 1, "{files:?}");
    serde_json::from_str(&fs::read_to_string(&files[0]).expect("read")).expect("JSON")
}

fn post<'r>(recap: &'r Value, id: &str) -> &'r Value {
    let all = recap["posts"].as_array().expect("posts");
    all.iter().find(|post| post["id"] == id).unwrap_or_else(|| panic!("no post {id} in {all:?}"))
}

#[test]
fn services_fill_gaps_and_stand_apart() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let gone = Arc::new(Mutex::new(false));
    let site = services(&gone);
    settings(path, &site, "");
    fs::write(path.join("night.md"), WRITE_UP).expect("written");
    let import = run(path, &["import", "night.md"]).exits(0);
    assert!(import.stderr.contains("youtube: the answer is HTTP 503"), "{}", import.stderr);
    let asked = site.asked();
    assert_eq!(asked.len(), 5, "two posts, a deck, a video, a shortened address, no robots.txt: {asked:?}");

    let first = recap(path);
    let filled = post(&first, "1367425112345678901");
    assert_eq!((&filled["text"], &filled["status"]), (&json!("借用の話もききたい #tanurust"), &json!("fetched")));
    assert_eq!(filled["author"], json!({"name": "北 常", "handle": "kitsune_k"}));
    assert_eq!(post(&first, "1367425112345678902")["status"], "gone");
    assert_eq!(post(&first, "1367425112345678903")["status"], "embedded");
    let lookups = first["lookups"].as_array().expect("lookups");
    let of = |url: &str| lookups.iter().find(|l| l["url"] == url).unwrap_or_else(|| panic!("{url} in {lookups:?}"));
    let deck = of("https://speakerdeck.com/tanuyama_t/pictures");
    assert_eq!((&deck["title"], &deck["author"]), (&json!("絵で わかる所有権\u{202e} <script>"), &json!("tanuyama")));
    assert_eq!(of("https://t.co/Ab12Cd")["leads_to"], "https://blog.example/next");
    assert_eq!(lookups.len(), 4, "what did not answer is not there: {lookups:?}");
    assert_eq!(first["talks"][0]["title"], "所有権を絵で理解する", "the page's own words stay");

    // Every value has evidence, which names the answer.
    let file = entries(&path.join("recap-data/recaps/2021")).remove(0);
    run(path, &["validate", &file.to_string_lossy()]).exits(0);
    let explained = run(path, &["explain", &file.to_string_lossy(), "/lookups/0/title"]).exits(0).stdout;
    assert!(explained.contains("lookup/oembed") && explained.contains("/deck?url="), "{explained}");
    assert!(explained.contains("わかる所有権\\u{202e} <script>"), "nothing turns the terminal's text: {explained}");
    let card = run(path, &["show", "--card", first["id"].as_str().expect("an id")]).exits(0).stdout;
    let said = card.split("Looked up (services say it").nth(1).expect("a part of its own");
    assert!(said.contains("わかる所有権") && said.contains("tanuyama") && said.contains("according to 127.0.0.1"), "{card}");
    // Merging begins with what the pages say, so it leaves the answers out.
    let merged = run(path, &["merge", &file.to_string_lossy()]).exits(0).json();
    assert!(merged["lookups"].is_null() && merged["sources"].as_array().is_some_and(|s| s.len() == 1), "{merged}");

    // What was answered is not asked again, and needs no network to be there again.
    let before = tree(&path.join("recap-data/recaps"));
    run(path, &["import", "night.md"]).exits(0);
    run(path, &["reparse"]).exits(0);
    assert!(site.asked().is_empty());
    assert!(tree(&path.join("recap-data/recaps")) == before);
}

#[test]
fn a_post_that_was_taken_away_stays_as_its_page_quoted_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let gone = Arc::new(Mutex::new(true));
    let site = services(&gone);
    settings(path, &site, "all-posts = true\n");
    fs::write(path.join("night.md"), WRITE_UP).expect("written");
    run(path, &["import", "night.md"]).exits(0);
    let recap = recap(path);
    let quoted = post(&recap, "1367425112345678903");
    assert_eq!((&quoted["text"], &quoted["status"]), (&json!("絵がとてもわかりやすかった"), &json!("gone")));
}

#[test]
fn nobody_is_asked_unless_wanted() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let site = services(&Arc::default());
    settings(path, &site, "");
    fs::write(path.join("night.md"), WRITE_UP).expect("written");
    run(path, &["import", "--offline", "night.md"]).exits(0);
    let text = fs::read_to_string(path.join("recap-data/recap.toml")).expect("read").replace("enabled = true", "enabled = false");
    fs::write(path.join("recap-data/recap.toml"), text).expect("written");
    run(path, &["refresh", "--all"]).exits(0);
    assert!(site.asked().is_empty());
    assert!(recap(path)["lookups"].is_null());
    // The flag is enough.
    run(path, &["refresh", "--look-up"]).exits(0);
    assert_eq!(site.asked().len(), 5);
    assert!(recap(path)["lookups"].is_array());
    let wrong = path.join("wrong.toml");
    fs::write(&wrong, "command = \"refresh\"\n[lookups.endpoints]\ntwiter = \"https://a.example/\"\n").expect("written");
    let told = run(path, &["check", "wrong.toml"]).exits(2).stderr;
    assert!(told.contains("there is no service \"twiter\"; known are twitter"), "{told}");
}
