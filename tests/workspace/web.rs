//! A web of several hosts: imported, refreshed without and with changes, with pages that vanish and fail.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{run, status, tree, write_up};
use crate::site::{Answer, Site};
use crate::support::{RECAP, Run};

/// How the site is now; tests change it between runs.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mood {
    Calm,
    /// One page says something else.
    Changed,
    /// One page is gone, another shows a login, a third lost all that it told.
    Lost,
}

/// Pages of the blog.
const PAGES: usize = 40;

fn page(n: usize, mood: Mood) -> String {
    let text = write_up(n);
    let text = match (mood, n) {
        (Mood::Changed | Mood::Lost, 3) => text.replace("所有権を絵で理解する", "借用を歌で理解する"),
        (Mood::Lost, 5) => "# 準備中\n\n準備中です。しばらくお待ちください。".repeat(40),
        _ => text,
    };
    let body: String = text
        .lines()
        .map(|line| match line.strip_prefix("## ").map(|h| (h, 2)).or(line.strip_prefix("# ").map(|h| (h, 1))) {
            Some((heading, level)) => format!("<h{level}>{heading}</h{level}>"),
            None if line.is_empty() => String::new(),
            None => format!("<p>{line}</p>"),
        })
        .collect();
    format!(
        "<!DOCTYPE html><html lang=ja><head><meta charset=utf-8><title>Tanuki Rust Night #{n} に参加しました</title></head><body>{body}</body></html>"
    )
}

/// A blog with a sitemap, a feed, robots.txt and redirects.
fn blog(mood: &Arc<Mutex<Mood>>) -> Site {
    let mood = Arc::clone(mood);
    Site::serve("127.0.0.1", move |asked| {
        let mood = *mood.lock().expect("no panic");
        let root = format!("http://{}", asked.headers.get("host").cloned().unwrap_or_default());
        let typed = |kind: &str, text: String| Answer::Page(200, vec![("Content-Type", kind.to_owned())], text.into_bytes());
        match asked.path.as_str() {
            "/robots.txt" => typed("text/plain", "User-agent: *\nDisallow: /private/\n".to_owned()),
            "/sitemap.xml" => {
                let urls: String = (0..PAGES).map(|n| format!("<url><loc>{root}/night/{n}</loc></url>")).collect();
                typed("application/xml", format!("<?xml version=\"1.0\"?><urlset>{urls}<url><loc>{root}/private/1</loc></url></urlset>"))
            }
            "/feed" => typed(
                "application/rss+xml",
                format!("<rss><channel><item><link>{root}/moved/1?utm_source=rss</link></item></channel></rss>"),
            ),
            "/moved/1" => Answer::Page(301, vec![("Location", "/night/1".to_owned())], Vec::new()),
            "/night/4" if mood == Mood::Lost => Answer::Page(404, Vec::new(), Vec::new()),
            "/night/6" if mood == Mood::Lost => typed("text/html", "<title>Login</title><input type=\"password\">".to_owned()),
            path => {
                let Some(n) = path.strip_prefix("/night/").and_then(|n| n.parse().ok()) else {
                    return Answer::Page(404, Vec::new(), Vec::new());
                };
                let body = page(n, mood);
                let etag = format!("\"{n}-{}\"", body.len());
                if asked.headers.get("if-none-match") == Some(&etag) {
                    return Answer::Page(304, vec![("ETag", etag)], Vec::new());
                }
                Answer::Page(200, vec![("ETag", etag), ("Content-Type", "text/html; charset=utf-8".to_owned())], body.into_bytes())
            }
        }
    })
}

fn web(folder: &Path, arguments: &[&str]) -> Run {
    let mut all = arguments.to_vec();
    all.extend(["--allow-private", "--delay", "0", "--per-host", "8", "--retries", "0"]);
    run(folder, &all)
}

fn summary(folder: &Path) -> serde_json::Value {
    status(folder)["last_run"]["summary"].clone()
}

