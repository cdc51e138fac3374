//! The messages of a mailbox.

use super::super::chunk::{Chunk, Fault, RecordLayout};
use super::super::mail;
use super::{CHUNK, Framer, MOST_RECORDS, Opened};
use crate::{Result, work};

/// Bytes of a line `From …` and the header under it, by which the next message is told.
const BEGINNING: usize = 4096;

/// Cuts before messages, about a megabyte at a time.
pub(in super::super) struct Mailbox;

impl Framer for Mailbox {
    fn next(&mut self, file: &mut Opened) -> Result<Option<Chunk>> {
        let mut wanted = CHUNK;
        loop {
            file.fill(wanted)?;
            let buffer = file.window.buffer();
            if buffer.is_empty() {
                return Ok(None);
            }
            let starts: Vec<usize> = mail::later_starts(buffer).take(MOST_RECORDS).collect();
            work::add(starts.last().copied().unwrap_or(buffer.len()));
            let all = file.window.ended && starts.len() < MOST_RECORDS;
            if all || !starts.is_empty() {
                let end = if all { buffer.len() } else { starts.last().copied().unwrap_or(buffer.len()) };
                return Ok(Some(chunk(file, end, starts.len() as u32 + u32::from(all))));
            }
            let held = buffer.len();
            if held as u64 > file.facts.options.limits.longest() {
                return too_long(file).map(Some);
            }
            wanted = held * 2;
        }
    }
}

fn chunk(file: &mut Opened, end: usize, records: u32) -> Chunk {
    let mut chunk = file.chunk(end, RecordLayout::Mail);
    chunk.records = records;
    file.window.record += records;
    file.window.line += memchr::memchr_iter(b'\n', &chunk.bytes).count() as u32;
    chunk
}

/// Passes over a message that is longer than allowed, without holding it.
fn too_long(file: &mut Opened) -> Result<Chunk> {
    let (line, record, offset) = (file.window.line, file.window.record, file.window.offset);
    loop {
        let buffer = file.window.buffer();
        let next = mail::later_starts(buffer).next();
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
