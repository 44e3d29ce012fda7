//! Settings: by flag, by environment, in a pipeline file or in the workspace's `recap.toml`, in this order.

use std::collections::BTreeMap;
use std::fs;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use recap_fetch::Config;
use recap_pipeline::{Lookups, Providers};
use serde::Deserialize;

use crate::exit::Failure;
use crate::outputs::{self, Outputs};

/// How to fetch, as flags and environment say.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Fetching")]
pub struct FetchArgs {
    /// Ask nothing of the web
    #[arg(long, env = "RECAP_OFFLINE", hide_env_values = true)]
    offline: bool,
    /// Where you can be reached, for the User-Agent: an address or a mail address
    #[arg(long, value_name = "CONTACT", env = "RECAP_CONTACT", hide_env_values = true)]
    contact: Option<String>,
    /// Seconds from one request to a host to the next one [default: 1]
    #[arg(long, value_name = "SECONDS", env = "RECAP_DELAY", hide_env_values = true)]
    delay: Option<f64>,
    /// Requests at the same time, all hosts together [default: 32]
    #[arg(long, value_name = "N", env = "RECAP_CONCURRENCY", hide_env_values = true)]
    concurrency: Option<usize>,
    /// Requests at the same time to one host [default: 2]
    #[arg(long, value_name = "N", env = "RECAP_PER_HOST", hide_env_values = true)]
    per_host: Option<usize>,
    /// Requests at the same time to one IP address [default: 8, or as many as to one host]
    #[arg(long, value_name = "N", env = "RECAP_PER_ADDRESS", hide_env_values = true, hide_short_help = true)]
    per_address: Option<usize>,
    /// Seconds for one request, all in all [default: 120]
    #[arg(long, value_name = "SECONDS", env = "RECAP_TIMEOUT", hide_env_values = true)]
    timeout: Option<f64>,
    /// Seconds until a connection stands [default: 10]
    #[arg(long, value_name = "SECONDS", env = "RECAP_CONNECT_TIMEOUT", hide_env_values = true, hide_short_help = true)]
    connect_timeout: Option<f64>,
    /// Seconds in which nothing comes [default: 30]
    #[arg(long, value_name = "SECONDS", env = "RECAP_READ_TIMEOUT", hide_env_values = true, hide_short_help = true)]
    read_timeout: Option<f64>,
    /// Seconds that a Retry-After or a Crawl-delay may ask for [default: 120]
    #[arg(long, value_name = "SECONDS", env = "RECAP_LONGEST_WAIT", hide_env_values = true, hide_short_help = true)]
    longest_wait: Option<f64>,
    /// Further tries where that may help [default: 3]
    #[arg(long, value_name = "N", env = "RECAP_RETRIES", hide_env_values = true)]
    retries: Option<u32>,
    /// Bytes of one answer, unpacked [default: 67108864]
    #[arg(long, value_name = "BYTES", env = "RECAP_MAX_BYTES", hide_env_values = true)]
    max_bytes: Option<usize>,
    /// Redirects of one request [default: 8]
    #[arg(long, value_name = "N", env = "RECAP_MAX_REDIRECTS", hide_env_values = true, hide_short_help = true)]
    max_redirects: Option<usize>,
    /// Fetch from private and loopback addresses, too: your own network
    #[arg(long, env = "RECAP_ALLOW_PRIVATE", hide_env_values = true)]
    allow_private: bool,
    /// Fetch from this IP address, though it is private (repeatable)
    #[arg(long, value_name = "IP", env = "RECAP_ALLOWED", value_delimiter = ',', hide_env_values = true, hide_short_help = true)]
    allowed: Vec<IpAddr>,
    /// Do not ask for robots.txt; for sites of your own
    #[arg(long, env = "RECAP_IGNORE_ROBOTS", hide_env_values = true)]
    ignore_robots: bool,
    /// Ask the services of posts, decks and videos what they know: posts that a page has only as an address, titles,
    /// shortened addresses
    #[arg(long, env = "RECAP_LOOK_UP", hide_env_values = true)]
    look_up: bool,
    /// With --look-up: ask about posts that a page quotes in full, too
    #[arg(long, env = "RECAP_ALL_POSTS", hide_env_values = true, hide_short_help = true)]
    all_posts: bool,
    /// With --look-up: where a service is asked; `{url}` in it stands for the address (repeatable)
    #[arg(long, value_name = "NAME=URL", value_parser = endpoint, env = "RECAP_ENDPOINTS", value_delimiter = ' ', hide_env_values = true, hide_short_help = true)]
    endpoint: Vec<(String, String)>,
}

