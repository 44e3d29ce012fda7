//! What the commands that change a workspace share: its lock, the engine, Ctrl-C, the summary and how it ends.

use std::fs;
use std::io::{self, Write as _};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Args;
use recap_pipeline::{Engine, Job, Stopper, Summary};
use recap_store::{Source, Store, StoreError, Workspace};
use serde_json::json;

use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::progress::Progress;
use crate::report::{self, Form};
use crate::workspace::{WorkspaceArgs, run_job};
use crate::{jobs, rules};

/// What every command that changes a workspace takes.
#[derive(Debug, Clone, Args)]
pub struct WorkArgs {
    #[command(flatten)]
    pub workspace: WorkspaceArgs,
    /// Add a rule file; its rules come before the built-in ones (repeatable)
    #[arg(long, value_name = "FILE")]
    pub rules: Vec<PathBuf>,
    /// Documents that are parsed at the same time [default: one per core]
    #[arg(short, long, value_name = "N", env = "RECAP_JOBS", hide_env_values = true)]
    pub jobs: Option<NonZeroUsize>,
    /// Exit with 7 where a recap is new, other or gone
    #[arg(long)]
    pub exit_on_change: bool,
}

impl WorkArgs {
    /// Runs a job on a workspace from its lock to its summary; with a form, changes of recaps go to stdout.
    ///
    /// # Errors
    /// Wrong rules, a workspace that is in use or cannot be written.
    pub fn run(
        &self,
        console: &Console,
        command: &str,
        form: Option<Form>,
        work: impl AsyncFnOnce(&Job) -> Result<Summary>,
    ) -> Result<Exit> {
        let engine = Arc::new(self.engine()?);
        let workspace = self.workspace.find();
        let lock = workspace.lock().map_err(Failure::from)?;
        let progress = Arc::new(Progress::new(*console));
        let workers = self.jobs.unwrap_or_else(jobs::all_cores).get();
        let (stopper, stop) = Stopper::new();
        let reporter = Arc::clone(&progress);
        let job = async {
            let store = Store::open(&workspace).await.map_err(Failure::from)?;
            let job = Job { store, engine, workers, reporter, stop, clock: Job::system_clock };
            let summary = journalled(&job, command, work).await?;
            job.store.close().await;
            Ok(summary)
        };
        let summary = run_job(workers, job, interrupts(*console, stopper))?;
        drop(lock);
        let Some(summary) = summary else {
            console.note(None, "stopped at once; what was stored stays", Some("run it again to go on"));
            return Ok(Exit::Interrupted);
        };
        progress.end(&summary);
        if let Some(form) = form {
            io::stdout().lock().write_all(report::write(&summary.changes, form).as_bytes())?;
        }
        Ok(self.exit(&summary))
    }

    fn engine(&self) -> Result<Engine> {
        let rules = rules::load(&self.rules)?;
        let texts = self.rules.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>()?;
        Ok(Engine::new(rules, &texts))
    }

    fn exit(&self, summary: &Summary) -> Exit {
        if summary.stopped {
            Exit::Interrupted
        } else if !summary.quiet.is_empty() {
            Exit::Quiet
        } else if summary.failed > 0 {
            Exit::SomeFailed
        } else if self.exit_on_change && !summary.changes.is_empty() {
            Exit::Changed
        } else {
            Exit::Done
        }
    }
}

async fn journalled(job: &Job, command: &str, work: impl AsyncFnOnce(&Job) -> Result<Summary>) -> Result<Summary> {
    let run = job.store.begin_run(command, (job.clock)()).await.map_err(Failure::from)?;
    let summary = work(job).await?;
    let text = serde_json::to_string(&summary)?;
    job.store.end_run(run, text, (job.clock)()).await.map_err(Failure::from)?;
    let failed = job.store.failed().await.map_err(Failure::from)?;
    write_failed(job.store.workspace(), &failed)?;
    Ok(summary)
}

/// Writes what failed, as it can be fed back by `--from`; no file where nothing did.
fn write_failed(workspace: &Workspace, failed: &[Source]) -> Result<()> {
    let path = workspace.failed();
    if failed.is_empty() {
        return match fs::remove_file(&path) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error).with_context(|| path.display().to_string()),
            _ => Ok(()),
        };
    }
    let line = |source: &Source| json!({"source": source.key, "error": source.error, "hint": source.hint}).to_string() + "\n";
    fs::write(&path, failed.iter().map(line).collect::<String>()).with_context(|| path.display().to_string())
}

/// The first interrupt asks the job to stop; this is over with the second.
async fn interrupts(console: Console, stopper: Stopper) {
    interrupt().await;
    console.note(None, "stopping: what is in hand is finished and stored", Some("interrupt again to stop at once"));
    stopper.stop();
    interrupt().await;
}

/// Ctrl-C, or what a service manager sends.
async fn interrupt() {
    #[cfg(unix)]
    if let Ok(mut terminated) = tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
        tokio::select! {
            _ = tokio::signal::ctrl_c() => {}
            _ = terminated.recv() => {}
        }
        return;
    }
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        let exit = if matches!(error, StoreError::Damaged(_) | StoreError::Database { .. }) { Exit::Internal } else { Exit::Usage };
        Self { exit, hint: error.hint().map(str::to_owned), message: error.to_string() }
    }
}
