//! Pages that stand before the content: challenges of bot walls, login walls, soft 404s. They are never taken for content.
//!
//! A page is judged by what it says *of itself* (its title, its forms, the scripts of walls) and by how little else it
//! says: an article about such pages has text of its own and stays content.

use url::Url;

use crate::headers::Headers;

/// A page that stands before the content.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Wall {
    /// It asks whether the reader is a person.
    #[error("the answer is a challenge page of a bot wall")]
    Challenge,
    /// It asks to log in.
    #[error("the answer is a login page")]
    Login,
    /// It says that there is nothing, with a status that says otherwise.
    #[error("the answer says that there is no such page")]
    SoftNotFound,
}

/// Bytes of a page that are looked at.
const LOOKED_AT: usize = 256 << 10;
/// A page with more characters of text has something to say.
const LITTLE: usize = 800;

/// What only the scripts of bot walls have.
const WALL_SCRIPTS: &[&str] = &[
    "/cdn-cgi/challenge-platform/h/",
    "cf-chl-",
    "cf_chl_opt",
    "_incapsula_resource",
    "captcha-delivery.com",
    "px-captcha",
    "perimeterx",
    "awswafintegration",
    "aws-waf-token",
    "ak-challenge",
    "sucuri_cloudproxy",
    "ddos-guard",
    "/_sec/cp_challenge",
    "geo.captcha",
];
/// Beginnings of the titles of challenges.
const WALL_TITLES: &[&str] = &[
    "just a moment",
    "attention required! | cloudflare",
    "please wait...",
    "please wait…",
    "checking your browser",
    "ddos protection by",
    "are you a robot",
    "are you human",
    "human verification",
    "verify you are human",
    "verifying you are human",
    "security check",
    "bot verification",
    "access denied",
    "one more step",
    "pardon our interruption",
    "robot or human",
    "ロボットではありません",
    "セキュリティチェック",
    "アクセスが制限されています",
];
/// Beginnings of the titles of login pages.
const LOGIN_TITLES: &[&str] =
    &["log in", "login", "sign in", "signin", "log-in", "sign-in", "ログイン", "サインイン", "anmelden", "connexion", "iniciar sesi"];
/// Parts of paths that login pages have.
const LOGIN_PATHS: &[&str] =
    &["login", "log-in", "signin", "sign-in", "sign_in", "auth", "oauth", "authorize", "session", "sessions", "sso", "accounts"];
/// What titles of missing pages say.
const MISSING_TITLES: &[&str] = &[
    "404",
    "not found",
    "page not found",
    "file not found",
    "page doesn't exist",
    "page does not exist",
    "page no longer",
    "no longer available",
    "見つかりません",
    "存在しません",
    "お探しのページ",
    "削除されました",
    "ページがありません",
    "nicht gefunden",
    "page introuvable",
    "no encontrada",
    "não encontrada",
    "页面不存在",
    "找不到",
    "찾을 수 없",
];

/// Whether an answer stands before the content that was asked for. `asked` is the address that was asked for first, `url`
/// the one that answered.
pub fn judge(asked: &Url, url: &Url, status: u16, headers: &Headers, body: &[u8]) -> Option<Wall> {
    if headers.get("cf-mitigated").is_some_and(|v| v.eq_ignore_ascii_case("challenge")) {
        return Some(Wall::Challenge);
    }
    let html = headers.get("content-type").is_none_or(|t| t.contains("html"));
    if !html {
        return None;
    }
    let mut page = String::from_utf8_lossy(body.get(..LOOKED_AT).unwrap_or(body)).into_owned();
    // Of the page itself only names of tags, attributes and scripts are looked at.
    page.make_ascii_lowercase();
    let title =
        between(&page, "<title", "</title").and_then(|t| t.split_once('>')).map(|(_, t)| tidy(t).to_lowercase()).unwrap_or_default();
    let little = body.len() <= LOOKED_AT && text_of(&page, LITTLE) < LITTLE;
    let starts = |list: &[&str]| list.iter().any(|start| title.starts_with(start));
    if (little || status >= 400) && (WALL_SCRIPTS.iter().any(|script| page.contains(script)) || starts(WALL_TITLES)) {
        return Some(Wall::Challenge);
    }
    if status >= 400 {
        return None;
    }
    let sent_on = asked.path() != url.path() || asked.host() != url.host();
    let login_path =
        |url: &Url| url.path_segments().is_some_and(|mut parts| parts.any(|p| LOGIN_PATHS.contains(&p.to_lowercase().as_str())));
    let asks_password = || ["type=\"password\"", "type='password'", "type=password"].iter().any(|field| page.contains(field));
    let sent_to_login = sent_on && login_path(url) && !login_path(asked);
    if sent_to_login && (little || asks_password()) || little && (starts(LOGIN_TITLES) || sent_on) && asks_password() {
        return Some(Wall::Login);
    }
    let missing = MISSING_TITLES.iter().any(|said| title == *said || title.starts_with(said) || title.ends_with(said) && !said.is_ascii())
        || title.split(['|', '-', '–', '—', '・', ':', '：']).any(|part| MISSING_TITLES.contains(&part.trim()));
    (little && missing).then_some(Wall::SoftNotFound)
}

