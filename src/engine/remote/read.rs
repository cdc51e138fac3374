//! The archive on a cluster, opened for reading.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;
use serde_json::{Value, json};

use super::address::Address;
use super::ask::ask_frequency;
use super::client::{Access, Body, Client};
use super::files::Mark;
use super::schema::{self, DATE_FIRST, ID, LENGTH, TEXT};
use super::{answer, rank, stats};
use crate::analysis::{Analyzer, Language};
use crate::engine::Engine;
use crate::error::Result;
use crate::hit::{Ranked, SearchResponse, StoredArticle, Suggestion};
use crate::matching::Atom;
use crate::query::SearchRequest;
use crate::search::{MAX_ABSENT, nearest, suggested};
use crate::stats::{Part, Stats};

/// Queries that are counted in one request.
const COUNTED: usize = 256;

/// An archive on a cluster, at its last commit.
pub struct RemoteEngine {
    pub(super) client: Client,
    pub(super) analyzer: Analyzer,
    /// What counts.
    pub(super) mark: Mark,
    /// Articles.
    pub(super) documents: u64,
    /// Mean length of the text in positions, a headline's counted as often as it is indexed; at least 1.
    pub(super) average_length: f32,
    /// The last second that an article's date begins at.
    pub(super) newest: Option<i64>,
    /// How many articles match what was counted before.
    counted: Mutex<HashMap<String, u64>>,
}

#[derive(Deserialize)]
struct Whole {
    hits: Hits,
    aggregations: Sums,
}

#[derive(Deserialize)]
struct Sums {
    tokens: Sum,
    newest: Sum,
}

#[derive(Deserialize)]
struct Sum {
    value: Option<f64>,
}

#[derive(Deserialize)]
struct Hits {
    total: Total,
}

#[derive(Deserialize)]
struct Total {
    value: u64,
}

impl RemoteEngine {
    /// Opens the index at an address at its last commit.
    ///
    /// # Errors
    /// Where the cluster is away or refuses, and where the index is not ours or of another version.
    pub fn open(address: Address, access: Access) -> Result<Self> {
        let client = Client::new(address, access)?;
        schema::check_version(&client)?;
        let language = schema::open(&client)?;
        let (mark, _) = Mark::read(&client)?;
        let mut engine = Self {
            client,
            analyzer: Analyzer::new(language),
            mark,
            documents: 0,
            average_length: 1.0,
            newest: None,
            counted: Mutex::default(),
        };
        let ask = json!({
            "size": 0, "track_total_hits": true, "query": engine.counts(),
            "aggs": { "tokens": { "sum": { "field": LENGTH } }, "newest": { "max": { "field": DATE_FIRST } } },
        });
        let path = engine.search_path("hits.total,aggregations");
        let whole: Whole = engine.client.ask("POST", &path, Body::Json(&ask))?;
        engine.documents = whole.hits.total.value;
        let tokens = whole.aggregations.tokens.value.unwrap_or(0.0) as u64;
        engine.average_length = (tokens as f32 / engine.documents.max(1) as f32).max(1.0);
        engine.newest = whole.aggregations.newest.value.map(|second| second as i64);
        Ok(engine)
    }

    /// What keeps a search to articles that count.
    pub(super) fn counts(&self) -> Value {
        self.mark.filter()
    }

    /// Where searches go; of their answers only what is named.
    pub(super) fn search_path(&self, read: &str) -> String {
        let partial = self.client.access.allow_partial;
        format!(
            "{}/_search?search_type=dfs_query_then_fetch&allow_partial_search_results={partial}&filter_path=_shards,timed_out,{read}",
            self.client.address.index
        )
    }

    /// How many articles have each atom; of several names, as if no article had two of them.
    pub(super) fn frequencies(&self, atoms: &[Atom]) -> Result<Vec<u64>> {
        let asked: Vec<Vec<Value>> = atoms.iter().map(ask_frequency).collect();
        let counts = self.count(&asked.concat())?;
        let mut counts = counts.into_iter();
        Ok(asked.iter().map(|queries| counts.by_ref().take(queries.len()).sum()).collect())
    }

    /// How many articles have each of these terms in their texts.
    pub(super) fn articles_with(&self, terms: &[&str]) -> Result<Vec<u64>> {
        self.count(&terms.iter().map(|term| json!({ "term": { TEXT: term } })).collect::<Vec<Value>>())
    }

