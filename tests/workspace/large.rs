//! A web of hundreds of pages on several hosts, made of the fixtures: slow hosts, hosts in trouble, servers that say wrong
//! things about their pages.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use super::{run, status, tree, write_up};
use crate::site::{Answer, Asked, Site};
use crate::support::{RECAP, Run, entries, root};

/// How a host is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Host {
    Quick,
    /// It takes its time.
    Slow,
    /// The first answer about every seventh page or so is an error.
    Troubled,
}

/// All pages: path and bytes, from the fixtures that a browser or a reader of Markdown would show.
fn pages() -> Vec<(String, Vec<u8>)> {
    let inputs = entries(&root().join("fixtures")).into_iter().flat_map(|folder| entries(&folder));
    let inputs = inputs.filter(|path| path.file_stem().is_some_and(|stem| stem == "input"));
    let page = |path: std::path::PathBuf| {
        // A login page is told and not kept; `web.rs` has one.
        let name = path.parent().and_then(Path::file_name)?.to_str().filter(|name| !name.contains("login"))?.to_owned();
        let extension = path.extension()?.to_str()?;
        ["html", "md", "rst", "txt"].contains(&extension).then(|| Some((format!("/{name}.{extension}"), fs::read(&path).ok()?)))?
    };
    inputs.filter_map(page).collect()
}

fn serve(ip: &str, host: Host, pages: Vec<(String, Vec<u8>)>, changed: Arc<AtomicBool>) -> Site {
    let pages: BTreeMap<String, Vec<u8>> = pages.into_iter().collect();
    let seen: Mutex<BTreeMap<String, u32>> = Mutex::default();
    Site::serve(ip, move |asked: &Asked| {
        if asked.path == "/robots.txt" {
            return Answer::Page(404, Vec::new(), Vec::new());
        }
        if asked.path == "/sitemap.xml" {
            let root = format!("http://{}", asked.headers.get("host").cloned().unwrap_or_default());
            let urls: String = pages.keys().map(|path| format!("<url><loc>{root}{path}</loc></url>")).collect();
            let map = format!("<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">{urls}</urlset>");
            return Answer::Page(200, vec![("Content-Type", "application/xml".to_owned())], map.into_bytes());
        }
        let Some(body) = pages.get(&asked.path) else { return Answer::Page(404, Vec::new(), Vec::new()) };
        match host {
            Host::Slow => std::thread::sleep(Duration::from_millis(40)),
            Host::Troubled if asked.path.len().is_multiple_of(7) && !is_again(&seen, &asked.path) => {
                return Answer::Page(503, vec![("Retry-After", "0".to_owned())], Vec::new());
            }
            Host::Quick | Host::Troubled => {}
        }
        let (mut body, every_tenth) = (body.clone(), asked.path.len().is_multiple_of(10));
        if changed.load(Ordering::Relaxed) && every_tenth {
            body.extend(b"\n\n");
        }
        let etag = format!("\"{}\"", body.len());
        if asked.headers.get("if-none-match") == Some(&etag) {
            return Answer::Page(304, vec![("ETag", etag)], Vec::new());
        }
        let kind = if asked.path.ends_with(".html") { "text/html" } else { "text/plain" };
        Answer::Page(200, vec![("ETag", etag), ("Content-Type", kind.to_owned())], body)
    })
}

fn is_again(seen: &Mutex<BTreeMap<String, u32>>, path: &str) -> bool {
    let mut seen = seen.lock().expect("no panic");
    let count = seen.entry(path.to_owned()).or_default();
    *count += 1;
    *count > 1
}

fn web(folder: &Path, arguments: &[&str]) -> Run {
    run(folder, &[arguments, &["--allow-private", "--delay", "0", "--per-host", "8", "--retries", "2"]].concat())
}

fn last_run(folder: &Path) -> serde_json::Value {
    status(folder)["last_run"]["summary"].clone()
}

#[test]
fn hundreds_of_pages_on_several_hosts_are_imported_and_refreshed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let (all, changed) = (pages(), Arc::new(AtomicBool::new(false)));
    let count = all.len();
    assert!(count >= 150, "{count} pages");
    let hosts = [("127.0.0.1", Host::Quick), ("127.0.0.2", Host::Slow), ("127.0.0.3", Host::Troubled)];
    let sites: Vec<Site> = hosts
        .iter()
        .enumerate()
        .map(|(i, (ip, host))| {
            let own = all.iter().enumerate().filter(|(n, _)| n % hosts.len() == i).map(|(_, page)| page.clone()).collect();
            serve(ip, *host, own, Arc::clone(&changed))
        })
        .collect();
    let maps: Vec<String> = sites.iter().map(|site| site.url("/sitemap.xml")).collect();
    web(path, &[&["import"], maps.iter().map(String::as_str).collect::<Vec<_>>().as_slice()].concat()).exits(0);
    let first = last_run(path);
    assert_eq!((first["parsed"].as_u64(), first["failed"].as_u64()), (Some(count as u64), Some(0)), "{first}");
    let said_before = said(path);
    assert!(said_before.len() >= count / 2, "{} recaps of {count} pages", said_before.len());
    sites.iter().for_each(|site| drop(site.asked()));

    // Nothing changed: one conditional request a page, and nothing is parsed.
    web(path, &["refresh", "--all", "--exit-on-change"]).exits(0);
    assert_eq!(last_run(path)["parsed"], 0);
    let asked: Vec<Asked> = sites.iter().flat_map(Site::asked).collect();
    let pages: Vec<&Asked> = asked.iter().filter(|a| a.path != "/sitemap.xml" && a.path != "/robots.txt").collect();
    assert_eq!(pages.len(), count);
    assert!(pages.iter().all(|a| a.headers.contains_key("if-none-match")));

    // Some have other bytes, which say the same.
    changed.store(true, Ordering::Relaxed);
    let tenth = all.iter().filter(|(path, _)| path.len().is_multiple_of(10)).count() as u64;
    web(path, &["refresh", "--all", "--exit-on-change"]).exits(0);
    assert_eq!(last_run(path)["parsed"].as_u64(), Some(tenth), "{}", last_run(path));
    assert!(said(path) == said_before, "but for the hashes of their sources, the recaps are the same");
}

