//! One spelling for a web address, and the id that its provider gave to what it shows.

mod provider;

pub use provider::{Provider, ProviderId, provider_id};

use url::Url;

/// Query parameters that only say where a click came from.
const TRACKING: &[&str] = &[
    "__twitter_impression",
    "_ga",
    "_gl",
    "_hsenc",
    "_hsmi",
    "dclid",
    "fb_action_ids",
    "fb_ref",
    "fb_source",
    "fbclid",
    "gclid",
    "gclsrc",
    "igsh",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "msclkid",
    "ref_src",
    "ref_url",
    "twclid",
    "wt_mc",
    "yclid",
];

/// Query parameters that are tracking on these hosts and may mean something elsewhere.
const TRACKING_ON: &[(&str, &[&str])] = &[
    ("twitter.com", &["s", "t", "cxt", "cn", "refsrc", "src"]),
    ("x.com", &["s", "t", "cxt", "cn", "refsrc", "src"]),
    ("youtube.com", &["si", "feature", "pp", "ab_channel"]),
    ("youtu.be", &["si", "feature", "pp", "ab_channel"]),
    ("open.spotify.com", &["si"]),
    ("meetup.com", &["eventorigin", "recid", "recsource", "rv", "_xtd"]),
    ("medium.com", &["source", "sk"]),
    ("linkedin.com", &["trk", "trackingid", "lipi"]),
    ("slideshare.net", &["ref", "from_action", "from_m_app", "qid", "v", "b", "from_search"]),
    ("note.com", &["magazine_key", "sub_rt"]),
];

/// Fragments that begin so name the content, not a place in it.
const CONTENT_FRAGMENTS: &[&str] = &["!", "/", "gid="];

/// The canonical spelling of a web address: scheme and host in lower case, no default port, no
/// tracking parameters, no fragment unless it names the content (`#!…`, `#/…`, `#gid=…`), needless
/// percent escapes undone. An address without a scheme gets `https://`.
///
/// `None` for what is no `http` or `https` address with a host.
#[must_use]
pub fn normalise(url: &str) -> Option<String> {
    let mut url = parse(url)?;
    drop_tracking(&mut url);
    let keeps = url.fragment().is_some_and(|f| CONTENT_FRAGMENTS.iter().any(|start| f.starts_with(start)));
    if !keeps {
        url.set_fragment(None);
    }
    Some(plain_escapes(url.as_str()))
}

/// The host of a web address, lower case, without a leading `www.`.
#[must_use]
pub fn host(url: &str) -> Option<String> {
    parse(url).and_then(|url| bare_host(&url))
}

/// Whether two addresses lead to the same thing: the same provider's id, or the same canonical
/// address when the scheme, `www.` and a trailing slash are left aside.
#[must_use]
pub fn same_resource(a: &str, b: &str) -> bool {
    match (resource_key(a), resource_key(b)) {
        (Some(a), Some(b)) => a == b,
        _ => a == b,
    }
}

/// What [`same_resource`] compares: equal for two addresses of the same thing. For maps and sets;
/// never for showing.
#[must_use]
pub fn resource_key(url: &str) -> Option<String> {
    if let Some(id) = provider_id(url) {
        return Some(format!("{}:{}", id.provider.as_str(), id.id));
    }
    let normal = normalise(url)?;
    let rest = normal.split_once("://").map_or(normal.as_str(), |(_, r)| r);
    let rest = rest.strip_prefix("www.").unwrap_or(rest);
    let rest = rest.strip_suffix('/').unwrap_or(rest);
    Some(rest.replacen("x.com/", "twitter.com/", usize::from(rest.starts_with("x.com/"))))
}

/// Parses an address with or without a scheme; only the web's schemes.
fn parse(url: &str) -> Option<Url> {
    let text = url.trim();
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    let full = if lower.starts_with("http://") || lower.starts_with("https://") {
        Url::parse(text)
    } else if let Some(rest) = text.strip_prefix("//") {
        Url::parse(&format!("https://{rest}"))
    } else if has_scheme(text) || !text.contains('.') {
        return None;
    } else {
        Url::parse(&format!("https://{text}"))
    };
    let mut url = full.ok()?;
    let dotless = url.host_str()?.trim_end_matches('.').to_owned();
    if Some(dotless.as_str()) != url.host_str() {
        url.set_host(Some(&dotless)).ok()?;
    }
    Some(url)
}

