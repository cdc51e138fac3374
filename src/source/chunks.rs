//! Reading a file in chunks of whole records, with bounded memory.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::charset::Charset;
use super::chunk::{Chunk, in_words};
use super::lines::{LineEnd, RawLines};
use super::sniff::{self, Form};
use super::{Limits, MAX_RECORD_FLAG};
use crate::{Error, Result};

/// Bytes of whole lines that make a chunk.
const CHUNK: usize = 1 << 20;
/// Bytes that are read at once.
const STEP: usize = 256 * 1024;

/// The chunks of a file, first to last. An error ends them: it is the file's; a record's own errors are told by
/// [`Chunk::records`].
pub struct Chunks {
    path: Arc<PathBuf>,
    reader: Box<dyn Read + Send>,
    limits: Limits,
    form: Form,
    charset: Option<Charset>,
    line_end: LineEnd,
    /// What was read and not yet handed out.
    buffer: Vec<u8>,
    /// Place of the buffer's first byte in the file.
    offset: u64,
    line: u32,
    record: u32,
    hasher: blake3::Hasher,
    size: u64,
    ended: bool,
    done: bool,
}

/// Opens a file, tells its form by its content, and refuses what is empty or no text.
pub fn open(path: &Path, limits: &Limits) -> Result<Chunks> {
    let file = File::open(path).map_err(|e| Error::read(path, e))?;
    if file.metadata().is_ok_and(|m| m.is_dir()) {
        return Err(Error::input(path.display().to_string(), "a folder, not a file", "name a file in it"));
    }
    Chunks::from_reader(path, Box::new(file), limits)
}

impl Chunks {
    /// The chunks of what `reader` gives; `path` is its name in messages and records.
    pub fn from_reader(path: &Path, reader: Box<dyn Read + Send>, limits: &Limits) -> Result<Self> {
        let mut chunks = Self {
            path: Arc::new(path.to_path_buf()),
            reader,
            limits: *limits,
            form: Form::Text,
            charset: None,
            line_end: LineEnd::Lf,
            buffer: Vec::new(),
            offset: 0,
            line: 1,
            record: 1,
            hasher: blake3::Hasher::new(),
            size: 0,
            ended: false,
            done: false,
        };
        chunks.fill(STEP)?;
        chunks.begin()?;
        Ok(chunks)
    }

    /// How the file holds its articles.
    pub fn form(&self) -> Form {
        self.form
    }

    /// BLAKE3 of the whole file, once the chunks have been read to their end.
    pub fn hash(&self) -> blake3::Hash {
        self.hasher.finalize()
    }

    /// Bytes of the file that were read so far; its size at the end.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Looks at the first bytes: is it text, in which character set, in which form?
    fn begin(&mut self) -> Result<()> {
        let extension = self.path.extension().and_then(|e| e.to_str()).map(str::to_owned);
        if let Some((what, way_out)) = sniff::not_text(&self.buffer) {
            return Err(self.error(what, way_out));
        }
        let mark = Charset::from_mark(&self.buffer);
        let head = &self.buffer[..self.buffer.len().min(STEP) & !1];
        self.charset = mark.map(|(charset, _)| charset).or_else(|| Charset::utf16_by_nuls(head));
        self.consume(mark.map_or(0, |(_, length)| length));
        self.line_end = LineEnd::of(self.charset, &self.buffer);
        if self.ended && self.line_end.is_blank(&self.buffer) {
            return Err(self.empty());
        }
        let cut = self.charset.unwrap_or(Charset::Utf8).decode(&self.buffer);
        self.form = sniff::form(&cut.text, extension.as_deref());
        Ok(())
    }

    /// Reads until the buffer holds `wanted` bytes or the file ends.
    fn fill(&mut self, wanted: usize) -> Result<()> {
        while self.buffer.len() < wanted && !self.ended {
            let held = self.buffer.len();
            self.buffer.resize(held + STEP, 0);
            let read = loop {
                match self.reader.read(&mut self.buffer[held..]) {
                    Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                    other => break other,
                }
            };
            self.buffer.truncate(held + *read.as_ref().unwrap_or(&0));
            match read {
                Ok(0) => self.ended = true,
                Ok(count) => {
                    self.hasher.update(&self.buffer[held..]);
                    self.size += count as u64;
                }
                Err(e) => return Err(Error::read(&self.path, e)),
            }
        }
        Ok(())
    }

