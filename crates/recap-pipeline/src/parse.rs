//! The second stage: what became of a source.

use std::collections::BTreeSet;
use std::panic::{self, AssertUnwindSafe};
use std::sync::PoisonError;

use recap_store::{Answer, Extracted, Kind, Previous, State, pack, sha256};
use tokio::runtime::Handle;

use crate::event::{Event, Stage};
use crate::extract::Given;
use crate::outcome::{Outcome, Verdict};
use crate::source::{Item, Refused, Taken};
use crate::{Job, schedule};

/// Addresses that event pages lead to, in one job.
const MOST_LEADS: usize = 10_000;

impl Job {
    /// What becomes of what the first stage gave. It takes long and runs on a thread that may wait.
    pub(crate) fn outcome(&self, taken: Result<Box<Taken>, Refused>, handle: &Handle) -> Outcome {
        let (key, kind, new) = match &taken {
            // What the journal does not know has given nothing yet.
            Ok(taken) => (taken.key.clone(), taken.kind, taken.kind == Kind::Url && taken.before.is_none() && taken.stored.is_none()),
            Err(refused) => (refused.key.clone(), refused.kind, false),
        };
        let previous = match if new { Ok(None) } else { handle.block_on(self.store.previous(&key)) } {
            Ok(previous) => previous,
            Err(error) => return self.refused(Stage::Store, Refused::new(key, error.to_string(), error.hint()).of(kind), None),
        };
        let taken = match taken {
            Ok(taken) => taken,
            Err(refused) => return self.refused(Stage::Fetch, refused, previous.as_ref()),
        };
        let work = panic::catch_unwind(AssertUnwindSafe(|| self.parse(*taken, previous.as_ref())));
        work.unwrap_or_else(|_| self.refused(Stage::Extract, Refused::new(key, "internal error", None).of(kind), None))
    }

    /// What becomes of bytes.
    fn parse(&self, taken: Taken, previous: Option<&Previous>) -> Outcome {
        let sha = taken.stored.clone().unwrap_or_else(|| sha256(&taken.bytes));
        let bytes = taken.bytes.len() as u64;
        // A capture that was pruned comes back with the source.
        let known = previous.is_some_and(|p| p.captured && p.sha256 == sha && p.engine == self.engine.id() && p.stale.is_none());
        if known && taken.stored.is_none() {
            let answer = Some(self.answer(&taken, &sha, false));
            return Outcome { bytes, ..Outcome::known(taken.key, answer, false) };
        }
        let current = previous.filter(|p| p.stale.is_none() || taken.stored.is_some());
        let given = self.engine.extract(&taken, &sha, &self.decisions.suppress, current.map(|p| p.digest.as_str()));
        let Given { extracted, leads, names_left_out } = match given {
            Ok(given) => given,
            Err(refused) => return self.refused(Stage::Extract, refused, None),
        };
        self.follow(leads);
        let fresh = taken.stored.is_none();
        let answer = fresh.then(|| self.answer(&taken, &sha, true));
        let dropped = names_left_out.then(|| sha.clone());
        let capture = (fresh && !names_left_out).then(|| (sha, taken.bytes.len(), pack(&taken.bytes)));
        let was = previous.filter(|p| p.is_recap && p.stale.is_none());
        let fired = was.map(|p| (p.fired.clone(), extracted.fired.clone()));
        let verdict = self.verdict(&taken, extracted, previous, current);
        Outcome { key: taken.key, answer, capture, dropped, verdict, bytes, fired }
    }

    /// What the extraction is beside the earlier one, and beside that one if the source said it until now.
    fn verdict(&self, taken: &Taken, extracted: Extracted, previous: Option<&Previous>, current: Option<&Previous>) -> Verdict {
        let fresh = taken.stored.is_none();
        // A page of the web that says less than it did changed its form, or is another page now. A file is as its owner wants it.
        if taken.kind == Kind::Url
            && fresh
            && let Some(before) = previous
            && let Some(why) = quiet(before, &extracted)
        {
            return if before.stale.is_some() { Verdict::Unchanged } else { Verdict::Quiet(why) };
        }
        if !extracted.is_recap && fresh {
            let (message, hint) = (format!("no write-up: {}", extracted.reason), Some("it is kept, and looked at again by recap reparse"));
            self.reporter.hear(Event::Note { input: &taken.key, message: &message, hint });
        }
        let same = |p: &Previous| p.is_recap == extracted.is_recap && p.digest == extracted.digest;
        if current.is_some_and(same) { Verdict::Same { sha256: extracted.sha256 } } else { Verdict::New(Box::new(extracted)) }
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

    fn refused(&self, stage: Stage, refused: Refused, previous: Option<&Previous>) -> Outcome {
        let Refused { key, kind, message, hint, gone } = refused;
        let now = (self.clock)();
        let due_at = (kind != Kind::Once).then(|| schedule::after_failure(now, gone));
        let state = if gone { State::Gone } else { State::Failed };
        let lost = gone && previous.is_some_and(|p| p.is_recap && p.stale.is_none());
        let verdict = if lost { Verdict::Quiet(format!("is there no more ({message})")) } else { Verdict::Failed };
        self.reporter.hear(Event::Failed { stage, input: &key, message: &message, hint: hint.as_deref() });
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
