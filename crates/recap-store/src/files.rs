//! Files that are there whole or not at all.

use std::fs;
use std::io;
use std::path::Path;

use crate::StoreError;

/// Writes a file by way of another one beside it. Nothing is written where the file has these bytes already.
///
/// # Errors
/// Where it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    if fs::metadata(path).is_ok_and(|m| m.len() == bytes.len() as u64) && fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).map_err(|e| StoreError::file(folder, e))?;
    }
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = Path::new(&beside);
    fs::write(beside, bytes).map_err(|e| StoreError::file(beside, e))?;
    fs::rename(beside, path).map_err(|e| StoreError::file(path, e))
}

/// Takes a file and its half-written neighbour away, if they are there, and the folder, if it is empty then.
///
/// # Errors
/// Where they cannot be taken away.
pub fn remove(path: &Path) -> Result<(), StoreError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    for path in [path, Path::new(&beside)] {
        match fs::remove_file(path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(StoreError::file(path, error)),
            _ => {}
        }
    }
    // A folder that holds something else stays.
    path.parent().map(fs::remove_dir);
    Ok(())
}
