//! An index opened for reading.

use std::cmp::Reverse;
use std::path::{Path, PathBuf};

use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher, TantivyError, Term};

use super::dates::{self, Tally};
use super::dictionary::Dictionary;
use super::explain::explain;
use super::hits;
use super::ids::article_ids;
use super::lexicon::ArchiveLexicon;
use super::plan::Plan;
use super::ranking::Chosen;
use super::statistics::Statistics;
use super::stats;
use super::suggest;
use crate::analysis::{Analyzer, Language};
use crate::article::ArticleId;
use crate::error::{Error, Result};
use crate::hit::{Ranked, SearchResponse, StoredArticle};
use crate::index::{self, Fields, Opened, Snapshot};
use crate::matching::compile;
use crate::query::SearchRequest;
use crate::query::tree::Query;
use crate::stats::{Part, Stats};

/// An index opened for reading, at its last commit.
pub struct Archive {
    dir: PathBuf,
    snapshot: Snapshot,
    pub(super) fields: Fields,
    pub(super) analyzer: Analyzer,
    pub(super) dictionary: Dictionary,
    pub(super) statistics: Statistics,
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
        let (dir, analyzer) = (dir.to_path_buf(), Analyzer::new(language));
        Ok(Self { dir, snapshot, fields, analyzer, dictionary, statistics })
    }

    /// Ranks passages for a request.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse> {
        if request.query.is_empty() {
            let read_as = request.query.to_string();
            return Ok(SearchResponse { read_as, archive_articles: self.articles(), ..SearchResponse::default() });
        }
        let plan = self.plan(&request.query)?;
        self.try_search(&plan, request).map_err(|e| self.failed(&e))
    }

    /// Ranks passages for a request, and names them.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn rank(&self, request: &SearchRequest) -> Result<Vec<Ranked>> {
        if request.query.is_empty() {
            return Ok(Vec::new());
        }
        let plan = self.plan(&request.query)?;
        self.try_rank(&plan, request).map_err(|e| self.failed(&e))
    }

    /// The article with this id; none where the archive has no such article.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<StoredArticle>> {
        let query = TermQuery::new(Term::from_field_text(self.fields.id, id), IndexRecordOption::Basic);
        let found =
            self.searcher().search(&query, &tantivy::collector::DocSetCollector).map_err(|e| self.failed(&e))?;
        let Some(address) = found.into_iter().min() else { return Ok(None) };
        hits::read_stored(self, address, |_| true).map(Some).map_err(|e| self.failed(&e))
    }

    /// The language of the articles.
    pub fn language(&self) -> Language {
        self.analyzer.language()
    }

    /// Articles in the archive.
    pub fn articles(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// What the archive holds.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn stats(&self) -> Result<Stats> {
        let manifest = self.snapshot.manifest()?;
        let stats = stats::stats(self).map_err(|e| self.failed(&e))?;
        let failed_files = manifest.files().filter(|file| file.failed).count() as u64;
        Ok(Stats { files: manifest.files().count() as u64, failed_files, bytes: index::parts(&self.dir)?, ..stats })
    }

    /// The outlets and how many articles each has, the most first, ties by name.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn outlets(&self) -> Result<Vec<Part>> {
        let outlets = stats::outlets(self).map_err(|e| self.failed(&e))?;
        let mut outlets: Vec<Part> = outlets.into_iter().map(|(name, count)| Part::new(name, count)).collect();
        outlets.sort_by_key(|outlet| Reverse(outlet.count));
        Ok(outlets)
    }

    /// A hash of the hashes of all indexed files, in their order.
    ///
    /// # Errors
    /// Where the manifest cannot be read.
    pub fn fingerprint(&self) -> Result<String> {
        Ok(self.snapshot.manifest()?.fingerprint())
    }

    fn plan(&self, query: &Query) -> Result<Plan> {
        let compiled = compile(&query.root, &self.analyzer, &ArchiveLexicon { archive: self })?;
        Plan::new(compiled, query.dates, self).map_err(|e| self.failed(&e))
    }

    fn try_rank(&self, plan: &Plan, request: &SearchRequest) -> tantivy::Result<Vec<Ranked>> {
        let chosen = self.ranking(plan, request)?.list;
        let addresses: Vec<DocAddress> = chosen.iter().map(|c| c.address).collect();
        let ids = article_ids(self.searcher(), &addresses)?;
        let ranked = |(chosen, id): (Chosen, String)| Ranked {
            article: ArticleId(id),
            passage: chosen.passage,
            score: chosen.score,
        };
        plan.check()?;
        Ok(chosen.into_iter().zip(ids).map(ranked).collect())
    }

    fn try_search(&self, plan: &Plan, request: &SearchRequest) -> tantivy::Result<SearchResponse> {
        let ranking = self.ranking(plan, request)?;
        let tally = match ranking.matching {
            _ if !request.count => Tally::default(),
            Some(kept) => Tally { kept, ..Tally::default() },
            None => dates::tally(self.searcher(), plan, request.sort)?,
        };
        let mut hits = hits::build(self, plan, request, &ranking.list)?;
        if request.explain {
            let explained = explain(self, ranking.expanded.as_ref().unwrap_or(plan), request.weights, &ranking.list)?;
            hits.iter_mut().zip(explained).for_each(|(hit, explained)| hit.explain = Some(explained));
        }
        plan.check()?;
        let notes = request.query.notes.iter().chain(&plan.compiled.notes);
        Ok(SearchResponse {
            read_as: request.query.to_string(),
            notes: notes.map(|note| note.text.clone()).collect(),
            total_articles: tally.kept,
            left_out: tally.left_out,
            undated: tally.undated,
            archive_articles: self.articles(),
            hits,
            suggestions: match request.suggest && plan.may_lack_words {
                true => suggest::absent(self, request.query.wanted().into_iter())?,
                false => Vec::new(),
            },
        })
    }

    /// The commit that is searched.
    pub(super) fn searcher(&self) -> &Searcher {
        self.statistics.searcher()
    }

    pub(super) fn failed(&self, error: &TantivyError) -> Error {
        index::unreadable(&self.dir, error)
    }
}
