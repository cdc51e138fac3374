//! A file of scanned print that was decoded, and the way back to its bytes.

use std::borrow::Cow;
use std::ops::Range;

use super::text::ScanText;
use crate::article::Span;
use crate::error::Result;
use crate::source::charset::Charset;
use crate::source::chunk::{Chunk, Fault};
use crate::source::map::{Coded, SourceMap};
use crate::source::{Given, RawRecord, RecordPlace, html};

/// A file that was decoded, and the way back to its bytes.
pub(super) struct ScanFile<'c> {
    pub chunk: &'c Chunk,
    pub text: Cow<'c, str>,
    charset: Charset,
    /// Bytes of the text behind a mark.
    bytes: &'c [u8],
    base: u64,
    /// Where the lines of the text begin.
    lines: Vec<usize>,
    warnings: Vec<String>,
}

impl<'c> ScanFile<'c> {
    pub fn of(chunk: &'c Chunk) -> Self {
        let (charset, mark, guess) = match chunk.facts.charset {
            Some(charset) => (charset, 0, None),
            None => html::charset_of(&chunk.bytes, None),
        };
        let bytes = &chunk.bytes[mark..];
        let decoded = charset.decode(bytes);
        let warnings = guess.into_iter().chain(decoded.warning(charset)).collect();
        let text = decoded.text;
        let lines = memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).collect();
        Self { chunk, text, charset, bytes, base: chunk.offset + mark as u64, lines, warnings }
    }

    pub fn line(&self, at: usize) -> u32 {
        self.chunk.first_line + self.lines.partition_point(|start| *start <= at) as u32
    }

    /// Bytes of the longest record that may be held.
    pub fn longest(&self) -> u64 {
        self.chunk.facts.options.limits.longest()
    }

    pub fn fault(&self, at: usize, number: u32, what: &str) -> crate::Error {
        Fault::new(&self.chunk.facts, self.line(at), number, what, "mend or remove it").error()
    }

    /// The record of a text; `span` are the bytes of the decoded file that it is made of.
    pub fn record(
        &self,
        made: ScanText,
        span: Range<usize>,
        number: u32,
        is_alone: bool,
        given: Given,
    ) -> Result<RawRecord<'c>> {
        let ScanText { text, mut segments, printed, is_elsewhere, .. } = made;
        let first_line = printed.stretches.first().map_or_else(|| self.line(span.start), |first| first.line);
        if text.is_empty() && given.headline.is_none() {
            let what = "neither a headline nor a text stands in it";
            return Err(Fault::empty(&self.chunk.facts, self.line(span.start), number, what, "leave it out"));
        }
        segments.sort_by_key(|segment| segment.at);
        let is_clean = matches!(self.text, Cow::Borrowed(_)) && self.charset == Charset::Utf8;
        let under = (!is_clean).then_some(Coded { raw: self.bytes, base: self.base, charset: self.charset });
        let bounds = [span.start, span.end];
        let [start, end] = match &under {
            Some(coded) => coded.resolve(&bounds)[..].try_into().unwrap_or([self.base; 2]),
            None => {
                segments.iter_mut().for_each(|segment| segment.start += self.base as usize);
                bounds.map(|at| at as u64 + self.base)
            }
        };
        let bytes = &self.chunk.bytes[(start - self.chunk.offset) as usize..(end - self.chunk.offset) as usize];
        Ok(RawRecord {
            text: Cow::Owned(text),
            map: if is_elsewhere { SourceMap::Packed } else { SourceMap::Markup { segments, under } },
            charset: self.charset,
            first_line,
            place: Some(RecordPlace { number, span: Span { start, end } }).filter(|_| !is_alone),
            given: Given { printed: Some(Box::new(printed)), ..given },
            markup: None,
            hash: self.chunk.hash.filter(|_| is_alone).unwrap_or_else(|| blake3::hash(bytes)),
            siblings: None,
            warnings: self.warnings.clone(),
        })
    }
}
