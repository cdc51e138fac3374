//! The ranking measured on whole retrieval collections, which are no part of the project: beside Lucene's BM25, and held
//! to floors that never fall silently. `make ranking COLLECTIONS=folder` prints the table; `UPDATE=1` raises the floors.
//!
//! A collection is a folder with `docs.jsonl.gz`, `queries.tsv` and `qrels.txt`. One without floors is measured too. Where all
//! ids of queries begin with a day (`20220107_20`), they are asked around it as well.

#![allow(clippy::print_stdout, clippy::print_stderr)]

mod dated;
mod floors;
mod measure;
mod misread;
mod names;
mod noise;
mod table;

use std::path::{Path, PathBuf};

use floors::Floors;
use measure::{Measured, measure};

/// The measures of the table, the first to rank by, the second for the whole list.
const MEASURES: [&str; 2] = ["nDCG@10", "AP"];
/// What a value may fall below its floor before it fails: two compilers' rounding, not a change of the score.
const MARGIN: f64 = 0.002;

#[test]
#[ignore = "runs by make ranking"]
fn the_ranking_keeps_its_floors() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = std::env::var("COLLECTIONS").unwrap_or_else(|_| "../shared/collections".to_owned());
    let collections = collections(&root.join(&folder));
    if collections.is_empty() {
        println!("ranking: no collections in {folder}, nothing is measured; name a folder with COLLECTIONS=folder");
        return;
    }
    let file = root.join("tests/ranking-floors.json");
    let mut floors = Floors::read(&file);
    let measured: Vec<Measured> = collections.iter().map(|folder| measure(folder)).collect();
    println!("{}\n\n{}", table::table(&measured, &floors), dated::table(&measured));
    floors.check(&measured, MARGIN).hold("the ranking", &file, || {
        floors.raise(&measured);
        floors.write(&file);
    });
}

/// The folders that hold a collection, by name.
fn collections(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut found: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).collect();
    found.retain(|path| ["docs.jsonl.gz", "queries.tsv", "qrels.txt"].iter().all(|name| path.join(name).exists()));
    found.sort();
    found
}
