//! Decisions from the browser: the same ones, in the same files, as from the command line.

use std::sync::{Arc, PoisonError};

use anyhow::Result;
use axum::http::{StatusCode, header};
use recap_merge::Review;
use recap_site::{Language, Library, Plan};
use serde_json::{Value, json};

use super::app::App;
use super::guard::sent_by_own_page;
use super::http::{Answer, Asked, HTML};
use crate::commands::r#override::{Change, Correction, apply_again, correct};
use crate::commands::review::{decide, waiting as find_waiting};
use crate::decisions;
use crate::exit::Failure;
use crate::shelf;

/// Items of a page of the queue.
const ITEMS: usize = 25;

/// Everything that waits for a decision, found again when the workspace changed.
///
/// # Errors
/// A workspace that cannot be read.
pub fn waiting(app: &App) -> Result<Arc<Vec<Review>>> {
    let stamp = shelf::stamp(&app.workspace)?;
    let known = app.waiting.lock().unwrap_or_else(PoisonError::into_inner).clone();
    if let Some((_, waits)) = known.filter(|(at, _)| *at == stamp) {
        return Ok(waits);
    }
    let waits = Arc::new(find_waiting(&decisions::recaps(&app.workspace)?, &decisions::load(&app.workspace)?));
    *app.waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some((stamp, Arc::clone(&waits)));
    Ok(waits)
}

/// A page of the review queue; none where its path is another one.
///
/// # Errors
/// A workspace that cannot be read.
pub fn page(app: &App, library: &Library, asked: &Asked, language: Language) -> Result<Option<String>> {
    let number = match asked.path.strip_prefix("review") {
        Some(".html") => 1,
        Some(rest) => match rest.strip_prefix(".page-").and_then(|rest| rest.strip_suffix(".html")).and_then(|n| n.parse().ok()) {
            Some(number) => number,
            None => return Ok(None),
        },
        None => return Ok(None),
    };
    let waits = waiting(app)?;
    let pages = waits.len().div_ceil(ITEMS).max(1);
    if number == 0 || number > pages {
        return Ok(None);
    }
    let items: Vec<Value> = waits.iter().skip((number - 1) * ITEMS).take(ITEMS).map(|review| item(library, review)).collect();
    let view = json!({"items": items, "total": waits.len(), "saved": !asked.value("saved").is_empty(), "error": null});
    Ok(Some(app.pages.review(language, view, (number, pages))?))
}

fn item(library: &Library, review: &Review) -> Value {
    let event = |id: &str| {
        let name = library.event(id).map_or(id, |(card, _)| &card.name);
        json!([short(name), recap_site::encoded(&recap_site::event_path(id))])
    };
    let form = |kind: &str, title: String, reason: &str, events: Vec<Value>| json!({"id": review.id(), "kind": kind, "title": short(&title), "reason": short(reason), "events": events, "rivals": [], "quotes": [], "value": ""});
    match review {
        Review::Pair { a, b, sources, reason } => {
            let mut view = form("pair", format!("{} / {}", named(library, a), named(library, b)), reason, vec![event(a), event(b)]);
            view["rivals"] = json!([short(&sources.0), short(&sources.1)]);
            view
        }
        Review::Value { event: id, key, value, rivals, quotes, reason } => {
            let text = serde_json::from_str::<String>(value).unwrap_or_else(|_| value.clone());
            let mut view = form("value", format!("{key}: {text}"), reason, vec![event(id)]);
            view["rivals"] = rivals.iter().take(10).map(|rival| short(rival)).collect();
            view["quotes"] = quotes.iter().map(|quote| short(quote)).collect();
            view["value"] = short(&text).into();
            view
        }
        Review::Stale { event: id, key, reason } => form("stale", key.clone(), reason, vec![event(id)]),
    }
}

fn named<'l>(library: &'l Library, id: &'l str) -> &'l str {
    library.event(id).map_or(id, |(card, _)| &card.name)
}

