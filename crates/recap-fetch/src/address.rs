//! One spelling for each address.

use url::Url;

/// Query parameters that tell where a reader came from and nothing of the page.
const TRACKING: &[&str] = &[
    "fbclid",
    "gclid",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "_hsenc",
    "_hsmi",
    "mkt_tok",
    "vero_id",
    "oly_anon_id",
    "oly_enc_id",
    "s_cid",
    "wickedid",
    "__twitter_impression",
];

/// Why an address cannot be fetched.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AddressError {
    /// No absolute address at all.
    #[error("is no address: {0}")]
    Malformed(String),
    /// Neither http nor https.
    #[error("{0}: addresses are not fetched; only http and https are")]
    Scheme(String),
    /// It holds a user name or a password, which would end up in files.
    #[error("the address holds a user name or password")]
    Credentials,
}

/// An address as it is fetched and kept: http or https, no fragment, no tracking parameters.
///
/// # Errors
/// See [`AddressError`].
pub fn canonical(address: &str) -> Result<Url, AddressError> {
    let mut url = Url::parse(address.trim()).map_err(|e| AddressError::Malformed(e.to_string()))?;
    if !matches!(url.scheme(), "http" | "https") {
        return Err(AddressError::Scheme(url.scheme().to_owned()));
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err(AddressError::Credentials);
    }
    url.set_fragment(None);
    let tracked = |pair: &str| {
        let name = pair.split('=').next().unwrap_or_default().to_ascii_lowercase();
        name.starts_with("utm_") || TRACKING.contains(&name.as_str())
    };
    if let Some(query) = url.query().filter(|q| q.split('&').any(tracked)) {
        let rest: Vec<&str> = query.split('&').filter(|pair| !tracked(pair)).collect();
        let rest = (!rest.is_empty()).then(|| rest.join("&"));
        url.set_query(rest.as_deref());
    }
    Ok(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_spelling_for_each_address() {
        for (given, expected) in [
            ("HTTP://Example.org:80/a?utm_source=x&b=1&fbclid=2#c", "http://example.org/a?b=1"),
            ("https://example.org/?utm_medium=x", "https://example.org/"),
            ("https://example.org/a%20b?q=a%26utm_source=1", "https://example.org/a%20b?q=a%26utm_source=1"),
            ("https://例え.テスト/", "https://xn--r8jz45g.xn--zckzah/"),
            ("http://0x7f.1/", "http://127.0.0.1/"),
        ] {
            assert_eq!(canonical(given).map(String::from), Ok(expected.to_owned()));
        }
        assert_eq!(canonical("ftp://example.org/"), Err(AddressError::Scheme("ftp".to_owned())));
        assert_eq!(canonical("https://me:secret@example.org/"), Err(AddressError::Credentials));
        assert!(matches!(canonical("example.org/a"), Err(AddressError::Malformed(_))));
    }
}
