//! Files, folders and globs, one by one.

use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// Extensions of the files that are taken from a folder.
const KNOWN: &[&str] =
    &["html", "htm", "xhtml", "md", "markdown", "mkd", "mdx", "rst", "txt", "text", "json", "js", "yml", "yaml", "ics", "xml"];

/// What gives no file.
#[derive(Debug)]
pub enum WalkError {
    /// A folder that cannot be read.
    Unreadable(PathBuf, io::Error),
    /// A folder without documents.
    Empty(PathBuf),
    /// A glob that no file matches.
    NoMatch(PathBuf),
}

impl WalkError {
    /// The folder or glob.
    pub fn path(&self) -> &Path {
        match self {
            Self::Unreadable(path, _) | Self::Empty(path) | Self::NoMatch(path) => path,
        }
    }
}

/// The files that a path names: itself, those of a folder (by name, known extensions, hidden ones and links to folders left
/// out), those that match a glob (`*`, `?`, `**`) where no file has that very name. Drawn one by one.
pub fn walk(path: &Path) -> Box<dyn Iterator<Item = Result<PathBuf, WalkError>> + Send> {
    if path.is_dir() {
        return Box::new(Walk::new(path, is_known));
    }
    let text = path.to_string_lossy();
    if path.exists() || !text.contains(['*', '?']) {
        return Box::new(std::iter::once(Ok(path.to_owned())));
    }
    let plain = |part: &Component<'_>| !part.as_os_str().to_string_lossy().contains(['*', '?']);
    let root: PathBuf = path.components().take_while(plain).collect();
    let root = if root.as_os_str().is_empty() { PathBuf::from(".") } else { root };
    let pattern = text.into_owned();
    let matching = Walk::new(&root, |_| true).filter_map(move |file| match file {
        Ok(file) => {
            let name = file.to_string_lossy();
            let name = name.strip_prefix("./").filter(|_| !pattern.starts_with("./")).unwrap_or(&name);
            matches(&pattern, name).then(|| Ok(PathBuf::from(name)))
        }
        Err(WalkError::Empty(_)) => None,
        Err(error) => Some(Err(error)),
    });
    Box::new(OrNone { inner: matching, none: Some(WalkError::NoMatch(path.to_owned())) })
}

/// An iterator, or an error where it is empty.
struct OrNone<I> {
    inner: I,
    none: Option<WalkError>,
}

impl<I: Iterator<Item = Result<PathBuf, WalkError>>> Iterator for OrNone<I> {
    type Item = I::Item;

    fn next(&mut self) -> Option<Self::Item> {
        match self.inner.next() {
            Some(item) => {
                self.none = None;
                Some(item)
            }
            None => self.none.take().map(Err),
        }
    }
}

/// Whether a folder's file is taken for a document by its name.
pub fn is_known(path: &Path) -> bool {
    path.extension().is_some_and(|e| KNOWN.iter().any(|known| e.eq_ignore_ascii_case(known)))
}

/// Whether a name matches a glob: `?` one character and `*` any number of them but no `/`, `**` any number of any.
fn matches(pattern: &str, name: &str) -> bool {
    let (pattern, name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
    // reached[j]: the pattern so far matches the first j characters of the name.
    let mut reached = vec![false; name.len() + 1];
    reached[0] = true;
    let mut i = 0;
    while i < pattern.len() {
        let deep = pattern[i..].starts_with(&['*', '*']);
        let mut next = vec![false; name.len() + 1];
        if pattern[i] == '*' {
            let mut open = false;
            for j in 0..=name.len() {
                open = reached[j] || open && (deep || j > 0 && name[j - 1] != '/');
                next[j] = open;
            }
            // `**/` matches no folder, too.
            i += if deep && pattern.get(i + 2) == Some(&'/') && (i == 0 || pattern[i - 1] == '/') {
                for j in 0..=name.len() {
                    next[j] = reached[j] || next[j] && j > 0 && name[j - 1] == '/';
                }
                3
            } else {
                1 + usize::from(deep)
            };
        } else {
            for j in 0..name.len() {
                next[j + 1] = reached[j] && (pattern[i] == name[j] || pattern[i] == '?' && name[j] != '/');
            }
            i += 1;
        }
        reached = next;
    }
    reached[name.len()]
}

/// A walk through a folder.
struct Walk {
    root: PathBuf,
    wanted: fn(&Path) -> bool,
    /// What is still to be visited, the next one last.
    stack: Vec<PathBuf>,
    found: bool,
}

impl Walk {
    fn new(root: &Path, wanted: fn(&Path) -> bool) -> Self {
        Self { root: root.to_owned(), wanted, stack: vec![root.to_owned()], found: false }
    }

    /// Subfolders and wanted files of a folder, by name.
    fn entries(&self, folder: &Path) -> io::Result<Vec<PathBuf>> {
        let mut paths = Vec::new();
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let hidden = entry.file_name().to_string_lossy().starts_with('.');
            let path = entry.path();
            let wanted = if path.is_dir() { !entry.file_type()?.is_symlink() } else { (self.wanted)(&path) };
            if wanted && !hidden {
                paths.push(path);
            }
        }
        paths.sort();
        Ok(paths)
    }
}

impl Iterator for Walk {
    type Item = Result<PathBuf, WalkError>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(path) = self.stack.pop() {
            if !path.is_dir() {
                self.found = true;
                return Some(Ok(path));
            }
            match self.entries(&path) {
                Ok(entries) => self.stack.extend(entries.into_iter().rev()),
                Err(error) => {
                    self.found = true;
                    return Some(Err(WalkError::Unreadable(path, error)));
                }
            }
        }
        if std::mem::replace(&mut self.found, true) { None } else { Some(Err(WalkError::Empty(self.root.clone()))) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_match_as_in_a_shell() {
        for (pattern, name, expected) in [
            ("a/*.md", "a/b.md", true),
            ("a/*.md", "a/b/c.md", false),
            ("a/**/*.md", "a/c.md", true),
            ("a/**/*.md", "a/b/c/d.md", true),
            ("**/in?ut.*", "x/input.html", true),
            ("*.md", ".md", true),
            ("a/*/c", "a//c", true),
            ("ab*", "a", false),
            ("記?/*", "記事/会", true),
        ] {
            assert_eq!(matches(pattern, name), expected, "{pattern} on {name}");
        }
    }

    #[test]
    fn extensions_are_known_in_any_case() {
        assert!(is_known(Path::new("a/B.HTML")));
        assert!(!is_known(Path::new("a/b.png")));
        assert!(!is_known(Path::new("README")));
    }
}
