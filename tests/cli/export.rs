//! `recap export`: from recap JSON to files.

use std::fs;

use super::workplace;
use crate::support::recap_in;

#[test]
fn one_file_goes_to_stdout_and_several_to_a_folder() {
    let folder = workplace();
    let recap = recap_in(folder.path(), &["extract", "report.md"], b"").exits(0).stdout;
    let csv = recap_in(folder.path(), &["export", "--format", "csv", "-"], recap.as_bytes()).exits(0);
    assert!(csv.stdout.starts_with("event_id,event,series"), "{}", csv.stdout);
    let other = recap.replacen("\"id\":\"", "\"id\":\"other-", 1);
    fs::write(folder.path().join("two.ndjson"), format!("{recap}{other}")).expect("written");
    let refused = recap_in(folder.path(), &["export", "--format", "markdown", "two.ndjson"], b"").exits(2);
    assert!(refused.stderr.contains("--out DIR"), "{}", refused.stderr);
    recap_in(folder.path(), &["export", "--format", "markdown", "--out", "posts", "two.ndjson"], b"").exits(0);
    assert_eq!(fs::read_dir(folder.path().join("posts")).expect("the folder is there").count(), 2);
}

#[test]
fn without_files_it_is_the_recaps_of_the_workspace() {
    let folder = workplace();
    let none = recap_in(folder.path(), &["export", "--format", "csv"], b"").exits(2);
    assert!(none.stderr.contains("recap-data: no recaps") && none.stderr.contains("recap import"), "{}", none.stderr);
    recap_in(folder.path(), &["import", "report.md", "--workspace", "ws"], b"").exits(0);
    let own = recap_in(folder.path(), &["export", "--format", "csv", "--workspace", "ws"], b"").exits(0).stdout;
    let named = recap_in(folder.path(), &["export", "--format", "csv", "ws/recaps"], b"").exits(0).stdout;
    assert!(own.lines().count() > 1 && own == named, "{own}");
}

#[test]
fn a_document_is_no_recap() {
    let folder = workplace();
    let run = recap_in(folder.path(), &["export", "--format", "ical", "report.md"], b"").exits(3);
    assert!(run.stderr.contains("report.md") && run.stderr.contains("recap extract"), "{}", run.stderr);
}

#[test]
fn help_names_every_format() {
    let folder = workplace();
    let help = recap_in(folder.path(), &["export", "--help"], b"").exits(0).stdout;
    for format in ["json-ld", "ical", "atom", "csv", "frab-xml", "pyvideo", "rubyevents", "annotations", "markdown", "opml"] {
        assert!(help.contains(&format!("  {format}")), "{format} is missing in\n{help}");
    }
}
