//! What the server knows and how it answers, without any of HTTP's machinery.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread;
use std::time::{Duration, Instant};

use axum::http::{HeaderName, Method, StatusCode, header};
use recap_merge::Review;
use recap_model::Recap;
use recap_site::{ASSETS, Card, Dossier, FEED, Language, Library, Pages, SearchView, Settings};
use recap_store::Workspace;
use url::form_urlencoded;

use super::guard::Guard;
use super::http::{Answer, Asked, HTML, JSON};
use super::{api, edit};
use crate::console::Console;
use crate::exit::Failure;
use crate::shelf::{self, Texts};

/// How long a look at the files of the workspace counts.
const FRESH: Duration = Duration::from_secs(2);

/// The server's state.
pub struct App {
    pub(super) workspace: Workspace,
    pub(super) console: Console,
    pub(super) settings: Settings,
    pub(super) pages: Pages,
    pub(super) texts: Texts,
    pub(super) guard: Guard,
    language: Option<Language>,
    library: RwLock<Option<Arc<Library>>>,
    /// What the library was made of, and when that was looked at.
    seen: Mutex<(String, Option<Instant>)>,
    looking: AtomicBool,
    /// What waits for a decision, and the stamp that it was found under.
    pub(super) waiting: Mutex<Option<(String, Arc<Vec<Review>>)>>,
}

impl App {
    /// A server over a workspace; `settings.token` is what forms carry.
    pub fn new(workspace: Workspace, console: Console, settings: Settings, guard: Guard, language: Option<Language>) -> Self {
        Self {
            pages: Pages::new(settings.clone()),
            texts: Texts::new(&workspace),
            workspace,
            console,
            settings,
            guard,
            language,
            library: RwLock::default(),
            seen: Mutex::default(),
            looking: AtomicBool::default(),
            waiting: Mutex::default(),
        }
    }

    /// Takes the library that is kept, whether or not it still fits: what changed follows in the background.
    ///
    /// # Errors
    /// A folder that cannot be read.
    pub fn begin(self: &Arc<Self>) -> Result<(), Failure> {
        let stamp = shelf::stamp(&self.workspace)?;
        if let Some((library, fits)) = shelf::kept(&self.workspace, &stamp) {
            self.take(library, if fits { &stamp } else { "" });
        }
        self.look();
        Ok(())
    }