    /// Takes the first `count` bytes out of the buffer.
    fn consume(&mut self, count: usize) -> Vec<u8> {
        let rest = self.buffer.split_off(count);
        self.offset += count as u64;
        std::mem::replace(&mut self.buffer, rest)
    }

    /// The whole file as one chunk.
    fn whole(&mut self) -> Result<Option<Chunk>> {
        self.done = true;
        let max = self.limits.max_record;
        self.fill(usize::try_from(max.saturating_add(1)).unwrap_or(usize::MAX))?;
        if self.buffer.len() as u64 > max {
            let kind = match self.form {
                Form::Text => "a text file is one record, and this one",
                Form::Html => "a page is one record, and this one",
                Form::Json | Form::JsonLines => "this JSON file",
            };
            let way_out = format!("split it, write one JSON object a line, or raise the limit with {MAX_RECORD_FLAG}");
            return Err(self.error(format!("{kind} is longer than {}", in_words(max)), way_out));
        }
        if self.line_end.is_blank(&self.buffer) {
            return Err(self.empty());
        }
        self.line_end = LineEnd::of(self.charset, &self.buffer);
        let mut chunk = self.chunk(self.buffer.len());
        chunk.hash = Some(self.hash());
        Ok(Some(chunk))
    }

    /// The next whole lines, about a megabyte of them.
    fn lines(&mut self) -> Result<Option<Chunk>> {
        let mut wanted = CHUNK;
        loop {
            self.fill(wanted)?;
            if self.ended {
                self.done = true;
                return Ok((!self.buffer.is_empty()).then(|| self.chunk(self.buffer.len())));
            }
            if let Some(end) = self.line_end.find_last(&self.buffer) {
                return Ok(Some(self.chunk(end)));
            }
            if self.buffer.len() as u64 > self.limits.max_record {
                return self.skip_line().map(Some);
            }
            wanted = self.buffer.len() * 2;
        }
    }

    /// Passes over a line that is longer than allowed, without holding it.
    fn skip_line(&mut self) -> Result<Chunk> {
        let mut length = 0;
        let mut skipped = self.chunk(0);
        loop {
            let end = self.line_end.find(&self.buffer, 0);
            // Two bytes may be half of a UTF-16 line end.
            let gone = end.unwrap_or(if self.ended { self.buffer.len() } else { self.buffer.len() & !1 });
            length += self.consume(gone).len() as u64;
            if end.is_some() || self.ended {
                break;
            }
            self.fill(STEP)?;
        }
        skipped.too_long = Some(length);
        self.line += 1;
        self.record += 1;
        Ok(skipped)
    }

    /// The first `length` bytes of the buffer as a chunk.
    fn chunk(&mut self, length: usize) -> Chunk {
        let (offset, first_line, first_record) = (self.offset, self.line, self.record);
        let bytes = self.consume(length);
        if self.form == Form::JsonLines {
            let lines = RawLines::new(&bytes, self.line_end);
            let blank = |line: &[u8]| u32::from(self.line_end.is_blank(line));
            let (lines, blanks) = lines.fold((0, 0), |(n, b), line| (n + 1, b + blank(line.bytes)));
            self.line += lines;
            self.record += lines - blanks;
        }
        Chunk {
            form: self.form,
            bytes,
            offset,
            first_record,
            first_line,
            path: Arc::clone(&self.path),
            limits: self.limits,
            charset: self.charset,
            line_end: self.line_end,
            hash: None,
            too_long: None,
        }
    }

    fn empty(&self) -> Error {
        self.error("the file is empty", "leave it out, or put an article into it")
    }

    fn error(&self, what: impl Into<String>, way_out: impl Into<String>) -> Error {
        Error::input(self.path.display().to_string(), what, way_out)
    }
}

impl Iterator for Chunks {
    type Item = Result<Chunk>;

    fn next(&mut self) -> Option<Result<Chunk>> {
        if self.done {
            return None;
        }
        let next = if self.form == Form::JsonLines { self.lines() } else { self.whole() };
        self.done |= next.is_err();
        next.transpose()
    }
}
