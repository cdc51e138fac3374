//! A file of stored articles, whose lengths are held to what they can be: tantivy asks for as much memory as a block says that
//! it takes unpacked, and as the list of blocks says that it has layers.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use tantivy::HasLen;
use tantivy::directory::{FileHandle, FileSlice, OwnedBytes};

use super::verify::body_length;

/// LZ4 makes of a byte at most so many.
const MOST_OF_BYTE: usize = 255;
/// Bytes before a block that say how long it is unpacked, little-endian.
pub(super) const LENGTH: usize = 4;
/// How a footer begins, and bytes that hold any with what stands behind it.
const FOOTER_BEGINS: &[u8] = b"{\"version\":";
const FOOTER: usize = 1024;
/// From the end of a store back to where it says where its blocks end, in eight bytes.
const BLOCKS_END: usize = 24;
/// Behind its blocks stands how many layers their places have, each an eighth of the next: one byte, with this bit set.
const LAST: u8 = 0x80;
const MOST_LAYERS: u8 = 16;

/// A store, with the footer that every file of an index has.
#[derive(Debug)]
pub(super) struct StoreFile {
    inner: Arc<dyn FileHandle>,
    /// Where its blocks end: byte offset, 0-based; 0 where it ends in nothing that a store ends in.
    blocks: usize,
}

impl StoreFile {
    /// A store that is opened already.
    ///
    /// # Errors
    /// Where its end cannot be read, or says that there are more layers than there can be: tantivy asks for memory for all.
    pub fn new(inner: Arc<dyn FileHandle>) -> io::Result<Self> {
        let at = body_length_of_damaged(&*inner)?.and_then(|length| length.checked_sub(BLOCKS_END));
        let end = at.map(|at| inner.read_bytes(at..at + 8)).transpose()?;
        let end = end.and_then(|end| end.first_chunk::<8>().copied()).map_or(0, u64::from_le_bytes);
        let blocks = usize::try_from(end).unwrap_or(0);
        if at.is_some_and(|at| blocks < at) {
            let layers = inner.read_bytes(blocks..blocks + 1)?[0];
            if layers & LAST == 0 || layers & !LAST > MOST_LAYERS {
                return Err(io::Error::other("its end is not as it was written"));
            }
        }
        Ok(Self { inner, blocks })
    }
}

/// Opens a store to read its articles, without a map: a disk that fails under a map ends the process.
///
/// # Errors
/// Where it cannot be read, or ends in nothing that a file of an index ends in.
pub(super) fn open_store(path: &Path) -> io::Result<FileSlice> {
    let file = StoreFile::new(Arc::new(ReadFile::open(path)?))?;
    let length = body_length_of_damaged(&*file.inner)?;
    let length = length.ok_or_else(|| io::Error::other("its end is not as it was written"))?;
    Ok(FileSlice::new(Arc::new(file)).slice_to(length))
}

/// How many bytes a file has before its footer, also where that is damaged, as long as it can be told where it begins.
fn body_length_of_damaged(file: &dyn FileHandle) -> io::Result<Option<usize>> {
    if let Some(length) = body_length(file)? {
        return Ok(Some(length));
    }
    let from = file.len().saturating_sub(FOOTER);
    let end = file.read_bytes(from..file.len())?;
    Ok(memchr::memmem::rfind(&end, FOOTER_BEGINS).map(|at| from + at))
}

impl HasLen for StoreFile {
    fn len(&self) -> usize {
        self.inner.len()
    }
}

impl FileHandle for StoreFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        let is_block = range.end <= self.blocks;
        let bytes = self.inner.read_bytes(range)?;
        let length = bytes.first_chunk::<LENGTH>().map_or(0, |length| u32::from_le_bytes(*length) as usize);
        if is_block && length > bytes.len() * MOST_OF_BYTE {
            return Err(io::Error::other("a block says that it is longer than its bytes can be unpacked to"));
        }
        Ok(bytes)
    }
}

/// A file that is read.
#[derive(Debug)]
struct ReadFile {
    file: Mutex<File>,
    length: usize,
}

impl ReadFile {
    fn open(path: &Path) -> io::Result<Self> {
        let file = File::open(path)?;
        let length = file.metadata()?.len() as usize;
        Ok(Self { file: Mutex::new(file), length })
    }
}

impl HasLen for ReadFile {
    fn len(&self) -> usize {
        self.length
    }
}

impl FileHandle for ReadFile {
    fn read_bytes(&self, range: Range<usize>) -> io::Result<OwnedBytes> {
        if range.start > range.end || range.end > self.length {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let mut bytes = vec![0; range.len()];
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(range.start as u64))?;
        file.read_exact(&mut bytes)?;
        Ok(OwnedBytes::new(bytes))
    }
}
