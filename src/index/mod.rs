//! The index on disk: its schema, what it stores of an article, its writer and its manifest.

mod check;
mod document;
mod format;
mod forms;
mod holder;
mod known;
mod manifest;
mod parts;
mod reading;
mod removals;
mod schema;
mod stored;
mod writer;

pub(crate) use check::{BUILD_AGAIN, Held, Inside, Place, examine};
pub(crate) use format::damaged;
pub use format::{FORMAT, open, read_manifest};
pub(crate) use forms::{FormsReader, each_form};
pub(crate) use holder::{host, now};
pub(crate) use known::Known;
pub use manifest::{FileEntry, Manifest, RootEntry, Snapshot};
pub(crate) use parts::parts;
pub(crate) use schema::{Fields, counted_length};
pub(crate) use stored::StoredFields;
pub use writer::{PreparedArticle, Provenance, Writer, WriterOptions};
