//! Posts in pages that are no plain quotations: saved pages of Twitter, widgets that were rendered before the page was
//! saved, and the embeds of Bluesky, Mastodon and Instagram.

use super::draft::{Draft, derived};
use super::page::Page;
use crate::document::{Field, Place, Record, Span};
use crate::json::post;

/// The page's posts.
pub fn read(page: &Page<'_>) -> Vec<Record> {
    const CLASSES: &[&str] = &["EmbeddedTweet", "Tweet", "bluesky-embed", "mastodon-embed", "instagram-media"];
    let saved = page.tree.with_attribute("data-tweet-id").next().is_some();
    let framed = || (0..page.len()).any(|i| page.tree.name(i) == "iframe");
    let mut records = Vec::new();
    if !saved && !CLASSES.iter().any(|class| page.with_class(class).next().is_some()) && !framed() {
        return records;
    }
    let mut at = 0;
    while at < page.len() {
        let record = if page.is_element(at) { post_at(page, at) } else { None };
        at = if record.is_some() { page.tree.nodes[at].next } else { at + 1 };
        records.extend(record);
    }
    records
}

fn post_at(page: &Page<'_>, node: usize) -> Option<Record> {
    let tree = page.tree;
    let has = |class| tree.has_class(node, class);
    let attr = |name| tree.attr(node, name).filter(|v| !v.is_empty());
    if attr("data-tweet-id").is_some() && attr("data-screen-name").is_some() {
        return Some(saved_tweet(page, node));
    }
    if (has("EmbeddedTweet") || has("Tweet")) && inside(page, node, "Tweet-text").is_some() {
        return Some(rendered_tweet(page, node));
    }
    match tree.name(node) {
        "iframe" => iframe(page, node),
        "blockquote" if has("bluesky-embed") && attr("data-bluesky-uri").is_some() => Some(bluesky(page, node)),
        "blockquote" if has("mastodon-embed") => mastodon(page, node, "data-embed-url"),
        "blockquote" if has("instagram-media") => instagram(page, node),
        _ => None,
    }
    .filter(|r| !r.props.is_empty())
}

fn inside(page: &Page<'_>, node: usize, class: &str) -> Option<usize> {
    page.find(node, |i| page.tree.has_class(i, class))
}

/// Twitter's own pages until about 2020: `data-tweet-id`, `data-screen-name`, `.tweet-text`, `._timestamp[data-time]`.
fn saved_tweet(page: &Page<'_>, node: usize) -> Record {
    let mut draft = post::draft("twitter-page");
    let id = page.attr(node, "data-tweet-id", "tweet");
    let handle = page.attr(node, "data-screen-name", "tweet");
    post::tweet_identity(&mut draft, id.as_ref(), handle.as_ref().map(|h| h.value.as_str()));
    let body = inside(page, node, "tweet-text").or_else(|| inside(page, node, "js-tweet-text"));
    draft.put("text", body.and_then(|i| text(page, i)));
    let time = page.find(node, |i| page.tree.attr(i, "data-time").is_some());
    draft.put("datePublished", time.and_then(|i| page.attr(i, "data-time", "tweet")).as_ref().map(post::epoch_date));
    draft.put("author.name", page.attr(node, "data-name", "tweet"));
    draft.put("author.url", handle.as_ref().map(|h| derived(post::twitter_profile(&h.value), h, "author/url")));
    draft.put("author.alternateName", handle);
    body.into_iter().for_each(|i| links(page, i, &mut draft));
    if let Some(quoted) = inside(page, node, "QuoteTweet-innerContainer") {
        draft.nest("sharedContent", quoted_tweet(page, quoted));
    }
    draft.finish()
}

fn quoted_tweet(page: &Page<'_>, node: usize) -> Record {
    let mut draft = post::draft("twitter-page");
    let id = page.attr(node, "data-item-id", "tweet");
    let handle = page.attr(node, "data-screen-name", "tweet");
    post::tweet_identity(&mut draft, id.as_ref(), handle.as_ref().map(|h| h.value.as_str()));
    let body = inside(page, node, "QuoteTweet-text").or_else(|| inside(page, node, "tweet-text"));
    draft.put("text", body.and_then(|i| text(page, i)));
    draft.put("author.name", inside(page, node, "QuoteTweet-fullname").and_then(|i| page.text_of(i, "tweet/name")));
    draft.put("author.alternateName", handle);
    draft.finish()
}

