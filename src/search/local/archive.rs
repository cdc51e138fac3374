//! An index opened for reading.

use std::path::{Path, PathBuf};

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
        let reader: IndexReader =
            index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
        let dictionary = Dictionary::open(reader.searcher()).map_err(failed)?;
        let statistics = Statistics::of(reader.searcher(), fields).map_err(failed)?;
        let stores = Stores::of(statistics.searcher());
        let (dir, analyzer) = (dir.to_path_buf(), Analyzer::new(language));
        Ok(Self { dir, snapshot, fields, analyzer, dictionary, statistics, stores })
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

/// Whether bytes are not those that were written; else the disk refused them.
pub(super) fn is_damage(error: &TantivyError) -> bool {
    matches!(index::unreadable(Path::new(""), error), Error::Damaged { .. })
}
