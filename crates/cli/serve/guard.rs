//! Who may ask.
//!
//! A page of another site can make a browser ask this server: by a name that it points at this machine (DNS rebinding), or
//! by a form. So only the server's own names are answered, and changes want a token that only its own pages have.

use std::net::{IpAddr, SocketAddr};

use axum::http::{StatusCode, header};
use sha2::{Digest as _, Sha256};

use super::http::{Answer, Asked};

/// The cookie that the token is kept in.
const COOKIE: &str = "recap";

/// The rules.
#[derive(Debug, Clone)]
pub struct Guard {
    /// Where the server listens.
    pub listen: SocketAddr,
    /// Other names that it is reached by.
    pub hosts: Vec<String>,
    /// What readers must bring.
    pub token: Option<String>,
}

impl Guard {
    /// Why a request is refused, or what is answered first; none where it may be answered.
    pub fn refuses(&self, asked: &Asked) -> Option<Answer> {
        let host = asked.header(header::HOST);
        if !self.own(host) {
            let text = "this server does not go by that name; start it with --host NAME if it should";
            return Some(Answer::text(StatusCode::MISDIRECTED_REQUEST, text));
        }
        let token = self.token.as_deref()?;
        if same(asked.value("token"), token) {
            let cookie = format!("{COOKIE}={token}; HttpOnly; SameSite=Strict; Path=/");
            return Some(Answer::to(StatusCode::SEE_OTHER, "/".to_owned()).with(header::SET_COOKIE, cookie));
        }
        let bearer = asked.header(header::AUTHORIZATION).strip_prefix("Bearer ").unwrap_or_default();
        let cookies = asked.headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
        let cookie = cookies.flat_map(|all| all.split(';')).filter_map(|one| one.trim().strip_prefix(COOKIE)?.strip_prefix('='));
        if same(bearer, token) || cookie.into_iter().any(|value| same(value, token)) {
            return None;
        }
        let text = "this server wants its token: open /?token=TOKEN once, or send Authorization: Bearer TOKEN";
        Some(Answer::text(StatusCode::UNAUTHORIZED, text).with(header::WWW_AUTHENTICATE, "Bearer".to_owned()))
    }

    /// Whether a `Host` header names this server.
    fn own(&self, host: &str) -> bool {
        let name = name_of(host).to_ascii_lowercase();
        if self.hosts.iter().any(|own| own.eq_ignore_ascii_case(&name)) || name == "localhost" {
            return true;
        }
        // A rebound name is no address.
        let address: Option<IpAddr> = name.trim_start_matches('[').trim_end_matches(']').parse().ok();
        address.is_some_and(|address| address.is_loopback() || !self.listen.ip().is_loopback())
    }
}

/// Whether a form was sent by a page of this server.
pub fn sent_by_own_page(asked: &Asked, csrf: &str) -> bool {
    let origin = asked.header(header::ORIGIN);
    let origin = origin.split_once("://").map(|(_, host)| host);
    origin == Some(asked.header(header::HOST)) && same(asked.field("token"), csrf)
}

/// A `Host` header without its port.
fn name_of(host: &str) -> &str {
    match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|b| b.is_ascii_digit()) && (!name.contains(':') || name.ends_with(']')) => name,
        _ => host,
    }
}

/// Compares secrets by their digests, so that time tells nothing of where they differ.
fn same(given: &str, secret: &str) -> bool {
    !given.is_empty() && Sha256::digest(given) == Sha256::digest(secret)
}

/// A secret that nobody can guess; none where the system has no randomness.
pub fn secret() -> Option<String> {
    let mut bytes = [0; 24];
    getrandom::fill(&mut bytes).ok()?;
    Some(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guard(listen: &str, token: Option<&str>) -> Guard {
        Guard { listen: listen.parse().expect("an address"), hosts: vec!["recaps.example.org".to_owned()], token: token.map(str::to_owned) }
    }

    #[test]
    fn only_own_names_are_answered() {
        let local = guard("127.0.0.1:80", None);
        for own in ["127.0.0.1:8080", "localhost", "LOCALHOST:1", "[::1]:80", "Recaps.example.org:443"] {
            assert!(local.own(own), "{own}");
        }
        for other in ["evil.example", "127.0.0.1.evil.example", "", "10.0.0.1", "localhost.evil.example:80", "[::1].evil.example"] {
            assert!(!local.own(other), "{other}");
        }
        assert!(guard("0.0.0.0:80", Some("t")).own("10.0.0.1:80"));
    }

    #[test]
    fn secrets_differ_and_are_compared_whole() {
        assert_ne!(secret(), secret());
        assert!(same("ab", "ab") && !same("a", "ab") && !same("", ""));
    }
}
