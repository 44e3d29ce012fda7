//! What became of a source, and of a job.

use recap_store::{Answer, Extracted};
use serde::Serialize;

use crate::changes::RecapChange;

/// What became of a source.
#[derive(Debug)]
pub struct Outcome {
    /// The source's key.
    pub key: String,
    /// For the journal; none where nothing was asked.
    pub answer: Option<Answer>,
    /// Its bytes: hash, size, and packed.
    pub capture: Option<(String, usize, Vec<u8>)>,
    /// What they gave.
    pub verdict: Verdict,
    /// Bytes that were read.
    pub bytes: u64,
}

/// What a source gave.
#[derive(Debug)]
pub enum Verdict {
    /// Nothing: it failed.
    Failed,
    /// What is stored already; nothing was parsed.
    Unchanged,
    /// What is stored already, by these rules and this capture, too.
    Same {
        /// The capture.
        sha256: String,
    },
    /// Something new.
    New(Box<Extracted>),
    /// Less than it used to, so what is stored stays and is marked.
    Quiet(String),
}

/// What a job did.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Sources that were read or asked.
    pub sources: u64,
    /// Of them, those that gave nothing new and were not parsed.
    pub unchanged: u64,
    /// Documents that were parsed.
    pub parsed: u64,
    /// Of them, write-ups.
    pub write_ups: u64,
    /// Sources that failed.
    pub failed: u64,
    /// Bytes that were read.
    pub bytes: u64,
    /// Recaps that are new.
    pub added: u64,
    /// Recaps that say something else.
    pub changed: u64,
    /// Recaps that are gone.
    pub removed: u64,
    /// Whether it was stopped before its end.
    pub stopped: bool,
    /// Sources and rules that used to yield and no longer do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quiet: Vec<String>,
    /// What became of the recaps.
    #[serde(skip)]
    pub changes: Vec<RecapChange>,
}

impl Summary {
    pub(crate) fn count(&mut self, outcome: &Outcome) {
        self.sources += 1;
        self.bytes += outcome.bytes;
        match &outcome.verdict {
            Verdict::Failed => self.failed += 1,
            Verdict::Unchanged => self.unchanged += 1,
            Verdict::Same { .. } => self.parsed += 1,
            Verdict::Quiet(why) => {
                self.parsed += 1;
                self.quiet.push(format!("{}: {why}", outcome.key));
            }
            Verdict::New(extracted) => {
                self.parsed += 1;
                self.write_ups += u64::from(extracted.is_recap);
            }
        }
    }

    pub(crate) fn note(&mut self, changes: Vec<RecapChange>) {
        for change in changes {
            match change.what {
                "added" => self.added += 1,
                "removed" => self.removed += 1,
                _ => self.changed += 1,
            }
            self.changes.push(change);
        }
    }
}