/// How to fetch, as a file says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct FetchTable {
    offline: Option<bool>,
    contact: Option<String>,
    delay: Option<f64>,
    concurrency: Option<usize>,
    per_host: Option<usize>,
    per_address: Option<usize>,
    timeout: Option<f64>,
    connect_timeout: Option<f64>,
    read_timeout: Option<f64>,
    longest_wait: Option<f64>,
    retries: Option<u32>,
    max_bytes: Option<usize>,
    max_redirects: Option<usize>,
    allow_private: Option<bool>,
    allowed: Vec<IpAddr>,
    ignore_robots: Option<bool>,
}

/// Which services are asked, as a file says.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct LookupTable {
    enabled: Option<bool>,
    all_posts: Option<bool>,
    endpoints: BTreeMap<String, String>,
}

/// A file of settings: a workspace's `recap.toml`, or a pipeline.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct File {
    /// What a pipeline does.
    pub command: Option<Command>,
    /// What it imports.
    pub sources: Vec<String>,
    /// Lists of what it imports.
    pub from: Vec<PathBuf>,
    /// Whether it follows where event pages lead to.
    pub follow: Option<bool>,
    /// Whether a refresh asks all sources, not only those that are due.
    pub all: Option<bool>,
    /// The workspace.
    pub workspace: Option<PathBuf>,
    /// Rule files.
    pub rules: Vec<PathBuf>,
    /// Documents that are parsed at the same time.
    pub jobs: Option<std::num::NonZeroUsize>,
    /// How to fetch.
    pub fetch: FetchTable,
    /// Which services are asked.
    pub lookups: LookupTable,
    /// What is told when it is done.
    pub report: ReportTable,
    /// What is written then: folders by format.
    pub outputs: Outputs,
}

/// What is told when a job is done.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub struct ReportTable {
    /// How changes are written.
    pub format: Option<crate::report::Form>,
    /// A command that gets them on stdin.
    pub hook: Option<String>,
    /// Whether a change makes the exit code.
    pub exit_on_change: Option<bool>,
}

/// What a pipeline does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Command {
    /// `recap import`
    Import,
    /// `recap refresh`
    Refresh,
    /// `recap reparse`
    Reparse,
}

impl File {
    /// Reads a file of settings.
    ///
    /// # Errors
    /// Where it cannot be read, or says what no setting is: with the line.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let name = path.display();
        let text = fs::read_to_string(path).map_err(|e| Failure::usage(format!("{name}: {e}"), "check the path"))?;
        Self::parse(&text).map_err(|message| Failure::usage(format!("{name}:{message}"), "README.md lists the settings"))
    }

    /// The settings of a text, or its first mistake: `LINE: what is wrong`.
    fn parse(text: &str) -> Result<Self, String> {
        let file: Self = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start).min(text.len());
            let line = text.as_bytes()[..at].iter().filter(|b| **b == b'\n').count() + 1;
            format!("{line}: {}", error.message().replace('\n', " "))
        })?;
        file.fetch.check().map_err(|(name, message)| format!("{}: fetch.{name} {message}", line_of(text, name)))?;
        let endpoints = |message| format!("{}: lookups.endpoints: {message}", line_of(text, "endpoints"));
        Providers::new(&file.lookups.endpoints).map_err(endpoints)?;
        for format in file.outputs.keys() {
            outputs::known(format).map_err(|message| format!("{}: outputs: {message}", line_of(text, format)))?;
        }
        Ok(file)
    }

    /// A pipeline: it says what to do.
    ///
    /// # Errors
    /// Those of [`File::read`], and a pipeline that does nothing.
    pub fn pipeline(path: &Path) -> Result<Self, Failure> {
        let file = Self::read(path)?;
        let text = fs::read_to_string(path).unwrap_or_default();
        let line = if file.command.is_none() { 1 } else { line_of(&text, if file.sources.is_empty() { "command" } else { "sources" }) };
        let usage = |message: &str| Err(Failure::usage(format!("{}:{line}: {message}", path.display()), "pipelines/ has examples"));
        match file.command {
            None => usage("command is missing: import, refresh or reparse"),
            Some(Command::Import) if file.sources.is_empty() && file.from.is_empty() => usage("import without sources or from"),
            Some(Command::Refresh | Command::Reparse) if !file.sources.is_empty() => usage("sources are for import"),
            Some(_) => Ok(file),
        }
    }
}

