//! The words of the archive, for the compiler of queries.

use std::path::Path;

use tantivy::Searcher;

use crate::error::Result;
use crate::index::{self, Fields};
use crate::matching::{Lexicon, Name};

/// The dictionaries of one state of the index.
pub(super) struct ArchiveLexicon<'a> {
    /// The folder of the index, for messages.
    pub archive: &'a Path,
    pub searcher: &'a Searcher,
    pub fields: Fields,
}

impl Lexicon for ArchiveLexicon<'_> {
    fn wildcard(&self, _: &str, _: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok((Vec::new(), false))
    }

    fn typos(&self, _: &str, _: u8, _: Option<Name>) -> Result<(Vec<String>, bool)> {
        Ok((Vec::new(), false))
    }
}
