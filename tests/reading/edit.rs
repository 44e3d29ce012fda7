//! Decisions from the browser.

use std::fs;

use super::{Server, evenings, ids};
use crate::workspace::{run, tree};

fn encoded(pairs: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish()
}

#[test]
fn a_correction_is_the_same_as_from_the_command_line_and_stays() {
    let (folder, twin) = (tempfile::tempdir().expect("a folder"), tempfile::tempdir().expect("a folder"));
    evenings(folder.path());
    evenings(twin.path());
    let id = ids(folder.path()).remove(0);
    let server = Server::start(folder.path(), &["--allow-edit"]);
    let evidence = format!("/evidence/{id}.html");
    let token = server.token(&evidence);
    let form = [
        ("token", token.as_str()),
        ("event", &id),
        ("pointer", "/event/start"),
        ("word", "set"),
        ("value", "2021-02-03"),
        ("reason", "a test"),
    ];
    let done = server.post("/edit/value", &encoded(&form));
    assert_eq!(done.status, 303, "{done:?}");
    assert!(done.header("location").starts_with(&evidence), "{done:?}");
    run(twin.path(), &["override", "set", &id, "/event/start", "2021-02-03", "--reason", "a test"]).exits(0);
    for part in ["recap-data/decisions", "recap-data/recaps"] {
        assert_eq!(tree(&folder.path().join(part)), tree(&twin.path().join(part)), "{part}");
    }
    let event = format!("/events/{id}.html");
    assert!(server.get(&event).body.contains("2021-02-03"));
    let told = server.get(&evidence).body;
    assert!(told.contains("a person&#39;s correction") && told.contains("2021-01-01"), "what the sources say stays to be seen");
    run(folder.path(), &["reparse"]).exits(0);
    let now = ids(folder.path());
    let shown = now.iter().map(|id| server.get(&format!("/events/{id}.html")).body).filter(|body| body.contains("2021-02-03")).count();
    assert_eq!(shown, 1, "{now:?}");
}

#[test]
fn nothing_changes_unless_a_page_of_the_server_sent_the_form() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    let id = ids(folder.path()).remove(0);
    let before = tree(&folder.path().join("recap-data/recaps"));
    let server = Server::start(folder.path(), &["--allow-edit"]);
    let token = server.token(&format!("/evidence/{id}.html"));
    let form = |token: &str| encoded(&[("token", token), ("event", &id), ("pointer", "/event/start"), ("word", "unset")]);
    let own = format!("http://{}", server.host);
    assert_eq!(server.post("/edit/value", &form("")).status, 403);
    assert_eq!(server.post("/edit/value", &form(&token.replace(|c: char| c.is_ascii_digit(), "x"))).status, 403);
    for origin in ["http://evil.example", "null", &format!("{own}0")] {
        assert_eq!(server.ask("POST", "/edit/value", &[("Origin", origin)], &form(&token)).status, 403, "{origin}");
    }
    assert_eq!(server.ask("POST", "/edit/value", &[], &form(&token)).status, 403);
    assert_eq!(server.ask("POST", "/edit/value", &[("Origin", &own), ("Host", "evil.example")], &form(&token)).status, 421);
    assert_eq!(server.ask("GET", &format!("/edit/value?{}", form(&token)), &[], "").status, 404);
    assert_eq!(server.post("/edit/value", &"x".repeat(100_000)).status, 413);
    let wrong = server.post("/edit/value", &encoded(&[("token", &token), ("event", &id), ("pointer", "/event/nothing"), ("word", "lock")]));
    assert_eq!(wrong.status, 409, "{wrong:?}");
    let shows_only = Server::start(folder.path(), &[]);
    assert_eq!(shows_only.post("/edit/value", &form(&token)).status, 403);
    assert!(!shows_only.get(&format!("/evidence/{id}.html")).body.contains("<form method=\"post\""));
    assert_eq!(tree(&folder.path().join("recap-data/recaps")), before);
    assert!(!folder.path().join("recap-data/decisions").exists());
}

#[test]
fn what_waits_is_decided_in_the_queue() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    let id = ids(folder.path()).remove(0);
    run(folder.path(), &["override", "set", &id, "/event/start", "2021-02-03"]).exits(0);
    let file = folder.path().join(format!("recap-data/decisions/overrides/{id}.toml"));
    let stale = fs::read_to_string(&file).expect("a file").replace("2021-01-01", "2021-01-02");
    fs::write(&file, stale).expect("written");
    let server = Server::start(folder.path(), &["--allow-edit"]);
    let queue = server.get("/review.html").body;
    assert!(queue.contains("/event/start"), "{queue}");
    let reviews = server.get("/api/v1/reviews").json();
    let item = reviews["items"].as_array().expect("items").iter().find(|item| item["kind"] == "stale").expect("waits")["id"].clone();
    let token = server.token("/review.html");
    let form = encoded(&[("token", &token), ("id", item.as_str().expect("an id")), ("word", "accept")]);
    let done = server.post("/edit/review", &form);
    assert_eq!((done.status, done.header("location")), (303, "/review.html?saved=1"), "{done:?}");
    assert!(!file.exists(), "the correction is taken back");
    assert!(!server.get(&format!("/events/{id}.html")).body.contains("2021-02-03"), "and what the sources say is shown");
    assert_eq!(server.post("/edit/review", &form).status, 409, "it waits no more");
}
