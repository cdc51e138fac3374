//! A change to an archive on a cluster.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};

use super::address::Address;
use super::bulk::Bulk;
use super::client::{Access, Client, RequestBody};
use super::document::RemoteArticle;
use super::files::{CommitMark, Writing, read_manifest, sweep_log, taken_over, write_log};
use super::lock::Lock;
use super::schema::{self, FILE, ID, Layout};
use super::session::Session;
use crate::analysis::{Analyzer, Language, prove};
use crate::article::{Article, ArticleId, Span};
use crate::budget::Budget;
use crate::engine::{Provenance, Refused, Update};
use crate::error::Result;
use crate::index::{FileEntry, Manifest, RootEntry};

/// After how long a compaction is no longer waited for.
const COMPACTION: Duration = Duration::from_secs(6 * 3600);
/// Ids that are looked up at once, and remembered.
const LOOKED_UP: usize = 1000;
const REMEMBERED: usize = 100_000;

/// A change to the archive on a cluster. What is sent is there at once, but no search sees it before the commit.
pub struct RemoteUpdate {
    client: Arc<Client>,
    language: Language,
    manifest: Manifest,
    /// What counts.
    mark: CommitMark,
    writing: Option<Writing>,
    /// What will count with the next commit, but for the log.
    next: CommitMark,
    bulk: Bulk,
    /// Files that had an id at the last commit, for ids that are asked for soon.
    holders: HashMap<String, Vec<u64>>,
    session: Session,
    /// Gone last.
    lock: Lock,
}

/// How much of this machine sending may take.
#[derive(Clone, Copy, Debug)]
pub struct RemoteOptions {
    /// Threads that analyze and send, at least 1.
    pub threads: usize,
    /// Memory of the whole run.
    pub memory: Budget,
    /// How an index is made that is not there yet.
    pub layout: Layout,
}

impl RemoteUpdate {
    /// Opens the index at `address` for writing, making it where there is none; what a killed run left is taken out.
    ///
    /// # Errors
    /// Where the cluster is away or refuses, where the index is not ours, of another version or language, and where
    /// another process is writing to it.
    pub fn open(address: Address, access: Access, options: RemoteOptions) -> Result<Self> {
        let client = Arc::new(Client::new(address, access)?);
        let language = schema::create(&client, options.layout)?;
        prove(language)?;
        let lock = Lock::take(&client)?;
        let (session, mut mark, mut writing) = Session::begin(&client, lock.writer())?;
        mark.sweep(&client, &mut writing, true)?;
        let manifest = read_manifest(&client, &mark)?;
        let bulk = Bulk::new(&client, Analyzer::new(language), options.threads, options.memory.sending());
        let next = mark.clone();
        let holders = HashMap::new();
        Ok(Self { client, language, manifest, mark, writing, next, bulk, holders, session, lock })
    }

    fn look_up(&self, ids: &[String]) -> Result<Vec<(String, u64)>> {
        #[derive(Deserialize)]
        struct IdsAnswer {
            hits: IdHits,
        }
        #[derive(Deserialize)]
        struct IdHits {
            hits: Vec<IdHit>,
        }
        #[derive(Deserialize)]
        struct IdHit {
            #[serde(rename = "_source")]
            source: IdSource,
        }
        #[derive(Deserialize)]
        struct IdSource {
            id: String,
            file: u64,
        }
        let filter = [self.mark.filter(), json!({ "terms": { ID: ids } })];
        let ask = json!({ "size": 10_000, "_source": [ID, FILE], "query": { "bool": { "filter": filter } } });
        let path = format!("{}/_search?allow_partial_search_results=false", self.client.address.index);
        let answer: IdsAnswer = self.client.ask("POST", &path, RequestBody::Json(&ask))?;
        Ok(answer.hits.hits.into_iter().map(|hit| (hit.source.id, hit.source.file)).collect())
    }
}

impl Update for RemoteUpdate {
    type Prepared = RemoteArticle;

