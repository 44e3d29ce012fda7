//! People over the years.

use std::collections::{BTreeMap, HashMap};

use recap_export::view;
use recap_merge::{Directory, Entry as Person};
use recap_model::{Recap, Role};
use serde::{Deserialize, Serialize};

use super::facts::{clipped, line};
use super::{Card, UNDATED};
use crate::paths;
use crate::search::{Arena, Entry, Filter, Hit, Kind, Texts};

/// A person in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PersonCard {
    /// Of the page.
    pub file: String,
    /// The name, or an account.
    pub name: String,
    /// How many talks.
    pub talks: usize,
    /// How many events.
    pub events: usize,
    /// Year of the first one.
    pub first: Option<String>,
    /// Year of the last one.
    pub last: Option<String>,
}

/// What a person's page says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Detail {
    /// As in lists.
    #[serde(flatten)]
    pub card: PersonCard,
    /// What names the person in decisions and commands.
    pub key: String,
    /// Other spellings.
    pub aliases: Vec<String>,
    /// Accounts.
    pub accounts: Vec<Account>,
    /// As written.
    pub affiliations: Vec<String>,
    /// Newest first.
    pub years: Vec<Year>,
    /// Who spoke at the same events, the most talks together first.
    pub beside: Vec<Beside>,
}

/// An account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// `twitter`, `github` …
    pub platform: String,
    /// Without `@`.
    pub handle: String,
    /// Its page, where the network has one address for all.
    pub url: Option<String>,
    /// How many events name it.
    pub seen: usize,
}

/// The events of a year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Year {
    /// Four digits, or [`UNDATED`].
    pub year: String,
    /// Newest first.
    pub events: Vec<At>,
}

/// A part in an event.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct At {
    /// File name of the event's page.
    pub event: String,
    /// The event's name.
    pub name: String,
    /// Local ISO 8601.
    pub date: Option<String>,
    /// Parts.
    pub roles: Vec<Role>,
    /// Id and title of talks.
    pub talks: Vec<(String, Option<String>)>,
}

/// Somebody who spoke at the same events.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// Of the page.
    pub file: String,
    /// The name.
    pub name: String,
    /// Talks given together.
    pub talks: usize,
    /// Events that both spoke at.
    pub events: usize,
}

/// Most people that a page names as co-speakers.
const BESIDE: usize = 24;

/// Whether somebody has a part in the event; who was only there, or named, gets no page.
pub fn has_part(person: &recap_model::Person) -> bool {
    active(&person.roles)
}

fn active(roles: &[Role]) -> bool {
    roles.iter().any(|role| !matches!(role, Role::Attendee | Role::Mentioned))
}

/// The pages of people.
pub struct Pages<'d> {
    directory: &'d Directory,
    recaps: &'d [Recap],
    cards: &'d [Card],
    /// Those with a page, by position in the directory.
    files: BTreeMap<usize, String>,
    /// Event and person there -> position in the directory.
    who: HashMap<(usize, &'d str), usize>,
    event_of: HashMap<&'d str, usize>,
}

impl<'d> Pages<'d> {
    /// Of everybody with a part in an event.
    pub fn new(directory: &'d Directory, recaps: &'d [Recap], cards: &'d [Card]) -> Self {
        let event_of: HashMap<&str, usize> = recaps.iter().enumerate().map(|(at, recap)| (recap.id.as_str(), at)).collect();
        let with_page = |person: &Person| person.events.iter().any(|event| active(&event.roles));
        let paged: Vec<(usize, &Person)> = directory.people.iter().enumerate().filter(|(_, person)| with_page(person)).collect();
        let names = paths::unique(paged.iter().map(|(_, person)| person.key.as_str()));
        let files = paged.iter().map(|(at, person)| (*at, names.get(person.key.as_str()).cloned().unwrap_or_default())).collect();
        let appearances = directory.people.iter().enumerate().flat_map(|(at, person)| person.events.iter().map(move |event| (at, event)));
        let who = appearances.filter_map(|(at, event)| Some(((*event_of.get(event.event.as_str())?, event.person.as_str()), at))).collect();
        Self { directory, recaps, cards, files, who, event_of }
    }

    /// Person's id -> file name, of those in an event who have a page.
    pub fn of_event(&self, at: usize) -> HashMap<String, String> {
        let people = self.recaps.get(at).map(|recap| recap.people.as_slice()).unwrap_or_default();
        let paged = people.iter().filter_map(|person| {
            let file = self.files.get(self.who.get(&(at, person.id.as_str()))?)?;
            Some((person.id.clone(), file.clone()))
        });
        paged.collect()
    }

    /// What the index has of people.
    pub fn entries(&self) -> Vec<Entry> {
        self.files.iter().filter_map(|(&at, file)| Some(self.entry(self.directory.people.get(at)?, file))).collect()
    }