#[test]
fn a_site_is_imported_and_refreshed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let mood = Arc::new(Mutex::new(Mood::Calm));
    let site = blog(&mood);
    let broken = Site::serve("127.0.0.2", |_| Answer::Page(500, Vec::new(), Vec::new()));
    let (map, feed, bad) = (site.url("/sitemap.xml"), site.url("/feed"), broken.url("/x"));

    let import = web(path, &["import", &map, &feed, &bad]).exits(3);
    assert!(import.stderr.contains("robots.txt of") && import.stderr.contains("/private/1"), "{}", import.stderr);
    assert_eq!(run(path, &["list"]).exits(0).stdout.lines().count(), PAGES);
    assert_eq!(fs::read_to_string(path.join("recap-data/failed.ndjson")).expect("a list").lines().count(), 2);
    let asked = site.asked();
    assert_eq!(asked.iter().filter(|a| a.path == "/robots.txt").count(), 1);
    assert_eq!(asked.len(), 1 + 1 + 1 + 1 + 1 + PAGES, "robots, sitemap, feed, the moved page twice, the pages");
    let before = tree(&path.join("recap-data/recaps"));

    // Run again, it asks for nothing that it has.
    web(path, &["import", &map]).exits(3);
    assert!(site.asked().iter().all(|a| !a.path.starts_with("/night")));

    // Nothing changed: a conditional request each, and nothing is parsed.
    web(path, &["refresh", "--all", "--exit-on-change"]).exits(3);
    let asked = site.asked();
    assert!(asked.iter().filter(|a| a.path.starts_with("/night")).all(|a| a.headers.contains_key("if-none-match")));
    assert_eq!(summary(path)["parsed"], 0, "{}", summary(path));
    assert_eq!(tree(&path.join("recap-data/recaps")), before);

    // One page changed.
    *mood.lock().expect("no panic") = Mood::Changed;
    fs::remove_file(path.join("recap-data/failed.ndjson")).expect("gone");
    let changed = web(path, &["refresh", "--all", "--hook", "cat > hooked.ndjson"]).exits(3);
    let line = "talks: - 所有権を絵で理解する 3\n";
    assert!(
        changed.stdout.contains("talks: 所有権を絵で理解する 3 -> 借用を歌で理解する 3") || changed.stdout.contains(line),
        "{}",
        changed.stdout
    );
    let hooked = fs::read_to_string(path.join("hooked.ndjson")).expect("the hook ran");
    assert_eq!(hooked.lines().count(), 1, "{hooked}");
    assert_eq!(summary(path)["parsed"], 1, "{}", summary(path));

    // What is lost keeps its values, marked, and is told once.
    *mood.lock().expect("no panic") = Mood::Lost;
    let lost = web(path, &["refresh", "--all", "--report", "json"]).exits(6);
    assert!(lost.stdout.contains("/night/4: is there no more"), "{}", lost.stdout);
    assert!(lost.stdout.contains("/night/5: told of 2 talks and tells of none any more"), "{}", lost.stdout);
    assert!(lost.stderr.contains("/night/6: the answer is a login page"), "{}", lost.stderr);
    assert_eq!(run(path, &["list"]).exits(0).stdout.lines().count(), PAGES);
    assert_eq!(status(path)["stale"], 2);
    web(path, &["refresh", "--all"]).exits(3);

    // And is itself again when it comes back.
    *mood.lock().expect("no panic") = Mood::Calm;
    web(path, &["refresh", "--all"]).exits(3);
    assert_eq!(status(path)["stale"], 0);
    assert!(tree(&path.join("recap-data/recaps")) == before);
}

#[test]
fn an_interrupted_import_stores_what_is_in_hand_and_goes_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let mood = Arc::new(Mutex::new(Mood::Calm));
    let site = blog(&mood);
    let map = site.url("/sitemap.xml");
    let mut child = Command::new(RECAP);
    child.args(["import", &map, "--allow-private", "--per-host", "1", "--delay", "0.2"]).current_dir(path);
    let mut child = child.stderr(Stdio::piped()).spawn().expect("recap starts");
    while site.asked().iter().all(|a| !a.path.starts_with("/night")) {
        std::thread::sleep(Duration::from_millis(20));
    }
    std::thread::sleep(Duration::from_millis(700));
    Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    assert_eq!(child.wait().expect("ended").code(), Some(130));
    let some = run(path, &["list"]).exits(0).stdout.lines().count();
    assert!((1..PAGES).contains(&some), "{some} recaps");
    site.asked();
    web(path, &["import", &map]).exits(3);
    let asked = site.asked().iter().filter(|a| a.path.starts_with("/night")).count();
    assert_eq!(asked, PAGES - some, "what is stored is not asked for again");
    assert_eq!(run(path, &["list"]).exits(0).stdout.lines().count(), PAGES);
}

