//! A JSON file that is one object over several lines, or an array of objects.

use std::ops::Range;

use serde_json::value::RawValue;

use super::chunk::Chunk;
use super::map::Coded;
use super::{RawRecord, RecordPlace};
use crate::Result;
use crate::article::Span;

/// The records of these values of a chunk; `alone` where the file is the one record.
pub(super) fn records<'a>(
    chunk: &'a Chunk,
    values: &'a [Range<usize>],
    alone: bool,
) -> impl Iterator<Item = Result<RawRecord<'a>>> {
    let mut line = chunk.first_line;
    let mut counted = 0;
    values.iter().zip(chunk.first_record..).map(move |(value, number)| {
        line += memchr::memchr_iter(b'\n', &chunk.bytes[counted..value.start]).count() as u32;
        counted = value.start;
        let offset = chunk.offset as usize;
        let place = RecordPlace { number, span: Span::new(offset + value.start, offset + value.end) };
        let mut record = chunk.json_record(&chunk.bytes[value.clone()], place, line)?;
        record.place = Some(place).filter(|_| !alone);
        Ok(record)
    })
}

/// The records of a chunk that is a whole JSON file, in a character set in which brackets may be parts of others.
pub(super) fn whole(chunk: &Chunk) -> Vec<Result<RawRecord<'_>>> {
    let reading = chunk.read(&chunk.bytes);
    let text = reading.text.as_ref();
    let values = match values(text) {
        Ok(values) => values,
        Err(error) => return vec![Err(chunk.json_error(&error, chunk.first_line))],
    };
    let bounds: Vec<usize> = values.iter().flat_map(|(start, end)| [*start, *end]).collect();
    let coded = Coded { raw: &chunk.bytes, base: 0, charset: reading.charset };
    let bytes = coded.resolve(&bounds);
    let is_the_file = values.len() == 1 && text.trim_start().starts_with('{');
    let mut line = chunk.first_line;
    let mut counted = 0;
    let places = values.iter().zip(bytes.chunks_exact(2)).zip(chunk.first_record..);
    let record = |(((start, _), span), number): ((&(usize, usize), &[u64]), u32)| {
        line += newlines(&text[counted..*start]);
        counted = *start;
        let (first, end) = (span[0] as usize, span[1] as usize);
        let place = RecordPlace { number, span: Span::new(first + chunk.offset as usize, end + chunk.offset as usize) };
        let mut record = chunk.json_record(&chunk.bytes[first..end], place, line)?;
        record.place = Some(place).filter(|_| !is_the_file);
        Ok(record)
    };
    places.map(record).collect()
}

/// Start and end of each object in the text.
fn values(text: &str) -> serde_json::Result<Vec<(usize, usize)>> {
    let span = |value: &RawValue| {
        let start = (value.get().as_ptr() as usize).saturating_sub(text.as_ptr() as usize);
        (start, start + value.get().len())
    };
    if text.trim_start().starts_with('[') {
        let all: Vec<&RawValue> = serde_json::from_str(text)?;
        return Ok(all.into_iter().map(span).collect());
    }
    serde_json::Deserializer::from_str(text).into_iter::<&RawValue>().map(|value| value.map(span)).collect()
}

fn newlines(text: &str) -> u32 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u32
}
