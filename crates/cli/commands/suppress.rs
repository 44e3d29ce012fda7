//! `recap suppress`

use anyhow::Result;
use clap::{Args, Subcommand};
use recap_merge::{SUPPRESS, Suppressed, apply_suppress};

use crate::console::Console;
use crate::decisions;
use crate::exit::{Exit, Failure};
use crate::workspace::WorkspaceArgs;

/// Leave a person or a post out of every recap of the workspace, for good
///
/// The person, what refers to them, their posts, and their name in every text go; █ stands in their place. This is kept
/// in decisions/suppress.toml and holds for every later refresh. What is named there is itself a note of the name: use an
/// account where there is one.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap suppress person twitter:hana_ex --reason 'asked us to'
  recap suppress person 'Hana Example'
  recap suppress post https://twitter.com/hana_ex/status/1")]
pub struct SuppressCommand {
    #[command(flatten)]
    workspace: WorkspaceArgs,
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// A person, by an account (twitter:hana_ex) or by the whole name
    Person(One),
    /// A post, by its address
    Post(One),
}

#[derive(Debug, Args)]
struct One {
    /// Who or what
    key: String,
    /// Why; kept with the decision
    #[arg(long, default_value = "", hide_default_value = true)]
    reason: String,
}

impl SuppressCommand {
    /// Runs the command.
    ///
    /// # Errors
    /// A workspace that cannot be read or written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let workspace = self.workspace.find();
        let lock = decisions::lock(&workspace)?;
        let mut decided = decisions::load(&workspace)?;
        let (list, one) = match &self.what {
            What::Person(one) => (&mut decided.suppress.person, one),
            What::Post(one) => (&mut decided.suppress.post, one),
        };
        if one.key.trim().chars().count() < 3 {
            return Err(Failure::usage(format!("{:?} is too short to be left out", one.key), "name an account, or the whole name").into());
        }
        list.push(Suppressed { key: one.key.trim().to_owned(), reason: one.reason.clone() });
        let path = decisions::save(&lock, &workspace, &decided, SUPPRESS)?;
        console.note(None, &format!("written to {}", path.display()), None);
        let mut changed = 0;
        for (path, recap) in decisions::recaps(&workspace)? {
            let mut without = recap.clone();
            apply_suppress(&mut without, &decided.suppress);
            if without != recap {
                decisions::save_recap(&lock, &path, &without)?;
                changed += 1;
            }
        }
        console.note(None, &format!("taken out of {changed} recaps"), Some("recap purge takes it out of captures, too"));
        Ok(Exit::Done)
    }
}
