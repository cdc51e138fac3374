//! An index opened for reading.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use tantivy::{IndexReader, ReloadPolicy, Searcher, TantivyError};

use super::dictionary::Dictionary;
use super::statistics::Statistics;
use crate::analysis::{Analyzer, Language};
use crate::error::{Error, Result};
use crate::index::{self, Fields, Opened, Snapshot, Stores};

/// An index opened for reading, at its last commit.
pub struct Archive {
    pub(super) dir: PathBuf,
    pub(super) snapshot: Snapshot,
    pub(super) fields: Fields,
    pub(super) analyzer: Analyzer,
    pub(super) dictionary: Dictionary,
    pub(super) statistics: Statistics,
    pub(super) stores: Stores,
    /// What is damaged, once that was looked for.
    damage: OnceLock<Option<String>>,
}

impl Archive {
    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// Where there is none, where it is of another version, and where it is damaged.
    pub fn open(dir: &Path) -> Result<Self> {
        let Opened { index, language, snapshot } = index::open(dir)?;
        let (_, fields) = Fields::schema();
        let failed = |e: TantivyError| index::unreadable(dir, &e);
        let open = || {
            let reader: tantivy::Result<IndexReader> =
                index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
            let reader = reader.map_err(failed)?;
            let dictionary = Dictionary::open(reader.searcher()).map_err(failed)?;
            Ok((dictionary, Statistics::of(reader.searcher(), fields).map_err(failed)?))
        };
        let opened = catch_unwind(AssertUnwindSafe(open));
        let (dictionary, statistics) = opened.unwrap_or_else(|panic| Err(panicked(dir, &snapshot, &*panic)))?;
        let stores = Stores::of(statistics.searcher());
        let (dir, analyzer, damage) = (dir.to_path_buf(), Analyzer::new(language), OnceLock::new());
        Ok(Self { dir, snapshot, fields, analyzer, dictionary, statistics, stores, damage })
    }

    /// Reads it. tantivy trusts the bytes that it reads, and may panic where they are not its own: then the file that is
    /// damaged is looked for, once.
    ///
    /// # Errors
    /// What reading met.
    pub fn guarded<T>(&self, read: impl FnOnce(&Self) -> Result<T>) -> Result<T> {
        let path = || self.dir.clone();
        catch_unwind(AssertUnwindSafe(|| read(self))).unwrap_or_else(|panic| {
            let error = match self.damage.get() {
                Some(Some(what)) => Error::Damaged { path: path(), what: what.clone() },
                Some(None) => Error::panic(path().display().to_string(), &*panic),
                None => panicked(&self.dir, &self.snapshot, &*panic),
            };
            self.damage
                .get_or_init(|| if let Error::Damaged { what, .. } = &error { Some(what.clone()) } else { None });
            Err(error)
        })
    }

    /// Whether nothing was committed since.
    ///
    /// # Errors
    /// Where the folder cannot be read.
    pub fn is_latest(&self) -> Result<bool> {
        self.snapshot.is_latest()
    }

    /// The language of the articles.
    pub fn language(&self) -> Language {
        self.analyzer.language()
    }

    /// Articles in the archive.
    pub fn articles(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// The commit that is searched.
    pub(super) fn searcher(&self) -> &Searcher {
        self.statistics.searcher()
    }

    pub(super) fn failed(&self, error: &TantivyError) -> Error {
        index::unreadable(&self.dir, error)
    }
}

/// What brought a panic about: the file of the index that is damaged, where one is.
fn panicked(dir: &Path, snapshot: &Snapshot, panic: &(dyn Any + Send)) -> Error {
    match snapshot.verify(&[""]) {
        Err(error) => error,
        Ok(()) => Error::panic(dir.display().to_string(), panic),
    }
}

/// Whether bytes are not those that were written; else the disk refused them.
pub(super) fn is_damage(error: &TantivyError) -> bool {
    matches!(index::unreadable(Path::new(""), error), Error::Damaged { .. })
}
