//! Dateline, a news-archive search engine: messy articles in, ranked and citable passages out.
// what the second engine takes from the first is there without it too
#![cfg_attr(not(feature = "opensearch"), allow(dead_code, unused_imports))]

pub mod analysis;
pub mod article;
pub mod batch;
pub mod checkup;
pub mod durable;
pub mod engine;
pub mod error;
pub mod eval;
pub mod extract;
pub mod guide;
pub mod highlight;
pub mod hit;
pub mod index;
pub mod ingest;
mod lexicon;
pub mod matching;
pub mod overrides;
pub mod parallel;
pub mod passage;
pub mod query;
pub mod render;
pub mod report;
pub mod search;
pub mod source;
pub mod stats;

pub use error::{Error, Result};
