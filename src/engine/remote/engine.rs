//! The door of an archive on a cluster.

use serde_json::json;

use super::answer::Answer;
use super::client::Body;
use super::files::read_manifest;
use super::read::RemoteEngine;
use super::schema::ID;
use super::stats;
use crate::engine::Engine;
use crate::error::Result;
use crate::hit::{Ranked, SearchResponse, StoredArticle};
use crate::query::SearchRequest;
use crate::search;
use crate::stats::{Part, Stats};

impl Engine for RemoteEngine {
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse> {
        search::search(self, request)
    }

    fn rank(&self, request: &SearchRequest) -> Result<Vec<Ranked>> {
        search::rank(self, request)
    }

    fn article(&self, id: &str) -> Result<Option<StoredArticle>> {
        let filter = [self.counts(), json!({ "term": { ID: id } })];
        let ask = json!({ "size": 1, "query": { "bool": { "filter": filter } } });
        let answer: Answer = self.client.ask("POST", &self.search_path("hits"), Body::Json(&ask))?;
        Ok(answer.hits.hits.into_iter().next().map(|hit| hit.source.into_article().0))
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
        Ok(read_manifest(&self.client, &self.mark)?.fingerprint())
    }
}
