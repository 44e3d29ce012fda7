//! Polite, guarded HTTP: one address in, its content or the reason why not out. Knows nothing of extraction.
//!
//! *Guarded*: private addresses are refused at every hop and after DNS; bytes, redirects, content types and times are
//! bounded. *Polite*: robots.txt, a budget per host and per address, Retry-After, back-off, a circuit breaker.
//! *Honest*: challenge pages, login walls and soft 404s are errors, not content.

mod address;
mod body;
mod config;
mod error;
mod fetcher;
mod freshness;
mod gate;
mod guard;
mod headers;
mod judge;
mod resolve;
mod robots;

pub use address::{AddressError, canonical};
pub use body::{decode, gunzip};
pub use config::Config;
pub use error::FetchError;
pub use fetcher::{Content, Fetcher, Known, Response};
pub use guard::is_public;
pub use headers::Headers;
pub use judge::{Wall, judge};
pub use resolve::{Lookup, Resolver, SystemResolver};
pub use robots::RobotsTxt;
