//! Exports of news databases as text: many articles in a file, each under a head of fields.
//!
//! What a file is, its content says: articles that are numbered (`1 of 10 DOCUMENTS`), rules of underscores with
//! `Document 1 of 2` under them, fields by Factiva's codes, or its `Document …` under each article. An article's fields are
//! stated; its text is what stands between its head and its tail. What stands before the first article and behind the last
//! (covers, queries, summaries) is none.

use std::borrow::Cow;
use std::ops::Range;

use super::charset::Charset;
use super::chunk::{Chunk, Fault, Reading};
use super::map::{Coded, SourceMap};
use super::stretches::Stretches;
use super::{Given, RawRecord, RecordPlace};
use crate::article::Span;
use crate::error::Result;

mod factiva;
mod labels;
mod nexis;
mod nexis_uni;
mod proquest;
#[cfg(test)]
mod tests;

/// The database that an export comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Database {
    /// Nexis and LexisNexis.
    Nexis,
    /// Nexis Uni, and Nexis as Word and RTF.
    NexisUni,
    /// ProQuest.
    ProQuest,
    /// Factiva, with codes before the fields.
    FactivaFields,
    /// Factiva, as it is shown.
    Factiva,
}

/// The database that a text comes from, by its beginning; none where it is no export.
pub(super) fn database(head: &str) -> Option<Database> {
    let all = [Database::ProQuest, Database::Nexis, Database::NexisUni, Database::FactivaFields, Database::Factiva];
    all.into_iter().find(|database| database.is_of(head))
}

impl Database {
    fn is_of(self, head: &str) -> bool {
        match self {
            Self::Nexis => nexis::is(head),
            Self::NexisUni => nexis_uni::is(head),
            Self::ProQuest => proquest::is(head),
            Self::FactivaFields => factiva::has_fields(head),
            Self::Factiva => factiva::is(head),
        }
    }

    /// Where the articles of a text begin, in bytes.
    pub(super) fn starts(self, text: &str) -> Vec<usize> {
        match self {
            Self::Nexis => nexis::starts(text),
            Self::NexisUni => nexis_uni::starts(text),
            Self::ProQuest => proquest::starts(text),
            Self::FactivaFields => factiva::field_starts(text),
            Self::Factiva => factiva::starts(text),
        }
    }

    fn read(self, article: &str) -> Exported {
        match self {
            Self::Nexis => nexis::read(article),
            Self::NexisUni => nexis_uni::read(article),
            Self::ProQuest => proquest::read(article),
            Self::FactivaFields => factiva::read_fields(article),
            Self::Factiva => factiva::read(article),
        }
    }
}

/// Whether a line is a field above a text, such as `Ressort: Politik`.
pub(super) fn is_head_field(line: &str) -> bool {
    matches!(labels::named(line), Some((labels::DatabaseField::Head, _)))
}

/// What is read of an article.
#[derive(Debug, Default, PartialEq, Eq)]
struct Exported {
    headline: Option<String>,
    outlet: Option<String>,
    date: Option<String>,
    byline: Option<String>,
    place: Option<String>,
    /// Stretches of what introduces its text, and of the text, each in order: bytes of the article, half-open.
    lead: Vec<Range<usize>>,
    text: Vec<Range<usize>>,
}

/// A line of a text.
#[derive(Clone, Copy, Debug)]
struct Line<'t> {
    /// Its first byte.
    at: usize,
    /// Its text without the line end.
    text: &'t str,
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.at + self.text.len()
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

fn lines(text: &str) -> Vec<Line<'_>> {
    let mut at = 0;
    let line = |whole: &'_ str| {
        let start = at;
        at += whole.len();
        (start, whole.len())
    };
    let places: Vec<(usize, usize)> = text.split_inclusive('\n').map(line).collect();
    places
        .into_iter()
        .map(|(at, length)| Line { at, text: text[at..at + length].trim_end_matches(['\n', '\r']) })
        .collect()
}

