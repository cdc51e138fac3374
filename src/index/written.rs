//! The checksums of the files in an index folder: those of the last commit, and of what was written since.

use std::fs;
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use super::commit::{Commit, META};
use super::seal::Checksums;
use crate::error::{Error, Result};

/// Shared by all that write to the folder.
#[derive(Clone, Debug, Default)]
pub(super) struct WrittenFiles(Arc<Mutex<Checksums>>);

impl WrittenFiles {
    /// Those of the last commit in `dir`; none where there is no commit.
    ///
    /// # Errors
    /// Where it cannot be read, or is not as it was written.
    pub fn of(dir: &Path) -> Result<Self> {
        let path = dir.join(META);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Self::default()),
            Err(e) => return Err(Error::read(&path, e)),
        };
        let commit = Commit::of_index(dir, &bytes)?;
        Ok(Self(Arc::new(Mutex::new(commit.checksums().clone()))))
    }

    /// A file that was written; none where it ends in no checksum.
    pub fn add(&self, name: &str, checksum: Option<u32>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.extend(checksum.map(|checksum| (name.to_owned(), checksum)));
    }

    /// A file that was removed.
    pub fn forget(&self, name: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(name);
    }

    /// The checksum that a file was written with; none where it is not known.
    pub fn checksum(&self, name: &str) -> Option<u32> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).copied()
    }

    /// Those of these files.
    ///
    /// # Errors
    /// Where one is not known.
    pub fn among(&self, names: impl Iterator<Item = String>) -> io::Result<Checksums> {
        names
            .map(|name| match self.checksum(&name) {
                Some(checksum) => Ok((name, checksum)),
                None => Err(io::Error::other(format!("{name} has no checksum"))),
            })
            .collect()
    }
}
