//! The folder of a site.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::exit::Failure;

/// The list of files that an earlier run wrote; only these are ever taken away.
const WRITTEN: &str = ".recap-site";

/// The folder that is written, by several threads.
pub struct Folder {
    root: PathBuf,
    /// Written by an earlier run.
    before: BTreeSet<String>,
    now: Mutex<Now>,
}

/// What this run has done.
#[derive(Default)]
struct Now {
    files: BTreeSet<String>,
    written: usize,
}

impl Folder {
    /// The folder, with what an earlier run wrote.
    ///
    /// # Errors
    /// A list of files that cannot be read.
    pub fn open(root: &Path) -> Result<Self, Failure> {
        let before = match fs::read_to_string(root.join(WRITTEN)) {
            Ok(list) => list.lines().map(str::to_owned).collect(),
            Err(error) if error.kind() == io::ErrorKind::NotFound => BTreeSet::new(),
            Err(error) => return Err(Failure::usage(format!("{}: {error}", root.display()), "check the folder and its permissions")),
        };
        Ok(Self { root: root.to_owned(), before, now: Mutex::default() })
    }

    /// Where it is.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// What an earlier run wrote below a folder.
    pub fn before(&self, folder: &str) -> impl Iterator<Item = &String> {
        self.before.iter().filter(move |path| path.starts_with(folder) && is_inside(path))
    }

    /// A file that another program wrote for this site.
    pub fn adopt(&self, path: String) {
        let mut now = self.now();
        now.written += 1;
        now.files.insert(path);
    }

    fn now(&self) -> MutexGuard<'_, Now> {
        self.now.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The files of this run.
    pub fn files(&self) -> BTreeSet<String> {
        self.now().files.clone()
    }

    /// Whether this run has a file.
    pub fn has(&self, path: &str) -> bool {
        self.now().files.contains(path)
    }

    /// How many files are new or other ones than before.
    pub fn written(&self) -> usize {
        self.now().written
    }

    /// Writes a file, if it is another one than before.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn put(&self, path: String, bytes: &[u8]) -> Result<(), Failure> {
        let written = recap_store::write_file(&self.root.join(&path), bytes)?;
        let mut now = self.now();
        now.written += usize::from(written);
        now.files.insert(path);
        Ok(())
    }

    /// Takes away what this run did not write again; gives how many.
    ///
    /// # Errors
    /// A folder that cannot be written.
    pub fn sweep(&self) -> Result<usize, Failure> {
        let files = self.files();
        let gone: Vec<&String> = self.before.difference(&files).filter(|path| is_inside(path)).collect();
        for path in &gone {
            recap_store::remove_file(&self.root.join(path))?;
        }
        let list: String = files.iter().map(|path| format!("{path}\n")).collect();
        recap_store::write_file(&self.root.join(WRITTEN), list.as_bytes())?;
        Ok(gone.len())
    }
}

/// Whether a path of the list leads nowhere else.
fn is_inside(path: &str) -> bool {
    Path::new(path).components().all(|part| matches!(part, Component::Normal(_)))
}
