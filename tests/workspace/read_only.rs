//! A workspace on a file system that cannot be written. File permissions do not bind whoever runs tests as root, so the folder is
//! mounted read-only in a mount namespace of the test's own.

use std::fs;
use std::path::Path;
use std::process::Command;

use super::{run, tree, write_ups};
use crate::support::{RECAP, Run};

/// Runs recap where `path`, a file or a folder below `folder`, cannot be written; none where this machine grants no namespaces.
fn read_only(folder: &Path, path: &str, arguments: &[&str]) -> Option<Run> {
    let granted = Command::new("unshare").args(["--map-root-user", "--mount", "true"]).status().is_ok_and(|status| status.success());
    if !granted {
        let why = "skipped: no mount namespaces here (unshare --map-root-user --mount)\n";
        let _ = std::io::Write::write_all(&mut std::io::stderr(), why.as_bytes());
        return None;
    }
    let script = "mount --bind \"$1\" \"$1\" && mount -o remount,ro,bind \"$1\" || exit 99; shift; exec \"$@\"";
    let mut command = Command::new("unshare");
    command.args(["--map-root-user", "--mount", "sh", "-c", script, "sh", path, RECAP]).args(arguments).current_dir(folder);
    Some(Run::of(command.output().expect("unshare runs")))
}

/// A workspace with one write-up, and two more to be imported.
fn begun() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    write_ups(&folder.path().join("blog"), 3);
    run(folder.path(), &["--quiet", "import", "blog/night-000.md"]).exits(0);
    folder
}

#[track_caller]
fn is_named(refused: &Run, path: &str) {
    let remedy = "make the workspace writable, or name another folder with --workspace";
    assert_eq!(refused.code, 2, "{}", refused.stderr);
    assert!(refused.stderr.contains(path) && refused.stderr.contains(remedy), "{}", refused.stderr);
    assert!(refused.stdout.is_empty(), "{}", refused.stdout);
}

#[test]
fn nothing_is_begun_in_a_workspace_that_cannot_be_written() {
    let folder = begun();
    let path = folder.path();
    let before = tree(&path.join("recap-data"));
    for command in [&["import", "blog"][..], &["refresh", "--all"], &["reparse"], &["prune", "--budget", "1"], &["purge"]] {
        let Some(refused) = read_only(path, "recap-data", command) else { return };
        is_named(&refused, "recap-data/");
        assert!(tree(&path.join("recap-data")) == before, "{command:?}");
    }
    run(path, &["import", "blog"]).exits(0);
    assert_eq!(run(path, &["list"]).exits(0).stdout.lines().count(), 3);
}

#[test]
fn a_workspace_that_cannot_be_written_can_be_read() {
    let folder = begun();
    let path = folder.path();
    for command in [&["list"][..], &["status", "--json"], &["search", "tanuki"], &["stats"], &["export", "--format", "csv"]] {
        let Some(read) = read_only(path, "recap-data", command) else { return };
        assert_eq!(read.exits(0).stdout, run(path, command).exits(0).stdout, "{command:?}");
    }
}

#[test]
fn recaps_that_cannot_be_written_are_written_by_the_next_run() {
    let folder = begun();
    let path = folder.path();
    run(path, &["--quiet", "import", "--workspace", "calm", "blog"]).exits(0);
    let before = tree(&path.join("recap-data/recaps"));
    let Some(refused) = read_only(path, "recap-data/recaps", &["import", "blog"]) else { return };
    is_named(&refused, "recap-data/recaps/");
    assert!(tree(&path.join("recap-data/recaps")) == before);
    assert_eq!(run(path, &["list"]).exits(0).stdout.lines().count(), 1, "a recap is listed when its file is written");
    run(path, &["--quiet", "import", "blog"]).exits(0);
    assert!(tree(&path.join("recap-data/recaps")) == tree(&path.join("calm/recaps")));
}

#[test]
fn a_database_that_cannot_be_written_is_named() {
    let folder = begun();
    let path = folder.path();
    let before = fs::read(path.join("recap-data/recap.db")).expect("read");
    let Some(refused) = read_only(path, "recap-data/recap.db", &["import", "blog"]) else { return };
    is_named(&refused, "recap-data/recap.db");
    assert!(fs::read(path.join("recap-data/recap.db")).expect("read") == before);
    run(path, &["--quiet", "import", "blog"]).exits(0);
}
