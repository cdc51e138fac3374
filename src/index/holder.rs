//! Who writes to an index: its lock, and a note for those who find it locked. The lock is the system's: a process that dies
//! gives it back, and the note it left is written over by the next.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};

use jiff::{Timestamp, Unit};
use serde::{Deserialize, Serialize};
use tantivy::directory::INDEX_WRITER_LOCK;

use crate::durable;
use crate::error::{Error, Result};

/// The note in the index folder.
const NOTE: &str = ".writer.json";

#[derive(Serialize, Deserialize)]
struct Note {
    process: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    host: Option<String>,
    since: String,
}

/// The lock of an index, and the note of who has it, which is gone when it is given back.
#[derive(Debug)]
pub(super) struct Holder {
    note: PathBuf,
    _lock: File,
}

impl Holder {
    /// Takes the lock of the index in `dir`. It is tantivy's own, so that its other programs heed it.
    ///
    /// # Errors
    /// Where another process has it, and where the folder cannot be written or gives no locks.
    pub fn take(dir: &Path) -> Result<Self> {
        let path = dir.join(&INDEX_WRITER_LOCK.filepath);
        let file = OpenOptions::new().write(true).create(true).truncate(false).open(path);
        let file = file.map_err(|e| Error::write(dir, e))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { note: dir.join(NOTE), _lock: file }),
            Err(TryLockError::WouldBlock) => Err(Error::Locked { path: dir.to_path_buf(), holder: Self::told(dir) }),
            Err(TryLockError::Error(e)) => Err(Error::lock(dir, e)),
        }
    }

    /// Writes down that this process has the lock.
    pub fn note(&self) -> Result<()> {
        let note = Note { process: std::process::id(), host: host(), since: now() };
        let written = durable::write_note(&self.note, &serde_json::to_vec(&note).unwrap_or_default());
        written.map_err(|e| Error::write(&self.note, e))
    }

    /// Who writes to the index in `dir`, to be put behind a sentence: ` (process 4711 on lamp, since …)`; empty where
    /// it is not known.
    fn told(dir: &Path) -> String {
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
        let _ = fs::remove_file(&self.note);
    }
}
