//! What services know of the addresses in recaps: asked after the extraction, kept in the store, put on recaps when these
//! are merged. A page's own words stay as they are: answers fill in posts that a page has only as an address, and stand
//! apart (`lookups`) otherwise.

mod providers;
mod told;
mod wanted;

use recap_fetch::{FetchError, Fetcher};
use recap_store::{Lookup, State, Wanted};
use tokio::task::JoinSet;
use url::Url;

pub use providers::Providers;
pub use told::told;
pub use wanted::wanted;

use crate::event::{Event, Stage};
use crate::{Job, PipelineError, schedule};
use providers::Form;

const DAY: i64 = 24 * 60 * 60;
/// Answers are asked for again after this time: titles rarely change, and posts are taken away.
const AGAIN: i64 = 30 * DAY;
/// Addresses that are read from the store at once.
const PAGE: u32 = 256;

/// Whom to ask about what.
#[derive(Debug, Clone)]
pub struct Lookups {
    /// The services.
    pub providers: Providers,
    /// Whether posts that a page quotes in full are asked for, too: whether they are still there.
    pub all_posts: bool,
}

impl Job {
    /// Asks the services about all addresses that are due. One that does not answer costs nothing but its answer.
    ///
    /// # Errors
    /// Those of the store.
    pub(crate) async fn look_up(&self) -> Result<(), PipelineError> {
        let (Some(lookups), Some(fetcher)) = (&self.lookups, &self.fetcher) else { return Ok(()) };
        let (now, mut after) = ((self.clock)(), String::new());
        loop {
            let due = self.store.due_lookups(&after, now, lookups.all_posts, PAGE).await?;
            let Some(last) = due.last() else { return Ok(()) };
            after.clone_from(&last.url);
            let mut asked = JoinSet::new();
            for Wanted { url, kind, .. } in due {
                let Some((provider, endpoint)) = lookups.providers.of(wanted::kind(&kind), &url) else { continue };
                let (fetcher, name, form) = (fetcher.clone(), provider.name.clone(), provider.form);
                self.reporter.hear(Event::More(Stage::LookUp, 1));
                asked.spawn(async move { ask(&fetcher, url, name, form, endpoint, now).await });
            }
            self.keep(asked).await?;
            if self.stop.is_asked() {
                return Ok(());
            }
        }
    }

    /// Stores answers as they come.
    async fn keep(&self, mut asked: JoinSet<(Lookup, Option<&'static str>)>) -> Result<(), PipelineError> {
        let mut stop = self.stop.clone();
        loop {
            let next = tokio::select! {
                next = asked.join_next() => next,
                () = stop.asked() => { asked.abort_all(); None }
            };
            let Some(done) = next else { return Ok(()) };
            let (lookup, hint) = done.map_err(|e| PipelineError::Worker(e.to_string()))?;
            if let Some(error) = &lookup.error {
                let message = format!("{}: {error}", lookup.provider);
                self.reporter.hear(Event::Note { input: &lookup.url, message: &message, hint });
            }
            let mut batch = self.store.begin().await?;
            batch.put_lookup(lookup).await?;
            batch.commit().await?;
            self.reporter.hear(Event::Done(Stage::LookUp));
        }
    }
}

/// What a service answers, and what to do where it does not.
async fn ask(fetcher: &Fetcher, url: String, provider: String, form: Form, endpoint: Url, now: i64) -> (Lookup, Option<&'static str>) {
    let mut lookup = Lookup {
        url,
        state: State::Done,
        endpoint: endpoint.to_string(),
        provider,
        leads_to: None,
        answer: None,
        at: now,
        due_at: now + AGAIN,
        error: None,
    };
    let result: Result<(), FetchError> = async {
        match form {
            Form::Redirect => lookup.leads_to = Box::pin(fetcher.target(&endpoint)).await?.map(|target| target.to_string()),
            Form::Post | Form::Oembed => lookup.answer = Some(Box::pin(fetcher.ask(&endpoint)).await?.body),
        }
        Ok(())
    }
    .await;
    let Err(error) = result else { return (lookup, None) };
    if error.is_gone() {
        lookup.state = State::Gone;
        return (lookup, None);
    }
    (lookup.state, lookup.due_at, lookup.error) = (State::Failed, schedule::after_failure(now, false), Some(error.to_string()));
    (lookup, Some("it is asked again by a later run"))
}
