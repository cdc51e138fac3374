//! Writing: articles in, files out, one commit for index and manifest.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, Term};

use super::document::IndexedArticle;
use super::failure::{unreadable, unwritable};
use super::folder::Trouble;
use super::format::{Writable, open_to_write};
use super::forms::Burden;
use super::holder::Holder;
use super::removals::Removals;
use super::{Fields, Known, Manifest, stored};
use crate::analysis::{Language, PASSAGE_BREAK};
use crate::article::{Article, ArticleId, Span};
use crate::error::{Error, Result};
use crate::hit::Record;
use crate::parallel::Room;
use crate::passage;

/// Of the memory, what articles may take that wait for an indexing thread.
const QUEUED_SHARE: u64 = 16;
/// Of the memory, what the indexing threads may fill before they write a segment. Writing and merging take room again; what
/// is left is for that, for articles that wait, and for all that is read.
const INDEXING_SHARE: (usize, usize) = (1, 3);

/// An article ready for the index, but for its id.
#[derive(Debug)]
pub struct PreparedArticle {
    text: String,
    headline: String,
    outlet: String,
    credit: String,
    date: Option<(i64, i64)>,
    known: u64,
    lengths: Vec<u64>,
    stored: Vec<u8>,
    passages: String,
}

/// Where a prepared article comes from.
#[derive(Clone, Debug)]
pub struct Provenance<'a> {
    /// The file as it can be opened.
    pub path: &'a str,
    /// The record in a file of several.
    pub record: Option<Record>,
    /// Hash of the file or record.
    pub hash: [u8; 32],
    /// The article's address.
    pub url: Option<String>,
    /// The language of the archive, whose sentence ends part its passages.
    pub language: Language,
}

impl PreparedArticle {
    /// Splits the body into passages and packs what the index stores. `to_file` turns ascending spans of the
    /// record's text into spans of the file; none where there is no way back, and then there are no pieces.
    pub fn new(article: Article, from: Provenance<'_>, to_file: impl Fn(&[Span]) -> Option<Vec<Span>>) -> Self {
        let mut passages = passage::split(&article.body, from.language);
        passage::resolve(&mut passages, to_file);
        let headline = article.headline.as_ref().map_or("", |f| &f.value).to_owned();
        let outlet = article.outlet.as_ref().map_or("", |f| &f.value).to_owned();
        // no phrase reaches from one agency's name into the next
        let credit = article.credit.join(&PASSAGE_BREAK.to_string());
        let date = article.date.as_ref().map(|f| f.value.bounds());
        let known = Known::bits(&article);
        let (stored, texts) = stored::encode(article, from, &passages);
        Self {
            text: passage::join_for_index(&headline, passages.iter().map(|p| p.text.as_str())),
            outlet,
            credit,
            date,
            known,
            lengths: passages.iter().map(|p| p.positions as u64).collect(),
            stored,
            passages: texts,
            headline,
        }
    }
}

/// How much of the machine a writer may use.
#[derive(Clone, Copy, Debug)]
pub struct WriterOptions {
    /// Indexing threads, at least 1.
    pub threads: usize,
    /// Memory of all of them, in bytes.
    pub memory: usize,
    /// The language of the articles, chosen when an index is made; none takes the index's own, or English.
    pub language: Option<Language>,
    /// Whether an index is made where there is none.
    pub may_make: bool,
}

impl WriterOptions {
    /// What an indexing thread may fill before it writes a segment, in bytes.
    fn memory_of_a_thread(&self) -> usize {
        /// tantivy takes no less.
        const LEAST: usize = 16 << 20;
        (self.memory / INDEXING_SHARE.1 * INDEXING_SHARE.0 / self.threads.max(1)).max(LEAST)
    }
}

impl Default for WriterOptions {
    fn default() -> Self {
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(8);
        Self { threads, memory: 512 << 20, language: None, may_make: true }
    }
}

/// The one writer of an index.
pub struct Writer {
    dir: PathBuf,
    language: Language,
    fields: Fields,
    writer: IndexWriter<IndexedArticle>,
    reader: IndexReader,
    manifest: Manifest,
    removals: Removals,
    trouble: Trouble,
    /// For the articles that wait for an indexing thread.
    room: Arc<Room>,
    /// What the indexing threads may not fill.
    burden: Burden,
    options: WriterOptions,
    /// Given back last.
    holder: Arc<Holder>,
}

impl Writer {
    /// Opens the index in `dir` for writing; the options say whether it is made where there is none.
    ///
    /// # Errors
    /// Where the folder cannot be written, holds something else, or holds an index of another version or language; and where
    /// another process is writing.
    pub fn open(dir: &Path, options: WriterOptions) -> Result<Self> {
        let burden = Burden::default();
        let Writable { index, language, holder, trouble, manifest } = open_to_write(dir, options, &burden)?;
        let (_, fields) = Fields::schema();
        let writer = open_writer(&index, options).map_err(|e| unwritable(dir, &e, trouble.first()))?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let reader = reader.map_err(|e| unreadable(dir, &e))?;
        let room = room_for(options);
        let (dir, removals) = (dir.to_path_buf(), Removals::default());
        Ok(Self { dir, language, fields, writer, reader, manifest, removals, trouble, room, burden, options, holder })
    }

    /// Takes so many bytes less from now on than it was given.
    pub fn leave(&mut self, bytes: u64) {
        let left = WriterOptions { memory: self.options.memory.saturating_sub(bytes as usize), ..self.options };
        self.burden.set(self.options.memory_of_a_thread() - left.memory_of_a_thread());
        self.room = room_for(left);
    }

    /// The language of the articles.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The files that the index holds.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// The files that the index holds, to be changed.
    pub fn manifest_mut(&mut self) -> &mut Manifest {
        &mut self.manifest
    }

