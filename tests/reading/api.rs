//! The API and its description.

use super::{Server, evenings, ids};

#[test]
fn every_path_of_the_description_answers_as_it_says() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    let id = ids(folder.path()).remove(0);
    let server = Server::start(folder.path(), &[]);
    let document = server.get("/api/v1/openapi.json").json();
    assert_eq!(document["openapi"], "3.1.0");
    assert!(document["components"]["schemas"]["Recap"]["properties"]["talks"].is_object());
    let person = server.get("/api/v1/people").json()["items"][0]["file"].as_str().expect("a person").to_owned();
    let paths = document["paths"].as_object().expect("paths");
    assert!(paths.len() >= 12);
    for path in paths.keys() {
        let filled = path.replace("{id}", &id).replace("{file}", &person);
        let got = server.get(&format!("/api/v1{filled}?q=rust"));
        assert_eq!((got.status, got.header("content-type")), (200, "application/json"), "{path}");
        let again = server.ask("GET", &format!("/api/v1{filled}?q=rust"), &[("If-None-Match", got.header("etag"))], "");
        assert_eq!(again.status, 304, "{path}");
        let schema = &document["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"];
        if schema["allOf"].is_array() {
            let json = got.json();
            let item =
                schema["allOf"][1]["properties"]["items"]["items"]["$ref"].as_str().expect("a schema").rsplit('/').next().expect("a name");
            let required = document["components"]["schemas"][item]["required"].as_array().expect("fields");
            for item in json["items"].as_array().expect("items") {
                assert!(required.iter().all(|field| item.get(field.as_str().expect("a name")).is_some()), "{path}: {item}");
            }
        }
    }
    let unknown = server.get("/api/v1/events/nothing");
    assert_eq!((unknown.status, unknown.header("content-type")), (404, "application/problem+json"));
    assert_eq!(server.get("/api/v1/nothing").json()["status"], 404);
}

#[test]
fn lists_come_in_pages_that_lead_to_each_other() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    let server = Server::start(folder.path(), &[]);
    let first = server.get("/api/v1/search?q=rust&per_page=2&kind=event");
    assert_eq!((first.json()["total"].as_u64(), first.json()["items"].as_array().map(Vec::len)), (Some(3), Some(2)));
    let next = first.header("link");
    let next = next.trim_start_matches('<').split('>').next().expect("an address").to_owned();
    let second = server.get(&next);
    assert_eq!(second.json()["items"].as_array().map(Vec::len), Some(1));
    assert!(second.header("link").contains("rel=\"prev\""), "{}", second.header("link"));
    assert_eq!(server.get("/api/v1/events?year=2021&page=99999999999999").status, 200);
}

#[test]
fn a_value_tells_where_it_comes_from() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    let id = ids(folder.path()).remove(0);
    let server = Server::start(folder.path(), &[]);
    let told = server.get(&format!("/api/v1/events/{id}/evidence?pointer=/event/name")).json();
    let proof = &told["items"][0]["proofs"][0];
    assert_eq!(told["items"][0]["pointer"], "/event/name");
    assert_eq!(proof["in_text"], true);
    assert!(proof["quote"]["text"].as_str().is_some_and(|quote| quote.contains("Tanuki Rust Night")), "{told}");
    let stored = server.get(&format!("/api/v1/events/{id}")).json();
    assert_eq!(stored["id"], id.as_str());
}
