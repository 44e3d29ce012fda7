//! The second stage: what became of a source.

use std::collections::BTreeSet;
use std::sync::PoisonError;

use recap_store::{Answer, Extracted, Kind, Previous, State, pack, sha256};
use tokio::task::spawn_blocking;

use crate::event::Event;
use crate::extract::Given;
use crate::outcome::{Outcome, Verdict};
use crate::source::{Intake, Item, Refused, Taken};
use crate::{Job, schedule};

/// Addresses that event pages lead to, in one job.
const MOST_LEADS: usize = 10_000;

impl Job {
    /// What becomes of what the first stage gave.
    pub(crate) async fn outcome(&self, intake: Intake) -> Outcome {
        let (key, kind) = match &intake {
            Intake::Taken(taken) => (taken.key.clone(), taken.kind),
            Intake::Refused(refused) => (refused.key.clone(), refused.kind),
            Intake::Known { key, .. } => (key.clone(), Kind::Url),
        };
        if let Intake::Known { key, answer, back } = intake {
            let verdict = if back { Verdict::Back } else { Verdict::Unchanged };
            return Outcome { key, answer: answer.map(|a| *a), capture: None, dropped: None, verdict, bytes: 0, fired: None };
        }
        let previous = match self.store.previous(&key).await {
            Ok(previous) => previous,
            Err(error) => return self.refused(Refused::new(key, error.to_string(), error.hint()).of(kind), None),
        };
        let taken = match intake {
            Intake::Taken(taken) => taken,
            Intake::Refused(refused) => return self.refused(refused, previous.as_ref()),
            Intake::Known { .. } => unreachable!("settled above"),
        };
        // A capture that was pruned comes back with the source.
        let here = match &previous {
            Some(previous) => self.store.has_capture(&previous.sha256).await.unwrap_or(false),
            None => false,
        };
        let job = self.clone();
        let work = spawn_blocking(move || job.parse(*taken, previous.as_ref(), here));
        work.await.unwrap_or_else(|e| self.refused(Refused::new(key, format!("internal error: {e}"), None).of(kind), None))
    }

    /// What becomes of bytes. It takes long and runs on a blocking thread.
    fn parse(&self, taken: Taken, previous: Option<&Previous>, here: bool) -> Outcome {
        let sha = sha256(&taken.bytes);
        let bytes = taken.bytes.len() as u64;
        let known = here && previous.is_some_and(|p| p.sha256 == sha && p.engine == self.engine.id() && p.stale.is_none());
        if known && !taken.stored {
            let answer = Some(self.answer(&taken, &sha, false));
            return Outcome { key: taken.key, answer, capture: None, dropped: None, verdict: Verdict::Unchanged, bytes, fired: None };
        }
        let Given { extracted, leads, names_left_out } = match self.engine.extract(&taken, &sha, &self.decisions.suppress) {
            Ok(given) => given,
            Err(refused) => return self.refused(refused, None),
        };
        self.follow(leads);
        let answer = (!taken.stored).then(|| self.answer(&taken, &sha, true));
        let dropped = names_left_out.then(|| sha.clone());
        let capture = (!taken.stored && !names_left_out).then(|| (sha, taken.bytes.len(), pack(&taken.bytes)));
        let was = previous.filter(|p| p.is_recap && p.stale.is_none());
        let fired = was.map(|p| (p.fired.clone(), extracted.fired.clone()));
        let verdict = self.verdict(&taken, extracted, previous);
        Outcome { key: taken.key, answer, capture, dropped, verdict, bytes, fired }
    }

    fn verdict(&self, taken: &Taken, extracted: Extracted, previous: Option<&Previous>) -> Verdict {
        // A page of the web that says less than it did changed its form, or is another page now. A file is as its owner wants it.
        if taken.kind == Kind::Url
            && !taken.stored
            && let Some(before) = previous
            && let Some(why) = quiet(before, &extracted)
        {
            return if before.stale.is_some() { Verdict::Unchanged } else { Verdict::Quiet(why) };
        }
        if !extracted.is_recap && !taken.stored {
            let (message, hint) = (format!("no write-up: {}", extracted.reason), Some("it is kept, and looked at again by recap reparse"));
            self.reporter.hear(Event::Note { input: &taken.key, message: &message, hint });
        }
        let same = |p: &Previous| p.is_recap == extracted.is_recap && p.digest == extracted.digest && (p.stale.is_none() || taken.stored);
        if previous.is_some_and(same) { Verdict::Same { sha256: extracted.sha256 } } else { Verdict::New(Box::new(extracted)) }
    }

    /// Remembers where an event's page leads to, if that is wanted.
    fn follow(&self, leads: Vec<String>) {
        if let Some(follow) = &self.follow {
            let mut follow = follow.lock().unwrap_or_else(PoisonError::into_inner);
            let leads: BTreeSet<_> = leads.iter().filter_map(|lead| recap_fetch::canonical(lead).ok()).collect();
            let room = MOST_LEADS.saturating_sub(follow.len());
            follow.extend(leads.into_iter().take(room).map(Item::url));
        }
    }

    fn answer(&self, taken: &Taken, sha: &str, changed: bool) -> Answer {
        let now = (self.clock)();
        let before = taken.before.as_deref().filter(|_| !changed).and_then(|source| source.fetched_at);
        let due_at = match taken.kind {
            Kind::Url | Kind::List => Some(schedule::after_answer(now, before.map_or(0, |at| now - at), taken.fresh_for)),
            Kind::File => Some(0),
            Kind::Once => None,
        };
        Answer {
            sha256: Some(sha.to_owned()),
            url: taken.url.clone(),
            head: taken.head.clone(),
            due_at,
            ..Answer::new(taken.key.clone(), taken.kind, State::Done, now)
        }
    }

    fn refused(&self, refused: Refused, previous: Option<&Previous>) -> Outcome {
        let Refused { key, kind, message, hint, gone } = refused;
        let now = (self.clock)();
        let due_at = (kind != Kind::Once).then(|| schedule::after_failure(now, gone));
        let state = if gone { State::Gone } else { State::Failed };
        let lost = gone && previous.is_some_and(|p| p.is_recap && p.stale.is_none());
        let verdict = if lost { Verdict::Quiet(format!("is there no more ({message})")) } else { Verdict::Failed };
        self.reporter.hear(Event::Failed { input: &key, message: &message, hint: hint.as_deref() });
        let answer = Answer { due_at, error: Some(message), hint, ..Answer::new(key.clone(), kind, state, now) };
        Outcome { key, answer: Some(answer), capture: None, dropped: None, verdict, bytes: 0, fired: None }
    }
}

/// Whether a source says less than it used to.
fn quiet(before: &Previous, now: &Extracted) -> Option<String> {
    if before.is_recap && !now.is_recap {
        return Some("was a write-up and is none any more".to_owned());
    }
    (before.talks > 0 && now.talks == 0).then(|| format!("told of {} talks and tells of none any more", before.talks))
}
