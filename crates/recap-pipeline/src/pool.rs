//! A stage: workers between two bounded channels. Where the next stage is slow its channel fills, and these workers wait.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::mpsc::{Receiver, Sender};
use tokio::task::spawn_blocking;

/// Things that wait between two stages, for each worker.
pub const QUEUE: usize = 2;

/// Starts `workers` that take from `input` and give what `work` makes of it to `results`, each on a thread of its own to the end: what a
/// thread keeps for its work (caches of patterns, memory) is made once. They end when all is done.
/// `work` may take long and must not panic.
pub fn pool<T, R>(workers: usize, input: Receiver<T>, results: Sender<R>, work: impl Fn(T) -> R + Clone + Send + 'static)
where
    T: Send + 'static,
    R: Send + 'static,
{
    let input = Arc::new(Mutex::new(input));
    for _ in 0..workers {
        let (input, results, work) = (Arc::clone(&input), results.clone(), work.clone());
        spawn_blocking(move || {
            while let Some(item) = next(&input) {
                if results.blocking_send(work(item)).is_err() {
                    return;
                }
            }
        });
    }
}

/// The next that comes, for one worker at a time.
fn next<T>(input: &Mutex<Receiver<T>>) -> Option<T> {
    input.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv()
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::mpsc::channel;

    use super::*;

    #[tokio::test]
    async fn a_slow_end_holds_back_the_start() {
        let (send, input) = channel(1);
        let drawn = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&drawn);
        tokio::spawn(async move {
            for i in 0..1000 {
                count.fetch_add(1, Ordering::SeqCst);
                let _ = send.send(i).await;
            }
        });
        let ((first, between), (second, mut results)) = (channel(2 * QUEUE), channel(2 * QUEUE));
        pool(2, input, first, |i: u32| i + 1);
        pool(2, between, second, |i: u32| i * 2);
        for taken in 0..1000 {
            tokio::task::yield_now().await;
            assert!(drawn.load(Ordering::SeqCst) <= taken + 16, "{taken} taken, {drawn:?} drawn");
            assert!(results.recv().await.is_some());
        }
        assert!(results.recv().await.is_none());
    }
}
