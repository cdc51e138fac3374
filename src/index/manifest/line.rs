//! What stands in the log of the list of files, and what a commit says about it.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{FileEntry, RootEntry};
use crate::error::Result;
use crate::index::commit::META;
use crate::index::failure::{NOT_AS_WRITTEN, damaged};

/// A line of the log.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Line {
    File(Box<FileEntry<'static>>),
    Gone(u64),
    Root(RootEntry),
    RootGone(String),
}

/// A [`Line`] as it is written.
#[derive(Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum LineRef<'m> {
    File(Box<FileEntry<'m>>),
    Gone(u64),
    Root(&'m RootEntry),
    RootGone(&'m str),
}

/// What a commit says about the log.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename = "Mark")] // as errors call it
pub(in crate::index) struct LogMark {
    pub manifest: String,
    pub bytes: u64,
    /// BLAKE3 of those bytes, hexadecimal; none where an earlier version wrote them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hash: Option<String>,
    /// The number that tantivy gives the commit, which its own file says too.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub opstamp: Option<u64>,
}

impl LogMark {
    pub fn parse(dir: &Path, payload: &str) -> Result<Self> {
        serde_json::from_str(payload)
            .map_err(|_| damaged(dir, &format!("what {META} says of the list of files: {NOT_AS_WRITTEN}")))
    }
}

/// What is to be appended to the log: the entries themselves stand in the manifest.
#[derive(Debug)]
pub(super) enum Change {
    File(u64),
    Gone(u64),
    Root(String),
    RootGone(String),
}