#[test]
fn private_addresses_are_refused_unless_allowed() {
    let folder = tempfile::tempdir().expect("a folder");
    let site = Site::serve("127.0.0.1", |_| Answer::Page(200, Vec::new(), Vec::new()));
    let refused = run(folder.path(), &["import", &site.url("/"), "http://0x7f000001/", "http://[::1]/", "http://localhost/"]).exits(3);
    assert_eq!(
        refused.stderr.matches("which is not a public address; if this is your own network, use --allow-private").count(),
        4,
        "{}",
        refused.stderr
    );
    assert!(site.asked().is_empty());
    let offline = run(folder.path(), &["import", "--offline", &site.url("/")]).exits(3);
    assert!(offline.stderr.contains("leave --offline out"), "{}", offline.stderr);
}

#[test]
fn pipelines_run_and_are_checked() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    super::write_ups(&path.join("blog"), 2);
    fs::write(path.join("job.toml"), "command = \"import\"\nworkspace = \"archive\"\nsources = [\"blog/\"]\n\n[fetch]\noffline = true\n")
        .expect("written");
    run(path, &["check", "job.toml"]).exits(0);
    run(path, &["run", "job.toml"]).exits(0);
    assert_eq!(run(path, &["list", "--workspace", "archive"]).exits(0).stdout.lines().count(), 2);
    fs::write(path.join("bad.toml"), "command = \"import\"\nsources = [\"blog/\"]\n\n[fetch]\ndelya = 1\n").expect("written");
    let bad = run(path, &["check", "bad.toml"]).exits(2);
    assert!(bad.stderr.contains("bad.toml:5: unknown field `delya`"), "{}", bad.stderr);
    assert_eq!(run(path, &["run", "bad.toml"]).exits(2).stdout, "");
}

#[test]
fn a_job_ends_with_what_it_writes() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    super::write_ups(&path.join("blog"), 2);
    let job = "command = \"import\"\nworkspace = \"archive\"\nsources = [\"blog/\"]\n\n[outputs]\ncsv = \"tables\"\nsqlite = \"tables\"\n";
    fs::write(path.join("job.toml"), job).expect("written");
    run(path, &["run", "--offline", "job.toml"]).exits(0);
    run(path, &["export", "--workspace", "archive", "--format", "csv", "--out", "own"]).exits(0);
    assert!(!crate::support::entries(&path.join("own")).is_empty());
    for file in crate::support::entries(&path.join("own")) {
        let name = file.file_name().expect("a name");
        assert_eq!(fs::read(path.join("tables").join(name)).expect("the same file"), fs::read(&file).expect("read"));
    }
    assert!(crate::support::entries(&path.join("tables")).iter().any(|p| p.extension().is_some_and(|e| e == "sqlite")));
    // A flag counts before the file, and the name of a format is looked at before anything is done.
    run(path, &["reparse", "--workspace", "archive", "--output", "ical=calendar"]).exits(0);
    assert_eq!(crate::support::entries(&path.join("calendar")).len(), 1);
    let wrong = run(path, &["reparse", "--workspace", "archive", "--output", "icla=calendar"]).exits(2);
    assert!(wrong.stderr.contains("`icla` is no format; there are") && wrong.stderr.contains("ical"), "{}", wrong.stderr);
    fs::write(path.join("bad.toml"), job.replace("csv", "cvs")).expect("written");
    let bad = run(path, &["check", "bad.toml"]).exits(2);
    assert!(bad.stderr.contains("bad.toml:6: outputs: `cvs` is no format"), "{}", bad.stderr);
}

#[test]
fn the_pipelines_of_the_repository_are_right() {
    let found = crate::support::entries(&crate::support::root().join("pipelines"));
    let files: Vec<_> = found.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")).collect();
    assert!(files.len() >= 3, "{files:?}");
    for file in files {
        crate::support::recap(&["check".as_ref(), file.as_os_str()]).exits(0);
    }
}