fn short(text: &str) -> String {
    text.chars().take(500).collect()
}

/// Takes a form.
///
/// # Errors
/// Faults of recap's own; what a user can mend is an answer.
pub fn post(app: &Arc<App>, asked: &Asked, language: Language) -> Result<Answer> {
    let Some(csrf) = app.settings.token.as_deref() else {
        return Ok(Answer::text(StatusCode::FORBIDDEN, "this server only shows; start it with --allow-edit to decide"));
    };
    if !sent_by_own_page(asked, csrf) {
        return Ok(Answer::text(StatusCode::FORBIDDEN, "this form was not sent by a page of this server; open the page again"));
    }
    let done = match asked.path.as_str() {
        "edit/review" => review(app, asked),
        "edit/value" => value(app, asked),
        _ => return app.unknown(language),
    };
    app.look();
    match done {
        Ok(address) => Ok(Answer::to(StatusCode::SEE_OTHER, address)),
        Err(error) => match error.downcast_ref::<Failure>() {
            Some(failure) => {
                let text = [Some(failure.message.as_str()), failure.hint.as_deref()].into_iter().flatten().collect::<Vec<_>>().join("; ");
                let html = app.pages.message(language, "404.html", &text)?;
                Ok(Answer::new(StatusCode::CONFLICT, HTML, html).with(header::CONTENT_LANGUAGE, language.tag().to_owned()))
            }
            None => Err(error),
        },
    }
}

/// A word about an item of the queue.
fn review(app: &App, asked: &Asked) -> Result<String> {
    let word = match asked.field("word") {
        "accept" => decide::Word::Accept,
        "reject" => decide::Word::Reject,
        "correct" => decide::Word::Correct(asked.field("value").to_owned()),
        other => return Err(Failure::usage(format!("{other:?} is neither accept, reject nor correct"), "use the form").into()),
    };
    let id = asked.field("id");
    let event = waiting(app)?.iter().find(|review| review.id() == id).and_then(|review| match review {
        Review::Value { event, .. } | Review::Stale { event, .. } => Some(event.clone()),
        Review::Pair { .. } => None,
    });
    decide::each(&app.console, &app.workspace, &[(id.to_owned(), word, asked.field("reason").to_owned())])?;
    // Readers see at once what was decided about a value; who is one event with whom is for the next refresh.
    if let Some(stored) = event.and_then(|event| stored(app, &event)) {
        apply_again(&decisions::lock(&app.workspace)?, &app.console, &app.workspace, &stored)?;
    }
    Ok("/review.html?saved=1".to_owned())
}

/// A correction of a value.
fn value(app: &App, asked: &Asked) -> Result<String> {
    let (event, pointer) = (asked.field("event"), asked.field("pointer"));
    let unknown = || Failure::input(format!("{event}: no such recap in the workspace"), None);
    let lock = decisions::lock(&app.workspace)?;
    let stored = stored(app, event).ok_or_else(unknown)?;
    let change = match asked.field("word") {
        "set" => Change::Set { value: asked.field("value"), always: false },
        "unset" => Change::Unset { always: false },
        "lock" => Change::Lock,
        other => return Err(Failure::usage(format!("{other:?} is neither set, unset nor lock"), "use the form").into()),
    };
    correct(&lock, &app.console, &app.workspace, &stored, &Correction { key: pointer, change, reason: asked.field("reason") })?;
    let file = recap_site::event_path(&stored.1.id);
    let now = decisions::recap(&stored.0)?;
    let told = app.library().and_then(|library| Some(Plan::new(&library.event(event)?.0.file, &now))).and_then(|plan| plan.why(pointer));
    Ok(format!("/{}", told.unwrap_or_else(|| recap_site::encoded(&file))))
}

/// The stored recap of an event.
fn stored(app: &App, event: &str) -> Option<decisions::Stored> {
    let library = app.library()?;
    let (card, _) = library.event(event)?;
    Some((app.workspace.root().join(&card.source), app.recap(card)?))
}
