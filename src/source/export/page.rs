//! The articles of an export that is a page.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::clippings;
use super::database::{Database, of_lines};
use super::exported::Exported;
use super::line::{ExportLine, of_page};
use super::nexis;
use super::numbered;
use super::text::NOTHING;
use crate::article::Span;
use crate::error::Result;
use crate::source::charset::Charset;
use crate::source::chunk::{Chunk, Fault};
use crate::source::html::Html;
use crate::source::map::SourceMap;
use crate::source::{RawRecord, RecordPlace};

/// What pages of databases have in them, and hardly others: their lines are looked at.
static MARKS: LazyLock<[Finder<'static>; 6]> = LazyLock::new(|| {
    let marks = ["<DOC NUMBER=", "LXNComment", "DOC_ID_", "Factiva", "DocPublicationName", "europresse"];
    marks.map(Finder::new)
});

/// The articles of a page; none where it is no export.
pub(in crate::source) fn records<'c>(chunk: &'c Chunk, page: &Html<'c>) -> Option<Vec<Result<RawRecord<'c>>>> {
    // in UTF-16 no mark stands byte for byte
    let text =
        matches!(page.charset, Charset::Utf16Le | Charset::Utf16Be).then(|| page.charset.decode(&chunk.bytes).text);
    let bytes = text.as_ref().map_or(&*chunk.bytes, |text| text.as_bytes());
    if !MARKS.iter().any(|mark| mark.find(bytes).is_some()) {
        return review(chunk, page);
    }
    let mut lines = of_page(&page.text, &page.markup);
    let database = of_lines(&lines)?;
    if database == Database::Nexis {
        nexis::centre(&mut lines);
    }
    let articles = database.articles(&lines);
    let read = |article: &[ExportLine<'_>], number| record(chunk, page, database.read(article), article, number);
    let all = numbered::records(chunk, &lines, articles, (true, true), read);
    (!all.is_empty()).then_some(all)
}

/// The clippings of a press review; none where the page is none.
fn review<'c>(chunk: &'c Chunk, page: &Html<'c>) -> Option<Vec<Result<RawRecord<'c>>>> {
    if !clippings::may_be(&page.text) {
        return None;
    }
    let lines = of_page(&page.text, &page.markup);
    let articles = clippings::articles(&lines)?;
    let read = |article: &[ExportLine<'_>], number| record(chunk, page, clippings::read(article), article, number);
    Some(numbered::records(chunk, &lines, articles, (true, true), read))
}

fn record<'c>(
    chunk: &'c Chunk,
    page: &Html<'c>,
    found: Exported,
    article: &[ExportLine<'_>],
    number: u32,
) -> Result<RawRecord<'c>> {
    let first = article.iter().find(|line| !line.is_blank()).unwrap_or(&article[0]);
    if found.is_empty() {
        return Err(Fault::empty(&chunk.facts, first.number, number, NOTHING, "leave it out"));
    }
    let last = article.iter().rev().find(|line| !line.is_blank()).unwrap_or(first);
    let span = Span::new(first.at, last.end());
    let found_span = page.map.spans(&[span]).and_then(|spans| spans.first().copied());
    let span = found_span.unwrap_or(Span { start: chunk.offset, end: chunk.offset });
    let from = found.from().unwrap_or(first.at);
    let (mut text, mut standfirst) = (String::new(), 0);
    for (part, is_lead) in found.parts() {
        add_lines(&mut text, article, &part);
        standfirst = if is_lead { text.len() } else { standfirst };
    }
    let record = (span.start - chunk.offset) as usize..(span.end - chunk.offset) as usize;
    let first_line = article.iter().take_while(|line| line.at <= from).last().map_or(1, |line| line.number);
    Ok(RawRecord {
        text: Cow::Owned(text),
        // passages of a page without its markup do not know their lines, so that no bytes are cited
        map: SourceMap::Packed,
        charset: page.charset,
        first_line,
        place: Some(RecordPlace { number, span }),
        hash: blake3::hash(chunk.bytes.get(record).unwrap_or_default()),
        given: found.given(standfirst),
        markup: None,
        siblings: None,
        warnings: page.warnings.clone(),
    })
}

/// Adds the lines of a stretch; a blank line stands wherever more than a break parts two, and above the first.
fn add_lines(text: &mut String, article: &[ExportLine<'_>], part: &Range<usize>) {
    let mut parted = true;
    for line in article.iter().filter(|line| line.end() >= part.start && line.at <= part.end) {
        let from = part.start.saturating_sub(line.at).min(line.text.len());
        let said = &line.text[from..part.end.min(line.end()) - line.at];
        if line.text.is_empty() {
            parted = true;
        } else if !said.trim().is_empty() {
            if !text.is_empty() {
                text.push_str(if parted { "\n\n" } else { "\n" });
            }
            text.push_str(said);
            parted = false;
        }
    }
}
