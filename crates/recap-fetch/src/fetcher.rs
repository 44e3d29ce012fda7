//! One request after the other, through guard and gate.

use std::collections::HashMap;
use std::error::Error;
use std::net::IpAddr;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use reqwest::header::{ACCEPT, ACCEPT_ENCODING, ACCEPT_LANGUAGE, HeaderMap, HeaderValue, IF_MODIFIED_SINCE, IF_NONE_MATCH, LOCATION};
use reqwest::{Client, redirect};
use tokio::sync::OnceCell;
use tokio::time::{sleep, timeout};
use url::{Host, Url};

use crate::gate::Gate;
use crate::headers::Headers;
use crate::resolve::{Guarded, Resolver, SystemResolver};
use crate::robots::{self, RobotsTxt};
use crate::{Config, FetchError, body, freshness, judge};

/// Sites whose robots.txt is remembered.
const SITES: usize = 10_000;

/// What is known of an address from the last time.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// The address that answered then.
    pub url: String,
    /// The headers of that answer.
    pub headers: Headers,
}

/// Content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Content {
    /// The address that answered.
    pub url: Url,
    /// The answer's headers.
    pub headers: Headers,
    /// The body, unpacked.
    pub body: Vec<u8>,
    /// How long it is fresh by its headers.
    pub fresh_for: Duration,
}

/// What an address gave.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Response {
    /// Content.
    Content(Content),
    /// What is known is right still.
    NotModified {
        /// The known headers, brought up to date.
        headers: Headers,
        /// How long it is fresh by them.
        fresh_for: Duration,
    },
}

/// The robots.txt of a site, or why it could not be read, fetched once by whoever comes first.
type Site = Arc<OnceCell<Result<RobotsTxt, FetchError>>>;

/// Fetches.
pub struct Fetcher {
    config: Config,
    client: Client,
    resolver: Guarded,
    gate: Gate,
    sites: Mutex<HashMap<String, Site>>,
    dice: AtomicU64,
}

/// What one hop gave.
enum Hop {
    Response(Response),
    Redirect(Url),
}

impl Fetcher {
    /// A fetcher with the system's resolver.
    ///
    /// # Errors
    /// Where the system gives no TLS.
    pub fn new(config: Config) -> Result<Self, FetchError> {
        Self::with_resolver(config, Arc::new(SystemResolver))
    }

