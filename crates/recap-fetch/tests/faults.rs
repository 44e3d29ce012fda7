//! Servers that do wrong, each with what must come of it.

#[path = "../../../tests/site.rs"]
mod site;

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, TcpListener};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use recap_fetch::{Config, Content, FetchError, Fetcher, Known, Lookup, Resolver, Response, Wall};
use site::{Answer, Asked, Site, html, status};
use url::Url;

fn config() -> Config {
    Config {
        delay: Duration::ZERO,
        backoff: Duration::from_millis(5),
        read_timeout: Duration::from_millis(1500),
        connect_timeout: Duration::from_millis(1500),
        retries: 2,
        robots: false,
        breaker: 1000,
        // The tests' own servers live there; every other private address is refused.
        allowed: vec![IpAddr::V4(Ipv4Addr::LOCALHOST)],
        most_wire: 1 << 20,
        most_body: 2 << 20,
        ..Config::default()
    }
}

fn fetcher(config: Config) -> Fetcher {
    Fetcher::new(config).expect("a fetcher")
}

async fn get(fetcher: &Fetcher, url: &str) -> Result<Content, FetchError> {
    match fetcher.get(&Url::parse(url).expect("an address"), None).await? {
        Response::Content(content) => Ok(content),
        Response::NotModified { .. } => panic!("nothing was known"),
    }
}

