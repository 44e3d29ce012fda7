//! Files that are there whole or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use crate::StoreError;

/// Writes a file by way of another one beside it, and makes its folder. Nothing is written where the file has these bytes
/// already; gives whether it was.
///
/// # Errors
/// Where it cannot be written.
pub fn write(path: &Path, bytes: &[u8]) -> Result<bool, StoreError> {
    if fs::metadata(path).is_ok_and(|m| m.len() == bytes.len() as u64) && fs::read(path).is_ok_and(|old| old == bytes) {
        return Ok(false);
    }
    write_by(path, |out| out.write_all(bytes))?;
    Ok(true)
}

/// Writes a file piece by piece, by way of another one beside it, and makes its folder.
///
/// # Errors
/// Where it cannot be written, and those of `pieces`.
pub fn write_by(path: &Path, pieces: impl FnOnce(&mut dyn io::Write) -> io::Result<()>) -> Result<(), StoreError> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".part");
    let beside = Path::new(&beside);
    let mut file = File::create(beside);
    // The folder is there nearly always, and asking costs as much as writing.
    if let (Err(io::ErrorKind::NotFound), Some(folder)) = (file.as_ref().map_err(io::Error::kind), path.parent()) {
        fs::create_dir_all(folder).map_err(|e| StoreError::file(folder, e))?;
        file = File::create(beside);
    }
    let written = file.and_then(|file| {
        let mut out = BufWriter::new(file);
        pieces(&mut out)?;
        out.flush()
    });
    written.map_err(|e| StoreError::file(beside, e))?;
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
