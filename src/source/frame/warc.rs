//! WARC records: each says how long it is.

use super::super::chunk::{Chunk, Fault, RecordLayout};
use super::super::warc::{MARK, PEEK, Part, RecordFate, WarcHeader};
use super::super::window::STEP;
use super::{CHUNK, Framer, MOST_RECORDS, Opened};
use crate::Result;

/// Cuts behind records, about a megabyte at a time; records that are no articles are passed over and counted.
#[derive(Default)]
pub(in super::super) struct Warc {
    skipped: u32,
}

/// What the walk through the buffer came to.
enum ScanEnd {
    /// The end of the buffer, or enough for a chunk.
    Full,
    /// A record whose header, or whose first bytes that tell what it is, are not all there.
    Peek,
    /// A record of so many bytes that is to be read, and goes on behind the buffer.
    Article(u64),
    /// A record of so many bytes that holds no article, and goes on behind the buffer.
    Skip(u64),
    /// Something else than a record.
    Lost(&'static str),
    /// A record that is shorter than it says: the next one begins so many bytes from here.
    Short(usize),
    /// A record that is longer than it says: behind so many bytes it goes on.
    Long(usize),
    /// A damaged member of the compressed file was left out, so many bytes from here.
    Gap(usize),
}

impl Framer for Warc {
    fn next(&mut self, file: &mut Opened) -> Result<Option<Chunk>> {
        let mut wanted = CHUNK;
        loop {
            file.fill(wanted)?;
            let (end, parts, stop) = self.walk(file);
            if !parts.is_empty() {
                return Ok(Some(self.chunk(file, end, parts)));
            }
            file.pass(end);
            let ended = file.window.ended;
            if ended
                && matches!(stop, ScanEnd::Article(_) | ScanEnd::Skip(_))
                && let Some(length) = next_record(file.window.buffer())
            {
                return Ok(Some(self.short(file, length)));
            }
            match stop {
                ScanEnd::Full if ended && file.window.buffer().is_empty() => return Ok(self.rest(file)),
                ScanEnd::Full => wanted = CHUNK,
                ScanEnd::Peek if !ended => wanted = file.window.buffer().len() + STEP,
                ScanEnd::Article(length) if length > file.facts.options.limits.longest() => {
                    let fault = Fault::too_long(&file.facts, file.window.line, file.window.record, length);
                    return self.too_long(file, length, fault).map(Some);
                }
                ScanEnd::Article(length) if !ended => wanted = usize::try_from(length).unwrap_or(usize::MAX),
                ScanEnd::Skip(length) => {
                    if file.skip_to_gap(length)? {
                        file.window.record += 1;
                        self.skipped += 1;
                    }
                    wanted = CHUNK;
                }
                ScanEnd::Gap(length) => return Ok(Some(self.damaged(file, length))),
                ScanEnd::Lost(what) => return self.lost(file, 1, what).map(Some),
                ScanEnd::Long(length) => return self.lost(file, length as u64, LONG).map(Some),
                ScanEnd::Short(length) => return Ok(Some(self.short(file, length))),
                // the compressed file breaks off, which is told at its end
                _ if file.window.broken.is_some() => {
                    let left = file.window.buffer().len();
                    file.pass(left);
                    return Ok(self.rest(file));
                }
                _ => return Ok(Some(self.cut_off(file))),
            }
        }
    }
}

impl Warc {
    /// The records that end in the buffer: where the last one ends, those that are to be read, and what follows.
    fn walk(&mut self, file: &mut Opened) -> (usize, Vec<Part>, ScanEnd) {
        let max = file.facts.options.limits.longest();
        let bytes = file.window.buffer();
        let (mut parts, mut at) = (Vec::new(), 0);
        let (mut line, mut counted, mut number) = (file.window.line, 0, file.window.record);
        let gap = file.window.gap();
        let stop = loop {
            let blank = &bytes[at..gap.unwrap_or(bytes.len())];
            at += blank.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
            if (at == bytes.len() && gap.is_none()) || at >= CHUNK || parts.len() == MOST_RECORDS {
                break ScanEnd::Full;
            }
            // a record that begins before a gap ends there
            let here = &bytes[at..gap.unwrap_or(bytes.len())];
            let (length, verdict) = match if gap == Some(at) { Err(ScanEnd::Peek) } else { record(here) } {
                Err(_) if gap.is_some() => break ScanEnd::Gap(gap.unwrap_or(at) - at),
                Err(stop) => break stop,
                Ok((length, RecordFate::Article)) if length as u64 > max => break ScanEnd::Article(length as u64),
                Ok(whole) => whole,
            };
            let end = if gap == Some(at + length) { RecordEnd::Sound } else { RecordEnd::of(&bytes[at..], length) };
            let is_doubtful = matches!(end, RecordEnd::Doubtful);
            match end {
                RecordEnd::Sound | RecordEnd::Doubtful => {}
                RecordEnd::Unseen if file.window.ended || gap.is_some() => {}
                RecordEnd::Unseen => break ScanEnd::Peek,
                RecordEnd::Short(length) => break ScanEnd::Short(length),
                RecordEnd::Long => break ScanEnd::Long(length),
            }
            if verdict == RecordFate::Article {
                line += memchr::memchr_iter(b'\n', &bytes[counted..at]).count() as u32;
                counted = at;
                parts.push(Part { at, length, number, line, is_doubtful });
            }
            self.skipped += u32::from(verdict == RecordFate::Skip);
            number += 1;
            at += length;
        };
        file.window.record = number;
        (at, parts, stop)
    }

