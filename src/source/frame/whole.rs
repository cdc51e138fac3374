//! The whole file at once: it is one record, or cannot be cut before it is read.

use super::super::MAX_RECORD_FLAG;
use super::super::chunk::{Chunk, Fault, RecordLayout, in_words};
use super::super::export::Database;
use super::super::form::Form;
use super::super::lines::LineEnd;
use super::super::scan::ScanKind;
use super::{Framer, Opened};
use crate::Result;

/// Takes the whole file, once.
pub(in super::super) struct WholeFramer {
    /// The file's byte order mark, which its hash includes.
    mark: Vec<u8>,
    /// How the records stand in it, where its form does not say so.
    layout: Option<RecordLayout>,
    done: bool,
}

impl Framer for WholeFramer {
    fn next(&mut self, file: &mut Opened) -> Result<Option<Chunk>> {
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
        let of_form = match file.facts.form {
            Form::Json => RecordLayout::Json,
            Form::Html => RecordLayout::Html,
            Form::Mail => RecordLayout::Mail,
            Form::Xml => RecordLayout::Xml,
            _ => RecordLayout::Text,
        };
        let layout = self.layout.take().unwrap_or(of_form);
        let mut chunk = file.chunk(file.window.buffer().len(), layout);
        chunk.line_end = line_end;
        chunk.hash = Some(self.hash(file, &chunk.bytes));
        Ok(Some(chunk))
    }
}

impl WholeFramer {
    /// The whole file, behind its byte order mark.
    pub fn new(mark: Vec<u8>) -> Self {
        Self { mark, layout: None, done: false }
    }

    /// The same of an export in a character set in which its articles are not told before it is decoded.
    pub fn of_export(mark: Vec<u8>, database: Database) -> Self {
        Self { layout: Some(RecordLayout::Export { database, ends: true }), ..Self::new(mark) }
    }

    /// The same of print that was scanned.
    pub fn of_scan(mark: Vec<u8>, kind: ScanKind) -> Self {
        Self { layout: Some(RecordLayout::Scan(kind)), ..Self::new(mark) }
    }

    /// BLAKE3 of the file's content, which is the file itself unless it is compressed.
    fn hash(&self, file: &Opened, bytes: &[u8]) -> blake3::Hash {
        if file.window.is_packed() {
            return blake3::Hasher::new().update(&self.mark).update(bytes).finalize();
        }
        file.window.hash()
    }
}
