//! Recap JSON that was written before: read again and checked.

pub mod evidence;
pub mod references;

use recap_model::Recap;

/// A recap of a file.
#[derive(Debug)]
pub struct Entry {
    /// Line that it starts in, from 1.
    pub line: usize,
    /// The recap, or what is wrong with it.
    pub recap: Result<Box<Recap>, String>,
}

/// Whether the bytes are recap JSON (and not a document of another sort).
pub fn is_recap_json(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(bytes.get(..4096.min(bytes.len())).unwrap_or_default());
    head.trim_start_matches('\u{feff}').trim_start().starts_with('{') && head.contains("\"schema_version\"")
}

/// Reads one recap, or one a line.
pub fn read(bytes: &[u8]) -> Vec<Entry> {
    if lines(bytes).next().is_some_and(|(_, first)| serde_json::from_slice::<serde::de::IgnoredAny>(first).is_ok()) {
        return lines(bytes).map(|(line, text)| Entry { line, recap: parse(text) }).collect();
    }
    vec![Entry { line: 1, recap: parse(bytes) }]
}

/// The lines that are not empty, with their numbers.
fn lines(bytes: &[u8]) -> impl Iterator<Item = (usize, &[u8])> {
    let numbered = bytes.split(|&b| b == b'\n').enumerate().map(|(i, line)| (i + 1, line));
    numbered.filter(|(_, line)| !line.trim_ascii().is_empty())
}

fn parse(text: &[u8]) -> Result<Box<Recap>, String> {
    let mut reader = serde_json::Deserializer::from_slice(text);
    let recap = serde_path_to_error::deserialize(&mut reader).map_err(|error| {
        let path = error.path().to_string();
        let place = if path == "." { String::new() } else { format!("{path}: ") };
        format!("{place}{}", error.into_inner())
    })?;
    reader.end().map_err(|e| e.to_string())?;
    Ok(Box::new(recap))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bad_line_is_named_and_does_not_hide_the_others() {
        let entries = read(b"{}\n\n{\"schema_version\": 1}\n");
        let got: Vec<(usize, bool)> = entries.iter().map(|e| (e.line, e.recap.is_err())).collect();
        assert_eq!(got, [(1, true), (3, true)]);
        let message = entries[1].recap.as_ref().err().cloned().unwrap_or_default();
        assert!(message.starts_with("schema_version: "), "{message}");
    }

    #[test]
    fn recap_json_is_told_from_other_json() {
        assert!(is_recap_json(br#" {"schema_version": "1"}"#));
        assert!(!is_recap_json(br#"{"events": []}"#));
        assert!(!is_recap_json(b"# schema_version"));
    }
}