/// The recaps' files without the hashes of their sources.
fn said(folder: &Path) -> BTreeMap<String, String> {
    let bare = |bytes: &[u8]| String::from_utf8_lossy(bytes).lines().filter(|line| !line.contains("\"sha256\"")).collect::<String>();
    tree(&folder.join("recap-data/recaps")).iter().map(|(name, bytes)| (name.clone(), bare(bytes))).collect()
}

#[test]
fn what_a_server_says_of_a_page_is_not_believed_against_the_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let site = Site::serve("127.0.0.1", |asked| {
        let html = |n: usize| {
            let text = write_up(n).replacen("# Tanuki", "<h1>Tanuki", 1).replacen("参加しました", "参加しました</h1><p>", 1);
            format!("<!DOCTYPE html><html><head><meta charset=Shift_JIS><title>x</title></head><body>{text}</body></html>")
        };
        let typed = |kind: &str, body: Vec<u8>| {
            let far = "Fri, 01 Jan 2100 00:00:00 GMT".to_owned();
            let headers = vec![
                ("Content-Type", kind.to_owned()),
                ("Date", far.clone()),
                ("Last-Modified", far),
                ("Cache-Control", "max-age=999999999".to_owned()),
            ];
            Answer::Page(200, headers, body)
        };
        match asked.path.as_str() {
            // The bytes are Shift_JIS, as the page itself says.
            "/sjis" => typed("text/html; charset=utf-8", shift_jis(&html(1))),
            "/data" => typed("application/json", html(2).replace("<meta charset=Shift_JIS>", "").into_bytes()),
            _ => Answer::Page(404, Vec::new(), Vec::new()),
        }
    });
    web(path, &["import", &site.url("/sjis"), &site.url("/data")]).exits(0);
    let names: Vec<String> =
        run(path, &["list", "--json"]).exits(0).ndjson().iter().map(|r| r["name"].as_str().unwrap_or_default().to_owned()).collect();
    assert_eq!(names, ["Tanuki Rust Night #1", "Tanuki Rust Night #2"]);
    // A clock that is ahead by decades, and pages that are fresh for as long, are asked again all the same.
    site.asked();
    web(path, &["refresh", "--all"]).exits(0);
    assert_eq!(site.asked().iter().filter(|a| a.path != "/robots.txt").count(), 2);
}

