//! What happens while folders are followed.

use std::path::PathBuf;
use std::time::Duration;

use crate::error::Error;
use crate::report::Report;

/// What there is to say meanwhile.
#[derive(Debug)]
pub enum News {
    /// The first run is over: everything below the roots.
    First(Report),
    /// A batch changed something; of failures, those that are new.
    Batch(Report),
    /// Somebody else writes to the archive, and the batch waits; who, as in [`Error::Locked`].
    Waiting(String),
    /// The disk is full, and the batch waits for room; what the disk said.
    Full(Error),
    /// A root is no longer there, or cannot be read; it is waited for.
    Lost(PathBuf),
    /// A root, as it was named, leads to another absolute path now, where the same articles are: they keep their ids.
    Moved(PathBuf, PathBuf),
    /// The system does not tell of changes, for this reason; they are looked for this often.
    Polling(String, Duration),
    /// A batch was broken off with so many files still to be read.
    BrokenOff(u64),
}
