//! What a document was unpacked to: its text at once, its sheets some rows at a time.

use std::ops::Range;
use std::sync::Arc;

use super::super::FIELD_FLAG;
use super::super::chunk::{Chunk, RecordLayout};
use super::super::csv::CsvTable;
use super::super::office::{OfficeLayout, Sheet};
use super::{CHUNK, Framer, MOST_RECORDS, Opened};
use crate::Result;
use crate::error::Reason;

/// Columns that a message names.
const NAMED_COLUMNS: usize = 10;

/// Cuts a document.
pub(in super::super) struct Documents {
    /// What was not yet handed out.
    layout: Option<OfficeLayout>,
    /// The rows that follow, and their columns.
    rows: Vec<SheetRows>,
}

/// Rows of a sheet.
struct SheetRows {
    /// In bytes of what the document was unpacked to.
    range: Range<u64>,
    line: u32,
    table: Arc<CsvTable>,
}

impl Documents {
    /// The articles of a document.
    pub fn of(layout: OfficeLayout) -> Self {
        Self { layout: Some(layout), rows: Vec::new() }
    }

    /// The tables of a workbook, the last first; an error where no sheet has known columns.
    fn tables(file: &Opened, sheets: &[Sheet]) -> Result<Vec<SheetRows>> {
        let buffer = file.window.buffer();
        let mut rows = Vec::new();
        let mut unknown: Option<CsvTable> = None;
        for sheet in sheets.iter().rev() {
            let text = String::from_utf8_lossy(&buffer[sheet.range.clone()]);
            let header = text.find('\n').map_or(text.len(), |end| end + 1);
            let Some(table) = CsvTable::of_sheet(&text, &file.facts.options.fields) else { continue };
            if !table.has_article() {
                unknown = Some(table);
                continue;
            }
            let range = (sheet.range.start + header) as u64..sheet.range.end as u64;
            rows.push(SheetRows { range, line: sheet.header + 1, table: Arc::new(table) });
        }
        match unknown {
            _ if !rows.is_empty() => Ok(rows),
            Some(table) => {
                let named: Vec<&str> =
                    table.columns.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
                let more = named.len().saturating_sub(NAMED_COLUMNS);
                let names = named[..named.len() - more].join(", ");
                let more = if more > 0 { format!(" and {more} more") } else { String::new() };
                let what = format!("no column is known as headline or body among {names}{more}");
                Err(file.facts.error(what, format!("name it with {FIELD_FLAG} body=NAME")))
            }
            None => {
                let what = "no sheet has a row of names of columns";
                Err(file.facts.nothing(
                    what,
                    "leave it out, or name its columns in the first row",
                    Reason::WithoutArticles,
                ))
            }
        }
    }

    /// The next rows, about a megabyte of them.
    fn next_rows(&mut self, file: &mut Opened) -> Option<Chunk> {
        let rows = self.rows.last_mut()?;
        let (start, end) = (rows.range.start - file.window.offset, rows.range.end - file.window.offset);
        file.window.pass(start as usize);
        let bytes = &file.window.buffer()[..(end - start) as usize];
        let mut length = 0;
        let (mut lines, mut records) = (0, 0);
        while length < bytes.len().min(CHUNK) && (records as usize) < MOST_RECORDS {
            let line = memchr::memchr(b'\n', &bytes[length..]).map_or(bytes.len() - length, |at| at + 1);
            records += u32::from(line > 1);
            lines += 1;
            length += line;
        }
        let is_last = length == bytes.len();
        file.window.line = rows.line;
        rows.line += lines;
        rows.range.start += length as u64;
        let layout = RecordLayout::Rows(Arc::clone(&rows.table));
        let mut chunk = file.chunk(length, layout);
        chunk.records = records;
        file.window.record += records;
        if is_last {
            self.rows.pop();
        }
        Some(chunk)
    }
}

impl Framer for Documents {
    fn next(&mut self, file: &mut Opened) -> Result<Option<Chunk>> {
        let Some(layout) = self.layout.take() else { return Ok(self.next_rows(file)) };
        file.fill(usize::MAX)?;
        if let OfficeLayout::Sheets(sheets) = &layout {
            self.rows = Self::tables(file, sheets)?;
            return Ok(self.next_rows(file));
        }
        let records = match &layout {
            OfficeLayout::Pieces(pieces) => pieces.len() as u32,
            OfficeLayout::Book(book) => book.chapters.len() as u32,
            OfficeLayout::Print(pages) => pages.articles.len() as u32,
            OfficeLayout::Whole(_) | OfficeLayout::Sheets(_) => 1,
        };
        let mut chunk = file.chunk(file.window.buffer().len(), RecordLayout::Office(layout));
        chunk.records = records;
        chunk.hash = Some(blake3::hash(&chunk.bytes));
        Ok(Some(chunk))
    }
}
