//! What always holds: every quote is found, no value lacks evidence, same input gives same bytes.

use serde_json::Value;

use crate::support::{fixtures, recap, recap_in, root};

fn inputs() -> Vec<String> {
    fixtures().into_iter().map(|f| f.input.to_string_lossy().into_owned()).collect()
}

fn extract(options: &[&str], inputs: &[String]) -> String {
    let arguments: Vec<&str> =
        ["extract", "--all"].into_iter().chain(options.iter().copied()).chain(inputs.iter().map(String::as_str)).collect();
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
    let inputs = inputs();
    let arguments: Vec<&str> = ["posts"].into_iter().chain(inputs.iter().map(String::as_str)).collect();
    let alone = recap(&arguments).exits(0).ndjson();
    let recaps: Vec<Value> = extract(&[], &inputs).lines().map(|line| serde_json::from_str(line).expect("a line is JSON")).collect();
    let within =
        recaps.iter().flat_map(|recap| recap["posts"].as_array().into_iter().flatten().map(|post| (post, &recap["sources"][0]["path"])));
    let within: Vec<_> = within.collect();
    assert_eq!(alone.len(), within.len());
    for (a, (b, path)) in alone.iter().zip(within) {
        assert_eq!([&a["id"], &a["url"], &a["text"], &a["author"], &a["source"]], [&b["id"], &b["url"], &b["text"], &b["author"], path]);
    }
}
