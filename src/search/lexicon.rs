//! The words of the archive, for the compiler of queries.

use std::collections::BTreeSet;

use tantivy_fst::Automaton;

use super::archive::Archive;
use super::dictionary::pattern::Pattern;
use super::dictionary::{MAX_EXPANSIONS, near};
use crate::error::Result;
use crate::matching::{Lexicon, Name};

/// The dictionaries of an archive.
pub(super) struct ArchiveLexicon<'a> {
    pub archive: &'a Archive,
}

impl Lexicon for ArchiveLexicon<'_> {
    fn wildcard(&self, pattern: &str, name: Option<Name>) -> Result<(Vec<String>, bool)> {
        let Some(name) = name else {
            let found = self.archive.dictionary.wildcard(pattern, MAX_EXPANSIONS);
            return found.map(|found| (found.forms, found.cut)).map_err(|e| self.archive.failed(&e));
        };
        self.names(name, &Pattern::new(pattern)).map_err(|e| self.archive.failed(&e))
    }

    fn typos(&self, word: &str, edits: u8, name: Option<Name>) -> Result<(Vec<String>, bool)> {
        let Some(name) = name else {
            let found = self.archive.dictionary.typos(word, edits, MAX_EXPANSIONS);
            return found.map(|found| (found.forms, found.cut)).map_err(|e| self.archive.failed(&e));
        };
        let names = near(word, edits).and_then(|near| self.names(name, &near));
        names.map_err(|e| self.archive.failed(&e))
    }
}

impl ArchiveLexicon<'_> {
    /// The words of names that fit, by the alphabet.
    fn names<A: Automaton<State: Clone>>(&self, name: Name, fits: &A) -> tantivy::Result<(Vec<String>, bool)> {
        let field = match name {
            Name::Outlet => self.archive.fields.outlet,
            Name::Credit => self.archive.fields.credit,
        };
        let mut words = BTreeSet::new();
        for segment in self.archive.searcher().segment_readers() {
            let index = segment.inverted_index(field)?;
            let mut stream = index.terms().search(fits).into_stream()?;
            while stream.advance() {
                words.extend(std::str::from_utf8(stream.key()).map(str::to_owned));
            }
        }
        let cut = words.len() > MAX_EXPANSIONS;
        Ok((words.into_iter().take(MAX_EXPANSIONS).collect(), cut))
    }
}
