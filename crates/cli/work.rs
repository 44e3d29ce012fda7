//! What the commands that change a workspace share: its lock, the engine, Ctrl-C, the summary and how it ends.

use std::fs;
use std::io::{self, Write as _};
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::process;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use clap::Args;
use recap_fetch::Fetcher;
use recap_pipeline::{Engine, Job, Lookups, PipelineError, Stopper, Summary};
use recap_store::{Source, Store, StoreError, Workspace};
use serde_json::json;

use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::outputs::{self, Outputs};
use crate::progress::Progress;
use crate::report::{self, Form};
use crate::settings::{FetchArgs, File};
use crate::workspace::{WorkspaceArgs, run_job};
use crate::{decisions, jobs, rules};

/// What every command that changes a workspace takes.
#[derive(Debug, Clone, Args)]
pub struct WorkArgs {
    #[command(flatten)]
    pub workspace: WorkspaceArgs,
    /// Add a rule file; its rules come before the built-in ones (repeatable)
    #[arg(long, value_name = "FILE", env = "RECAP_RULES", value_delimiter = ',', hide_env_values = true)]
    rules: Vec<PathBuf>,
    /// Documents that are parsed at the same time [default: one per core]
    #[arg(short, long, value_name = "N", env = "RECAP_JOBS", hide_env_values = true)]
    jobs: Option<NonZeroUsize>,
    /// How changes of recaps are written to stdout
    #[arg(long, value_enum, value_name = "FORMAT", env = "RECAP_REPORT", hide_env_values = true)]
    report: Option<Form>,
    /// Command that gets the changes on stdin, NDJSON, if there are any
    #[arg(long, value_name = "COMMAND", env = "RECAP_HOOK", hide_env_values = true)]
    hook: Option<String>,
    /// Exit with 7 where a recap is new, other or gone
    #[arg(long, env = "RECAP_EXIT_ON_CHANGE", hide_env_values = true)]
    exit_on_change: bool,
    /// What is written of the recaps when it is done: a format of `recap export` and a folder (repeatable)
    #[arg(long, value_name = "FORMAT=DIR", value_parser = outputs::parse, env = "RECAP_OUTPUTS", value_delimiter = ',', hide_env_values = true)]
    output: Vec<(String, PathBuf)>,
}

/// What a command asks for.
pub struct Task<'a> {
    /// Its name, for the journal.
    pub command: &'static str,
    /// The pipeline that it is of.
    pub file: File,
    /// How to fetch.
    pub fetch: FetchArgs,
    /// How changes are written where nothing else is said.
    pub form: Option<Form>,
    /// Whether it follows where event pages lead to.
    pub follow: bool,
    /// Where messages go.
    pub console: &'a Console,
}

/// Settings from all sides.
struct Settings {
    workspace: Workspace,
    engine: Engine,
    workers: usize,
    fetcher: Option<Fetcher>,
    lookups: Option<Lookups>,
    form: Option<Form>,
    hook: Option<String>,
    exit_on_change: bool,
    outputs: Outputs,
}

impl WorkArgs {
    /// Runs a job on a workspace from its lock to its report.
    ///
    /// # Errors
    /// Wrong settings, a workspace that is in use or cannot be written, a hook that fails.
    pub fn run(&self, task: Task<'_>, work: impl AsyncFnOnce(&Job) -> Result<Summary>) -> Result<Exit> {
        let (command, console, follow) = (task.command, *task.console, task.follow);
        let settings = self.settings(task)?;
        let lock = settings.workspace.lock().map_err(Failure::from)?;
        let decisions = Arc::new(decisions::load(&settings.workspace)?);
        let progress = Arc::new(Progress::new(console));
        let (stopper, stop) = Stopper::new();
        let (workers, workspace) = (settings.workers, settings.workspace.clone());
        let (engine, reporter) = (Arc::new(settings.engine), Arc::clone(&progress));
        let (fetcher, lookups, follow) = (settings.fetcher.map(Arc::new), settings.lookups.map(Arc::new), follow.then(Arc::default));
        let job = async {
            let store = Store::open(&workspace).await.map_err(Failure::from)?;
            let job = Job { store, engine, fetcher, lookups, follow, decisions, workers, reporter, stop, clock: Job::system_clock };
            let summary = journalled(&job, command, work).await?;
            job.store.close().await;
            Ok(summary)
        };
        let summary = run_job(workers, job, interrupts(console, stopper))?;
        drop(lock);
        let Some(summary) = summary else {
            console.note(None, "stopped at once; what was stored stays", Some("run it again to go on"));
            return Ok(Exit::Interrupted);
        };
        progress.end(&summary);
        if let Some(form) = settings.form {
            io::stdout().lock().write_all(report::write(&summary.changes, &summary.quiet, form).as_bytes())?;
        }
        if let Some(hook) = settings.hook {
            run_hook(&hook, &report::write(&summary.changes, &summary.quiet, Form::Json))?;
        }
        let told = exit(&summary, settings.exit_on_change);
        let written = if summary.stopped { Exit::Done } else { outputs::write(&settings.workspace, &settings.outputs, &console)? };
        Ok(if told == Exit::Done { written } else { told })
    }

