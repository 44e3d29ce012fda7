//! How long an answer stays fresh by its own headers. RFC 9111, section 4.2.

use std::time::{Duration, SystemTime};

use http::{Request, Response};
use http_cache_semantics::{CacheOptions, CachePolicy};
use url::Url;

use crate::headers::Headers;

/// How long an answer that just came may be taken for what a new one would be. The server's clock does not matter.
pub fn time_to_live(url: &Url, status: u16, headers: &Headers, now: SystemTime) -> Duration {
    // Without any of these there is nothing to reckon with.
    if !["cache-control", "expires", "last-modified", "pragma"].iter().any(|name| headers.get(name).is_some()) {
        return Duration::ZERO;
    }
    let Ok(request) = Request::get(url.as_str()).body(()) else { return Duration::ZERO };
    let mut response = Response::new(());
    let Ok(status) = status.try_into() else { return Duration::ZERO };
    *response.status_mut() = status;
    *response.headers_mut() = headers.to_map();
    let options = CacheOptions { shared: false, ..CacheOptions::default() };
    CachePolicy::new_options(&request, &response, now, options).time_to_live(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_says_how_long_it_is_fresh() {
        let url = Url::parse("http://example.org/").expect("an address");
        let ttl = |headers: &[(&str, &str)]| {
            let headers = Headers(headers.iter().map(|(n, v)| ((*n).to_owned(), (*v).to_owned())).collect());
            time_to_live(&url, 200, &headers, SystemTime::now()).as_secs()
        };
        assert_eq!(ttl(&[("cache-control", "max-age=60")]), 60);
        assert_eq!(ttl(&[("cache-control", "no-store, max-age=60")]), 0);
        assert_eq!(ttl(&[("cache-control", "max-age=60"), ("age", "20")]), 40);
        // A server whose clock is years behind, and one whose is ahead.
        assert_eq!(ttl(&[("date", "Mon, 01 Jan 2001 00:00:00 GMT"), ("expires", "Mon, 01 Jan 2001 01:00:00 GMT")]), 3600);
        assert_eq!(ttl(&[("date", "Mon, 01 Jan 2091 00:00:00 GMT"), ("expires", "Mon, 01 Jan 2091 01:00:00 GMT")]), 3600);
    }
}
