//! WARC records -> records.

use std::borrow::Cow;

use super::Part;
use super::head::{PayloadKind, WarcHeader};
use super::http::ResponseHead;
use crate::Result;
use crate::article::Span;
use crate::source::charset::Charset;
use crate::source::chunk::{Chunk, Fault};
use crate::source::html::{self, Html};
use crate::source::map::{Coded, SourceMap};
use crate::source::{Given, MAX_RECORD_FLAG, RawRecord, RecordPlace};

/// The records of a chunk's parts, in order.
pub(in crate::source) fn records<'a>(
    chunk: &'a Chunk,
    parts: &'a [Part],
) -> impl Iterator<Item = Result<RawRecord<'a>>> {
    parts.iter().map(move |part| {
        let bytes = &chunk.bytes[part.at..part.at + part.length];
        let start = chunk.offset as usize + part.at;
        let place = RecordPlace { number: part.number, span: Span::new(start, start + part.length) };
        chunk.admit(part.line, part.number, bytes)?;
        let mut record = record(chunk, bytes, place, part.line)?;
        if part.is_doubtful {
            record.warnings.push("what follows the record is none: the record may be cut off".to_owned());
        }
        Ok(record)
    })
}

/// The body of a record: where it begins in the record's bytes, and what its header says of its character set.
struct RecordBody<'a> {
    bytes: Cow<'a, [u8]>,
    at: usize,
    declared: Option<&'a str>,
}

fn record<'a>(chunk: &Chunk, bytes: &'a [u8], place: RecordPlace, line: u32) -> Result<RawRecord<'a>> {
    let fault = |what: &str, way_out: &str| Fault::new(&chunk.facts, line, place.number, what, way_out).error();
    let head = WarcHeader::of(bytes).ok().flatten().ok_or_else(|| fault("no WARC header", "fetch it again"))?;
    let block = &bytes[head.length..];
    let kind = head.kind(block).ok_or_else(|| fault("no article", "fetch it again"))?;
    let answer = if head.is_http() { ResponseHead::of(block) } else { None };
    let body = match answer {
        Some(answer) => {
            let way_out = format!("fetch it again, or raise the limit with {MAX_RECORD_FLAG}");
            let max = chunk.facts.options.limits.longest();
            let unwrapped = answer.unwrapped(&block[answer.body..], max).map_err(|what| fault(&what, &way_out))?;
            chunk.admit(line, place.number, &unwrapped)?;
            RecordBody { bytes: unwrapped, at: head.length + answer.body, declared: answer.fields.get("content-type") }
        }
        None => RecordBody { bytes: Cow::Borrowed(block), at: head.length, declared: head.get("content-type") },
    };
    let first_line = line + memchr::memchr_iter(b'\n', &bytes[..body.at]).count() as u32;
    let base = place.span.start + body.at as u64;
    let declared = body.declared;
    let mut page = match body.bytes {
        Cow::Borrowed(plain) => read(kind, plain, base, first_line, declared),
        Cow::Owned(unwrapped) => packed(read(kind, &unwrapped, base, first_line, declared), first_line),
    };
    if let Some(why) = head.get("warc-truncated") {
        page.warnings.push(format!("the crawler cut the page off ({why})"));
    }
    Ok(RawRecord {
        text: page.text,
        map: page.map,
        charset: page.charset,
        first_line,
        place: Some(place),
        given: Given { url: head.url().map(str::to_owned), ..Given::default() },
        markup: page.markup,
        hash: blake3::hash(bytes),
        siblings: None,
        warnings: page.warnings,
    })
}

/// A page or a text, read.
struct DecodedPage<'a> {
    text: Cow<'a, str>,
    map: SourceMap<'a>,
    charset: Charset,
    markup: Option<crate::source::Markup>,
    warnings: Vec<String>,
}

fn read<'a>(kind: PayloadKind, bytes: &'a [u8], base: u64, line: u32, declared: Option<&str>) -> DecodedPage<'a> {
    if kind == PayloadKind::Html {
        let Html { text, map, charset, markup, warnings, .. } = html::read(bytes, base, line, declared);
        return DecodedPage { text: Cow::Owned(text), map, charset, markup: Some(markup), warnings };
    }
    let (charset, mark, warning) = html::charset_of(bytes, declared);
    let (bytes, base) = (&bytes[mark..], base + mark as u64);
    let decoded = charset.decode(bytes);
    let warnings = warning.into_iter().chain(decoded.warning(charset)).collect();
    let map = match decoded.text {
        Cow::Borrowed(_) if charset == Charset::Utf8 => SourceMap::Utf8 { base },
        _ => SourceMap::Coded(Coded { raw: bytes, base, charset }),
    };
    DecodedPage { text: decoded.text, map, charset, markup: None, warnings }
}

/// What was read of a body that had to be unwrapped: there is no way back, and its lines are not the file's.
fn packed<'o>(page: DecodedPage<'_>, line: u32) -> DecodedPage<'o> {
    let mut markup = page.markup;
    if let Some(markup) = &mut markup {
        markup.stand_on(line);
    }
    let text = Cow::Owned(page.text.into_owned());
    DecodedPage { text, map: SourceMap::Packed, charset: page.charset, markup, warnings: page.warnings }
}
