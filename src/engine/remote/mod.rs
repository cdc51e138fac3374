//! The archive on an OpenSearch cluster: the same articles, the same syntax tree, the same hits.
//!
//! The cluster keeps the articles, tells which match and picks the candidates by its own BM25; all else is the course of
//! every search, which reads the candidates' texts and asks how many articles have each word. Formulas and orders are
//! therefore the same by construction.

mod address;
mod answer;
mod ask;
mod backend;
mod bulk;
mod candidate;
mod client;
mod document;
mod engine;
mod files;
mod lexicon;
mod lock;
mod named;
mod read;
mod refusal;
mod schema;
mod session;
mod stats;
mod tls;
mod update;

pub use address::Address;
pub use client::Access;
pub use document::RemoteArticle;
pub use engine::RemoteEngine;
pub use schema::Layout;
pub use update::{RemoteOptions, RemoteUpdate};
