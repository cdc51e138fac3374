//! The bytes of what a path leads to, as often as wanted: a file on the disk, or an entry of a packed folder.

use std::fs::File;
use std::io;
use std::path::Path;
use std::sync::Arc;

use super::packed::{PackedFolder, parted};
use super::unpack::{Bytes, Reopen};

/// Opens what a path leads to, as often as wanted.
///
/// # Errors
/// Where there is no such file or entry, or a packed folder cannot be read.
pub fn reopener(path: &Path) -> io::Result<Reopen> {
    let Some((folder, name)) = parted(path) else {
        // a pipe would wait, and a device may have no end
        if !path.metadata()?.is_file() {
            return Err(io::Error::other("not a file"));
        }
        let own = path.to_path_buf();
        return Ok(Arc::new(move || File::open(&own).map(|file| Box::new(file) as Bytes)));
    };
    match PackedFolder::at(&folder) {
        Ok(Some(packed)) => packed.entry(&name),
        Ok(None) => Err(io::ErrorKind::NotFound.into()),
        Err(error) => Err(io::Error::new(io::ErrorKind::InvalidData, error.to_string())),
    }
}

/// BLAKE3 of what is opened.
///
/// # Errors
/// Where it cannot be read.
pub fn hash_of(file: &Reopen) -> io::Result<blake3::Hash> {
    let mut hasher = blake3::Hasher::new();
    io::copy(&mut file()?, &mut hasher)?;
    Ok(hasher.finalize())
}
