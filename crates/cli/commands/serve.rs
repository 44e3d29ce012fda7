//! `recap serve`

use std::io::{self, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;

use anyhow::Result;
use clap::Args;
use recap_site::{Language, Settings};

use super::site::Tongue;
use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::serve::{self, App, Guard};
use crate::work;
use crate::workspace::WorkspaceArgs;

/// Read the workspace in a browser: events, people, talks, search, and where every value comes from
///
/// Listens on this machine only, unless told otherwise. Pages need no script and ask no other host for anything. The same
/// data is under /api/v1/, described by /api/v1/openapi.json.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap serve
  recap serve --listen 127.0.0.1:9000 --allow-edit
  recap serve --listen 0.0.0.0:8017 --host recaps.example.org --token \"$RECAP_TOKEN\"")]
pub struct Serve {
    /// Address and port; port 0 takes a free one
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8017")]
    listen: SocketAddr,
    /// Allow decisions: the review queue, and corrections beside every value
    #[arg(long)]
    allow_edit: bool,
    /// What readers must bring; needed where others than this machine can ask
    #[arg(long, value_name = "TOKEN", env = "RECAP_TOKEN", hide_env_values = true)]
    token: Option<String>,
    /// A name that the server is reached by besides localhost (repeatable)
    #[arg(long, value_name = "NAME")]
    host: Vec<String>,
    /// Name of the site
    #[arg(long, default_value = "Recaps")]
    title: String,
    /// Language of the words around the values [default: what the browser asks for]
    #[arg(long, value_enum)]
    language: Option<Tongue>,
    #[command(flatten)]
    workspace: WorkspaceArgs,
}

/// Shortest token.
const TOKEN: usize = 16;

impl Serve {
    /// Runs the command.
    ///
    /// # Errors
    /// A workspace without recaps, an address that cannot be listened on, or that others can ask while there is no token.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let workspace = self.workspace.with_recaps()?;
        self.check_token()?;
        let listener = TcpListener::bind(self.listen)
            .map_err(|error| Failure::usage(format!("{}: {error}", self.listen), "choose another address or port with --listen"))?;
        let listen = listener.local_addr()?;
        let guard = Guard { listen, hosts: self.host.clone(), token: self.token.clone() };
        let csrf = if self.allow_edit { Some(serve::secret().ok_or_else(no_randomness)?) } else { None };
        let settings = Settings { title: self.title.clone(), live: true, noindex: true, token: csrf, ..Settings::default() };
        let app = Arc::new(App::new(workspace, *console, settings, guard, self.language.map(Language::from)));
        app.begin()?;
        // The address is the result: programs wait for this line.
        writeln!(io::stdout().lock(), "http://{listen}/")?;
        serve::run(app, listener, work::interrupt())?;
        Ok(Exit::Done)
    }

    fn check_token(&self) -> Result<(), Failure> {
        match &self.token {
            None if !self.listen.ip().is_loopback() => {
                let message = format!("{} can be asked by other machines", self.listen);
                Err(Failure::usage(message, "give readers a token with --token, or listen on 127.0.0.1"))
            }
            Some(token) if token.len() < TOKEN || !token.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.~".contains(&b)) => {
                let message = format!("the token needs {TOKEN} or more letters, digits, - _ . ~");
                Err(Failure::usage(message, "openssl rand -hex 24 makes one"))
            }
            _ => Ok(()),
        }
    }
}

fn no_randomness() -> Failure {
    Failure { exit: Exit::Internal, message: "the system gives no random numbers".to_owned(), hint: None }
}
