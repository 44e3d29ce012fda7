//! `recap export`

use std::collections::HashSet;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};
use clap::Args;
use clap::builder::PossibleValuesParser;
use recap_export::{Export as Written, FORMATS, Format, Settings};
use recap_model::Recap;
use recap_store::Workspace;

use crate::console::Console;
use crate::exit::{Exit, Failure};
use crate::input::{Input, walk};
use crate::recaps;
use crate::workspace::{WorkspaceArgs, block_on};

/// Give recaps in another format: calendars, feeds, tables, schedules, pages
///
/// Takes recap JSON (one recap, or NDJSON), in files, folders or from stdin, else the recaps of the workspace. One file goes to stdout; several need a
/// folder. What a format requires and a recap does not have is told on stderr, never made up.
#[derive(Debug, Args)]
#[command(after_help = after_help())]
pub struct Export {
    /// Name of the format
    #[arg(long, short, value_name = "FORMAT", value_parser = PossibleValuesParser::new(formats()))]
    format: String,
    /// Folder that the files are written to
    #[arg(long, short, value_name = "DIR")]
    out: Option<PathBuf>,
    /// Language of the words around the values, ja or en [default: that of each event's sources]
    #[arg(long, value_parser = ["ja", "en"])]
    language: Option<String>,
    /// Title of feeds and calendars
    #[arg(long)]
    title: Option<String>,
    /// Address under which the events' pages are published; it identifies events in feeds
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// Files or folders of recap JSON, or - for stdin [default: the recaps of the workspace]; none for warc
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    #[command(flatten)]
    workspace: WorkspaceArgs,
}

/// The format that is made of a workspace's captures, not of recaps.
const WARC: &str = "warc";

/// The format `sql`, run: a database needs a folder.
const SQLITE: &str = "sqlite";

/// The names of all formats.
pub fn formats() -> impl Iterator<Item = &'static str> {
    FORMATS.iter().map(|f| f.name).chain([SQLITE, WARC])
}

fn after_help() -> String {
    let formats: String = FORMATS.iter().map(|f| format!("  {:<17} {}\n", f.name, f.about)).collect();
    format!(
        "Formats:\n{formats}  {SQLITE:<17} the same as a SQLite database (needs --out)
  {WARC:<17} the captured pages of the workspace, as a web archive (takes no FILE)

Examples:
  recap extract blog/ | recap export --format ical - > events.ics
  recap export --format csv recaps.ndjson > talks.csv
  recap export --format markdown --language ja --out posts/
  recap export --format sqlite --out analysis
  recap export --format warc > captures.warc.gz"
    )
}

impl Export {
    /// The export of a workspace's recaps to a folder.
    pub fn of(workspace: &Workspace, format: &str, folder: &Path) -> Self {
        Self {
            format: format.to_owned(),
            out: Some(folder.to_owned()),
            language: None,
            title: None,
            base_url: None,
            files: Vec::new(),
            workspace: WorkspaceArgs::of(workspace),
        }
    }

    /// Runs the command.
    ///
    /// # Errors
    /// No recaps, several files without a folder; output that cannot be written.
    pub fn run(&self, console: &Console) -> Result<Exit> {
        if self.format == WARC {
            return self.archive(console);
        }
        let name = if self.format == SQLITE { "sql" } else { &self.format };
        let format = recap_export::format(name).context("clap lets known formats through only")?;
        let own = if self.files.is_empty() { vec![self.workspace.with_recaps()?.recaps()] } else { Vec::new() };
        let (recaps, failed) = self.read(if own.is_empty() { &self.files } else { &own }, console);
        let settings = Settings { language: self.language.clone(), title: self.title.clone(), base_url: self.base_url.clone(), ending: "" };
        let export = format.write(&recaps, &settings)?;
        for missing in &export.missing {
            console.note(Some(&missing.recap), &missing.what, None);
        }
        match (&self.out, export.files.as_slice()) {
            (Some(folder), _) if self.format == SQLITE => database(folder, &export, console)?,
            (None, _) if self.format == SQLITE => {
                return Err(Failure::usage("a database is a file", "name a folder for it: --out DIR").into());
            }
            (Some(folder), _) => write_all(folder, &export, console)?,
            (None, []) => {}
            (None, [one]) => io::stdout().lock().write_all(&one.bytes)?,
            (None, _) => return Err(self.needs_folder(format, &export).into()),
        }
        Ok(if failed { Exit::SomeFailed } else { Exit::Done })
    }

