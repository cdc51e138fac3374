//! The bytes of an entry, as often as they are wanted.

use std::fs::File;
use std::io::{self, Cursor, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use super::fault::PackedFault;
use crate::source::unpack::{Bytes, Reopen};

/// Bytes of an entry that are held in memory at most; a longer one goes into a file without a name.
const HELD: u64 = 1 << 20;

/// Bytes of a file from a place on.
pub(super) fn stretch(path: &PathBuf, at: u64, length: u64) -> io::Result<io::Take<File>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(at))?;
    Ok(file.take(length))
}

/// The same as often as wanted; where the file ends before, it is damaged.
pub(super) fn reopen_stretch(path: PathBuf, at: u64, length: u64) -> Reopen {
    Arc::new(move || {
        Ok(Box::new(WholeEntry { bytes: Box::new(stretch(&path, at, length)?), left: length, sum: None }) as Bytes)
    })
}

/// Bytes whose number is known, and their checksum where that is.
pub(super) struct WholeEntry {
    pub bytes: Bytes,
    /// Bytes that are still to come.
    pub left: u64,
    /// The CRC-32 so far, and the one that they must have.
    pub sum: Option<(crc32fast::Hasher, u32)>,
}

impl Read for WholeEntry {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let count = match self.bytes.read(buf) {
            // what the disk refuses is no damage
            Err(error) if error.raw_os_error().is_some() || PackedFault::of(&error).is_some() => return Err(error),
            Err(error) if error.kind() == io::ErrorKind::Interrupted => return Err(error),
            Err(_) => return Err(PackedFault::damaged("the entry is damaged, as its own stream says").into()),
            Ok(count) => count,
        };
        if count as u64 > self.left {
            return Err(PackedFault::damaged("the entry is damaged: it unpacks to more than it says").into());
        }
        self.left -= count as u64;
        if let Some((hasher, _)) = &mut self.sum {
            hasher.update(&buf[..count]);
        }
        if count == 0 && !buf.is_empty() {
            if self.left > 0 {
                return Err(PackedFault::damaged("the entry is cut off").into());
            }
            if self.sum.as_ref().is_some_and(|(hasher, told)| hasher.clone().finalize() != *told) {
                return Err(PackedFault::damaged("the entry is damaged, as its checksum says").into());
            }
        }
        Ok(count)
    }
}

/// Keeps bytes that come only once, so that they can be read as often as wanted.
pub(super) fn spool(bytes: &mut dyn Read) -> io::Result<Reopen> {
    let mut held = Vec::new();
    bytes.take(HELD + 1).read_to_end(&mut held)?;
    if held.len() as u64 <= HELD {
        let held: Arc<[u8]> = held.into();
        return Ok(Arc::new(move || Ok(Box::new(Cursor::new(Arc::clone(&held))) as Bytes)));
    }
    let mut file = tempfile::tempfile()?;
    file.write_all(&held)?;
    drop(held);
    io::copy(bytes, &mut file)?;
    let file = Arc::new(Mutex::new(file));
    Ok(Arc::new(move || Ok(Box::new(Spooled { file: Arc::clone(&file), at: 0 }) as Bytes)))
}

/// A reader of a file that several read.
struct Spooled {
    file: Arc<Mutex<File>>,
    at: u64,
}

impl Read for Spooled {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.at))?;
        let count = file.read(buf)?;
        self.at += count as u64;
        Ok(count)
    }
}