    fn prepare(
        article: Article,
        from: Provenance<'_>,
        to_file: &dyn Fn(&[Span]) -> Option<Vec<Span>>,
    ) -> RemoteArticle {
        RemoteArticle::new(article, from, to_file)
    }

    fn language(&self) -> Language {
        self.language
    }

    fn files(&self) -> &Manifest {
        &self.manifest
    }

    fn take_number(&mut self) -> u64 {
        self.manifest.take_number()
    }

    fn enter(&mut self, entry: &FileEntry<'_>) {
        self.manifest.set_file(entry);
    }

    fn remove_file(&mut self, number: u64) {
        self.manifest.remove_file(number);
        self.next.leaving.insert(number);
    }

    fn enter_root(&mut self, root: RootEntry) {
        self.manifest.set_root(root);
    }

    fn remove_root(&mut self, path: &str) {
        self.manifest.remove_root(path);
    }

    fn expect(&mut self, ids: &[String]) -> Result<()> {
        if self.mark.next_number == 0 {
            return Ok(());
        }
        if self.holders.len() > REMEMBERED {
            self.holders.clear();
        }
        for ids in ids.chunks(LOOKED_UP) {
            let found = self.look_up(ids)?;
            self.holders.extend(ids.iter().map(|id| (id.clone(), Vec::new())));
            for (id, file) in found {
                self.holders.entry(id).or_default().push(file);
            }
        }
        Ok(())
    }

    fn holders_of(&self, id: &str) -> Result<Vec<u64>> {
        if self.mark.next_number == 0 {
            return Ok(Vec::new());
        }
        let mut holders = match self.holders.get(id) {
            Some(holders) => holders.clone(),
            None => self.look_up(&[id.to_owned()])?.into_iter().map(|(_, file)| file).collect(),
        };
        holders.sort_unstable();
        Ok(holders)
    }

    fn put(&mut self, file: u64, id: &ArticleId, article: RemoteArticle) -> Result<()> {
        self.bulk.put(file, id, article)
    }

    fn remove_article(&mut self, file: u64, id: &ArticleId) -> Result<()> {
        self.next.leaving_articles.insert((file, id.0.clone()));
        Ok(())
    }

    fn refused(&mut self) -> Result<Vec<Refused>> {
        self.bulk.flush()
    }

    fn commit(&mut self) -> Result<()> {
        let _ = self.bulk.flush()?;
        let next = CommitMark { next_number: self.manifest.next_number(), ..self.next.clone() };
        // the log is one row, so that its end must be ours
        if self.lock.is_lost() || !CommitMark::is_latest(&self.client, self.writing)? {
            return Err(taken_over(&self.client));
        }
        let next = write_log(&self.client, &next, self.session.epoch, &mut self.manifest)?;
        if next == self.mark {
            return Ok(());
        }
        // an index that was deleted meanwhile has come back without our mapping
        schema::open(&self.client)?;
        let index = &self.client.address.index;
        self.client.ask::<Value>("POST", &format!("{index}/_refresh"), RequestBody::Nothing)?;
        next.write(&self.client, &mut self.writing)?;
        sweep_log(&self.client, &self.mark, &next)?;
        self.mark = next;
        self.mark.sweep(&self.client, &mut self.writing, false)?;
        self.next = self.mark.clone();
        self.holders.clear();
        Ok(())
    }

    fn compact(self) -> Result<()> {
        let access = Access { timeout: COMPACTION.max(self.client.access.timeout), ..self.client.access.clone() };
        let client = Client::new(self.client.address.clone(), access)?;
        let path = format!("{}/_forcemerge?max_num_segments=1", client.address.index);
        client.ask::<Value>("POST", &path, RequestBody::Nothing)?;
        self.close()
    }

    fn close(self) -> Result<()> {
        let Self { client, session, bulk, lock, .. } = self;
        // what waits to be sent is sent before
        drop(bulk);
        session.end(&client);
        drop(lock);
        Ok(())
    }
}
