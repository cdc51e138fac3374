//! One writer at a time: a document that says who writes, and is renewed while that goes on.

use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::client::{Access, Client, RequestBody};
use super::files::Writing;
use super::refusal::Refusal;
use crate::error::{Error, Result};
use crate::index::{host, now};

/// How often the lock is renewed.
const BEAT: Duration = Duration::from_secs(4);
/// A lock that was not renewed for so long belongs to a writer that is gone.
const STALE: Duration = Duration::from_secs(20);

/// The right to write; given back when it goes.
pub(super) struct Lock {
    beat: Arc<Beat>,
    stop: Option<Sender<()>>,
    beating: Option<JoinHandle<()>>,
}

/// The document, as this writer wrote it last.
struct Beat {
    client: Client,
    me: LockHolder,
    writing: Mutex<Writing>,
    /// Whether somebody else has it.
    is_lost: AtomicBool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct LockHolder {
    host: String,
    /// What is the same for all processes whose numbers are of one row: a machine from its start to its end, and in it the
    /// processes that see each other. Empty where that cannot be told.
    #[serde(default)]
    row: String,
    process: u32,
    since: String,
    beats: u64,
}

impl LockHolder {
    /// Whether it is the same writer, whenever it was heard of.
    fn is(&self, other: &Self) -> bool {
        Self { beats: 0, ..self.clone() } == Self { beats: 0, ..other.clone() }
    }
}

#[derive(Deserialize)]
struct LockDocument {
    #[serde(flatten)]
    writing: Writing,
    #[serde(rename = "_source")]
    holder: LockHolder,
}

impl Lock {
    /// Takes the lock; one whose writer died is taken over, on this machine at once, else when it goes stale.
    ///
    /// # Errors
    /// Where another process writes: who, and since when.
    pub fn take(client: &Client) -> Result<Self> {
        let (process, since) = (std::process::id(), now());
        let me = LockHolder { host: this_host(), row: this_row(), process, since, beats: 0 };
        let began = Instant::now();
        let mut seen = None;
        loop {
            match client.ask_for::<Writing>("PUT", &path(client, "?op_type=create"), RequestBody::Json(&json!(me)))? {
                Ok(writing) => return Self::hold(client, me, writing),
                Err(refusal) if refusal.status == 409 => {}
                Err(refusal) => return Err(refusal.into_error(&client.address)),
            }
            let Ok(got) = client.ask_for::<LockDocument>("GET", &path(client, ""), RequestBody::Nothing)? else {
                continue;
            };
            // asked twice for one answer that was lost
            if got.holder == me {
                return Self::hold(client, me, got.writing);
            }
            let first = *seen.get_or_insert(got.writing);
            let is_gone = is_gone(&got.holder) || (first == got.writing && began.elapsed() > STALE);
            if let Some(writing) = if is_gone { replace(client, &got, &me)? } else { None } {
                return Self::hold(client, me, writing);
            }
            if first != got.writing {
                let LockHolder { host, process, since, .. } = got.holder;
                return Err(Error::Locked {
                    path: client.address.to_string().into(),
                    holder: format!(" (process {process} on {host}, since {since})"),
                });
            }
            thread::sleep(Duration::from_millis(500));
        }
    }

    /// Who holds it, as no other writer is called.
    pub fn writer(&self) -> String {
        let LockHolder { host, row, process, since, .. } = &self.beat.me;
        format!("{host} {row} {process} {since}")
    }

    /// Whether another writer has taken it, since this one was not heard of for too long.
    pub fn is_lost(&self) -> bool {
        self.beat.is_lost.load(Ordering::Acquire)
    }

    fn hold(client: &Client, me: LockHolder, writing: Writing) -> Result<Self> {
        // who writes learns by other requests that the cluster is away, and need not wait for these
        let access = Access { timeout: BEAT, patience: Duration::ZERO, ..client.access.clone() };
        let client = Client::new(client.address.clone(), access)?;
        let beat = Arc::new(Beat { client, me, writing: Mutex::new(writing), is_lost: AtomicBool::new(false) });
        let (stop, stopped) = bounded(0);
        let beating = {
            let beat = Arc::clone(&beat);
            thread::spawn(move || {
                let mut beats = 0;
                while stopped.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                    beats += 1;
                    beat.renew(beats);
                }
            })
        };
        Ok(Self { beat, stop: Some(stop), beating: Some(beating) })
    }
}

impl Beat {
    /// Renews the document where it is still this writer's; one renewal that does not arrive is one of several.
    fn renew(&self, beats: u64) {
        let me = json!(LockHolder { beats, ..self.me.clone() });
        let asked = |only: &str| self.client.ask_for("PUT", &path(&self.client, only), RequestBody::Json(&me));
        self.while_ours(&asked);
    }

    /// Asks for a change of this writer's document, and no other's.
    fn while_ours(&self, ask: &dyn Fn(&str) -> Result<std::result::Result<Writing, Refusal>>) {
        let mut writing = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        match ask(&writing.only()) {
            Ok(Ok(written)) => *writing = written,
            Ok(Err(refusal)) if matches!(refusal.status, 404 | 409) => match self.found() {
                // an answer was lost, and what it was about was done
                Some(Some(found)) if found.holder.is(&self.me) => {
                    *writing = found.writing;
                    if let Ok(Ok(written)) = ask(&writing.only()) {
                        *writing = written;
                    }
                }
                Some(_) => self.is_lost.store(true, Ordering::Release),
                None => {}
            },
            _ => {}
        }
    }

    /// The document as it stands, where the cluster says; none in it where there is none.
    fn found(&self) -> Option<Option<LockDocument>> {
        match self.client.ask_for("GET", &path(&self.client, ""), RequestBody::Nothing) {
            Ok(Ok(found)) => Some(Some(found)),
            Ok(Err(refusal)) if refusal.status == 404 => Some(None),
            _ => None,
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(beating) = self.beating.take() {
            let _ = beating.join();
        }
        // where the cluster is away, the lock goes stale
        let client = &self.beat.client;
        self.beat.while_ours(&|only| client.ask_for("DELETE", &path(client, only), RequestBody::Nothing));
    }
}

/// Puts `me` in the place of a holder that is gone; nothing where somebody else was quicker.
fn replace(client: &Client, gone: &LockDocument, me: &LockHolder) -> Result<Option<Writing>> {
    match client.ask_for("PUT", &path(client, &gone.writing.only()), RequestBody::Json(&json!(me)))? {
        Ok(writing) => Ok(Some(writing)),
        Err(refusal) if refusal.status == 409 => Ok(None),
        Err(refusal) => Err(refusal.into_error(&client.address)),
    }
}

fn path(client: &Client, query: &str) -> String {
    format!("{}/_doc/lock{query}", client.address.files_index())
}

/// Whether a holder was a process that this one could see, and is no more. Numbers of processes mean nothing in another
/// container, and after a machine was started again.
fn is_gone(holder: &LockHolder) -> bool {
    let is_in_row = !holder.row.is_empty() && holder.row == this_row() && holder.host == this_host();
    is_in_row && !std::path::Path::new("/proc").join(holder.process.to_string()).exists()
}

/// See [`LockHolder::row`].
fn this_row() -> String {
    let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id").ok();
    let namespace = fs::read_link("/proc/self/ns/pid").ok();
    let both = boot.zip(namespace);
    both.map_or(String::new(), |(boot, namespace)| format!("{} {}", boot.trim(), namespace.display()))
}

fn this_host() -> String {
    host().unwrap_or_else(|| "a machine without a name".to_owned())
}
