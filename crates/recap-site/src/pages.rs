//! Every page by its path.

use std::borrow::Cow;

use recap_model::{Recap, Source};
use serde::Serialize;
use serde_json::{Value, json};

use crate::library::{Card, Detail, Group, Library};
use crate::render::{Frame, RenderError, Renderer};
use crate::search::{Found, Kind, Query};
use crate::view::event::Dossier;
use crate::view::evidence::Texts;
use crate::view::{list, person, source};
use crate::words::Language;
use crate::{Settings, paths};

/// Makes pages.
pub struct Pages {
    renderer: Renderer,
    settings: Settings,
}

/// A page, or that there is none of this path.
pub type Made = Result<Option<String>, RenderError>;

/// What a search page says.
#[derive(Debug, Serialize)]
pub struct SearchView<'s> {
    /// What was asked.
    pub words: &'s str,
    /// The year that results are narrowed to.
    pub year: &'s str,
    /// The series' file.
    pub series: &'s str,
    /// The person's file, and their name.
    pub person: &'s str,
    /// Kind.
    pub kind: &'s str,
    /// How many results there are; none where nothing was asked.
    pub total: Option<usize>,
    /// Results of this page.
    pub hits: Vec<crate::search::Hit>,
    /// Address of the page before, of the search.
    pub before: Option<String>,
    /// Address of the next one.
    pub after: Option<String>,
}

#[derive(Serialize)]
struct PersonView<'d> {
    person: &'d Detail,
    parts: Vec<person::Part<'d>>,
    #[serde(serialize_with = "crate::view::markup")]
    data: Option<Value>,
}

const EVENTS_OF_HOME: usize = 12;
const PEOPLE_OF_HOME: usize = 12;
/// Most series that the filter of the search page offers.
const CHOICES: usize = 300;

impl Pages {
    /// Pages of a site.
    pub fn new(settings: Settings) -> Self {
        Self { renderer: Renderer::new(&settings), settings }
    }

    /// Paths of all pages that need no recap.
    pub fn lists(library: &Library) -> Vec<String> {
        let all = |stem: &str, pages: usize| (1..=pages).map(|n| paths::numbered(stem, n)).collect::<Vec<_>>();
        let mut out = vec!["index.html".to_owned(), "years.html".to_owned(), "search.html".to_owned(), "404.html".to_owned()];
        let groups = [("years", &library.years, false), ("series", &library.series, true), ("tags", &library.tags, true)];
        for (folder, groups, by_year) in groups {
            for group in groups {
                out.extend(all(&format!("{folder}/{}", group.file), list::events(library, group, by_year).len()));
            }
        }
        out.extend(all("series", list::groups(&library.series).len()));
        out.extend(all("tags", list::groups(&library.tags).len()));
        out.extend(all("people", list::people(&library.people).len()));
        for card in &library.people {
            let pages = library.person(&card.file).map_or(1, |detail| person::parts(&detail).len());
            out.extend(all(&format!("people/{}", card.file), pages));
        }
        out
    }

    /// A page that needs no recap.
    ///
    /// # Errors
    /// A template that is wrong.
    pub fn list(&self, library: &Library, language: Language, path: &str) -> Made {
        let Some((stem, number)) = paths::parse(path) else { return Ok(None) };
        let words = language.words();
        let word = |key: &str| words.get(key).copied().unwrap_or_default();
        let (folder, file) = stem.split_once('/').unwrap_or((stem, ""));
        match (folder, file) {
            ("index", "") if number == 1 => self.home(library, language).map(Some),
            ("search", "") if number == 1 => self.search(library, language, &SearchView::empty()).map(Some),
            ("404", "") if number == 1 => self.message(language, "404.html", "unknown").map(Some),
            ("years", "") if number == 1 => {
                let view = json!({"bars": list::bars(&library.years), "folder": "years", "name": "years"});
                self.page(language, "groups.html", path, word("years"), (1, 1), view).map(Some)
            }
            ("series" | "tags", "") => {
                let groups = if folder == "tags" { &library.tags } else { &library.series };
                let view = |page: Vec<&Group>| json!({"groups": page, "folder": folder, "name": folder, "total": groups.len()});
                self.of(list::groups(groups), number, language, "groups.html", path, word(folder), view)
            }
            ("people", "") => {
                let view = |page: Vec<&crate::PersonCard>| json!({"people": page, "total": library.people.len()});
                self.of(list::people(&library.people), number, language, "people.html", path, word("people"), view)
            }
            ("years" | "series" | "tags", file) => self.group(library, language, folder, file, number, path),
            ("people", file) => self.person(library, language, file, number, path),
            _ => Ok(None),
        }
    }

    #[expect(clippy::too_many_arguments, reason = "a page of a list, with everything that tells it from other ones")]
    fn of<T, V: Serialize>(
        &self,
        mut parts: Vec<Vec<T>>,
        number: usize,
        language: Language,
        template: &str,
        path: &str,
        title: &str,
        view: impl FnOnce(Vec<T>) -> V,
    ) -> Made {
        let count = parts.len();
        let Some(at) = number.checked_sub(1).filter(|at| *at < count) else { return Ok(None) };
        self.page(language, template, path, title, (number, count), view(parts.swap_remove(at))).map(Some)
    }

