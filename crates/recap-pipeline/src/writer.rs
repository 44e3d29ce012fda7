//! The storing stage: one task, many results a transaction. Results come in runs, so that small ones do not wake it one by one.

use std::time::Duration;

use recap_store::{Answer, Batch, Store, StoreError};
use tokio::sync::mpsc::Receiver;
use tokio::time::{Instant, timeout_at};

use crate::event::{Event, Reporter, Stage};
use crate::outcome::{Outcome, Summary, Verdict};

/// With so many results a transaction ends.
const MOST: usize = 256;
/// No result waits longer than this to be stored.
const PATIENCE: Duration = Duration::from_millis(100);

/// Stores everything that comes.
///
/// # Errors
/// Those of the store; then nothing more is taken, which ends the stages before.
pub async fn write(
    store: &Store,
    engine: &str,
    reporter: &dyn Reporter,
    mut results: Receiver<Vec<Outcome>>,
) -> Result<Summary, StoreError> {
    let mut summary = Summary::default();
    while let Some(first) = results.recv().await {
        let mut answers = Vec::new();
        let deadline = Instant::now() + PATIENCE;
        let mut batch = store.begin().await?;
        let mut count = 0;
        let mut next = Some(first);
        while let Some(run) = next.take() {
            count += run.len();
            for outcome in run {
                summary.count(&outcome);
                answers.extend(put(&mut batch, engine, outcome).await?);
            }
            if count < MOST {
                next = timeout_at(deadline, results.recv()).await.ok().flatten();
            }
        }
        batch.answers(&answers).await?;
        batch.commit().await?;
        (0..count).for_each(|_| reporter.hear(Event::Done(Stage::Store)));
    }
    Ok(summary)
}

/// Stores all but the answer, which it gives.
async fn put(batch: &mut Batch<'_>, engine: &str, outcome: Outcome) -> Result<Option<Answer>, StoreError> {
    let Outcome { key, answer, capture, dropped, verdict, .. } = outcome;
    if let Some(sha256) = dropped {
        batch.drop_capture(&sha256).await?;
    }
    if let Some((sha256, bytes, packed)) = capture {
        batch.put_capture(&sha256, bytes, packed).await?;
    }
    match verdict {
        Verdict::Failed | Verdict::Unchanged => {}
        Verdict::Same { sha256 } => batch.confirm(&key, &sha256, engine).await?,
        Verdict::New(extracted) => batch.put_extraction(*extracted).await?,
        Verdict::Back => batch.mark_stale(&key, None).await?,
        Verdict::Quiet(why) => batch.mark_stale(&key, Some(&why)).await?,
    }
    Ok(answer)
}
