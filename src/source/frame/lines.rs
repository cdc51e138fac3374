//! A record a line.

use super::super::chunk::{Chunk, Fault, RecordLayout};
use super::super::lines::RawLines;
use super::{CHUNK, Framer, MOST_RECORDS, Opened};
use crate::Result;

/// Cuts at line ends, about a megabyte at a time.
pub(in super::super) struct LineFramer;

impl Framer for LineFramer {
    fn next(&mut self, file: &mut Opened) -> Result<Option<Chunk>> {
        let mut wanted = CHUNK;
        loop {
            file.fill(wanted)?;
            let end = file.line_end().find_last(file.window.buffer());
            if file.window.ended {
                // where the file breaks off, what stands on its last line is no record
                let cut_off = file.window.broken.is_some();
                let length = if cut_off { end.unwrap_or(0) } else { file.window.buffer().len() };
                return Ok((length > 0).then(|| chunk(file, length)));
            }
            if let Some(end) = end {
                return Ok(Some(chunk(file, end)));
            }
            let held = file.window.buffer().len();
            // what may be the beginning of a line end is not the record's
            if held as u64 > file.facts.options.limits.longest().saturating_add(LINE_END) {
                return skip_line(file).map(Some);
            }
            wanted = held * 2;
        }
    }
}

/// Bytes of the longest line end.
const LINE_END: u64 = 4;

/// Passes over a line that is longer than allowed, without holding it.
fn skip_line(file: &mut Opened) -> Result<Chunk> {
    let line = file.window.line;
    let length = file.skip_line()?;
    let fault = Fault::too_long(&file.facts, line, file.window.record, length);
    let mut chunk = file.fault(fault);
    chunk.first_line = line;
    Ok(chunk)
}

fn chunk(file: &mut Opened, length: usize) -> Chunk {
    let line_end = file.line_end();
    let (mut lines, mut records, mut end) = (0, 0, 0);
    for line in RawLines::new(&file.window.buffer()[..length], line_end) {
        lines += 1;
        records += u32::from(!line_end.is_blank(line.bytes));
        end = line.at + line.bytes.len();
        if records as usize == MOST_RECORDS {
            break;
        }
    }
    let mut chunk = file.chunk(end, RecordLayout::Lines);
    chunk.records = records;
    file.window.line += lines;
    file.window.record += records;
    chunk
}
