//! The pages of an event and of its talks.

use recap_export::view as names;
use recap_export::view::safe;
use recap_model::{Answer, AttendanceMode, Person, Post, Recap, Role, Talk, TalkKind};
use serde_json::Value;

use super::evidence::Plan;
use super::lookups;
use super::parts::{EventPage, Head, Item, PostView, QuestionView, Section, TalkView};
use super::source::called;
use super::{Cut, Fact, weight};
use crate::library::{Around, Card, Library};
use crate::paths;

/// An event with what its pages need.
pub struct Dossier<'r> {
    pub(crate) card: &'r Card,
    pub(crate) recap: &'r Recap,
    pub(crate) plan: Plan,
    around: Around,
    library: &'r Library,
    /// Pages of lists: section and items.
    parts: Vec<Vec<(&'static str, Item)>>,
    totals: Vec<(&'static str, usize)>,
}

/// Bytes of an item's markup.
const MARKUP: usize = 500;
/// Bytes of what stands above the lists besides its values: structured data, mostly.
const ABOVE: usize = 16_000;
/// Most values of a row of the head.
const ROW: usize = 30;

impl<'r> Dossier<'r> {
    /// Of an event of the library and its recap.
    pub fn new(library: &'r Library, card: &'r Card, around: Around, recap: &'r Recap) -> Self {
        let plan = Plan::new(&card.file, recap);
        let mut dossier = Self { card, recap, plan, around, library, parts: Vec::new(), totals: Vec::new() };
        let lists = dossier.lists();
        dossier.totals = lists.iter().map(|(name, items)| (*name, items.len())).collect();
        let all: Vec<(&'static str, Item)> =
            lists.into_iter().flat_map(|(name, items)| items.into_iter().map(move |item| (name, item))).collect();
        let above = ABOVE + weight(&dossier.head());
        dossier.parts = super::pages_below(above, all, |(_, item)| MARKUP + weight(item), 250);
        dossier
    }

    /// How many pages the event has.
    pub fn pages(&self) -> usize {
        self.parts.len()
    }

    /// A page; they count from 1.
    pub fn page(&self, number: usize, data: Option<Value>) -> EventPage<'_> {
        let mut sections: Vec<Section> = Vec::new();
        for (name, item) in number.checked_sub(1).and_then(|at| self.parts.get(at)).into_iter().flatten() {
            match sections.last_mut().filter(|section| section.name == *name) {
                Some(section) => section.items.push(item.clone()),
                None => {
                    let total = self.totals.iter().find(|(n, _)| n == name).map_or(0, |(_, total)| *total);
                    sections.push(Section { name, total, items: vec![item.clone()] });
                }
            }
        }
        EventPage {
            card: self.card,
            head: (number == 1).then(|| self.head()),
            name: Cut::short(&self.card.name),
            sections,
            evidence: paths::encoded(&paths::evidence(&self.card.file, 1)),
            json: paths::encoded(&format!("events/{}.json", self.card.file)),
            data,
        }
    }

    /// The talk whose page has a file name, with its neighbours.
    pub fn talk(&self, file: &str) -> Option<(TalkView, Option<Fact>, Option<Fact>)> {
        let at = self.recap.talks.iter().position(|talk| paths::name(&talk.id) == file)?;
        let talk = self.recap.talks.get(at)?;
        let mut view = self.talk_view(at, talk);
        let own = self.recap.questions.iter().enumerate().filter(|(_, q)| q.talk.as_ref() == Some(&talk.id)).take(20);
        view.questions = own.map(|(i, question)| QuestionView { talk: None, ..self.question(i, question) }).collect();
        view.title.page = None;
        let neighbour = |at: Option<usize>| at.and_then(|at| Some(self.talk_title(at, self.recap.talks.get(at)?)));
        Some((view, neighbour(at.checked_sub(1)), neighbour(at.checked_add(1))))
    }

    fn lists(&self) -> Vec<(&'static str, Vec<Item>)> {
        let recap = self.recap;
        let talks = recap.talks.iter().enumerate().map(|(i, talk)| Item::Talk(Box::new(self.talk_view(i, talk)))).collect();
        let questions = recap.questions.iter().enumerate().map(|(i, question)| Item::Question(self.question(i, question))).collect();
        let posts = recap.posts.iter().enumerate().map(|(i, post)| Item::Post(self.post(i, post))).collect();
        let shown = |role: &Role| !matches!(role, Role::Attendee | Role::Mentioned);
        let people = recap.people.iter().enumerate().filter(|(_, p)| p.roles.iter().any(shown));
        let people = people
            .map(|(i, person)| Item::Plain(self.person(&format!("/people/{i}"), person), person.affiliation.as_deref().map(Cut::short)));
        let issues = recap.issues.iter().map(|issue| Item::Plain(Fact { text: Cut::short(&issue.message), ..Fact::default() }, None));
        vec![
            ("talks", talks),
            ("questions", questions),
            ("posts", posts),
            ("next", self.next_events()),
            ("people", people.collect()),
            ("links", self.links()),
            ("lookups", lookups::items(self)),
            ("sources", self.sources()),
            ("issues", issues.collect()),
        ]
    }

    fn head(&self) -> Head {
        let event = &self.recap.event;
        let text =
            |pointer: &str, value: &Option<String>| value.as_deref().map(|text| self.fact(pointer, text)).into_iter().collect::<Vec<_>>();
        let each = |pointer: &str, values: &[String]| -> Vec<Fact> {
            values.iter().take(ROW).enumerate().map(|(i, value)| self.address(&format!("{pointer}/{i}"), value)).collect()
        };
        let venue = [("/event/venue/name", &event.venue.name), ("/event/venue/address", &event.venue.address)];
        let participants = event.participants.map(|n| self.fact("/event/participants", &n.to_string()));
        let mode = event.attendance_mode.map(|mode| self.fact("/event/attendance_mode", mode_key(mode)));
        let rows = vec![
            ("date", self.dates()),
            ("theme", text("/event/theme", &event.theme)),
            ("venue", venue.into_iter().flat_map(|(pointer, value)| text(pointer, value)).collect()),
            ("mode", mode.into_iter().collect()),
            ("organizers", self.refs("/event/organizers", &event.organizers)),
            ("sponsors", self.refs("/event/sponsors", &event.sponsors)),
            ("participants", participants.into_iter().collect()),
            ("hashtags", self.hashtags()),
            ("pages", each("/event/urls", &event.urls)),
            ("videos", each("/event/videos", &event.videos)),
        ];
        let series = event
            .series
            .as_deref()
            .map(|series| Fact { page: self.card.series.as_ref().map(|s| page("series", &s.file)), ..self.fact("/event/series", series) });
        Head {
            name: self.fact("/event/name", &self.card.name),
            series,
            rows: rows.into_iter().filter(|(_, facts)| !facts.is_empty()).collect(),
            before: self.around.before.clone(),
            after: self.around.after.clone(),
        }
    }

    fn dates(&self) -> Vec<Fact> {
        let event = &self.recap.event;
        let zone = event.timezone.as_deref().map(|zone| format!(" ({zone})")).unwrap_or_default();
        let start = event.start.as_deref().map(|start| self.fact("/event/start", &format!("{}{zone}", spaced(start))));
        let end = event.end.as_deref().map(|end| self.fact("/event/end", &format!("– {}", spaced(end))));
        start.into_iter().chain(end).collect()
    }

    fn hashtags(&self) -> Vec<Fact> {
        let tags = self.recap.event.hashtags.iter().take(ROW).enumerate().map(|(i, tag)| {
            let folded = recap_text::names::fold(tag);
            let known = self.card.tags.iter().find(|named| recap_text::names::fold(&named.name) == folded);
            Fact { page: known.map(|named| page("tags", &named.file)), ..self.fact(&format!("/event/hashtags/{i}"), &format!("#{tag}")) }
        });
        tags.collect()
    }

    fn talk_title(&self, at: usize, talk: &Talk) -> Fact {
        let who = names::speaker_names(self.recap, talk).join(", ");
        let text = talk.title.as_deref().filter(|title| !title.trim().is_empty()).unwrap_or(&who);
        let text = if text.is_empty() { &talk.id } else { text };
        Fact { page: Some(paths::encoded(&paths::talk(&self.card.file, &talk.id))), ..self.fact(&format!("/talks/{at}/title"), text) }
    }

    fn talk_view(&self, at: usize, talk: &Talk) -> TalkView {
        let own = format!("/talks/{at}");
        let each = |field: &str, values: &[String]| -> Vec<Fact> {
            values.iter().take(20).enumerate().map(|(i, value)| self.address(&format!("{own}/{field}/{i}"), value)).collect()
        };
        let time = talk.start.as_deref().map(|start| {
            let end = talk
                .end
                .as_deref()
                .map(|end| format!(" – {}", spaced(end.split_once('T').map_or(end, |(_, time)| time))))
                .unwrap_or_default();
            self.fact(&format!("{own}/start"), &format!("{}{end}", spaced(start)))
        });
        TalkView {
            title: self.talk_title(at, talk),
            kind: kind_key(talk.kind),
            speakers: self.refs(&format!("{own}/speakers"), &talk.speakers),
            slides: each("slides", &talk.slides),
            videos: each("videos", &talk.videos),
            links: each("links", &talk.links),
            time,
            language: talk.language.as_deref().map(|language| self.fact(&format!("{own}/language"), language)),
            summary: talk.summary.as_deref().map(|summary| self.long(&format!("{own}/summary"), summary)),
            questions: Vec::new(),
        }
    }

    fn question(&self, at: usize, question: &Answer) -> QuestionView {
        let own = format!("/questions/{at}");
        let talk = question.talk.as_ref().and_then(|id| self.recap.talks.iter().enumerate().find(|(_, talk)| talk.id == *id));
        QuestionView {
            question: self.long(&format!("{own}/question"), &question.question),
            answer: question.answer.as_deref().map(|answer| self.long(&format!("{own}/answer"), answer)),
            by: self.refs(&format!("{own}/answered_by"), &question.answered_by),
            talk: talk.map(|(i, talk)| Fact { why: None, ..self.talk_title(i, talk) }),
        }
    }

    fn post(&self, at: usize, post: &Post) -> PostView {
        PostView {
            text: self.long(&format!("/posts/{at}/text"), post.text.as_deref().unwrap_or_default()),
            name: post.author.name.as_deref().map(Cut::short),
            handle: post.author.handle.as_deref().map(Cut::short),
            date: post.posted_at.as_deref().map(|date| Cut::at(&spaced(date), 40)),
            url: post.url.as_deref().and_then(outside),
            platform: Cut::short(&post.platform),
        }
    }

    fn next_events(&self) -> Vec<Item> {
        let next = self.recap.next_events.iter().enumerate().map(|(i, event)| {
            let own = format!("/next_events/{i}");
            let name = event.name.as_deref().or(event.url.as_deref()).or(event.date.as_deref()).unwrap_or_default();
            let fact = Fact { url: event.url.as_deref().and_then(outside), ..self.fact(&format!("{own}/name"), name) };
            Item::Plain(fact, event.date.as_deref().map(|date| Cut::short(&spaced(date))))
        });
        next.collect()
    }

    fn links(&self) -> Vec<Item> {
        let links = self.recap.links.iter().enumerate().map(|(i, link)| {
            let text = link.text.as_deref().filter(|text| !text.trim().is_empty()).unwrap_or(&link.url);
            let kind = serde_json::to_value(link.kind).ok().and_then(|kind| kind.as_str().map(Cut::short));
            Item::Plain(Fact { url: outside(&link.url), ..self.fact(&format!("/links/{i}"), text) }, kind)
        });
        links.collect()
    }

    fn sources(&self) -> Vec<Item> {
        let sources = self.recap.sources.iter().map(|source| {
            let url = source.url.as_deref().and_then(outside);
            let beside = [source.author.as_deref(), source.published_at.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(", ");
            Item::Plain(
                Fact { text: Cut::short(&called(source)), url, ..Fact::default() },
                Some(Cut::short(&beside)).filter(|b| !b.text.is_empty()),
            )
        });
        sources.collect()
    }

    fn person(&self, pointer: &str, person: &Person) -> Fact {
        let file = self.around.people.get(&person.id);
        let why = self.plan.why(pointer).or_else(|| self.plan.why(&format!("{pointer}/name")));
        Fact { text: Cut::short(&names::shown(person)), page: file.map(|file| page("people", file)), url: None, why }
    }

    /// People by their ids; a sponsor may be a name.
    fn refs(&self, pointer: &str, ids: &[String]) -> Vec<Fact> {
        let each = ids.iter().take(ROW).enumerate().map(|(i, id)| {
            let pointer = format!("{pointer}/{i}");
            let known = self.recap.people.iter().find(|person| person.id == *id);
            known.map_or_else(|| self.fact(&pointer, id), |person| self.person(&pointer, person))
        });
        each.collect()
    }

    pub(super) fn fact(&self, pointer: &str, text: &str) -> Fact {
        Fact { text: Cut::short(text), page: None, url: None, why: self.plan.why(pointer) }
    }

    fn long(&self, pointer: &str, text: &str) -> Fact {
        Fact { text: Cut::long(text), ..self.fact(pointer, text) }
    }

    pub(super) fn address(&self, pointer: &str, url: &str) -> Fact {
        let shown = url.trim_start_matches("https://").trim_start_matches("http://").trim_end_matches('/');
        Fact { url: outside(url), text: Cut::at(shown, 80), ..self.fact(pointer, shown) }
    }

    /// Files of the talks' pages; of two talks with one file, the first has it.
    pub fn talks(&self) -> Vec<String> {
        let mut seen = std::collections::HashSet::new();
        self.recap.talks.iter().map(|talk| paths::name(&talk.id)).filter(|file| seen.insert(file.clone())).collect()
    }

    /// The library.
    pub fn library(&self) -> &Library {
        self.library
    }
}

/// An address that may be linked to: http and https, of a sensible length.
pub(super) fn outside(url: &str) -> Option<String> {
    safe(url).filter(|url| url.len() <= 1000).map(str::to_owned)
}

fn page(folder: &str, file: &str) -> String {
    paths::encoded(&format!("{folder}/{file}.html"))
}

/// `2021-05-08T19:00` as people read it.
fn spaced(date: &str) -> String {
    date.replacen('T', " ", 1)
}

fn mode_key(mode: AttendanceMode) -> &'static str {
    match mode {
        AttendanceMode::Online => "online",
        AttendanceMode::Offline => "offline",
        AttendanceMode::Mixed => "mixed",
    }
}

fn kind_key(kind: TalkKind) -> Option<&'static str> {
    match kind {
        TalkKind::Keynote => Some("keynote"),
        TalkKind::Lightning => Some("lightning"),
        TalkKind::Sponsor => Some("sponsor_talk"),
        TalkKind::Panel => Some("panel"),
        TalkKind::Workshop => Some("workshop"),
        TalkKind::Talk | TalkKind::Other => None,
    }
}
