//! Making a library of recaps, one at a time.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap, HashSet};

use recap_export::view;
use recap_merge::{PeopleDecisions, directory};
use recap_model::Recap;

use super::facts::{Spellings, clipped, day, filters, line, neighbours, place, thin, year};
use super::people::{self, Pages};
use super::{Around, Card, Library, Named, PersonCard};
use crate::paths;
use crate::search::{Arena, Entry, Hit, Index, Kind, LONGEST, Texts};

/// Takes recaps and keeps of each no more than the library needs.
#[derive(Debug, Default)]
pub struct Builder {
    /// Recaps without texts, posts and evidence.
    thin: Vec<Recap>,
    sources: Vec<String>,
    names: Vec<String>,
    posts: Vec<Draft>,
    ids: HashSet<String>,
}

/// An entry that still wants its page and its filters.
#[derive(Debug)]
struct Draft {
    event: usize,
    kind: Kind,
    /// Which talk; its page is the entry's.
    talk: Option<String>,
    title: String,
    who: String,
    body: String,
    people: Vec<String>,
}

/// What a library is made of.
struct Parts {
    events: Vec<Card>,
    people: Vec<PersonCard>,
    around: Arena,
    details: Arena,
    entries: Vec<Entry>,
}

/// Characters of a post or a question that a result shows.
const SHOWN: usize = 120;

impl Builder {
    /// Takes a recap; `source` says where it is, for whoever makes its page later. Of two with one id the first stays.
    pub fn add(&mut self, source: &str, recap: &Recap) {
        if !self.ids.insert(recap.id.clone()) {
            return;
        }
        let event = self.thin.len();
        self.drafts(event, recap);
        self.names.push(clipped(&view::name(recap), 300));
        self.sources.push(source.to_owned());
        self.thin.push(thin(recap));
    }

    fn drafts(&mut self, event: usize, recap: &Recap) {
        for talk in &recap.talks {
            let who = view::speaker_names(recap, talk).join(", ");
            let title = talk.title.clone().unwrap_or_else(|| who.clone());
            let body = [who.as_str(), talk.summary.as_deref().unwrap_or_default()].join(" ");
            let people = talk.speakers.clone();
            self.draft(Draft { event, kind: Kind::Talk, talk: Some(talk.id.clone()), title, who, body, people });
        }
        for question in &recap.questions {
            let body = [question.question.as_str(), question.answer.as_deref().unwrap_or_default()].join(" ");
            let title = clipped(&question.question, SHOWN);
            let (talk, people) = (question.talk.clone(), question.answered_by.clone());
            self.draft(Draft { event, kind: Kind::Question, talk, title, who: String::new(), body, people });
        }
        for post in recap.posts.iter().filter(|post| post.text.is_some()) {
            let text = post.text.clone().unwrap_or_default();
            let handle = post.author.handle.as_ref().map(|handle| format!("@{handle}"));
            let who = [post.author.name.clone(), handle].into_iter().flatten().collect::<Vec<_>>().join(" ");
            let title = clipped(&text, SHOWN);
            let body = format!("{text} {who}");
            self.draft(Draft { event, kind: Kind::Post, talk: None, title, who, body, people: Vec::new() });
        }
    }

    /// Keeps of an entry what is searched and shown, however long its texts are.
    fn draft(&mut self, draft: Draft) {
        let (title, who) = (clipped(&draft.title, 300), clipped(&draft.who, 300));
        let mut body = draft.body;
        if let Some((end, _)) = body.char_indices().nth(LONGEST) {
            body.truncate(end);
        }
        // There are many of them: room to grow is room for nothing.
        body.shrink_to_fit();
        self.posts.push(Draft { title, who, body, ..draft });
    }

    /// The library of all recaps that were added; who is who follows from the recaps and from what people decided.
    pub fn finish(mut self, decisions: &PeopleDecisions) -> Library {
        let drafts = std::mem::take(&mut self.posts);
        let parts = self.parts(drafts, decisions);
        // The index takes the most memory; what it does not need goes first.
        drop(self);
        Library::of(parts.events, parts.people, parts.around, parts.details, Index::new(parts.entries))
    }

