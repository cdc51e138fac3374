//! A moving window on the bytes of a file: what was read and not yet handed out, and where in the file it stands.

use std::io;
use std::path::Path;

use super::chunk::Fault;
use super::office::{OfficeLayout, Unreadable};
use super::options::Limits;
use super::packed;
use super::unpack::{self, Bytes, Gaps, MemberLost, Packing, Tap};
use crate::{Error, Result, work};

/// Bytes that are read at once.
pub(super) const STEP: usize = 256 * 1024;
/// Bytes that are read first: most files of an archive are small.
const FIRST: usize = 16 * 1024;

/// What was read of a (decompressed) file and not yet handed out.
pub(super) struct Window {
    tap: Tap,
    bytes: Bytes,
    packing: Option<Packing>,
    /// The bytes are what a document was unpacked to, and so its articles stand in them.
    layout: Option<OfficeLayout>,
    /// Undecoded bytes; those before `start` were handed out.
    held: Vec<u8>,
    start: usize,
    /// Place of the buffer's first byte in the file, 0-based.
    pub offset: u64,
    /// Line of the buffer's first byte, 1-based.
    pub line: u32,
    /// Number of the next record, 1-based.
    pub record: u32,
    /// Nothing follows the buffer.
    pub ended: bool,
    /// Why nothing follows, where the file should go on: its compressed bytes are cut off or damaged.
    pub broken: Option<String>,
    /// Where damaged parts of the file were left out.
    gaps: Gaps,
    /// The file's own bytes of which chunks have told.
    told: u64,
}

/// A document, or an entry of a packed folder, that cannot be read is told as that.
fn unreadable(path: &Path, error: io::Error) -> Error {
    match error.get_ref().and_then(|inner| inner.downcast_ref::<Unreadable>()) {
        Some(Unreadable { what, way_out }) => Error::input(path.display().to_string(), what.clone(), way_out.clone()),
        None => packed::told(path, error),
    }
}

impl Window {
    /// The window at the start of a file; a document is unpacked within the limits.
    pub fn new(path: &Path, file: Bytes, limits: Limits) -> Result<Self> {
        let tap = Tap::new(file);
        let gaps = Gaps::default();
        let inside = unpack::unpacked(tap.clone(), &gaps, limits.longest()).map_err(|e| unreadable(path, e))?;
        let unpack::Inside { bytes, packing, layout } = inside;
        let (held, start, ended, broken) = (Vec::new(), 0, false, None);
        Ok(Self {
            tap,
            bytes,
            packing,
            layout,
            held,
            start,
            offset: 0,
            line: 1,
            record: 1,
            ended,
            broken,
            gaps,
            told: 0,
        })
    }

    /// What was read and not yet handed out.
    pub fn buffer(&self) -> &[u8] {
        &self.held[self.start..]
    }

    /// Whether the bytes are not those of the file itself: it is compressed, or a document.
    pub fn is_packed(&self) -> bool {
        self.packing.is_some() || self.layout.is_some()
    }

    /// How articles stand in a document.
    pub fn layout(&self) -> Option<&OfficeLayout> {
        self.layout.as_ref()
    }

    /// Reads until the buffer holds `wanted` bytes or the file ends.
    pub fn fill(&mut self, path: &Path, wanted: usize) -> Result<()> {
        while self.buffer().len() < wanted && !self.ended {
            self.make_room();
            let held = self.held.len();
            let before = usize::try_from(self.offset).unwrap_or(STEP).saturating_add(held);
            self.held.resize(held + before.clamp(FIRST, STEP), 0);
            let read = self.bytes.read(&mut self.held[held..]);
            self.held.truncate(held + *read.as_ref().unwrap_or(&0));
            work::add(self.held.len() - held);
            match read {
                Ok(0) => self.ended = true,
                Ok(_) => {}
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => match self.packing.filter(|_| !self.tap.failed()) {
                    Some(packing) => self.break_off(path, packing, &e)?,
                    None => return Err(unreadable(path, e)),
                },
            }
        }
        Ok(())
    }

    /// What was read of a file that is cut off counts; where its checksum or its stream is wrong, nothing does.
    fn break_off(&mut self, path: &Path, packing: Packing, error: &io::Error) -> Result<()> {
        self.ended = true;
        let is_cut = error.kind() == io::ErrorKind::UnexpectedEof;
        let is_apart = error.get_ref().is_some_and(|inner| inner.is::<MemberLost>());
        // damage can hide the end of the stream, so that it runs past the checksum; that of a crawl is of one member
        let length = self.offset + self.buffer().len() as u64;
        let is_whole = packing == Packing::Gzip && self.tap.ends_as_gzip_of(length);
        if (is_cut && !is_whole) || is_apart {
            let how = if is_cut { "truncated" } else { "damaged" };
            self.broken = Some(format!("{how} {}", packing.name()));
            return Ok(());
        }
        Err(Fault::of_damaged(path, packing.name()))
    }

    /// Moves the buffer to the front once what was handed out is more than it: each byte moves once at most.
    fn make_room(&mut self) {
        if self.start > self.held.len() / 2 {
            let left = self.held.len() - self.start;
            work::add(left);
            self.held.copy_within(self.start.., 0);
            self.held.truncate(left);
            self.start = 0;
        }
    }

    /// Takes the first `count` bytes out of the buffer; of them and the rest the shorter is copied.
    pub fn consume(&mut self, count: usize) -> Vec<u8> {
        let left = self.buffer().len() - count;
        work::add(left.min(count));
        self.offset += count as u64;
        if left > count {
            self.start += count;
            return self.held[self.start - count..self.start].to_vec();
        }
        let rest = self.held.split_off(self.start + count);
        let mut taken = std::mem::replace(&mut self.held, rest);
        taken.drain(..std::mem::take(&mut self.start));
        taken
    }

    /// Where in the buffer damaged parts of the file are missing, or one past it: the first such place, as far as it was read.
    pub fn gap(&self) -> Option<usize> {
        let gap = usize::try_from(self.gaps.next(self.offset)? - self.offset).ok()?;
        (gap <= self.buffer().len()).then_some(gap)
    }

    /// The first gap was told.
    pub fn tell_gap(&mut self) {
        self.gaps.forget(self.offset);
    }

    /// Bytes of the file itself behind its compressed content, which are none of it, once that was read to its end.
    pub fn passed_over(&self) -> u64 {
        self.gaps.passed_over()
    }

    /// Throws the first `count` bytes of the buffer away.
    pub fn pass(&mut self, count: usize) {
        self.start += count;
        self.offset += count as u64;
    }

    /// Reads what is left of the file itself; what follows its compressed content counts for its hash.
    pub fn drain(&mut self, path: &Path) -> Result<()> {
        self.tap.drain().map_err(|e| unreadable(path, e))
    }

    /// BLAKE3 of what was read of the file itself.
    pub fn hash(&self) -> blake3::Hash {
        self.tap.hash()
    }

    /// Bytes of the file itself that were read.
    pub fn size(&self) -> u64 {
        self.tap.size()
    }

    /// Bytes of the file itself that were read since this was last asked.
    pub fn news(&mut self) -> u64 {
        let size = self.size();
        size - std::mem::replace(&mut self.told, size)
    }
}
