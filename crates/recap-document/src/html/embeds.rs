//! Embeds that give an id or a player instead of a link.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;

use crate::builder::link;
use crate::document::{Link, LinkForm};

/// Makes the address of an embedded deck, video or post from a shortcode's name and first argument.
///
/// Names are those of Hugo, Jekyll/Octopress, Hexo and Zenn. An argument that is an address already stays as it is.
pub fn shortcode(name: &str, argument: &str, second: Option<&str>) -> Option<Link> {
    let argument = argument.trim().trim_matches(['"', '\'']);
    if argument.is_empty() {
        return None;
    }
    let url = shortcode_url(&name.to_ascii_lowercase(), argument, second)?;
    Some(Link { raw: (url != argument).then(|| argument.to_owned()), ..link(url, format!("shortcode:{name}"), LinkForm::Embed) })
}

fn shortcode_url(name: &str, argument: &str, second: Option<&str>) -> Option<String> {
    if argument.starts_with("http://") || argument.starts_with("https://") {
        return Some(argument.to_owned());
    }
    if argument.starts_with("//") {
        return Some(format!("https:{argument}"));
    }
    Some(match name {
        "youtube" | "youtube_id" => format!("https://www.youtube.com/watch?v={}", argument.split(['?', '&']).next().unwrap_or(argument)),
        "vimeo" => format!("https://vimeo.com/{argument}"),
        "speakerdeck" | "speaker_deck" => format!("https://speakerdeck.com/player/{argument}"),
        "slideshare" => format!("https://www.slideshare.net/slideshow/embed_code/key/{argument}"),
        "docswell" => format!("https://www.docswell.com/s/{argument}"),
        "tweet" | "twitter" | "x" => match second {
            Some(id) => format!("https://twitter.com/{argument}/status/{id}"),
            None if argument.bytes().all(|b| b.is_ascii_digit()) => format!("https://twitter.com/i/status/{argument}"),
            None => format!("https://twitter.com/{}", argument.trim_start_matches('/')),
        },
        "instagram" => format!("https://www.instagram.com/p/{argument}/"),
        "gist" => format!("https://gist.github.com/{argument}"),
        "nicovideo" | "niconico" => format!("https://www.nicovideo.jp/watch/{argument}"),
        _ => return None,
    })
}

/// The embed that an element with these attributes stands for: players in `iframe`, `embed`, `object`, `video`, and
/// `<script class="speakerdeck-embed" data-id>`.
pub fn element(name: &str, attr: impl Fn(&str) -> Option<String>) -> Option<Link> {
    match name {
        "script" => {
            let id = attr("data-id").filter(|_| attr("class").is_some_and(|c| c.contains("speakerdeck-embed")))?;
            let url = format!("https://speakerdeck.com/player/{id}");
            Some(Link { raw: Some(id), ..link(url, "data-id", LinkForm::Embed) })
        }
        "object" => attr("data").map(|url| link(absolute(&url).into_owned(), "data", LinkForm::Embed)),
        _ => ["src", "data-src", "data-lazy-src"].into_iter().find_map(|key| {
            let url = attr(key).filter(|url| !url.is_empty() && !url.starts_with("data:") && url != "about:blank")?;
            Some(Link { title: attr("title"), ..link(absolute(&card_target(&url)).into_owned(), key, LinkForm::Embed) })
        }),
    }
}

/// Link-card services (Hatena, Embedly and their like) carry the real address in `url=`.
fn card_target(src: &str) -> String {
    static CARD: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"^(?:https?:)?//(?:hatenablog-parts\.com/embed|hatenablog\.com/embed|cdn\.embedly\.com/widgets/media\.html|[\w.-]*iframely\.[\w.]+/[^?]*)\?(?:.*&)?url=([^&]+)").ok()
    });
    let target = CARD.as_ref().and_then(|card| card.captures(src)).and_then(|found| found.get(1));
    let decoded =
        target.and_then(|m| url::form_urlencoded::parse(format!("u={}", m.as_str()).as_bytes()).next().map(|(_, v)| v.into_owned()));
    decoded.filter(|u| u.starts_with("http")).unwrap_or_else(|| src.to_owned())
}

/// `//host/path` with a scheme.
pub fn absolute(url: &str) -> Cow<'_, str> {
    if url.starts_with("//") { Cow::Owned(format!("https:{url}")) } else { Cow::Borrowed(url.trim()) }
}
