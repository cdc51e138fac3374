//! Rows -> records.

use std::borrow::Cow;

use super::cells::{Cell, cells};
use super::scan::{Scan, scan};
use super::table::CsvTable;
use crate::article::Span;
use crate::source::charset::Charset;
use crate::source::chunk::{Chunk, Fault, Reading};
use crate::source::map::{Coded, SourceMap};
use crate::source::names::{Known, is_address, printed_page};
use crate::source::{Given, RawRecord, RecordPlace};
use crate::{Error, Result};

/// The records of a chunk of whole rows, in order.
pub(in crate::source) fn records<'a>(
    chunk: &'a Chunk,
    table: &'a CsvTable,
) -> impl Iterator<Item = Result<RawRecord<'a>>> {
    let mut at = 0;
    let mut line = chunk.first_line;
    let mut number = chunk.first_record;
    std::iter::from_fn(move || {
        while at < chunk.bytes.len() {
            let Scan::Row(row) = scan(&chunk.bytes, at, table.units, true) else { return None };
            let bytes = &chunk.bytes[at..row.end];
            let (start, first_line) = (at, line);
            at = row.end;
            line += chunk.line_end.count(bytes);
            if chunk.line_end.is_blank(bytes) {
                continue;
            }
            let bytes = chunk.without_line_end(bytes);
            let span = Span::new(chunk.offset as usize + start, chunk.offset as usize + start + bytes.len());
            let place = RecordPlace { number, span };
            number += 1;
            return Some(record(chunk, table, bytes, place, first_line));
        }
        None
    })
}

fn record<'a>(
    chunk: &Chunk,
    table: &CsvTable,
    bytes: &'a [u8],
    place: RecordPlace,
    line: u32,
) -> Result<RawRecord<'a>> {
    chunk.admit(line, place.number, bytes)?;
    let Reading { charset, text: row, mut warnings } = chunk.read(bytes);
    let found = cells(&row, table.units.delimiter);
    warnings.extend(unevenness(chunk, table, &row, &found, line)?);
    let values = |field: Known| {
        let texts = table.columns_of(field).filter_map(|column| Some(found.get(column)?.text(&row)));
        texts.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let value = |field: Known| values(field).next();
    let given = Given {
        id: value(Known::Id),
        url: value(Known::Url).or_else(|| values(Known::Outlet).find(|name| is_address(name))),
        outlet: values(Known::Outlet).find(|name| !is_address(name)),
        date: value(Known::Date),
        headline: value(Known::Headline),
        byline: value(Known::Byline),
        section: value(Known::Section),
        page: value(Known::Page).and_then(printed_page),
        ..Given::default()
    };
    let filled = |cell: &Cell| !row[cell.start..cell.end].trim().is_empty();
    let body = table.columns_of(Known::Body).filter_map(|column| found.get(column)).find(|cell| filled(cell)).copied();
    if body.is_none() && given.headline.is_none() {
        let what = "the row has neither a headline nor a text";
        return Err(Fault::empty(&chunk.facts, line, place.number, what, "fill one in, or remove the row"));
    }
    let body = body.unwrap_or(Cell { start: 0, end: 0, quoted: false });
    let first_line = line + memchr::memchr_iter(b'\n', &row.as_bytes()[..body.start]).count() as u32;
    let (text, map) = located(row, body, bytes, place.span.start, charset);
    Ok(RawRecord {
        text,
        map,
        charset,
        first_line,
        place: Some(place),
        given,
        markup: None,
        hash: blake3::hash(bytes),
        siblings: None,
        warnings,
    })
}

/// The body's text and its way back: as it stands, where the row is clean UTF-8 and no quote in the cell is doubled.
fn located<'a>(
    row: Cow<'a, str>,
    body: Cell,
    raw: &'a [u8],
    base: u64,
    charset: Charset,
) -> (Cow<'a, str>, SourceMap<'a>) {
    match row {
        Cow::Borrowed(row) if charset == Charset::Utf8 => match body.text(row) {
            Cow::Borrowed(text) => (Cow::Borrowed(text), SourceMap::Utf8 { base: base + body.start as u64 }),
            text => {
                let mut segments = body.segments(row);
                segments.iter_mut().for_each(|segment| segment.start += base as usize);
                (text, SourceMap::Quoted { segments, under: None })
            }
        },
        row => {
            let segments = body.segments(&row);
            let text = Cow::Owned(body.text(&row).into_owned());
            (text, SourceMap::Quoted { segments, under: Some(Coded { raw, base, charset }) })
        }
    }
}

/// A row with more cells than columns, or without the cell of its text, cannot be told apart; one that only lacks others
/// at its end can, and is warned of.
fn unevenness(
    chunk: &Chunk,
    table: &CsvTable,
    row: &str,
    found: &[Cell],
    line: u32,
) -> std::result::Result<Option<String>, Error> {
    let (has, wanted) = (found.len(), table.columns.len());
    let spare = found.iter().skip(wanted).all(|cell| cell.text(row).trim().is_empty());
    if has == wanted || (has > wanted && spare) {
        return Ok(None);
    }
    let what = format!("the row has {has} cells, the header {wanted}");
    let reaches = |field: Known| table.columns_of(field).all(|column| column < has);
    if has > wanted || has == 1 || !reaches(Known::Body) || !reaches(Known::Headline) {
        let way_out = "quote cells that hold the delimiter or a line end, or remove the row";
        return Err(chunk.line_error(line, what, way_out));
    }
    Ok(Some(format!("{what}: the last ones are taken as empty")))
}
