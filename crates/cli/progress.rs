//! What a job tells, drawn: a bar a stage on a terminal, lines elsewhere.

use std::fmt::Write;
use std::io::{self, IsTerminal as _};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanDuration, MultiProgress, ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};
use recap_pipeline::{Event, Reporter, Stage, Summary};

use crate::console::Console;

/// Lines elsewhere than on a terminal come at most this often.
const EVERY: Duration = Duration::from_secs(10);
/// Seconds that are told to be left at most: a year.
const MAX_ETA: f64 = 365.0 * 86_400.0;

/// Draws what a job tells.
#[derive(Debug)]
pub struct Progress {
    console: Console,
    bars: Option<(MultiProgress, [ProgressBar; Stage::ALL.len()])>,
    /// Held while a bar is put into its place.
    placing: Mutex<()>,
    stored: AtomicU64,
    /// By stage.
    failed: [AtomicU64; Stage::ALL.len()],
    begun: Instant,
    /// Milliseconds since `begun` at which the last line was written.
    said: AtomicU64,
}

impl Progress {
    /// Bars where stderr is a terminal and messages are for people.
    pub fn new(console: Console) -> Self {
        let bars = (console.is_for_people() && io::stderr().is_terminal()).then(bars);
        let (placing, stored, failed, said) = Default::default();
        Self { console, bars, placing, stored, failed, begun: Instant::now(), said }
    }

    /// Writes a message without tearing the bars.
    fn say(&self, write: impl FnOnce(&Console)) {
        match &self.bars {
            Some((all, _)) => all.suspend(|| write(&self.console)),
            None => write(&self.console),
        }
    }

    fn bar(&self, stage: Stage) -> Option<&ProgressBar> {
        self.bars.as_ref().map(|(_, bars)| &bars[stage as usize])
    }

    /// So much more is to be done by a stage; its bar is drawn from the first time on.
    fn more(&self, stage: Stage, count: u64) {
        let Some((all, bars)) = self.bars.as_ref().filter(|_| count > 0) else { return };
        let _held = self.placing.lock().unwrap_or_else(PoisonError::into_inner);
        let lengths = bars.each_ref().map(|bar| bar.length().unwrap_or(0));
        let bar = &bars[stage as usize];
        if let Some(place) = place(&lengths, stage as usize) {
            all.insert(place, bar.clone());
        }
        bar.inc_length(count);
    }

    /// One thing more that a stage could not do; its bar counts them.
    fn failed(&self, stage: Stage) {
        let failed = self.failed[stage as usize].fetch_add(1, Ordering::Relaxed) + 1;
        if let Some(bar) = self.bar(stage) {
            bar.set_message(format!("{failed} failed"));
        }
    }

    /// A line now and then, where nothing is drawn.
    fn line(&self) {
        let now = u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(u64::MAX);
        let said = self.said.load(Ordering::Relaxed);
        let due = now.saturating_sub(said) >= EVERY.as_millis() as u64;
        if self.bars.is_none() && due && self.said.compare_exchange(said, now, Ordering::Relaxed, Ordering::Relaxed).is_ok() {
            let failed: u64 = self.failed.iter().map(|failed| failed.load(Ordering::Relaxed)).sum();
            self.console.info(&format!("{} stored, {failed} failed", self.stored.load(Ordering::Relaxed)));
        }
    }

    /// Takes the bars away and says in a table what was done.
    pub fn end(&self, summary: &Summary) {
        if let Some((all, _)) = &self.bars {
            let _ = all.clear();
            // Bars that are dropped are drawn once more, over what is written now.
            all.set_draw_target(ProgressDrawTarget::hidden());
        }
        let seconds = self.begun.elapsed().as_secs_f64();
        self.console.summary(&table(summary, seconds));
    }
}

/// Where among the drawn bars, those with a length, the bar of a stage goes; none where it is drawn already.
fn place(lengths: &[u64], at: usize) -> Option<usize> {
    let drawn = |length: &&u64| **length > 0;
    lengths.get(at).filter(|length| **length == 0)?;
    Some(lengths.iter().take(at).filter(drawn).count())
}