    /// The captures of the workspace, as one file.
    fn archive(&self, console: &Console) -> Result<Exit> {
        if !self.files.is_empty() {
            return Err(
                Failure::usage("warc is made of the workspace's captures", "leave FILE out; --workspace names the workspace").into()
            );
        }
        let out: Box<dyn io::Write> = match &self.out {
            Some(folder) => {
                fs::create_dir_all(folder).with_context(|| format!("cannot make the folder {}", folder.display()))?;
                let path = folder.join("captures.warc.gz");
                Box::new(fs::File::create(&path).with_context(|| format!("cannot write {}", path.display()))?)
            }
            None => Box::new(io::stdout().lock()),
        };
        let done = self.workspace.look(async |store| Ok(recap_pipeline::archive(store, io::BufWriter::new(out)).await?))?;
        if done.files > 0 {
            console.note(None, &format!("{} sources are files of this machine, which a web archive has no place for", done.files), None);
        }
        if done.pruned > 0 {
            console.note(None, &format!("{} captures were pruned", done.pruned), Some("recap refresh --all fetches them again"));
        }
        console.info(&format!("{} pages", done.pages));
        Ok(Exit::Done)
    }

    /// All recaps in the order of their ids, and whether an input failed. Equal recaps count once.
    fn read(&self, files: &[PathBuf], console: &Console) -> (Vec<Recap>, bool) {
        let mut failed = false;
        let mut all: Vec<Recap> = Vec::new();
        let mut error = |name: &str, message: &str, hint: Option<&str>| {
            console.error(Some(name), message, hint);
            failed = true;
        };
        for input in walk(files) {
            let input = match input {
                Ok(input) => input,
                Err(e) => {
                    error(&e.input, &e.message, e.hint);
                    continue;
                }
            };
            let name = input.name();
            match input.bytes() {
                Ok(bytes) if recaps::is_recap_json(&bytes) => {
                    for entry in recaps::read(&bytes) {
                        match entry.recap {
                            Ok(recap) => all.push(*recap),
                            Err(message) => error(&format!("{name}:{}", entry.line), &message, Some("recap validate says more")),
                        }
                    }
                }
                Ok(_) if self.asked_for(&input) => error(&name, "no recap JSON", Some("recap extract makes it of documents")),
                Ok(_) => {}
                Err(e) => error(&e.input, &e.message, e.hint),
            }
        }
        all.sort_by(|a, b| a.id.cmp(&b.id));
        all.dedup();
        (all, failed)
    }

    /// Whether an input is an argument itself and no file of a folder.
    fn asked_for(&self, input: &Input) -> bool {
        self.files.iter().any(|file| Input::of(file) == *input)
    }

    fn needs_folder(&self, format: &Format, export: &Written) -> Failure {
        Failure::usage(
            format!("{} gives {} files", format.name, export.files.len()),
            "name a folder for them: --out DIR, or give the recap of one event",
        )
    }
}

/// Runs the scripts, each to a database beside its name.
fn database(folder: &Path, export: &Written, console: &Console) -> Result<()> {
    for file in &export.files {
        let path = folder.join(&file.path).with_extension(SQLITE);
        block_on(async { Ok(recap_store::database(&path, &file.text()).await.map_err(Failure::from)?) })?;
        console.info(&format!("wrote {}", path.display()));
    }
    Ok(())
}

/// Writes files below a folder; two of one name get numbers.
fn write_all(folder: &Path, export: &Written, console: &Console) -> Result<()> {
    let mut taken = HashSet::new();
    for file in &export.files {
        let path = folder.join(free(&file.path, &mut taken));
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).with_context(|| format!("cannot make the folder {}", parent.display()))?;
        }
        fs::write(&path, &file.bytes).with_context(|| format!("cannot write {}", path.display()))?;
        console.info(&format!("wrote {}", path.display()));
    }
    Ok(())
}

/// The path, or the path with the first free number before its extension.
fn free(path: &str, taken: &mut HashSet<String>) -> String {
    let (stem, extension) = path.rsplit_once('.').unwrap_or((path, ""));
    let mut name = path.to_owned();
    let mut number = 2;
    while !taken.insert(name.clone()) {
        name = format!("{stem}-{number}.{extension}");
        number += 1;
    }
    name
}
