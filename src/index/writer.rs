//! Writing: articles in, files out, one commit for index and manifest.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::index::SegmentId;
use tantivy::indexer::{IndexWriterOptions, NoMergePolicy};
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{Index, IndexReader, IndexWriter, ReloadPolicy, TantivyError, Term};

use super::document::IndexedArticle;
use super::failure::{mismatched, unreadable, unwritable};
use super::folder::Trouble;
use super::format::{Writable, open_to_write};
use super::forms::FormsPlugin;
use super::holder::Holder;
use super::removals::Removals;
use super::sound::SoundSegments;
use super::{Fields, FileEntry, Manifest, PreparedArticle, RootEntry, WriterOptions, stored};
use crate::analysis::Language;
use crate::article::ArticleId;
use crate::budget::Budget;
use crate::error::{Error, Result};
use crate::parallel::Room;

/// The one writer of an index.
pub struct Writer {
    dir: PathBuf,
    language: Language,
    fields: Fields,
    writer: IndexWriter<IndexedArticle>,
    reader: IndexReader,
    manifest: Manifest,
    removals: Removals,
    merging: SoundSegments,
    trouble: Trouble,
    /// For the articles that wait for an indexing thread.
    room: Arc<Room>,
    /// What writes the dictionaries of forms: counts what the indexing threads may not fill, and hands words on.
    forms: FormsPlugin,
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
        let forms = FormsPlugin::default();
        let Writable { index, language, holder, trouble, written, manifest, fault } =
            open_to_write(dir, options, &forms)?;
        let (_, fields) = Fields::schema();
        let writer = open_writer(&index, options).map_err(|e| unwritable(dir, &e, trouble.first()))?;
        let merging = SoundSegments::new(dir, written, fault);
        writer.set_merge_policy(Box::new(merging.clone()));
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into();
        let reader = reader.map_err(|e| unreadable(dir, &e))?;
        let room = Room::new(options.memory.waiting());
        let (dir, removals) = (dir.to_path_buf(), Removals::default());
        Ok(Self {
            dir,
            language,
            fields,
            writer,
            reader,
            manifest,
            removals,
            merging,
            trouble,
            room,
            forms,
            options,
            holder,
        })
    }

    /// From now on the lists of files take so many bytes of its memory.
    pub fn leave(&mut self, lists: u64) {
        let memory = self.options.memory.with_lists(lists);
        let left = WriterOptions { memory, ..self.options };
        self.forms.burden.set(self.options.memory_of_a_thread() - left.memory_of_a_thread());
        self.room = Room::new(memory.waiting());
    }

    /// The language of the articles.
    pub fn language(&self) -> Language {
        self.language
    }

    /// The files that the index holds.
    pub fn files(&self) -> &Manifest {
        &self.manifest
    }

    /// A number that no file of this index had.
    pub fn take_number(&mut self) -> u64 {
        self.manifest.take_number()
    }

    /// Adds a file to the list, or replaces its entry.
    pub fn enter(&mut self, entry: &FileEntry<'_>) {
        self.manifest.set_file(entry);
    }

    /// Removes, with the next commit, a file and all its articles.
    pub fn remove_file(&mut self, number: u64) {
        self.manifest.remove_file(number);
        self.removals.add_file(number);
    }

    /// Adds or replaces a root.
    pub fn enter_root(&mut self, root: RootEntry) {
        self.manifest.set_root(root);
    }

    /// Forgets a root; its files stay.
    pub fn remove_root(&mut self, path: &str) {
        self.manifest.remove_root(path);
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
    pub fn put(&self, file: u64, id: &ArticleId, mut article: PreparedArticle) -> Result<()> {
        let f = &self.fields;
        let texts = article.text.len() + article.passages.len() + article.stored.len() + 2 * article.headline.len();
        let bytes = texts + IndexedArticle::BYTES + article.lengths.len() * IndexedArticle::BYTES_OF_VALUE;
        let ticket = self.forms.handover.mark(&mut article.text);
        let mut document = IndexedArticle::new(ticket, self.room.take(bytes as u64));
        document.add(f.text, article.text);
        document.add(f.headline, article.headline);
        if !article.outlet.is_empty() {
            document.add(f.outlet, article.outlet.clone());
            document.add(f.outlet_name, article.outlet);
        }
        document.add(f.credit, article.credit);
        document.add(f.byline, article.byline);
        document.add(f.section, article.section);
        document.add(f.page, article.page);
        document.add(f.site, article.sites);
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
        let failed = |e: TantivyError| failed(&self.dir, &e, &self.trouble, &self.forms);
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
    /// Where the index cannot be written, or is damaged; it then holds what it held, in as many segments as before.
    pub fn compact(self) -> Result<()> {
        let Self { dir, writer, reader, merging, trouble, holder: _holder, .. } = self;
        // who reads holds the files of the segments that are merged away
        drop(reader);
        let failed = |e: TantivyError| unwritable(&dir, &e, trouble.first());
        let index = writer.index().clone();
        // merges under way would hold segments that this one needs
        writer.wait_merging_threads().map_err(failed)?;
        let segments = index.searchable_segment_metas().map_err(failed)?;
        if segments.len() == 1 && !segments[0].has_deletes() {
            return Ok(());
        }
        merging.verify(&segments)?;
        let ids: Vec<SegmentId> = segments.iter().map(|segment| segment.id()).collect();
        drop(segments);
        let mut writer =
            open_writer(&index, WriterOptions { threads: 1, memory: Budget::new(0), ..WriterOptions::default() })
                .map_err(failed)?;
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
    /// Where a merge failed, or was not made since the index is damaged; the last commit stands.
    pub fn close(self) -> Result<()> {
        self.writer.wait_merging_threads().map_err(|e| unwritable(&self.dir, &e, self.trouble.first()))?;
        self.merging.take_fault().map_or(Ok(()), |fault| Err(with_news(fault)))
    }

    fn failed(&self, error: &TantivyError) -> Error {
        failed(&self.dir, error, &self.trouble, &self.forms)
    }
}

/// What is told of damage at the end of a run.
pub(super) const COUNTS: &str = "; what this run read counts all the same";

fn with_news(fault: Error) -> Error {
    match fault {
        Error::Damaged { path, what } => Error::Damaged { path, what: format!("{what}{COUNTS}") },
        other => other,
    }
}

/// What the writer met; tantivy's error may not name what an indexing thread ended with.
fn failed(dir: &Path, error: &TantivyError, trouble: &Trouble, forms: &FormsPlugin) -> Error {
    let mismatch = forms.handover.first_mismatch();
    mismatch.map_or_else(|| unwritable(dir, error, trouble.first()), |mismatch| mismatched(dir, mismatch))
}

fn open_writer(index: &Index, options: WriterOptions) -> tantivy::Result<IndexWriter<IndexedArticle>> {
    let options = IndexWriterOptions::builder()
        .num_worker_threads(options.threads.max(1))
        .memory_budget_per_thread(options.memory_of_a_thread())
        .num_merge_threads(1)
        .build();
    index.writer_with_options(options)
}