/// The markup that widgets.js put into frames: `.EmbeddedTweet`, `.Tweet-text`, `.TweetAuthor-screenName`.
fn rendered_tweet(page: &Page<'_>, node: usize) -> Record {
    let mut draft = post::draft("twitter-widget");
    let range = || node..page.tree.nodes[node].next;
    let id = range().find_map(|i| page.attr(i, "data-tweet-id", "tweet"));
    let name = |class| inside(page, node, class).and_then(|i| page.text_of(i, class));
    let handle = name("TweetAuthor-screenName").map(|h| derived(h.value.trim_start_matches('@'), &h, "TweetAuthor-screenName"));
    post::tweet_identity(&mut draft, id.as_ref(), handle.as_ref().map(|h| h.value.as_str()));
    let body = inside(page, node, "Tweet-text");
    draft.put("text", body.and_then(|i| text(page, i)));
    let time = page.find(node, |i| page.tree.name(i) == "time" && page.tree.attr(i, "datetime").is_some());
    draft.put("datePublished", time.and_then(|i| page.attr(i, "datetime", "time")));
    draft.put("author.name", name("TweetAuthor-name"));
    draft.put("author.url", handle.as_ref().map(|h| derived(post::twitter_profile(&h.value), h, "author/url")));
    draft.put("author.alternateName", handle);
    body.into_iter().for_each(|i| links(page, i, &mut draft));
    draft.finish()
}

/// A tweet's text with its links as they were posted, not as they are shortened for display.
fn text(page: &Page<'_>, node: usize) -> Option<Field> {
    let tree = page.tree;
    let mut out = String::new();
    let mut at = node + 1;
    while at < tree.nodes[node].next && out.len() < 20_000 {
        let href = tree.attr(at, "href").filter(|_| tree.name(at) == "a" && is_outside(page, at));
        match (tree.text(at), href) {
            (Some(piece), _) => out.push_str(piece),
            (None, Some(href)) => {
                let shown = tree.inner_text(at);
                let picture = shown.trim().starts_with("pic.twitter.com/");
                out.push_str(if out.is_empty() || out.ends_with(char::is_whitespace) { "" } else { " " });
                out.push_str(if picture { shown.trim() } else { href });
                at = tree.nodes[at].next;
                continue;
            }
            (None, None) if tree.name(at) == "br" => out.push('\n'),
            // Emoji are images with their character as `alt`.
            (None, None) if tree.name(at) == "img" => out.push_str(tree.attr(at, "alt").unwrap_or("")),
            _ => {}
        }
        at += 1;
    }
    let value = out.replace('\u{a0}', " ").trim().to_owned();
    let span = page.span(node);
    let place = if page.text.get(span.range()) == Some(value.as_str()) {
        Place::Text(span)
    } else {
        Place::Attribute { name: "tweet-text".to_owned(), at: span }
    };
    (!value.is_empty()).then_some(Field { value, place })
}

/// Whether a link leads out of Twitter (tags and mentions lead into it).
fn is_outside(page: &Page<'_>, link: usize) -> bool {
    page.tree.has_class(link, "twitter-timeline-link")
        || page.tree.attr(link, "data-expanded-url").is_some()
        || page.tree.attr(link, "href").is_some_and(|h| h.contains("://t.co/"))
}

fn links(page: &Page<'_>, node: usize, draft: &mut Draft) {
    let tree = page.tree;
    for link in tree.inside(node).filter(|&i| tree.name(i) == "a").take(100) {
        let span = page.span(link);
        let shown = tree.inner_text(link);
        let shown = shown.trim();
        // The mark stands apart from the word in these pages; the word is looked for in the shown text.
        let word = |mark: &[char]| {
            let word = shown.trim_start_matches(mark).trim();
            let at =
                page.text.get(span.range()).and_then(|t| t.find(word)).map(|at| Span::new(span.start + at, span.start + at + word.len()));
            at.map(|span| Field { value: word.to_owned(), place: Place::Text(span) })
        };
        if shown.starts_with('@') {
            draft.put("mentions", word(&['@']));
        } else if shown.starts_with(['#', '＃']) {
            draft.put("keywords", word(&['#', '＃']));
        } else if shown.starts_with("pic.twitter.com/") {
            draft.put("image", page.attr(link, "href", "tweet-text"));
        } else {
            draft.put("citation", page.attr(link, "data-expanded-url", "tweet-text").or_else(|| page.url(link, "href", "tweet-text")));
        }
    }
}

/// Players of single posts: `platform.twitter.com/embed/Tweet.html?id=`, `host/@user/id/embed`, `embed.bsky.app/embed/`.
fn iframe(page: &Page<'_>, node: usize) -> Option<Record> {
    let src = ["src", "data-src"].into_iter().find_map(|attr| page.url(node, attr, "iframe"))?;
    let url = url::Url::parse(&src.value).ok()?;
    match url.host_str()? {
        "platform.twitter.com" | "platform.x.com" if url.path().contains("Tweet.html") => {
            let id = url.query_pairs().find(|(key, _)| key == "id").map(|(_, id)| id.into_owned())?;
            let mut draft = post::draft("twitter-widget");
            draft.put("identifier", Some(derived(id, &src, "src")));
            Some(draft.finish())
        }
        "embed.bsky.app" => {
            let (did, key) = url.path().strip_prefix("/embed/")?.split_once("/app.bsky.feed.post/")?;
            let mut draft = post::draft("bluesky-embed");
            draft.put("identifier", Some(derived(key, &src, "src")));
            draft.put("url", Some(derived(format!("at://{did}/app.bsky.feed.post/{key}"), &src, "src")));
            draft.put("author.identifier", Some(derived(did, &src, "src")));
            Some(draft.finish())
        }
        _ => mastodon_address(&src),
    }
}

