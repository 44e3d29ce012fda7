//! A stage: workers between two bounded channels. Where the next stage is slow its channel fills, and these workers wait.

use std::sync::Arc;

use tokio::sync::Mutex;
use tokio::sync::mpsc::{Receiver, channel};

/// Things that wait between two stages, for each worker.
pub const QUEUE: usize = 2;

/// Starts `workers` that take from `input` what `work` makes results of. The results' channel closes when all is done.
/// `work` must not panic.
pub fn pool<T, R, F>(workers: usize, input: Receiver<T>, work: impl Fn(T) -> F + Clone + Send + 'static) -> Receiver<R>
where
    T: Send + 'static,
    R: Send + 'static,
    F: Future<Output = R> + Send,
{
    let (send, results) = channel(workers * QUEUE);
    let input = Arc::new(Mutex::new(input));
    for _ in 0..workers {
        let (input, send, work) = (Arc::clone(&input), send.clone(), work.clone());
        tokio::spawn(async move {
            loop {
                let next = input.lock().await.recv().await;
                let Some(item) = next else { return };
                if send.send(work(item).await).await.is_err() {
                    return;
                }
            }
        });
    }
    results
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

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
        let mut results = pool(2, pool(2, input, async |i: u32| i + 1), async |i| i * 2);
        for taken in 0..1000 {
            tokio::task::yield_now().await;
            assert!(drawn.load(Ordering::SeqCst) <= taken + 16, "{taken} taken, {drawn:?} drawn");
            assert!(results.recv().await.is_some());
        }
        assert!(results.recv().await.is_none());
    }
}
