//! Compressed files, told by their first bytes; the bytes of the file itself are hashed on the way.

use std::io::{self, BufRead, BufReader, Cursor, Read};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::office::{self, OfficeLayout, Unreadable};
use bzip2::read::MultiBzDecoder;
use lzma_rust2::XzReader;
use ruzstd::decoding::errors::{FrameDecoderError, ReadFrameHeaderError};
use ruzstd::decoding::{BlockDecodingStrategy, FrameDecoder};

mod members;

use members::Members;
pub(super) use members::{Gaps, MemberLost};

/// Bytes that come one after the other.
pub type Bytes = Box<dyn Read + Send>;

/// Opens a file once more, from its beginning.
pub type Reopen = Arc<dyn Fn() -> io::Result<Bytes> + Send + Sync>;

/// Bytes at the beginning of a file by which it is told what it is compressed with.
pub(super) const TOLD_BY: usize = 10;
/// What reading a file that was compressed with xz may hold, in KiB: `xz -9` takes 65 MiB.
const MOST_OF_XZ: u32 = 100 << 10;

/// Compressed bytes that are read at once.
const STEP: usize = 64 * 1024;
/// Bytes by which damage in the last block of a gzip file makes its content longer or shorter, at most.
const NEAR: u64 = 1 << 20;

/// What a file is compressed with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Packing {
    Gzip,
    Zstd,
    Xz,
    Bzip2,
}

impl Packing {
    pub fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Zstd => "zstd",
            Self::Xz => "xz",
            Self::Bzip2 => "bzip2",
        }
    }

    /// What a file is called as.
    pub fn of_name(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?;
        let is = |names: &[&str]| names.iter().any(|name| extension.eq_ignore_ascii_case(name));
        match () {
            () if is(&["gz", "gzip"]) => Some(Self::Gzip),
            () if is(&["zst", "zstd"]) => Some(Self::Zstd),
            () if is(&["xz"]) => Some(Self::Xz),
            () if is(&["bz2", "bzip2"]) => Some(Self::Bzip2),
            () => None,
        }
    }

    /// Bytes of the shortest file that there is.
    pub fn shortest(self) -> usize {
        match self {
            Self::Gzip => 18,
            Self::Zstd => 8,
            Self::Xz => 32,
            Self::Bzip2 => 14,
        }
    }

    /// From the first bytes; a Zstandard file may begin with a frame to be skipped.
    pub fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            // a block, or the end of a file that holds nothing
            [b'B', b'Z', b'h', b'1'..=b'9', b'1', b'A', b'Y', b'&', b'S', b'Y', ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, b'r', b'E', b'8', b'P', 0x90, ..] => Some(Self::Bzip2),
            // nothing else begins so, and one of the marks may be damaged
            [0x1F, 0x8B, ..] | [0x1F, _, 8, ..] | [_, 0x8B, 8, ..] => Some(Self::Gzip),
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Self::Zstd),
            _ => None,
        }
    }
}

/// The file's own bytes, hashed and counted as they are read; clones read on at the same place.
#[derive(Clone)]
pub(super) struct Tap(Arc<Mutex<Tapped>>);

struct Tapped {
    file: Bytes,
    hasher: blake3::Hasher,
    size: u64,
    /// The last four bytes that were read.
    tail: [u8; 4],
    failed: bool,
}

impl Tap {
    pub fn new(file: Bytes) -> Self {
        Self(Arc::new(Mutex::new(Tapped { file, hasher: blake3::Hasher::new(), size: 0, tail: [0; 4], failed: false })))
    }

    /// BLAKE3 of what was read of the file.
    pub fn hash(&self) -> blake3::Hash {
        self.state().hasher.finalize()
    }

    /// Bytes of the file that were read.
    pub fn size(&self) -> u64 {
        self.state().size
    }

    /// Whether the file itself could not be read, so that what came of it says nothing of its content.
    pub fn failed(&self) -> bool {
        self.state().failed
    }

    /// Whether the file ends as one of gzip does that holds about `length` bytes: by their number. Bytes at which a file was
    /// cut off say so once in two thousand times at most.
    pub fn ends_as_gzip_of(&self, length: u64) -> bool {
        let told = u32::from_le_bytes(self.state().tail);
        u64::from(told.abs_diff(length as u32)) <= length.min(NEAR)
    }

    /// Reads what is left of the file, so that the hash is that of all of it.
    pub fn drain(&self) -> io::Result<()> {
        io::copy(&mut self.clone(), &mut io::sink()).map(drop)
    }

    fn state(&self) -> MutexGuard<'_, Tapped> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Read for Tap {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        let mut state = self.state();
        let count = loop {
            match state.file.read(buf) {
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => {
                    state.failed = true;
                    return Err(e);
                }
                Ok(count) => break count,
            }
        };
        state.hasher.update(&buf[..count]);
        let last = &buf[count.saturating_sub(4)..count];
        state.tail.copy_within(last.len().., 0);
        state.tail[4 - last.len()..].copy_from_slice(last);
        state.size += count as u64;
        Ok(count)
    }
}

/// Bytes of a document that is read once more, and of what it unpacks to, at most.
pub(super) const MOST_OF_DOCUMENT: u64 = 1 << 30;

