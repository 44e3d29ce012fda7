//! The quality gate: F1 per field against gold annotations, none below its floor in `floors.toml`.
//!
//! The fixtures are always scored; the corpus only where it lies beside the repository. `just eval` prints the tables
//! (`RECAP_MISSES=talk.title` with the failed values of a field); `just raise-floors` raises floors to what is
//! reached. Nothing here lowers one.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use recap_eval::{MissKind, Scores, calibration, score};
use serde_json::Value;

use crate::support::{extract_file, fixtures, folders, input_of, name_of, read_json, root};

/// Floors of one set of documents: field -> F1 in per cent; `headline` is the mean.
type Floors = BTreeMap<String, f64>;

/// Share of the values said at 0.9 and more that must be right.
const SURELY_RIGHT: f64 = 0.95;

/// Kept while `floors.toml` is read and written: tests of one process run side by side.
static FILE: Mutex<()> = Mutex::new(());

#[test]
fn fixtures_reach_their_floors() {
    let mut all = Scores::default();
    for fixture in fixtures() {
        all.merge(score_document(&root().join(&fixture.input), read_json(&fixture.expected)));
    }
    gate("fixtures", &all);
}

#[test]
fn japanese_corpus_reaches_its_floors() {
    corpus("ja");
}

#[test]
fn english_corpus_reaches_its_floors() {
    corpus("en");
}

#[test]
fn event_pages_of_the_corpus_reach_their_floors() {
    corpus("events");
}

#[test]
fn posts_of_the_corpus_reach_their_floors() {
    corpus("tweets");
}

/// `just eval` prints how far confidences mean what they say; the corpus only, where it lies beside the repository.
#[test]
#[expect(clippy::print_stdout, reason = "the table is what `just eval` is for; else it shows with a failure only")]
fn values_said_surely_are_right() {
    let shared = root().join("../shared");
    let mut judged = Vec::new();
    for set in ["ja", "en", "events"] {
        for folder in folders(&shared.join("corpus").join(set)) {
            let gold = shared.join("gold").join(set).join(format!("{}.json", name_of(&folder)));
            let Some(source) = input_of(&folder, "source.").filter(|_| gold.exists()) else { continue };
            let given = extract_file(&source).filter(|e| e.is_recap).and_then(|e| serde_json::to_value(e.recap).ok());
            judged.extend(given.map(|given| calibration::judge(&read_json(&gold), &given)).unwrap_or_default());
        }
    }
    println!("== confidence\n{}", calibration::table(&judged));
    if std::env::var_os("RECAP_FAMILIES").is_some() {
        println!("{}", calibration::families(&judged));
    }
    let share = calibration::sure_share(&judged).unwrap_or(1.0);
    assert!(share >= SURELY_RIGHT, "of the values said at 0.9 and more {:.1} in 100 are right", 100.0 * share);
}

/// Scores a set of the corpus, where it is there.
fn corpus(set: &str) {
    let shared = root().join("../shared");
    let documents = folders(&shared.join("corpus").join(set));
    let mut all = Scores::default();
    for folder in documents {
        let gold = shared.join("gold").join(set).join(format!("{}.json", name_of(&folder)));
        if let Some(source) = input_of(&folder, "source.").filter(|_| gold.exists()) {
            let mut gold = read_json(&gold);
            if set == "tweets" {
                gold["posts_only"] = Value::Bool(true);
            }
            all.merge(score_document(&source, gold));
        }
    }
    if all.documents > 0 {
        gate(&format!("corpus-{set}"), &all);
    }
}

fn score_document(path: &Path, gold: Value) -> Scores {
    let extraction = extract_file(path);
    let given = if gold["posts_only"] == Value::Bool(true) {
        extraction.map(|e| serde_json::json!({"posts": e.recap.posts}))
    } else {
        extraction.filter(|e| e.is_recap).and_then(|e| serde_json::to_value(e.recap).ok())
    };
    score(&gold, given.as_ref())
}

/// Prints the table and fails where a field is below its floor.
#[expect(clippy::print_stdout, reason = "the table is what `just eval` is for; else it shows with a failure only")]
fn gate(set: &str, scores: &Scores) {
    let _guard = FILE.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    println!("== {set}\n{}{}", scores.table(), misses(scores));
    let mut all = read_floors();
    let floors = all.entry(set.to_owned()).or_default();
    let reached = reached(scores);
    if std::env::var_os("RECAP_RAISE_FLOORS").is_some() {
        for (field, &f1) in &reached {
            let floor = floors.entry(field.clone()).or_insert(0.0);
            *floor = floor.max(f1);
        }
        return write_floors(&all);
    }
    let below = floors.iter().filter(|(field, floor)| reached.get(*field).copied().unwrap_or(0.0) < **floor);
    let below: Vec<String> =
        below.map(|(field, floor)| format!("{field} {:.1} < {floor:.1}", reached.get(field).copied().unwrap_or(0.0))).collect();
    assert!(below.is_empty(), "{set}: below the floor: {}\n{}", below.join(", "), scores.table());
}

/// F1 per field in per cent, rounded down to a tenth.
fn reached(scores: &Scores) -> Floors {
    let percent = |f1: f64| (f1 * 1000.0 + 1e-6).floor() / 10.0;
    let fields = scores.iter().filter_map(|(field, tally)| Some((field.name().to_owned(), percent(tally.f1()?))));
    let mut reached: Floors = fields.collect();
    if scores.headline() > 0.0 {
        reached.insert("headline".to_owned(), percent(scores.headline()));
    }
    reached
}

/// The failed values of the field that `RECAP_MISSES` names (`all`: of every field).
fn misses(scores: &Scores) -> String {
    let Ok(wanted) = std::env::var("RECAP_MISSES") else { return String::new() };
    let fields = scores.iter().filter(|(field, _)| wanted == "all" || field.name() == wanted);
    let lines = fields.flat_map(|(field, tally)| {
        tally.misses.iter().map(move |miss| {
            let sign = if miss.kind == MissKind::Missed { "-" } else { "+" };
            format!("{sign} {} {}: {}\n", field.name(), miss.doc, miss.text)
        })
    });
    lines.collect()
}

fn floors_file() -> PathBuf {
    root().join("tests/floors.toml")
}

fn read_floors() -> BTreeMap<String, Floors> {
    let text = fs::read_to_string(floors_file()).expect("tests/floors.toml is there");
    toml::from_str(&text).expect("tests/floors.toml holds tables of numbers")
}

fn write_floors(all: &BTreeMap<String, Floors>) {
    let mut text = String::from("# F1 in per cent that no change may fall below; `just raise-floors` raises them. Never lower one.\n");
    for (set, floors) in all {
        text.push_str(&format!("\n[{set}]\n"));
        floors.iter().for_each(|(field, floor)| text.push_str(&format!("{field:?} = {floor:.1}\n")));
    }
    fs::write(floors_file(), text).expect("tests/floors.toml is written");
}
