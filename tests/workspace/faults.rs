//! What may go wrong with the folder itself.

use std::fs;
use std::process::Command;

use recap_store::Workspace;

use super::{run, tree, write_ups};
use crate::support::RECAP;

#[test]
fn a_second_process_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    write_ups(&folder.path().join("blog"), 1);
    let lock = Workspace::new(folder.path().join("recap-data")).lock().expect("the lock");
    let refused = run(folder.path(), &["import", "blog"]).exits(2);
    assert!(refused.stderr.contains("recap-data: another recap works on this workspace; wait"), "{}", refused.stderr);
    drop(lock);
    run(folder.path(), &["import", "blog"]).exits(0);
}

#[test]
fn looking_is_possible_while_another_works() {
    let folder = tempfile::tempdir().expect("a folder");
    write_ups(&folder.path().join("blog"), 1);
    run(folder.path(), &["import", "blog"]).exits(0);
    let _lock = Workspace::new(folder.path().join("recap-data")).lock().expect("the lock");
    assert_eq!(run(folder.path(), &["list"]).exits(0).stdout.lines().count(), 1);
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    write_ups(&folder.path().join("blog"), 1);
    fs::write(folder.path().join("file"), "").expect("written");
    // Below a file nothing can be made, whoever runs the test.
    let refused = run(folder.path(), &["import", "--workspace", "file/data", "blog"]).exits(2);
    assert!(refused.stderr.contains("file/data: "), "{}", refused.stderr);
}

#[test]
fn a_full_disk_costs_nothing_that_is_stored() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path();
    write_ups(&path.join("blog"), 40);
    run(path, &["--quiet", "import", "--workspace", "calm", "blog"]).exits(0);
    run(path, &["--quiet", "import", "--workspace", "full", "blog/night-00?.md"]).exits(0);
    let before = tree(&path.join("full/recaps"));
    // No file may grow beyond these blocks: a write fails as it does on a full disk.
    let script = format!("ulimit -f 150; trap '' XFSZ; exec {RECAP} import --workspace full blog");
    let full = Command::new("bash").args(["-c", &script]).current_dir(path).output().expect("bash runs");
    let stderr = String::from_utf8_lossy(&full.stderr);
    assert!(matches!(full.status.code(), Some(1 | 2)), "{:?} {stderr}", full.status);
    assert!(stderr.contains("free some space"), "{stderr}");
    let after = tree(&path.join("full/recaps"));
    assert!(before.iter().all(|(name, bytes)| after.get(name) == Some(bytes)));
    run(path, &["--quiet", "import", "--workspace", "full", "blog"]).exits(0);
    assert!(tree(&path.join("full/recaps")) == tree(&path.join("calm/recaps")));
}
