//! `import` of files, and looking at what it left.

use std::fs;

use super::{run, status, tree, write_up, write_ups};
use crate::support::recap_in;

#[test]
fn what_is_imported_is_listed_shown_and_valid() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    write_ups(&path.join("blog"), 3);
    fs::write(path.join("blog/novel.md"), "# 小説\n\n狸は山に帰った。\n").expect("written");
    let import = run(path, &["import", "blog"]).exits(0);
    assert!(import.stderr.contains("blog/novel.md: no write-up"), "{}", import.stderr);
    assert_eq!(import.stdout, "");
    let list = run(path, &["list", "--json"]).exits(0).ndjson();
    assert_eq!(list.len(), 3);
    let first = &list[0];
    assert_eq!(first["start"], "2021-01-01");
    assert_eq!(first["talks"], 2);
    let file = format!("recap-data/{}", first["path"].as_str().expect("a path"));
    assert!(file.starts_with("recap-data/recaps/2021/"), "{file}");
    let shown = run(path, &["show", first["id"].as_str().expect("an id")]).exits(0);
    assert_eq!(shown.stdout, fs::read_to_string(path.join(&file)).expect("read"));
    run(path, &["validate", "--evidence", &file]).exits(0);
    run(path, &["show", "no-such-recap"]).exits(3);
}

#[test]
fn a_second_import_parses_only_what_changed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    write_ups(&path.join("blog"), 4);
    run(path, &["import", "blog"]).exits(0);
    let before = tree(&path.join("recap-data/recaps"));
    run(path, &["import", "--exit-on-change", "blog"]).exits(0);
    let summary = status(path)["last_run"]["summary"].clone();
    assert_eq!((&summary["unchanged"], &summary["parsed"]), (&4.into(), &0.into()), "{summary}");
    assert_eq!(tree(&path.join("recap-data/recaps")), before);
    let text = write_up(2).replace("絵で理解", "歌で理解");
    fs::write(path.join("blog/night-002.md"), text).expect("written");
    run(path, &["import", "--exit-on-change", "blog"]).exits(7);
    let summary = status(path)["last_run"]["summary"].clone();
    assert_eq!((&summary["parsed"], &summary["changed"]), (&1.into(), &1.into()), "{summary}");
}

#[test]
fn an_event_that_moves_leaves_no_file_and_is_found_by_its_old_id() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    write_ups(&path.join("blog"), 2);
    run(path, &["import", "blog"]).exits(0);
    let old = run(path, &["list", "--json"]).ndjson()[1]["id"].as_str().expect("an id").to_owned();
    fs::write(path.join("blog/night-001.md"), write_up(1).replace("2021年", "2022年")).expect("written");
    run(path, &["import", "blog"]).exits(0);
    let new = run(path, &["list", "--json"]).ndjson()[1].clone();
    assert_eq!(new["start"], "2022-02-02");
    assert_ne!(new["id"], old.as_str());
    assert_eq!(tree(&path.join("recap-data/recaps")).len(), 2);
    assert_eq!(run(path, &["show", &old]).exits(0).json()["id"], new["id"]);
}

#[test]
fn the_order_of_sources_does_not_matter() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    write_ups(&path.join("blog"), 30);
    // Copies, and two evenings of one name and day that are not the same.
    fs::write(path.join("blog/z-copy.md"), write_up(5)).expect("written");
    fs::write(path.join("blog/z-other.md"), write_up(6).replace("async をやめた話", "狸の冬支度")).expect("written");
    run(path, &["--quiet", "import", "--workspace", "one", "blog"]).exits(0);
    let names: Vec<String> = tree(&path.join("blog")).into_keys().map(|name| format!("blog/{name}")).collect();
    for part in names.rchunks(7) {
        let mut arguments = vec!["--quiet", "import", "--jobs", "3", "--workspace", "two"];
        arguments.extend(part.iter().rev().map(String::as_str));
        run(path, &arguments).exits(0);
    }
    let (one, two) = (tree(&path.join("one/recaps")), tree(&path.join("two/recaps")));
    assert!(one.len() >= 30, "{} recaps", one.len());
    assert!(one == two, "{:?}\n{:?}", one.keys(), two.keys());
}

#[test]
fn what_fails_is_listed_and_does_not_stop_the_others() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    write_ups(&path.join("blog"), 2);
    fs::write(path.join("blog/broken.json"), "{\"a\": ").expect("written");
    let import = run(path, &["import", "blog", "nowhere.md", "*.html"]).exits(3);
    assert!(import.stderr.contains("nowhere.md: no such file"), "{}", import.stderr);
    assert!(import.stderr.contains("*.html: no file matches"), "{}", import.stderr);
    let failed = fs::read_to_string(path.join("recap-data/failed.ndjson")).expect("a list of what failed");
    assert_eq!(failed.lines().count(), 3, "{failed}");
    assert_eq!(run(path, &["list"]).exits(0).stdout.lines().count(), 2);
    fs::write(path.join("nowhere.md"), write_up(9)).expect("written");
    run(path, &["import", "nowhere.md"]).exits(0);
    let failed = fs::read_to_string(path.join("recap-data/failed.ndjson")).expect("a list of what failed");
    assert_eq!(failed.lines().count(), 2, "{failed}");
}

#[test]
fn stdin_and_globs_are_sources_too() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    write_ups(&path.join("blog/2021"), 12);
    run(path, &["import", "blog/**/night-00?.md"]).exits(0);
    recap_in(path, &["import", "-"], write_up(77).as_bytes()).exits(0);
    assert_eq!(run(path, &["list"]).exits(0).stdout.lines().count(), 11);
}

#[test]
fn reparse_needs_no_sources_and_says_what_rules_change() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    fs::create_dir(path.join("blog")).expect("made");
    let text = write_up(1).replace("https://speakerdeck.com/tanuyama_t/pictures-1", "https://decks.example.org/d/1").replace("資料: ", "");
    fs::write(path.join("blog/night.md"), text).expect("written");
    run(path, &["import", "blog"]).exits(0);
    let before = tree(&path.join("recap-data/recaps"));
    fs::remove_dir_all(path.join("blog")).expect("gone");
    run(path, &["reparse", "--exit-on-change"]).exits(0);
    assert_eq!(tree(&path.join("recap-data/recaps")), before);
    let rule = "[[rule]]\nid = \"mine/deck\"\nuse = \"link\"\nhosts = [\"decks.example.org\"]\nkind = \"slides\"\nmatch = '^https?://[^/]+/d/'\n\
                good = [\"https://decks.example.org/d/1\"]\nbad = [\"https://decks.example.org/about\"]\n";
    fs::write(path.join("mine.toml"), rule).expect("written");
    let changed = run(path, &["reparse", "--exit-on-change", "--rules", "mine.toml"]).exits(7);
    assert!(changed.stdout.contains("slides: + https://decks.example.org/d/1"), "{}", changed.stdout);
    run(path, &["reparse"]).exits(0);
    assert_eq!(tree(&path.join("recap-data/recaps")), before);
}

#[test]
fn the_workspace_is_found_from_below() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let none = run(path, &["list"]).exits(2);
    assert!(none.stderr.contains("no workspace"), "{}", none.stderr);
    write_ups(&path.join("site/blog"), 1);
    fs::write(path.join("site/recap.toml"), "").expect("written");
    run(&path.join("site/blog"), &["import", "."]).exits(0);
    assert!(path.join("site/recaps/2021").is_dir());
    assert_eq!(run(&path.join("site"), &["list"]).exits(0).stdout.lines().count(), 1);
}
