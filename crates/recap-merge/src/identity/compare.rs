//! Whether two parts tell of one event.

use super::label::{Editions, Label, Relation};
use super::profile::Profile;

/// What a comparison comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    /// One event, and how sure that is, up to 1000.
    Same(u32),
    /// Posts with the event's hashtag, written on its days: one event, if there is no other one.
    Tagged,
    /// Perhaps; what speaks for it and against it.
    Doubtful(String),
    /// Two events, or nothing to be seen.
    Other,
}

/// How two dates relate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Days {
    /// A day is common.
    Same,
    /// Up to two days between them: the days of one event.
    Near,
    /// The same days of another year: somebody wrote the wrong year.
    WrongYear,
    /// Further apart.
    Far,
    /// One is not known.
    Unknown,
}

/// Everything that speaks for or against.
#[derive(Debug)]
struct Signs {
    name: Relation,
    edition: Editions,
    days: Days,
    page: Option<bool>,
    url: bool,
    talks: usize,
    /// Share of the shorter programme that is common, in per cent.
    share: usize,
    speakers: usize,
    place: Option<bool>,
    /// Whether the hashtag of the one is the name of the other.
    tag_is_name: bool,
    tags: bool,
    venue: bool,
}

/// Compares two parts.
pub fn compare(a: &Profile, b: &Profile) -> Verdict {
    let signs = Signs::of(a, b);
    if a.is_post != b.is_post {
        let fits = signs.tags && matches!(signs.days, Days::Same | Days::Near) && signs.edition != Editions::Different;
        return if fits { Verdict::Tagged } else { Verdict::Other };
    }
    if signs.edition == Editions::Different || signs.place == Some(false) {
        return signs.against();
    }
    signs.shared_page().or_else(|| signs.by_name()).or_else(|| signs.by_programme(a, b)).unwrap_or(Verdict::Other)
}

impl Signs {
    fn of(a: &Profile, b: &Profile) -> Self {
        let (name, edition, here) = names(a, b);
        let (x, y) = (&a.material, &b.material);
        let shared = x.told(y).min(y.told(x)).max(x.common_addresses(y));
        let least = x.talks.min(y.talks).max(1);
        Self {
            name,
            edition,
            days: days(a.days, b.days),
            page: pages(a, b),
            url: !a.urls.is_disjoint(&b.urls),
            talks: shared,
            share: 100 * shared.min(least) / least,
            speakers: a.speakers.common(&b.speakers),
            place: (!a.places.is_empty() && !b.places.is_empty()).then(|| !a.places.is_disjoint(&b.places)).or(here.then_some(true)),
            tag_is_name: tag_is_name(a, b) || tag_is_name(b, a),
            tags: !a.tags.is_disjoint(&b.tags),
            venue: a.venue.is_some() && a.venue == b.venue,
        }
    }

    /// Two editions or two towns: two events, whatever else they share; worth a look where that is much.
    fn against(&self) -> Verdict {
        if self.page == Some(true) || (self.talks >= 3 && !self.far()) {
            Verdict::Doubtful(format!("{}, but their names are of two editions or towns", self.shared()))
        } else {
            Verdict::Other
        }
    }

    /// One event page, or one address of this edition.
    fn shared_page(&self) -> Option<Verdict> {
        match self.page {
            Some(true) => Some(Verdict::Same(1000)),
            // Two pages of one platform are two events, but for an event with two pages for one day.
            Some(false) if !(self.name == Relation::Equal && self.edition == Editions::Shared && self.days == Days::Same) => {
                Some(Verdict::Other)
            }
            _ if self.url && !self.far() => Some(Verdict::Same(950)),
            _ if self.url && self.name >= Relation::Contained => Some(Verdict::Same(940)),
            _ if self.url => Some(Verdict::Doubtful(format!("{}, but their dates are far apart", self.shared()))),
            _ => None,
        }
    }

    /// Dates that no event has both.
    fn far(&self) -> bool {
        matches!(self.days, Days::Far | Days::WrongYear)
    }

    /// Something besides the name.
    fn is_supported(&self) -> bool {
        self.days == Days::Same || self.talks >= 1 || self.speakers >= 2 || self.place == Some(true) || self.venue
    }

