//! `recap site`

mod folder;
mod pagefind;

use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::Result;
use clap::{Args, ValueEnum};
use recap_model::Recap;
use recap_site::{ASSETS, Card, Dossier, FEED, Language, Library, Pages, Settings};
use recap_store::Workspace;
use url::Url;

use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::jobs;
use crate::shelf::{self, Texts};
use crate::workspace::WorkspaceArgs;

use folder::Folder;

/// Give the workspace as pages: a folder of static files for any host
///
/// Events by year, series and tag, people over the years, talks, where every value comes from, search, and a feed. Run
/// again, it writes only what changed and takes away what is gone; files that it did not write stay. Texts of sources are
/// not published, only the quotes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  recap site --out public
  recap site --out public --base-url https://recaps.example.org --title 'Recaps of our meetups'
  recap site --out public --language ja --noindex")]
pub struct Site {
    /// Folder that the files are written to
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,
    /// Name of the site
    #[arg(long, default_value = "Recaps")]
    title: String,
    /// Address of the site: adds sitemap.xml and absolute addresses to feed and structured data
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Language of the words around the values
    #[arg(long, value_enum, default_value_t)]
    language: Tongue,
    /// What answers on the search page: an index of recap's own, or Pagefind, which has to be installed
    #[arg(long, value_enum, default_value_t)]
    search: Engine,
    /// Ask search engines to stay away
    #[arg(long)]
    noindex: bool,
    /// Threads [default: one per core]
    #[arg(long, value_name = "N", env = "RECAP_JOBS")]
    jobs: Option<NonZeroUsize>,
    #[command(flatten)]
    workspace: WorkspaceArgs,
}

/// What answers on the search page. What is installed on a machine does not choose: equal recaps give equal files.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Engine {
    /// Parts of words in any script, two characters of Japanese
    #[default]
    Own,
    /// Whole words and their stems, with excerpts; less to load on large sites
    Pagefind,
}

/// Language of pages.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum Tongue {
    /// English
    #[default]
    En,
    /// Japanese
    Ja,
}

impl From<Tongue> for Language {
    fn from(tongue: Tongue) -> Self {
        match tongue {
            Tongue::En => Self::En,
            Tongue::Ja => Self::Ja,
        }
    }
}

impl Site {
    /// Runs the command.
    ///
    /// # Errors
    /// A workspace without recaps, an address that is none, a folder that cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        let begun = Instant::now();
        self.check_base()?;
        let workspace = self.workspace.find();
        let failed = Mutex::new(0_usize);
        let tell = |failure: &Failure| {
            console.error(None, &failure.message, failure.hint.as_deref());
            *failed.lock().unwrap_or_else(PoisonError::into_inner) += 1;
        };
        let library = shelf::library(&workspace, tell)?;
        let folder = Folder::open(&self.out)?;
        let settings = self.settings();
        let pages = Pages::new(settings.clone());
        for asset in ASSETS {
            folder.put(asset.path.to_owned(), asset.text.as_bytes())?;
        }
        self.lists(&library, &pages, &folder)?;
        let newest = self.events(&workspace, &library, &pages, &folder, tell)?;
        self.moved(&library, &pages, &folder)?;
        folder.put("feed.atom".to_owned(), recap_site::feed(&newest, &settings)?.as_bytes())?;
        folder.put("robots.txt".to_owned(), recap_site::robots(&settings).as_bytes())?;
        if let Some(base) = &self.base_url {
            let paths: Vec<String> = folder.files().into_iter().filter(|path| path.ends_with(".html")).collect();
            folder.put("sitemap.xml".to_owned(), recap_site::sitemap(base, &paths).as_bytes())?;
        }
        match self.search {
            Engine::Own => recap_site::search::shards(&library.search).try_for_each(|(path, json)| folder.put(path, json.as_bytes()))?,
            Engine::Pagefind => pagefind::run(&folder)?,
        }
        let gone = folder.sweep()?;
        console.summary(&[
            ("events", library.events.len().to_string()),
            ("files", format!("{} ({} written, {gone} removed)", folder.files().len(), folder.written())),
            ("took", format!("{:.1} s", begun.elapsed().as_secs_f64())),
        ]);
        let failed = failed.into_inner().unwrap_or_else(PoisonError::into_inner);
        Ok(if failed > 0 { Exit::SomeFailed } else { Exit::Done })
    }

    fn settings(&self) -> Settings {
        Settings {
            title: self.title.clone(),
            base_url: self.base_url.clone(),
            noindex: self.noindex,
            pagefind: self.search == Engine::Pagefind,
            ..Settings::default()
        }
    }

    fn check_base(&self) -> Result<(), Failure> {
        let good = |base: &str| Url::parse(base).is_ok_and(|url| matches!(url.scheme(), "http" | "https"));
        match &self.base_url {
            Some(base) if !good(base) => Err(Failure::usage(format!("{base}: no address of a site"), "give it with https://")),
            _ => Ok(()),
        }
    }

    fn jobs(&self) -> NonZeroUsize {
        self.jobs.unwrap_or_else(jobs::all_cores)
    }

    /// Writes the pages that need no recap.
    fn lists(&self, library: &Library, pages: &Pages, folder: &Folder) -> Result<()> {
        let make = |path: String| -> Result<()> {
            if let Some(html) = pages.list(library, self.language.into(), &path)? {
                folder.put(path, html.as_bytes())?;
            }
            Ok(())
        };
        jobs::ordered(self.jobs(), Pages::lists(library), make, |made| made)
    }

    /// Writes the pages of all events; gives the newest ones for the feed.
    fn events(
        &self,
        workspace: &Workspace,
        library: &Library,
        pages: &Pages,
        folder: &Folder,
        tell: impl Fn(&Failure),
    ) -> Result<Vec<Recap>> {
        let texts = Texts::new(workspace);
        let shown = |source: &recap_model::Source| texts.text(source);
        // Who makes a page writes it, too: pages are many and small.
        let make = |(at, card): (usize, &Card)| -> Result<Result<Option<Recap>, Failure>> {
            let recap = match shelf::recap(workspace, card) {
                Ok(recap) => recap,
                Err(failure) => return Ok(Err(failure)),
            };
            let around = library.event(&card.file).map(|(_, around)| around).unwrap_or_default();
            let dossier = Dossier::new(library, card, around, &recap);
            for path in Pages::event_paths(&dossier) {
                if let Some(html) = pages.event(&dossier, self.language.into(), &path, &shown)? {
                    folder.put(path, html.as_bytes())?;
                }
            }
            folder.put(recap_site::json_path(card), recap_site::public(&recap).to_json().as_bytes())?;
            Ok(Ok((at < FEED).then_some(recap)))
        };
        let mut newest = Vec::new();
        jobs::ordered(self.jobs(), library.events.iter().enumerate(), make, |made| -> Result<()> {
            match made? {
                Ok(recap) => newest.extend(recap),
                Err(failure) => tell(&failure),
            }
            Ok(())
        })?;
        Ok(newest)
    }

    /// Pages at former addresses of events.
    fn moved(&self, library: &Library, pages: &Pages, folder: &Folder) -> Result<()> {
        for card in &library.events {
            for old in &card.former {
                let path = recap_site::event_path(old);
                if !folder.has(&path) {
                    let html = pages.moved(self.language.into(), &path, &format!("events/{}.html", card.file))?;
                    folder.put(path, html.as_bytes())?;
                }
            }
        }
        Ok(())
    }
}
