//! A chunk: some whole records of a file as bytes.

use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use serde::de::DeserializeSeed;

use super::charset::Charset;
use super::csv::CsvTable;
use super::export::Database;
use super::form::Form;
use super::json::{Lack, NO_TEXT, Object, Parsed};
use super::lines::LineEnd;
use super::map::{Coded, SourceMap};
use super::office::OfficeLayout;
use super::scan::ScanKind;
use super::warc::Part;
use super::xml::XmlHead;
use super::{FIELD_FLAG, RawRecord, RecordPlace};
use crate::error::{Error, Result};

mod facts;
mod fault;

pub(super) use facts::Facts;
pub(super) use fault::{Fault, in_words};

/// Whole records of a file, undecoded: a text file, or some lines of a JSON-lines file.
#[derive(Debug)]
pub struct Chunk {
    /// How the file holds its articles.
    pub form: Form,
    /// The bytes as they stand in the (decompressed) file, a byte order mark at its start left out.
    pub bytes: Vec<u8>,
    /// Byte of the file at which `bytes` begins, 0-based.
    pub offset: u64,
    /// Number of the first record in the file, 1-based.
    pub first_record: u32,
    /// Line of the file at which `bytes` begins, 1-based.
    pub first_line: u32,
    /// Bytes of the file as it lies on the disk that were read for the chunk.
    pub file_bytes: u64,
    /// Records that hold no article, such as pictures in a WARC file: passed over since the chunk before.
    pub skipped: u32,
    /// Records in the chunk, as far as they were counted when it was cut.
    pub records: u32,
    pub(super) facts: Arc<Facts>,
    pub(super) line_end: LineEnd,
    /// BLAKE3 of the whole (decompressed) file, where the chunk is the file.
    pub(super) hash: Option<blake3::Hash>,
    pub(super) layout: RecordLayout,
}

/// How the records stand in a chunk's bytes.
#[derive(Debug)]
pub(super) enum RecordLayout {
    /// The bytes are one record in plain text.
    Text,
    /// The bytes are one page.
    Html,
    /// A JSON object a line.
    Lines,
    /// One JSON object, or an array of them.
    Json,
    /// These values of a JSON file; whether the file is the one of them.
    Values { values: Vec<Range<usize>>, alone: bool },
    /// These WARC records, and others between them.
    Warc(Vec<Part>),
    /// A whole file of XML.
    Xml,
    /// These items of a file of XML.
    Items(Arc<XmlHead>, Vec<Range<usize>>),
    /// A message, or a mailbox.
    Mail,
    /// Articles that a news database gave out as text.
    Export {
        database: Database,
        /// The file ends with them.
        ends: bool,
    },
    /// Print that was scanned.
    Scan(ScanKind),
    /// An article a row.
    Rows(Arc<CsvTable>),
    /// The text of a document.
    Office(OfficeLayout),
    /// No bytes: the chunk stands for one record that cannot be read.
    Fault(Fault),
}

/// Some bytes made text, and what there was to put up with.
pub(super) struct Reading<'a> {
    pub charset: Charset,
    pub text: Cow<'a, str>,
    pub warnings: Vec<String>,
}

impl Chunk {
    /// The number of each of [`Chunk::records`] in the file, 1-based.
    pub fn numbers(&self) -> impl Iterator<Item = u32> {
        let parts = match &self.layout {
            RecordLayout::Warc(parts) => &parts[..],
            _ => &[],
        };
        let numbered = parts.iter().map(|part| part.number);
        numbered.chain((self.first_record..).take(if parts.is_empty() { usize::MAX } else { 0 }))
    }

    /// The file the chunk comes from.
    pub fn path(&self) -> &Path {
        &self.facts.path
    }

    /// Decodes bytes of the chunk.
    pub(super) fn read<'a>(&self, bytes: &'a [u8]) -> Reading<'a> {
        if let (None | Some(Charset::Utf8), Ok(text)) = (self.facts.charset, std::str::from_utf8(bytes)) {
            return Reading { charset: Charset::Utf8, text: Cow::Borrowed(text), warnings: Vec::new() };
        }
        let (charset, guess) = match self.facts.charset {
            Some(charset) => (charset, None),
            None => Charset::detect(bytes),
        };
        let decoded = charset.decode(bytes);
        let warnings = guess.into_iter().chain(decoded.warning(charset)).collect();
        Reading { charset, text: decoded.text, warnings }
    }

    /// A record is the line without its end: its hash is that of the object alone.
    pub(super) fn without_line_end<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let ends: [&[u8]; 2] = match self.facts.charset {
            Some(Charset::Utf16Le) => [b"\n\0", b"\r\0"],
            Some(Charset::Utf16Be) => [b"\0\n", b"\0\r"],
            _ => [b"\n", b"\r"],
        };
        let mut rest = bytes;
        while let Some(shorter) = ends.iter().find_map(|end| rest.strip_suffix(*end)) {
            rest = shorter;
        }
        rest
    }

    /// The record of one JSON object: its bytes, its place in the file, and the line it begins on.
    pub(super) fn json_record<'a>(&self, bytes: &'a [u8], place: RecordPlace, line: u32) -> Result<RawRecord<'a>> {
        self.admit(line, place.number, bytes)?;
        let Reading { charset, text, mut warnings } = self.read(bytes);
        let base = place.span.start;
        let (parsed, under) = match text {
            Cow::Borrowed(text) if charset == Charset::Utf8 => (self.parse(text, line)?.moved(base), None),
            text => (self.parse(&text, line)?.into_owned(), Some(Coded { raw: bytes, base, charset })),
        };
        warnings.extend(parsed.warnings);
        Ok(RawRecord {
            text: parsed.text,
            map: SourceMap::Json { literals: parsed.literals, under },
            charset,
            first_line: line + parsed.lines_before,
            place: Some(place),
            given: parsed.given,
            markup: None,
            hash: blake3::hash(bytes),
            siblings: None,
            warnings,
        })
    }

    fn parse<'t>(&self, text: &'t str, line: u32) -> Result<Parsed<'t>> {
        let mut source = serde_json::Deserializer::from_str(text.trim_end());
        let fields = Object(&self.facts.options.fields).deserialize(&mut source);
        let fields = fields.and_then(|fields| source.end().map(|()| fields)).map_err(|e| self.json_error(&e, line))?;
        fields.into_record(text).map_err(|lack| match lack {
            Lack::Empty => Fault::empty(&self.facts, line, 0, NO_TEXT, "add one, or remove the record"),
            Lack::Unknown(key) => {
                let way_out =
                    format!("if its text is \"{key}\", say so with {FIELD_FLAG} body={key}; else remove the record");
                self.line_error(line, NO_TEXT, &way_out)
            }
            Lack::NoText(what) => self.line_error(line, what, "add one, or remove the record"),
        })
    }

    /// Invalid JSON; `line` is where the parsed text begins.
    pub(super) fn json_error(&self, error: &serde_json::Error, line: u32) -> Error {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or(&what);
        let line = line + error.line().saturating_sub(1) as u32;
        let column = if error.column() > 0 { format!(" at column {}", error.column()) } else { String::new() };
        self.line_error(line, format!("invalid JSON{column}: {what}"), "mend or remove the record")
    }

    pub(super) fn line_error(&self, line: u32, what: impl Into<String>, way_out: &str) -> Error {
        Error::input(format!("{}: line {line}", self.facts.path.display()), what, way_out)
    }
}
