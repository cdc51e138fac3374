//! A file that was found: where it is, and by what a change of it shows.

use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::source::packed::entry_path;

/// Nanoseconds within which a clock may give two changes the same time.
const GRAIN: u64 = 2_000_000_000;

/// A file below a root.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundFile {
    /// Its path below the root, parted by `/`; its name where it is the root itself.
    pub below: Box<str>,
    /// The file as it can be opened, where it is the root itself or `below` does not spell it.
    pub(super) exact: Option<Box<Path>>,
    /// Size in bytes.
    pub size: u64,
    /// Time of the last change in nanoseconds since 1970.
    pub modified: u64,
    /// What tells it from another file of its name, size and time, and from itself before its time was set back: a hash
    /// of its inode and of when the system says it changed; never 0.
    pub stamp: u32,
    /// Whether it changed so lately that a change to come might show in none of these.
    pub is_fresh: bool,
    /// Whether it is a file, or a packed folder, or lies in one.
    pub role: FoundRole,
}

/// What a file is to the folder that it was found in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FoundRole {
    /// A file.
    File,
    /// A packed folder, whose files are found beside it; whether it is as it was.
    Packed {
        /// It is not read: all that is known of it holds.
        is_same: bool,
    },
    /// A file in a packed folder.
    Entry {
        /// Bytes of `below` before the `!` behind which its path in the packed folder stands.
        folder: u32,
        /// BLAKE3 of it, where it was read when it was found.
        hash: Option<Box<blake3::Hash>>,
    },
}

impl FoundFile {
    pub(super) fn new(below: String, exact: Option<Box<Path>>, kind: &Metadata) -> Self {
        let modified = kind.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        let modified = modified.map_or(0, |since| since.as_nanos() as u64);
        let (inode, changed) = identity(kind);
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_nanos() as u64;
        let is_fresh = now.saturating_sub(modified.max(changed)) <= GRAIN;
        let (size, stamp) = (kind.len(), stamp(inode, changed));
        Self { below: below.into(), exact, size, modified, stamp, is_fresh, role: FoundRole::File }
    }

    /// A file in this one, which is a packed folder: it changes as that does.
    pub fn entry(&self, name: &str, size: u64, hash: Option<blake3::Hash>) -> Self {
        let role = FoundRole::Entry { folder: self.below.len() as u32, hash: hash.map(Box::new) };
        Self { below: format!("{}!{name}", self.below).into(), exact: self.exact.clone(), size, role, ..*self }
    }

    /// The same file as a packed folder.
    #[must_use]
    pub fn packed(self, is_same: bool) -> Self {
        Self { role: FoundRole::Packed { is_same }, ..self }
    }

    /// The path as it is opened: the root as typed and what follows.
    pub fn path(&self, root: &Path) -> PathBuf {
        match (self.packed_in(root), self.name_in_packed()) {
            (Some(folder), Some(name)) => entry_path(&folder, name),
            _ => self.own(root, &self.below),
        }
    }

    /// The packed folder that it lies in, as it is opened.
    pub fn packed_in(&self, root: &Path) -> Option<PathBuf> {
        let FoundRole::Entry { folder, .. } = self.role else { return None };
        Some(self.own(root, &self.below[..folder as usize]))
    }

    /// Its path in the packed folder that it lies in.
    pub fn name_in_packed(&self) -> Option<&str> {
        let FoundRole::Entry { folder, .. } = self.role else { return None };
        Some(&self.below[folder as usize + 1..])
    }

    fn own(&self, root: &Path, below: &str) -> PathBuf {
        self.exact.as_ref().map_or_else(|| root.join(below), |exact| exact.to_path_buf())
    }
}

/// Four bytes do: two states of one file are held against each other, never many.
fn stamp(inode: u64, changed: u64) -> u32 {
    let bytes = [inode.to_le_bytes(), changed.to_le_bytes()].concat();
    let hash = *blake3::hash(&bytes).as_bytes();
    u32::from_le_bytes([hash[0], hash[1], hash[2], hash[3]]).max(1)
}

/// The number of the inode, and when it was changed, in nanoseconds since 1970.
#[cfg(unix)]
fn identity(kind: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt;
    let seconds = u64::try_from(kind.ctime()).unwrap_or(0);
    (kind.ino(), seconds.saturating_mul(1_000_000_000).saturating_add(kind.ctime_nsec() as u64))
}

/// Where files have no numbers, when they were made tells them apart.
#[cfg(not(unix))]
fn identity(kind: &Metadata) -> (u64, u64) {
    let made = kind.created().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    (made.map_or(0, |since| since.as_nanos() as u64), 0)
}