    /// A fetcher with another resolver.
    ///
    /// # Errors
    /// Where the system gives no TLS.
    pub fn with_resolver(config: Config, resolver: Arc<dyn Resolver>) -> Result<Self, FetchError> {
        // An error says that another part of the program chose one already.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let resolver = Guarded::new(resolver, &config);
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT, HeaderValue::from_static("text/html, application/xhtml+xml, */*;q=0.8"));
        headers.insert(ACCEPT_ENCODING, HeaderValue::from_static("gzip, br, zstd"));
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_static("ja, en;q=0.9, *;q=0.5"));
        let client = Client::builder()
            .user_agent(config.user_agent())
            .default_headers(headers)
            .redirect(redirect::Policy::none())
            .no_proxy()
            .connect_timeout(config.connect_timeout)
            .pool_max_idle_per_host(config.per_host)
            .dns_resolver(resolver.clone())
            .build()
            .map_err(|e| FetchError::Connect(e.to_string()))?;
        let (gate, dice) = (Gate::new(&config), AtomicU64::new(config.seed));
        Ok(Self { config, client, resolver, gate, sites: Mutex::default(), dice })
    }

    /// How it fetches.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// Fetches an address, with a conditional request where something is known of it.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub async fn get(&self, url: &Url, known: Option<&Known>) -> Result<Response, FetchError> {
        let mut now = url.clone();
        for _ in 0..=self.config.most_redirects {
            match self.patiently(url, &now, known, true).await? {
                Hop::Response(response) => return Ok(response),
                Hop::Redirect(next) => now = next,
            }
        }
        Err(FetchError::Redirects(self.config.most_redirects))
    }

    /// Asks an interface that is made for programs; robots.txt, which is for crawlers, is not asked before.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub async fn ask(&self, url: &Url) -> Result<Content, FetchError> {
        let mut now = url.clone();
        for _ in 0..=self.config.most_redirects {
            match self.patiently(url, &now, None, false).await? {
                Hop::Response(Response::Content(content)) => return Ok(content),
                Hop::Response(Response::NotModified { .. }) => return Err(FetchError::Status(304)),
                Hop::Redirect(next) => now = next,
            }
        }
        Err(FetchError::Redirects(self.config.most_redirects))
    }

    /// Where a shortened address leads to; none where it leads nowhere. What is there is not asked.
    ///
    /// # Errors
    /// See [`FetchError`].
    pub async fn target(&self, url: &Url) -> Result<Option<Url>, FetchError> {
        Ok(match self.patiently(url, url, None, false).await? {
            Hop::Redirect(next) => Some(next),
            Hop::Response(_) => None,
        })
    }

    /// One hop, tried again where that may help.
    async fn patiently(&self, asked: &Url, url: &Url, known: Option<&Known>, obey: bool) -> Result<Hop, FetchError> {
        let host = host_of(url)?;
        let mut tries = 0;
        loop {
            let result = self.hop(asked, url, &host, known, obey).await;
            let (error, pause) = match result {
                Ok(hop) => return Ok(hop),
                Err(failed) => failed,
            };
            if !error.is_temporary() || tries >= self.config.retries {
                return Err(error);
            }
            match pause {
                Some(pause) if pause > self.config.longest_wait => return Err(FetchError::Later(pause)),
                Some(pause) => self.gate.hold(&host, pause),
                None => sleep(self.pause(tries)).await,
            }
            tries += 1;
        }
    }

    /// The pause before a further try: half of it fixed, half of it spread.
    fn pause(&self, tries: u32) -> Duration {
        let whole = self.config.backoff.saturating_mul(1 << tries.min(10)).min(self.config.longest_wait);
        // splitmix64
        let mut z = self.dice.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::Relaxed);
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        let spread = ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64;
        whole.mul_f64(0.5 + spread / 2.0)
    }

    /// One request; with an error, the pause that the server asks for.
    async fn hop(
        &self,
        asked: &Url,
        url: &Url,
        host: &str,
        known: Option<&Known>,
        obey: bool,
    ) -> Result<Hop, (FetchError, Option<Duration>)> {
        let plain = |error| (error, None);
        let address = self.address(url).await.map_err(plain)?;
        let delay = if obey { self.permitted(url).await.map_err(plain)? } else { self.config.delay };
        let pass = self.gate.pass(host, &address.to_string(), delay).await.map_err(plain)?;
        let work = timeout(self.config.total_timeout, self.request(asked, url, known));
        let result = work.await.unwrap_or(Err((FetchError::Timeout, None)));
        drop(pass);
        self.gate.enter(host, result.as_ref().is_err_and(|(error, _)| error.blames_host()));
        result
    }

    /// Where a host is, if it may be asked.
    async fn address(&self, url: &Url) -> Result<IpAddr, FetchError> {
        match url.host() {
            Some(Host::Ipv4(address)) => self.resolver.literal(address.into()),
            Some(Host::Ipv6(address)) => self.resolver.literal(address.into()),
            Some(Host::Domain(name)) => {
                let addresses = self.resolver.lookup(name).await?;
                addresses.first().copied().ok_or_else(|| FetchError::Unknown(name.to_owned()))
            }
            None => Err(FetchError::BadRedirect(url.to_string())),
        }
    }

    /// What robots.txt says of an address: the pause that it asks for, or no.
    async fn permitted(&self, url: &Url) -> Result<Duration, FetchError> {
        if !self.config.robots {
            return Ok(self.config.delay);
        }
        let site = url.origin().ascii_serialization();
        let cell = {
            let mut sites = self.sites.lock().unwrap_or_else(PoisonError::into_inner);
            if sites.len() >= SITES {
                sites.clear();
            }
            Arc::clone(sites.entry(site).or_default())
        };
        let robots = cell.get_or_init(|| self.robots(url)).await.as_ref();
        let robots = robots.map_err(|why| host_of(url).map_or_else(|e| e, |host| FetchError::RobotsUnread(host, Box::new(why.clone()))))?;
        if !robots.allows(url) {
            return Err(FetchError::Robots(host_of(url)?));
        }
        Ok(robots.delay().unwrap_or_default().min(self.config.longest_wait).max(self.config.delay))
    }

    /// The robots.txt of a site: RFC 9309, section 2.3.1. An error where the server is at fault or out of reach: then nothing is
    /// allowed until it can tell. What is not there, or no text, allows everything.
    async fn robots(&self, url: &Url) -> Result<RobotsTxt, FetchError> {
        let Ok(mut now) = url.join("/robots.txt") else { return Ok(RobotsTxt::None) };
        for _ in 0..=5 {
            // It does not ask for itself, so the recursion ends here.
            match Box::pin(self.patiently(&now, &now, None, false)).await {
                Ok(Hop::Response(Response::Content(content))) => return Ok(RobotsTxt::parse(self.config.product(), &content.body)),
                Ok(Hop::Redirect(next)) => now = next,
                Ok(Hop::Response(Response::NotModified { .. })) => break,
                Err(FetchError::Status(status)) if status < 500 && status != 429 => break,
                Err(FetchError::Wall(_) | FetchError::ContentType(_)) => break,
                Err(why) => return Err(why),
            }
        }
        Ok(RobotsTxt::None)
    }

    async fn request(&self, asked: &Url, url: &Url, known: Option<&Known>) -> Result<Hop, (FetchError, Option<Duration>)> {
        let known = known.filter(|known| known.url == url.as_str());
        let mut request = self.client.get(url.clone());
        for (name, from) in [(IF_NONE_MATCH, "etag"), (IF_MODIFIED_SINCE, "last-modified")] {
            if let Some(value) = known.and_then(|known| known.headers.get(from)) {
                request = request.header(name, value);
            }
        }
        let sent = timeout(self.config.connect_timeout + self.config.read_timeout, request.send()).await;
        let sent = sent.map_err(|_| (FetchError::Timeout, None))?;
        let mut response = sent.map_err(|error| (error_of(&error), None))?;
        let status = response.status().as_u16();
        let headers = Headers::of(response.headers());
        if let (304, Some(known)) = (status, known) {
            let headers = known.headers.updated(&headers);
            let fresh_for = freshness::time_to_live(url, 200, &headers, SystemTime::now());
            return Ok(Hop::Response(Response::NotModified { headers, fresh_for }));
        }
        if matches!(status, 301 | 302 | 303 | 307 | 308) {
            let location = response.headers().get(LOCATION).and_then(|v| std::str::from_utf8(v.as_bytes()).ok());
            return redirect(url, location.unwrap_or_default()).map_err(|error| (error, None));
        }
        if status != 200 && status < 400 {
            return Err((FetchError::Status(status), None));
        }
        let pause = headers.get("retry-after").and_then(retry_after);
        self.content(asked, url, status, headers, &mut response).await.map(|c| Hop::Response(Response::Content(c))).map_err(|e| (e, pause))
    }

    async fn content(
        &self,
        asked: &Url,
        url: &Url,
        status: u16,
        headers: Headers,
        response: &mut reqwest::Response,
    ) -> Result<Content, FetchError> {
        if status < 400
            && let Some(other) = headers.get("content-type").and_then(no_document)
        {
            return Err(FetchError::ContentType(other));
        }
        let most = if url.path() == "/robots.txt" { robots::MOST_BYTES * 4 } else { self.config.most_wire };
        let packed = body::read(response, most, self.config.read_timeout).await;
        if status >= 400 {
            let wall = packed.ok().and_then(|b| body::decode(b, headers.get("content-encoding"), self.config.most_body).ok());
            let wall = wall.and_then(|body| judge::judge(asked, url, status, &headers, &body));
            return Err(wall.map_or(FetchError::Status(status), FetchError::Wall));
        }
        let body = body::decode(packed?, headers.get("content-encoding"), self.config.most_body)?;
        if let Some(wall) = judge::judge(asked, url, status, &headers, &body) {
            return Err(FetchError::Wall(wall));
        }
        let fresh_for = freshness::time_to_live(url, status, &headers, SystemTime::now());
        Ok(Content { url: url.clone(), headers, body, fresh_for })
    }
}

