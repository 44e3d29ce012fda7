//! kill -9 at any moment: what is done after is what would have been done.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// Kills, in one run of the test.
const KILLS: u32 = 100;
/// Documents.
const DOCUMENTS: usize = 60;

/// The example that imports a folder. Cargo builds it beside the tests.
fn program() -> PathBuf {
    let test = std::env::current_exe().expect("the test's own path");
    let built = test.parent().and_then(Path::parent).expect("a build folder");
    built.join("examples/import_folder")
}

fn import(at: &Path, workspace: &str) -> Child {
    let mut command = Command::new(program());
    command.args([workspace, "events"]).current_dir(at).stdout(Stdio::null());
    command.spawn().expect("the example starts")
}

/// Imports all; gives the time that it took.
fn calmly(at: &Path, workspace: &str) -> Duration {
    let begin = Instant::now();
    assert!(import(at, workspace).wait().expect("ended").success());
    begin.elapsed()
}

/// Events of `year`, so that each is in another file of the workspace for another year.
fn events(folder: &Path, year: u32) {
    fs::create_dir_all(folder.join("events")).expect("a folder");
    for n in 0..DOCUMENTS {
        // Every third is the same in all years.
        let year = if n % 3 == 0 { 2020 } else { year };
        let event = format!(
            r#"{{"@context": "https://schema.org", "@type": "Event", "name": "Tanuki Night #{n}", "startDate": "{year}-05-{:02}T19:00:00+09:00",
                "url": "https://tanuki.example.org/event/{n}/", "location": {{"@type": "Place", "name": "狸穴ホール"}},
                "subEvent": [{{"@type": "Event", "name": "所有権を絵で理解する {year}", "performer": {{"@type": "Person", "name": "狸山 太郎"}}}}]}}"#,
            1 + n % 28
        );
        fs::write(folder.join(format!("events/{n:03}.json")), event).expect("written");
    }
}

fn tree(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(fs::read_dir(&path).expect("a folder").map(|e| e.expect("an entry").path()));
        } else {
            all.insert(path.strip_prefix(folder).expect("below").to_owned(), fs::read(&path).expect("read"));
        }
    }
    all
}

#[test]
fn a_hundred_kills_leave_what_an_undisturbed_run_leaves() {
    let folder = tempfile::tempdir().expect("a folder");
    let (old, new) = (folder.path().join("old"), folder.path().join("new"));
    events(&old, 2019);
    events(&new, 2021);
    calmly(&new, "calm");
    calmly(&new, "wild");
    let mut whole = calmly(&old, "../new/wild");
    let (mut kills, mut runs) = (0, 0);
    while kills < KILLS {
        assert!(runs < 5 * KILLS, "only {kills} of {runs} runs were killed before their end");
        // To and fro, so that there is always something to do: other dates, titles and files.
        let mut child = if runs % 2 == 0 { import(&new, "wild") } else { import(&old, "../new/wild") };
        // Spread over the whole run by the golden ratio: as good as random, and the same in every run.
        sleep(whole.mul_f64((f64::from(runs) * 0.618_034).fract()));
        runs += 1;
        match child.try_wait().expect("asked") {
            None => kills += 1,
            // Other programs slow the machine down less than before.
            Some(_) => whole = whole.mul_f64(0.9),
        }
        child.kill().expect("killed");
        child.wait().expect("ended");
    }
    calmly(&new, "wild");
    let (calm, wild) = (tree(&new.join("calm/recaps")), tree(&new.join("wild/recaps")));
    assert_eq!(calm.len(), DOCUMENTS);
    assert!(calm == wild, "{:?}\n{:?}", calm.keys(), wild.keys());
}
