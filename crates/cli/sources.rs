//! What arguments and lists name: files, folders, globs, archives, addresses, stdin.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use recap_document::MAX_BYTES;
use recap_pipeline::{Item, Refused, WalkError, is_warc, lines, pages, walk};

use crate::exit::Failure;
use crate::input::{Input, NONE_KNOWN};

/// Sources, drawn one by one.
pub type Items = Box<dyn Iterator<Item = Result<Item, Refused>> + Send>;

/// The sources that arguments and lists name.
///
/// # Errors
/// A list that cannot be read.
pub fn all(sources: &[String], lists: &[PathBuf]) -> Result<Items, Failure> {
    let mut names = sources.to_vec();
    for list in lists {
        names.extend(lines(&Input::of(list).bytes()?));
    }
    Ok(Box::new(names.into_iter().flat_map(|name| one(&name))))
}

fn one(name: &str) -> Items {
    if name == "-" {
        return Box::new(std::iter::once(stdin()));
    }
    if name.contains("://") {
        let item = recap_fetch::canonical(name).map(Item::url);
        let refused =
            |e: recap_fetch::AddressError| Refused::new(name, e.to_string(), Some("give an address such as https://example.org/report"));
        return Box::new(std::iter::once(item.map_err(refused)));
    }
    let files = walk(Path::new(name));
    Box::new(files.flat_map(|file| match file {
        Ok(path) => of_file(path),
        Err(error) => Box::new(std::iter::once(Err(refused(&error)))),
    }))
}

/// A file, or the pages of an archive.
fn of_file(path: PathBuf) -> Items {
    let name = path.to_string_lossy().into_owned();
    if let Ok(mut file) = File::open(&path) {
        let mut head = [0; 5];
        let archive = file.read_exact(&mut head).is_ok() && is_warc(&head, &name);
        if archive && let Ok(file) = File::open(&path) {
            return pages(file, name);
        }
    }
    Box::new(std::iter::once(Ok(Item::file(path))))
}

fn stdin() -> Result<Item, Refused> {
    let mut bytes = Vec::new();
    match io::stdin().lock().take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) => Ok(Item::bytes(bytes, None, None)),
        Err(error) => Err(Refused::new("-", error.to_string(), None)),
    }
}

fn refused(error: &WalkError) -> Refused {
    let key = error.path().to_string_lossy().into_owned();
    match error {
        WalkError::Unreadable(_, error) => Refused::new(key, error.to_string(), Some("check its permissions")),
        WalkError::Empty(_) => Refused::new(key, "the folder holds no document", Some(NONE_KNOWN)),
        WalkError::NoMatch(_) => Refused::new(key, "no file matches", Some("check the pattern")),
    }
}
