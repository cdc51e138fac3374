//! Rows of a CSV file, whose quoted cells may hold line ends.

use std::sync::Arc;

use super::super::chunk::{Chunk, Fault, RecordLayout, in_words};
use super::super::csv::{CsvTable, RowLook, Scan, scan};
use super::super::{MAX_RECORD_FLAG, MEMORY_FLAG};
use super::{CHUNK, Framer, MOST_RECORDS, Opened};
use crate::{Result, work};

/// Lines behind a broken row that are tried as the beginning of the next one.
const TRIES: u32 = 1000;

/// Bytes that are read to see whether a row begins behind a broken one.
const TRY: usize = 1 << 20;

/// How many times the bytes of the file may be looked at to find rows behind broken ones; beside them, so many at once.
const LOOKS: u64 = 8;
const LOOKS_AT_ONCE: u64 = 16 << 20;

/// Cuts behind rows, about a megabyte at a time.
pub(in super::super) struct Rows {
    table: Arc<CsvTable>,
    /// The header was passed.
    begun: bool,
    /// What rows look like.
    look: RowLook,
    /// What follows may be the rest of a broken row.
    doubt: bool,
    /// The row before ends in a cell without quotes, which a line break may have cut.
    unquoted: bool,
    /// Bytes that were looked at behind broken rows.
    looked: u64,
}

impl Rows {
    /// The rows of a table, its header first.
    pub fn of(table: CsvTable) -> Self {
        Self {
            table: Arc::new(table),
            begun: false,
            look: RowLook::default(),
            doubt: false,
            unquoted: false,
            looked: 0,
        }
    }
}

/// Why the rows in the buffer end where they do.
enum RowsEnd {
    /// There is no more of the file, or enough for a chunk.
    Full,
    /// The next row does not end in the buffer.
    Open,
    /// What follows has the cells of a row and is none.
    NoRow,
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
        if std::mem::take(&mut self.doubt)
            && let Some(chunk) = self.rest_of_broken(file)?
        {
            return Ok(Some(chunk));
        }
        let mut wanted = CHUNK;
        loop {
            file.fill(wanted)?;
            let (end, records, stop) = self.rows(file);
            if end > 0 {
                let mut chunk = file.chunk(end, RecordLayout::Rows(Arc::clone(&self.table)));
                chunk.records = records;
                file.window.record += records;
                file.window.line += chunk.line_end.count(&chunk.bytes);
                return Ok(Some(chunk));
            }
            let held = file.window.buffer().len();
            match stop {
                RowsEnd::Full => return Ok(None),
                RowsEnd::NoRow => return self.rest_of_cut(file).map(Some),
                RowsEnd::Broken { quote, closed } => return self.broken(file, quote, closed).map(Some),
                RowsEnd::Open if file.window.ended => return Ok(None),
                RowsEnd::Open if held as u64 > file.facts.options.limits.longest() => {
                    return self.broken(file, 0, false).map(Some);
                }
                RowsEnd::Open => wanted = held * 2,
            }
        }
    }
}

impl Rows {
    /// Where the whole rows in the buffer end, how many of them are records, and why they end there.
    fn rows(&mut self, file: &Opened) -> (usize, u32, RowsEnd) {
        let (bytes, mut at, mut records) = (file.window.buffer(), 0, 0);
        // where the file breaks off, its last row is no record
        let last = file.window.ended && file.window.broken.is_none();
        while at < bytes.len() && at < CHUNK && (records as usize) < MOST_RECORDS {
            match scan(bytes, at, self.table.units, last) {
                Scan::Row(row) => {
                    let is_blank = file.line_end().is_blank(&bytes[at..row.end]);
                    if self.unquoted && !is_blank && self.look.is_no_row(&bytes[..row.end], at, &self.table) {
                        return (at, records, RowsEnd::NoRow);
                    }
                    self.unquoted = is_unquoted(&bytes[at..row.end]);
                    if !is_blank && self.look.learns() {
                        self.look.learn(&bytes[..row.end], at, &self.table);
                    }
                    records += u32::from(!is_blank);
                    // a text whose quotes part it into cells
                    self.doubt =
                        row.cells > self.table.columns.len() && memchr::memchr(b'"', &bytes[at..row.end]).is_some();
                    at = row.end;
                    if self.doubt {
                        break;
                    }
                }
                Scan::Open => return (at, records, RowsEnd::Open),
                Scan::Broken { quote, closed } => return (at, records, RowsEnd::Broken { quote, closed }),
            }
        }
        (at, records, RowsEnd::Full)
    }

