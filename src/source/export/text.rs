//! The articles of an export that is a text.

use std::borrow::Cow;

use super::database::Database;
use super::line::{ExportLine, lines};
use super::numbered;
use crate::article::Span;
use crate::error::Result;
use crate::source::charset::Charset;
use crate::source::chunk::{Chunk, Fault, Reading};
use crate::source::map::{Coded, SourceMap};
use crate::source::stretches::Stretches;
use crate::source::{RawRecord, RecordPlace};

/// What an article without anything is told as.
pub(super) const NOTHING: &str = "neither a headline nor a text stands under its number";

/// The articles of a chunk; `ends` says whether the file ends with it.
pub(in crate::source) fn records(
    chunk: &Chunk,
    database: Database,
    ends: bool,
) -> impl Iterator<Item = Result<RawRecord<'_>>> {
    let Reading { charset, text, warnings } = chunk.read(&chunk.bytes);
    let lines = lines(&text, chunk.first_line);
    let file = TextFile { chunk, charset, text: &text, warnings: &warnings };
    let articles = database.articles(&lines);
    let record = |article: &[ExportLine<'_>], number| file.record(database, article, number);
    numbered::records(chunk, &lines, articles, (chunk.first_record == 1, ends), record).into_iter()
}

/// A chunk that was read.
struct TextFile<'c, 't> {
    chunk: &'c Chunk,
    charset: Charset,
    text: &'t Cow<'c, str>,
    warnings: &'t [String],
}

impl<'c> TextFile<'c, '_> {
    fn record(&self, database: Database, article: &[ExportLine<'_>], number: u32) -> Result<RawRecord<'c>> {
        let chunk = self.chunk;
        let is_clean = matches!(self.text, Cow::Borrowed(_)) && self.charset == Charset::Utf8;
        let coded = Coded { raw: &chunk.bytes, base: chunk.offset, charset: self.charset };
        let last = article.iter().rev().find(|line| !line.is_blank()).unwrap_or(&article[0]);
        let bounds = [article[0].at, last.end()];
        let [start, end] = if is_clean {
            bounds.map(|at| at as u64 + chunk.offset)
        } else {
            let bytes = coded.resolve(&bounds);
            [bytes[0], bytes[1]]
        };
        let bytes = &chunk.bytes[(start - chunk.offset) as usize..(end - chunk.offset) as usize];
        chunk.admit(article[0].number, number, bytes)?;
        let found = database.read(article);
        if found.is_empty() {
            return Err(Fault::empty(&chunk.facts, article[0].number, number, NOTHING, "leave it out"));
        }
        let from = found.from().unwrap_or(bounds[0]);
        let mut text = Stretches::new(self.text, if is_clean { chunk.offset as usize } else { 0 }, from);
        let mut standfirst = 0;
        for (part, is_lead) in found.parts() {
            text.keep(part);
            standfirst = if is_lead { text.length() } else { standfirst };
        }
        let (text, segments) = text.done();
        let first_line = article.iter().take_while(|line| line.at <= from).last().map_or(1, |line| line.number);
        Ok(RawRecord {
            text: Cow::Owned(text),
            map: SourceMap::Quoted { segments, under: (!is_clean).then_some(coded) },
            charset: self.charset,
            first_line,
            place: Some(RecordPlace { number, span: Span { start, end } }),
            given: found.given(standfirst),
            markup: None,
            hash: blake3::hash(bytes),
            siblings: None,
            warnings: self.warnings.to_vec(),
        })
    }
}
