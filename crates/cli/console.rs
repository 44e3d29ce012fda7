//! Messages for people and for log collectors, on stderr only.

use std::io::{self, Write as _};

use clap::ValueEnum;
use serde::Serialize;

/// How messages are written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// One line for people
    #[default]
    Text,
    /// One JSON object a line: level, input, message, hint
    Json,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Error,
    Note,
    Info,
}

#[derive(Serialize)]
struct Message<'a> {
    level: Level,
    #[serde(skip_serializing_if = "Option::is_none")]
    input: Option<&'a str>,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<&'a str>,
}

/// Where messages go.
#[derive(Debug, Clone, Copy)]
pub struct Console {
    format: LogFormat,
    most: Level,
}

impl Console {
    /// A console that says errors only (`quiet`), what is done too (`verbose`), or what a user must know.
    pub fn new(format: LogFormat, quiet: bool, verbose: bool) -> Self {
        let most = match (quiet, verbose) {
            (true, _) => Level::Error,
            (_, true) => Level::Info,
            _ => Level::Note,
        };
        Self { format, most }
    }

    /// Something failed. `hint` says what to do about it.
    pub fn error(&self, input: Option<&str>, message: &str, hint: Option<&str>) {
        self.say(&Message { level: Level::Error, input, message, hint });
    }

    /// Something that the user should know.
    pub fn note(&self, input: Option<&str>, message: &str, hint: Option<&str>) {
        self.say(&Message { level: Level::Note, input, message, hint });
    }

    /// What was done.
    pub fn info(&self, message: &str) {
        self.say(&Message { level: Level::Info, input: None, message, hint: None });
    }

    /// Whether messages are lines for people, and not errors only.
    pub fn is_for_people(&self) -> bool {
        self.format == LogFormat::Text && self.most != Level::Error
    }

    /// What a job did: names and values, in a table or one JSON object.
    pub fn summary(&self, lines: &[(&'static str, String)]) {
        if self.most == Level::Error {
            return;
        }
        let text = match self.format {
            LogFormat::Text => lines.iter().map(|(name, value)| format!("{name:>8}  {value}\n")).collect(),
            LogFormat::Json => summary_json(lines),
        };
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    /// Writes a message; a closed stderr is nobody's problem.
    fn say(&self, message: &Message<'_>) {
        if message.level > self.most {
            return;
        }
        let line = match self.format {
            LogFormat::Text => recap_text::visible(&text_line(message)).into_owned(),
            LogFormat::Json => serde_json::to_string(message).unwrap_or_default(),
        };
        let _ = writeln!(io::stderr().lock(), "{line}");
    }
}

fn summary_json(lines: &[(&'static str, String)]) -> String {
    let values: serde_json::Map<_, _> = lines.iter().map(|(name, value)| ((*name).to_owned(), value.clone().into())).collect();
    serde_json::json!({"level": "summary", "summary": values}).to_string() + "\n"
}

fn text_line(message: &Message<'_>) -> String {
    let input = message.input.map(|i| format!("{i}: ")).unwrap_or_default();
    let hint = message.hint.map(|h| format!("; {h}")).unwrap_or_default();
    format!("recap: {input}{}{hint}", message.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_names_input_problem_and_remedy() {
        let message = Message { level: Level::Error, input: Some("a.bin"), message: "is binary", hint: Some("save it as text") };
        assert_eq!(text_line(&message), "recap: a.bin: is binary; save it as text");
    }

    #[test]
    fn json_leaves_out_what_is_not_there() {
        let message = Message { level: Level::Note, input: None, message: "m", hint: None };
        assert_eq!(serde_json::to_string(&message).ok().as_deref(), Some(r#"{"level":"note","message":"m"}"#));
    }
}