fn host_of(url: &Url) -> Result<String, FetchError> {
    let host = url.host_str().ok_or_else(|| FetchError::BadRedirect(url.to_string()))?;
    Ok(url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}")))
}

fn redirect(url: &Url, location: &str) -> Result<Hop, FetchError> {
    let bad = || FetchError::BadRedirect(location.chars().take(200).collect());
    if location.is_empty() {
        return Err(bad());
    }
    let next = url.join(location).map_err(|_| bad())?;
    crate::canonical(next.as_str()).map(Hop::Redirect).map_err(|_| bad())
}

/// Seconds, or a date. RFC 9110, section 10.2.3.
fn retry_after(value: &str) -> Option<Duration> {
    if let Ok(seconds) = value.trim().parse() {
        return Some(Duration::from_secs(seconds));
    }
    let at = httpdate::parse_http_date(value.trim()).ok()?;
    Some(at.duration_since(SystemTime::now()).unwrap_or_default())
}

/// A content type that is no document, if it is one.
fn no_document(value: &str) -> Option<String> {
    let essence = value.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let (sort, part) = essence.split_once('/')?;
    let text = ["xml", "json", "yaml", "javascript", "gzip", "warc", "markdown", "x-ndjson", "octet-stream", "x-www-form-urlencoded"];
    let document = sort == "text" || sort == "application" && text.iter().any(|t| part.ends_with(t) || part.starts_with(t));
    (!document).then_some(essence)
}

/// What the client's error comes to.
pub fn error_of(error: &reqwest::Error) -> FetchError {
    let mut source: Option<&(dyn Error + 'static)> = Some(error);
    let mut last = error.to_string();
    while let Some(inner) = source {
        if let Some(own) = inner.downcast_ref::<FetchError>() {
            return own.clone();
        }
        last = inner.to_string();
        source = inner.source();
    }
    if error.is_timeout() {
        FetchError::Timeout
    } else if error.is_connect() {
        FetchError::Connect(last)
    } else {
        FetchError::Broken(last)
    }
}
