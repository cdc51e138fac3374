//! Our side: what `dateline index` and `dateline query` do, without the printing.

use std::path::Path;

use dateline::engine::{Engine, LocalEngine, LocalUpdate, Update};
use dateline::index::WriterOptions;
use dateline::ingest::{self, IngestOptions};
use dateline::query::{SearchRequest, parse};
use dateline::source::Limits;

use super::Outcome;

/// Everything that `dateline index FILE` does.
pub fn index(file: &Path, dir: &Path, threads: usize, memory: usize) -> Outcome<()> {
    let mut update = LocalUpdate::open(dir, WriterOptions { threads, memory })?;
    let options = IngestOptions { limits: Limits::default(), threads };
    let report = ingest::run(&mut update, &[file.to_path_buf()], &options, &|_| {})?;
    update.close()?;
    if report.records.indexed == 0 {
        return Err(format!("{}: nothing was indexed", file.display()).into());
    }
    Ok(())
}

pub fn open(dir: &Path) -> Outcome<LocalEngine> {
    Ok(LocalEngine::open(dir)?)
}

/// The ten best passages, highlighted, with their snippets and citations.
pub fn passages(archive: &LocalEngine, words: &str) -> Outcome<()> {
    std::hint::black_box(archive.search(&SearchRequest::new(parse(words)))?);
    Ok(())
}
