//! Changes of recaps, written for people, programs or a pull request.

use clap::ValueEnum;
use recap_pipeline::{Change, RecapChange};
use serde::Deserialize;

/// How changes are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// Lines for people
    #[default]
    Text,
    /// One JSON object a line
    Json,
    /// A list for a pull request or a mail
    Markdown,
}

/// Writes changes, and what went quiet before them; nothing where there is neither.
pub fn write(changes: &[RecapChange], quiet: &[String], form: Form) -> String {
    let quiet = quiet.iter().map(|line| match form {
        Form::Json => serde_json::json!({"quiet": line}).to_string() + "\n",
        Form::Text => format!("quiet: {line}\n"),
        Form::Markdown => format!("- **quiet**: {}\n", escape(line)),
    });
    let text: String = quiet.chain(changes.iter().map(|change| one(change, form))).collect();
    if form == Form::Json { text } else { recap_text::visible(&text).into_owned() }
}

fn one(change: &RecapChange, form: Form) -> String {
    let name = change.name.as_deref().unwrap_or("-");
    let was = change.was.as_ref().map(|was| format!(" (was {was})")).unwrap_or_default();
    match form {
        Form::Json => serde_json::to_string(change).unwrap_or_default() + "\n",
        Form::Text => {
            let mut text = format!("{}: {}{was}: {name}\n", change.id, change.what);
            text.extend(change.changes.iter().map(lines));
            text
        }
        Form::Markdown => {
            let mut text = format!("- **{}** {}{was}: {}\n", change.id, change.what, escape(name));
            for change in &change.changes {
                text.push_str(&format!("  - `{}`\n", change.field.replace('`', "'")));
                text.extend(change.removed.iter().map(|v| format!("    - ~~{}~~\n", escape(v))));
                text.extend(change.added.iter().map(|v| format!("    - {}\n", escape(v))));
            }
            text
        }
    }
}

fn lines(change: &Change) -> String {
    let Change { field, removed, added } = change;
    if let ([old], [new]) = (removed.as_slice(), added.as_slice()) {
        return format!("  {field}: {} -> {}\n", flat(old), flat(new));
    }
    let removed = removed.iter().map(|v| format!("  {field}: - {}\n", flat(v)));
    removed.chain(added.iter().map(|v| format!("  {field}: + {}\n", flat(v)))).collect()
}

/// A value on one line.
fn flat(value: &str) -> String {
    value.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A value that Markdown shows as it is.
fn escape(value: &str) -> String {
    let mut text = String::new();
    for c in flat(value).chars() {
        if matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '|' | '~') {
            text.push('\\');
        }
        text.push(c);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_one_line_a_value() {
        let change = |field: &str, removed: &[&str], added: &[&str]| Change {
            field: field.to_owned(),
            removed: removed.iter().map(|s| (*s).to_owned()).collect(),
            added: added.iter().map(|s| (*s).to_owned()).collect(),
        };
        let changes = vec![change("event/name", &["A"], &["B\nC"]), change("talks", &[], &["*x*"])];
        let recap = RecapChange { id: "n-1".to_owned(), what: "changed", was: None, name: Some("N".to_owned()), changes };
        let all = [recap];
        assert_eq!(write(&all, &[], Form::Text), "n-1: changed: N\n  event/name: A -> B C\n  talks: + *x*\n");
        assert!(write(&all, &[], Form::Markdown).contains("\n  - `talks`\n    - \\*x\\*\n"));
        assert_eq!(write(&all, &[], Form::Json).lines().count(), 1);
        assert_eq!(write(&[], &[], Form::Text), "");
        assert_eq!(write(&[], &["x".to_owned()], Form::Json), "{\"quiet\":\"x\"}\n");
    }
}