impl FetchTable {
    /// The name of a setting that is none, and what it is not.
    fn check(&self) -> Result<(), (&'static str, &'static str)> {
        let times = [
            ("delay", self.delay),
            ("timeout", self.timeout),
            ("connect-timeout", self.connect_timeout),
            ("read-timeout", self.read_timeout),
            ("longest-wait", self.longest_wait),
        ];
        let bad = times.iter().find(|(_, value)| value.is_some_and(|v| seconds(v).is_none()));
        bad.map_or(Ok(()), |(name, _)| Err((*name, "is no number of seconds")))
    }

    /// These settings, and where they say nothing those of another file.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            offline: self.offline.or(other.offline),
            contact: self.contact.or(other.contact),
            delay: self.delay.or(other.delay),
            concurrency: self.concurrency.or(other.concurrency),
            per_host: self.per_host.or(other.per_host),
            per_address: self.per_address.or(other.per_address),
            timeout: self.timeout.or(other.timeout),
            connect_timeout: self.connect_timeout.or(other.connect_timeout),
            read_timeout: self.read_timeout.or(other.read_timeout),
            longest_wait: self.longest_wait.or(other.longest_wait),
            retries: self.retries.or(other.retries),
            max_bytes: self.max_bytes.or(other.max_bytes),
            max_redirects: self.max_redirects.or(other.max_redirects),
            allow_private: self.allow_private.or(other.allow_private),
            allowed: if self.allowed.is_empty() { other.allowed } else { self.allowed },
            ignore_robots: self.ignore_robots.or(other.ignore_robots),
        }
    }
}

impl LookupTable {
    /// These settings, and where they say nothing those of another file.
    #[must_use]
    pub fn or(self, other: Self) -> Self {
        Self {
            enabled: self.enabled.or(other.enabled),
            all_posts: self.all_posts.or(other.all_posts),
            endpoints: other.endpoints.into_iter().chain(self.endpoints).collect(),
        }
    }
}

impl FetchArgs {
    /// Whom to ask about addresses; none: nobody.
    ///
    /// # Errors
    /// Endpoints of services that are not known.
    pub fn lookups(&self, file: &LookupTable) -> Result<Option<Lookups>, Failure> {
        if !self.look_up && file.enabled != Some(true) {
            return Ok(None);
        }
        let endpoints = file.endpoints.clone().into_iter().chain(self.endpoint.iter().cloned()).collect();
        let providers = Providers::new(&endpoints).map_err(|message| Failure::usage(message, "README.md lists the settings"))?;
        Ok(Some(Lookups { providers, all_posts: self.all_posts || file.all_posts == Some(true) }))
    }

    /// Nothing is asked.
    pub fn offline() -> Self {
        Self { offline: true, ..Self::default() }
    }

