//! `recap people`

use std::io::{self, Write as _};

use anyhow::Result;
use clap::{Args, Subcommand};
use recap_merge::{Decisions, Directory, Entry, PEOPLE, PeopleDecision, directory};
use recap_model::Recap;
use recap_text::names::fold;

use crate::console::Console;
use crate::decisions;
use crate::exit::{Exit, Failure};
use crate::workspace::WorkspaceArgs;

/// People across the events of the workspace: who they are, and who is who
///
/// A person is one by an account, by your decision, or by a name together with an affiliation, a series or co-speakers;
/// never by a name alone. Decisions are kept in decisions/people.toml, for git. A person is named by an account
/// (twitter:hana_ex) or by an event's id and the name there ("sample-night-3/Hana Example").
#[derive(Debug, Args)]
#[command(mut_arg("workspace", |arg| arg.global(true)))]
#[command(after_help = "Examples:
  recap people list
  recap people show twitter:hana_ex
  recap people same twitter:hana_ex github:hana --reason 'her own page says so'
  recap people undo twitter:hana_ex github:hana")]
pub struct People {
    #[command(flatten)]
    workspace: WorkspaceArgs,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Everybody: key, name, accounts, number of events
    List {
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// One person: spellings, accounts and where they were seen, parts in events
    Show {
        /// An account, or an event's id and a name
        key: String,
        /// As JSON
        #[arg(long)]
        json: bool,
    },
    /// People whose name, spelling, account or affiliation holds a text
    Search {
        /// The text; case and width do not matter
        text: String,
        /// One JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Decide that these are one person
    Same(Decision),
    /// Decide that no two of these are one person
    Different(Decision),
    /// Take a decision about exactly these people back
    Undo {
        /// The people, in any order
        #[arg(required = true, num_args = 2.., value_name = "KEY")]
        people: Vec<String>,
    },
}

#[derive(Debug, Args)]
struct Decision {
    /// Two or more people
    #[arg(required = true, num_args = 2.., value_name = "KEY")]
    people: Vec<String>,
    /// Why; kept with the decision
    #[arg(long, default_value = "", hide_default_value = true)]
    reason: String,
}

impl People {
    /// Runs the command.
    ///
    /// # Errors
    /// A workspace that is not there or cannot be read or written, somebody whom nobody knows.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let workspace = self.workspace.with_recaps()?;
        let decides = matches!(self.what, What::Same(_) | What::Different(_) | What::Undo { .. });
        let lock = decides.then(|| decisions::lock(&workspace)).transpose()?;
        let recaps: Vec<Recap> = decisions::recaps(&workspace)?.into_iter().map(|(_, recap)| recap).collect();
        let mut decided = decisions::load(&workspace)?;
        let found = directory(&recaps, &decided.people);
        match &self.what {
            What::List { json } => print(found.people.iter(), *json)?,
            What::Search { text, json } => print(found.people.iter().filter(|entry| holds(entry, text)), *json)?,
            What::Show { key, json } => show(known(&found, &recaps, key)?, *json)?,
            What::Same(decision) => decided.people.same.push(self.decide(&found, &recaps, decision)?),
            What::Different(decision) => decided.people.different.push(self.decide(&found, &recaps, decision)?),
            What::Undo { people } if decided.people.undo(people) == 0 => {
                return Err(
                    Failure::usage("there is no decision about exactly these people", format!("decisions/{PEOPLE} has them all")).into()
                );
            }
            What::Undo { .. } => {}
        }
        if let Some(lock) = lock {
            let path = decisions::save(&lock, &workspace, &decided, PEOPLE)?;
            console.note(None, &format!("written to {}", path.display()), None);
        }
        warn(console, &recaps, &decided);
        Ok(Exit::Done)
    }

    fn decide(&self, found: &Directory, recaps: &[Recap], decision: &Decision) -> Result<PeopleDecision, Failure> {
        decision.people.iter().try_for_each(|key| known(found, recaps, key).map(drop))?;
        Ok(PeopleDecision { people: decision.people.clone(), reason: decision.reason.clone() })
    }
}

/// Says what is wrong with the decisions as they are now.
fn warn(console: &Console, recaps: &[Recap], decided: &Decisions) {
    for problem in directory(recaps, &decided.people).problems {
        console.note(None, &problem, Some("recap people undo takes a decision back"));
    }
}

fn known<'d>(found: &'d Directory, recaps: &[Recap], key: &str) -> Result<&'d Entry, Failure> {
    let unknown = || Failure::usage(format!("{key}: nobody is called so"), "recap people search finds people by a piece of their name");
    found.find(recaps, key).ok_or_else(unknown)
}

fn holds(entry: &Entry, text: &str) -> bool {
    let wanted = fold(text);
    let all = entry.name.iter().chain(&entry.aliases).chain(&entry.affiliations).chain(entry.handles.iter().map(|h| &h.handle));
    !wanted.is_empty() && all.chain([&entry.key]).any(|own| fold(own).contains(&wanted))
}

fn print<'e>(entries: impl Iterator<Item = &'e Entry>, json: bool) -> Result<()> {
    let mut stdout = io::stdout().lock();
    for entry in entries {
        if json {
            writeln!(stdout, "{}", serde_json::to_string(entry)?)?;
        } else {
            let accounts: Vec<String> = entry.handles.iter().map(|h| format!("{}:{}", h.platform, h.handle)).collect();
            writeln!(stdout, "{}\t{}\t{}\t{}", entry.key, entry.name.as_deref().unwrap_or("-"), accounts.join(" "), entry.events.len())?;
        }
    }
    Ok(())
}

fn show(entry: &Entry, json: bool) -> Result<()> {
    let mut stdout = io::stdout().lock();
    if json {
        writeln!(stdout, "{}", serde_json::to_string_pretty(entry)?)?;
        return Ok(());
    }
    writeln!(stdout, "{}  {}", entry.key, entry.name.as_deref().unwrap_or("(no name)"))?;
    for (label, all) in [("also", &entry.aliases), ("at", &entry.affiliations)] {
        all.iter().try_for_each(|one| writeln!(stdout, "  {label:<6}{one}"))?;
    }
    for account in &entry.handles {
        writeln!(stdout, "  {:<6}{}:{} (seen in {})", "has", account.platform, account.handle, account.seen.join(", "))?;
    }
    for event in &entry.events {
        let talks = if event.talks.is_empty() { String::new() } else { format!(": {}", event.talks.join("; ")) };
        writeln!(stdout, "  {:<6}{} {}{talks}", "in", event.start.as_deref().unwrap_or("?"), event.event)?;
    }
    Ok(())
}
