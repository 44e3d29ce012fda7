//! The time that a tweet's id carries.

use jiff::Timestamp;

/// Milliseconds from the Unix epoch to the epoch of the ids (2010-11-04T01:42:54.657Z).
const EPOCH_MS: u64 = 1_288_834_974_657;
/// Below are the running numbers that were given before the switch in November 2010.
const FIRST_ID: u64 = 29_700_859_247;
/// Bits below the time: worker and sequence.
const TIME_SHIFT: u32 = 22;

/// When the tweet with this id was posted, to the millisecond; `None` for the running numbers
/// given before November 2010, which carry no time.
#[must_use]
pub fn tweet_time(id: u64) -> Option<Timestamp> {
    if id < FIRST_ID {
        return None;
    }
    let ms = i64::try_from((id >> TIME_SHIFT) + EPOCH_MS).ok()?;
    Timestamp::from_millisecond(ms).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_time_bits() {
        // 2020-06-16T10:00:00Z, worker and sequence zero.
        let ms = 1_592_301_600_000_u64;
        let id = (ms - EPOCH_MS) << TIME_SHIFT;
        assert_eq!(tweet_time(id | 0x3f_ffff).map(|t| t.as_millisecond()), i64::try_from(ms).ok());
    }

    #[test]
    fn old_ids_carry_no_time() {
        assert_eq!(tweet_time(0), None);
        assert_eq!(tweet_time(20), None);
        assert_eq!(tweet_time(29_700_859_246), None);
    }

    #[test]
    fn the_largest_id_is_no_panic() {
        assert!(tweet_time(u64::MAX).is_some());
    }
}
