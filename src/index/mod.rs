//! The index on disk: its schema, what it stores of an article, its writer and its manifest.

mod backup;
mod check;
mod commit;
mod document;
mod failure;
mod folder;
mod format;
mod forms;
#[cfg(fuzzing)]
pub mod fuzzing;
mod holder;
mod known;
mod managed;
mod manifest;
mod options;
mod parts;
mod prepared;
mod removals;
mod salvage;
mod schema;
mod snapshot;
mod sound;
mod store_file;
mod stored;
mod sweep;
mod verify;
mod writer;

pub use backup::{Backup, backup};
pub(crate) use check::{ArticlePlace, Held, Inside, examine};
pub(crate) use failure::unreadable;
pub use format::FORMAT;
pub(crate) use format::{Opened, open};
pub(crate) use forms::{FormsReader, each_form};
pub(crate) use holder::{host, now};
pub(crate) use known::Known;
pub use manifest::{FeedSnapshot, FileEntry, Manifest, RootEntry};
pub use options::WriterOptions;
pub(crate) use parts::parts;
pub use prepared::PreparedArticle;
pub use salvage::{Salvage, salvage};
pub(crate) use schema::{Fields, counted_length};
pub(crate) use snapshot::Snapshot;
pub use stored::Provenance;
pub(crate) use stored::{StoredFields, Stores};
pub use writer::Writer;
