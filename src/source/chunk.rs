//! A chunk: some whole records of a file as bytes, and the records that are read out of them.

use std::borrow::Cow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::charset::Charset;
use super::json::{Fields, Parsed};
use super::lines::{LineEnd, RawLines};
use super::map::{Coded, SourceMap};
use super::sniff::Form;
use super::{Given, Limits, RawRecord, RecordPlace, document, html};
use crate::article::Span;
use crate::{Error, Result};

/// Whole records of a file, undecoded: a text file, or some lines of a JSON-lines file.
#[derive(Debug)]
pub struct Chunk {
    /// How the file holds its articles.
    pub form: Form,
    /// The bytes as they stand in the file, a byte order mark at its start left out.
    pub bytes: Vec<u8>,
    /// Byte of the file at which `bytes` begins, 0-based.
    pub offset: u64,
    /// Number of the first record in the file, 1-based.
    pub first_record: u32,
    /// Line of the file at which `bytes` begins, 1-based.
    pub first_line: u32,
    pub(super) path: Arc<PathBuf>,
    pub(super) limits: Limits,
    /// Told by a byte order mark or by NUL bytes; else each record tells its own.
    pub(super) charset: Option<Charset>,
    pub(super) line_end: LineEnd,
    /// BLAKE3 of the whole file, where the chunk is the file.
    pub(super) hash: Option<blake3::Hash>,
    /// The chunk stands for one line that is longer than allowed: its length in bytes.
    pub(super) too_long: Option<u64>,
}

/// Some bytes made text, and what there was to put up with.
pub(super) struct Reading<'a> {
    pub charset: Charset,
    pub text: Cow<'a, str>,
    pub warnings: Vec<String>,
}

impl Chunk {
    /// The records of the chunk in order. A record that cannot be read is an error that names its place and the way
    /// out; the ones after it still come.
    pub fn records(&self) -> impl Iterator<Item = Result<RawRecord<'_>>> {
        let all: Box<dyn Iterator<Item = Result<RawRecord<'_>>>> = match (self.too_long, self.form) {
            (Some(length), _) => Box::new(std::iter::once(Err(self.too_long_error(self.first_line, length)))),
            (None, Form::Html) => Box::new(std::iter::once(Ok(self.html_record()))),
            (None, Form::Text) => Box::new(std::iter::once(Ok(self.text_record()))),
            (None, Form::JsonLines) => Box::new(self.line_records()),
            (None, Form::Json) => Box::new(document::records(self).into_iter()),
        };
        all
    }

    /// The file the chunk comes from.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Decodes bytes of the chunk.
    pub(super) fn read<'a>(&self, bytes: &'a [u8]) -> Reading<'a> {
        if let (None | Some(Charset::Utf8), Ok(text)) = (self.charset, std::str::from_utf8(bytes)) {
            return Reading { charset: Charset::Utf8, text: Cow::Borrowed(text), warnings: Vec::new() };
        }
        let (charset, guess) = match self.charset {
            Some(charset) => (charset, None),
            None => Charset::detect(bytes),
        };
        let decoded = charset.decode(bytes);
        let warnings = guess.into_iter().chain(decoded.warning(charset)).collect();
        Reading { charset, text: decoded.text, warnings }
    }

    fn text_record(&self) -> RawRecord<'_> {
        let Reading { charset, text, warnings } = self.read(&self.bytes);
        let map = match text {
            Cow::Borrowed(_) if charset == Charset::Utf8 => SourceMap::Utf8 { base: self.offset },
            _ => SourceMap::Coded(Coded { raw: &self.bytes, base: self.offset, charset }),
        };
        RawRecord {
            text,
            map,
            charset,
            first_line: self.first_line,
            place: None,
            given: Given::default(),
            markup: None,
            hash: self.hash.unwrap_or_else(|| blake3::hash(&self.bytes)),
            warnings,
        }
    }

    fn html_record(&self) -> RawRecord<'_> {
        let page = match self.charset {
            Some(charset) => html::read_in(charset, &self.bytes, self.offset, self.first_line),
            None => html::read(&self.bytes, self.offset, self.first_line, None),
        };
        RawRecord {
            text: Cow::Owned(page.text),
            map: page.map,
            charset: page.charset,
            first_line: self.first_line,
            place: None,
            given: Given { url: page.url, ..Given::default() },
            markup: Some(page.markup),
            hash: self.hash.unwrap_or_else(|| blake3::hash(&self.bytes)),
            warnings: page.warnings,
        }
    }

    fn line_records(&self) -> impl Iterator<Item = Result<RawRecord<'_>>> {
        let lines = RawLines::new(&self.bytes, self.line_end).zip(self.first_line..);
        let filled = lines.filter(|(line, _)| !self.line_end.is_blank(line.bytes));
        filled.zip(self.first_record..).map(|((line, number), record)| {
            let length = line.bytes.len() as u64;
            if length > self.limits.max_record {
                return Err(self.too_long_error(number, length));
            }
            let bytes = self.without_line_end(line.bytes);
            let start = self.offset as usize + line.at;
            let place = RecordPlace { number: record, span: Span::new(start, start + bytes.len()) };
            self.json_record(bytes, place, number)
        })
    }

    /// A record is the line without its end: its hash is that of the object alone.
    fn without_line_end<'b>(&self, bytes: &'b [u8]) -> &'b [u8] {
        let ends: [&[u8]; 2] = match self.charset {
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
            warnings,
        })
    }

    fn parse<'t>(&self, text: &'t str, line: u32) -> Result<Parsed<'t>> {
        let fields: Fields<'t> = serde_json::from_str(text.trim_end()).map_err(|e| self.json_error(&e, line))?;
        fields.into_record(text).map_err(|what| self.line_error(line, what, "add one, or remove the record"))
    }

    /// Invalid JSON; `line` is where the parsed text begins.
    pub(super) fn json_error(&self, error: &serde_json::Error, line: u32) -> Error {
        let what = error.to_string();
        let what = what.split(" at line ").next().unwrap_or(&what);
        let line = line + error.line().saturating_sub(1) as u32;
        let column = if error.column() > 0 { format!(" at column {}", error.column()) } else { String::new() };
        self.line_error(line, format!("invalid JSON{column}: {what}"), "mend or remove the record")
    }

    fn too_long_error(&self, line: u32, length: u64) -> Error {
        let what = format!("the record is {} long, more than {}", in_words(length), in_words(self.limits.max_record));
        self.line_error(line, what, "split it, or raise the limit with --max-record")
    }

    fn line_error(&self, line: u32, what: impl Into<String>, way_out: &str) -> Error {
        Error::input(format!("{}: line {line}", self.path.display()), what, way_out)
    }
}

/// A number of bytes as people say it.
pub(super) fn in_words(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        10_000..10_000_000 => format!("{} kB", bytes / 1_000),
        _ => format!("{} MB", bytes / 1_000_000),
    }
}
