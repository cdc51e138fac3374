//! Indexes a folder of articles and prints the passages for some words.
//!
//! `cargo run --release --example search -- seeds/articles "Helsinki venue"`
#![allow(clippy::print_stdout)]

use std::path::PathBuf;

use dateline::{Engine, IngestOptions, LocalEngine, LocalUpdate, SearchRequest, Update, WriterOptions, ingest, parse};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(folder), Some(words)) = (args.next(), args.next()) else {
        return Err("name a folder of articles, and what to look for".into());
    };
    let index = tempfile::tempdir()?;

    let mut update = LocalUpdate::open(index.path(), WriterOptions::default())?;
    let report = ingest::run(&mut update, &[PathBuf::from(folder)], &IngestOptions::default(), &|_| {})?;
    update.close()?;
    println!("{} articles, {} records failed", report.extracted, report.records.failed);

    let engine = LocalEngine::open(index.path())?;
    let answer = engine.search(&SearchRequest { limit: 5, ..SearchRequest::new(parse(&words)) })?;
    for hit in answer.hits {
        let headline = hit.headline.map_or_else(String::new, |headline| headline.field.value);
        let lines = hit.source.lines.map_or_else(String::new, |lines| format!(":{lines}"));
        println!("\n{} {headline}\n  {}{lines}\n  {}", hit.rank, hit.source.path, hit.snippet.text);
    }
    Ok(())
}
