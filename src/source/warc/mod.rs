//! WARC: what a crawler fetched, a record for each answer; those that are pages or plain text are articles.

mod head;
mod http;
mod part;
mod records;

pub(super) use head::{MARK, PEEK, RecordFate, WarcHeader};
pub(super) use part::Part;
pub(super) use records::records;
