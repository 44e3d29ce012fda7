//! What ends a job. What is wrong with one source is an event, not an error.

use recap_store::StoreError;

/// An error that ends a job.
#[derive(Debug, thiserror::Error)]
pub enum PipelineError {
    /// The workspace.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A worker ended early: a bug.
    #[error("a worker ended early: {0}")]
    Worker(String),
}
