//! Addresses of known providers: what kind of thing, and which one.

use url::Url;

/// A service that gives the things it shows an id of their own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Provider {
    /// YouTube video; the id has 11 characters.
    YouTube,
    /// Vimeo video; the id is a number.
    Vimeo,
    /// Tweet; the id is the tweet's number.
    Tweet,
    /// Speaker Deck; the id is `user/deck`.
    SpeakerDeck,
    /// Speaker Deck's player; the id is the deck's hexadecimal number.
    SpeakerDeckPlayer,
    /// SlideShare; the id is `user/deck`.
    SlideShare,
    /// Docswell; the id is the deck's short code.
    Docswell,
    /// Google Slides; the id is the document's.
    GoogleSlides,
    /// connpass event; the id is a number.
    Connpass,
    /// Doorkeeper event; the id is a number.
    Doorkeeper,
    /// Meetup event; the id is a number.
    Meetup,
    /// Luma event; the id is its short name.
    Luma,
    /// niconico video; the id begins with `sm`, `so` or `nm`.
    Niconico,
}

impl Provider {
    /// The provider's name in lower case.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::YouTube => "youtube",
            Self::Vimeo => "vimeo",
            Self::Tweet => "tweet",
            Self::SpeakerDeck => "speakerdeck",
            Self::SpeakerDeckPlayer => "speakerdeck-player",
            Self::SlideShare => "slideshare",
            Self::Docswell => "docswell",
            Self::GoogleSlides => "google-slides",
            Self::Connpass => "connpass",
            Self::Doorkeeper => "doorkeeper",
            Self::Meetup => "meetup",
            Self::Luma => "luma",
            Self::Niconico => "niconico",
        }
    }
}

/// What an address shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ProviderId {
    /// The service.
    pub provider: Provider,
    /// The service's own id, as [`Provider`] describes it.
    pub id: String,
}

/// The provider and id of an address, where the provider is known and the address names one thing
/// (not a profile, a playlist or a search).
#[must_use]
pub fn provider_id(url: &str) -> Option<ProviderId> {
    let url = super::parse(url)?;
    let host = super::bare_host(&url)?;
    let path: Vec<&str> = url.path_segments()?.filter(|s| !s.is_empty()).collect();
    let (provider, id) = match site(&host) {
        "youtube.com" | "youtube-nocookie.com" => (Provider::YouTube, youtube(&url, &path)?),
        "youtu.be" => (Provider::YouTube, youtube_id(path.first()?)?),
        "vimeo.com" => (Provider::Vimeo, vimeo(&path)?),
        "twitter.com" | "x.com" => (Provider::Tweet, tweet(&path)?),
        "speakerdeck.com" => speakerdeck(&path)?,
        "slideshare.net" => (Provider::SlideShare, slideshare(&path)?),
        "docswell.com" => (Provider::Docswell, docswell(&path)?),
        "docs.google.com" => (Provider::GoogleSlides, google_slides(&path)?),
        "connpass.com" => (Provider::Connpass, number_after(&path, "event")?),
        "doorkeeper.jp" => (Provider::Doorkeeper, number_after(&path, "events")?),
        "meetup.com" => (Provider::Meetup, number_after(&path, "events")?),
        "luma.com" | "lu.ma" => (Provider::Luma, luma(&path)?),
        "nicovideo.jp" | "nico.ms" => (Provider::Niconico, niconico(&path)?),
        _ => return None,
    };
    Some(ProviderId { provider, id })
}

/// Sites that give each group, language or device a subdomain.
const SUBDOMAINED: &[&str] =
    &["connpass.com", "doorkeeper.jp", "youtube.com", "twitter.com", "slideshare.net", "vimeo.com", "meetup.com", "nicovideo.jp"];

fn site(host: &str) -> &str {
    SUBDOMAINED.iter().find(|domain| super::is_host_or_below(host, domain)).copied().unwrap_or(host)
}

fn youtube(url: &Url, path: &[&str]) -> Option<String> {
    match *path {
        ["watch"] => {
            let (_, id) = url.query_pairs().find(|(key, _)| key == "v")?;
            youtube_id(&id)
        }
        ["embed" | "v" | "live" | "shorts", id, ..] => youtube_id(id),
        _ => None,
    }
}

