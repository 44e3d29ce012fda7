//! What a part is compared by.

use std::collections::{BTreeMap, BTreeSet};

use recap_model::{LinkKind, Person, Recap, SourceKind, Talk};
use recap_text::names::fold;
use recap_text::urls::{provider_id, resource_key};

use super::blocks;
use super::few::{Few, Marks, mark};
use super::label::{Edition, Label};
use super::material::Material;
use crate::blank;

/// What a part is compared by.
#[derive(Debug, Default)]
pub struct Profile {
    /// Names that the event has in the part.
    pub names: Vec<Label>,
    /// The title of the document and the event's hashtags: they may hold the name.
    pub titles: Vec<Label>,
    /// The edition that the names say, else the event's address.
    pub edition: Edition,
    /// Towns and countries in the names.
    pub places: Few<Box<str>>,
    /// First and last day, as days since the epoch.
    pub days: Option<(i64, i64)>,
    /// Platform -> ids of the event's pages there.
    pub pages: BTreeMap<&'static str, BTreeSet<String>>,
    /// Addresses that belong to this edition alone.
    pub urls: Marks,
    /// What its talks are told by.
    pub material: Material,
    /// Speakers' names and accounts.
    pub speakers: Marks,
    /// The event's hashtags.
    pub tags: Few<Box<str>>,
    /// The venue's name.
    pub venue: Option<u64>,
    /// Whether it is only a post or a collection of posts.
    pub is_post: bool,
    /// Where the part goes, while parts are put in order.
    pub place: u32,
}

/// Titles of fewer characters say nothing: `Opening`, `はじめに`.
const TITLE: usize = 8;

impl Profile {
    /// The profile of a part, and the keys that another telling of the event is likely to have as well.
    pub fn of(part: &Recap) -> (Self, BTreeSet<String>) {
        let event = &part.event;
        let is_post = part.sources.first().is_some_and(|s| s.kind == SourceKind::Post);
        let names = names(part);
        let mut profile = Self {
            titles: titles(part).into_iter().filter(|title| !names.contains(title)).collect(),
            names,
            days: days(event.start.as_deref(), event.end.as_deref()),
            speakers: speakers(part),
            tags: tags(&event.hashtags).collect(),
            venue: event.venue.name.as_deref().map(fold).filter(|name| name.chars().count() >= 4).map(|name| mark(&name)),
            is_post,
            ..Self::default()
        };
        if is_post {
            profile.posts(part);
        }
        let (talks, loose) = programme(part);
        let urls = profile.addresses(part);
        for name in &profile.names {
            profile.places.extend(name.places.iter().cloned());
            profile.edition.extend(&name.edition);
        }
        if profile.edition.is_empty() {
            profile.edition.years.extend(event.urls.iter().flat_map(|url| years_in(url)));
        }
        let keys = blocks::keys(&profile, &urls, talks.iter().flatten().chain(&loose));
        profile.material = Material::of(&talks, &loose);
        profile.urls = urls.iter().map(|url| mark(url)).collect();
        (profile, keys)
    }

    /// Notes the pages on platforms and gives the addresses that belong to this edition alone.
    fn addresses(&mut self, part: &Recap) -> BTreeSet<String> {
        let own = part.sources.iter().filter(|s| s.kind == SourceKind::EventPage).filter_map(|s| s.url.as_ref());
        let mut urls = BTreeSet::new();
        for url in part.event.urls.iter().chain(own) {
            if let Some(id) = provider_id(url) {
                self.pages.entry(id.provider.as_str()).or_default().insert(id.id);
            } else {
                urls.extend(resource_key(url).filter(|key| is_one_edition(key)));
            }
        }
        urls
    }

    /// Posts know the event by its hashtag and the days on which they were written.
    fn posts(&mut self, part: &Recap) {
        self.tags.extend(part.posts.iter().flat_map(|post| tags(&post.hashtags)));
        let named = part.posts.iter().flat_map(|post| &post.hashtags).map(|tag| Label::parse(tag)).filter(Label::is_specific);
        self.titles.extend(named);
        let written: Vec<i64> = part.posts.iter().filter_map(|post| day_number(post.posted_at.as_deref()?)).collect();
        self.days = self.days.or(written.iter().min().copied().zip(written.iter().max().copied()));
    }

    /// Whether it says anything of which event it is.
    pub fn is_nameless(&self) -> bool {
        self.names.is_empty() && self.edition.is_empty() && self.days.is_none()
    }
}

fn tags(tags: &[String]) -> impl Iterator<Item = Box<str>> {
    tags.iter().map(|tag| fold(tag)).filter(|tag| tag.chars().count() >= 3).map(String::into_boxed_str)
}

