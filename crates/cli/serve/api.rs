//! `/api/v1/`: the same data as JSON, for programs. `openapi.json` beside this file describes it; a test compares the two.

use axum::http::{StatusCode, header};
use recap_merge::Review;
use recap_site::{Library, Plan};
use serde::Serialize;
use serde_json::{Value, json};
use url::form_urlencoded;

use super::app::App;
use super::edit;
use super::http::{Answer, Asked, JSON};

/// Items of a page, and the most that may be asked for.
const PER_PAGE: usize = 50;
const MOST: usize = 500;

const OPENAPI: &str = include_str!("openapi.json");

/// Answers below `/api/v1/`.
///
/// # Errors
/// A workspace that cannot be read.
pub fn answer(app: &App, library: &Library, asked: &Asked, path: &str) -> anyhow::Result<Answer> {
    let steps: Vec<&str> = path.split('/').collect();
    Ok(match steps.as_slice() {
        ["openapi.json"] => Answer::ok(JSON, openapi()?),
        ["stats"] => good(&recap_site::stats(library)),
        ["search"] => search(library, asked),
        ["events"] => events(library, asked),
        ["events", id] => match library.event(id).and_then(|(card, _)| app.recap(card)) {
            Some(recap) => Answer::ok(JSON, recap.to_json()),
            None => problem(StatusCode::NOT_FOUND, "no such event"),
        },
        ["events", id, "evidence"] => evidence(app, library, asked, id),
        ["people"] => list(asked, path, &library.people),
        ["people", file] => match library.person(file) {
            Some(person) => good(&person),
            None => problem(StatusCode::NOT_FOUND, "no such person"),
        },
        ["years"] => list(asked, path, &library.years),
        ["series"] => list(asked, path, &library.series),
        ["tags"] => list(asked, path, &library.tags),
        ["reviews"] => reviews(&edit::waiting(app)?, asked, path),
        _ => problem(StatusCode::NOT_FOUND, "no such resource; /api/v1/openapi.json names them"),
    })
}

/// Problem details (RFC 9457).
pub fn problem(status: StatusCode, detail: &str) -> Answer {
    let title = status.canonical_reason().unwrap_or_default();
    let body = json!({"type": "about:blank", "title": title, "status": status.as_u16(), "detail": detail});
    Answer::new(status, "application/problem+json", body.to_string())
}

fn good(value: &impl Serialize) -> Answer {
    Answer::ok(JSON, serde_json::to_vec(value).unwrap_or_default())
}

/// A page of a list; `Link` (RFC 8288) leads to the ones beside it.
fn list<T: Serialize>(asked: &Asked, path: &str, items: &[T]) -> Answer {
    let (page, per) = place(asked);
    let part: Vec<&T> = items.iter().skip((page - 1).saturating_mul(per)).take(per).collect();
    paged(asked, path, items.len(), json!(part))
}

fn place(asked: &Asked) -> (usize, usize) {
    let number = |name: &str, otherwise: usize| asked.value(name).parse().unwrap_or(otherwise).max(1);
    (number("page", 1), number("per_page", PER_PAGE).min(MOST))
}

fn paged(asked: &Asked, path: &str, total: usize, items: Value) -> Answer {
    let (page, per) = place(asked);
    let answer = good(&json!({"total": total, "page": page, "per_page": per, "items": items}));
    let link = |page: usize, rel: &str| {
        let mut query = form_urlencoded::Serializer::new(String::new());
        let own = asked.query.iter().filter(|(name, _)| name != "page" && name != "token");
        own.for_each(|(name, value)| _ = query.append_pair(name, value));
        let query = query.append_pair("page", &page.to_string()).finish();
        format!("</api/v1/{}?{query}>; rel=\"{rel}\"", recap_site::encoded(path))
    };
    let before = (page > 1).then(|| link(page - 1, "prev"));
    let after = (page.saturating_mul(per) < total).then(|| link(page + 1, "next"));
    let links: Vec<String> = before.into_iter().chain(after).collect();
    if links.is_empty() { answer } else { answer.with(header::LINK, links.join(", ")) }
}

fn events(library: &Library, asked: &Asked) -> Answer {
    let has = |wanted: &str, value: Option<&str>| wanted.is_empty() || value == Some(wanted);
    let [year, series, tag] = ["year", "series", "tag"].map(|name| asked.value(name));
    let cards = library.events.iter().filter(|card| {
        let series_fits = has(series, card.series.as_ref().map(|s| s.file.as_str()));
        let tag_fits = tag.is_empty() || card.tags.iter().any(|t| t.file == tag);
        has(year, Some(&card.year)) && series_fits && tag_fits
    });
    list(asked, "events", &cards.collect::<Vec<_>>())
}

fn search(library: &Library, asked: &Asked) -> Answer {
    let [words, year, series, person, kind] = ["q", "year", "series", "person", "kind"].map(|name| asked.value(name));
    let (page, per) = place(asked);
    let mut query = recap_site::query(words, year, series, person, kind);
    (query.skip, query.limit) = ((page - 1).saturating_mul(per), per);
    let found = library.search.search(&query);
    paged(asked, "search", found.total, json!(found.hits))
}

fn evidence(app: &App, library: &Library, asked: &Asked, id: &str) -> Answer {
    let found = library.event(id).and_then(|(card, _)| Some((card, app.recap(card)?)));
    let Some((card, recap)) = found else { return problem(StatusCode::NOT_FOUND, "no such event") };
    let wanted = asked.value("pointer");
    let below = |pointer: &str| pointer.strip_prefix(wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    let plan = Plan::new(&card.file, &recap);
    // Only pages that tell of it are made.
    let pages = plan.pages.iter().enumerate().filter(|(_, pointers)| pointers.iter().any(|pointer| below(pointer)));
    let told = pages.flat_map(|(n, _)| plan.told(&recap, n + 1, &|source| app.texts.text(source)));
    list(asked, &format!("events/{id}/evidence"), &told.filter(|told| below(&told.pointer)).collect::<Vec<_>>())
}

fn reviews(all: &[Review], asked: &Asked, path: &str) -> Answer {
    let with_id = |review: &Review| {
        let mut json = json!(review);
        json["id"] = review.id().into();
        json
    };
    list(asked, path, &all.iter().map(with_id).collect::<Vec<_>>())
}

/// The description, with the schema of a recap.
fn openapi() -> anyhow::Result<Vec<u8>> {
    let mut document: Value = serde_json::from_str(OPENAPI)?;
    let mut recap = recap_model::json_schema();
    // Its own references count from itself.
    recap["$id"] = "recap.schema.json".into();
    document["components"]["schemas"]["Recap"] = recap;
    Ok(serde_json::to_vec_pretty(&document)?)
}