/// `https://host/@user/1234/embed`.
fn mastodon_address(src: &Field) -> Option<Record> {
    let url = url::Url::parse(&src.value).ok()?;
    let mut parts = url.path().trim_end_matches("/embed").split('/').skip(1);
    let (user, id) = (parts.next()?.strip_prefix('@')?, parts.next()?);
    if id.is_empty() || !id.bytes().all(|b| b.is_ascii_digit()) || !url.path().ends_with("/embed") {
        return None;
    }
    let host = url.host_str()?;
    let mut draft = post::draft("mastodon-embed");
    draft.put("identifier", Some(derived(id, src, "src")));
    draft.put("url", Some(derived(format!("https://{host}/@{user}/{id}"), src, "src")));
    let handle = if user.contains('@') { user.to_owned() } else { format!("{user}@{host}") };
    draft.put("author.alternateName", Some(derived(handle, src, "src")));
    Some(draft.finish())
}

fn mastodon(page: &Page<'_>, node: usize, attr: &str) -> Option<Record> {
    mastodon_address(&page.attr(node, attr, "mastodon-embed")?)
}

/// `<blockquote class="bluesky-embed" data-bluesky-uri="at://…"><p>…</p>— Name (<a>@handle</a>) <a href=post>date</a>`.
fn bluesky(page: &Page<'_>, node: usize) -> Record {
    let tree = page.tree;
    let mut draft = post::draft("bluesky-embed");
    let uri = page.attr(node, "data-bluesky-uri", "bluesky-embed");
    let links_inside = tree.inside(node).filter(|&i| tree.name(i) == "a").take(100).collect::<Vec<_>>();
    let is_post = |&i: &usize| tree.attr(i, "href").is_some_and(|h| h.contains("bsky.app/profile/") && h.contains("/post/"));
    let body = page.find(node, |i| tree.name(i) == "p");
    let body_end = body.map_or(node + 1, |b| tree.nodes[b].next);
    let date = links_inside.iter().copied().filter(|&i| i >= body_end).find(is_post);
    if let Some(uri) = &uri {
        draft.put("identifier", Some(derived(uri.value.rsplit('/').next().unwrap_or(""), uri, "uri")));
        let url = date.and_then(|i| page.attr(i, "href", "bluesky-embed"));
        draft.put("url", Some(url.map_or_else(|| uri.clone(), |u| derived(u.value.split('?').next().unwrap_or(&u.value), &u, "href"))));
    }
    draft.put("text", body.and_then(|i| page.text_of(i, "bluesky-embed")).map(without_placeholder));
    draft.put("datePublished", date.and_then(|i| page.text_of(i, "bluesky-embed")));
    draft.put("author.name", body.and_then(|b| signature_name(page, b, node)));
    let profile = links_inside.iter().copied().filter(|&i| i >= body_end).find(|&i| tree.inner_text(i).trim().starts_with('@'));
    let handle = profile.and_then(|i| page.text_of(i, "bluesky-embed"));
    draft.put("author.alternateName", handle.map(|h| derived(h.value.trim_start_matches('@'), &h, "bluesky-embed")));
    body.into_iter().for_each(|i| links(page, i, &mut draft));
    draft.finish()
}

/// The embed writes a link in the place of a picture.
fn without_placeholder(field: Field) -> Field {
    let text = field.value.trim_end_matches("[image or embed]").trim_end();
    match field.place {
        Place::Text(span) => Field { value: text.to_owned(), place: Place::Text(Span::new(span.start, span.start + text.len())) },
        place => Field { value: text.to_owned(), place },
    }
}

/// The name between the dash behind the text and the bracket before the handle.
fn signature_name(page: &Page<'_>, body: usize, quote: usize) -> Option<Field> {
    let (start, end) = (page.span(body).end, page.span(quote).end);
    let rest = page.text.get(start..end)?;
    let dash = rest.find(['—', '–', '-'])?;
    let from = dash + rest[dash..].chars().next().map_or(0, char::len_utf8);
    let to = from + rest[from..].find('(')?;
    let name = rest[from..to].trim();
    let at = start + from + rest[from..to].find(name)?;
    (!name.is_empty() && !name.contains('\n')).then(|| Field { value: name.to_owned(), place: Place::Text(Span::new(at, at + name.len())) })
}

fn instagram(page: &Page<'_>, node: usize) -> Option<Record> {
    let link = page.attr(node, "data-instgrm-permalink", "instagram-media")?;
    let url = link.value.split('?').next().unwrap_or(&link.value).to_owned();
    let id = url.trim_end_matches('/').rsplit('/').next().unwrap_or("").to_owned();
    let mut draft = post::draft("instagram-embed");
    draft.put("identifier", Some(derived(id, &link, "data-instgrm-permalink")));
    draft.put("url", Some(derived(url, &link, "data-instgrm-permalink")));
    let time = page.find(node, |i| page.tree.name(i) == "time");
    draft.put("datePublished", time.and_then(|i| page.attr(i, "datetime", "time")));
    Some(draft.finish())
}
