//! Why an address gave no content.

use std::time::Duration;

use crate::judge::Wall;

/// Why an address gave no content. The messages do not name the address, which the caller knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum FetchError {
    /// It leads to a private, loopback, link-local or otherwise not public address.
    #[error("leads to {0}, which is not a public address")]
    Private(String),
    /// The host's name is not known.
    #[error("the host {0} is not known")]
    Unknown(String),
    /// No connection.
    #[error("no connection: {0}")]
    Connect(String),
    /// The answer broke off or was no HTTP.
    #[error("the answer broke off: {0}")]
    Broken(String),
    /// It took too long.
    #[error("no answer in time")]
    Timeout,
    /// The body is longer than is read.
    #[error("the answer has more than {0} bytes")]
    TooLarge(usize),
    /// The body is not packed as its header says.
    #[error("the answer cannot be unpacked ({0})")]
    Encoding(String),
    /// A sort of content that is no document.
    #[error("the answer is {0}, no document")]
    ContentType(String),
    /// Redirects that do not end.
    #[error("more than {0} redirects")]
    Redirects(usize),
    /// A redirect that leads nowhere.
    #[error("a redirect to an address that cannot be fetched: {0}")]
    BadRedirect(String),
    /// robots.txt forbids it.
    #[error("robots.txt of {0} forbids it")]
    Robots(String),
    /// robots.txt cannot be read, so that nothing may be asked: RFC 9309, section 2.3.1.4.
    #[error("robots.txt of {0} cannot be read: {1}")]
    RobotsUnread(String, Box<FetchError>),
    /// An HTTP status that is no content.
    #[error("the answer is HTTP {0}")]
    Status(u16),
    /// The server asks to come back later than is waited for.
    #[error("the server asks to wait for {} s", .0.as_secs())]
    Later(Duration),
    /// The host failed too often in a row and is left alone for a while.
    #[error("{0} fails again and again and is left alone for now")]
    Resting(String),
    /// A page that stands before the content.
    #[error("{0}")]
    Wall(Wall),
}

impl FetchError {
    /// Whether the next try may give something else.
    pub fn is_temporary(&self) -> bool {
        match self {
            Self::Connect(_) | Self::Broken(_) | Self::Timeout => true,
            Self::Status(status) => matches!(status, 408 | 425 | 429 | 500 | 502 | 503 | 504),
            _ => false,
        }
    }

    /// Whether what was there is there no more.
    pub fn is_gone(&self) -> bool {
        matches!(self, Self::Status(404 | 410) | Self::Wall(Wall::SoftNotFound))
    }

    /// Whether it speaks against the host, not against the address alone.
    pub(crate) fn blames_host(&self) -> bool {
        matches!(self, Self::Unknown(_)) || self.is_temporary() && *self != Self::Status(408)
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Private(_) => Some("if this is your own network, use --allow-private"),
            Self::Unknown(_) => Some("check the address"),
            Self::Robots(_) => Some("save the page with a browser and import the file"),
            Self::RobotsUnread(_, why) => why.hint(),
            Self::Wall(Wall::Challenge | Wall::Login) => Some("open it in a browser, save the page and import the file"),
            Self::ContentType(_) => Some("link to a page, a text or data"),
            Self::TooLarge(_) => Some("raise the limit, or save the part that matters and import the file"),
            Self::Status(401 | 403) => Some("save the page with a browser and import the file"),
            Self::Status(404 | 410) | Self::Wall(Wall::SoftNotFound) => Some("look for a copy, as in a web archive"),
            Self::Connect(_) | Self::Broken(_) | Self::Timeout | Self::Status(_) | Self::Later(_) | Self::Resting(_) => {
                Some("try again later: --from failed.ndjson")
            }
            _ => None,
        }
    }
}
