//! What a grammar read, before the calendar has its say.

use jiff::civil::Weekday;

use super::time::Clock;

/// A day, month or year as written; without a year it is still to be chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Day {
    pub(super) year: Option<i16>,
    pub(super) month: Option<i8>,
    pub(super) day: Option<i8>,
}

impl Day {
    pub(super) fn new(year: Option<i16>, month: Option<i8>, day: Option<i8>) -> Self {
        Self { year, month, day }
    }

    /// A full day of the calendar.
    pub(super) fn from_date(date: jiff::civil::Date) -> Self {
        Self::new(Some(date.year()), Some(date.month()), Some(date.day()))
    }

    pub(super) fn is_full(self) -> bool {
        self.month.is_some() && self.day.is_some()
    }
}

/// What else must be there before a draft is believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Need {
    Nothing,
    /// Surroundings in which a date is likely: `6/16` could be a fraction.
    Surroundings,
    /// A weekday that fits the date: `6/7/2020` could be either.
    Weekday,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Draft {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) from: Day,
    pub(super) to: Option<Day>,
    pub(super) time: Option<Clock>,
    pub(super) until: Option<Clock>,
    pub(super) weekday: Option<Weekday>,
    pub(super) rule: &'static str,
    pub(super) need: Need,
    /// Whether the year was counted from the reference and not written.
    pub(super) relative: bool,
    /// Bounds that the first day must keep: those of an era.
    pub(super) era: Option<usize>,
}

impl Draft {
    pub(super) fn new(start: usize, end: usize, from: Day, rule: &'static str) -> Self {
        Self { start, end, from, to: None, time: None, until: None, weekday: None, rule, need: Need::Nothing, relative: false, era: None }
    }
}
