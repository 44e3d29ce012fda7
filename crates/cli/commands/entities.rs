//! `recap entities`

use std::io::{self, BufRead as _, Read as _, Write as _};

use anyhow::Result;
use clap::Args;
use jiff::civil::Date;
use recap_text::dates::{DateContext, find_dates};
use recap_text::entities::find_entities;
use recap_text::width::CodePoints;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::console::Console;
use crate::exit::{Exit, Failure};

/// Find the mentions, hashtags, URLs and dates of a plain text on stdin; positions count code points
///
/// Mentions, hashtags and URLs are found as twitter-text finds them, dates in Japanese, English and other
/// languages. With --jsonl each line of stdin is a JSON object with id, text and perhaps ref (the date that
/// relative dates count from) and lang, and gives one line with the same id.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  echo '6月16日 19:00〜 @usernameさん #meetup' | recap entities --ref 2020-06-01
  recap entities --jsonl < texts.jsonl")]
pub struct Entities {
    /// Read one JSON object a line
    #[arg(long)]
    jsonl: bool,
    /// Date that relative dates count from, such as 2020-06-16
    #[arg(long = "ref", value_name = "DATE", conflicts_with = "jsonl")]
    reference: Option<String>,
    /// Language of the text, a BCP 47 tag such as ja
    #[arg(long, value_name = "TAG", conflicts_with = "jsonl")]
    lang: Option<String>,
}

/// A line of `--jsonl`.
#[derive(Deserialize)]
struct Line {
    id: Value,
    text: String,
    #[serde(rename = "ref")]
    reference: Option<String>,
    lang: Option<String>,
}

#[derive(Serialize)]
struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<Value>,
    mentions: Vec<Mention>,
    hashtags: Vec<Hashtag>,
    urls: Vec<Url>,
    dates: Vec<Dated>,
}

#[derive(Serialize)]
struct Mention {
    handle: String,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Hashtag {
    tag: String,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Url {
    url: String,
    start: usize,
    end: usize,
}

#[derive(Serialize)]
struct Dated {
    value: String,
    until: Option<String>,
    precision: &'static str,
    start: usize,
    end: usize,
}

impl Entities {
    /// Runs the command. A bad line of `--jsonl` does not stop the others.
    ///
    /// # Errors
    /// Stdin that is no UTF-8, a reference that is no date, stdout that cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        if self.jsonl {
            return by_line(console);
        }
        let reference =
            self.reference.as_deref().map(parse_reference).transpose().map_err(|m| Failure::usage(m, "write it as 2020-06-16"))?;
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        let text = String::from_utf8(bytes).map_err(|_| Failure::input("-: the text is not UTF-8", Some("convert it first")))?;
        let answer = find(None, &text, reference, self.lang.as_deref());
        writeln!(io::stdout().lock(), "{}", serde_json::to_string(&answer)?)?;
        Ok(Exit::Done)
    }
}

fn by_line(console: &Console) -> Result<Exit> {
    let (mut input, mut stdout) = (io::stdin().lock(), io::stdout().lock());
    let (mut exit, mut number, mut bytes) = (Exit::Done, 0, Vec::new());
    while input.read_until(b'\n', &mut bytes)? > 0 {
        number += 1;
        if !bytes.trim_ascii().is_empty() {
            match answer(&bytes) {
                Ok(answer) => writeln!(stdout, "{}", serde_json::to_string(&answer)?)?,
                Err(message) => {
                    exit = Exit::SomeFailed;
                    console.error(Some(&format!("-:{number}")), &message, Some(r#"a line is {"id": …, "text": "…"}"#));
                }
            }
        }
        bytes.clear();
    }
    Ok(exit)
}

fn answer(line: &[u8]) -> Result<Answer, String> {
    let line: Line = serde_json::from_slice(line).map_err(|e| e.to_string())?;
    let reference = line.reference.as_deref().map(parse_reference).transpose()?;
    Ok(find(Some(line.id), &line.text, reference, line.lang.as_deref()))
}

/// A date, or the date of a date and time.
fn parse_reference(text: &str) -> Result<Date, String> {
    let day = text.get(..10).unwrap_or(text);
    day.parse().map_err(|_| format!("ref: {text:?} is no date"))
}

fn find(id: Option<Value>, text: &str, reference: Option<Date>, lang: Option<&str>) -> Answer {
    let points = CodePoints::new(text);
    let at = |byte| points.of_byte(byte);
    let found = find_entities(text);
    // A date whose weekday contradicts it is doubtful: no date is better than a wrong one.
    let dates = find_dates(text, &DateContext { reference, lang }).into_iter().filter(|d| !d.weekday_conflict);
    Answer {
        id,
        mentions: found.mentions.into_iter().map(|m| Mention { handle: m.handle, start: at(m.start), end: at(m.end) }).collect(),
        hashtags: found.hashtags.into_iter().map(|h| Hashtag { tag: h.tag, start: at(h.start), end: at(h.end) }).collect(),
        urls: found.urls.into_iter().map(|u| Url { url: u.url, start: at(u.start), end: at(u.end) }).collect(),
        dates: dates
            .map(|d| Dated { value: d.value, until: d.until, precision: d.precision.as_str(), start: at(d.start), end: at(d.end) })
            .collect(),
    }
}