fn bars() -> (MultiProgress, [ProgressBar; Stage::ALL.len()]) {
    let all = MultiProgress::with_draw_target(ProgressDrawTarget::stderr_with_hz(8));
    let template = "{prefix:>8} {bar:24} {pos}/{len} {rate} queue {queue} {msg} eta {left}";
    let queue = |state: &ProgressState, out: &mut dyn Write| {
        let _ = write!(out, "{}", state.len().unwrap_or(0).saturating_sub(state.pos()));
    };
    let rate = |state: &ProgressState, out: &mut dyn Write| {
        let _ = write!(out, "{:.0}/s", mean_rate(state));
    };
    let left = |state: &ProgressState, out: &mut dyn Write| {
        let open = state.len().unwrap_or(0).saturating_sub(state.pos());
        let _ = match mean_rate(state) {
            rate if rate > 0.0 => write!(out, "{:#}", HumanDuration(Duration::from_secs_f64((open as f64 / rate).min(MAX_ETA)))),
            _ => write!(out, "-"),
        };
    };
    let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
    let style = style.with_key("queue", queue).with_key("rate", rate).with_key("left", left);
    let bars = Stage::ALL.map(|stage| ProgressBar::hidden().with_style(style.clone()).with_prefix(stage.name()));
    bars.iter().for_each(|bar| bar.set_length(0));
    (all, bars)
}

/// Steps a second since the job began: stages work in bursts, from which the moment's rate would promise too much or too little.
fn mean_rate(state: &ProgressState) -> f64 {
    state.pos() as f64 / state.elapsed().as_secs_f64().max(0.001)
}

/// What was done, in lines of a name and a value.
fn table(summary: &Summary, seconds: f64) -> Vec<(&'static str, String)> {
    let rate = summary.sources as f64 / seconds.max(0.001);
    let mut lines = vec![
        ("sources", format!("{} ({} unchanged, {} failed)", summary.sources, summary.unchanged, summary.failed)),
        ("parsed", format!("{} ({} new write-ups)", summary.parsed, summary.write_ups)),
        ("recaps", format!("{} added, {} changed, {} removed", summary.added, summary.changed, summary.removed)),
        ("took", format!("{seconds:.1} s, {rate:.0} sources/s, {}", HumanBytes(summary.bytes))),
    ];
    lines.extend((summary.doubts > 0).then(|| ("doubts", format!("{}; recap review names them", summary.doubts))));
    lines.extend(summary.quiet.iter().map(|quiet| ("quiet", quiet.clone())));
    lines.extend(summary.stopped.then(|| ("stopped", "before the end; run it again to go on".to_owned())));
    lines
}

impl Reporter for Progress {
    fn hear(&self, event: Event<'_>) {
        match event {
            Event::More(stage, count) => self.more(stage, count),
            Event::Planned(count) => [Stage::Fetch, Stage::Extract, Stage::Store].into_iter().for_each(|stage| self.more(stage, count)),
            Event::Done(stage) => {
                if stage == Stage::Store {
                    self.stored.fetch_add(1, Ordering::Relaxed);
                }
                if let Some(bar) = self.bar(stage) {
                    bar.inc(1);
                }
                self.line();
            }
            Event::Failed { stage, input, message, hint } => {
                self.failed(stage);
                self.say(|console| console.error(Some(input), message, hint));
            }
            Event::Note { input, message, hint } => self.say(|console| console.note(Some(input), message, hint)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::place;

    #[test]
    fn a_stage_is_drawn_when_it_has_work_behind_those_before_it() {
        assert_eq!(place(&[0, 0, 0, 0, 0], 4), Some(0));
        assert_eq!(place(&[3, 3, 3, 0, 7], 3), Some(3));
        assert_eq!(place(&[3, 0, 3, 0, 7], 1), Some(1));
        assert_eq!(place(&[3, 3, 3, 0, 7], 4), None);
    }
}
