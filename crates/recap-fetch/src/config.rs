//! How to fetch.

use std::net::IpAddr;
use std::time::Duration;

/// How to fetch. The defaults are polite to strangers' servers.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Who asks: name and version of the tool.
    pub agent: String,
    /// Where its user can be reached: an address or a mail address, for the User-Agent.
    pub contact: Option<String>,
    /// Requests at the same time, all hosts together.
    pub concurrency: usize,
    /// Requests at the same time to one host.
    pub per_host: usize,
    /// Requests at the same time to one IP address, whatever hosts live there.
    pub per_address: usize,
    /// From one request to a host to the next one; a longer Crawl-delay counts.
    pub delay: Duration,
    /// A Crawl-delay or Retry-After above this is not waited for.
    pub longest_wait: Duration,
    /// Until a connection stands.
    pub connect_timeout: Duration,
    /// Between two pieces of an answer.
    pub read_timeout: Duration,
    /// For one request, all in all.
    pub total_timeout: Duration,
    /// Bytes of a body as they come over the wire.
    pub most_wire: usize,
    /// Bytes of a body when it is unpacked.
    pub most_body: usize,
    /// Redirects in a row.
    pub most_redirects: usize,
    /// Further tries where an answer may be another one the next time.
    pub retries: u32,
    /// First pause before a further try; it doubles from one to the next, and is spread at random.
    pub backoff: Duration,
    /// Failures in a row that make a host be left alone.
    pub breaker: u32,
    /// How long it is left alone.
    pub rest: Duration,
    /// Private, loopback, link-local addresses are fetched too: for a user's own network.
    pub allow_private: bool,
    /// These are fetched too, whatever network they are in.
    pub allowed: Vec<IpAddr>,
    /// robots.txt is obeyed.
    pub robots: bool,
    /// For the random spread; the same seed gives the same pauses.
    pub seed: u64,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            agent: format!("recap/{}", env!("CARGO_PKG_VERSION")),
            contact: None,
            concurrency: 32,
            per_host: 2,
            per_address: 8,
            delay: Duration::from_secs(1),
            longest_wait: Duration::from_secs(120),
            connect_timeout: Duration::from_secs(10),
            read_timeout: Duration::from_secs(30),
            total_timeout: Duration::from_secs(120),
            most_wire: 16 << 20,
            most_body: 64 << 20,
            most_redirects: 8,
            retries: 3,
            backoff: Duration::from_millis(500),
            breaker: 5,
            rest: Duration::from_secs(300),
            allow_private: false,
            allowed: Vec::new(),
            robots: true,
            seed: 0,
        }
    }
}

impl Config {
    /// The User-Agent: `recap/0.1.0 (+https://example.org/about)`.
    pub fn user_agent(&self) -> String {
        let printable = |text: &str| text.chars().filter(|c| c.is_ascii_graphic() || *c == ' ').collect::<String>();
        match &self.contact {
            Some(contact) => format!("{} (+{})", printable(&self.agent), printable(contact)),
            None => printable(&self.agent),
        }
    }

    /// The name that robots.txt knows the tool by.
    pub fn product(&self) -> &str {
        self.agent.split(['/', ' ']).next().unwrap_or_default()
    }
}
