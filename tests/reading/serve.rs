//! The server: its pages, who may ask, and what hostile recaps do to it.

use std::collections::BTreeSet;

use super::{Server, dangers, evenings, ids, links, poison};
use crate::workspace::run;

#[test]
fn pages_lead_from_the_start_to_the_quote() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    let server = Server::start(folder.path(), &["--title", "Evenings"]);
    let home = server.get("/");
    assert_eq!((home.status, home.header("content-type")), (200, "text/html; charset=utf-8"));
    assert!(home.header("content-security-policy").starts_with("default-src 'none'"));
    assert_eq!(home.header("x-content-type-options"), "nosniff");
    assert!(home.body.contains("Evenings") && home.body.contains("Tanuki Rust Night #2"));
    let event = links("index.html", &home.body).into_iter().find(|link| link.starts_with("events/")).expect("an event");
    let event = server.get(&format!("/{event}"));
    assert!(event.body.contains("所有権を絵で理解する"), "{}", event.body);
    let why = event.body.split("class=\"why\" href=\"../").nth(1).and_then(|rest| rest.split('"').next()).expect("evidence");
    let (page, place) = why.split_once('#').expect("a place");
    let evidence = server.get(&format!("/{page}")).body;
    assert!(evidence.contains(&format!("id=\"{place}\"")) && evidence.contains("<mark>"));
    let source = links(page, &evidence).into_iter().find(|link| link.starts_with("sources/")).expect("a source");
    let source = server.get(&format!("/{source}")).body;
    assert!(source.contains("<mark id=\"mark\">") && source.contains("に参加しました"), "{source}");
}

#[test]
fn the_reader_has_a_language_and_what_they_have_already_is_not_sent_again() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    let server = Server::start(folder.path(), &[]);
    assert!(server.ask("GET", "/", &[("Accept-Language", "ja")], "").body.contains("<html lang=\"ja\">"));
    let first = server.get("/people.html");
    let tag = first.header("etag").to_owned();
    assert!(tag.len() > 10, "{tag}");
    let again = server.ask("GET", "/people.html", &[("If-None-Match", &tag)], "");
    assert_eq!((again.status, again.body.as_str(), again.header("etag")), (304, "", tag.as_str()));
    let head = server.ask("HEAD", "/people.html", &[], "");
    assert_eq!((head.status, head.body.as_str()), (200, ""));
    assert_eq!(server.ask("DELETE", "/", &[], "").status, 405);
    for path in
        ["/nothing", "/events/nothing.html", "/people/x.html", "/%2e%2e/%2e%2e/etc/passwd", "/assets/../recap.db", "/%00", "/recap.db"]
    {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

#[test]
fn two_characters_of_japanese_are_found_with_and_without_filters() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    let server = Server::start(folder.path(), &[]);
    let found = server.get("/search.html?q=%E6%89%80%E6%9C%89").body;
    assert_eq!(found.matches("<li><span class=\"kind\">").count(), 3, "{found}");
    assert!(found.contains("所有権を絵で理解する 1"));
    let people = server.get("/search.html?q=%E7%8B%B8%E5%B1%B1&kind=person").body;
    assert!(people.contains("狸山 太郎"), "{people}");
    assert!(server.get("/search.html?q=%E7%8B%B8%E5%B1%B1&year=1999").body.contains("Nothing found"));
    assert!(server.get("/search.html").body.contains("name=\"q\""));
}

#[test]
fn other_names_and_readers_without_the_token_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    let path = folder.path();
    let open = Server::start(path, &["--host", "recaps.example.org"]);
    assert_eq!(open.ask("GET", "/", &[("Host", "evil.example")], "").status, 421);
    assert_eq!(open.ask("GET", "/api/v1/events", &[("Host", "evil.example:80")], "").status, 421);
    assert_eq!(open.ask("GET", "/", &[("Host", "recaps.example.org")], "").status, 200);
    assert!(run(path, &["serve", "--listen", "0.0.0.0:0"]).exits(2).stderr.contains("--token"));
    assert!(run(path, &["serve", "--token", "short"]).exits(2).stderr.contains("16"));
    let token = "0123456789abcdef0123";
    let closed = Server::start(path, &["--token", token]);
    assert_eq!((closed.get("/").status, closed.get("/api/v1/events").status), (401, 401));
    assert_eq!(closed.ask("GET", "/api/v1/events", &[("Authorization", &format!("Bearer {token}"))], "").status, 200);
    let come = closed.get(&format!("/?token={token}"));
    assert_eq!((come.status, come.header("location")), (303, "/"));
    let cookie = come.header("set-cookie");
    assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict"), "{cookie}");
    let cookie = cookie.split(';').next().expect("a cookie").to_owned();
    assert_eq!(closed.ask("GET", "/", &[("Cookie", &cookie)], "").status, 200);
    assert_eq!(closed.ask("GET", "/", &[("Cookie", "recap=0123456789abcdef0124")], "").status, 401);
}

#[test]
fn hostile_recaps_show_as_text_on_every_page_that_can_be_reached() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    poison(folder.path());
    let server = Server::start(folder.path(), &["--allow-edit"]);
    let mut open = vec![String::new(), "review.html".to_owned(), "search.html?q=script".to_owned()];
    let mut seen: BTreeSet<String> = open.iter().cloned().collect();
    while let Some(path) = open.pop() {
        let got = server.get(&format!("/{path}"));
        assert!(got.status == 200 || (got.status == 404 && path.starts_with("sources/")), "{path}: {}", got.status);
        if !got.header("content-type").starts_with("text/html") {
            continue;
        }
        assert!(got.header("content-security-policy").contains("script-src 'self'"), "{path}");
        assert_eq!(dangers(&got.body), Vec::<String>::new(), "{path}");
        assert!(got.body.len() < 100_000, "{path}: {}", got.body.len());
        assert!(!got.body.contains('\u{202e}'), "{path}");
        open.extend(links(&path, &got.body).into_iter().filter(|link| seen.insert(link.clone())));
    }
    assert!(seen.iter().filter(|path| path.starts_with("events/")).count() >= 11, "{seen:?}");
}

#[test]
fn what_changes_is_seen_and_former_addresses_lead_on() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    let file = super::files(folder.path()).remove(0);
    let text = std::fs::read_to_string(&file).expect("read");
    let mut recap: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    recap["redirects"] = serde_json::json!(["old-night"]);
    std::fs::write(&file, recap.to_string()).expect("written");
    let server = Server::start(folder.path(), &[]);
    let moved = server.get("/events/old-night.html");
    assert_eq!((moved.status, moved.header("location")), (308, format!("/events/{}.html", recap["id"].as_str().expect("an id")).as_str()));
    crate::workspace::write_ups(&folder.path().join("more"), 5);
    run(folder.path(), &["import", "more"]).exits(0);
    assert_eq!(ids(folder.path()).len(), 5);
    let begun = std::time::Instant::now();
    while server.get("/api/v1/events").json()["total"] != 5 {
        assert!(begun.elapsed().as_secs() < 60, "the new evenings are not seen");
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
}
