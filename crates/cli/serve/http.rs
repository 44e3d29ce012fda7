//! Requests and answers as plain values, and the one place where they meet the HTTP server.

use std::sync::Arc;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use percent_encoding::percent_decode_str;
use sha2::{Digest as _, Sha256};
use url::form_urlencoded;

use super::app::App;

/// Most bytes of a form.
const BODY: usize = 64 << 10;

/// What was asked.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// `GET`, `HEAD`, `POST` …
    pub method: Method,
    /// Decoded, without the first `/`.
    pub path: String,
    /// Decoded.
    pub query: Vec<(String, String)>,
    /// As they came.
    pub headers: HeaderMap,
    /// Of a form.
    pub form: Vec<(String, String)>,
}

impl Asked {
    /// The value of the query's first parameter of a name; empty where there is none.
    pub fn value(&self, name: &str) -> &str {
        first(&self.query, name)
    }

    /// The same of a form.
    pub fn field(&self, name: &str) -> &str {
        first(&self.form, name)
    }

    /// A header; empty where there is none.
    pub fn header(&self, name: HeaderName) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

fn first<'v>(values: &'v [(String, String)], name: &str) -> &'v str {
    values.iter().find(|(n, _)| n == name).map_or("", |(_, value)| value)
}

/// What is answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: StatusCode,
    /// Media type.
    pub media: &'static str,
    /// Content.
    pub body: Vec<u8>,
    /// Others than those of every answer.
    pub headers: Vec<(HeaderName, String)>,
}

/// Pages of HTML.
pub const HTML: &str = "text/html; charset=utf-8";
/// JSON.
pub const JSON: &str = "application/json";

impl Answer {
    /// An answer with a status.
    pub fn new(status: StatusCode, media: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self { status, media, body: body.into(), headers: Vec::new() }
    }

    /// A good answer.
    pub fn ok(media: &'static str, body: impl Into<Vec<u8>>) -> Self {
        Self::new(StatusCode::OK, media, body)
    }

    /// A line of text.
    pub fn text(status: StatusCode, text: &str) -> Self {
        Self::new(status, "text/plain; charset=utf-8", format!("{text}\n"))
    }

    /// Elsewhere; 303 leads from a form to a page, 308 from a former address to the new one.
    pub fn to(status: StatusCode, address: String) -> Self {
        Self::text(status, "see there").with(header::LOCATION, address)
    }

    /// With a header.
    pub fn with(mut self, name: HeaderName, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

/// What a browser may do with an answer: run this server's script, show its styles, nothing else.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";

/// Headers of every answer.
const ALWAYS: [(HeaderName, &str); 8] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (header::CACHE_CONTROL, "private, no-cache"),
    (header::VARY, "accept-language, cookie, authorization"),
];

/// Takes a request to the program and its answer back.
pub async fn handle(State(app): State<Arc<App>>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let head = parts.method == Method::HEAD;
    let same = parts.headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default().to_owned();
    let form = match to_bytes(body, BODY).await {
        Ok(bytes) => form_urlencoded::parse(&bytes).into_owned().collect(),
        Err(_) => return respond(Answer::text(StatusCode::PAYLOAD_TOO_LARGE, "too much"), "", head),
    };
    let asked = Asked {
        method: parts.method,
        path: percent_decode_str(parts.uri.path().trim_start_matches('/')).decode_utf8_lossy().into_owned(),
        query: form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes()).into_owned().collect(),
        headers: parts.headers,
        form,
    };
    // Files are read and pages are made on threads that may wait.
    let answer = tokio::task::spawn_blocking(move || app.answer(&asked)).await;
    let answer = answer.unwrap_or_else(|_| Answer::text(StatusCode::INTERNAL_SERVER_ERROR, "internal error"));
    respond(answer, &same, head)
}

/// The answer with its headers; 304 where the reader has it already.
fn respond(answer: Answer, same: &str, head: bool) -> Response {
    let tag = format!("\"{:x}\"", Sha256::digest(&answer.body)).chars().take(34).chain(['"']).collect::<String>();
    let known =
        answer.status == StatusCode::OK && same.split(',').any(|one| one.trim().trim_start_matches("W/") == tag || one.trim() == "*");
    let body = if head || known { Bytes::new() } else { Bytes::from(answer.body) };
    let mut response = Response::new(Body::from(body));
    *response.status_mut() = if known { StatusCode::NOT_MODIFIED } else { answer.status };
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(answer.media));
    let own = answer.headers.into_iter().chain((answer.status == StatusCode::OK).then_some((header::ETAG, tag)));
    for (name, value) in own {
        if let Ok(value) = HeaderValue::try_from(value) {
            headers.append(name, value);
        }
    }
    response
}
