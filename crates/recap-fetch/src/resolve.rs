//! Names to addresses, through the guard.

use std::collections::HashMap;
use std::future::Future;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use crate::{Config, FetchError, guard};

/// An answer is asked for again after this time.
const KEPT: Duration = Duration::from_secs(60);
/// Names that are remembered at most.
const MOST: usize = 10_000;

/// The addresses of a name, some time.
pub type Lookup = Pin<Box<dyn Future<Output = std::io::Result<Vec<IpAddr>>> + Send>>;

/// Knows the addresses of names.
pub trait Resolver: Send + Sync {
    /// The addresses of a host.
    fn lookup(&self, host: &str) -> Lookup;
}

/// The system's resolver.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemResolver;

impl Resolver for SystemResolver {
    fn lookup(&self, host: &str) -> Lookup {
        let host = host.to_owned();
        Box::pin(async move { Ok(tokio::net::lookup_host((host, 0)).await?.map(|address| address.ip()).collect()) })
    }
}

/// Answers by host, each with the time it was given.
type Kept = HashMap<String, (Instant, Vec<IpAddr>)>;

/// A resolver behind the guard: what it gives may be connected to. The HTTP client asks it for every connection, so a
/// name that changes its address between the check and the connection gains nothing.
#[derive(Clone)]
pub struct Guarded {
    inner: Arc<dyn Resolver>,
    allow_private: bool,
    allowed: Arc<[IpAddr]>,
    kept: Arc<Mutex<Kept>>,
}

impl Guarded {
    pub fn new(inner: Arc<dyn Resolver>, config: &Config) -> Self {
        Self { inner, allow_private: config.allow_private, allowed: config.allowed.as_slice().into(), kept: Arc::default() }
    }

    /// An IP literal, if it may be connected to.
    pub fn literal(&self, address: IpAddr) -> Result<IpAddr, FetchError> {
        if self.allow_private || guard::is_public(address) || self.allowed.contains(&address) {
            Ok(address)
        } else {
            Err(FetchError::Private(address.to_string()))
        }
    }

    /// The addresses of a name that may be connected to.
    pub async fn lookup(&self, host: &str) -> Result<Vec<IpAddr>, FetchError> {
        if let Some(addresses) = self.remembered(host) {
            return Ok(addresses);
        }
        let all = self.inner.lookup(host).await.map_err(|_| FetchError::Unknown(host.to_owned()))?;
        let first = *all.first().ok_or_else(|| FetchError::Unknown(host.to_owned()))?;
        let allowed: Vec<IpAddr> = all.into_iter().filter(|address| self.literal(*address).is_ok()).collect();
        if allowed.is_empty() {
            return Err(FetchError::Private(first.to_string()));
        }
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(host.to_owned(), (Instant::now(), allowed.clone()));
        Ok(allowed)
    }

    fn remembered(&self, host: &str) -> Option<Vec<IpAddr>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get(host).filter(|(at, _)| at.elapsed() < KEPT).map(|(_, addresses)| addresses.clone())
    }
}

impl Resolve for Guarded {
    fn resolve(&self, name: Name) -> Resolving {
        let this = self.clone();
        Box::pin(async move {
            let addresses = this.lookup(name.as_str()).await?;
            Ok(Box::new(addresses.into_iter().map(|address| SocketAddr::new(address, 0))) as Addrs)
        })
    }
}
