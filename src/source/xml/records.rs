//! Elements -> records.

use std::borrow::Cow;

use super::body::{Body, body};
use super::element::{Prefixes, XmlTree};
use super::fields;
use super::head::XmlHead;
use super::items::{FilePiece, items};
use crate::Result;
use crate::article::Span;
use crate::source::charset::Charset;
use crate::source::chunk::{Chunk, Fault};
use crate::source::html;
use crate::source::map::{Coded, SourceMap};
use crate::source::{Feed, Given, RawRecord, RecordPlace};

/// The text of a whole file, and what it takes to lead back to its bytes.
struct File<'a> {
    chunk: &'a Chunk,
    text: Cow<'a, str>,
    charset: Charset,
    /// Bytes of the text behind a mark.
    bytes: &'a [u8],
    base: u64,
    clean: bool,
    prefixes: Prefixes,
    feed: Option<Feed>,
    /// Where the lines of the text begin.
    lines: Vec<usize>,
    warnings: Vec<String>,
}

/// The records of these items, whose places are bytes of the chunk.
pub(in crate::source) fn of_items<'a>(
    chunk: &'a Chunk,
    head: &XmlHead,
    found: &'a [FilePiece],
) -> impl Iterator<Item = Result<RawRecord<'a>>> {
    let text = String::from_utf8_lossy(&chunk.bytes);
    let file = File {
        chunk,
        charset: Charset::Utf8,
        bytes: &chunk.bytes,
        base: chunk.offset,
        clean: matches!(text, Cow::Borrowed(_)),
        prefixes: head.prefixes.clone(),
        feed: head.feed,
        lines: lines(&text),
        text,
        warnings: Vec::new(),
    };
    found.iter().zip(chunk.first_record..).map(move |(found, number)| file.record(*found, number, false))
}

fn lines(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect()
}

/// The records of a chunk that is a whole file.
pub(in crate::source) fn records(chunk: &Chunk) -> impl Iterator<Item = Result<RawRecord<'_>>> {
    let (charset, mark, guess) = match chunk.facts.charset {
        Some(charset) => (charset, 0, None),
        None => html::charset_of(&chunk.bytes, None),
    };
    let bytes = &chunk.bytes[mark..];
    let decoded = charset.decode(bytes);
    let warnings: Vec<String> = guess.into_iter().chain(decoded.warning(charset)).collect();
    let found = items(&decoded.text);
    let text = decoded.text;
    let XmlHead { prefixes, feed } = XmlHead::of(&text, &found);
    let file = File {
        chunk,
        charset,
        bytes,
        base: chunk.offset + mark as u64,
        clean: charset == Charset::Utf8 && matches!(text, Cow::Borrowed(_)),
        prefixes,
        feed,
        lines: lines(&text),
        text,
        warnings,
    };
    // a file that is nothing but its one article is the record
    let alone = matches!(&found[..], [FilePiece::Item { start, end }] if file.is_all(*start, *end));
    let numbered = found.into_iter().zip(chunk.first_record..);
    numbered.map(move |(found, number)| file.record(found, number, alone))
}

impl<'a> File<'a> {
    fn is_all(&self, start: usize, end: usize) -> bool {
        let before = self.text[..start].trim();
        self.text[end..].trim().is_empty()
            && (before.is_empty() || before.ends_with("?>") || before.ends_with("]>") || {
                let lower = before.to_ascii_lowercase();
                lower.rfind("<!doctype").is_some_and(|at| !lower[at..].trim_end_matches('>').contains('>'))
            })
    }

    fn line(&self, at: usize) -> u32 {
        self.chunk.first_line + self.lines.partition_point(|start| *start <= at).saturating_sub(1) as u32
    }

    fn fault(&self, at: usize, number: u32, what: &str, way_out: &str) -> crate::Error {
        Fault::new(&self.chunk.facts, self.line(at), number, what, way_out).error()
    }

    fn record(&self, found: FilePiece, number: u32, alone: bool) -> Result<RawRecord<'a>> {
        let again = "fetch the file again, or mend it";
        match found {
            FilePiece::Item { start, end } => self.item(start, end, number, alone),
            FilePiece::Open { start } => {
                Err(self.fault(start, number, "the file ends inside the article that begins here", again))
            }
            FilePiece::CutOff => {
                let what = "the file ends before its first element does: what follows is lost";
                Err(self.fault(self.text.len(), number, what, again))
            }
        }
    }

    fn item(&self, start: usize, end: usize, number: u32, alone: bool) -> Result<RawRecord<'a>> {
        let names = &self.chunk.facts.options.fields;
        let xml = &self.text[start..end];
        self.chunk.admit(self.line(start), number, xml.as_bytes())?;
        let tree = XmlTree::read(xml, &self.prefixes)
            .map_err(|what| self.fault(start, number, &what, "mend or remove the article"))?;
        let given = Given { feed: self.feed, ..fields::given(&tree, xml, names) };
        let Body { text, inner, outer, markup, start: body_at } = body(&tree, xml, names, |at| self.line(start + at));
        if text.trim().is_empty() && given.headline.is_none() {
            let (what, line) = ("neither a headline nor a text in the article", self.line(start));
            if fields::may_be_elsewhere(&tree, xml, names) {
                return Err(self.fault(start, number, what, "remove it, or name its elements with --field"));
            }
            return Err(Fault::empty(&self.chunk.facts, line, number, what, "remove it"));
        }
        let mut warnings = self.warnings.clone();
        if let (None, Some(changed)) = (&given.date, fields::changed(&tree, xml)) {
            warnings.push(format!("date left open: {changed} is when the article was changed"));
        }
        let span = self.span(start, end);
        let record_bytes =
            &self.chunk.bytes[(span.start - self.chunk.offset) as usize..(span.end - self.chunk.offset) as usize];
        let first_line = self.line(start + body_at);
        Ok(RawRecord {
            text: Cow::Owned(text),
            map: self.map(start, inner, outer),
            charset: self.charset,
            first_line,
            place: Some(RecordPlace { number, span }).filter(|_| !alone),
            given,
            markup,
            hash: self.chunk.hash.filter(|_| alone).unwrap_or_else(|| blake3::hash(record_bytes)),
            warnings,
        })
    }

    fn map(
        &self,
        start: usize,
        inner: Option<Vec<crate::source::Segment>>,
        mut outer: Vec<crate::source::Segment>,
    ) -> SourceMap<'a> {
        let shift = if self.clean { self.base as usize + start } else { start };
        outer.iter_mut().for_each(|segment| segment.start += shift);
        let (raw, base, charset) = (self.bytes, self.base, self.charset);
        let under = (!self.clean).then_some(Coded { raw, base, charset });
        let outer = SourceMap::Quoted { segments: outer, under };
        match inner {
            Some(inner) => SourceMap::Layers { inner, outer: Box::new(outer) },
            None => outer,
        }
    }

    /// Bytes of the file for bytes of the text.
    fn span(&self, start: usize, end: usize) -> Span {
        if self.clean {
            return Span { start: self.base + start as u64, end: self.base + end as u64 };
        }
        let coded = Coded { raw: self.bytes, base: self.base, charset: self.charset };
        let bytes = coded.resolve(&[start, end]);
        Span { start: bytes[0], end: bytes[1] }
    }
}