/// The keys of each talk that has any, and of decks and recordings that no talk has.
fn programme(part: &Recap) -> (Vec<BTreeSet<String>>, Vec<String>) {
    let talks = part.talks.iter().map(talk_keys).filter(|keys| !keys.is_empty()).collect();
    let loose = part.links.iter().filter(|l| matches!(l.kind, LinkKind::Slides | LinkKind::Video)).filter_map(|l| resource_key(&l.url));
    (talks, loose.map(|key| format!("u {key}")).collect())
}

fn names(part: &Recap) -> Vec<Label> {
    let event = &part.event;
    let edition = event.edition.as_deref().unwrap_or_default();
    let by_series = event.series.as_ref().map(|series| format!("{series} {edition}"));
    let mut names: Vec<Label> = Vec::new();
    for text in event.name.iter().chain(&by_series) {
        // `TITLE - NAME 2018`: the name may stand in a piece.
        for piece in std::iter::once(text.as_str()).chain(pieces(text)) {
            let label = Label::parse(piece);
            if label.is_specific() && !names.contains(&label) {
                names.push(label);
            }
        }
    }
    names
}

/// The pieces of a text between spaced dashes and bars, if there are any.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    let pieces: Vec<&str> = split_on(text, &[" - ", " – ", " — ", " | ", "｜"]);
    let several = pieces.len() > 1;
    pieces.into_iter().filter(move |_| several).map(str::trim)
}

fn titles(part: &Recap) -> Vec<Label> {
    let titles = part.sources.iter().filter_map(|s| s.title.as_deref());
    let tags = part.event.hashtags.iter().map(String::as_str);
    titles.flat_map(|t| std::iter::once(t).chain(pieces(t))).chain(tags).map(Label::parse).filter(Label::is_specific).collect()
}

fn talk_keys(talk: &Talk) -> BTreeSet<String> {
    let decks = talk.slides.iter().chain(&talk.videos).chain(&talk.links).filter_map(|url| resource_key(url)).map(|key| format!("u {key}"));
    let title = talk.title.as_deref().map(fold).filter(|t| t.chars().count() >= TITLE).map(|t| format!("t {t}"));
    decks.chain(title).collect()
}

fn speakers(part: &Recap) -> Marks {
    let people: BTreeMap<&str, &Person> = part.people.iter().map(|p| (p.id.as_str(), p)).collect();
    let given = part.talks.iter().flat_map(|t| &t.speakers).filter_map(|id| people.get(id.as_str()));
    given
        .flat_map(|p| blank::accounts(p).map(|h| fold(&h.handle)).chain(p.name.as_deref().map(fold)))
        .filter(|w| w.chars().count() >= 3)
        .map(|w| mark(&w))
        .collect()
}

/// An address that names one edition: a number in it, and more than a host; or a year in the host.
fn is_one_edition(key: &str) -> bool {
    let (host, path) = key.split_once('/').unwrap_or((key, ""));
    let digit = |text: &str| text.bytes().any(|b| b.is_ascii_digit());
    !years_in(host).is_empty() || (digit(path) && path.len() >= 4)
}

/// Years that stand by themselves between other characters than digits.
fn years_in(url: &str) -> Vec<u32> {
    let runs = url.split(|c: char| !c.is_ascii_digit()).filter(|run| run.len() == 4);
    runs.filter_map(|run| run.parse().ok()).filter(|year| (1990..2100).contains(year)).collect()
}

/// First and last day of an event whose day is known.
fn days(start: Option<&str>, end: Option<&str>) -> Option<(i64, i64)> {
    let first = day_number(start?)?;
    let last = end.and_then(day_number).filter(|last| (first..first + 31).contains(last)).unwrap_or(first);
    Some((first, last))
}

/// Days since 1970-01-01 of the proleptic Gregorian calendar.
pub fn day_number(date: &str) -> Option<i64> {
    let field = |range: std::ops::Range<usize>| date.get(range)?.parse::<i64>().ok();
    let (year, month, day) = (field(0..4)?, field(5..7)?, field(8..10)?);
    let (y, m) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    Some(365 * y + y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400) + (153 * m + 2) / 5 + day - 719_469)
}

fn split_on<'t>(text: &'t str, marks: &[&str]) -> Vec<&'t str> {
    marks.iter().fold(vec![text], |pieces, mark| pieces.into_iter().flat_map(|piece| piece.split(mark)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted() {
        assert_eq!(day_number("1970-01-01"), Some(0));
        assert_eq!(day_number("2020-02-29T19:00").zip(day_number("2020-03-01")).map(|(a, b)| b - a), Some(1));
        assert_eq!(day_number("2020-06"), None);
    }

    #[test]
    fn roots_are_of_no_edition() {
        assert!(!is_one_edition("www.example.org"));
        assert!(is_one_edition("conf2019.example.org"));
        assert!(is_one_edition("example.org/osaka/2018"));
        assert!(!is_one_edition("example.org/about/us"));
    }
}