    /// How many articles match each query.
    pub(super) fn count(&self, queries: &[Value]) -> Result<Vec<u64>> {
        let keys: Vec<String> = queries.iter().map(Value::to_string).collect();
        let lock = || self.counted.lock().unwrap_or_else(PoisonError::into_inner);
        let unknown: Vec<usize> = {
            let counted = lock();
            (0..keys.len()).filter(|&at| !counted.contains_key(&keys[at])).collect()
        };
        for places in unknown.chunks(COUNTED) {
            let counts = self.count_now(places.iter().map(|&at| &queries[at]))?;
            lock().extend(places.iter().map(|&at| keys[at].clone()).zip(counts));
        }
        let counted = lock();
        Ok(keys.iter().map(|key| counted.get(key).copied().unwrap_or(0)).collect())
    }

    fn count_now<'q>(&self, queries: impl Iterator<Item = &'q Value>) -> Result<Vec<u64>> {
        #[derive(Deserialize)]
        struct Answer {
            aggregations: Counts,
        }
        #[derive(Deserialize)]
        struct Counts {
            counts: Buckets,
        }
        #[derive(Deserialize)]
        struct Buckets {
            buckets: Vec<Bucket>,
        }
        #[derive(Deserialize)]
        struct Bucket {
            doc_count: u64,
        }
        let queries: Vec<&Value> = queries.collect();
        // only articles that match any of them are looked at
        let any = json!({ "bool": { "should": queries, "minimum_should_match": 1 } });
        let ask = json!({
            "size": 0, "track_total_hits": false, "query": { "bool": { "filter": [self.counts(), any] } },
            "aggs": { "counts": { "filters": { "filters": queries } } },
        });
        let answer: Answer = self.client.ask("POST", &self.search_path("aggregations"), Body::Json(&ask))?;
        Ok(answer.aggregations.counts.buckets.into_iter().map(|bucket| bucket.doc_count).collect())
    }

    /// Those words of a query that no article has in any form, each once, with words near them.
    pub(super) fn absent(&self, request: &SearchRequest) -> Result<Vec<Suggestion>> {
        let mut words: Vec<(String, String)> = Vec::new();
        for text in request.query.wanted() {
            for token in self.analyzer.tokens(text) {
                if !words.iter().any(|(term, _)| *term == token.term) {
                    words.push((token.term, text[token.start..token.end].to_owned()));
                }
            }
        }
        let terms: Vec<&str> = words.iter().map(|(term, _)| term.as_str()).collect();
        let counts = self.articles_with(&terms)?;
        let absent = words.iter().zip(counts).filter(|(_, count)| *count == 0).map(|((_, typed), _)| typed);
        absent.take(MAX_ABSENT).map(|typed| Ok(Suggestion { typed: typed.clone(), words: self.near(typed)? })).collect()
    }

    fn near(&self, typed: &str) -> Result<Vec<String>> {
        suggested(typed, &self.analyzer, |word, limit| {
            nearest(word, limit, |edits, offer| {
                let words = self.words_near(schema::FORMS, word, edits)?;
                words.iter().for_each(|(form, articles)| offer(form, *articles, &|| true));
                Ok(())
            })
        })
    }
}

impl Engine for RemoteEngine {
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse> {
        rank::search(self, request)
    }

    fn rank(&self, request: &SearchRequest) -> Result<Vec<Ranked>> {
        rank::rank(self, request)
    }

    fn article(&self, id: &str) -> Result<Option<StoredArticle>> {
        let filter = [self.counts(), json!({ "term": { ID: id } })];
        let ask = json!({ "size": 1, "query": { "bool": { "filter": filter } } });
        let answer: answer::Answer = self.client.ask("POST", &self.search_path("hits"), Body::Json(&ask))?;
        Ok(answer.hits.hits.into_iter().next().map(|hit| hit.source.into_article().0))
    }

    fn language(&self) -> Language {
        self.analyzer.language()
    }

    fn articles(&self) -> u64 {
        self.documents
    }

    fn stats(&self) -> Result<Stats> {
        stats::stats(self)
    }

    fn outlets(&self) -> Result<Vec<Part>> {
        stats::outlets(self)
    }

    fn fingerprint(&self) -> Result<String> {
        Ok(super::files::read_manifest(&self.client, &self.mark)?.fingerprint())
    }
}
