//! What most formats ask of a recap.

use recap_model::{Person, Recap, Talk};

/// The people of a talk, in its order.
pub fn speakers<'r>(recap: &'r Recap, talk: &'r Talk) -> impl Iterator<Item = &'r Person> {
    talk.speakers.iter().filter_map(|id| person(recap, id))
}

/// A person by id.
pub fn person<'r>(recap: &'r Recap, id: &str) -> Option<&'r Person> {
    recap.people.iter().find(|p| p.id == id)
}

/// A person's name, else a handle as it is written on its network.
pub fn shown(person: &Person) -> String {
    let handle = || person.handles.first().map(|h| format!("@{}", h.handle));
    person.name.clone().or_else(handle).unwrap_or_else(|| person.id.clone())
}

/// The speakers of a talk by name.
pub fn speaker_names(recap: &Recap, talk: &Talk) -> Vec<String> {
    speakers(recap, talk).map(shown).collect()
}

/// The event's name, else its series with edition, else its id.
pub fn name(recap: &Recap) -> String {
    let event = &recap.event;
    let numbered = || {
        let series = event.series.as_ref()?;
        Some(event.edition.as_ref().map_or(series.clone(), |edition| format!("{series} #{edition}")))
    };
    event.name.clone().or_else(numbered).unwrap_or_else(|| recap.id.clone())
}

/// Addresses of a person: profile pages made from handles, then pages.
pub fn addresses(person: &Person) -> Vec<String> {
    let profiles = person.handles.iter().filter_map(|h| profile(&h.platform, &h.handle));
    let mut all: Vec<String> = profiles.chain(person.urls.iter().cloned()).collect();
    let mut seen = std::collections::BTreeSet::new();
    all.retain(|url| seen.insert(url.clone()));
    all
}

/// The page of an account, where the network has one address for all.
pub fn profile(platform: &str, handle: &str) -> Option<String> {
    let at = |host: &str| Some(format!("https://{host}/{handle}"));
    match platform {
        "twitter" | "x" => at("x.com"),
        "github" => at("github.com"),
        "qiita" => at("qiita.com"),
        "zenn" => at("zenn.dev"),
        "speakerdeck" => at("speakerdeck.com"),
        "bluesky" => at("bsky.app/profile"),
        "mastodon" => handle.trim_start_matches('@').split_once('@').map(|(user, host)| format!("https://{host}/@{user}")),
        _ => None,
    }
}

/// The event's own language: that of the first source that tells one.
pub fn language(recap: &Recap) -> Option<&str> {
    recap.sources.iter().find_map(|s| s.language.as_deref())
}

/// A name for files: letters, digits, `-` and `_`; never empty, never more than 100 characters.
pub fn slug(text: &str) -> String {
    let folded: String = text.chars().map(|c| if c.is_alphanumeric() || c == '_' { c } else { '-' }).collect();
    let parts: Vec<&str> = folded.split('-').filter(|part| !part.is_empty()).collect();
    let slug: String = parts.join("-").chars().take(100).collect();
    if slug.is_empty() { "event".to_owned() } else { slug }
}

/// An address that may stand behind a link: http and https only, whatever a source had, of characters that addresses have.
pub fn safe(url: &str) -> Option<&str> {
    let lower = url.get(..8).unwrap_or(url).to_ascii_lowercase();
    let foreign = |c: char| c.is_whitespace() || c.is_control() || matches!(c, '<' | '>' | '"' | '`' | '{' | '}' | '|' | '\\' | '^');
    ((lower.starts_with("http://") || lower.starts_with("https://")) && !url.contains(foreign)).then_some(url)
}
