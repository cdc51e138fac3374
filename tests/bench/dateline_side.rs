//! Our side: what `dateline index` and `dateline query` do, without the printing.

use std::path::Path;

use dateline::batch::{self, AnswerMemory, Answers, BatchOptions, Favoured, docno};
use dateline::budget::Budget;
use dateline::engine::{Engine, LocalEngine, LocalUpdate, Update};
use dateline::eval::trec::{RunWriter, Topic};
use dateline::index::WriterOptions;
use dateline::ingest::{self, IngestOptions};
use dateline::query::{SearchRequest, Unit, Weights, parse};
use dateline::render::Format;
use dateline::render::hits::HitWriter;
use dateline::render::terminal::Screen;

use super::Outcome;

/// Everything that `dateline index FILE` does.
pub fn index(file: &Path, dir: &Path, threads: usize, memory: usize) -> Outcome<()> {
    let memory = Budget::new(memory as u64);
    let mut update = LocalUpdate::open(dir, WriterOptions { threads, memory, ..WriterOptions::default() })?;
    let options = IngestOptions { threads, memory, ..IngestOptions::default() };
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

/// The same, as it is printed.
pub fn printed(archive: &LocalEngine, words: &str) -> Outcome<()> {
    let response = archive.search(&SearchRequest::new(parse(words)))?;
    let mut out = Vec::new();
    HitWriter::new(&mut out, Format::Text, Screen { colour: true, width: 100 }).answer(words, &response)?;
    std::hint::black_box(out);
    Ok(())
}

/// Writes a run of the `depth` best articles of each topic, as `dateline batch` does.
pub fn run(archive: &LocalEngine, topics: &[String], depth: usize, threads: usize) -> Outcome<usize> {
    let by = Unit::Article;
    let options = BatchOptions {
        by,
        limit: depth,
        per_article: 1,
        syntax: false,
        whole: false,
        snippet_width: 0,
        threads,
        weights: Weights::default(),
        expand: false,
        ocr: false,
        favoured: Favoured::default(),
        memory: AnswerMemory::default(),
    };
    let asked = topics
        .iter()
        .enumerate()
        .map(|(number, text)| Ok(Topic { id: number.to_string(), text: text.clone(), ..Topic::default() }));
    let mut writer = RunWriter::new(Vec::new(), "dateline");
    batch::run(archive, asked, &options, |answered| {
        let answered = answered.map_err(|unanswered| unanswered.error)?;
        if let Answers::Names(ranked) = &answered.answers {
            for place in ranked {
                // a Vec takes all bytes
                let _ = writer.write(&answered.topic.id, &docno(by, place), place.score);
            }
        }
        Ok(())
    })?;
    Ok(writer.into_inner().len())
}
