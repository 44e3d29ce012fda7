//! Static pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::SystemTime;

use super::{dangers, evenings, files, links, poison};
use crate::workspace::{run, tree};

fn times(folder: &Path) -> BTreeMap<String, SystemTime> {
    let paths = tree(folder).into_keys();
    paths.map(|path| (path.clone(), fs::metadata(folder.join(&path)).and_then(|m| m.modified()).expect("a time"))).collect()
}

#[test]
fn the_second_run_writes_nothing_and_the_pages_lead_to_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    evenings(path);
    poison(path);
    let arguments = ["site", "--out", "public", "--base-url", "https://recaps.example.org/x/"];
    run(path, &arguments).exits(0);
    let (before, bytes) = (times(&path.join("public")), tree(&path.join("public")));
    let again = run(path, &arguments).exits(0);
    assert!(again.stderr.contains("(0 written, 0 removed)"), "{}", again.stderr);
    assert_eq!(times(&path.join("public")), before);
    run(path, &["site", "--out", "other", "--base-url", "https://recaps.example.org/x/", "--jobs", "1"]).exits(0);
    assert!(tree(&path.join("other")) == bytes, "equal bytes whatever the number of threads");
    for (name, content) in bytes.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = String::from_utf8(content.clone()).expect("UTF-8");
        assert!(html.len() < 100_000, "{name}: {}", html.len());
        assert_eq!(dangers(&html), Vec::<String>::new(), "{name}");
        assert!(html.contains("http-equiv=\"Content-Security-Policy\""), "{name}");
        for link in links(name, &html).into_iter().filter(|_| name != "404.html") {
            let file = percent_encoding::percent_decode_str(link.split('?').next().unwrap_or_default()).decode_utf8_lossy();
            assert!(bytes.contains_key(file.as_ref()), "{name} leads to {link}");
        }
    }
}

#[test]
fn what_search_engines_and_feed_readers_want_is_there() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    evenings(path);
    run(path, &["site", "--out", "public", "--base-url", "https://recaps.example.org", "--language", "ja"]).exits(0);
    let read = |name: &str| fs::read_to_string(path.join("public").join(name)).unwrap_or_else(|e| panic!("{name}: {e}"));
    let event = tree(&path.join("public/events")).into_keys().find(|name| name.ends_with(".html")).expect("an event");
    let page = read(&format!("events/{event}"));
    let data = page.split("<script type=\"application/ld+json\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("data");
    let data: serde_json::Value = serde_json::from_str(data).expect("JSON");
    assert_eq!((&data["@type"], &data["@id"]), (&"Event".into(), &format!("https://recaps.example.org/events/{event}").into()));
    assert!(
        page.contains("<html lang=\"ja\">")
            && page.contains(&format!("rel=\"canonical\" href=\"https://recaps.example.org/events/{event}\""))
    );
    assert!(read("sitemap.xml").contains(&format!("<loc>https://recaps.example.org/events/{event}</loc>")));
    assert!(read("feed.atom").contains(&format!("https://recaps.example.org/events/{event}")));
    assert!(read("robots.txt").contains("Sitemap: https://recaps.example.org/sitemap.xml"));
    let recap: serde_json::Value = serde_json::from_str(&read(&format!("events/{}", event.replace(".html", ".json")))).expect("JSON");
    assert!(
        recap["sections"].as_array().is_some_and(|all| all.iter().all(|section| section["text"] == "")),
        "texts of sources are not published"
    );
    assert_eq!(recap["sources"][0]["path"], "night-000.md");
    // Two characters of Japanese, as the script looks them up.
    let meta: serde_json::Value = serde_json::from_str(&read("search/meta.json")).expect("JSON");
    let shard = ('所' as u64 + '有' as u64) % meta["shards"].as_u64().expect("a number");
    let pairs: serde_json::Value = serde_json::from_str(&read(&format!("search/pairs-{shard}.json"))).expect("JSON");
    assert_eq!(pairs["所有"].as_array().map(Vec::len), Some(3));
    run(path, &["site", "--out", "public", "--noindex"]).exits(0);
    assert!(read("index.html").contains("content=\"noindex\"") && read("robots.txt").contains("Disallow: /"));
    assert!(!path.join("public/sitemap.xml").exists(), "it is of no use without an address");
    run(path, &["site", "--out", "public", "--base-url", "javascript:x"]).exits(2);
}

#[test]
fn what_is_gone_is_taken_away_and_what_others_wrote_stays() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    evenings(path);
    run(path, &["site", "--out", "public"]).exits(0);
    fs::write(path.join("public/CNAME"), "recaps.example.org").expect("written");
    let gone = files(path).remove(0);
    fs::remove_file(&gone).expect("removed");
    let page = path.join(format!("public/events/{}.html", gone.file_stem().expect("a name").to_string_lossy()));
    assert!(page.exists());
    run(path, &["site", "--out", "public"]).exits(0);
    assert!(!page.exists() && path.join("public/CNAME").exists());
    fs::write(files(path).remove(0), "{").expect("written");
    assert!(run(path, &["site", "--out", "public"]).exits(3).stderr.contains("recap validate"));
    run(path, &["site", "--out", "public", "--workspace", "nowhere"]).exits(2);
}