    /// Passes over a row whose quotes do not match, up to the next line that looks as the rows do.
    fn broken(&mut self, file: &mut Opened, quote: usize, closed: bool) -> Result<Chunk> {
        let first = file.window.line;
        let line = first + file.line_end().count(&file.window.buffer()[..quote]);
        let (limits, ended) = (file.facts.options.limits, file.window.ended);
        file.skip_line()?;
        self.seek(file)?;
        let behind = file.window.line - 1;
        let passed =
            if behind > first { format!(": lines {first} to {behind} are passed over") } else { String::new() };
        let (what, way_out) = if closed {
            let way_out = "double the quotes inside of cells, or close the one that is open".to_owned();
            (format!("a quoted cell goes on behind its closing quote{passed}"), way_out)
        } else if ended {
            (format!("a quoted cell is not closed before the file ends{passed}"), "close it".to_owned())
        } else {
            let max = limits.longest();
            let flag = if max < limits.max_record { MEMORY_FLAG } else { MAX_RECORD_FLAG };
            let way_out = format!("close it, or raise the limit with {flag}");
            (format!("a quoted cell is not closed within {}{passed}", in_words(max)), way_out)
        };
        let fault = Fault::new(&file.facts, line, file.window.record, what, way_out);
        let mut chunk = file.fault(fault);
        chunk.first_line = first;
        Ok(chunk)
    }

    /// Passes over lines that are no rows behind one that may have been cut by a line break.
    fn rest_of_cut(&mut self, file: &mut Opened) -> Result<Chunk> {
        let first = file.window.line;
        for _ in 0..TRIES {
            file.skip_line()?;
            file.fill(TRY)?;
            let bytes = file.window.buffer();
            let end = file.line_end().find(bytes, 0).unwrap_or(bytes.len());
            if bytes.is_empty() || !self.look.is_no_row(&bytes[..end], 0, &self.table) {
                break;
            }
        }
        let last = file.window.line - 1;
        let lines = if last > first { format!("lines {first} to {last} look") } else { "the line looks".to_owned() };
        let what = format!("{lines} like no row, by id, date or address: the row before may be cut at its line break");
        let fault = Fault::new(&file.facts, first, file.window.record, what, "quote cells that hold a line break");
        let mut chunk = file.fault(fault);
        chunk.first_line = first;
        Ok(chunk)
    }

    /// Passes over what looks like no row behind one that was too wide; none where the next row begins there.
    fn rest_of_broken(&mut self, file: &mut Opened) -> Result<Option<Chunk>> {
        let first = file.window.line;
        self.seek(file)?;
        let behind = file.window.line - 1;
        if behind < first {
            return Ok(None);
        }
        let what = format!("lines {first} to {behind} look like the rest of a broken row, and are passed over");
        let way_out = "double the quotes inside of cells, or mend the row before";
        let fault = Fault::new(&file.facts, first, file.window.record, what, way_out);
        let mut chunk = file.fault(fault);
        chunk.first_line = first;
        Ok(Some(chunk))
    }

    /// Passes over lines up to one that looks as the rows do; after so many lines it is looked for by the next call.
    fn seek(&mut self, file: &mut Opened) -> Result<()> {
        for _ in 0..TRIES {
            file.fill(TRY)?;
            let buffer = file.window.buffer();
            if buffer.is_empty() {
                return Ok(());
            }
            let seen = &buffer[..buffer.len().min(TRY)];
            let last = file.window.ended && file.window.broken.is_none() && seen.len() == buffer.len();
            let may_look = self.looked < file.window.offset.saturating_mul(LOOKS).saturating_add(LOOKS_AT_ONCE);
            // beyond that a row is known again where it stands on its line and looks as no text does
            let line = file.line_end().find(seen, 0).unwrap_or(seen.len());
            let (seen, last) = if may_look { (seen, last) } else { (&seen[..line], false) };
            let (fits, looked) = self.look.fits(seen, &self.table, last);
            self.looked += if may_look { looked as u64 } else { 0 };
            work::add(looked);
            if fits {
                return Ok(());
            }
            file.skip_line()?;
        }
        self.doubt = true;
        Ok(())
    }
}

/// Whether the last cell of a row is without quotes.
fn is_unquoted(row: &[u8]) -> bool {
    // a sign of two bytes has a zero beside it
    row.iter().rev().find(|b| !matches!(b, 0 | b' ' | b'\r' | b'\n')) != Some(&b'"')
}