/// What comes of one answer.
async fn of(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Result<Vec<u8>, FetchError> {
    let site = Site::serve("127.0.0.1", answer);
    get(&fetcher(config()), &site.url("/page")).await.map(|content| content.body)
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    encoder.write_all(bytes).expect("written");
    encoder.finish().expect("packed")
}

#[tokio::test]
async fn refused_and_reset_connections_are_named() {
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let refused = get(&fetcher(config()), &format!("http://{closed}/")).await;
    assert!(matches!(refused, Err(FetchError::Connect(_))), "{refused:?}");
    let reset = of(|_| Answer::Raw(Vec::new())).await;
    assert!(matches!(reset, Err(FetchError::Broken(_))), "{reset:?}");
    let nonsense = of(|_| Answer::Raw(b"SSH-2.0-OpenSSH\r\n".to_vec())).await;
    assert!(matches!(nonsense, Err(FetchError::Broken(_))), "{nonsense:?}");
}

#[tokio::test]
async fn bodies_that_are_cut_off_are_no_content() {
    let raw = |text: &str| Answer::Raw(text.as_bytes().to_vec());
    let cut = of(move |_| raw("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>a")).await;
    assert!(matches!(cut, Err(FetchError::Broken(_))), "{cut:?}");
    let chunks = of(move |_| raw("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\n<p>a\r\n")).await;
    assert!(matches!(chunks, Err(FetchError::Broken(_))), "{chunks:?}");
    // A length that is too short is what counts.
    let short = of(move |_| raw("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n<p>abc")).await;
    assert_eq!(short, Ok(b"<p>a".to_vec()));
}

#[tokio::test]
async fn bodies_are_bounded() {
    let head = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n".to_vec();
    let endless = of(move |_| Answer::Endless(head.clone(), vec![b'a'; 64 << 10])).await;
    assert_eq!(endless, Err(FetchError::TooLarge(1 << 20)));
    let announced = of(|_| Answer::Raw(b"HTTP/1.1 200 OK\r\nContent-Length: 99999999999\r\n\r\n".to_vec())).await;
    assert_eq!(announced, Err(FetchError::TooLarge(1 << 20)));
    let bomb = gzip(&vec![0; 40 << 20]);
    let packed = of(move |_| Answer::Page(200, vec![("Content-Encoding", "gzip".to_owned())], bomb.clone())).await;
    assert_eq!(packed, Err(FetchError::TooLarge(2 << 20)));
    let good = gzip("<p>再掲".as_bytes());
    let packed = of(move |_| Answer::Page(200, vec![("Content-Encoding", "gzip".to_owned())], good.clone())).await;
    assert_eq!(packed, Ok("<p>再掲".as_bytes().to_vec()));
}

#[tokio::test]
async fn silence_is_a_timeout() {
    assert_eq!(of(|_| Answer::Silence(Duration::from_secs(20))).await, Err(FetchError::Timeout));
}

#[tokio::test]
async fn redirects_end_and_are_guarded_at_every_hop() {
    let chain = Site::serve("127.0.0.1", |asked| {
        let to = match asked.path.as_str() {
            "/start" => "/one".to_owned(),
            "/one" => "/end?a=b".to_owned(),
            "/loop" => "/loop".to_owned(),
            "/private" => "http://127.0.0.9/".to_owned(),
            "/metadata" => "http://169.254.169.254/latest/meta-data/".to_owned(),
            "/decimal" => "http://2130706441/".to_owned(),
            "/mapped" => "http://[::ffff:10.0.0.1]/".to_owned(),
            "/file" => "file:///etc/passwd".to_owned(),
            _ => return html("<p>end"),
        };
        Answer::Page(302, vec![("Location", to)], Vec::new())
    });
    let fetcher = fetcher(config());
    let end = get(&fetcher, &chain.url("/start")).await.expect("the end");
    assert_eq!((end.url.as_str(), end.body.as_slice()), (chain.url("/end?a=b").as_str(), &b"<p>end"[..]));
    assert_eq!(get(&fetcher, &chain.url("/loop")).await.err(), Some(FetchError::Redirects(8)));
    for path in ["/private", "/metadata", "/decimal", "/mapped"] {
        let result = get(&fetcher, &chain.url(path)).await;
        assert!(matches!(result, Err(FetchError::Private(_))), "{path}: {result:?}");
    }
    assert!(matches!(get(&fetcher, &chain.url("/file")).await, Err(FetchError::BadRedirect(_))));
}

/// Gives another address each time it is asked.
struct Rebinding(AtomicUsize, Vec<IpAddr>);

impl Resolver for Rebinding {
    fn lookup(&self, _: &str) -> Lookup {
        let turn = self.0.fetch_add(1, Ordering::SeqCst);
        let address = self.1[turn.min(self.1.len() - 1)];
        Box::pin(async move { Ok(vec![address]) })
    }
}

#[tokio::test]
async fn a_name_that_leads_home_is_refused() {
    let site = Site::serve("127.0.0.9", |_| html("<p>secret"));
    let (here, home) = (IpAddr::from([127, 0, 0, 1]), IpAddr::from([127, 0, 0, 9]));
    for addresses in [vec![home], vec![here, home]] {
        let resolver = Arc::new(Rebinding(AtomicUsize::new(0), addresses));
        let fetcher = Fetcher::with_resolver(Config { retries: 0, ..config() }, resolver).expect("a fetcher");
        for _ in 0..3 {
            let result = get(&fetcher, &format!("http://rebind.test:{}/", site.address.port())).await;
            assert!(matches!(result, Err(FetchError::Private(_) | FetchError::Connect(_))), "{result:?}");
        }
    }
    assert!(site.asked().is_empty());
}

#[tokio::test]
async fn servers_in_trouble_are_asked_again() {
    let count = AtomicUsize::new(0);
    let recovered = of(move |_| if count.fetch_add(1, Ordering::SeqCst) == 0 { status(500) } else { html("<p>a") }).await;
    assert_eq!(recovered, Ok(b"<p>a".to_vec()));
    assert_eq!(of(|_| status(503)).await, Err(FetchError::Status(503)));
    let begin = std::time::Instant::now();
    let count = AtomicUsize::new(0);
    let busy = move |_: &Asked| match count.fetch_add(1, Ordering::SeqCst) {
        0 => Answer::Page(429, vec![("Retry-After", "1".to_owned())], Vec::new()),
        _ => html("<p>a"),
    };
    assert_eq!(of(busy).await, Ok(b"<p>a".to_vec()));
    assert!(begin.elapsed() >= Duration::from_secs(1), "{:?}", begin.elapsed());
    let later = of(|_| Answer::Page(429, vec![("Retry-After", "86400".to_owned())], Vec::new())).await;
    assert_eq!(later, Err(FetchError::Later(Duration::from_secs(86400))));
    let site = Site::serve("127.0.0.1", |_| status(404));
    assert_eq!(get(&fetcher(config()), &site.url("/")).await.err(), Some(FetchError::Status(404)));
    assert_eq!(site.asked().len(), 1, "what is not there is not asked for again");
}

#[tokio::test]
async fn a_host_that_fails_again_and_again_is_left_alone() {
    let site = Site::serve("127.0.0.1", |_| status(500));
    let fetcher = fetcher(Config { breaker: 3, retries: 0, ..config() });
    for n in 0..3 {
        assert_eq!(get(&fetcher, &site.url(&format!("/{n}"))).await.err(), Some(FetchError::Status(500)));
    }
    assert!(matches!(get(&fetcher, &site.url("/4")).await, Err(FetchError::Resting(_))));
    assert_eq!(site.asked().len(), 3);
}

#[tokio::test]
async fn what_is_no_document_is_not_read() {
    let typed =
        |value: &'static str, body: &'static str| of(move |_| Answer::Page(200, vec![("Content-Type", value.to_owned())], body.into()));
    assert_eq!(typed("video/mp4", "x").await, Err(FetchError::ContentType("video/mp4".to_owned())));
    // A wrong name for a document is no reason to refuse it: the content decides.
    assert_eq!(typed("application/json", "<!DOCTYPE html><p>a").await, Ok(b"<!DOCTYPE html><p>a".to_vec()));
    assert_eq!(typed("text/html", "<title>Just a moment...</title>").await, Err(FetchError::Wall(Wall::Challenge)));
    assert_eq!(typed("text/html", "<title>404 Not Found</title>").await, Err(FetchError::Wall(Wall::SoftNotFound)));
}

#[tokio::test]
async fn robots_are_obeyed() {
    let site = Site::serve("127.0.0.1", |asked| match asked.path.as_str() {
        "/robots.txt" => {
            Answer::Page(200, vec![("Content-Type", "text/plain".to_owned())], b"User-agent: *\nCrawl-delay: 1\nDisallow: /no\n".to_vec())
        }
        _ => html("<p>a"),
    });
    let fetcher_ = fetcher(Config { robots: true, contact: Some("me@example.org".to_owned()), ..config() });
    assert!(get(&fetcher_, &site.url("/yes")).await.is_ok());
    assert!(matches!(get(&fetcher_, &site.url("/no/1")).await, Err(FetchError::Robots(_))));
    let begin = std::time::Instant::now();
    assert!(get(&fetcher_, &site.url("/yes2")).await.is_ok());
    assert!(begin.elapsed() > Duration::from_millis(700), "{:?}", begin.elapsed());
    let asked = site.asked();
    let paths: Vec<&str> = asked.iter().map(|a| a.path.as_str()).collect();
    assert_eq!(paths, ["/robots.txt", "/yes", "/yes2"]);
    let agent = asked[0].headers.get("user-agent").cloned().unwrap_or_default();
    assert!(agent.starts_with("recap/") && agent.ends_with("(+me@example.org)"), "{agent}");
}

#[tokio::test]
async fn where_robots_cannot_be_read_nothing_is_asked_and_the_cause_is_told() {
    // One that has none may be crawled.
    for (code, allowed) in [(500, false), (404, true), (403, true)] {
        let site = Site::serve("127.0.0.1", move |asked| if asked.path == "/robots.txt" { status(code) } else { html("<p>a") });
        let fetcher = fetcher(Config { robots: true, retries: 0, ..config() });
        let got = get(&fetcher, &site.url("/")).await;
        assert_eq!(got.is_ok(), allowed, "{code}");
        assert!(got.map_or_else(|e| e.to_string().ends_with("cannot be read: the answer is HTTP 500"), |_| true));
    }
    let closed = TcpListener::bind("127.0.0.1:0").expect("a port").local_addr().expect("an address");
    let fetcher = fetcher(Config { robots: true, retries: 0, ..config() });
    let refused = get(&fetcher, &format!("http://{closed}/")).await.expect_err("nobody listens");
    let FetchError::RobotsUnread(host, why) = &refused else { panic!("{refused:?}") };
    assert_eq!(*host, closed.to_string());
    assert!(matches!(**why, FetchError::Connect(_)) && refused.hint().is_some_and(|hint| hint.contains("later")), "{refused}");
}

#[tokio::test]
async fn what_is_known_is_asked_for_conditionally() {
    let site = Site::serve("127.0.0.1", |asked| match asked.headers.get("if-none-match").map(String::as_str) {
        Some("\"v1\"") => Answer::Page(304, vec![("Cache-Control", "max-age=60".to_owned())], Vec::new()),
        _ => Answer::Page(200, vec![("ETag", "\"v1\"".to_owned()), ("Content-Type", "text/html".to_owned())], b"<p>a".to_vec()),
    });
    let fetcher = fetcher(config());
    let content = get(&fetcher, &site.url("/")).await.expect("content");
    assert_eq!(content.fresh_for, Duration::ZERO);
    let known = Known { url: content.url.to_string(), headers: content.headers };
    let again = fetcher.get(&content.url, Some(&known)).await.expect("an answer");
    let Response::NotModified { headers, fresh_for } = again else { panic!("{again:?}") };
    assert_eq!((headers.get("etag"), headers.get("content-type"), fresh_for.as_secs()), (Some("\"v1\""), Some("text/html"), 60));
}
