//! The archive on a cluster, opened for reading.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use serde::Deserialize;
use serde_json::{Value, json};

use super::address::Address;
use super::client::{Access, Client, RequestBody};
use super::files::CommitMark;
use super::schema::{self, DATE_FIRST, DATE_LAST, LENGTH};
use crate::analysis::Analyzer;
use crate::error::Result;

/// Queries that are counted in one request.
const COUNTED: usize = 256;

/// An archive on a cluster, at its last commit.
pub(super) struct RemoteArchive {
    pub(super) client: Client,
    pub(super) analyzer: Analyzer,
    /// What counts.
    pub(super) mark: CommitMark,
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
struct Summary {
    hits: SummaryHits,
    aggregations: FieldSums,
}

#[derive(Deserialize)]
struct FieldSums {
    tokens: Sum,
    newest: Sum,
}

#[derive(Deserialize)]
struct Sum {
    value: Option<f64>,
}

#[derive(Deserialize)]
struct SummaryHits {
    total: HitTotal,
}

#[derive(Deserialize)]
struct HitTotal {
    value: u64,
}

impl RemoteArchive {
    /// Opens the index at an address at its last commit.
    ///
    /// # Errors
    /// Where the cluster is away or refuses, and where the index is not ours or of another version.
    pub fn open(address: Address, access: Access) -> Result<Self> {
        let client = Client::new(address, access)?;
        schema::check_version(&client)?;
        let language = schema::open(&client)?;
        let (mark, _) = CommitMark::read(&client)?;
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
        let whole: Summary = engine.client.ask("POST", &path, RequestBody::Json(&ask))?;
        engine.documents = whole.hits.total.value;
        let tokens = whole.aggregations.tokens.value.unwrap_or(0.0) as u64;
        engine.average_length = (tokens as f32 / engine.documents.max(1) as f32).max(1.0);
        engine.newest = whole.aggregations.newest.value.map(|second| second as i64);
        Ok(engine)
    }

    /// The first and the last second that the date of any article may mean.
    pub(super) fn span_of_dates(&self) -> Result<Option<(i64, i64)>> {
        #[derive(Deserialize)]
        struct SpanAnswer {
            aggregations: FirstAndLast,
        }
        #[derive(Deserialize)]
        struct FirstAndLast {
            first: Sum,
            last: Sum,
        }
        let ask = json!({
            "size": 0, "query": self.counts(),
            "aggs": { "first": { "min": { "field": DATE_FIRST } }, "last": { "max": { "field": DATE_LAST } } },
        });
        let answer: SpanAnswer = self.client.ask("POST", &self.search_path("aggregations"), RequestBody::Json(&ask))?;
        let FirstAndLast { first, last } = answer.aggregations;
        Ok(first.value.zip(last.value).map(|(first, last)| (first as i64, last as i64)))
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
        struct CountsAnswer {
            aggregations: Counts,
        }
        #[derive(Deserialize)]
        struct Counts {
            counts: Buckets,
        }
        #[derive(Deserialize)]
        struct Buckets {
            buckets: Vec<CountBucket>,
        }
        #[derive(Deserialize)]
        struct CountBucket {
            doc_count: u64,
        }
        let queries: Vec<&Value> = queries.collect();
        // only articles that match any of them are looked at
        let any = json!({ "bool": { "should": queries, "minimum_should_match": 1 } });
        let ask = json!({
            "size": 0, "track_total_hits": false, "query": { "bool": { "filter": [self.counts(), any] } },
            "aggs": { "counts": { "filters": { "filters": queries } } },
        });
        let answer: CountsAnswer =
            self.client.ask("POST", &self.search_path("aggregations"), RequestBody::Json(&ask))?;
        Ok(answer.aggregations.counts.buckets.into_iter().map(|bucket| bucket.doc_count).collect())
    }
}