    /// How to fetch; none: not at all.
    ///
    /// # Errors
    /// A number of seconds that is none.
    pub fn config(&self, file: FetchTable) -> Result<Option<Config>, Failure> {
        let flags = FetchTable {
            offline: self.offline.then_some(true),
            contact: self.contact.clone(),
            delay: self.delay,
            concurrency: self.concurrency,
            per_host: self.per_host,
            per_address: self.per_address,
            timeout: self.timeout,
            connect_timeout: self.connect_timeout,
            read_timeout: self.read_timeout,
            longest_wait: self.longest_wait,
            retries: self.retries,
            max_bytes: self.max_bytes,
            max_redirects: self.max_redirects,
            allow_private: self.allow_private.then_some(true),
            allowed: self.allowed.clone(),
            ignore_robots: self.ignore_robots.then_some(true),
        };
        flags.check().map_err(|(name, message)| Failure::usage(format!("--{name} {message}"), "give seconds, such as 0.5"))?;
        let table = flags.or(file);
        if table.offline == Some(true) {
            return Ok(None);
        }
        let default = Config::default();
        let time = |value: Option<f64>, default: Duration| value.and_then(seconds).unwrap_or(default);
        Ok(Some(Config {
            contact: table.contact,
            concurrency: table.concurrency.unwrap_or(default.concurrency),
            per_host: table.per_host.unwrap_or(default.per_host),
            per_address: table.per_address.unwrap_or(default.per_address.max(table.per_host.unwrap_or(0))),
            delay: time(table.delay, default.delay),
            longest_wait: time(table.longest_wait, default.longest_wait),
            connect_timeout: time(table.connect_timeout, default.connect_timeout),
            read_timeout: time(table.read_timeout, default.read_timeout),
            total_timeout: time(table.timeout, default.total_timeout),
            most_wire: table.max_bytes.map_or(default.most_wire, |most| default.most_wire.min(most)),
            most_body: table.max_bytes.unwrap_or(default.most_body),
            most_redirects: table.max_redirects.unwrap_or(default.most_redirects),
            retries: table.retries.unwrap_or(default.retries),
            allow_private: table.allow_private.unwrap_or(false),
            allowed: table.allowed,
            robots: !table.ignore_robots.unwrap_or(false),
            seed: u64::from(std::process::id()),
            ..default
        }))
    }
}

/// The line in which a setting is said first.
fn line_of(text: &str, name: &str) -> usize {
    let says = |line: &str| line.split(['=', '.', '[', ']']).any(|word| word.trim() == name);
    text.lines().position(says).map_or(1, |at| at + 1)
}

/// A service's name and where it is asked.
fn endpoint(text: &str) -> Result<(String, String), String> {
    let (name, url) = text.split_once('=').ok_or("NAME=URL is expected")?;
    Ok((name.to_owned(), url.to_owned()))
}

fn seconds(value: f64) -> Option<Duration> {
    Duration::try_from_secs_f64(value).ok().filter(|d| d.as_secs() < 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mistake_is_told_with_its_line() {
        for (text, line) in [
            ("command = \"import\"\nsource = [\"a\"]\n", "2: unknown field `source`"),
            ("command = \"import\"\n\n[fetch]\ndelay = \"x\"\n", "4: "),
            ("command = \"imprt\"\n", "1: unknown variant"),
            ("sources = [\n", "1: "),
            ("[fetch]\ndelay = -1\n", "2: fetch.delay is no number"),
            ("jobs = 2\n\n[lookups.endpoints]\nnobody = \"https://a.example/\"\n", "3: lookups.endpoints: "),
        ] {
            let message = File::parse(text).err().unwrap_or_default();
            assert!(message.starts_with(line), "{text}: {message}");
        }
    }

    #[test]
    fn flags_come_before_files() {
        let table = File::parse("[fetch]\ndelay = 2\nretries = 7\ncontact = \"a@example.org\"\n").map(|f| f.fetch).unwrap_or_default();
        let flags = FetchArgs { delay: Some(0.5), ..FetchArgs::default() };
        let config = flags.config(table.clone()).ok().flatten().unwrap_or_default();
        assert_eq!((config.delay, config.retries), (Duration::from_millis(500), 7));
        assert!(config.user_agent().ends_with("(+a@example.org)"));
        let offline = FetchArgs { offline: true, ..FetchArgs::default() };
        assert!(offline.config(table).is_ok_and(|config| config.is_none()));
    }
}
