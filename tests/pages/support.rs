//! Pages in, extractions out.

use std::io::Cursor;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use dateline::article::Field;
use dateline::extract::{Extraction, extract};
use dateline::source::{Chunks, Form, RawRecord, ReadOptions};

/// Reads a page and hands its record and what was made of it to `see`; none where the file is no page.
pub fn with_page<T>(bytes: &[u8], see: impl FnOnce(&RawRecord<'_>, &Extraction) -> T) -> Option<T> {
    let reader = Box::new(Cursor::new(bytes.to_vec()));
    let mut chunks = Chunks::from_reader(Path::new("page.html"), reader, &ReadOptions::default()).ok()?;
    let chunk = chunks.next()?.ok().filter(|chunk| chunk.form == Form::Html)?;
    let record = chunk.records().next()?.ok()?;
    let extraction = extract(&record);
    Some(see(&record, &extraction))
}

/// The text of the body, a block a line.
pub fn body(extraction: &Extraction) -> String {
    let blocks: Vec<&str> = extraction.article.body.iter().map(|block| block.text.as_str()).collect();
    blocks.join("\n")
}

/// A field's value.
pub fn value(field: &Option<Field<String>>) -> Option<String> {
    field.as_ref().map(|field| field.value.clone())
}

/// The bytes of a gzipped file.
pub fn unpacked(file: &Path) -> Vec<u8> {
    let output = Command::new("gzip").arg("-dc").arg(file).output().expect("gzip");
    assert!(output.status.success(), "{} unpacks", file.display());
    output.stdout
}

/// How much was read, and how long it took.
#[derive(Default)]
pub struct Pace {
    bytes: usize,
    took: Duration,
}

impl Pace {
    /// Runs `read` on a page and counts its time.
    pub fn time<T>(&mut self, bytes: &[u8], read: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let made = read();
        self.took += start.elapsed();
        self.bytes += bytes.len();
        made
    }

    /// Megabytes a second, on one thread.
    pub fn megabytes_a_second(&self) -> f64 {
        self.bytes as f64 / 1e6 / self.took.as_secs_f64().max(1e-9)
    }
}