    fn entry(&self, person: &Person, file: &str) -> Entry {
        let card = self.card(person, file);
        let years = line([
            card.first.as_deref().unwrap_or_default(),
            card.last.as_deref().filter(|l| Some(*l) != card.first.as_deref()).unwrap_or_default(),
        ]);
        let handles = person.handles.iter().map(|account| format!("@{}", account.handle));
        let accounts: Vec<String> = handles.clone().take(3).collect();
        let body: Vec<String> = handles.chain(person.aliases.iter().cloned()).chain(person.affiliations.iter().cloned()).collect();
        let cards = person.events.iter().filter_map(|event| self.cards.get(*self.event_of.get(event.event.as_str())?));
        let mut filters: Vec<Filter> = cards.flat_map(|card| super::facts::filters(card, std::iter::empty())).collect();
        filters.push(Filter::Person(file.to_owned()));
        filters.sort();
        filters.dedup();
        let path = paths::encoded(&format!("people/{file}.html"));
        let detail =
            line([accounts.join(" ").as_str(), person.affiliations.first().map(String::as_str).unwrap_or_default(), years.as_str()]);
        let date = card.last.clone();
        Entry { hit: Hit { kind: Kind::Person, title: card.name, detail, path }, body: body.join(" "), date, filters }
    }

    fn card(&self, person: &Person, file: &str) -> PersonCard {
        let years = || person.events.iter().filter_map(|event| event.start.as_deref()?.get(..4)).map(str::to_owned);
        let handle = || person.handles.first().map(|account| format!("@{}", account.handle));
        PersonCard {
            file: file.to_owned(),
            name: clipped(&person.name.clone().or_else(handle).unwrap_or_else(|| person.key.clone()), 200),
            talks: person.events.iter().map(|event| event.talks.len()).sum(),
            events: person.events.len(),
            first: years().min(),
            last: years().max(),
        }
    }

    /// Cards by name, and the JSON of the details in their order.
    pub fn finish(&self) -> (Vec<PersonCard>, Arena) {
        let mut all: Vec<Detail> =
            self.files.iter().filter_map(|(&at, file)| Some(self.detail(at, self.directory.people.get(at)?, file))).collect();
        all.sort_by_cached_key(|detail| (recap_text::names::fold(&detail.card.name), detail.card.file.clone()));
        let mut texts = Texts::default();
        all.iter().for_each(|detail| texts.push(&serde_json::to_string(detail).unwrap_or_default()));
        (all.into_iter().map(|detail| detail.card).collect(), texts.finish())
    }

    fn detail(&self, at: usize, person: &Person, file: &str) -> Detail {
        let account = |account: &recap_merge::Account| Account {
            platform: clipped(&account.platform, 40),
            handle: clipped(&account.handle, 100),
            url: view::profile(&account.platform, &account.handle).filter(|url| url.len() < 500),
            seen: account.seen.len(),
        };
        Detail {
            card: self.card(person, file),
            key: clipped(&person.key, 200),
            aliases: person.aliases.iter().take(20).map(|alias| clipped(alias, 100)).collect(),
            accounts: person.handles.iter().take(40).map(account).collect(),
            affiliations: person.affiliations.iter().take(20).map(|name| clipped(name, 100)).collect(),
            years: self.years(person),
            beside: self.beside(at, person),
        }
    }

    fn years(&self, person: &Person) -> Vec<Year> {
        let mut years: BTreeMap<&str, Vec<At>> = BTreeMap::new();
        for event in person.events.iter().rev() {
            let Some((&at, card)) = self.event_of.get(event.event.as_str()).and_then(|at| Some((at, self.cards.get(*at)?))) else {
                continue;
            };
            let talks = self.recaps.get(at).map(|recap| recap.talks.as_slice()).unwrap_or_default().iter();
            let talks = talks.filter(|talk| talk.speakers.contains(&event.person));
            years.entry(&card.year).or_default().push(At {
                event: card.file.clone(),
                name: card.name.clone(),
                date: card.start.clone(),
                roles: event.roles.clone(),
                talks: talks.map(|talk| (talk.id.clone(), talk.title.as_deref().map(|title| clipped(title, 300)))).collect(),
            });
        }
        let mut years: Vec<Year> = years.into_iter().map(|(year, events)| Year { year: year.to_owned(), events }).collect();
        years.sort_by(|a, b| (a.year == UNDATED, &b.year).cmp(&(b.year == UNDATED, &a.year)));
        years
    }

    fn beside(&self, own: usize, person: &Person) -> Vec<Beside> {
        let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        for event in &person.events {
            let Some(&at) = self.event_of.get(event.event.as_str()) else { continue };
            let mut here: BTreeMap<usize, usize> = BTreeMap::new();
            let talks = self.recaps.get(at).map(|recap| recap.talks.as_slice()).unwrap_or_default();
            if !talks.iter().any(|talk| talk.speakers.contains(&event.person)) {
                continue;
            }
            for talk in talks {
                let together = usize::from(talk.speakers.contains(&event.person));
                let others = talk.speakers.iter().filter_map(|id| self.who.get(&(at, id.as_str()))).filter(|&&other| other != own);
                others.for_each(|&other| *here.entry(other).or_default() += together);
            }
            for (other, together) in here {
                let count = counts.entry(other).or_default();
                *count = (count.0 + together, count.1 + 1);
            }
        }
        let mut all: Vec<(usize, (usize, usize))> = counts.into_iter().filter(|(other, _)| self.files.contains_key(other)).collect();
        all.sort_by(|a, b| b.1.cmp(&a.1).then(a.0.cmp(&b.0)));
        let named = all.into_iter().take(BESIDE).filter_map(|(other, (talks, events))| {
            let file = self.files.get(&other)?.clone();
            let name = self.card(self.directory.people.get(other)?, &file).name;
            Some(Beside { file, name, talks, events })
        });
        named.collect()
    }
}
