//! A job: its stages, one behind the other.

use std::panic::{self, AssertUnwindSafe};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use recap_fetch::Fetcher;
use recap_merge::{Decisions, Likeness};
use recap_store::{Component, Kind, Source, Store, StoreError};
use tokio::runtime::Handle;
use tokio::sync::mpsc::{Receiver, channel};
use tokio::task::spawn_blocking;
use url::Url;

use crate::dispatch::dispatch;
use crate::event::{Event, Reporter, Stage};
use crate::extract::Engine;
use crate::lookup::Lookups;
use crate::merge::{Merged, Merger};
use crate::outcome::Summary;
use crate::pool::{QUEUE, pool};
use crate::source::{Item, Origin, Refused};
use crate::stop::Stop;
use crate::{PipelineError, merge, writer};

/// Unix seconds now.
pub type Clock = fn() -> i64;

/// Sources that wait to be read.
const WAITING: usize = 64;
/// Components that are settled together.
const SETTLED: usize = 64;
/// Rows of the journal that are read at once.
const PAGE: u32 = 500;

/// What a job works with.
#[derive(Clone)]
pub struct Job {
    /// The workspace, locked by the caller.
    pub store: Store,
    /// Program and rules.
    pub engine: Arc<Engine>,
    /// Fetches addresses; none: nothing is asked of the web.
    pub fetcher: Option<Arc<Fetcher>>,
    /// Whom to ask about addresses in recaps; none: nobody. What was answered before is put on recaps all the same.
    pub lookups: Option<Arc<Lookups>>,
    /// Collects what event pages lead to, if that is to be followed.
    pub follow: Option<Arc<Mutex<Vec<Item>>>>,
    /// What people decided.
    pub decisions: Arc<Decisions>,
    /// Documents that are parsed at the same time.
    pub workers: usize,
    /// Who hears what happens.
    pub reporter: Arc<dyn Reporter>,
    /// Whether to stop.
    pub stop: Stop,
    /// What time it is.
    pub clock: Clock,
}

