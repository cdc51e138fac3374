//! The door of an archive on a cluster.

use serde_json::json;

use super::address::Address;

use super::answer::SearchAnswer;
use super::client::{Access, RequestBody};
use super::files::{CommitMark, read_manifest};
use super::read::RemoteArchive;
use super::schema::ID;
use super::{named, stats};
use crate::analysis::Language;
use crate::engine::current::Current;
use crate::engine::{Cited, CitedPlace, Engine};
use crate::error::Result;
use crate::hit::{RankResponse, SearchResponse, StoredArticle};
use crate::query::SearchRequest;
use crate::search;
use crate::stats::{Part, Stats};

/// An archive on a cluster.
pub struct RemoteEngine {
    address: Address,
    access: Access,
    archive: Current<RemoteArchive>,
}

impl RemoteEngine {
    /// Opens the index at an address at its last commit.
    ///
    /// # Errors
    /// Where the cluster is away or refuses, and where the index is not ours or of another version.
    pub fn open(address: Address, access: Access) -> Result<Self> {
        let archive = Current::new(RemoteArchive::open(address.clone(), access.clone())?);
        Ok(Self { address, access, archive })
    }
}

impl Engine for RemoteEngine {
    fn search(&self, request: &SearchRequest) -> Result<SearchResponse> {
        search::search(&*self.archive.get(), request)
    }

    fn rank(&self, request: &SearchRequest) -> Result<RankResponse> {
        search::rank(&*self.archive.get(), request)
    }

    fn article(&self, id: &str) -> Result<Option<StoredArticle>> {
        let archive = self.archive.get();
        let filter = [archive.counts(), json!({ "term": { ID: id } })];
        let ask = json!({ "size": 1, "query": { "bool": { "filter": filter } } });
        let answer: SearchAnswer = archive.client.ask("POST", &archive.search_path("hits"), RequestBody::Json(&ask))?;
        Ok(answer.hits.hits.into_iter().next().map(|hit| hit.source.into_article().0))
    }

    fn ids_from(&self, beginning: &str, most: usize) -> Result<Vec<String>> {
        named::ids_from(&self.archive.get(), beginning, most)
    }

    fn cited(&self, place: CitedPlace<'_>, most: usize) -> Result<Vec<Cited>> {
        let archive = self.archive.get();
        let files = place.files(&read_manifest(&archive.client, &archive.mark)?);
        let mut cited = Vec::new();
        if !files.is_empty() {
            named::each_of_files(&archive, &files, &mut |article| cited.extend(place.of(&article)))?;
        }
        cited.sort_unstable();
        cited.truncate(most);
        Ok(cited)
    }

    fn language(&self) -> Language {
        self.archive.get().analyzer.language()
    }

    fn articles(&self) -> u64 {
        self.archive.get().documents
    }

    fn stats(&self) -> Result<Stats> {
        stats::stats(&self.archive.get())
    }

    fn outlets(&self) -> Result<Vec<Part>> {
        stats::outlets(&self.archive.get())
    }

    fn fingerprint(&self) -> Result<String> {
        let archive = self.archive.get();
        Ok(read_manifest(&archive.client, &archive.mark)?.fingerprint())
    }

    fn refresh(&self) -> Result<bool> {
        let archive = self.archive.get();
        let (mark, _) = CommitMark::read(&archive.client)?;
        if mark == archive.mark {
            return Ok(false);
        }
        self.archive.set(RemoteArchive::open(self.address.clone(), self.access.clone())?);
        Ok(true)
    }
}
