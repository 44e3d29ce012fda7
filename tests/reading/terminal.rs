//! `search`, `stats`, `show`, `list` on the terminal.

use super::{evenings, ids, json_of};
use crate::workspace::run;

#[test]
fn search_finds_and_narrows() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    let found = json_of(folder.path(), &["search", "--json", "所有", "絵で"]);
    assert_eq!(found.iter().filter(|hit| hit["kind"] == "talk").count(), 3);
    let table = run(folder.path(), &["search", "--kind", "person", "狸山"]).exits(0).stdout;
    assert!(table.starts_with("person\t狸山 太郎\t@tanuyama_t"), "{table}");
    assert_eq!(json_of(folder.path(), &["search", "--json", "--year", "1999", "rust"]).len(), 0);
    let some = run(folder.path(), &["search", "--limit", "1", "rust"]).exits(0);
    assert_eq!(some.stdout.lines().count(), 1);
    assert!(some.stderr.contains("1 of "), "{}", some.stderr);
    run(folder.path(), &["search", "--kind", "thing", "x"]).exits(2);
}

#[test]
fn stats_count_and_the_index_is_made_again_when_recaps_change() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    let stats = &json_of(folder.path(), &["stats", "--json"])[0];
    assert_eq!((&stats["events"], &stats["talks"], &stats["by_year"][0]["name"]), (&3.into(), &6.into(), &"2021".into()));
    assert_eq!((&stats["by_person"][0]["name"], &stats["by_person"][0]["talks"]), (&"狸山 太郎".into(), &3.into()));
    let text = run(folder.path(), &["stats"]).exits(0).stdout;
    assert!(text.contains("3 events · 6 talks") && text.contains('█'), "{text}");
    crate::workspace::write_ups(&folder.path().join("more"), 4);
    run(folder.path(), &["import", "more"]).exits(0);
    assert_eq!(json_of(folder.path(), &["stats", "--json"])[0]["events"], 4);
    std::fs::write(folder.path().join("recap-data/recap.index"), "rubbish").expect("written");
    assert_eq!(json_of(folder.path(), &["stats", "--json"])[0]["events"], 4);
}

#[test]
fn a_card_says_what_a_reader_wants_and_pipes_get_json() {
    let folder = tempfile::tempdir().expect("a folder");
    evenings(folder.path());
    let id = ids(folder.path()).remove(0);
    let card = run(folder.path(), &["show", "--card", &id]).exits(0).stdout;
    assert!(card.starts_with("Tanuki Rust Night #0\n2021-01-01\n"), "{card}");
    assert!(card.contains("• 所有権を絵で理解する 0\n    狸山 太郎\n    https://speakerdeck.com/tanuyama_t/pictures-0"), "{card}");
    assert!(!card.contains('\u{1b}'));
    assert_eq!(run(folder.path(), &["show", &id]).exits(0).json()["id"], id.as_str());
    let list = run(folder.path(), &["list"]).exits(0).stdout;
    assert!(list.starts_with(&format!("2021-01-01\t{id}\t")), "{list}");
}
