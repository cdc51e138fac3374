//! How a run reads files, and how far it has come.

use std::time::Duration;

use super::Stop;
use crate::budget::Budget;
use crate::overrides::{FileChoice, Overrides};
use crate::report::FailureLog;
use crate::source::ReadOptions;

/// How files are read.
#[derive(Clone, Debug)]
pub struct IngestOptions {
    /// Bounds of a record, and what records call their fields.
    pub read: ReadOptions,
    /// What is stated of the files from outside.
    pub overrides: Overrides,
    /// Which files are wanted.
    pub choice: FileChoice,
    /// Whether files are read again that are as they were.
    pub reread: bool,
    /// Threads that extract, at least 1.
    pub threads: usize,
    /// Memory that a run may take, in bytes, about: a share of it is for what is read and extracted.
    pub memory: Budget,
    /// After how long what was read of whole files is made to count: a killed run loses no more.
    pub commit_every: Duration,
    /// Whether a root that holds no article any more loses those it had; else it counts as one that cannot be read.
    pub allow_empty: bool,
    /// Breaks a run off between two chunks of a file: what was read of whole files counts.
    pub stop: Stop,
    /// Where all failures are written.
    pub failures: FailureLog,
}

impl Default for IngestOptions {
    fn default() -> Self {
        Self {
            read: ReadOptions::default(),
            overrides: Overrides::default(),
            choice: FileChoice::default(),
            reread: false,
            threads: 1,
            memory: Budget::default(),
            commit_every: Duration::from_secs(60),
            allow_empty: false,
            stop: Stop::default(),
            failures: FailureLog::default(),
        }
    }
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Files found below the roots, while these are looked through.
    pub found: u64,
    /// Files of those that were compared with what the archive has.
    pub compared: u64,
    /// Files that are to be read.
    pub files: u64,
    /// Files done.
    pub files_done: u64,
    /// Bytes that are to be read.
    pub bytes: u64,
    /// Bytes done.
    pub bytes_done: u64,
    /// Articles handed to the index.
    pub articles: u64,
}