/// What is inside a file.
pub(super) struct Inside {
    pub bytes: Bytes,
    /// What a compressed file was compressed with.
    pub packing: Option<Packing>,
    /// How articles stand in the bytes of a document.
    pub layout: Option<OfficeLayout>,
}

/// The bytes inside a file, and what they were packed in; where some are missing, that goes into `gaps`. A document is unpacked at once,
/// into so many bytes at most: a longer one is an error, an [`Unreadable`], as is a damaged one.
pub(super) fn unpacked(tap: Tap, gaps: &Gaps, most: u64) -> io::Result<Inside> {
    let mut head = Vec::with_capacity(TOLD_BY);
    tap.clone().take(TOLD_BY as u64).read_to_end(&mut head)?;
    let packing = Packing::of(&head);
    if packing.is_none() && office::begins(&head) {
        return document(tap, head, most);
    }
    let bytes = decompressed(Cursor::new(head).chain(tap), packing, gaps);
    Ok(Inside { bytes, packing, layout: None })
}

/// The bytes that were compressed.
pub(super) fn decompressed(source: impl Read + Send + 'static, packing: Option<Packing>, gaps: &Gaps) -> Bytes {
    match packing {
        None => Box::new(source),
        Some(Packing::Gzip) => Box::new(Members::new(source, gaps.clone())),
        Some(Packing::Zstd) => Box::new(Frames::new(BufReader::with_capacity(STEP, source))),
        Some(Packing::Xz) => {
            Box::new(XzReader::new_mem_limit(BufReader::with_capacity(STEP, source), true, MOST_OF_XZ))
        }
        Some(Packing::Bzip2) => Box::new(MultiBzDecoder::new(BufReader::with_capacity(STEP, source))),
    }
}

/// The text of a document; of another file that begins as one the bytes as they are.
fn document(tap: Tap, mut head: Vec<u8>, most: u64) -> io::Result<Inside> {
    tap.clone().take(STEP as u64).read_to_end(&mut head)?;
    let as_it_is = |held: Vec<u8>, tap: Tap| {
        Ok(Inside { bytes: Box::new(Cursor::new(held).chain(tap)), packing: None, layout: None })
    };
    if !office::may_be(&head) {
        return as_it_is(head, tap);
    }
    tap.clone().take(most.saturating_add(1).saturating_sub(head.len() as u64)).read_to_end(&mut head)?;
    if head.len() as u64 > most {
        return Err(Unreadable::too_large(most).into());
    }
    Ok(match office::unpack(&head, most)? {
        Some(unpacked) => Inside {
            bytes: Box::new(Cursor::new(unpacked.text.into_bytes())),
            packing: None,
            layout: Some(unpacked.layout),
        },
        None => return as_it_is(head, tap),
    })
}

/// The content of Zstandard frames, end to end.
struct Frames<R> {
    source: R,
    decoder: FrameDecoder,
    inside: bool,
}

impl<R: BufRead> Frames<R> {
    fn new(source: R) -> Self {
        Self { source, decoder: FrameDecoder::new(), inside: false }
    }

    /// Goes into the next frame; false at the end.
    fn enter(&mut self) -> io::Result<bool> {
        if self.source.fill_buf()?.is_empty() {
            return Ok(false);
        }
        match self.decoder.reset(&mut self.source) {
            Ok(()) => self.inside = true,
            Err(FrameDecoderError::ReadFrameHeaderError(ReadFrameHeaderError::SkipFrame { length, .. })) => {
                let length = u64::from(length);
                let skipped = io::copy(&mut self.source.by_ref().take(length), &mut io::sink())?;
                if skipped < length {
                    return Err(io::ErrorKind::UnexpectedEof.into());
                }
            }
            Err(e) => return Err(Self::fault(e)),
        }
        Ok(true)
    }

    fn leave(&mut self) -> io::Result<()> {
        self.inside = false;
        match (self.decoder.get_checksum_from_data(), self.decoder.get_calculated_checksum()) {
            (Some(told), Some(found)) if told != found => Err(io::Error::new(io::ErrorKind::InvalidData, "checksum")),
            _ => Ok(()),
        }
    }

    /// A file that ends within a frame is told from one that holds other bytes: the reader asked for more than there is.
    fn fault(error: impl std::error::Error + Send + Sync + 'static) -> io::Error {
        let mut cause: Option<&(dyn std::error::Error + 'static)> = Some(&error);
        while let Some(reason) = cause {
            let kind = reason.downcast_ref::<io::Error>().map(io::Error::kind);
            if kind == Some(io::ErrorKind::UnexpectedEof) {
                return io::ErrorKind::UnexpectedEof.into();
            }
            cause = reason.source();
        }
        io::Error::new(io::ErrorKind::InvalidData, error)
    }
}

impl<R: BufRead> Read for Frames<R> {
    fn read(&mut self, buf: &mut [u8]) -> io::Result<usize> {
        loop {
            if !self.inside {
                if self.enter()? {
                    continue;
                }
                return Ok(0);
            }
            if self.decoder.can_collect() == 0 && !self.decoder.is_finished() {
                let blocks = self.decoder.decode_blocks(&mut self.source, BlockDecodingStrategy::UptoBlocks(1));
                blocks.map_err(Self::fault)?;
            }
            match self.decoder.read(buf)? {
                0 if self.decoder.is_finished() => self.leave()?,
                0 => {}
                count => return Ok(count),
            }
        }
    }
}
