//! Dateline, a news-archive search engine: messy articles in, ranked and citable passages out.

pub mod analysis;
pub mod article;
pub mod error;
pub mod passage;
pub mod source;

pub use error::{Error, Result};
