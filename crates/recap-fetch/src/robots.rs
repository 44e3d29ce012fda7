//! robots.txt by RFC 9309, with Crawl-delay.

use std::time::Duration;

use texting_robots::Robot;
use url::Url;

/// Bytes of a robots.txt that are read; RFC 9309 asks for at least these.
pub const MOST_BYTES: usize = 500 << 10;

/// What a site asks of one crawler. No other module knows the library that reads it.
#[derive(Debug)]
pub enum RobotsTxt {
    /// There is none, or none that is readable: all is allowed.
    None,
    /// These rules.
    Rules(Box<Robot>),
}

impl RobotsTxt {
    /// Reads a file for a crawler. What is behind the limit is not read.
    pub fn parse(product: &str, bytes: &[u8]) -> Self {
        let bytes = bytes.get(..MOST_BYTES).unwrap_or(bytes);
        Robot::new(product, bytes).map_or(Self::None, |robot| Self::Rules(Box::new(robot)))
    }

    /// Whether an address may be fetched.
    pub fn allows(&self, url: &Url) -> bool {
        match self {
            Self::None => true,
            Self::Rules(robot) => robot.allowed(url.as_str()),
        }
    }

    /// How long to wait between two requests, where the site asks for it.
    pub fn delay(&self) -> Option<Duration> {
        let Self::Rules(robot) = self else { return None };
        robot.delay.filter(|d| d.is_finite() && *d > 0.0).map(|d| Duration::from_secs_f32(d.min(1e6)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_specific_rule_of_the_own_group_counts() {
        let text = b"User-agent: *\nDisallow: /\n\nUser-agent: recap\nCrawl-delay: 2.5\nDisallow: /private/\nAllow: /private/talks\n";
        let robots = RobotsTxt::parse("recap", text);
        let allows = |path: &str| robots.allows(&Url::parse("https://example.org").expect("a URL").join(path).expect("a path"));
        assert!(allows("/"));
        assert!(!allows("/private/x"));
        assert!(allows("/private/talks/1"));
        assert_eq!(robots.delay(), Some(Duration::from_millis(2500)));
        assert_eq!(RobotsTxt::parse("recap", b"<html>").delay(), None);
    }
}
