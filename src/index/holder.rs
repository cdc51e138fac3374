//! Who writes to an index, for those who find it locked. The lock itself is tantivy's, and the system's: a process that
//! dies gives it back, and what it left here is written over by the next.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::{Timestamp, Unit};
use serde::{Deserialize, Serialize};

use super::format::write_whole;
use crate::error::Result;

/// The note in the index folder.
const NOTE: &str = ".writer.json";

#[derive(Serialize, Deserialize)]
struct Note {
    process: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    host: Option<String>,
    since: String,
}

/// The note of a process that writes; gone when it lets go.
#[derive(Debug)]
pub(super) struct Holder {
    path: PathBuf,
}

impl Holder {
    /// Writes down that this process writes to the index in `dir`; it has the lock.
    pub fn note(dir: &Path) -> Result<Self> {
        let note = Note { process: std::process::id(), host: host(), since: now() };
        let path = dir.join(NOTE);
        write_whole(&path, &serde_json::to_vec(&note).unwrap_or_default())?;
        Ok(Self { path })
    }

    /// Who writes to the index in `dir`, to be put behind a sentence: ` (process 4711 on lamp, since …)`; empty where
    /// it is not known.
    pub fn told(dir: &Path) -> String {
        let note = fs::read(dir.join(NOTE)).ok().and_then(|bytes| serde_json::from_slice::<Note>(&bytes).ok());
        note.map_or_else(String::new, |Note { process, host, since }| {
            let host = host.map_or_else(String::new, |host| format!(" on {host}"));
            format!(" (process {process}{host}, since {since})")
        })
    }
}

/// The name of this machine, where the system tells it.
pub(crate) fn host() -> Option<String> {
    fs::read_to_string("/proc/sys/kernel/hostname").ok().map(|name| name.trim().to_owned())
}

/// The time, to the second.
pub(crate) fn now() -> String {
    let now = Timestamp::now();
    now.round(Unit::Second).unwrap_or(now).to_string()
}

impl Drop for Holder {
    fn drop(&mut self) {
        // a note that stays is written over by the next who writes
        let _ = fs::remove_file(&self.path);
    }
}
