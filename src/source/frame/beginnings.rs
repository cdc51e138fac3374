//! Records that follow each other, each told by how it begins: the messages of a mailbox, the articles of an export.

use super::super::chunk::{Chunk, Fault, RecordLayout};
use super::super::export::Database;
use super::super::mail;
use super::{CHUNK, Framer, MOST_RECORDS, Opened};
use crate::{Result, work};

/// Bytes of a beginning, by which the next record is told: a line `From …` and the header under it.
const BEGINNING: usize = 4096;

/// Cuts before records, about a megabyte at a time.
#[derive(Clone, Copy)]
pub(in super::super) enum Beginnings {
    OfMessages,
    OfArticles(Database),
}

impl Beginnings {
    /// Where records begin behind the first byte, and how many stand in the bytes in all.
    fn later(self, bytes: &[u8]) -> (Vec<usize>, u32) {
        match self {
            Self::OfMessages => {
                let starts: Vec<usize> = mail::later_starts(bytes).take(MOST_RECORDS).collect();
                let all = starts.len() as u32 + 1;
                (starts, all)
            }
            Self::OfArticles(database) => {
                let text = std::str::from_utf8(bytes).unwrap_or_else(|bad| valid(bytes, bad.valid_up_to()));
                let mut starts = database.starts(text);
                starts.truncate(MOST_RECORDS);
                let all = starts.len() as u32;
                // what stands before the first is of its chunk
                starts.retain(|start| *start > 0);
                if all > 0 && starts.len() as u32 == all {
                    starts.remove(0);
                }
                (starts, all)
            }
        }
    }

    /// Passes over a record that is longer than allowed, without holding it.
    fn too_long(self, file: &mut Opened) -> Result<Chunk> {
        let (line, record, offset) = (file.window.line, file.window.record, file.window.offset);
        loop {
            let buffer = file.window.buffer();
            let next = self.later(buffer).0.first().copied();
            if let Some(next) = next {
                file.pass(next);
                break;
            }
            let left = if file.window.ended { buffer.len() } else { buffer.len().saturating_sub(BEGINNING) };
            file.pass(left);
            if file.window.ended {
                break;
            }
            file.fill(BEGINNING + super::super::window::STEP)?;
        }
        let length = file.window.offset - offset;
        let fault = Fault::too_long(&file.facts, line, record, length);
        let mut chunk = file.fault(fault);
        chunk.first_line = line;
        Ok(chunk)
    }

    fn layout(self, ends: bool) -> RecordLayout {
        match self {
            Self::OfMessages => RecordLayout::Mail,
            Self::OfArticles(database) => RecordLayout::Export { database, ends },
        }
    }
}

fn valid(bytes: &[u8], length: usize) -> &str {
    std::str::from_utf8(&bytes[..length]).unwrap_or_default()
}

impl Framer for Beginnings {
    fn next(&mut self, file: &mut Opened) -> Result<Option<Chunk>> {
        let mut wanted = CHUNK;
        loop {
            file.fill(wanted)?;
            let buffer = file.window.buffer();
            if buffer.is_empty() {
                return Ok(None);
            }
            let (starts, records) = self.later(buffer);
            work::add(starts.last().copied().unwrap_or(buffer.len()));
            let all = file.window.ended && starts.len() < MOST_RECORDS;
            if all || !starts.is_empty() {
                let end = if all { buffer.len() } else { starts.last().copied().unwrap_or(buffer.len()) };
                return Ok(Some(chunk(file, self.layout(all), end, records - u32::from(!all))));
            }
            let held = buffer.len();
            if held as u64 > file.facts.options.limits.longest() {
                return self.too_long(file).map(Some);
            }
            wanted = held * 2;
        }
    }
}

fn chunk(file: &mut Opened, layout: RecordLayout, end: usize, records: u32) -> Chunk {
    let mut chunk = file.chunk(end, layout);
    chunk.records = records;
    file.window.record += records;
    file.window.line += memchr::memchr_iter(b'\n', &chunk.bytes).count() as u32;
    chunk
}
