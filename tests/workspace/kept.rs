//! Captures: pruned and brought back; archives of other programs read.

use std::fs;

use super::{run, status, tree, write_up, write_ups};
use crate::site::{Answer, Site, status as status_of};

#[test]
fn pruned_captures_come_back_with_their_sources() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    write_ups(&path.join("blog"), 3);
    run(path, &["import", "blog"]).exits(0);
    let before = tree(&path.join("recap-data/recaps"));
    run(path, &["prune", "--budget", "1MB"]).exits(0);
    assert_eq!(status(path)["captures"]["count"], 3);
    run(path, &["prune", "--budget", "0"]).exits(0);
    assert_eq!(status(path)["captures"]["count"], 0);
    assert!(run(path, &["reparse"]).exits(3).stderr.contains("its capture was pruned; import it again"));
    run(path, &["import", "blog"]).exits(0);
    assert_eq!(status(path)["captures"]["count"], 3);
    run(path, &["reparse", "--exit-on-change"]).exits(0);
    assert!(tree(&path.join("recap-data/recaps")) == before);
}

#[test]
fn archives_give_their_pages() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let page = format!("HTTP/1.1 200 OK\r\nContent-Type: text/markdown; charset=utf-8\r\n\r\n{}", write_up(7));
    let record = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Target-URI: https://tanuki.example.org/night/7\r\nContent-Length: {}\r\n\r\n{page}\r\n\r\n",
        page.len()
    );
    fs::write(path.join("crawl.warc"), record).expect("written");
    run(path, &["import", "--offline", "crawl.warc"]).exits(0);
    let id = run(path, &["list", "--json"]).exits(0).json()["id"].as_str().expect("an id").to_owned();
    let recap = run(path, &["show", &id]).exits(0).json();
    assert_eq!(recap["sources"][0]["url"], "https://tanuki.example.org/night/7");
    assert_eq!(recap["event"]["start"], "2021-08-08");
}

#[test]
fn captures_are_exported_as_an_archive_that_gives_the_same_recaps() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let site = Site::serve("127.0.0.1", |asked| match asked.path.as_str() {
        "/robots.txt" => status_of(404),
        page => Answer::Page(
            200,
            vec![("Content-Type", "text/markdown; charset=utf-8".to_owned()), ("ETag", "\"1\"".to_owned())],
            write_up(page.len()).into_bytes(),
        ),
    });
    fs::write(path.join("notes.md"), write_up(3)).expect("written");
    let urls = ["/a.md", "/bb.md", "/ccc.md"].map(|p| site.url(p));
    run(path, &["import", "--allow-private", "--delay", "0", &urls[0], &urls[1], &urls[2], "notes.md"]).exits(0);
    let note = run(path, &["export", "--format", "warc", "--out", "archive"]).exits(0).stderr;
    assert!(note.contains("1 sources are files of this machine"), "{note}");
    let bytes = fs::read(path.join("archive/captures.warc.gz")).expect("the archive");
    run(path, &["export", "--format", "warc", "--out", "again"]).exits(0);
    assert_eq!(fs::read(path.join("again/captures.warc.gz")).expect("the archive"), bytes, "equal bytes");

    run(path, &["import", "--offline", "--workspace", "other", "archive/captures.warc.gz", "notes.md"]).exits(0);
    let (ours, theirs) = (tree(&path.join("recap-data/recaps")), tree(&path.join("other/recaps")));
    assert_eq!(ours.len(), 4);
    assert_eq!(ours, theirs);
    let wrong = run(path, &["export", "--format", "warc", "notes.md"]).exits(2).stderr;
    assert!(wrong.contains("leave FILE out"), "{wrong}");
}

#[test]
fn what_is_purged_is_kept_nowhere() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    fs::create_dir(path.join("blog")).expect("made");
    fs::write(path.join("blog/a.md"), write_up(1)).expect("written");
    let other = write_up(2).replace("狸山 太郎さん(@tanuyama_t)", "川瀬 ミオさん(@kawase_mio)").replace("tanuyama_t", "kawase_mio");
    fs::write(path.join("blog/b.md"), other).expect("written");
    run(path, &["import", "blog"]).exits(0);
    let everywhere =
        || tree(&path.join("recap-data/recaps")).into_values().map(|b| String::from_utf8_lossy(&b).into_owned()).collect::<String>();
    assert!(everywhere().contains("狸山 太郎") && everywhere().contains("tanuyama_t"));
    run(path, &["suppress", "person", "twitter:tanuyama_t"]).exits(0);
    assert_eq!(status(path)["captures"]["count"], 2);
    run(path, &["purge"]).exits(0);
    assert_eq!(status(path)["captures"]["count"], 1, "the capture that names them is gone");
    let database = fs::read(path.join("recap-data/recap.db")).expect("read");
    assert!(!database.windows("tanuyama_t".len()).any(|w| w == b"tanuyama_t"), "no key of theirs is left");
    let left = everywhere();
    assert!(!left.contains("狸山 太郎") && !left.contains("tanuyama_t") && left.contains("川瀬 ミオ"), "{left}");
    // It stays so, whatever is done next.
    run(path, &["reparse"]).exits(0);
    run(path, &["import", "blog"]).exits(0);
    run(path, &["refresh", "--all"]).exits(0);
    assert_eq!(status(path)["captures"]["count"], 1);
    assert_eq!(everywhere(), left);
}
