//! Dateline, a news-archive search engine: messy articles in, ranked and citable passages out.

pub mod article;
pub mod error;
pub mod source;

pub use error::{Error, Result};
