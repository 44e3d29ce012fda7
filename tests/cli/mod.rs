//! The command line: arguments, outputs, messages and exit codes of every command.

mod batch;
mod entities;
mod explain;
mod export;
mod help;
mod inspect;
mod merge;
mod rules;
mod validate;

/// An invented write-up that the commands are tried on.
pub const REPORT: &str = "\
# Tanuki Rust Night #7 に参加しました

2021年4月23日(金) に開催された [Tanuki Rust Night #7](https://tanuki-rust.connpass.com/event/210042/) のレポートです。

## 所有権を絵で理解する

発表者: 狸山 太郎さん([@tanuyama_t](https://twitter.com/tanuyama_t))

資料: https://speakerdeck.com/tanuyama_t/ownership-in-pictures

## LT: async をやめた話

@kitsune_dev さんの発表でした。
";

/// A folder with [`REPORT`] as `report.md`.
pub fn workplace() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("report.md"), REPORT).expect("the report is written");
    folder
}
