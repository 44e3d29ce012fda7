//! Workspaces: what `import` and the commands beside it keep, whatever happens to them.

mod faults;
mod import;
mod kept;
mod large;
mod lookups;
mod nightly;
mod read_only;
mod secure;
mod told;
mod web;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use crate::support::{Run, entries, recap_in};

/// Write-ups of different evenings, `count` of them, as files of a folder.
pub fn write_ups(folder: &Path, count: usize) {
    fs::create_dir_all(folder).expect("a folder");
    for n in 0..count {
        fs::write(folder.join(format!("night-{n:03}.md")), write_up(n)).expect("written");
    }
}

/// The write-up of one evening.
pub fn write_up(n: usize) -> String {
    let (month, day) = (1 + n % 12, 1 + n % 28);
    format!(
        "# Tanuki Rust Night #{n} に参加しました\n\n2021年{month}月{day}日に開催された Tanuki Rust Night #{n} のレポートです。\n\n\
         ## 所有権を絵で理解する {n}\n\n発表者: 狸山 太郎さん(@tanuyama_t)\n\n資料: https://speakerdeck.com/tanuyama_t/pictures-{n}\n\n\
         ## LT: async をやめた話\n\n@kitsune_{n} さんの発表でした。\n"
    )
}

/// Everything below a folder: path and bytes.
pub fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(path) = open.pop() {
        if path.is_dir() {
            open.extend(entries(&path));
        } else {
            let name = path.strip_prefix(folder).expect("below").to_string_lossy().into_owned();
            all.insert(name, fs::read(&path).expect("read"));
        }
    }
    all
}

/// Runs recap in a folder without stdin.
pub fn run(folder: &Path, arguments: &[&str]) -> Run {
    recap_in(folder, arguments, b"")
}

/// `recap status --json` of the folder's workspace.
pub fn status(folder: &Path) -> serde_json::Value {
    run(folder, &["status", "--json"]).exits(0).json()
}
