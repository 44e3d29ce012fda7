//! Headers as they are kept: names in lower case, in the order in which they came.

use http::HeaderMap;

/// Headers of an answer.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Headers(pub Vec<(String, String)>);

/// Headers of the body as it came over the wire, which a 304 does not change. RFC 9111, section 3.2.
const OF_THE_BODY: &[&str] = &["content-encoding", "content-type", "content-length", "content-range", "transfer-encoding"];

impl Headers {
    /// Those of an answer; values that are no text are left out.
    pub fn of(map: &HeaderMap) -> Self {
        Self(map.iter().filter_map(|(name, value)| Some((name.as_str().to_owned(), value.to_str().ok()?.to_owned()))).collect())
    }

    /// The first value of a header.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// For the HTTP libraries.
    pub fn to_map(&self) -> HeaderMap {
        let pairs = self.0.iter().filter_map(|(name, value)| Some((http::HeaderName::try_from(name).ok()?, value.try_into().ok()?)));
        pairs.collect()
    }

    /// These headers with those of a 304 in their place.
    #[must_use]
    pub fn updated(&self, by: &Self) -> Self {
        let replaces = |name: &str| !OF_THE_BODY.contains(&name) && by.get(name).is_some();
        let kept = self.0.iter().filter(|(name, _)| !replaces(name)).cloned();
        let new = by.0.iter().filter(|(name, _)| !OF_THE_BODY.contains(&name.as_str())).cloned();
        Self(kept.chain(new).collect())
    }
}
