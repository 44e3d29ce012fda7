//! The commands, one file each.

mod check;
mod completions;
mod diff;
mod entities;
mod explain;
pub mod export;
mod extract;
mod import;
mod inspect;
mod list;
mod man;
mod merge;
pub mod r#override;
mod people;
mod posts;
mod prune;
mod purge;
mod refresh;
mod reparse;
pub mod review;
mod run;
mod schema;
mod search;
mod serve;
mod show;
mod site;
mod stats;
mod status;
mod suppress;
mod text;
mod validate;

use anyhow::Result;
use clap::Subcommand;

use crate::console::Console;
use crate::exit::Exit;

/// What recap can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    Extract(extract::Extract),
    Text(text::Text),
    Merge(merge::Merge),
    People(people::People),
    Review(review::ReviewCommand),
    Override(r#override::OverrideCommand),
    Suppress(suppress::SuppressCommand),
    Purge(purge::Purge),
    Posts(posts::Posts),
    Entities(entities::Entities),
    Inspect(inspect::Inspect),
    Explain(explain::Explain),
    Validate(validate::Validate),
    Export(export::Export),
    Site(site::Site),
    Serve(serve::Serve),
    Check(check::Check),
    Import(import::Import),
    Refresh(refresh::Refresh),
    Reparse(reparse::Reparse),
    Run(run::Run),
    List(list::List),
    Show(show::Show),
    Search(search::Search),
    Stats(stats::Stats),
    Status(status::Status),
    Diff(diff::Diff),
    Prune(prune::Prune),
    Schema(schema::Schema),
    Completions(completions::Completions),
    Man(man::Man),
}

impl Command {
    /// Runs the command.
    ///
    /// # Errors
    /// What the user must know: see [`crate::exit`].
    pub fn run(&self, console: &Console) -> Result<Exit> {
        match self {
            Self::Extract(command) => command.run(console),
            Self::Text(command) => command.run(),
            Self::Merge(command) => command.run(console),
            Self::People(command) => command.run(console),
            Self::Review(command) => command.run(console),
            Self::Override(command) => command.run(console),
            Self::Suppress(command) => command.run(console),
            Self::Purge(command) => command.run(console),
            Self::Posts(command) => command.run(console),
            Self::Entities(command) => command.run(console),
            Self::Inspect(command) => command.run(),
            Self::Explain(command) => command.run(),
            Self::Validate(command) => command.run(console),
            Self::Export(command) => command.run(console),
            Self::Site(command) => command.run(console),
            Self::Serve(command) => command.run(console),
            Self::Check(command) => command.run(console),
            Self::Import(command) => command.run(console),
            Self::Refresh(command) => command.run(console),
            Self::Reparse(command) => command.run(console),
            Self::Run(command) => command.run(console),
            Self::List(command) => command.run(),
            Self::Show(command) => command.run(),
            Self::Search(command) => command.run(console),
            Self::Stats(command) => command.run(console),
            Self::Status(command) => command.run(),
            Self::Diff(command) => command.run(),
            Self::Prune(command) => command.run(console),
            Self::Schema(command) => command.run(),
            Self::Completions(command) => command.run(),
            Self::Man(command) => command.run(),
        }
    }
}