    fn parts(&self, drafts: Vec<Draft>, decisions: &PeopleDecisions) -> Parts {
        let directory = directory(&self.thin, decisions);
        let files = paths::unique(self.thin.iter().map(|recap| recap.id.as_str()));
        let spellings = Spellings::new(&self.thin);
        let cards: Vec<Card> = self.thin.iter().enumerate().map(|(at, recap)| self.card(at, recap, &files, &spellings)).collect();
        let pages = Pages::new(&directory, &self.thin, &cards);
        let mut order: Vec<usize> = (0..cards.len()).collect();
        order.sort_by_key(|&at| cards.get(at).map(|card| (card.start.is_none(), Reverse(card.start.clone()), card.id.clone())));
        let mut around = Texts::default();
        let neighbours = neighbours(&cards, &order);
        for &at in &order {
            let (before, after) = neighbours.get(&at).cloned().unwrap_or_default();
            let one = Around { people: pages.of_event(at), before, after };
            around.push(&serde_json::to_string(&one).unwrap_or_default());
        }
        let entries = self.entries(drafts, &cards, &pages);
        let (people, details) = pages.finish();
        let mut cards: Vec<Option<Card>> = cards.into_iter().map(Some).collect();
        let events = order.iter().filter_map(|&at| cards.get_mut(at)?.take()).collect();
        Parts { events, people, around: around.finish(), details, entries }
    }

    fn card(&self, at: usize, recap: &Recap, files: &BTreeMap<&str, String>, spellings: &Spellings) -> Card {
        let event = &recap.event;
        let mut tags: Vec<Named> = event.hashtags.iter().filter_map(|tag| spellings.tag(tag)).collect();
        tags.sort();
        tags.dedup();
        Card {
            id: recap.id.clone(),
            file: files.get(recap.id.as_str()).cloned().unwrap_or_default(),
            source: self.sources.get(at).cloned().unwrap_or_default(),
            name: self.names.get(at).cloned().unwrap_or_default(),
            start: event.start.as_deref().map(|start| clipped(start, 20)),
            year: year(event),
            series: event.series.as_deref().and_then(|series| spellings.series(series)),
            tags,
            talks: recap.talks.len(),
            people: recap.people.iter().filter(|person| people::has_part(person)).count(),
            place: place(event),
            former: recap.redirects.clone(),
        }
    }

    fn entries(&self, drafts: Vec<Draft>, cards: &[Card], pages: &Pages<'_>) -> Vec<Entry> {
        let mut drafts = drafts.into_iter().peekable();
        let mut entries = Vec::with_capacity(drafts.len() + self.thin.len());
        for ((at, recap), card) in self.thin.iter().enumerate().zip(cards) {
            let people = pages.of_event(at);
            entries.push(event_entry(recap, card, &people));
            // Drafts come in the order of their events.
            while let Some(draft) = drafts.next_if(|draft| draft.event == at) {
                entries.push(draft.entry(card, &people));
            }
        }
        entries.extend(pages.entries());
        entries
    }
}

impl Draft {
    fn entry(self, card: &Card, people: &HashMap<String, String>) -> Entry {
        let path = match &self.talk {
            Some(talk) => paths::talk(&card.file, talk),
            None => paths::event(&card.file, 1),
        };
        let detail = line([self.who.as_str(), card.name.as_str(), day(card)]);
        let hit = Hit { kind: self.kind, title: clipped(&self.title, 300), detail, path: paths::encoded(&path) };
        let filters = filters(card, self.people.iter().filter_map(|id| people.get(id)));
        Entry { hit, body: self.body, date: card.start.clone(), filters }
    }
}

fn event_entry(recap: &Recap, card: &Card, people: &HashMap<String, String>) -> Entry {
    let event = &recap.event;
    let names = recap.people.iter().filter(|p| people.contains_key(&p.id)).map(view::shown);
    let texts = [&event.name, &event.theme, &event.venue.name, &event.venue.address].into_iter().flatten().cloned();
    let series = card.series.as_ref().map(|series| series.name.as_str()).unwrap_or_default();
    // A name nearly always has its series in it, which need not be said twice.
    let apart = if card.name.contains(series) { "" } else { series };
    Entry {
        hit: Hit {
            kind: Kind::Event,
            title: card.name.clone(),
            detail: line([day(card), card.place.as_deref().unwrap_or_default(), apart]),
            path: paths::encoded(&paths::event(&card.file, 1)),
        },
        body: texts
            .chain([series.to_owned(), card.start.clone().unwrap_or_default()])
            .chain(event.hashtags.iter().cloned())
            .chain(names)
            .collect::<Vec<_>>()
            .join(" "),
        date: card.start.clone(),
        filters: filters(card, people.values()),
    }
}