    fn chunk(&mut self, file: &mut Opened, end: usize, parts: Vec<Part>) -> Chunk {
        let record = file.window.record;
        file.window.record = parts.first().map_or(record, |part| part.number);
        let records = parts.len() as u32;
        let mut chunk = file.chunk(end, RecordLayout::Warc(parts));
        chunk.records = records;
        file.window.record = record;
        file.window.line += memchr::memchr_iter(b'\n', &chunk.bytes).count() as u32;
        chunk.skipped = std::mem::take(&mut self.skipped);
        chunk
    }

    /// What was passed over at the end of the file.
    fn rest(&mut self, file: &mut Opened) -> Option<Chunk> {
        let skipped = std::mem::take(&mut self.skipped);
        (skipped > 0).then(|| Chunk { skipped, ..file.chunk(0, RecordLayout::Warc(Vec::new())) })
    }

    fn faulty(&mut self, mut chunk: Chunk) -> Chunk {
        chunk.skipped = std::mem::take(&mut self.skipped);
        chunk
    }

    fn too_long(&mut self, file: &mut Opened, length: u64, fault: Fault) -> Result<Chunk> {
        let chunk = file.fault(fault);
        file.skip_to_gap(length)?;
        Ok(self.faulty(chunk))
    }

    /// A damaged member of the file, of which so many bytes came before the damage.
    fn damaged(&mut self, file: &mut Opened, length: usize) -> Chunk {
        let (line, record) = (file.window.line, file.window.record);
        let what = "damaged gzip: the record is lost, and what follows is read";
        let chunk = file.fault(Fault::damage(&file.facts, line, record, what));
        file.pass(length);
        // it stands where the buffer begins now
        file.window.tell_gap();
        self.faulty(chunk)
    }

    /// A record that ends before it should, where the next one begins.
    fn short(&mut self, file: &mut Opened, length: usize) -> Chunk {
        let (line, record) = (file.window.line, file.window.record);
        let what = "the record is shorter than its Content-Length: it is lost, and what follows is read";
        let chunk = file.fault(Fault::new(&file.facts, line, record, what, "fetch it again"));
        file.pass(length);
        self.faulty(chunk)
    }