    fn take(&self, library: Library, stamp: &str) {
        *self.library.write().unwrap_or_else(PoisonError::into_inner) = Some(Arc::new(library));
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).0 = stamp.to_owned();
    }

    /// Looks in the background whether the recaps changed, and makes the library anew then; one look at a time.
    pub(super) fn look(self: &Arc<Self>) {
        if self.looking.swap(true, Ordering::AcqRel) {
            return;
        }
        let app = Arc::clone(self);
        let work = move || {
            if let Err(error) = app.renew() {
                app.console.error(None, &format!("{error:#}"), None);
            }
            app.seen.lock().unwrap_or_else(PoisonError::into_inner).1 = Some(Instant::now());
            app.looking.store(false, Ordering::Release);
        };
        if thread::Builder::new().name("library".to_owned()).spawn(work).is_err() {
            self.looking.store(false, Ordering::Release);
        }
    }

    fn renew(&self) -> anyhow::Result<()> {
        let stamp = shelf::stamp(&self.workspace)?;
        let known = self.seen.lock().unwrap_or_else(PoisonError::into_inner).0 == stamp;
        if known {
            return Ok(());
        }
        let tell = |failure: &Failure| self.console.error(None, &failure.message, failure.hint.as_deref());
        let library = shelf::make(&self.workspace, &stamp, tell)?;
        self.take(library, &stamp);
        Ok(())
    }

    /// The library; none as long as the first one is being made.
    pub(super) fn library(&self) -> Option<Arc<Library>> {
        self.library.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Answers a request.
    pub fn answer(self: &Arc<Self>, asked: &Asked) -> Answer {
        if let Some(refusal) = self.guard.refuses(asked) {
            return refusal;
        }
        let checked = self.seen.lock().unwrap_or_else(PoisonError::into_inner).1;
        if checked.is_some_and(|at| at.elapsed() > FRESH) {
            self.look();
        }
        let language = self.language.unwrap_or_else(|| Language::accepted(asked.header(header::ACCEPT_LANGUAGE)));
        let answer = match asked.method {
            Method::GET | Method::HEAD => self.get(asked, language),
            Method::POST => edit::post(self, asked, language),
            _ => Ok(Answer::text(StatusCode::METHOD_NOT_ALLOWED, "GET or POST").with(header::ALLOW, "GET, HEAD, POST".to_owned())),
        };
        answer.unwrap_or_else(|error| {
            self.console.error(Some(&asked.path), &format!("{error:#}"), None);
            Answer::text(StatusCode::INTERNAL_SERVER_ERROR, "internal error; the server's messages say more")
        })
    }

    fn get(&self, asked: &Asked, language: Language) -> anyhow::Result<Answer> {
        let path = asked.path.as_str();
        if let Some(asset) = ASSETS.iter().find(|asset| asset.path == path) {
            return Ok(Answer::ok(asset.media, asset.text));
        }
        let Some(library) = self.library() else { return self.building(asked, language) };
        if let Some(path) = path.strip_prefix("api/v1/") {
            return api::answer(self, &library, asked, path);
        }
        let page = match path {
            "" => self.pages.list(&library, language, "index.html")?,
            "search.html" => Some(self.search(&library, asked, language)?),
            "robots.txt" => return Ok(Answer::ok("text/plain; charset=utf-8", "User-agent: *\nDisallow: /\n")),
            "feed.atom" => return self.feed(&library),
            _ if path.starts_with("review") => edit::page(self, &library, asked, language)?,
            _ => match path.split('/').next() {
                Some("events" | "talks" | "evidence" | "sources") => return self.event(&library, asked, language),
                _ => self.pages.list(&library, language, path)?,
            },
        };
        page.map_or_else(|| self.unknown(language), |html| Ok(Answer::ok(HTML, html)))
    }

    fn building(&self, asked: &Asked, language: Language) -> anyhow::Result<Answer> {
        if asked.path.starts_with("api/") {
            return Ok(api::problem(StatusCode::SERVICE_UNAVAILABLE, "the index is being made").with(header::RETRY_AFTER, "1".to_owned()));
        }
        let html = self.pages.message(language, "index.html", "building")?;
        let answer = Answer::new(StatusCode::SERVICE_UNAVAILABLE, HTML, html).with(header::RETRY_AFTER, "1".to_owned());
        Ok(answer.with(HeaderName::from_static("refresh"), "1".to_owned()))
    }

    pub(super) fn unknown(&self, language: Language) -> anyhow::Result<Answer> {
        Ok(Answer::new(StatusCode::NOT_FOUND, HTML, self.pages.message(language, "404.html", "unknown")?))
    }

    /// A page of an event, its recap JSON, or one of its sources.
    fn event(&self, library: &Library, asked: &Asked, language: Language) -> anyhow::Result<Answer> {
        let mut steps = asked.path.splitn(3, '/');
        let (folder, file) = (steps.next().unwrap_or_default(), steps.next().unwrap_or_default());
        let stem = file.strip_suffix(".html").or_else(|| file.strip_suffix(".json")).unwrap_or(file);
        let name = stem.split(".page-").next().unwrap_or(stem);
        let Some((card, around)) = library.event(name) else { return self.unknown(language) };
        if card.file != name {
            let to = format!("/{}", recap_site::encoded(&format!("events/{}.html", card.file)));
            return Ok(Answer::to(StatusCode::PERMANENT_REDIRECT, to));
        }
        let Some(recap) = self.recap(card) else { return self.unknown(language) };
        if folder == "events" && file.ends_with(".json") {
            return Ok(Answer::ok(JSON, recap.to_json()));
        }
        if folder == "sources" {
            return self.source(card, &recap, asked, language);
        }
        let dossier = Dossier::new(library, card, around, &recap);
        let page = self.pages.event(&dossier, language, &asked.path, &|source| self.texts.text(source))?;
        page.map_or_else(|| self.unknown(language), |html| Ok(Answer::ok(HTML, html)))
    }

    /// The recap of an event; none where it is gone since the library was made, or is broken.
    pub(super) fn recap(&self, card: &Card) -> Option<Recap> {
        shelf::recap(&self.workspace, card).inspect_err(|error| self.console.error(None, &error.message, error.hint.as_deref())).ok()
    }

    fn source(&self, card: &Card, recap: &Recap, asked: &Asked, language: Language) -> anyhow::Result<Answer> {
        let file = asked.path.rsplit('/').next().unwrap_or_default();
        let source = recap.sources.iter().find(|source| recap_site::source_path(card, source).rsplit('/').next() == Some(file));
        let Some(source) = source else { return self.unknown(language) };
        let Some(text) = self.texts.text(source) else {
            let html = self.pages.message(language, &asked.path, "nosource")?;
            return Ok(Answer::new(StatusCode::NOT_FOUND, HTML, html));
        };
        let place = |name: &str| asked.value(name).parse().unwrap_or(0);
        Ok(Answer::ok(HTML, self.pages.source(language, card, source, &text, (place("start"), place("end")))?))
    }

    fn search(&self, library: &Library, asked: &Asked, language: Language) -> anyhow::Result<String> {
        let names = ["q", "year", "series", "person", "kind"];
        let [words, year, series, person, kind] = names.map(|name| asked.value(name));
        let view = SearchView { words, year, series, person, kind, ..SearchView::empty() };
        if names.iter().all(|name| asked.value(name).trim().is_empty()) {
            return Ok(self.pages.search(library, language, &view)?);
        }
        let number: usize = asked.value("page").parse().unwrap_or(1).clamp(1, 1000);
        let mut query = recap_site::query(words, year, series, person, kind);
        query.skip = (number - 1) * query.limit;
        let found = library.search.search(&query);
        let address = |number: usize| {
            let mut out = form_urlencoded::Serializer::new(String::new());
            names.iter().filter(|name| !asked.value(name).is_empty()).for_each(|name| _ = out.append_pair(name, asked.value(name)));
            format!("search.html?{}", out.append_pair("page", &number.to_string()).finish())
        };
        let more = found.total > query.skip + query.limit;
        let view = SearchView { before: (number > 1).then(|| address(number - 1)), after: more.then(|| address(number + 1)), ..view };
        Ok(self.pages.search(library, language, &view.found(found))?)
    }

    fn feed(&self, library: &Library) -> anyhow::Result<Answer> {
        let newest: Vec<Recap> = library.events.iter().take(FEED).filter_map(|card| self.recap(card)).collect();
        Ok(Answer::ok("application/atom+xml; charset=utf-8", recap_site::feed(&newest, &self.settings)?))
    }
}
