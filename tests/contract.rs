//! What always holds: every quote is found, no value lacks evidence, same input gives same bytes.

use crate::support::{fixtures, recap, recap_in, root};

fn inputs() -> Vec<String> {
    fixtures().into_iter().map(|f| f.input.to_string_lossy().into_owned()).collect()
}

fn extract(options: &[&str], inputs: &[String]) -> String {
    let arguments: Vec<&str> = ["extract", "--all"].into_iter().chain(options.iter().copied()).chain(inputs.iter().map(String::as_str)).collect();
    recap(&arguments).exits(0).stdout
}

#[test]
fn every_fixture_is_valid_and_every_quote_is_found() {
    let recaps = extract(&[], &inputs());
    let run = recap_in(root(), &["validate", "--evidence", "-"], recaps.as_bytes());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(run.stdout, format!("-: {} recaps valid\n", inputs().len()));
}

#[test]
fn equal_bytes_over_runs_threads_and_order() {
    let inputs = inputs();
    let one = extract(&["--jobs", "1"], &inputs);
    assert_eq!(one.lines().count(), inputs.len());
    assert_eq!(one, extract(&["--jobs", "4"], &inputs));
    let reversed: Vec<String> = inputs.iter().rev().cloned().collect();
    let back = extract(&["--jobs", "4"], &reversed);
    assert!(one.lines().eq(back.lines().rev()), "a recap depends on what was read before it");
}

#[test]
fn posts_stand_in_the_recap_as_recap_posts_gives_them() {
    for fixture in fixtures() {
        let path = fixture.input.to_string_lossy().into_owned();
        let alone = recap(&["posts", &path]).exits(0).ndjson();
        let within = recap(&["extract", "--all", &path]).exits(0).json();
        let within = within["posts"].as_array().cloned().unwrap_or_default();
        assert_eq!(alone.len(), within.len(), "{path}");
        for (a, b) in alone.iter().zip(&within) {
            assert_eq!([&a["id"], &a["url"], &a["text"], &a["author"]], [&b["id"], &b["url"], &b["text"], &b["author"]], "{path}");
        }
    }
}
