//! What became of a source, and of a job.

use std::collections::BTreeMap;

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
    /// A capture that is not to be kept any more.
    pub dropped: Option<String>,
    /// What they gave.
    pub verdict: Verdict,
    /// Bytes that were read.
    pub bytes: u64,
    /// Rules that had a say before and now, where it was a write-up before and was parsed again.
    pub fired: Option<(Vec<String>, Vec<String>)>,
}

impl Outcome {
    /// Of a source that had nothing new to give.
    pub fn known(key: String, answer: Option<Answer>, back: bool) -> Self {
        let verdict = if back { Verdict::Back } else { Verdict::Unchanged };
        Self { key, answer, capture: None, dropped: None, verdict, bytes: 0, fired: None }
    }
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
    /// What is stored already, and the source was gone before.
    Back,
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
    /// Pairs and values of what was merged that wait for a person.
    pub doubts: u64,
    /// Whether it was stopped before its end.
    pub stopped: bool,
    /// Sources and rules that used to yield and no longer do.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub quiet: Vec<String>,
    /// What became of the recaps.
    #[serde(skip)]
    pub changes: Vec<RecapChange>,
    /// In how many sources that were parsed again a rule had a say before and now.
    #[serde(skip)]
    rules: BTreeMap<String, (u32, u32)>,
}

/// A rule that fell silent in fewer sources than these may have done so by chance.
const QUIET: u32 = 3;

impl Summary {
    pub(crate) fn count(&mut self, outcome: &Outcome) {
        self.sources += 1;
        self.bytes += outcome.bytes;
        if let Some((before, now)) = &outcome.fired {
            before.iter().for_each(|rule| self.rules.entry(rule.clone()).or_default().0 += 1);
            now.iter().for_each(|rule| self.rules.entry(rule.clone()).or_default().1 += 1);
        }
        match &outcome.verdict {
            Verdict::Failed => self.failed += 1,
            Verdict::Unchanged | Verdict::Back => self.unchanged += 1,
            Verdict::Same { .. } => self.parsed += 1,
            Verdict::Quiet(why) => {
                self.quiet.push(format!("{}: {why}", outcome.key));
            }
            Verdict::New(extracted) => {
                self.parsed += 1;
                self.write_ups += u64::from(extracted.is_recap);
            }
        }
    }

    /// Adds what another round of the same job did.
    pub(crate) fn add(&mut self, other: Self) {
        self.sources += other.sources;
        self.unchanged += other.unchanged;
        self.parsed += other.parsed;
        self.write_ups += other.write_ups;
        self.failed += other.failed;
        self.bytes += other.bytes;
        self.quiet.extend(other.quiet);
    }

    /// Names the rules that fell silent.
    pub(crate) fn judge_rules(&mut self) {
        let silent = self.rules.iter().filter(|(_, (before, now))| *before >= QUIET && *now == 0);
        let silent = silent.map(|(rule, (before, _))| format!("rule {rule}: had a say in {before} sources, now in none of them"));
        self.quiet.extend(silent.collect::<Vec<_>>());
        self.quiet.sort();
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
