//! Rows of a CSV file, whose quoted cells may hold line ends.

use std::sync::Arc;

use super::super::MAX_RECORD_FLAG;
use super::super::chunk::{Chunk, Fault, RecordLayout, in_words};
use super::super::csv::{CsvTable, Scan, scan};
use super::{CHUNK, Framer, Opened};
use crate::Result;

/// Lines behind a broken row that are tried as the beginning of the next one.
const TRIES: u32 = 1000;

/// Bytes that are read to see whether a row begins behind a broken one.
const TRY: usize = 1 << 20;

/// Cuts behind rows, about a megabyte at a time.
pub(in super::super) struct Rows {
    pub table: Arc<CsvTable>,
    /// The header was passed.
    pub begun: bool,
}

/// Why the rows in the buffer end where they do.
enum RowsEnd {
    /// There is no more of the file, or enough for a chunk.
    Full,
    /// The next row does not end in the buffer.
    Open,
    /// The next row is broken: at this place there is a quote that is not closed, or closed too early.
    Broken { quote: usize, closed: bool },
}

impl Framer for Rows {
    fn next(&mut self, file: &mut Opened) -> Result<Option<Chunk>> {
        if !std::mem::replace(&mut self.begun, true)
            && let Scan::Row(header) = scan(file.window.buffer(), 0, self.table.units, true)
        {
            let header = file.window.consume(header.end);
            file.window.line += file.line_end().count(&header);
        }
        let mut wanted = CHUNK;
        loop {
            file.fill(wanted)?;
            let (end, records, stop) = self.rows(file);
            if end > 0 {
                let chunk = file.chunk(end, RecordLayout::Rows(Arc::clone(&self.table)));
                file.window.record += records;
                file.window.line += chunk.line_end.count(&chunk.bytes);
                return Ok(Some(chunk));
            }
            let held = file.window.buffer().len();
            match stop {
                RowsEnd::Full => return Ok(None),
                RowsEnd::Broken { quote, closed } => return self.broken(file, quote, closed).map(Some),
                RowsEnd::Open if file.window.ended => return Ok(None),
                RowsEnd::Open if held as u64 > file.facts.options.limits.max_record => {
                    return self.broken(file, 0, false).map(Some);
                }
                RowsEnd::Open => wanted = held * 2,
            }
        }
    }
}

impl Rows {
    /// Where the whole rows in the buffer end, how many of them are records, and why they end there.
    fn rows(&self, file: &Opened) -> (usize, u32, RowsEnd) {
        let (bytes, mut at, mut records) = (file.window.buffer(), 0, 0);
        // where the file breaks off, its last row is no record
        let last = file.window.ended && file.window.broken.is_none();
        while at < bytes.len() && at < CHUNK {
            match scan(bytes, at, self.table.units, last) {
                Scan::Row(row) => {
                    records += u32::from(!file.line_end().is_blank(&bytes[at..row.end]));
                    at = row.end;
                }
                Scan::Open => return (at, records, RowsEnd::Open),
                Scan::Broken { quote, closed } => return (at, records, RowsEnd::Broken { quote, closed }),
            }
        }
        (at, records, RowsEnd::Full)
    }

    /// Passes over a row whose quotes do not match, up to the next line with which a row of the right width begins.
    fn broken(&self, file: &mut Opened, quote: usize, closed: bool) -> Result<Chunk> {
        let first = file.window.line;
        let line = first + file.line_end().count(&file.window.buffer()[..quote]);
        let max = file.facts.options.limits.max_record;
        file.skip_line()?;
        for _ in 0..TRIES {
            file.fill(TRY)?;
            let buffer = file.window.buffer();
            let last = file.window.ended && file.window.broken.is_none();
            let fits = matches!(scan(buffer, 0, self.table.units, last),
                Scan::Row(row) if row.cells == self.table.columns.len());
            if fits || buffer.is_empty() {
                break;
            }
            file.skip_line()?;
        }
        let behind = file.window.line - 1;
        let passed =
            if behind > first { format!(": lines {first} to {behind} are passed over") } else { String::new() };
        let (what, way_out) = if closed {
            let way_out = "double the quotes inside of cells, or close the one that is open".to_owned();
            (format!("a quoted cell goes on behind its closing quote{passed}"), way_out)
        } else {
            let way_out = format!("close it, or raise the limit with {MAX_RECORD_FLAG}");
            (format!("a quoted cell is not closed within {}{passed}", in_words(max)), way_out)
        };
        let fault = Fault::new(&file.facts, line, file.window.record, what, way_out);
        let mut chunk = file.fault(fault);
        chunk.first_line = first;
        Ok(chunk)
    }
}
