//! Dateline, a news-archive search engine: messy articles in, ranked and citable passages out.
//!
//! An [`Update`] takes articles in: [`ingest::run`] walks folders and files, works out outlet, date, headline and body of
//! each record, and leaves out what has not changed. An [`Engine`] answers a [`SearchRequest`] with [`Hit`]s, each a
//! passage with its matches, its snippet and the lines of the file that it stands on. Both are there for a folder of this
//! machine ([`LocalUpdate`], [`LocalEngine`]) and for an OpenSearch cluster ([`engine::remote`]).
//!
//! ```
//! use dateline::{Engine, IngestOptions, LocalEngine, LocalUpdate, SearchRequest, Update, WriterOptions, ingest, parse};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let dir = tempfile::tempdir()?;
//! let articles = dir.path().join("articles");
//! std::fs::create_dir(&articles)?;
//! std::fs::write(articles.join("ferry.txt"), "Ferries stay in the harbour\n\nThe ferry from Helsinki was late.\n")?;
//!
//! let index = dir.path().join("index");
//! let mut update = LocalUpdate::open(&index, WriterOptions::default())?;
//! let report = ingest::run(&mut update, &[articles], &IngestOptions::default(), &|_| {})?;
//! update.close()?;
//! assert_eq!(report.records.indexed, 1);
//!
//! let answer = LocalEngine::open(&index)?.search(&SearchRequest::new(parse("helsinki ferry")))?;
//! let hit = &answer.hits[0];
//! println!("{}: {}", hit.id, hit.snippet.text);
//! assert!(hit.snippet.text.contains("The ferry from Helsinki"));
//! # Ok(())
//! # }
//! ```
//!
//! The parts stand on their own too: [`extract`] makes an article of a record that [`source`] read, [`eval`] scores any
//! system's run, [`experiment`] asks an archive and holds its ranking to a baseline, [`render`] writes what was found.
// what the second engine takes from the first is there without it too
#![cfg_attr(not(feature = "opensearch"), allow(dead_code, unused_imports))]

#[doc(hidden)]
pub mod absent;
pub mod analysis;
pub mod article;
pub mod batch;
pub mod budget;
pub mod checkup;
#[cfg(test)]
mod cost_tests;
#[doc(hidden)]
pub mod durable;
pub mod engine;
pub mod error;
pub mod eval;
pub mod experiment;
pub mod extract;
pub mod guide;
#[doc(hidden)]
pub mod highlight;
pub mod hit;
#[doc(hidden)]
pub mod index;
pub mod ingest;
mod lexicon;
#[doc(hidden)]
mod mark;
pub mod matching;
pub mod overrides;
#[doc(hidden)]
pub mod parallel;
#[doc(hidden)]
pub mod passage;
pub mod query;
pub mod render;
pub mod report;
#[doc(hidden)]
pub mod search;
pub mod source;
pub mod stats;
mod work;

pub use budget::Budget;
pub use engine::{Engine, LocalEngine, LocalUpdate, Update};
pub use error::{Error, Result};
pub use hit::{Hit, SearchResponse};
pub use index::WriterOptions;
pub use ingest::IngestOptions;
pub use query::{Query, SearchRequest, Typed, parse};
pub use report::Report;
pub use source::ReadOptions;
