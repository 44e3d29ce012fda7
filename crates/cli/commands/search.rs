//! `recap search`

use std::io::{self, Write as _};

use anyhow::Result;
use clap::Args;
use clap::builder::PossibleValuesParser;
use recap_site::search::Kind;
use serde_json::json;

use crate::console::Console;
use crate::exit::Exit;
use crate::shelf;
use crate::table::Screen;
use crate::workspace::WorkspaceArgs;

/// Search the workspace: events, people, talks, questions and posts
///
/// All words must be found; parts of words count, and two characters of Japanese are enough. Widths, cases, variant kanji
/// and the two kana are one. The best titles come first, then events, people, talks, questions, posts, newest first.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap search 東京
  recap search --kind talk --year 2021 rust async
  recap search --person twitter-hana-ex --json ''")]
pub struct Search {
    /// Words
    #[arg(required = true, value_name = "WORDS")]
    words: Vec<String>,
    /// Only what is of this kind
    #[arg(long, value_parser = PossibleValuesParser::new(Kind::ALL.map(Kind::name)))]
    kind: Option<String>,
    /// Only of a year, or undated
    #[arg(long)]
    year: Option<String>,
    /// Only of a series: the last part of its page's address
    #[arg(long)]
    series: Option<String>,
    /// Only with a person: the last part of their page's address
    #[arg(long)]
    person: Option<String>,
    /// Most results
    #[arg(long, default_value_t = 50, value_name = "N")]
    limit: usize,
    /// One JSON object a line: kind, title, detail, path of the page
    #[arg(long)]
    json: bool,
    #[command(flatten)]
    workspace: WorkspaceArgs,
}

impl Search {
    /// Runs the command.
    ///
    /// # Errors
    /// A workspace without recaps, stdout that cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let library = shelf::library(&self.workspace.find(), |failure| console.error(None, &failure.message, failure.hint.as_deref()))?;
        let or_all = |value: &Option<String>| value.clone().unwrap_or_default();
        let (year, series, person, kind) = (or_all(&self.year), or_all(&self.series), or_all(&self.person), or_all(&self.kind));
        let mut query = recap_site::query(&self.words.join(" "), &year, &series, &person, &kind);
        query.limit = self.limit;
        let found = library.search.search(&query);
        let mut stdout = io::stdout().lock();
        if self.json {
            for hit in &found.hits {
                writeln!(stdout, "{}", json!(hit))?;
            }
        } else {
            let rows: Vec<Vec<String>> =
                found.hits.iter().map(|hit| vec![hit.kind.name().to_owned(), hit.title.clone(), hit.detail.clone()]).collect();
            stdout.write_all(Screen::stdout().table(&rows).as_bytes())?;
        }
        if found.total > found.hits.len() {
            console.note(None, &format!("{} of {} results", found.hits.len(), found.total), Some("--limit shows more"));
        }
        Ok(Exit::Done)
    }
}
