//! The first stage: many sources at a time, few of one host. It is one task, so that a list can give it more to do
//! while the stages behind it hold it back.

use std::collections::{HashMap, VecDeque};
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::{Receiver, Sender};
use tokio::task::JoinSet;
use tokio::time::{MissedTickBehavior, interval};

use crate::event::{Event, Stage};
use crate::intake::{self, Got};
use crate::outcome::Outcome;
use crate::source::{Intake, Item, Origin, Refused, Taken};
use crate::{Job, PipelineError};

/// Sources that wait here for their host before no more are taken from the plan. What lists give comes on top.
const WAITING: usize = 512;
/// When fewer than these wait, the plan is asked for more: in runs, since to wake it for each source costs more than the source.
const FEW: usize = WAITING / 2;
/// Settled sources that are handed on together at most, and how long one of them waits for others at most.
const TOGETHER: usize = 64;
const PATIENCE: Duration = Duration::from_millis(50);
/// Files that are read at the same time.
const READERS: usize = 2;
/// Sources under way, for each request that is allowed at the same time: most of them wait for their host.
const UNDER_WAY: usize = 4;

/// Sources that wait, by host.
#[derive(Default)]
struct Hosts {
    hosts: HashMap<String, Host>,
    /// Hosts with something to do and a place for it; each once or more often.
    ready: VecDeque<String>,
    waiting: usize,
}

#[derive(Default)]
struct Host {
    queue: VecDeque<Item>,
    running: usize,
}

impl Hosts {
    fn push(&mut self, item: Item) {
        let host = host_of(&item);
        self.hosts.entry(host.clone()).or_default().queue.push_back(item);
        self.ready.push_back(host);
        self.waiting += 1;
    }

    /// The next source whose host has a place, and its host: one of each host in turn.
    fn pop(&mut self, per_host: usize) -> Option<(String, Item)> {
        while let Some(name) = self.ready.pop_front() {
            let Some(host) = self.hosts.get_mut(&name) else { continue };
            let places = if name.is_empty() { READERS } else { per_host };
            if host.running < places
                && let Some(item) = host.queue.pop_front()
            {
                host.running += 1;
                self.waiting -= 1;
                return Some((name, item));
            }
        }
        None
    }

    fn done(&mut self, name: String) {
        let Some(host) = self.hosts.get_mut(&name) else { return };
        host.running -= 1;
        if host.queue.is_empty() && host.running == 0 {
            self.hosts.remove(&name);
        } else if !host.queue.is_empty() {
            self.ready.push_back(name);
        }
    }

    fn clear(&mut self) {
        self.hosts.values_mut().for_each(|host| host.queue.clear());
        self.ready.clear();
        self.waiting = 0;
    }
}

/// The host that a source burdens; none for what is on this machine.
fn host_of(item: &Item) -> String {
    match &item.origin {
        Origin::Url { url, .. } => url.host_str().unwrap_or_default().to_owned(),
        _ => String::new(),
    }
}

/// Reads everything that is planned and what it lists. What is to be parsed goes to `parse`, the rest is `done`.
///
/// # Errors
/// A reader that ended early.
pub async fn dispatch(
    job: Job,
    mut planned: Receiver<Result<Item, Refused>>,
    parse: Sender<Result<Box<Taken>, Refused>>,
    done: Sender<Vec<Outcome>>,
) -> Result<(), PipelineError> {
    let mut next = Next { parse, done, settled: Vec::new() };
    let config = job.fetcher.as_ref().map(|fetcher| fetcher.config().clone()).unwrap_or_default();
    let most = (config.concurrency * UNDER_WAY).max(READERS);
    let (mut hosts, mut running, mut stop) = (Hosts::default(), JoinSet::new(), job.stop.clone());
    let (mut open, mut filling, mut items, mut tick) = (true, true, Vec::new(), interval(PATIENCE));
    tick.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let job = Arc::new(job);
    loop {
        while running.len() < most
            && let Some((host, item)) = hosts.pop(config.per_host)
        {
            let job = Arc::clone(&job);
            running.spawn(async move { (host, intake::take(&job, item).await) });
        }
        if !open && hosts.waiting == 0 && running.is_empty() {
            return next.flush().await;
        }
        filling = hosts.waiting < if filling { WAITING } else { FEW };
        tokio::select! {
            count = planned.recv_many(&mut items, WAITING), if open && filling => {
                open = count > 0;
                for item in items.drain(..) {
                    match item {
                        Ok(item) => hosts.push(item),
                        Err(refused) => next.hand_on(&job, Intake::Refused(refused)).await?,
                    }
                }
            }
            Some(done) = running.join_next() => {
                let (host, Got { intake, more }) = done.map_err(|e| PipelineError::Worker(e.to_string()))?;
                hosts.done(host);
                if !more.is_empty() {
                    job.reporter.hear(Event::Planned(more.len() as u64));
                    more.into_iter().filter(|_| !job.stop.is_asked()).for_each(|item| hosts.push(item));
                }
                next.hand_on(&job, intake).await?;
            }
            _ = tick.tick(), if !next.settled.is_empty() => next.flush().await?,
            () = stop.asked(), if open || hosts.waiting > 0 => {
                open = false;
                planned.close();
                hosts.clear();
            }
        }
    }
}

/// Where results of this stage go.
struct Next {
    /// To be parsed.
    parse: Sender<Result<Box<Taken>, Refused>>,
    /// Settled already.
    done: Sender<Vec<Outcome>>,
    /// Those that wait to be handed on together.
    settled: Vec<Outcome>,
}

impl Next {
    async fn hand_on(&mut self, job: &Job, intake: Intake) -> Result<(), PipelineError> {
        job.reporter.hear(Event::Done(Stage::Fetch));
        let parse = match intake {
            Intake::Taken(taken) => Ok(taken),
            Intake::Refused(refused) => Err(refused),
            Intake::Known { key, answer, back } => {
                job.reporter.hear(Event::Done(Stage::Extract));
                self.settled.push(Outcome::known(key, answer.map(|a| *a), back));
                return if self.settled.len() < TOGETHER { Ok(()) } else { self.flush().await };
            }
        };
        self.parse.send(parse).await.map_err(|_| ended())
    }

    async fn flush(&mut self) -> Result<(), PipelineError> {
        if self.settled.is_empty() {
            return Ok(());
        }
        self.done.send(std::mem::take(&mut self.settled)).await.map_err(|_| ended())
    }
}

fn ended() -> PipelineError {
    PipelineError::Worker("the stage behind ended".to_owned())
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::*;

    #[test]
    fn hosts_take_turns_and_keep_their_budget() {
        let mut hosts = Hosts::default();
        for path in ["http://a/1", "http://a/2", "http://a/3", "http://b/1"] {
            hosts.push(Item::url(Url::parse(path).expect("an address")));
        }
        let mut begun = Vec::new();
        while let Some((_, item)) = hosts.pop(2) {
            begun.push(item.key);
        }
        assert_eq!(begun, ["http://a/1", "http://a/2", "http://b/1"]);
        hosts.done("b".to_owned());
        assert!(hosts.pop(2).is_none());
        hosts.done("a".to_owned());
        assert_eq!(hosts.pop(2).map(|(_, item)| item.key).as_deref(), Some("http://a/3"));
        assert_eq!(hosts.waiting, 0);
    }
}