/// The characters of [`write_up`] in Shift_JIS, by the program that has them all.
fn shift_jis(text: &str) -> Vec<u8> {
    let mut iconv = Command::new("iconv")
        .args(["-f", "UTF-8", "-t", "SHIFT_JIS"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("iconv is part of libc's tools");
    std::io::Write::write_all(&mut iconv.stdin.take().expect("piped"), text.as_bytes()).expect("written");
    iconv.wait_with_output().expect("iconv ran").stdout
}

#[test]
fn a_rule_that_falls_silent_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let changed = Arc::new(AtomicBool::new(false));
    let now = Arc::clone(&changed);
    let site = Site::serve("127.0.0.1", move |asked| {
        let Some(n) = asked.path.strip_prefix("/night/").and_then(|n| n.parse::<usize>().ok()) else {
            return Answer::Page(404, Vec::new(), Vec::new());
        };
        let text = write_up(n);
        // The blog got a new template: lightning talks are not called so any more.
        let text = if now.load(Ordering::Relaxed) { text.replace("LT: ", "") } else { text };
        Answer::Page(200, vec![("Content-Type", "text/markdown; charset=utf-8".to_owned())], text.into_bytes())
    });
    let urls: Vec<String> = (1..=4).map(|n| site.url(&format!("/night/{n}"))).collect();
    web(path, &[&["import"], urls.iter().map(String::as_str).collect::<Vec<_>>().as_slice()].concat()).exits(0);
    changed.store(true, Ordering::Relaxed);
    let quiet = web(path, &["refresh", "--all", "--report", "json"]).exits(6);
    assert!(quiet.stdout.contains("had a say in 4 sources, now in none of them"), "{}", quiet.stdout);
    assert!(quiet.stdout.lines().filter(|line| line.contains("\"quiet\"")).any(|line| line.contains("label")), "{}", quiet.stdout);
}

#[test]
fn a_second_interrupt_stops_at_once_and_costs_nothing_that_is_stored() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    let site = Site::serve("127.0.0.1", |asked| match asked.path.as_str() {
        "/quick" => Answer::Page(200, vec![("Content-Type", "text/markdown".to_owned())], write_up(1).into_bytes()),
        "/silent" => Answer::Silence(Duration::from_secs(60)),
        _ => Answer::Page(404, Vec::new(), Vec::new()),
    });
    web(path, &["import", &site.url("/quick")]).exits(0);
    let mut child = Command::new(RECAP);
    child.args(["import", &site.url("/silent"), "--allow-private", "--delay", "0"]).current_dir(path);
    let mut child = child.stderr(Stdio::null()).spawn().expect("recap starts");
    site.asked();
    while site.asked().iter().all(|a| a.path != "/silent") {
        std::thread::sleep(Duration::from_millis(20));
    }
    let interrupt = |child: &std::process::Child| Command::new("kill").args(["-INT", &child.id().to_string()]).status().expect("kill runs");
    interrupt(&child);
    std::thread::sleep(Duration::from_millis(300));
    assert!(child.try_wait().expect("asked").is_none(), "what is in hand is waited for");
    let begun = Instant::now();
    interrupt(&child);
    assert_eq!(child.wait().expect("ended").code(), Some(130));
    assert!(begun.elapsed() < Duration::from_secs(5), "{:?}", begun.elapsed());
    assert_eq!(run(path, &["list"]).exits(0).stdout.lines().count(), 1);
}
