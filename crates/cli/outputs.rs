//! What a job writes of the workspace's recaps when it is done: formats of `recap export`, each in a folder.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::Result;
use recap_store::Workspace;

use crate::commands::export::{Export, formats};
use crate::console::Console;
use crate::exit::Exit;

/// Name of a format -> folder.
pub type Outputs = BTreeMap<String, PathBuf>;

/// `FORMAT=DIR`, as a flag says it.
///
/// # Errors
/// Where a part is missing, or the format is none.
pub fn parse(text: &str) -> Result<(String, PathBuf), String> {
    let (format, folder) = text.split_once('=').filter(|(_, folder)| !folder.is_empty()).ok_or("give FORMAT=DIR, such as ical=public")?;
    known(format)?;
    Ok((format.to_owned(), PathBuf::from(folder)))
}

/// Whether there is a format of a name.
///
/// # Errors
/// Where there is none; names those that there are.
pub fn known(format: &str) -> Result<(), String> {
    if formats().any(|known| known == format) {
        return Ok(());
    }
    Err(format!("`{format}` is no format; there are {}", formats().collect::<Vec<_>>().join(", ")))
}

/// Writes them all; a workspace without recaps has nothing to write.
///
/// # Errors
/// What cannot be written.
pub fn write(workspace: &Workspace, outputs: &Outputs, console: &Console) -> Result<Exit> {
    let mut exit = Exit::Done;
    for (format, folder) in outputs.iter().filter(|_| workspace.recaps().is_dir()) {
        if Export::of(workspace, format, folder).run(console)? != Exit::Done {
            exit = Exit::SomeFailed;
        }
    }
    Ok(exit)
}
