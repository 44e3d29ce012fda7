//! When to ask a source again.

const DAY: i64 = 24 * 60 * 60;

/// Between two questions, at least and at most.
const SHORTEST: i64 = DAY;
const LONGEST: i64 = 90 * DAY;
/// After a failure, and after a source is gone (it may come back).
const AFTER_FAILURE: i64 = DAY / 4;
const AFTER_LOSS: i64 = 30 * DAY;

/// When to ask a source again that has said the same for `quiet` seconds: after as long again. So a page that changes is
/// asked daily, and one that is at rest soon only now and then. What is fresh by its own headers is not asked before.
pub fn after_answer(now: i64, quiet: i64, fresh_for: i64) -> i64 {
    now.saturating_add(quiet.clamp(SHORTEST, LONGEST).max(fresh_for.clamp(0, LONGEST)))
}

/// When to ask again after a failure.
pub fn after_failure(now: i64, gone: bool) -> i64 {
    now.saturating_add(if gone { AFTER_LOSS } else { AFTER_FAILURE })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_at_rest_is_asked_less_and_less() {
        assert_eq!(after_answer(0, 0, 0), DAY);
        assert_eq!(after_answer(10 * DAY, 3 * DAY, 0), 13 * DAY);
        assert_eq!(after_answer(0, 1000 * DAY, 0), 90 * DAY);
        assert_eq!(after_answer(0, 0, 7 * DAY), 7 * DAY);
        // Clocks that went back, and headers beyond reason.
        assert_eq!(after_answer(0, -5, i64::MAX), 90 * DAY);
        assert!(after_failure(0, false) < after_failure(0, true));
    }
}