    fn page(
        &self,
        language: Language,
        template: &str,
        path: &str,
        title: &str,
        page: (usize, usize),
        view: impl Serialize,
    ) -> Result<String, RenderError> {
        self.renderer.page(language, Frame { path, title, template, page }, view)
    }

    fn home(&self, library: &Library, language: Language) -> Result<String, RenderError> {
        let mut people: Vec<_> = library.people.iter().filter(|person| person.talks > 0).collect();
        people.sort_by(|a, b| b.talks.cmp(&a.talks).then_with(|| a.file.cmp(&b.file)));
        people.truncate(PEOPLE_OF_HOME);
        let mut series: Vec<&Group> = library.series.iter().collect();
        series.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.file.cmp(&b.file)));
        series.truncate(PEOPLE_OF_HOME);
        let talks: usize = library.events.iter().map(|card| card.talks).sum();
        let view = json!({
            "events": library.events.iter().take(EVENTS_OF_HOME).collect::<Vec<_>>(),
            "bars": list::bars(&library.years).into_iter().take(24).collect::<Vec<_>>(),
            "people": people, "series": series,
            "counts": [["events", library.events.len()], ["talks", talks], ["people", library.people.len()], ["series", library.series.len()]],
        });
        self.page(language, "home.html", "index.html", &self.settings.title, (1, 1), view)
    }

    fn group(&self, library: &Library, language: Language, folder: &str, file: &str, number: usize, path: &str) -> Made {
        let groups = match folder {
            "years" => &library.years,
            "series" => &library.series,
            _ => &library.tags,
        };
        let Some(at) = groups.iter().position(|group| group.file == file) else { return Ok(None) };
        let group = &groups[at];
        let words = language.words();
        let title: Cow<'_, str> = match folder {
            "tags" => format!("#{}", group.name).into(),
            _ if group.name == crate::UNDATED => words.get("undated").copied().unwrap_or_default().into(),
            _ => group.name.as_str().into(),
        };
        let beside = |at: Option<usize>| at.and_then(|at| groups.get(at)).filter(|_| folder == "years");
        let (newer, older) = (beside(at.checked_sub(1)), beside(at.checked_add(1)));
        let view = |rows: Vec<list::Row<'_>>| json!({"rows": rows, "group": group, "folder": folder, "newer": newer, "older": older});
        self.of(list::events(library, group, folder != "years"), number, language, "events.html", path, &title, view)
    }

    fn person(&self, library: &Library, language: Language, file: &str, number: usize, path: &str) -> Made {
        let Some(detail) = library.person(file) else { return Ok(None) };
        let same: Vec<&String> = detail.accounts.iter().filter_map(|account| account.url.as_ref()).collect();
        let data = json!({"@context": "https://schema.org", "@type": "Person", "name": detail.card.name, "sameAs": same});
        let data = (number == 1).then_some(data);
        let view = |parts| PersonView { person: &detail, parts, data };
        self.of(person::parts(&detail), number, language, "person.html", path, &detail.card.name, view)
    }

    /// The search page.
    ///
    /// # Errors
    /// A template that is wrong.
    pub fn search(&self, library: &Library, language: Language, view: &SearchView<'_>) -> Result<String, RenderError> {
        let words = language.words();
        let mut series: Vec<&Group> = library.series.iter().collect();
        if series.len() > CHOICES {
            series.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.file.cmp(&b.file)));
            series.truncate(CHOICES);
            series.sort_by(|a, b| (a.name.to_lowercase(), &a.file).cmp(&(b.name.to_lowercase(), &b.file)));
        }
        let person = library.person(view.person).map(|detail| detail.card.name);
        let kinds: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
        let view = json!({"search": view, "years": library.years, "series": series, "kinds": kinds, "person": person});
        self.page(language, "search.html", "search.html", words.get("search").copied().unwrap_or_default(), (1, 1), view)
    }

    /// A page that says one thing: the key of its words.
    ///
    /// # Errors
    /// A template that is wrong.
    pub fn message(&self, language: Language, path: &str, key: &str) -> Result<String, RenderError> {
        let words = language.words();
        let text = words.get(key).copied().unwrap_or(key);
        self.page(language, "message.html", path, text, (1, 1), json!({"text": text, "to": null}))
    }

    /// A page of a former address, which leads to the new one.
    ///
    /// # Errors
    /// A template that is wrong.
    pub fn moved(&self, language: Language, path: &str, to: &str) -> Result<String, RenderError> {
        let text = language.words().get("moved").copied().unwrap_or_default();
        self.page(language, "message.html", path, text, (1, 1), json!({"text": text, "to": paths::encoded(to)}))
    }

    /// What waits for a decision.
    ///
    /// # Errors
    /// A template that is wrong.
    pub fn review(&self, language: Language, view: impl Serialize, page: (usize, usize)) -> Result<String, RenderError> {
        let words = language.words();
        self.page(language, "review.html", &paths::numbered("review", page.0), words.get("review").copied().unwrap_or_default(), page, view)
    }

    /// Paths of all pages of an event: its own, its talks', its evidence.
    pub fn event_paths(dossier: &Dossier<'_>) -> Vec<String> {
        let file = &dossier.card.file;
        let own = (1..=dossier.pages()).map(|n| paths::event(file, n));
        let talks = dossier.talks().into_iter().map(|talk| format!("talks/{file}/{talk}.html"));
        let evidence = (1..=dossier.plan.pages.len()).map(|n| paths::evidence(file, n));
        own.chain(talks).chain(evidence).collect()
    }

    /// A page of an event.
    ///
    /// # Errors
    /// A template that is wrong.
    pub fn event(&self, dossier: &Dossier<'_>, language: Language, path: &str, texts: &Texts<'_>) -> Made {
        let Some((stem, number)) = paths::parse(path) else { return Ok(None) };
        let mut steps = stem.split('/');
        let (folder, file, talk) = (steps.next(), steps.next(), steps.next());
        if file != Some(dossier.card.file.as_str()) || number == 0 {
            return Ok(None);
        }
        match (folder, talk) {
            (Some("events"), None) if number <= dossier.pages() => {
                let data = (number == 1).then(|| self.data(dossier.recap));
                let view = dossier.page(number, data);
                self.page(language, "event.html", path, &dossier.card.name, (number, dossier.pages()), view).map(Some)
            }
            (Some("talks"), Some(talk)) if number == 1 => self.talk(dossier, language, talk, path),
            (Some("evidence"), None) if number <= dossier.plan.pages.len() => {
                let told = dossier.plan.told(dossier.recap, number, texts);
                let title = format!("{} – {}", language.words().get("evidence").copied().unwrap_or_default(), dossier.card.name);
                let view = json!({"told": told, "card": dossier.card});
                self.page(language, "evidence.html", path, &title, (number, dossier.plan.pages.len()), view).map(Some)
            }
            _ => Ok(None),
        }
    }

    fn talk(&self, dossier: &Dossier<'_>, language: Language, talk: &str, path: &str) -> Made {
        let Some((view, before, after)) = dossier.talk(talk) else { return Ok(None) };
        let title = view.title.text.text.clone();
        let view = json!({"talk": view, "card": dossier.card, "before": before, "after": after});
        self.page(language, "talk.html", path, &title, (1, 1), view).map(Some)
    }

    /// The text of a source with a quote marked.
    ///
    /// # Errors
    /// A template that is wrong.
    pub fn source(
        &self,
        language: Language,
        card: &Card,
        source: &Source,
        text: &str,
        range: (usize, usize),
    ) -> Result<String, RenderError> {
        let shown = source::shown(source, text, range.0, range.1);
        let path = crate::source_path(card, source);
        let title = shown.name.clone();
        self.page(language, "source.html", &path, &title, (1, 1), json!({"source": shown, "card": card}))
    }

    /// schema.org of an event, short enough for a page.
    fn data(&self, recap: &Recap) -> Value {
        let settings = recap_export::Settings {
            base_url: self.settings.base_url.as_ref().map(|base| format!("{}/events", base.trim_end_matches('/'))),
            ending: ".html",
            ..recap_export::Settings::default()
        };
        let mut data = shortened(recap_export::structured_data(recap, &settings));
        while data.to_string().len() > LARGEST {
            let lists = data.as_object_mut().into_iter().flat_map(|map| map.values_mut()).filter_map(Value::as_array_mut);
            let Some(longest) = lists.max_by_key(|list| list.len()).filter(|list| !list.is_empty()) else { break };
            longest.truncate(longest.len() / 2);
        }
        data
    }
}

