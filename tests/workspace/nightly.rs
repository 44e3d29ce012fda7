//! The nightly job as cron, systemd and a CI service run it: the files of `pipelines/`, on a workspace of two write-ups.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::{run, write_up, write_ups};
use crate::support::{RECAP, Run, root};

/// A home whose `archive` has two write-ups imported and the nightly job beside it, and recap where cargo puts it.
fn home() -> (TempDir, PathBuf) {
    let home = tempfile::tempdir().expect("a folder");
    let archive = home.path().join("archive");
    write_ups(&archive.join("blog"), 2);
    fs::copy(pipeline("nightly-refresh.toml"), archive.join("nightly-refresh.toml")).expect("copied");
    run(&archive, &["import", "blog"]).exits(0);
    let bin = home.path().join(".cargo/bin");
    fs::create_dir_all(&bin).expect("a folder");
    symlink(RECAP, bin.join("recap")).expect("a link");
    (home, archive)
}

fn pipeline(name: &str) -> PathBuf {
    root().join("pipelines").join(name)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("read")
}

/// Changes one of the write-ups, for the job of the night to find; what is not yet due is made due.
fn change(archive: &Path) {
    let changed = write_up(1).replace("LT: async をやめた話", "LT: async に戻った話");
    fs::write(archive.join("blog/night-001.md"), changed).expect("written");
    fs::write(
        archive.join("nightly-refresh.toml"),
        read(&archive.join("nightly-refresh.toml")).replacen("workspace", "all = true\nworkspace", 1),
    )
    .expect("written");
}

fn shell(script: &str, folder: &Path, home: &Path) -> Run {
    let path = format!("{}:{}", home.join(".cargo/bin").display(), std::env::var("PATH").expect("a PATH"));
    let mut shell = Command::new("bash");
    shell.args(["-eo", "pipefail", "-c", script]).current_dir(folder).env("HOME", home).env("PATH", path);
    shell.env("GITHUB_OUTPUT", home.join("output")).env("GITHUB_STEP_SUMMARY", home.join("summary"));
    Run::of(shell.output().expect("bash runs"))
}

#[test]
fn cron_leaves_the_changes_of_the_night() {
    let (home, archive) = home();
    change(&archive);
    let crontab = read(&pipeline("crontab"));
    let line = crontab.lines().find(|line| !line.starts_with('#')).expect("a line");
    let command = line.splitn(6, char::is_whitespace).last().expect("a command after five fields");
    shell(command, home.path(), home.path()).exits(7);
    assert!(read(&archive.join("changes.md")).contains("async に戻った話"));
}

#[test]
fn systemd_finds_no_fault_in_the_units() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["recap-refresh.service", "recap-refresh.timer"] {
        fs::write(folder.path().join(name), read(&pipeline(name)).replace("%h/.cargo/bin/recap", RECAP)).expect("written");
    }
    let Ok(verified) = Command::new("systemd-analyze").arg("verify").arg(folder.path().join("recap-refresh.timer")).output() else {
        return;
    };
    let verified = Run::of(verified).exits(0);
    assert_eq!(verified.stderr, "");
}

/// The script of a step of `nightly.yml`.
fn step(name: &str) -> String {
    let workflow: serde_json::Value = serde_saphyr::from_str(&read(&pipeline("nightly.yml"))).expect("YAML");
    let steps = workflow["jobs"]["refresh"]["steps"].as_array().expect("steps");
    steps.iter().find(|step| step["name"] == name).expect("a step")["run"].as_str().expect("a script").to_owned()
}

#[test]
fn the_ci_job_commits_what_changed() {
    let (home, archive) = home();
    let there = home.path().join("there.git");
    let prepare = format!(
        "git init -q --bare -b main {there} && git init -q -b main && git config user.name a && git config user.email a@example.org && \
         git add recap-data/recaps nightly-refresh.toml && git commit -qm first && git remote add origin {there} && git push -qu origin main",
        there = there.display()
    );
    shell(&prepare, &archive, home.path()).exits(0);
    change(&archive);
    shell(&step("Refresh"), &archive, home.path()).exits(0);
    assert_eq!(read(&home.path().join("output")), "code=7\n");
    assert!(read(&home.path().join("summary")).contains("async に戻った話"));
    shell(&step("Keep"), &archive, home.path()).exits(0);
    let told = shell("git log -1 --stat -p main", &there, home.path()).exits(0).stdout;
    assert!(told.contains("1 file changed") && told.contains("async に戻った話"), "{told}");
}

#[test]
fn an_alarm_fails_the_ci_job() {
    let (home, archive) = home();
    change(&archive);
    fs::remove_file(archive.join("blog/night-001.md")).expect("removed");
    shell(&step("Refresh"), &archive, home.path()).exits(0);
    assert_eq!(read(&home.path().join("output")), "code=6\n");
    let alarm = shell(&step("Alarm"), &archive, home.path()).exits(6);
    assert!(alarm.stdout.contains("night-001"));
}
