//! One writer at a time: a document that says who writes, and is renewed while that goes on.

use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::client::{Access, Client, RequestBody};
use crate::error::{Error, Result};
use crate::index::{host, now};

/// How often the lock is renewed.
const BEAT: Duration = Duration::from_secs(4);
/// A lock that was not renewed for so long belongs to a writer that is gone.
const STALE: Duration = Duration::from_secs(20);

/// The right to write; given back when it goes.
pub(super) struct Lock {
    client: Arc<Client>,
    stop: Option<Sender<()>>,
    beating: Option<JoinHandle<()>>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
struct LockHolder {
    host: String,
    process: u32,
    since: String,
    beats: u64,
}

#[derive(Deserialize)]
struct LockDocument {
    #[serde(rename = "_seq_no")]
    number: u64,
    #[serde(rename = "_primary_term")]
    term: u64,
    #[serde(rename = "_source")]
    holder: LockHolder,
}

impl Lock {
    /// Takes the lock; one whose writer died is taken over, on this machine at once, else when it goes stale.
    ///
    /// # Errors
    /// Where another process writes: who, and since when.
    pub fn take(client: &Client) -> Result<Self> {
        let me = LockHolder { host: this_host(), process: std::process::id(), since: now(), beats: 0 };
        let began = Instant::now();
        let mut seen = None;
        loop {
            let made: std::result::Result<Value, _> =
                client.ask_for("PUT", &path(client, "?op_type=create"), RequestBody::Json(&json!(me)))?;
            match made {
                Ok(_) => return Self::hold(client, me),
                Err(refusal) if refusal.status == 409 => {}
                Err(refusal) => return Err(refusal.into_error(&client.address)),
            }
            let Ok(got) = client.ask_for::<LockDocument>("GET", &path(client, ""), RequestBody::Nothing)? else {
                continue;
            };
            // asked twice for one answer that was lost
            if got.holder == me {
                return Self::hold(client, me);
            }
            let first = *seen.get_or_insert(got.number);
            let is_gone = is_gone(&got.holder) || (first == got.number && began.elapsed() > STALE);
            if is_gone && replace(client, &got, &me)? {
                return Self::hold(client, me);
            }
            if first != got.number {
                let LockHolder { host, process, since, .. } = got.holder;
                return Err(Error::Locked {
                    path: client.address.to_string().into(),
                    holder: format!(" (process {process} on {host}, since {since})"),
                });
            }
            thread::sleep(Duration::from_millis(500));
        }
    }

    fn hold(client: &Client, mut me: LockHolder) -> Result<Self> {
        // who writes learns by other requests that the cluster is away, and need not wait for these
        let access = Access { timeout: BEAT, patience: Duration::ZERO, ..client.access.clone() };
        let client = Arc::new(Client::new(client.address.clone(), access)?);
        let (stop, stopped) = bounded(0);
        let beating = {
            let client = Arc::clone(&client);
            thread::spawn(move || {
                while stopped.recv_timeout(BEAT) == Err(RecvTimeoutError::Timeout) {
                    me.beats += 1;
                    // a beat that is lost is one of several
                    let _ = client.ask_for::<Value>("PUT", &path(&client, ""), RequestBody::Json(&json!(me)));
                }
            })
        };
        Ok(Self { client, stop: Some(stop), beating: Some(beating) })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(beating) = self.beating.take() {
            let _ = beating.join();
        }
        // where the cluster is away, the lock goes stale
        let _ = self.client.ask_for::<Value>("DELETE", &path(&self.client, ""), RequestBody::Nothing);
    }
}

/// Puts `me` in the place of a holder that is gone; false where somebody else was quicker.
fn replace(client: &Client, gone: &LockDocument, me: &LockHolder) -> Result<bool> {
    let only = format!("?if_seq_no={}&if_primary_term={}", gone.number, gone.term);
    match client.ask_for::<Value>("PUT", &path(client, &only), RequestBody::Json(&json!(me)))? {
        Ok(_) => Ok(true),
        Err(refusal) if refusal.status == 409 => Ok(false),
        Err(refusal) => Err(refusal.into_error(&client.address)),
    }
}

fn path(client: &Client, query: &str) -> String {
    format!("{}/_doc/lock{query}", client.address.files_index())
}

/// Whether a holder was a process of this machine that is no more.
fn is_gone(holder: &LockHolder) -> bool {
    let processes = std::path::Path::new("/proc");
    holder.host == this_host() && processes.is_dir() && !processes.join(holder.process.to_string()).exists()
}

fn this_host() -> String {
    host().unwrap_or_else(|| "a machine without a name".to_owned())
}
