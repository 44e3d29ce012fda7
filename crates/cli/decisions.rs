//! The decision files and the recaps of a workspace, read and written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use recap_merge::{Decisions, OVERRIDES, PEOPLE, REVIEW, SUPPRESS, known_ids};
use recap_model::Recap;
use recap_store::{Lock, Workspace};

use crate::exit::{Exit, Failure};

/// A recap of the workspace and its file.
pub type Stored = (PathBuf, Recap);

/// The right to change what people decided, from before it is read until after it is written.
///
/// # Errors
/// Another process that works on the workspace.
pub fn lock(workspace: &Workspace) -> Result<Lock, Failure> {
    workspace.lock().map_err(Failure::from)
}

/// Reads what people decided; nothing, where no file is.
///
/// # Errors
/// A file that cannot be read or understood.
pub fn load(workspace: &Workspace) -> Result<Decisions, Failure> {
    let folder = workspace.decisions();
    let mut decisions = Decisions::default();
    let own = [PEOPLE, SUPPRESS, REVIEW].map(str::to_owned).into_iter();
    let overrides = files(&folder.join(OVERRIDES), "toml")?;
    let named = overrides.iter().filter_map(|path| Some(format!("{OVERRIDES}/{}", path.file_name()?.to_string_lossy())));
    for file in own.chain(named) {
        let path = folder.join(&file);
        match fs::read_to_string(&path) {
            Ok(text) => decisions.read(&file, &text).map_err(|e| wrong(&path, &e.message))?,
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(unreadable(&path, &error)),
        }
    }
    Ok(decisions)
}

/// Writes one of the files; it goes where nothing is left in it. What was read before is still so under the lock.
///
/// # Errors
/// A folder that cannot be written.
pub fn save(_held: &Lock, workspace: &Workspace, decisions: &Decisions, file: &str) -> Result<PathBuf, Failure> {
    let path = workspace.decisions().join(file);
    let text = decisions.write(file);
    if text.is_empty() {
        recap_store::remove_file(&path)?
    } else {
        _ = recap_store::write_file(&path, text.as_bytes())?
    }
    Ok(path)
}

/// Writes a recap of the workspace anew.
///
/// # Errors
/// A folder that cannot be written.
pub fn save_recap(_held: &Lock, path: &Path, recap: &Recap) -> Result<(), Failure> {
    recap_store::write_file(path, recap.to_json().as_bytes())?;
    Ok(())
}

/// All recaps of the workspace, by path.
///
/// # Errors
/// A folder or file that cannot be read, or is no recap.
pub fn recaps(workspace: &Workspace) -> Result<Vec<Stored>, Failure> {
    recap_paths(workspace)?.into_iter().map(|path| recap(&path).map(|recap| (path, recap))).collect()
}

/// The files of all recaps of the workspace, by path.
///
/// # Errors
/// A folder that cannot be read.
pub fn recap_paths(workspace: &Workspace) -> Result<Vec<PathBuf>, Failure> {
    let mut paths = files(&workspace.recaps(), "json")?;
    for year in folders(&workspace.recaps())? {
        paths.extend(files(&year, "json")?);
    }
    paths.sort();
    Ok(paths)
}

/// The files of what people decided, by path.
///
/// # Errors
/// A folder that cannot be read.
pub fn paths(workspace: &Workspace) -> Result<Vec<PathBuf>, Failure> {
    let folder = workspace.decisions();
    let mut paths = files(&folder, "toml")?;
    paths.extend(files(&folder.join(OVERRIDES), "toml")?);
    Ok(paths)
}

/// The decisions, with the ids that the recaps of the workspace keep.
///
/// # Errors
/// As [`load`] and [`recaps`].
pub fn with_ids(workspace: &Workspace) -> Result<Decisions, Failure> {
    let stored = recaps(workspace)?;
    let ids = known_ids(stored.iter().map(|(_, recap)| recap));
    Ok(Decisions { ids, ..load(workspace)? })
}

/// The recap with an id, or one that had it.
///
/// # Errors
/// Where there is none.
pub fn find<'r>(recaps: &'r [Stored], id: &str) -> Result<&'r Stored, Failure> {
    let own = recaps.iter().find(|(_, recap)| recap.id == id);
    let former = || recaps.iter().find(|(_, recap)| recap.redirects.iter().any(|old| old == id));
    own.or_else(former).ok_or_else(|| {
        Failure::input(format!("{id}: no such recap in the workspace"), Some("recap review and recap people list name them"))
    })
}

/// Reads a recap.
///
/// # Errors
/// A file that cannot be read, or is no recap.
pub fn recap(path: &Path) -> Result<Recap, Failure> {
    let bytes = fs::read(path).map_err(|error| unreadable(path, &error))?;
    serde_json::from_slice(&bytes).map_err(|error| Failure {
        exit: Exit::Invalid,
        message: format!("{}: {error}", path.display()),
        hint: Some("recap validate says what is wrong with it".to_owned()),
    })
}

fn folders(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    Ok(entries(folder)?.into_iter().filter(|path| path.is_dir()).collect())
}

fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, Failure> {
    Ok(entries(folder)?.into_iter().filter(|path| path.is_file() && path.extension().is_some_and(|e| e == extension)).collect())
}

/// What is in a folder, by name; nothing where it is not there.
fn entries(folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let read = match fs::read_dir(folder) {
        Ok(read) => read,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(unreadable(folder, &error)),
    };
    let mut paths =
        read.map(|entry| entry.map(|e| e.path())).collect::<io::Result<Vec<_>>>().map_err(|error| unreadable(folder, &error))?;
    paths.sort();
    Ok(paths)
}

fn wrong(path: &Path, message: &str) -> Failure {
    Failure::usage(format!("{}: {message}", path.display()), "mend the file, or take it back from git")
}

fn unreadable(path: &Path, error: &io::Error) -> Failure {
    Failure::usage(format!("{}: {error}", path.display()), "check the folder and its permissions")
}
