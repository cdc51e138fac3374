//! The articles of a document as records.

use std::borrow::Cow;

use super::layout::{Book, LINE_IN_CELL, OfficeLayout, OfficePiece, PrintedPages};
use crate::article::Span;
use crate::error::Result;
use crate::source::charset::Charset;
use crate::source::chunk::{Chunk, Fault};
use crate::source::html;
use crate::source::map::SourceMap;
use crate::source::markup::{Claim, ClaimKind, Markup, Stretch};
use crate::source::record::{Printed, PrintedPart, PrintedUse};
use crate::source::{Given, RawRecord, RecordPlace};

/// Characters of a line that a chapter with a text has, at least.
const LEAST: usize = 30;

/// The records of a document.
pub(in crate::source) fn records<'a>(
    chunk: &'a Chunk,
    layout: &'a OfficeLayout,
) -> Box<dyn Iterator<Item = Result<RawRecord<'a>>> + 'a> {
    match layout {
        OfficeLayout::Whole(piece) => Box::new(std::iter::once_with(|| of_piece(chunk, piece, None))),
        OfficeLayout::Pieces(pieces) => {
            Box::new(pieces.iter().zip(1..).map(|(piece, number)| of_piece(chunk, piece, Some(number))))
        }
        OfficeLayout::Book(book) => Box::new(chapters(chunk, book)),
        OfficeLayout::Print(pages) => Box::new(of_print(chunk, pages)),
        OfficeLayout::Sheets(_) => Box::new(std::iter::empty()),
    }
}

/// The articles of a PDF file, with what stands around their text.
fn of_print<'a>(chunk: &'a Chunk, pages: &'a PrintedPages) -> impl Iterator<Item = Result<RawRecord<'a>>> {
    pages.articles.iter().zip(1..).map(|(piece, number)| {
        let mut record = of_piece(chunk, piece, Some(number).filter(|_| !pages.is_one))?;
        let within = |range: &&std::ops::Range<usize>| piece.text.contains(&range.start);
        let said = |said: PrintedUse| move |range: &std::ops::Range<usize>| (range.clone(), said);
        let beside = pages.beside.iter().filter(within).map(said(PrintedUse::Beside));
        let mut stated: Vec<_> =
            beside.chain(pages.headings.iter().filter(within).map(said(PrintedUse::Heading))).collect();
        stated.sort_by_key(|(range, _)| range.start);
        let mut parts = Vec::with_capacity(2 * stated.len() + 1);
        for (range, said) in stated {
            parts.push(PrintedPart { end: range.start - piece.text.start, said: PrintedUse::Text });
            parts.push(PrintedPart { end: range.end - piece.text.start, said });
        }
        parts.push(PrintedPart { end: record.text.len(), said: PrintedUse::Text });
        record.map = SourceMap::Utf8 { base: piece.text.start as u64 };
        record.given.printed = Some(Box::new(Printed { parts, is_set: !pages.is_scan, ..Printed::default() }));
        Ok(record)
    })
}

fn of_piece<'a>(chunk: &'a Chunk, piece: &'a OfficePiece, number: Option<u32>) -> Result<RawRecord<'a>> {
    let bytes = &chunk.bytes[piece.range.clone()];
    let line = chunk.first_line + piece.line;
    chunk.admit(line, number.unwrap_or(1), bytes)?;
    // a document is UTF-8 as it is unpacked
    let text = String::from_utf8_lossy(&chunk.bytes[piece.text.clone()]);
    let given = piece.given.clone();
    if given.headline.is_none() && text.trim().is_empty() {
        return Err(chunk.nothing(line, number));
    }
    let place = number.map(|number| RecordPlace { number, span: Span::new(piece.range.start, piece.range.end) });
    Ok(RawRecord {
        text,
        map: SourceMap::Paragraphs,
        charset: Charset::Utf8,
        first_line: chunk.first_line + piece.text_line,
        place,
        given,
        markup: None,
        hash: chunk.hash.filter(|_| number.is_none()).unwrap_or_else(|| blake3::hash(bytes)),
        siblings: None,
        warnings: Vec::new(),
    })
}