/// Several lines as one.
fn joined(lines: &[Line<'_>]) -> String {
    lines.iter().map(|line| line.text.trim()).collect::<Vec<_>>().join(" ").trim().to_owned()
}

/// A value that says something.
fn some(value: &str) -> Option<String> {
    let value = value.trim();
    (!value.is_empty()).then(|| value.to_owned())
}

/// The articles of a chunk.
pub(super) fn records(chunk: &Chunk, database: Database) -> impl Iterator<Item = Result<RawRecord<'_>>> {
    let Reading { charset, text, warnings } = chunk.read(&chunk.bytes);
    let starts = database.starts(&text);
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    let (mut line, mut counted) = (chunk.first_line, 0);
    let mut all = Vec::with_capacity(starts.len());
    for ((start, end), number) in starts.into_iter().zip(ends).zip(chunk.first_record..) {
        line += newlines(&text[counted..start]);
        counted = start;
        let file = File { chunk, charset, text: &text, warnings: &warnings };
        all.push(file.record(database, start..end, line, number));
    }
    all.into_iter()
}

fn newlines(text: &str) -> u32 {
    memchr::memchr_iter(b'\n', text.as_bytes()).count() as u32
}

/// A chunk that was read.
struct File<'c, 't> {
    chunk: &'c Chunk,
    charset: Charset,
    text: &'t Cow<'c, str>,
    warnings: &'t [String],
}

impl<'c> File<'c, '_> {
    fn record(&self, database: Database, range: Range<usize>, line: u32, number: u32) -> Result<RawRecord<'c>> {
        let chunk = self.chunk;
        let article = &self.text[range.clone()];
        let found = database.read(article);
        let is_clean = matches!(self.text, Cow::Borrowed(_)) && self.charset == Charset::Utf8;
        let coded = Coded { raw: &chunk.bytes, base: chunk.offset, charset: self.charset };
        let bounds = [range.start, range.start + article.trim_end().len()];
        let [start, end] = if is_clean {
            bounds.map(|at| at as u64 + chunk.offset)
        } else {
            let bytes = coded.resolve(&bounds);
            [bytes[0], bytes[1]]
        };
        let bytes = &chunk.bytes[(start - chunk.offset) as usize..(end - chunk.offset) as usize];
        chunk.admit(line, number, bytes)?;
        if found.lead.is_empty() && found.text.is_empty() && found.headline.is_none() {
            let what = "neither a headline nor a text stands under its number";
            return Err(Fault::empty(&chunk.facts, line, number, what, "leave it out"));
        }
        // what introduces a text stands above it; where it stands alone, it is the text
        let lead = if found.text.is_empty() { 0 } else { found.lead.len() };
        let parts = [found.lead, found.text].concat();
        let from = parts.first().map_or(0, |first| first.start);
        let base = if is_clean { chunk.offset as usize } else { 0 };
        let mut text = Stretches::new(self.text, base, range.start + from);
        let mut standfirst = 0;
        for (nth, part) in parts.iter().enumerate() {
            text.keep(range.start + part.start..range.start + part.end);
            standfirst = if nth + 1 == lead { text.length() } else { standfirst };
        }
        let (text, segments) = text.done();
        Ok(RawRecord {
            text: Cow::Owned(text),
            map: SourceMap::Quoted { segments, under: (!is_clean).then_some(coded) },
            charset: self.charset,
            first_line: line + newlines(&article[..from]),
            place: Some(RecordPlace { number, span: Span { start, end } }),
            given: Given {
                headline: found.headline,
                outlet: found.outlet,
                date: found.date,
                byline: found.byline,
                place: found.place,
                standfirst,
                ..Given::default()
            },
            markup: None,
            hash: blake3::hash(bytes),
            siblings: None,
            warnings: self.warnings.to_vec(),
        })
    }
}
