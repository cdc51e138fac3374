//! Articles -> bulk requests, on several threads; what the cluster refuses is kept with its reason.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use serde::Deserialize;
use serde_json::{Value, json};

use super::client::{Client, RequestBody};
use super::document::RemoteArticle;
use super::refusal::{Refusal, is_passing};
use crate::analysis::{Analyzer, Speller};
use crate::article::ArticleId;
use crate::engine::Refused;
use crate::error::{Error, Result};
use crate::parallel::{Place, Room};

/// A request is sent when it has this many bytes,
const BULK: usize = 4 << 20;
/// or when nothing more has come for so long.
const LULL: Duration = Duration::from_millis(20);
/// The pause before articles that the cluster was too busy for are sent again.
const PAUSE: Duration = Duration::from_millis(500);
/// How many times its text an article takes until it is sent.
const GROWTH: u64 = 5;

/// Sends articles.
pub(super) struct Bulk {
    to_workers: Option<Sender<Item>>,
    workers: Vec<JoinHandle<()>>,
    state: Arc<BulkState>,
    room: Arc<Room>,
}

struct Item {
    file: u64,
    id: ArticleId,
    article: RemoteArticle,
    _place: Place,
}

#[derive(Default)]
struct BulkState {
    inner: Mutex<Inner>,
    changed: Condvar,
}

#[derive(Default)]
struct Inner {
    /// Articles given and not yet answered for.
    under_way: usize,
    refused: Vec<Refused>,
    failed: Option<Error>,
    /// Whether anything failed, so that the rest need not be tried.
    stopped: bool,
}

impl BulkState {
    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Bulk {
    pub fn new(client: &Arc<Client>, analyzer: Analyzer, threads: usize, memory: u64) -> Self {
        let (to_workers, items) = bounded(256);
        let state = Arc::<BulkState>::default();
        let worker = |_| {
            let (client, items, state) = (Arc::clone(client), items.clone(), Arc::clone(&state));
            thread::spawn(move || Worker::new(&client, analyzer, &state).run(&items))
        };
        let workers = (0..threads.max(1)).map(worker).collect();
        Self { to_workers: Some(to_workers), workers, state, room: Room::new(memory) }
    }

    /// Gives an article to be sent.
    ///
    /// # Errors
    /// What went wrong with one that was given before.
    pub fn put(&self, file: u64, id: &ArticleId, article: RemoteArticle) -> Result<()> {
        if let Some(error) = self.state.lock().failed.take() {
            return Err(error);
        }
        let place = self.room.take(article.bytes() as u64 * GROWTH);
        self.state.lock().under_way += 1;
        let item = Item { file, id: id.clone(), article, _place: place };
        let sent = self.to_workers.as_ref().is_some_and(|workers| workers.send(item).is_ok());
        debug_assert!(sent, "workers outlive the channel");
        Ok(())
    }

    /// Waits until all that was given is with the cluster; gives what it refused.
    ///
    /// # Errors
    /// Where the cluster is away or refuses altogether.
    pub fn flush(&self) -> Result<Vec<Refused>> {
        let mut inner = self.state.lock();
        while inner.under_way > 0 && inner.failed.is_none() {
            inner = self.state.changed.wait(inner).unwrap_or_else(PoisonError::into_inner);
        }
        match inner.failed.take() {
            Some(error) => Err(error),
            None => Ok(std::mem::take(&mut inner.refused)),
        }
    }
}

impl Drop for Bulk {
    fn drop(&mut self) {
        drop(self.to_workers.take());
        for worker in self.workers.drain(..) {
            // a worker that panicked has nothing more to send
            let _ = worker.join();
        }
    }
}

/// Gathers articles into requests.
struct Worker<'a> {
    client: &'a Client,
    state: &'a BulkState,
    speller: Speller,
    gathered: Vec<BulkItem>,
    bytes: usize,
}

/// An article as two lines of a bulk request.
struct BulkItem {
    file: u64,
    id: ArticleId,
    lines: Vec<u8>,
}

#[derive(Deserialize)]
struct BulkAnswer {
    #[serde(default)]
    errors: bool,
    #[serde(default)]
    items: Vec<ItemAnswer>,
}

#[derive(Deserialize)]
struct ItemAnswer {
    index: ItemOutcome,
}

#[derive(Deserialize)]
struct ItemOutcome {
    status: u16,
    #[serde(default)]
    error: Value,
}

impl<'a> Worker<'a> {
    fn new(client: &'a Client, analyzer: Analyzer, state: &'a BulkState) -> Self {
        Self { client, state, speller: analyzer.speller(), gathered: Vec::new(), bytes: 0 }
    }

