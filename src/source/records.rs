//! The records of a chunk, each read in the way of its form.

use std::borrow::Cow;

use super::charset::Charset;
use super::chunk::{Chunk, Fault, Reading, RecordLayout};
use super::form::Form;
use super::html::Html;
use super::lines::RawLines;
use super::map::{Coded, SourceMap};
use super::{
    Given, RawRecord, RecordPlace, cost, csv, document, export, html, mail, markdown, office, scan, warc, xml,
};
use crate::article::Span;
use crate::error::Result;

impl Chunk {
    /// The records of the chunk in order. A record that cannot be read is an error that names its place and the way
    /// out; the ones after it still come.
    pub fn records(&self) -> impl Iterator<Item = Result<RawRecord<'_>>> {
        let all: Box<dyn Iterator<Item = Result<RawRecord<'_>>>> = match &self.layout {
            RecordLayout::Fault(fault) => Box::new(std::iter::once(Err(fault.error()))),
            RecordLayout::Text => Box::new(std::iter::once_with(|| self.text_record())),
            RecordLayout::Html => Box::new(self.html_records()),
            RecordLayout::Lines => Box::new(self.line_records()),
            RecordLayout::Json => Box::new(document::whole(self).into_iter()),
            RecordLayout::Values { values, alone } => Box::new(document::records(self, values, *alone)),
            RecordLayout::Warc(parts) => Box::new(warc::records(self, parts)),
            RecordLayout::Xml => Box::new(xml::records(self)),
            RecordLayout::Items(head, items) => Box::new(xml::of_items(self, head, items)),
            RecordLayout::Mail => Box::new(mail::records(self)),
            RecordLayout::Export { database, ends } => Box::new(export::records(self, *database, *ends)),
            RecordLayout::Scan(kind) => Box::new(scan::records(self, *kind).into_iter()),
            RecordLayout::Rows(table) => Box::new(csv::records(self, table)),
            RecordLayout::Office(layout) => office::records(self, layout),
        };
        let (form, pages) = (self.form, &self.facts.pages);
        let unpacked = move |record| match form {
            _ if !pages.is_empty() => office::of_pages(record, pages),
            Form::Document => office::of_paragraphs(record),
            Form::Workbook => office::of_rows(record),
            _ => record,
        };
        all.map(move |record| {
            record.map(|record| unpacked(RawRecord { siblings: Some(&self.facts.siblings), ..record }))
        })
    }

    /// Refuses a record that is longer, or takes more memory, than it may.
    pub(super) fn admit(&self, line: u32, number: u32, bytes: &[u8]) -> Result<()> {
        let (limits, length) = (self.facts.options.limits, bytes.len() as u64);
        if length > limits.longest() {
            return Err(Fault::too_long(&self.facts, line, number, length).error());
        }
        if cost::most_of(bytes.len()) <= limits.memory {
            return Ok(());
        }
        match cost::of(bytes) {
            takes if takes > limits.memory => Err(Fault::too_dear(&self.facts, line, number, takes).error()),
            _ => Ok(()),
        }
    }

    /// Bytes of memory that its records take while articles are made of them, beside what each takes however short it is.
    pub fn takes(&self) -> u64 {
        cost::of(&self.bytes)
    }

    fn text_record(&self) -> Result<RawRecord<'_>> {
        self.admit(self.first_line, self.first_record, &self.bytes)?;
        let Reading { charset, text, warnings } = self.read(&self.bytes);
        let is_clean = matches!(text, Cow::Borrowed(_)) && charset == Charset::Utf8;
        let coded = || Coded { raw: &self.bytes, base: self.offset, charset };
        let base = if is_clean { self.offset as usize } else { 0 };
        let (text, map) = match markdown::unmarked(&text, base, &self.facts.path) {
            Some((plain, segments)) => {
                (Cow::Owned(plain), SourceMap::Quoted { segments, under: (!is_clean).then(coded) })
            }
            None if is_clean => (text, SourceMap::Utf8 { base: self.offset }),
            None => (text, SourceMap::Coded(coded())),
        };
        Ok(RawRecord {
            text,
            map,
            charset,
            first_line: self.first_line,
            place: None,
            given: Given::default(),
            markup: None,
            hash: self.hash.unwrap_or_else(|| blake3::hash(&self.bytes)),
            siblings: None,
            warnings,
        })
    }

    fn html_records(&self) -> impl Iterator<Item = Result<RawRecord<'_>>> {
        let records = self.admit(self.first_line, self.first_record, &self.bytes).map(|()| {
            let page = self.page();
            export::of_page(self, &page).unwrap_or_else(|| vec![Ok(self.html_record(page))])
        });
        records.unwrap_or_else(|refused| vec![Err(refused)]).into_iter()
    }

    fn page(&self) -> Html<'_> {
        match self.facts.charset {
            Some(charset) => html::read_in(charset, &self.bytes, self.offset, self.first_line),
            None => html::read(&self.bytes, self.offset, self.first_line, None),
        }
    }

    fn html_record<'a>(&self, page: Html<'a>) -> RawRecord<'a> {
        RawRecord {
            text: Cow::Owned(page.text),
            map: page.map,
            charset: page.charset,
            first_line: self.first_line,
            place: None,
            given: Given { url: page.url, ..Given::default() },
            markup: Some(page.markup),
            hash: self.hash.unwrap_or_else(|| blake3::hash(&self.bytes)),
            siblings: None,
            warnings: page.warnings,
        }
    }

    fn line_records(&self) -> impl Iterator<Item = Result<RawRecord<'_>>> {
        let lines = RawLines::new(&self.bytes, self.line_end).zip(self.first_line..);
        let filled = lines.filter(|(line, _)| !self.line_end.is_blank(line.bytes));
        filled.zip(self.first_record..).map(|((line, number), record)| {
            let bytes = self.without_line_end(line.bytes);
            let start = self.offset as usize + line.at;
            let place = RecordPlace { number: record, span: Span::new(start, start + bytes.len()) };
            self.json_record(bytes, place, number)
        })
    }
}
