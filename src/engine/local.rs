//! The archive in a folder of this machine.

use std::path::{Path, PathBuf};

use super::current::Current;
use super::{Cited, CitedPlace, Engine, Provenance, Update};
use crate::analysis::Language;
use crate::article::{Article, ArticleId, Span};
use crate::error::Result;
use crate::hit::{RankResponse, SearchResponse, StoredArticle, Unreadable};
use crate::index::{FileEntry, Manifest, PreparedArticle, RootEntry, Writer, WriterOptions};
use crate::query::{Query, SearchRequest};
use crate::search::{self, Archive};
use crate::stats::{Part, Stats};

/// tantivy, in the process.
pub struct LocalEngine {
    dir: PathBuf,
    archive: Current<Archive>,
}

impl LocalEngine {
    /// Opens the index in `dir` at its last commit.
    ///
    /// # Errors
    /// Where there is none, where it is of another version, and where it is damaged.
    pub fn open(dir: &Path) -> Result<Self> {
        Ok(Self { dir: dir.to_path_buf(), archive: Current::new(Archive::open(dir)?) })
    }
}

/// What a list of articles came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    /// Articles that matched.
    pub articles: u64,
    /// Articles that matched in all but the date, which is unknown or lies only partly in the range.
    pub left_out: u64,
    /// Those that are not as they were written, and were left out.
    pub unreadable: Vec<Unreadable>,
}

impl LocalEngine {
    /// Hands over every article that matches, without its text, in the order of their ids; all where nothing is asked for.
    ///
    /// # Errors
    /// Where the archive cannot be read, and those of `take`.
    pub fn list(&self, query: &Query, take: &mut dyn FnMut(&StoredArticle) -> Result<()>) -> Result<Listed> {
        let (tally, unreadable) = self.archive.get().guarded(|archive| archive.list(query, take))?;
        Ok(Listed { articles: tally.kept, left_out: tally.left_out, unreadable })
    }
}

impl Engine for LocalEngine {
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse> {
        self.archive.get().guarded(|archive| search::search(archive, request))
    }

    fn rank(&self, request: &SearchRequest) -> Result<RankResponse> {
        self.archive.get().guarded(|archive| search::rank(archive, request))
    }

    fn article(&self, id: &str) -> Result<Option<StoredArticle>> {
        self.archive.get().guarded(|archive| archive.article(id))
    }

    fn ids_from(&self, beginning: &str, most: usize) -> Result<Vec<String>> {
        self.archive.get().guarded(|archive| archive.ids_from(beginning, most))
    }

    fn cited(&self, place: CitedPlace<'_>, most: usize) -> Result<Vec<Cited>> {
        self.archive.get().guarded(|archive| {
            let mut cited = Vec::new();
            for number in place.files(&archive.manifest()?) {
                archive.each_of_file(number, &mut |article| cited.extend(place.of(&article)))?;
            }
            cited.sort_unstable();
            cited.truncate(most);
            Ok(cited)
        })
    }

    fn language(&self) -> Language {
        self.archive.get().language()
    }

    fn articles(&self) -> u64 {
        self.archive.get().articles()
    }

    fn stats(&self) -> Result<Stats> {
        self.archive.get().guarded(Archive::stats)
    }

    fn outlets(&self) -> Result<Vec<Part>> {
        self.archive.get().guarded(Archive::outlets)
    }

    fn fingerprint(&self) -> Result<String> {
        self.archive.get().fingerprint()
    }

    fn refresh(&self) -> Result<bool> {
        if self.archive.get().is_latest()? {
            return Ok(false);
        }
        self.archive.set(Archive::open(&self.dir)?);
        Ok(true)
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

    fn files(&self) -> &Manifest {
        self.writer.files()
    }

    fn take_number(&mut self) -> u64 {
        self.writer.take_number()
    }

    fn enter(&mut self, entry: &FileEntry<'_>) {
        self.writer.enter(entry);
    }

    fn remove_file(&mut self, number: u64) {
        self.writer.remove_file(number);
    }

    fn enter_root(&mut self, root: RootEntry) {
        self.writer.enter_root(root);
    }

    fn remove_root(&mut self, path: &str) {
        self.writer.remove_root(path);
    }

    fn leave(&mut self, lists: u64) {
        self.writer.leave(lists);
    }

    fn holders_of(&self, id: &str) -> Result<Vec<u64>> {
        self.writer.holders_of(id)
    }

    fn put(&mut self, file: u64, id: &ArticleId, article: PreparedArticle) -> Result<()> {
        self.writer.put(file, id, article)
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
