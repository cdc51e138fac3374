//! An archive in memory, for the tests of this module.

use std::collections::BTreeSet;

use crate::analysis::Language;
use crate::article::{Article, ArticleId, Span};
use crate::engine::{Provenance, Update};
use crate::error::Result;
use crate::index::{FileEntry, Manifest, RootEntry};

/// An archive in memory that bears no id twice at a commit, and no article of brittle things.
#[derive(Default)]
pub(super) struct Memory {
    manifest: Manifest,
    articles: BTreeSet<(String, u64)>,
    committed: BTreeSet<(String, u64)>,
}

impl Update for Memory {
    type Prepared = ();

    fn prepare(article: Article, _: Provenance<'_>, _: &dyn Fn(&[Span]) -> Option<Vec<Span>>) {
        assert!(!format!("{article:?}").contains("brittle"), "it broke");
    }

    fn language(&self) -> Language {
        Language::default()
    }

    fn files(&self) -> &Manifest {
        &self.manifest
    }

    fn take_number(&mut self) -> u64 {
        self.manifest.take_number()
    }

    fn enter(&mut self, entry: &FileEntry<'_>) {
        self.manifest.set_file(entry);
    }

    fn remove_file(&mut self, number: u64) {
        self.manifest.remove_file(number);
        self.articles.retain(|(_, file)| *file != number);
    }

    fn enter_root(&mut self, root: RootEntry) {
        self.manifest.set_root(root);
    }

    fn remove_root(&mut self, path: &str) {
        self.manifest.remove_root(path);
    }

    fn holders_of(&self, id: &str) -> Result<Vec<u64>> {
        Ok(self.committed.iter().filter(|(name, _)| name == id).map(|(_, file)| *file).collect())
    }

    fn put(&mut self, file: u64, id: &ArticleId, (): ()) -> Result<()> {
        self.articles.insert((id.0.clone(), file));
        Ok(())
    }

    fn remove_article(&mut self, file: u64, id: &ArticleId) -> Result<()> {
        self.articles.remove(&(id.0.clone(), file));
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        let ids: BTreeSet<&String> = self.articles.iter().map(|(id, _)| id).collect();
        assert_eq!(ids.len(), self.articles.len(), "an id counts twice: {:?}", self.articles);
        for file in self.manifest.files() {
            let held = self.articles.iter().filter(|(_, number)| *number == file.number).count();
            assert_eq!(held, file.articles as usize, "{}", file.path);
        }
        self.committed = self.articles.clone();
        Ok(())
    }

    fn compact(self) -> Result<()> {
        Ok(())
    }

    fn close(self) -> Result<()> {
        Ok(())
    }
}

impl Memory {
    /// Articles as of the last commit: id, number of the file; ascending.
    pub fn committed(&self) -> &BTreeSet<(String, u64)> {
        &self.committed
    }

    /// Ids of the articles as of the last commit, ascending.
    pub fn ids(&self) -> Vec<&str> {
        self.committed.iter().map(|(id, _)| id.as_str()).collect()
    }
}