/// Most bytes of structured data in a page.
const LARGEST: usize = 16_000;

/// With every text cut to what a search engine reads.
fn shortened(value: Value) -> Value {
    match value {
        Value::String(text) if text.len() > 300 => text.chars().take(300).collect::<String>().into(),
        Value::Array(items) => items.into_iter().map(shortened).collect(),
        Value::Object(fields) => fields.into_iter().map(|(name, value)| (name, shortened(value))).collect(),
        other => other,
    }
}

impl SearchView<'_> {
    /// Nothing was asked.
    pub fn empty() -> Self {
        Self { words: "", year: "", series: "", person: "", kind: "", total: None, hits: Vec::new(), before: None, after: None }
    }

    /// The results of a query.
    pub fn found(self, found: Found) -> Self {
        Self { total: Some(found.total), hits: found.hits, ..self }
    }
}

/// Results of one page of a search.
pub const RESULTS: usize = 30;

/// What a query means: words and filters as addresses have them.
pub fn query(words: &str, year: &str, series: &str, person: &str, kind: &str) -> Query {
    use crate::search::Filter;
    let some = |value: &str| Some(value.to_owned()).filter(|value| !value.is_empty());
    let filters = [
        some(year).map(Filter::Year),
        some(series).map(Filter::Series),
        some(person).map(Filter::Person),
        Kind::of(kind).map(Filter::Kind),
    ];
    Query { words: words.to_owned(), filters: filters.into_iter().flatten().collect(), skip: 0, limit: RESULTS }
}