    /// The file ends inside a record.
    fn cut_off(&mut self, file: &mut Opened) -> Chunk {
        let (line, record) = (file.window.line, file.window.record);
        let fault = Fault::new(&file.facts, line, record, "the file ends inside the record", "fetch it again");
        let chunk = file.fault(fault);
        let left = file.window.buffer().len();
        file.pass(left);
        self.faulty(chunk)
    }

    /// Looks for the next record behind what is none, or behind the first bytes of one, so many.
    fn lost(&mut self, file: &mut Opened, begun: u64, what: &'static str) -> Result<Chunk> {
        let (line, record) = (file.window.line, file.window.record);
        let way_out = "fetch it again; what follows up to the next record is lost";
        let chunk = file.fault(Fault::new(&file.facts, line, record, what, way_out));
        file.skip(begun)?;
        loop {
            let bytes = file.window.buffer();
            if let Some(next) = next_record(bytes) {
                file.pass(next);
                break;
            }
            let left = if file.window.ended { bytes.len() } else { bytes.len().saturating_sub(NEXT.len()) };
            file.pass(left);
            if file.window.ended {
                break;
            }
            let held = file.window.buffer().len();
            file.fill(held + STEP)?;
        }
        Ok(self.faulty(chunk))
    }
}

/// What is wrong with a record that goes on behind its end.
const LONG: &str = "the record is longer than its Content-Length: it is lost";

/// What the next record begins with, behind a line end.
const NEXT: &[u8] = b"\nWARC/1.";

/// Where the next record begins behind the first byte.
fn next_record(bytes: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, NEXT).map(|at| at + 1)
}

/// What stands behind a record.
enum RecordEnd {
    /// The next record.
    Sound,
    /// Blank lines, as behind a record, and then something else: the next one is none, or this one goes on.
    Doubtful,
    /// Something else at once: the record goes on.
    Long,
    /// It is not there yet.
    Unseen,
    /// Something else, and within the record there is the next one, so many bytes from its beginning.
    Short(usize),
}

impl RecordEnd {
    /// What stands behind the first `length` bytes, which are to be a record.
    fn of(bytes: &[u8], length: usize) -> Self {
        let behind = &bytes[length.min(bytes.len())..];
        let blank = behind.iter().take_while(|b| matches!(b, b'\r' | b'\n')).count();
        let next = &behind[blank..behind.len().min(blank + MARK.len())];
        if next == MARK {
            return Self::Sound;
        }
        if next.len() < MARK.len() && MARK.starts_with(next) {
            return Self::Unseen;
        }
        match next_record(&bytes[..length]) {
            Some(next) => Self::Short(next),
            None if behind[..blank].iter().filter(|b| **b == b'\n').count() > 1 => Self::Doubtful,
            None => Self::Long,
        }
    }
}

/// The record that the bytes begin with: its length and what becomes of it, or why that cannot be told of all of it.
fn record(bytes: &[u8]) -> std::result::Result<(usize, RecordFate), ScanEnd> {
    let head = match WarcHeader::of(bytes) {
        Ok(Some(head)) => head,
        Ok(None) => return Err(ScanEnd::Peek),
        Err(what) => return Err(ScanEnd::Lost(what)),
    };
    let length = (head.length as u64).saturating_add(head.block);
    let is_whole = bytes.len() as u64 >= length;
    let block = usize::try_from(head.block).unwrap_or(usize::MAX);
    let seen = &bytes[head.length..bytes.len().min(head.length.saturating_add(block))];
    if !is_whole && seen.len() < block.min(PEEK) {
        return Err(ScanEnd::Peek);
    }
    match head.verdict(seen) {
        RecordFate::Article if !is_whole => Err(ScanEnd::Article(length)),
        RecordFate::Skip if !is_whole => Err(ScanEnd::Skip(length)),
        verdict => Ok((length as usize, verdict)),
    }
}
