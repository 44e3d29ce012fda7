//! The one place that finds the workspace and what its commands share.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::{Context as _, Result};
use clap::Args;
use recap_store::{Store, Workspace};
use tokio::runtime::{Builder, Runtime};

use crate::exit::Failure;

/// Which workspace.
#[derive(Debug, Clone, Args)]
pub struct WorkspaceArgs {
    /// Folder that everything is kept in [default: the nearest folder above that holds recap.toml, else ./recap-data]
    #[arg(long, value_name = "DIR", env = "RECAP_WORKSPACE", hide_env_values = true)]
    workspace: Option<PathBuf>,
}

impl WorkspaceArgs {
    /// A workspace that was found.
    pub fn of(workspace: &Workspace) -> Self {
        Self { workspace: Some(workspace.root().to_owned()) }
    }

    /// The workspace, which need not be there yet.
    pub fn find(&self) -> Workspace {
        let folder = self.workspace.clone().unwrap_or_else(|| {
            let here = std::env::current_dir().unwrap_or_default();
            above(&here).unwrap_or_else(|| PathBuf::from("recap-data"))
        });
        Workspace::new(folder)
    }

    /// The workspace that the user named, if any.
    pub fn named(&self) -> Option<Workspace> {
        self.workspace.clone().map(Workspace::new)
    }

    /// The workspace, or the one that a pipeline names where the user names none.
    pub fn or(&self, named: Option<&Path>) -> Workspace {
        match named {
            Some(folder) if self.workspace.is_none() => Workspace::new(folder),
            _ => self.find(),
        }
    }

    /// The workspace, something in it.
    ///
    /// # Errors
    /// Where nothing was imported yet.
    pub fn existing(&self) -> Result<Workspace, Failure> {
        let workspace = self.find();
        if workspace.exists() {
            return Ok(workspace);
        }
        let message = format!("{}: no workspace", workspace.root().display());
        Err(Failure::usage(message, "name it with --workspace, or begin one with recap import"))
    }

    /// The workspace, with a folder of recaps.
    ///
    /// # Errors
    /// Where there is none.
    pub fn with_recaps(&self) -> Result<Workspace, Failure> {
        let workspace = self.find();
        crate::shelf::exists(&workspace)?;
        Ok(workspace)
    }

    /// Opens the workspace to look at it, and does so.
    ///
    /// # Errors
    /// Where it is not there or cannot be read, and those of `look`.
    pub fn look<R>(&self, look: impl AsyncFnOnce(&Store) -> Result<R>) -> Result<R> {
        let workspace = self.existing()?;
        block_on(async {
            let store = Store::look(&workspace).await.map_err(Failure::from)?;
            look(&store).await
        })
    }
}

/// The nearest folder, from here upwards, that holds a configuration.
fn above(here: &Path) -> Option<PathBuf> {
    here.ancestors().find(|folder| folder.join("recap.toml").is_file()).map(Path::to_owned)
}

/// Threads for work that does not wait; it parses documents, so its stack is that of [`crate::jobs`].
fn runtime(blocking: usize) -> Result<Runtime> {
    let mut builder = Builder::new_multi_thread();
    let builder = builder.worker_threads(2).max_blocking_threads(blocking + 8).thread_stack_size(8 << 20).enable_all();
    builder.build().context("the threads cannot be started")
}

/// Runs something to its end.
///
/// # Errors
/// Its own, and threads that cannot be started.
pub fn block_on<R>(work: impl Future<Output = Result<R>>) -> Result<R> {
    runtime(4)?.block_on(work)
}

/// Runs a job until it is done, or `gives_up` is. What waits then is dropped: what is not committed is not stored.
///
/// # Errors
/// Those of the job, and threads that cannot be started.
pub fn run_job<R>(workers: usize, job: impl Future<Output = Result<R>>, gives_up: impl Future<Output = ()>) -> Result<Option<R>> {
    let runtime = runtime(workers)?;
    let result = runtime.block_on(async {
        tokio::select! {
            result = job => result.map(Some),
            () = gives_up => Ok(None),
        }
    });
    runtime.shutdown_timeout(Duration::from_millis(100));
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_configuration_above_marks_the_workspace() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let deep = folder.path().join("a/b");
        std::fs::create_dir_all(&deep).expect("made");
        assert_eq!(above(&deep).filter(|found| found.starts_with(folder.path())), None);
        std::fs::write(folder.path().join("recap.toml"), "").expect("written");
        assert_eq!(above(&deep).as_deref(), Some(folder.path()));
        std::fs::write(folder.path().join("a/recap.toml"), "").expect("written");
        assert_eq!(above(&deep), Some(folder.path().join("a")));
    }
}
