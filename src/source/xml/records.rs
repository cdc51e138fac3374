//! Elements -> records.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use super::body::{Body, body};
use super::element::XmlTree;
use super::fields;
use super::head::XmlHead;
use super::items::{FilePiece, items};
use crate::Result;
use crate::article::Span;
use crate::source::chunk::{Chunk, Fault};
use crate::source::html;
use crate::source::map::{Coded, SourceMap};
use crate::source::{Given, RawRecord, RecordPlace};

/// What is wrong with a file that ends inside an article, or inside its own element; and the way out.
pub(in crate::source) const INSIDE: &str = "the file ends inside the article that begins here";
pub(in crate::source) const TOO_EARLY: &str = "the file ends before its first element does: what follows is lost";
pub(in crate::source) const FETCH_AGAIN: &str = "fetch the file again, or mend it";

/// The text of a file, or of an item of it, and what it takes to lead back to its bytes.
struct File<'a> {
    chunk: &'a Chunk,
    text: Cow<'a, str>,
    head: Arc<XmlHead>,
    /// Bytes of the text behind a mark.
    bytes: &'a [u8],
    base: u64,
    clean: bool,
    first_line: u32,
    /// Where the lines of the text begin.
    lines: Vec<usize>,
    warnings: Vec<String>,
}

/// The records of these items, whose places are bytes of the chunk.
pub(in crate::source) fn of_items<'a>(
    chunk: &'a Chunk,
    head: &Arc<XmlHead>,
    items: &'a [Range<usize>],
) -> impl Iterator<Item = Result<RawRecord<'a>>> {
    let head = Arc::clone(head);
    let (mut line, mut counted) = (chunk.first_line, 0);
    items.iter().zip(chunk.first_record..).map(move |(item, number)| {
        line += memchr::memchr_iter(b'\n', &chunk.bytes[counted..item.start]).count() as u32;
        counted = item.start;
        let bytes = &chunk.bytes[item.clone()];
        let file = File::of(chunk, Arc::clone(&head), bytes, chunk.offset + item.start as u64, line);
        file.item(0, file.text.len(), number, false)
    })
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
    let text = charset.decode(bytes).text;
    let found = items(&text);
    let head = Arc::new(XmlHead::of(&text, &found, charset, guess));
    let file = File::of(chunk, head, bytes, chunk.offset + mark as u64, chunk.first_line);
    // a file that is nothing but its one article is the record
    let alone = matches!(&found[..], [FilePiece::Item { start, end }] if file.is_all(*start, *end));
    let numbered = found.into_iter().zip(chunk.first_record..);
    numbered.map(move |(found, number)| file.record(found, number, alone))
}

impl<'a> File<'a> {
    /// These bytes, which begin at byte `base` of the file, on line `first_line` (1-based).
    fn of(chunk: &'a Chunk, head: Arc<XmlHead>, bytes: &'a [u8], base: u64, first_line: u32) -> Self {
        let decoded = head.charset.decode(bytes);
        let warnings = head.guess.iter().cloned().chain(decoded.warning(head.charset)).collect();
        let text = decoded.text;
        let clean = head.is_utf8() && matches!(text, Cow::Borrowed(_));
        let lines = lines(&text);
        Self { chunk, text, head, bytes, base, clean, first_line, lines, warnings }
    }

    fn is_all(&self, start: usize, end: usize) -> bool {
        let before = self.text[..start].trim();
        self.text[end..].trim().is_empty()
            && (before.is_empty() || before.ends_with("?>") || before.ends_with("]>") || {
                let lower = before.to_ascii_lowercase();
                lower.rfind("<!doctype").is_some_and(|at| !lower[at..].trim_end_matches('>').contains('>'))
            })
    }

    fn line(&self, at: usize) -> u32 {
        self.first_line + self.lines.partition_point(|start| *start <= at).saturating_sub(1) as u32
    }

    fn fault(&self, at: usize, number: u32, what: &str, way_out: &str) -> crate::Error {
        Fault::new(&self.chunk.facts, self.line(at), number, what, way_out).error()
    }

    fn record(&self, found: FilePiece, number: u32, alone: bool) -> Result<RawRecord<'a>> {
        match found {
            FilePiece::Item { start, end } => self.item(start, end, number, alone),
            FilePiece::Open { start } => Err(self.fault(start, number, INSIDE, FETCH_AGAIN)),
            FilePiece::CutOff => Err(self.fault(self.text.len(), number, TOO_EARLY, FETCH_AGAIN)),
        }
    }

    fn item(&self, start: usize, end: usize, number: u32, alone: bool) -> Result<RawRecord<'a>> {
        let names = &self.chunk.facts.options.fields;
        let xml = &self.text[start..end];
        self.chunk.admit(self.line(start), number, xml.as_bytes())?;
        let tree = XmlTree::read(xml, &self.head.prefixes)
            .map_err(|what| self.fault(start, number, &what, "mend or remove the article"))?;
        let given = Given { feed: self.head.feed, ..fields::given(&tree, xml, names) };
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
            charset: self.head.charset,
            first_line,
            place: Some(RecordPlace { number, span }).filter(|_| !alone),
            given,
            markup,
            hash: self.chunk.hash.filter(|_| alone).unwrap_or_else(|| blake3::hash(record_bytes)),
            siblings: None,
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
        let (raw, base, charset) = (self.bytes, self.base, self.head.charset);
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
        let coded = Coded { raw: self.bytes, base: self.base, charset: self.head.charset };
        let bytes = coded.resolve(&[start, end]);
        Span { start: bytes[0], end: bytes[1] }
    }
}
