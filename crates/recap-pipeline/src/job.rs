//! A job: its stages, one behind the other.

use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use recap_store::{Answer, Component, Kind, Previous, State, Store, StoreError, pack, sha256};
use tokio::sync::mpsc::{Receiver, channel};
use tokio::task::spawn_blocking;

use crate::event::{Event, Reporter, Stage};
use crate::extract::Engine;
use crate::merge::Merged;
use crate::outcome::{Outcome, Summary, Verdict};
use crate::pool::pool;
use crate::source::{Item, Origin, Refused, Taken};
use crate::stop::Stop;
use crate::{PipelineError, intake, merge, writer};

/// Unix seconds now.
pub type Clock = fn() -> i64;

/// Sources that wait to be read.
const WAITING: usize = 64;
/// Files that are read at the same time.
const READERS: usize = 2;
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
                [Stage::Fetch, Stage::Extract, Stage::Store].iter().for_each(|stage| reporter.hear(Event::More(*stage, 1)));
                if send.blocking_send(item).is_err() {
                    break;
                }
            }
            reporter.hear(Event::Planned);
        });
        let summary = self.process(planned).await;
        plan.await.map_err(|e| PipelineError::Worker(e.to_string()))?;
        self.finish(summary?).await
    }

    /// Extracts everything that is captured again.
    ///
    /// # Errors
    /// Those of the workspace.
    pub async fn reparse(&self) -> Result<Summary, PipelineError> {
        let (send, planned) = channel(WAITING);
        let job = self.clone();
        let plan = tokio::spawn(async move {
            let mut after = String::new();
            loop {
                let sources = job.store.sources(&after, None, PAGE).await?;
                let Some(last) = sources.last() else { break };
                after.clone_from(&last.key);
                for source in sources {
                    let previous = job.store.previous(&source.key).await?;
                    let Some(sha256) = previous.map(|p| p.sha256).or(source.sha256) else { continue };
                    let origin = Origin::Capture { sha256, kind: source.kind, url: source.url, head: source.head };
                    [Stage::Fetch, Stage::Extract, Stage::Store].iter().for_each(|stage| job.reporter.hear(Event::More(*stage, 1)));
                    if job.stop.is_asked() || send.send(Ok(Item { key: source.key, origin })).await.is_err() {
                        return Ok(());
                    }
                }
            }
            job.reporter.hear(Event::Planned);
            Ok::<_, StoreError>(())
        });
        let summary = self.process(planned).await;
        plan.await.map_err(|e| PipelineError::Worker(e.to_string()))??;
        self.finish(summary?).await
    }

    async fn finish(&self, mut summary: Summary) -> Result<Summary, PipelineError> {
        summary.stopped = self.stop.is_asked();
        self.merge(&mut summary).await?;
        Ok(summary)
    }

    /// The stages before the merge.
    async fn process(&self, planned: Receiver<Result<Item, Refused>>) -> Result<Summary, PipelineError> {
        let job = self.clone();
        let taken = pool(READERS, planned, move |item| {
            let job = job.clone();
            async move {
                let taken = match item {
                    Ok(item) => intake::take(&job.store, item).await,
                    Err(refused) => Err(refused),
                };
                job.reporter.hear(Event::Done(Stage::Fetch));
                taken
            }
        });
        let job = self.clone();
        let results = pool(self.workers, taken, move |taken| {
            let job = job.clone();
            async move {
                let outcome = job.outcome(taken).await;
                job.reporter.hear(Event::Done(Stage::Extract));
                outcome
            }
        });
        Ok(writer::write(&self.store, self.engine.id(), &*self.reporter, results).await?)
    }

    async fn outcome(&self, taken: Result<Taken, Refused>) -> Outcome {
        let taken = match taken {
            Ok(taken) => taken,
            Err(refused) => return self.refused(refused, None),
        };
        let previous = match self.store.previous(&taken.key).await {
            Ok(previous) => previous,
            Err(error) => return self.refused(Refused::new(&taken.key, error.to_string(), error.hint()), None),
        };
        let (job, key) = (self.clone(), taken.key.clone());
        let work = spawn_blocking(move || job.parse(taken, previous));
        work.await.unwrap_or_else(|e| self.refused(Refused::new(key, format!("internal error: {e}"), None), None))
    }

    /// What becomes of bytes. It takes long and runs on a blocking thread.
    fn parse(&self, taken: Taken, previous: Option<Previous>) -> Outcome {
        let sha = sha256(&taken.bytes);
        let bytes = taken.bytes.len() as u64;
        let known = previous.as_ref().filter(|p| p.sha256 == sha && p.engine == self.engine.id() && p.stale.is_none());
        if known.is_some() && !taken.stored {
            let answer = Some(self.answer(&taken, State::Done, &sha));
            return Outcome { key: taken.key, answer, capture: None, verdict: Verdict::Unchanged, bytes };
        }
        let extracted = match self.engine.extract(&taken, &sha) {
            Ok(extracted) => extracted,
            Err(refused) => return self.refused(refused, Some(taken.kind)),
        };
        if !extracted.is_recap && !taken.stored {
            let (message, hint) = (format!("no write-up: {}", extracted.reason), Some("it is kept, and asked again when rules change"));
            self.reporter.hear(Event::Note { input: &taken.key, message: &message, hint });
        }
        let answer = (!taken.stored).then(|| self.answer(&taken, State::Done, &sha));
        let capture = (!taken.stored).then(|| (sha.clone(), taken.bytes.len(), pack(&taken.bytes)));
        let same = previous.is_some_and(|p| p.is_recap == extracted.is_recap && p.digest == extracted.digest && p.stale.is_none());
        let verdict = if same { Verdict::Same { sha256: sha } } else { Verdict::New(Box::new(extracted)) };
        Outcome { key: taken.key, answer, capture, verdict, bytes }
    }

    fn answer(&self, taken: &Taken, state: State, sha: &str) -> Answer {
        Answer {
            key: taken.key.clone(),
            kind: taken.kind,
            state,
            sha256: Some(sha.to_owned()),
            url: taken.url.clone(),
            head: taken.head.clone(),
            at: (self.clock)(),
            due_at: None,
            error: None,
            hint: None,
        }
    }

    fn refused(&self, refused: Refused, kind: Option<Kind>) -> Outcome {
        self.reporter.hear(Event::Failed { input: &refused.key, message: &refused.message, hint: refused.hint.as_deref() });
        let answer = Answer {
            key: refused.key.clone(),
            kind: kind.unwrap_or(Kind::File),
            state: if refused.gone { State::Gone } else { State::Failed },
            sha256: None,
            url: None,
            head: None,
            at: (self.clock)(),
            due_at: None,
            error: Some(refused.message),
            hint: refused.hint,
        };
        Outcome { key: refused.key, answer: Some(answer), capture: None, verdict: Verdict::Failed, bytes: 0 }
    }

    /// Merges what is to be merged again and writes the recaps.
    ///
    /// # Errors
    /// Those of the workspace.
    pub async fn merge(&self, summary: &mut Summary) -> Result<(), PipelineError> {
        let components = self.store.components().await?;
        self.reporter.hear(Event::More(Stage::Merge, components.len() as u64));
        let (send, queue) = channel(WAITING);
        tokio::spawn(async move {
            for component in components {
                if send.send(component).await.is_err() {
                    break;
                }
            }
        });
        let job = self.clone();
        let mut merged = pool(self.workers, queue, move |component| {
            let job = job.clone();
            async move { job.merge_one(component).await }
        });
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

    async fn merge_one(&self, component: Component) -> Result<Merged, PipelineError> {
        let mut members = Vec::new();
        for source in &component.sources {
            members.extend(self.store.member(source).await?);
        }
        let old = self.store.recaps_of(&component.replaces).await?;
        let store = self.store.clone();
        let merged = spawn_blocking(move || merge::component(&store, component, members, &old)).await;
        Ok(merged.map_err(|e| PipelineError::Worker(e.to_string()))??)
    }

    async fn settle(&self, ready: Vec<Merged>, summary: &mut Summary) -> Result<(), PipelineError> {
        let mut redirects = Vec::new();
        let mut components = Vec::new();
        let mut changes = Vec::new();
        for merged in ready {
            redirects.extend(merged.redirects);
            components.push((merged.component, merged.recaps));
            changes.push(merged.changes);
        }
        self.store.settle(components, &redirects).await?;
        for change in changes {
            self.reporter.hear(Event::Done(Stage::Merge));
            summary.note(change);
        }
        Ok(())
    }
}