    /// Numbers of the files whose articles had this id at the last commit: two, where a run that was killed had replaced
    /// one of them.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn holders_of(&self, id: &str) -> Result<Vec<u64>> {
        let term = Term::from_field_text(self.fields.id, id);
        let query = TermQuery::new(term, IndexRecordOption::Basic);
        let searcher = self.reader.searcher();
        let found =
            searcher.search(&query, &tantivy::collector::DocSetCollector).map_err(|e| unreadable(&self.dir, &e))?;
        let mut holders = Vec::with_capacity(found.len());
        for address in found {
            let columns = searcher.segment_reader(address.segment_ord).fast_fields();
            holders.extend(columns.u64(Fields::FILE).map_err(|e| unreadable(&self.dir, &e))?.first(address.doc_id));
        }
        holders.sort_unstable();
        Ok(holders)
    }

    /// Adds an article of the file with this number.
    ///
    /// # Errors
    /// Where the index cannot be written.
    pub fn put(&self, file: u64, id: &ArticleId, article: PreparedArticle) -> Result<()> {
        let f = &self.fields;
        let bytes = 2 * article.text.len() + article.stored.len() + 1024;
        let mut document = IndexedArticle::new(self.room.take(bytes as u64));
        document.add(f.text, article.text);
        document.add(f.headline, article.headline);
        if !article.outlet.is_empty() {
            document.add(f.outlet, article.outlet.clone());
            document.add(f.outlet_name, article.outlet);
        }
        document.add(f.credit, article.credit);
        document.add(f.id, id.0.as_str());
        document.add(f.known, article.known);
        document.add(f.file, file);
        if let Some((first, last)) = article.date {
            document.add(f.date_first, first);
            document.add(f.date_last, last);
        }
        article.lengths.iter().for_each(|&length| document.add(f.passage_lengths, length));
        document.add(f.stored, stored::with_id(id, &article.stored));
        document.add(f.passages, article.passages);
        self.writer.add_document(document).map_err(|e| self.failed(&e))?;
        Ok(())
    }

    /// Removes, with the next commit, all articles of the file with this number.
    pub fn remove_articles(&mut self, file: u64) {
        self.removals.add_file(file);
    }

    /// Removes, with the next commit, one article of the file with this number; another file's article of that id stays.
    pub fn remove_article(&mut self, file: u64, id: &ArticleId) {
        self.removals.add_article(file, id);
    }

    /// Makes everything since the last commit count, index and manifest at once.
    ///
    /// # Errors
    /// Where the index cannot be written; it then stands at the last commit.
    pub fn commit(&mut self) -> Result<()> {
        if !self.manifest.is_changed() {
            return Ok(());
        }
        for query in std::mem::take(&mut self.removals).queries(&self.fields) {
            self.writer.delete_query(query).map_err(|e| self.failed(&e))?;
        }
        let failed = |e: tantivy::TantivyError| unwritable(&self.dir, &e, self.trouble.first());
        let mut commit = self.writer.prepare_commit().map_err(failed)?;
        let payload = self.manifest.write(&self.dir, commit.opstamp())?;
        commit.set_payload(&payload);
        commit.commit().map_err(failed)?;
        self.manifest.sweep(&self.dir);
        // who held an id at an earlier commit serves as well
        let _ = self.reader.reload();
        Ok(())
    }

    /// Makes one segment of the index, without what was deleted, and lets go of it; queries go on meanwhile.
    ///
    /// # Errors
    /// Where the index cannot be written; it then holds what it held, in as many segments as before.
    pub fn compact(self) -> Result<()> {
        let Self { dir, writer, reader, trouble, holder: _holder, .. } = self;
        // who reads holds the files of the segments that are merged away
        drop(reader);
        let failed = |e: tantivy::TantivyError| unwritable(&dir, &e, trouble.first());
        let index = writer.index().clone();
        // merges under way would hold segments that this one needs
        writer.wait_merging_threads().map_err(failed)?;
        let segments = index.searchable_segment_metas().map_err(failed)?;
        if segments.len() == 1 && !segments[0].has_deletes() {
            return Ok(());
        }
        let ids: Vec<SegmentId> = segments.iter().map(|segment| segment.id()).collect();
        drop(segments);
        let mut writer =
            open_writer(&index, WriterOptions { threads: 1, memory: 0, ..WriterOptions::default() }).map_err(failed)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        if !ids.is_empty() {
            writer.merge(&ids).wait().map_err(failed)?;
            writer.garbage_collect_files().wait().map_err(failed)?;
        }
        writer.wait_merging_threads().map_err(failed)
    }

    /// Waits for merges under way and lets go of the index.
    ///
    /// # Errors
    /// Where a merge failed; the last commit stands.
    pub fn close(self) -> Result<()> {
        self.writer.wait_merging_threads().map_err(|e| unwritable(&self.dir, &e, self.trouble.first()))
    }

    fn failed(&self, error: &tantivy::TantivyError) -> Error {
        unwritable(&self.dir, error, self.trouble.first())
    }
}

/// Where articles wait for an indexing thread.
fn room_for(options: WriterOptions) -> Arc<Room> {
    /// In no room at all everything would have its place.
    const LEAST: u64 = 1 << 20;
    Room::new((options.memory as u64 / QUEUED_SHARE).max(LEAST))
}

fn open_writer(index: &Index, options: WriterOptions) -> tantivy::Result<IndexWriter<IndexedArticle>> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(options.threads.max(1))
        .memory_budget_per_thread(options.memory_of_a_thread())
        .num_merge_threads(1)
        .build();
    index.writer_with_options(options)
}