    /// Runs a job on what is stored already: nothing is fetched, and the workspace must be there.
    ///
    /// # Errors
    /// A workspace that is not there, and those of [`WorkArgs::run`].
    pub fn run_stored(
        &self,
        command: &'static str,
        console: &Console,
        work: impl AsyncFnOnce(&Job) -> Result<Summary, PipelineError>,
    ) -> Result<Exit> {
        self.workspace.existing()?;
        let fetch = FetchArgs::offline();
        let task = Task { command, file: File::default(), fetch, form: Some(Form::Text), follow: false, console };
        self.run(task, async |job| Ok(work(job).await.map_err(Failure::from)?))
    }

    fn settings(&self, task: Task<'_>) -> Result<Settings, Failure> {
        let workspace = self.workspace.or(task.file.workspace.as_deref());
        let config = workspace.config();
        let own = if config.is_file() { File::read(&config)? } else { File::default() };
        let files = [&self.rules, &task.file.rules, &own.rules].into_iter().find(|files| !files.is_empty()).cloned().unwrap_or_default();
        let texts = files.iter().map(fs::read_to_string).collect::<Result<Vec<_>, _>>();
        let rules = if files.is_empty() { None } else { Some(rules::load(&files)?.into_owned()) };
        let engine = Engine::new(rules, &texts.unwrap_or_default());
        let jobs = self.jobs.or(task.file.jobs).or(own.jobs).unwrap_or_else(jobs::all_cores);
        let lookups = task.fetch.lookups(&task.file.lookups.or(own.lookups))?;
        let fetch = task.fetch.config(task.file.fetch.or(own.fetch))?;
        let no_fetcher = |e: recap_fetch::FetchError| Failure { exit: Exit::Internal, message: e.to_string(), hint: None };
        Ok(Settings {
            workspace,
            engine,
            workers: jobs.get(),
            fetcher: fetch.map(Fetcher::new).transpose().map_err(no_fetcher)?,
            lookups,
            form: self.report.or(task.file.report.format).or(own.report.format).or(task.form),
            hook: self.hook.clone().or(task.file.report.hook).or(own.report.hook),
            outputs: [self.output.iter().cloned().collect(), task.file.outputs, own.outputs]
                .into_iter()
                .find(|outputs| !outputs.is_empty())
                .unwrap_or_default(),
            exit_on_change: self.exit_on_change || task.file.report.exit_on_change.or(own.report.exit_on_change) == Some(true),
        })
    }
}

fn exit(summary: &Summary, exit_on_change: bool) -> Exit {
    if summary.stopped {
        Exit::Interrupted
    } else if !summary.quiet.is_empty() {
        Exit::Quiet
    } else if summary.failed > 0 {
        Exit::SomeFailed
    } else if exit_on_change && !summary.changes.is_empty() {
        Exit::Changed
    } else {
        Exit::Done
    }
}

/// Hands changes to a command of the user's; nothing where there are none.
fn run_hook(hook: &str, changes: &str) -> Result<()> {
    if changes.is_empty() {
        return Ok(());
    }
    let mut child =
        process::Command::new("sh").args(["-c", hook]).stdin(process::Stdio::piped()).spawn().context("the hook cannot be started")?;
    // A hook that does not read all of it is free to.
    let _ = child.stdin.take().map(|mut stdin| stdin.write_all(changes.as_bytes()));
    let status = child.wait().context("the hook")?;
    if status.success() {
        return Ok(());
    }
    Err(Failure {
        exit: Exit::Internal,
        message: format!("the hook failed: {status}"),
        hint: Some("the recaps are stored all the same".to_owned()),
    }
    .into())
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
pub async fn interrupt() {
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
        let is_inside = matches!(error, StoreError::Damaged(_) | StoreError::Database { .. }) && !error.is_read_only();
        let exit = if is_inside { Exit::Internal } else { Exit::Usage };
        Self { exit, hint: error.hint().map(str::to_owned), message: error.to_string() }
    }
}
