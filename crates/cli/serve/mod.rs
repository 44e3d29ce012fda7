//! The local web application: the pages of `recap-site` made when they are asked for, an API, and decisions.

mod api;
mod app;
mod edit;
mod guard;
mod http;

use std::future::Future;
use std::io;
use std::net::TcpListener;
use std::sync::Arc;

use anyhow::{Context as _, Result};
use axum::Router;

pub use app::App;
pub use guard::{Guard, secret};

/// Threads that make pages.
const THREADS: usize = 16;

/// Answers requests until `end` is over.
///
/// # Errors
/// Threads that cannot be started, a socket that fails.
pub fn run(app: Arc<App>, listener: TcpListener, end: impl Future<Output = ()> + Send + 'static) -> Result<()> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    let runtime = builder.worker_threads(2).max_blocking_threads(THREADS).thread_stack_size(8 << 20).enable_all().build();
    let runtime = runtime.context("the threads cannot be started")?;
    let served: io::Result<()> = runtime.block_on(async {
        listener.set_nonblocking(true)?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        let router = Router::new().fallback(http::handle).with_state(app);
        axum::serve(listener, router).with_graceful_shutdown(end).await
    });
    runtime.shutdown_timeout(std::time::Duration::from_millis(200));
    served.context("the server cannot go on")
}
