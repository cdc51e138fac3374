//! The whole file at once: it is one record, or cannot be cut before it is read, as one of XML.

use std::collections::VecDeque;
use std::sync::Arc;

use super::super::MAX_RECORD_FLAG;
use super::super::chunk::{Chunk, Fault, RecordLayout, in_words};
use super::super::form::Form;
use super::super::lines::LineEnd;
use super::super::xml::{self, FilePiece, XmlHead};
use super::{CHUNK, Framer, MOST_RECORDS, Opened};
use crate::Result;

/// Takes the whole file, once; one of XML in pieces of about a megabyte, where it holds several articles.
pub(in super::super) struct WholeFramer {
    /// The file's byte order mark, which its hash includes.
    mark: Vec<u8>,
    done: bool,
    items: Option<Items>,
}

/// What is left of a file of XML.
struct Items {
    head: Arc<XmlHead>,
    /// Their places in the file.
    left: VecDeque<FilePiece>,
    /// Bytes of the file that were handed out.
    gone: usize,
}

impl Framer for WholeFramer {
    fn next(&mut self, file: &mut Opened) -> Result<Option<Chunk>> {
        if let Some(items) = &mut self.items {
            return Ok(items.next(file));
        }
        if std::mem::replace(&mut self.done, true) {
            return Ok(None);
        }
        let limits = file.facts.options.limits;
        let max = limits.longest();
        file.fill(usize::try_from(max.saturating_add(1)).unwrap_or(usize::MAX))?;
        if file.window.buffer().len() as u64 > max {
            if max < limits.max_record {
                return Err(Fault::file_too_dear(&file.facts, max).error());
            }
            let kind = match file.facts.form {
                Form::Text => "a text file is one record, and this one",
                Form::Html => "a page is one record, and this one",
                _ => "this file",
            };
            let way_out = format!("split it, write one JSON object a line, or raise the limit with {MAX_RECORD_FLAG}");
            return Err(file.facts.error(format!("{kind} is longer than {}", in_words(max)), way_out));
        }
        if let Some(how) = &file.window.broken {
            return Err(Fault::of_file(&file.facts, how));
        }
        let line_end = LineEnd::of(file.facts.charset, file.window.buffer());
        if line_end.is_blank(file.window.buffer()) {
            return Err(file.facts.empty());
        }
        if file.facts.form == Form::Xml
            && let Some((head, found)) = xml::cut(file.window.buffer(), file.facts.charset)
        {
            let items = Items { head: Arc::new(head), left: found.into(), gone: 0 };
            return Ok(self.items.insert(items).next(file));
        }
        let layout = match file.facts.form {
            Form::Json => RecordLayout::Json,
            Form::Html => RecordLayout::Html,
            Form::Mail => RecordLayout::Mail,
            Form::Xml => RecordLayout::Xml,
            _ => RecordLayout::Text,
        };
        let mut chunk = file.chunk(file.window.buffer().len(), layout);
        chunk.line_end = line_end;
        chunk.hash = Some(self.hash(file, &chunk.bytes));
        Ok(Some(chunk))
    }
}

impl Items {
    /// The next items; with the last one goes all that is left of the file.
    fn next(&mut self, file: &mut Opened) -> Option<Chunk> {
        let (mut items, mut end) = (Vec::new(), self.gone);
        while let Some(piece) = self.left.front().filter(|_| end - self.gone < CHUNK && items.len() < MOST_RECORDS) {
            end = match piece {
                FilePiece::Item { end, .. } => *end,
                FilePiece::Open { .. } | FilePiece::CutOff => self.gone + file.window.buffer().len(),
            };
            items.push(piece.moved(self.gone));
            self.left.pop_front();
        }
        if items.is_empty() {
            return None;
        }
        let (length, records) = (end - self.gone, items.len() as u32);
        self.gone = end;
        let mut chunk = file.chunk(length, RecordLayout::Items(Arc::clone(&self.head), items));
        chunk.records = records;
        file.window.record += records;
        file.window.line += memchr::memchr_iter(b'\n', &chunk.bytes).count() as u32;
        Some(chunk)
    }
}

impl WholeFramer {
    /// The whole file, behind its byte order mark.
    pub fn new(mark: Vec<u8>) -> Self {
        Self { mark, done: false, items: None }
    }

    /// BLAKE3 of the file's content, which is the file itself unless it is compressed.
    fn hash(&self, file: &Opened, bytes: &[u8]) -> blake3::Hash {
        if file.window.is_packed() {
            return blake3::Hasher::new().update(&self.mark).update(bytes).finalize();
        }
        file.window.hash()
    }
}
