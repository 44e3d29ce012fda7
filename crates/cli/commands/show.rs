//! `recap show`

use std::io::{self, Write as _};

use anyhow::Result;
use clap::Args;
use recap_export::view;
use recap_model::{Lookup, LookupStatus, Recap, Talk};

use crate::exit::{Exit, Failure};
use crate::recaps;
use crate::table::{Screen, plain};
use crate::workspace::WorkspaceArgs;

/// Print a recap of the workspace: a card on a terminal, its JSON elsewhere
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap show \"$(recap list | head -n 1 | cut -f 2)\"
  recap show --card \"$(recap list | head -n 1 | cut -f 2)\" | head -n 20")]
pub struct Show {
    /// Its id, or one that it had before
    id: String,
    /// The JSON, on a terminal too
    #[arg(long)]
    json: bool,
    /// The card, elsewhere too
    #[arg(long, conflicts_with = "json")]
    card: bool,
    #[command(flatten)]
    workspace: WorkspaceArgs,
}

impl Show {
    /// Runs the command.
    ///
    /// # Errors
    /// A recap or workspace that is not there or cannot be read, stdout that cannot be written.
    pub fn run(&self) -> Result<Exit> {
        let json = self.workspace.look(async |store| {
            let unknown = || Failure::input(format!("{}: no such recap", self.id), Some("recap list names them"));
            let entry = store.recap(&self.id).await.map_err(Failure::from)?.ok_or_else(unknown)?;
            Ok(store.read_recap(&entry).map_err(Failure::from)?)
        })?;
        let screen = Screen::stdout();
        let recap = recaps::read(&json).into_iter().find_map(|entry| entry.recap.ok());
        let mut stdout = io::stdout().lock();
        match recap.filter(|_| self.card || (screen.columns.is_some() && !self.json)) {
            Some(recap) => stdout.write_all(card(&recap, screen).as_bytes())?,
            None => stdout.write_all(&json)?,
        }
        Ok(Exit::Done)
    }
}

/// What a reader wants to know at a glance.
fn card(recap: &Recap, screen: Screen) -> String {
    let event = &recap.event;
    let mut out = screen.bold(&view::name(recap)) + "\n";
    let start = event.start.as_deref().map(|start| start.replacen('T', " ", 1));
    let facts = [start.as_deref(), event.venue.name.as_deref(), event.venue.address.as_deref()];
    let facts: Vec<String> = facts.into_iter().flatten().map(plain).collect();
    if !facts.is_empty() {
        out.push_str(&(facts.join(" · ") + "\n"));
    }
    event.urls.iter().for_each(|url| out.push_str(&(screen.link(url, url) + "\n")));
    if !recap.talks.is_empty() {
        out.push_str(&format!("\n{}\n", screen.bold("Talks")));
        recap.talks.iter().for_each(|one| out.push_str(&talk(recap, one, screen)));
    }
    let counts = [("questions", recap.questions.len()), ("posts", recap.posts.len()), ("links", recap.links.len())];
    let counts: Vec<String> = counts.into_iter().filter(|(_, n)| *n > 0).map(|(name, n)| format!("{n} {name}")).collect();
    if !counts.is_empty() {
        out.push_str(&format!("\n{}\n", counts.join(" · ")));
    }
    if !recap.lookups.is_empty() {
        out.push_str(&format!("\n{}\n", screen.bold("Looked up (services say it, no source does)")));
        recap.lookups.iter().enumerate().for_each(|(at, one)| out.push_str(&lookup(recap, at, one, screen)));
    }
    out.push_str(&format!("\n{}\n", screen.bold("Sources")));
    for source in &recap.sources {
        let name = source.title.as_deref().or(source.url.as_deref()).or(source.path.as_deref()).unwrap_or(&source.id);
        out.push_str(&format!("  {}\n", screen.link(name, source.url.as_deref().unwrap_or_default())));
    }
    out
}

/// What a service says of an address, and which one does.
fn lookup(recap: &Recap, at: usize, lookup: &Lookup, screen: Screen) -> String {
    let gone = (lookup.status == LookupStatus::Gone).then(|| "no longer there".to_owned());
    let leads = lookup.leads_to.as_deref().map(|url| format!("→ {}", screen.link(url, url)));
    let author = lookup.author.as_deref().map(|name| screen.link(name, lookup.author_url.as_deref().unwrap_or_default()));
    let quoted = |field| recap.evidence.get(&format!("/lookups/{at}/{field}"))?.first();
    let answer = ["title", "author", "author_url", "leads_to"].into_iter().find_map(quoted);
    let answer = answer.and_then(|proof| recap.sources.iter().find(|source| source.id == proof.source)?.url.as_deref());
    let service = answer.map(|url| format!("according to {}", screen.link(url.split('/').nth(2).unwrap_or(url), url)));
    let said: Vec<String> = [gone, leads, lookup.title.as_deref().map(plain), author, service].into_iter().flatten().collect();
    format!("  • {}\n    {}\n", screen.link(&lookup.url, &lookup.url), said.join(" · "))
}

fn talk(recap: &Recap, talk: &Talk, screen: Screen) -> String {
    let title = talk.title.as_deref().map(plain).unwrap_or_default();
    let people: Vec<String> = view::speakers(recap, talk)
        .map(|person| screen.link(&view::shown(person), view::addresses(person).first().map_or("", String::as_str)))
        .collect();
    let material = [("slides", &talk.slides), ("video", &talk.videos)];
    let material: Vec<String> = material
        .into_iter()
        .flat_map(|(word, urls)| urls.iter().map(move |url| (word, url)))
        .map(|(word, url)| if screen.styled { screen.link(word, url) } else { plain(url) })
        .collect();
    let lines = [title, people.join(", "), material.join("  ")];
    let mut lines = lines.into_iter().filter(|line| !line.is_empty());
    let first = lines.next().map(|line| format!("  • {line}\n")).unwrap_or_default();
    first + &lines.map(|line| format!("    {line}\n")).collect::<String>()
}