    fn run(&mut self, items: &Receiver<Item>) {
        loop {
            match items.recv_timeout(LULL) {
                Ok(item) => self.take(&item),
                Err(RecvTimeoutError::Timeout) => self.send(),
                Err(RecvTimeoutError::Disconnected) => return self.send(),
            }
            if self.bytes >= BULK {
                self.send();
            }
        }
    }

    fn take(&mut self, item: &Item) {
        let key = document_id(item.file, &item.id);
        let document = item.article.document(item.file, &item.id, &mut self.speller);
        match document {
            Ok(document) => {
                let mut lines = json!({ "index": { "_id": key } }).to_string().into_bytes();
                lines.push(b'\n');
                lines.extend(document.to_string().into_bytes());
                lines.push(b'\n');
                self.bytes += lines.len();
                self.gathered.push(BulkItem { file: item.file, id: item.id.clone(), lines });
            }
            Err(error) => {
                let why = error.to_string();
                self.state.lock().refused.push(Refused { file: item.file, id: item.id.clone(), why });
                self.done(1, None);
            }
        }
    }

    /// Sends what was gathered, what the cluster was too busy for again, until patience runs out.
    fn send(&mut self) {
        let mut left = std::mem::take(&mut self.gathered);
        self.bytes = 0;
        let began = Instant::now();
        while !left.is_empty() {
            if self.state.lock().stopped {
                return self.done(left.len(), None);
            }
            let patient = began.elapsed() < self.client.access.patience;
            match self.send_once(&left, patient) {
                Ok(again) if again.is_empty() => return self.done(left.len(), None),
                Ok(again) => {
                    let before = left.len();
                    left = keep(left, &again);
                    self.done(before - left.len(), None);
                    thread::sleep(PAUSE);
                }
                Err(error) => return self.done(left.len(), Some(error)),
            }
        }
    }

    /// Sends articles once; gives the places of those to be sent again.
    fn send_once(&self, articles: &[BulkItem], patient: bool) -> Result<Vec<usize>> {
        let body = articles.iter().map(|article| article.lines.as_slice()).collect::<Vec<&[u8]>>().concat();
        let path =
            format!("{}/_bulk?filter_path=errors,items.*.status,items.*.error&timeout=60s", self.client.address.index);
        let answer: BulkAnswer = self.client.ask("POST", &path, RequestBody::Lines(&body))?;
        if !answer.errors {
            return Ok(Vec::new());
        }
        let (mut again, mut refused) = (Vec::new(), Vec::new());
        for (place, (article, ItemAnswer { index: outcome })) in articles.iter().zip(answer.items).enumerate() {
            if outcome.status < 300 {
                continue;
            }
            let refusal = Refusal::of(outcome.status, &outcome.error);
            if refusal.is("cluster_block_exception") || refusal.is("index_not_found_exception") {
                return Err(refusal.into_error(&self.client.address));
            }
            match (is_passing(outcome.status), patient) {
                (true, true) => again.push(place),
                // it is not the article's fault: a later run goes on from here
                (true, false) => return Err(refusal.into_error(&self.client.address)),
                (false, _) => {
                    let why = format!("{} {}: {}", outcome.status, refusal.kind, refusal.reason);
                    refused.push(Refused { file: article.file, id: article.id.clone(), why });
                }
            }
        }
        // they are answered for with the rest of the request
        self.state.lock().refused.extend(refused);
        Ok(again)
    }

    /// Notes that so many articles are answered for.
    fn done(&self, articles: usize, failed: Option<Error>) {
        let mut inner = self.state.lock();
        inner.under_way -= articles;
        if failed.is_some() {
            inner.failed = failed;
            inner.stopped = true;
        }
        self.state.changed.notify_all();
    }
}

/// Those of the articles whose places are named, ascending.
fn keep(articles: Vec<BulkItem>, places: &[usize]) -> Vec<BulkItem> {
    let kept = articles.into_iter().enumerate().filter(|(place, _)| places.binary_search(place).is_ok());
    kept.map(|(_, article)| article).collect()
}

/// The `_id` of a document: at most 512 bytes, another one for each file that has an article of this id, so that nothing
/// that counts is overwritten before a commit.
pub(super) fn document_id(file: u64, id: &ArticleId) -> String {
    let id = &id.0;
    if id.len() <= 400 { format!("{file}/{id}") } else { format!("{file}/{}", blake3::hash(id.as_bytes()).to_hex()) }
}
