//! The back end on this machine: a tantivy index in a folder. What is asked for is read when it is asked for.

mod archive;
mod ask;
mod backend;
mod candidates;
mod capitals;
mod dates;
mod dictionary;
mod guarded;
mod ids;
mod list;
mod living;
mod named;
mod names;
mod pattern;
mod positions;
mod reader;
mod statistics;
mod stats;
mod typed;
mod verified;

pub use archive::Archive;
pub(crate) use dictionary::is_near;
