//! The fixture folders and their decoded inputs.

use std::path::{Path, PathBuf};

use serde_json::Value;

/// One folder below `fixtures/`.
pub struct Fixture {
    /// The folder's name.
    pub slug: String,
    /// The parsed `expected.json`.
    pub gold: Value,
    /// The input file.
    pub input: PathBuf,
}

/// Every fixture folder, in order of name.
pub fn all() -> Vec<Fixture> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures");
    let mut folders: Vec<PathBuf> = files(&root).into_iter().filter(|p| p.is_dir()).collect();
    folders.sort();
    folders.iter().map(|folder| load(folder)).collect()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let listed = std::fs::read_dir(folder).expect("the folder can be listed");
    listed.map(|entry| entry.expect("the entry can be read").path()).collect()
}

fn load(folder: &Path) -> Fixture {
    let slug = folder.file_name().and_then(|n| n.to_str()).expect("a plain name").to_owned();
    let json = std::fs::read_to_string(folder.join("expected.json")).unwrap_or_else(|e| panic!("{slug}: {e}"));
    let gold = serde_json::from_str(&json).unwrap_or_else(|e| panic!("{slug}: {e}"));
    let mut inputs: Vec<PathBuf> = files(folder).into_iter().filter(|p| p.file_stem().is_some_and(|s| s == "input")).collect();
    assert_eq!(inputs.len(), 1, "{slug}: exactly one input file");
    Fixture { slug, gold, input: inputs.remove(0) }
}

impl Fixture {
    /// What a reader sees of the input, roughly: once with markup left in, once without tags; escapes undone.
    pub fn readings(&self) -> [String; 2] {
        let bytes = std::fs::read(&self.input).expect("the input can be read");
        let text = decode(&bytes);
        let plain = match self.input.extension().and_then(|e| e.to_str()) {
            Some("json" | "js") => json_strings(&text),
            Some("ics") => text.replace("\r\n ", "").replace("\\n", "\n").replace("\\,", ","),
            _ => text,
        };
        [unescape(&plain), unescape(&without_tags(&plain))]
    }
}

/// UTF-8 or one of the Japanese encodings: escape sequences tell ISO-2022-JP, the rest is guessed.
fn decode(bytes: &[u8]) -> String {
    if bytes.windows(2).any(|pair| pair == b"\x1b$") {
        return encoding_rs::ISO_2022_JP.decode(bytes).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(bytes, true);
    detector.guess(Some(b"jp"), chardetng::Utf8Detection::Allow).decode(bytes).0.into_owned()
}

/// All strings of a JSON text (behind `… =` in a script), a line each.
fn json_strings(text: &str) -> String {
    let start = if text.starts_with("window.") { text.find('=').map_or(0, |at| at + 1) } else { 0 };
    let value: Value = serde_json::from_str(&text[start..]).expect("a JSON input parses");
    let mut out = String::new();
    gather(&value, &mut out);
    out
}

fn gather(value: &Value, out: &mut String) {
    match value {
        Value::String(s) => out.extend([s, "\n"]),
        Value::Array(all) => all.iter().for_each(|v| gather(v, out)),
        Value::Object(map) => map.values().for_each(|v| gather(v, out)),
        _ => {}
    }
}

fn without_tags(text: &str) -> String {
    let mut inside = false;
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            _ if inside => {}
            _ => out.push(c),
        }
    }
    out
}

fn unescape(text: &str) -> String {
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&#8211;", "–"), ("&amp;", "&")];
    pairs.iter().fold(text.to_owned(), |t, (from, to)| t.replace(from, to))
}
