//! An index opened for reading.

use std::path::{Path, PathBuf};

use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher, TantivyError, Term};

use super::candidates::{self, Tally};
use super::dictionary::{Dictionary, Expansion, MAX_EXPANSIONS, Neighbour};
use super::evidence::Evidence;
use super::hits;
use super::ids::article_ids;
use super::plan::Plan;
use super::suggest;
use crate::analysis::Analyzer;
use crate::article::ArticleId;
use crate::error::{Error, Result};
use crate::hit::{Ranked, SearchResponse, StoredArticle};
use crate::index::{self, Fields};
use crate::query::SearchRequest;

/// Candidates that are rescored for a short list of hits.
const MIN_CANDIDATES: usize = 200;

/// An index opened for reading, at its last commit.
pub struct Archive {
    dir: PathBuf,
    pub(super) fields: Fields,
    pub(super) analyzer: Analyzer,
    pub(super) dictionary: Dictionary,
    pub(super) reader: IndexReader,
}

impl Archive {
    /// Opens the index in `dir`.
    ///
    /// # Errors
    /// Where there is none, where it is of another version, and where it is damaged.
    pub fn open(dir: &Path) -> Result<Self> {
        let (index, language) = index::open(dir)?;
        let (_, fields) = Fields::schema();
        let reader: IndexReader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|e: TantivyError| index::damaged(dir, &e))?;
        let dictionary = Dictionary::open(reader.searcher()).map_err(|e| index::damaged(dir, &e))?;
        Ok(Self { dir: dir.to_path_buf(), fields, analyzer: Analyzer::new(language), dictionary, reader })
    }

    /// Ranks passages for a request.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse> {
        self.try_search(request).map_err(|e| self.failed(&e))
    }

    /// Ranks passages for a request, and names them.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn rank(&self, request: &SearchRequest) -> Result<Vec<Ranked>> {
        self.try_rank(request).map_err(|e| self.failed(&e))
    }

    /// The article with this id; none where the archive has no such article.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn article(&self, id: &str) -> Result<Option<StoredArticle>> {
        let searcher = self.reader.searcher();
        let query = TermQuery::new(Term::from_field_text(self.fields.id, id), IndexRecordOption::Basic);
        let found = searcher.search(&query, &tantivy::collector::DocSetCollector).map_err(|e| self.failed(&e))?;
        let Some(address) = found.into_iter().min() else { return Ok(None) };
        hits::read_stored(&searcher, self.fields, address, |_| true).map(Some).map_err(|e| self.failed(&e))
    }

    /// Articles in the archive.
    pub fn articles(&self) -> u64 {
        self.reader.searcher().num_docs()
    }

    /// The words of the archive that fit a pattern, in which `*` is any letters or none and `?` exactly one; at most
    /// [`MAX_EXPANSIONS`].
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn wildcard(&self, pattern: &str) -> Result<Expansion> {
        let pattern = self.analyzer.folded_pattern(pattern);
        self.dictionary.wildcard(&pattern, MAX_EXPANSIONS).map_err(|e| self.failed(&e))
    }

    /// The words of the archive at most `edits` (1 or 2) from this one; at most [`MAX_EXPANSIONS`].
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn typos(&self, word: &str, edits: u8) -> Result<Expansion> {
        let word = self.analyzer.folded(word).concat();
        self.dictionary.typos(&word, edits, MAX_EXPANSIONS).map_err(|e| self.failed(&e))
    }

    /// The words of the archive that are nearest to one that it does not have, nearest first.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn neighbours(&self, word: &str, limit: usize) -> Result<Vec<Neighbour>> {
        let word = self.analyzer.folded(word).concat();
        self.dictionary.suggestions(&word, limit).map_err(|e| self.failed(&e))
    }

    /// Articles that have this very word, whatever its case and accents, and not another form of it.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn articles_with_form(&self, word: &str) -> Result<u64> {
        let word = self.analyzer.folded(word).concat();
        self.dictionary.articles(&word).map_err(|e| self.failed(&e))
    }

    /// A hash of the hashes of all indexed files, in their order.
    ///
    /// # Errors
    /// Where the manifest cannot be read.
    pub fn fingerprint(&self) -> Result<String> {
        let manifest = index::read_manifest(&self.dir)?;
        let mut hashes: Vec<&str> = manifest.files().map(|file| file.hash.as_str()).collect();
        hashes.sort_unstable();
        Ok(blake3::hash(hashes.concat().as_bytes()).to_hex().to_string())
    }

    fn try_rank(&self, request: &SearchRequest) -> tantivy::Result<Vec<Ranked>> {
        if request.query.is_empty() {
            return Ok(Vec::new());
        }
        let searcher = self.reader.searcher();
        let plan = Plan::new(&request.query, self.fields, &self.analyzer, &searcher)?;
        let chosen = self.choose(&searcher, &plan, request)?;
        let addresses: Vec<DocAddress> = chosen.iter().map(|c| c.address).collect();
        let ids = article_ids(&searcher, &addresses)?;
        let ranked = |(chosen, id): (Chosen, String)| Ranked {
            article: ArticleId(id),
            passage: chosen.passage,
            score: chosen.score,
        };
        Ok(chosen.into_iter().zip(ids).map(ranked).collect())
    }

    fn try_search(&self, request: &SearchRequest) -> tantivy::Result<SearchResponse> {
        let searcher = self.reader.searcher();
        if request.query.is_empty() {
            return Ok(SearchResponse { archive_articles: searcher.num_docs(), ..self.unanswered(request) });
        }
        let plan = Plan::new(&request.query, self.fields, &self.analyzer, &searcher)?;
        let tally = if request.count { candidates::tally(&searcher, &plan)? } else { Tally::default() };
        let chosen = self.choose(&searcher, &plan, request)?;
        Ok(SearchResponse {
            total_articles: tally.kept,
            left_out: tally.left_out,
            archive_articles: searcher.num_docs(),
            hits: hits::build(self, &searcher, &plan, request, &chosen)?,
            suggestions: if request.suggest {
                suggest::absent(self, &searcher, request.query.wanted())?
            } else {
                Vec::new()
            },
            ..self.unanswered(request)
        })
    }

    fn unanswered(&self, request: &SearchRequest) -> SearchResponse {
        let query = &request.query;
        SearchResponse { read_as: query.to_string(), notes: query.notes.clone(), ..SearchResponse::default() }
    }

    fn choose(&self, searcher: &Searcher, plan: &Plan, request: &SearchRequest) -> tantivy::Result<Vec<Chosen>> {
        if request.limit == 0 {
            return Ok(Vec::new());
        }
        if !plan.ranks {
            let first = candidates::first_by_id(searcher, plan, request.limit)?;
            return Ok(first.into_iter().map(|address| Chosen { address, passage: 1, score: 0.0 }).collect());
        }
        let wanted = request.limit.max(MIN_CANDIDATES);
        let addresses = candidates::best(searcher, plan, wanted)?;
        let per_article = if request.by == crate::query::Unit::Article { 1 } else { request.per_article.max(1) };
        let mut chosen = Vec::with_capacity(addresses.len());
        let mut evidence = Evidence::open(searcher, plan, self.fields, request.weights);
        for address in addresses {
            let best = evidence.score(address, per_article)?;
            chosen.extend(best.map(|(passage, score)| Chosen { address, passage, score }));
        }
        candidates::order(searcher, &chosen, request.limit)
    }

    fn failed(&self, error: &TantivyError) -> Error {
        index::damaged(&self.dir, error)
    }
}

/// A passage that made the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Chosen {
    pub address: DocAddress,
    /// Number of the passage in its article, 1-based.
    pub passage: u32,
    pub score: f32,
}