fn youtube_id(id: &str) -> Option<String> {
    let fits = id.len() == 11 && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    (fits && id != "videoseries").then(|| id.to_owned())
}

fn vimeo(path: &[&str]) -> Option<String> {
    match *path {
        ["video", id, ..] | [id] | [id, _] => number(id),
        ["channels", _, id] => number(id),
        _ => None,
    }
}

fn tweet(path: &[&str]) -> Option<String> {
    match *path {
        [_, "status" | "statuses", id, ..] | ["i", "web", "status", id, ..] => number(id),
        _ => None,
    }
}

fn speakerdeck(path: &[&str]) -> Option<(Provider, String)> {
    match *path {
        ["player" | "embed", id] => Some((Provider::SpeakerDeckPlayer, id.trim_end_matches(".js").to_owned())),
        ["c" | "p" | "categories" | "search" | "features", ..] => None,
        [user, deck, ..] => Some((Provider::SpeakerDeck, pair(user, deck))),
        _ => None,
    }
}

fn slideshare(path: &[&str]) -> Option<String> {
    match *path {
        ["slideshow", "embed_code", ..] | ["tag" | "search" | "category", ..] => None,
        [user, deck] => Some(pair(user, deck)),
        _ => None,
    }
}

fn pair(user: &str, deck: &str) -> String {
    format!("{user}/{deck}").to_ascii_lowercase()
}

fn docswell(path: &[&str]) -> Option<String> {
    let code = match *path {
        ["s", _, slug, ..] => slug.split('-').next()?,
        ["slide", code, ..] => code,
        _ => return None,
    };
    (!code.is_empty()).then(|| code.to_owned())
}

fn google_slides(path: &[&str]) -> Option<String> {
    match *path {
        ["presentation", "d", "e", id, ..] => Some(format!("e/{id}")),
        ["presentation", "d", id, ..] | ["presentation", "u", _, "d", id, ..] => Some(id.to_owned()),
        _ => None,
    }
}

fn luma(path: &[&str]) -> Option<String> {
    match *path {
        ["event", id] => Some(id.to_owned()),
        [id] if !matches!(id, "discover" | "signin" | "create" | "home" | "pricing") => Some(id.to_owned()),
        _ => None,
    }
}

fn niconico(path: &[&str]) -> Option<String> {
    let id = match *path {
        ["watch", id] | [id] => id,
        _ => return None,
    };
    let digits = ["sm", "so", "nm"].iter().find_map(|p| id.strip_prefix(p))?;
    number(digits).map(|_| id.to_owned())
}

fn number_after(path: &[&str], name: &str) -> Option<String> {
    let at = path.iter().position(|&segment| segment == name)?;
    number(path.get(at + 1)?)
}

fn number(text: &str) -> Option<String> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(url: &str) -> Option<(&'static str, String)> {
        provider_id(url).map(|p| (p.provider.as_str(), p.id))
    }

    #[test]
    fn one_thing_many_addresses() {
        for url in [
            "https://www.youtube.com/watch?v=abcDEF_-123&t=4",
            "https://m.youtube.com/watch?list=x&v=abcDEF_-123",
            "https://youtu.be/abcDEF_-123?si=x",
            "https://www.youtube-nocookie.com/embed/abcDEF_-123",
            "youtube.com/live/abcDEF_-123",
        ] {
            assert_eq!(id(url), Some(("youtube", "abcDEF_-123".to_owned())), "{url}");
        }
        for url in [
            "https://twitter.com/sample/status/123",
            "https://mobile.twitter.com/sample/status/123/photo/1",
            "https://x.com/i/web/status/123",
        ] {
            assert_eq!(id(url), Some(("tweet", "123".to_owned())), "{url}");
        }
        assert_eq!(id("https://sample.connpass.com/event/42/presentation/"), id("https://connpass.com/event/42/"));
    }

    #[test]
    fn what_is_no_single_thing_has_no_id() {
        for url in [
            "https://www.youtube.com/playlist?list=x",
            "https://www.youtube.com/embed/videoseries?list=x",
            "https://twitter.com/sample",
            "https://sample.connpass.com/",
            "https://speakerdeck.com/sample",
            "https://notyoutube.com/watch?v=abcDEF_-123",
        ] {
            assert_eq!(id(url), None, "{url}");
        }
    }
}