    fn by_name(&self) -> Option<Verdict> {
        use Days::{Far, Near, Same, Unknown, WrongYear};
        let edition = self.edition == Editions::Shared;
        let doubt = |why: &str| Some(Verdict::Doubtful(format!("{}, {why}", self.shared())));
        match (self.name, self.days) {
            (Relation::Equal, Same) => Some(Verdict::Same(if edition { 900 } else { 880 })),
            (Relation::Equal, Near | Unknown | WrongYear) if edition => Some(Verdict::Same(890)),
            (Relation::Equal, Far) if edition && self.talks >= 1 => Some(Verdict::Same(700)),
            (Relation::Equal, Far) if edition => doubt("but their dates are far apart"),
            (Relation::Equal, Near) if self.talks >= 1 || self.venue => Some(Verdict::Same(750)),
            (Relation::Equal, Near) => doubt("on neighbouring days"),
            (Relation::Contained, Same | Near | Unknown) if edition && self.is_supported() => Some(Verdict::Same(850)),
            (Relation::Contained, Far | WrongYear) if edition && self.talks >= 2 => Some(Verdict::Same(690)),
            (Relation::Contained, Same)
                if self.talks >= 1 || self.tags || self.tag_is_name || self.speakers >= 2 || self.venue || self.place == Some(true) =>
            {
                Some(Verdict::Same(820))
            }
            (Relation::Contained, Same | Near | Unknown) if edition => doubt("but only one name holds the other"),
            (Relation::Contained, Same) => doubt("but only one name holds the other"),
            (Relation::Overlap, Same) if self.place == Some(true) || self.tags || self.talks >= 1 => Some(Verdict::Same(730)),
            _ => None,
        }
    }

    /// The same programme tells the event whatever it is called. One talk does not: it may be given twice.
    fn by_programme(&self, a: &Profile, b: &Profile) -> Option<Verdict> {
        let fits = !self.far();
        let nameless = a.is_nameless() || b.is_nameless();
        if self.talks >= 3 && self.share >= 40 && fits {
            Some(Verdict::Same(800))
        } else if self.talks >= 5 && self.share >= 40 {
            Some(Verdict::Same(720))
        } else if self.talks >= 2
            && (self.days == Days::Same || (self.name >= Relation::Contained && fits) || (nameless && self.share >= 40))
        {
            Some(Verdict::Same(710))
        } else if self.talks >= 2 && fits {
            Some(Verdict::Doubtful(format!("{}, but nothing else tells that they are one", self.shared())))
        } else {
            None
        }
    }

    /// What is common, for people.
    fn shared(&self) -> String {
        let mut what = Vec::new();
        match self.name {
            Relation::Equal => what.push("the name".to_owned()),
            Relation::Contained | Relation::Overlap => what.push("a part of the name".to_owned()),
            Relation::Other => {}
        }
        what.extend((self.page == Some(true)).then(|| "an event page".to_owned()));
        what.extend(self.url.then(|| "an address".to_owned()));
        what.extend((self.edition == Editions::Shared).then(|| "the edition".to_owned()));
        what.extend((self.days == Days::Same).then(|| "the day".to_owned()));
        what.extend((self.talks > 0).then(|| format!("{} talks", self.talks)));
        format!("they share {}", if what.is_empty() { "little".to_owned() } else { what.join(", ") })
    }
}

/// The best relation of a name of the one to a name of the other, or to a title, with the editions of these two and whether
/// they name one place.
fn names(a: &Profile, b: &Profile) -> (Relation, Editions, bool) {
    let whole = a.edition.compare(&b.edition);
    let mut best = (Relation::Other, whole, false);
    let rank = |(r, e, place): (Relation, Editions, bool)| (r, e == Editions::Shared, e != Editions::Different, place);
    for (x, mine) in labels(a) {
        for (y, theirs) in labels(b) {
            let most = if mine && theirs { Relation::Equal } else { Relation::Contained };
            let relation = x.relation(y).min(most);
            let own =
                |label: &Label, profile: &Profile| if label.edition.is_empty() { profile.edition.clone() } else { label.edition.clone() };
            let found = (relation, own(x, a).compare(&own(y, b)), !x.places.is_disjoint(&y.places));
            if relation > Relation::Other && rank(found) > rank(best) {
                best = found;
            }
        }
    }
    if whole == Editions::Different { (best.0, whole, best.2) } else { best }
}

/// Names, and what may hold one.
fn labels(profile: &Profile) -> impl Iterator<Item = (&Label, bool)> {
    profile.names.iter().map(|name| (name, true)).chain(profile.titles.iter().map(|title| (title, false)))
}

/// Whether a hashtag of the one is the name of the other: `#sample_conf` and Sample Conf.
fn tag_is_name(a: &Profile, b: &Profile) -> bool {
    let is_name = |tag: &str| {
        b.names.iter().any(|name| name.compact.len() >= 5 && tag.trim_end_matches(|c: char| c.is_ascii_digit()) == name.compact)
    };
    a.tags.iter().any(|tag| is_name(tag))
}

/// Whether the two name one page of a platform; none where no platform is common.
fn pages(a: &Profile, b: &Profile) -> Option<bool> {
    let both = a.pages.iter().filter_map(|(platform, ids)| Some((ids, b.pages.get(platform)?)));
    both.map(|(x, y)| !x.is_disjoint(y)).max()
}

fn days(a: Option<(i64, i64)>, b: Option<(i64, i64)>) -> Days {
    let (Some(a), Some(b)) = (a, b) else { return Days::Unknown };
    let gap = (b.0 - a.1).max(a.0 - b.1);
    match gap {
        ..=0 => Days::Same,
        1..=2 => Days::Near,
        _ if [364, 365, 366].iter().any(|year| (gap - year).abs() <= 3) => Days::WrongYear,
        _ => Days::Far,
    }
}
