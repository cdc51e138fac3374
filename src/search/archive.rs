//! An index opened for reading.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::path::{Path, PathBuf};

use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher, TantivyError, Term};

use super::candidates;
use super::dates;
use super::dictionary::Dictionary;
use super::evidence::Evidence;
use super::expand;
use super::explain::explain;
use super::hits;
use super::ids::article_ids;
use super::lexicon::ArchiveLexicon;
use super::plan::Plan;
use super::statistics::Statistics;
use super::stats;
use super::suggest;
use crate::analysis::Analyzer;
use crate::article::ArticleId;
use crate::error::{Error, Result};
use crate::hit::{Ranked, SearchResponse, StoredArticle};
use crate::index::{self, Fields};
use crate::matching::compile;
use crate::query::tree::Query;
use crate::query::{SearchRequest, Sort, Unit};
use crate::stats::{Part, Stats};

/// Candidates that are rescored for a short list of hits.
const MIN_CANDIDATES: usize = 200;

/// Candidates where recent articles are favoured.
const RECENT_CANDIDATES: usize = 1_000;

/// An index opened for reading, at its last commit.
pub struct Archive {
    dir: PathBuf,
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
        let (index, language) = index::open(dir)?;
        let (_, fields) = Fields::schema();
        let reader: IndexReader = index
            .reader_builder()
            .reload_policy(ReloadPolicy::Manual)
            .try_into()
            .map_err(|e: TantivyError| index::damaged(dir, &e))?;
        let damaged = |e| index::damaged(dir, &e);
        let searcher = reader.searcher();
        let dictionary = Dictionary::open(searcher.clone()).map_err(damaged)?;
        let statistics = Statistics::of(searcher, fields).map_err(damaged)?;
        Ok(Self { dir: dir.to_path_buf(), fields, analyzer: Analyzer::new(language), dictionary, statistics })
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

    /// Articles in the archive.
    pub fn articles(&self) -> u64 {
        self.searcher().num_docs()
    }

    /// What the archive holds.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn stats(&self) -> Result<Stats> {
        let manifest = index::read_manifest(&self.dir)?;
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
        let manifest = index::read_manifest(&self.dir)?;
        let mut hashes: Vec<&str> = manifest.files().map(|file| file.hash.as_str()).collect();
        hashes.sort_unstable();
        Ok(blake3::hash(hashes.concat().as_bytes()).to_hex().to_string())
    }

    fn plan(&self, query: &Query) -> Result<Plan> {
        let compiled = compile(&query.root, &self.analyzer, &ArchiveLexicon { archive: self })?;
        Plan::new(compiled, query.dates, self).map_err(|e| self.failed(&e))
    }

    fn try_rank(&self, plan: &Plan, request: &SearchRequest) -> tantivy::Result<Vec<Ranked>> {
        let (chosen, _) = self.ranking(plan, request)?;
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
        let tally =
            if request.count { dates::tally(self.searcher(), plan, request.sort)? } else { dates::Tally::default() };
        let (chosen, expanded) = self.ranking(plan, request)?;
        let mut hits = hits::build(self, plan, request, &chosen)?;
        if request.explain {
            let explained = explain(self, expanded.as_ref().unwrap_or(plan), request.weights, &chosen)?;
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
            suggestions: match request.suggest {
                true => suggest::absent(self, request.query.wanted().into_iter())?,
                false => Vec::new(),
            },
        })
    }

    /// What is shown, in order; where the request expands, by the query and the words of its best passages, and with the
    /// plan that they make.
    fn ranking(&self, plan: &Plan, request: &SearchRequest) -> tantivy::Result<(Vec<Chosen>, Option<Plan>)> {
        if !request.expand || !plan.ranks || request.sort != Sort::Relevance {
            return Ok((self.choose(plan, request)?, None));
        }
        let first = SearchRequest { limit: expand::PASSAGES, by: Unit::Article, ..request.clone() };
        let best = self.choose(plan, &first)?;
        let expanded = expand::expanded(self, &plan.compiled, &best, request.weights)?;
        let expanded = Plan::of(expanded, plan.compiled.leaves.len(), plan.dates, self)?;
        Ok((self.choose(&expanded, request)?, Some(expanded)))
    }

    /// The passages that make the list, in its order.
    fn choose(&self, plan: &Plan, request: &SearchRequest) -> tantivy::Result<Vec<Chosen>> {
        let searcher = self.searcher();
        if request.limit == 0 {
            return Ok(Vec::new());
        }
        if request.sort != Sort::Relevance {
            let order = dates::first_by_date(searcher, plan, request.sort, request.limit)?;
            let mut scored = self.score(plan, request, order.clone())?;
            let places: HashMap<DocAddress, usize> = order.into_iter().zip(0..).collect();
            scored.sort_by_key(|chosen| places.get(&chosen.address).copied());
            scored.truncate(request.limit);
            return Ok(scored);
        }
        if !plan.ranks {
            let first = candidates::first_by_id(searcher, plan, request.limit)?;
            return Ok(first
                .into_iter()
                .map(|address| Chosen { address, passage: 1, score: 0.0, bonus: 0.0 })
                .collect());
        }
        let Some(half_life) = request.recency else {
            let best = candidates::best(&self.statistics, plan, request.limit.max(MIN_CANDIDATES))?;
            let scored = self.score(plan, request, best)?;
            return candidates::order(searcher, &scored, request.limit);
        };
        // an article that only its date brings up may stand far down by its words
        let best = candidates::best(&self.statistics, plan, request.limit.max(RECENT_CANDIDATES))?;
        let mut scored = self.score(plan, request, best)?;
        dates::favour_recent(searcher, &mut scored, half_life)?;
        candidates::order(searcher, &scored, request.limit)
    }

    /// The best passages of each article, article by article in document order.
    fn score(
        &self,
        plan: &Plan,
        request: &SearchRequest,
        mut addresses: Vec<DocAddress>,
    ) -> tantivy::Result<Vec<Chosen>> {
        addresses.sort_unstable();
        let per_article = if request.by == Unit::Article { 1 } else { request.per_article.max(1) };
        let mut chosen = Vec::with_capacity(addresses.len());
        let mut evidence = Evidence::open(self, plan, request.weights);
        for address in addresses {
            let best = evidence.score(address, per_article)?;
            chosen.extend(best.map(|(passage, score)| Chosen { address, passage, score, bonus: 0.0 }));
        }
        Ok(chosen)
    }

    /// The commit that is searched.
    pub(super) fn searcher(&self) -> &Searcher {
        self.statistics.searcher()
    }

    pub(super) fn failed(&self, error: &TantivyError) -> Error {
        index::damaged(&self.dir, error)
    }
}

/// A passage that made the list.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Chosen {
    pub address: DocAddress,
    /// Number of the passage in its article, 1-based.
    pub passage: u32,
    /// Of the article, the passage and its date.
    pub score: f32,
    /// How much of it the date gave.
    pub bonus: f32,
}
