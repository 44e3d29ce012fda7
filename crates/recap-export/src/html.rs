//! Plain HTML: one page per event, without scripts, styles or anything from another host.

use recap_model::{Answer, Post, Recap, Talk};

use crate::words::{self, Words};
use crate::{Error, Export, Settings, view};

/// A page per event.
pub fn write(recaps: &[Recap], settings: &Settings) -> Result<Export, Error> {
    let mut export = Export::default();
    for recap in recaps {
        let language = words::of(recap, settings).tag;
        let head = format!(
            "<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>",
            text(&view::name(recap))
        );
        let page = format!(
            "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n{head}\n</head>\n<body>\n{}</body>\n</html>\n",
            body(recap, settings)
        );
        export.file(&recap.id, "html", page);
    }
    Ok(export)
}

/// The content of a page; also for feeds.
pub fn body(recap: &Recap, settings: &Settings) -> String {
    let words = words::of(recap, settings);
    let mut out = format!("<h1>{}</h1>\n", text(&view::name(recap)));
    out.push_str(&facts(recap, words));
    if !recap.talks.is_empty() {
        out.push_str(&format!("<h2>{}</h2>\n", words.talks));
        recap.talks.iter().for_each(|t| out.push_str(&talk(recap, t, words)));
    }
    let open = |q: &&Answer| q.talk.as_ref().is_none_or(|id| !recap.talks.iter().any(|t| t.id == *id));
    let rest: String = recap.questions.iter().filter(open).map(question).collect();
    if !rest.is_empty() {
        out.push_str(&format!("<h2>{}</h2>\n{rest}", words.questions));
    }
    let posts: String = recap.posts.iter().map(post).collect();
    if !posts.is_empty() {
        out.push_str(&format!("<h2>{}</h2>\n{posts}", words.posts));
    }
    out.push_str(&list(
        words.next,
        recap.next_events.iter().map(|event| {
            let parts = [event.date.as_deref().map(text), event.name.as_deref().map(text), event.url.as_deref().map(link)];
            parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
        }),
    ));
    out.push_str(&list(
        words.sources,
        recap.sources.iter().map(|source| {
            let title = source.title.as_deref().or(source.path.as_deref()).map(text);
            [title, source.url.as_deref().map(link)].into_iter().flatten().collect::<Vec<_>>().join(" ")
        }),
    ));
    out
}

fn facts(recap: &Recap, words: &Words) -> String {
    let event = &recap.event;
    let mut rows: Vec<(&str, String)> = Vec::new();
    if let Some(start) = &event.start {
        let end = event
            .end
            .as_ref()
            .map_or(String::new(), |end| format!(" – <time datetime=\"{}\">{}</time>", text(end), text(&end.replace('T', " "))));
        rows.push((words.date, format!("<time datetime=\"{}\">{}</time>{end}", text(start), text(&start.replace('T', " ")))));
    }
    let place: Vec<String> = [&event.venue.name, &event.venue.address].into_iter().flatten().map(|p| text(p)).collect();
    if !place.is_empty() {
        rows.push((words.venue, place.join(words.between)));
    }
    rows.extend(event.urls.iter().map(|url| (words.pages, link(url))));
    if !event.hashtags.is_empty() {
        rows.push((words.hashtags, event.hashtags.iter().map(|t| text(&format!("#{t}"))).collect::<Vec<_>>().join(" ")));
    }
    if rows.is_empty() {
        return String::new();
    }
    let rows: String = rows.into_iter().map(|(label, value)| format!("<dt>{label}</dt><dd>{value}</dd>\n")).collect();
    format!("<dl>\n{rows}</dl>\n")
}

fn talk(recap: &Recap, talk: &Talk, words: &Words) -> String {
    let who = view::speaker_names(recap, talk).join(words.between);
    let kind = words.kind(talk.kind).map_or(String::new(), |kind| format!("{kind}: "));
    let mut out = format!("<h3>{kind}{}</h3>\n", text(talk.title.as_deref().unwrap_or(&who)));
    if talk.title.is_some() && !who.is_empty() {
        out.push_str(&format!("<p>{}</p>\n", text(&who)));
    }
    if let Some(summary) = &talk.summary {
        out.push_str(&format!("<p>{}</p>\n", text(summary)));
    }
    let material = talk.slides.iter().map(|url| (words.slides, url)).chain(talk.videos.iter().map(|url| (words.video, url)));
    let items: String = material.map(|(label, url)| format!("<li>{label}: {}</li>\n", link(url))).collect();
    if !items.is_empty() {
        out.push_str(&format!("<ul>\n{items}</ul>\n"));
    }
    out.extend(recap.questions.iter().filter(|q| q.talk.as_ref() == Some(&talk.id)).map(question));
    out
}

fn question(answer: &Answer) -> String {
    let reply = answer.answer.as_ref().map_or(String::new(), |a| format!("<dd>{}</dd>\n", text(a)));
    format!("<dl>\n<dt>{}</dt>\n{reply}</dl>\n", text(&answer.question))
}

fn post(post: &Post) -> String {
    let Some(said) = &post.text else { return String::new() };
    let handle = post.author.handle.as_ref().map(|h| text(&format!("@{h}")));
    let day = post.posted_at.as_deref().and_then(|d| d.get(..10)).map(text);
    let parts = [post.author.name.as_deref().map(text), handle, day, post.url.as_deref().map(link)];
    let signature = parts.into_iter().flatten().collect::<Vec<_>>().join(" ");
    format!("<blockquote><p>{}</p><footer>{signature}</footer></blockquote>\n", text(said).replace('\n', "<br>"))
}

fn list(heading: &str, items: impl Iterator<Item = String>) -> String {
    let items: String = items.map(|item| format!("<li>{item}</li>\n")).collect();
    if items.is_empty() { items } else { format!("<h2>{heading}</h2>\n<ul>\n{items}</ul>\n") }
}

/// A link where the address may be followed, else the address as text.
fn link(url: &str) -> String {
    match view::safe(url) {
        Some(url) => format!("<a href=\"{0}\" rel=\"nofollow noopener\">{0}</a>", text(url)),
        None => text(url),
    }
}

/// Text for content and attributes.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if c.is_control() && c != '\n' && c != '\t' => {}
            c => out.push(c),
        }
    }
    out
}
