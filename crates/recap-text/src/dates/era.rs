//! Japanese eras since Meiji.

use jiff::civil::{Date, date};

/// Name, initial, first and last day. The newest first; the current one has no end.
struct Era {
    initial: char,
    first: Date,
    last: Date,
}

const ERAS: [Era; 5] = [
    // 令和
    Era { initial: 'R', first: date(2019, 5, 1), last: date(2099, 12, 31) },
    // 平成
    Era { initial: 'H', first: date(1989, 1, 8), last: date(2019, 4, 30) },
    // 昭和
    Era { initial: 'S', first: date(1926, 12, 25), last: date(1989, 1, 7) },
    // 大正
    Era { initial: 'T', first: date(1912, 7, 30), last: date(1926, 12, 24) },
    // 明治
    Era { initial: 'M', first: date(1868, 1, 25), last: date(1912, 7, 29) },
];

/// The year of the common calendar; the era's first year is 1.
pub(super) fn year(era: usize, year: i32) -> Option<i16> {
    let era = ERAS.get(era)?;
    let year = i32::from(era.first.year()) + year - 1;
    i16::try_from(year).ok().filter(|y| (era.first.year()..=era.last.year()).contains(y))
}

/// The era of an initial (`R2.6.16`); the eras before Shōwa are not written so.
pub(super) fn by_initial(initial: char) -> Option<usize> {
    ERAS.iter().take(3).position(|era| era.initial == initial)
}

/// Whether a stretch of days has at least one in the era.
pub(super) fn meets(era: usize, first: Date, last: Date) -> bool {
    ERAS.get(era).is_some_and(|era| first <= era.last && last >= era.first)
}
