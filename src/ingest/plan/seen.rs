//! A root, and a file below it: a million files are met at once, so each takes little more than its name.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::paths::{holds, spelling};
use crate::source::{FoundFile, packed_above};

/// A root that could be read.
#[derive(Debug)]
pub(in crate::ingest) struct Root {
    /// As it was named.
    pub typed: PathBuf,
    /// Its own path.
    pub real: PathBuf,
    /// The same as the manifest spells it.
    pub place: String,
    /// As the walk saw it: whoever looks again may see something else.
    pub is_folder: bool,
    /// How many roots were named before it.
    pub nth: usize,
}

impl Root {
    pub fn new(typed: &Path, real: PathBuf, is_folder: bool, nth: usize) -> Self {
        Self { typed: typed.to_path_buf(), place: spelling(&real), real, is_folder, nth }
    }

    /// Whether a file is the root or lies below it, by its absolute path.
    pub fn has(&self, path: &str) -> bool {
        path == self.place || holds(&self.place, path) || packed_above(path) == Some(&self.place)
    }

    /// What is wrong with a root that had articles and has none.
    pub fn is_bare(&self) -> String {
        let (why, way_out) = match self.is_folder {
            true => ("its disk may be away", "mount it, or pass --allow-empty if it is empty on purpose"),
            false => ("it may still be written", "run again when it is, or pass --allow-empty if it is meant"),
        };
        let shown = self.typed.display();
        format!(
            "{shown}: holds no article, and the archive has articles from it: nothing is removed, as {why}; {way_out}"
        )
    }
}

/// A file below a root.
#[derive(Clone, Debug)]
pub(super) struct Seen {
    pub file: FoundFile,
    pub root: Arc<Root>,
}

impl Seen {
    /// The file as it can be opened.
    pub fn path(&self) -> PathBuf {
        self.file.path(&self.root.typed)
    }

    /// Its absolute path: the key of the manifest.
    pub fn key(&self) -> String {
        match (self.root.is_folder, self.file.name_in_packed()) {
            (true, _) => format!("{}/{}", self.root.place, self.file.below),
            (false, Some(name)) => format!("{}!{name}", self.root.place),
            (false, None) => self.root.place.clone(),
        }
    }

    /// Compares the keys, which are put together only where the roots differ.
    pub fn cmp_key(&self, other: &Self) -> Ordering {
        match Arc::ptr_eq(&self.root, &other.root) {
            true => self.file.below.cmp(&other.file.below),
            false => self.key().cmp(&other.key()),
        }
    }

    /// Whether it is the same file as another one, by their own paths: two may be spelled alike.
    pub fn is(&self, other: &Self) -> bool {
        self.real() == other.real()
    }

    fn real(&self) -> PathBuf {
        let path = self.path();
        match path.strip_prefix(&self.root.typed) {
            Ok(below) if !below.as_os_str().is_empty() => self.root.real.join(below),
            _ => self.root.real.clone(),
        }
    }
}