/// `mailto:x`, `javascript:…`; not `example.com:8080`.
fn has_scheme(text: &str) -> bool {
    text.split_once(':')
        .is_some_and(|(scheme, rest)| !scheme.contains(['.', '/', '?', '#']) && !rest.starts_with(|c: char| c.is_ascii_digit()))
}

fn bare_host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(host.strip_prefix("www.").unwrap_or(host).to_owned())
}

fn drop_tracking(url: &mut Url) {
    let Some(query) = url.query().map(str::to_owned) else {
        return;
    };
    let host = bare_host(url).unwrap_or_default();
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !is_tracking(pair, &host)).collect();
    let kept = kept.join("&");
    url.set_query((!kept.is_empty()).then_some(kept.as_str()));
}

fn is_tracking(pair: &str, host: &str) -> bool {
    let key = pair.split('=').next().unwrap_or(pair).to_ascii_lowercase();
    key.starts_with("utm_")
        || TRACKING.contains(&key.as_str())
        || TRACKING_ON.iter().any(|(on, keys)| is_host_or_below(host, on) && keys.contains(&key.as_str()))
}

/// Whether `host` is `domain` or one of its subdomains.
fn is_host_or_below(host: &str, domain: &str) -> bool {
    host.strip_suffix(domain).is_some_and(|front| front.is_empty() || front.ends_with('.'))
}

/// Escapes of unreserved characters undone, the other escapes in upper case (RFC 3986, 6.2.2).
fn plain_escapes(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    let mut rest = url;
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
        rest = after;
        let byte = after.get(..2).and_then(|hex| u8::from_str_radix(hex, 16).ok());
        let Some(byte) = byte.filter(|_| !after.starts_with('+')) else {
            out.push('%');
            continue;
        };
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        rest = after.get(2..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn norm(url: &str) -> String {
        normalise(url).unwrap_or_default()
    }

    #[test]
    fn drops_what_only_tracks() {
        assert_eq!(norm("HTTPS://Example.COM:443/a?utm_source=x&id=7&fbclid=q#top"), "https://example.com/a?id=7");
        assert_eq!(norm("https://twitter.com/sample/status/1?s=20&t=abc&ref_src=twsrc"), "https://twitter.com/sample/status/1");
        assert_eq!(
            norm("https://www.youtube.com/watch?v=abcdefghijk&t=90&feature=youtu.be"),
            "https://www.youtube.com/watch?v=abcdefghijk&t=90"
        );
        assert_eq!(norm("https://example.com/?s=20"), "https://example.com/?s=20");
    }

    #[test]
    fn fragments_that_name_the_content_stay() {
        assert_eq!(norm("https://example.com/#!/a"), "https://example.com/#!/a");
        assert_eq!(norm("https://example.com/a#b"), "https://example.com/a");
    }

    #[test]
    fn adds_a_scheme_and_refuses_others() {
        assert_eq!(norm("example.com/a"), "https://example.com/a");
        assert_eq!(norm("//example.com"), "https://example.com/");
        assert_eq!(norm("example.com:8080/a"), "https://example.com:8080/a");
        for bad in ["mailto:a@example.com", "javascript:void(0)", "ftp://example.com", "", "word"] {
            assert_eq!(normalise(bad), None, "{bad}");
        }
    }

    #[test]
    fn escapes_have_one_spelling() {
        assert_eq!(norm("https://example.com/%7ea/%e3%81%82"), "https://example.com/~a/%E3%81%82");
        assert_eq!(norm("https://example.com/あ"), norm("https://example.com/%E3%81%82"));
        assert_eq!(norm("https://example.com/100%"), "https://example.com/100%");
        assert_eq!(norm("https://example.com/%zz%é"), norm("https://example.com/%zz%é"));
    }

    #[test]
    fn same_resource_by_id_or_by_address() {
        assert!(same_resource("https://youtu.be/abcdefghijk", "https://www.youtube.com/watch?v=abcdefghijk&t=3"));
        assert!(same_resource("http://www.example.com/a/", "https://example.com/a"));
        assert!(same_resource("https://x.com/sample", "https://twitter.com/sample"));
        assert!(!same_resource("https://example.com/a", "https://example.com/b"));
    }

    #[test]
    fn hosts() {
        assert_eq!(host("https://WWW.Example.com./a").as_deref(), Some("example.com"));
        assert_eq!(host("no address"), None);
    }
}
