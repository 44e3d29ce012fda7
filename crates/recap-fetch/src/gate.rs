//! Who may ask whom when: a budget per host and per address, pauses, and hosts that are left alone.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};

use crate::{Config, FetchError};

/// Hosts and addresses that are remembered; idle ones are forgotten beyond.
const MOST: usize = 20_000;

/// A host or an address.
#[derive(Debug)]
struct Slot {
    permits: Arc<Semaphore>,
    /// No request before this.
    next: Instant,
    /// Failures in a row.
    failures: u32,
    /// Left alone until then.
    rests: Option<Instant>,
}

/// Lets requests through.
#[derive(Debug)]
pub struct Gate {
    all: Arc<Semaphore>,
    slots: Mutex<HashMap<String, Slot>>,
    per_host: usize,
    per_address: usize,
    breaker: u32,
    rest: Duration,
}

/// The right to one request; given back when it is dropped.
#[derive(Debug)]
pub struct Pass {
    _permits: Vec<OwnedSemaphorePermit>,
}

impl Gate {
    pub fn new(config: &Config) -> Self {
        Self {
            all: Arc::new(Semaphore::new(config.concurrency.max(1))),
            slots: Mutex::default(),
            per_host: config.per_host.max(1),
            per_address: config.per_address.max(1),
            breaker: config.breaker.max(1),
            rest: config.rest,
        }
    }

    fn with<R>(&self, key: &str, permits: usize, look: impl FnOnce(&mut Slot) -> R) -> R {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if slots.len() >= MOST && !slots.contains_key(key) {
            let now = Instant::now();
            slots.retain(|_, slot| Arc::strong_count(&slot.permits) > 1 || slot.next > now || slot.rests.is_some());
        }
        let new = || Slot { permits: Arc::new(Semaphore::new(permits)), next: Instant::now(), failures: 0, rests: None };
        look(slots.entry(key.to_owned()).or_insert_with(new))
    }

    /// Waits for the right to ask a host at an address, `delay` after the one before.
    pub async fn pass(&self, host: &str, address: &str, delay: Duration) -> Result<Pass, FetchError> {
        let mut permits = Vec::new();
        for (key, count) in [(host, self.per_host), (address, self.per_address)] {
            let semaphore = self.with(key, count, |slot| Arc::clone(&slot.permits));
            permits.extend(semaphore.acquire_owned().await);
        }
        loop {
            self.awake(host)?;
            let now = Instant::now();
            let wait = self.with(host, self.per_host, |slot| {
                if slot.next > now {
                    return Some(slot.next);
                }
                slot.next = now + delay;
                None
            });
            match wait {
                Some(until) => sleep_until(until).await,
                None => break,
            }
        }
        // Last, so that those who wait for a host hold no place of others.
        permits.extend(Arc::clone(&self.all).acquire_owned().await);
        Ok(Pass { _permits: permits })
    }

    /// Whether a host is not left alone now.
    fn awake(&self, host: &str) -> Result<(), FetchError> {
        let resting = self.with(host, self.per_host, |slot| {
            let resting = slot.rests.is_some_and(|until| until > Instant::now());
            if !resting && slot.rests.take().is_some() {
                // One more failure and it rests again.
                slot.failures = self.breaker - 1;
            }
            resting
        });
        if resting { Err(FetchError::Resting(host.to_owned())) } else { Ok(()) }
    }

    /// Enters how a request to a host ended.
    pub fn enter(&self, host: &str, failed: bool) {
        self.with(host, self.per_host, |slot| {
            slot.failures = if failed { slot.failures + 1 } else { 0 };
            if slot.failures >= self.breaker {
                slot.rests = Some(Instant::now() + self.rest);
            }
        });
    }

    /// No request to a host for a while, as it asked.
    pub fn hold(&self, host: &str, pause: Duration) {
        let until = Instant::now() + pause;
        self.with(host, self.per_host, |slot| slot.next = slot.next.max(until));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gate(breaker: u32) -> Gate {
        Gate::new(&Config { breaker, rest: Duration::from_secs(60), per_host: 1, ..Config::default() })
    }

    #[tokio::test(start_paused = true)]
    async fn requests_to_a_host_keep_their_distance() {
        let gate = Arc::new(gate(5));
        let begin = Instant::now();
        for n in 0..4 {
            drop(gate.pass("a", "1", Duration::from_secs(2)).await);
            assert_eq!(begin.elapsed().as_secs(), n * 2);
        }
        let other = Instant::now();
        drop(gate.pass("b", "1", Duration::from_secs(2)).await);
        assert!(other.elapsed() < Duration::from_secs(1));
        gate.hold("a", Duration::from_secs(50));
        drop(gate.pass("a", "1", Duration::from_secs(2)).await);
        assert!(other.elapsed() >= Duration::from_secs(50));
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_fails_is_left_alone_for_a_while() {
        let gate = gate(3);
        (0..2).for_each(|_| gate.enter("a", true));
        assert!(gate.pass("a", "1", Duration::ZERO).await.is_ok());
        gate.enter("a", true);
        assert!(matches!(gate.pass("a", "1", Duration::ZERO).await, Err(FetchError::Resting(_))));
        assert!(gate.pass("b", "1", Duration::ZERO).await.is_ok());
        tokio::time::advance(Duration::from_secs(61)).await;
        assert!(gate.pass("a", "1", Duration::ZERO).await.is_ok());
        gate.enter("a", true);
        assert!(gate.pass("a", "1", Duration::ZERO).await.is_err());
        tokio::time::advance(Duration::from_secs(61)).await;
        gate.enter("a", false);
        assert!(gate.pass("a", "1", Duration::ZERO).await.is_ok());
    }
}
