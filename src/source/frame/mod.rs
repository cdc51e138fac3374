//! Cutting a file into chunks of whole records, one way for each form, with bounded memory.

use std::sync::Arc;

use super::chunk::{Chunk, Facts, Fault, RecordLayout};
use super::lines::LineEnd;
use super::window::Window;
use crate::Result;

mod beginnings;
mod documents;
mod items;
mod lines;
mod rows;
mod values;
mod warc;
mod whole;
mod wrapper;

pub(super) use wrapper::array_in;

pub(super) use beginnings::Beginnings;
pub(super) use documents::Documents;
pub(super) use items::{Again, Items};
pub(super) use lines::LineFramer;
pub(super) use rows::Rows;
pub(super) use values::Values;
pub(super) use warc::Warc;
pub(super) use whole::WholeFramer;

/// Bytes of whole records that make a chunk.
const CHUNK: usize = 1 << 20;

/// Records of a chunk, at most: each takes memory of its own, however short it is.
const MOST_RECORDS: usize = 4096;

/// Takes the next whole records out of a window.
pub(super) trait Framer: Send {
    /// The next chunk; none at the end. An error is the file's, and ends it.
    fn next(&mut self, file: &mut Opened) -> Result<Option<Chunk>>;
}

/// A file that is being read.
pub(super) struct Opened {
    /// What holds for all of it.
    pub facts: Arc<Facts>,
    /// What was read of it and not yet handed out.
    pub window: Window,
}

impl Opened {
    /// Reads until `wanted` bytes are there or the file ends.
    pub fn fill(&mut self, wanted: usize) -> Result<()> {
        self.window.fill(&self.facts.path, wanted)
    }

    /// The first `length` bytes of the window as a chunk, which begins at the window's line and record.
    pub fn chunk(&mut self, length: usize, layout: RecordLayout) -> Chunk {
        let (offset, first_line, first_record) = (self.window.offset, self.window.line, self.window.record);
        Chunk {
            form: self.facts.form,
            bytes: self.window.consume(length),
            offset,
            first_record,
            first_line,
            file_bytes: self.window.news(),
            skipped: 0,
            records: 1,
            facts: Arc::clone(&self.facts),
            line_end: self.facts.line_end,
            hash: None,
            layout,
        }
    }

    /// A chunk without bytes for the next record, which cannot be read.
    pub fn fault(&mut self, fault: Fault) -> Chunk {
        let chunk = self.chunk(0, RecordLayout::Fault(fault));
        self.window.record += 1;
        chunk
    }

    /// Throws away what is left of a line, however long; says how many bytes that were.
    pub fn skip_line(&mut self) -> Result<u64> {
        let mut length = 0;
        loop {
            let window = &mut self.window;
            let end = self.facts.line_end.find(window.buffer(), 0);
            // two bytes may be half of a UTF-16 line end
            let held = if window.ended { window.buffer().len() } else { window.buffer().len() & !1 };
            let gone = end.unwrap_or(held);
            window.pass(gone);
            length += gone as u64;
            if end.is_some() || window.ended {
                window.line += 1;
                return Ok(length);
            }
            self.fill(super::window::STEP)?;
        }
    }

    /// Throws away the first bytes of the window.
    pub fn pass(&mut self, count: usize) {
        self.window.line += memchr::memchr_iter(b'\n', &self.window.buffer()[..count]).count() as u32;
        self.window.pass(count);
    }

    /// Throws away the next bytes, however many.
    pub fn skip(&mut self, mut count: u64) -> Result<()> {
        loop {
            let here = usize::try_from(count).unwrap_or(usize::MAX).min(self.window.buffer().len());
            self.pass(here);
            count -= here as u64;
            if count == 0 || self.window.ended {
                return Ok(());
            }
            self.fill(super::window::STEP)?;
        }
    }

    /// Throws away the next bytes, however many, but none behind a gap; false where one came before.
    pub fn skip_to_gap(&mut self, mut count: u64) -> Result<bool> {
        loop {
            let held = self.window.buffer().len();
            let here = usize::try_from(count).unwrap_or(usize::MAX).min(held);
            if let Some(gap) = self.window.gap().filter(|gap| *gap < here) {
                self.pass(gap);
                return Ok(false);
            }
            self.pass(here);
            count -= here as u64;
            if count == 0 || self.window.ended {
                return Ok(true);
            }
            self.fill(super::window::STEP)?;
        }
    }

    fn line_end(&self) -> LineEnd {
        self.facts.line_end
    }
}
