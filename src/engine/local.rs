//! The archive in a folder of this machine.

use std::path::Path;

use super::{Engine, Provenance, Update};
use crate::analysis::Language;
use crate::article::{Article, ArticleId, Span};
use crate::error::Result;
use crate::hit::{Ranked, SearchResponse, StoredArticle};
use crate::index::{Manifest, PreparedArticle, Writer, WriterOptions};
use crate::query::SearchRequest;
use crate::search::Archive;
use crate::stats::{Part, Stats};

/// tantivy, in the process.
pub struct LocalEngine {
    archive: Archive,
}

impl LocalEngine {
    /// Opens the index in `dir` at its last commit.
    ///
    /// # Errors
    /// Where there is none, where it is of another version, and where it is damaged.
    pub fn open(dir: &Path) -> Result<Self> {
        Ok(Self { archive: Archive::open(dir)? })
    }
}

impl Engine for LocalEngine {
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse> {
        self.archive.search(request)
    }

    fn rank(&self, request: &SearchRequest) -> Result<Vec<Ranked>> {
        self.archive.rank(request)
    }

    fn article(&self, id: &str) -> Result<Option<StoredArticle>> {
        self.archive.article(id)
    }

    fn language(&self) -> Language {
        self.archive.language()
    }

    fn articles(&self) -> u64 {
        self.archive.articles()
    }

    fn stats(&self) -> Result<Stats> {
        self.archive.stats()
    }

    fn outlets(&self) -> Result<Vec<Part>> {
        self.archive.outlets()
    }

    fn fingerprint(&self) -> Result<String> {
        self.archive.fingerprint()
    }
}

/// A change to the archive in a folder.
pub struct LocalUpdate {
    writer: Writer,
}

impl LocalUpdate {
    /// Opens the index in `dir` for writing, making it where there is none.
    ///
    /// # Errors
    /// Where the folder cannot be written or holds something else, where the index is of another version or damaged,
    /// and where another process is writing to it.
    pub fn open(dir: &Path, options: WriterOptions) -> Result<Self> {
        Ok(Self { writer: Writer::open(dir, options)? })
    }
}

impl Update for LocalUpdate {
    type Prepared = PreparedArticle;

    fn prepare(
        article: Article,
        from: Provenance<'_>,
        to_file: &dyn Fn(&[Span]) -> Option<Vec<Span>>,
    ) -> PreparedArticle {
        PreparedArticle::new(article, from, to_file)
    }

    fn language(&self) -> Language {
        self.writer.language()
    }

    fn manifest_mut(&mut self) -> &mut Manifest {
        self.writer.manifest_mut()
    }

    fn leave(&mut self, bytes: u64) {
        self.writer.leave(bytes);
    }

    fn holders_of(&self, id: &str) -> Result<Vec<u64>> {
        self.writer.holders_of(id)
    }

    fn put(&mut self, file: u64, id: &ArticleId, article: PreparedArticle) -> Result<()> {
        self.writer.put(file, id, article)
    }

    fn remove_articles(&mut self, file: u64) {
        self.writer.remove_articles(file);
    }

    fn remove_article(&mut self, file: u64, id: &ArticleId) -> Result<()> {
        self.writer.remove_article(file, id);
        Ok(())
    }

    fn commit(&mut self) -> Result<()> {
        self.writer.commit()
    }

    fn compact(self) -> Result<()> {
        self.writer.compact()
    }

    fn close(self) -> Result<()> {
        self.writer.close()
    }
}
