//! The index on disk: its schema, what it stores of an article, its writer and its manifest.

mod format;
mod manifest;
mod schema;
mod stored;
mod writer;

pub use format::{FORMAT, create, open};
pub use manifest::{FileEntry, Manifest};
pub(crate) use schema::Fields;
pub use stored::{StoredArticle, StoredPassage};
pub use writer::{PreparedArticle, Provenance, Writer, WriterOptions};
pub(crate) use format::damaged;
pub(crate) use stored::decode;