/// Chapters with a text; their lines are numbered through the book.
fn chapters<'a>(chunk: &'a Chunk, book: &'a Book) -> impl Iterator<Item = Result<RawRecord<'a>>> {
    let (mut line, mut number) = (1, 0);
    book.chapters.iter().filter_map(move |range| {
        let bytes = &chunk.bytes[range.clone()];
        let page = html::read_in(Charset::Utf8, bytes, range.start as u64, 1);
        let (first_line, lines) = (line, page.markup.lines.len() as u32);
        line += lines;
        if !has_text(&page.text, &page.markup) {
            return None;
        }
        number += 1;
        if let Err(error) = chunk.admit(first_line, number, bytes) {
            return Some(Err(error));
        }
        let mut markup = page.markup;
        number_lines(&mut markup, &page.text, first_line);
        markup.claims.extend(book.date.as_ref().map(|date| Claim {
            kind: ClaimKind::Meta,
            name: "date".to_owned(),
            value: date.clone(),
            element: 0,
            line: first_line,
        }));
        Some(Ok(RawRecord {
            text: Cow::Owned(page.text),
            map: SourceMap::Packed,
            charset: Charset::Utf8,
            first_line,
            place: Some(RecordPlace { number, span: Span::new(range.start, range.end) }),
            given: Given { url: page.url, outlet: book.outlet.clone(), ..Given::default() },
            markup: Some(markup),
            hash: blake3::hash(bytes),
            siblings: None,
            warnings: page.warnings,
        }))
    })
}

/// Whether a line of a page is more than a link or a heading.
fn has_text(text: &str, markup: &Markup) -> bool {
    let is_text = |(line, known): (&str, &crate::source::MarkupLine)| {
        let is_heading = markup
            .elements
            .get(known.element as usize)
            .is_some_and(|element| matches!(element.name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "title"));
        !is_heading && line.chars().count() >= LEAST && (known.linked as usize) * 2 < line.len()
    };
    text.split('\n').zip(&markup.lines).any(is_text)
}

/// Says of each line of a page which one of the book it is.
fn number_lines(markup: &mut Markup, text: &str, first: u32) {
    let starts: Vec<usize> =
        std::iter::once(0).chain(memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).collect();
    let line_at = |at: usize| first + (starts.partition_point(|start| *start <= at) as u32).saturating_sub(1);
    markup.stretches.iter_mut().for_each(|stretch| stretch.line = line_at(stretch.at));
    markup.lines.iter_mut().zip(first..).for_each(|(line, number)| line.number = number);
    markup.elements.iter_mut().for_each(|element| element.line = line_at(element.text.0 as usize));
    markup.claims.iter_mut().for_each(|claim| claim.line = first);
}

/// A record of a text that was unpacked: its lines are paragraphs of the document.
pub(in crate::source) fn of_paragraphs(record: RawRecord<'_>) -> RawRecord<'_> {
    match record.markup {
        Some(_) => record,
        None => RawRecord { map: SourceMap::Paragraphs, ..record },
    }
}

/// A record of printed pages, each of which begins somewhere in the unpacked text: its lines are their numbers.
pub(in crate::source) fn of_pages<'a>(record: RawRecord<'a>, pages: &[Stretch]) -> RawRecord<'a> {
    let mut words = Vec::new();
    let mut is_blank = true;
    for (at, c) in record.text.char_indices() {
        if is_blank && !c.is_whitespace() {
            words.push(at);
        }
        is_blank = c.is_whitespace();
    }
    let bytes = record.map.resolve(&words.iter().flat_map(|at| [*at, *at]).collect::<Vec<_>>()).unwrap_or_default();
    let mut stretches: Vec<Stretch> = Vec::new();
    for (at, byte) in words.into_iter().zip(bytes.iter().step_by(2)) {
        let page =
            pages.partition_point(|page| page.at as u64 <= *byte).checked_sub(1).map_or(1, |nth| pages[nth].line);
        if stretches.last().is_none_or(|last| last.line != page) {
            stretches.push(Stretch { at, line: page });
        }
    }
    let first_line = stretches.first().map_or(1, |first| first.line);
    // an export was set by the database
    let printed = record.given.printed.unwrap_or_else(|| Box::new(Printed { is_set: true, ..Printed::default() }));
    let printed = Some(Box::new(Printed { stretches, ..*printed }));
    let given = Given { printed, ..record.given };
    RawRecord { first_line, given, map: SourceMap::Packed, ..record }
}

/// A record of a row: all of it stands on that row, and line ends in cells are line ends again.
pub(in crate::source) fn of_rows(record: RawRecord<'_>) -> RawRecord<'_> {
    let text = match record.text.contains(LINE_IN_CELL) {
        true => Cow::Owned(record.text.replace(LINE_IN_CELL, "\n")),
        false => record.text,
    };
    let mut given = record.given;
    let Given { headline, outlet, date, byline, section, page, .. } = &mut given;
    for field in [headline, outlet, date, byline, section, page].into_iter().flatten() {
        *field = field.replace(LINE_IN_CELL, " ");
    }
    RawRecord { text, given, map: SourceMap::Packed, ..record }
}

impl Chunk {
    fn nothing(&self, line: u32, number: Option<u32>) -> crate::Error {
        let what = "neither a headline nor a text stands there";
        Fault::empty(&self.facts, line, number.unwrap_or(1), what, "leave it out")
    }
}