fn between<'a>(text: &'a str, start: &str, end: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(start)?;
    rest.split_once(end).map(|(inner, _)| inner)
}

fn tidy(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Characters of text outside tags, scripts and styles, counted until there are `enough`.
fn text_of(page: &str, enough: usize) -> usize {
    let mut rest = page.split_once("<body").map_or(page, |(_, body)| body);
    let mut count = 0;
    while let Some((text, tag)) = rest.split_once('<') {
        count += text.chars().filter(|c| !c.is_whitespace()).count();
        if count >= enough {
            return count;
        }
        let skipped = ["script", "style", "noscript", "svg", "template"].iter().find(|name| tag.starts_with(**name));
        rest = match skipped {
            Some(name) => tag.split_once(&format!("</{name}")).map_or("", |(_, rest)| rest),
            None => tag,
        };
        rest = rest.split_once('>').map_or("", |(_, rest)| rest);
    }
    count + rest.chars().filter(|c| !c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(asked: &str, url: &str, status: u16, page: &str) -> Option<Wall> {
        let headers = Headers(vec![("content-type".to_owned(), "text/html; charset=utf-8".to_owned())]);
        let url_of = |text: &str| Url::parse(text).expect("an address");
        judge(&url_of(asked), &url_of(url), status, &headers, page.as_bytes())
    }

    const HERE: &str = "https://example.org/report/1";

    #[test]
    fn pages_before_the_content_are_told() {
        let password = "<form><input type=\"password\"></form>";
        for (url, status, page, expected) in [
            (HERE, 503, "<title>Just a moment...</title><body>Checking</body>".to_owned(), Wall::Challenge),
            (HERE, 200, "<title>Please Wait... | Cloudflare</title><body>Please enable cookies.</body>".to_owned(), Wall::Challenge),
            (
                HERE,
                200,
                "<title>example.org</title><body><script src=\"https://geo.captcha-delivery.com/x.js\"></script></body>".to_owned(),
                Wall::Challenge,
            ),
            (HERE, 403, "<TITLE>Access Denied</TITLE><body>Reference #18</body>".to_owned(), Wall::Challenge),
            ("https://example.org/login?back=/report/1", 200, format!("<title>例</title><body>{password}</body>"), Wall::Login),
            (HERE, 200, format!("<title>ログイン | 例</title><body>{password}</body>"), Wall::Login),
            (HERE, 200, "<title>404 Not Found</title><body>Sorry</body>".to_owned(), Wall::SoftNotFound),
            (HERE, 200, "<title>お探しのページは見つかりません | 狸の会</title><body>トップへ</body>".to_owned(), Wall::SoftNotFound),
            (HERE, 200, "<title>Tanuki Blog | Page not found</title><body>Home</body>".to_owned(), Wall::SoftNotFound),
        ] {
            assert_eq!(of(HERE, url, status, &page), Some(expected), "{page}");
        }
    }

    #[test]
    fn content_stays_content() {
        let text = "狸の会で話したことを書いておきます。".repeat(60);
        for page in [
            // Articles about walls, and articles with a login form at the side.
            format!("<title>404 not found が出たときの話</title><body>{text}</body>"),
            format!("<title>Just a moment: caching at our meetup</title><body>{text}</body>"),
            format!("<title>会の記録</title><body><form><input type=\"password\"></form>{text}</body>"),
            "<title>Tanuki Night #404</title><body>Short notes: A talked, B talked.</body>".to_owned(),
            "<title>会の記録</title><body>短い。</body>".to_owned(),
        ] {
            assert_eq!(of(HERE, HERE, 200, &page), None, "{page}");
        }
        assert_eq!(of(HERE, "https://example.org/reports/authors/1", 200, "<title>記録</title><body>短い。</body>"), None);
        assert_eq!(of(HERE, HERE, 404, "<title>404</title><body>no</body>"), None, "the status says it already");
    }
}
