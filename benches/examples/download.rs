//! Nothing but downloads: `download ROOT N [conditional]` asks for `N` pages of `serve`, 16 at a time.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

#[tokio::main(worker_threads = 2)]
async fn main() -> Result<(), reqwest::Error> {
    let mut arguments = std::env::args().skip(1);
    let root = arguments.next().unwrap_or_default();
    let count: usize = arguments.next().and_then(|n| n.parse().ok()).unwrap_or(0);
    let conditional = arguments.next().is_some();
    let _ = rustls::crypto::ring::default_provider().install_default();
    let (client, next) = (reqwest::Client::builder().no_proxy().build()?, Arc::new(AtomicUsize::new(0)));
    let workers = (0..16).map(|_| {
        let (client, next, root) = (client.clone(), Arc::clone(&next), root.clone());
        tokio::spawn(async move {
            loop {
                let n = next.fetch_add(1, Ordering::Relaxed);
                if n >= count {
                    return Ok::<_, reqwest::Error>(());
                }
                let mut request = client.get(format!("{root}/p/{n}"));
                if conditional {
                    request = request.header("If-None-Match", "\"1\"");
                }
                request.send().await?.bytes().await?;
            }
        })
    });
    for worker in workers.collect::<Vec<_>>() {
        worker.await.unwrap_or(Ok(()))?;
    }
    Ok(())
}