impl Job {
    /// The system's clock.
    pub fn system_clock() -> i64 {
        SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| i64::try_from(d.as_secs()).unwrap_or(i64::MAX))
    }

    /// Reads sources, stores what they give, and merges what is new.
    ///
    /// # Errors
    /// Those of the workspace. What is wrong with a source is told as an event.
    pub async fn import(&self, items: impl Iterator<Item = Result<Item, Refused>> + Send + 'static) -> Result<Summary, PipelineError> {
        let (send, planned) = channel(WAITING);
        let (stop, reporter) = (self.stop.clone(), Arc::clone(&self.reporter));
        let plan = spawn_blocking(move || {
            for item in items.take_while(|_| !stop.is_asked()) {
                reporter.hear(Event::Planned(1));
                if send.blocking_send(item).is_err() {
                    break;
                }
            }
        });
        let summary = self.process(planned).await;
        plan.await.map_err(|e| PipelineError::Worker(e.to_string()))?;
        self.finish(summary?).await
    }

    /// Asks what is due, or all that can be asked.
    ///
    /// # Errors
    /// Those of the workspace.
    pub async fn refresh(&self, all: bool) -> Result<Summary, PipelineError> {
        let due = if all { i64::MAX } else { (self.clock)() };
        self.over_journal(Some(due), async |_, source| {
            let key = source.key.clone();
            let origin = match source.kind {
                Kind::File => Origin::File(PathBuf::from(&key)),
                Kind::Url | Kind::List => Origin::Url { url: Box::new(Url::parse(&key).ok()?), known: Some(Box::new(source)) },
                Kind::Once => return None,
            };
            Some(Item { key, origin })
        })
        .await
    }

    /// Extracts everything that is captured again.
    ///
    /// # Errors
    /// Those of the workspace.
    pub async fn reparse(&self) -> Result<Summary, PipelineError> {
        self.over_journal(None, async |job, source| {
            let sha256 = source.extracted.or(source.sha256)?;
            // What names somebody who is left out is not kept; what it gave stays as it is.
            if !job.decisions.suppress.is_empty() && !job.store.has_capture(&sha256).await.ok()? {
                let event = Event::Note { input: &source.key, message: "its capture is not kept; what it gave stays", hint: None };
                job.reporter.hear(event);
                return None;
            }
            Some(Item { key: source.key, origin: Origin::Capture { sha256, kind: source.kind, url: source.url, head: source.head } })
        })
        .await
    }

    /// Takes what is left out by decision out of what is stored, too: captures and answers that name it go, extractions are
    /// made again without it. Sources whose capture was pruned before lose what names it in what they gave.
    ///
    /// # Errors
    /// Those of the workspace.
    pub async fn purge(&self) -> Result<Summary, PipelineError> {
        let suppress = &self.decisions.suppress;
        self.scrub_pruned().await?;
        self.store.forget_lookups(|text| recap_merge::named_in(text, suppress)).await?;
        let summary = self.reparse().await?;
        self.store.vacuum().await?;
        Ok(summary)
    }

    /// What pruned captures gave, without what is left out.
    async fn scrub_pruned(&self) -> Result<(), PipelineError> {
        let mut after = String::new();
        loop {
            let sources = self.store.sources(&after, None, PAGE).await?;
            let Some(last) = sources.last() else { return Ok(()) };
            after.clone_from(&last.key);
            for source in &sources {
                let (Some(previous), Some(member)) = (self.store.previous(&source.key).await?, self.store.member(&source.key).await?)
                else {
                    continue;
                };
                if !previous.captured
                    && let Some(extracted) = self.engine.without(&member, previous, &self.decisions.suppress)
                {
                    let mut batch = self.store.begin().await?;
                    batch.put_extraction(extracted).await?;
                    batch.commit().await?;
                }
            }
        }
    }

    /// Processes sources of the journal, read page by page.
    async fn over_journal(&self, due: Option<i64>, item: impl AsyncFn(&Self, Source) -> Option<Item>) -> Result<Summary, PipelineError> {
        let (send, planned) = channel(WAITING);
        // It owns the channel's end, so that the stages learn when nothing comes any more.
        let plan = async move {
            let mut after = String::new();
            loop {
                let sources = self.store.sources(&after, due, PAGE).await?;
                let Some(last) = sources.last() else { return Ok::<_, StoreError>(()) };
                after.clone_from(&last.key);
                for source in sources {
                    let Some(item) = item(self, source).await else { continue };
                    self.reporter.hear(Event::Planned(1));
                    if self.stop.is_asked() || send.send(Ok(item)).await.is_err() {
                        return Ok(());
                    }
                }
            }
        };
        let (summary, planned) = tokio::join!(self.process(planned), plan);
        let summary = summary?;
        planned?;
        self.finish(summary).await
    }

    async fn finish(&self, mut summary: Summary) -> Result<Summary, PipelineError> {
        let leads =
            self.follow.as_ref().map(|f| std::mem::take(&mut *f.lock().unwrap_or_else(PoisonError::into_inner))).unwrap_or_default();
        if !leads.is_empty() {
            // One step deep: what these lead to is not followed.
            let job = Self { follow: None, ..self.clone() };
            let (send, planned) = channel(WAITING);
            let plan = tokio::spawn(async move {
                for lead in leads {
                    if send.send(Ok(lead)).await.is_err() {
                        break;
                    }
                }
            });
            summary.add(job.process(planned).await?);
            plan.await.map_err(|e| PipelineError::Worker(e.to_string()))?;
        }
        summary.judge_rules();
        self.look_up().await?;
        summary.stopped = self.stop.is_asked();
        self.merge(&mut summary).await?;
        Ok(summary)
    }

    /// The stages before the merge.
    async fn process(&self, planned: Receiver<Result<Item, Refused>>) -> Result<Summary, PipelineError> {
        let (send, taken) = channel(WAITING);
        let (done, results) = channel(self.workers * QUEUE);
        let first = tokio::spawn(dispatch(self.clone(), planned, send, done.clone()));
        let (job, handle) = (self.clone(), Handle::current());
        pool(self.workers, taken, done, move |taken| {
            let outcome = job.outcome(taken, &handle);
            job.reporter.hear(Event::Done(Stage::Extract));
            vec![outcome]
        });
        // An error of the store is what ended the stages before it, so it is told first.
        let summary = writer::write(&self.store, self.engine.id(), &*self.reporter, results).await?;
        first.await.map_err(|e| PipelineError::Worker(e.to_string()))??;
        Ok(summary)
    }

    /// Merges what is to be merged again and writes the recaps.
    ///
    /// # Errors
    /// Those of the workspace.
    pub async fn merge(&self, summary: &mut Summary) -> Result<(), PipelineError> {
        self.store.heed(&format!("{:?}", self.decisions)).await?;
        let same = self.decisions.events.iter().filter(|d| d.decision == Likeness::Same);
        let same: Vec<_> = same.map(|d| (merge::own_key(&d.a), merge::own_key(&d.b))).collect();
        let components = self.store.components(&same).await?;
        if components.is_empty() {
            return Ok(());
        }
        self.reporter.hear(Event::More(Stage::Merge, components.len() as u64));
        let (send, queue) = channel(WAITING);
        tokio::spawn(async move {
            for component in components {
                if send.send(component).await.is_err() {
                    break;
                }
            }
        });
        let (job, handle, answered) = (self.clone(), Handle::current(), self.store.has_lookups().await?);
        let (done, mut merged) = channel(self.workers * QUEUE);
        pool(self.workers, queue, done, move |component| job.merge_one(component, answered, &handle));
        let mut ready = Vec::new();
        while let Some(one) = merged.recv().await {
            ready.push(one?);
            if ready.len() == SETTLED {
                self.settle(std::mem::take(&mut ready), summary).await?;
            }
        }
        self.settle(ready, summary).await?;
        summary.changes.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(self.store.sweep().await?)
    }

    fn merge_one(&self, component: Component, answered: bool, handle: &Handle) -> Result<Merged, PipelineError> {
        let merger = Merger { store: &self.store, decisions: &self.decisions, engine: &self.engine, answered, handle };
        let merged = panic::catch_unwind(AssertUnwindSafe(|| merger.merge(component)));
        Ok(merged.map_err(|_| PipelineError::Worker("a worker that merges ended early".to_owned()))??)
    }

    async fn settle(&self, ready: Vec<Merged>, summary: &mut Summary) -> Result<(), PipelineError> {
        let mut redirects = Vec::new();
        let mut components = Vec::new();
        let mut changes = Vec::new();
        for merged in ready {
            redirects.extend(merged.redirects);
            components.push((merged.component, merged.recaps));
            changes.push(merged.changes);
            summary.doubts += merged.doubts;
        }
        self.store.settle(components, &redirects).await?;
        for change in changes {
            self.reporter.hear(Event::Done(Stage::Merge));
            summary.note(change);
        }
        Ok(())
    }
}
