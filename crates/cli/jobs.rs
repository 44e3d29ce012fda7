//! The one place with threads: a fixed pool that gives its results in the order of the items.
//!
//! At most [`WINDOW`] items a thread are under way or wait to be handed on, so memory does not grow with
//! their number, however slow one of them or the reader of the results is.

use std::collections::VecDeque;
use std::num::NonZeroUsize;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Mutex, PoisonError};
use std::thread;

/// Items under way, for each thread.
const WINDOW: usize = 4;

/// Stack of a thread, in bytes; the tree builders' depth guards are far below it.
const STACK: usize = 8 << 20;

/// One thread for each core that the system grants.
pub fn all_cores() -> NonZeroUsize {
    thread::available_parallelism().unwrap_or(NonZeroUsize::MIN)
}

/// Runs `work` on every item by `jobs` threads and hands the results to `sink` in the items' order.
/// `work` must not panic. Items are drawn only as fast as results are taken.
///
/// # Errors
/// The first error of `sink`, or a thread that could not be started; then no further item is drawn.
pub fn ordered<T, R, E>(
    jobs: NonZeroUsize,
    items: impl IntoIterator<Item = T>,
    work: impl Fn(T) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), E>,
) -> Result<(), E>
where
    T: Send,
    R: Send,
    E: From<std::io::Error>,
{
    let (queue, tasks) = channel::<(T, Sender<R>)>();
    let tasks = Mutex::new(tasks);
    thread::scope(|scope| {
        // Dropped on every way out, which ends the threads.
        let queue = queue;
        for _ in 0..jobs.get() {
            let worker = || serve(&tasks, &work);
            thread::Builder::new().stack_size(STACK).spawn_scoped(scope, worker)?;
        }
        let mut window: VecDeque<Receiver<R>> = VecDeque::new();
        for item in items {
            if window.len() >= jobs.get() * WINDOW {
                next(&mut window, &mut sink)?;
            }
            let (give, take) = channel();
            window.push_back(take);
            // The queue is open as long as `tasks` lives.
            let _ = queue.send((item, give));
        }
        while !window.is_empty() {
            next(&mut window, &mut sink)?;
        }
        Ok(())
    })
}

/// Works until the queue is closed and empty.
fn serve<T, R>(tasks: &Mutex<Receiver<(T, Sender<R>)>>, work: &impl Fn(T) -> R) {
    loop {
        let task = tasks.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok((item, give)) = task else { return };
        // Nobody waits for it any more once `sink` has failed.
        let _ = give.send(work(item));
    }
}

/// Waits for the oldest item's result and hands it on.
fn next<R, E>(window: &mut VecDeque<Receiver<R>>, sink: &mut impl FnMut(R) -> Result<(), E>) -> Result<(), E> {
    match window.pop_front().map(|oldest| oldest.recv()) {
        Some(Ok(result)) => sink(result),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::sync::atomic::{AtomicUsize, Ordering};
    use std::time::Duration;

    use super::*;

    fn jobs(n: usize) -> NonZeroUsize {
        NonZeroUsize::new(n).unwrap_or(NonZeroUsize::MIN)
    }

    #[test]
    fn results_keep_the_order_of_the_items() {
        for n in [1, 2, 7] {
            let mut got = Vec::new();
            let work = |i: u64| {
                thread::sleep(Duration::from_micros((i * 7919) % 300));
                i
            };
            let done: io::Result<()> = ordered(jobs(n), 0..200, work, |i| {
                got.push(i);
                Ok(())
            });
            assert!(done.is_ok());
            assert_eq!(got, (0..200).collect::<Vec<_>>());
        }
    }

    #[test]
    fn no_more_than_the_window_is_under_way() {
        let drawn = AtomicUsize::new(0);
        let taken = AtomicUsize::new(0);
        let items = (0..500).inspect(|_| {
            let ahead = drawn.fetch_add(1, Ordering::SeqCst) - taken.load(Ordering::SeqCst);
            assert!(ahead <= 2 * WINDOW + 1, "{ahead} items are under way");
        });
        let done: io::Result<()> = ordered(
            jobs(2),
            items,
            |i| i,
            |_| {
                taken.fetch_add(1, Ordering::SeqCst);
                Ok(())
            },
        );
        assert!(done.is_ok());
        assert_eq!(taken.load(Ordering::SeqCst), 500);
    }

    #[test]
    fn a_failing_sink_ends_the_run() {
        let drawn = AtomicUsize::new(0);
        let items = (0..100_000).inspect(|_| {
            drawn.fetch_add(1, Ordering::SeqCst);
        });
        let done: io::Result<()> = ordered(jobs(2), items, |i| i, |_| Err(io::ErrorKind::BrokenPipe.into()));
        assert!(done.is_err());
        assert!(drawn.load(Ordering::SeqCst) < 100);
    }
}
